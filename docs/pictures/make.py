"""Make the pictures of the documentation from the bundled sample: `make pictures`."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


def main() -> None:
    """Write one picture of the first screen and one of the redline."""
    browser_path = shutil.which("chromium") or shutil.which("google-chrome")
    if browser_path is None:
        sys.exit("Chromium is not installed; make test installs it.")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        report = Path(folder) / "report.html"
        program = [sys.executable, "-m", "legannot", "report", "sample:model-access", "-q"]
        subprocess.run([*program, "-o", str(report)], check=True)
        browser = play.chromium.launch(executable_path=browser_path, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        page.goto(report.as_uri())
        page.screenshot(path=HERE / "report.png")
        page.evaluate("document.getElementById('sec-6').scrollIntoView()")
        page.screenshot(path=HERE / "redline.png")
        browser.close()


if __name__ == "__main__":
    main()
