"""Margin notes: what a provision touches, on which words, by which rule, and what it is tied to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from legannot.model import Change, Provision, Span, Status, Tag
from legannot.model.report import Reach, TagChange
from legannot.render.html.house import House
from legannot.render.html.index import Index, Link
from legannot.render.html.limits import limiting
from legannot.render.html.segments import EVIDENCE, HOUSE, LINK, MINOR_EVIDENCE
from legannot.render.wording import (
    STATUSES,
    TAG_CHANGES,
    context,
    operator,
)

# 30 of the 32 passages in the bills on the subjects of the corpus that are limited have no more.
_LIMITS_SHOWN = 3
# A defined term of a long bill is cited from everywhere; the full list stands under "definitions".
_LINKS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Note:
    """One tag as the margin shows it.

    `lead_in` are words above the provision that the evidence continues.  `quotes` are given only
    where the words cannot be marked in the text.  `minor` notes may be folded: both versions have
    them, or they rest on a definition elsewhere.
    """

    number: int
    topic: str
    label: str
    change: str
    status: str
    via: Link | None
    context: str
    operator: str
    confidence: str
    lead_in: str
    quotes: tuple[str, ...]
    minor: bool


@dataclass(frozen=True, slots=True)
class Tie:
    """What a provision is tied to: a lead in our words, then links."""

    lead: str
    links: tuple[Link, ...]
    more: int = 0


def number_notes(index: Index) -> dict[int, tuple[Note, ...]]:
    """Notes by row, numbered through the page in the order of the rows."""
    notes: dict[int, tuple[Note, ...]] = {}
    following = 1
    for row in sorted(index.tags):
        changes = index.tags[row]
        notes[row] = tuple(
            _note(index, index.rows[row], change, following + i) for i, change in enumerate(changes)
        )
        following += len(changes)
    return notes


def _note(index: Index, row: Change, change: TagChange, number: int) -> Note:
    tag = change.new or change.old
    if tag is None:
        raise ValueError(f"a change of the tag {change.topic} has no side")
    topic = index.topic(tag.topic)
    marked = _matches(tag, row, new=tag is change.new)
    via = index.link(tag.via) if tag.via else None
    return Note(
        number=number,
        topic=topic.id,
        label=topic.label,
        change="" if index.single else TAG_CHANGES[change.kind],
        status=_status(tag),
        via=via,
        context=context(tag.context),
        operator=operator(tag.operator),
        confidence=f"{tag.confidence:.2f}",
        lead_in=tag.lead_in or "",
        quotes=() if marked else tuple(e.quote for e in tag.evidence),
        minor=tag.status is Status.INHERITED
        or (topic.procedural if index.single else change.kind == "same"),
    )


def _status(tag: Tag) -> str:
    """On what the tag rests; an inherited one is followed by the link to its definition."""
    if tag.status is Status.ASSERTED and tag.rule:
        return f"rule {tag.rule}"
    if tag.status is Status.SUGGESTED and tag.exemplar:
        return f"suggested by embedding, nearest to “{tag.exemplar}”"
    return STATUSES[tag.status] + (" via" if tag.via else "")


def _matches(tag: Tag, row: Change, *, new: bool) -> bool:
    """Whether the tag's evidence counts in the text or heading that the row shows."""
    provision = row.new if new else row.old
    if provision is None:
        return False
    return tag.text == (provision.heading if tag.field == "heading" else provision.text)


@dataclass(frozen=True, slots=True)
class Marks:
    """Spans to draw over the texts of a row."""

    old: tuple[Span, ...]
    new: tuple[Span, ...]
    old_heading: tuple[Span, ...]
    new_heading: tuple[Span, ...]


def marks(
    index: Index,
    row: Change,
    at: int,
    notes: Mapping[int, tuple[Note, ...]],
    house: Sequence[House] = (),
) -> Marks:
    """The evidence and links of a row together with the markup of its text.

    `house` are the notes of the house on the row.
    """
    sides: dict[tuple[bool, bool], list[Span]] = {
        (True, False): list(row.new.spans) if row.new else [],
        (True, True): list(row.new.heading_spans) if row.new else [],
        (False, False): list(row.old.spans) if row.old else [],
        (False, True): list(row.old.heading_spans) if row.old else [],
    }
    for change, note in zip(index.tags.get(at, ()), notes.get(at, ()), strict=True):
        kind = MINOR_EVIDENCE if note.minor else EVIDENCE
        drawn = [(change.new, True)] if change.new else []
        if change.old and change.kind in ("removed", "touched"):
            drawn.append((change.old, False))
        for tag, new in drawn:
            if tag and _matches(tag, row, new=new):
                sides[new, tag.field == "heading"] += (
                    Span(e.start, e.end, kind, str(note.number)) for e in tag.evidence
                )
    for mine in house:
        where = mine.placed
        sides[True, where.field == "heading"].append(
            Span(where.start, where.end, HOUSE, mine.number)
        )
    if row.new:
        for citation in index.cites.get(row.new.path, ()):
            anchor = index.anchors.new.get(citation.target) if citation.kind == "internal" else None
            if anchor and row.new.text[citation.start : citation.end] == citation.quote:
                sides[True, False].append(Span(citation.start, citation.end, LINK, anchor))
    return Marks(
        old=tuple(sides[False, False]),
        new=tuple(sides[True, False]),
        old_heading=tuple(sides[False, True]),
        new_heading=tuple(sides[True, True]),
    )


def ties(index: Index, row: Change, at: int, notes: Sequence[Note]) -> tuple[Tie, ...]:
    """What limits tagged words, changed definitions that reach it, what it cites and back."""
    if row.new is None:
        return ()
    path = row.new.path
    found = [*_limits(index, row, row.new, at, notes)]
    found += [
        Tie(f"Words unchanged here, but “{reach.term}” changed:", (index.link(reach.definition),))
        if not row.changed
        else Tie(f"Uses “{reach.term}”, which changed:", (index.link(reach.definition),))
        for reach in index.reached.get(path, ())
    ]
    if not row.changed and not found and row.new.kind != "section":
        return tuple(found)
    found += [
        _tie(index, f"“{reach.term}” changed here and reaches", _all_reached(reach))
        for reach in index.report.reach
        if reach.definition == path and (reach.uses or reach.further)
    ]
    if row.changed:
        cited = index.cited_by.get(path, ())
        if cited:
            found.append(_tie(index, "Cited by", cited))
        outside = dict.fromkeys(
            c.quote for c in index.cites.get(path, ()) if c.kind not in ("internal", "other")
        )
        if outside:
            links = tuple(Link(quote, "") for quote in outside)
            found.append(Tie("Cites", links[:_LINKS_SHOWN], max(0, len(links) - _LINKS_SHOWN)))
    return tuple(found)


def _limits(
    index: Index, row: Change, provision: Provision, at: int, notes: Sequence[Note]
) -> Iterator[Tie]:
    """What limits the words that the notes of a provision stand on, as it has them now."""
    evidence = (
        one
        for change, note in zip(index.tags.get(at, ()), notes, strict=True)
        if change.new and not note.minor
        if change.new.field == "text" and _matches(change.new, row, new=True)
        for one in change.new.evidence
    )
    found = limiting(provision, index.limits.get(provision.path, ()), evidence)
    if found:
        quotes = tuple(Link(f"“{one}”", "") for one in found[:_LIMITS_SHOWN])
        yield Tie("Limited by", quotes, max(0, len(found) - _LIMITS_SHOWN))


def _tie(index: Index, lead: str, paths: tuple[str, ...]) -> Tie:
    links = tuple(index.link(path) for path in paths[:_LINKS_SHOWN])
    return Tie(lead, links, len(paths) - len(links))


def _all_reached(reach: Reach) -> tuple[str, ...]:
    """What uses the term, then what uses terms that are built from it."""
    return tuple(dict.fromkeys((*reach.uses, *(one.path for one in reach.further))))
