"""A version with its parts where all formats can have them, before it is compared across formats.

The Bill DTD has the long title on the cover and leaves the enacting formula to its stylesheet; it
has an element for the words behind quoted law, which USLM prints in the last of these; some
conversions group the entries of contents.  Words move with what is known of them; none is changed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from legannot.diff.marks import MARKS
from legannot.model import Bill, Context, Provision, Span, with_paths

FORMULA = "enacting or resolving formula"
LONG_TITLE = "place of the long title"
CLOSINGS = "places of words before and behind quoted law"
GROUPS = "groups of contents"
_FORMULAS = frozenset(("enacting-formula", "resolving-clause", "legis-type"))
_LONG_TITLES = frozenset(("long-title", "official-title"))
# Behind quoted law, where a format has no element for it: "shall apply.”; and", "management.;".
_CLOSING = re.compile(rf"(?<=[{MARKS}.;,])\s?([.,;:](?:\s(?:and|or))?|\s(?:and|or))$")
# Before it: "and inserting “if such arrangement—".
_OPENING = re.compile(r"(.*\s)(“[^”]*—)", re.DOTALL)


class Setting(NamedTuple):
    """A version as it is set for a comparison, and where its provisions come from.

    `origins` has for each provision, in reading order, its path in the version as it was parsed,
    empty for one that was made here; there are none for a version that is left as it is.
    """

    bill: Bill
    origins: tuple[str, ...] = ()


def laid_out(bill: Bill, long_title: str) -> Setting:
    """A version with its parts where all formats can have them."""
    aside: Counter[str] = Counter()
    body = list(_parts(bill.provisions, aside))
    if long_title:
        title = Provision("", "official-title", text=long_title, context=Context.PREAMBLE)
        body = [title, *body]
        aside[LONG_TITLE] += 1
    elif any(p.kind in _LONG_TITLES for p in bill.walk()):
        aside[LONG_TITLE] += 1
    # Until they get new ones, provisions have the paths that they were parsed with.
    origins = tuple(p.path for provision in body for p in provision.walk())
    return Setting(replace(bill, provisions=with_paths(body), set_aside=counted(aside)), origins)


def _parts(provisions: Sequence[Provision], aside: Counter[str]) -> Iterator[Provision]:
    for provision in provisions:
        if provision.kind in _FORMULAS:
            aside[FORMULA] += provision.kind != "legis-type"
        elif provision.kind in _LONG_TITLES:
            # Counted once; what stands in it beside the title itself names the kind of document.
            continue
        elif provision.kind == "toc-group":
            aside[GROUPS] += 1
            yield from _parts(provision.children, aside)
        else:
            kept = replace(provision, children=tuple(_parts(provision.children, aside)))
            kept, moved = _with_opening(kept)
            aside[CLOSINGS] += moved
            if kept.kind == "quoted-block":
                kept, moved = _with_closing(kept)
                aside[CLOSINGS] += moved
            yield kept


def _with_opening(provision: Provision) -> tuple[Provision, bool]:
    """The first words of quoted law, where the sentence before it has them, moved into it."""
    first = provision.children[0] if provision.children else provision
    found = _OPENING.fullmatch(provision.text) if first.kind == "quoted-block" else None
    if first is provision or not found or first.text:
        return provision, False
    text = found[1].rstrip()
    spans, moved = _divided(provision.spans, len(text), found.start(2))
    block = replace(first, text=found[2], spans=moved)
    kept = replace(provision, text=text, spans=spans, children=(block, *provision.children[1:]))
    return kept, True


def _divided(
    spans: Sequence[Span], end: int, start: int
) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The spans of a text up to `end`, and those from `start` as spans of the text from there."""
    return (
        tuple(replace(s, end=min(s.end, end)) for s in spans if s.start < end),
        tuple(
            replace(s, start=max(0, s.start - start), end=s.end - start)
            for s in spans
            if s.end > start
        ),
    )


def _with_closing(block: Provision) -> tuple[Provision, bool]:
    """Quoted law with the words behind it in a part of their own, as the Bill DTD has them."""
    if block.children and block.children[-1].kind == "after-quoted-block":
        return block, False
    kept, end = _closed(block)
    if end is None:
        return block, False
    return replace(kept, children=(*kept.children, replace(end, line=block.line))), True


def _closed(block: Provision) -> tuple[Provision, Provision | None]:
    """Quoted law without the words behind it that stand in its last provision, and these words."""
    if block.children:
        last, end = _closed(block.children[-1])
        return replace(block, children=(*block.children[:-1], last)), end
    found = _CLOSING.search(block.text)
    if not found:
        return block, None
    # The blank before "and" belongs to neither.
    start = found.end() - len(found[1].lstrip())
    text = block.text[: found.start()]
    spans, moved = _divided(block.spans, len(text), start)
    end = Provision("", "after-quoted-block", text=block.text[start:], spans=moved)
    return replace(block, text=text, spans=spans), end


def counted(aside: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """What was set aside, by name."""
    return tuple((name, count) for name, count in aside.items() if count)
