"""A run that is killed, or finds no room, while it writes: the old file stays whole."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from legannot.model import BillId
from tests.conftest import ROOT
from tests.published import bill_xml

pytest.importorskip("resource", reason="only POSIX systems bound the size of a file")

from tests.cli.outputs import commands
from tests.cli.stopped import Runs

OLD = b"what was filed last week"
BILL = BillId(119, "hr", 99990)
VERSIONS = ("ih.xml", "eh.xml")
NOTE = ("--provision", "sec. 1", "--quote", "shall be published", "--author", "A. Person",
        "--text", "Ours.")  # fmt: skip
COMMANDS = commands(*VERSIONS)


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runs]:
    folder = tmp_path_factory.mktemp("killed")
    for name, words in zip(VERSIONS, ("be published", "be published in full"), strict=True):
        (folder / name).write_bytes(bill_xml(BILL, name.removesuffix(".xml"), words))
    with Runs(folder) as process:
        # The first run of each kind loads what all of its kind need.
        for name in ("report.html", "report.docx", "report.pdf", "diff.terminal"):
            assert process.run("here", *COMMANDS[name]).code == 0, name
        yield process


@pytest.fixture(autouse=True)
def folder(runs: Runs) -> Iterator[Path]:
    """The folder of the runs, which each test leaves as it was."""
    yield runs.folder
    for path in runs.folder.iterdir():
        if path.is_file() and path.name not in VERSIONS:
            path.unlink()


@pytest.mark.parametrize("name", COMMANDS)
def test_a_run_that_is_killed_leaves_the_old_file_whole(name: str, runs: Runs) -> None:
    (runs.folder / name).write_bytes(OLD)
    assert runs.run("killed", *COMMANDS[name]).killed
    assert (runs.folder / name).read_bytes() == OLD


@pytest.mark.parametrize("name", COMMANDS)
def test_a_run_without_room_leaves_the_old_file_whole(name: str, runs: Runs) -> None:
    (runs.folder / name).write_bytes(OLD)
    done = runs.run("full:20", *COMMANDS[name])
    assert (runs.folder / name).read_bytes() == OLD
    assert done.code == 3, done.errors
    assert f"{name}: cannot be written" in done.errors
    assert "nothing was changed" in done.errors
    assert len(done.errors.splitlines()) == 1, done.errors
    assert not parts(runs.folder)


def test_room_for_all_but_the_last_byte_is_not_enough(runs: Runs) -> None:
    name, arguments = "report.html", COMMANDS["report.html"]
    assert runs.run("whole", *arguments).code == 0
    new = (runs.folder / name).read_bytes()
    (runs.folder / name).write_bytes(OLD)
    assert runs.run(f"full:{len(new) - 1}", *arguments).code == 3
    assert (runs.folder / name).read_bytes() == OLD
    assert not parts(runs.folder)
    assert runs.run(f"full:{len(new)}", *arguments).code == 0
    assert (runs.folder / name).read_bytes() == new


def test_killed_at_every_step_of_the_write_there_is_the_old_file_or_the_new_one(runs: Runs) -> None:
    name, arguments = "parse.json", COMMANDS["parse.json"]
    assert runs.run("whole", *arguments).code == 0
    new = (runs.folder / name).read_bytes()
    found = []
    for step in range(1, 100):
        (runs.folder / name).write_bytes(OLD)
        done = runs.run(f"at:{step}", *arguments)
        found.append((runs.folder / name).read_bytes())
        if not done.killed:
            break
    assert done.code == 0
    assert set(found) == {OLD, new}
    # There is one moment when it comes to be the new one, and many steps before.
    assert found == sorted(found, key=[OLD, new].index)
    assert found.count(OLD) >= 10


def test_a_killed_run_leaves_nothing_that_looks_like_a_report(runs: Runs) -> None:
    before = set(runs.folder.iterdir())
    runs.run("killed", *COMMANDS["parse.json"])
    (left,) = set(runs.folder.iterdir()) - before
    assert left.name.startswith(".parse.json.")
    assert left.suffix == ".part"


@pytest.mark.parametrize("how", ["killed", "full:20"])
def test_a_note_is_added_whole_or_not_at_all(how: str, runs: Runs, tmp_path: Path) -> None:
    add = ("notes", "add", str(tmp_path / "notes"), "ih.xml", "--id", "ours", *NOTE)
    assert runs.run(how, *add).code != 0
    assert not list(tmp_path.glob("notes/*.md"))
    assert runs.run("whole", *add).code == 0, "what was left stands in the way of the next one"
    assert [path.name for path in tmp_path.glob("notes/*.md")] == ["ours.md"]


@pytest.mark.parametrize("how", ["killed", "full:20"])
def test_a_note_that_moves_is_as_it_was_or_moved(how: str, runs: Runs, tmp_path: Path) -> None:
    folder = str(tmp_path / "notes")
    assert runs.run("whole", "notes", "add", folder, "ih.xml", "--id", "ours", *NOTE).code == 0
    note = tmp_path / "notes" / "ours.md"
    old = note.read_bytes()
    move = ("notes", "move", folder, *VERSIONS)
    assert runs.run(how, *move, typed="y\ny\n").code != 0
    assert note.read_bytes() == old
    done = runs.run("whole", *move, typed="y\ny\n")
    assert done.code == 0, done.errors
    assert b"version: eh" in note.read_bytes()


def test_twenty_reports_killed_at_random_moments_are_old_or_new() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "bench" / "kills.py", "report", "--times", "20"],
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 things wrong" in done.stdout
    assert done.stdout.startswith("20 of ")


def parts(folder: Path) -> list[Path]:
    """What was written beside its place and not moved there."""
    return list(folder.rglob("*.part"))
