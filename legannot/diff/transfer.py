"""What was found in a version as it was parsed, at its places in the version as it is compared.

A version that is set as another format prints (`formats`) has other offsets, some other paths, and
other marks around what it quotes; read anew, it gives other instructions to amend.  So facts and
tags are found in the version as it was parsed and carried over.  Setting a version alike adds,
drops and moves no letter, so that the n-th letter of a provision there is the n-th one here; what
is carried over quotes the text that is compared.

What stands in a part that is not compared (the enacting formula) is left out with its words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple, TypeVar

from legannot.diff.layout import Setting
from legannot.diff.marks import letters, widened
from legannot.model import Bill, Evidence, Facts, Instruction, Provision, Tag, Unit, Words
from legannot.model.facts import (
    Citation,
    Condition,
    Definition,
    Quantity,
    TermFinding,
    TermUse,
    Unparsed,
)
from legannot.read.units import units

_Fact = TypeVar(
    "_Fact",
    Citation, Condition, Definition, Instruction, Quantity, TermFinding, TermUse, Unparsed,
)  # fmt: skip
_Quoting = TypeVar("_Quoting", Citation, Condition, Instruction, Quantity, Unparsed)
Read = tuple[Facts, tuple[Tag, ...]]
# What may end a heading in one format only.
_END = ".-"


class Transferred(NamedTuple):
    """The facts and tags of a version as it is set; `notice` says why they are not those it had."""

    facts: Facts
    tags: tuple[Tag, ...]
    notice: str = ""


def transferred(bill: Bill, setting: Setting, find: Callable[[Bill], Read]) -> Transferred:
    """The facts and tags of a version at their places in the version as it is set.

    `find` finds them in any bill.  What only the set version has (a long title, which the Bill DTD
    keeps on the cover) is read by itself.  Should a provision have other words there after all, the
    set version is read anew, and a notice says so.
    """
    if not setting.origins:
        return Transferred(*find(bill))
    try:
        facts, tags = _carried(*find(bill), _Places(bill, setting))
    except _OtherWordsError as error:
        return Transferred(*find(setting.bill), _REREAD.format(path=error.path))
    made = tuple(_made(setting))
    if not made:
        return Transferred(facts, tags)
    own, own_tags = find(replace(setting.bill, provisions=made))
    return Transferred(_joined(own, facts), (*own_tags, *tags))


_REREAD = (
    "The words of {path} became others when this version was set as another format prints, so that"
    " all of it was read anew as it is set: instructions to amend may be missing that its own print"
    " shows. Reports on this version alone have them."
)


def _made(setting: Setting) -> Iterator[Provision]:
    """The provisions in front that the parsed version does not have."""
    for provision, origin in zip(setting.bill.walk(), setting.origins, strict=True):
        if origin:
            return
        yield provision


def _joined(first: Facts, rest: Facts) -> Facts:
    """The facts of the beginning and of the rest of a bill; the units are those of the whole."""
    return Facts(
        units=rest.units,
        definitions=first.definitions + rest.definitions,
        uses=first.uses + rest.uses,
        citations=first.citations + rest.citations,
        quantities=first.quantities + rest.quantities,
        instructions=first.instructions + rest.instructions,
        unparsed=first.unparsed + rest.unparsed,
        conditions=first.conditions + rest.conditions,
        term_findings=first.term_findings + rest.term_findings,
    )


# ── places ─────────────────────────────────────────────────────────────────────────────────────


class _OtherWordsError(Exception):
    """The words of the provision at `path` are not the same in both versions after all."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class Place(NamedTuple):
    """A range of a text of the set version, and its words."""

    path: str
    start: int
    end: int
    quote: str


class _Text(NamedTuple):
    """A text of the parsed version, and the provisions of the set version that hold its letters.

    `at` are the offsets of its letters, `homes` tells in which of `texts` each of them is now, and
    `here` at which offset.
    """

    paths: list[str]
    texts: list[str]
    at: list[int]
    homes: list[int]
    here: list[int]


class _Places:
    def __init__(self, bill: Bill, setting: Setting) -> None:
        self.bill = setting.bill
        self._parsed = {provision.path: provision for provision in bill.walk()}
        self._set = {provision.path: provision for provision in setting.bill.walk()}
        self._homes: dict[str, list[Provision]] = defaultdict(list)
        self._texts: dict[tuple[str, str], _Text] = {}
        before = ""
        for provision, origin in zip(setting.bill.walk(), setting.origins, strict=True):
            if origin:
                self._homes[origin].append(provision)
            if before and provision.text and not (origin and self._parsed[origin].text):
                # Words that it did not have ended the provision printed before it.
                self._homes[before].append(provision)
            before = origin or before

    def path(self, path: str) -> str:
        """Where a provision is; one that is not compared keeps the name that it had."""
        return self._homes[path][0].path if path in self._homes else path

    def units(self, known: Mapping[str, Unit]) -> Mapping[str, Unit]:
        """Units of the set version that do what they were found to do in the parsed one."""
        found = dict(units(self.bill))
        for path, unit in known.items():
            here = self.path(path)
            if path in self._homes and here in found:
                found[here] = replace(
                    found[here],
                    operator=unit.operator,
                    addressee=unit.addressee,
                    regulated=unit.regulated,
                )
        return found

    def place(self, path: str, start: int, end: int, field: str = "text") -> Place | None:
        """Where a range is; of one that was divided, the first part.

        None if the provision is not compared.
        """
        if path not in self._homes:
            return None
        text = self._text(path, field)
        there = _written(self._parsed[path], field)
        if text.texts == [there]:
            return Place(text.paths[0], start, end, there[start:end])
        first, last = bisect_left(text.at, start), bisect_left(text.at, end) - 1
        if first > last:
            home = text.homes[first - 1] if first else 0
            at = text.here[first - 1] + 1 if first else 0
            return Place(text.paths[home], at, at, "")
        home = text.homes[first]
        while text.homes[last] != home:
            last -= 1
        own = text.texts[home]
        place = widened(own, text.here[first], text.here[last] + 1, there[start:end])
        return Place(text.paths[home], *place, own[slice(*place)])

    def _text(self, path: str, field: str) -> _Text:
        if (path, field) not in self._texts:
            self._texts[path, field] = self._matched(path, field)
        return self._texts[path, field]

    def _matched(self, path: str, field: str) -> _Text:
        parsed, homes = self._parsed[path], self._homes[path]
        there = _written(parsed, field)
        texts = [_written(home, field) for home in homes]
        paths = [home.path for home in homes]
        if texts == [there]:
            return _Text(paths, texts, [], [], [])
        known, at = letters(there)
        found = [letters(text) for text in texts]
        now = "".join(text for text, _ in found)
        same = min(len(known), len(now))
        rest = known[same:] + now[same:]
        is_heading = field == "heading" or parsed.kind == "toc-entry"
        if known[:same] != now[:same] or rest.strip(_END if is_heading else ""):
            raise _OtherWordsError(path)
        return _Text(
            paths,
            texts,
            at[:same],
            [home for home, (_, offsets) in enumerate(found) for _ in offsets][:same],
            [offset for _, offsets in found for offset in offsets][:same],
        )

    def written(self, path: str, field: str) -> str:
        """The heading or the text of a provision of the set version."""
        return _written(self._set[path], field)


def _written(provision: Provision, field: str) -> str:
    return provision.heading if field == "heading" else provision.text


# ── facts and tags ─────────────────────────────────────────────────────────────────────────────


def _carried(facts: Facts, tags: Sequence[Tag], places: _Places) -> Read:
    def defined(found: Definition, place: Place) -> Definition:
        return replace(_put(found, place), scope=places.path(found.scope))

    def used(found: TermUse, place: Place) -> TermUse:
        return replace(_put(found, place), definition=places.path(found.definition))

    def cited(found: Citation, place: Place) -> Citation:
        target = places.path(found.target) if found.kind == "internal" else found.target
        return replace(_put(found, place), quote=place.quote, target=target)

    carried = Facts(
        units=places.units(facts.units),
        definitions=_each(facts.definitions, places, defined),
        uses=_each(facts.uses, places, used),
        citations=_each(facts.citations, places, cited),
        quantities=_each(facts.quantities, places, _quoting),
        instructions=_each(facts.instructions, places, partial(_instruction, places=places)),
        unparsed=_each(facts.unparsed, places, _quoting),
        conditions=_each(facts.conditions, places, partial(_condition, places=places)),
        term_findings=_each(facts.term_findings, places, _put),
    )
    return carried, tuple(moved for tag in tags if (moved := _tag(tag, places)))


def _each(
    facts: Iterable[_Fact], places: _Places, put: Callable[[_Fact, Place], _Fact]
) -> tuple[_Fact, ...]:
    """The facts whose words are compared, each at its place."""
    return tuple(
        put(found, place)
        for found in facts
        if (place := places.place(found.path, found.start, found.end))
    )


def _put(found: _Fact, place: Place) -> _Fact:
    return replace(found, path=place.path, start=place.start, end=place.end)


def _quoting(found: _Quoting, place: Place) -> _Quoting:
    return replace(_put(found, place), quote=place.quote)


def _instruction(found: Instruction, place: Place, places: _Places) -> Instruction:
    return replace(
        _quoting(found, place),
        old=tuple(_words(words, places) for words in found.old),
        new=tuple(_words(words, places) for words in found.new),
        anchor=_words(found.anchor, places) if found.anchor else None,
    )


def _words(found: Words, places: _Places) -> Words:
    if found.kind == "block":
        return replace(found, path=places.path(found.path))
    place = places.place(found.path, found.start, found.end)
    if place is None:
        return found
    return replace(found, path=place.path, start=place.start, end=place.end, text=place.quote)


def _condition(found: Condition, place: Place, places: _Places) -> Condition:
    limits = places.place(found.path, *found.limits)
    if limits is None or limits.path != place.path:
        limits = Place(place.path, place.start, place.start, "")
    return replace(
        _quoting(found, place),
        limits=(limits.start, limits.end),
        limited=limits.quote,
        limits_path=places.path(found.limits_path) if found.limits_path else "",
    )


def _tag(found: Tag, places: _Places) -> Tag | None:
    """A tag with its evidence, or with what of it is in the first text that has some."""
    put = [places.place(found.path, e.start, e.end, found.field) for e in found.evidence]
    known = [place for place in put if place]
    if not known:
        return None
    path = known[0].path
    return replace(
        found,
        path=path,
        text=places.written(path, found.field),
        evidence=tuple(Evidence(p.start, p.end, p.quote) for p in known if p.path == path),
        via=places.path(found.via) if found.via else found.via,
    )


__all__ = ["Transferred", "transferred"]
