"""What was found in a version stays true of it where it is compared with one in another format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.twins import in_comparison
from legannot.cli.analyst import Analyst
from legannot.diff.formats import settings
from legannot.diff.layout import Setting
from legannot.diff.marks import letters
from legannot.diff.transfer import Read, transferred
from legannot.model import (
    Bill,
    Evidence,
    Facts,
    Operator,
    Provision,
    Quantity,
    Span,
    Status,
    Tag,
    with_paths,
)
from legannot.model.facts import (
    Citation,
    Condition,
    Definition,
    Instruction,
    TermFinding,
    TermUse,
    Unparsed,
)
from legannot.read import read
from legannot.render.html import render
from legannot.render.json import report_document
from tests.conftest import CORPUS, needs_corpus
from tests.diff.test_formats import dtd, uslm


def find(bill: Bill) -> Read:
    return read(bill), ()


def of(*provisions: Provision, format_: str) -> Bill:
    return replace(
        dtd(), format=format_, official_title="", title="", provisions=with_paths(provisions)
    )


def section(text: str, *children: Provision, spans: tuple[Span, ...] = ()) -> Provision:
    return Provision("", "section", enum="1.", text=text, spans=spans, children=children)


def quoting(text: str, *words: str) -> tuple[Span, ...]:
    return tuple(Span(text.index(w), text.index(w) + len(w), "quote") for w in words)


def assert_true_to_the_text(bill: Bill, facts: Facts) -> None:
    """Every range lies in the text that it names, and what is quoted are the words there."""
    texts = {p.path: p.text for p in bill.walk()}
    quoted: tuple[Citation | Quantity | Unparsed | Condition | Instruction, ...] = (
        *facts.citations, *facts.quantities, *facts.unparsed, *facts.conditions,
        *facts.instructions,
    )  # fmt: skip
    for one in quoted:
        assert texts[one.path][one.start : one.end] == one.quote
    for condition in facts.conditions:
        assert texts[condition.path][slice(*condition.limits)] == condition.limited
    for found in facts.instructions:
        for words in (*found.old, *found.new, *([found.anchor] if found.anchor else [])):
            assert words.path in texts
            if words.kind != "block":
                assert texts[words.path][words.start : words.end] == words.text
    places: tuple[Definition | TermUse | TermFinding, ...] = (
        *facts.definitions, *facts.uses, *facts.term_findings,
    )  # fmt: skip
    for place in places:
        assert 0 <= place.start < place.end <= len(texts[place.path])


STRIKE = "Section 5 of the Export Act is amended by striking software and inserting any model."
MARKS = (
    "Section 5 of the Export Act is amended by striking ''software'' and inserting ''any model''."
)


def test_an_instruction_is_as_good_as_that_of_the_version_alone() -> None:
    spans = quoting(STRIKE, "software", "any model")
    old = of(section(STRIKE, spans=spans), format_="bill-dtd")
    setting, _ = settings((old, of(section(MARKS), format_="uslm")))
    assert setting.bill.provisions[0].text == MARKS
    # Two apostrophes on each side are what some conversions print; read anew, they quote nothing.
    assert read(setting.bill).instructions == ()

    facts, *_ = transferred(old, setting, find)
    (instruction,) = facts.instructions
    assert (instruction.action, instruction.law) == ("replace", "act/Export Act")
    assert [words.text for words in (*instruction.old, *instruction.new)] == [
        "software",
        "any model",
    ]
    assert instruction.quote == "striking ''software'' and inserting ''any model''"
    assert facts.unparsed == ()
    assert_true_to_the_text(setting.bill, facts)


def test_words_that_stand_in_another_provision_there_are_found_in_it() -> None:
    text = "Section 5 of the Export Act is amended by striking “if” and inserting “if such model—"
    item = Provision("", "paragraph", enum="(1)", text="is released;”; and")
    old = of(section(text, Provision("", "quoted-block", children=(item,))), format_="uslm")
    lead = "Section 5 of the Export Act is amended by striking “if” and inserting"
    setting, _ = settings((old, of(section(lead), format_="bill-dtd")))
    block = setting.bill.provisions[0].children[0]
    assert (block.text, block.children[-1].kind) == ("“if such model—", "after-quoted-block")

    facts, *_ = transferred(old, setting, find)
    (instruction,) = facts.instructions
    assert [(w.path, w.text.strip("“")) for w in instruction.new][:1] == [
        (block.path, "if such model—")
    ]
    assert instruction.quote == "striking “if” and inserting"
    assert_true_to_the_text(setting.bill, facts)


def test_words_behind_quoted_law_carry_their_facts_into_their_own_provision() -> None:
    item = Provision("", "paragraph", enum="(1)", text="any weights.” and")
    lead = "The Act is amended by adding the following:"
    old = of(section(lead, Provision("", "quoted-block", children=(item,))), format_="uslm")
    setting, _ = settings((old, of(section(lead), format_="bill-dtd")))

    def number(bill: Bill) -> Read:
        paragraph = next(p for p in bill.walk() if p.kind == "paragraph")
        at = paragraph.text.index("and")
        found = Quantity(paragraph.path, at, at + 3, "number", "3", "", "and")
        return replace(read(bill), quantities=(found,)), ()

    (found,) = transferred(old, setting, number)[0].quantities
    end = next(p for p in setting.bill.walk() if p.kind == "after-quoted-block")
    assert (found.path, end.text[found.start : found.end]) == (end.path, "and")


def test_what_is_not_compared_is_left_out_and_the_long_title_is_read_by_itself() -> None:
    formula = Provision("", "enacting-formula", text="Be it enacted on January 3, 2025,")
    body = section("A report is due on May 1, 2026.")
    title = "To require a report by June 2, 2026."
    old = replace(of(formula, body, format_="uslm"), official_title=title)
    new = replace(of(body, format_="bill-dtd"), official_title=title)
    setting, _ = settings((old, new))
    facts, *_ = transferred(old, setting, find)
    assert [q.value for q in read(old).quantities] == ["2025-01-03", "2026-05-01"]
    assert [q.value for q in facts.quantities] == ["2026-06-02", "2026-05-01"]
    assert facts.units[setting.bill.provisions[0].path].operator is Operator.FINDING
    assert_true_to_the_text(setting.bill, facts)


@pytest.mark.parametrize("field", ["text", "heading"])
def test_the_evidence_of_a_tag_quotes_the_print_that_is_compared(field: str) -> None:
    def bill(words: str, format_: str) -> Bill:
        heading = words if field == "heading" else "Scope"
        text = words if field == "text" else "Scope."
        made = Provision("", "section", enum="1.", heading=heading, text=text)
        return of(made, format_=format_)

    old = bill("Release of model weights", "bill-dtd")
    setting, _ = settings((old, bill("RELEASE OF “MODEL WEIGHTS”.", "uslm")))

    def tagged(given: Bill) -> Read:
        (path,) = (p.path for p in given.walk())
        words = getattr(given.provisions[0], field)
        evidence = (Evidence(11, 24, words[11:24]), Evidence(0, 7, words[:7]))
        one = Tag(
            path, "ow.release", Operator.NONE, Status.ASSERTED, field, 1.0, words, evidence,
            rule="r", field=field,
        )  # fmt: skip
        return read(given), (one,)

    (tag,) = transferred(old, setting, tagged)[1]
    assert tag.text == getattr(setting.bill.provisions[0], field)
    assert [e.quote.lower() for e in tag.evidence] == ["model weights", "release"]


def test_a_version_left_as_it_is_is_read_as_it_is() -> None:
    first, last = uslm(), uslm("each month")
    setting, _ = settings((first, last))
    assert setting.bill is first
    assert transferred(first, setting, find)[0] == read(first)


def test_a_report_across_formats_has_the_instructions_of_each_version() -> None:
    analyst = Analyst(None, embeddings=False)
    report = analyst.report((dtd(), uslm("each month")), "test")
    for bill, facts, alone in zip(report.bills, report.facts, (dtd(), uslm()), strict=True):
        assert_true_to_the_text(bill, facts)
        own = [(i.action, i.law, i.places) for i in facts.instructions]
        assert own == [(i.action, i.law, i.places) for i in read(alone).instructions] != []


def other_words(bills: Sequence[Bill]) -> tuple[Setting, ...]:
    """The settings of versions, in the first of which a section has lost a word."""
    first, *rest = settings(bills)
    whole = first.bill.provisions[0]
    shorter = replace(whole, text=whole.text.replace("any ", ""))
    broken = replace(first.bill, provisions=(shorter, *first.bill.provisions[1:]))
    return (first._replace(bill=broken), *rest)


def test_a_version_whose_words_became_others_is_read_anew_and_says_so() -> None:
    spans = quoting(STRIKE, "software", "any model")
    old = of(section(STRIKE, spans=spans), format_="bill-dtd")
    setting, _ = other_words((old, of(section(MARKS), format_="uslm")))
    facts, _, notice = transferred(old, setting, find)
    assert facts == read(setting.bill) != read(old)
    assert notice.startswith("The words of sec. 1 became others when this version was set")


def test_a_report_tells_which_version_was_read_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("legannot.cli.analyst.settings", other_words)
    old = of(section(STRIKE, spans=quoting(STRIKE, "software", "any model")), format_="bill-dtd")
    versions = replace(old, version="ih"), replace(of(section(MARKS), format_="uslm"), version="eh")
    report = Analyst(None, embeddings=False).report(versions, "test")
    (told,) = (one for one in report.unread if "read anew" in one.why)
    assert (told.kind, told.where) == ("notice", "ih")
    assert told.why in str(report_document(report)["unread"])
    assert told.why.encode() in render(report)


_TEXTS = st.text(alphabet="ab AB.,—-“”‘’\"'()$1é", max_size=30)


@given(_TEXTS, _TEXTS, st.data())
def test_a_range_keeps_its_letters_whatever_the_prints(
    old: str, new: str, data: st.DataObject
) -> None:
    old, new = " ".join(old.split()), " ".join(new.split())
    start = data.draw(st.integers(0, len(old)))
    end = data.draw(st.integers(start, len(old)))
    bill = of(section(old), format_="bill-dtd")
    setting, _ = settings((bill, of(section(new), format_="uslm")))

    def ranged(given: Bill) -> Read:
        quantity = Quantity(given.provisions[0].path, start, end, "number", "", "", old[start:end])
        return replace(read(given), quantities=(quantity,)), ()

    facts, *_ = transferred(bill, setting, ranged)
    (found,) = facts.quantities
    text = setting.bill.provisions[0].text
    assert text[found.start : found.end] == found.quote
    assert letters(found.quote)[0] == letters(old[start:end])[0]


@needs_corpus
def test_nothing_that_is_found_in_a_version_is_lost_or_comes_in_a_comparison_across_formats() -> (
    None
):
    seen = 0
    for name, alone, compared in in_comparison(CORPUS, find, largest=400_000):
        assert alone == compared, name
        seen += alone["instructions"].total()
    assert seen > 1000
