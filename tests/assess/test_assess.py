"""A report put together: subjects, reach, findings, what is left unread, and the worked example."""

from __future__ import annotations

from pathlib import Path

import pytest

from legannot.assess import assess, load_model
from legannot.assess.findings import QUOTED_WORDS, REPRINT
from legannot.model.report import Effect, Report
from legannot.parse import parse
from legannot.read import read
from legannot.source import resolve
from legannot.tag import load_packs, tag
from tests.assess.cases import METHOD, report
from tests.conftest import check_report
from tests.read.documents import bill, paragraph, section, subsection

DEFINITIONS = section(
    2,
    "Definitions",
    paragraph(1, "The term covered model means a model trained with more than 10^26 operations."),
    paragraph(2, "The term owner means a person that owns a covered model."),
    text="In this Act:",
)
LOWER = DEFINITIONS.replace("10^26", "10^25")
RULES = section(
    3,
    "Rules",
    subsection("a", "Tests", text="An owner of a covered model shall test it before release."),
    subsection("b", "Hosting", text="No person may host a covered model without a license."),
)
TESTS = ("sec. 3(a)", "safe.test", "shall test it before release")
HOSTING = ("sec. 3(b)", "acc.import_use", "host a covered model")


def test_a_changed_definition_reaches_what_uses_its_term() -> None:
    made = report((bill(DEFINITIONS + RULES), (TESTS,)), (bill(LOWER + RULES), (TESTS,)))
    check_report(made)
    reached = {found.term: found.uses for found in made.reach}
    assert reached == {"covered model": ("sec. 2(2)", "sec. 3(a)", "sec. 3(b)")}


def test_a_use_that_was_itself_reworded_is_not_listed_as_reached() -> None:
    reworded = RULES.replace("without a license", "in any form without a license")
    made = report((bill(DEFINITIONS + RULES), ()), (bill(LOWER + reworded), ()))
    assert made.reach[0].uses == ("sec. 2(2)", "sec. 3(a)")


def test_a_removed_definition_reaches_what_still_uses_its_term() -> None:
    fewer = section(
        2,
        "Definitions",
        paragraph(1, "The term owner means a person that owns a covered model."),
        text="In this Act:",
    )
    made = report((bill(DEFINITIONS + RULES), ()), (bill(fewer + RULES), ()))
    check_report(made)
    reached = {found.term: found.uses for found in made.reach}
    assert reached["covered model"][-2:] == ("sec. 3(a)", "sec. 3(b)")


def test_a_renumbered_definition_changes_nothing() -> None:
    moved = DEFINITIONS.replace("<enum>2.</enum>", "<enum>7.</enum>")
    made = report((bill(DEFINITIONS + RULES), ()), (bill(RULES + moved), ()))
    assert made.reach == ()


def test_the_subject_table_counts_provisions_and_says_where_to_start() -> None:
    third = subsection("c", "Use", text="No person may use a covered model at work.")
    more = RULES.replace("</section>", f"{third}</section>")
    use = ("sec. 3(c)", "acc.import_use", "use a covered model")
    made = report(
        (bill(DEFINITIONS + RULES), (TESTS, HOSTING)),
        (bill(DEFINITIONS + more), (TESTS, HOSTING, use)),
    )
    rows = {row.topic.id: row for row in made.subjects}
    moved = rows["acc.import_use"]
    assert (moved.counts, moved.added, moved.removed, moved.start) == ((1, 2), 1, 0, "sec. 3(c)")
    assert (rows["safe.test"].counts, rows["safe.test"].start) == ((1, 1), "sec. 3(a)")
    assert [row.topic.id for row in made.subjects] == ["acc.import_use", "safe.test"]


def test_ways_of_procedure_stand_below_subjects() -> None:
    text = bill(section(3, "Exception", text="This Act shall not apply to open models."))
    made = report(
        (text, (("sec. 3", "proc.carveout", "not apply"), ("sec. 3", "ow.exempt", "open models")))
    )
    assert [row.topic.id for row in made.subjects] == ["ow.exempt", "proc.carveout"]


def test_findings_quote_at_most_twelve_words_of_the_strongest_changes() -> None:
    stricter = RULES.replace("host a covered model", "host, serve, copy or use a covered model")
    host = ("sec. 3(b)", "acc.import_use", "host, serve, copy or use a covered model")
    made = report(
        (bill(DEFINITIONS + RULES), (TESTS, HOSTING)), (bill(LOWER + stricter), (TESTS, host))
    )
    check_report(made)
    first = made.findings[0]
    assert first.path == "sec. 3(b)"
    assert first.lead == "Label of acc.import_use, sec. 3(b), reworded prohibition:"
    assert "serve, copy or use" in first.inserted
    for finding in made.findings:
        words = f"{finding.deleted} {finding.inserted}".replace("…", "").split()
        assert 0 < len(words) <= QUOTED_WORDS


def test_a_provision_that_is_gone_is_told_from_the_new_holder_of_its_number() -> None:
    registry = section(4, "Registry", text="The Secretary shall publish a registry of models.")
    grants = section(4, "Grants", text="No funds of any agency may go to a museum of computing.")
    tagged = ("sec. 4", "ow.release", "publish a registry of models")
    made = report((bill(RULES + registry), (tagged,)), (bill(RULES + grants), ()))
    assert made.findings[0].lead == "Label of ow.release, old sec. 4, dropped duty:"
    assert made.findings[0].deleted


def test_what_is_dropped_from_a_renumbered_provision_is_told_by_its_number_of_today() -> None:
    shorter = RULES.replace(" without a license", " at any time").replace("Hosting", "Serving")
    moved = section(2, "Purposes", text="This Act protects the makers of small boats.")
    made = report(
        (bill(RULES), (("sec. 3(b)", "acc.import_use", "without a license"),)),
        (bill(moved + shorter.replace("<enum>3.", "<enum>4.")), ()),
    )
    found = next(f for f in made.findings if "acc.import_use" in f.lead)
    assert found.lead == "Label of acc.import_use, sec. 4(b), dropped prohibition:"


def test_a_new_section_without_a_subject_is_quoted_by_its_heading() -> None:
    added = section(
        9, "Debt collection", text="Section 4 of the Act of 1978 is amended as follows."
    )
    made = report((bill(DEFINITIONS), ()), (bill(DEFINITIONS + added), ()))
    (finding,) = (f for f in made.findings if f.path == "sec. 9")
    assert (finding.deleted, finding.inserted) == ("", "Debt collection")


def test_a_number_is_a_finding_where_no_subject_changed() -> None:
    made = report((bill(DEFINITIONS + RULES), ()), (bill(LOWER + RULES), ()))
    finding = made.findings[0]
    assert finding.lead == "sec. 2(1), a number or date changes:"
    assert (finding.deleted, finding.inserted) == ("26", "25") or "10^25" in finding.inserted


def test_a_duty_that_becomes_a_power_is_a_finding() -> None:
    softer = RULES.replace("shall test", "may test")
    made = report((bill(DEFINITIONS + RULES), ()), (bill(DEFINITIONS + softer), ()))
    assert made.findings[0].lead == "sec. 3(a), duty becomes permission:"


def test_a_changed_operator_is_quoted_from_the_edit_that_changed_it() -> None:
    softer = RULES.replace("An owner of", "An owner, as provided in section 9, of")
    softer = softer.replace("shall test", "may test")
    made = report((bill(DEFINITIONS + RULES), ()), (bill(DEFINITIONS + softer), ()))
    finding = made.findings[0]
    assert (finding.deleted, finding.inserted) == ("shall", "may")


def test_an_operator_read_otherwise_without_an_edit_that_says_so_is_no_finding() -> None:
    counted = "To count violations for a penalty under paragraph (1), like acts are one violation."
    more = f"{counted} Notwithstanding the foregoing, the Secretary may count each act."
    old, new = (
        section(3, "Penalties", subsection("a", "Number of violations", text=t))
        for t in (counted, more)
    )
    made = report((bill(DEFINITIONS + old), ()), (bill(DEFINITIONS + new), ()))
    assert (
        made.facts[0].units["sec. 3(a)"].operator is not made.facts[1].units["sec. 3(a)"].operator
    )
    assert not any("becomes" in finding.lead for finding in made.findings)


def test_a_reprint_has_one_finding() -> None:
    made = report((bill(DEFINITIONS), ()), (bill(DEFINITIONS), ()))
    assert [finding.lead for finding in made.findings] == [REPRINT]
    assert made.steps[0].reprint


def test_one_version_alone_is_summed_up_by_what_it_does() -> None:
    made = report((bill(DEFINITIONS + RULES), (TESTS, HOSTING)))
    check_report(made)
    assert made.comparison is None
    leads = [finding.lead for finding in made.findings]
    assert any(
        lead.startswith("Label of acc.import_use, sec. 3(b), prohibition: “") for lead in leads
    )
    assert all(not finding.deleted and not finding.inserted for finding in made.findings)


def test_steps_are_counted_and_dated() -> None:
    one, two = bill(DEFINITIONS + RULES), bill(LOWER + RULES)
    made = report((one, ()), (two, ()), (two, ()))
    assert [step.reprint for step in made.steps] == [False, True]
    assert made.steps[0].counts["modified"] == 1
    assert made.steps[0].edits == 1


def test_a_reference_that_lost_its_target_must_be_read() -> None:
    pointing = section(4, "Report", text="The owner shall report as required by section 3(b).")
    shorter = section(3, "Rules", subsection("a", "Tests", text="An owner shall test it."))
    made = report((bill(RULES + pointing), ()), (bill(shorter + pointing), ()))
    notices = [item for item in made.unread if item.kind == "notice"]
    assert [(item.where, item.text) for item in notices] == [("sec. 4", "section 3(b)")]
    assert "in the first version it led to sec. 3(b)" in notices[0].why


def test_what_the_parser_does_not_know_must_be_read() -> None:
    made = report((bill(section(3, "Rule", "<riddle>Who may act?</riddle>", text="It is so.")), ()))
    item = next(item for item in made.unread if item.kind == "not-understood")
    assert "<riddle>" in item.why
    assert item.text == "Who may act?"


def test_an_instruction_that_could_not_be_taken_apart_must_be_read() -> None:
    text = "Section 9(b) is amended by striking “may” and inserting “shall”."
    made = report((bill(section(3, "Change", text=text)), ()))
    item = next(item for item in made.unread if item.kind == "unparsed")
    assert item.where == "sec. 3"
    assert item.why.endswith("no law is named that it amends.")
    assert "striking" in item.text


def test_terms_that_are_amiss_are_listed_once_each() -> None:
    terms = section(
        2,
        "Definitions",
        paragraph(1, "The term covered adversary entity means a bank."),
        paragraph(2, "The term idle model means a model."),
        text="In this Act:",
    )
    use = "No covered adversary entity, no covered foreign adversary entity and no covered broker."
    uses = section(3, "Rule", text=use) + section(4, "Rule", text="A covered broker shall pay.")
    made = report((bill(terms + uses), ()))
    found = [(i.where, i.text, i.why) for i in made.unread if i.kind == "term"]
    assert found == [
        ("sec. 2(2)", "idle model", "Defined here and used nowhere in its scope."),
        (
            "sec. 3",
            "covered foreign adversary entity",
            "One word more than the defined term “covered adversary entity”.",
        ),
        (
            "sec. 3",
            "covered broker",
            "Reads like a defined term, and nothing here defines it. (2 places)",
        ),
    ]


def test_an_unsure_pair_must_be_read() -> None:
    old = section(
        9, "Report", text="The Secretary shall report to Congress on the trade in models."
    )
    words = (
        "The Secretary shall tell a court of every customer that an owner of models serves abroad."
    )
    new = section(9, "Report", text=words)
    made = report((bill(RULES + old), ()), (bill(RULES + new), ()))
    assert made.comparison is not None
    paired = [row for row in made.comparison.rows if row.old and row.new and row.score < 0.5]
    assert [row.shown.path for row in paired] == ["sec. 9"]
    unsure = [item for item in made.unread if item.kind == "unsure-pair"]
    assert [item.where for item in unsure] == ["sec. 9"]
    assert "Taken to be the former sec. 9" in unsure[0].why


def test_amending_instructions_are_said_not_to_be_merged() -> None:
    made = report(
        (bill(section(3, "Change", text="Section 5 of the Clean Air Act is repealed.")), ())
    )
    assert [notice.partition(";")[0] for notice in made.notices] == ["1 passage amends other law"]


# The worked example: H.R. 8283 of the 119th Congress as introduced.
EXAMPLE = (
    ("sec. 3(11)(A)(iii)", "dx.extract", "use of model outputs"),
    (
        "sec. 4(b)(6)",
        "evd.base",
        "An assessment of the economic and national security consequences",
    ),
    ("sec. 4(c)", "evd.base", "shall consult with owners"),
    ("sec. 4(f)", "evd.base", "information sharing mechanism"),
    ("sec. 4(g)(2)", "evd.base", "disclose confidential information"),
    ("sec. 5(a)", "list.entity", "added to the Entity List"),
    ("sec. 5(b)(1)", "list.sanctions", "block and prohibit all transactions"),
    ("sec. 5(b)(2)(B)", "proc.carveout", "may not be imposed"),
    ("sec. 5(b)(2)(C)", "proc.carveout", "shall not apply"),
)


@pytest.fixture(scope="module", params=["tags by hand", "tags by the shipped rules"])
def example(request: pytest.FixtureRequest, corpus: Path) -> Report:
    source = resolve([str(corpus / "rebuilt" / "119" / "hr8283" / "ih.xml")])[0]
    bill = parse(source).as_reported()
    if request.param == "tags by hand":
        return report((bill, EXAMPLE))
    packs, facts = load_packs(), read(bill)
    tags = tag(bill, facts, packs).tags
    return assess(
        (bill,), (facts,), (tags,), None, model=load_model(), topics=packs.topics, method=METHOD
    )


def lines(made: Report, path: str, rule: str) -> list[Effect]:
    return [e for e in made.effects if path in e.paths and e.rule.startswith(rule)]


def test_the_listing_section_requires_a_decision_and_is_no_ban(example: Report) -> None:
    check_report(example)
    text, inference, disputed = lines(example, "sec. 5(a)", "I04")
    assert (text.confidence, text.claim) == ("high", "text")
    assert "Entity List" in text.quote or "End-User Review Committee" in text.quote
    assert "does not itself bar using that party's published weights" in text.effect
    assert inference.confidence == "medium"
    assert any("over-compliance" in assumption for assumption in inference.assumptions)
    assert disputed.confidence == "low"
    assert "15 CFR 734.7" in disputed.counter
    assert not any("ban" in effect.effect.lower().split() for effect in example.effects)


def test_the_assessment_asks_for_the_attacks_and_not_for_the_response(example: Report) -> None:
    text = lines(example, "sec. 4(b)(6)", "I15")[0]
    assert "nothing here on the cost of the response" in text.effect
    assert text.confidence == "high"
    assert "Q15" in text.questions


def test_evidence_from_owners_raises_the_question_of_interest(example: Report) -> None:
    for path in ("sec. 4(c)", "sec. 4(f)", "sec. 4(g)(2)"):
        assert "Q01" in lines(example, path, "I15")[0].questions


def test_no_research_or_open_source_exception_is_silence(example: Report) -> None:
    text = lines(example, "sec. 5(b)(1)", "I03")[0]
    assert text.effect == "nothing on an exception for research, evaluation or academic work"
    assert "research exception: nothing found in the bill" in text.why
    assert {"Q04"} <= set(text.questions)
    assert "Q05" in lines(example, "sec. 5(b)(1)", "I06")[0].questions
    assert "sec. 5(b)(2)(B)" in text.defeaters
