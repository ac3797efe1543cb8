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
        ("10²⁶ FLOPs", ("compute", "10^26", "operations")),
        ("10^(26) operations", ("compute", "10^26", "operations")),
        ("1e26 FLOPs", ("compute", "10^26", "operations")),
        ("1E+26 FLOPs", ("compute", "10^26", "operations")),
        ("100 septillion operations", ("compute", "10^26", "operations")),
        ("one hundred septillion operations", ("compute", "10^26", "operations")),
        (f"100{8 * ',000'} integer operations", ("compute", "10^26", "operations")),
        ("10 to the power of 26 operations", ("compute", "10^26", "operations")),
        ("10 raised to the 26th power operations", ("compute", "10^26", "operations")),
        ("ten to the twenty-sixth power operations", ("compute", "10^26", "operations")),
        ("1.5 × 10^26 FLOPs", ("compute", f"15{25 * '0'}", "operations")),
        ("2.5e25 FLOPs", ("compute", f"25{24 * '0'}", "operations")),
        ("1.5 million dollars", ("money", "1500000", "USD")),
        ("five hundred thousand dollars", ("money", "500000", "USD")),
        ("two million five hundred thousand dollars", ("money", "2500000", "USD")),
        ("a 5 million dollar fine", ("money", "5000000", "USD")),
        ("$1.2345 thousand", ("money", "1234.5", "USD")),
        ("one hundred and eighty days", ("duration", "180", "day")),
        ("one thousand users", ("number", "1000", "users")),
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
        "1e26 pages",
        "10²⁶",
    ],
)
def test_a_number_that_names_law_or_a_year_is_no_amount(text: str) -> None:
    assert all(kind == "number" and unit == "pages" for kind, _, unit in typed(text))


def test_from_ten_to_a_number_of_operations_is_no_power() -> None:
    assert "compute" not in [kind for kind, _, _ in typed("from 10 to 26 operations")]


@pytest.mark.parametrize(
    ("text", "direction", "anchor"),
    [
        (
            "Not later than 180 days after the date of the enactment of this Act, the Secretary",
            "after",
            "the date of the enactment of this Act",
        ),
        (
            "180 days after the date of enactment of this Act the Board shall act.",
            "after",
            "the date of enactment of this Act",
        ),
        ("30 days before the hearing.", "before", "the hearing"),
        ("30 days prior to January 1, the", "before", "January 1"),
        ("one year after January 1, 2027, the", "after", "January 1, 2027"),
        (
            "60 days after the date of the enactment of the Model Act (15 U.S.C. 1), and",
            "after",
            "the date of the enactment of the Model Act (15 U.S.C. 1)",
        ),
        (
            "the 5-year period beginning on the day of the award and ending",
            "after",
            "the day of the award",
        ),
        ("the 5-year period ending on the day of the award.", "before", "the day of the award"),
        ("30 days from receipt of the notice, the", "after", "receipt of the notice"),
        ("and 2 years thereafter", "after", ""),
        ("30 days after receiving a request the Secretary shall act", "after", ""),
        ("30 days before or after the vote", "", ""),
        ("for 30 days, after which it ends", "", ""),
        ("for a period of 10 years", "", ""),
    ],
)
def test_a_period_says_from_what_it_is_counted(text: str, direction: str, anchor: str) -> None:
    found = read(bill(section(2, "Rule", text=text))).quantities
    (period,) = [one for one in found if one.kind == "duration"]
    assert (period.direction, period.anchor) == (direction, anchor)
    assert anchor in text
