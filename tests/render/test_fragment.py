"""The fragment stands in anybody's page: no document, no script, nothing that clashes with it."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

import pytest
from lxml import html

from legannot.model.report import Report
from legannot.render.fragment import fragment, scoped
from legannot.render.html import rebuild, render
from tests.notes.outputs import noted
from tests.render.builders import report
from tests.render.test_html import hostile_report

VERSIONS = [(), ("rh", "eh"), ("eh",)]
IDS = ["three versions", "two versions", "one version"]
each = pytest.mark.parametrize("versions", VERSIONS, ids=IDS)


def written(made: Report) -> str:
    return fragment(made, render(made)).decode("utf-8")


@cache
def text(*versions: str) -> str:
    return written(report(*versions))


def tree(*versions: str) -> html.HtmlElement:
    return html.fragment_fromstring(text(*versions))


@each
def test_it_is_one_article_without_document_or_script(versions: tuple[str, ...]) -> None:
    found = text(*versions)
    assert found.startswith('<article class="legannot"')
    assert found.endswith("</article>\n")
    elements = set(re.findall(r"<(!?[a-z]+[1-6]?)", found.lower()))
    assert not elements & {"!doctype", "html", "head", "body", "main", "script", "link", "meta"}
    assert not elements & {"base", "button", "input", "form", "iframe", "object"}
    assert not re.search(r'\s(?:style|on[a-z]+|data-[a-z]+)="', found)


@each
def test_every_id_and_class_has_the_prefix_and_every_reference_leads_to_one(
    versions: tuple[str, ...],
) -> None:
    root = tree(*versions)
    ids = root.xpath("//@id")
    codes = "-".join(versions or ("ih", "rh", "eh"))
    assert ids
    assert all(name.startswith(f"legannot-119hr99990-{codes}-") for name in ids)
    assert len(ids) == len(set(ids))
    links = {href[1:] for href in root.xpath("//a/@href") if href.startswith("#")}
    named = root.xpath("//@aria-labelledby | //@aria-details | //@aria-describedby")
    assert links | {part for value in named for part in value.split()} <= set(ids)
    for names in root.xpath("./div/descendant-or-self::*/@class"):
        assert all(name.startswith("la-") for name in names.split())


def test_two_fragments_of_one_bill_can_share_a_page() -> None:
    first, second = tree("rh", "eh"), tree("eh")
    assert not set(first.xpath("//@id")) & set(second.xpath("//@id"))


@each
def test_headings_begin_at_the_second_level_and_skip_none(versions: tuple[str, ...]) -> None:
    levels = [int(str(e.tag)[1]) for e in tree(*versions).iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 2
    assert min(levels) == 2
    assert all(b - a <= 1 for a, b in pairwise(levels))


@each
def test_the_redline_keeps_every_word_and_mark_of_the_page(versions: tuple[str, ...]) -> None:
    page = html.document_fromstring(render(report(*versions)).decode("utf-8"))
    for button in page.xpath("//button | //span[@class='show-new' or @class='show-old']"):
        button.drop_tree()
    whole, part = page.xpath("//section[@class='redline']"), tree(*versions)
    (own,) = part.xpath(".//section[@class='la-redline']")
    for mark in ("ins", "del", "mark"):
        of_page = [e.text_content() for e in whole[0].iter(mark)]
        assert [e.text_content() for e in own.iter(mark)] == of_page
    assert own.text_content().split() == whole[0].text_content().split()


def test_notes_of_the_house_come_along() -> None:
    found = written(noted())
    assert "Note of the house." in found
    assert "no longer there" in found


def test_hostile_text_is_shown_as_text() -> None:
    found = written(hostile_report())
    root = html.fragment_fromstring(found)
    assert not root.xpath("//script | //img | //iframe")
    assert found.count("<style>") == 1
    assert found.count("</style>") == 1


def test_it_asks_for_nothing_outside_itself() -> None:
    root = tree()
    assert not root.xpath("//@src | //link | //@srcset | //object")
    assert "url(" not in text()
    assert "@import" not in text()


def test_the_same_report_gives_the_same_bytes() -> None:
    assert written(report()) == text()


# ── the style sheet ───────────────────────────────────────────────────────────────────────────────


@each
def test_every_rule_holds_inside_the_fragment_only(versions: tuple[str, ...]) -> None:
    (sheet,) = tree(*versions).xpath("//style/text()")
    bare = re.sub(r'"[^"]*"', '""', sheet)
    heads = re.findall(r"([^{};]*)\{", bare)
    selectors = [h.strip() for h in heads if not h.strip().startswith(("@media", "@supports"))]
    assert len(selectors) > 100
    for head in selectors:
        for selector in re.split(r",(?![^(]*\))", head):
            assert selector.strip().startswith((".legannot", "@container legannot")), selector


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        (".note.house { a: b; }", ".legannot .la-note.la-house { a: b; }\n"),
        (":root { --x: 1; }", ".legannot { --x: 1; }\n"),
        ("body.single .u { a: b; }", ".legannot > div.la-single .la-u { a: b; }\n"),
        ("main > section > h2 { a: b }", ".legannot .la-main > section > h3 { a: b }\n"),
        (".h1 { a: b }", ".legannot .la-h1 { a: b }\n"),
        (".p:is(.a, .b), h3 { a: b }", ".legannot .la-p:is(.la-a, .la-b), .legannot h4 { a: b }\n"),
        ("body:has(#x:checked) del, .u { a: b }", ".legannot .la-u { a: b }\n"),
        ("@page { size: letter; @top-left { content: 'x' } }", ""),
        ("/* .x { } */ .y { a: b }", ".legannot .la-y { a: b }\n"),
        ('.p::after { content: "}{"; }', '.legannot .la-p::after { content: "}{"; }\n'),
        (
            "@media (min-width: 72rem) { .u { a: b } }",
            "@container legannot (min-width: 72rem) {\n.legannot .la-u { a: b }\n}\n",
        ),
        (
            "@media print { .u { a: b } }",
            "@media print {\n.legannot .la-u { a: b }\n}\n",
        ),
    ],
)
def test_a_rule_is_rewritten(sheet: str, expected: str) -> None:
    assert scoped(sheet) == expected


def test_the_page_it_is_made_of_can_still_be_verified() -> None:
    assert rebuild(render(report()))
