from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.conftest import needs_corpus
from tests.planting import plant

FILES = (
    "bills/116/hr1500/eh.xml",  # quoted law in quoted law, headings
    "bills/114/s1523/enr.xml",  # enrolled
    "bills/117/hr4373/enr.xml",  # appropriations, flush text, provisos
    "rebuilt/119/hr8283/ih.xml",
)


@needs_corpus
@pytest.mark.parametrize("name", FILES)
def test_a_word_put_anywhere_is_reported_and_nothing_else_is(corpus: Path, name: str) -> None:
    count = 12
    planted = list(plant(corpus / name, count, random.Random(name)))
    assert len(planted) == count
    assert not [(p.line, p.element, p.changes) for p in planted if not p.exact]
