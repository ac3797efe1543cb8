"""Ask a server politely: few at once, patient when told to wait, never more than was agreed to.

What may be repeated is repeated with growing, random pauses (`Retry-After` goes before them); a
body that breaks off is taken up where it ended, if the server can do that and the document has not
changed (RFC 9110, sections 10.2.3, 13.1.5 and 14).  Whoever calls gets the whole body, or
"unchanged", or a `WebError` that names what went wrong.
"""

from __future__ import annotations

import asyncio
import random
import time
import zlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import TYPE_CHECKING, Self
from urllib.parse import urljoin, urlsplit

from legannot import __version__
from legannot.source.web import Failure, Sites, WebError, shown

if TYPE_CHECKING:
    import httpx

_AGAIN = frozenset(
    (
        Failure.RATE_LIMITED,
        Failure.SERVER_ERROR,
        Failure.TIMED_OUT,
        Failure.CUT_SHORT,
        Failure.BAD_ENCODING,
    )
)
_HOPS = 5
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
# A host that takes no connection for this long is down.
_CONNECT_SECONDS = 10.0
# Headers of an answer that say something of the document and are kept with it.
KEPT = ("etag", "last-modified", "content-type", "content-length", "date")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is borne: bytes and seconds for one answer, seconds of silence, attempts, waits.

    Defaults: the largest bill on govinfo is below 20 MB; four at once, half a minute of silence and
    a minute of waiting are what we would not mind as the server.
    """

    size: int = 64 * 1024 * 1024
    seconds: float = 180.0
    silence: float = 30.0
    attempts: int = 4
    at_once: int = 4
    first_wait: float = 1.0
    longest_wait: float = 60.0


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server called the document that we hold (RFC 9110, section 8.8)."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer: where it came from, its body, and the headers that are kept.

    `unchanged` says that the document we hold still stands; the body is empty then.
    """

    address: str
    body: bytes
    headers: Mapping[str, str]
    unchanged: bool = False


@dataclass(slots=True)
class _Partial:
    """The beginning of a body that broke off, and what the server called the document."""

    body: bytearray = field(default_factory=bytearray)
    validator: str = ""
    begun: bool = False

    def headers(self) -> dict[str, str]:
        if not self.body or not self.validator:
            return {}
        return {"Range": f"bytes={len(self.body)}-", "If-Range": self.validator}


class Client:
    """Asks for documents.  An asynchronous context manager; one event loop, many requests.

    `sleep` and `chance` (a number from 0 to 1) can be replaced, so that nobody waits in tests.
    `asked` counts the requests that were made; `folders` keeps what folders listed, since one
    listing of thousands of names serves all bills of its kind.
    """

    def __init__(
        self,
        sites: Sites,
        limits: Limits | None = None,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.sites = sites
        self.limits = limits or Limits()
        self.asked = 0
        self.folders: dict[str, tuple[str, ...]] = {}
        self._sleep = sleep
        self._chance = chance
        self._turns = asyncio.Semaphore(self.limits.at_once)
        self._not_before: dict[str, float] = {}
        self._down: dict[str, WebError] = {}
        self._http: httpx.AsyncClient | None = None

    async def __aenter__(self) -> Self:
        """Open the connections' pool."""
        import httpx

        direct = httpx.AsyncHTTPTransport(retries=0)
        self._http = httpx.AsyncClient(
            headers={"User-Agent": f"legannot/{__version__}"},
            timeout=httpx.Timeout(
                self.limits.silence, connect=min(_CONNECT_SECONDS, self.limits.silence)
            ),
            limits=httpx.Limits(max_connections=self.limits.at_once),
            follow_redirects=False,
            # A server on this very machine is not behind the company's proxy.
            mounts={"all://127.0.0.1": direct, "all://localhost": direct},
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close all connections."""
        if self._http is not None:
            await self._http.aclose()

    async def get(
        self, address: str, held: Validators | None = None, *, accept: str = "application/xml"
    ) -> Answer:
        """The document at an official address; "unchanged" if it still is the one `held` names.

        Raises `WebError` with the name of what went wrong, after as many attempts as make sense.
        """
        place = self.sites.place(address)
        partial = _Partial()
        for attempt in range(1, self.limits.attempts + 1):
            try:
                async with self._turns:
                    await self._wait_for(place)
                    return await self._follow(place, held, accept, partial)
            except WebError as error:
                if error.failure not in _AGAIN or attempt == self.limits.attempts:
                    raise
                await self._pause(place, error, attempt)
        raise WebError(Failure.UNEXPECTED, shown(place))

    async def _wait_for(self, place: str) -> None:
        # Whoever is offline must not wait for the same silence forty times.
        if error := self._down.get(urlsplit(place).netloc):
            raise WebError(error.failure, shown(place), error.detail)
        # What a server asks of one request holds for all others to it.
        if (wait := self._not_before.get(urlsplit(place).netloc, 0.0) - time.monotonic()) > 0:
            await self._sleep(wait)

    async def _pause(self, place: str, error: WebError, attempt: int) -> None:
        if error.wait is not None:
            if error.wait > self.limits.longest_wait:
                raise WebError(
                    error.failure, error.where, f"it asks to wait {error.wait:,.0f} seconds"
                )
            self._not_before[urlsplit(place).netloc] = time.monotonic() + error.wait
            await self._sleep(error.wait)
            return
        # Full jitter: many clients that failed together must not come back together.
        longest = min(self.limits.first_wait * 2 ** (attempt - 1), self.limits.longest_wait)
        await self._sleep(longest * self._chance())

    async def _follow(
        self, place: str, held: Validators | None, accept: str, partial: _Partial
    ) -> Answer:
        target = place
        for _ in range(_HOPS + 1):
            answer = await self._once(target, held, accept, partial)
            if isinstance(answer, Answer):
                return answer
            target = answer
        raise WebError(Failure.UNEXPECTED, shown(place), "it sends us round in circles")

    async def _once(
        self, place: str, held: Validators | None, accept: str, partial: _Partial
    ) -> Answer | str:
        """One request: the answer, or the address that it sends us to."""
        import httpx

        assert self._http is not None, "use `async with`"  # noqa: S101
        headers = {"Accept": accept, **(partial.headers() or _conditions(held))}
        # Only a body that was sent as it is can be taken up where it broke off.
        headers["Accept-Encoding"] = "identity" if partial.begun else "gzip"
        if key := self.sites.key(place):
            headers["X-Api-Key"] = key
        self.asked += 1
        try:
            async with (
                asyncio.timeout(self.limits.seconds),
                self._http.stream("GET", place, headers=headers) as response,
            ):
                return await self._read(response, place, partial)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError) as error:
            proxy = "the proxy refuses" if isinstance(error, httpx.ProxyError) else ""
            failed = WebError(Failure.UNREACHABLE, shown(place), proxy)
            self._down[urlsplit(place).netloc] = failed
            raise failed from None
        except (TimeoutError, httpx.TimeoutException):
            raise WebError(Failure.TIMED_OUT, shown(place)) from None
        except (httpx.RemoteProtocolError, httpx.ReadError):
            raise WebError(Failure.CUT_SHORT, shown(place)) from None
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise WebError(Failure.UNREACHABLE, shown(place), type(error).__name__) from None

    async def _read(self, response: httpx.Response, place: str, partial: _Partial) -> Answer | str:
        status = response.status_code
        if status in _REDIRECTS:
            return self._target(response, place)
        kept = {name: response.headers[name] for name in KEPT if name in response.headers}
        if status == 304:  # noqa: PLR2004
            return Answer(place, b"", kept, unchanged=True)
        if status not in (200, 206):
            raise _refusal(status, response.headers, place)
        resumed = status == 206  # noqa: PLR2004
        partial.begun = True
        if resumed and not _continues(response.headers, partial):
            partial.body.clear()
            raise WebError(Failure.CUT_SHORT, shown(place), "the rest that came does not fit")
        if not resumed:
            partial.body.clear()
        body = await self._body(response, place, partial)
        if resumed:
            kept["content-length"] = str(len(body))
        return Answer(place, body, kept)

    def _target(self, response: httpx.Response, place: str) -> str:
        target = self.sites.place(urljoin(place, response.headers.get("location", "")))
        if urlsplit(place).scheme == "https" and urlsplit(target).scheme != "https":
            raise WebError(Failure.OFF_HOST, shown(target))
        return target

    async def _body(self, response: httpx.Response, place: str, partial: _Partial) -> bytes:
        coding = response.headers.get("content-encoding", "identity").lower()
        if coding not in ("identity", "gzip", "x-gzip"):
            raise WebError(Failure.BAD_ENCODING, shown(place), coding[:40])
        if coding == "identity":
            partial.validator = _strong(response.headers)
            async for chunk in response.aiter_raw():
                partial.body += chunk
                self._check_size(len(partial.body), place)
            return bytes(partial.body)
        unpack = zlib.decompressobj(wbits=31)
        unpacked = bytearray()
        try:
            async for chunk in response.aiter_raw():
                unpacked += unpack.decompress(chunk, self.limits.size + 1 - len(unpacked))
                self._check_size(len(unpacked), place)
        except zlib.error:
            raise WebError(Failure.BAD_ENCODING, shown(place)) from None
        if not unpack.eof:
            raise WebError(Failure.BAD_ENCODING, shown(place), "it breaks off")
        return bytes(unpacked)

    def _check_size(self, size: int, place: str) -> None:
        if size > self.limits.size:
            raise WebError(
                Failure.TOO_LARGE, shown(place), f"more than {self.limits.size // 2**20} MB"
            )


def _conditions(held: Validators | None) -> dict[str, str]:
    """The question whether the document that we hold still stands."""
    conditions = {}
    if held and held.etag:
        conditions["If-None-Match"] = held.etag
    if held and held.last_modified:
        conditions["If-Modified-Since"] = held.last_modified
    return conditions


def _strong(headers: Mapping[str, str]) -> str:
    """What `If-Range` may name: a strong ETag, or the day of change (RFC 9110, 13.1.5)."""
    etag = headers.get("etag", "")
    if etag and not etag.startswith("W/"):
        return etag
    return headers.get("last-modified", "")


def _continues(headers: Mapping[str, str], partial: _Partial) -> bool:
    begins = headers.get("content-range", "").startswith(f"bytes {len(partial.body)}-")
    return begins and bool(partial.body) and "content-encoding" not in headers


def _refusal(status: int, headers: Mapping[str, str], place: str) -> WebError:
    if status in (404, 410):
        return WebError(Failure.NOT_FOUND, shown(place), f"status {status}")
    if status in (401, 403):
        return WebError(Failure.REFUSED, shown(place), f"status {status}")
    wait = _retry_after(headers.get("retry-after", ""))
    if status == 429:  # noqa: PLR2004
        return WebError(Failure.RATE_LIMITED, shown(place), "status 429", wait=wait)
    if status >= 500:  # noqa: PLR2004
        return WebError(Failure.SERVER_ERROR, shown(place), f"status {status}", wait=wait)
    if status == 408:  # noqa: PLR2004
        return WebError(Failure.TIMED_OUT, shown(place), "status 408")
    return WebError(Failure.UNEXPECTED, shown(place), f"status {status}")


def _retry_after(value: str) -> float | None:
    """Seconds to wait, from a number of them or a date (RFC 9110, 10.2.3); None if neither."""
    value = value.strip()
    if value.isdecimal() and len(value) < 10:  # noqa: PLR2004
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return None
