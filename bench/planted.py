"""Plant single words in every corpus file and count how many are reported, and nothing else.

    python bench/planted.py [--edits N] [--seed N] [--pattern GLOB]

Prints each miss with file, line and element, then a line of totals by kind of element.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from legannot.errors import LegannotError
from tests.planting import plant

CORPUS = ROOT / ".." / "shared" / "corpus"
FOLDERS = ("bills", "resolutions", "amendments", "public-laws", "rebuilt")
LARGEST = 300_000  # bytes: one edit of an omnibus costs as much as a hundred of a bill


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pattern", default="**/*.xml")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    files = sorted(
        f
        for folder in FOLDERS
        for f in (CORPUS / folder).glob(options.pattern)
        if f.stat().st_size <= LARGEST
    )
    share = -(-options.edits // len(files))
    planted: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    unread = 0
    for file in files:
        try:
            for found in plant(file, share, rng):
                planted[found.element] += 1
                if not found.exact:
                    missed[found.element] += 1
                    place = f"{file.relative_to(CORPUS)}:{found.line} <{found.element}>"
                    kinds = [(c.shown.path, *map(str, c.kinds)) for c in found.changes[:4]]
                    print(f"{place}: {len(found.changes)} changes {kinds}")
        except LegannotError as error:
            unread += 1
            print(error)
    print(f"{len(files) - unread} files, {unread} unread, seed {options.seed}")
    for element, count in planted.most_common():
        print(f"  {element:32} {count - missed[element]:5d} of {count:5d}")
    total = sum(planted.values())
    print(f"reported alone: {total - sum(missed.values())} of {total}")


if __name__ == "__main__":
    main()
