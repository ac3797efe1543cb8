"""Which definitions are built from which: a graph over one version, linear in its uses.

sec. 3(5)   "covered model" means a model trained with ...
sec. 3(16)  "open-weight model" means a covered model whose ...          built from 3(5)
sec. 9(a)   No person may release an open-weight model ...               reached through 3(16)

A definition is built from another if its words use the other's term, or if it borrows its meaning
("has the meaning given that term in section 3"), from this bill or from this bill by its name.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence

from legannot.assess.levels import above
from legannot.model import Citation, Definition, Facts, TermUse
from legannot.model.report import Further

# A paragraph and its section around an item of it.
_BELOW_SECTION = 3
# A definition by its term and place: a list of them may stand in one text.
Key = tuple[str, str]


class Meanings:
    """The definitions of one version, who uses them and what they are built from."""

    def __init__(self, facts: Facts, title: str = "") -> None:
        self.definitions = {(d.term, d.path): d for d in facts.definitions}
        self._at: dict[str, list[Definition]] = defaultdict(list)
        for definition in facts.definitions:
            self._at[definition.path].append(definition)
        self._terms: dict[str, set[str]] = defaultdict(set)
        self._named: dict[str, list[Key]] = defaultdict(list)
        for key in self.definitions:
            self._named[key[0].lower()].append(key)
            for place in above(key[1]):
                self._terms[place].add(key[0])
        self._home = {d.path: self._whole(d, facts) for d in facts.definitions}
        for definition in facts.definitions:
            home = self._home[definition.path]
            if home != definition.path:
                self._at[home].append(definition)
        self._title = title
        self._uses: dict[Key, dict[str, None]] = defaultdict(dict)
        self._built: dict[Key, dict[Key, None]] = defaultdict(dict)
        self._cited: dict[Key, dict[str, None]] = defaultdict(dict)
        for use in facts.uses:
            self._use(use)
        for citation in facts.citations:
            if citation.kind == "internal" and citation.target:
                self._cite(citation)
        for definition in facts.definitions:
            self._borrow(definition)

    def uses(self, key: Key) -> tuple[str, ...]:
        """The provisions that use a term, in reading order."""
        return tuple(self._uses.get(key, ()))

    def home(self, key: Key) -> str:
        """The provision that holds all of a definition, its exclusions too."""
        return self._home.get(key[1], key[1])

    def builds(self, key: Key) -> tuple[Key, ...]:
        """The definitions that are built from one."""
        return tuple(self._built.get(key, ()))

    def cited(self, key: Key) -> tuple[str, ...]:
        """The places of the bill that the words of a definition refer to."""
        return tuple(self._cited.get(key, ()))

    def onward(self, key: Key) -> Iterator[tuple[Key, tuple[Key, ...]]]:
        """Every definition built from one, near ones first, with the way there; circles end."""
        seen = {key}
        waiting: deque[tuple[Key, ...]] = deque([(key,)])
        while waiting:
            way = waiting.popleft()
            for further in self.builds(way[-1]):
                if further not in seen:
                    seen.add(further)
                    yield further, (*way, further)
                    waiting.append((*way, further))

    def reached(self, key: Key) -> tuple[Further, ...]:
        """The provisions that depend on a definition through others, with the way there."""
        direct = set(self.uses(key))
        found: dict[str, Further] = {}
        for further, way in self.onward(key):
            through = tuple(path for _, path in way)
            for path in self.uses(further):
                if path not in direct and path not in found:
                    found[path] = Further(path, through)
        return tuple(found.values())

    def _whole(self, definition: Definition, facts: Facts) -> str:
        """`sec. 3(14)` where (A) says what a term means and (B) what it does not include."""
        around = above(definition.path)
        if len(around) < _BELOW_SECTION:
            return definition.path
        parent = facts.units.get(around[1])
        if parent is not None and parent.text:
            return definition.path
        return around[1] if len(self._terms[around[1]]) == 1 else definition.path

    def _use(self, use: TermUse) -> None:
        key = (use.term, use.definition)
        if key not in self.definitions:
            return
        self._uses[key][use.path] = None
        inside = self._defined_around(use.path, use.start)
        if inside is not None and inside != key:
            self._built[key][inside] = None

    def _cite(self, citation: Citation) -> None:
        inside = self._defined_around(citation.path, citation.start)
        if inside is not None:
            self._cited[inside][citation.target] = None

    def _defined_around(self, path: str, at: int) -> Key | None:
        """The definition whose words hold a place: the last to begin before it, or around it."""
        for place in above(path):
            here = self._at.get(place)
            if here:
                before = [d for d in here if place != path or d.start <= at]
                last = max(before, key=lambda d: d.start, default=None)
                return (last.term, last.path) if last else None
        return None

    def _borrow(self, definition: Definition) -> None:
        """A meaning borrowed from the bill's own definitions, by place or by the bill's name."""
        if definition.verb != "reference":
            return
        own = (definition.term, definition.path)
        for other in self._lenders(definition, own):
            self._built[other][own] = None

    def _lenders(self, definition: Definition, own: Key) -> Sequence[Key]:
        place = self._place(definition.reference)
        places = {place} if place else set(self.cited(own))
        return [
            key
            for key in self._named[definition.term.lower()]
            if key != own and any(place in places for place in above(key[1]))
        ]

    def _place(self, reference: str) -> str:
        """`act/Open Models Act/3/b` is `sec. 3(b)` in the Open Models Act itself."""
        named = f"act/{self._title}/"
        if not self._title or not reference.startswith(named):
            return ""
        section, *rest = reference.removeprefix(named).split("/")
        return f"sec. {section}{''.join(f'({label})' for label in rest)}"


def used_in(facts: Facts) -> Mapping[str, tuple[str, ...]]:
    """For each place that defines something, the places that use it, in reading order."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for use in facts.uses:
        found[use.definition][use.path] = None
    return {definition: tuple(places) for definition, places in found.items()}
