"""The interdependency map, the questions that a text leaves open, a bill as a row of a table."""

from __future__ import annotations

from legannot.assess.dependencies import dependencies, named
from legannot.assess.measure import measure
from legannot.model.report import Answer, Edge
from legannot.read import read
from tests.assess.cases import Mark, report
from tests.read.documents import bill, paragraph, section, subsection

TERMS = section(
    3,
    "Definitions",
    paragraph(1, "The term listed entity means an entity on the Entity List."),
    paragraph(2, "The term listed model means a model of a listed entity."),
    text="In this Act:",
)
RULES = section(
    4,
    "Hosting",
    subsection("a", "Rule", text="No person may host a listed model."),
    subsection("b", "Research", text="Subsection (a) shall not apply to research of a university."),
    subsection("c", "Law", text="Section 1752 of title 50, United States Code, shall apply."),
)
HOST: Mark = ("sec. 4(a)", "acc.import_use", "host a listed model")


def test_every_dependence_of_a_bill_is_an_edge() -> None:
    map_ = dependencies(read(bill(TERMS + RULES)))
    term, built = "term:listed entity@sec. 3(1)", "term:listed model@sec. 3(2)"
    assert set(map_.edges) >= {
        Edge(term, "provision:sec. 3(1)", "defined in"),
        Edge(built, term, "built from"),
        Edge("provision:sec. 4(a)", built, "uses"),
        Edge("provision:sec. 4(b)", "provision:sec. 4(a)", "cites"),
        Edge("provision:sec. 4(c)", "law:usc/50/1752", "cites law"),
        Edge("provision:sec. 3(1)", "list:Entity List", "keyed to"),
    }
    ids = [node.id for node in map_.nodes]
    assert len(ids) == len(set(ids))


def test_law_is_named_as_lawyers_write_it() -> None:
    assert [named(t) for t in ("usc/50/4801", "pl/116/283", "cfr/15/744.11", "eo/13984")] == [
        "50 U.S.C. 4801",
        "Public Law 116-283",
        "15 CFR 744.11",
        "Executive Order 13984",
    ]


def test_a_question_shows_where_the_text_speaks_or_where_the_answer_would_stand() -> None:
    spared = ("sec. 4(b)", "eco.research", "research of a university")
    answers = {a.question: a for a in report((bill(TERMS + RULES), (HOST, spared))).answers}
    assert answers["Q04"] == Answer("Q04", ("sec. 4(b)",), "sec. 4(a)")
    assert answers["Q01"].spoken == ()
    assert answers["Q03"].told is False


def test_a_bill_in_a_table_names_its_chains_and_its_exceptions() -> None:
    row = measure(report((bill(TERMS + RULES), (HOST,))))
    assert "I01-host-ban" in row.chains
    assert row.exceptions["research"] == ("sec. 4(b)",)
    assert row.exceptions["sunset"] == ()
    assert set(row.spoken) <= set(row.asked)


def test_a_chain_that_starts_in_one_version_only_is_told() -> None:
    without = RULES.replace("host a listed model", "sell a car")
    made = report((bill(TERMS + RULES), (HOST,)), (bill(TERMS + without), ()))
    assert {(c.rule, c.kind) for c in made.chains} >= {("I01-host-ban", "gone")}
    back = report((bill(TERMS + without), ()), (bill(TERMS + RULES), (HOST,)))
    assert {(c.rule, c.kind) for c in back.chains} >= {("I01-host-ban", "new")}
