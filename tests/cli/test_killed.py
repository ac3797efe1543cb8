"""A run that is killed, or finds no room, while it writes: the old file stays whole."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

resource = pytest.importorskip("resource", reason="only POSIX systems bound the size of a file")

SAMPLE = "sample:model-access"
OLD = b"what was filed last week"
REPORTS = ("html", "docx", "json")
DIFFS = ("json", "md", "csv", "unified", "docx")
# Killed when all is written but not yet in its place, which is the last moment that counts.
KILLED = """
import os, signal, sys
os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)
from legannot.cli import main
main()
"""
# A file that may hold 100 bytes stands in for a disk without room: the same write fails.
FULL = """
import resource, signal, sys
from legannot.cli import main
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
main()
"""


def run(program: str, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=folder, capture_output=True, text=True, check=False,
        # Python writes what it compiles in one write that may fall short, and without room it would
        # leave half a module to whoever imports it next.
        env={"PYTHONPATH": str(ROOT), "PATH": "", "XDG_CACHE_HOME": str(folder),
             "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip


def commands(folder: Path) -> dict[str, tuple[str, ...]]:
    """Every way to write one file, by the name of the file that was there before."""
    found: dict[str, tuple[str, ...]] = {}
    for form in REPORTS:
        found[f"report.{form}"] = ("report", SAMPLE, "--no-embeddings", "--format", form)
    for form in DIFFS:
        found[f"diff.{form}"] = ("diff", f"{SAMPLE}/ih", f"{SAMPLE}/eh", "--format", form)
    found["parse.json"] = ("parse", f"{SAMPLE}/ih", "--format", "json")
    for name in found:
        (folder / name).write_bytes(OLD)
    return found


@pytest.mark.parametrize("program", [KILLED, FULL], ids=["killed", "no-room"])
def test_the_old_file_stays_whole(program: str, tmp_path: Path) -> None:
    for name, arguments in commands(tmp_path).items():
        done = run(program, tmp_path, *arguments, "-o", name, "-q")
        assert (tmp_path / name).read_bytes() == OLD, name
        if program is KILLED:
            assert done.returncode == -signal.SIGKILL, name
        else:
            assert done.returncode == 3, done.stderr
            assert "nothing was changed" in done.stderr
            assert len(done.stderr.splitlines()) == 1, done.stderr
            assert not list(tmp_path.glob("*.part")) + list(tmp_path.glob(".*.part"))


def test_a_killed_run_leaves_nothing_that_looks_like_a_report(tmp_path: Path) -> None:
    run(KILLED, tmp_path, "parse", f"{SAMPLE}/ih", "--format", "json", "-o", "bill.json")
    (left,) = tmp_path.iterdir()
    assert left.name.startswith(".bill.json.")
    assert left.suffix == ".part"
