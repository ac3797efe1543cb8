from __future__ import annotations

import pytest

from legannot.diff.classes import classify
from legannot.model import ChangeClass

PARTNER = {"sec. 8": "sec. 18", "sec. 3": "sec. 3", "sec. 2(a)": "sec. 2(b)"}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param("may list", "shall list", ChangeClass.WORDS, id="a modal"),
        pytest.param("the list; and", "the list; or", ChangeClass.WORDS, id="a connective"),
        pytest.param("180 days after", "270 days after", ChangeClass.NUMBERS, id="a period"),
        pytest.param("$5,000 each", "$10,000 each", ChangeClass.NUMBERS, id="an amount"),
        pytest.param(
            "each of the 5 years", "each of the five years", ChangeClass.NUMBERS, id="digits"
        ),
        pytest.param("a “covered model”", 'a "covered model"', ChangeClass.TYPOGRAPHY, id="quotes"),
        pytest.param(
            "the Entity list.", "the Entity List;", ChangeClass.TYPOGRAPHY, id="case and stop"
        ),
        pytest.param(
            "under section 8",
            "under section 18",
            ChangeClass.CROSS_REFERENCE,
            id="followed renumbering",
        ),
        pytest.param(
            "under subsection (a)",
            "under subsection (b)",
            ChangeClass.CROSS_REFERENCE,
            id="inside the section",
        ),
        pytest.param(
            "section 8 of title 10", "section 18 of title 10", ChangeClass.NUMBERS, id="other law"
        ),
    ],
)
def test_a_change_is_classed_by_what_its_edits_hold(
    old: str, new: str, expected: ChangeClass
) -> None:
    assert classify(old, new, "sec. 2(c)", "sec. 2(c)", PARTNER).klass is expected


def test_a_reference_that_does_not_follow_the_renumbering_is_substance_and_says_so() -> None:
    judged = classify("under section 8", "under section 3", "sec. 2", "sec. 2", PARTNER)
    assert judged.klass is ChangeClass.NUMBERS
    assert judged.note == "section 8 became section 3, but sec. 8 is now sec. 18"
