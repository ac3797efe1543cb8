"""The report as a PDF: the words of the page, tagged, with running heads, always the same bytes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections import Counter
from functools import cache
from pathlib import Path
from time import process_time

import pytest
from lxml import html

from legannot.model import Bill, BillId, Provenance, Provision, with_paths
from legannot.model.report import Report
from legannot.parse import parse
from legannot.render.html import render as render_page
from legannot.render.pdf import render
from legannot.render.pdf.document import document
from legannot.render.pdf.engine import refuse
from legannot.source import resolve
from tests.cli.program import legannot
from tests.conftest import ROOT
from tests.render.builders import made, report
from tests.render.test_html import hostile_report

try:
    import weasyprint  # noqa: F401
except (ImportError, OSError) as missing:  # OSError: the package is here, Pango is not
    pytest.skip(f"legannot[pdf] cannot be used here: {missing}", allow_module_level=True)
poppler = pytest.mark.skipif(
    not shutil.which("pdftotext"), reason="poppler-utils (pdftotext, pdfinfo) is not here"
)
# What a page offers on a screen alone, or to a screen reader beside what stands there.
_SCREEN = {"toolbar", "skip", "act", "filters", "keys", "show-new", "show-old", "official"}
_SCREEN |= {"unseen", "sg"}
_UNPRINTED = ("script", "style", "title", "desc", "select", "button")
_BLOCKS = {"p", "h1", "h2", "h3", "li", "td", "th", "div", "caption", "figcaption", "text", "pre"}
# Labels of what the page folds, which stands open on paper, and the second heading of a table.
_FOLDED = re.compile(
    r"(more|subjects?|changes?|sections?|provisions?|findings?|notes?|passages?|\d+"
    r"|before|after|start|at|what|class|old|new|words|step|in|law|out|the|text|says|does|not|say)"
)
PAIRS = ("116/hr1500/rh eh", "114/hr50/rh rfs", "116/s2731/ips rcs", "114/s1523/is enr")


@cache
def data() -> bytes:
    return render(report())


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "report.pdf"
    path.write_bytes(data())
    return path


def tool(*command: str | Path) -> str:
    run = subprocess.run([*map(str, command)], capture_output=True, text=True, check=True)
    return run.stdout


def page_words(page: bytes) -> list[str]:
    """The words that the page prints, in the order of the page."""
    tree = html.fromstring(page.decode())
    for element in list(tree.iter()):
        classes = set((element.get("class") or "").split())
        if element.tag in _UNPRINTED or element.get("hidden") is not None or classes & _SCREEN:
            element.drop_tree()
    return words(" ".join(map(str, tree.xpath("//body//text()"))))


def document_text(element: html.HtmlElement) -> str:
    """The text of the document for paper as it reads: apart where its blocks are apart."""
    if element.tag == "title":
        return str(element.tail or "")
    inner = (element.text or "") + "".join(map(document_text, element))
    apart = "\n" if element.tag in _BLOCKS or element.tag in ("ins", "del") else ""
    return f"{apart}{inner}{apart}{element.tail or ''}"


def words(text: str) -> list[str]:
    # A word may be broken at its hyphen, and capitals may come from the style.
    return re.findall(r"\w+", text.replace("-", "").replace("\u2011", "").casefold())


def of_pair(corpus: Path, pair: str) -> Report:
    place, *versions = pair.split()
    folder, first = place.rsplit("/", 1)
    at = corpus / "bills" / folder
    files = [str(min(at.glob(f"{version}.*"))) for version in (first, *versions)]
    return made([parse(source) for source in resolve(files)])


def lost_on_paper(page: bytes) -> Counter[str]:
    kept = words(" ".join(map(str, document(page).xpath("//body//text()"))))
    return Counter(page_words(page)) - Counter(kept)


@pytest.mark.parametrize("look", ["legal", "ramseyer", "plain"])
def test_the_document_for_paper_has_every_word_of_the_page(look: str) -> None:
    lost = lost_on_paper(render_page(report(), look=look))
    assert [word for word in lost if not _FOLDED.fullmatch(word)] == []
    assert lost.total() < 20


@pytest.mark.parametrize("pair", PAIRS)
def test_it_has_every_word_of_the_page_of_real_bills(corpus: Path, pair: str) -> None:
    lost = lost_on_paper(render_page(of_pair(corpus, pair)))
    assert [word for word in lost if not _FOLDED.fullmatch(word)] == []
    assert lost.total() < 60


@poppler
def test_no_word_of_the_document_is_lost_in_the_file(file: Path) -> None:
    nothing_printed_is_lost(report(), file)


@poppler
@pytest.mark.parametrize("pair", PAIRS[:2])
def test_no_word_is_lost_in_the_file_of_real_bills(corpus: Path, pair: str, tmp_path: Path) -> None:
    compared = of_pair(corpus, pair)
    (tmp_path / "x.pdf").write_bytes(render(compared))
    nothing_printed_is_lost(compared, tmp_path / "x.pdf")


def nothing_printed_is_lost(compared: Report, file: Path) -> None:
    expected = words(document_text(document(render_page(compared)).xpath("//body")[0]))
    printed = words(tool("pdftotext", file, "-"))
    missing = Counter(expected) - Counter(printed)
    squeezed = "".join(printed)
    # Long hashes break over lines.
    assert [word for word in missing if word not in squeezed and len(word) < 64] == []
    # The number of a note stands close to its word, and so may struck letters to those put in.
    letters = Counter(re.findall(r"[a-z]+", " ".join(expected)))
    assert (letters - Counter(re.findall(r"[a-z]+", " ".join(printed)))).total() < 12
    # The sheet is 612 points wide, with margins of 61.
    ends = re.findall(r'<word [^>]*xMax="([\d.]+)"', tool("pdftotext", "-bbox", file, "-"))
    assert max(map(float, ends)) < 553
    raw = "".join(words(tool("pdftotext", "-raw", file, "-")))
    assert all(bill.provenance.sha256 in raw for bill in compared.bills)


@poppler
def test_it_is_tagged_with_title_and_language(file: Path) -> None:
    info = tool("pdfinfo", file)
    assert re.search(r"^Tagged: +yes", info, re.MULTILINE)
    assert re.search(r"^Title: +H\.R\. 99990", info, re.MULTILINE)
    assert re.search(r"^Page size: .*letter", info, re.MULTILINE)
    headings = tool("pdfinfo", "-struct", file)
    for tag in ("H1", "H2", "H3", "Table", "TH", "Figure", "Link"):
        assert re.search(rf"^\s+{tag}\b", headings, re.MULTILINE), tag


@poppler
def test_every_heading_of_a_table_says_what_it_heads(file: Path) -> None:
    structure = tool("pdfinfo", "-struct", file)
    headings = len(re.findall(r"^ +TH\b", structure, re.MULTILINE))
    assert headings == len(re.findall(r"/Scope /(?:Column|Row)", structure)) > 0
    assert "/Scope /Column" in structure
    assert "/Scope /Row" in structure


@poppler
def test_it_says_that_it_is_pdf_ua(file: Path) -> None:
    assert re.search(r"pdfuaid:part[>=\"]+1", tool("pdfinfo", "-meta", file))


@poppler
def test_every_page_has_a_running_head_and_foot(file: Path) -> None:
    pages = tool("pdftotext", "-layout", file, "-").split("\f")[:-1]
    for number, page in enumerate(pages, 1):
        assert re.search(rf"H\.R\. 99990, ih to eh\. Unofficial\. +{number} of {len(pages)}", page)
        heads = [page.splitlines()[0].strip() for page in pages]
    assert heads[0].startswith("Unofficial.")
    assert "Changes" in heads[1:3]
    # What a page begins in the middle of; the heading as it reads now, without the struck words.
    begun = next(n for n, page in enumerate(pages) if re.search(r"^Sec\. 3\. ", page, re.MULTILINE))
    assert heads[begun + 1] == "Sec. 3. Definitions"
    hosting = next(n for n, page in enumerate(pages) if "Sec. 8. was Sec. 6." in page)
    assert heads[hosting + 1].startswith("Sec. 8. Import, hosting")


@poppler
def test_bookmarks_and_links_lead_through_it(file: Path) -> None:
    if not shutil.which("pdftohtml"):
        pytest.skip("poppler-utils (pdftohtml) is not here")
    laid_out = tool("pdftohtml", "-xml", "-i", "-stdout", file)
    outline = laid_out[laid_out.index("<outline>") :]
    for name in ("Changes", "Redline", "Sec. 3. Definitions", "Sources and checks"):
        assert re.search(rf'<item page="\d+">{name}</item>', outline), name
    names = tool("pdfinfo", "-dests", file)
    assert '"sec-3"' in names
    assert '"n1"' in names


def test_pages_are_listed_as_pydyf_lists_them() -> None:
    import pydyf

    render(report())
    pdf = pydyf.PDF()
    for expected in ((), (b"3 0 R",), (b"3 0 R", b"4 0 R")):
        assert pdf.page_references == expected == pdf.page_references
        pdf.add_page(pydyf.Dictionary({"Type": "/Page"}))


def test_it_is_the_same_bytes_each_time() -> None:
    assert render(report()) == data()


def test_nothing_outside_is_asked_for() -> None:
    with pytest.raises(ValueError, match="asks for nothing outside"):
        refuse("https://example.org/style.css")


@poppler
def test_a_page_takes_no_longer_in_a_large_report(tmp_path: Path) -> None:
    """One rule of the style sheet can make an engine take minutes: REPORT, finding 2."""
    sections = [
        Provision("", "section", f"{n}.", f"Heading {n}", "The Secretary shall report. " * 20)
        for n in range(1, 121)
    ]
    bills = [
        Bill(
            BillId(119, "hr", 1),
            code,
            "Long Act",
            "",
            with_paths(sections[: 118 + n]),
            Provenance(f"{code}.xml", code.ljust(64, "0"), 1),
            "bill-dtd",
        )
        for n, code in enumerate(("ih", "eh"))
    ]
    begun = process_time()
    (tmp_path / "long.pdf").write_bytes(render(made(bills)))
    seconds = process_time() - begun
    found = re.search(r"^Pages: +(\d+)", tool("pdfinfo", tmp_path / "long.pdf"), re.MULTILINE)
    assert found
    assert seconds < int(found[1]) / 2


def test_without_the_extra_one_line_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "weasyprint.py").write_text("raise ImportError('not installed')\n")
    run = legannot(
        "report",
        "sample:model-access/eh",
        "--format",
        "pdf",
        "-o",
        tmp_path / "x.pdf",
        PYTHONPATH=os.pathsep.join((str(tmp_path), str(ROOT))),
    )
    assert run.code == 3
    assert run.err.splitlines() == [
        "legannot: PDF needs a part that is not installed. Run: pip install 'legannot[pdf]'"
    ]
    assert not (tmp_path / "x.pdf").exists()


@poppler
def test_hostile_words_are_words_in_the_pdf_and_nothing_in_it_acts(tmp_path: Path) -> None:
    path = tmp_path / "hostile.pdf"
    path.write_bytes(render(hostile_report()))
    shown = "".join(tool("pdftotext", path, "-").split())
    assert "<script>alert(1)</script><imgsrc=xonerror=alert(1)>" in shown
    assert "{{7*7}}" in shown
    assert not {"\u202e", "\u200b"} & set(shown)
    assert tool("pdfinfo", "-js", path).strip() == ""
    # Its links stay inside the file: what a bill is called cannot become an address.
    assert len(tool("pdfinfo", "-url", path).splitlines()) <= 1
