"""Sites for the tests: the sample's, and one of two bills."""

from __future__ import annotations

from pathlib import Path

import pytest

from legannot.resources import data
from tests.site.places import CONFIG, Place, two_bills


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A folder with the configuration of the sample's site, not built yet."""
    made = Place(tmp_path)
    made.configure(CONFIG)
    return made


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """The sample's site, to be looked at and left as it is."""
    made = Place(tmp_path_factory.mktemp("site"))
    made.configure(CONFIG)
    made.build()
    return made


@pytest.fixture
def two(place: Place) -> Place:
    """A site of two bills out of one bill's words, each with two versions as files."""
    folder = data("corpus") / "sample" / "model-access"
    for number in ("99990", "99991"):
        for code in ("ih", "rh"):
            text = (folder / f"{code}.xml").read_text(encoding="utf-8")
            renamed = text.replace("99990", number)
            (place.folder / f"{number}-{code}.xml").write_text(renamed, encoding="utf-8")
    place.configure(two_bills())
    return place
