"""The preview: this machine only, nothing outside the folder, and a page that reloads."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
import threading
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legannot import atomic
from legannot.site.server import HOST, RELOAD, STATE, Server, find, reloading
from tests.conftest import ROOT
from tests.site.places import CONFIG

PAGE = (
    b'<!DOCTYPE html><html><head><meta http-equiv="Content-Security-Policy" content="default-src'
    b' &#39;none&#39;; script-src &#39;sha256-abc&#39;"></head><body><p>Hello</p></body></html>'
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    site = tmp_path / "public"
    (site / "bill").mkdir(parents=True)
    (site / "index.html").write_bytes(PAGE)
    (site / "bill" / "index.html").write_bytes(b"<p>A bill</p>")
    (site / "feed.xml").write_bytes(b"<feed/>")
    (site / "sitemap.xml").write_bytes(b"<urlset/>")
    (site / ".legannot-site.json").write_bytes(b"{}")
    (tmp_path / "secret.txt").write_bytes(b"secret")
    (site / "out").symlink_to(tmp_path)
    return site


@pytest.fixture
def server(folder: Path) -> Iterator[Server]:
    running = Server(folder, 0, lambda: "one")
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield running
    running.shutdown()
    running.server_close()
    thread.join()


def get(
    server: Server, path: str, method: str = "GET", host: str = ""
) -> tuple[int, str, bytes, http.client.HTTPMessage]:
    connection = http.client.HTTPConnection(HOST, server.server_address[1], timeout=10)
    connection.putrequest(method, path, skip_host=bool(host))
    if host:
        connection.putheader("Host", host)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, answer.headers["Content-Type"] or "", body, answer.headers


def test_it_listens_on_this_machine_only(server: Server) -> None:
    assert server.server_address[0] == "127.0.0.1"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/bill/", "text/html; charset=utf-8"),
        ("/feed.xml", "application/atom+xml; charset=utf-8"),
        ("/sitemap.xml", "application/xml; charset=utf-8"),
    ],
)
def test_a_file_is_served_as_what_it_is(server: Server, path: str, kind: str) -> None:
    status, found, body, headers = get(server, path)
    assert (status, found) == (200, kind)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert body
    assert get(server, path, "HEAD")[2] == b""


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/bill/../../secret.txt",
        "/bill/%2e%2e/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/..%5csecret.txt",
        "//etc/passwd",
        "/out/secret.txt",
        "/.legannot-site.json",
        "/%00",
        "/nothing.html",
        "/" + "a" * 5000,
    ],
)
def test_nothing_outside_the_folder_and_no_record_is_served(server: Server, path: str) -> None:
    status, _, body, _ = get(server, path)
    assert status == 404
    assert b"secret" not in body.replace(b"secret.txt", b"")


@given(st.text(max_size=60))
def test_no_address_leads_out_of_the_folder(text: str) -> None:
    root = (ROOT / "docs").resolve()
    for path in (text, f"/{text}", f"/../{text}", f"/%2e%2e/{text}"):
        found = find(root, path)
        assert found is None or found == root or found.is_relative_to(root)


def test_another_name_for_this_machine_is_refused(server: Server) -> None:
    port = server.server_address[1]
    assert get(server, "/", host=f"evil.example:{port}")[0] == 403
    assert get(server, "/", host=f"localhost:{port}")[0] == 200


def test_a_folder_is_sent_on_to_its_address_on_this_host(server: Server) -> None:
    status, _, _, headers = get(server, "//bill")
    assert (status, headers["Location"]) == (301, "/bill/")


def test_other_methods_are_refused(server: Server) -> None:
    assert get(server, "/", "POST")[0] == 501


def test_the_page_reloads_by_a_script_of_its_own_and_may_ask_nobody_else(server: Server) -> None:
    page = get(server, "/")[2].decode()
    digest = b64encode(sha256(RELOAD.encode()).digest()).decode()
    policy = re.findall(r'content="([^"]*)"', page)[0].replace("&#x27;", "'")
    assert policy == (
        f"default-src 'none'; script-src 'sha256-abc' 'sha256-{digest}'; connect-src 'self'"
    )
    assert page.count("<script>") == 1
    assert get(server, STATE)[2] == b"one"


def test_a_page_without_a_policy_is_served_whole() -> None:
    assert reloading(b"<p>A bill</p>").startswith(b"<p>A bill</p><script>")


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is no signal there")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM], ids=lambda how: how.name)
def test_the_command_builds_serves_rebuilds_and_stops_cleanly(
    tmp_path: Path, how: signal.Signals
) -> None:
    config = tmp_path / "site.yaml"
    # In one move: the command must not see a file that is half written.
    atomic.write(config, CONFIG.encode())
    program = [sys.executable, "-m", "legannot", "serve", str(config), "--port", "0"]
    # Where the tests run in the background Ctrl-C is ignored, and a child would inherit that.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(
        [*program, "--no-embeddings"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)},
        stderr=subprocess.PIPE,
        text=True,
    )
    signal.signal(signal.SIGINT, before)
    try:
        assert process.stderr is not None
        lines = iter(process.stderr.readline, "")
        address = next(line for line in lines if "http://" in line)
        port = int(re.findall(r":(\d+)/", address)[0])

        def title() -> str:
            connection = http.client.HTTPConnection(HOST, port, timeout=60)
            connection.request("GET", "/")
            page = connection.getresponse().read().decode()
            connection.close()
            return str(re.findall(r"<title>(.*?)</title>", page)[0])

        assert title() == "Bills, Annotated"
        atomic.write(config, CONFIG.replace("title: Bills", "titel: Bills").encode())
        assert "`titel` is not a key here" in next(lines)
        assert title() == "Bills, Annotated"
        atomic.write(config, CONFIG.replace("Annotated", "Renamed").encode())
        assert "1 built" in next(lines)
        assert title() == "Bills, Renamed"
        process.send_signal(how)
        rest = process.communicate(timeout=60)[1]
    finally:
        process.kill()
        process.communicate()
    assert process.returncode == 0
    assert "Traceback" not in rest
    assert rest.endswith("stopped.\n")
    assert [path.name for path in tmp_path.iterdir()] == ["site.yaml"]
