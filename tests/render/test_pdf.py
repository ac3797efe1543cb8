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
from legannot.render.html import render as render_page
from legannot.render.pdf import _refuse, render
from tests.cli.program import legannot
from tests.conftest import ROOT
from tests.render.builders import made, report

try:
    import weasyprint  # noqa: F401
except (ImportError, OSError) as missing:  # OSError: the package is here, Pango is not
    pytest.skip(f"legannot[pdf] cannot be used here: {missing}", allow_module_level=True)
poppler = pytest.mark.skipif(
    not shutil.which("pdftotext"), reason="poppler-utils (pdftotext, pdfinfo) is not here"
)
# What a page offers on a screen alone.
_SCREEN = {"toolbar", "skip", "act", "filters", "keys", "show-new", "show-old"}
_UNPRINTED = ("script", "style", "title", "desc", "select", "button")


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


def page_words() -> list[str]:
    """The words that the page prints, in the order of the page."""
    tree = html.fromstring(render_page(report()).decode())
    for element in list(tree.iter()):
        classes = set((element.get("class") or "").split())
        if element.tag in _UNPRINTED or element.get("hidden") is not None or classes & _SCREEN:
            element.drop_tree()
    return words(" ".join(map(str, tree.xpath("//body//text()"))))


def words(text: str) -> list[str]:
    # A word may be broken at its hyphen, and capitals may come from the style.
    return re.findall(r"\w+", text.replace("-", "").replace("\u2011", "").casefold())


@poppler
def test_no_word_of_the_page_is_lost(file: Path) -> None:
    printed = tool("pdftotext", file, "-")
    expected = page_words()
    missing = Counter(expected) - Counter(words(printed))
    squeezed = "".join(words(printed))
    # Long hashes break over lines, and the number of a note stands close to its word.
    assert [word for word in missing if word not in squeezed and len(word) < 64] == []
    assert missing.total() < len(expected) / 200
    raw = "".join(words(tool("pdftotext", "-raw", file, "-")))
    assert all(bill.provenance.sha256 in raw for bill in report().bills)


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
def test_it_says_that_it_is_pdf_ua(file: Path) -> None:
    assert re.search(r"pdfuaid:part[>=\"]+1", tool("pdfinfo", "-meta", file))


@poppler
def test_every_page_has_a_running_head_and_foot(file: Path) -> None:
    pages = tool("pdftotext", "-layout", file, "-").split("\f")[:-1]
    for number, page in enumerate(pages, 1):
        assert re.search(rf"H\.R\. 99990, ih to eh\. Unofficial\. +{number} of {len(pages)}", page)
    hosting = next(page for page in pages if "(4) use such a" in page)
    assert "Sec. 8. was Sec. 6. Import, hosting" in hosting.splitlines()[0]


def test_it_is_the_same_bytes_each_time() -> None:
    assert render(report()) == data()


def test_nothing_outside_is_asked_for() -> None:
    with pytest.raises(ValueError, match="asks for nothing outside"):
        _refuse("https://example.org/style.css")


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
