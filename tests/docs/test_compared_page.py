"""The table of what readers expect names tests that exist."""

from __future__ import annotations

import re

import pytest

from tests.conftest import ROOT

ROWS = [
    line
    for line in (ROOT / "docs" / "compared.md").read_text(encoding="utf-8").splitlines()
    if re.match(r"\| \d+ \|", line)
]


def test_the_table_has_every_row() -> None:
    assert [int(row.split("|")[1]) for row in ROWS] == list(range(1, 24))


@pytest.mark.parametrize("row", ROWS, ids=[row.split("|")[2].strip() for row in ROWS])
def test_every_row_names_tests_that_exist(row: str) -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", row)
    assert named
    for file, test in named:
        assert re.search(rf"^ *def {test}\(", (ROOT / file).read_text("utf-8"), re.MULTILINE), test
