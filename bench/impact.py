"""How long `assess` takes on the largest bills of the corpus, read alone and heavily changed.

Prints CPU seconds of each stage and of assess alone.  The edited version is made by the seeded
generator of the tests: sections put in, moved and deleted, one provision in three reworded.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from legannot.assess import assess, load_model
from legannot.cli.pipeline import load_tagger, read_bills
from legannot.diff import chain
from legannot.model import Bill
from legannot.model.report import Method, Report
from legannot.read import read
from tests.mutations import mutate

BILLS = ROOT.parent / "shared" / "corpus" / "bills"
LARGEST = (
    "114/hr2029/enr.uslm.xml",
    "116/hr1865/enr.uslm1.xml",
    "116/hr1865/enr.xml",
    "119/hr7148/enr.xml",
)
STRANGER = "116/hr1500/ih.xml"
SHARE = 0.3
OPERATIONS = 200

T = TypeVar("T")


def main() -> None:
    if not BILLS.is_dir():
        sys.exit("the corpus of real bills is not at hand")
    (stranger,) = read_bills([str(BILLS / STRANGER)])
    print(f"{'bill':<28} {'versions':>8} {'provisions':>10} {'read':>6} {'tag':>6} {'assess':>7}")
    for name in LARGEST:
        (bill,) = read_bills([str(BILLS / name)])
        edited = mutate(bill, stranger, random.Random(7).randrange(10**6), SHARE, OPERATIONS).bill
        for versions in ((bill,), (bill, edited)):
            print(
                f"{name:<28} {len(versions):>8} {sum(1 for _ in bill.walk()):>10} {row(versions)}"
            )


def row(versions: tuple[Bill, ...]) -> str:
    model = load_model()
    tagger = load_tagger(None, embeddings=False, say=lambda _: None)
    compared = chain(versions) if len(versions) > 1 else None
    facts, reading = timed(lambda: tuple(map(read, versions)))
    tags, tagging = timed(
        lambda: tuple(tagger.tags(b, f) for b, f in zip(versions, facts, strict=True))
    )

    def run() -> Report:
        method = Method("", "", "", "", "")
        return assess(
            versions, facts, tags, compared, model=model, topics=tagger.packs.topics, method=method
        )

    report, assessing = timed(run)
    told = f"{len(report.substance)} substance, {len(report.reach)} definitions reach further"
    return f"{reading:>6.2f} {tagging:>6.2f} {assessing:>7.2f}  {told}"


def timed(run: Callable[[], T]) -> tuple[T, float]:
    start = time.process_time()
    return run(), time.process_time() - start


if __name__ == "__main__":
    main()
