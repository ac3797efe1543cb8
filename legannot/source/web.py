"""What may go wrong between us and a server, each with its name and its words; and the servers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlsplit, urlunsplit

from legannot.errors import InputError, LegannotError

GOVINFO = "https://www.govinfo.gov"
CONGRESS = "https://api.congress.gov"
# The hosts that links in official records name; where a base address is set, they mean that one.
_GOVINFO_HOSTS = frozenset(("www.govinfo.gov", "govinfo.gov", "api.govinfo.gov"))
_CONGRESS_HOSTS = frozenset(("api.congress.gov",))


class Failure(StrEnum):
    """Why a text or record did not come."""

    NOT_FOUND = "not found"
    RATE_LIMITED = "rate limited"
    SERVER_ERROR = "server error"
    TIMED_OUT = "timed out"
    CUT_SHORT = "cut short"
    BAD_ENCODING = "bad compression"
    TOO_LARGE = "too large"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    OFF_HOST = "off host"
    UNEXPECTED = "unexpected answer"
    WEB_PAGE = "web page"
    NOT_A_BILL = "not a bill"
    ANOTHER_BILL = "another bill"
    NOT_A_RECORD = "not a record"


# What each means to the user, and what to do.
WORDS: Mapping[Failure, tuple[str, str]] = {
    Failure.NOT_FOUND: (
        "the server has nothing there",
        "A text can appear some days after it is listed; fetch again later.",
    ),
    Failure.RATE_LIMITED: (
        "the server asks for fewer requests",
        "Wait as long as it says, or give a key.",
    ),
    Failure.SERVER_ERROR: ("the server failed", "Fetch again later."),
    Failure.TIMED_OUT: ("the answer did not come in time", "Fetch again later."),
    Failure.CUT_SHORT: ("the answer broke off", "Fetch again."),
    Failure.BAD_ENCODING: ("the answer's compression is damaged", "Fetch again later."),
    Failure.TOO_LARGE: ("the answer is larger than any bill", "Report it with the address."),
    Failure.UNREACHABLE: ("the server cannot be reached", "Check the connection."),
    Failure.REFUSED: ("the server refuses the request", "Check the key, if you gave one."),
    Failure.OFF_HOST: (
        "leads away from the official hosts and was not followed",
        "Look at the address yourself.",
    ),
    Failure.UNEXPECTED: ("the server gave an answer that was not asked for", "Fetch again later."),
    Failure.WEB_PAGE: (
        "a web page came where a document should be",
        "The site may be under repair; fetch again later.",
    ),
    Failure.NOT_A_BILL: ("what came is no bill that can be read", "Fetch again later."),
    Failure.ANOTHER_BILL: ("what came is another bill", "Look at the address yourself."),
    Failure.NOT_A_RECORD: ("what came is no record of this bill", "Fetch again later."),
}


class WebError(LegannotError):
    """Something that did not come: `failure` is its name, `where` the address without a key."""

    exit_code = 3

    def __init__(
        self, failure: Failure, address: str, detail: str = "", *, wait: float | None = None
    ) -> None:
        what, cure = WORDS[failure]
        super().__init__(f"{what} ({detail})." if detail else f"{what}.", where=address, cure=cure)
        self.failure = failure
        self.detail = detail
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Sites:
    """Where govinfo and Congress are asked, and with which keys.

    A base address stands for all official hosts of its side; the keys go into a header of requests
    to that side's API, never into an address.
    """

    govinfo: str = ""
    congress: str = ""
    govinfo_key: str = field(default="", repr=False)
    congress_key: str = field(default="", repr=False)

    def place(self, address: str) -> str:
        """Where to ask for an official address.  Raises `WebError` for one of another host."""
        parts = urlsplit(address)
        if self._is_base(address, self.govinfo) or self._is_base(address, self.congress):
            return address
        host = (parts.hostname or "").lower()
        if parts.scheme not in ("http", "https") or parts.username or parts.password:
            raise WebError(Failure.OFF_HOST, shown(address))
        if host in _GOVINFO_HOSTS:
            return _moved(address, self.govinfo)
        if host in _CONGRESS_HOSTS:
            return _moved(address, self.congress)
        raise WebError(Failure.OFF_HOST, shown(address))

    def key(self, address: str) -> str:
        """The key for an address that `place` gave; empty where none is needed."""
        parts = urlsplit(address)
        for host, base, key, paths in (
            ("api.govinfo.gov", self.govinfo, self.govinfo_key, ("/packages/", "/related/")),
            ("api.congress.gov", self.congress, self.congress_key, ("/v3/",)),
        ):
            below = parts.path.removeprefix(urlsplit(base).path.rstrip("/"))
            ours = self._is_base(address, base) if base else parts.hostname == host
            if ours and below.startswith(paths):
                return key
        return ""

    @staticmethod
    def _is_base(address: str, base: str) -> bool:
        return bool(base) and (urlsplit(address)[:2] == urlsplit(base)[:2])


def base_address(value: str, name: str) -> str:
    """A base address out of the environment; raises `InputError` naming the variable."""
    value = value.strip().rstrip("/")
    if not value:
        return ""
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), 0
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        raise InputError(
            "is not an address.", where=name, cure="Give one such as https://www.govinfo.gov."
        )
    if parts.username or parts.password or parts.query:
        # It would stand in messages and in the record of where a text came from.
        raise InputError(
            "holds a name, password or query.", where=name, cure="Give the address alone."
        )
    return value


def shown(address: str) -> str:
    """An address for a person: without user, password, query and fragment, and not too long."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    try:
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        port = ""
    return urlunsplit((parts.scheme, f"{host}{port}", parts.path, "", ""))[:300]


def _moved(address: str, base: str) -> str:
    parts = urlsplit(address)
    if not base:
        return urlunsplit(("https", parts.netloc, parts.path, parts.query, ""))
    path = urlsplit(base).path.rstrip("/")
    # A base that ends where the API's path begins ("/v3") is not given it twice.
    below = parts.path.removeprefix(path) if path.endswith("/v3") else parts.path
    return urlunsplit((*urlsplit(base)[:2], path + below, parts.query, ""))
