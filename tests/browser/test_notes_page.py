"""Notes of the house and the fragment in a real browser: axe, small screens, nothing that runs."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from playwright.sync_api import Browser, Page

from legannot.render.fragment import fragment
from legannot.render.html import render
from tests.browser.pages import open_all, scrolls_sideways, violations
from tests.notes.outputs import noted

# A page that styles everything its own way.
HOST = """\
<!doctype html><html lang="en"><head><meta charset="utf-8"><title>An article</title>
<meta name="viewport" content="width=device-width">
<style>body { max-width: 40rem; margin: 0 auto; font-family: sans-serif } main { padding: 0 }
.note, .p, .u { display: none }</style></head>
<body><main><h1>An article</h1><p id="redline">Before.</p>%s<p>After.</p></main></body></html>
"""


@cache
def written(name: str) -> bytes:
    page = render(noted())
    if name == "page":
        return page
    return (HOST % fragment(noted(), page).decode("utf-8")).encode("utf-8")


@pytest.fixture(params=["page", "fragment"])
def file(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a report with notes, or of an article that holds its fragment."""
    path = tmp_path / "page.html"
    path.write_bytes(written(request.param))
    return path.as_uri()


@pytest.fixture
def opened(page: Page, file: str) -> Iterator[Page]:
    """The page, which fails the test on any complaint of the browser, dialog or request."""
    complaints: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file)
    yield page
    assert complaints == []
    assert asked == [file]


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    browser: Browser, axe: str, file: str, scheme: Literal["light", "dark"], width: int
) -> None:
    assert violations(browser, axe, file, scheme, width) == []


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_no_width_scrolls_sideways(opened: Page, width: int) -> None:
    assert not scrolls_sideways(opened, width)


def test_nothing_in_a_fragment_is_hidden_or_moved_by_the_page_around_it(opened: Page) -> None:
    open_all(opened)
    for note in opened.locator("aside").all():
        assert note.is_visible()


def test_marks_of_notes_survive_forced_colours(opened: Page) -> None:
    opened.emulate_media(forced_colors="active")
    style = "m => getComputedStyle(m).borderBottomStyle"
    marks = opened.locator("mark[class$='house']")
    assert marks.count() > 3
    assert {mark.evaluate(style) for mark in marks.all()} == {"solid"}
