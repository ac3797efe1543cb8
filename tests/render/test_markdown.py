"""The report as Markdown and CSV: the page's summary and change list, no word taken for markup."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from functools import cache
from io import StringIO

import pytest

from legannot.diff import compare
from legannot.model.report import Finding
from legannot.render.changes import COLUMNS, csv_text, markdown, report_csv
from legannot.render.html.index import index
from legannot.render.html.tables import change_rows
from legannot.render.inert import inert
from legannot.render.markdown import report_text
from tests.diff.test_carried import PUSHED
from tests.render import small
from tests.render.builders import made, report

VERSIONS = [(), ("rh", "eh"), ("eh",)]
IDS = ["three versions", "two versions", "one version"]
each = pytest.mark.parametrize("versions", VERSIONS, ids=IDS)


@cache
def text(*versions: str) -> str:
    return report_text(report(*versions))


def cells(row: str) -> list[str]:
    return [c.strip() for c in re.split(r"(?<!\\)\|", row)[1:-1]]


def part(page: str, heading: str) -> str:
    return page.partition(f"## {heading}\n")[2].partition("\n## ")[0]


@each
def test_every_change_is_a_row_of_the_table(versions: tuple[str, ...]) -> None:
    made = report(*versions)
    rows = [cells(r) for r in part(text(*versions), "Changes").splitlines() if r.startswith("| **")]
    expected = [] if made.comparison is None else change_rows(index(made))
    paths = [re.sub(r"\\(.)", r"\1", row[0]).split("**")[1] for row in rows]
    assert paths == [c.link.text for c in expected]


@each
def test_all_rows_of_a_table_have_as_many_cells_as_its_header(versions: tuple[str, ...]) -> None:
    for table in re.findall(r"(?:^\|.*\n)+", text(*versions), re.MULTILINE):
        widths = {len(cells(row)) for row in table.splitlines()}
        assert len(widths) == 1, table


@each
def test_the_parts_come_in_the_order_of_the_page(versions: tuple[str, ...]) -> None:
    parts = re.findall(r"^## (.*)$", text(*versions), re.MULTILINE)
    compared = len(report(*versions).bills) > 1
    assert parts == [
        "In short",
        "Subjects",
        *(["Changes"] if compared else []),
        "What may follow",
        *(["Moved and renumbered"] if compared else []),
        "What was not read",
        "Sources and checks",
    ]


def test_marked_words_stand_in_their_signs() -> None:
    assert "[-50 percent-] {+25 percent+}" in part(text(), "In short")


def test_every_line_of_a_chain_has_its_opening_and_both_sides() -> None:
    follows = part(text(), "What may follow")
    for effect in report().effects:
        assert f"{effect.lead} {effect.effect}" in follows
    assert "- On the other side: returns would recover." in follows
    assert "No evidence on file." in follows


def test_sources_have_their_hashes() -> None:
    sources = part(text(), "Sources and checks")
    for bill in report().bills:
        assert bill.provenance.sha256 in sources


def test_words_of_a_bill_are_no_markup() -> None:
    made = small.report()
    words = "*a* [b](http://c) <script> `d` | e # f [-g-] \u202e \u0000"
    finding = Finding("Odd, sec. 3(a):", "sec. 3(a)", made.findings[0].row, "", words)
    page = report_text(replace(made, findings=(finding,)))
    line = next(x for x in page.splitlines() if "Odd" in x)
    assert "{+" + re.sub(r"([*\[\]<>`|#])", r"\\\1", inert(words)) + "+}" in line
    assert "\u202e" not in page


def test_a_reprint_says_so() -> None:
    made = small.report()
    assert made.comparison
    same = replace(made.comparison, rows=())
    page = report_text(replace(made, comparison=same, tag_changes=(), findings=(), reach=()))
    assert "No change of text (reprint)." in page


# ── CSV ──────────────────────────────────────────────────────────────────────────────────────────


def table(*versions: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(report_csv(report(*versions)), newline="")))


def test_the_csv_has_a_line_for_each_change_and_its_subjects() -> None:
    made, rows = report(), table()
    assert made.comparison
    assert [r["new_path"] or r["old_path"] for r in rows] == [
        c.shown.path for c in made.comparison.changes
    ]
    assert tuple(rows[0]) == (*COLUMNS, "in_law", "subjects")
    hosting = next(r for r in rows if r["new_path"] == "sec. 8(a)(2)")
    assert set(hosting["subjects"].split()) == {"acc.import_use", "ow.release"}


def test_the_csv_of_one_version_lists_the_provisions_with_subjects() -> None:
    rows = table("eh")
    assert {r["new_path"] for r in rows} == {t.path for t in report("eh").tags[-1]}
    assert all(r["subjects"] for r in rows)


def test_no_cell_is_run_by_a_spreadsheet() -> None:
    for row in csv.reader(StringIO(report_csv(report()), newline="")):
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@"))]


# ── words carried along by a split ───────────────────────────────────────────────────────────────

_WENT = "words carried to sec. 2(1)"
_CAME = "words carried from old sec. 2, [-may-] {+shall+}"


def test_the_csv_tells_words_that_a_split_took_along_at_both_ends() -> None:
    comparison = compare(*PUSHED)
    for said in (csv_text(comparison), report_csv(made(list(PUSHED)))):
        rows = csv.DictReader(StringIO(said, newline=""))
        notes = {row["new_path"]: row["note"] for row in rows}
        assert _WENT in notes["sec. 2"]
        assert _CAME in notes["sec. 2(1)"]
        assert "carried" not in notes["sec. 2(2)"]


def test_markdown_tells_words_that_a_split_took_along_at_both_ends() -> None:
    for said in (markdown(compare(*PUSHED)), report_text(made(list(PUSHED)))):
        plainly = said.replace("\\", "")
        assert plainly.count(_WENT) == plainly.count(_CAME) == 1
