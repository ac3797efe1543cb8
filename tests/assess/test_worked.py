"""Worked cases on the words of whole bills: what is said of them, and what is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from legannot.assess import assess, load_model
from legannot.diff import chain
from legannot.model.report import Further, Report
from legannot.parse import parse
from legannot.read import read
from legannot.source import resolve
from legannot.tag import load_packs, tag
from tests.assess.cases import METHOD
from tests.conftest import check_report


def made(*names: str) -> Report:
    """The report over versions, with tags by the shipped rules."""
    bills = [parse(source).as_reported() for name in names for source in resolve([name])]
    bills.sort(key=lambda bill: bill.stage.rank)
    packs = load_packs()
    facts = [read(bill) for bill in bills]
    tags = [tag(bill, known, packs).tags for bill, known in zip(bills, facts, strict=True)]
    return assess(
        bills,
        facts,
        tags,
        chain(bills),
        model=load_model(),
        topics=packs.topics,
        method=METHOD,
    )


def directions(report: Report) -> set[tuple[str, str, str]]:
    return {
        (one.path, one.kind.value, one.direction)
        for one in report.substance
        if one.direction != "unclear"
    }


@pytest.fixture(scope="module")
def sample() -> Report:
    return made("sample:model-access")


def test_the_sample_says_what_its_edits_do(sample: Report) -> None:
    check_report(sample)
    assert directions(sample) >= {
        ("sec. 3(5)", "threshold", "wider"),
        ("sec. 3(14)(A)", "mental state", "looser"),
        ("sec. 4(a)", "deadline", "later"),
        ("sec. 6(a)", "operator", "stricter"),
        ("sec. 6(b)", "threshold", "wider"),
        ("sec. 6(c)", "evidence", "stricter"),
        ("sec. 8(b)(1)", "exception", "looser"),
        ("sec. 8(b)(2)", "condition", "stricter"),
        ("sec. 8(c)", "condition", "stricter"),
        ("sec. 10(a)(1)", "scope", "wider"),
        ("sec. 16(a)", "penalty", "stricter"),
        ("sec. 17(c)", "sunset", "earlier"),
    }


def test_the_sample_is_not_said_to_do_what_its_words_do_not_tell(sample: Report) -> None:
    told = directions(sample)
    # A new decider's discretion, another wording of a notice, a renumbered range of sections.
    for path in ("sec. 6(d)", "sec. 7(a)", "sec. 10(a)(3)", "sec. 11(b) [quoted block](g)(1)"):
        assert not [one for one in told if one[0] == path]


def test_every_direction_quotes_the_versions(sample: Report) -> None:
    words = [{p.path: p.text for p in bill.walk()} for bill in (sample.bills[0], sample.bills[-1])]
    rows = sample.comparison.rows if sample.comparison else ()
    for one in sample.substance:
        row = rows[one.row]
        if one.old:
            assert row.old is not None
            assert one.old in words[0][row.old.path]
        if one.new:
            assert row.new is not None
            assert one.new in words[1][row.new.path]


def test_the_redefined_model_reaches_the_purchasing_rule_through_two_terms(sample: Report) -> None:
    derivative = next(one for one in sample.reach if one.term == "derivative model")
    way = ("sec. 3(6)", "sec. 3(13)(A)")
    assert Further("sec. 12(a)(1)", way) in derivative.further


def test_a_reference_left_behind_in_the_sample_is_found(sample: Report) -> None:
    lost = {(one.path, one.quote, one.kind) for one in sample.references}
    assert ("sec. 12(c)", "section 5(b)", "points at other words") in lost
    assert ("sec. 13(c)", "section 4(e)", "target gone") in lost


def test_the_list_behind_the_sample_is_named_as_a_cascade(sample: Report) -> None:
    entity = next(one for one in sample.cascades if one.list == "Entity List")
    assert {"sec. 6(c)", "sec. 8(a)(1)", "sec. 12(a)(2)"} <= {one.path for one in entity.reached}


def test_chains_of_the_sample_are_one_a_rule_and_none_says_ban_of_a_listing(
    sample: Report,
) -> None:
    lines = [(effect.rule, effect.order, effect.effect) for effect in sample.effects]
    assert len(lines) == len(set(lines)) < 60
    for effect in sample.effects:
        if effect.rule.startswith(("I04", "I05", "I06", "I10")):
            assert "ban" not in effect.effect.lower().split()


def test_a_narrower_country_group_and_a_new_duty_in_h_r_1316(corpus: Path) -> None:
    folder = corpus / "rebuilt" / "119" / "hr1316"
    report = made(str(folder / "ih.xml"), str(folder / "eh.xml"))
    check_report(report)
    said = [
        (one.kind.value, one.direction, one.old.strip(" ;,"), one.new[:10])
        for one in report.substance
        if one.direction != "unclear"
    ]
    # "is located or operating in a country" loses "or operating": fewer entities are covered.
    assert ("list", "narrower", "or operating", "") in said
    assert [one[:2] for one in said if one[:2] == ("duty", "stricter")]
    assert not [one for one in said if "level of" in one[2]]


def test_h_r_1316_is_a_report_and_restricts_no_use_of_models(corpus: Path) -> None:
    folder = corpus / "rebuilt" / "119" / "hr1316"
    report = made(str(folder / "ih.xml"), str(folder / "eh.xml"))
    assert not {effect.rule for effect in report.effects} & {
        "I01-host-ban",
        "I07-gov-use",
        "I11-weights-controlled",
    }
