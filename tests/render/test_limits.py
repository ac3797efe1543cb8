"""What limits the words of a tagged provision stands beside its notes."""

from __future__ import annotations

from functools import cache

import pytest
from lxml import html

from legannot.cli.analyst import Analyst
from legannot.model import Evidence
from legannot.read import read
from legannot.render.html import render
from legannot.render.html.limits import limiting
from tests.read.documents import bill, paragraph, section
from tests.render.builders import sample


@cache
def limits() -> tuple[str, ...]:
    made = Analyst(None, embeddings=False).report(sample(), "legannot report")
    page = html.fromstring(render(made).decode())
    told = (" ".join(tie.text_content().split()) for tie in page.find_class("tie"))
    return tuple(one.removeprefix("Limited by ") for one in told if one.startswith("Limited by "))


def test_a_condition_of_a_tagged_provision_is_quoted_beside_it() -> None:
    found = limits()
    assert "“if such use is permitted by the terms of service of the owner”" in found
    assert "“other than the model weights of a listed entity model”" in found


def test_a_clause_that_goes_on_in_the_items_is_quoted_with_them_and_a_long_one_is_cut() -> None:
    found = limits()
    assert (
        "“only if the institution of higher education— (A) does not make the listed entity model"
        " available to …”"
    ) in found
    assert all(len(one) <= 105 for one in found)


TEXT = (
    "A developer may release the weights unless the Secretary objects. Each office that has a"
    " budget shall report, if asked. Notwithstanding section 5, a person may host a model."
)


def beside(evidence: str, text: str = TEXT, *items: str) -> tuple[str, ...]:
    """What is quoted beside a tag on some words of a section."""
    document = bill(
        section(1, "Conditions", *(paragraph(i, t) for i, t in enumerate(items, 1)), text=text)
    )
    (provision,) = document.provisions
    here = [c for c in read(document).conditions if c.path == provision.path]
    start = provision.text.index(evidence)
    return limiting(provision, here, [Evidence(start, start + len(evidence), evidence)])


def test_only_what_limits_the_words_of_the_tag_is_quoted() -> None:
    assert beside("release the weights") == ("unless the Secretary objects",)
    assert beside("shall report") == ("if asked",)
    assert beside("the Secretary objects") == ()


def test_what_prevails_over_other_law_is_not_limited_by_it() -> None:
    assert beside("host a model") == ()
    outside = (
        "Notwithstanding section 5 of the Export Act, the Secretary may license model weights."
    )
    assert beside("license model weights", outside) == ()


@pytest.mark.parametrize(
    ("evidence", "text", "items", "quoted"),
    [
        pytest.param(
            "open model",
            "The term open model does not include, for such purpose, a test model; and the term"
            " release means any use.",
            (),
            "does not include, for such purpose, a test model",
            id="past-an-aside",
        ),
        pytest.param(
            "open model",
            "The term open model does not include, a test model; and the term release means use.",
            (),
            "does not include, a test model",
            id="past-a-comma-too-many",
        ),
        pytest.param(
            "open model",
            "The term open model does not include—",
            (
                "a test model; or",
                "a model with fewer than 10,000 parameters that nobody may use.",
            ),
            "does not include— (1) a test model; or (2) a model with fewer than 10,000 parameters"
            " that nobody …",
            id="items",
        ),
        pytest.param(
            "license for weights",
            "The Secretary may issue a license for weights if— (A) the applicant asks; or (B) the"
            " Director agrees. The fee is $5.",
            (),
            "if— (A) the applicant asks; or (B) the Director agrees",
            id="items-in-the-text",
        ),
        pytest.param(
            "exports model weights",
            "A person who with intent to deceive exports model weights shall be fined.",
            (),
            "with intent to deceive exports model weights",
            id="state-of-mind",
        ),
    ],
)
def test_no_clause_is_quoted_without_what_it_says(
    evidence: str, text: str, items: tuple[str, ...], quoted: str
) -> None:
    assert beside(evidence, text, *items) == (quoted,)


def test_a_clause_that_limits_two_tags_is_quoted_once() -> None:
    text = "A person may export weights if licensed. A person may host weights if licensed."
    document = bill(section(1, "Conditions", text=text))
    (provision,) = document.provisions
    evidence = [Evidence(0, len(provision.text), provision.text)]
    assert limiting(provision, read(document).conditions, evidence) == ("if licensed",)


def test_items_subject_to_regulations_are_under_no_condition() -> None:
    assert not [one for one in limits() if "subject to the Export" in one]
