"""How well the tagger does on labelled provisions of real bills, whose words stay in the corpus.

    python bench/corpus_labels.py [LABELS.jsonl...] [--errors] | --strip FULL.jsonl OUT.jsonl

A label names a file of the corpus and gives its text and heading as spans of that file's words,
with the SHA-256 of the text they make: no words of a bill are kept here.  What stands between two
spans and is shorter than one ("(1) ", ".-- ") is written out.  Two rows a file: each provision
alone, as `legannot eval` judges it, and in its bill, with lead-ins, headings and its section.

`--strip` makes such a file of labels with words; labels that name no file are left out.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from lxml import etree

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from legannot.model import Operator, Status, Tag, Unit
from legannot.parse import parse
from legannot.read import read
from legannot.source import resolve
from legannot.tag import Packs, evaluate, load_packs
from legannot.tag.evaluate import CORE, Evaluation, Outcome
from legannot.tag.labels import Label
from legannot.tag.tagger import tag_units

CORPUS = ROOT / ".." / "shared" / "corpus"
OWN = (ROOT / "bench/labels/corpus-work.jsonl", ROOT / "bench/labels/corpus-held.jsonl")
# A shorter passage is no span: it stands in every bill.
SPAN = 12

Piece = list[int] | str


def normal(text: str) -> str:
    """One blank between words."""
    return " ".join(text.split())


def digest(text: str) -> str:
    """The SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


@lru_cache(maxsize=4)
def words(file: str) -> str:
    """All words of a corpus file in order, whatever reads it later."""
    tree = etree.parse(str(CORPUS / file), etree.XMLParser(resolve_entities=False))
    return normal(" ".join(tree.getroot().itertext()))


def spans(text: str, source: str) -> list[Piece]:
    """`text` as spans of `source`, longest first found, and the little that is not in it."""
    pieces: list[Piece] = []
    at = 0
    while at < len(text):
        start, length = _longest(text, at, source)
        if length >= SPAN:
            pieces.append([start, length])
            at += length
            continue
        if pieces and isinstance(pieces[-1], str):
            pieces[-1] += text[at]
        else:
            pieces.append(text[at])
        at += 1
    return pieces


def _longest(text: str, at: int, source: str) -> tuple[int, int]:
    low, start = 0, -1
    high = len(text) - at
    while low < high:
        middle = (low + high + 1) // 2
        found = source.find(text[at : at + middle])
        if found < 0:
            high = middle - 1
        else:
            low, start = middle, found
    return start, low


def joined(pieces: Sequence[Piece], source: str) -> str:
    """The text that spans of `source` make."""
    return "".join(
        piece if isinstance(piece, str) else source[piece[0] : piece[0] + piece[1]]
        for piece in pieces
    )


def strip(full: Path, out: Path) -> None:
    """Labels with words -> labels that find their words in the corpus."""
    lines: list[str] = []
    left = 0
    for line in full.read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        file = _in_corpus(str(label.get("file") or ""))
        if file is None:
            left += 1
            continue
        source, text = words(file), normal(label["text"])
        kept = {
            "id": f"{file}#{len(lines) + 1}",
            "file": file,
            "path": label.get("path", ""),
            "text": spans(text, source),
            "sha256": digest(text),
            "heading": spans(normal(label.get("heading") or ""), source),
            "tags": label["tags"],
            "operator": label["operator"],
            "negatives_for": label.get("negatives_for") or [],
        }
        lines.append(json.dumps(kept, ensure_ascii=False))
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} labels, {left} without a file of the corpus left out")


def _in_corpus(file: str) -> str | None:
    name = file.rpartition("shared/corpus/")[2]
    tried = (name, f"rebuilt/{name}", f"bills/{name}", f"rebuilt/119/{name}")
    return next((one for one in tried if one and (CORPUS / one).is_file()), None)


def load(file: Path) -> tuple[list[tuple[str, str, Label]], int]:
    """File, path and label of each line whose words are still those labelled; how many are not."""
    found, lost = [], 0
    for line in file.read_text(encoding="utf-8").splitlines():
        kept = json.loads(line)
        source = words(kept["file"])
        text = joined(kept["text"], source)
        if digest(text) != kept["sha256"]:
            lost += 1
            continue
        label = Label(
            id=kept["id"],
            text=text,
            tags=frozenset(kept["tags"]),
            operator=Operator(kept["operator"]),
            negatives=frozenset(kept["negatives_for"]),
            heading=joined(kept["heading"], source),
            source=kept["file"],
        )
        found.append((kept["file"], kept["path"], label))
    return found, lost


def in_place(labels: Sequence[tuple[str, str, Label]], packs: Packs) -> Evaluation:
    """The tags that each provision gets where it stands; what is not a provision is left out."""
    outcomes = []
    by_file: dict[str, list[tuple[str, Label]]] = defaultdict(list)
    for file, path, label in labels:
        by_file[file].append((path, label))
    for file, some in by_file.items():
        units = read(parse(next(iter(resolve([str(CORPUS / file)]))))).units
        tags: dict[str, list[Tag]] = defaultdict(list)
        for tag in tag_units(tuple(units.values()), packs, None):
            if tag.status is Status.ASSERTED:
                tags[tag.path].append(tag)
        outcomes += [
            Outcome(label, _topics(path, label, units, tags), units[path].operator)
            for path, label in some
            if path in units and _whole(label, units[path])
        ]
    return Evaluation(tuple(outcomes), tuple(packs.leaves))


def _topics(
    path: str, label: Label, units: Mapping[str, Unit], tags: Mapping[str, Sequence[Tag]]
) -> frozenset[str]:
    """The tags of a provision and of the items below it that a label quotes with it."""
    below = [p for p in units if p == path or p.startswith(f"{path}(")]
    quoted = [p for p in below if p == path or normal(units[p].text) in label.text]
    return frozenset(tag.topic for p in quoted for tag in tags.get(p, ()))


def _whole(label: Label, unit: Unit) -> bool:
    """Whether a label is of the whole provision, not of a part of a block printed as one text."""
    return normal(unit.text) in label.text


def figures(name: str, judged: Evaluation) -> str:
    """One row: precision, recall and F1 of the core and of all, operators, hard negatives."""
    core = judged.score(leaf for leaf in judged.leaves if leaf.startswith(CORE))
    every = judged.score(judged.leaves)
    n, false = judged.hard_negatives()
    return (
        f"| {name} | {len(judged.outcomes)} "
        f"| {core.precision:.3f} | {core.recall:.3f} | {core.f1:.3f} "
        f"| {every.precision:.3f} | {every.recall:.3f} | {every.f1:.3f} "
        f"| {judged.operator_accuracy() or 0:.3f} | {false} of {n} |"
    )


def mistakes(judged: Evaluation) -> Iterator[str]:
    """Each label that went wrong, with the words found in the corpus."""
    for outcome in judged.outcomes:
        label = outcome.label
        wrong = [f"-{leaf}" for leaf in sorted(outcome.missed)]
        wrong += [f"+{leaf}" for leaf in sorted(outcome.false)]
        if outcome.operator is not label.operator:
            wrong.append(f"{outcome.operator.value} for {label.operator and label.operator.value}")
        if wrong:
            yield f"\n{label.id}: {' '.join(wrong)}\n  [{label.heading}] {label.text}"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("labels", nargs="*", type=Path)
    asked.add_argument("--errors", action="store_true")
    asked.add_argument("--strip", nargs=2, type=Path, metavar=("FULL", "OUT"))
    options = asked.parse_args()
    if options.strip:
        strip(*options.strip)
        return
    packs = load_packs()
    print("| labels | n | core P | R | F1 | all P | R | F1 | operators | hard negatives |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    for file in options.labels or [own for own in OWN if own.exists()]:
        labels, lost = load(file)
        alone = evaluate([label for _, _, label in labels], packs)
        print(figures(f"{file.stem}, alone", alone))
        print(figures("— in their bills", in_place(labels, packs)))
        if lost:
            print(f"{lost} labels of {file.name}: their file has other words now", file=sys.stderr)
        if options.errors:
            print("\n".join(mistakes(alone)))


if __name__ == "__main__":
    main()
