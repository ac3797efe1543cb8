"""Which provisions of other versions read like one: equal words, rare words, then meaning.

    searched   sec. 3(b): A covered provider may not supply compute to a listed person.
    equal      the hash of its folded words stands in the index: the same text, in these places
    words      its rarest words ("compute", "supply", "listed") lead to some two hundred provisions,
               of which each is compared word by word: 2 x weight in common / weight of both
    meaning    only where no wording is half alike: what a sentence model finds nearest among those
               that share any word with it

Places with equal words are one hit, so that twenty hits are twenty wordings and not one reprinted
twenty times.  Cost: some 15 ms over 20,000 provisions (`bench/similar.py`, which also has the
recall).  Tried instead: MinHash over word triples finds reprints as well, but loses provisions
reworded by a third, and is one more dependency; docs/decisions/similar.md has the figures.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from legannot.model import Edit
from legannot.model.likeness import Found, Hit, Place, Text
from legannot.similar.index import Index, Row, content_hash
from legannot.similar.meaning import Nearest
from legannot.similar.passages import Passage, reading

# Provisions compared word by word.  100 and 300 find the same ones (bench/similar.py).
CANDIDATES = 200
# Below this share of words in common two provisions are strangers: unrelated sections of one bill
# score below .3 (legannot/align/similarity.py).
STRANGERS = 0.3
# A wording half alike is an answer; without one the sentence model is asked.
ANSWERS = 0.5
# Runs of words quoted for a hit, the fewest words of a run that is worth it, the most shown.
QUOTES, SHORTEST, LONGEST = 2, 3, 24


@dataclass(frozen=True, slots=True)
class _Scored:
    likeness: float
    rows: tuple[Row, ...]
    words: list[str]
    meaning: float = 0.0
    nested: bool = False


def search(
    index: Index,
    wanted: Passage,
    scope: Mapping[int, Text],
    most: int,
    nearest: Callable[[], Nearest | None] = lambda: None,
) -> tuple[Hit, ...]:
    """At most `most` wordings like that of `wanted` in the versions of `scope`, the likest first.

    `scope` gives each version's id in the index with what it is called.  `nearest` is called only
    if words find no answer, and gives what orders passages by meaning, or None.
    """
    scored = ranked(index, wanted, scope)
    alike = [found for found in scored if found.likeness >= STRANGERS]
    apart, nested = _apart(alike)
    best = [*apart, *nested][:most]
    if not best or best[0].likeness < ANSWERS:
        near = nearest()
        if near is not None:
            known = {found.rows[0].content for found in best}
            best += _by_meaning(index, wanted, scored, known, near)[: most - len(best)]
    return tuple(_hit(index, wanted, found, scope) for found in best)


def _apart(scored: Iterable[_Scored]) -> tuple[list[_Scored], list[_Scored]]:
    """Those that stand by themselves, and those that lie in, or around, what reads more alike."""
    taken: dict[int, list[Row]] = defaultdict(list)
    apart: list[_Scored] = []
    nested: list[_Scored] = []
    for found in scored:
        rows = [r for r in found.rows if not any(_nested(r, t) for t in taken[r.version])]
        if rows:
            apart.append(replace(found, rows=tuple(rows)))
        else:
            nested.append(replace(found, nested=True))
        for row in rows:
            taken[row.version].append(row)
    return apart, nested


def _nested(one: Row, other: Row) -> bool:
    return one.id <= other.id <= one.last or other.id <= one.id <= other.last


def ranked(index: Index, wanted: Passage, scope: Mapping[int, Text]) -> list[_Scored]:
    """Every wording that shares rare words with `wanted`, equal ones first, then by likeness."""
    index.limit(scope)
    own = content_hash(wanted.words)
    rows = index.rows(index.sharing(wanted.words, CANDIDATES))
    # As many as share its words, and all that have the very same.
    rows.update((row.id, row) for row in index.equal([own]) if row.version in scope)
    groups: dict[bytes, list[Row]] = defaultdict(list)
    for row in rows.values():
        groups[row.content].append(row)
    bag = Weighted(index, wanted.words)
    scored = []
    for content, same in groups.items():
        words = index.words(same[0])
        likeness = 1.0 if content == own else bag.likeness(words)
        scored.append(_Scored(likeness, tuple(same), words))
    scored.sort(key=lambda found: (-found.likeness, found.rows[0].id))
    return scored


class Weighted:
    """The words of a passage with their weights, to compare others with."""

    def __init__(self, index: Index, words: Sequence[str]) -> None:
        self._weight = index.weight
        self._bag = Counter(words)
        self._total = self._of(self._bag)

    def likeness(self, words: Sequence[str]) -> float:
        """Twice the weight in common by the weight of both; below 1 for words in another order."""
        other = Counter(words)
        shared = self._of(self._bag & other)
        total = self._total + self._of(other)
        # Equal words in another order are not the same text.
        return min(2 * shared / total, _REORDERED) if total else 0.0

    def _of(self, bag: Counter[str]) -> float:
        return sum(self._weight(word) * count for word, count in bag.items())


_REORDERED = 0.99


def _by_meaning(
    index: Index, wanted: Passage, scored: Iterable[_Scored], known: set[bytes], near: Nearest
) -> list[_Scored]:
    """What a sentence model finds nearest among those that share any word with `wanted`."""
    left = [found for found in scored if found.rows[0].content not in known]
    texts = [_reading(index, found.rows[0]) for found in left]
    return [
        _Scored(left[at].likeness, left[at].rows, left[at].words, nearness)
        for at, nearness in near(wanted.text, texts)
    ]


def _hit(index: Index, wanted: Passage, found: _Scored, scope: Mapping[int, Text]) -> Hit:
    from legannot.diff.words import edits

    text = _reading(index, found.rows[0])
    made = edits(wanted.text, text)
    common = sum((Counter(wanted.words) & Counter(found.words)).values())
    kind = Found.EQUAL if found.likeness == 1 else Found.WORDS
    return Hit(
        places=tuple(place(index, row, scope) for row in _outermost(found.rows)),
        found=Found.MEANING if found.meaning else kind,
        likeness=found.likeness,
        shared=quotes(made),
        edits=made,
        words=len(found.words),
        common=common,
        meaning=found.meaning,
        nested=found.nested,
    )


def _outermost(rows: Iterable[Row]) -> list[Row]:
    """Without those that stand in another one: a provision whose only item has all its words."""
    kept: list[Row] = []
    for row in sorted(rows, key=lambda row: row.id):
        if not kept or row.id > kept[-1].last:
            kept.append(row)
    return kept


def place(index: Index, row: Row, scope: Mapping[int, Text]) -> Place:
    """Where a provision stands, for a reader."""
    above = reversed(index.above(row))
    names = tuple(outer.heading for outer in above if outer.heading)
    return Place(scope[row.version], row.path, row.heading, names)


def quotes(edits: Iterable[Edit]) -> tuple[str, ...]:
    """The longest runs of words that both sides have, clipped, in their order."""
    runs = [
        (at, edit.text.split())
        for at, edit in enumerate(edits)
        if edit.op == "equal" and len(edit.text.split()) >= SHORTEST
    ]
    chosen = sorted(sorted(runs, key=lambda run: -len(run[1]))[:QUOTES])
    return tuple(
        " ".join(words[:LONGEST]) + (" …" if len(words) > LONGEST else "") for _, words in chosen
    )


def _reading(index: Index, row: Row) -> str:
    return reading((part.enum, part.heading, part.text) for part in index.whole(row))
