"""The two texts of a reported print: a reading of the tree with one committee mark left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from legannot.model.bill import Bill, Markup, Provision
from legannot.model.paths import with_paths
from legannot.model.text import Span

_MARKS = (Markup.STRUCK.value, Markup.INSERTED.value)
_CLOSING = tuple(".,;:)”’")


def resolve(bill: Bill, *, drop: Markup) -> Bill:
    """The bill without the words marked `drop`, and without any committee mark on the rest."""
    if not _marked(bill):
        return bill
    kept = (_resolve(provision, drop) for provision in bill.provisions)
    return replace(bill, provisions=with_paths(p for p in kept if p is not None))


def _marked(bill: Bill) -> bool:
    return any(
        p.markup or any(span.kind in _MARKS for span in (*p.spans, *p.heading_spans, *p.enum_spans))
        for p in bill.walk()
    )


def _resolve(provision: Provision, drop: Markup) -> Provision | None:
    if provision.markup is drop:
        return None
    children = tuple(
        child for child in (_resolve(c, drop) for c in provision.children) if child is not None
    )
    text, spans = _without(provision.text, provision.spans, drop)
    heading, heading_spans = _without(provision.heading, provision.heading_spans, drop)
    enum, _ = _without(provision.enum, provision.enum_spans, drop)
    if not (enum or heading or text or children):
        return None
    return replace(
        provision,
        enum=enum,
        enum_spans=(),
        text=text,
        spans=spans,
        heading=heading,
        heading_spans=heading_spans,
        children=children,
        markup=Markup.NONE,
    )


def _without(text: str, spans: Sequence[Span], drop: Markup) -> tuple[str, tuple[Span, ...]]:
    gone = sorted((s.start, s.end) for s in spans if s.kind == drop.value)
    rest = [s for s in spans if s.kind not in _MARKS]
    if not gone:
        return text, tuple(rest)
    keep = [True] * len(text)
    for start, end in gone:
        keep[start:end] = [False] * (end - start)
    for i, char in enumerate(text):
        # The blanks around words that are gone are one, or none before a closing mark.
        if (
            keep[i]
            and char == " "
            and (_last_kept(text, keep, i) in ("", " ") or _stop_follows(text, keep, i + 1))
        ):
            keep[i] = False
    moved: list[int] = []
    position = 0
    for flag in keep:
        moved.append(position)
        position += flag
    moved.append(position)
    result = "".join(char for char, flag in zip(text, keep, strict=True) if flag)
    trimmed = len(result.rstrip())
    shifted = (
        Span(min(moved[s.start], trimmed), min(moved[s.end], trimmed), s.kind, s.value)
        for s in rest
    )
    return result[:trimmed], tuple(s for s in shifted if s.start < s.end)


def _stop_follows(text: str, keep: list[bool], i: int) -> bool:
    """Whether words are gone from `i` on and the next that are kept begin with a closing mark."""
    rest = range(i, len(text))
    following = next((text[j] for j in rest if keep[j] and text[j] != " "), "")
    return i < len(text) and not keep[i] and following in _CLOSING


def _last_kept(text: str, keep: list[bool], i: int) -> str:
    for j in range(i - 1, -1, -1):
        if keep[j]:
            return text[j]
    return ""
