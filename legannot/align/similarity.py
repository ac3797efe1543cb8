"""How alike two provisions read: the share of their words in common, rare words counting more.

Bills share most of their words ("the Secretary shall", "not later than"), so that a plain ratio
finds any two sections half alike.  Weighted by rarity, unrelated sections of one bill score below
.3 and a section reworded by a third still above .5 (measured by `bench/alignment.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from itertools import chain
from math import log
from operator import mul

from rapidfuzz.distance import Indel

from legannot.align.outline import Outline

RARE_WORDS = 16
ORDERED_WORDS = 400
# Weights are whole numbers: the sum of fractions would depend on the order of the summands, which
# for a set of words depends on the hashes of a run.
SCALE = 1 << 16


class Similarity:
    """Word weights of two bills together, and the subtrees' word bags, made once each."""

    def __init__(self, old: Outline, new: Outline) -> None:
        self.old = old
        self.new = new
        outlines = (old, new)
        frequency = Counter(chain.from_iterable(set(n.words) for o in outlines for n in o.nodes))
        documents = len(old.nodes) + len(new.nodes)
        self._weights = {
            word: round(SCALE * log((documents + 1) / count)) for word, count in frequency.items()
        }
        # Words of one version only cannot lead to a partner.
        known = [set(chain.from_iterable(node.words for node in o.nodes)) for o in outlines]
        order = sorted(known[0] & known[1])
        order.sort(key=frequency.__getitem__)
        self._rank = {word: rank for rank, word in enumerate(order)}
        self._rare: dict[tuple[int, int], list[str]] = {}
        self._bags: dict[tuple[int, int], tuple[Counter[str], int]] = {}

    def _bag(self, side: int, index: int) -> tuple[Counter[str], int]:
        key = (side, index)
        found = self._bags.get(key)
        if found is None:
            outline = self.new if side else self.old
            bag = Counter(outline.all_words(index))
            found = self._bags[key] = (bag, self._weight(bag, bag.values()))
        return found

    def _weight(self, words: Collection[str], counts: Collection[int]) -> int:
        return sum(map(mul, map(self._weights.__getitem__, words), counts))

    def bag(self, side: int, index: int) -> Counter[str]:
        """The words of a subtree with their counts; `side` is 0 for the old version, 1 the new."""
        return self._bag(side, index)[0]

    def common(self, old: int, new: int) -> tuple[int, int, int]:
        """Weight of the words in common, of all words of the old subtree, of all of the new one."""
        bag_a, total_a = self._bag(0, old)
        bag_b, total_b = self._bag(1, new)
        return self._shared(bag_a, bag_b), total_a, total_b

    def _shared(self, a: Counter[str], b: Counter[str]) -> int:
        words = list(a.keys() & b.keys())
        return self._weight(
            words, list(map(min, map(a.__getitem__, words), map(b.__getitem__, words)))
        )

    def ratio(self, old: int, new: int) -> float:
        """Likeness of two subtrees from 0 to 1; 1 for two without words."""
        shared, total_a, total_b = self.common(old, new)
        total = total_a + total_b
        return 2 * shared / total if total else 1.0

    def own_ratio(self, old: int, new: int) -> float:
        """Likeness of two provisions' own texts, without heading and what stands below, 0 to 1."""
        a, b = Counter(self.old.nodes[old].own()), Counter(self.new.nodes[new].own())
        total = self._weight(a, a.values()) + self._weight(b, b.values())
        return 2 * self._shared(a, b) / total if total else 0.0

    def in_order(self, old: int, new: int) -> float:
        """Likeness of two subtrees word by word in order, 0 to 1: what tells equal bags apart.

        Longer subtrees than `ORDERED_WORDS` are told apart by their words alone.
        """
        a, b = self.old.all_words(old), self.new.all_words(new)
        if max(len(a), len(b)) > ORDERED_WORDS:
            return 0.0
        return Indel.normalized_similarity(a, b)

    def rare_words(self, side: int, index: int) -> list[str]:
        """The rarest words of a subtree that the other version has too: what a search looks up."""
        key = (side, index)
        found = self._rare.get(key)
        if found is None:
            rank = self._rank
            known = [word for word in self._bag(side, index)[0] if word in rank]
            found = self._rare[key] = sorted(known, key=rank.__getitem__)[:RARE_WORDS]
        return found
