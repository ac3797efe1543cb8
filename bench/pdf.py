"""How long the PDF of a report takes, in processor time of one process, against the bars.

    python bench/pdf.py [--large]

The reports are made first and not counted; what is counted goes from the report to the bytes of the
PDF.  Bars: 2 s for 30 pages, 60 s for 1,000.  The yardstick, a plain document of as many words with
headings and paragraphs alone, shows what the engine itself takes on this machine: a ratio to it
holds on a busy machine too.  `--large` adds the largest pair of the corpus, which takes minutes and
3 GB of memory.
"""

from __future__ import annotations

import argparse
import logging
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from legannot.model.report import Report

BILLS = ROOT / ".." / "shared" / "corpus" / "bills"
SAMPLE = ("sample:model-access/ih", "sample:model-access/rh", "sample:model-access/eh")
PAIRS = {
    "the sample, 3 versions": SAMPLE,
    "H.R. 1500 (116), rh to eh": ("116/hr1500/rh.xml", "116/hr1500/eh.xml"),
    "S. 2731 (116), ips to rcs": ("116/s2731/ips.uslm.xml", "116/s2731/rcs.uslm.xml"),
    "H.R. 264 (116), eh to pcs": ("116/hr264/eh.uslm.xml", "116/hr264/pcs.uslm.xml"),
}
LARGE = {"H.R. 1865 (116), eah to enr": ("116/hr1865/eah.uslm.xml", "116/hr1865/enr.xml")}


def report_of(names: tuple[str, ...]) -> Report:
    from legannot.cli.analyst import Analyst
    from legannot.cli.pipeline import ordered, read_bills

    paths = tuple(name if ":" in name else str(BILLS / name) for name in names)
    bills, _ = ordered(read_bills(paths))
    return Analyst(None, embeddings=False).report(bills, "bench")


def counted(made: bytes) -> tuple[int, int]:
    """Pages and words of a PDF, as poppler counts them."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(made)
        file.flush()
        text = subprocess.run(
            [shutil.which("pdftotext") or "pdftotext", file.name, "-"],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
    return text.count("\f"), len(text.split())


def plain_seconds(words: int) -> float:
    """Of a document of as many words without tables, marks or notes."""
    from weasyprint import HTML

    paragraph = f"<p>{'The Secretary shall submit a report to the committees. ' * 5}</p>"
    section = f"<h2>Reports</h2>{paragraph * 4}"
    begun = process_time()
    HTML(string=f"<html lang=en><title>x</title>{section * (words // 180 + 1)}").write_pdf(
        pdf_variant="pdf/ua-1"
    )
    return process_time() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", action="store_true")
    chosen = {**PAIRS, **LARGE} if parser.parse_args().large else PAIRS
    from legannot.render.pdf import render

    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    render(report_of(SAMPLE[:2]))  # imports, fonts and their tables, once in a process
    print(f"{'report':30}{'pages':>6}{'s':>8}{'pages/s':>9}{'s/30':>7}{'s/1000':>8}{'x plain':>9}")
    for name, versions in chosen.items():
        if ":" not in versions[0] and not BILLS.is_dir():
            print(f"{name:30}  no corpus beside this checkout")
            continue
        compared = report_of(versions)
        begun = process_time()
        made = render(compared)
        seconds = process_time() - begun
        pages, words = counted(made)
        plain = plain_seconds(words)
        print(
            f"{name:30}{pages:6}{seconds:8.2f}{pages / seconds:9.1f}{30 * seconds / pages:7.2f}"
            f"{1000 * seconds / pages:8.1f}{seconds / plain:9.1f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
