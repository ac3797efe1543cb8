"""Every text is kept with where it came from; nothing is half stored, overwritten or mixed up."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legannot.errors import InputError, OutputError
from legannot.model import BillId
from legannot.source.library import (
    Added,
    Answered,
    BillRecord,
    Kind,
    Library,
    Origin,
    Received,
    prune,
    verify,
)

BILL = BillId(119, "hr", 1316)
HERE = Received("https://www.govinfo.gov/a.xml", "2026-11-25T10:00:00Z", headers={"etag": '"1"'})
LATER = Received("https://www.govinfo.gov/a.xml", "2026-11-26T10:00:00Z")
IMPORT = Received("folder/a.xml", "2026-11-26T10:00:00Z", Origin.IMPORTED)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "library") as opened:
        yield opened


def add(library: Library, version: str, data: bytes, received: Received = HERE) -> Added:
    with library.writing() as write:
        return write.add(BILL, version, data, received).what


def test_a_text_comes_back_as_it_went_in_with_where_it_came_from(library: Library) -> None:
    with library.writing() as write:
        put = write.add(BILL, "ih", b"<bill/>", HERE, published="2025-02-13").held
    held = library.find(BILL, "ih")
    assert held == put
    assert (held.id, held.published, held.received) == ("119hr1316ih", "2025-02-13", HERE)
    assert library.read(held) == b"<bill/>"


def test_versions_come_in_the_order_of_the_bills_life(library: Library) -> None:
    for version in ("enr", "rh", "eh", "ih"):
        add(library, version, version.encode())
    assert [held.version for held in library.versions(BILL)] == ["ih", "rh", "eh", "enr"]


def test_the_same_bytes_again_are_no_news(library: Library) -> None:
    assert add(library, "ih", b"one") is Added.NEW
    assert add(library, "ih", b"one", LATER) is Added.SAME
    assert len(library.history(BILL, "ih")) == 1


def test_a_silent_change_is_told_and_the_old_bytes_are_kept(library: Library) -> None:
    add(library, "ih", b"one")
    with library.writing() as write:
        addition = write.add(BILL, "ih", b"two", LATER)
    assert addition.what is Added.CHANGED
    assert addition.previous is not None
    assert library.read(addition.previous) == b"one"
    old, new = library.history(BILL, "ih")
    assert (library.read(old), old.current) == (b"one", False)
    assert (library.read(new), new.current) == (b"two", True)
    assert library.versions(BILL) == (new,)


def test_a_source_that_goes_back_to_earlier_bytes_changes_the_text_again(library: Library) -> None:
    for data in (b"one", b"two"):
        add(library, "ih", data)
    assert add(library, "ih", b"one", LATER) is Added.CHANGED
    held = library.find(BILL, "ih")
    assert held is not None
    assert (library.read(held), held.received.at) == (b"one", LATER.at)


def test_an_import_never_displaces_what_was_fetched_but_a_fetch_displaces_an_import(
    library: Library,
) -> None:
    add(library, "ih", b"official")
    assert add(library, "ih", b"mine", IMPORT) is Added.BESIDE
    assert [library.read(held) for held in library.versions(BILL)] == [b"official"]
    add(library, "rh", b"mine", IMPORT)
    assert add(library, "rh", b"official") is Added.CHANGED


def test_an_amendment_is_no_version_of_the_bill(library: Library) -> None:
    with library.writing() as write:
        write.add(BILL, "samdt12", b"amendment", HERE, kind=Kind.AMENDMENT)
    assert library.versions(BILL) == ()
    (held,) = library.amendments(BILL)
    assert (held.id, library.amendment(119, "samdt12")) == ("119samdt12", held)


def test_the_list_has_bills_with_and_without_texts(library: Library) -> None:
    other = BillId(118, "s", 2)
    with library.writing() as write:
        write.record(BillRecord(other, title="An Act"), b"<billStatus/>")
        write.add(BILL, "ih", b"one", HERE)
    first, second = library.bills()
    assert (first.record.bill, first.record.title, first.versions) == (other, "An Act", ())
    assert library.files.read(first.record.status) == b"<billStatus/>"
    assert [held.id for held in second.versions] == ["119hr1316ih"]


def test_what_a_server_said_is_remembered(library: Library) -> None:
    answer = Answered("https://x/a", "00ff", '"tag"', "", "2026-11-25T10:00:00Z")
    with library.writing() as write:
        write.answered(answer)
    assert library.answered("https://x/a") == answer
    assert library.answered("https://x/b") is None


def test_a_transaction_that_fails_keeps_nothing_of_anybody(library: Library) -> None:
    library.own_tables("track", 1, ["CREATE TABLE track_seen (id TEXT PRIMARY KEY)"])
    library.own_tables("track", 1, ["CREATE TABLE track_seen (id TEXT PRIMARY KEY)"])
    with pytest.raises(RuntimeError), library.writing() as write:  # noqa: PT012
        write.add(BILL, "ih", b"one", HERE)
        write.connection.execute("INSERT INTO track_seen VALUES ('x')")
        raise RuntimeError
    assert library.versions(BILL) == ()
    assert library.connection.execute("SELECT * FROM track_seen").fetchall() == []


def test_own_tables_of_a_later_version_are_made_from_those_before(library: Library) -> None:
    library.own_tables("track", 1, ["CREATE TABLE track_a (id TEXT)"])
    library.own_tables("track", 2, ["ALTER TABLE track_a RENAME TO track_b"])
    assert library.connection.execute("SELECT * FROM track_b").fetchall() == []


def test_verify_names_what_is_damaged_or_gone(library: Library) -> None:
    for version in ("ih", "rh", "eh"):
        add(library, version, version.encode())
    assert verify(library).faults == ()
    damaged, gone, _ = library.versions(BILL)
    library.files.path(damaged.sha256).write_bytes(b"xx")
    library.files.path(gone.sha256).unlink()
    found = verify(library)
    assert [fault.where for fault in found.faults] == ["119hr1316ih", "119hr1316rh"]
    assert ["damaged" in fault.what for fault in found.faults] == [True, False]
    assert "gone" in found.faults[1].what
    with pytest.raises(InputError, match="damaged"):
        library.read(damaged)
    with pytest.raises(InputError, match="cannot be read"):
        library.read(gone)


def test_prune_takes_what_nothing_names_and_no_more(library: Library) -> None:
    add(library, "ih", b"one")
    add(library, "ih", b"two")
    left = library.files.path(library.files.put(b"left over"))
    part = left.with_suffix(".part")
    part.write_bytes(b"half")
    assert verify(library).unused == 2
    assert prune(library, dry_run=True) == (2, 13)
    assert left.exists()
    assert prune(library) == (2, 13)
    assert (left.exists(), part.exists()) == (False, False)
    assert len(library.history(BILL, "ih")) == 2
    assert (verify(library).faults, verify(library).unused) == ((), 0)


def test_a_removed_bill_is_gone_with_its_texts(library: Library) -> None:
    add(library, "ih", b"one")
    with library.writing() as write:
        assert write.remove(BILL) == 1
    assert library.bills() == ()
    assert prune(library) == (1, 3)


def test_looking_for_a_library_makes_none(tmp_path: Path) -> None:
    assert Library.at(tmp_path / "none") is None
    assert not (tmp_path / "none").exists()


def test_a_file_that_is_no_library_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "library.sqlite3"
    file.write_bytes(b"a letter to a friend, long enough to be no empty database" * 20)
    before = file.read_bytes()
    with pytest.raises(InputError, match="no SQLite database"):
        Library(tmp_path)
    assert file.read_bytes() == before
    other = tmp_path / "other"
    other.mkdir()
    with sqlite3.connect(other / "library.sqlite3") as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()
    with pytest.raises(InputError, match="is not an index"):
        Library(other)


def test_a_library_of_a_later_legannot_is_refused(tmp_path: Path) -> None:
    with Library(tmp_path) as library:
        library.connection.execute("PRAGMA user_version = 99")
    with pytest.raises(InputError, match="later legannot"):
        Library(tmp_path)


PROCESS = """
import sys
from pathlib import Path
from legannot.model import BillId
from legannot.source.library import Library, Received
with Library(Path(sys.argv[1])) as library:
    for number in range(40):
        with library.writing() as write:
            write.add(BillId(119, "hr", number), "ih", b"%d" % number, Received("a", sys.argv[2]))
            write.add(BillId(119, "s", number), "is", sys.argv[2].encode() + b"%d" % number,
                      Received("a", sys.argv[2]))
"""


def test_two_processes_at_once_lose_nothing(tmp_path: Path) -> None:
    running = [
        subprocess.Popen([sys.executable, "-c", PROCESS, str(tmp_path / "library"), name])
        for name in ("one", "two", "three")
    ]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    with Library(tmp_path / "library") as library:
        assert len(library.every()) == 80
        assert all(len(library.history(BillId(119, "s", n), "is")) == 3 for n in range(40))
        assert verify(library).faults == ()


def test_a_lock_that_is_held_too_long_and_a_full_disk_are_said_in_words(library: Library) -> None:
    with Library(library.folder) as other, other.writing():
        library.connection.execute("PRAGMA busy_timeout = 1")
        with pytest.raises(OutputError, match="another run is writing"):
            add(library, "ih", b"one")
    pages = library.connection.execute("PRAGMA page_count").fetchone()[0]
    library.connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(OutputError, match="disk is full"):  # noqa: PT012
        for number in range(1000):
            add(library, f"v{number}", b"%d" % number)
    assert verify(library).faults == ()


def test_a_damaged_index_is_said_in_words(library: Library) -> None:
    for number in range(200):
        add(library, f"v{number}", b"%d" % number)
    library.close()
    path = library.folder / "library.sqlite3"
    size = path.stat().st_size
    with path.open("r+b") as stream:
        stream.seek(4096)
        stream.write(b"\xff" * (size - 4096))
    with pytest.raises(InputError, match="damaged"), Library(library.folder) as damaged:
        damaged.every()
    library.connection = Library(library.folder.parent / "other").connection


def test_mistakes_in_a_statement_stay_mistakes(library: Library) -> None:
    with pytest.raises(sqlite3.OperationalError):
        library.connection.execute("SELECT * FROM nothing")


PUT = st.tuples(
    st.sampled_from(["ih", "rh"]), st.sampled_from([b"1", b"2", b"3"]), st.sampled_from(Origin)
)


@given(st.lists(PUT, max_size=12))
@settings(max_examples=40, deadline=None)
def test_nothing_that_was_put_in_is_lost_and_one_text_of_a_version_is_current(
    puts: list[tuple[str, bytes, Origin]],
) -> None:
    current: dict[str, tuple[bytes, Origin]] = {}
    every: dict[str, set[bytes]] = {}
    with TemporaryDirectory() as place, Library(Path(place)) as library:
        for version, data, origin in puts:
            add(library, version, data, Received("a", "2026-11-25T10:00:00Z", origin))
            every.setdefault(version, set()).add(data)
            was = current.get(version)
            if was and was[1] is Origin.FETCHED and origin is Origin.IMPORTED:
                continue
            if was is None or was[0] != data or origin is Origin.FETCHED:
                current[version] = (data, origin)
        held = {text.version: text for text in library.versions(BILL)}
        assert {v: library.read(text) for v, text in held.items()} == {
            v: data for v, (data, _) in current.items()
        }
        assert {v: text.received.origin for v, text in held.items()} == {
            v: origin for v, (_, origin) in current.items()
        }
        for version, kept in every.items():
            history = library.history(BILL, version)
            assert {library.read(text) for text in history} == kept
            assert [text.current for text in history].count(True) == 1
        assert verify(library).faults == ()
