"""Not a word lost of documents that nobody wrote: whatever the DTDs allow, by chance."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator

import pytest
from lxml import etree

from legannot.errors import InputError
from legannot.model import Bill
from legannot.parse import parse
from legannot.source import from_bytes
from tests.conftest import check_bill, needs_corpus
from tests.parse.generated import ROOTS, document
from tests.parse.raw import body_words, tree

PHRASES = ("added-phrase", "deleted-phrase")
# Blocks inside a phrase can be marked twice over, which has no right answer.
BLOCKS = ("footnote", "effective-date", *PHRASES)


def words(bill: Bill) -> list[str]:
    return [w for p in bill.walk() for t in (p.enum, p.heading, p.text) for w in t.split()]


def read(xml: bytes) -> Bill | None:
    """The bill; None if chance gave it no words at all."""
    try:
        return parse(from_bytes("made.xml", xml))
    except InputError as error:
        if "no legislative text" not in error.what:
            raise
        return None


@needs_corpus
@pytest.mark.parametrize("first", range(0, 400, 100))
def test_every_word_of_what_the_dtds_allow_is_kept_in_order_and_none_twice(first: int) -> None:
    for seed in range(first, first + 100):
        xml = document(seed).encode()
        expected = body_words(tree(xml))
        bill = read(xml)
        assert (words(bill) if bill else []) == expected, f"seed {seed}"
        if bill:
            check_bill(bill)
            assert not bill.not_understood, f"seed {seed}"


def marked(seed: int) -> etree._Element:
    """A document in which a committee marked some elements, none inside another."""
    rng = random.Random(seed)
    root = tree(document(seed).encode())
    for element in root.iter(etree.Element):
        around = (*element.iterancestors(), *element.iter(*PHRASES))
        free = not any(e.get("changed") or e.tag in PHRASES for e in around)
        if free and element.tag not in ROOTS and rng.random() < 0.08:
            element.set("changed", rng.choice(("added", "deleted")))
    return root


def letters(text: list[str]) -> str:
    """Without blanks, which depend on what is taken out, and accents, which lose their letter."""
    apart = unicodedata.normalize("NFD", "".join(text))
    return "".join(char for char in apart if not unicodedata.combining(char))


def both_texts(bill: Bill) -> Iterator[tuple[str, Bill]]:
    yield "added", bill.as_introduced()
    yield "deleted", bill.as_reported()


@needs_corpus
@pytest.mark.parametrize("first", range(0, 600, 200))
def test_both_texts_of_a_marked_document_are_whole_and_clean(first: int) -> None:
    for seed in range(first, first + 200):
        root = marked(seed)
        if any(e is not p for p in root.iter(*PHRASES) for e in p.iter(*BLOCKS)):
            continue
        bill = read(etree.tostring(root.getroottree()))
        if bill is None:
            continue
        for gone, clean in both_texts(bill):
            assert letters(words(clean)) == letters(body_words(root, gone)), f"seed {seed} {gone}"
