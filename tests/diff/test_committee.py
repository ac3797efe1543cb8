from __future__ import annotations

from pathlib import Path

import pytest

from legannot.parse import parse
from legannot.source import resolve
from tests.committee import unmarked_by_the_clerk
from tests.conftest import ROOT, needs_corpus


def test_the_sample_print_is_marked_where_its_clerk_marked_it() -> None:
    (bill,) = map(parse, resolve([str(ROOT / "corpus/sample/model-access/rh.xml")]))
    marked, wrong = unmarked_by_the_clerk(bill)
    assert marked.total() > 1000
    # A share is one token: a clerk strikes the figure, the redline marks "50 percent".
    assert not [mark for mark in wrong if not mark.words.endswith("percent")]


@needs_corpus
@pytest.mark.parametrize("name", ["bills/118/s1171/rs.xml", "resolutions/116/sjres4/rs.uslm.xml"])
def test_a_real_print_is_marked_where_its_clerk_marked_it(corpus: Path, name: str) -> None:
    (bill,) = map(parse, resolve([str(corpus / name)]))
    marked, wrong = unmarked_by_the_clerk(bill)
    assert marked.total() > 100
    assert not wrong
