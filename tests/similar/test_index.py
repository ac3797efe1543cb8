"""The index on disk: known by content, shared by processes, begun anew when damaged."""

from __future__ import annotations

import multiprocessing
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings

from legannot.errors import InputError
from legannot.model import Bill
from legannot.similar import Corpus, Shelved
from legannot.similar.index import FORMAT, Index, Row
from tests.similar.bills import SECTIONS, bill
from tests.strategies import bills


def shelved(*versions: Bill) -> list[Shelved]:
    def read_of(version: Bill) -> Shelved:
        return Shelved(version.provenance.source, version.provenance.sha256, lambda: version)

    return [read_of(version) for version in versions]


def never() -> Bill:
    pytest.fail("a version that the index knows was read again")


def test_a_version_is_read_once_and_then_known_by_its_bytes(tmp_path: Path) -> None:
    version = bill(1, SECTIONS)
    Corpus(tmp_path, shelved(version)).close()
    again = Corpus(tmp_path, [Shelved("renamed.xml", version.provenance.sha256, never)])
    assert [text.name for text in again.scope.values()] == ["renamed.xml"]
    assert [text.bill for text in again.scope.values()] == ["119hr1"]
    again.close()


def test_a_version_that_cannot_be_read_is_left_out_and_named(tmp_path: Path) -> None:
    def broken() -> Bill:
        raise InputError("is no bill.", where="page.html")

    corpus = Corpus(tmp_path, [Shelved("page.html", "0" * 64, broken), *shelved(bill(1, SECTIONS))])
    assert len(corpus.scope) == 1
    assert corpus.notices == ("left out: page.html: is no bill.",)
    corpus.close()


@pytest.mark.parametrize("content", [b"", b"no database at all" * 100], ids=["empty", "other"])
def test_a_damaged_index_is_begun_anew(tmp_path: Path, content: bytes) -> None:
    (tmp_path / f"similar-{FORMAT}.db").write_bytes(content)
    corpus = Corpus(tmp_path, shelved(bill(1, SECTIONS)))
    assert len(corpus.scope) == 1
    assert bool(corpus.notices) == bool(content)
    corpus.close()


def test_an_index_that_cannot_be_kept_is_made_for_the_run(tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_text("in the way")
    corpus = Corpus(place, shelved(bill(1, SECTIONS)))
    assert len(corpus.scope) == 1
    assert "made for this run alone" in corpus.notices[0]
    corpus.close()


def test_a_version_that_breaks_half_way_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = Index.open(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(Index, "_add_passages", _fail)
        with pytest.raises(ZeroDivisionError):
            index.add(bill(1, SECTIONS))
    index.close()
    with sqlite3.connect(tmp_path / f"similar-{FORMAT}.db") as database:
        for table in ("version", "provision", "word"):
            assert database.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)  # noqa: S608
    database.close()
    index = Index.open(tmp_path)
    index.add(bill(1, SECTIONS))
    assert len(index.versions([bill(1, SECTIONS).provenance.sha256])) == 1
    index.close()


def _fail(*_: object) -> None:
    raise ZeroDivisionError


def _fill(folder: Path, first: int) -> None:
    Corpus(folder, shelved(*(bill(n, SECTIONS) for n in range(first, first + 10)))).close()


def test_two_processes_may_fill_one_index(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=_fill, args=(tmp_path, first)) for first in (1, 6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
        assert worker.exitcode == 0
    both = shelved(*(bill(n, SECTIONS) for n in range(1, 16)))
    corpus = Corpus(tmp_path, [Shelved(s.name, s.sha256, never) for s in both])
    assert len(corpus.scope) == 15
    corpus.close()


@settings(max_examples=25, deadline=None)
@given(bills())
def test_every_provision_of_a_bill_is_found_by_its_own_words(version: Bill) -> None:
    index = Index.open(None)
    index.add(version)
    index.add(version)
    (held,) = index.versions([version.provenance.sha256])
    clean = version.as_reported()
    assert held.words == sum(len(row.words.split()) for row in _rows(index))
    assert [row.path for row in _rows(index)] == [p.path for p in clean.walk()]
    for row in _rows(index):
        assert row in index.equal([row.content])
        assert index.whole(row)[0] == row
    index.close()


def _rows(index: Index) -> list[Row]:
    return list(index.rows(range(1, 10_000)).values())
