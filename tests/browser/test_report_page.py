"""The report in a real browser: first screen, small screens, no script, print, high contrast."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from playwright.sync_api import Browser, Dialog, Page, Request

from legannot.cli.analyst import Analyst
from legannot.parse import parse
from legannot.render.html import render
from legannot.render.official import words_of
from legannot.source import resolve
from tests.browser.pages import (
    LAY_OUT_ALL,
    OPEN_ALL,
    missing_in_print,
    open_all,
    pdftotext,
    printed,
    scrolls_sideways,
    violations,
)
from tests.render.builders import report, sample
from tests.render.test_html import hostile_report

VERSIONS = {"three": (), "two": ("rh", "eh"), "one": ("eh",)}
FOLD = 720
# Words of a paragraph that did not change and is folded away.
FOLDED = "The term appropriate congressional committees means"


@cache
def rendered(name: str) -> bytes:
    return render(hostile_report() if name == "hostile" else report(*VERSIONS[name]))


@pytest.fixture
def file(tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """The address of a report on disk, as a reader opens it from an e-mail."""
    name = getattr(request, "param", "three")
    path = tmp_path / "report.html"
    path.write_bytes(rendered(name))
    return path.as_uri()


@pytest.fixture
def opened(page: Page, file: str) -> Iterator[Page]:
    """The report in a page that fails the test on any complaint of the browser."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(file)
    yield page
    assert complaints == []


def words_in_sight(page: Page, selector: str) -> str:
    """What is drawn of an element."""
    page.evaluate(LAY_OUT_ALL)
    return " ".join(page.locator(selector).first.inner_text().split())


def top(page: Page, selector: str) -> float:
    box = page.locator(selector).first.bounding_box()
    assert box is not None
    return box["y"]


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


# ── the first ten seconds ────────────────────────────────────────────────────────────────────────


def test_bill_versions_findings_counts_and_subjects_stand_on_the_first_screen(opened: Page) -> None:
    for selector in ("h1", ".versions", ".findings", ".counts", ".reader", ".lines", ".line svg"):
        assert top(opened, selector) < FOLD, selector
    assert top(opened, "#changes") < FOLD
    assert top(opened, ".views") < FOLD


# ── access ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("file", "scheme", "width"),
    [("three", "light", 1280), ("three", "dark", 320), ("one", "light", 320)],
    indirect=["file"],
)
def test_axe_finds_nothing(
    browser: Browser, axe: str, file: str, scheme: Literal["light", "dark"], width: int
) -> None:
    assert violations(browser, axe, file, scheme, width) == []


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("file", [*VERSIONS, "hostile"], indirect=True)
def test_no_width_scrolls_sideways(opened: Page, width: int) -> None:
    assert not scrolls_sideways(opened, width)


@pytest.mark.parametrize("width", [320, 768, 991, 992, 1280])
def test_the_lists_of_changes_and_subjects_hide_no_words_off_the_side(
    opened: Page, width: int
) -> None:
    opened.set_viewport_size({"width": width, "height": FOLD})
    opened.evaluate(OPEN_ALL)
    for table in ("changes", "quantities", "lines"):
        beyond = opened.locator(f"table.{table} tbody :is(th, td)").evaluate_all(
            """cells => cells.flatMap(cell => [...cell.getClientRects()])
                .filter(box => box.width && box.right > innerWidth).length"""
        )
        assert beyond == 0, table


def test_words_of_a_list_set_line_by_line_begin_at_the_edge(opened: Page) -> None:
    opened.set_viewport_size({"width": 768, "height": FOLD})
    rows = opened.locator(".changes tbody tr:visible")
    new = rows.filter(has=opened.locator("td:nth-child(4):empty")).filter(
        has=opened.locator("td:nth-child(5) ins")
    )
    assert new.count() > 5
    for row in new.all()[:5]:
        edge = row.bounding_box()
        words_at = row.locator("td:nth-child(5) ins").first.bounding_box()
        assert edge
        assert words_at
        assert abs(words_at["x"] - edge["x"]) < 2


def test_sections_stay_in_sight_beside_a_wide_table_of_subjects(opened: Page) -> None:
    opened.set_viewport_size({"width": 700, "height": FOLD})
    table = opened.locator(".scroll:has(> .heat)")
    table.scroll_into_view_if_needed()
    assert table.evaluate("e => { e.scrollLeft = 200; return e.scrollLeft }") > 0
    head = opened.locator(".heat tbody th").first
    assert head.evaluate("e => e.getBoundingClientRect().left") >= 0
    front = head.evaluate(
        """e => { const b = e.getBoundingClientRect();
            const top = document.elementFromPoint(b.left + b.width / 2, b.top + 8);
            return e.contains(top); }"""
    )
    assert front


def test_a_list_set_line_by_line_is_still_a_table_to_a_screen_reader(opened: Page) -> None:
    opened.set_viewport_size({"width": 320, "height": FOLD})
    lists = opened.locator("table:is(.changes, .quantities, .lines)")
    lines = lists.locator("tbody tr").count()
    heads = lists.locator("thead th").count()
    tree = opened.context.new_cdp_session(opened).send("Accessibility.getFullAXTree")
    roles = Counter(str(node.get("role", {}).get("value")) for node in tree["nodes"])
    assert roles["row"] >= lines + lists.count()
    assert roles["rowheader"] >= lines
    assert roles["columnheader"] >= heads


def test_notes_stand_beside_the_text_and_never_on_each_other(browser: Browser, file: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(file)
    open_all(page)
    boxes = page.evaluate(
        """[...document.querySelectorAll('.notes')].map(n => {
            const b = n.getBoundingClientRect();
            return [b.left, b.top, b.bottom];
        })"""
    )
    assert len(boxes) > 10
    beside = sorted((above, below) for left, above, below in boxes if left > 640)
    assert len(beside) == len(boxes)
    assert all(one[1] <= two[0] + 1 for one, two in pairwise(beside))
    context.close()


def test_marks_survive_forced_colours(browser: Browser, file: str) -> None:
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(file)
    looks = {
        tag: page.locator(f".redline .p {tag}").first.evaluate(
            "e => { const s = getComputedStyle(e);"
            " return [s.textDecorationLine, s.textDecorationStyle, s.borderBottomStyle] }"
        )
        for tag in ("ins", "del", "mark")
    }
    assert looks["ins"][:2] == ["underline", "double"]
    assert looks["del"][0] == "line-through"
    assert looks["mark"][2] == "dotted"
    for box in (".lab", ".frame"):
        border = (
            "e => { const s = getComputedStyle(e); return [s.borderTopStyle, s.borderTopWidth] }"
        )
        assert page.locator(f".redline {box}").first.evaluate(border) == ["solid", "1px"], box
    context.close()


# How a mark differs from plain text other than by colour: line, slant, signs before and after.
LOOK_OF = """e => {
    const s = getComputedStyle(e);
    const sign = side => getComputedStyle(e, side).content.replace(/^none$|^normal$|"/g, '');
    return [s.textDecorationLine, s.fontStyle, sign('::before'), sign('::after')];
}"""
LOOKS = {
    "legal": (["underline", "normal", "", ""], ["line-through", "normal", "", ""]),
    "lawfirm": (["underline", "normal", "", ""], ["line-through", "normal", "", ""]),
    "ramseyer": (["none", "italic", "", ""], ["none", "normal", "[", "]"]),
    "cordon": (["none", "italic", "", ""], ["line-through", "normal", "", ""]),
    "plain": (["none", "normal", "{+", "+}"], ["none", "normal", "[-", "-]"]),
}


@pytest.mark.parametrize("look", LOOKS)
def test_a_reader_chooses_how_marks_are_set_and_no_way_rests_on_colour_alone(
    opened: Page, look: str
) -> None:
    opened.get_by_label("Type").select_option(look)
    marks = [opened.locator(f".redline .p {tag}").first.evaluate(LOOK_OF) for tag in ("ins", "del")]
    assert tuple(marks) == LOOKS[look]
    note = opened.locator(".showing").evaluate("e => getComputedStyle(e, '::after').content")
    assert ("not existing law" in note) == (look in ("ramseyer", "cordon"))
    opened.get_by_label("New text").check()
    inserted = opened.locator(".redline .p ins").first.evaluate(LOOK_OF)
    assert inserted == ["none", "normal", "", ""]


@pytest.mark.parametrize("look", LOOKS)
def test_a_page_without_script_keeps_the_look_it_was_made_with(
    browser: Browser, tmp_path: Path, look: str
) -> None:
    file = tmp_path / "report.html"
    file.write_bytes(render(report(*VERSIONS["three"]), look=look))
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    marks = [page.locator(f".redline .p {tag}").first.evaluate(LOOK_OF) for tag in ("ins", "del")]
    assert tuple(marks) == LOOKS[look]
    context.close()


def test_an_inference_whose_assumption_is_not_shared_says_so(opened: Page) -> None:
    line = opened.locator(".lines-of .claim-inference").first
    after = "e => getComputedStyle(e.querySelector('.assumes'), '::after').content"
    assert line.evaluate(after) == "none"
    line.locator("input").first.uncheck()
    assert "it does not follow" in line.evaluate(after)


@pytest.mark.parametrize("mark", ["ins", "del"])
def test_marks_survive_grey(browser: Browser, file: str, mark: str) -> None:
    # With tint and hue gone, what is left of a mark must still be drawn.
    context = browser.new_context()
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Emulation.setEmulatedVisionDeficiency", {"type": "achromatopsia"})
    page.goto(file)
    words = page.locator(f".redline .p {mark}:visible").first
    words.scroll_into_view_if_needed()
    plain = "e => { e.style.background = 'none'; e.style.color = 'inherit' }"
    words.evaluate(plain)
    marked = words.screenshot()
    words.evaluate("e => { e.style.textDecoration = 'none' }")
    assert words.screenshot() != marked
    context.close()


def test_controls_are_large_enough_to_be_hit(opened: Page) -> None:
    small = opened.evaluate(
        """[...document.querySelectorAll('button, select, summary, label, .nn')]
            .filter(e => e.getClientRects().length)
            .map(e => [e.outerHTML.slice(0, 60), e.getBoundingClientRect().height])
            .filter(([, height]) => height < 24)"""
    )
    assert small == []


def test_elements_of_the_redline_reach_a_screen_reader_as_what_they_are(opened: Page) -> None:
    tree = opened.locator("#sec-6").aria_snapshot()
    assert "insertion" in tree
    assert "deletion" in tree


# ── nothing asked for, nothing run ───────────────────────────────────────────────────────────────


def test_the_page_asks_for_itself_and_nothing_else(page: Page, file: str) -> None:
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    page.on("request", note)
    page.goto(file)
    page.evaluate(OPEN_ALL)
    page.mouse.wheel(0, 20_000)
    assert asked == [file]


@pytest.mark.parametrize("file", ["hostile"], indirect=True)
def test_hostile_text_does_nothing(page: Page, file: str) -> None:
    dialogs: list[str] = []

    def note(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    page.goto(file)
    assert dialogs == []
    assert page.locator("script").count() == 1
    assert page.locator("img").count() == 0
    assert "<img src=x onerror=alert(1)>" in page.inner_text("h1")


def test_without_script_every_word_is_there_and_no_dead_button_is(
    browser: Browser, page: Page, file: str
) -> None:
    page.goto(file)
    with_script = page.evaluate("document.body.textContent")
    context = browser.new_context(java_script_enabled=False)
    bare = context.new_page()
    bare.goto(file)
    assert words(bare.locator("body").text_content() or "") == words(with_script)
    assert bare.locator("button:visible, select:visible").count() == 0
    assert bare.locator(".redline del:visible").count() > 0
    context.close()


# ── views, switches, folds ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("view", "shown", "hidden"),
    [("New text", "25 percent", "50 percent"), ("Old text", "50 percent", "25 percent")],
)
def test_a_view_shows_one_version_and_says_which(
    browser: Browser, file: str, view: str, shown: str, hidden: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(file)
    page.get_by_label(view).check()
    text = words_in_sight(page, "#sec-6-b")
    assert shown in text
    assert hidden not in text
    assert page.locator(".showing").inner_text().startswith(f"Showing: {view.lower()}")
    context.close()


def test_the_old_view_shows_the_old_number(opened: Page) -> None:
    assert words_in_sight(opened, "#sec-12 h3").startswith("Sec. 12.")
    opened.get_by_label("Old text").check()
    assert words_in_sight(opened, "#sec-12 h3").startswith("Sec. 11.")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_switch_hides_the_marks_of_one_class_and_its_lines_in_the_list(
    browser: Browser, file: str, *, script: bool
) -> None:
    context = browser.new_context(java_script_enabled=script)
    page = context.new_page()
    page.goto(file)
    page.evaluate(LAY_OUT_ALL)
    mark = page.locator("#sec-9-a del").first
    line = page.locator("tr.k-n").first
    assert mark.is_visible()
    assert line.is_visible()
    page.locator("#class-n").uncheck()
    assert not mark.is_visible()
    assert not line.is_visible()
    assert "60 days" in words_in_sight(page, "#sec-9-a")
    context.close()


# Browsers look up the words of a text fragment as they look up what is typed into their search.
@pytest.mark.parametrize("way", ["sec-3-1", f":~:text={quote(FOLDED)}"], ids=["link", "words"])
def test_find_in_page_and_links_reach_folded_text(browser: Browser, file: str, way: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(file)
    words_there = page.locator("#sec-3-1", has_text=FOLDED)
    assert words_there.count() == 1
    assert not words_there.is_visible()
    page.goto("about:blank")
    page.goto(f"{file}#{way}")
    words_there.wait_for(state="visible")
    context.close()


# ── script ───────────────────────────────────────────────────────────────────────────────────────


def test_keys_go_from_change_to_change_and_focus_moves_with_them(opened: Page) -> None:
    opened.keyboard.press("n")
    opened.keyboard.press("n")
    assert opened.locator("#where").inner_text() == "change 2 of 85"
    assert opened.evaluate("document.activeElement.hasAttribute('data-c')")
    opened.keyboard.press("p")
    assert opened.locator("#where").inner_text() == "change 1 of 85"
    opened.locator("#keys").uncheck()
    opened.keyboard.press("n")
    assert opened.locator("#where").inner_text() == "change 1 of 85"


def test_buttons_go_from_change_to_change_for_those_without_keys(opened: Page) -> None:
    for name, place in (("Next", 1), ("Next", 2), ("Previous", 1)):
        opened.get_by_role("button", name=name).click()
        assert opened.locator("#where").inner_text() == f"change {place} of 85"
    assert opened.evaluate("document.activeElement.hasAttribute('data-c')")


def test_the_change_list_can_be_narrowed_to_a_subject(opened: Page) -> None:
    opened.locator("#by-subject").select_option("Open weights: release")
    rows = opened.locator(".changes tbody tr:visible")
    assert rows.count() == 3
    assert opened.locator("#filtered").inner_text() == "3 of 85 changes"


def test_the_change_list_can_be_narrowed_to_what_happened(opened: Page) -> None:
    opened.locator("#by-kind").select_option("moved")
    rows = opened.locator(".changes tbody tr:visible")
    moved = opened.locator(".changes tbody td:nth-child(2)", has_text=re.compile(r"\bmoved"))
    assert rows.count() == moved.count() > 0
    opened.locator("#by-kind").select_option("")
    assert opened.locator("#filtered").inner_text() == ""


def test_a_citation_and_a_marked_passage_can_be_copied(browser: Browser, file: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(file)
    page.locator("#sec-6").hover()
    page.locator("#sec-6 .facts").get_by_text("Copy citation").click()
    page.get_by_text("Copied").wait_for()
    read = "navigator.clipboard.readText()"
    assert page.evaluate(read) == (
        "H.R. 99990, 119th Cong. § 6 (as engrossed in House, September 17, 2026)"
    )
    page.locator("#sec-6 .facts").get_by_text("Copy text").click()
    # To `wait_for_function` the promise itself is true: the page waits for its own clipboard.
    copied = page.evaluate(
        """async () => {
            let text = "";
            for (let i = 0; i < 500 && !text.startsWith("Sec."); i++) {
                await new Promise(done => setTimeout(done, 20));
                text = await navigator.clipboard.readText();
            }
            return text;
        }"""
    )
    assert copied.startswith("Sec.")
    assert "[-50 percent-]" in copied
    assert "Listing and delisting" not in copied
    html = page.evaluate(
        """navigator.clipboard.read().then(items => items[0].getType('text/html'))
            .then(blob => blob.text())"""
    )
    assert "text-decoration:line-through" in html.replace(" ", "")
    context.close()


# ── print ────────────────────────────────────────────────────────────────────────────────────────


@pdftotext
def test_the_first_printed_page_is_the_first_screen(opened: Page, tmp_path: Path) -> None:
    first = printed(opened, tmp_path, "-l", "1")
    for part in ("Unofficial.", "H.R. 99990", "IN SHORT", "50 percent", "need a human reader"):
        assert part in first
    assert "Engrossed in House" in first
    assert "1 of " in first


@pdftotext
def test_thirty_subjects_do_not_push_the_versions_off_the_first_printed_page(
    page: Page, tmp_path: Path
) -> None:
    made_of = Analyst(None, embeddings=False).report(sample(), "legannot report")
    assert len(made_of.subjects) > 20
    (tmp_path / "report.html").write_bytes(render(made_of))
    page.goto((tmp_path / "report.html").as_uri())
    first = printed(page, tmp_path, "-l", "1")
    assert len(re.findall(r"\d+ edits", first)) == 2


@pdftotext
@pytest.mark.parametrize("file", ["three", "one"], indirect=True)
def test_print_keeps_every_word_of_the_law_and_of_the_notes(opened: Page, tmp_path: Path) -> None:
    unprinted = ".act, .filters, .keys, .show-new, .show-old, .unseen, svg desc, svg title"
    assert missing_in_print(opened, "main", unprinted, tmp_path) == Counter()


def test_a_browser_finds_the_official_words_by_the_fragment_of_the_link(
    page: Page, corpus: Path
) -> None:
    official = corpus / "bills" / "116" / "hr2002" / "eh.htm"
    (bill,) = map(parse, resolve([str(official.with_suffix(".xml"))]))
    last = [one for one in bill.provisions if one.kind == "section"][-1]
    fragment = words_of(bill, last).partition("#")[2]
    assert fragment.startswith(":~:text=")
    page.set_viewport_size({"width": 800, "height": 300})
    page.goto(f"{official.as_uri()}#{fragment}")
    page.wait_for_function("scrollY > 0", timeout=5000)
    # It is the heading of that section that came into sight, not some other place.
    top_of = """heading => {
        const walker = document.createTreeWalker(document.body, 4);
        const range = document.createRange();
        while (walker.nextNode()) {
            const at = walker.currentNode.data.lastIndexOf(heading);
            if (at < 0) continue;
            range.setStart(walker.currentNode, at);
            range.setEnd(walker.currentNode, at + heading.length);
            return range.getBoundingClientRect().top;
        }
    }"""
    assert 0 <= page.evaluate(top_of, f"SEC. {last.enum}") < 300
