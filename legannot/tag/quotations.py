"""Which words of a provision an amendatory instruction quotes: those struck, and all others.

    Section 4 is amended by striking “may release” and inserting “may not release”.
                                     struck                       quoted

No law says what runs from one quotation into the next or into the instruction around it, so rules
are matched in each stretch by itself.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from legannot.model import Bill, Facts, Instruction, Provision, Words
from legannot.read.quoted import BLOT, quoted

STRUCK, QUOTED = "struck", "quoted"
_RUN = re.compile(f"{BLOT}+")
_IN_TEXT = ("quoted", "range")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Quoted words of a provision's text: `context` is `struck` or `quoted`."""

    start: int
    end: int
    context: str


Quotations = Mapping[str, tuple[Stretch, ...]]


def context_at(stretches: Sequence[Stretch], start: int, end: int) -> str | None:
    """`struck` or `quoted` for a range of the text that an instruction quotes, None for others."""
    return next((s.context for s in stretches if s.start <= start and end <= s.end), None)


def quotations(bill: Bill, facts: Facts) -> Quotations:
    """By path the words that instructions quote there, in order and apart from each other.

    Words to be inserted or gone by, and those of an instruction that could not be taken apart, are
    `quoted`; those taken out are `struck`.
    """
    instructions: dict[str, list[Instruction]] = defaultdict(list)
    spoken: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for instruction in facts.instructions:
        instructions[instruction.path].append(instruction)
        spoken[instruction.path].append((instruction.start, instruction.end))
    for unparsed in facts.unparsed:
        spoken[unparsed.path].append((unparsed.start, unparsed.end))
    return {
        provision.path: stretches
        for provision in bill.walk()
        if provision.path in spoken
        and (stretches := _of(provision, instructions[provision.path], spoken[provision.path]))
    }


def _of(
    provision: Provision, instructions: Sequence[Instruction], spoken: Sequence[tuple[int, int]]
) -> tuple[Stretch, ...]:
    old = [span for i in instructions for span in _spans(i.old)]
    other = [
        span for i in instructions for span in _spans((*i.new, *((i.anchor,) if i.anchor else ())))
    ]
    found: list[Stretch] = []
    for match in _RUN.finditer(quoted(provision).blotted):
        run = match.span()
        if _meets(run, old):
            found.append(Stretch(*run, STRUCK))
        elif _meets(run, (*other, *spoken)):
            found.append(Stretch(*run, QUOTED))
    # Some mirrors have lost the marks; what the grammar took for a quotation is one.
    for context, spans in ((STRUCK, old), (QUOTED, other)):
        for span in sorted(spans):
            if not _meets(span, [(s.start, s.end) for s in found]):
                found.append(Stretch(*span, context))
    return tuple(sorted(found, key=lambda s: s.start))


def _spans(words: Sequence[Words]) -> Iterator[tuple[int, int]]:
    for one in words:
        if one.kind in _IN_TEXT and one.end > one.start:
            yield one.start, one.end


def _meets(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)
