"""What every test may use: the corpus of real bills, the invariants of values, a browser page."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest
from hypothesis import settings

from legannot.model import (
    Bill,
    Change,
    ChangeKind,
    Comparison,
    Edit,
    Provision,
    Span,
)
from legannot.model.report import Report

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# Run by the Python of LibreOffice; doctest would import it here, where `uno` is missing.
collect_ignore = ["render/office.py"]

ROOT = Path(__file__).resolve().parents[1]
CORPUS = (ROOT / ".." / "shared" / "corpus").resolve()
_NODE = ROOT / ".cache" / "node" / "node_modules"
AXE = _NODE / "axe-core" / "axe.min.js"
NU = _NODE / "vnu-jar" / "build" / "dist" / "vnu.jar"

needs_corpus = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the corpus of real bills is not beside this checkout"
)


# How long an example takes says more of the machine than of the program.
settings.register_profile("patient", settings.default, deadline=None)
settings.load_profile("patient")

# What a shell may say to programs, and what would then decide how they look.
_SAID = ("COLUMNS", "FORCE_COLOR", "NO_COLOR", "SOURCE_DATE_EPOCH")
_FOLDERS = ("XDG_CACHE_HOME", "XDG_DATA_HOME", "LOCALAPPDATA")


@pytest.fixture(scope="session", autouse=True)
def nobodys_machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What the user told programs is not heard, and the user's folders are left alone."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [n for n in os.environ if n.startswith("LEGANNOT_") or n in _SAID]:
            patch.delenv(name)
        for name in _FOLDERS:
            patch.setenv(name, str(tmp_path_factory.mktemp("home")))
        yield


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real bills; its tests are skipped where it is not laid out."""
    if not CORPUS.is_dir():
        pytest.skip("the corpus of real bills is not beside this checkout")
    return CORPUS


# ── expected outputs ────────────────────────────────────────────────────────────────────────────


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite", action="store_true", help="write expected outputs instead of comparing them"
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compare a text with the file that holds what is expected; `--rewrite` writes it instead."""
    rewrite: bool = request.config.getoption("--rewrite")

    def compare(path: Path, text: str) -> None:
        if rewrite:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.is_file(), f"{path.name} is missing; `make golden` writes it"
        assert text == path.read_text(encoding="utf-8")

    return compare


# ── a bill ────────────────────────────────────────────────────────────────────────────────────────


def check_bill(bill: Bill) -> None:
    """What holds for every parsed bill, whatever its format."""
    provisions = list(bill.walk())
    assert provisions, "a bill without provisions"
    paths = Counter(p.path for p in provisions)
    assert not [path for path, times in paths.items() if times > 1 or not path]
    for provision in provisions:
        assert provision.kind, provision.path
        _check_folded(provision.enum, provision)
        _check_folded(provision.heading, provision)
        _check_folded(provision.text, provision)
        _check_spans(provision.spans, provision.text, provision)
        _check_spans(provision.heading_spans, provision.heading, provision)
        assert provision.enum or provision.heading or provision.text or provision.children, (
            f"{provision.path} is empty"
        )
    assert len(bill.provenance.sha256) == 64
    assert bill.provenance.size > 0


def _check_folded(text: str, provision: Provision) -> None:
    assert text == " ".join(text.split()), f"{provision.path}: blanks are not folded in {text!r}"
    assert text == unicodedata.normalize("NFC", text), f"{provision.path}: {text!r} is not NFC"


def _check_spans(spans: Iterable[Span], text: str, provision: Provision) -> None:
    for span in spans:
        assert 0 <= span.start < span.end <= len(text), (
            f"{provision.path}: {span} is no stretch of its {len(text)} code points"
        )


# ── a comparison ──────────────────────────────────────────────────────────────────────────────────

_SHARING = frozenset({ChangeKind.SPLIT, ChangeKind.MERGED})


def check_comparison(comparison: Comparison) -> None:
    """What holds for every comparison: its rows rebuild both sides, and nothing is lost."""
    for row in comparison.rows:
        check_change(row)
    _check_side(comparison.old, [(row.old, row) for row in comparison.rows])
    _check_side(comparison.new, [(row.new, row) for row in comparison.rows])
    place = {p.path: i for i, p in enumerate(comparison.new.walk())}
    _check_carried(comparison)
    order = [place[row.new.path] for row in comparison.rows if row.new]
    assert order == sorted(order), "rows are not in the order of the new version"


def _check_carried(comparison: Comparison) -> None:
    """Words that went somewhere came from there, once, and the edits between them rebuild both."""
    gone = {
        (row.old.path, e.at): e for row in comparison.rows if row.old for e in row.edits
        if e.at and e.op == "delete"
    }  # fmt: skip
    come = {
        (e.at, row.new.path): e for row in comparison.rows if row.new for e in row.edits
        if e.at and e.op == "insert"
    }  # fmt: skip
    assert gone.keys() == come.keys(), "words went where none came, or came from where none went"
    for place, edit in come.items():
        before = "".join(e.text for e in edit.inner if e.op != "insert")
        after = "".join(e.text for e in edit.inner if e.op != "delete")
        assert (before, after) == (gone[place].text.strip(), edit.text.strip()), place


def check_change(row: Change) -> None:
    """What holds for one row, inside a comparison or among the passing rows of a report."""
    kinds = set(row.kinds)
    place = row.shown.path
    assert kinds, f"{place}: a row without a kind"
    assert len(kinds) == len(row.kinds), f"{place}: a kind is named twice"
    assert (row.old is None) == (ChangeKind.ADDED in kinds), f"{place}: {row.kinds}"
    assert (row.new is None) == (ChangeKind.REMOVED in kinds), f"{place}: {row.kinds}"
    if ChangeKind.UNCHANGED in kinds:
        assert kinds == {ChangeKind.UNCHANGED}, f"{place}: {row.kinds}"
    old, new = row.old, row.new
    words = (old.text if old else "", new.text if new else "")
    headings = (old.heading if old else "", new.heading if new else "")
    _check_edits(row.edits, *words, place, row)
    _check_edits(row.heading_edits, *headings, place, row)
    if ChangeKind.UNCHANGED in kinds:
        assert words[0] == words[1], f"{place}: unchanged, but its words differ"
        assert headings[0] == headings[1], f"{place}: unchanged, but its heading differs"
    assert 0 <= row.score <= 1


def _check_edits(edits: tuple[Edit, ...], old: str, new: str, place: str, row: Change) -> None:
    if not edits and old == new:
        # Only words that do not differ may go without edits.
        return
    assert "".join(e.text for e in edits if e.op != "insert") == old, f"{place}: {row.kinds}"
    assert "".join(e.text for e in edits if e.op != "delete") == new, f"{place}: {row.kinds}"
    assert all(e.text for e in edits), f"{place}: an edit without words"


def _check_side(bill: Bill, sides: list[tuple[Provision | None, Change]]) -> None:
    shown: dict[str, list[tuple[Provision, Change]]] = defaultdict(list)
    for provision, row in sides:
        if provision is not None:
            shown[provision.path].append((provision, row))
    expected = {p.path: p for p in bill.walk()}
    assert set(expected) - set(shown) == set(), "provisions are missing from the rows"
    assert set(shown) - set(expected) == set(), "rows show provisions that the bill lacks"
    for path, found in shown.items():
        once = len(found) == 1 or all(_SHARING & set(row.kinds) for _, row in found)
        assert once, f"{path} is shown {len(found)} times without a split or a merger"
        for provision, _ in found:
            assert _own(provision) == _own(expected[path]), f"{path} is not shown as it is"


def _own(provision: Provision) -> tuple[str, str, str, str]:
    return provision.kind, provision.enum, provision.heading, provision.text


# ── a report ──────────────────────────────────────────────────────────────────────────────────────


def check_report(report: Report) -> None:
    """What holds for every report: all it says can be looked up in the bills it is about."""
    assert len(report.bills) == len(report.facts) == len(report.tags)
    assert (report.comparison is None) == (len(report.bills) == 1)
    assert len(report.steps) == max(0, len(report.bills) - 1)
    for bill, tags in zip(report.bills, report.tags, strict=True):
        check_bill(bill)
        provisions = {p.path: p for p in bill.walk()}
        for tag in tags:
            words = provisions[tag.path].heading if tag.field == "heading" else None
            assert tag.text == (provisions[tag.path].text if words is None else words), tag
            assert tag.topic in report.topics, tag.topic
            assert 0 <= tag.confidence <= 1, tag
            assert tag.via is None or tag.via in provisions, tag
    if report.comparison is not None:
        check_comparison(report.comparison)
    for step in report.steps:
        check_comparison(step.comparison)
    for row in report.passing:
        check_change(row)
    _check_rows(report)
    _check_effects(report)


def _check_rows(report: Report) -> None:
    rows = report.comparison.rows if report.comparison else ()
    for finding in report.findings:
        if rows:
            row = rows[finding.row]
            assert finding.path in {p.path for p in (row.old, row.new) if p}, finding
    for change in report.tag_changes:
        row = rows[change.row]
        assert change.path in {p.path for p in (row.old, row.new) if p}, change
        assert change.old or change.new, change
    paths = {p.path for bill in report.bills for p in bill.walk()}
    for reach in report.reach:
        assert reach.definition in paths, reach
        assert set(reach.uses) <= paths, reach


def _check_effects(report: Report) -> None:
    words: dict[str, list[str]] = defaultdict(list)
    for bill in report.bills:
        for provision in bill.walk():
            words[provision.path] += [provision.text, provision.heading]
    lines = Counter((e.rule, e.path, e.order, e.claim, e.effect) for e in report.effects)
    assert not [line for line, times in lines.items() if times > 1]
    for effect in report.effects:
        assert any(effect.quote in text for text in words[effect.path]), effect
        assert set(effect.questions) <= set(report.questions), effect
        assert set(effect.evidence) <= set(report.evidence), effect


# ── a browser ─────────────────────────────────────────────────────────────────────────────────────

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def _do_without(what: str) -> NoReturn:
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core, to be put into a page with `page.evaluate`."""
    if not AXE.is_file():
        _do_without("axe-core is not installed; `make test` fetches it with npm")
    return AXE.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def nu() -> Callable[[Iterable[Path]], list[str]]:
    """The Nu checker: what it calls errors in HTML files, each with its file and line.

    It needs Java, which not every machine that runs CI may install: skipped there, with the reason.
    """
    java = shutil.which("java")
    if java is None:
        pytest.skip(
            "there is no Java on PATH for the Nu checker; `make test` installs it if it may"
        )
    if not NU.is_file():
        pytest.skip("vnu-jar is not installed; `make test` fetches it with npm")

    def check(files: Iterable[Path]) -> list[str]:
        done = subprocess.run(
            [java, "-jar", str(NU), "--format", "json", "--exit-zero-always", *map(str, files)],
            capture_output=True,
            check=True,
            text=True,
        )
        found = json.loads(done.stderr)["messages"]
        return [
            f"{m.get('url', '').rpartition('/')[2]}:{m.get('lastLine')}: {m['message']}"
            for m in found
            if m["type"] != "info"
        ]

    return check


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's own Chromium, found on PATH; its tests are skipped without, but not in CI."""
    program = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if program is None:
        _do_without("there is no Chromium on PATH; `make test` installs it where it may")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=program,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
            ],
        )
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty page in a profile of its own, 1280 by 720."""
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    yield context.new_page()
    context.close()
