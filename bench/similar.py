"""How many counterparts a search finds among twenty hits, and how long it takes.

    python bench/similar.py [--provisions 20000] [--misses] [--held-out]

Looked through are the versions of PAIRS.tsv and of `bench/gold-pairs`, with rebuilt bills of other
subjects until there are as many provisions as asked for.  Truth: the labels made by hand, in both
directions, and for each two neighbouring versions of PAIRS.tsv the pairs of the aligner (a sample
of each, all of them and those alone whose words differ).  A counterpart is found if its place is
among the places of the hits, or one that has all its words and no more (a quoted block and the one
paragraph in it).  Places with equal words are one hit.  Titles and divisions are not searched for;
`legannot similar BILL` adds up their sections.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "bench"))

import itertools

from gold import CORPUS, HELD_OUT, PAIRS, labels_of

from legannot.align import align
from legannot.align.outline import Outline
from legannot.errors import LegannotError
from legannot.model import CONTAINERS, Bill
from legannot.parse import parse
from legannot.similar import Corpus, Shelved, search
from legannot.similar.index import FEWEST_WORDS
from legannot.similar.passages import Passage, passage
from legannot.source import resolve

MOST = 20
LARGEST = 1_000_000  # bytes: an omnibus alone has as many provisions as all others together
SAMPLE = 40  # pairs of provisions of each pair of versions


@dataclass(frozen=True, slots=True)
class Wanted:
    """A provision to search with and the place of its counterpart; `equal` if they read alike."""

    file: str
    path: str
    other_file: str
    other_path: str
    equal: bool = False


class Shelf:
    """The files of the corpus, each parsed once."""

    def __init__(self) -> None:
        self.outlines: dict[str, Outline] = {}
        self.bills: dict[str, Bill] = {}
        self.sha256: dict[str, str] = {}

    def add(self, name: str) -> int:
        """Parse a file; how many provisions it has, 0 for one that cannot be read."""
        try:
            (source,) = resolve([str(CORPUS / name)])
            bill = parse(source).as_reported()
        except LegannotError:
            return 0
        self.bills[name], self.outlines[name] = bill, Outline(bill)
        self.sha256[name] = source.provenance.sha256
        return len(self.outlines[name].nodes)

    def passage(self, name: str, path: str) -> Passage | None:
        """The passage at a path, None if the version has no such path."""
        outline = self.outlines[name]
        for node in outline.nodes:
            if node.provision.path == path:
                return passage(outline, node.index)
        return None


def version_pairs() -> Iterator[tuple[str, str]]:
    """Neighbouring versions of one bill in one format, as PAIRS.tsv lists them."""
    for line in (CORPUS / "PAIRS.tsv").read_text("utf-8").splitlines()[1:]:
        congress, bill, format_, versions, *_ = line.split("\t")
        suffix = "" if format_ == "dtd" else f".{format_}"
        names = [
            str(found.relative_to(CORPUS))
            for version in versions.split()
            for folder in ("bills", "resolutions")
            for found in (
                CORPUS / folder / congress / bill / f"{version.partition(':')[0]}{suffix}.xml",
            )
            if found.is_file() and found.stat().st_size < LARGEST
        ]
        yield from itertools.pairwise(names)


def wanted_of(shelf: Shelf, old: str, new: str, sampled: random.Random) -> list[Wanted]:
    """A sample of the aligner's pairs of two versions, in both directions by turns."""
    outlines = [{n.provision.path: n for n in shelf.outlines[name].nodes} for name in (old, new)]
    found = []
    for pair in align(shelf.bills[old], shelf.bills[new]).pairs:
        a, b = outlines[0][pair.old], outlines[1][pair.new]
        if min(a.size, b.size) < FEWEST_WORDS or a.provision.kind in CONTAINERS:
            continue
        equal = shelf.outlines[old].all_words(a.index) == shelf.outlines[new].all_words(b.index)
        found.append(Wanted(old, pair.old, new, pair.new, equal))
        found.append(Wanted(new, pair.new, old, pair.old, equal))
    return sampled.sample(found, min(SAMPLE, len(found)))


def _same(path: str, words: int, wanted: str, size: int) -> bool:
    """Whether two places of a version are one, or one is all that the other holds."""
    return path == wanted or (
        words == size and (path.startswith(wanted) or wanted.startswith(path))
    )


def recall(
    name: str, corpus: Corpus, shelf: Shelf, wanted: Iterable[Wanted], *, misses: bool
) -> list[float]:
    """Print the share of counterparts that were found; how long each search took."""
    times: list[float] = []
    tried = found = reworded = reworded_found = 0
    for one in wanted:
        searched = shelf.passage(one.file, one.path)
        if searched is None:
            continue
        own, other = shelf.sha256[one.file], shelf.sha256[one.other_file]
        scope = {id_: text for id_, text in corpus.scope.items() if text.sha256 != own}
        start = time.perf_counter()
        hits = search(corpus.index, searched, scope, MOST)
        times.append(time.perf_counter() - start)
        target = shelf.passage(one.other_file, one.other_path)
        size = len(target.words) if target else 0
        hit = any(
            place.text.sha256 == other and _same(place.path, given.words, one.other_path, size)
            for given in hits
            for place in given.places
        )
        tried += 1
        found += hit
        reworded += not one.equal
        reworded_found += hit and not one.equal
        if misses and not hit:
            print(f"  missed {one.file} {one.path} -> {one.other_file} {one.other_path}")
    line = f"{name:34} {tried:6,} {found / tried:7.4f}"
    if 0 < reworded < tried:
        line += f"   reworded {reworded:5,} {reworded_found / reworded:7.4f}"
    print(line)
    return times


def whole_command(corpus_files: list[Path], cache: str) -> None:
    """The time of the command as a whole process, the index being on disk."""
    command = [
        sys.executable, "-m", "legannot", "similar", str(corpus_files[0]), "--section", "2",
        *map(str, corpus_files), "--no-embeddings", "-q",
    ]  # fmt: skip
    environment = {**os.environ, "XDG_CACHE_HOME": cache, "PYTHONPATH": str(ROOT)}
    seconds = []
    for _ in range(4):
        start = time.perf_counter()
        subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
        seconds.append(time.perf_counter() - start)
    print(f"the command: {seconds[0]:.2f} s with an empty cache, then {min(seconds[1:]):.2f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--provisions", type=int, default=20_000)
    parser.add_argument("--misses", action="store_true", help="print what was not found")
    parser.add_argument("--held-out", action="store_true", help="the labels kept for the end")
    options = parser.parse_args()
    labels = labels_of(HELD_OUT if options.held_out else PAIRS)
    pairs = list(version_pairs())
    names = dict.fromkeys(
        [
            *(name for label in labels for name in (label.old_file, label.new_file)),
            *(name for pair in pairs for name in pair),
            *sorted(str(f.relative_to(CORPUS)) for f in CORPUS.glob("rebuilt/119/*/*.xml")),
        ]
    )
    shelf, provisions = Shelf(), 0
    for name in names:
        # The versions of the pairs stand first and are read in any case.
        if provisions < options.provisions or any(name in pair for pair in pairs):
            provisions += shelf.add(name)
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        shelved = [
            Shelved(name, shelf.sha256[name], lambda bill=bill: bill)  # type: ignore[misc]
            for name, bill in shelf.bills.items()
        ]
        corpus = Corpus(Path(folder) / "legannot", shelved)
        built = time.perf_counter() - start
        size = sum(f.stat().st_size for f in Path(folder).rglob("*")) / 2**20
        print(
            f"{provisions:,} provisions of {len(shelf.bills)} versions, indexed in {built:.1f} s,"
        )
        print(f"{size:.0f} MB; counterparts found among {MOST} hits")
        by_hand = [
            wanted
            for label in labels
            if label.counts and label.old and label.new
            for wanted in (
                Wanted(label.old_file, label.old, label.new_file, label.new),
                Wanted(label.new_file, label.new, label.old_file, label.old),
            )
        ]
        kind = "held-out labels" if options.held_out else "labels"
        times = recall(f"{kind} by hand", corpus, shelf, by_hand, misses=options.misses)
        sampled = random.Random(1)
        aligned = [
            wanted
            for old, new in pairs
            if old in shelf.bills and new in shelf.bills
            for wanted in wanted_of(shelf, old, new, sampled)
        ]
        times += recall("version pairs of PAIRS.tsv", corpus, shelf, aligned, misses=options.misses)
        corpus.close()
        slow = quantiles(times, n=100)[98]
        print(
            f"{len(times):,} searches: median {median(times) * 1000:.0f} ms, 99th percentile"
            f" {slow * 1000:.0f} ms, slowest {max(times) * 1000:.0f} ms"
        )
    with tempfile.TemporaryDirectory() as folder:
        whole_command([CORPUS / name for name in shelf.bills], folder)


if __name__ == "__main__":
    main()
