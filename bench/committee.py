"""The redline of every marked print of the corpus against its clerk's marks.

    python bench/committee.py

A mark of the redline (word by word) is right if all its characters stand in an element or phrase
that the file marks as struck, or as added.  Prints with struck words are counted apart: where only
additions are marked, the two texts differ by whole elements, and the key says little.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from legannot.errors import LegannotError
from legannot.parse import parse
from legannot.source import resolve
from tests.committee import unmarked_by_the_clerk

CORPUS = ROOT / ".." / "shared" / "corpus"
SIGNS = (b"changed=", b"reported-display-style", b"added-phrase", b"deleted-phrase")


def main() -> None:
    prints = exact = both = 0
    characters: Counter[str] = Counter()
    for folder in ("bills", "resolutions"):
        for file in sorted((CORPUS / folder).glob("*/*/*.xml")):
            content = file.read_bytes()
            if not any(sign in content for sign in SIGNS):
                continue
            try:
                (bill,) = map(parse, resolve([str(file)]))
            except LegannotError as error:
                print(error)
                continue
            marked, wrong = unmarked_by_the_clerk(bill)
            if not marked:
                continue
            prints += 1
            exact += not wrong
            both += bool(marked["delete"])
            characters += marked
            struck, put = marked["delete"], marked["insert"]
            print(f"{file.relative_to(CORPUS)}: {struck:,} characters struck, {put:,} put in")
            for mark in wrong:
                print(f"  without warrant: {mark.path} {mark.op} {mark.words[:60]}")
    print(f"{exact} of {prints} marked prints exact; {both} of them hold struck words")
    print(f"in all {characters['delete']:,} struck, {characters['insert']:,} put in")


if __name__ == "__main__":
    main()
