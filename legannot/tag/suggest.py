"""What the sentence model adds to the rules: suggestions, and vetoes on double meanings.

A provision is compared with the exemplar sentences of each leaf and with contrast sentences from
fields that use the same words (wild birds have model weights, refineries distil).  A rule
asserts; the model never does, because it cannot quote the words that carry a topic.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from legannot.model import Unit
from legannot.tag.embed import Encoder
from legannot.tag.packs import Packs, Thresholds

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# A heading or an item such as "(A) a description;" has no sentence to compare.
SHORTEST = 40
# None of 5 suggestions beyond the rules was right by cross-validation (docs/accuracy.md), which by
# Laplace's rule of succession makes one in seven: a second reader's hint, and shown as no more.
CONFIDENCE = 1 / 7


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A leaf that the model suggests: which exemplar is near, how near, and the words that are."""

    topic: str
    exemplar: str
    similarity: float
    confidence: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near a provision is to each leaf: best exemplar, similarity, and the range that is near.

    `contrast` is the similarity of the nearest contrast sentence to the provision as a whole.
    """

    best: Mapping[str, tuple[str, float, int, int]]
    around: Mapping[str, float]
    contrast: float

    def suggestions(self, thresholds: Thresholds, taken: frozenset[str]) -> tuple[Suggestion, ...]:
        """The leaves that reach their threshold, those `taken` by a rule aside."""
        found: list[Suggestion] = []
        for topic, needed in thresholds.suggest.items():
            if topic in taken or topic not in self.best:
                continue
            exemplar, similarity, start, end = self.best[topic]
            if similarity >= needed and similarity - self.contrast >= thresholds.margin:
                found.append(Suggestion(topic, exemplar, similarity, CONFIDENCE, start, end))
        return tuple(found)

    def vetoes(self, topic: str, thresholds: Thresholds) -> bool:
        """Whether the provision reads like another field rather than like `topic`."""
        return topic in self.around and self.contrast - self.around[topic] >= thresholds.veto


@lru_cache(maxsize=4)
def suggester(packs: Packs, encoder: Encoder) -> Suggester:
    """The suggester of `packs`; their sentences are encoded once a run."""
    return Suggester(packs, encoder)


class Suggester:
    """Exemplars of some packs as vectors of one encoder."""

    def __init__(self, packs: Packs, encoder: Encoder) -> None:
        self._encoder = encoder
        self._topics = [(t, e) for t, sentences in packs.exemplars.items() for e in sentences]
        self._exemplars = encoder.encode([e for _, e in self._topics])
        self._contrast = encoder.encode(packs.contrast)

    def nearness(self, units: Sequence[Unit]) -> tuple[Nearness, ...]:
        """For each unit how near it is to every leaf.

        Own text and lead-in are compared apart, in pieces that the model reads whole; a suggestion
        rests on own words alone, a veto on whichever of both is nearer.
        """
        texts: list[str] = []
        plans: list[list[tuple[int, int, int]]] = []
        for unit in units:
            plan: list[tuple[int, int, int]] = []
            for own, text in ((1, unit.text), (0, unit.chapeau)):
                for start, end in self._encoder.pieces(text) if text else ():
                    plan.append((own, start, end))
                    texts.append(text[start:end])
            plans.append(plan)
        vectors = self._encoder.encode(texts)
        near, far = vectors @ self._exemplars.T, vectors @ self._contrast.T
        found: list[Nearness] = []
        row = 0
        for plan in plans:
            rows = slice(row, row + len(plan))
            found.append(self._one(plan, near[rows], far[rows]))
            row += len(plan)
        return tuple(found)

    def _one(
        self,
        plan: Sequence[tuple[int, int, int]],
        near: NDArray[np.float32],
        far: NDArray[np.float32],
    ) -> Nearness:
        best: dict[str, tuple[str, float, int, int]] = {}
        around: dict[str, float] = {}
        for (own, start, end), similarities in zip(plan, near, strict=True):
            for (topic, exemplar), value in zip(self._topics, similarities.tolist(), strict=True):
                around[topic] = max(value, around.get(topic, -1.0))
                if own and end - start >= SHORTEST and value > best.get(topic, ("", -1.0, 0, 0))[1]:
                    best[topic] = (exemplar, value, start, end)
        contrast = float(far.max()) if far.size else -1.0
        return Nearness(best, around, contrast)
