"""Effect chains, and the rules that keep them honest."""

from __future__ import annotations

from dataclasses import replace

import pytest

from legannot.assess import load_model
from legannot.assess.effects import NOT_RATED, SIGNAL_ONLY, confidence, effects
from legannot.assess.model import ImpactModel, Line, Source
from legannot.assess.places import Places
from legannot.model import Bill, Status
from legannot.model.report import Effect
from legannot.read import read
from tests.assess.cases import Mark, tag
from tests.read.documents import bill, paragraph, section, subsection

MODEL = load_model()


def fired(text: Bill, *marks: Mark) -> list[Effect]:
    facts = read(text)
    return list(effects(Places(text, facts, [tag(facts, mark) for mark in marks]), MODEL))


def rules(text: Bill, *marks: Mark) -> set[str]:
    return {effect.rule for effect in fired(text, *marks)}


BAN = bill(
    section(
        4,
        "Hosting",
        subsection("a", "Rule", text="No United States person may host a listed model."),
        subsection("b", "Exception", text="Subsection (a) shall not apply to an open model."),
    )
)
HOST = ("sec. 4(a)", "acc.import_use", "host a listed model")


def test_a_chain_has_its_lines_in_order_with_their_fixed_openings() -> None:
    chain = [effect for effect in fired(BAN, HOST) if effect.rule == "I01-host-ban"]
    assert [(e.order, e.claim) for e in chain] == [
        (0, "text"), (1, "inference"), (2, "disputed"), (2, "claim"),
    ]  # fmt: skip
    assert [e.lead for e in chain] == [MODEL.leads[e.claim] for e in chain]


def test_every_line_says_why_and_quotes_the_bill() -> None:
    for effect in fired(BAN, HOST):
        assert effect.quote in "No United States person may host a listed model."
        assert any("acc.import_use" in why and "host a listed model" in why for why in effect.why)
        assert any(why == "who is burdened: a United States person" for why in effect.why) or (
            effect.rule != "I01-host-ban"
        )
        assert any(why.startswith("force: operative") for why in effect.why)


def test_an_unknown_party_does_not_stop_a_rule_and_is_said() -> None:
    text = bill(section(4, "Use", text="A listed model shall be removed from the market."))
    chain = fired(text, ("sec. 4", "acc.import_use", "listed model"))
    assert any("who is burdened: the text does not say" in effect.why for effect in chain)


def test_a_rule_on_private_persons_is_silent_on_agencies() -> None:
    text = bill(section(4, "Use", text="The head of an agency may not use a listed model."))
    assert "I01-host-ban" not in rules(text, ("sec. 4", "acc.import_use", "a listed model"))


def test_no_figure_stands_outside_an_attributed_claim() -> None:
    for effect in fired(BAN, HOST):
        figures = any(letter.isdigit() for letter in effect.effect)
        assert not figures or (effect.claim == "claim" and "N. Lambert" in effect.note)


def test_a_dispute_has_two_attributed_sides() -> None:
    disputed = [effect for effect in fired(BAN, HOST) if effect.claim == "disputed"]
    assert disputed
    for effect in disputed:
        assert effect.counter
        assert "(so " in effect.counter
        assert effect.note.startswith("Held by ")
    with pytest.raises(ValueError, match="both sides"):
        replace(disputed[0], counter="")


def test_an_exception_beside_is_printed_and_softens() -> None:
    exempt = ("sec. 4(b)", "ow.exempt", "shall not apply to an open model")
    alone = {e.order: e for e in fired(BAN, HOST) if e.rule == "I02-startup-rebase"}
    beside = {e.order: e for e in fired(BAN, HOST, exempt) if e.rule == "I02-startup-rebase"}
    assert alone[0].defeaters == ()
    assert beside[0].defeaters == ("sec. 4(b)",)
    assert beside[0].confidence == "high"


def test_an_exception_elsewhere_that_points_at_the_rule_is_printed() -> None:
    text = bill(
        section(4, "Hosting", text="No person may host a listed model.")
        + section(9, "Savings", text="Section 4 shall not apply to a published model.")
    )
    chain = fired(
        text,
        ("sec. 4", "acc.import_use", "host a listed model"),
        ("sec. 9", "proc.carveout", "shall not apply"),
    )
    assert {effect.defeaters for effect in chain if effect.path == "sec. 4"} == {("sec. 9",)}


def test_silence_is_said_as_silence() -> None:
    chain = [e for e in fired(BAN, HOST) if e.rule == "I02-startup-rebase" and e.order == 0]
    assert chain[0].effect.startswith("nothing on whether fine-tunes")
    assert "derivatives: nothing found in the section" in chain[0].why


def test_what_is_said_is_not_called_silence() -> None:
    text = bill(section(4, "Use", text="No person may host a model derived from a listed model."))
    derived = ("sec. 4", "ow.derivative", "derived from a listed model")
    chain = [e for e in fired(text, derived) if e.rule == "I02-startup-rebase" and e.order == 0]
    assert chain[0].effect.startswith("it would reach or spare")
    assert "derivatives: sec. 4" in chain[0].why


def test_a_bill_would_and_a_law_does() -> None:
    before = next(e for e in fired(BAN, HOST) if e.rule == "I01-host-ban")
    after = next(e for e in fired(replace(BAN, version="pl"), HOST) if e.rule == "I01-host-ban")
    assert before.effect.startswith("it would bar or limit")
    assert after.effect.startswith("it bars or limits")


def test_a_listing_is_never_called_a_ban() -> None:
    text = bill(
        section(
            5, "List", text="The Under Secretary shall decide whether to add it to the Entity List."
        )
    )
    chain = fired(text, ("sec. 5", "list.entity", "Entity List"))
    assert {e.rule for e in chain} == {"I04-entity-list"}
    assert not any("ban" in e.effect.lower().split() for e in chain)
    assert "does not itself bar using" in chain[0].effect


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("Sense of Congress", "The Government shall stop model extraction."),
        ("Amendment", "Section 5 of the Act is amended by inserting model extraction."),
    ],
)
def test_words_without_force_are_a_signal_and_go_no_further(heading: str, text: str) -> None:
    found = bill(section(2, heading, text=text))
    marks = [("sec. 2", topic, "model extraction") for topic in ("dx.extract", "evd.base")]
    chain = fired(found, *marks)
    assert all(effect.order == 0 for effect in chain)
    assert all(effect.confidence == SIGNAL_ONLY for effect in chain)


def test_what_a_report_must_hold_restricts_nobody() -> None:
    told = "The Secretary shall submit a report that includes whether to host a listed model."
    text = bill(section(4, "Report", text=told))
    assert "I01-host-ban" not in rules(text, ("sec. 4", "acc.import_use", "host a listed model"))


def test_a_rule_on_models_is_silent_on_a_bill_that_is_about_something_else() -> None:
    text = bill(
        section(4, "Oil", text="The President shall block the property of a foreign oil company.")
    )
    mark = ("sec. 4", "list.sanctions", "block the property")
    assert rules(text, mark) == set()
    about = bill(
        section(4, "Oil", text="The President shall block the property of a foreign person.")
        + section(5, "Models", text="No person may host a listed model.")
    )
    host = ("sec. 5", "acc.import_use", "host a listed model")
    assert "I06-blocking" in rules(about, mark, host)


DEFINED = section(
    3,
    "Definitions",
    paragraph(1, "The term deploy means to release an open model."),
    text="In this Act:",
)


def test_a_definition_acts_only_through_what_uses_its_term() -> None:
    mark = ("sec. 3(1)", "dx.extract", "release an open model")
    unused = bill(DEFINED)
    used = bill(DEFINED + section(4, "Rule", text="No person may deploy a model."))
    assert fired(unused, mark) == []
    chain = fired(used, mark)
    assert [effect.order for effect in chain] == [0, 1, 2]
    assert "force: through what uses the term: sec. 4" in chain[0].why


def test_a_term_carries_its_tag_to_where_a_rule_needs_it() -> None:
    text = bill(DEFINED + section(4, "Rule", text="No person may deploy a model without a test."))
    facts = read(text)
    own = tag(facts, ("sec. 3(1)", "ow.release", "release an open model"))
    test = tag(facts, ("sec. 4", "safe.test", "a test"))
    lent = tag(facts, ("sec. 4", "ow.release", "deploy"), Status.INHERITED, via="sec. 3(1)")
    found = {(e.rule, e.path) for e in effects(Places(text, facts, [own, test, lent]), MODEL)}
    # The definition names its users; they need no chain of their own.
    assert ("I12-open-release-gate", "sec. 3(1)") in found
    assert ("I12-open-release-gate", "sec. 4") not in found
    alone = {(e.rule, e.path) for e in effects(Places(text, facts, [test, lent]), MODEL)}
    assert ("I12-open-release-gate", "sec. 4") in alone


def test_suggestions_and_headings_start_nothing() -> None:
    text = bill(section(4, "Prohibition on hosting", text="No person may host a listed model."))
    facts = read(text)
    suggested = tag(facts, ("sec. 4", "acc.import_use", "host a listed model"), Status.SUGGESTED)
    headed = tag(facts, ("sec. 4", "acc.import_use", "Prohibition on hosting"))
    assert effects(Places(text, facts, [suggested, headed]), MODEL) == ()


def test_lines_on_changed_provisions_come_first_and_are_marked() -> None:
    text = bill(
        section(4, "One", text="No person may host a listed model.")
        + section(5, "Two", text="No person may use a listed model.")
    )
    facts = read(text)
    marks = [(f"sec. {n}", "acc.import_use", "a listed model") for n in (4, 5)]
    found = effects(Places(text, facts, [tag(facts, mark) for mark in marks]), MODEL, {"sec. 5"})
    assert {e.paths for e in found if e.rule == "I01-host-ban"} == {("sec. 5", "sec. 4")}
    assert found[0].changed
    assert [start.changed for start in found[0].starts] == [True, False]


def test_a_rule_has_one_chain_however_many_provisions_start_it() -> None:
    text = bill(
        section(4, "One", text="No person may host a listed model.")
        + section(5, "Two", text="No person may use a model derived from a listed model.")
    )
    marks = [(f"sec. {n}", "acc.import_use", "a listed model") for n in (4, 5)]
    chain = fired(text, *marks, ("sec. 5", "ow.derivative", "derived from a listed model"))
    bans = [e for e in chain if e.rule == "I01-host-ban"]
    assert [e.order for e in bans] == [0, 1, 2, 2]
    assert {e.paths for e in bans} == {("sec. 4", "sec. 5")}
    # What the text says of derivatives differs, so each place has its own line.
    said = {e.effect.split()[0]: e.paths for e in chain if e.rule.startswith("I02") and not e.order}
    assert said == {"nothing": ("sec. 4",), "it": ("sec. 5",)}


def test_each_start_has_its_own_words_reasons_and_confidence() -> None:
    text = bill(
        section(2, "Findings", text="Congress finds that model extraction is frequent.")
        + section(4, "Rule", text="No person may engage in model extraction.")
    )
    marks = [(f"sec. {n}", "dx.extract", "model extraction") for n in (2, 4)]
    first = next(e for e in fired(text, *marks) if e.rule.startswith("I09"))
    assert [(s.path, s.confidence) for s in first.starts] == [
        ("sec. 4", "high"),
        ("sec. 2", SIGNAL_ONLY),
    ]
    assert [s.quote[:8] for s in first.starts] == ["No perso", "Congress"]
    after = [e for e in fired(text, *marks) if e.rule.startswith("I09") and e.order]
    assert {e.paths for e in after} == {("sec. 4",)}


def line(**values: object) -> Line:
    plain = Line(
        order=1, kind="inference", effect="{would|does}", who="", direction="?", facet="",
        silent="", assumptions=("it is so",), evidence=(), held_by="", counter="", counter_by="",
        note="",
    )  # fmt: skip
    return replace(plain, **values)  # type: ignore[arg-type]


def with_measurements() -> ImpactModel:
    measured = {
        name: Source(
            name, "independent_measurement", "an institute", "2026", "none", "a count", False
        )
        for name in ("M1", "M2")
    }
    return replace(MODEL, sources={**MODEL.sources, **measured})


@pytest.mark.parametrize(
    ("order", "kind", "evidence", "softened", "expected"),
    [
        (0, "text", (), False, "high"),
        (1, "inference", ("E11",), False, "medium"),
        (1, "inference", ("E11",), True, "low"),
        (1, "inference", ("E01",), False, "low"),
        (1, "inference", (), False, NOT_RATED),
        (2, "claim", ("E04",), False, "low"),
        (2, "claim", ("M1",), False, "low"),
        (2, "claim", ("M1", "M2"), False, "medium"),
        (1, "disputed", ("E11", "E12"), False, "low"),
    ],
)
def test_confidence_is_the_lower_cap_of_order_and_evidence(
    order: int, kind: str, evidence: tuple[str, ...], *, softened: bool, expected: str
) -> None:
    found = line(order=order, kind=kind, evidence=evidence)
    assert confidence(found, with_measurements(), binds=True, softened=softened) == expected
    assert confidence(found, with_measurements(), binds=False, softened=softened) == SIGNAL_ONLY
