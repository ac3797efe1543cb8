"""Matching in linear time: what a pattern is walked with when an expression could run away.

An expression tries the same words at the same place again for every way that led there: four gaps
of forty words make millions of ways.  A walk takes the same ways in the same order and so finds
the same first match, but remembers each step that failed at a place and never takes it there
again; no longer does a gap look twice at the words it has passed.  Its time is the length of the
text times that of the pattern at worst.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

SEPARATOR = r"[^\w\x1e]{1,6}"
"""What stands between the words of a gap; the record separator is the end of a sentence."""

_SEPARATOR = re.compile(SEPARATOR)
_NEXT_WORD = re.compile(SEPARATOR + r"\w+")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Read:
    """One word; `ends` are the ways it can end, in the order of preference, `any_end` all in one.

    `exact` is the word with its capitals if they matter.
    """

    any_end: re.Pattern[str]
    ends: tuple[re.Pattern[str], ...]
    then: int
    exact: str = ""


@dataclass(frozen=True, slots=True)
class Fork:
    """Steps of which one is taken, in the order of preference; `starts` matches where any can."""

    starts: re.Pattern[str] | None
    steps: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """What stands between two words that follow each other."""

    separator: re.Pattern[str]
    then: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to so many words, as few as possible, with what separates them.

    `hopeful` matches where a word of what follows stands near enough.
    """

    words: int
    then: int
    hopeful: re.Pattern[str] | None


Step: TypeAlias = "Read | Fork | Between | Gap"
Place: TypeAlias = tuple[int, int]
"""A step and where in the text it is taken."""

END = -1
"""The step behind the last."""


@dataclass(slots=True)
class Program:
    """The steps of a pattern, each naming those that follow it."""

    steps: list[Step] = field(default_factory=list)
    first: int = END
    starts: re.Pattern[str] | None = None

    def add(self, step: Step) -> int:
        """The number of a step, for those before it."""
        self.steps.append(step)
        return len(self.steps) - 1


@dataclass(frozen=True, slots=True)
class Hit:
    """A match, with the range of every exact word in it."""

    start: int
    end: int
    exact: tuple[tuple[int, int, str], ...]


class Walk:
    """One program over one text; what failed once is remembered for all that is asked of it."""

    def __init__(self, program: Program, low: str) -> None:
        self._program, self._low = program, low
        self._taken: set[Place] = set()
        # Of each gap the stretch whose every word was tried in vain: no entry looks there again.
        self._vain: dict[int, tuple[int, int]] = {}

    def search(self, start: int) -> Hit | None:
        """The first match from `start` on."""
        for at in self._candidates(start):
            if (hit := self._match(at)) is not None:
                return hit
        return None

    def _candidates(self, start: int) -> Iterable[int]:
        starts = self._program.starts
        if starts is None:
            yield from range(start, len(self._low) + 1)
            return
        found = starts.search(self._low, start)
        while found is not None:
            yield found.start()
            found = starts.search(self._low, found.start() + 1)

    def _match(self, start: int) -> Hit | None:
        """The match that begins at `start`, by depth first: the stack is the way that led here."""
        first = (self._program.first, start)
        way: list[Place] = []
        open_: list[Iterator[Place]] = [iter((first,))]
        while open_:
            place = next(open_[-1], None)
            if place is None:
                open_.pop()
                if way:
                    way.pop()
            elif place[0] == END:
                # What led to a match has not failed.
                self._taken.difference_update(way)
                return Hit(start, place[1], self._exact(way, place))
            elif place not in self._taken:
                self._taken.add(place)
                way.append(place)
                open_.append(self._after(place))
        return None

    def _after(self, place: Place) -> Iterator[Place]:
        number, at = place
        step = self._program.steps[number]
        if isinstance(step, Read):
            return self._read(step, at)
        if isinstance(step, Gap):
            return self._gap(number, step, at)
        if isinstance(step, Between):
            return self._separated(step.separator, step.then, at)
        if step.starts is not None and step.starts.match(self._low, at) is None:
            return iter(())
        return iter([(option, at) for option in step.steps])

    def _read(self, step: Read, at: int) -> Iterator[Place]:
        if step.any_end.match(self._low, at) is not None:
            for ending in step.ends:
                if (found := ending.match(self._low, at)) is not None:
                    yield step.then, found.end()

    def _separated(self, separator: re.Pattern[str], then: int, at: int) -> Iterator[Place]:
        if (found := separator.match(self._low, at)) is not None:
            for end in range(found.end(), at, -1):
                yield then, end

    def _gap(self, number: int, step: Gap, at: int) -> Iterator[Place]:
        if step.hopeful is not None and step.hopeful.match(self._low, at) is None:
            return
        begin, passed, words = at, at, 0
        vain = self._vain.get(number)
        if vain is not None and vain[0] <= at <= vain[1]:
            begin, passed = vain
            words = self._ordinal[passed] - self._ordinal[at]
            if words >= step.words or (found := _NEXT_WORD.match(self._low, passed)) is None:
                return
            passed, words = found.end(), words + 1
        while True:
            yield from self._separated(_SEPARATOR, step.then, passed)
            if words == step.words or (found := _NEXT_WORD.match(self._low, passed)) is None:
                break
            passed, words = found.end(), words + 1
        self._vain[number] = (begin, passed)

    @cached_property
    def _ordinal(self) -> list[int]:
        """Of every place how many words end there or before."""
        ordinals = [0] * (len(self._low) + 1)
        for word in _WORD.finditer(self._low):
            ordinals[word.end()] = 1
        for at in range(1, len(ordinals)):
            ordinals[at] += ordinals[at - 1]
        return ordinals

    def _exact(self, way: list[Place], end: Place) -> tuple[tuple[int, int, str], ...]:
        found = []
        for (number, at), (_, then) in zip(way, [*way[1:], end], strict=True):
            step = self._program.steps[number]
            if isinstance(step, Read) and step.exact:
                found.append((at, then, step.exact))
        return tuple(found)
