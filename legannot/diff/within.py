"""A bill that became part of a larger one: find the division or title that holds its words."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from legannot.align import align
from legannot.model import CONTAINERS, Bill, Provision

# Share of the paired words that a container must hold; the deepest such container is the vehicle.
HOLDS = 0.8


def part_within(old: Bill, new: Bill) -> tuple[Bill, str]:
    """`new` cut down to the container that took `old` in, and a sentence that names it.

    Paths stay those of the whole bill.  Where no container holds most of what `old` and `new` have
    in common, the whole of `new` comes back, and the sentence says so.
    """
    words = {p.path: len(p.text.split()) + len(p.heading.split()) for p in new.walk()}
    paired = {pair.new for pair in align(old, new).pairs}
    found: Counter[str] = Counter()
    containers: dict[str, Provision] = {}

    def gather(provision: Provision, above: tuple[str, ...]) -> None:
        if provision.kind in CONTAINERS:
            containers[provision.path] = provision
            above = (*above, provision.path)
        if provision.path in paired:
            found.update(dict.fromkeys(above, words[provision.path]))
        for child in provision.children:
            gather(child, above)

    for provision in new.provisions:
        gather(provision, ())
    total = sum(words[path] for path in paired)
    holding = [path for path in containers if found[path] >= HOLDS * total]
    if not total or not holding:
        return new, f"No division or title of {new.label} holds most of {old.label}."
    path = holding[-1]
    name = " ".join(filter(None, (path, containers[path].heading)))
    part = replace(new, provisions=(containers[path],))
    return part, f"{old.label} is compared with {name} of {new.label}."
