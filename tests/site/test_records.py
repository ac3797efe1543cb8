"""A bill's BILLSTATUS record on a site: its days, titles, sponsor and actions, be it a file beside
the versions or in the library.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from legannot.errors import InputError
from legannot.model import BillId
from legannot.site import build, read
from legannot.source import Source, from_bytes
from tests.published import bill_xml, status_xml
from tests.site.places import Place, analyst

BILL = BillId(119, "hr", 1316)
OTHER = BillId(119, "s", 7)
MORE = """<titles><item><titleType>Short Title(s) as Introduced</titleType><title>Open Weights
&lt;b&gt; Act</title></item></titles><sponsors><item><fullName>Rep. Roe, Ana [I-VT-1]</fullName>
</item></sponsors><committees><item><name>Science Committee</name><chamber>House</chamber></item>
</committees>"""
DAYS = (("ih", "2026-01-07", ""), ("rh", "2026-02-08", ""))
LATEST = "Latest action: May 20, 2026, Received in the Senate."
PAGE, EARLY = "bill/119-hr-1316/", "bill/119-hr-1316/ih/"
CONFIG = """\
title: Bills, Annotated
address: https://bills.example.org/
publisher: Example Institute
bills:
  - versions: [{versions}]
"""


@pytest.fixture
def files(tmp_path: Path) -> Place:
    """Two versions of a bill and its record beside them."""
    for version in ("ih", "rh"):
        (tmp_path / f"{version}.xml").write_bytes(bill_xml(BILL, version, f"be {version}"))
    (tmp_path / "status.xml").write_bytes(status_xml(BILL, DAYS, more=MORE))
    place = Place(tmp_path)
    place.configure(CONFIG.format(versions="ih.xml, status.xml, rh.xml"))
    return place


def record(place: Place, name: str) -> dict[str, object] | None:
    found: dict[str, object] | None = json.loads(place.page(f"{PAGE}{name}/report.json"))["record"]
    return found


def test_a_record_named_with_the_versions_is_shown_on_the_bills_page(files: Place) -> None:
    files.build()
    page = files.page(f"{PAGE}index.html")
    assert LATEST in page
    assert "Rep. Roe, Ana [I-VT-1]" in page
    assert "House: Science Committee" in page
    assert "Open Weights &lt;b&gt; Act" in page
    assert str(files.folder) not in page


def test_it_dates_the_versions_on_the_pages_and_in_the_feed(files: Place) -> None:
    files.build()
    page, feed = files.page(f"{PAGE}index.html"), files.page(f"{PAGE}feed.xml")
    for words, day in (("January 7, 2026", "2026-01-07"), ("February 8, 2026", "2026-02-08")):
        assert words in page
        assert f"{day}T" in feed
    assert "lastmod>2026-02-08<" in files.page("sitemap.xml")


def test_reports_of_the_newest_version_have_it_and_pages_of_older_ones_stay(files: Place) -> None:
    files.build()
    assert LATEST in files.page(f"{PAGE}ih-rh/index.html")
    found = record(files, "ih-rh")
    assert found is not None
    assert found["sponsors"] == ["Rep. Roe, Ana [I-VT-1]"]
    assert found["source"] == "status.xml"
    assert record(files, "rh") == found
    assert record(files, "ih") is None
    assert LATEST not in files.page(f"{EARLY}index.html")


def test_a_newer_record_makes_the_bill_anew_and_leaves_the_older_report(files: Place) -> None:
    files.build()
    before = files.files()
    newer = status_xml(BILL, DAYS, more=MORE).replace(b"Received in", b"Passed")
    (files.folder / "status.xml").write_bytes(newer)
    assert files.build().made == ("H.R. 1316",)
    after = files.files()
    assert "Passed the Senate." in files.page(f"{PAGE}index.html")
    assert before[f"{EARLY}report.json"] == after[f"{EARLY}report.json"]
    assert files.build().made == ()


def test_the_library_gives_the_record_with_the_versions(files: Place) -> None:
    status = status_xml(BILL, DAYS, more=MORE)

    def library(_: Sequence[str]) -> tuple[Source, ...]:
        return tuple(
            from_bytes(f"119hr1316{v}", bill_xml(BILL, v, f"be {v}"), status=status)
            for v in ("ih", "rh")
        )

    files.configure(CONFIG.format(versions="119hr1316"))

    def run() -> tuple[str, ...]:
        built = build(
            read(files.config), files.public, analyst, identity="rules alone", resolve=library,
            say=lambda _: None, workers=1,
        )  # fmt: skip
        return built.made

    run()
    assert LATEST in files.page(f"{PAGE}index.html")
    found = record(files, "ih-rh")
    assert found is not None
    assert found["source"] == "the library"
    assert run() == ()
    status = status.replace(b"Received in", b"Passed")
    assert run() == ("H.R. 1316",)
    assert "Passed the Senate." in files.page(f"{PAGE}index.html")


def test_a_record_of_another_bill_is_left_out_and_that_is_said(
    files: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    (files.folder / "status.xml").write_bytes(status_xml(OTHER, DAYS, more=MORE))
    files.build()
    assert LATEST not in files.page(f"{PAGE}index.html")
    assert record(files, "ih-rh") is None
    assert "the record of S. 7 (119) in status.xml is left out" in capsys.readouterr().err


def test_a_record_without_a_version_is_refused_with_its_line(files: Place) -> None:
    files.configure(CONFIG.format(versions="status.xml"))
    with pytest.raises(InputError) as caught:
        files.build()
    assert "record of a bill" in str(caught.value)
    assert caught.value.line == 5
    assert not files.public.exists() or not any(files.public.iterdir())


def test_a_broken_record_is_refused_with_its_line(files: Place) -> None:
    (files.folder / "status.xml").write_bytes(b"<billStatus><bill>")
    with pytest.raises(InputError) as caught:
        files.build()
    assert caught.value.line == 5


def test_versions_that_do_not_say_of_which_bill_they_are_get_the_record_by_the_entry(
    files: Place,
) -> None:
    for version in ("ih", "rh"):
        file = files.folder / f"{version}.xml"
        text = file.read_text("utf-8").replace("<legis-num>H.R. 1316</legis-num>", "")
        file.write_text(text.replace("119th CONGRESS", ""), "utf-8")
    files.configure(CONFIG.format(versions="ih.xml, rh.xml, status.xml") + "    id: 119hr1316\n")
    files.build()
    assert LATEST in files.page(f"{PAGE}index.html")
    assert "January 7, 2026" in files.page(f"{PAGE}index.html")


@pytest.mark.parametrize("kept", [True, False], ids=["of the page", "of the texts"])
def test_a_page_that_the_entry_calls_another_bill_shows_no_record_but_that_bills(
    files: Place, capsys: pytest.CaptureFixture[str], *, kept: bool
) -> None:
    (files.folder / "status.xml").write_bytes(status_xml(OTHER if kept else BILL, DAYS, more=MORE))
    files.configure(CONFIG.format(versions="ih.xml, rh.xml, status.xml") + "    id: 119s7\n")
    files.build()
    page = files.page("bill/119-s-7/index.html")
    made = json.loads(files.page("bill/119-s-7/ih-rh/report.json"))
    assert [LATEST in page, "January 7, 2026" in page, made["record"] is not None] == [kept] * 3
    assert ("status.xml" in capsys.readouterr().err) is not kept


def test_a_record_left_out_of_a_page_that_the_entry_calls_another_bill_is_named_with_the_reason(
    files: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    files.configure(CONFIG.format(versions="ih.xml, rh.xml, status.xml") + "    id: 119s7\n")
    files.build()
    assert (
        "the record of H.R. 1316 (119) in status.xml is left out: the versions are taken to be of"
        " S. 7 (119)." in capsys.readouterr().err
    )


def test_a_note_finds_its_bill_where_the_record_is_named_first(files: Place) -> None:
    notes = files.folder / "notes" / "119-hr-1316"
    notes.mkdir(parents=True)
    (notes / "n.md").write_text(
        "id: n1\nanchor:\n  version: rh\n  provision: sec. 1\n  exact: weights of a model\n"
        "author: A. Roe\ndate: 2026-03-01\nkind: comment\n---\nWords.\n",
        "utf-8",
    )
    files.configure(CONFIG.format(versions="status.xml, ih.xml, rh.xml") + "notes: notes\n")
    files.build()
    assert "A. Roe" in files.page(f"{PAGE}index.html")


def test_a_site_without_records_says_nothing_of_them(files: Place) -> None:
    files.configure(CONFIG.format(versions="ih.xml, rh.xml"))
    files.build()
    assert "Latest action" not in files.page(f"{PAGE}index.html")
    assert record(files, "ih-rh") is None
