"""What a provision that starts a chain says of itself, and what it leaves unsaid."""

from __future__ import annotations

from legannot.assess import load_model
from legannot.assess.effects import effects
from legannot.assess.places import Places
from legannot.assess.profile import profiles
from legannot.model import Bill
from legannot.model.report import FacetValue
from legannot.read import read
from tests.assess.cases import Mark, tag
from tests.read.documents import bill, paragraph, section, subsection

MODEL = load_model()


def told(text: Bill, path: str, *marks: Mark) -> dict[str, list[FacetValue]]:
    facts = read(text)
    places = Places(text, facts, [tag(facts, mark) for mark in marks])
    found: dict[str, list[FacetValue]] = {}
    for one in profiles(effects(places, MODEL), places, facts, MODEL)[path]:
        found.setdefault(one.facet, []).append(one)
    return found


HOST = ("sec. 4(a)", "acc.import_use", "host the weights")
RULE = subsection(
    "a",
    "Rule",
    text=(
        "No United States person may host the weights of a model developed by a person on the"
        " Entity List, or by an affiliate owned 50 percent or more in the aggregate by one."
    ),
)
SPARED = subsection(
    "b",
    "Exception",
    text="Subsection (a) shall not apply to academic research by a university.",
)
RESEARCH = ("sec. 4(b)", "eco.research", "academic research")


def test_every_value_stands_on_words_of_the_place_it_names() -> None:
    text = bill(section(4, "Hosting", RULE, SPARED))
    units = read(text).units
    for values in told(text, "sec. 4(a)", HOST, RESEARCH).values():
        for one in values:
            assert bool(one.value) == bool(one.path)
            assert one.quote in units[one.path].text if one.path else not one.quote


def test_object_origin_share_and_list_are_read_from_the_words() -> None:
    found = told(bill(section(4, "Hosting", RULE)), "sec. 4(a)", HOST)
    assert [one.value for one in found["object"]] == ["model weights", "models"]
    assert [one.value for one in found["origin_test"]] == ["developed by"]
    assert [one.value for one in found["affiliate_pct"]] == ["50 percent"]
    assert [one.value for one in found["list_ref"]] == ["Entity List"]
    assert [one.value for one in found["regulated_party"]] == ["a United States person"]


def test_what_the_text_does_not_say_has_no_value() -> None:
    found = told(bill(section(4, "Hosting", RULE)), "sec. 4(a)", HOST)
    for facet in ("research_exception", "open_exception", "sunset", "derivative_reach"):
        assert [one.value for one in found[facet]] == [""]


def test_a_research_exception_says_for_whom_it_is() -> None:
    private = told(bill(section(4, "Hosting", RULE, SPARED)), "sec. 4(a)", HOST, RESEARCH)
    assert [one.value for one in private["research_exception"]] == ["for private persons"]
    agencies = subsection(
        "b", "Exception", text="Subsection (a) shall not apply to research by an executive agency."
    )
    mark = ("sec. 4(b)", "eco.research", "research by an executive agency")
    found = told(bill(section(4, "Hosting", RULE, agencies)), "sec. 4(a)", HOST, mark)
    assert [one.value for one in found["research_exception"]] == ["for agencies"]


def test_a_share_that_is_no_ownership_is_not_taken_for_one() -> None:
    rule = subsection(
        "a", "Rule", text="No person may host the weights of a model that cuts cost by 20 percent."
    )
    found = told(bill(section(4, "Hosting", rule)), "sec. 4(a)", HOST)
    assert [one.value for one in found["affiliate_pct"]] == [""]


def test_a_definition_is_told_by_its_own_paragraph_not_by_its_neighbours() -> None:
    text = bill(
        section(
            3,
            "Definitions",
            paragraph(1, "The term <term>listed model</term> means a model that is fine-tuned."),
            paragraph(2, "The term <term>foe</term> means a person headquartered in a far land."),
            text="In this Act:",
        )
        + section(4, "Use", text="No person may host a listed model of a foe.")
    )
    found = told(text, "sec. 3(1)", ("sec. 3(1)", "ow.derivative", "fine-tuned"))
    assert [one.value for one in found["origin_test"]] == [""]
