"""Time and memory of alignment and diff as bills grow: 1k, 5k, 20k and 50k provisions.

    python bench/scaling.py

Each size is made of sections of real bills, none of them twice, put together, edited with the
seeded operations of `tests/mutations.py` (5 % of the words reworded), and compared in a process of
its own.  Seconds are those of a processor, which other work on the machine does not add to.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from time import process_time

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from legannot.align import align
from legannot.diff.compare import build
from legannot.model import Bill, Provision, with_paths
from legannot.parse import parse
from legannot.source import resolve
from tests.mutations import mutate

CORPUS = ROOT / ".." / "shared" / "corpus"
SIZES = (1_000, 5_000, 20_000, 50_000)
SEED = 1


def sections(files: Iterable[Path]) -> list[Provision]:
    """The sections of the newest version of every bill, none twice, in an order drawn by lot.

    By lot, so that a small bill is made of the same stuff as a large one.
    """
    found: dict[tuple[str, ...], Provision] = {}
    for source in resolve([str(file) for file in files]):
        for provision in parse(source).as_reported().walk():
            if provision.kind == "section" and "[quoted" not in provision.path:
                words = tuple(f"{p.heading} {p.text}" for p in provision.walk())
                found.setdefault(words, provision)
    drawn = list(found.values())
    random.Random(SEED).shuffle(drawn)
    return drawn


def texts() -> list[Path]:
    """The largest version of each bill of the corpus, and its public laws."""
    largest: dict[Path, Path] = {}
    for folder in ("bills", "rebuilt"):
        for file in sorted((CORPUS / folder).glob("*/*/*.xml")):
            one = largest.setdefault(file.parent.relative_to(CORPUS / folder), file)
            if file.stat().st_size > one.stat().st_size:
                largest[file.parent.relative_to(CORPUS / folder)] = file
    return [*largest.values(), *sorted((CORPUS / "public-laws").glob("*/*.xml"))]


def gathered(size: int) -> tuple[Bill, Bill]:
    """A bill of about `size` provisions, and one with none of them to borrow sections from."""
    lender, *files = texts()
    chosen: list[Provision] = []
    count = 0
    for section in sections(files):
        if count >= size:
            break
        chosen.append(replace(section, enum=f"{len(chosen) + 1}."))
        count += sum(1 for _ in section.walk())
    stranger = parse(resolve([str(lender)])[0]).as_reported()
    return replace(stranger, provisions=with_paths(chosen)), stranger


def measure(size: int) -> None:
    bill, stranger = gathered(size)
    edited = mutate(bill, stranger, 1, 0.05, 40)
    count = sum(1 for _ in bill.walk())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = process_time()
    alignment = align(bill, edited.bill)
    middle = process_time()
    build(bill, edited.bill, alignment)
    end = process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = {(p.old, p.new) for p in alignment.pairs}
    right = 2 * len(found & edited.pairs) / (len(found) + len(edited.pairs))
    per = (end - start) / count * 1e6
    print(
        f"{count:10,d}  {middle - start:7.2f}  {end - middle:7.2f}  {per:8.1f}"
        f"  {peak / 1024:7.0f}  {(peak - before) / 1024:7.0f}  {right:6.4f}",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int)
    options = parser.parse_args()
    if options.size:
        measure(options.size)
        return
    print("provisions  align s   diff s  us each  peak MB  of it here      F1", flush=True)
    for size in SIZES:
        subprocess.run([sys.executable, __file__, "--size", str(size)], check=True)


if __name__ == "__main__":
    main()
