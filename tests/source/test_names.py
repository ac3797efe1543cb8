"""A bill in any spelling that people use is understood, and nothing else is taken for one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legannot.source.names import current_congress, read_name

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    "text",
    [
        "119hr1316",
        "119HR1316",
        "119/hr/1316",
        "119-hr-1316",
        "119 H.R. 1316",
        "119th H. R. 1316",
        "119th Congress, H.R. 1316",
        "H.R. 1316 (119th Congress)",
        "hr 1316, 119",
        "https://www.congress.gov/bill/119th-congress/house-bill/1316",
        "https://www.congress.gov/bill/119th-congress/house-bill/1316/text?format=txt",
        "www.congress.gov/bill/119/house-bill/1316",
        "https://api.congress.gov/v3/bill/119/hr/1316?format=json",
        "https://www.govinfo.gov/bulkdata/BILLSTATUS/119/hr/BILLSTATUS-119hr1316.xml",
        "https://www.govinfo.gov/link/bills/119/hr/1316",
    ],
)
def test_every_usual_spelling_names_the_bill(text: str) -> None:
    named = read_name(text, TODAY)
    assert named is not None
    assert (str(named), named.assumed) == ("119hr1316", False)


@pytest.mark.parametrize(
    "text",
    [
        "119hr1316ih",
        "119/hr/1316/ih",
        "119 H.R. 1316 IH",
        "BILLS-119hr1316ih.xml",
        "https://www.govinfo.gov/content/pkg/BILLS-119hr1316ih/xml/BILLS-119hr1316ih.xml",
        "https://www.govinfo.gov/app/details/BILLS-119hr1316ih",
    ],
)
def test_every_usual_spelling_names_the_version(text: str) -> None:
    assert str(read_name(text, TODAY)) == "119hr1316ih"


@pytest.mark.parametrize(
    ("text", "bill"),
    [
        ("H.R. 1316", "119hr1316"),
        ("hr1316", "119hr1316"),
        ("S. 1", "119s1"),
        ("S.J. Res. 4", "119sjres4"),
        ("H. Con. Res. 21", "119hconres21"),
        ("S. Res. 490", "119sres490"),
    ],
)
def test_without_a_congress_it_is_the_current_one_and_that_is_told(text: str, bill: str) -> None:
    named = read_name(text, TODAY)
    assert named is not None
    assert (str(named), named.assumed) == (bill, True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ih.xml",
        "rh",
        "bills/119hr1316",
        "119hr0",
        "119hr123456",
        "119xx12",
        "118 H.R. 1 (119th)",
        "sample:model-access",
        "https://example.org/",
        "h" * 100_000,
    ],
)
def test_nothing_else_is_a_bill(text: str) -> None:
    assert read_name(text, TODAY) is None


def test_an_amendment_has_a_name_of_its_own() -> None:
    named = read_name("117samdt2137", TODAY)
    assert named is not None
    assert (named.amendment, str(named)) == ("samdt2137", "117samdt2137")


@pytest.mark.parametrize(
    ("day", "congress"),
    [
        (date(2025, 1, 2), 118),
        (date(2025, 1, 3), 119),
        (date(2026, 11, 25), 119),
        (date(2027, 1, 2), 119),
        (date(2027, 1, 3), 120),
    ],
)
def test_a_congress_begins_on_january_3_of_an_odd_year(day: date, congress: int) -> None:
    assert current_congress(day) == congress


@given(st.text(alphabet="0123456789hrsconjeamdtih ./-()th,", max_size=30) | st.text(max_size=40))
def test_whatever_is_typed_is_a_name_or_none_and_a_name_reads_back(text: str) -> None:
    named = read_name(text, TODAY)
    if named is not None:
        assert read_name(str(named), TODAY) == replace(named, assumed=False)
