"""Whether notes find their words again, or say that a person must look.

    python bench/notes.py [--bills N] [--notes N] [--sample N] [--misses]

Notes are planted in real bills, the bills are edited, and where every quoted word went is known
(`tests/notes/planted.py`).  A note is silently wrong if it claims the same words, in place or
moved, anywhere but where they went.  What needs no person but is sent to one is counted, too.

Then notes on the passages of real pairs of versions that were paired by hand
(`bench/gold-pairs/`): a note that claims the same words must stand in the labelled provision.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "bench"))

from alignment import bills, stranger
from gold import FREE, HELD_OUT, PAIRS, Label, bill_at, by_version_pair, labels_of

from legannot.diff import compare
from legannot.model import Bill
from legannot.model.notes import Outcome, Placed
from legannot.notes import place
from legannot.parse import parse
from legannot.source import resolve
from tests.notes.planted import edit, in_vain, plant, silently_wrong

SHARES = (0.0, 0.02, 0.05, 0.15, 0.30)
OPERATIONS = 8
HEAD = "  notes  same  moved  changed  gone  silently wrong"
SAMPLE = "sample:model-access"
A_LABEL = 4  # notes on each labelled provision


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--bills", type=int, default=30)
    parser.add_argument("--notes", type=int, default=20, help="a bill and share")
    parser.add_argument("--sample", type=int, default=0, help="edit the sample bill so often, too")
    parser.add_argument("--misses", action="store_true", help="print every silently wrong note")
    options = parser.parse_args()
    generated(options.bills, options.notes, misses=options.misses)
    labelled(misses=options.misses)
    if options.sample:
        sampled(options.sample, options.notes, misses=options.misses)


def generated(most: int, count: int, *, misses: bool) -> None:
    """Notes on passages of real bills that are edited."""
    chosen = bills(most)
    print(f"{len(chosen)} edited bills, {OPERATIONS} operations each")
    print(f"reworded{HEAD}  asked in vain")
    total: Counter[str] = Counter()
    for share in SHARES:
        counts: Counter[str] = Counter()
        for number, bill in enumerate(chosen):
            seed = 1000 * number + round(100 * share)
            counts += planted(bill, stranger(bill, chosen), seed, share, count, misses=misses)
        line(f"{share:8.0%}", counts)
        total += counts
    line("     all", total)


def sampled(seeds: int, count: int, *, misses: bool) -> None:
    """Notes on passages of the sample bill, edited in many ways."""
    old, other = (parse(s).as_reported() for s in resolve([f"{SAMPLE}/ih", f"{SAMPLE}/eh"]))
    total: Counter[str] = Counter()
    for seed in range(seeds):
        for share in SHARES:
            total += planted(old, other, seed, share, count, misses=misses)
    print(f"\nthe sample bill, edited {seeds} times at each share of words")
    print(f"        {HEAD}  asked in vain")
    line("        ", total)


def planted(
    bill: Bill, other: Bill, seed: int, share: float, count: int, *, misses: bool
) -> Counter[str]:
    """What became of the notes on one edited bill."""
    edited = edit(bill, other, seed, share, OPERATIONS)
    notes = plant(bill, count, random.Random(seed))
    step = compare(bill, edited.bill)
    counts: Counter[str] = Counter()
    for placed in place(notes, (bill, edited.bill), (step,)):
        counts[placed.outcome] += 1
        counts["in vain"] += in_vain(bill, edited, placed)
        wrong = silently_wrong(bill, edited, placed)
        if wrong:
            counts["wrong"] += 1
            if misses:
                show(bill.label, seed, placed, wrong)
    return counts


def labelled(*, misses: bool) -> None:
    """Notes on passages whose successors a person has named."""
    counts: Counter[str] = Counter()
    pairs = by_version_pair([*labels_of(PAIRS), *labels_of(HELD_OUT)])
    for (old_file, new_file), labels in pairs.items():
        old, new = bill_at(old_file), bill_at(new_file)
        paths = frozenset(label.old for label in labels if label.old)
        notes = plant(old, A_LABEL * len(paths), random.Random(len(paths)), paths)
        for placed in place(notes, (old, new), (compare(old, new),)):
            counts[placed.outcome] += 1
            if contradicted(placed, labels):
                counts["wrong"] += 1
                if misses:
                    show(f"{labels[0].bill} {old.version}-{new.version}", 0, placed, "other label")
    print(f"\n{len(pairs)} real pairs of versions, {A_LABEL} notes a labelled provision")
    print(f"        {HEAD}")
    line("        ", counts)


def contradicted(placed: Placed, labels: list[Label]) -> bool:
    """Whether a note claims the same words in a provision that the labels do not allow."""
    if placed.needs_reader:
        return False
    mine = [label for label in labels if label.old == placed.note.anchor.path]
    free = any(label.kind in FREE and label.new == placed.path for label in mine)
    judged = [label for label in mine if label.kind not in FREE]
    return bool(judged) and not free and placed.path not in {label.new for label in judged}


def line(head: str, counts: Counter[str]) -> None:
    notes = sum(counts[outcome] for outcome in Outcome)
    print(
        f"{head}  {notes:5d} {counts['same']:5d}  {counts['moved']:5d}  {counts['changed']:7d}"
        f" {counts['gone']:5d}  {counts['wrong']:14d}"
        + (f"  {counts['in vain']:13d}" if "in vain" in counts else "")
    )


def show(label: str, seed: int, placed: Placed, wrong: str) -> None:
    anchor = placed.note.anchor
    print(f"  {label} seed {seed}: {anchor.path} “{anchor.exact}” {placed.outcome}: {wrong}")


if __name__ == "__main__":
    main()
