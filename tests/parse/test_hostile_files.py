"""The list of hostile files, given to the program as a user gives them: one line, exit 3, cheap.

Time is that of the processor and three times the bar of 2 s, so that a slow machine fails nobody.
"""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

LIMIT_SECONDS = 6
LIMIT_MEGABYTES = 300

OPEN = b"<bill><legis-body><section><enum>1.</enum><text>"
CLOSE = b"</text></section></legis-body></bill>"
LAUGHS = b"".join(b'<!ENTITY l%d "%s">' % (i, b"&l%d;" % (i - 1) * 10) for i in range(1, 10))


def xml(inner: bytes, before: bytes = b"") -> bytes:
    return before + OPEN + inner + CLOSE


def zipped(path: Path, name: str, size: int) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made, made.open(name, "w") as member:
        for _ in range(size // 2**20):
            member.write(b" " * 2**20)


FILES: dict[str, Callable[[], bytes]] = {
    "entity bomb": lambda: xml(b"&l9;", b'<!DOCTYPE bill [<!ENTITY l0 "ha">' + LAUGHS + b"]>"),
    "external entity": lambda: xml(
        b"&x;", b'<!DOCTYPE bill [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    ),
    "50,000 levels": lambda: b"<bill>" + b"<section>" * 50_000 + b"x" + b"</section>" * 50_000,
    "2,000 levels": lambda: xml(b"<quote>" * 2000 + b"x" + b"</quote>" * 2000),
    "100 MB of one text": lambda: xml(b"x" * 100 * 2**20),
    "60 MB of one text": lambda: xml(b"x" * 60 * 2**20),
    "NULs": lambda: xml(b"a\x00b"),
    "only NULs": lambda: b"\x00" * 1000,
    "latin-1 declared as UTF-8": lambda: xml(
        "Café".encode("latin-1"), b'<?xml version="1.0" encoding="UTF-8"?>'
    ),
    "an encoding that is none": lambda: xml(b"x", b'<?xml version="1.0" encoding="KLINGON"?>'),
    "UTF-16 cut in a letter": lambda: xml(b"Words").decode().encode("utf-16")[:-3],
    "a mark and nothing": lambda: b"\xef\xbb\xbf",
    "cut short": lambda: xml(b"Words." * 1000)[:3000],
    "cut in its declaration": lambda: b"<?xml version",
    "490,000 sections": lambda: b"<bill>" + b"<section/>" * 490_000 + b"</bill>",
    "a million tags": lambda: b"<bill>" + b"<section/>" * 1_000_000 + b"</bill>",
}
PACKAGES: dict[str, Callable[[Path], None]] = {
    "zip bomb": lambda path: zipped(path, "BILLS/xml/b.xml", 2**30),
    "zip path that climbs": lambda path: zipped(path, "../../b.xml", 2**20),
    "zip path from the root": lambda path: zipped(path, "/etc/b.xml", 2**20),
}


# The program itself, and at its end what it cost: the kernel's count of its most memory.
PROGRAM = """
import sys, time
from pathlib import Path
from legannot.cli import main
sys.argv = ["legannot", "parse", sys.argv[1]]
try:
    main()
finally:
    status = Path("/proc/self/status").read_text()
    print(time.process_time(), int(status.partition("VmHWM:")[2].split()[0]) // 1024)
"""


def refused(path: Path) -> None:
    """Run the program on a file that it must refuse, and look at what that cost."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(path)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 3, done.stderr
    assert path.name in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1, done.stderr
    seconds, megabytes = map(float, done.stdout.split())
    assert seconds <= LIMIT_SECONDS
    assert megabytes <= LIMIT_MEGABYTES


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_refused_in_a_line(name: str, tmp_path: Path) -> None:
    path = tmp_path / "given.xml"
    path.write_bytes(FILES[name]())
    refused(path)


@pytest.mark.parametrize("name", PACKAGES)
def test_a_hostile_package_is_refused_in_a_line_and_leaves_nothing(
    name: str, tmp_path: Path
) -> None:
    folder = tmp_path / "in" / "side"
    folder.mkdir(parents=True)
    path = folder / "given.zip"
    PACKAGES[name](path)
    refused(path)
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["given.zip", "in", "side"]
