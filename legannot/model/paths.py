"""Citation paths for a tree of provisions: readable, short where the bill allows, unique in it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Protocol

from legannot.model.bill import CONTAINERS, LEVELS, Markup, Provision, placed
from legannot.model.text import Span

_CONTAINER_NAMES = {"division": "div."}
_WRAPPERS = "“”‘’\"'()[]. "
# USLM prints the name of the level with its number ("SEC. 3.", "TITLE I—"), the Bill DTD does not.
_LEVEL_NAME = re.compile(
    r"(?:(?:sections?|sec|division|title|subtitle|chapter|subchapter|part|subpart|subdivision"
    r"|article|art|rule)[.\s]+|§+\s*)(?=\S)",
    re.IGNORECASE,
)
# "(1)6": the mark of a footnote after the number.
_FOOTNOTE_MARK = re.compile(r"(?<=\))\d+$")
_DASHES = "-—–"
# Longer is no number: a damaged file must not repeat megabytes in every path below.
_LONGEST = 40
# Enumerators repeat ("(1)", "(A)"): an omnibus has 8,000 provisions and a few hundred of them.
_REMEMBERED = 4096


class Numbered(Protocol):
    """What a tree must say of each of its nodes to be given paths."""

    @property
    def kind(self) -> str:
        """The name of the level."""

    @property
    def enum(self) -> str:
        """The enumerator as printed."""

    @property
    def enum_spans(self) -> Sequence[Span]:
        """What a committee struck and put in of the enumerator."""

    @property
    def markup(self) -> Markup:
        """What a committee did to it."""

    @property
    def children(self) -> Sequence[Numbered]:
        """What stands below it, in order."""


@lru_cache(_REMEMBERED)
def number(enum: str) -> str:
    """The bare number of an enumerator: `(a)` and `“a.` are both `a`, `SEC. 3.` is `3`.

    Old law prints dashes in enumerators; a bracket or comma inside would break the path, so it goes
    too.
    """
    bare = _FOOTNOTE_MARK.sub("", enum.strip()).strip(_WRAPPERS)
    named = _LEVEL_NAME.match(bare)
    if named:
        bare = bare[named.end() :]
    short = bare.strip(_WRAPPERS + _DASHES)[:_LONGEST]
    return re.sub(r"[\[\](),\s]+", "-", short).strip("-")


def with_paths(provisions: Iterable[Provision]) -> tuple[Provision, ...]:
    """The same tree with the path of every provision set, as `tree_paths` gives them."""
    roots = tuple(provisions)
    return _placed(roots, iter(tree_paths(roots)))


def _placed(provisions: Sequence[Provision], paths: Iterator[str]) -> tuple[Provision, ...]:
    return tuple(
        [
            placed(next(paths), p, _placed(p.children, paths) if p.children else ())
            for p in provisions
        ]
    )


def tree_paths(roots: Sequence[Numbered]) -> list[str]:
    """The citation path of every node in reading order.

    A section is cited by its number alone while that is unique among the bill's own sections, with
    the containers around it, outermost first, where numbers repeat (every division of an omnibus
    has its section 101).  Quoted law hangs below the quoted block that carries it.  Struck text has
    the same numbers as the text that replaces it and is set apart by `[struck]`.
    """
    paths: list[str] = []
    _Tree(_section_prefixes(roots), paths).add(roots, "", "", quoted=False)
    return paths


class _Tree:
    """The paths given so far, in order, and how often each was wanted."""

    def __init__(self, prefixes: Mapping[int, str], paths: list[str]) -> None:
        self.prefixes = prefixes
        self.paths = paths
        self.taken: dict[str, int] = {}

    def add(self, nodes: Sequence[Numbered], parent: str, containers: str, *, quoted: bool) -> None:
        taken = self.taken
        nameless: dict[str, int] = {}
        for node in nodes:
            kind = node.kind
            step = _step(kind, _numbered(node) if node.enum_spans else node.enum)
            if not step:
                ordinal = nameless[kind] = nameless.get(kind, 0) + 1
                step = _nameless(kind, ordinal)
            if kind == "section" and not quoted:
                path = _join(self.prefixes.get(id(node), containers), step)
            elif step[0] == "(":
                path = parent + step
            else:
                path = _join(parent, step)
            if node.markup is Markup.STRUCK and not path.startswith("[struck]"):
                path = _join("[struck]", path)
            while path in taken:
                times = taken[path] = taken[path] + 1
                path = _join(path, f"[no. {times}]")
            taken[path] = 1
            self.paths.append(path)
            if children := node.children:
                inside = kind in CONTAINERS and not quoted
                self.add(
                    children,
                    path,
                    _join(containers, step) if inside else containers,
                    quoted=quoted or kind == "quoted-block",
                )


def _numbered(node: Numbered) -> str:
    """The enumerator as reported: what the committee struck of it is none, if it put in another."""
    struck = [s for s in node.enum_spans if s.kind == Markup.STRUCK.value]
    left = "".join(
        char
        for at, char in enumerate(node.enum)
        if not any(span.start <= at < span.end for span in struck)
    )
    return left.strip() or node.enum


@lru_cache(_REMEMBERED)
def _nameless(kind: str, ordinal: int) -> str:
    name = kind[:_LONGEST].replace("-block", " block")
    return f"[{name}]" if ordinal == 1 else f"[{name} {ordinal}]"


def _join(parent: str, step: str) -> str:
    """As `CitationPath` prints its steps."""
    if not parent:
        return step
    if step[0] == "(":
        return parent + step
    if step[0] == "[" or parent[-1] == "]":
        return f"{parent} {step}"
    return f"{parent}, {step}"


@lru_cache(_REMEMBERED)
def _step(kind: str, enum: str) -> str:
    label = number(enum)
    if not label:
        return ""
    if kind == "section":
        return f"sec. {label}"
    if kind in CONTAINERS:
        return f"{_CONTAINER_NAMES.get(kind, kind)} {label}"
    if kind in LEVELS or enum.strip(_WRAPPERS[:6]).startswith("("):
        return f"({label})"
    return f"[{kind[:_LONGEST]} {label}]"


def _section_prefixes(roots: Sequence[Numbered]) -> dict[int, str]:
    """The containers that tell a section from others of its number, by identity of the node."""
    places: dict[tuple[bool, str], list[tuple[int, tuple[str, ...]]]] = defaultdict(list)
    stack: list[tuple[Numbered, tuple[str, ...]]] = [(root, ()) for root in reversed(roots)]
    while stack:
        node, containers = stack.pop()
        if node.kind == "section":
            key = (node.markup is Markup.STRUCK, number(_numbered(node)))
            places[key].append((id(node), containers))
        elif node.kind in CONTAINERS:
            step = _step(node.kind, node.enum)
            inner = (*containers, step) if step else containers
            stack.extend((child, inner) for child in reversed(node.children))
    prefixes: dict[int, str] = {}
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
        for node_id, containers in found:
            prefix = ""
            for step in containers[:depth]:
                prefix = _join(prefix, step)
            prefixes[node_id] = prefix
    return prefixes
