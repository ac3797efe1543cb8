"""Sites for the tests: the sample's, and one of two bills."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.site.places import CONFIG, Place, two_bills, two_sample_bills


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
    two_sample_bills(place.folder)
    place.configure(two_bills())
    return place
