"""Dates, periods, amounts, shares, compute and counts."""

from __future__ import annotations

import pytest

from legannot.read import read
from tests.read.documents import bill, section


def typed(text: str) -> list[tuple[str, str, str]]:
    found = read(bill(section(2, "Rule", text=text))).quantities
    return [(q.kind, q.value, q.unit) for q in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on January 1, 2027", ("date", "2027-01-01", "day")),
        ("for fiscal year 2027", ("date", "2027", "fiscal year")),
        ("not later than 180 days after", ("duration", "180", "day")),
        ("the 7-year period", ("duration", "7", "year")),
        ("ninety calendar days", ("duration", "90", "day")),
        ("twenty-four hours", ("duration", "24", "hour")),
        ("fined $1,000,000", ("money", "1000000", "USD")),
        ("a fine of $2.5 million", ("money", "2500000", "USD")),
        ("owns 50 percent or more", ("percent", "50", "percent")),
        ("owns fifty percent", ("percent", "50", "percent")),
        (
            "greater than 10^26 integer or floating-point operations",
            ("compute", "10^26", "operations"),
        ),
        (
            "greater than 10 26 integer or floating-point operations",
            ("compute", "10^26", "operations"),
        ),
        (
            "greater than 1026 integer or floating-point operations",
            ("compute", "10^26", "operations"),
        ),
        ("greater than 10**26 FLOPs", ("compute", "10^26", "operations")),
        (
            "10^20 floating-point operations per second",
            ("compute", "10^20", "operations per second"),
        ),
        ("at least 1,000,000,000 parameters", ("number", "1000000000", "parameters")),
        ("not fewer than 9 members", ("number", "9", "members")),
        ("three times the amount", ("number", "3", "times")),
    ],
)
def test_a_quantity_is_typed(text: str, expected: tuple[str, str, str]) -> None:
    assert typed(text) == [expected]


def test_a_superscript_is_read_as_a_power() -> None:
    text = "greater than 10<superscript>26</superscript> floating-point operations"
    assert typed(text) == [("compute", "10^26", "operations")]


@pytest.mark.parametrize(
    "text",
    [
        "section 1026 of title 10, United States Code",
        "Public Law 116-283 (134 Stat. 3388)",
        "in 2027 and later",
        "February 30, 2027",
        "1026 pages",
    ],
)
def test_a_number_that_names_law_or_a_year_is_no_amount(text: str) -> None:
    assert all(kind == "number" and unit == "pages" for kind, _, unit in typed(text))
