"""The grammar of an instruction to amend: its verbs, and what they instruct together.

    in paragraph (1), by striking “may” each place it appears and inserting “shall”; and
    place             verb       old    everywhere                verb  new

The terms are those of the House Legislative Counsel's Manual on Drafting Style (amendatory
language: strike, insert, add at the end, redesignate, amend to read as follows, repeal).  The
grammar reads a text whose quotations are blotted out (`quoted`); what it cannot take apart is
returned as such and never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from legannot.read import amendatory as words
from legannot.read.arguments import Arguments, Clause, Failure, Verb


def verbs(text: str, start: int, end: int) -> tuple[Verb, ...]:
    """The amendatory verbs of one sentence, in order."""
    found = list(words.VERB.finditer(text, start, end))
    limits = [*(match.start() for match in found[1:]), end][: len(found)]
    return tuple(
        Verb(
            _stem(match),
            match.start(),
            match.end(),
            limit,
            start,
            finite=bool(match["finite"] or match["item"]),
        )
        for match, limit in zip(found, limits, strict=True)
    )


def clauses(
    text: str, found: Sequence[Verb], *, bare: bool, lost: bool
) -> Iterator[Clause | Failure]:
    """What the verbs of one sentence instruct.

    `bare`: the text has no quotation marks; `lost`: nor has the bill, so that what reads like a
    description ("the Secretary") is rather a quotation.
    """
    waiting: Clause | None = None
    for position, verb in enumerate(found):
        place = _place_before(text, verb, found[position - 1] if position else None)
        follows = found[position + 1 : position + 2]
        reader = Arguments(text, verb, *_trimmed(text, verb, bare=bare), bare=bare, lost=lost)
        read = reader.read(before_insert=bool(follows) and _inserts(follows[0]))
        if isinstance(read, Clause) and place[1] > place[0]:
            read = replace(read, place=place)
        if waiting is not None:
            if isinstance(read, Clause) and _completes(text, waiting, read, verb):
                yield replace(
                    waiting,
                    action="replace",
                    end=read.end,
                    new=read.new,
                    everywhere=waiting.everywhere or read.everywhere,
                )
                waiting = None
                continue
            yield waiting
            waiting = None
        if read is None:
            continue
        if isinstance(read, Clause) and read.action == "strike":
            waiting = read
        else:
            yield read
    if waiting is not None:
        yield waiting


def _inserts(verb: Verb) -> bool:
    return verb.name in ("insert", "substitute")


def _completes(text: str, struck: Clause, put: Clause, verb: Verb) -> bool:
    """Whether an insertion takes the place of what was just struck."""
    if put.action != "insert" or put.relation or put.place[1] > put.place[0]:
        return False
    return (
        bool(put.new)
        and not put.old
        and words.LINK.fullmatch(text, struck.end, verb.start) is not None
    )


def _stem(match: re.Match[str]) -> str:
    word = (match["gerund"] or match["finite"] or match["order"] or match["item"]).lower()
    if match["read"] or match["item_read"]:
        return "rewrite"
    return words.STEMS[word]


def _trimmed(text: str, verb: Verb, *, bare: bool) -> tuple[int, int]:
    """An argument without the connectives at its ends and the place of the next instruction."""
    start, end = verb.end, verb.limit
    ahead = words.NEXT_PLACE.search(text, start, end)
    if ahead:
        end = ahead.start()
    tail = words.CONNECTIVES.search(text, start, end)
    if tail and tail.start() > start:
        end = tail.start()
    if bare and (last := words.LAST_CONNECTIVE.search(text, start, verb.limit)):
        # "striking ; and ; and", "striking may apply. and inserting": what is quoted may end or be
        # like a connective.
        joined = words.AND_NEXT.search(text, start, verb.limit)
        left = text[start : tail.start()] if tail else ""
        if joined and not ahead:
            end = joined.start()
        elif not left.strip():
            end = last.start()
    # In bare text a comma may open what is quoted.
    while start < end and text[start] in (" :—" if bare else " ,:—"):
        start += 1
    return start, end


def _place_before(text: str, verb: Verb, previous: Verb | None) -> tuple[int, int]:
    """The words before a verb that say where: "in paragraph (2), by [striking]"."""
    if previous is None or previous.name == "amend":
        # Before the first verb stands the place of them all.
        return 0, 0
    match = words.NEXT_PLACE.search(text, previous.end, verb.start)
    return match.span("place") if match else (0, 0)
