"""Links to the official words: the right page, and words that stand there on one line."""

from __future__ import annotations

from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest

from legannot.model import Bill, BillId, Provision
from legannot.parse import parse
from legannot.render.official import page_of, words_of
from legannot.source import resolve
from tests.render import small

BILL = replace(small.new_bill(), id=BillId(119, "hr", 1316), version="eh")
PAGE = "https://www.govinfo.gov/content/pkg/BILLS-119hr1316eh/html/BILLS-119hr1316eh.htm"


def section(enum: str, heading: str) -> Provision:
    return Provision(path="sec. 4", kind="section", enum=enum, heading=heading, text="")


def test_the_page_of_a_version_is_the_one_that_govinfo_keeps() -> None:
    assert page_of(BILL) == PAGE


def test_a_section_is_found_by_its_number_and_the_first_words_of_its_heading() -> None:
    found = words_of(BILL, section("4.", "Report on end-user lists and other matters"))
    assert found == f"{PAGE}#:~:text=4.%20Report%20on%20end%2Duser%20lists"


def test_without_a_heading_the_link_leads_to_the_page() -> None:
    assert words_of(BILL, section("4.", "")) == PAGE


@pytest.mark.parametrize(
    "bill",
    [
        replace(BILL, id=None),
        replace(BILL, version=""),
        replace(BILL, document="compilation"),
        replace(BILL, provenance=replace(BILL.provenance, source="sample:model-access/eh")),
    ],
    ids=["unnamed", "no version", "compilation", "sample"],
)
def test_what_has_no_official_page_of_its_own_gets_no_link(bill: Bill) -> None:
    assert page_of(bill) == ""
    assert words_of(bill, section("4.", "Reports")) == ""


def test_the_words_stand_on_one_line_of_the_official_pages_at_hand(corpus: Path) -> None:
    pages = [
        page
        for page in sorted(corpus.glob("bills/*/*/*.htm"))
        if page.with_suffix(".xml").is_file()
    ]
    sought = found = 0
    for page in pages[:120]:
        (bill,) = map(parse, resolve([str(page.with_suffix(".xml"))]))
        lines = [
            " ".join(line.split()).lower()
            for line in unescape(page.read_text("utf-8")).splitlines()
        ]
        for one in bill.provisions:
            words = unquote(words_of(bill, one).partition("#:~:text=")[2]).lower()
            if one.kind == "section" and words:
                sought += 1
                found += any(words in line for line in lines)
    assert sought > 80
    assert found / sought > 0.95
