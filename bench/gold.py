"""How well provisions are paired where it is hard: against labels made by hand.

    python bench/gold.py [--held-out] [--misses]

Truth and the rules by which it was judged are in `bench/gold-pairs/`.  A labelled pair is found if
the alignment gives it, among its pairs, splits or merges.  A given pair is false if it contradicts
the labels: a labelled provision paired with another one, or an added or removed one paired at all.
Pairs of provisions without a label are not judged, nor those that the labels leave open.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from legannot.align import align
from legannot.model import Alignment, Bill
from legannot.parse import parse
from legannot.source import resolve

CORPUS = ROOT / ".." / "shared" / "corpus"
FOLDER = ROOT / "bench" / "gold-pairs"
PAIRS, HELD_OUT = FOLDER / "pairs.jsonl", FOLDER / "held-out.jsonl"
ALONE = ("added", "removed")
FREE = ("wrapper", "open")  # pairs that may be given, but need not be
KINDS = ("same", "moved", "split", "merged", *FREE, *ALONE)


@dataclass(frozen=True, slots=True)
class Label:
    """One line of the truth; `old` is None for an added provision, `new` for a removed one."""

    bill: str
    old_file: str
    new_file: str
    old: str | None
    new: str | None
    kind: str
    note: str

    @property
    def counts(self) -> bool:
        """Whether it is a pair that must be found."""
        return self.kind not in (*ALONE, *FREE)

    @property
    def line(self) -> str:
        """What is expected, and why it is hard."""
        return f"{self.old or '(none)'} -> {self.new or '(none)'} [{self.kind}] {self.note}"


@dataclass(frozen=True, slots=True)
class Score:
    """What an alignment made of the labels of one version pair, or of several added up."""

    found: int = 0
    missed: tuple[Label, ...] = ()
    false: tuple[str, ...] = ()
    alone: int = 0
    kept_alone: int = 0

    def __add__(self, other: Score) -> Score:
        """Both together."""
        return Score(
            self.found + other.found,
            self.missed + other.missed,
            self.false + other.false,
            self.alone + other.alone,
            self.kept_alone + other.kept_alone,
        )

    @property
    def labelled(self) -> int:
        """How many pairs had to be found."""
        return self.found + len(self.missed)

    @property
    def precision(self) -> float:
        """Found ones among those that labels can judge; 1 if there are none."""
        return self.found / (self.found + len(self.false)) if self.found or self.false else 1.0

    @property
    def recall(self) -> float:
        """Found ones among the labelled; 1 if there are none."""
        return self.found / self.labelled if self.labelled else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(slots=True)
class _Truth:
    """Labels of one version pair by path: the partners a provision may have."""

    of_old: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    of_new: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    free: set[tuple[str, str]] = field(default_factory=set)

    @classmethod
    def of(cls, labels: Iterable[Label]) -> _Truth:
        truth = cls()
        for label in labels:
            if label.old and label.new and label.kind in FREE:
                truth.free.add((label.old, label.new))
                continue
            if label.old:
                truth.of_old[label.old] |= {label.new} if label.new else set()
            if label.new:
                truth.of_new[label.new] |= {label.old} if label.old else set()
        return truth

    def contradicts(self, old: str, new: str) -> bool:
        """Whether the labels forbid this pair."""
        if (old, new) in self.free:
            return False
        return (old in self.of_old and new not in self.of_old[old]) or (
            new in self.of_new and old not in self.of_new[new]
        )


def labels_of(path: Path) -> tuple[Label, ...]:
    """The labels of a file, in its order; raises if a line has other fields than a label."""
    return tuple(Label(**json.loads(line)) for line in path.read_text("utf-8").splitlines())


def by_version_pair(labels: Iterable[Label]) -> dict[tuple[str, str], list[Label]]:
    """Labels grouped by the two files they speak of."""
    groups: dict[tuple[str, str], list[Label]] = defaultdict(list)
    for label in labels:
        groups[label.old_file, label.new_file].append(label)
    return dict(groups)


def bill_at(name: str) -> Bill:
    """A version of the corpus as the labels cite it."""
    (source,) = resolve([str(CORPUS / name)])
    return parse(source).as_reported()


def score(alignment: Alignment, labels: Sequence[Label]) -> Score:
    """What an alignment made of the labels of its version pair."""
    given = {(p.old, p.new) for p in (*alignment.pairs, *alignment.split, *alignment.merged)}
    truth = _Truth.of(labels)
    wanted = [label for label in labels if label.counts]
    missed = tuple(label for label in wanted if (label.old, label.new) not in given)
    false = tuple(f"{old} -> {new}" for old, new in sorted(given) if truth.contradicts(old, new))
    alone = [label for label in labels if label.kind in ALONE]
    paired = {old for old, _ in given}, {new for _, new in given}
    kept = sum(label.old not in paired[0] and label.new not in paired[1] for label in alone)
    return Score(len(wanted) - len(missed), missed, false, len(alone), kept)


def _row(name: str, result: Score) -> str:
    return (
        f"{name:28} {result.labelled:6d} {result.found:6d} {len(result.false):6d}"
        f" {result.precision:10.4f} {result.recall:7.4f} {result.f1:7.4f}"
        f" {result.kept_alone:6d} of {result.alone}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--held-out", action="store_true", help="the bills kept for the end")
    parser.add_argument("--misses", action="store_true", help="print every missed and false pair")
    options = parser.parse_args()
    total = Score()
    print(f"{'version pair':28} {'labels':>6} {'found':>6} {'false':>6}", end="")
    print(f" {'precision':>10} {'recall':>7} {'F1':>7} {'alone kept':>12}")
    for (old, new), labels in by_version_pair(
        labels_of(HELD_OUT if options.held_out else PAIRS)
    ).items():
        result = score(align(bill_at(old), bill_at(new)), labels)
        total += result
        print(_row(f"{labels[0].bill} {Path(old).stem}-{Path(new).stem}", result))
        if options.misses:
            for label in result.missed:
                print(f"  missed {label.line}")
            for pair in result.false:
                print(f"  false  {pair}")
    print(_row("all", total))


if __name__ == "__main__":
    main()
