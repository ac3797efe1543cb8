"""How many instructions to amend are read, on the corpus.

    python bench/instructions.py [--corpus ../shared/corpus] [--list N]

What counts is found without the reader: every provision of operative context whose words,
quotations taken out, hold an amendatory verb phrase (`PHRASE`).  Such a provision is read if it has
instructions and none of its verbs is listed as unparsed; it is missed in silence if it has neither.
A provision may hold several instructions; their rate is given beside it.

`bench/labels/instructions.jsonl` holds instructions of the corpus drawn at random and read by a
person with their lead-ins: what is amended where, by which action, with hashes of both texts.  The
reader agrees where all of it is equal: a wrong parse is no parse.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from legannot.errors import InputError
from legannot.model import Bill, Context
from legannot.model.facts import Instruction
from legannot.parse import parse
from legannot.read import read
from legannot.source import from_bytes

LABELS = ROOT / "bench" / "labels" / "instructions.jsonl"
# Verbs of the drafting manual; `amended` counts where words follow that say how.
PHRASE = re.compile(
    r"\b(?:is|are)\s+(?:further\s+|each\s+|hereby\s+)*(?:repealed|amended\s+(?:to\s+read|by\s+\w+ing))"
    r"|\b(?:by|and)\s+(?:striking|inserting|redesignating)\b"
    r"|\bby\s+(?:adding\s+(?:at\s+the\s+end|after|before|the\s+following)|amending\s+\w+\s+\(\w+\)"
    r"|substituting\b.{1,300}?\bfor\b|transferring\b.{1,100}\bappear)"
    r"|^(?:striking|inserting|redesignating)\b"
)
QUOTATION = re.compile(r"“[^”]*”?")


def files(corpus: Path) -> Iterator[Path]:
    """The documents of the corpus that are bills, laws or amendments, in order of their names."""
    for path in sorted(corpus.rglob("*.xml")):
        if not {"status", "schemas", "crs-subjects"} & set(path.relative_to(corpus).parts):
            yield path


def candidates(bill: Bill) -> Iterator[str]:
    """The paths of the provisions that instruct, by their words alone."""
    for provision in bill.walk():
        if provision.context is not Context.OPERATIVE or not provision.text:
            continue
        text = list(provision.text)
        for span in provision.spans:
            if span.kind == "quote":
                text[span.start : span.end] = " " * (span.end - span.start)
        if PHRASE.search(QUOTATION.sub(" ", "".join(text))):
            yield provision.path


def form(found: Instruction) -> dict[str, object]:
    """What a person checked of an instruction; words by their hash, since bills stay outside."""
    return {
        "action": found.action,
        "law": found.law,
        "places": list(found.places),
        "code": found.code,
        "where": digest(found.where),
        "old": [[words.kind, digest(words.text or words.path)] for words in found.old],
        "new": [[words.kind, digest(words.text or words.path)] for words in found.new],
        "relation": found.relation,
        "anchor": digest(found.anchor.text) if found.anchor else "",
        "everywhere": found.everywhere,
        "designations": [list(pair) for pair in found.designations],
    }


def digest(words: str) -> str:
    """A short hash of words, nothing for nothing."""
    return hashlib.sha256(words.encode()).hexdigest()[:12] if words else ""


def report(counts: Counter[str]) -> None:
    total = counts["instructions"] + counts["unparsed"]
    print(f"instructions        {counts['instructions']} of {total}"
          f" = {counts['instructions'] / total:.4f}")  # fmt: skip
    print(f"provisions          {counts['read']} of {counts['provisions']}"
          f" = {counts['read'] / counts['provisions']:.4f}"
          f"   listed as unparsed {counts['listed']}, not seen {counts['silent']}")  # fmt: skip
    if counts["checked"]:
        print(f"checked by hand     {counts['agreed']} of {counts['checked']}"
              f" = {counts['agreed'] / counts['checked']:.4f}")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, default=ROOT / ".." / "shared" / "corpus")
    parser.add_argument("--list", type=int, default=0, help="Show so many that were not read.")
    options = parser.parse_args()
    labels: dict[str, list[dict[str, object]]] = {}
    for line in LABELS.read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        labels.setdefault(label["file"], []).append(label)
    counts: Counter[str] = Counter()
    why: Counter[str] = Counter()
    shown: list[str] = []
    for path in files(options.corpus):
        name = path.relative_to(options.corpus).as_posix()
        try:
            bill = parse(from_bytes(path.name, path.read_bytes()))
        except InputError:
            continue
        facts = read(bill)
        read_at = {found.path for found in facts.instructions}
        failed_at = {found.path: found for found in facts.unparsed}
        counts["instructions"] += len(facts.instructions)
        counts["unparsed"] += len(facts.unparsed)
        why.update(found.why for found in facts.unparsed)
        for candidate in candidates(bill):
            counts["provisions"] += 1
            if candidate in failed_at:
                counts["listed"] += 1
                shown.append(f"{name} {candidate}: {failed_at[candidate].why}")
            elif candidate in read_at:
                counts["read"] += 1
            else:
                counts["silent"] += 1
                shown.append(f"{name} {candidate}: not seen")
        by_place = {(found.path, found.start): found for found in facts.instructions}
        for label in labels.get(name, ()):
            counts["checked"] += 1
            found = by_place.get((str(label["path"]), int(str(label["start"]))))
            if found is not None and form(found) == label["form"]:
                counts["agreed"] += 1
            else:
                shown.append(f"{name} {label['path']}: differs from the label")
    report(counts)
    for reason, number in why.most_common():
        print(f"  {number:5}  {reason}")
    for line in shown[: options.list]:
        print(" ", line)


if __name__ == "__main__":
    main()
