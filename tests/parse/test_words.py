"""Not a word lost: the words of a file, counted on the raw tree, are those of its provisions."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from lxml import etree

from legannot.model import Bill, CitationPath
from tests.conftest import CORPUS, check_bill, needs_corpus
from tests.parse.files import EVERY, FILES, FOLDERS, USLM_FILES, read
from tests.parse.raw import OUTSIDE, USLM_OUTSIDE, body_words, local, tree, uslm_words

NOTES = frozenset({"editorial-note", "footnote", "note"})
# A conversion without metadata, and one whose text is another bill's than the corpus names it by.
NAMELESS = ("eah.uslm1.xml",)
MISNAMED = CORPUS / "bills/116/hr1112/enr.uslm1.xml"


def words(bill: Bill) -> list[str]:
    return [
        word
        for provision in bill.walk()
        for text in (provision.enum, provision.heading, provision.text)
        for word in text.split()
    ]


@needs_corpus
def test_the_corpus_holds_the_files_that_the_bars_are_about() -> None:
    assert (len(FILES), len(USLM_FILES)) == (633, 209)


@pytest.mark.parametrize("folder", FOLDERS[:4])
@needs_corpus
def test_every_word_of_the_body_is_kept_in_order_and_none_twice(folder: str) -> None:
    for file in FILES:
        if not file.is_relative_to(CORPUS / folder):
            continue
        expected, found = body_words(tree(file.read_bytes())), words(read(file))
        if expected != found:
            pytest.fail(f"{file.relative_to(CORPUS)}: {first_difference(expected, found)}")


@pytest.mark.parametrize("folder", ["bills", "resolutions", "public-laws", "other/comps"])
@needs_corpus
def test_every_word_of_uslm_is_kept_in_order_and_none_twice(folder: str) -> None:
    for file in USLM_FILES:
        if not file.is_relative_to(CORPUS / folder):
            continue
        expected, notes = uslm_words(tree(file.read_bytes()))
        found, found_notes = law_and_notes(read(file))
        if expected != found:
            pytest.fail(f"{file.relative_to(CORPUS)}: {first_difference(expected, found)}")
        assert sorted(found_notes) == sorted(notes), file


def law_and_notes(bill: Bill) -> tuple[list[str], list[list[str]]]:
    law: list[str] = []
    notes: list[list[str]] = []
    waiting = list(reversed(bill.provisions))
    while waiting:
        provision = waiting.pop()
        if provision.kind in NOTES:
            whole = replace(bill, provisions=(provision,))
            notes.append(words(whole))
            continue
        for text in (provision.enum, provision.heading, provision.text):
            law += text.split()
        waiting += reversed(provision.children)
    return law, notes


def first_difference(expected: list[str], found: list[str]) -> str:
    place = next(
        (i for i, (a, b) in enumerate(zip(expected, found, strict=False)) if a != b),
        min(len(expected), len(found)),
    )
    nearby = slice(max(0, place - 4), place + 5)
    return f"word {place}: {' '.join(expected[nearby])!r} became {' '.join(found[nearby])!r}"


@needs_corpus
def test_every_bill_of_the_corpus_keeps_the_invariants_and_its_paths_can_be_read_back() -> None:
    for file in EVERY:
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
def test_every_reference_of_uslm_is_kept_with_its_address() -> None:
    for file in USLM_FILES:
        bodies = [e for e in tree(file.read_bytes()) if local(e) in ("main", "amendMain")]
        expected = Counter(
            e.get("href") or e.get("idref") or ""
            for body in bodies
            for e in body.iter("{*}ref")
            if "".join(e.itertext()).strip() and not beside(e) and local(parent(e)) != "num"
        )
        found = Counter(
            span.value
            for provision in read(file).walk()
            for span in (*provision.spans, *provision.heading_spans)
            if span.kind in ("external-xref", "internal-xref")
        )
        assert not expected - found, file.relative_to(CORPUS)


def parent(element: etree._Element) -> etree._Element:
    return next(element.iterancestors())


def beside(element: etree._Element) -> bool:
    return any(local(around) in USLM_OUTSIDE for around in element.iterancestors())


@needs_corpus
def test_at_least_95_of_100_files_hold_nothing_that_is_not_understood() -> None:
    puzzling = [file for file in EVERY if read(file).not_understood]
    assert len(puzzling) <= len(EVERY) * 0.05


@needs_corpus
def test_every_file_says_which_bill_and_which_version_it_is() -> None:
    for file in EVERY:
        bill = read(file)
        assert bill.version, file
        if {"amendments", "public-laws", "comps"} & set(file.parts) or file.name in NAMELESS:
            continue
        assert bill.version == file.stem.partition(".")[0], file
        if file != MISNAMED:
            assert str(bill.id) in f"{file.parent.parent.name}{file.parent.name}", file
