"""How well provisions are paired on edited real bills: pairs and moves, by share reworded.

    python bench/alignment.py [--bills N] [--seeds N]

The truth is known because the edits were made here (`tests/mutations.py`).  A pair counts if both
paths agree; a move counts if the new path of a moved provision is reported as moved.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from legannot.align import align
from legannot.model import Bill
from legannot.parse import parse
from legannot.source import resolve
from tests.mutations import mutate

CORPUS = ROOT / ".." / "shared" / "corpus"
SHARES = (0.0, 0.05, 0.15, 0.30)
SECTIONS = 3
SMALLEST, LARGEST = 20_000, 400_000  # bytes: bills with enough to move, small enough to repeat


def bills(most: int) -> list[Bill]:
    files = sorted(
        f
        for pattern in ("bills/*/*/*.xml", "rebuilt/119/*/*.xml")
        for f in CORPUS.glob(pattern)
        if f.name.count(".") == 1 and SMALLEST < f.stat().st_size < LARGEST
    )
    step = max(1, len(files) // most)
    sources = resolve([str(f) for f in files[::step][:most]])
    read = (parse(source).as_reported() for source in sources)
    return [b for b in read if sum(p.kind == "section" for p in b.walk()) >= SECTIONS]


def stranger(bill: Bill, chosen: list[Bill]) -> Bill:
    """Another bill: a version of the same one would lend sections that the bill has already."""
    return next(b for b in reversed(chosen) if b.id != bill.id)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bills", type=int, default=30)
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--misses", action="store_true", help="print every wrong pair")
    options = parser.parse_args()
    chosen = bills(options.bills)
    print(f"{len(chosen)} bills, {options.seeds} seeds each, 8 operations")
    print("reworded  pairs  precision  recall     F1   moves  precision  recall")
    for share in SHARES:
        true = found = right = moves = moves_found = moves_right = 0
        for n, bill in enumerate(chosen):
            for seed in range(options.seeds):
                edited = mutate(bill, stranger(bill, chosen), 1000 * n + seed, share, 8)
                alignment = align(bill, edited.bill)
                pairs = {(p.old, p.new) for p in alignment.pairs}
                true += len(edited.pairs)
                found += len(pairs)
                right += len(pairs & edited.pairs)
                moves += len(edited.moved)
                moves_found += len(alignment.moved)
                moves_right += len(alignment.moved & edited.moved)
                if options.misses:
                    for label, wrong in (
                        ("missed", edited.pairs - pairs),
                        ("false", pairs - edited.pairs),
                    ):
                        for old, new in sorted(wrong):
                            print(
                                f"  {label} {bill.label} {bill.version} seed {seed}: {old} -> {new}"
                            )
                    for path in sorted(edited.moved ^ alignment.moved):
                        kind = "unseen" if path in edited.moved else "false"
                        print(f"  {kind} move {bill.label} seed {seed}: {path}")
        precision, recall = right / found, right / true
        print(
            f"{share:8.0%} {true:6d}  {precision:9.4f} {recall:7.4f} "
            f"{2 * precision * recall / (precision + recall):6.4f}  {moves:6d}"
            f"  {moves_right / max(1, moves_found):9.4f} {moves_right / max(1, moves):7.4f}"
        )


if __name__ == "__main__":
    main()
