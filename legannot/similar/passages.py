"""A provision laid out for searching: its words in order, and its text as it is read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from legannot.align.outline import Outline
from legannot.errors import InputError
from legannot.model import Bill, Provision


@dataclass(frozen=True, slots=True)
class Passage:
    """A provision with all that stands below it: `words` as they are compared, `text` as read."""

    path: str
    words: Sequence[str]
    text: str


def passage(outline: Outline, index: int) -> Passage:
    """The passage of one node of an outline."""
    node = outline.nodes[index]
    below = (inner.provision for inner in outline.nodes[index : node.end])
    return Passage(
        node.provision.path,
        outline.all_words(index),
        reading((p.enum, p.heading, p.text) for p in below),
    )


def reading(parts: Iterable[tuple[str, str, str]]) -> str:
    """Enumerator, heading and text of each provision in a row, without the first enumerator."""
    pieces: list[str] = []
    for position, (enum, heading, text) in enumerate(parts):
        pieces += [
            enum if position else "",
            heading if not heading or heading[-1] in ".:;—" else f"{heading}.",
            text,
        ]
    return " ".join(filter(None, pieces))


def locate(outline: Outline, bill: Bill, section: str) -> int:
    """The node of a citation path such as `sec. 3(b)`, or of a bare section number such as `3(b)`.

    Raises `InputError` that names the sections there are.
    """
    path = " ".join(section.split())
    path = f"sec. {path}" if path[:1].isdigit() else path
    for node in outline.nodes:
        if node.provision.path == path:
            return node.index
    ends = [n.index for n in outline.nodes if n.provision.path.endswith(f", {path}")]
    if len(ends) == 1:
        return ends[0]
    if ends:
        paths = ", ".join(outline.nodes[index].provision.path for index in ends[:_NAMED])
        raise InputError(
            f"has {len(ends)} provisions {path!r}.",
            where=bill.provenance.source,
            cure=f"Name one of them: {paths}.",
        )
    raise InputError(
        f"has no provision {section!r}.",
        where=bill.provenance.source,
        cure=f"It has {', '.join(_sections(bill)) or 'no sections'}.",
    )


# Sections that an error message names.
_NAMED = 8


def _sections(bill: Bill) -> list[str]:
    paths = [p.path for p in bill.walk() if _is_section(p)]
    more = len(paths) - _NAMED
    return paths[:_NAMED] + ([f"and {more} more"] if more > 0 else [])


def _is_section(provision: Provision) -> bool:
    return provision.kind == "section" and "[quoted" not in provision.path
