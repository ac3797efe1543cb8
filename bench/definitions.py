"""Whether definitions are found where a plain search for their words finds one.

    python bench/definitions.py [--corpus ../shared/corpus] [--bills 15] [--seed 515]

Bills with four definitions or more are drawn by lot, one version each.  A phrase that defines
(`the term X means`, `referred to as`) counts once; those of a provision with fewer definitions than
phrases are listed, to be looked at: not every phrase defines ("an individual referred to ...").
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "bench"))

from instructions import files

from legannot.errors import InputError
from legannot.model import Context
from legannot.parse import parse
from legannot.read import read
from legannot.source import from_bytes

PHRASE = re.compile(
    r"\b[Tt]he terms? (?!of\b|and\b|is\b|for\b|or\b)[^.;]{1,150}?"
    r"(?:means?|includes?|ha(?:s|ve) the|—)"
    r"|referred to (?:in this \w+ )?as\b"
)
# In bytes: bills that a person can look through.
SMALL, LARGE = 8_000, 400_000
FEW = 4


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, default=ROOT / ".." / "shared" / "corpus")
    parser.add_argument("--bills", type=int, default=15)
    parser.add_argument("--seed", type=int, default=515)
    options = parser.parse_args()
    paths = [p for p in files(options.corpus) if SMALL < p.stat().st_size < LARGE]
    random.Random(options.seed).shuffle(paths)
    drawn: set[Path] = set()
    phrases = found = borrowed = resolved = 0
    for path in paths:
        if len(drawn) == options.bills:
            break
        if path.parent in drawn:
            continue
        try:
            bill = parse(from_bytes(path.name, path.read_bytes()))
        except InputError:
            continue
        facts = read(bill)
        if len(facts.definitions) < FEW:
            continue
        drawn.add(path.parent)
        at = Counter(definition.path for definition in facts.definitions)
        for provision in bill.walk():
            if provision.context is Context.TOC:
                continue
            said = [match.group() for match in PHRASE.finditer(provision.text)]
            phrases += len(said)
            found += min(len(said), at[provision.path])
            if len(said) > at[provision.path]:
                print(f"  {path.relative_to(options.corpus)} {provision.path}: {said}")
        references = [d.reference for d in facts.definitions if d.verb == "reference"]
        borrowed += len(references)
        resolved += sum(map(bool, references))
    print(f"{len(drawn)} bills: {found} of {phrases} phrases are definitions;"
          f" {resolved} of {borrowed} borrowed meanings name their law")  # fmt: skip


if __name__ == "__main__":
    main()
