"""The site in a real browser: access, small screens, no request, search, hostile words."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from playwright.sync_api import Browser, Dialog, Page, Request

from legannot.site.server import Server
from tests.browser.pages import OPEN_ALL, missing_in_print, pdftotext, scrolls_sideways, violations
from tests.site.places import CONFIG, Place, two_bill_site
from tests.site.test_look import HOSTILE

PAGES = (
    "index.html",
    "about/index.html",
    "bill/119-hr-99990/index.html",
    "bill/119-hr-99990/latest/index.html",
    "bill/119-hr-99990/ih/index.html",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Two bills, the house's words on one of them."""
    return two_bill_site(tmp_path_factory.mktemp("site"), "    title: A bill of one version\n")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A site whose every word of the house would break out if it could."""
    made = Place(tmp_path_factory.mktemp("hostile"))
    quoted = '"' + HOSTILE.replace("\\", "\\\\").replace('"', '\\"') + '"'
    text = CONFIG.replace("Bills, Annotated", quoted).replace("Example Institute", quoted)
    text = text.replace("What bills before Congress would do.", quoted)
    made.configure(text.replace("Our view in one sentence.", f"{quoted}\n    title: {quoted}"))
    made.build()
    return made


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(
    browser: Browser, axe: str, site: Place, name: str, scheme: Literal["light", "dark"]
) -> None:
    address, width = (site.public / name).as_uri(), 1280 if scheme == "light" else 320
    assert violations(browser, axe, address, scheme, width) == []


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_no_width_scrolls_sideways(page: Page, site: Place, name: str, width: int) -> None:
    page.goto((site.public / name).as_uri())
    assert not scrolls_sideways(page, width)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_for_itself_and_nothing_else(page: Page, site: Place, name: str) -> None:
    asked: list[str] = []
    complaints: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    page.on("request", note)
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    address = (site.public / name).as_uri()
    page.goto(address)
    page.evaluate(OPEN_ALL)
    page.mouse.wheel(0, 20_000)
    assert asked == [address]
    assert complaints == []


def test_search_narrows_the_list_by_title_subject_and_section(page: Page, site: Place) -> None:
    page.goto((site.public / "index.html").as_uri())
    bills = page.locator("article:visible")
    assert bills.count() == 2
    query = page.get_by_label("Search bills")
    query.fill("one VERSION")
    assert bills.count() == 1
    assert page.locator("#found").inner_text() == "1 of 2 bills"
    query.fill("voluntary information")
    assert bills.count() == 1
    assert page.locator(".sections li:visible").all_inner_texts() == [
        "5. Voluntary information sharing"
    ]
    page.get_by_text("5. Voluntary information sharing").click()
    page.wait_for_url("**/latest/index.html#sec-5")
    assert page.locator("#sec-5").is_visible()
    page.go_back()
    query.fill("zebra")
    assert bills.count() == 0
    query.fill("")
    assert bills.count() == 2


def test_without_script_the_index_is_a_list_and_no_dead_control_is(
    browser: Browser, site: Place
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site.public / "index.html").as_uri())
    assert page.locator("article:visible").count() == 2
    assert page.locator("input:visible, button:visible").count() == 0
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_hostile_words_of_the_house_do_nothing(page: Page, hostile: Place, name: str) -> None:
    dialogs: list[str] = []

    def note(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    page.goto((hostile.public / name).as_uri())
    assert dialogs == []
    assert page.locator("img").count() == 0
    assert page.locator("script:not([type])").count() <= 1
    assert "<img src=x onerror=alert(1)>" in page.inner_text(".site")
    assert "{{ 7*7 }}" in page.inner_text(".site")


def test_the_words_survive_forced_colours_and_print(browser: Browser, site: Place) -> None:
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto((site.public / "bill/119-hr-99990/index.html").as_uri())
    look = page.locator(".findings ins").first.evaluate(
        "e => [getComputedStyle(e).textDecorationLine, getComputedStyle(e).textDecorationStyle]"
    )
    assert look == ["underline", "double"]
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
    context.close()


# What a page does not print, as its own style sheets say, and what is never drawn.
UNPRINTED = (
    ".site, .search, .skip, .toolbar, .official, .act, .filters, .keys, .show-new, .show-old,"
    " .unseen, body script, svg desc, svg title"
)


@pdftotext
@pytest.mark.parametrize("name", PAGES)
def test_print_keeps_every_word(page: Page, site: Place, name: str, tmp_path: Path) -> None:
    page.goto((site.public / name).as_uri())
    assert missing_in_print(page, "body", UNPRINTED, tmp_path) == Counter()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A folder in the preview, whose state is what its page holds."""
    page = tmp_path / "index.html"
    policy = "default-src &#39;none&#39;"
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    page.write_text(f"<!DOCTYPE html><html><head>{meta}</head><body><p>one</p></body></html>")
    running = Server(tmp_path, 0, page.read_text)
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield running.address, page
    running.shutdown()
    running.server_close()
    thread.join()


def test_the_preview_reloads_when_the_site_changed(page: Page, served: tuple[str, Path]) -> None:
    address, file = served
    with page.expect_response("**/.legannot/state"):
        page.goto(address)
    assert page.inner_text("p") == "one"
    file.write_text(file.read_text().replace("<p>one</p>", "<p>two</p>"))
    page.get_by_text("two").wait_for()
