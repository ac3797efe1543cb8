"""What a search for like provisions found, for a terminal and as a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from legannot.model import Edit
from legannot.model.likeness import Found, Hit, Place, Strand, Text, Travel, TurnUp
from legannot.render.json import Document
from legannot.render.paint import Block, Piece, Style, paint
from legannot.render.wording import count, excerpt

# Places named for one wording, strands for one bill, names of an omnibus that a line can hold.
_PLACES, _STRANDS = 4, 6
# Words kept around an edit, words of one edit, and edits of a wording: beyond, a redline is read in
# `legannot diff`.
_AROUND, _EDIT, _EDITS = 6, 30, 8
_STEP = 2
# Decimal places of a likeness in a document.
_DIGITS = 4


# ── one provision ──────────────────────────────────────────────────────────────────────────────


def hits_text(what: str, hits: Sequence[Hit], searched: int, *, color: bool, width: int) -> str:
    """Each wording that was found, where it stands, what it shares and where it differs."""
    found = count(len(hits), "wording") if hits else "No wording"
    head = f"{found} like {what} in {count(searched, 'version')}."
    blocks = [Block((Piece(head),))]
    for number, hit in enumerate(hits, 1):
        blocks += _hit(number, hit)
    return paint(blocks, color=color, width=width)


def _hit(number: int, hit: Hit) -> Iterator[Block]:
    first, *others = hit.places
    yield Block()
    yield Block((Piece(f"{number}. {_where(first)}", "place"), Piece(f"  {alike(hit)}", "kind")))
    if hit.nested:
        # Its words stand above already, in or around it.
        return
    if first.within:
        yield Block((Piece(f"in {' / '.join(first.within)}", "quiet"),), _STEP)
    for quote in hit.shared:
        yield Block((Piece(f"both: “{quote}”"),), _STEP)
    if hit.found is not Found.EQUAL:
        yield Block((Piece("there: "), *_marked(hit.edits)), _STEP)
    if others:
        shown = "; ".join(map(_where, others[:_PLACES]))
        more = len(others) - _PLACES
        yield Block(
            (Piece(f"word for word also: {shown}" + (f" and {more} more" if more > 0 else "")),),
            _STEP,
        )


def alike(hit: Hit) -> str:
    """How a wording was found, in words."""
    if hit.found is Found.EQUAL:
        return "the same words"
    words = f"{hit.common:,} of its {count(hit.words, 'word')} in common"
    if hit.found is Found.MEANING:
        return f"other words, near in meaning ({hit.meaning:.2f}); {words}"
    nested = "; lies in or around a hit above" if hit.nested else ""
    return f"{words}, likeness {hit.likeness:.2f}{nested}"


def _where(place: Place) -> str:
    return f"{called(place.text)}, {place.path}"


def called(text: Text) -> str:
    """`H.R. 1316 (119th), Introduced in House`, or the name of the file."""
    if not text.bill:
        return text.name
    congress = text.bill.partition(text.bill.lstrip("0123456789"))[0]
    return f"{text.label} ({congress}), {text.stage}"


def _marked(edits: Sequence[Edit]) -> Iterator[Piece]:
    """The edits with some words around each; what is kept in between is left out."""
    styles: dict[str, Style] = {"equal": "", "insert": "insert", "delete": "delete"}
    edited = 0
    for position, edit in enumerate(edits):
        if edit.op == "equal":
            yield Piece(_kept(edit.text, first=position == 0, last=position == len(edits) - 1))
            continue
        edited += 1
        if edited > _EDITS:
            yield Piece(" … more edits follow")
            return
        yield Piece(_clipped(edit.text), styles[edit.op])


def _kept(text: str, *, first: bool, last: bool) -> str:
    words = text.split(" ")
    if len(words) <= 2 * _AROUND:
        return text
    head = "" if first else " ".join(words[:_AROUND]) + " "
    tail = "" if last else " " + " ".join(words[-_AROUND:])
    return f"{head}…{tail}"


def _clipped(text: str) -> str:
    if len(text.split()) <= _EDIT:
        return text
    return excerpt(text, _EDIT)


# ── a whole bill ───────────────────────────────────────────────────────────────────────────────


def travels_text(
    what: str, turned: Sequence[TurnUp], searched: int, *, color: bool, width: int
) -> str:
    """In which other bills the text of a bill stands, with quoted words of what was found."""
    head = (
        f"The text of {what} stands in {count(len(turned), 'other bill')} of those looked through"
        if turned
        else f"The text of {what} stands in no other bill of those looked through"
    )
    blocks = [Block((Piece(f"{head} ({count(searched, 'version')})."),))]
    for turn in turned:
        blocks += _turn(turn)
    return paint(blocks, color=color, width=width)


def _turn(turn: TurnUp) -> Iterator[Block]:
    yield Block()
    yield Block((Piece(called(turn.text), "place"), Piece(f"  {turn.text.title}", "quiet")))
    yield Block((Piece(told(turn), "kind"),), _STEP)
    for strand in turn.strands[:_STRANDS]:
        yield Block((Piece(stranded(strand)),), 2 * _STEP)
    if len(turn.strands) > _STRANDS:
        yield Block((Piece(f"and {len(turn.strands) - _STRANDS} more."),), 2 * _STEP)
    if turn.others:
        yield Block((Piece(f"also in {', '.join(text.stage for text in turn.others)}"),), _STEP)


def told(turn: TurnUp) -> str:
    """What became of the text, as a sentence.

    The share is of words weighted by rarity, so it is told in tenths.
    """
    part = f"{_tenths(turn.share)} of its words"
    container = " ".join(filter(None, (turn.container, turn.container_heading)))
    sections = count(len(turn.strands), "section")
    other = turn.text.called
    if turn.travel is Travel.WHOLE:
        kind = "an amendment in the nature of a substitute" if turn.substitute else "a companion"
        if turn.substitute or turn.text.document == "amendment":
            return f"{other} carries the whole text: {kind} ({part}, {sections})."
        return f"The two read alike from end to end, as {kind} does ({part}, {sections})."
    if turn.travel is Travel.PART:
        place = f"as {container} of {other}" if container else f"spread over {other}"
        return f"It stands {place} ({part}, {sections})."
    if turn.travel is Travel.HOLDS:
        place = f"as {container}" if container else "spread over it"
        return f"{other} stands in this bill {place} ({part}, {sections})."
    place = f", most of them in {container}" if container else ""
    verb = "reads" if len(turn.strands) == 1 else "read"
    return f"{sections} {verb} alike in both{place} ({part})."


def stranded(strand: Strand) -> str:
    """One section of the bill and where its words are in the other."""
    equal = "the same words" if strand.likeness == 1 else f"likeness {strand.likeness:.2f}"
    heading = f" {strand.heading}" if strand.heading else ""
    return f"{strand.own_path} -> {strand.path}{heading} ({equal}): “{strand.quote}”"


def _tenths(share: float) -> str:
    if share > _ALL:
        return "all"
    return f"about {round(share * 10) * 10} %" if share >= _TENTH else "less than 10 %"


_ALL, _TENTH = 0.995, 0.1


# ── documents ──────────────────────────────────────────────────────────────────────────────────


def similar_document(
    target: Text,
    path: str,
    hits: Iterable[Hit],
    turned: Iterable[TurnUp],
    searched: int,
    notices: Iterable[str],
) -> Document:
    """`legannot/similar/1`: hits for a provision (`path`), bills for a whole bill (`path` null)."""
    return {
        "schema": "legannot/similar/1",
        **_version(target),
        "path": path or None,
        "searched": searched,
        "hits": [
            {
                "found": hit.found.value,
                "likeness": round(hit.likeness, _DIGITS),
                "meaning": round(hit.meaning, _DIGITS) if hit.meaning else None,
                "nested": hit.nested,
                "words": hit.words,
                "common": hit.common,
                "shared": list(hit.shared),
                "places": [
                    {**_version(p.text), "path": p.path, "heading": p.heading,
                     "within": list(p.within)}
                    for p in hit.places
                ],
                "edits": [{"op": edit.op, "text": edit.text} for edit in hit.edits],
            }
            for hit in hits
        ],
        "bills": [
            {
                **_version(turn.text),
                "travel": turn.travel.value,
                "told": told(turn),
                "container": turn.container or None,
                "container_heading": turn.container_heading,
                "share": round(turn.share, _DIGITS),
                "substitute": turn.substitute,
                "sections": [
                    {"own": s.own_path, "path": s.path, "heading": s.heading,
                     "likeness": round(s.likeness, _DIGITS), "quote": s.quote}
                    for s in turn.strands
                ],
                "also": [_version(text) for text in turn.others],
            }
            for turn in turned
        ],
        "notices": list(notices),
    }  # fmt: skip


def _version(text: Text) -> Document:
    return {
        "bill": text.bill or None,
        "version": text.version or None,
        "title": text.title,
        "source": text.name,
        "sha256": text.sha256,
    }


__all__ = ["called", "hits_text", "similar_document", "stranded", "told", "travels_text"]
