"""One version by place, as a rule of the impact model asks: what is carried, said, used where.

carrying   tags around a place            "at least two lists in the same section"
spoken     where the bill speaks of       "a research exception: sec. 5(b)(2)"
defeaters  what narrows a place           "may be softened by sec. 5(b)(2)(C)"
users      operative provisions that use a term defined at the place
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from legannot.assess.levels import above
from legannot.assess.meanings import used_in
from legannot.assess.model import Facet
from legannot.model import Bill, Context, Facts, Operator, Status, Tag, Unit

# Provisions that switch a chain off or soften it stand beside its lines, whatever the rule.
_DEFEATERS = frozenset(("ow.exempt", "eco.research", "eco.small", "proc.carveout", "proc.timing"))
_NARROWING = frozenset((Operator.EXCEPTION, Operator.TIMING, Operator.SUNSET))
# As many places as show that a bill is not silent.
_SHOWN = 3


class Places:
    """An index over one version and its tags; suggested tags and those of headings are left out.

    No rule of the packs vouches for a suggestion, and a heading may promise what no word does.
    """

    def __init__(self, bill: Bill, facts: Facts, tags: Sequence[Tag]) -> None:
        self.enacted = bill.stage.code == "pl" or bill.document == "public-law"
        self.units = facts.units
        self._used_in = used_in(facts)
        self._defined_at = {definition.path for definition in facts.definitions}
        #: Tags of a provision's own words.
        self.own: dict[str, list[Tag]] = defaultdict(list)
        #: Tags that only a defined term lends.
        self.lent: dict[str, list[Tag]] = defaultdict(list)
        self._by_section: dict[str, list[Tag]] = defaultdict(list)
        for tag in tags:
            if tag.status is Status.SUGGESTED or tag.field != "text":
                continue
            if tag.status is Status.INHERITED:
                self.lent[tag.path].append(tag)
            else:
                self.own[tag.path].append(tag)
                self._by_section[self._section(tag.path)].append(tag)
        self._said: dict[str, list[Unit]] = defaultdict(list)
        for unit in self.units.values():
            self._said[unit.section].append(unit)
        self._pointing: dict[str, list[str]] = defaultdict(list)
        for citation in facts.citations:
            if citation.kind == "internal" and citation.target:
                self._pointing[citation.target].append(citation.path)

    def carrying(self, topics: Collection[str], path: str, within: str) -> list[Tag]:
        """The tags with one of some topics in the provision, its section or the whole bill."""
        if within == "bill":
            around = [tag for held in self._by_section.values() for tag in held]
        else:
            around = self._by_section.get(self._section(path), [])
        return [
            tag
            for tag in around
            if tag.topic in topics and (within != "provision" or tag.path == path)
        ]

    def beside(self, topics: Collection[str], tag: Tag, users: Collection[str]) -> list[Tag]:
        """The tags with one of some topics in the section of a tag.

        A definition stands among others that it has nothing to do with: beside it are its own
        paragraph and the provisions that use its term.  Where only a term lends the tag, what
        stands in the same words counts.
        """
        if tag.via:
            return self.carrying(topics, tag.path, "provision")
        if tag.operator is not Operator.DEFINITION:
            return self.carrying(topics, tag.path, "section")
        around = above(tag.path)
        term = around[-2] if len(around) > 1 else tag.path
        return [
            other
            for other in self.carrying(topics, tag.path, "bill")
            if other.path in users or term in above(other.path)
        ]

    def spoken(self, facet: Facet, path: str) -> list[str]:
        """Where the bill speaks of a facet, a few places with the words that do."""
        where = dict.fromkeys(
            f"{place} (“{quote}”)" if quote else place for place, quote in self.voices(facet, path)
        )
        return list(where)[:_SHOWN]

    def voices(self, facet: Facet, path: str) -> Iterator[tuple[str, str]]:
        """Each place where the bill speaks of a facet: its path, and the word, empty for a tag."""
        for tag in self.carrying(facet.topics, path, facet.within):
            if not facet.operators or tag.operator in facet.operators:
                yield tag.path, ""
        if facet.words is not None:
            for unit in self.around(path, facet.within):
                if found := facet.words.search(unit.text):
                    yield unit.path, found.group()

    def users(self, path: str, operative: Collection[Operator]) -> tuple[str, ...]:
        """The operative provisions that use a term defined at a place or at one around it."""
        defined = (place for place in above(path) if place in self._defined_at)
        using = (user for place in defined for user in self._used_in.get(place, ()))
        return tuple(
            dict.fromkeys(
                user
                for user in using
                if user in self.units and self.units[user].operator in operative
            )
        )

    def defeaters(self, tag: Tag) -> tuple[str, ...]:
        """Exceptions, dates and exemptions beside a place, or that point at it from elsewhere."""
        around = above(tag.path)
        pointing = [place for target in around for place in self._pointing.get(target, ())]
        beside = [other.path for other in self._by_section.get(self._section(tag.path), ())]
        if tag.operator is Operator.DEFINITION and len(around) > 1:
            # In a list of definitions an exception narrows its own term only.
            beside = [place for place in beside if around[-2] in above(place)]
        return tuple(
            place
            for place in dict.fromkeys((*beside, *pointing))
            if place != tag.path and any(map(_narrows, self.own.get(place, ())))
        )

    def _section(self, path: str) -> str:
        unit = self.units.get(path)
        return unit.section if unit and unit.section else path

    def around(self, path: str, within: str) -> Iterator[Unit]:
        """The units of the provision with what is below it, of its section, or of the bill."""
        if within == "bill":
            yield from (u for u in self.units.values() if u.context is not Context.TOC)
            return
        for unit in self._said.get(self._section(path), ()):
            if within == "section" or path in above(unit.path):
                yield unit


def _narrows(tag: Tag) -> bool:
    if tag.topic not in _DEFEATERS:
        return False
    return tag.topic == "ow.exempt" or tag.operator in _NARROWING
