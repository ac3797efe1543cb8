"""Works out `rules/thresholds.yaml` anew: python bench/thresholds.py LABELS.jsonl...

For each leaf the similarity just above the nearest provision that does not carry it.  Only
provisions in scope count, because the model is asked about no others.
"""

from __future__ import annotations

import sys
from pathlib import Path

from legannot.model import Unit
from legannot.read.operators import classify
from legannot.tag import Label, Packs, load_encoder, load_labels, load_packs
from legannot.tag.gates import Section, anchors, in_scope, scope
from legannot.tag.matching import View, matchers
from legannot.tag.silence import silent
from legannot.tag.suggest import suggester

ABOVE = 0.03
LOWEST = 0.6


def main() -> None:
    packs = load_packs()
    loaded = load_encoder()
    if loaded.encoder is None:
        sys.exit(" ".join(loaded.notices))
    labels = [label for name in sys.argv[1:] for label in load_labels(Path(name), packs.topics)]
    units = [_unit(label) for label in labels]
    kept = [(label, unit) for label, unit in zip(labels, units, strict=True) if _asked(unit, packs)]
    near = suggester(packs, loaded.encoder).nearness([unit for _, unit in kept])
    print(f"# {len(kept)} provisions in scope, {loaded.encoder.name}")
    for leaf in packs.exemplars:
        others = [
            one.best[leaf][1]
            for (label, _), one in zip(kept, near, strict=True)
            if leaf not in label.tags
            and leaf in one.best
            and one.best[leaf][1] - one.contrast >= packs.thresholds.margin
        ]
        print(f"  {leaf}: {max(LOWEST, max(others, default=0.0) + ABOVE):.2f}")


def _unit(label: Label) -> Unit:
    headings = tuple(part for part in label.heading.split(" -- ") if part)
    return Unit(
        path=label.id,
        kind="section",
        text=label.text,
        heading=headings[-1] if headings else "",
        headings=headings,
        operator=classify(label.text, headings=headings),
    )


def _asked(unit: Unit, packs: Packs) -> bool:
    if silent(unit):
        return False
    view = View(unit)
    found = matchers(packs)[0].matches(view)
    section = Section(views=[view], anchored=anchors(found, packs.leaves))
    return in_scope(view, section, scope(packs))


if __name__ == "__main__":
    main()
