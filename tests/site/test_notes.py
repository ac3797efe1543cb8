"""Notes of the house on the site: on the page they are about, listed on the bill's, never lost."""

from __future__ import annotations

import pytest

from legannot.errors import InputError
from tests.site.places import CONFIG, Place

BILL = "bill/119-hr-99990"
NOTE = """\
id: {id}
anchor:
  version: {version}
  bill: {bill}
  provision: sec. 9(b)
  exact: {exact}
author: A. Person
date: 2026-09-20
kind: comment
---
Our *view* of it. <script>alert(1)</script>
"""


def note(place: Place, name: str = "one", **words: str) -> None:
    folder = place.folder / "notes"
    folder.mkdir(exist_ok=True)
    given = {"version": "eh", "bill": "119hr99990", "exact": EXACT, **words}
    (folder / f"{name}.md").write_text(NOTE.format(id=name, **given), encoding="utf-8")
    place.configure(f"{CONFIG}notes: notes\n")


EXACT = "shall not apply"


@pytest.fixture
def noted(place: Place) -> Place:
    note(place)
    return place


def test_a_note_stands_in_the_report_and_in_the_list_of_its_bill(noted: Place) -> None:
    noted.build()
    page = noted.page(f"{BILL}/latest/index.html")
    assert "<em>view</em>" in page
    assert "<script>alert" not in page
    listed = noted.page(f"{BILL}/index.html")
    assert f"“{EXACT}”" in listed
    assert "A. Person, September 20, 2026" in listed
    assert ">the same" in listed


def test_a_page_of_other_versions_does_not_call_the_note_gone(noted: Place) -> None:
    noted.build()
    assert "A. Person" not in noted.page(f"{BILL}/ih-rh/index.html")


def test_a_changed_note_rebuilds_its_bill(noted: Place) -> None:
    noted.build()
    assert noted.build().made == ()
    path = noted.folder / "notes" / "one.md"
    path.write_text(path.read_text("utf-8").replace("Our", "Their"), encoding="utf-8")
    assert noted.build().made == ("H.R. 99990",)


def test_words_that_are_not_there_are_listed_as_gone_and_not_dropped(place: Place) -> None:
    note(place, exact="words that nobody wrote")
    place.build()
    assert "no longer there" in place.page(f"{BILL}/index.html")


def test_a_note_on_a_bill_that_is_not_on_the_site_is_an_error(noted: Place) -> None:
    note(noted, "other", bill="119hr5")
    with pytest.raises(InputError, match="not on the site") as caught:
        noted.build()
    assert "other.md" in caught.value.where
