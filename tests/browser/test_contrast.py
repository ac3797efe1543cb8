"""Every pair of colours that a page uses, also where axe cannot say: short words, pictures."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from playwright.sync_api import Browser, Page

from tests.browser.pages import open_all
from tests.browser.test_report_page import rendered
from tests.render.test_html_colours import contrast
from tests.site.places import Place, two_bill_site

# WCAG 2.2, 1.4.3: for text of ordinary size.
LEAST = 4.5
LOOKS = ("legal", "lawfirm", "ramseyer", "cordon", "plain")
# Each pair once, with where it is used.  A colour that lets another through fails the test: what is
# behind it cannot be computed.
PAIRS = """() => {
    const found = {};
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const text = walker.currentNode;
        const element = text.parentElement;
        if (!text.data.trim() || element.matches("script, style, title, desc")) continue;
        if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
        const style = getComputedStyle(element);
        const ink = element instanceof SVGElement ? style.fill : style.color;
        let ground = null;
        for (let at = element; at && !ground; at = at.parentElement) {
            const colour = getComputedStyle(at).backgroundColor;
            if (!/^rgba.*, 0\\)$/.test(colour)) ground = colour;
        }
        found[`${ink} on ${ground}`] ??= element.outerHTML.slice(0, 120);
    }
    return found;
}"""


def hexadecimal(colour: str) -> str:
    channels = re.fullmatch(r"rgb\((\d+), (\d+), (\d+)\)", colour)
    assert channels, f"{colour} is not a plain colour"
    return "#" + "".join(f"{int(channel):02x}" for channel in channels.groups())


def pale(page: Page) -> dict[str, str]:
    """The pairs of colours in a page that cannot be read, with where each stands."""
    found: dict[str, str] = page.evaluate(PAIRS)
    assert found
    return {
        f"{pair}: {value:.2f}": where
        for pair, where in found.items()
        for value in [contrast(*map(hexadecimal, pair.split(" on ")))]
        if value < LEAST
    }


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return two_bill_site(tmp_path_factory.mktemp("site"))


SETTINGS = [
    ("light", "none"), ("dark", "none"), ("light", "active"), ("dark", "active"),
]  # fmt: skip


@pytest.mark.parametrize(("scheme", "forced"), SETTINGS)
@pytest.mark.parametrize("name", ["three", "one"])
def test_every_word_of_a_report_can_be_read_on_its_ground(
    browser: Browser,
    tmp_path: Path,
    name: str,
    scheme: Literal["light", "dark"],
    forced: Literal["active", "none"],
) -> None:
    (tmp_path / "report.html").write_bytes(rendered(name))
    context = browser.new_context(color_scheme=scheme, forced_colors=forced)
    page = context.new_page()
    page.goto((tmp_path / "report.html").as_uri())
    open_all(page)
    for look in LOOKS:
        page.evaluate("look => { document.body.className = `look-${look}` }", look)
        assert pale(page) == {}, look
    context.close()


@pytest.mark.parametrize(("scheme", "forced"), SETTINGS)
def test_every_word_of_a_site_can_be_read_on_its_ground(
    browser: Browser,
    site: Place,
    scheme: Literal["light", "dark"],
    forced: Literal["active", "none"],
) -> None:
    context = browser.new_context(color_scheme=scheme, forced_colors=forced)
    page = context.new_page()
    for file in sorted(site.public.rglob("*.html")):
        page.goto(file.as_uri())
        open_all(page)
        assert pale(page) == {}, file.relative_to(site.public)
    context.close()


def test_the_check_finds_words_that_cannot_be_read(page: Page) -> None:
    page.set_content("<p style='color: #777777; background: #888888'>No</p>")
    (found,) = pale(page)
    assert found.startswith("rgb(119, 119, 119) on rgb(136, 136, 136): 1.2")
