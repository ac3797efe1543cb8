"""One text, many overlapping marks: edits, evidence and markup merged into one run of segments.

    edits    = keep "may " · take out "license" · put in "permit" · keep " release of weights"
    new side = evidence 1 over "permit release", italic over "weights"

    may │ <del>license</del> │ <ins><mark>permit</mark></ins> │ <mark> release</mark>¹ │ of │ …

Ranges may overlap and cross in any way, so they are never nested as they come: the text is cut at
every boundary, each piece knows what covers it, and elements are written anew around equal
neighbours: edits outermost, then evidence, then links, then markup.  On kept words the markup of
the new side is shown, and the evidence of both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from markupsafe import Markup, escape

from legannot.model import Edit, Span
from legannot.model.comparison import Op
from legannot.render.inert import inert

# None of these is a name of XML, so no element of a bill can pose as one.
EVIDENCE = "#evidence"  # value: the number of the note
MINOR_EVIDENCE = "#minor-evidence"  # the same, of a note that may be folded
HOUSE = "#house"  # value: the number of a note of the house, such as H1
LINK = "#link"  # value: an anchor of this page
_QUOTE = "#quote"
# What the Bill DTD prints in quotation marks that are not in the text; USLM has them in the text.
_QUOTED = ("quote", "term")
_RAISED = re.compile(r"(?<=\d)\^(\d+)")
_QUOTATION_MARKS = "“‘\"'"
# What shows an element of the Bill DTD that a reader must see.
_ELEMENTS = {
    "act-name": "cite",
    "bold": "b",
    "italic": "i",
    "subscript": "sub",
    "superscript": "sup",
    "term": "dfn",
}
_CLASSES = {"fraction": "fr", "inserted": "ci", "small-caps": "sc", "struck": "cs"}
_SIGNS = "^_"
_EVIDENCE = (EVIDENCE, MINOR_EVIDENCE, HOUSE)
_BY_HOUSE = "H"
_SHOWN = frozenset((*_EVIDENCE, LINK, *_ELEMENTS, *_CLASSES))


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text on which every mark agrees.

    `minor` says that its evidence is all of minor notes, `shown` are the kinds of markup over
    it, `opens` / `closes` the depths of the quotations that begin before and end after it (1 for
    the outer one), `ends` the notes whose evidence ends with it.
    """

    op: Op
    text: str
    evidence: tuple[str, ...] = ()
    minor: bool = False
    link: str = ""
    shown: tuple[str, ...] = ()
    opens: tuple[int, ...] = ()
    closes: tuple[int, ...] = ()
    ends: tuple[str, ...] = ()


def deletions_first(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """The same edits with each run of changes as one deletion, then one insertion.

    "Always let the italics follow the line type" (GPO Style Manual, on amendments).
    """
    ordered: list[Edit] = []
    for kept, run in groupby(edits, key=lambda edit: edit.op == "equal"):
        if kept:
            ordered += (edit for edit in run if edit.text)
            continue
        changes = tuple(run)
        removed = "".join(edit.text for edit in changes if edit.op == "delete")
        added = "".join(edit.text for edit in changes if edit.op == "insert")
        if removed:
            ordered.append(Edit("delete", removed))
        if added:
            ordered.append(Edit("insert", added))
    return tuple(ordered)


def segments(
    edits: Iterable[Edit], old: Sequence[Span] = (), new: Sequence[Span] = ()
) -> tuple[Segment, ...]:
    """Cut edited text at every boundary of the spans over its old and its new side.

    Offsets of `old` are those of the joined `equal` + `delete` texts, of `new` those of `equal` +
    `insert`.  Spans of kinds that a page does not show are passed over.
    """
    ordered = deletions_first(edits)
    old_covers = _covers(old, "".join(e.text for e in ordered if e.op != "insert"))
    new_covers = _covers(new, "".join(e.text for e in ordered if e.op != "delete"))
    # Where a note has evidence on the new side, that is what kept words show.
    renewed = {cover.value for cover in new_covers if cover.kind in _EVIDENCE}
    pieces: list[Segment] = []
    at_old = at_new = 0
    for edit in ordered:
        length = len(edit.text)
        covers: list[_Cover] = []
        if edit.op != "insert":
            covers += (
                cover.seen_from(at_old)
                for cover in old_covers
                if cover.touches(at_old, length)
                and (
                    edit.op == "delete" or (cover.kind in _EVIDENCE and cover.value not in renewed)
                )
            )
            at_old += length
        if edit.op != "delete":
            covers += (
                cover.seen_from(at_new) for cover in new_covers if cover.touches(at_new, length)
            )
            at_new += length
        pieces += _cut(edit, covers)
    return tuple(pieces)


@dataclass(frozen=True, slots=True)
class _Cover:
    """A span in the offsets of one edit, where it may begin before 0; `depth` counts quotations."""

    start: int
    end: int
    kind: str
    value: str
    depth: int

    def touches(self, offset: int, length: int) -> bool:
        return self.start < offset + length and self.end > offset

    def seen_from(self, offset: int) -> _Cover:
        return _Cover(self.start - offset, self.end - offset, self.kind, self.value, self.depth)


def _covers(spans: Sequence[Span], text: str) -> list[_Cover]:
    covers = [
        _Cover(span.start, span.end, span.kind, span.value, 0)
        for span in spans
        if span.kind in _SHOWN and span.start < span.end
    ]
    # A term inside a quotation of the same words is quoted once.
    quotes = {
        (span.start, span.end)
        for span in spans
        if span.kind in _QUOTED and span.start < span.end and not _quoted(text, span)
    }
    for start, end in sorted(quotes):
        depth = sum(first <= start and end <= last for first, last in quotes)
        covers.append(_Cover(start, end, _QUOTE, "", depth))
    return covers


def _quoted(text: str, span: Span) -> bool:
    around = text[max(span.start - 1, 0) : span.start + 1]
    return any(char in _QUOTATION_MARKS for char in around)


def _cut(edit: Edit, covers: Sequence[_Cover]) -> Iterator[Segment]:
    length = len(edit.text)
    bounds = {0, length}
    for cover in covers:
        bounds.update(b for b in (cover.start, cover.end) if 0 < b < length)
    for start, end in pairwise(sorted(bounds)):
        over = [c for c in covers if c.start < end and c.end > start]
        quotes = [c for c in over if c.kind == _QUOTE]
        yield Segment(
            op=edit.op,
            text=edit.text[start:end],
            evidence=_once(c.value for c in over if c.kind in _EVIDENCE),
            minor=all(c.kind != EVIDENCE for c in over),
            link=next((c.value for c in over if c.kind == LINK), ""),
            shown=_once(c.kind for c in over if c.kind in _ELEMENTS or c.kind in _CLASSES),
            opens=tuple(sorted({c.depth for c in quotes if c.start == start})),
            closes=tuple(sorted({c.depth for c in quotes if c.end == end}, reverse=True)),
            ends=_once(c.value for c in over if c.kind in _EVIDENCE and c.end == end),
        )


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def markup(pieces: Iterable[Segment]) -> Markup:
    """The HTML of segments, escaped; every character of the text stands in it once and in order."""
    return Markup("").join(_by_op(op, run) for op, run in groupby(pieces, key=lambda s: s.op))


def plain(text: str) -> Markup:
    """The HTML of text without any mark."""
    return escape(inert(text))


def raised(text: str) -> Markup:
    """The HTML of an excerpt, whose raised figures are known by their sign alone (`10^26`)."""
    return Markup("").join(
        Markup('<span class="sg">^</span><sup>{}</sup>').format(part) if at % 2 else plain(part)
        for at, part in enumerate(_RAISED.split(text))
    )


def _by_op(op: Op, run: Iterable[Segment]) -> Markup:
    inner = Markup("").join(
        _by_evidence(evidence, group) for evidence, group in groupby(run, key=lambda s: s.evidence)
    )
    if op == "equal":
        return inner
    tag = "del" if op == "delete" else "ins"
    return Markup("<{0}>{1}</{0}>").format(tag, inner)


def _by_evidence(evidence: tuple[str, ...], run: Iterable[Segment]) -> Markup:
    group = tuple(run)
    if not evidence:
        return _by_link(group)
    look = Markup(' class="minor"') if group[0].minor else Markup("")
    house = [number for number in evidence if number.startswith(_BY_HOUSE)]
    machine = [number for number in evidence if not number.startswith(_BY_HOUSE)]
    parts: list[Markup] = []
    begun: list[Segment] = []
    for piece in group:
        begun.append(piece)
        if piece.ends or piece is group[-1]:
            inner = _by_link(begun)
            # ARIA 1.2 allows one target; the superscript links lead to every note.
            for number in house:
                inner = Markup('<mark class="house" aria-details="n{}">{}</mark>').format(
                    number, inner
                )
            if machine:
                inner = Markup('<mark{} aria-details="n{}">{}</mark>').format(
                    look, machine[0], inner
                )
            parts.append(inner + _references(piece.ends))
            begun = []
    return Markup("").join(parts)


def _references(numbers: Sequence[str]) -> Markup:
    if not numbers:
        return Markup("")
    links = Markup(" ").join(Markup('<a href="#n{0}">{0}</a>').format(n) for n in numbers)
    return Markup('<sup class="nr">{}</sup>').format(links)


def _by_link(pieces: Iterable[Segment]) -> Markup:
    parts: list[Markup] = []
    for link, run in groupby(pieces, key=lambda s: s.link):
        inner = Markup("").join(_piece(piece) for piece in run)
        parts.append(
            Markup('<a class="x" href="#{}">{}</a>').format(link, inner) if link else inner
        )
    return Markup("").join(parts)


def _piece(piece: Segment) -> Markup:
    html = plain(piece.text)
    if piece.text[0] in _SIGNS and ("superscript" in piece.shown or "subscript" in piece.shown):
        # The sign stands for the raised type in plain text; on a page the type itself is raised.
        html = Markup('<span class="sg">{}</span>{}').format(piece.text[0], plain(piece.text[1:]))
    classes = [_CLASSES[kind] for kind in piece.shown if kind in _CLASSES]
    # The marks of a quotation are drawn, not written: copied and verified text stays the bill's.
    whole = piece.opens == (1,) and piece.closes == (1,)
    if not whole:
        classes += [f"qo{depth}" for depth in piece.opens] + [
            f"qc{depth}" for depth in piece.closes
        ]
    if classes:
        html = Markup('<span class="{}">{}</span>').format(" ".join(classes), html)
    for kind in piece.shown:
        if tag := _ELEMENTS.get(kind):
            html = Markup("<{0}>{1}</{0}>").format(tag, html)
    return Markup("<q>{}</q>").format(html) if whole else html
