"""Every element of the Bill, Resolution and Amendment DTDs, in every place the DTDs allow it."""

from __future__ import annotations

from collections import deque
from functools import cache

import pytest

from legannot.model import Bill
from legannot.parse import parse
from legannot.source import from_bytes
from tests.conftest import check_bill, needs_corpus
from tests.parse.raw import OUTSIDE, body_words, content_models, tree

ROOTS = ("bill", "resolution", "amendment-doc")
# A picture has no words of its own; its name stands for it.
PICTURES = frozenset({"graphic", "formula", "image-data", "graphic-caption"})
# Metadata of the drafting offices, in a namespace that legislative documents do not declare.
PREFIXED = ":"


def parsed(xml: str) -> Bill:
    return parse(from_bytes("made.xml", xml.encode()))


def words(bill: Bill) -> list[str]:
    return [w for p in bill.walk() for t in (p.enum, p.heading, p.text) for w in t.split()]


@cache
def places() -> dict[str, tuple[str, ...]]:
    """For each element that can stand in a legislative body, the shortest way down to it."""
    models = content_models()
    ways: dict[str, tuple[str, ...]] = {root: (root,) for root in ROOTS}
    waiting = deque(ROOTS)
    while waiting:
        name = waiting.popleft()
        for child in sorted(models[name] & models.keys() - OUTSIDE):
            if child not in ways:
                ways[child] = (*ways[name], child)
                waiting.append(child)
    return ways


@cache
def filling(name: str) -> str:
    """The shortest content that brings words into an element; empty if it can hold none."""
    models = content_models()
    waiting = deque([(name, "", "")])
    seen = {name}
    while waiting:
        here, before, after = waiting.popleft()
        if "#" in models[here]:
            return f"{before}within {name}{after}"
        for child in sorted(models[here] & models.keys() - seen - PICTURES):
            seen.add(child)
            waiting.append((child, f"{before}<{child}>", f"</{child}>{after}"))
    return ""


def document(way: tuple[str, ...], inner: str) -> str:
    opened = "".join(f"<{name}>" for name in way)
    closed = "".join(f"</{name}>" for name in reversed(way))
    return f"{opened}{inner}{closed}"


def pairs() -> list[tuple[str, str]]:
    models = content_models()
    return [
        (parent, child)
        for parent in sorted(places())
        for child in sorted(models[parent] & models.keys() - OUTSIDE)
    ]


@needs_corpus
def test_the_dtds_were_read() -> None:
    assert len(content_models()) >= 212
    assert len(pairs()) > 1500


@needs_corpus
def test_every_element_is_understood_wherever_the_dtds_allow_it() -> None:
    for parent, child in pairs():
        if PICTURES & {*places()[parent], child} or not filling(child):
            continue
        mixed = "#" in content_models()[parent]
        inner = f"<{child}>{filling(child)}</{child}>"
        if mixed:
            inner = f"before {inner} after {inner}, end"
        xml = document(places()[parent], f"{inner}{inner}")
        bill = parsed(xml)
        check_bill(bill)
        assert not bill.not_understood, (parent, child, bill.not_understood)
        assert words(bill) == body_words(tree(xml.encode())), (parent, child, xml)


@needs_corpus
@pytest.mark.parametrize("kind", sorted(OUTSIDE))
def test_every_element_of_cover_and_end_is_read_beside_the_body(kind: str) -> None:
    models = content_models()
    for child in sorted(models[kind] & models.keys()):
        if PREFIXED in child:
            continue
        xml = f"<bill><{kind}><{child}>{filling(child)}</{child}></{kind}>{BODY}</bill>"
        bill = parsed(xml)
        check_bill(bill)
        assert words(bill) == ["1.", "Short", "title", "Words."]


BODY = (
    "<legis-body><section><enum>1.</enum><header>Short title</header>"
    "<text>Words.</text></section></legis-body>"
)


@needs_corpus
def test_every_name_of_the_dtds_is_met_by_a_test_above() -> None:
    models = content_models()
    met = set(places())
    below = set(OUTSIDE)
    while below:
        name = below.pop()
        met.add(name)
        below |= (models[name] & models.keys()) - met
    missed = {name for name in models.keys() - met if PREFIXED not in name}
    # Declared, but no content model offers it.
    assert missed == {"legislators"}


def test_the_list_of_legislators_which_no_content_model_offers_keeps_its_words() -> None:
    bill = parsed(
        f"<bill>{BODY}<legislators><legislator>Mr. Kaine</legislator></legislators></bill>"
    )
    assert words(bill)[-2:] == ["Mr.", "Kaine"]
    assert not bill.not_understood


def test_an_element_of_no_dtd_keeps_its_words_and_is_listed() -> None:
    bill = parsed(
        "<bill><legis-body><section><enum>1.</enum><text>Of <novelty>new</novelty> things.</text>"
        "<novel-block><text>More words.</text></novel-block></section></legis-body></bill>"
    )
    check_bill(bill)
    assert words(bill) == ["1.", "Of", "new", "things.", "More", "words."]
    assert [(n.element, n.text) for n in bill.not_understood] == [
        ("novelty", "new"),
        ("novel-block", "More words."),
    ]


@pytest.mark.parametrize(
    ("graphic", "name"),
    [
        ('<graphic file="EH12.TIF"><image-data/></graphic>', "[graphic EH12.TIF]"),
        ('<graphic graphic-desc="Map of the site"/>', "[graphic Map of the site]"),
        ("<graphic><graphic-caption>Figure 1</graphic-caption></graphic>", "[graphic]"),
    ],
)
def test_a_picture_is_kept_and_named(graphic: str, name: str) -> None:
    bill = parsed(
        f"<bill><legis-body><section><enum>1.</enum>{graphic}</section></legis-body></bill>"
    )
    check_bill(bill)
    picture = next(p for p in bill.walk() if p.kind == "graphic")
    assert picture.text == name
    assert not bill.not_understood


def test_a_formula_inside_a_sentence_does_not_break_it() -> None:
    bill = parsed(
        "<bill><legis-body><section><enum>1.</enum><text>The rate is "
        '<formula><graphic file="F.TIF"/></formula>'
        " per year.</text></section></legis-body></bill>"
    )
    (section,) = bill.provisions
    assert section.text == "The rate is [graphic F.TIF] per year."
    assert not section.children
