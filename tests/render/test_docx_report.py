"""The report as a Word document: the page's parts around a redline that stays exact."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document
from lxml import html

from legannot.model import Bill, Status
from legannot.model.report import Aim, Finding, Report
from legannot.render import docx as word
from legannot.render.docx.paragraphs import printed
from legannot.render.html import render
from legannot.render.html.index import index
from legannot.render.html.notes import number_notes
from legannot.render.html.tables import change_rows
from legannot.render.inert import inert
from tests.conftest import needs_corpus
from tests.render import small
from tests.render.builders import made, report
from tests.render.test_docx import MARKS, W, body_of, real

VERSIONS = [(), ("rh", "eh"), ("eh",)]
IDS = ["three versions", "two versions", "one version"]
each = pytest.mark.parametrize("versions", VERSIONS, ids=IDS)


@cache
def data(*versions: str) -> bytes:
    return word.report(report(*versions))


def opened(*versions: str) -> Document:
    return docx.Document(BytesIO(data(*versions)))


def texts(bill: Bill) -> list[str]:
    return [inert(p.text) for p in printed(bill)]


def check_exact(made_report: Report) -> None:
    rebuilt = word.rebuild(word.report(made_report))
    assert list(rebuilt.new) == texts(made_report.bills[-1])
    assert list(rebuilt.old) == texts(made_report.bills[0])


@each
def test_both_texts_can_be_read_back(versions: tuple[str, ...]) -> None:
    check_exact(report(*versions))


@needs_corpus
def test_real_versions_can_be_read_back(corpus: Path) -> None:
    compared = real(corpus, "hr1500", "rh", "eh")
    check_exact(made([compared.old, compared.new]))


@each
def test_the_parts_come_in_order(versions: tuple[str, ...]) -> None:
    parts = [
        p.text for p in opened(*versions).paragraphs if p.style and p.style.name == "Heading 1"
    ]
    single = len(report(*versions).bills) == 1
    assert parts == [
        "In short",
        "Subjects",
        *([] if single else ["Changes"]),
        "What may follow",
        "Text with notes" if single else "Redline",
        *([] if single else ["Moved and renumbered"]),
        "What was not read",
        "Sources and checks",
    ]


@each
def test_only_the_redline_is_tracked(versions: tuple[str, ...]) -> None:
    inside = False
    for block in body_of(data(*versions)):
        marks = [e.get(f"{W}name") for e in block.iter(f"{W}bookmarkStart")]
        inside = inside or "legannot_redline" in marks
        if not inside:
            assert not list(block.iter(*MARKS))
        if list(block.iter(f"{W}bookmarkEnd")):
            inside = False


def test_the_change_list_is_that_of_the_page() -> None:
    table = next(t for t in opened().tables if t.cell(0, 1).text == "What")
    rows = [row.cells[0].text for row in table.rows[1:]]
    expected = change_rows(index(report()))
    assert rows == [" ".join(filter(None, (c.link.text, c.heading))) for c in expected]
    page = html.fromstring(render(report()).decode())
    listed = page.xpath("//table[contains(@class, 'changes')]/tbody/tr/th")
    assert [" ".join(th.text_content().split()) for th in listed] == rows


def test_dozens_of_stated_aims_do_not_part_the_reader_from_the_redline() -> None:
    aim = Aim("sec. 2(a)(1)", "finding", "Few persons possess computing power.")
    many = replace(report(), aims=(aim,) * 37)
    said = [p.text for p in docx.Document(BytesIO(word.report(many))).paragraphs]
    assert said.count(f"{aim.path} “{aim.text}”") == 12
    assert "25 more passages." in said


def test_the_lines_on_what_may_follow_keep_their_openings() -> None:
    said = "\n".join(p.text for p in opened().paragraphs)
    for effect in report().effects:
        assert f"{effect.lead} {effect.effect}" in said
    assert "On the other side: returns would recover." in said


# ── comments ─────────────────────────────────────────────────────────────────────────────────────


@each
def test_every_note_in_sight_on_the_page_is_a_comment(versions: tuple[str, ...]) -> None:
    notes = number_notes(index(report(*versions)))
    expected = [n for row in notes.values() for n in row if not n.minor]
    comments = [c for c in opened(*versions).comments if not c.text.startswith("Words carried")]
    assert len(comments) == len(expected) > 0
    for note, comment in zip(expected, comments, strict=True):
        assert note.label in comment.text
        assert comment.author == "legannot"


def test_a_comment_hangs_on_the_words_it_rests_on() -> None:
    body = body_of(data())
    by_id = {str(c.comment_id): c for c in opened().comments}
    at = next(i for i, c in by_id.items() if "Derivatives" in c.text)
    start = next(e for e in body.iter(f"{W}commentRangeStart") if e.get(f"{W}id") == at)
    words = ""
    for element in start.itersiblings():
        if element.tag == f"{W}commentRangeEnd" and element.get(f"{W}id") == at:
            break
        words += "".join(t.text or "" for t in element.iter(f"{W}t"))
    assert words == "merging, or quantizing the model weights"


@each
def test_comment_ranges_open_close_and_are_referred_to_once(versions: tuple[str, ...]) -> None:
    body = body_of(data(*versions))
    ids = sorted(str(c.comment_id) for c in opened(*versions).comments)
    for name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        assert sorted(str(e.get(f"{W}id")) for e in body.iter(f"{W}{name}")) == ids


def test_no_id_of_a_mark_is_that_of_a_comment() -> None:
    body = body_of(data())
    comments = {e.get(f"{W}id") for e in body.iter(f"{W}commentReference")}
    assert not comments & {e.get(f"{W}id") for e in body.iter(*MARKS)}


def test_a_note_on_words_that_only_the_old_version_has_is_kept() -> None:
    gone = [
        c for c in report().tag_changes
        if c.kind == "removed" and c.old and c.old.status is not Status.INHERITED
    ]  # fmt: skip
    said = [c.text for c in opened().comments if "gone · " in c.text]
    assert len(said) == len(gone) > 0


# ── the file ─────────────────────────────────────────────────────────────────────────────────────


@each
def test_the_same_report_is_the_same_bytes(versions: tuple[str, ...]) -> None:
    assert word.report(report(*versions)) == data(*versions)


def test_hostile_words_do_no_harm() -> None:
    base = small.report()
    row = base.findings[0].row
    finding = Finding("\0sec. 3(a) </w:t>", "sec. 3(a)", row, "\u202ea", "\ufffe")
    document = docx.Document(BytesIO(word.report(replace(base, findings=(finding,)))))
    said = "\n".join(p.text for p in document.paragraphs)
    assert "\ufffdsec. 3(a) </w:t>" in said
    assert not set(said) & set("\0\u202e\ufffe")


def test_a_static_report_tracks_nothing() -> None:
    assert not list(body_of(word.report(report(), static=True)).iter(*MARKS))
