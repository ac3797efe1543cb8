"""Checks where defined terms are used: python bench/reach.py [--wrong].

bench/reach/terms.jsonl points into the corpus of real bills beside the checkout (README.md there).
Found: of the provisions that use a term, how many are found.  False: of those said to use it, how
many do not.
"""

from __future__ import annotations

import json
import sys
from itertools import groupby
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from legannot.assess.levels import above
from legannot.assess.meanings import Meanings
from legannot.parse import parse
from legannot.read import read
from legannot.source import resolve

GOLD = Path(__file__).with_name("reach") / "terms.jsonl"
CORPUS = Path(__file__).resolve().parents[1] / ".." / "shared" / "corpus"


def main() -> None:
    gold = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    wanted = found = said = 0
    for bill, terms in groupby(gold, key=lambda term: term["bill"]):
        text = parse(resolve([str(CORPUS / bill)])[0]).as_reported()
        meanings = Meanings(read(text), text.title)
        for term in terms:
            judged = {*term["uses"], *term["other"]}
            uses = {
                path
                for path in meanings.uses((term["term"], term["definition"]))
                if term["definition"] not in above(path)
            }
            true = set(term["uses"])
            wanted, found, said = wanted + len(true), found + len(true & uses), said + len(uses)
            if "--wrong" in sys.argv and uses != true:
                print(f"{bill} “{term['term']}”: missed {true - uses}, false {uses - true}")
                print(f"  not judged: {uses - judged}")
    print(f"{len(gold)} terms, {wanted} provisions that use them")
    print(f"found {found / wanted:.3f} ({found} of {wanted}); false {1 - found / said:.3f}")


if __name__ == "__main__":
    main()
