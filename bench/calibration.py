"""How often a tag is right, by the confidence of its rule.

    python bench/calibration.py LABELS.jsonl...

The reliability of what the rules claim and of what the tagger shows for it, and the steps of
`calibration` in `rules/thresholds.yaml`, worked out anew: isotonic regression over the confidence
of rules (Zadrozny and Elkan 2002), every share drawn to the mean of all by ten tags.  The last two
figures come by cross-validation: the bills of a tenth of the labels are judged by steps made of
the others.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from legannot.tag import Label, Packs, load_labels, load_packs, tag_unit
from legannot.tag.evaluate import unit_of

DRAWN = 10
FOLDS = 10
EDGES = (0.0, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)

Steps = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A tag of a labelled provision: what its rule claims, what is shown, whether it is right."""

    bill: str
    claimed: float
    shown: float
    right: bool


def shown(labels: Sequence[Label], packs: Packs) -> list[Shown]:
    """The asserted tags of some labels."""
    claims = {rule.id: rule.confidence for rule in packs.rules}
    return [
        Shown(bill_of(label), claims[tag.rule], tag.confidence, tag.topic in label.tags)
        for label in labels
        for tag in tag_unit(unit_of(label), packs)
        if tag.rule
    ]


def bill_of(label: Label) -> str:
    """The bill that a label is from: its source up to the section, or the label itself."""
    head = label.source.split(" sec.")[0].split(" (")[0]
    return label.id if head in ("", "synthetic", "written for this project") else head


def steps(tags: Sequence[Shown]) -> Steps:
    """Shares that rise with the confidence claimed: neighbours out of order are put together."""
    mean = sum(t.right for t in tags) / len(tags)
    pools: list[tuple[float, int, float]] = []
    for low, high in zip(EDGES, (*EDGES[1:], 2.0), strict=True):
        inside = [t for t in tags if low <= t.claimed < high]
        if not inside:
            continue
        pools.append((low, len(inside), (sum(t.right for t in inside) + DRAWN * mean)))
        while len(pools) > 1 and _share(pools[-2]) > _share(pools[-1]):
            last = pools.pop()
            first = pools.pop()
            total = first[2] + last[2] - DRAWN * mean
            pools.append((first[0], first[1] + last[1], total))
    return tuple((low, round(_share((low, n, right)), 2)) for low, n, right in pools)


def _share(pool: tuple[float, int, float]) -> float:
    return pool[2] / (pool[1] + DRAWN)


def off(tags: Sequence[Shown], what: Callable[[Shown], float]) -> float:
    """Expected calibration error: how far, on average, the claims of a class are from its share."""
    classes: dict[int, list[Shown]] = defaultdict(list)
    for tag in tags:
        classes[int(what(tag) * 20)].append(tag)
    return sum(abs(sum(map(what, c)) - sum(t.right for t in c)) for c in classes.values()) / len(
        tags
    )


def brier(tags: Sequence[Shown], what: Callable[[Shown], float]) -> float:
    """Mean of the squares of claim less truth."""
    return sum((what(tag) - tag.right) ** 2 for tag in tags) / len(tags)


def stepped(made: Steps, claimed: float) -> float:
    """What the steps make of a claim."""
    return next((share for low, share in reversed(made) if claimed >= low), claimed)


def main() -> None:
    packs = load_packs()
    labels = [label for name in sys.argv[1:] for label in load_labels(Path(name), packs.topics)]
    tags = shown(labels, packs)
    print("| claimed by the rule | tags | mean claim | mean shown | right |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for low, high in zip(EDGES, (*EDGES[1:], 1.0), strict=True):
        inside = [t for t in tags if low <= t.claimed < high or t.claimed == high == 1.0]
        if inside:
            n = len(inside)
            means = [
                f"{sum(values) / n:.2f}"
                for values in zip(*((t.claimed, t.shown, t.right) for t in inside), strict=True)
            ]
            print(f"| {low:.2f} to {high:.2f} | {n} | {' | '.join(means)} |")
    bills = sorted({t.bill for t in tags})
    fold = {bill: number % FOLDS for number, bill in enumerate(bills)}
    judged: list[Shown] = []
    for number in range(FOLDS):
        made = steps([t for t in tags if fold[t.bill] != number])
        judged += [
            Shown(t.bill, t.claimed, stepped(made, t.claimed), t.right)
            for t in tags
            if fold[t.bill] == number
        ]
    print(f"\n{len(tags)} tags of {len(bills)} bills. Expected calibration error, Brier score:")
    for name, some, what in (
        ("as claimed", tags, lambda t: t.claimed),
        ("calibrated, cross-validated by bill", judged, lambda t: t.shown),
    ):
        print(f"  {name}: {off(some, what):.3f}, {brier(some, what):.3f}")
    print("\ncalibration:")
    for low, share in steps(tags):
        print(f"- {{from: {low}, right: {share}}}")


if __name__ == "__main__":
    main()
