"""Make the gallery: a picture of each output, and the page that shows them.

    make gallery    the sample's pictures into docs/pictures, and docs/gallery.md; where the corpus
                    of real bills is beside the checkout, two of them into out/gallery
    make pictures   the two pictures of the README only

What a machine lacks (LibreOffice, Pango, poppler) is left out, and said.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
REAL = (ROOT / ".." / "shared" / "corpus").resolve()
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
# Two real bills that a reader may look up.
REAL_BILLS = {
    "taiwan": REAL / "bills" / "116" / "hr2002",
    "consumers-first": REAL / "bills" / "116" / "hr1500",
}
PIXELS_AN_INCH = 90
# A changed passage beyond the table of contents.
TEXT = ".redline .p:not(.toc) del"
SITE = """\
title: Model policy, bill by bill
address: https://bills.example.org/
publisher: Example Institute
description: What bills before Congress would do to open-weight models, version by version.
embeddings: false
bills:
  - versions: [{versions}]
"""


@dataclass(frozen=True)
class Shot:
    """A picture: its name, what it shows, and how it is made from a folder of outputs."""

    name: str
    caption: str
    take: Callable[[Path, Path], None]


def main() -> None:
    """Write the pictures that the command line asks for."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        sys.exit("Chromium is not installed; make test installs it.")
    everything = "--gallery" in sys.argv[1:]
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program, args=FLAGS)
        if not everything:
            _set(browser, "sample:model-access", HERE, only=("report", "redline"))
        else:
            taken = _set(browser, "sample:model-access", HERE)
            (HERE.parent / "gallery.md").write_text(_page(taken), encoding="utf-8")
            for name, folder in REAL_BILLS.items():
                if folder.is_dir():
                    target = ROOT / "out" / "gallery" / name
                    target.mkdir(parents=True, exist_ok=True)
                    _set(browser, str(folder), target)
                else:
                    _say(f"{name}: left out, the corpus of real bills is not beside this checkout")
        browser.close()


def _set(browser: Browser, versions: str, target: Path, only: tuple[str, ...] = ()) -> list[Shot]:
    """All pictures of one bill; returns those that could be made."""
    taken = []
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        _legannot("report", versions, "-o", str(work / "report.html"))
        for shot in _shots(browser, versions):
            if only and shot.name not in only:
                continue
            try:
                shot.take(work, target / f"{shot.name}.png")
            except (FileNotFoundError, subprocess.CalledProcessError) as error:
                _say(f"{shot.name}: left out ({error})")
            else:
                taken.append(shot)
    return taken


def _shots(browser: Browser, versions: str) -> Iterator[Shot]:
    web = partial(_web, browser)
    yield Shot("report", "The report's first screen at 1280 by 720", partial(web, size=(1280, 720)))
    yield Shot("redline", "The redline with its notes", partial(web, size=(1280, 720), at=TEXT))
    yield Shot("dark", "The same on a dark screen", partial(web, size=(1280, 720), scheme="dark"))
    yield Shot(
        "small", "On a small screen, 320 pixels wide",
        partial(web, size=(320, 720), at=TEXT),
    )  # fmt: skip
    yield Shot(
        "contrast", "With forced colours (high contrast): lines and boxes stay",
        partial(web, size=(1280, 720), at=TEXT, forced=True),
    )  # fmt: skip
    yield Shot("print", "Printed from the browser", partial(_print, browser))
    yield Shot("pdf", "The PDF", partial(_pdf, versions))
    yield Shot(
        "word", "Word, with tracked changes, as LibreOffice shows it", partial(_word, versions)
    )
    yield Shot("terminal", "The terminal", partial(_terminal, browser, versions))
    yield Shot("site", "A site: the list of bills", partial(_site, browser, versions, ""))
    yield Shot("site-bill", "A site: the page of a bill", partial(_site, browser, versions, "bill"))


def _web(
    browser: Browser,
    work: Path,
    picture: Path,
    *,
    size: tuple[int, int],
    at: str = "",
    scheme: str = "light",
    forced: bool = False,
) -> None:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if scheme == "dark" else "light",
        forced_colors="active" if forced else "none",
    )
    page = context.new_page()
    page.goto((work / "report.html").as_uri())
    if at and page.locator(at).count():
        page.evaluate("s => document.querySelector(s).scrollIntoView({block: 'center'})", at)
        page.wait_for_timeout(200)
    page.screenshot(path=picture)
    context.close()


def _print(browser: Browser, work: Path, picture: Path) -> None:
    page = browser.new_page()
    page.goto((work / "report.html").as_uri())
    page.pdf(path=work / "print.pdf", prefer_css_page_size=True, print_background=True)
    page.close()
    _first_page(work / "print.pdf", picture)


def _pdf(versions: str, work: Path, picture: Path) -> None:
    _legannot("report", versions, "-o", str(work / "report.pdf"))
    _first_page(work / "report.pdf", picture, of="Redline")


def _word(versions: str, work: Path, picture: Path) -> None:
    old, new = _ends(versions)
    _legannot("diff", old, new, "-o", str(work / "redline.docx"))
    _run("soffice", f"-env:UserInstallation={(work / 'office').as_uri()}", "--headless",
         "--convert-to", "pdf", "--outdir", str(work), str(work / "redline.docx"))  # fmt: skip
    _first_page(work / "redline.pdf", picture)


def _first_page(pdf: Path, picture: Path, of: str = "") -> None:
    """A picture of the first page after the one on which a part begins, or of the very first."""
    pages = _run("pdftotext", str(pdf), "-").split("\f")
    heads = [i for i, text in enumerate(pages, 1) if f"\n{of}\n" in text] if of else []
    number = min(heads[0] + 1, len(pages) - 1) if heads else 1
    _run("pdftoppm", "-png", "-singlefile", "-r", str(PIXELS_AN_INCH), "-f", str(number),
         str(pdf), str(picture.with_suffix("")))  # fmt: skip


def _terminal(browser: Browser, versions: str, work: Path, picture: Path) -> None:
    from rich.console import Console
    from rich.text import Text

    names = _ends(versions)
    done = _legannot("diff", *names, "--color", "always", COLUMNS="96")
    console = Console(record=True, width=96, file=(work / "log").open("w", encoding="utf-8"))
    console.print(Text.from_ansi("\n".join(done.splitlines()[:34])))
    shown = console.export_html(
        inline_styles=True,
        code_format="<pre style='margin:0;padding:16px;background:#fff;color:#111;"
        "font:13px/1.4 monospace;width:max-content'>{code}</pre>",
    )
    page = browser.new_page()
    page.set_content(shown)
    page.locator("pre").screenshot(path=picture)
    page.close()


def _site(browser: Browser, versions: str, part: str, work: Path, picture: Path) -> None:
    config = work / "site.yaml"
    if not config.exists():
        config.write_text(SITE.format(versions=versions), encoding="utf-8")
        _legannot("site", str(config), "-q")
    pages = sorted((work / "public" / part).glob("*/index.html" if part else "index.html"))
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto(pages[0].as_uri())
    page.screenshot(path=picture)
    page.close()


def _ends(versions: str) -> tuple[str, str]:
    """The first and the last version: names that `diff` takes."""
    if versions.startswith("sample:"):
        return f"{versions}/ih", f"{versions}/eh"
    order = ("ih", "is", "rh", "rs", "eh", "es", "rfs", "rfh", "rds", "enr")
    files = sorted(
        (path for path in Path(versions).glob("*.xml") if path.stem in order),
        key=lambda path: order.index(path.stem),
    )
    return str(files[0]), str(files[-1])


def _legannot(*arguments: str, **environment: str) -> str:
    return _run(sys.executable, "-m", "legannot", *arguments, **environment)


def _run(*command: str, **environment: str) -> str:
    done = subprocess.run(
        command,
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, **environment},
    )
    return done.stdout


def _page(taken: list[Shot]) -> str:
    lines = [
        "# Gallery",
        "",
        "What each output looks like, made from the bundled sample, a bill of our own invention.",
        "`make gallery` makes these pictures and this page. Where the corpus of real bills lies",
        "beside the checkout it makes those of two of them, too, into `out/gallery`; not kept.",
    ]
    for shot in taken:
        lines += ["", f"## {shot.caption}", "", f"![{shot.caption}](pictures/{shot.name}.png)"]
    return "\n".join(lines) + "\n"


def _say(message: str) -> None:
    sys.stderr.write(f"{message}\n")


if __name__ == "__main__":
    main()
