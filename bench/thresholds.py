"""Works out `rules/thresholds.yaml` anew: python bench/thresholds.py LABELS.jsonl...

For each leaf the similarity just above the nearest provision that does not carry it.  Only
provisions in scope count, because the model is asked about no others.  The last line says what such
thresholds are worth: those made of the other bills, applied to a tenth of the bills at a time,
suggest so many leaves beyond the rules that are right, and so many that are wrong.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.calibration import FOLDS, bill_of
from legannot.cli.pipeline import cache_folder
from legannot.model import Unit
from legannot.tag import Label, Packs, load_encoder, load_labels, load_packs, tag_unit
from legannot.tag.evaluate import unit_of
from legannot.tag.gates import Section, anchors, in_scope, scope
from legannot.tag.matching import View, matchers
from legannot.tag.silence import silent
from legannot.tag.suggest import Nearness, suggester

ABOVE = 0.03
LOWEST = 0.6

Judged = tuple[Label, Unit, Nearness]


def main() -> None:
    packs = load_packs()
    loaded = load_encoder(cache=cache_folder())
    if loaded.encoder is None:
        sys.exit(" ".join(loaded.notices))
    labels = [label for name in sys.argv[1:] for label in load_labels(Path(name), packs.topics)]
    kept = [(label, unit_of(label)) for label in labels]
    kept = [(label, unit) for label, unit in kept if _asked(unit, packs)]
    near = suggester(packs, loaded.encoder).nearness([unit for _, unit in kept])
    judged = [(*one, nearness) for one, nearness in zip(kept, near, strict=True)]
    print(f"# {len(kept)} provisions in scope, {loaded.encoder.name}")
    for leaf, least in thresholds(judged, packs).items():
        print(f"  {leaf}: {least:.2f}")
    right, wrong = cross_validated(judged, packs)
    print(f"# by cross-validation over bills, beyond the rules: {right} right, {wrong} wrong")


def thresholds(judged: Iterable[Judged], packs: Packs) -> Mapping[str, float]:
    """For each leaf with exemplars what a provision must reach."""
    found = dict.fromkeys(packs.exemplars, LOWEST)
    for label, _, one in judged:
        for leaf, (_, similarity, _, _) in one.best.items():
            if leaf in label.tags or similarity - one.contrast < packs.thresholds.margin:
                continue
            found[leaf] = max(found[leaf], similarity + ABOVE)
    return {leaf: round(least, 2) for leaf, least in found.items()}


def cross_validated(judged: list[Judged], packs: Packs) -> tuple[int, int]:
    """Right and wrong suggestions where no rule spoke, by thresholds from other bills."""
    bills = sorted({bill_of(label) for label, _, _ in judged})
    fold = {bill: number % FOLDS for number, bill in enumerate(bills)}
    right = wrong = 0
    for number in range(FOLDS):
        others = [one for one in judged if fold[bill_of(one[0])] != number]
        some = replace(packs.thresholds, suggest=thresholds(others, packs))
        for label, unit, near in judged:
            if fold[bill_of(label)] != number:
                continue
            taken = frozenset(tag.topic for tag in tag_unit(unit, packs))
            for one in near.suggestions(some, taken):
                if unit.operator in packs.leaves[one.topic].operators:
                    right += one.topic in label.tags
                    wrong += one.topic not in label.tags
    return right, wrong


def _asked(unit: Unit, packs: Packs) -> bool:
    if silent(unit):
        return False
    view = View(unit)
    found = matchers(packs)[0].matches(view)
    section = Section(views=[view], anchored=anchors(found, packs.leaves))
    return in_scope(view, section, scope(packs))


if __name__ == "__main__":
    main()
