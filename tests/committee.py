"""A clerk's committee marks as an independent key to the redline of a reported print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from legannot.diff import compare
from legannot.model import Bill, Edit, Markup, Provision, Span

_SPAN = {Markup.STRUCK: "struck", Markup.INSERTED: "inserted"}


@dataclass(frozen=True)
class Mark:
    """Words that the redline marks though the clerk did not."""

    path: str
    op: str
    words: str


def unmarked_by_the_clerk(bill: Bill) -> tuple[Counter[str], list[Mark]]:
    """How many characters the redline of a print's two texts marks, and the marks without warrant.

    The characters are counted by what is said of them, `delete` or `insert`.  Blanks are left out:
    where words fall away, the blank beside them is nobody's.
    """
    before, after = bill.as_introduced(), bill.as_reported()
    keys = {
        "delete": dict(_flags(bill, before, Markup.STRUCK, Markup.INSERTED)),
        "insert": dict(_flags(bill, after, Markup.INSERTED, Markup.STRUCK)),
    }
    marked: Counter[str] = Counter()
    wrong: list[Mark] = []
    for row in compare(before, after, "word").rows:
        for op, side in (("delete", row.old), ("insert", row.new)):
            if side is None:
                continue
            edits = (*row.heading_edits, *row.edits)
            flags = keys[op][side.path]
            for words, warrant in _runs(edits, op, flags):
                marked[op] += len(words)
                if not all(warrant):
                    wrong.append(Mark(side.path, op, words))
    return marked, wrong


def _flags(bill: Bill, text: Bill, key: Markup, drop: Markup) -> Iterator[tuple[str, list[bool]]]:
    """For each provision of one text, a flag for each character that is no blank: marked or not."""
    kept = [p for root in bill.provisions for p in _kept(root, drop)]
    for (original, mark), clean in zip(kept, text.walk(), strict=True):
        yield (
            clean.path,
            [
                *_flagged(original.heading, original.heading_spans, mark, key, drop),
                *_flagged(original.text, original.spans, mark, key, drop),
            ],
        )


def _kept(
    provision: Provision, drop: Markup, around: Markup = Markup.NONE
) -> Iterator[tuple[Provision, Markup]]:
    """Every provision that one text has, with the mark it bears or stands in.

    One said not to be changed, in a division that was added (116 H.R. 1865 eah has some), was added
    with it: before, there was nothing for it to stand in.
    """
    if provision.markup is drop:
        return
    mark = provision.markup or around
    yield provision, mark
    for child in provision.children:
        yield from _kept(child, drop, mark)


def _flagged(
    text: str, spans: Iterable[Span], own: Markup, key: Markup, drop: Markup
) -> Iterator[bool]:
    flags = [own is key] * len(text)
    gone = [False] * len(text)
    for span in spans:
        for at in range(span.start, span.end):
            flags[at] |= span.kind == _SPAN[key]
            gone[at] |= span.kind == _SPAN[drop]
    return (
        flag
        for flag, lost, char in zip(flags, gone, text, strict=True)
        if not lost and not char.isspace()
    )


def _runs(edits: Iterable[Edit], op: str, flags: list[bool]) -> Iterator[tuple[str, list[bool]]]:
    at = 0
    for edit in edits:
        if edit.op not in ("equal", op):
            continue
        words = "".join(edit.text.split())
        if edit.op == op and words:
            yield words, flags[at : at + len(words)]
        at += len(words)
