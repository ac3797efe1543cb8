"""Speed of the language layer: seconds of processor time for a megabyte of text, part by part.

    python bench/reading.py [--corpus ../shared/corpus] [--files 12]

The largest files of the corpus, read once each.  `twice` is the time for a bill whose provisions
stand twice, over that for the bill: 2 where time grows with the length and no faster.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "bench"))

from instructions import files

from legannot.model import Bill, with_paths
from legannot.parse import parse
from legannot.read import read
from legannot.read.citations import citations
from legannot.read.conditions import conditions
from legannot.read.definitions import definitions
from legannot.read.instructions import instructions
from legannot.read.quantities import quantities
from legannot.read.tree import Tree
from legannot.read.units import units
from legannot.read.uses import uses
from legannot.source import from_bytes


def seconds(work: Callable[[], object]) -> float:
    """Processor time of one run, which other work on the machine does not change much."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, default=ROOT / ".." / "shared" / "corpus")
    parser.add_argument("--files", type=int, default=12)
    options = parser.parse_args()
    largest = sorted(files(options.corpus), key=lambda p: -p.stat().st_size)[: options.files]
    size = 0
    spent: dict[str, float] = {}
    ratios: list[float] = []
    for path in largest:
        bill = parse(from_bytes(path.name, path.read_bytes()))
        size += sum(len(provision.text) for provision in bill.walk())
        tree = Tree(bill)
        found = units(bill)
        cited = citations(bill, tree, found)
        defined = definitions(bill, tree, cited)
        parts: dict[str, Callable[[], object]] = {
            "units": lambda bill=bill: units(bill),
            "citations": lambda bill=bill, tree=tree, found=found: citations(bill, tree, found),
            "definitions": lambda bill=bill, tree=tree, cited=cited: definitions(bill, tree, cited),
            "uses": lambda bill=bill, tree=tree, defined=defined: uses(bill, tree, defined),
            "quantities": lambda bill=bill, cited=cited: quantities(bill, cited),
            "instructions": lambda bill=bill, tree=tree: instructions(bill, tree),
            "conditions": lambda bill=bill: conditions(bill),
        }
        for name, work in parts.items():
            spent[name] = spent.get(name, 0.0) + seconds(work)
        ratios.append(
            seconds(lambda bill=bill: read(twice(bill))) / seconds(lambda bill=bill: read(bill))
        )
    for name, spend in spent.items():
        print(f"{name:13} {spend / size * 1e6:6.2f} s/MB")
    print(
        f"{'all':13} {sum(spent.values()) / size * 1e6:6.2f} s/MB   of {size / 1e6:.1f} MB of text"
    )
    ratios.sort()
    print(f"twice         {ratios[len(ratios) // 2]:6.2f} (median), {ratios[-1]:.2f} at most")


def twice(bill: Bill) -> Bill:
    """A bill whose provisions stand twice."""
    return replace(bill, provisions=with_paths((*bill.provisions, *bill.provisions)))


if __name__ == "__main__":
    main()
