"""How far a changed definition, a moved target and a list outside the bill reach."""

from __future__ import annotations

from legannot.assess.lists import cascades
from legannot.assess.meanings import Meanings
from legannot.assess.reach import reach
from legannot.assess.references import references
from legannot.diff import compare
from legannot.model.report import Further, Reach, ReferenceChange
from legannot.read import read
from tests.read.documents import bill, paragraph, quoted, section, subparagraph, subsection

MODEL = paragraph(1, "The term covered model means a model trained with 10^26 operations.")
OPEN = paragraph(2, "The term open model means a covered model whose weights are published.")
OWNER = paragraph(3, "The term owner means a person that released an open model.")
RULES = section(
    4,
    "Rules",
    subsection("a", "Tests", text="An owner shall test each release for a year."),
    subsection("b", "Hosting", text="No person may host an open model in the United States."),
    subsection("c", "Fees", text="A fee is due for a covered model that is sold abroad."),
)


def terms(*paragraphs: str) -> str:
    return section(3, "Definitions", *paragraphs, text="In this Act:")


def reached(old: str, new: str) -> dict[str, Reach]:
    bills = bill(old), bill(new)
    found = reach(compare(*bills).rows, read(bills[0]), read(bills[1]), bills[1].title)
    return {one.term: one for one in found}


def pointed(old: str, new: str) -> list[ReferenceChange]:
    bills = bill(old), bill(new)
    return list(references(compare(*bills).rows, read(bills[0]), read(bills[1])))


def test_a_changed_definition_reaches_what_is_built_from_it_and_shows_the_way() -> None:
    old = terms(MODEL, OPEN, OWNER) + RULES
    found = reached(old, old.replace("10^26", "10^25"))
    assert found["covered model"].uses == ("sec. 3(2)", "sec. 4(c)")
    assert found["covered model"].further == (
        Further("sec. 3(3)", ("sec. 3(1)", "sec. 3(2)")),
        Further("sec. 4(b)", ("sec. 3(1)", "sec. 3(2)")),
        Further("sec. 4(a)", ("sec. 3(1)", "sec. 3(2)", "sec. 3(3)")),
    )
    assert set(found) == {"covered model"}


def test_definitions_in_a_circle_end() -> None:
    one = paragraph(1, "The term model means a system of an owner with 5 parts.")
    two = paragraph(2, "The term owner means a person that has a model.")
    old = terms(one, two) + section(4, "Rule", text="An owner shall file a report.")
    found = reached(old, old.replace("5 parts", "9 parts"))
    assert found["model"].further == (Further("sec. 4", ("sec. 3(1)", "sec. 3(2)")),)


def test_the_innermost_of_two_definitions_of_a_term_reaches_its_own_scope_only() -> None:
    inner = section(
        5,
        "Fees",
        subsection("a", "Fee", text="A fee is due for an open model."),
        subsection(
            "b", "Term", text="In this section, the term open model means a set of weights."
        ),
    )
    old = terms(OPEN) + RULES + inner
    found = reached(old, old.replace("a set of weights", "a set of published weights"))
    assert [(r.definition, r.uses) for r in found.values()] == [("sec. 5(b)", ("sec. 5(a)",))]


def test_an_exclusion_beside_a_meaning_changes_the_definition() -> None:
    split = paragraph(
        1,
        "",
        subparagraph("A", "The term open model means a model whose weights are published."),
        subparagraph("B", "The term open model does not include a model of a bank."),
        heading="Open model",
    )
    old = terms(split) + RULES
    found = reached(old, old.replace("of a bank", "of a school"))
    assert found["open model"].uses == ("sec. 4(b)",)


def test_a_definition_changes_with_what_it_refers_to() -> None:
    listed = paragraph(1, "The term listed person means a person identified under section 5(b).")
    lists = section(
        5,
        "List",
        subsection("a", "List", text="The Secretary shall keep a list."),
        subsection("b", "Persons", text="The list shall identify each owner of a closed model."),
    )
    rule = section(6, "Rule", text="No listed person may buy weights.")
    old = terms(listed) + lists + rule
    found = reached(old, old.replace("a closed model", "a closed or open model"))
    assert found["listed person"] == Reach(
        "listed person", "sec. 3(1)", ("sec. 6",), (), ("sec. 5(b)",)
    )


def test_law_that_borrows_a_meaning_from_the_bill_by_its_name_is_reached() -> None:
    name = "<short-title>Open Models Act of 2026</short-title>"
    title = section(1, "Short title", text=f"This Act may be cited as the <quote>{name}</quote>.")
    borrowed = quoted(
        subsection(
            "g",
            "Terms",
            paragraph(1, "No person may export a covered model."),
            text="In this subsection, the terms covered model and owner have the meanings given"
            " those terms in section 3 of the Open Models Act of 2026.",
        )
    )
    amends = section(7, "Amendment", borrowed, text="The Act is amended by adding at the end:")
    old = title + terms(MODEL, OWNER) + amends
    found = reached(old, old.replace("10^26", "10^25"))["covered model"]
    assert [(f.path, f.through) for f in found.further] == [
        ("sec. 7 [quoted block](g)(1)", ("sec. 3(1)", "sec. 7 [quoted block](g)"))
    ]


POINTING = section(9, "Reports", text="The owner shall report as required by section 4(b).")


def test_a_reference_whose_target_changed_is_told() -> None:
    old = RULES + POINTING
    (found,) = pointed(old, old.replace("host an open model", "host any open model abroad or"))
    assert (found.kind, found.quote, found.new) == ("target changed", "section 4(b)", "sec. 4(b)")


def test_a_reference_that_now_names_another_provision_is_told() -> None:
    new = section(
        4,
        "Rules",
        subsection("a", "Tests", text="An owner shall test each release for a year."),
        subsection("b", "Records", text="The Secretary shall keep records of every sale."),
        subsection("c", "Hosting", text="No person may host an open model in the United States."),
        subsection("d", "Fees", text="A fee is due for a covered model that is sold abroad."),
    )
    found = pointed(RULES + POINTING, new + POINTING)
    assert [one.kind for one in found] == ["points at other words"]
    assert found[0].old == found[0].new == "sec. 4(b)"


def test_a_reference_whose_target_is_gone_is_told() -> None:
    shorter = section(
        4, "Rules", subsection("a", "Tests", text="An owner shall test it for a year.")
    )
    found = pointed(RULES + POINTING, shorter + POINTING)
    assert [(one.kind, one.old, one.new) for one in found] == [("target gone", "sec. 4(b)", "")]


def test_a_reference_that_follows_its_target_is_no_finding() -> None:
    moved = RULES.replace("<enum>4.</enum>", "<enum>6.</enum>")
    follows = POINTING.replace("section 4(b)", "section 6(b)")
    assert pointed(RULES + POINTING, moved + follows) == []


def test_other_law_in_the_place_of_law_is_told() -> None:
    old = section(4, "Term", text="A person listed under section 1260H of Public Law 116-283 pays.")
    (found,) = pointed(old, old.replace("116-283", "117-81"))
    assert (found.kind, found.old, found.new) == (
        "other law",
        "pl/116/283/1260H",
        "pl/117/81/1260H",
    )


def test_a_closer_citation_of_the_same_law_is_no_other_law() -> None:
    old = section(4, "Term", text="Section 320 of the Clean Water Act (33 U.S.C. 1330) applies.")
    new = old.replace("320 of", "320(g) of").replace("1330", "1330(g)")
    assert pointed(old, new) == []


def test_a_list_that_sets_off_several_provisions_is_a_cascade() -> None:
    listed = paragraph(1, "The term listed entity means an entity on the Entity List.")
    rules = section(
        4,
        "Rules",
        subsection("a", "Hosting", text="No person may host a model of a listed entity."),
        subsection("b", "Use", text="No agency may buy a model of a listed entity."),
    )
    text = bill(terms(listed) + rules)
    facts = read(text)
    (found,) = cascades(facts, Meanings(facts))
    assert (found.list, found.named) == ("Entity List", ("sec. 3(1)",))
    assert found.reached == (
        Further("sec. 4(a)", ("sec. 3(1)",)),
        Further("sec. 4(b)", ("sec. 3(1)",)),
    )


def test_a_list_that_one_provision_names_is_no_cascade() -> None:
    facts = read(
        bill(section(4, "Rule", text="The Under Secretary shall publish the Entity List."))
    )
    assert cascades(facts, Meanings(facts)) == ()
