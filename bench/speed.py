"""How fast the everyday commands are, as ratios against three yardsticks measured in the same run.

    python bench/speed.py [--runs N]

Yardsticks: a process that imports click; one that imports click, lxml.etree and rapidfuzz; a flat
word diff of the same two texts; a bare lxml parse of the same file.  Medians of several runs, a
command and its yardstick in turn, after one that is not counted: it may have to compile the code,
which an installation has done.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from lxml import etree

from legannot.diff import compare, count_edits
from legannot.diff.engine import diff
from legannot.parse import parse
from legannot.render.terminal import body_text
from legannot.source import resolve

HR1500 = ROOT / ".." / "shared" / "corpus" / "bills" / "116" / "hr1500"


ENVIRONMENT = {
    **{key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"},
    "PYTHONPATH": str(ROOT),
}


def process(*arguments: str) -> float:
    start = perf_counter()
    subprocess.run(
        [sys.executable, *arguments],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=ENVIRONMENT,
    )
    return perf_counter() - start


def inside(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def line(name: str, seconds: float, yardstick: str, unit: float) -> None:
    print(f"{name:44} {seconds:8.3f} s  {seconds / unit:7.2f} x {yardstick}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=9)
    runs = parser.parse_args().runs
    files = [str(HR1500 / f"{version}.xml") for version in ("ih", "rh", "eh", "rfs")]

    def timed(*arguments: str, against: str, times: int = runs) -> tuple[float, float]:
        """Median seconds of a command of legannot, and of its yardstick."""
        seconds = [
            (process("-m", "legannot", *arguments), process("-c", f"import {against}"))
            for _ in range(times + 1)
        ][1:]
        ours, theirs = zip(*seconds, strict=True)
        return median(ours), median(theirs)

    ours, click_only = timed("--help", against="click")
    line("legannot --help", ours, "import click", click_only)
    command = ("diff", files[1], files[2], "--format", "json")
    ours, imports = timed(*command, against="click, lxml.etree, rapidfuzz")
    line("legannot diff rh eh --format json", ours, "imports", imports)
    with tempfile.TemporaryDirectory() as folder:
        report = ("report", *files, "-q", "-o", f"{folder}/out.html")
        rules, click_only = timed(*report, "--no-embeddings", against="click", times=3)
        line("legannot report, 4 versions, rules only", rules, "import click", click_only)
        full, click_only = timed(*report, against="click", times=3)
        line("legannot report, 4 versions, with embeddings", full, "import click", click_only)

    sources = resolve(files)
    content = sources[2].data
    bare = median(
        inside(lambda: [None for _ in etree.fromstring(content).iter()]) for _ in range(runs)
    )
    parsed = median(inside(lambda: parse(sources[2])) for _ in range(runs))
    line("parse eh", parsed, "lxml parse and walk", bare)
    rh, eh = parse(sources[1]), parse(sources[2])
    words = [re.findall(r"\w+|\W", body_text(bill)) for bill in (rh, eh)]
    flat = median(inside(lambda: diff(*words)) for _ in range(runs))
    compared = median(inside(lambda: compare(rh, eh)) for _ in range(runs))
    line("align and diff rh eh", compared, "flat word diff", flat)
    print(f"edits rh to eh in sections of both: {count_edits(compare(rh, eh).rows)}")
    reprint = compare(eh, parse(sources[3]))
    print(f"changes eh to rfs, a reprint: {len(reprint.changes)}")


if __name__ == "__main__":
    main()
