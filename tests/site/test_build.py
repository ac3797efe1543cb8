"""A site: whole, linked, at addresses that stay, and built anew only where something changed."""

from __future__ import annotations

import csv
import json
import re
from io import BytesIO, StringIO
from pathlib import Path, PurePosixPath
from urllib.parse import urldefrag, urljoin

import pytest
from docx import Document
from lxml import etree, html

from legannot.errors import InputError
from legannot.render.atom import NAMESPACE
from legannot.render.html import rebuild
from legannot.resources import data
from tests.site.places import CONFIG, Place, two_bills

BILL = "bill/119-hr-99990"
ATOM = {"a": NAMESPACE}


def pages(place: Place) -> dict[str, html.HtmlElement]:
    return {
        name: html.fromstring(content)
        for name, content in place.files().items()
        if name.endswith(".html")
    }


# ── what is there ────────────────────────────────────────────────────────────────────────────────


def test_every_version_and_every_pair_has_a_page(built: Place) -> None:
    names = {PurePosixPath(name).parent.name for name in built.files() if name.startswith(BILL)}
    assert names == {"119-hr-99990", "ih", "rh", "eh", "ih-rh", "ih-eh", "rh-eh", "latest"}


def test_every_link_leads_to_a_page_and_every_fragment_to_a_place(built: Place) -> None:
    files = built.files()
    ids = {name: set(tree.xpath("//@id")) for name, tree in pages(built).items()}
    seen = 0
    for name, tree in pages(built).items():
        for href in tree.xpath("//a/@href"):
            if href.startswith("https://www.congress.gov/"):
                continue
            target, fragment = urldefrag(urljoin(f"http://site/{name}", href))
            path = target.removeprefix("http://site/")
            assert path in files, (name, href)
            if fragment:
                assert fragment in ids[path], (name, href)
            seen += 1
    assert seen > 500


def test_no_page_asks_for_anything(built: Place) -> None:
    for name, tree in pages(built).items():
        assert not tree.xpath("//@src | //@srcset | //object | //embed | //iframe | //form"), name
        relations = set(tree.xpath("//link/@rel"))
        assert relations <= {"canonical", "alternate"}, name
        (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy.startswith("default-src 'none'; base-uri 'none'; form-action 'none'"), name
        assert "unsafe" not in policy


def test_a_report_on_the_site_still_holds_both_texts(built: Place) -> None:
    alone = rebuild(built.page(f"{BILL}/rh-eh/index.html").encode())
    assert alone.old == rebuild(built.page(f"{BILL}/rh/index.html").encode()).new or alone.old
    assert alone.new == rebuild(built.page(f"{BILL}/eh/index.html").encode()).new


def test_the_newest_is_a_copy_that_says_where_it_stays(built: Place) -> None:
    newest = built.page(f"{BILL}/latest/index.html")
    assert "What you read stays at" in newest
    assert 'rel="canonical" href="https://bills.example.org/bill/119-hr-99990/ih-eh/"' in newest
    assert "The newest report is" in built.page(f"{BILL}/ih-rh/index.html")


def test_beside_each_report_stand_files_to_take_along(built: Place) -> None:
    files = built.files()
    for slug, pair in (("rh-eh", True), ("eh", False)):
        folder = f"{BILL}/{slug}"
        document = Document(BytesIO(files[f"{folder}/report.docx"]))
        assert any("Model Access" in paragraph.text for paragraph in document.paragraphs)
        report = json.loads(files[f"{folder}/report.json"])
        assert report["schema"] == "legannot/report/1"
        versions = [bill["version"] for bill in report["bills"]]
        assert versions == slug.split("-")
        assert (f"{folder}/changes.csv" in files) == pair
        if pair:
            rows = list(csv.DictReader(StringIO(files[f"{folder}/changes.csv"].decode())))
            assert len(rows) == len(report["comparison"]["changes"])
    # What is at the newest report's changing address is at its lasting one.
    newest = pages(built)[f"{BILL}/latest/index.html"]
    assert "../ih-eh/report.docx" in newest.xpath("//aside[@class='which']//a/@href")


def test_older_numbers_lead_to_where_the_provision_is_now(built: Place) -> None:
    tree = pages(built)[f"{BILL}/latest/index.html"]
    assert tree.xpath("//*[@id='ih-sec-5-a']")
    row = next(
        row
        for row in pages(built)[f"{BILL}/index.html"].xpath(
            "//table[contains(@class,'across')]//tr"
        )
        if "Entity List determinations" in row.text_content()
    )
    assert [a.get("href") for a in row.iter("a")] == [
        f"{code}/index.html#{anchor}"
        for code, anchor in (("ih", "sec-5"), ("rh", "sec-5"), ("eh", "sec-6"))
    ]


def test_the_map_names_every_permanent_page_once(built: Place) -> None:
    root = etree.fromstring(built.page("sitemap.xml").encode())
    places = [str(node.text) for node in root.iter("{*}loc")]
    assert len(places) == len(set(places))
    names = {place.removeprefix("https://bills.example.org/") + "index.html" for place in places}
    assert names == {name for name in pages(built) if "/latest/" not in name}


def test_a_page_says_what_it_is_to_machines(built: Place) -> None:
    tree = pages(built)[f"{BILL}/ih-eh/index.html"]
    (text,) = tree.xpath("//script[@type='application/ld+json']/text()")
    said = json.loads(text)
    assert said["@type"] == "Report"
    assert said["about"]["@type"] == "Legislation"
    assert said["about"]["legislationIdentifier"] == "119hr99990"
    assert "legislationChanges" not in said["about"]
    assert tree.xpath("//meta[@property='og:title']/@content")[0].startswith("H.R. 99990")


# ── feeds ────────────────────────────────────────────────────────────────────────────────────────


def test_a_feed_has_an_entry_for_each_version_and_each_subject_it_touched(built: Place) -> None:
    root = etree.fromstring(built.page(f"{BILL}/feed.xml").encode())
    titles = [str(t.text) for t in root.iterfind("a:entry/a:title", ATOM)]
    assert len(titles) == len(set(titles))
    assert sum("sections" in title for title in titles) == 2
    assert any(title.endswith("H.R. 99990: Introduced in House") for title in titles)
    assert any("Open-weight" in title and "reworded" in title for title in titles)
    ids = [str(i.text) for i in root.iterfind("a:entry/a:id", ATOM)]
    assert len(ids) == len(set(ids))


def test_an_entry_quotes_the_changed_words_with_signs_and_marks(built: Place) -> None:
    root = etree.fromstring(built.page(f"{BILL}/feed.xml").encode())
    bodies = "".join(str(c.text) for c in root.iterfind("a:entry/a:content", ATOM))
    assert re.search(r"<del>\[-[^<]+-\]</del>", bodies)
    assert re.search(r"<ins>\{\+[^<]+\+\}</ins>", bodies)


# ── search without a server ──────────────────────────────────────────────────────────────────────


def test_the_index_lists_bills_subjects_and_sections_without_script(built: Place) -> None:
    tree = pages(built)["index.html"]
    assert len(tree.xpath("//article")) == 1
    assert len(tree.xpath("//ul[@class='sections']/li")) == 17
    assert tree.xpath("//div[@role='search']/@hidden")
    (script,) = tree.xpath("//script[not(@type)]/text()")
    assert len(script) < 2_000


# ── again ────────────────────────────────────────────────────────────────────────────────────────


def test_the_same_files_give_the_same_bytes(built: Place, tmp_path: Path) -> None:
    again = Place(tmp_path)
    again.configure(CONFIG)
    again.build()
    assert again.files() == built.files()


def test_a_second_run_builds_nothing(two: Place) -> None:
    first = two.build()
    assert len(first.made) == 2
    before = {path: path.stat().st_mtime_ns for path in two.public.rglob("*")}
    second = two.build()
    assert (second.made, len(second.unchanged), second.files.written) == ((), 2, ())
    assert {path: path.stat().st_mtime_ns for path in two.public.rglob("*")} == before


def test_a_changed_file_rebuilds_its_bill_and_no_other(two: Place) -> None:
    two.build()
    before = two.files()
    path = two.folder / "99991-rh.xml"
    path.write_text(path.read_text(encoding="utf-8").replace("Committee", "Council"), "utf-8")
    result = two.build()
    assert result.made == ("H.R. 99991",)
    assert result.unchanged == ("H.R. 99990",)
    changed = {name for name, content in two.files().items() if before.get(name) != content}
    assert not [name for name in changed if name.startswith(f"{BILL}/")]


def test_a_new_version_leaves_old_addresses_and_adds_its_own(two: Place) -> None:
    two.build()
    before = set(two.files())
    source = data("corpus") / "sample" / "model-access" / "eh.xml"
    (two.folder / "99990-eh.xml").write_bytes(source.read_bytes())
    two.configure(two_bills().replace("99990-rh.xml]", "99990-rh.xml, 99990-eh.xml]"))
    result = two.build()
    assert result.made == ("H.R. 99990",)
    assert before < set(two.files())
    assert "The newest report is" in two.page(f"{BILL}/ih-rh/index.html")


def test_a_removed_bill_takes_its_pages_along_and_nothing_else(two: Place) -> None:
    two.build()
    foreign = two.public / "bill" / "119-hr-99991" / "ih" / "mine.txt"
    foreign.write_text("mine", encoding="utf-8")
    (two.public / "CNAME").write_text("bills.example.org", encoding="utf-8")
    edited = two.public / "bill" / "119-hr-99991" / "rh" / "index.html"
    edited.write_text("mine too", encoding="utf-8")
    two.configure(two_bills(second=False))
    result = two.build()
    assert result.removed == ("H.R. 99991",)
    assert result.files.kept == ("bill/119-hr-99991/rh/index.html",)
    left = {name for name in two.files() if "99991" in name}
    assert left == {"bill/119-hr-99991/ih/mine.txt", "bill/119-hr-99991/rh/index.html"}
    assert (two.public / "CNAME").exists()
    assert "99991" not in two.page("index.html")


def test_a_page_that_was_lost_or_changed_is_made_again(two: Place) -> None:
    two.build()
    before = two.files()
    (two.public / BILL / "ih" / "index.html").unlink()
    (two.public / BILL / "rh" / "index.html").write_text("scribble", encoding="utf-8")
    (two.public / "index.html").unlink()
    assert two.build().made == ("H.R. 99990",)
    assert two.files() == before


# ── what is refused ──────────────────────────────────────────────────────────────────────────────


def refused(place: Place, text: str) -> InputError:
    place.configure(text)
    before = place.files() if place.public.exists() else {}
    with pytest.raises(InputError) as caught:
        place.build()
    after = place.files() if place.public.exists() else {}
    assert after == before
    return caught.value


def test_a_bad_bill_is_named_with_its_line_and_the_old_site_stays(two: Place) -> None:
    two.build()
    (two.folder / "99991-rh.xml").write_text("<bill><legis-body>", encoding="utf-8")
    error = refused(two, two_bills())
    assert (error.where, error.line) == ("site.yaml", 7)
    assert "99991-rh.xml" in str(error)


@pytest.mark.parametrize(
    ("entries", "says"),
    [
        ("  - versions: [99990-ih.xml]\n  - versions: [99990-rh.xml]\n", "stands twice"),
        ("  - versions: [99990-ih.xml, 99991-rh.xml]\n", "different bills"),
        ("  - versions: [nothing.xml]\n", "no such file"),
    ],
)
def test_bills_that_do_not_fit_are_refused(two: Place, entries: str, says: str) -> None:
    error = refused(two, two_bills().partition("bills:")[0] + "bills:\n" + entries)
    assert says in str(error)
    assert error.line


def test_no_page_tells_where_on_the_makers_disk_its_bills_lie(two: Place) -> None:
    absolute = two.folder / "99991-rh.xml"
    two.configure(two_bills().replace("99991-rh.xml", str(absolute)))
    two.build()
    for name, content in two.files().items():
        assert str(two.folder).encode() not in content, name
    assert "99991-rh.xml" in two.page("bill/119-hr-99991/rh/index.html")
