"""BILLSTATUS: what is said of a bill is read in either age, and anything else is refused."""

from __future__ import annotations

import pytest

from legannot.errors import InputError
from legannot.model import BillId
from legannot.parse import is_billstatus
from legannot.parse.billstatus import read_billstatus

RECORD = """<billStatus><bill>{identity}<congress>119</congress><title>Weights  Act</title>
<sponsors><item><fullName>Rep. Doe, Jane [I-VT-1]</fullName></item></sponsors>
<committees>{committees}</committees>
<relatedBills><item><title>Other Act</title><congress>119</congress><number>12</number>
<type>S</type><relationshipDetails><item><type>Identical bill</type><identifiedBy>CRS</identifiedBy>
</item></relationshipDetails></item><item><type>BOOK</type></item></relatedBills>
<amendments><amendment><number>7</number><congress>119</congress><type>SAMDT</type>
<purpose>To strike.</purpose></amendment><amendment><type>SAMDT</type></amendment></amendments>
<textVersions><item><type>Engrossed in House</type><date>2026-03-01T05:00:00Z</date><formats>
<item><url>https://www.govinfo.gov/x/BILLS-119hr3eh.pdf</url></item>
<item><url>https://www.govinfo.gov/x/BILLS-119hr3eh.xml</url></item></formats></item>
<item><date/><formats/><type/></item><item><type>Enrolled Bill</type></item>
<item><type>Public Law</type></item></textVersions></bill></billStatus>"""
COMMITTEE = "<item><name>Commerce</name><chamber>House</chamber></item>"
OLD = RECORD.format(
    identity="<billType>HR</billType><billNumber>3</billNumber>",
    committees=f"<billCommittees>{COMMITTEE}</billCommittees>",
)
NEW = RECORD.format(identity="<type>HR</type><number>3</number>", committees=COMMITTEE)


def test_both_ages_of_the_format_say_the_same() -> None:
    assert read_billstatus(OLD.encode(), "old") == read_billstatus(NEW.encode(), "new")


def test_everything_that_is_asked_of_it_is_there() -> None:
    status = read_billstatus(NEW.encode(), "new")
    assert (status.bill, status.title) == (BillId(119, "hr", 3), "Weights Act")
    assert status.committees == ("House: Commerce",)
    assert [s.name for s in status.sponsors] == ["Rep. Doe, Jane [I-VT-1]"]
    (related,) = status.related
    assert (str(related.bill), related.relations) == ("119s12", ("Identical bill (CRS)",))
    assert [(a.name, a.purpose) for a in status.amendments] == [("samdt7", "To strike.")]
    assert [(t.version, t.day, len(t.addresses)) for t in status.texts] == [
        ("eh", "2026-03-01", 1),
        ("enr", "", 0),
        ("pl", "", 0),
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"<bill/>",
        b"<billStatus/>",
        b"<billStatus><bill/></billStatus>",
        b"<billStatus><bill><type>HR</type><number>x</number></bill></billStatus>",
        b"<billStatus><bill><type>HR</type><number>3</number><congress/></bill></billStatus>",
        b"<html><body/></html>",
        b"",
        b"<billStatus>",
    ],
)
def test_anything_else_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(InputError) as caught:
        read_billstatus(content, "record.xml")
    assert str(caught.value).startswith("record.xml")


# The largest comment that libxml2 reads has 10 MB.
LONG = "<!-- of the bulk data -->" + f"<!--{' as it came' * 500_000}-->"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(NEW, id="bare"),
        pytest.param(f'<?xml version="1.0"?>\n<?style x?>{LONG}\n{NEW}', id="behind comments"),
        pytest.param(f"<!DOCTYPE billStatus [<!ENTITY a '{'x' * 9000}'>]>{NEW}", id="DOCTYPE"),
        pytest.param(f"  \n{NEW}", id="behind blanks"),
        pytest.param("<billStatus><bill>", id="broken off"),
        pytest.param("<billStatus></bill>", id="not well-formed"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_record_is_told_by_its_root(content: str, encoding: str) -> None:
    assert is_billstatus(content.encode(encoding))


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("<!-- from <billStatus> --><bill/>", id="in a comment"),
        pytest.param("<?from <billStatus?><bill/>", id="in an instruction"),
        pytest.param("<!DOCTYPE bill [<!ENTITY a '<billStatus/>'>]><bill/>", id="in an entity"),
        pytest.param("<bill><billStatus/></bill>", id="inside a bill"),
        pytest.param("<bill><![CDATA[<billStatus/>]]></bill>", id="in a bill's words"),
        pytest.param("<billStatusList/>", id="a longer name"),
        pytest.param("<html><body><billStatus/></body></html>", id="page"),
        pytest.param("The file begins with <billStatus>.", id="plain text"),
        pytest.param("<!-- <billStatus>", id="an open comment"),
        pytest.param("<billStatus", id="an open tag"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_only_names_the_element_of_a_record_is_none(content: str) -> None:
    assert not is_billstatus(content.encode())
