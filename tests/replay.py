"""A server on 127.0.0.1 that gives recorded answers again, and misbehaves when told to.

    with Replay() as server:
        server.put("/a.xml", b"<bill/>")
        server.misbehave("/a.xml", error(503), cut(10))   # the next two requests, then well again
        server.always("/b.xml", page)

It answers as govinfo does: ETag, Last-Modified, conditional requests, ranges, gzip.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

from legannot.source.client import Limits

MODIFIED = "Wed, 01 Apr 2026 08:00:00 GMT"


@dataclass
class Document:
    """What lies at a path.

    `ranges`, `validators`, `tags` (of the validators, the ETag) and `packed` say what the server
    can do.
    """

    body: bytes
    kind: str = "application/xml"
    ranges: bool = True
    validators: bool = True
    tags: bool = True
    packed: bool = True

    @property
    def etag(self) -> str:
        return (
            f'"{hashlib.sha256(self.body).hexdigest()[:16]}"'
            if self.validators and self.tags
            else ""
        )


Act = Callable[["Handler", Document | None], None]


@dataclass
class Asked:
    """A request that came."""

    path: str
    query: str
    headers: dict[str, str] = field(default_factory=dict)


class Replay:
    """The server; `asked` are the requests in their order."""

    def __init__(self) -> None:
        self.documents: dict[str, Document] = {}
        self.asked: list[Asked] = []
        self.stopping = threading.Event()
        self.lock = threading.Lock()
        self._once: dict[str, list[Act]] = {}
        self._always: dict[str, Act] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.replay = self  # type: ignore[attr-defined]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def put(self, path: str, body: bytes, kind: str = "application/xml") -> Document:
        """Lay a document at a path, in the place of what lay there."""
        self.documents[path] = Document(body, kind)
        return self.documents[path]

    def misbehave(self, path: str, *acts: Act) -> None:
        """What the next requests for a path get, one each."""
        self._once.setdefault(path, []).extend(acts)

    def always(self, path: str, act: Act) -> None:
        """What every request for a path gets."""
        self._always[path] = act

    def behave(self) -> None:
        """Be well again."""
        self._once.clear()
        self._always.clear()

    def act(self, path: str) -> Act | None:
        with self.lock:
            if waiting := self._once.get(path):
                return waiting.pop(0)
            return self._always.get(path) or self._always.get("*")

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]


class Handler(BaseHTTPRequestHandler):
    """One connection; what lies at the path, or what the path was told to do instead."""

    protocol_version = "HTTP/1.1"
    timeout = 20

    @property
    def replay(self) -> Replay:
        return self.server.replay  # type: ignore[attr-defined, no-any-return]

    def handle(self) -> None:
        # A client that hangs up, or is killed, is nothing to make a noise about.
        with contextlib.suppress(ConnectionError, TimeoutError):
            super().handle()

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.replay.asked.append(Asked(path, query, headers))
        document = self.replay.documents.get(path)
        act = self.replay.act(path)
        try:
            if act:
                act(self, document)
            elif document is None:
                self.say(404, b"<html><body>Not Found</body></html>", "text/html")
            else:
                self.give(document)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def give(self, document: Document) -> None:
        """The document as a good server gives it."""
        asked = {name.lower(): value for name, value in self.headers.items()}
        headers = {}
        if document.validators:
            headers = {"Last-Modified": MODIFIED}
            if document.etag:
                headers["ETag"] = document.etag
            known = asked.get("if-none-match") == document.etag
            if known if document.etag else asked.get("if-modified-since") == MODIFIED:
                self.say(304, b"", "", headers)
                return
        body, status = document.body, 200
        fits = asked.get("if-range") in (None, document.etag, MODIFIED)
        if document.ranges and fits and "range" in asked:
            start = int(asked["range"].removeprefix("bytes=").rstrip("-"))
            headers["Content-Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
            body, status = body[start:], 206
        elif document.packed and "gzip" in asked.get("accept-encoding", ""):
            body = gzip.compress(body)
            headers["Content-Encoding"] = "gzip"
        self.say(status, body, document.kind, headers)

    def say(
        self,
        status: int,
        body: bytes,
        kind: str = "text/plain",
        headers: dict[str, str] | None = None,
        length: int | None = None,
    ) -> None:
        self.send_response(status)
        if kind:
            self.send_header("Content-Type", kind)
        if status != 304:
            self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        if length not in (None, len(body)):
            self.wfile.flush()
            self.close_connection = True


# The ways to misbehave


def error(status: int, **headers: str) -> Act:
    """A status that is no success; `retry_after="2"` becomes a header."""

    def act(handler: Handler, _: Document | None) -> None:
        named = {name.replace("_", "-").title(): value for name, value in headers.items()}
        handler.say(status, b"no", "text/plain", named)

    return act


def cut(after: int) -> Act:
    """The body breaks off, though the length was said."""

    def act(handler: Handler, document: Document | None) -> None:
        assert document
        headers = {"ETag": document.etag} if document.validators else {}
        handler.say(200, document.body[:after], document.kind, headers, len(document.body))

    return act


def short_length(by: int) -> Act:
    """The length is said to be less than the body has."""

    def act(handler: Handler, document: Document | None) -> None:
        assert document
        handler.say(200, document.body, document.kind, None, len(document.body) - by)

    return act


def bad_gzip(handler: Handler, document: Document | None) -> None:
    """Bytes that are said to be gzip and are none."""
    assert document
    handler.say(
        200, b"\x1f\x8b\x08\x00" + b"\xff" * 40, document.kind, {"Content-Encoding": "gzip"}
    )


def cut_gzip(handler: Handler, document: Document | None) -> None:
    """Half of a gzip stream, sent in full length."""
    assert document
    packed = gzip.compress(document.body)
    handler.say(200, packed[: len(packed) // 2], document.kind, {"Content-Encoding": "gzip"})


def bomb(handler: Handler, document: Document | None) -> None:
    """A small gzip stream that unpacks to much more than any bill."""
    assert document
    packed = gzip.compress(b"<bill>" + b" " * 8 * 2**20)
    handler.say(200, packed, document.kind, {"Content-Encoding": "gzip"})


def page(handler: Handler, _: Document | None) -> None:
    """A web page with status 200, called XML."""
    body = b"<!DOCTYPE html>\n<html><head><title>Be back soon</title></head><body/></html>"
    handler.say(200, body, "application/xml")


def redirect(to: str, status: int = 302) -> Act:
    """Go there instead."""

    def act(handler: Handler, _: Document | None) -> None:
        handler.say(status, b"", "text/plain", {"Location": to})

    return act


def silence(handler: Handler, _: Document | None) -> None:
    """Nothing at all, until the server stops."""
    handler.replay.stopping.wait(10)
    handler.close_connection = True


def drip(handler: Handler, document: Document | None) -> None:
    """A byte now and then, never silent for long."""
    assert document
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(document.body)))
    handler.end_headers()
    for byte in document.body:
        handler.wfile.write(bytes((byte,)))
        if handler.replay.stopping.wait(0.05):
            break
    handler.close_connection = True


# Where no server hangs, a busy machine must not look like one that does.
PATIENT = Limits(size=4 * 2**20)
HURRIED = replace(PATIENT, silence=1.0, seconds=1.5)


def limits(act: Act) -> Limits:
    """What a client bears of a server that does this."""
    return HURRIED if act in (silence, drip) else PATIENT


def hang_up(handler: Handler, _: Document | None) -> None:
    """The connection ends without an answer."""
    handler.close_connection = True


def other(body: bytes) -> Act:
    """Another document than the one that lies there."""

    def act(handler: Handler, _: Document | None) -> None:
        handler.say(200, body, "application/xml")

    return act
