"""Citation paths for a tree of provisions: readable, as short as the bill allows, unique in it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from legannot.model.bill import CONTAINERS, LEVELS, Markup, Provision
from legannot.model.identity import CitationPath

_CONTAINER_NAMES = {"division": "div."}
_WRAPPERS = "“”‘’\"'()[]. "


def number(enum: str) -> str:
    """The bare number of an enumerator: `(a)` and `“a.` are both `a`.

    Old law prints dashes in enumerators; a bracket or comma inside would break the path, so it goes
    too.
    """
    return re.sub(r"[\[\](),\s]+", "-", enum.strip(_WRAPPERS)).strip("-")


def with_paths(provisions: Iterable[Provision]) -> tuple[Provision, ...]:
    """The same tree with the path of every provision set.

    A section is cited by its number alone while that is unique among the bill's own sections, with
    the containers around it, outermost first, where numbers repeat (every division of an omnibus
    has its section 101).  Quoted law hangs below the quoted block that carries it.  Struck text has
    the same numbers as the text that replaces it and is set apart by `[struck]`.
    """
    roots = tuple(provisions)
    prefixes = _section_prefixes(roots)
    return _children(roots, CitationPath(()), prefixes, (), Counter(), quoted=False)


def _step(provision: Provision) -> str:
    label = number(provision.enum)
    if not label:
        return ""
    if provision.kind == "section":
        return f"sec. {label}"
    if provision.kind in CONTAINERS:
        return f"{_CONTAINER_NAMES.get(provision.kind, provision.kind)} {label}"
    if provision.kind in LEVELS or provision.enum.strip(_WRAPPERS[:6]).startswith("("):
        return f"({label})"
    return f"[{provision.kind} {label}]"


def _section_prefixes(roots: Sequence[Provision]) -> dict[int, tuple[str, ...]]:
    places: dict[tuple[bool, str], list[tuple[int, tuple[str, ...]]]] = defaultdict(list)
    stack: list[tuple[Provision, tuple[str, ...]]] = [(root, ()) for root in reversed(roots)]
    while stack:
        provision, containers = stack.pop()
        if provision.kind == "section":
            key = (provision.markup is Markup.STRUCK, number(provision.enum))
            places[key].append((id(provision), containers))
        elif provision.kind in CONTAINERS:
            step = _step(provision)
            inner = (*containers, step) if step else containers
            stack.extend((child, inner) for child in reversed(provision.children))
    prefixes: dict[int, tuple[str, ...]] = {}
    for found in places.values():
        deepest = max(len(containers) for _, containers in found)
        depth = next(
            (
                d
                for d in range(deepest + 1)
                if len({containers[:d] for _, containers in found}) == len(found)
            ),
            deepest,
        )
        prefixes.update((key, containers[:depth]) for key, containers in found)
    return prefixes


def _children(
    provisions: Sequence[Provision],
    parent: CitationPath,
    prefixes: dict[int, tuple[str, ...]],
    containers: tuple[str, ...],
    taken: Counter[str],
    *,
    quoted: bool,
) -> tuple[Provision, ...]:
    nameless: Counter[str] = Counter()
    placed: list[Provision] = []
    for provision in provisions:
        step = _step(provision)
        if not step:
            nameless[provision.kind] += 1
            ordinal = nameless[provision.kind]
            name = provision.kind.replace("-block", " block")
            step = f"[{name}]" if ordinal == 1 else f"[{name} {ordinal}]"
        if provision.kind == "section" and not quoted:
            path = CitationPath((*prefixes.get(id(provision), containers), step))
        else:
            path = parent / step
        if provision.markup is Markup.STRUCK and "[struck]" not in path.steps:
            path = CitationPath(("[struck]", *path.steps))
        taken[str(path)] += 1
        if taken[str(path)] > 1:
            path = path / f"[no. {taken[str(path)]}]"
            taken[str(path)] += 1
        inner = containers
        if provision.kind in CONTAINERS and not quoted:
            inner = (*containers, step)
        children = _children(
            provision.children,
            path,
            prefixes,
            inner,
            taken,
            quoted=quoted or provision.kind == "quoted-block",
        )
        placed.append(replace(provision, path=str(path), children=children))
    return tuple(placed)
