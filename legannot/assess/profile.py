"""What the text says, or leaves unsaid, of a provision that starts a chain.

object         model weights ("weights", sec. 4(a))
affiliates     50 percent ("50 percent or more in the aggregate", sec. 5(a))
research       the text does not say

Each value stands on words of the bill; where none are found the value is empty, which is neither
yes nor no.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from legannot.assess.levels import above
from legannot.assess.lists import LISTS
from legannot.assess.model import Facet, ImpactModel, Within
from legannot.assess.places import Places
from legannot.model import Facts, Operator, Unit
from legannot.model.report import Effect, FacetValue

# A share is one of ownership where such words stand within a clause of it.
_OWNERSHIP = re.compile(
    r"\b(?:affiliates?|subsidiar(?:y|ies)|owned|owns?|ownership|equity|voting|interests?|aggregate)\b",
    re.IGNORECASE,
)
_NEAR = 120
_NESTED = 2
# An exception for research is of use to whoever it speaks of.
_AGENCIES = re.compile(
    r"\b(?:agenc(?:y|ies)|department|secretary|intelligence community|law enforcement|armed forces"
    r"|federal government)\b",
    re.IGNORECASE,
)
_PRIVATE = re.compile(
    r"\b(?:universit(?:y|ies)|institutions? of higher education|academic|academia|researchers?"
    r"|nonprofit|persons?|individuals?|compan(?:y|ies))\b",
    re.IGNORECASE,
)
_AGENTS = frozenset(("president", "secretary", "executive_agency"))


def profiles(
    effects: Sequence[Effect], places: Places, facts: Facts, model: ImpactModel
) -> Mapping[str, tuple[FacetValue, ...]]:
    """The facets of every provision that starts a chain, by its path, in the model's order."""
    paths = dict.fromkeys(path for effect in effects for path in effect.paths)
    reader = _Reader(places, facts, model)
    return {
        path: tuple(reader.facets(places.units[path])) for path in paths if path in places.units
    }


class _Reader:
    def __init__(self, places: Places, facts: Facts, model: ImpactModel) -> None:
        self._places = places
        self._model = model
        # A facet of the whole bill is looked for once, not once a provision.
        self._first: dict[tuple[str, str], tuple[str, str]] = {}
        self._shares: dict[str, list[FacetValue]] = {}
        for quantity in facts.quantities:
            unit = facts.units.get(quantity.path)
            if quantity.kind != "percent" or unit is None:
                continue
            around = unit.text[max(0, quantity.start - _NEAR) : quantity.end + _NEAR]
            if _OWNERSHIP.search(around):
                said = FacetValue(
                    "affiliate_pct", _SHARE, quantity.quote, unit.path, quantity.quote
                )
                self._shares.setdefault(unit.section, []).append(said)

    def facets(self, unit: Unit) -> Iterator[FacetValue]:
        """Every facet of one provision; an empty value where the text does not say."""
        parties = self._model.parties
        for name, label, key in (
            ("addressee", "who must act", unit.addressee),
            ("regulated_party", "who is burdened", unit.regulated),
        ):
            said = parties.get(key, key) if key else ""
            yield FacetValue(name, label, said, unit.path if said else "", "")
        for name in self._model.profile:
            yield from self._told(self._model.facets[name], unit)
        yield from self._shares.get(unit.section) or [FacetValue("affiliate_pct", _SHARE)]
        yield from self._lists(unit)

    def _told(self, facet: Facet, unit: Unit) -> Iterator[FacetValue]:
        if facet.values:
            yield from self._values(facet, unit)
            return
        key = (facet.id, "" if facet.within == "bill" else unit.path)
        if key not in self._first:
            self._first[key] = next(self._places.voices(facet, unit.path), ("", ""))
        where, quote = self._first[key]
        value = ""
        if where:
            value = self._whose(where) if facet.id == "research_exception" else "yes"
        yield FacetValue(facet.id, facet.label, value, where, quote)

    def _values(self, facet: Facet, unit: Unit) -> Iterator[FacetValue]:
        found = False
        for value, sign in facet.values.items():
            for place in self._around(unit, facet.within):
                if hit := sign.search(place.text):
                    found = True
                    yield FacetValue(facet.id, facet.label, value, place.path, hit.group())
                    break
        if not found:
            yield FacetValue(facet.id, facet.label)

    def _around(self, unit: Unit, within: Within) -> list[Unit]:
        """The units around a place; in a list of definitions those of its own term only."""
        units = list(self._places.around(unit.path, within))
        levels = above(unit.path)
        if within != "section" or unit.operator is not Operator.DEFINITION or len(levels) < _NESTED:
            return units
        return [one for one in units if levels[-2] in above(one.path)]

    def _whose(self, path: str) -> str:
        """For whom an exception for research is, where its words tell."""
        unit = self._places.units.get(path)
        if unit is None:
            return "yes"
        agencies = unit.addressee in _AGENTS or _AGENCIES.search(unit.text)
        private = _PRIVATE.search(unit.text)
        if agencies and not private:
            return "for agencies"
        return "for private persons" if private and not agencies else "yes"

    def _lists(self, unit: Unit) -> Iterator[FacetValue]:
        found = False
        for name, sign in LISTS:
            for place in self._around(unit, "section"):
                if hit := sign.search(place.text):
                    found = True
                    yield FacetValue("list_ref", _LIST, name, place.path, hit.group())
                    break
        if not found:
            yield FacetValue("list_ref", _LIST)


_SHARE = "share from which an affiliate counts"
_LIST = "list that it names"
