"""The redline of every marked print of the corpus against its clerk's marks.

    python bench/committee.py

A mark of the redline (word by word) is right if all its characters stand in an element or phrase
that the file marks as struck, or as added.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from legannot.errors import LegannotError
from legannot.parse import parse
from legannot.source import resolve
from tests.committee import unmarked_by_the_clerk

CORPUS = ROOT / ".." / "shared" / "corpus"


def main() -> None:
    prints = exact = characters = 0
    for folder in ("bills", "resolutions"):
        for file in sorted((CORPUS / folder).glob("*/*/*.xml")):
            content = file.read_bytes()
            if b"changed=" not in content and b"strikethrough" not in content:
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
            characters += marked
            if wrong:
                print(f"{file.relative_to(CORPUS)}: {len(wrong)} without warrant, {wrong[:3]}")
    print(f"{exact} of {prints} marked prints exact, {characters:,} characters marked")


if __name__ == "__main__":
    main()
