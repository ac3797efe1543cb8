"""Not a word lost of documents that nobody wrote: whatever the USLM schema allows, by chance."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest
from lxml import etree

from legannot.errors import InputError
from legannot.model import Bill
from legannot.parse import parse
from legannot.source import from_bytes
from tests.conftest import check_bill, needs_corpus
from tests.parse.generated_uslm import allowed, document, numbered, schema
from tests.parse.raw import local, tree
from tests.parse.test_generated import both_texts, letters

# Derived from notes, but part of a sentence, of a signature or of the print.
_NO_NOTES = frozenset({"elided", "signatureDate", "frDocId", "billingCode", "legislativeHistory"})
_IN_THE_MARGIN = frozenset({"sidenote", "ear"})
_MARKS = {"addedText": "added", "ins": "added", "deletedText": "deleted", "del": "deleted"}
_NUMBERED = re.compile(r"word\d+")


@cache
def notes() -> frozenset[str]:
    return schema().of("NoteType", "NotesType", "PositionedNoteType") - _NO_NOTES - _IN_THE_MARGIN


@cache
def margin() -> frozenset[str]:
    printed = schema().of("RunningHeadType", "PageType", "SignatureType", "SignaturesType")
    others = {"legislativeHistory", "frDocId", "billingCode", "action", "endMarker"}
    return printed | _IN_THE_MARGIN | others


def read(xml: str | bytes) -> Bill | None:
    """The bill; None if chance gave it no words at all."""
    try:
        return parse(from_bytes("made.xml", xml.encode() if isinstance(xml, str) else xml))
    except InputError as error:
        if "no legislative text" not in error.what:
            raise
        return None


def law(element: etree._Element, gone: str = "") -> Iterator[str]:
    """The words of the body by a walk of the raw tree, without those marked as `gone`."""
    if gone and gone in (element.get("changed"), _MARKS.get(local(element))):
        return
    yield element.text or ""
    children = list(element)
    names = [local(child) for child in children]
    if "num" in names:
        aside = notes() | margin()
        before = [name for name in names[: names.index("num")] if name not in aside]
        if before == ["heading"]:
            # Old law prints the heading above the number; a provision is read number first.
            number = children.pop(names.index("num"))
            children.insert(names.index("heading"), number)
    for child in children:
        if local(child) not in notes() | margin():
            yield from law(child, gone)
        yield child.tail or ""


def found_law(bill: Bill | None) -> list[str]:
    kinds = {re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower() for name in notes()}
    words: list[str] = []
    waiting = list(reversed(bill.provisions)) if bill else []
    while waiting:
        provision = waiting.pop()
        if provision.kind not in kinds:
            words += (provision.enum, provision.heading, provision.text)
            waiting += reversed(provision.children)
    return _NUMBERED.findall(" ".join(words))


@needs_corpus
def test_every_element_that_a_body_may_hold_is_met() -> None:
    documents = (document(seed) for seed in range(len(allowed())))
    met = {local(e) for xml in documents for e in tree(xml.encode()).iter()}
    assert set(allowed()) <= met


@needs_corpus
@pytest.mark.parametrize("first", range(0, 300, 100))
def test_the_words_of_what_the_schema_allows_stay_in_order_and_none_comes_twice(first: int) -> None:
    for seed in range(first, first + 100):
        xml = numbered(seed)
        bill = read(xml)
        assert found_law(bill) == "".join(law(tree(xml.encode()))).split(), f"seed {seed}"
        beside = [item.text for item in bill.front] if bill else []
        within = [t for p in bill.walk() for t in (p.enum, p.heading, p.text)] if bill else []
        kept = Counter(_NUMBERED.findall(" ".join((*within, *beside))))
        if bill:
            assert kept == Counter(_NUMBERED.findall(xml)), f"seed {seed}"
            assert not bill.not_understood, f"seed {seed}"
            check_bill(bill)


@needs_corpus
def test_odd_blanks_and_characters_of_what_the_schema_allows_are_folded_and_none_is_lost() -> None:
    for seed in range(200):
        xml = document(seed).encode()
        bill = read(xml)
        if bill is None:
            continue
        parts = [t for p in bill.walk() for t in (p.enum, p.heading, p.text)]
        found = letters(" ".join((*parts, *(item.text for item in bill.front))).split())
        expected = letters("".join(tree(xml).itertext()).replace("\u00ad", "").split())
        # The signs of superscripts are added.
        assert Counter(re.sub("[_^]", "", found)) == Counter(expected), f"seed {seed}"
        check_bill(bill)


def marked(seed: int) -> etree._Element:
    """A document in which a committee marked some elements, none inside another."""
    rng = random.Random(seed)
    root = tree(numbered(seed).encode())
    for element in root.iter(etree.Element):
        around = (*element.iterancestors(), *element.iter())
        free = not any(e.get("changed") or local(e) in _MARKS for e in around)
        if free and local(element) not in ("bill", "main") and rng.random() < 0.08:
            element.set("changed", rng.choice(("added", "deleted")))
    return root


@needs_corpus
@pytest.mark.parametrize("first", range(0, 300, 100))
def test_both_texts_of_a_marked_document_of_uslm_are_whole_and_clean(first: int) -> None:
    for seed in range(first, first + 100):
        root = marked(seed)
        if any(_MARKS.get(local(e)) for p in root.iter() if local(p) in _MARKS for e in p.iter()
               if e is not p):  # fmt: skip
            continue
        bill = read(etree.tostring(root))
        if bill is None:
            continue
        for gone, clean in both_texts(bill):
            expected = "".join(law(root, gone)).split()
            assert found_law(clean) == expected, f"seed {seed} without {gone}"
