"""Time and memory of alignment and diff as bills grow: 1k, 5k, 20k and 50k provisions.

    python bench/scaling.py

Each size is made of sections of real bills put together, edited with the seeded operations of
`tests/mutations.py` (5 % of the words reworded), and compared in a process of its own.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from time import perf_counter

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


def gathered(size: int) -> tuple[Bill, Bill]:
    """A bill of about `size` provisions, and another to borrow sections from."""
    # One version of each bill: two of them would hold the same sections twice, and the truth with
    # them.
    files = sorted(CORPUS.glob("rebuilt/119/*/ih.xml")) + sorted(CORPUS.glob("bills/*/*/enr.xml"))
    sections: list[Provision] = []
    count = 0
    bill = stranger = parse(resolve([str(files[0])])[0])
    while count < size:
        for file in files:
            bill = parse(resolve([str(file)])[0]).as_reported()
            for provision in bill.walk():
                if provision.kind == "section" and "[quoted" not in provision.path:
                    sections.append(provision)
                    count += sum(1 for _ in provision.walk())
            if count >= size:
                break
    numbered = [replace(s, enum=f"{n}.") for n, s in enumerate(sections, 1)]
    return replace(bill, provisions=with_paths(numbered)), stranger


def measure(size: int) -> None:
    bill, stranger = gathered(size)
    edited = mutate(bill, stranger, 1, 0.05, 40)
    count = sum(1 for _ in bill.walk())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = perf_counter()
    alignment = align(bill, edited.bill)
    middle = perf_counter()
    build(bill, edited.bill, alignment)
    end = perf_counter()
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
