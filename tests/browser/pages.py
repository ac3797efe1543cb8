"""What every test of a page in a browser asks of it: access, small screens, print."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# WCAG 2.0 to 2.2, levels A and AA, and what axe calls best practice.
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPEN_ALL = "document.querySelectorAll('details').forEach(d => { d.open = true })"
# What is far down is laid out only when it comes into sight; then there is nothing to measure.
LAY_OUT_ALL = (
    "document.querySelectorAll('.u, .la-u').forEach(u => { u.style.contentVisibility = 'visible' })"
)


def open_all(page: Page) -> None:
    """Unfold all that a page folds, and lay out all of it."""
    page.evaluate(OPEN_ALL)
    page.evaluate(LAY_OUT_ALL)


def violations(
    browser: Browser, axe: str, address: str, scheme: Literal["light", "dark"], width: int
) -> list[tuple[str, str]]:
    """Each rule of access that a page breaks, with the first element that does."""
    # axe is put into the page from outside, which the page's own policy rightly forbids.
    context = browser.new_context(
        viewport={"width": width, "height": 720}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    page.goto(address)
    open_all(page)
    page.evaluate(axe)
    found = page.evaluate("tags => axe.run(document, {runOnly: tags})", _RULES)
    context.close()
    return [(v["id"], v["nodes"][0]["html"]) for v in found["violations"]]


def scrolls_sideways(page: Page, width: int) -> bool:
    """Whether a page, all of it open, is wider than a window."""
    page.set_viewport_size({"width": width, "height": 720})
    open_all(page)
    return bool(page.evaluate("document.documentElement.scrollWidth") > width)


pdftotext = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="pdftotext (poppler-utils) is not installed"
)


def printed(page: Page, tmp_path: Path, *pages: str) -> str:
    page.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True, print_background=True)
    done = subprocess.run(
        ["pdftotext", "-raw", *pages, "report.pdf", "-"],  # noqa: S607 - on PATH, checked
        cwd=tmp_path,
        capture_output=True,
        check=True,
        text=True,
    )
    return done.stdout


def missing_in_print(page: Page, part: str, unprinted: str, tmp_path: Path) -> Counter[str]:
    """The words of a part of the page, without elements that are for a screen, that print lacks."""
    page.evaluate("s => document.querySelectorAll(s).forEach(e => e.remove())", unprinted)
    # Text nodes one by one: the words of two cells must not run together.
    on_page = page.evaluate(
        """part => {
            const walker = document.createTreeWalker(document.querySelector(part), 4);
            const texts = [];
            while (walker.nextNode()) texts.push(walker.currentNode.data);
            return texts.join(' ');
        }""",
        part,
    )
    in_print = printed(page, tmp_path).replace("-\n", "-")
    long = re.compile(r"[a-z]{4,}")
    return Counter(long.findall(on_page.lower())) - Counter(long.findall(in_print.lower()))
