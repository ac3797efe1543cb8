"""What limits the words of a tagged provision stands beside its notes."""

from __future__ import annotations

from functools import cache

from lxml import html

from legannot.cli.analyst import Analyst
from legannot.render.html import render
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


def test_a_clause_that_goes_on_in_the_items_says_so_and_a_long_one_is_cut_at_a_word() -> None:
    found = limits()
    assert any(one.endswith("” with what follows") for one in found)
    cut = [one for one in found if one.endswith(" …”")]
    assert cut
    assert all(len(one) <= 105 for one in cut)


def test_items_subject_to_regulations_are_under_no_condition() -> None:
    assert not [one for one in limits() if "subject to the Export" in one]
