"""How alike two provisions read: the share of their words in common, rare words counting more.

Bills share most of their words ("the Secretary shall", "not later than"), so that a plain ratio
finds any two sections half alike.  Weighted by rarity, unrelated sections of one bill score below
.3 and a section reworded by a third still above .5 (measured by `bench/alignment.py`).
"""

from __future__ import annotations

from collections import Counter
from itertools import chain
from math import log

from rapidfuzz.distance import Indel

from legannot.align.outline import Outline

RARE_WORDS = 16
ORDERED_WORDS = 400


class Similarity:
    """Word weights of two bills together, and the subtrees' word bags, made once each."""

    def __init__(self, old: Outline, new: Outline) -> None:
        self.old = old
        self.new = new
        counts = [Counter(chain.from_iterable(set(n.words) for n in o.nodes)) for o in (old, new)]
        documents = len(old.nodes) + len(new.nodes)
        frequency = counts[0] + counts[1]
        self._weights = {word: log((documents + 1) / count) for word, count in frequency.items()}
        # Words of one version only cannot lead to a partner.
        shared = counts[0].keys() & counts[1].keys()
        order = sorted(shared, key=lambda word: (frequency[word], word))
        self._rank = {word: rank for rank, word in enumerate(order)}
        self._rare: dict[tuple[int, int], list[str]] = {}
        self._bags: dict[tuple[int, int], tuple[Counter[str], float]] = {}

    def _bag(self, side: int, index: int) -> tuple[Counter[str], float]:
        key = (side, index)
        found = self._bags.get(key)
        if found is None:
            outline = self.new if side else self.old
            bag = Counter(outline.all_words(index))
            weights = self._weights
            found = (bag, sum(weights[word] * count for word, count in bag.items()))
            self._bags[key] = found
        return found

    def bag(self, side: int, index: int) -> Counter[str]:
        """The words of a subtree with their counts; `side` is 0 for the old version, 1 the new."""
        return self._bag(side, index)[0]

    def common(self, old: int, new: int) -> tuple[float, float, float]:
        """Weight of the words in common, of all words of the old subtree, of all of the new one."""
        bag_a, total_a = self._bag(0, old)
        bag_b, total_b = self._bag(1, new)
        small, large = (bag_a, bag_b) if len(bag_a) < len(bag_b) else (bag_b, bag_a)
        weights = self._weights
        shared = 0.0
        for word, count in small.items():
            other = large.get(word)
            if other:
                shared += weights[word] * (min(other, count))
        return shared, total_a, total_b

    def ratio(self, old: int, new: int) -> float:
        """Likeness of two subtrees from 0 to 1; 1 for two without words."""
        shared, total_a, total_b = self.common(old, new)
        total = total_a + total_b
        return 2 * shared / total if total else 1.0

    def own_ratio(self, old: int, new: int) -> float:
        """Likeness of two provisions' own texts, without heading and what stands below, 0 to 1."""
        a, b = Counter(self.old.nodes[old].own()), Counter(self.new.nodes[new].own())
        total = self._weight(a) + self._weight(b)
        return 2 * self._weight(a & b) / total if total else 0.0

    def _weight(self, bag: Counter[str]) -> float:
        return sum(self._weights[word] * count for word, count in bag.items())

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
