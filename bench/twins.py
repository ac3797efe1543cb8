"""Compare the versions that the corpus holds both in the Bill DTD and in USLM, or as plain text.

    python bench/twins.py [--corpus ../shared/corpus] [--all]

The two must give the same provisions (kind, number, heading, words) and the same words.  What the
two formats print differently by their own rules is set aside first, as named in `REASONS`; what is
left is printed, one line for each provision that only one side has.

Then what a user sees is counted: the changes that `compare` finds between two prints of one version
(there should be none), and, for two versions that both exist in both formats, whether the redline
across the formats marks the same words as the redline within one.  Last, what is found in a version
(instructions, definitions, tags ...) is counted for the version alone and for the same version
compared with one in another format, be it the same version or another; nothing should be lost and
nothing come.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import permutations
from pathlib import Path

from legannot.diff import compare
from legannot.diff.formats import settings
from legannot.diff.transfer import Read, transferred
from legannot.model import Bill, Comparison, Words, number, stage
from legannot.parse import parse
from legannot.read import read
from legannot.source import resolve
from legannot.tag import load_packs, tag

REASONS = {
    "title and formula": "USLM holds the long title and the enacting or resolving formula in the"
    " body;"
    " the Bill DTD keeps the title on the cover and leaves the formula to the stylesheet.",
    "names of levels": 'USLM prints them with the number ("SEC. 3."), the DTD does not.',
    "quotation marks": "the DTD marks quotations by elements, USLM prints the marks as well.",
    "headings": "USLM has them as printed: in capitals, with a stop and a dash at the end.",
    "grouping": "toc-group only groups entries and holds no words.",
    "stop in the quotation": "some conversions put the stop after a quoted block inside its last"
    " words.",
    "letter case": "converters recase words of headings and small capitals.",
}
# Bytes: each file is read once for every other version, and the largest have ten times as many.
_SMALL = 350_000
_BESIDE = frozenset(
    ("long-title", "legis-type", "official-title", "enacting-formula", "resolving-clause")
)
_QUOTES = re.compile("[“”‘’\"'`]")
_END = re.compile(r"[.\s—–-]+$")

Row = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Twins:
    """One version in two formats, compared."""

    name: str
    rows: tuple[list[Row], list[Row]]

    @property
    def shared(self) -> int:
        """How many provisions are the same on both sides."""
        matcher = SequenceMatcher(None, *self.rows, autojunk=False)
        return sum(block.size for block in matcher.get_matching_blocks())

    @property
    def same_words(self) -> bool:
        """Whether both sides have the same words in the same order."""
        first, second = (" ".join(" ".join(row[1:]) for row in side).split() for side in self.rows)
        return first == second

    @property
    def same(self) -> bool:
        """Whether nothing at all is left over."""
        return self.rows[0] == self.rows[1]

    def left_over(self) -> Iterator[str]:
        """The provisions that only one side has."""
        first, second = self.rows
        for op, i, j, k, m in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
            if op != "equal":
                yield from (f"    - {_shown(row)}" for row in first[i:j])
                yield from (f"    + {_shown(row)}" for row in second[k:m])


def _shown(row: Row) -> str:
    kind, label, heading, text = row
    return " ".join(filter(None, (kind, label, heading, text)))[:110]


def plain(text: str) -> str:
    """Words without what the formats print differently."""
    return _END.sub("", " ".join(_QUOTES.sub("", text).split())).lower()


def rows(bill: Bill) -> list[Row]:
    """The provisions of a bill without what `REASONS` sets aside."""
    found: list[Row] = []
    for provision in bill.walk():
        kind = provision.kind
        if kind in _BESIDE or kind == "toc-group":
            continue
        text = plain(provision.text)
        if kind == "after-quoted-block" and text in ("", ";", ","):
            continue
        label = number(_QUOTES.sub("", provision.enum)).lower()
        found.append((kind, label, plain(provision.heading), text))
    return found


def prints(corpus: Path) -> list[tuple[tuple[Path, str], list[Path]]]:
    """The files of every version, by folder and version code."""
    versions: dict[tuple[Path, str], list[Path]] = defaultdict(list)
    for kind in ("bills", "resolutions"):
        for file in sorted((corpus / kind).rglob("*")):
            if file.suffix in (".xml", ".htm"):
                versions[file.parent, file.name.partition(".")[0]].append(file)
    return sorted(versions.items())


def _read(file: Path) -> Bill:
    return parse(resolve([str(file)])[0])


def twins(corpus: Path) -> Iterator[Twins]:
    """Every pair of one version in the Bill DTD and in USLM."""
    for (folder, version), files in prints(corpus):
        official = folder / f"{version}.xml"
        for other in files:
            if official in files and ".uslm" in other.name:
                sides = [rows(_read(f)) for f in (official, other)]
                name = f"{folder.parent.name}{folder.name} {version} {other.suffixes[0][1:]}"
                yield Twins(name, (sides[0], sides[1]))


@dataclass(frozen=True, slots=True)
class Across:
    """A redline across two formats; `expected` is the one within a format, None for one version."""

    name: str
    found: tuple[str, ...]
    expected: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Whether it marks the words that it should."""
        return self.found == self.expected


def marked(comparison: Comparison) -> tuple[str, ...]:
    """What a redline marks in words, numbers and order, without the print of either format.

    The long title stays out: within the Bill DTD it is on the cover, which is not compared.
    """
    found = []
    for row in comparison.changes:
        if row.level == "official-title" or row.klass == "typography":
            continue
        if row.old and row.new:
            edits = (*row.heading_edits, *row.edits)
            told: list[tuple[str, str]] = [
                (e.op, plain(e.text)) for e in edits if e.op != "equal" and plain(e.text)
            ]
        else:
            shown = row.shown
            told = [(row.kinds[0].value, f"{plain(shown.heading)} {plain(shown.text)}".strip())]
        found += [f"{op} {text}" for op, text in told if text and any(map(str.isalnum, text))]
    return tuple(sorted(found))


def one_version(corpus: Path) -> Iterator[Across]:
    """The redline of every version with itself in another format; nothing should be marked."""
    for (folder, version), files in prints(corpus):
        official = folder / f"{version}.xml"
        for other in files if official in files else ():
            if ".uslm" in other.name or other.suffix == ".htm":
                name = f"{folder.parent.name}{folder.name} {version} {other.suffixes[0][1:]}"
                yield Across(name, marked(compare(_read(official), _read(other))))


def two_versions(corpus: Path) -> Iterator[Across]:
    """Redlines across formats of all pairs of versions that exist in both formats."""
    by_bill: dict[Path, list[tuple[str, Path, Path]]] = defaultdict(list)
    for (folder, version), files in prints(corpus):
        official = folder / f"{version}.xml"
        for other in files if official in files else ():
            if ".uslm" in other.name or other.suffix == ".htm":
                by_bill[folder].append((version, official, other))
    for folder, versions in by_bill.items():
        for old, old_file, _ in versions:
            for new, new_file, new_other in versions:
                if old != new and stage(old).rank < stage(new).rank:
                    within = compare(_read(old_file), _read(new_file))
                    across = compare(_read(old_file), _read(new_other))
                    kind = new_other.suffixes[0][1:]
                    name = f"{folder.parent.name}{folder.name} {old} -> {new} {kind}"
                    yield Across(name, marked(across), marked(within))


_DASHES = str.maketrans("–—", "--")

Found = Mapping[str, Counter[object]]


def found(bill: Bill, known: Read) -> Found:
    """What is known of a bill, by kind, without places and print.

    The long title and the formula stay out: a comparison has the one wherever it is printed, and
    never the other.
    """
    facts, tags = known
    beside = {p.path for p in bill.walk() if p.kind in _BESIDE}

    def said(*words: str | Words | None) -> tuple[str, ...]:
        texts = (w.text if isinstance(w, Words) else w or "" for w in words)
        return tuple(plain(text.translate(_DASHES)).rstrip("-; ") for text in texts)

    rows: list[tuple[str, str, object]] = [
        *(
            (
                "instructions",
                i.path,
                (i.action, i.law, i.places, i.relation, said(*i.old, *i.new, i.anchor)),
            )
            for i in facts.instructions
        ),
        *(("unparsed instructions", u.path, said(u.quote)) for u in facts.unparsed),
        *(("definitions", d.path, (d.verb, said(d.term, d.reference))) for d in facts.definitions),
        *(("uses of terms", u.path, said(u.term)) for u in facts.uses),
        *(("citations", c.path, (c.kind, c.target)) for c in facts.citations),
        *(("numbers and days", q.path, (q.kind, q.value, q.unit)) for q in facts.quantities),
        *(("conditions", c.path, (c.kind, said(c.quote, c.limited))) for c in facts.conditions),
        *(
            ("operators", u.path, (u.operator, u.addressee, u.regulated))
            for u in facts.units.values()
            # In one format they are words of the sentence around them.
            if u.kind not in ("quoted-block", "after-quoted-block")
        ),
        *(
            ("tags", t.path, (t.topic, t.operator, t.rule, said(*(e.quote for e in t.evidence))))
            for t in tags
        ),
    ]
    counts: dict[str, Counter[object]] = defaultdict(Counter)
    for kind, path, row in rows:
        counts[kind][row] += path not in beside
    return counts


def in_comparison(
    corpus: Path, find: Callable[[Bill], Read], largest: float = float("inf")
) -> Iterator[tuple[str, Found, Found]]:
    """What is found in each version alone, and in the same version set as its twin prints."""
    for (folder, version), files in prints(corpus):
        official = folder / f"{version}.xml"
        for other in files if official in files else ():
            if official.stat().st_size > largest or not (
                ".uslm" in other.name or other.suffix == ".htm"
            ):
                continue
            twins_ = tuple(_read(file).as_reported() for file in (official, other))
            for bill, twin in (twins_, twins_[::-1]):
                setting = settings((bill, twin))[0]
                name = f"{folder.parent.name}{folder.name} {version} {bill.format} as {twin.format}"
                alone = found(bill, find(bill))
                yield name, alone, found(setting.bill, transferred(bill, setting, find)[:2])


def in_another_version(
    corpus: Path, find: Callable[[Bill], Read], largest: float = float("inf")
) -> Iterator[tuple[str, Found, Found]]:
    """The same of each version compared with a later or earlier one that has another format."""
    by_bill: dict[Path, list[tuple[str, Path]]] = defaultdict(list)
    for (folder, version), files in prints(corpus):
        by_bill[folder] += ((version, file) for file in files if file.stat().st_size <= largest)
    for folder, files_ in by_bill.items():
        for (was, old), (now, new) in permutations(files_, 2):
            if stage(was).rank >= stage(now).rank:
                continue
            pair = tuple(_read(file).as_reported() for file in (old, new))
            if pair[0].format == pair[1].format:
                continue
            for bill, setting in zip(pair, settings(pair), strict=True):
                name = (
                    f"{folder.parent.name}{folder.name} {old.name} with {new.name}, {bill.version}"
                )
                alone = found(bill, find(bill))
                yield name, alone, found(setting.bill, transferred(bill, setting, find)[:2])


def main() -> int:
    """Print every pair and what is left over."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    arguments.add_argument("--all", action="store_true", help="name the pairs that agree, too")
    chosen = arguments.parse_args()
    pairs = list(twins(chosen.corpus))
    if not pairs:
        print(f"no twins in {chosen.corpus}", file=sys.stderr)
        return 2
    for pair in pairs:
        if chosen.all or not pair.same:
            of = max(map(len, pair.rows))
            print(f"{pair.name}: {pair.shared} of {of} provisions; same words: {pair.same_words}")
            print(*pair.left_over(), sep="\n", end="" if pair.same else "\n")
    same = sum(pair.same for pair in pairs)
    words = sum(pair.same_words for pair in pairs)
    shared, of = (
        sum(n) for n in zip(*((p.shared, max(map(len, p.rows))) for p in pairs), strict=True)
    )
    print(f"{len(pairs)} pairs: {same} the same, {words} with the same words;")
    print(f"{shared:,} of {of:,} provisions the same.  Set aside:")
    for name, reason in REASONS.items():
        print(f"  {name}: {reason}")
    for what, redlines in (("one version", one_version), ("two versions", two_versions)):
        shown = list(redlines(chosen.corpus))
        agree = sum(one.same for one in shown)
        print(f"redlines of {what} across formats: {agree} of {len(shown)} as within one format")
        for one in shown:
            if not one.same:
                extra = Counter(one.found) - Counter(one.expected)
                missing = Counter(one.expected) - Counter(one.found)
                print(f"  {one.name}: {extra.total()} more, {missing.total()} fewer")
    _print_found(chosen.corpus)
    _print_in_another(chosen.corpus)
    return 0


def _print_in_another(corpus: Path) -> None:
    rows = list(in_another_version(corpus, lambda bill: (read(bill), ()), _SMALL))
    same = 0
    for name, alone, compared in rows:
        same += alone == compared
        for kind in alone:
            if alone[kind] != compared[kind]:
                print(f"  {name}, {kind}: differ")
    print(f"the same facts alone and beside another version: {same} of {len(rows)} versions")


def _print_found(corpus: Path) -> None:
    packs = load_packs(None)

    def find(bill: Bill) -> Read:
        facts = read(bill)
        return facts, tag(bill, facts, packs).tags

    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for name, alone, compared in in_comparison(corpus, find):
        for kind in alone:
            lost, come = alone[kind] - compared[kind], compared[kind] - alone[kind]
            sums[kind].update(all=alone[kind].total(), lost=lost.total(), come=come.total())
            if lost or come:
                print(f"  {name}, {kind}: {lost.total()} lost, {come.total()} more")
    print("found in a version alone, and lost or come in a comparison across formats:")
    for kind, count in sums.items():
        print(f"  {kind}: {count['all']:,}, {count['lost']} lost, {count['come']} more")


if __name__ == "__main__":
    sys.exit(main())
