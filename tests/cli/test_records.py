"""A bill's BILLSTATUS record beside its texts: titles, actions and days in reports, order of
versions.
"""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from legannot.model import BillId, life
from legannot.source.library import BillRecord, Library, Received
from tests.cli.program import legannot
from tests.published import bill_xml, status_xml

BILL = BillId(119, "hr", 1316)
MORE = """<titles><item><titleType>Official Title as Introduced</titleType><title>To require that
weights be published.</title></item><item><titleType>Short Title(s) as Introduced</titleType><title>
Open Weights Act</title></item></titles><sponsors><item><fullName>Rep. Roe, Ana [I-VT-1]</fullName>
</item></sponsors><committees><item><name>Science Committee</name><chamber>House</chamber></item>
</committees>"""
DAYS = (("eh", "2026-03-09", ""), ("rh", "2026-02-08", ""), ("ih", "2026-01-07", ""))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for version in ("ih", "rh", "eh"):
        (tmp_path / f"{version}.xml").write_bytes(bill_xml(BILL, version, f"be {version}"))
    (tmp_path / "record.xml").write_bytes(status_xml(BILL, DAYS, more=MORE))
    return tmp_path


def report(folder: Path, *names: str, style: str = "json") -> tuple[str, str, str]:
    done = legannot(
        "report", *names, "--no-embeddings", "-o", f"r.{style}", cwd=folder, LEGANNOT_LIBRARY="none"
    )
    assert done.code == 0, done.err
    return (folder / f"r.{style}").read_text("utf-8"), done.out, done.err


def test_a_record_named_with_the_versions_dates_them_and_stands_at_the_head(folder: Path) -> None:
    text, out, err = report(folder, "eh.xml", "record.xml", "ih.xml", "rh.xml")
    made = json.loads(text)
    assert [bill["dates"]["issued"] for bill in made["bills"]] == [
        "2026-01-07",
        "2026-02-08",
        "2026-03-09",
    ]
    record = made["record"]
    assert record["official_title"] == "To require that weights be published."
    assert record["sponsors"] == ["Rep. Roe, Ana [I-VT-1]"]
    assert record["committees"] == ["House: Science Committee"]
    assert record["latest_action"] == {"day": "2026-05-20", "text": "Received in the Senate."}
    assert record["source"] == "record.xml"
    assert "Latest action: May 20, 2026, Received in the Senate." in out
    assert "put in the order of their stages: ih -> rh -> eh" in err


@pytest.mark.parametrize("style", ["html", "md"])
def test_pages_say_what_the_record_says(folder: Path, style: str) -> None:
    text, _, _ = report(folder, "ih.xml", "rh.xml", "record.xml", style=style)
    for words in ("Introduced in House, January 7, 2026", "Open Weights Act", "Rep. Roe, Ana"):
        assert words in text
    assert str(folder) not in text


def test_a_report_without_a_record_has_none(folder: Path) -> None:
    text, _, _ = report(folder, "ih.xml", "rh.xml")
    assert json.loads(text)["record"] is None


def test_a_damaged_record_of_the_library_is_left_out_and_that_is_said(folder: Path) -> None:
    with Library(folder / "library") as library, library.writing() as write:
        write.add(BILL, "ih", (folder / "ih.xml").read_bytes(), Received("a", "2026-11-25"))
        status = library.files.put((folder / "record.xml").read_bytes())
        write.record(BillRecord(BILL, status=status))
    library.files.path(status).write_bytes(b"<billStatus>")
    done = legannot(
        "report", str(BILL), "--no-embeddings", "-o", "r.json",
        cwd=folder, LEGANNOT_LIBRARY=str(folder / "library"),
    )  # fmt: skip
    assert done.code == 0
    assert json.loads((folder / "r.json").read_text("utf-8"))["record"] is None
    assert "the record of 119hr1316 is left out" in done.err
    assert "Fetch the bill again; that replaces it." in done.err


def test_a_folder_with_a_record_in_it_is_a_bill_with_its_record(folder: Path) -> None:
    text, _, _ = report(folder, ".")
    assert len(json.loads(text)["bills"]) == 3
    assert json.loads(text)["record"]["title"] == "Weights Act"


def test_the_record_of_another_bill_is_left_out_and_that_is_said(folder: Path) -> None:
    (folder / "other.xml").write_bytes(status_xml(BillId(119, "s", 5), DAYS))
    text, _, err = report(folder, "ih.xml", "other.xml")
    assert json.loads(text)["record"] is None
    assert (
        "the record of S. 5 (119) in other.xml is left out: no version of that bill was named."
        in err
    )


NEWER, LAST = "it is the newer", "they do not tell which is newer, and it was named last"


@pytest.mark.parametrize(
    ("first", "second", "used", "why"),
    [
        ("2026-05-20T08:08:11Z", "2026-05-21T08:08:11Z", "second", NEWER),
        ("2026-05-21T08:08:11Z", "2026-05-20T08:08:11Z", "first", NEWER),
        ("2026-05-20T08:08:12Z", "2026-05-20T08:08:11Z", "first", NEWER),
        ("2026-05-21", "2026-05-20T08:08:11Z", "first", NEWER),
        ("2026-05-20", "2026-05-20T08:08:11Z", "second", LAST),
        ("2026-05-20T08:08:11Z", "2026-05-20T08:08:11Z", "second", LAST),
        ("2026-05-20T08:08:11Z", "", "second", LAST),
        ("", "", "second", LAST),
        ("yesterday", "a week ago", "second", LAST),
    ],
)
def test_of_two_records_of_a_bill_it_is_said_which_is_used_and_why(
    folder: Path, first: str, second: str, used: str, why: str
) -> None:
    for name, moment in (("first", first), ("second", second)):
        record = status_xml(BILL, DAYS, title=name).replace(
            b"2026-05-20T08:08:11Z", moment.encode()
        )
        (folder / f"{name}.xml").write_bytes(record)
    text, _, err = report(folder, "ih.xml", "first.xml", "second.xml")
    assert json.loads(text)["record"]["title"] == used
    left = "second" if used == "first" else "first"
    assert (
        f"of two records of H.R. 1316 (119) the one in {used}.xml is used and the one in {left}.xml"
        f" left out: {why}." in err
    )


def test_a_record_that_was_named_goes_before_one_of_the_library_as_old(folder: Path) -> None:
    with Library(folder / "library") as library, library.writing() as write:
        write.add(BILL, "ih", (folder / "ih.xml").read_bytes(), Received("a", "2026-11-25"))
        status = library.files.put(status_xml(BILL, DAYS, title="of the library"))
        write.record(BillRecord(BILL, status=status))
    done = legannot(
        "report", str(BILL), "record.xml", "--no-embeddings", "-o", "r.json",
        cwd=folder, LEGANNOT_LIBRARY=str(folder / "library"),
    )  # fmt: skip
    assert json.loads((folder / "r.json").read_text("utf-8"))["record"]["source"] == "record.xml"
    assert f"the one in record.xml is used and the one in the library left out: {LAST}" in done.err


def test_the_same_record_twice_is_one(folder: Path) -> None:
    (folder / "again.xml").write_bytes((folder / "record.xml").read_bytes())
    _, _, err = report(folder, "ih.xml", "record.xml", "again.xml")
    assert "two records" not in err


def test_a_record_alone_is_no_version(folder: Path) -> None:
    done = legannot("report", "record.xml", cwd=folder)
    assert done.code == 3
    assert "record.xml: is the record of a bill (BILLSTATUS), not a text of it." in done.err


def test_days_that_run_against_the_stages_are_told(folder: Path) -> None:
    days = (("ih", "2026-02-08", ""), ("rh", "2026-01-07", ""))
    (folder / "record.xml").write_bytes(status_xml(BILL, days))
    _, _, err = report(folder, "ih.xml", "rh.xml", "record.xml")
    assert "rh follows ih by its stage, though it was issued before it" in err


def test_amendments_that_the_chambers_exchange_follow_their_days(folder: Path) -> None:
    for version in ("eas", "eah"):
        (folder / f"{version}.xml").write_bytes(bill_xml(BILL, version))
    days = (("eah", "2026-05-02", ""), ("eas", "2026-04-01", ""))
    (folder / "record.xml").write_bytes(status_xml(BILL, days))
    text, _, _ = report(folder, "eah.xml", "eas.xml", "record.xml")
    assert [bill["version"] for bill in json.loads(text)["bills"]] == ["eas", "eah"]


@pytest.mark.parametrize(
    ("kind", "versions"),
    [
        ("hr", ["ih", "rh", "pch", "eh", "rds", "rfs", "rs", "pcs", "eas", "enr", "pl"]),
        ("s", ["is", "rs", "pcs", "es", "rdh", "rfh", "rh", "pch", "eah", "enr", "pl"]),
    ],
)
def test_versions_stand_in_the_order_of_a_bill_that_passes_both_chambers(
    kind: str, versions: list[str]
) -> None:
    bill = BillId(119, kind, 1)
    any_order = sorted(versions)
    assert sorted(any_order, key=lambda version: life(bill, version)) == versions


def test_packages_give_a_report_their_days(folder: Path) -> None:
    for version, day in (("ih", "2026-01-07"), ("eh", "2026-03-09")):
        name = f"BILLS-{BILL}{version}"
        mods = (
            '<mods xmlns="http://www.loc.gov/mods/v3"><originInfo>'
            f"<dateIssued>{day}</dateIssued></originInfo></mods>"
        )
        with zipfile.ZipFile(folder / f"{name}.zip", "w") as package:
            package.writestr(f"{name}/xml/{name}.xml", bill_xml(BILL, version, f"be {version}"))
            package.writestr(f"{name}/mods.xml", mods)
    text, out, _ = report(folder, f"BILLS-{BILL}eh.zip", f"BILLS-{BILL}ih.zip")
    assert [bill["dates"]["issued"] for bill in json.loads(text)["bills"]] == [
        "2026-01-07",
        "2026-03-09",
    ]
    assert "Introduced in House (January 7, 2026) -> Engrossed in House (March 9, 2026)" in out
