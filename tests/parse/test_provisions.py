"""What each word is: levels, flush text, quoted law, tables, marks on words, contexts."""

from __future__ import annotations

import pytest

from legannot.model import Bill, Context, Provision, Span
from legannot.parse import parse
from legannot.source import from_bytes, resolve
from tests.conftest import CORPUS, check_bill, needs_corpus


def parsed(body: str, *, before: str = "") -> Bill:
    xml = f"<bill>{before}<legis-body>{body}</legis-body></bill>"
    bill = parse(from_bytes("made.xml", xml.encode()))
    check_bill(bill)
    assert not bill.not_understood
    return bill


def rows(bill: Bill) -> list[tuple[str, str]]:
    return [(p.path, " ".join(filter(None, (p.heading, p.text)))) for p in bill.walk()]


def only(bill: Bill, kind: str) -> Provision:
    (found,) = (p for p in bill.walk() if p.kind == kind)
    return found


# ── levels ────────────────────────────────────────────────────────────────────────────────────────


def test_a_lead_in_is_the_text_of_its_level_and_the_items_are_its_children() -> None:
    bill = parsed(
        "<section><enum>3.</enum><header>Duties</header><subsection><enum>(b)</enum>"
        "<text>The Director shall—</text>"
        "<paragraph><enum>(1)</enum><text>report; and</text></paragraph></subsection>"
        "</section>"
    )
    assert rows(bill) == [
        ("sec. 3", "Duties"),
        ("sec. 3(b)", "The Director shall—"),
        ("sec. 3(b)(1)", "report; and"),
    ]


def test_flush_text_stands_after_the_items_it_follows() -> None:
    bill = parsed(
        "<section><enum>1.</enum><text>Whoever—</text>"
        "<paragraph><enum>(1)</enum><text>lies; or</text></paragraph>"
        "<paragraph><enum>(2)</enum><text>cheats,</text></paragraph>"
        "<continuation-text>shall be fined.</continuation-text></section>"
    )
    assert rows(bill) == [
        ("sec. 1", "Whoever—"),
        ("sec. 1(1)", "lies; or"),
        ("sec. 1(2)", "cheats,"),
        ("sec. 1 [continuation]", "shall be fined."),
    ]


@pytest.mark.parametrize(
    ("ends", "connective"),
    [
        (("lies; or", "cheats;"), "or"),
        (("lies;", "cheats; and", "steals."), "and"),
        (("lies; and", "cheats;", "steals."), ""),
        (("land;", "sea."), ""),
        (("lies; and",), ""),
    ],
)
def test_the_word_after_the_last_item_but_one_joins_the_items(
    ends: tuple[str, ...], connective: str
) -> None:
    items = "".join(
        f"<paragraph><enum>({n})</enum><text>{text}</text></paragraph>"
        for n, text in enumerate(ends, 1)
    )
    bill = parsed(f"<section><enum>1.</enum><text>Whoever—</text>{items}</section>")
    assert bill.provisions[0].connective == connective


def test_the_word_that_joins_items_may_stand_after_law_that_one_quotes() -> None:
    bill = parsed(
        "<section><enum>1.</enum><text>The Act is amended—</text><paragraph><enum>(1)</enum>"
        "<text>by adding:</text><quoted-block><text>Law.</text><after-quoted-block>; and"
        "</after-quoted-block></quoted-block></paragraph><paragraph><enum>(2)</enum>"
        "<text>by striking it.</text></paragraph></section>"
    )
    assert bill.provisions[0].connective == "and"


def test_a_second_text_of_a_level_is_not_run_into_the_first() -> None:
    bill = parsed("<section><enum>1.</enum><text>One.</text><text>Two.</text></section>")
    assert rows(bill) == [("sec. 1", "One."), ("sec. 1 [continuation]", "Two.")]


def test_words_between_appropriations_levels_are_kept_where_they_stand() -> None:
    bill = parsed(
        "<title><enum>I</enum><header>Agriculture</header><appropriations-major><header>Office</header>"
        "<text>For necessary expenses, $5.</text></appropriations-major><appropriations-small>"
        "<header>transfers</header></appropriations-small><section><enum>101.</enum><text>None.</text>"
        "</section></title>"
    )
    assert rows(bill) == [
        ("title I", "Agriculture"),
        ("title I [appropriations-major]", "Office For necessary expenses, $5."),
        ("title I [appropriations-small]", "transfers"),
        ("sec. 101", "None."),
    ]


def test_sections_of_one_number_in_two_divisions_are_told_apart() -> None:
    section = "<section><enum>101.</enum><text>Words.</text></section>"
    bill = parsed(
        f"<division><enum>A</enum>{section}</division><division><enum>B</enum>{section}</division>"
    )
    paths = [p.path for p in bill.walk() if p.kind == "section"]
    assert paths == ["div. A, sec. 101", "div. B, sec. 101"]


def test_every_level_has_the_line_where_it_begins() -> None:
    bill = parsed("\n<section><enum>1.</enum>\n<text>One.</text>\n</section>\n<section>\n"
                  "<enum>2.</enum><text>Two.</text></section>")  # fmt: skip
    assert [p.line for p in bill.walk()] == [2, 5]


def test_a_preamble_keeps_its_clauses_apart_from_what_is_resolved() -> None:
    xml = (
        "<resolution><preamble><whereas><text>Whereas it rains;</text></whereas></preamble>"
        "<resolution-body><section section-type='undesignated-section'><text>That it stop.</text>"
        "</section></resolution-body></resolution>"
    )
    bill = parse(from_bytes("made.xml", xml.encode()))
    check_bill(bill)
    assert bill.document == "resolution"
    assert [(p.kind, p.context) for p in bill.walk()] == [
        ("preamble", Context.PREAMBLE),
        ("whereas", Context.PREAMBLE),
        ("section", Context.OPERATIVE),
    ]


# ── quoted law ────────────────────────────────────────────────────────────────────────────────────

QUOTED_IN_QUOTED = (
    "<section><enum>1.</enum><text>The Act is amended by adding:</text><quoted-block><section>"
    "<enum>9.</enum><text>Title 5 is amended by adding:</text><quoted-block>"
    "<paragraph><enum>(4)</enum><text>widgets.</text></paragraph>"
    "<after-quoted-block>.</after-quoted-block></quoted-block></section>"
    "<after-quoted-block>; and</after-quoted-block></quoted-block></section>"
)


def test_law_quoted_inside_quoted_law_hangs_below_the_instruction_that_carries_it() -> None:
    bill = parsed(QUOTED_IN_QUOTED)
    assert rows(bill) == [
        ("sec. 1", "The Act is amended by adding:"),
        ("sec. 1 [quoted block]", ""),
        ("sec. 1 [quoted block] sec. 9", "Title 5 is amended by adding:"),
        ("sec. 1 [quoted block] sec. 9 [quoted block]", ""),
        ("sec. 1 [quoted block] sec. 9 [quoted block](4)", "widgets."),
        ("sec. 1 [quoted block] sec. 9 [quoted block] [after-quoted block]", "."),
        ("sec. 1 [quoted block] [after-quoted block]", "; and"),
    ]


def test_the_instruction_is_operative_and_all_it_quotes_is_quoted() -> None:
    bill = parsed(QUOTED_IN_QUOTED)
    instruction, *quoted = bill.walk()
    assert instruction.context is Context.OPERATIVE
    assert {p.context for p in quoted} == {Context.QUOTED}


def test_a_quoted_section_does_not_take_the_number_of_the_bills_own() -> None:
    bill = parsed(QUOTED_IN_QUOTED + "<section><enum>9.</enum><text>Own.</text></section>")
    assert rows(bill)[-1] == ("sec. 9", "Own.")


# ── marks on words ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("10<superscript>26</superscript> operations", "10^26 operations"),
        ("CO<subscript>2</subscript>", "CO_2"),
        ("one\u2002two\u00a0three\n  four", "one two three four"),
        ("develop\u00adment", "development"),
        ("Cafe\u0301", "Café"),
        ("Cafe<italic>\u0301</italic>s", "Cafés"),
        ("one<linebreak/>two", "one two"),
        ("one<pagebreak/> two", "one two"),
        ("in <quote>“<term>AI</term>”</quote>.", "in “AI”."),
        ("<italic>Provided</italic>, That", "Provided, That"),
        ("age 59<fraction>½</fraction>", "age 59½"),
        ("&lt;5 &amp; &#167; 3", "<5 & § 3"),
        ("<![CDATA[a <b> c]]>", "a <b> c"),
        ("one<!-- a note -->two <?page 3?>three", "onetwo three"),
    ],
)
def test_words_of_a_text(source: str, text: str) -> None:
    bill = parsed(f"<section><enum>1.</enum><text>{source}</text></section>")
    assert bill.provisions[0].text == text


def test_marks_on_words_are_spans_over_them() -> None:
    bill = parsed(
        "<section><enum>1.</enum><text>The term <quote><term>Act</term></quote> means the <act-name"
        ' parsable-cite="AA">Atomic Act</act-name> (<external-xref legal-doc="usc" parsable-cite='
        '"usc/42/2011">42 U.S.C. 2011</external-xref>) and <internal-xref idref="H1">section 2'
        "</internal-xref>.</text></section>"
    )
    (section,) = bill.provisions
    assert {(s.kind, s.of(section.text), s.value) for s in section.spans} == {
        ("quote", "Act", ""),
        ("term", "Act", ""),
        ("act-name", "Atomic Act", "AA"),
        ("external-xref", "42 U.S.C. 2011", "usc/42/2011"),
        ("internal-xref", "section 2", "H1"),
    }


def test_a_mark_does_not_cover_the_blank_before_it() -> None:
    bill = parsed("<section><enum>1.</enum><text>The<italic> word</italic> is</text></section>")
    assert bill.provisions[0].spans == (Span(4, 8, "italic"),)


def test_a_cross_reference_that_a_footnote_breaks_is_kept_on_both_sides() -> None:
    bill = parsed(
        '<section><enum>1.</enum><text>See <external-xref legal-doc="act">the <italic>old<footnote>'
        "Note.</footnote> law</italic></external-xref>.</text></section>"
    )
    marks = [s.of(p.text) for p in bill.walk() for s in p.spans if s.kind == "external-xref"]
    assert marks == ["the old", "law"]


def test_marks_in_a_heading_are_spans_over_the_heading() -> None:
    bill = parsed("<section><enum>1.</enum><header>The <term>AI</term> fund</header></section>")
    (section,) = bill.provisions
    assert [(s.kind, s.of(section.heading)) for s in section.heading_spans] == [("term", "AI")]


# ── tables and lists ──────────────────────────────────────────────────────────────────────────────


def test_a_table_is_rows_of_cells() -> None:
    bill = parsed(
        "<section><enum>1.</enum><table><ttitle>Rates</ttitle><tgroup cols='2'>"
        "<thead><row><entry>If</entry>"
        "<entry>Then</entry></row></thead><tbody><row><entry>2026</entry><entry>5 percent"
        "</entry></row></tbody></tgroup></table></section>"
    )
    assert [(p.kind, p.text) for p in bill.walk()][1:] == [
        ("table", ""),
        ("ttitle", "Rates"),
        ("thead", ""),
        ("row", ""),
        ("entry", "If"),
        ("entry", "Then"),
        ("tbody", ""),
        ("row", ""),
        ("entry", "2026"),
        ("entry", "5 percent"),
    ]


def test_a_table_of_contents_is_no_law() -> None:
    bill = parsed(
        "<section><enum>1.</enum><text>Contents:</text>"
        "<toc><toc-entry level='section'>Sec. 1. Ban on models.</toc-entry></toc></section>"
    )
    entry = only(bill, "toc-entry")
    assert entry.text == "Sec. 1. Ban on models."
    assert entry.context is Context.TOC


# ── findings and senses ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("body", "context"),
    [
        ("<header>Findings</header><text>Congress finds that</text>", Context.FINDING),
        ("<header>Findings and purposes</header><text>It is so.</text>", Context.FINDING),
        ("<text>Congress finds the following:</text>", Context.FINDING),
        ("<text>The Congress hereby finds that</text>", Context.FINDING),
        ("<header>Sense of Congress</header><text>China lies.</text>", Context.SENSE),
        ("<header>Sense of the Senate on trade</header><text>It is.</text>", Context.SENSE),
        ("<text>It is the sense of Congress that</text>", Context.SENSE),
        ("<header>Findings required before listing</header><text>No.</text>", Context.OPERATIVE),
        ("<text>If Congress finds that it is so, the</text>", Context.OPERATIVE),
        ("<header>Definitions</header><text>In this Act:</text>", Context.OPERATIVE),
    ],
)
def test_what_only_finds_or_declares_is_marked_with_all_below_it(
    body: str, context: Context
) -> None:
    bill = parsed(
        f"<section><enum>2.</enum>{body}<paragraph><enum>(1)</enum><text>models leak.</text>"
        "</paragraph></section>"
    )
    assert {p.context for p in bill.walk()} == {context}


def test_law_quoted_inside_findings_stays_quoted() -> None:
    bill = parsed(
        "<section><enum>2.</enum><header>Findings</header><quoted-block><text>Law.</text></quoted-block>"
        "</section>"
    )
    assert only(bill, "quoted-block").context is Context.QUOTED


# ── whole bills ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("version", ["ih", "rh", "eh"])
def test_the_sample_bill_is_understood_in_every_version(version: str) -> None:
    (source,) = resolve([f"sample:model-access/{version}"])
    bill = parse(source)
    check_bill(bill)
    assert bill.version == version
    assert not bill.not_understood
    for clean in (bill.as_introduced(), bill.as_reported()):
        check_bill(clean)


@needs_corpus
def test_the_cover_says_which_bill_it_is_and_when_it_was_acted_on() -> None:
    (source,) = resolve([str(CORPUS / "bills/116/hr1500/rh.xml")])
    bill = parse(source)
    assert (str(bill.id), bill.version, bill.title) == ("116hr1500", "rh", "Consumers First Act")
    assert bill.dates["action"] == "2019-05-10"
    assert bill.official_title.startswith("To require the Consumer Financial Protection Bureau")
    assert {"legis-num", "action", "official-title"} <= {item.kind for item in bill.front}


def test_the_day_of_the_bills_record_dates_a_version_that_bears_none() -> None:
    xml = (
        b"<bill><legis-body><section><enum>1.</enum><text>Go.</text></section></legis-body></bill>"
    )
    bill = parse(from_bytes("119hr1eh", xml, published="2026-03-04"))
    assert bill.dates == {"issued": "2026-03-04"}
