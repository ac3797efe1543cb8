"""Not a word lost: the words of a file, counted on the raw tree, are those of its provisions."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from legannot.model import Bill, CitationPath
from legannot.parse import parse
from legannot.source import resolve
from tests.conftest import CORPUS, check_bill, needs_corpus
from tests.parse.raw import OUTSIDE, body_words, tree

FOLDERS = ("bills", "resolutions", "amendments", "rebuilt")


def files() -> list[Path]:
    found = (file for folder in FOLDERS for file in (CORPUS / folder).rglob("*.xml"))
    return sorted(file for file in found if ".uslm" not in file.name)


FILES = files()


@cache
def read(file: Path) -> Bill:
    (source,) = resolve([str(file)])
    return parse(source)


def words(bill: Bill) -> list[str]:
    return [
        word
        for provision in bill.walk()
        for text in (provision.enum, provision.heading, provision.text)
        for word in text.split()
    ]


@needs_corpus
def test_the_corpus_holds_the_files_that_the_bars_are_about() -> None:
    assert len(FILES) == 633


@pytest.mark.parametrize("folder", FOLDERS)
@needs_corpus
def test_every_word_of_the_body_is_kept_in_order_and_none_twice(folder: str) -> None:
    for file in FILES:
        if not file.is_relative_to(CORPUS / folder):
            continue
        expected, found = body_words(tree(file.read_bytes())), words(read(file))
        if expected != found:
            pytest.fail(f"{file.relative_to(CORPUS)}: {first_difference(expected, found)}")


def first_difference(expected: list[str], found: list[str]) -> str:
    place = next(
        (i for i, (a, b) in enumerate(zip(expected, found, strict=False)) if a != b),
        min(len(expected), len(found)),
    )
    nearby = slice(max(0, place - 4), place + 5)
    return f"word {place}: {' '.join(expected[nearby])!r} became {' '.join(found[nearby])!r}"


@needs_corpus
def test_every_bill_of_the_corpus_keeps_the_invariants_and_its_paths_can_be_read_back() -> None:
    for file in FILES:
        bill = read(file)
        check_bill(bill)
        for provision in bill.walk():
            assert str(CitationPath.parse(provision.path)) == provision.path


@needs_corpus
def test_every_cross_reference_is_kept_with_its_target() -> None:
    for file in FILES:
        root = tree(file.read_bytes())
        expected = Counter(
            ("".join("".join(xref.itertext()).split()), target)
            for part in root
            if part.tag not in OUTSIDE
            for xref in part.iter("external-xref", "internal-xref")
            if "".join(xref.itertext()).strip()
            for target in [
                xref.get("parsable-cite") or xref.get("idref") or xref.get("legal-doc") or ""
            ]
        )
        found = Counter(
            ("".join(span.of(text).split()).replace("^", ""), span.value)
            for provision in read(file).walk()
            for text, spans in (
                (provision.text, provision.spans),
                (provision.heading, provision.heading_spans),
            )
            for span in spans
            if span.kind in ("external-xref", "internal-xref")
        )
        assert found == expected, file.relative_to(CORPUS)


@needs_corpus
def test_at_least_95_of_100_files_hold_nothing_that_is_not_understood() -> None:
    puzzling = [file for file in FILES if read(file).not_understood]
    assert len(puzzling) <= len(FILES) * 0.05


@needs_corpus
def test_every_file_says_which_bill_and_which_version_it_is() -> None:
    for file in FILES:
        bill = read(file)
        assert bill.version, file
        if "amendments" not in file.parts:
            assert str(bill.id) in f"{file.parent.parent.name}{file.parent.name}", file
            assert bill.version == file.stem.partition(".")[0], file
