"""A folder or zip of XML is taken as it is; what is no bill is named and left out."""

from __future__ import annotations

import json
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from legannot.errors import InputError
from legannot.fetch.importing import Imported, import_files
from legannot.model import BillId
from legannot.source.library import Added, Library, Origin
from tests.conftest import CORPUS, needs_corpus
from tests.published import bill_xml

NOW = "2026-11-25T10:00:00Z"
BILL = BillId(119, "hr", 1316)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as people have them: bills, a folder in it, and other things."""
    made = tmp_path / "bills"
    (made / "deeper").mkdir(parents=True)
    (made / "first.xml").write_bytes(bill_xml(BILL, "ih"))
    (made / "deeper" / "second.xml").write_bytes(bill_xml(BILL, "rh"))
    (made / "mods.xml").write_bytes(b"<mods/>")
    (made / "page.htm").write_bytes(b"<html/>")
    (made / ".hidden.xml").write_bytes(b"<x/>")
    return made


def took(library: Library, path: Path) -> Imported:
    return import_files(library, path, NOW)


def test_a_folder_is_taken_with_its_folders(library: Library, folder: Path) -> None:
    found = took(library, folder)
    assert found.refused == ()
    assert [held.id for held in library.versions(BILL)] == ["119hr1316ih", "119hr1316rh"]
    held = library.find(BILL, "ih")
    assert held is not None
    assert library.read(held) == (folder / "first.xml").read_bytes()
    assert (held.received.address, held.received.at, held.received.origin) == (
        str(folder / "first.xml"),
        NOW,
        Origin.IMPORTED,
    )


def test_an_imported_bill_has_its_own_title_in_the_list(library: Library, folder: Path) -> None:
    took(library, folder)
    (entry,) = library.bills()
    assert entry.record.title == "To require that weights be published."
    assert entry.record.checked == ""


def test_the_same_folder_again_is_no_news(library: Library, folder: Path) -> None:
    took(library, folder)
    assert {addition.what for addition in took(library, folder).additions} == {Added.SAME}


def test_what_is_no_bill_is_named_and_the_rest_is_taken(library: Library, folder: Path) -> None:
    (folder / "page.xml").write_bytes(b"<!DOCTYPE html><html/>")
    (folder / "empty.xml").write_bytes(b"")
    (folder / "broken.xml").write_bytes(bill_xml(BILL, "eh")[:-30])
    (folder / "nameless.xml").write_bytes(
        b"<bill><legis-body><section><enum>1.</enum><text>Words.</text></section></legis-body></bill>"
    )
    found = took(library, folder)
    assert len(library.versions(BILL)) == 2
    assert sorted(Path(line.split(":")[0].split(",")[0]).name for line in found.refused) == [
        "broken.xml",
        "empty.xml",
        "nameless.xml",
        "page.xml",
    ]


def test_a_file_that_does_not_say_what_it_is_is_taken_by_its_official_name(
    library: Library, tmp_path: Path
) -> None:
    (tmp_path / "BILLS-119hr1316eh.xml").write_bytes(
        b"<bill><legis-body><section><enum>1.</enum><text>Words.</text></section></legis-body></bill>"
    )
    took(library, tmp_path)
    assert [held.id for held in library.versions(BILL)] == ["119hr1316eh"]


def test_a_zip_of_many_and_a_zip_in_a_folder_are_read(library: Library, tmp_path: Path) -> None:
    inner = tmp_path / "in" / "bills.ZIP"
    inner.parent.mkdir()
    with zipfile.ZipFile(inner, "w") as package:
        package.writestr("a/ih.xml", bill_xml(BILL, "ih"))
        package.writestr("../../b.xml", bill_xml(BILL, "rh"))
        package.writestr("a/mods.xml", b"<mods/>")
    assert took(library, inner.parent).refused == ()
    assert len(library.versions(BILL)) == 2
    assert not (tmp_path / "b.xml").exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 nothing", b"PK\x05\x06" + b"\x00" * 10])
def test_a_damaged_zip_is_said(library: Library, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.zip").write_bytes(content)
    with pytest.raises(InputError, match="damaged"):
        took(library, tmp_path / "a.zip")


def test_a_member_that_unpacks_to_more_than_a_bill_is_not_unpacked(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("legannot.fetch.importing.MAX_BYTES", 1_000_000)
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("big.xml", b" " * 5_000_000)
        package.writestr("ih.xml", bill_xml(BILL, "ih"))
    found = took(library, tmp_path / "a.zip")
    assert "larger than" in found.refused[0]
    assert len(found.additions) == 1


@pytest.mark.parametrize("name", ["nothing-there", "empty"])
def test_nothing_to_import_is_said(library: Library, tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError):
        took(library, tmp_path / name)


def test_a_record_that_says_something_else_than_the_file_is_not_believed(
    library: Library, tmp_path: Path
) -> None:
    (tmp_path / "x.xml").write_bytes(bill_xml(BILL, "ih"))
    entry = {
        "file": "x.xml",
        "bill": "119hr1",
        "version": "samdt5",
        "kind": "amendment",
        "sha256": "0" * 64,
        "current": True,
        "published": "",
        "address": "https://www.govinfo.gov/x.xml",
        "received": "2026-01-01T00:00:00Z",
        "headers": {},
    }
    record = tmp_path / "provenance.json"
    record.write_text(json.dumps({"schema": "legannot/provenance/1", "texts": [entry]}))
    assert "does not fit" in took(library, tmp_path).refused[0]
    entry["kind"] = "bill"
    record.write_text(json.dumps({"schema": "legannot/provenance/1", "texts": [entry]}))
    (told,) = took(library, tmp_path).refused
    assert "x.xml: is not the file that the record beside it speaks of" in told
    assert [held.id for held in library.versions(BILL)] == ["119hr1316ih"]
    assert came_from(library, "ih") == str(tmp_path / "x.xml")


ADDRESS = "https://www.govinfo.gov/first.xml"
ENTRY: dict[str, object] = {
    "file": "first.xml",
    "bill": "119hr1316",
    "version": "ih",
    "kind": "bill",
    "sha256": sha256(bill_xml(BILL, "ih")).hexdigest(),
    "current": True,
    "published": "2026-01-05",
    "address": ADDRESS,
    "received": "2026-01-06T00:00:00Z",
    "headers": {"etag": "a"},
}


def record_of(*entries: object) -> str:
    return json.dumps({"schema": "legannot/provenance/1", "texts": entries})


def came_from(library: Library, version: str) -> str:
    held = library.find(BILL, version)
    assert held is not None
    return held.received.address


@pytest.mark.parametrize(
    ("record", "what"),
    [
        ("[]", "is not what `legannot library export` writes"),
        ("null", "is not what `legannot library export` writes"),
        ('{"schema": "x", "texts": []}', "is not what `legannot library export` writes"),
        ('{"schema": 1, "texts": []}', "is not what `legannot library export` writes"),
        ('{"texts": []}', "is not what `legannot library export` writes"),
        (
            '{"schema": "legannot/provenance/2", "texts": []}',
            "is in the format 'legannot/provenance/2', where 'legannot/provenance/1' is read",
        ),
        ('{"schema": "legannot/provenance/1"}', "is damaged: `texts` is no list"),
        ('{"schema": "legannot/provenance/1", "texts": {}}', "is damaged: `texts` is no list"),
        ('{"schema": "legannot/provenance/1", "texts": 3}', "is damaged: `texts` is no list"),
    ],
)
def test_a_record_of_another_shape_is_told_and_keeps_no_text_out(
    library: Library, folder: Path, record: str, what: str
) -> None:
    (folder / "provenance.json").write_text(record)
    found = took(library, folder)
    assert len(found.additions) == 2
    (told,) = found.refused
    assert f"provenance.json: {what}; texts are taken without what it says of them." in told
    assert told.endswith(("Export them again.", "version of legannot that wrote it."))


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        pytest.param(7, "entry 2: is no object", id="a number"),
        pytest.param(None, "entry 2: is no object", id="null"),
        pytest.param([], "entry 2: is no object", id="a list"),
        pytest.param({}, "entry 2: `file` is missing", id="nothing"),
        pytest.param({"file": []}, "entry 2: `file` is no text", id="file"),
        pytest.param({"file": "a\nb"}, "entry 2: `bill` is missing", id="a name of two lines"),
        pytest.param({"version": 1}, "(deeper/second.xml): `version` is no text", id="version"),
        pytest.param({"kind": "law"}, "`kind` is no kind of text", id="kind"),
        pytest.param({"kind": ["bill"]}, "`kind` is no kind of text", id="kinds"),
        pytest.param({"current": "no"}, "`current` is no truth value", id="current"),
        pytest.param({"published": "2026-13-01"}, "`published` is no day", id="published"),
        pytest.param({"published": 20260105}, "`published` is no day", id="a day as a number"),
        pytest.param({"address": None}, "`address` is no text", id="address"),
        pytest.param({"received": "yesterday"}, "`received` is no moment", id="received"),
        pytest.param({"received": 5}, "`received` is no moment", id="a moment as a number"),
        pytest.param({"headers": []}, "`headers` is no object of texts", id="headers"),
        pytest.param({"headers": {"etag": 1}}, "`headers` is no object of texts", id="a header"),
        pytest.param({"file": "first.xml"}, "`file` stands in an earlier entry", id="twice"),
    ],
)
def test_a_damaged_entry_of_a_record_is_told_and_the_others_count(
    library: Library, folder: Path, entry: object, what: str
) -> None:
    if isinstance(entry, dict) and len(entry) == 1 and "bill" not in what:
        whole = {**ENTRY, "file": "deeper/second.xml", "version": "rh", "address": "elsewhere"}
        entry = {**whole, **entry}
    (folder / "provenance.json").write_text(record_of(ENTRY, entry))
    found = took(library, folder)
    assert len(found.additions) == 2
    assert came_from(library, "ih") == ADDRESS
    assert came_from(library, "rh") == str(folder / "deeper" / "second.xml")
    (told,) = found.refused
    assert told.startswith(f"{folder / 'provenance.json'}: is damaged: ")
    assert what in told
    assert "\n" not in told
    assert told.endswith("What these say is not used. Export them again.")


def test_a_record_that_is_damaged_throughout_is_told_in_a_line(
    library: Library, folder: Path
) -> None:
    (folder / "provenance.json").write_text(record_of(*range(10)))
    (told,) = took(library, folder).refused
    assert "entry 3: is no object; and 7 more. What these say" in told


@pytest.mark.parametrize("record", ["", "{", "[" * 100_000])
@pytest.mark.parametrize("zipped", [False, True], ids=["folder", "zip"])
def test_a_damaged_record_is_told_and_keeps_no_text_out(
    library: Library, folder: Path, record: str, zipped: bool
) -> None:
    path = folder / "provenance.json"
    path.write_text(record)
    if zipped:
        path = folder.parent / "a.zip"
        with zipfile.ZipFile(path, "w") as package:
            for file in ("first.xml", "deeper/second.xml", "provenance.json"):
                package.write(folder / file, file)
    found = took(library, path if zipped else folder)
    assert len(found.additions) == 2
    (told,) = found.refused
    assert "provenance.json: is damaged; texts are taken without what it says of them" in told


def test_a_damaged_zip_in_a_folder_keeps_no_other_file_out(library: Library, folder: Path) -> None:
    (folder / "a.zip").write_bytes(b"PK\x03\x04 nothing")
    with zipfile.ZipFile(folder / "b.zip", "w") as package:
        package.writestr("eh.xml", bill_xml(BILL, "eh"))
    found = took(library, folder)
    assert len(found.additions) == 3
    (told,) = found.refused
    assert "a.zip: is a damaged zip" in told


@needs_corpus
def test_official_packages_and_real_bills_are_taken(library: Library) -> None:
    took(library, CORPUS / "status" / "packages")
    assert [held.version for held in library.versions(BillId(116, "hr", 1500))] == [
        "ih",
        "rh",
        "eh",
        "rfs",
    ]
    found = took(library, CORPUS / "bills" / "116" / "hr1500")
    assert {addition.what for addition in found.additions} <= {Added.SAME, Added.CHANGED}
    assert found.refused == ()
