"""Checks what is read from changed words: python bench/substance.py [--held-out] [--wrong].

bench/substance/*.jsonl point into the corpus of real bills beside the checkout (README.md there).
Precision: of the directions said, how many a person reads too.  Recall: of those that a person
reads, how many are said.  `unclear` counts as nothing said.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from legannot.assess.substance import substance
from legannot.diff import compare
from legannot.model import Change
from legannot.parse import parse
from legannot.read import read
from legannot.source import resolve

GOLD = Path(__file__).with_name("substance")
CORPUS = Path(__file__).resolve().parents[1] / ".." / "shared" / "corpus"
# An edit is the one that was judged although the engine may have moved its ends by a word.
SHARED = 0.6
SLACK = 2


@dataclass(frozen=True, slots=True)
class Judged:
    """A change of the gold set, the change as found today and what is said of it."""

    gold: dict[str, object]
    found: bool
    said: tuple[str, ...]

    @property
    def expected(self) -> list[list[str]]:
        """The directions to be read, each as the ways it may be named."""
        value = self.gold["expect"]
        return value if isinstance(value, list) else []

    @property
    def right(self) -> set[str]:
        """Every direction that is no mistake."""
        allowed = self.gold["allow"]
        return {one for group in self.expected for one in group} | set(
            allowed if isinstance(allowed, list) else []
        )

    @property
    def hits(self) -> int:
        """How many of the directions to be read are said."""
        return sum(bool(set(group) & set(self.said)) for group in self.expected)


def main() -> None:
    name = "held-out" if "--held-out" in sys.argv else "changes"
    lines = (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    gold = [json.loads(line) for line in lines]
    judged = list(_judge(gold))
    lost = [j for j in judged if not j.found]
    said = [(one, j) for j in judged for one in j.said]
    right = [one for one, j in said if one in j.right]
    directions = [one for one, j in said if one.split(":")[1] in {r.split(":")[1] for r in j.right}]
    wanted = sum(len(j.expected) for j in judged)
    hits = sum(j.hits for j in judged)
    print(f"{name}: {len(judged)} changes, {wanted} directions to be read")
    if lost:
        print(f"not found as changes any more: {len(lost)}")
    print(f"directions said {len(said)}; right {len(directions)}", end="; ")
    print(f"precision {len(directions) / max(1, len(said)):.3f}", end="; ")
    print(f"with the kind right {len(right) / max(1, len(said)):.3f}")
    print(f"recall {hits / max(1, wanted):.3f} ({hits} of {wanted})")
    kinds = Counter(one.split(":")[0] for one, _ in said)
    good = Counter(one.split(":")[0] for one in right)
    print(", ".join(f"{kind} {good[kind]}/{kinds[kind]}" for kind in sorted(kinds)))
    if "--wrong" in sys.argv:
        _wrong(judged)


def _judge(gold: Sequence[dict[str, object]]) -> Iterator[Judged]:
    def pair(change: dict[str, object]) -> tuple[str, str]:
        return str(change["old"]), str(change["new"])

    for (old, new), changes in groupby(sorted(gold, key=pair), key=pair):
        bills = [parse(resolve([str(CORPUS / p)])[0]).as_reported() for p in (old, new)]
        facts = [read(bill) for bill in bills]
        rows = compare(*bills).rows
        found, _ = substance(rows, *facts)
        for change in changes:
            place = _place(change, rows)
            said = [
                f"{one.kind.value.replace(' ', '-')}:{one.direction}"
                for one in found
                if place == (one.row, one.edit) and one.direction != "unclear"
            ]
            yield Judged(change, place is not None, tuple(dict.fromkeys(said)))


def _place(change: dict[str, object], rows: Sequence[Change]) -> tuple[int, int | None] | None:
    """The row of a change and the number of its edit; None if there is no such edit any more."""
    for index, row in enumerate(rows):
        if row.shown.path != change["path"]:
            continue
        whole = {"added": row.old is None, "removed": row.new is None}.get(str(change["what"]))
        if change["edit"] is None:
            if whole:
                return index, None
            continue
        if row.old is None or row.new is None:
            continue
        edits = list(_edits(row))
        for number in (int(str(change["edit"])), *range(len(edits))):
            if number < len(edits) and _same(edits[number], change):
                return index, number
    return None


def _edits(row: Change) -> Iterator[tuple[str, str]]:
    for equal, group in groupby(row.edits, key=lambda edit: edit.op == "equal"):
        run = list(group)
        if not equal:
            yield (
                "".join(e.text for e in run if e.op == "delete"),
                "".join(e.text for e in run if e.op == "insert"),
            )


def _same(edit: tuple[str, str], change: dict[str, object]) -> bool:
    """Whether an edit has the words of the gold set, wherever a comma or a blank went."""
    return all(
        _alike(side, str(first))
        for side, first in zip(edit, (change["was"], change["is"]), strict=True)
    )


def _alike(words: str, first: str) -> bool:
    said, known = _words(words), _words(first.removesuffix(" …"))
    if not said or not known:
        return said == known
    shared = len(set(said) & set(known)) >= SHARED * len(set(known))
    return shared and (first.endswith(" …") or abs(len(said) - len(known)) <= SLACK)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())


def _wrong(judged: Sequence[Judged]) -> None:
    for j in judged:
        bad = [one for one in j.said if one not in j.right]
        missed = [group for group in j.expected if not set(group) & set(j.said)]
        if bad or missed:
            gold = j.gold
            print(f"\n{gold['new']} {gold['path']} edit {gold['edit']}")
            print(f"  [{gold['was']}] -> [{gold['is']}]")
            print(f"  said {list(j.said)}, wrong {bad}, missed {missed}")


if __name__ == "__main__":
    main()
