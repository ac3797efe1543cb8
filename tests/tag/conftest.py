"""What the tagger's tests share: packs, a bill in short, an encoder that needs no model."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from legannot.model import Tag, Unit
from legannot.read import classify, read
from legannot.tag import Packs, load_packs, tag, tag_unit
from tests.read.documents import bill


@pytest.fixture(scope="session")
def packs() -> Packs:
    return load_packs()


class Bags:
    """An encoder by shared words: texts are near if they hold the same words."""

    name = "bags of words"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.zeros((len(texts), 512), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in text.lower().split():
                row[int(hashlib.sha256(word.encode()).hexdigest(), 16) % 512] += 1
            row[0] += 1e-6
        lengths: NDArray[np.float32] = np.linalg.norm(rows, axis=1, keepdims=True)
        return rows / lengths

    def pieces(self, text: str) -> tuple[tuple[int, int], ...]:
        half = len(text) // 2
        return ((0, half), (half, len(text))) if len(text) > 200 else ((0, len(text)),)


def alone(text: str, heading: str = "") -> Unit:
    """A provision that stands alone."""
    headings = (heading,) if heading else ()
    return Unit(
        path="alone",
        kind="section",
        text=text,
        heading=heading,
        headings=headings,
        operator=classify(text, headings=headings),
    )


def topics(packs: Packs, text: str, heading: str = "") -> set[str]:
    """The leaves found in one sentence."""
    return {one.topic for one in tag_unit(alone(text, heading), packs)}


def tags_of(packs: Packs, body: str) -> dict[str, dict[str, Tag]]:
    """The tags of a bill by path and topic, rules alone."""
    document = bill(body)
    found: dict[str, dict[str, Tag]] = {}
    for one in tag(document, read(document), packs).tags:
        found.setdefault(one.path, {})[one.topic] = one
    return found
