"""A report over a bill of 1,000 sections: written in how long, how large, and opened in how long.

    python bench/opened.py [--runs 5]

The bill is made up: each section has eight subsections.  Once it stands alone, once beside one
in which every subsection has another number.  Opened means loaded from the disk and drawn, in
Chromium; the least of several runs counts, since other work on the machine only adds to it.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, sync_playwright

from legannot.render.html import render
from tests.render.builders import made
from tests.render.test_html import big_bill

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def opened(browser: Browser, file: Path) -> float:
    """Seconds until a page from the disk is drawn."""
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    begun = perf_counter()
    page.goto(file.as_uri())
    page.evaluate(DRAWN)
    took = perf_counter() - begun
    page.close()
    return took


def main() -> None:
    """Print a line for each report."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("--runs", type=int, default=5)
    runs = arguments.parse_args().runs
    old, new = big_bill("ih", 10), big_bill("eh", 20)
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for name, bills in (("one version", [new]), ("two, all changed", [old, new])):
            report = made(bills)
            render(report)
            begun = process_time()
            page = render(report)
            written = process_time() - begun
            file = Path(folder) / "report.html"
            file.write_bytes(page)
            best = min(opened(browser, file) for _ in range(runs))
            size = len(page) / 1e6
            print(f"{name}: written in {written:.2f} s, {size:.1f} MB, opened in {best:.2f} s")
        browser.close()


if __name__ == "__main__":
    main()
