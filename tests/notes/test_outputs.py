"""The house's notes in every format: at their words, told apart from the program's, never harmful,
never left out.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from io import BytesIO

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from legannot.model.notes import Outcome
from legannot.model.report import Report
from legannot.notes import place
from legannot.render import docx as word
from legannot.render.annotations import collection
from legannot.render.fragment import fragment
from legannot.render.housenotes import OUTCOMES, body_html, body_text, listing, tally
from legannot.render.html import rebuild, render
from legannot.render.inert import hidden
from legannot.render.json import dumps, report_document
from legannot.render.markdown import report_text
from tests.notes.outputs import NOTES, noted, noted_single
from tests.render.builders import report
from tests.render.test_json import validate

BOTH = pytest.mark.parametrize("made", [noted(), noted_single()], ids=["three versions", "one"])


def page(made: Report) -> html.HtmlElement:
    return html.document_fromstring(render(made).decode("utf-8"))


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def aside_of(root: html.HtmlElement, name: str) -> html.HtmlElement:
    found: list[html.HtmlElement] = root.xpath(f"//*[@id='note-{name}']/ancestor::aside")
    assert len(found) == 1
    return found[0]


# ── the page ──────────────────────────────────────────────────────────────────────────────────────


@BOTH
def test_every_note_stands_in_the_page_once_with_author_day_and_kind(made: Report) -> None:
    root = page(made)
    for note in NOTES:
        aside = aside_of(root, note.id)
        assert aside.get("role") == "doc-footnote"
        said = words(aside)
        assert "Note of the house." in said
        assert f"{note.kind.capitalize()} by A. " in said
        assert "November 24, 2026" in said


@BOTH
def test_a_note_is_tied_to_its_words_by_mark_and_by_link(made: Report) -> None:
    root = page(made)
    for placed in made.notes:
        aside = aside_of(root, placed.note.id)
        name = aside.get("id", "")
        marks = root.xpath(f"//mark[@class='house' and @aria-details='{name}']")
        links = root.xpath(f"//sup[@class='nr']/a[@href='#{name}']")
        if not placed.shown:
            assert not marks
            assert not links
            continue
        kept = (mark.text_content() for mark in marks if not mark.xpath("ancestor::del"))
        assert "".join(kept) == placed.quote
        assert [link.text for link in links] == [name.removeprefix("n")]


def test_a_note_on_changed_words_bears_its_mark_and_the_words_it_was_written_on() -> None:
    root = page(noted())
    said = words(aside_of(root, "customers"))
    assert "Words changed, please check." in said
    assert "Written on “verify the identity of each customer that is a foreign person”" in said
    assert "please check" not in words(aside_of(root, "threshold"))
    assert "Moved. sec. 5(b) is now sec. 6(b)." in words(aside_of(root, "affiliates"))


@BOTH
def test_all_notes_are_listed_with_what_became_of_them(made: Report) -> None:
    root = page(made)
    (section,) = root.xpath("//section[@aria-labelledby='house-notes']")
    rows = section.xpath(".//tbody/tr")
    assert len(rows) == len(NOTES)
    for placed in made.notes:
        (row,) = [r for r in rows if r.xpath("th/span")[0].text == placed.note.id]
        assert OUTCOMES[placed.outcome] in words(row)


def test_a_note_without_a_place_is_said_in_full_in_the_list() -> None:
    root = page(noted())
    (section,) = root.xpath("//section[@aria-labelledby='house-notes']")
    lost = section.xpath(".//*[@class='homeless']//div[starts-with(@id, 'note-')]/@id")
    assert lost == ["note-lost", "note-hostile-lost"]


def test_a_report_without_notes_says_nothing_of_notes() -> None:
    assert "house-notes" not in render(report()).decode("utf-8")


@BOTH
def test_notes_leave_the_words_of_the_bill_as_they_are(made: Report) -> None:
    without = report("rh") if len(made.bills) == 1 else report()
    assert rebuild(render(made)) == rebuild(render(without))


@BOTH
def test_ids_stay_unique_and_every_reference_leads_somewhere(made: Report) -> None:
    root = page(made)
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    named = root.xpath("//@aria-details | //@aria-labelledby")
    links = [href[1:] for href in root.xpath("//a/@href") if href.startswith("#")]
    assert {*links, *(part for value in named for part in value.split())} <= set(ids)


def test_two_notes_on_the_same_words_are_both_marked() -> None:
    made = report()
    twice = (NOTES[1], replace(NOTES[1], id="again", text="Too."))
    found = place(twice, made.bills, [step.comparison for step in made.steps])
    root = page(replace(made, notes=found))
    for name in ("nH1", "nH2"):
        assert root.xpath(f"//mark[@aria-details='{name}']")
        assert root.xpath(f"//a[@href='#{name}' and text()='{name[1:]}']")


# ── hostile notes ─────────────────────────────────────────────────────────────────────────────────


def check_harmless(root: html.HtmlElement) -> None:
    """Nothing of a note runs, loads, styles or hides."""
    for aside in root.xpath("//aside[contains(@class, 'house')]"):
        inside = {str(e.tag) for e in aside.iter("*")}
        allowed = {"aside", "a", "div", "p", "strong", "em", "ul", "li", "pre", "code"}
        assert inside <= allowed
        for element in aside.iter("*"):
            assert not [key for key in element.attrib if str(key).startswith("on")]
            assert "style" not in element.attrib
        for address in aside.xpath(".//a/@href"):
            assert address.startswith(("#", "https://example.org/"))


def test_a_hostile_note_is_words_on_the_page() -> None:
    written = render(noted()).decode("utf-8")
    check_harmless(page(noted()))
    assert not hidden(written.replace("\n", ""))
    assert written.count("<script>") == 1
    assert "<script>alert(1)</script>" in words(aside_of(page(noted()), "hostile"))
    assert "{{ 7 * 7 }}" in written


def test_a_hostile_note_is_words_in_the_fragment() -> None:
    made = noted()
    written = fragment(made, render(made)).decode("utf-8")
    root = html.fragment_fromstring(written)
    check_harmless(root)
    assert "<script" not in written
    assert not hidden(written.replace("\n", ""))


def test_a_hostile_note_is_words_in_markdown() -> None:
    text = report_text(noted())
    assert not hidden(text.replace("\n", ""))
    assert not re.search(r"(?<!\\)<(?:script|img|style|b|/)", text)
    assert "\\<script\\>alert(1)\\</script\\>" in text
    assert not re.search(r"(?<!\\)\]\((?:javascript|data|file)", text)


def test_a_hostile_note_is_words_in_word() -> None:
    data = word.report(noted())
    document = docx.Document(BytesIO(data))
    said = ["\n".join(p.text for p in c.paragraphs) for c in document.comments]
    assert any("<script>alert(1)</script>" in text for text in said)
    assert not any(hidden(text.replace("\n", "")) for text in said)


def test_a_hostile_note_is_clean_html_in_annotations() -> None:
    made = json.loads(dumps(collection(noted())))
    bodies = [a["body"]["value"] for a in made["first"]["items"] if "outcome" in a]
    assert len(bodies) == len(NOTES)
    for body in bodies:
        root = html.fragment_fromstring(body, create_parent="div")
        assert not root.xpath("//script | //style | //img")
        assert all(a.startswith("https://example.org/") for a in root.xpath("//a/@href"))


PIECES = [
    "<", ">", "&", '"', "'", "`", "[", "](", ")", "!", "*", "_", "#", "\n", "\n\n", "    ", "> ",
    "- ", "&#x202e;", "&#8203;",
    "<a href=", "<script>", "</script>", "<svg/onload=x>", "javascript:", "data:", "https://x.org/",
    "mailto:a@x.org", "&#x6a;", "&lt;", "\\", "\u202e", "\x00", "word", "<!--", "-->", "<![CDATA[",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_no_markdown_makes_more_than_harmless_html(pieces: list[str]) -> None:
    note = replace(NOTES[0], text="".join(pieces))
    root = html.fragment_fromstring(str(body_html(note)), create_parent="div")
    allowed = {"div", "a", "blockquote", "br", "code", "em", "li", "ol", "p", "pre", "strong", "ul"}
    for element in root.iter():
        assert element.tag in allowed
        assert set(element.attrib) <= {"href", "rel"}
        assert element.get("href", "https:").partition(":")[0] in ("http", "https", "mailto")
    assert not hidden(str(body_html(note)).replace("\n", ""))
    assert not hidden(body_text(note).replace("\n", ""))


def test_markdown_of_a_note_is_kept_where_it_is_harmless() -> None:
    body = str(body_html(NOTES[0]))
    assert body == (
        '<p>Our <em>view</em>, see <a href="https://example.org/memo" rel="noopener noreferrer">'
        "the memo</a>.</p>"
    )
    assert body_text(NOTES[0]) == "Our view, see the memo (https://example.org/memo)."


# ── the other formats ─────────────────────────────────────────────────────────────────────────────


def test_notes_are_comments_of_their_authors_in_word() -> None:
    document = docx.Document(BytesIO(word.report(noted())))
    mine = [c for c in document.comments if c.author != "legannot"]
    assert len(mine) == sum(placed.shown for placed in noted().notes)
    by_author = {c.author for c in mine}
    assert "A. Person" in by_author
    texts = ["\n".join(p.text for p in c.paragraphs) for c in mine]
    assert all(text.startswith("Note of the house H") for text in texts)
    assert any("Words changed, please check." in text for text in texts)
    marked = document.element.xpath("//w:commentRangeStart/@w:id")
    assert {str(c.comment_id) for c in mine} <= set(marked)


def test_a_note_without_a_place_is_listed_in_word_and_markdown() -> None:
    document = docx.Document(BytesIO(word.report(noted())))
    paragraphs = [p.text for p in document.paragraphs]
    text = report_text(noted())
    for placed in noted().notes:
        assert any(placed.note.id in p for p in paragraphs), placed.note.id
        assert f" {placed.note.id}. " in text, placed.note.id
    assert text.count("**No longer there.**") == 2


def test_word_stays_word_for_word_with_notes() -> None:
    assert word.rebuild(word.report(noted())) == word.rebuild(word.report(report()))


def test_the_document_of_a_report_holds_all_notes_and_keeps_to_its_schema() -> None:
    document = report_document(noted())
    validate(document)
    notes = document["notes"]
    assert isinstance(notes, list)
    assert [n["outcome"] for n in notes] == [placed.outcome for placed in noted().notes]
    provisions = {p.path: p for p in noted().bills[-1].walk()}
    for n in notes:
        if n["quote"] is not None:
            provision = provisions[n["path"]]
            text = provision.heading if n["field"] == "heading" else provision.text
            assert text[n["start"] : n["end"]] == n["quote"]


def test_the_same_notes_give_the_same_bytes() -> None:
    assert render(noted()) == render(noted())
    assert word.report(noted()) == word.report(noted())


def test_the_listing_names_every_outcome_even_where_there_is_none() -> None:
    assert tally(()) == (
        "0 notes: 0 same words, 0 moved, 0 words changed, please check, 0 no longer there"
    )
    lines = listing(noted().notes).splitlines()
    assert len(lines) == len(NOTES) + 1
    assert lines[-1].startswith("7 notes: 1 same words, 3 moved, 1 words changed")


def test_outcomes_are_those_of_the_model() -> None:
    assert list(OUTCOMES) == list(Outcome)
