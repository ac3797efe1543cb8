"""Passages ordered by meaning with a sentence model."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from legannot.tag.embed import Encoder

# Cosine below which two provisions speak of different things; a choice, not a measurement: what is
# shown is named as near in meaning, with its figure.
NEAR = 0.55
# Passages compared: encoding takes some 10 ms each, once.
MOST_ENCODED = 100
# Ranges of one passage that are read; the first ones say what it is about.
_RANGES = 2

Nearest = Callable[[str, Sequence[str]], list[tuple[int, float]]]
"""From a text and others to (which, nearness) of those that are near, the nearest first."""


def nearest(encoder: Encoder) -> Nearest:
    """What orders texts by their nearness to one, by this encoder."""

    def order(text: str, others: Sequence[str]) -> list[tuple[int, float]]:
        chosen = list(others[:MOST_ENCODED])
        own = encoder.encode(_ranges(encoder, text))
        if not chosen or not len(own):
            return []
        pieces = [(at, part) for at, other in enumerate(chosen) for part in _ranges(encoder, other)]
        if not pieces:
            return []
        cosines = encoder.encode([part for _, part in pieces]) @ own.T
        best: dict[int, float] = {}
        for (at, _), row in zip(pieces, cosines, strict=True):
            best[at] = max(best.get(at, 0.0), float(row.max()))
        near = [(at, score) for at, score in best.items() if score >= NEAR]
        return sorted(near, key=lambda found: (-found[1], found[0]))

    return order


def _ranges(encoder: Encoder, text: str) -> list[str]:
    return [text[start:end] for start, end in encoder.pieces(text)[:_RANGES]]
