"""What is read from changed words, each rule on a pair of sentences."""

from __future__ import annotations

import pytest

from legannot.assess.substance import substance
from legannot.diff import compare
from legannot.model.report import QuantityChange, Substance
from legannot.read import read
from tests.read.documents import bill, paragraph, section, subsection

FILLER = section(9, "Report", text="The Comptroller General shall audit the program each year.")


def changed(old: str, new: str) -> tuple[tuple[Substance, ...], tuple[QuantityChange, ...]]:
    """Two bodies of a bill, compared and read."""
    bills = bill(old + FILLER), bill(new + FILLER)
    return substance(compare(*bills).rows, read(bills[0]), read(bills[1]))


def said(old: str, new: str) -> list[tuple[str, str]]:
    return [(one.kind.value, one.direction) for one in changed(old, new)[0]]


def of_text(old: str, new: str, heading: str = "Rule") -> list[tuple[str, str]]:
    return said(section(3, heading, text=old), section(3, heading, text=new))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(
            "The Secretary may require a developer to report each release of a model.",
            "The Secretary shall require a developer to report each release of a model.",
            ("operator", "stricter"),
            id="a power becomes a duty",
        ),
        pytest.param(
            "The Secretary shall require a developer to report each release of a model.",
            "The Secretary should require a developer to report each release of a model.",
            ("operator", "looser"),
            id="a duty becomes a wish",
        ),
        pytest.param(
            "The Secretary shall consider any such model on Federal systems.",
            "The Secretary shall exclude any such model on Federal systems.",
            ("operator", "stricter"),
            id="a duty to think becomes a duty to act",
        ),
        pytest.param(
            "Not later than 30 days after a release, the developer shall file a report.",
            "Not later than 60 days after a release, the developer shall file a report.",
            ("deadline", "later"),
            id="a deadline moves",
        ),
        pytest.param(
            "A developer shall file a notice not later than 30 days before each release.",
            "A developer shall file a notice not later than 60 days before each release.",
            ("deadline", "earlier"),
            id="so long before is earlier",
        ),
        pytest.param(
            "The term large developer means a person with revenue of $100,000,000 or more.",
            "The term large developer means a person with revenue of $500,000,000 or more.",
            ("threshold", "narrower"),
            id="a threshold that fewer reach",
        ),
        pytest.param(
            "The term covered model means a model trained with more than 10^26 operations.",
            "The term covered model means a model trained with more than 10^25 operations.",
            ("threshold", "wider"),
            id="a threshold of compute that more reach",
        ),
        pytest.param(
            "The term covered model means a model trained with more than 10^26 operations.",
            "The term covered model means a model trained with more than 1.5 × 10^25 operations.",
            ("threshold", "wider"),
            id="a threshold of compute that is no power of ten",
        ),
        pytest.param(
            "A person that violates this Act shall be fined not more than $10,000.",
            "A person that violates this Act shall be fined not more than $50,000.",
            ("penalty", "stricter"),
            id="a higher fine",
        ),
        pytest.param(
            "There is authorized to be appropriated $5,000,000 for each of 5 fiscal years.",
            "There is authorized to be appropriated $4,000,000 for each of 5 fiscal years.",
            ("amount", "narrower"),
            id="less money",
        ),
        pytest.param(
            "The authority of this section shall terminate on December 31, 2030.",
            "The authority of this section shall terminate on December 31, 2028.",
            ("sunset", "earlier"),
            id="an earlier end",
        ),
        pytest.param(
            "The Secretary shall publish the list not less frequently than every 30 days.",
            "The Secretary shall publish the list not less frequently than every 90 days.",
            ("frequency", "looser"),
            id="less often",
        ),
        pytest.param(
            "A person may not knowingly release the weights of a listed model.",
            "A person may not release the weights of a listed model.",
            ("mental state", "stricter"),
            id="no state of mind needs to be shown",
        ),
        pytest.param(
            "The Secretary shall publish the weights of such models.",
            "The Secretary shall, to the extent practicable, publish the weights of such models.",
            ("condition", "looser"),
            id="a hedge",
        ),
        pytest.param(
            "The Secretary shall issue the rules needed to carry out this Act.",
            "The Secretary, in consultation with the Director, shall issue the rules"
            " needed to carry out this Act.",
            ("consultation", "stricter"),
            id="others must be heard",
        ),
        pytest.param(
            "No person may host a listed model, a merged model, or a tuned model.",
            "No person may host a listed model, a merged model, a forked model, or a tuned model.",
            ("list", "wider"),
            id="a member joins a list",
        ),
        pytest.param(
            "No person may host a listed model.",
            "Except as provided in subsection (c), no person may host a listed model.",
            ("exception", "looser"),
            id="an exception is announced",
        ),
        pytest.param(
            "No person may export a model to an entity.",
            "No person may export a model to a foreign entity.",
            ("scope", "narrower"),
            id="an adjective that takes cases out",
        ),
        pytest.param(
            "An application shall be reviewed under a presumption of approval.",
            "An application shall be reviewed under a presumption of denial.",
            ("evidence", "stricter"),
            id="what is presumed",
        ),
        pytest.param(
            "The term covered entity means a person that is foreign or is listed.",
            "The term covered entity means a person that is foreign and is listed.",
            ("connective", "narrower"),
            id="both must be met",
        ),
    ],
)  # fmt: skip
def test_what_an_edit_does_is_read_from_its_words(
    old: str, new: str, expected: tuple[str, str]
) -> None:
    assert of_text(old, new) == [expected]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(
            "Nothing in this Act shall be construed to limit a court.",
            "Nothing in this Act may be construed to limit a court.",
            id="a rule of construction by another modal",
        ),
        pytest.param(
            "The Secretary shall keep fifteen records of each model.",
            "The Secretary shall keep 15 records of each model.",
            id="the same number in figures",
        ),
        pytest.param(
            "The Secretary shall list models, weights, and data sets.",
            "The Secretary shall list weights, models, and data sets.",
            id="a member that changed its place",
        ),
        pytest.param(
            "The Director shall keep the records of a model.",
            "The Director shall keep a record of the models.",
            id="style",
        ),
    ],
)
def test_an_edit_that_does_nothing_has_no_direction(old: str, new: str) -> None:
    assert [d for _, d in of_text(old, new) if d != "unclear"] == []


def test_words_that_do_not_say_what_follows_are_unclear() -> None:
    old = "The Secretary shall publish the record of each hearing."
    assert of_text(old, old.replace("record", "summary")) == [("wording", "unclear")]


def test_another_decider_has_no_direction() -> None:
    old = "A list shall be approved by the Secretary of Commerce."
    new = "A list shall be approved by the Director of the Bureau."
    assert of_text(old, new) == [("decider", "unclear")]


def test_a_finding_says_nothing_of_the_law() -> None:
    old = section(2, "Findings", text="Congress finds that 30 developers release models.")
    assert said(old, old.replace("30", "40")) == []


def test_an_instruction_to_amend_other_law_is_not_read() -> None:
    old = "Section 5 of the Clean Air Act is amended by inserting models after weights."
    assert of_text(old, old.replace("models", "models, merges,")) == []


def test_the_figure_that_an_instruction_strikes_is_none_of_the_bill() -> None:
    old = section(3, "A", text="Section 5 of the Act is amended by striking $5 and inserting $9.")
    assert changed(old, old.replace("$5", "$6"))[1] == ()
    assert [q.difference for q in changed(old, old.replace("$9", "$8"))[1]] == ["$1 less"]


RULE = subsection("a", "Rule", text="No person may host a listed model.")


@pytest.mark.parametrize(
    ("heading", "text", "expected"),
    [
        ("Duty", "The Secretary shall publish a list each year.", ("duty", "stricter")),
        ("Bar", "No agency may buy a listed model.", ("prohibition", "stricter")),
        ("Research", "Subsection (a) shall not apply to research.", ("exception", "looser")),
        ("Waiver", "The Secretary may waive subsection (a).", ("exception", "looser")),
        ("Sunset", "This section shall terminate 5 years after enactment.", ("sunset", "earlier")),
        ("Penalty", "A person that violates this is liable for a fine.", ("penalty", "stricter")),
        ("Meaning", "The term model means a set of weights.", ("wording", "unclear")),
    ],
)
def test_a_new_provision_is_read_by_what_it_is(
    heading: str, text: str, expected: tuple[str, str]
) -> None:
    whole = subsection("b", heading, text=text)
    assert said(section(3, "Models", RULE), section(3, "Models", RULE, whole)) == [expected]


def test_a_lost_exception_is_stricter_and_what_it_spared_is_named() -> None:
    spared = subsection("b", "Research", text="Subsection (a) shall not apply to research.")
    (lost,), _ = changed(section(3, "Models", RULE, spared), section(3, "Models", RULE))
    assert (lost.kind.value, lost.direction, lost.exception) == (
        "exception", "stricter", "research",
    )  # fmt: skip
    assert (lost.old, lost.new, lost.edit) == (
        "Subsection (a) shall not apply to research.",
        "",
        None,
    )


def limbs(*texts: str, lead: str) -> str:
    return section(3, "Terms", *(paragraph(i, t) for i, t in enumerate(texts, 1)), text=lead)


@pytest.mark.parametrize(
    ("lead", "joined", "expected"),
    [
        ("The term covered person means a person that—", "or", ("limb", "wider")),
        ("The term covered person means a person that—", "and", ("limb", "narrower")),
        ("The report required by this section shall include—", "and", ("list", "wider")),
        ("This section shall not apply to a person that—", "or", ("exception", "looser")),
    ],
)
def test_a_new_item_is_read_by_its_list(lead: str, joined: str, expected: tuple[str, str]) -> None:
    first, last = f"is listed by the Secretary; {joined}", "trains a model abroad."
    more = "is owned by a foreign government;"
    assert said(limbs(first, last, lead=lead), limbs(more, first, last, lead=lead)) == [expected]


def test_a_provision_that_only_moved_does_nothing() -> None:
    one = subsection("b", "Copies", text="A person shall keep a copy of each notice for ever.")
    two = subsection("c", "Fees", text="The Secretary shall set the fees by regulation each year.")
    before = section(3, "A", RULE, one) + section(4, "B", two)
    assert said(before, section(3, "A", RULE) + section(4, "B", two, one)) == []


def test_every_quantity_that_moved_stands_in_the_table() -> None:
    old = section(
        3,
        "Fees",
        text="Not later than 14 days after a sale of $1,000 or more, 25 percent is due by June 1,"
        " 2027, in any of fiscal years 2026 through 2028.",
    )
    new = (
        old.replace("14 days", "3 weeks")
        .replace("$1,000", "$2,500")
        .replace("25 percent", "30 percent")
        .replace("June 1, 2027", "June 11, 2027")
        .replace("2028", "2030")
    )
    _, table = changed(old, new)
    assert [(q.kind, q.old, q.new, q.difference) for q in table] == [
        ("duration", "14 days", "3 weeks", "about 7 days more"),
        ("money", "$1,000", "$2,500", "$1,500 more"),
        ("percent", "25 percent", "30 percent", "5 percentage points more"),
        ("date", "June 1, 2027", "June 11, 2027", "10 days later"),
        ("date", "2028", "2030", "2 years later"),
    ]


def test_every_direction_quotes_words_of_its_side() -> None:
    old = section(3, "Rule", text="The Secretary may list a model within 30 days of a petition.")
    new = old.replace("may", "shall").replace("30 days", "60 days")
    found, _ = changed(old, new)
    assert [(one.old, one.new) for one in found] == [("may", "shall"), ("30 days", "60 days")]
    assert all(one.old in old and one.new in new for one in found)
