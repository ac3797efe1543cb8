"""A preview of a site for one person: on this machine only, and anew when something changed.

Pages reload themselves: the served copy of a page gets a few lines of script, and its policy leave
to run them and to ask this server for its state.  The files on the disk stay as they are.
"""

from __future__ import annotations

import html
import re
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

HOST = "127.0.0.1"
STATE = "/.legannot/state"
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".htm": "text/html; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
ATOM = "application/atom+xml; charset=utf-8"
OTHER = "application/octet-stream"
# Asks once a second; a page that lies behind other windows asks less often by itself.
RELOAD = (
    '(()=>{let was="";setInterval(async()=>{try{const now=await(await fetch("'
    + STATE
    + '")).text();if(was&&now!==was)location.reload();was=now}catch{}},1000)})()'
)
_POLICY = re.compile(
    rb'(<meta http-equiv="Content-Security-Policy" content=")([^"]*)(">)', re.IGNORECASE
)


class Server(ThreadingHTTPServer):
    """Serves `folder`; `state` names what it holds now, and changes when that does."""

    daemon_threads = True
    # On Windows reuse would let another program listen on the same port.
    allow_reuse_address = True

    def __init__(self, folder: Path, port: int, state: Callable[[], str]) -> None:
        self.folder = folder.resolve()
        self.state = state
        super().__init__((HOST, port), _Handler)

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        return f"http://{HOST}:{self.server_address[1]}/"


class _Handler(BaseHTTPRequestHandler):
    server: Server
    server_version = "legannot"
    sys_version = ""
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer(body=True)

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def _answer(self, *, body: bool) -> None:
        port = self.server.server_address[1]
        if self.headers.get("Host") not in (f"{HOST}:{port}", f"localhost:{port}"):
            # Another site's page could reach this server under its own name (DNS rebinding).
            self._send(HTTPStatus.FORBIDDEN, "text/plain", b"Not served under this name.\n", body)
            return
        path = urlsplit(self.path).path
        if path == STATE:
            self._send(HTTPStatus.OK, "text/plain", self.server.state().encode(), body)
            return
        file = find(self.server.folder, path)
        if file is not None and file.is_dir():
            if not path.endswith("/"):
                self._redirect(f"{path}/", body)
                return
            file = find(self.server.folder, f"{path}index.html")
        if file is None or not file.is_file():
            self._send(HTTPStatus.NOT_FOUND, TYPES[".html"], _missing(path), body)
            return
        data = file.read_bytes()
        kind = content_type(file)
        if kind == TYPES[".html"]:
            data = reloading(data)
        self._send(HTTPStatus.OK, kind, data, body)

    def _send(self, status: HTTPStatus, kind: str, data: bytes, body: bool) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if body:
            self.wfile.write(data)

    def _redirect(self, path: str, body: bool) -> None:
        # Slashes at the beginning would make another host of the rest.
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        self.send_header("Location", f"/{path.lstrip('/')}")
        self.send_header("Content-Length", "0")
        self.end_headers()
        if body:
            self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing: a terminal full of requests hides what was built."""


def find(folder: Path, path: str) -> Path | None:
    """The file or folder that an address names, None for none and for anything outside `folder`.

    Names that begin with a dot are the site's own records, or somebody's secrets.
    """
    name = unquote(path)
    parts = [part for part in name.split("/") if part]
    if "\\" in name or "\0" in name or any(part.startswith(".") for part in parts):
        return None
    try:
        file = folder.joinpath(*parts).resolve()
        # Also a link that leads out of the folder leads nowhere.
        inside = file == folder or file.is_relative_to(folder)
        return file if inside and file.exists() else None
    except (OSError, ValueError):
        return None


def content_type(file: Path) -> str:
    """What a browser shall take the file for."""
    return ATOM if file.name == "feed.xml" else TYPES.get(file.suffix.lower(), OTHER)


def reloading(page: bytes) -> bytes:
    """The page with the script that reloads it, and a policy that lets just this script in."""
    digest = b64encode(sha256(RELOAD.encode()).digest()).decode()
    page = _POLICY.sub(lambda found: found[1] + _wider(found[2], digest) + found[3], page, count=1)
    script = f"<script>{RELOAD}</script>".encode()
    before, end, after = page.rpartition(b"</body>")
    return before + script + end + after if end else page + script


def _wider(policy: bytes, digest: str) -> bytes:
    rules = [rule.strip() for rule in html.unescape(policy.decode()).split(";") if rule.strip()]
    hashed = f"'sha256-{digest}'"
    if not any(rule.startswith("script-src") for rule in rules):
        rules.append("script-src")
    rules = [f"{rule} {hashed}" if rule.startswith("script-src") else rule for rule in rules]
    return html.escape("; ".join([*rules, "connect-src 'self'"])).encode()


def _missing(path: str) -> bytes:
    name = html.escape(unquote(path))
    page = (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Not found</title></head>'
        f"<body><p>There is no page {name}.</p></body></html>\n"
    )
    return reloading(page.encode("utf-8", "replace"))


__all__ = ["HOST", "STATE", "Server", "content_type", "find", "reloading"]
