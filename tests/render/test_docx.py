"""The Word redline: all accepted is the new text, all rejected the old, and Word can open it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random
from zipfile import ZipFile

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from legannot.diff import compare
from legannot.model import Bill, Comparison, Provision, with_paths
from legannot.parse import parse
from legannot.render.docx import rebuild, redline
from legannot.render.docx.paragraphs import printed
from legannot.render.inert import inert
from legannot.source import resolve
from tests import strategies
from tests.conftest import needs_corpus
from tests.diff.test_carried import DRAWN, PUSHED, SHALL, SHARING
from tests.render import small

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFFICE = Path(__file__).with_name("office.py")
REAL = [("hr1500", "rh", "eh"), ("hr1500", "ih", "eh"), ("hr1500", "eh", "rfs")]


# ── small bills ──────────────────────────────────────────────────────────────────────────────────


def table(*rows: tuple[str, ...]) -> Provision:
    lines = (
        small.provision("row", "", "", "", *(small.provision("entry", "", "", c) for c in cells))
        for cells in rows
    )
    return small.provision("table", "", "", "", small.provision("tbody", "", "", "", *lines))


def with_tables() -> Comparison:
    """A row gone, a row come, a cell edited, a row with another number of cells, a table come."""
    intro = "The amounts are as follows:"
    old = small.bill(
        "ih",
        small.section(
            "1.",
            "Amounts",
            intro,
            table(
                ("State", "Amount", "Year"),
                ("Alaska", "$1,000", "2026"),
                ("Maine", "$500", "2026"),
                ("Ohio", "$900", "2027"),
                ("Texas", "$800", "2027"),
            ),
        ),
        small.section("2.", "Rule", "The Secretary shall pay each State listed."),
    )
    new = small.bill(
        "eh",
        small.section(
            "1.",
            "Amounts",
            intro,
            table(
                ("State", "Amount", "Year"),
                ("Alaska", "$2,000", "2026"),
                ("Iowa", "$700", "2026"),
                ("Ohio", "$900", "2027"),
                ("Texas", "$800"),
            ),
        ),
        small.section(
            "2.", "Rule", "The Secretary shall pay each State listed.", table(("a", "b"))
        ),
        day="2026-07-09",
    )
    return compare(old, new)


def with_a_move() -> Comparison:
    """A section with two paragraphs goes to the end and is edited on the way."""
    moving = (
        small.provision("subsection", "(a)", "Review", "The Secretary shall review each listing."),
        small.provision("subsection", "(b)", "Report", "A report on it is due in each year."),
    )
    edited = (
        moving[0],
        replace(moving[1], text="A report on it is due to Congress in each year."),
    )
    rest = (
        small.section("2.", "Ban", "No person may import a listed model into the United States."),
        small.section("3.", "Penalty", "Whoever violates this Act shall pay a civil penalty."),
        small.section("4.", "Definitions", "In this Act, a model is a trained set of weights."),
    )
    old = small.bill("ih", small.section("1.", "Listing", "", *moving), *rest)
    renumbered = [replace(s, enum=f"{n}.") for n, s in enumerate(rest, 1)]
    new = small.bill(
        "eh", *renumbered, small.section("4.", "Listing", "", *edited), day="2026-07-09"
    )
    return compare(old, new)


def hostile() -> Comparison:
    """Words that no XML may hold, that reorder text, and that look like markup."""
    old = small.bill("ih", small.section("1.", "Odd", "a\u0000b \u202ec\ufffe </w:t> & ]]> d"))
    new = small.bill("eh", small.section("1.", "Odd", "a\u0000b \u001bc\uffff <w:ins/> & ]]> e"))
    return compare(old, new)


@cache
def sample() -> tuple[Bill, ...]:
    return tuple(parse(source) for source in resolve(["sample:model-access"]))


def sample_pair() -> Comparison:
    return compare(sample()[0], sample()[-1])


SMALL: dict[str, Callable[[], Comparison]] = {
    "sample": sample_pair,
    "all kinds": small.comparison,
    "tables": with_tables,
    "a move": with_a_move,
    "hostile": hostile,
    "reprint": lambda: compare(small.new_bill(), small.new_bill()),
}
every_small = pytest.mark.parametrize("name", SMALL)


def real(corpus: Path, bill: str, old: str, new: str) -> Comparison:
    folder = next(corpus.glob(f"bills/*/{bill}"))
    one, two = (parse(next(iter(resolve([str(folder / f"{code}.xml")])))) for code in (old, new))
    return compare(one, two)


# ── reading the XML ──────────────────────────────────────────────────────────────────────────────


def body_of(data: bytes) -> etree._Element:
    with ZipFile(BytesIO(data)) as archive:
        body = etree.fromstring(archive.read("word/document.xml")).find(f"{W}body")
    assert body is not None
    return body


def name_of(element: etree._Element) -> str:
    return str(element.tag).removeprefix(W)


def settle(data: bytes, *, accept: bool) -> list[str]:
    """The paragraphs after taking or refusing every revision, done on the tree itself."""
    body = body_of(data)
    gone = ("del", "moveFrom") if accept else ("ins", "moveTo")
    for row in list(body.iter(f"{W}tr")):
        if any(row.find(f"{W}trPr/{W}{name}") is not None for name in gone):
            parent = row.getparent()
            assert parent is not None
            parent.remove(row)
    texts: list[str] = []
    joined = False
    for paragraph in body.iter(f"{W}p"):
        properties = paragraph.find(f"{W}pPr/{W}rPr")
        text = ""
        for words in paragraph.iter(f"{W}t", f"{W}delText"):
            around = {ancestor.tag for ancestor in words.iterancestors()}
            if not around & {f"{W}{name}" for name in gone}:
                text += words.text or ""
        if joined:
            texts[-1] += text
        else:
            texts.append(text)
        joined = properties is not None and any(
            properties.find(f"{W}{name}") is not None for name in gone
        )
    return [text for text in texts if text]


def expected(bill: Bill) -> list[str]:
    """One paragraph a provision; number and heading of a section apart from its text."""
    found = []
    for provision in bill.walk():
        head = " ".join(filter(None, (provision.enum, provision.heading)))
        if provision.kind in ("section", "division", "title", "subtitle", "part", "chapter"):
            found += [head, provision.text]
        else:
            found.append(f"{head} {provision.text}".strip())
    return [inert(text) for text in found if text]


def check_exact(comparison: Comparison) -> bytes:
    data = redline(comparison)
    assert settle(data, accept=True) == expected(comparison.new)
    assert settle(data, accept=False) == expected(comparison.old)
    rebuilt = rebuild(data)
    assert list(rebuilt.new) == [inert(p.text) for p in printed(comparison.new)]
    assert list(rebuilt.old) == [inert(p.text) for p in printed(comparison.old)]
    return data


@every_small
def test_accepting_leaves_the_new_text_and_rejecting_the_old(name: str) -> None:
    check_exact(SMALL[name]())


@needs_corpus
@pytest.mark.parametrize("pair", REAL, ids="-".join)
def test_real_bills_are_exact_both_ways(corpus: Path, pair: tuple[str, str, str]) -> None:
    check_exact(real(corpus, *pair))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.bills("ih"), strategies.bills("eh"))
def test_any_two_bills_are_exact_both_ways(old: Bill, new: Bill) -> None:
    check_exact(compare(old, new))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.bills(), strategies.texts, st.randoms(use_true_random=False))
def test_shuffled_bills_are_exact_both_ways(old: Bill, text: str, chance: Random) -> None:
    sections = list(old.provisions)
    chance.shuffle(sections)
    sections[0] = replace(sections[0], text=text or "Nothing.")
    check_exact(compare(old, replace(old, version="eh", provisions=with_paths(sections))))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, list[str]]]:
    """What LibreOffice leaves of the small documents, by name."""
    pythons = filter(None, (sys.executable, "/usr/bin/python3"))
    has_uno = (
        p for p in pythons if Path(p).exists() and not _run(p, "-c", "import uno").returncode
    )
    python = next(has_uno, None) if shutil.which("soffice") else None
    if python is None:
        pytest.skip("LibreOffice is not here; on Debian: libreoffice-writer and python3-uno")
    folder = tmp_path_factory.mktemp("office")
    for name, make in SMALL.items():
        (folder / f"{name}.docx").write_bytes(redline(make()))
    run = _run(python, str(OFFICE), *(str(folder / f"{name}.docx") for name in SMALL))
    assert run.returncode == 0, run.stderr
    return dict(zip(SMALL, map(json.loads, run.stdout.splitlines()), strict=True))


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=180)


@every_small
def test_libreoffice_leaves_both_texts(office: dict[str, dict[str, list[str]]], name: str) -> None:
    comparison = SMALL[name]()
    assert list(filter(None, office[name]["accept"])) == expected(comparison.new)
    assert list(filter(None, office[name]["reject"])) == expected(comparison.old)


def test_neither_way_leaves_an_empty_line_but_the_last(
    office: dict[str, dict[str, list[str]]],
) -> None:
    for name in ("sample", "a move"):
        for texts in office[name].values():
            assert texts.index("") == len(texts) - 1


# ── what Word insists on ─────────────────────────────────────────────────────────────────────────

MARKS = tuple(
    f"{W}{name}"
    for name in ("ins", "del", "moveFrom", "moveTo", "moveFromRangeStart", "moveToRangeStart")
)


@every_small
def test_no_two_marks_share_an_id_and_all_name_author_and_date(name: str) -> None:
    comparison = SMALL[name]()
    body = body_of(redline(comparison))
    marks = list(body.iter(*MARKS))
    assert bool(marks) == bool(comparison.changes)
    ids = [mark.get(f"{W}id") for mark in marks]
    ids += [mark.get(f"{W}id") for mark in body.iter(f"{W}bookmarkStart")]
    assert len(set(ids)) == len(ids)
    day = next(iter(comparison.new.dates.values()))
    for mark in marks:
        assert mark.get(f"{W}author") == "legannot"
        assert (mark.get(f"{W}date") or "").startswith(f"{day}T00:0")


@every_small
def test_deleted_words_are_deleted_text_and_no_others(name: str) -> None:
    body = body_of(redline(SMALL[name]()))
    for words in body.iter(f"{W}t", f"{W}delText"):
        inside = any(a.tag == f"{W}del" for a in words.iterancestors())
        assert (words.tag == f"{W}delText") == inside


def test_both_places_of_a_move_bear_one_name_and_are_closed() -> None:
    for comparison in (with_a_move(), sample_pair()):
        body = body_of(redline(comparison))
        names = {}
        for end in ("moveFrom", "moveTo"):
            starts = list(body.iter(f"{W}{end}RangeStart"))
            closed = [e.get(f"{W}id") for e in body.iter(f"{W}{end}RangeEnd")]
            assert [s.get(f"{W}id") for s in starts] == closed
            names[end] = [str(s.get(f"{W}name")) for s in starts]
        assert sorted(names["moveFrom"]) == sorted(names["moveTo"])
        assert len(set(names["moveTo"])) == len(names["moveTo"]) > 0


def test_a_section_moves_in_one_piece_with_its_edits() -> None:
    body = body_of(redline(with_a_move()))
    assert len(list(body.iter(f"{W}moveToRangeStart"))) == 1
    moved = ["".join(m.itertext()) for m in body.iter(f"{W}moveTo")]
    assert "".join(moved) == "".join("".join(m.itertext()) for m in body.iter(f"{W}moveFrom"))
    assert "Listing" in "".join(moved)
    inserted = ["".join(m.itertext()) for m in body.iter(f"{W}ins")]
    assert "to Congress " in inserted


def test_a_row_of_a_table_comes_and_goes_as_a_row() -> None:
    body = body_of(redline(with_tables()))
    rows = {
        "".join(t.text or "" for t in row.iter(f"{W}t", f"{W}delText")): {
            name_of(mark) for mark in row.findall(f"{W}trPr/*")
        }
        for row in body.iter(f"{W}tr")
    }
    assert rows["StateAmountYear"] == set()
    assert rows["Texas$8002027"] == {"del"}
    assert rows["Texas$800"] == {"ins"}
    assert rows["ab"] == {"ins"}
    assert len(list(body.iter(f"{W}tbl"))) == 2


def test_every_table_row_has_the_cells_of_its_grid_or_fewer() -> None:
    for table_ in body_of(redline(with_tables())).iter(f"{W}tbl"):
        columns = len(table_.findall(f"{W}tblGrid/{W}gridCol"))
        assert max(len(row.findall(f"{W}tc")) for row in table_.iter(f"{W}tr")) == columns


def test_the_order_of_elements_is_that_of_the_schema() -> None:
    order = ["b", "i", "smallCaps", "strike", "dstrike", "color", "sz", "u", "bdr", "shd"]
    order.append("vertAlign")
    for static in (False, True):
        for properties in body_of(redline(sample_pair(), static=static)).iter(f"{W}rPr"):
            names = [name_of(p) for p in properties]
            known = [order.index(name) for name in names if name in order]
            assert known == sorted(known)


def test_the_stop_after_quoted_law_stands_at_the_end_of_its_line() -> None:
    paragraphs = docx.Document(BytesIO(redline(sample_pair()))).paragraphs
    stops = [p for p in paragraphs if p.text == "."]
    assert stops
    assert all(p.alignment == WD_ALIGN_PARAGRAPH.RIGHT for p in stops)


def test_words_of_python_docx_itself_open_it() -> None:
    document = docx.Document(BytesIO(redline(sample_pair())))
    styles = Counter(p.style.name for p in document.paragraphs if p.style)
    assert styles["Heading 1"] > 10
    assert styles["Bill text 1"] > 10
    assert any(name.startswith("Quoted law") for name in styles)


def commented(data: bytes) -> dict[str, str]:
    """The words that each comment hangs on, by what it says."""
    said = {str(c.comment_id): c.text for c in docx.Document(BytesIO(data)).comments}
    words = dict.fromkeys(said.values(), "")
    open_now: set[str] = set()
    for element in body_of(data).iter():
        mark = str(element.get(f"{W}id"))
        if element.tag == f"{W}commentRangeStart":
            open_now.add(mark)
        elif element.tag == f"{W}commentRangeEnd":
            open_now.remove(mark)
        elif element.tag in (f"{W}t", f"{W}delText"):
            for number in open_now:
                words[said[number]] += element.text or ""
    assert not open_now
    return words


def test_words_that_a_split_took_along_are_told_at_both_ends() -> None:
    assert commented(check_exact(compare(*PUSHED))) == {
        "Words carried to sec. 2(1).": SHARING,
        "Words carried from old sec. 2, [-may-] {+shall+}.": SHALL,
    }


def test_words_that_a_merger_took_along_are_told_at_both_ends() -> None:
    assert commented(check_exact(compare(*DRAWN))) == {
        "Words carried to sec. 2.": SHALL,
        "Words carried from old sec. 2(1), [-shall-] {+may+}.": SHARING,
    }


def test_a_redline_without_carried_words_has_no_comments() -> None:
    assert commented(redline(with_a_move())) == {}


def test_the_last_paragraph_is_plain() -> None:
    for comparison in (with_a_move(), sample_pair()):
        last = body_of(redline(comparison)).findall(f"{W}p")[-1]
        assert not list(last.iter(*MARKS))
        assert "".join(last.itertext()) == ""


# ── static ───────────────────────────────────────────────────────────────────────────────────────


@every_small
def test_a_static_redline_has_every_word_and_no_revision(name: str) -> None:
    comparison = SMALL[name]()
    tracked, static = redline(comparison), redline(comparison, static=True)
    assert not list(body_of(static).iter(*MARKS))
    words = ["".join(t.text or "" for t in body_of(d).iter(f"{W}t", f"{W}delText"))
             for d in (tracked, static)]  # fmt: skip
    labels = [r for r in body_of(static).iter(f"{W}r") if r.find(f"{W}rPr/{W}sz") is not None]
    said = sum(len("".join(map(str, r.itertext()))) + 1 for r in labels)
    assert len(words[1]) == len(words[0]) + said


def test_a_static_redline_tells_marks_apart_without_colour() -> None:
    body = body_of(redline(sample_pair(), static=True))
    looks = [frozenset(name_of(p) for p in properties) for properties in body.iter(f"{W}rPr")]
    assert any({"strike", "color"} <= look for look in looks)
    assert any({"u", "color"} <= look and "strike" not in look for look in looks)
    text = "".join(map(str, body.itertext()))
    assert "moved to sec. 16" in text
    assert "moved from sec. 12" in text


# ── the file ─────────────────────────────────────────────────────────────────────────────────────


@every_small
def test_the_same_redline_is_the_same_bytes(name: str) -> None:
    assert redline(SMALL[name]()) == redline(SMALL[name]())


def test_the_date_is_that_of_the_newest_version_or_the_one_asked_for() -> None:
    core = docx.Document(BytesIO(redline(small.comparison()))).core_properties
    assert core.created is not None
    assert f"{core.created:%Y-%m-%d}" == "2026-07-09"
    data = redline(small.comparison(), epoch=86_400)
    dates = {mark.get(f"{W}date") for mark in body_of(data).iter(*MARKS)}
    assert dates <= {"1970-01-02T00:00:00Z", "1970-01-02T00:02:00Z"}


def test_the_file_names_its_sources_with_their_hashes() -> None:
    comparison = small.comparison()
    found = rebuild(redline(comparison, part="sec. 3")).properties
    assert found["legannot SHA-256 1"] == comparison.old.provenance.sha256
    assert found["legannot SHA-256 2"] == comparison.new.provenance.sha256
    assert found["legannot source 2"] == "eh.xml"
    assert found["legannot part"] == "sec. 3"


def test_no_character_that_xml_forbids_or_that_hides_text_gets_in() -> None:
    data = redline(hostile())
    text = "".join(map(str, body_of(data).itertext()))
    assert not set(text) & set("\0\u202e\ufffe\uffff")
    assert "</w:t>" in "".join(rebuild(data).old)
    assert "<w:ins/>" in "".join(rebuild(data).new)


@pytest.mark.parametrize("data", [b"", b"<html></html>", b"PK\x03\x04 not a zip"])
def test_what_is_no_word_document_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="no Word document"):
        rebuild(data)


def test_a_word_document_of_others_is_refused() -> None:
    saved = BytesIO()
    docx.Document().save(saved)
    with pytest.raises(ValueError, match="no redline"):
        rebuild(saved.getvalue())
