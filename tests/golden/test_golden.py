"""Expected outputs in two grains: one line a pair of versions, and the sample in full.

`make golden` rewrites them; a review reads in `git diff` what moved.  Tags come from rules alone,
so that no line depends on a model.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest

from legannot.cli.analyst import Analyst
from legannot.diff import compare
from legannot.model import Bill, Tag
from legannot.model.report import Report
from legannot.parse import parse
from legannot.render.counts import section_counts
from legannot.render.html import render
from legannot.render.json import report_document
from legannot.render.terminal import outline, redline, summary, tags_table
from legannot.source import from_bytes, resolve
from tests.conftest import check_report, needs_corpus
from tests.render.test_json import validate

HERE = Path(__file__).parent
SAMPLE = "sample:model-access"
# The largest bills take seconds each and show nothing that the others do not.
MAX_BYTES = 400_000

Golden = Callable[[Path, str], None]
Make = Callable[[Sequence[Bill]], Report]


@pytest.fixture(scope="module")
def make() -> Make:
    """Reports by rules alone, with the rule packs loaded once for all of them."""
    analyst = Analyst(None, embeddings=False)

    def made(bills: Sequence[Bill]) -> Report:
        analyst.forget()
        return analyst.report(bills, "legannot report")

    return made


def sample() -> tuple[Bill, ...]:
    return tuple(parse(source) for source in resolve([SAMPLE]))


def versions(corpus: Path) -> Iterator[list[Bill]]:
    """The official Bill DTD versions of every bill and resolution that has several."""
    folders = sorted(
        {f.parent for kind in ("bills", "resolutions") for f in corpus.glob(f"{kind}/*/*/*")}
    )
    for folder in folders:
        files = [f for f in folder.glob("*.xml") if f.name.count(".") == 1]
        bills = [
            parse(from_bytes(f"{folder.name}/{f.name}", f.read_bytes()))
            for f in files
            if f.stat().st_size < MAX_BYTES
        ]
        if len(bills) > 1:
            yield sorted(bills, key=lambda bill: (bill.stage.rank, bill.version))


def line(report: Report) -> str:
    assert report.comparison is not None
    old, new = report.bills
    kinds = section_counts(report.comparison)
    counts = ", ".join(f"{kind} {number}" for kind, number in kinds.items() if number)
    before, after = (Counter(tag.topic for tag in tags) for tags in report.tags)
    tags = ", ".join(f"{t} {before[t]}->{after[t]}" for t in sorted(before | after))
    page = sha256(render(report)).hexdigest()[:12]
    return (
        f"{new.id} {old.version}->{new.version} | sections: {counts}"
        f" | edits: {report.steps[0].edits} | tags: {tags or 'none'} | page: {page}\n"
    )


def test_the_sample_in_full(make: Make, golden: Golden) -> None:
    bills = sample()
    report = make(bills)
    check_report(report)
    validate(report_document(report))
    marked: tuple[Tag, ...] = report.tags[-1]
    golden(HERE / "sample" / "summary.txt", summary(report))
    golden(HERE / "sample" / "tags-eh.txt", tags_table(marked))
    golden(HERE / "sample" / "outline-rh.txt", outline(bills[1]))
    for old, new in pairwise(bills):
        text = redline(compare(old, new), color=False, width=100)
        golden(HERE / "sample" / f"redline-{old.version}-{new.version}.txt", text)


def test_every_pair_of_the_sample(make: Make, golden: Golden) -> None:
    golden(HERE / "sample.txt", "".join(line(make(pair)) for pair in pairwise(sample())))


@needs_corpus
def test_every_pair_of_official_bills(make: Make, golden: Golden, corpus: Path) -> None:
    lines: list[str] = []
    for bills in versions(corpus):
        for pair in pairwise(bills):
            report = make(pair)
            check_report(report)
            lines.append(line(report))
    golden(HERE / "pairs.txt", "".join(lines))


def test_the_same_versions_give_the_same_bytes(make: Make) -> None:
    first, again = (make(sample()) for _ in range(2))
    assert render(first) == render(again)
    assert report_document(first) == report_document(again)
