"""Versions that come in different formats, set alike: what a format prints by its own rules goes.

USLM and plain text print the enacting formula, the names of levels ("SEC. 3.") and the quotation
marks, and set headings as the law is printed; the Bill DTD leaves all that to its stylesheet and
has the long title on the cover.  A redline of a DTD file and a USLM file would mark all of it.  So
every version is set in the print of the one after it, the last as it stands, and what that took is
counted and told.  No word of the law is touched: deleted words keep the print that they had, and
the long title is compared wherever it stands.  Versions of one format are left as they are.

Sources: bill.dtd with GPO's stylesheet; "USLM User Guide" on `content` as printed.  What is set
aside was found on the versions that govinfo has in two formats (`bench/twins.py`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from legannot.align import align
from legannot.diff.reprint import MARKS, reprint
from legannot.model import Bill, Comparison, Context, Provision, Span, number
from legannot.model.paths import with_paths

NAMES = {"bill-dtd": "the Bill DTD", "uslm": "USLM", "text": "plain text"}
FORMULA = "enacting or resolving formula"
LONG_TITLE = "place of the long title"
QUOTES = "quotation marks"
HEADINGS = "capitals and ends of headings"
LEVELS = "names of levels"
LETTERS = "capitals and dashes"
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


def alike(bills: Sequence[Bill]) -> tuple[Bill, ...]:
    """Versions in order, each set as the next one prints; `Bill.set_aside` counts what that took.

    They come back as they are where all have one format, or were set alike before.
    """
    return tuple(setting.bill for setting in settings(bills))


def settings(bills: Sequence[Bill]) -> tuple[Setting, ...]:
    """The versions as `alike` sets them, each with the origins of its provisions."""
    if len({bill.format for bill in bills}) < 2 or any(b.set_aside for b in bills):  # noqa: PLR2004
        return tuple(map(Setting, bills))
    titles = _titles(bills)
    found = [_laid_out(b.as_reported(), title) for b, title in zip(bills, titles, strict=True)]
    for i in range(len(found) - 2, -1, -1):
        found[i] = found[i]._replace(bill=_reprinted(found[i].bill, found[i + 1].bill))
    return tuple(found)


def told(comparison: Comparison) -> str:
    """A sentence on what was set aside between two versions; empty if they have one format."""
    versions = (comparison.old, comparison.new)
    if comparison.old.format == comparison.new.format:
        return ""
    formats = " and ".join(NAMES.get(bill.format, bill.format) for bill in versions)
    what = ", ".join(f"{name} ({count:,})" for name, count in comparison.set_aside.items())
    return (
        f"The versions come in different formats, {formats}. Set aside as print, not law:"
        f" {what or 'nothing'}."
    )


# ── the order of the parts ─────────────────────────────────────────────────────────────────────


def _titles(bills: Sequence[Bill]) -> tuple[str, ...]:
    """The long title of each version, where two have one: of one without it, that of its neighbour.

    An engrossed amendment has none; what changed from the version before it to the one after it
    must still be seen.
    """
    known = [bill.official_title for bill in bills]
    if sum(map(bool, known)) < 2:  # noqa: PLR2004
        return ("",) * len(bills)
    last = next(filter(None, known))
    return tuple(last := title or last for title in known)


def _laid_out(bill: Bill, long_title: str) -> Setting:
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
    return Setting(replace(bill, provisions=with_paths(body), set_aside=_kept(aside)), origins)


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


# ── the print ──────────────────────────────────────────────────────────────────────────────────


def _reprinted(old: Bill, new: Bill) -> Bill:
    partner = {pair.old: pair.new for pair in align(old, new).pairs}
    at_new = {p.path: p for p in new.walk()}
    aside: Counter[str] = Counter(dict(old.set_aside))

    def set_as(provision: Provision) -> Provision:
        children = tuple(set_as(child) for child in provision.children)
        other = at_new.get(partner.get(provision.path, ""))
        if other is None:
            return replace(provision, children=children)
        text = reprint(
            provision.text,
            other.text,
            provision.spans,
            other.spans,
            heading=provision.kind == "toc-entry",
        )
        heading = reprint(provision.heading, other.heading, provision.heading_spans, heading=True)
        enum = provision.enum
        if enum != other.enum and number(enum) == number(other.enum):
            enum = other.enum
            aside[LEVELS] += 1
        aside[QUOTES] += text.marks or heading.marks
        aside[LETTERS] += text.letters
        aside[HEADINGS] += heading.letters
        return replace(
            provision, enum=enum, text=text.text, spans=text.spans, heading=heading.text,
            heading_spans=heading.spans, children=children,
        )  # fmt: skip

    body = with_paths([set_as(provision) for provision in old.provisions])
    return replace(old, provisions=body, set_aside=_kept(aside))


def _kept(aside: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple((name, count) for name, count in aside.items() if count)


__all__ = ["Setting", "alike", "settings", "told"]
