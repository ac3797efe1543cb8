"""`legannot similar` as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from tests.cli.program import Run, legannot
from tests.conftest import ROOT
from tests.similar.bills import SECTIONS, bill_xml


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    below = tmp_path / "bills" / "119"
    below.mkdir(parents=True)
    (below / "hr2.xml").write_bytes(bill_xml(2, SECTIONS[:4]))
    (below / "hr9.xml").write_bytes(bill_xml(9, SECTIONS, title="Everything else"))
    (below / "page.xml").write_text("<html><body>not found</body></html>")
    (tmp_path / "hr1.xml").write_bytes(bill_xml(1, SECTIONS[:3]))
    return tmp_path


def similar(folder: Path, *arguments: object) -> Run:
    return legannot(
        "similar", *arguments, "--no-embeddings", cwd=folder,
        XDG_CACHE_HOME=str(folder / "cache"), LEGANNOT_LIBRARY=str(folder / "library"),
    )  # fmt: skip


def test_a_provision_is_named_after_a_hash_or_with_an_option(folder: Path) -> None:
    by_hash = similar(folder, "hr1.xml#sec. 2", "bills")
    by_option = similar(folder, "hr1.xml", "bills", "--section", "2")
    assert by_hash.code == 0
    assert by_hash.out == by_option.out
    assert "1. H.R. 2 (119), Introduced in House, sec. 2  the same words" in by_hash.out
    assert "word for word also: H.R. 9 (119), Introduced in House, sec. 202" in by_hash.out


def test_a_whole_bill_is_found_in_pieces_of_others(folder: Path) -> None:
    run = similar(folder, "hr1.xml", "bills")
    assert "It stands as title II Everything else of H.R. 9" in run.out
    assert "sec. 1 -> sec. 201 Compute reports (the same words): “A covered provider" in run.out


def test_a_file_that_cannot_be_read_is_named_and_the_rest_searched(folder: Path) -> None:
    run = similar(folder, "hr1.xml", "bills")
    assert run.code == 0
    assert "left out:" in run.err
    assert "page.xml" in run.err


@pytest.mark.parametrize("arguments", [("hr1.xml#sec. 2",), ("hr1.xml",)], ids=["part", "whole"])
def test_the_document_follows_its_schema(folder: Path, arguments: tuple[str, ...]) -> None:
    run = similar(folder, *arguments, "bills", "--format", "json")
    document = json.loads(run.out)
    schema = json.loads((ROOT / "docs/schemas/similar-1.json").read_text("utf-8"))
    jsonschema.validate(document, schema)
    assert document["hits"] or document["bills"]


def test_without_a_library_the_cure_is_named(folder: Path) -> None:
    run = similar(folder, "hr1.xml")
    assert run.code == 3
    assert "no library" in run.err
    assert "legannot fetch" in run.err


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("hr1.xml#", "bills"), 2, "no provision after the #"),
        (("hr1.xml#sec. 2", "bills", "--section", "3"), 2, "not both"),
        (("hr1.xml#sec. 77", "bills"), 3, "has no provision"),
        (("missing.xml", "bills"), 3, "no such file"),
        (("hr1.xml", "nowhere"), 3, "no such file"),
    ],
    ids=["empty", "twice", "no-section", "no-file", "no-folder"],
)
def test_wrong_use_is_told(folder: Path, arguments: tuple[str, ...], code: int, words: str) -> None:
    run = similar(folder, *arguments)
    assert run.code == code
    assert words in " ".join(run.err.split())
