"""The folder of a site: the old one stays whole whenever and however a run ends."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from legannot.errors import OutputError
from legannot.site.store import JOURNAL, MANIFEST, STAGING, Manifest, Store, digest, safe
from tests.conftest import ROOT
from tests.site.places import Place, contents, two_bills


def written(folder: Path, files: dict[str, bytes], leading: tuple[str, ...] = ()) -> None:
    """Bring a folder to hold `files`, as a run of the site does."""
    store = Store(folder)
    before = store.open()
    after = Manifest({name: store.stage(name, data) for name, data in files.items()}, {})
    store.commit(before, after, files, leading)


def shown(folder: Path) -> dict[str, bytes]:
    """What a reader of the site can reach."""
    return {n: c for n, c in contents(folder).items() if not n.startswith(".legannot")}


OLD = {"index.html": b"old index", "a/index.html": b"old a", "b/index.html": b"b"}
NEW = {"index.html": b"new index", "a/index.html": b"new a", "c/index.html": b"c"}


def test_a_run_leaves_what_it_says_and_no_trace_of_itself(tmp_path: Path) -> None:
    written(tmp_path, OLD)
    written(tmp_path, NEW)
    assert shown(tmp_path) == NEW
    assert {path.name for path in tmp_path.iterdir()} == {"index.html", "a", "c", MANIFEST}


def test_a_run_that_dies_while_it_prepares_leaves_the_old_site(tmp_path: Path) -> None:
    written(tmp_path, OLD)
    store = Store(tmp_path)
    store.open()
    store.stage("index.html", b"half")
    assert {n: c for n, c in shown(tmp_path).items() if STAGING not in n} == OLD
    written(tmp_path, NEW)
    assert shown(tmp_path) == NEW


@pytest.mark.parametrize("moves", range(4))
def test_a_run_that_dies_while_it_moves_is_finished_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moves: int
) -> None:
    written(tmp_path, OLD, ("index.html",))
    done = 0
    real = Store._move

    def move(self: Store, name: str) -> None:
        nonlocal done
        if done == moves:
            raise KeyboardInterrupt
        done += 1
        real(self, name)

    monkeypatch.setattr(Store, "_move", move)
    with pytest.raises(KeyboardInterrupt):
        written(tmp_path, NEW, ("index.html",))
    monkeypatch.undo()
    for name, content in shown(tmp_path).items():
        if not name.startswith(STAGING):
            assert content in (OLD.get(name), NEW.get(name)), name
    if (tmp_path / "index.html").read_bytes() == b"new index":
        assert (tmp_path / "c" / "index.html").exists()
    Store(tmp_path).open()
    assert {n: c for n, c in shown(tmp_path).items() if STAGING not in n} == NEW


def test_a_disk_that_is_full_leaves_the_old_site_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, OLD)
    real = Path.write_bytes

    def full(self: Path, data: bytes) -> int:
        if self.name == "index.html" and self.parent.name == "c":
            raise OSError(errno.ENOSPC, "No space left on device", str(self))
        return real(self, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OutputError, match="No space left on device"):
        written(tmp_path, NEW)
    monkeypatch.undo()
    Store(tmp_path).discard()
    assert shown(tmp_path) == OLD


def test_a_foreign_file_in_the_way_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_bytes(b"somebody's")
    with pytest.raises(OutputError, match="did not make it"):
        written(tmp_path, NEW)
    assert shown(tmp_path) == {"index.html": b"somebody's"}


@pytest.mark.parametrize("name", ["/etc/passwd", "../up", "a/../../up", "a\\b", ""])
def test_no_name_leads_out_of_the_folder(name: str) -> None:
    with pytest.raises(ValueError, match="inside the site"):
        safe(name)


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b"[]", b'{"schema": "legannot/site-manifest/1", "files": {"../x": "1"}}'],
)
def test_a_damaged_record_is_an_error_and_deletes_nothing(tmp_path: Path, damage: bytes) -> None:
    written(tmp_path, OLD)
    (tmp_path / MANIFEST).write_bytes(damage)
    (tmp_path.parent / "x").write_bytes(b"outside")
    with pytest.raises(OutputError, match="is damaged"):
        Store(tmp_path).open()
    assert shown(tmp_path).items() >= OLD.items()
    assert (tmp_path.parent / "x").exists()


# The command, killed when every page is made and none is in its place.
KILLED = """
import os, signal
from legannot.cli import main
from legannot.site.store import Store
Store.commit = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="nothing kills like SIGKILL there")
def test_a_killed_build_leaves_the_old_site_and_the_next_one_ends_well(two: Place) -> None:
    two.build()
    before = {n: c for n, c in two.files().items() if not n.startswith(".legannot")}
    for path in two.folder.glob("*-rh.xml"):
        path.write_text(path.read_text("utf-8").replace("Committee", "Council"), "utf-8")
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, "site", str(two.config), "--no-embeddings"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    assert (two.public / STAGING / "bill").exists()
    assert not (two.public / STAGING / JOURNAL).exists()
    left = {n: c for n, c in two.files().items() if not n.startswith(".legannot")}
    assert left == before
    two.configure(two_bills())
    two.build()
    after = two.files()
    assert not [name for name in after if name.startswith(STAGING)]
    assert after["bill/119-hr-99990/rh/index.html"] != before["bill/119-hr-99990/rh/index.html"]
    assert digest(after["index.html"])
