"""What each layer of the tagger is worth, on labels and on bills about other things.

    python bench/ablation.py LABELS.jsonl... | --silence | --speed

One row a layer, each with those above it: fixed phrases; patterns; the conditions of a rule (needs,
unless, except, operators, contexts); gates; the sentence model.  Core and micro F1 and hard
negatives on each file of labels; silence is the share of the provisions of the corpus's bills and
resolutions, nearly all of them on other subjects, that get an asserted tag of the core families.

`--silence` lists every such tag of the whole tagger instead; `--speed` says how many megabytes of
bill text a second the rules read, beside a bare search for words in the same text.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from time import process_time

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from legannot.cli.pipeline import cache_folder
from legannot.errors import LegannotError
from legannot.model import Status, Tag, Unit
from legannot.parse import parse
from legannot.read import read
from legannot.source import resolve
from legannot.tag import Encoder, Packs, Rule, evaluate, load_encoder, load_labels, load_packs
from legannot.tag.evaluate import CORE
from legannot.tag.tagger import tag_units

CORPUS = ROOT / ".." / "shared" / "corpus"


def layers(packs: Packs) -> Iterator[tuple[str, Packs]]:
    """The packs as they would be without the layers below."""
    phrases = [rule for rule in packs.rules if rule.phrases or rule.exact]
    yield "phrases", _with(packs, [_bare(replace(r, patterns=(), whole=False)) for r in phrases])
    # A rule for whole provisions is its conditions.
    yield "+ patterns", _with(packs, [_bare(r) for r in packs.rules if not r.whole])
    yield "+ conditions", _with(packs, [replace(r, gate="none") for r in packs.rules])
    yield "+ gates", packs


def _bare(rule: Rule) -> Rule:
    return replace(
        rule,
        gate="none",
        needs=(),
        unless=(),
        exceptions=(),
        operators=frozenset(),
        not_operators=frozenset(),
        contexts=frozenset(),
        heading=True,
    )


def _with(packs: Packs, rules: Sequence[Rule]) -> Packs:
    return replace(packs, rules=tuple(rules))


def corpus() -> list[tuple[str, tuple[Unit, ...]]]:
    """The provisions of every bill and resolution of the corpus, by file."""
    files = sorted(f for kind in ("bills", "resolutions") for f in (CORPUS / kind).rglob("*.xml"))
    found = []
    for file in files:
        try:
            bill = parse(next(iter(resolve([str(file)]))))
        except LegannotError as wrong:
            print(f"left out: {wrong}", file=sys.stderr)
            continue
        name = str(file.relative_to(CORPUS))
        found.append((name, tuple(read(bill).units.values())))
    return found


def loud(
    bills: Sequence[tuple[str, tuple[Unit, ...]]], packs: Packs, encoder: Encoder | None
) -> Iterator[tuple[str, Tag]]:
    """Every asserted core tag in these bills."""
    for name, units in bills:
        for tag in tag_units(units, packs, encoder):
            if tag.status is Status.ASSERTED and tag.topic.startswith(CORE):
                yield name, tag


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("labels", nargs="*", type=Path)
    asked.add_argument("--silence", action="store_true")
    asked.add_argument("--speed", action="store_true")
    options = asked.parse_args()
    packs = load_packs()
    bills = corpus() if CORPUS.is_dir() else []
    total = sum(len(units) for _, units in bills)
    if options.silence:
        for name, tag in loud(bills, packs, None):
            print(f"{name}\t{tag.path}\t{tag.rule}\t{tag.evidence[0].quote}")
    elif options.speed:
        _speed(bills, packs)
    else:
        _table(options.labels, bills, total, packs)


def _table(
    files: Sequence[Path],
    bills: Sequence[tuple[str, tuple[Unit, ...]]],
    total: int,
    packs: Packs,
) -> None:
    labels = [(file.stem, load_labels(file, packs.topics)) for file in files]
    print("| layer | " + " | ".join(f"{n}: core, micro, hard" for n, _ in labels) + " | silence |")
    print("| --- |" + " --- |" * (len(labels) + 1))
    encoder = load_encoder(cache=cache_folder()).encoder
    rows: list[tuple[str, Packs, Encoder | None]] = [(n, p, None) for n, p in layers(packs)]
    if encoder is not None:
        rows.append(("+ sentence model", packs, encoder))
    for name, some, model in rows:
        cells = []
        for _, labelled in labels:
            judged = evaluate(labelled, some, model)
            core = judged.score(leaf for leaf in some.leaves if leaf.startswith(CORE))
            every = judged.score(some.leaves)
            n, false = judged.hard_negatives()
            cells.append(f"{core.f1:.3f}, {every.f1:.3f}, {false} of {n}")
        # The model asserts nothing and is asked about few; what it vetoes can only be less.
        places = {(bill, tag.path) for bill, tag in loud(bills, some, None)} if not model else None
        silence = "as above" if places is None else f"{100 * len(places) / max(total, 1):.3f} %"
        print(f"| {name} | " + " | ".join(cells) + f" | {silence} |", flush=True)
    print(f"\n{total:,} provisions of {len(bills)} files of the corpus.")


def _speed(bills: Sequence[tuple[str, tuple[Unit, ...]]], packs: Packs) -> None:
    texts = [unit.text for _, units in bills for unit in units]
    size = sum(map(len, texts)) / 1e6
    tag_units(bills[0][1], packs, None)
    start = process_time()
    for _, units in bills:
        tag_units(units, packs, None)
    tagged = process_time() - start
    start = process_time()
    for text in texts:
        set(re.findall(r"\w+", text.lower()))
    bare = process_time() - start
    print(
        f"{size:.1f} MB of text, {len(texts):,} provisions: rules {size / tagged:.2f} MB/s of one "
        f"processor, {tagged / bare:.1f} times a search for words"
    )


if __name__ == "__main__":
    main()
