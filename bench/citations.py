"""How well citations of law are read, beside eyecite and citeurl.

    python bench/citations.py [--corpus ../shared/corpus] [--peers] [--list N] [--all]

Against the markup: the marks (`external-xref`) are taken out of every bill, the citations read from
the words alone, and the marks looked up among them.  A mark is found if a citation that overlaps it
names the same law at the same place or more exactly (the markup often stops at the section); one
that overlaps and names other law is wrong.  What no mark covers the markup cannot judge.

Against the hand list (`bench/labels/citations.jsonl`): 414 passages of the corpus in which a person
noted every citation of law and its normal form; a citation is right if it overlaps a noted one and
has its form.  Every third of the first 200 (`held`) was first looked at when the others were done;
what it showed was then mended; 59 more (`second`), 80 more (`third`) and 75 more (`fourth`) were
each drawn and labelled after that, before any run on them.

`--peers` runs eyecite and citeurl, where they are installed, on the same words, by the same rule.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "bench"))

from instructions import files

from legannot.errors import InputError
from legannot.model import Bill, Context, Provision
from legannot.parse import parse
from legannot.read.citations import citations
from legannot.read.cited import marked
from legannot.read.tree import Tree
from legannot.read.units import units
from legannot.source import from_bytes

LABELS = ROOT / "bench" / "labels" / "citations.jsonl"
# Kinds that a mark can name.
KINDS = ("usc", "public-law", "statute", "cfr", "act", "order", "other")


@dataclass(frozen=True, slots=True)
class Found:
    """A citation by its place and normal form."""

    start: int
    end: int
    target: str


Reader = Callable[[str], list[Found]]


def unmarked(provision: Provision) -> Provision:
    """A provision without its marks of citations, and those below it."""
    return replace(
        provision,
        spans=tuple(span for span in provision.spans if span.kind != "external-xref"),
        children=tuple(unmarked(child) for child in provision.children),
    )


def ours(bill: Bill) -> dict[str, list[Found]]:
    """Our citations of external law by path."""
    found: dict[str, list[Found]] = {}
    for one in citations(bill, Tree(bill), units(bill)):
        if one.kind in KINDS and one.target:
            found.setdefault(one.path, []).append(Found(one.start, one.end, one.target))
    return found


def same(expected: str, target: str) -> bool:
    """Whether a target is the expected one or a place in it.

    The Internal Revenue Code of 1986 is title 26 of the Code (26 U.S.C. 1 note): two names of one
    law.  A chapter lies in its title.
    """
    wanted, given = expected.lower().rstrip("/"), target.lower()
    given = given.replace("act/internal revenue code of 1986", "usc/26")
    if given.startswith("usc-chapter/"):
        chapter = given
        given = given.replace("usc-chapter/", "usc/")
        if wanted.startswith("usc-chapter/"):
            given = chapter
    elif wanted.startswith("usc-chapter/"):
        given = given.replace("usc/", "usc-chapter/").replace("/chapter/", "/")
    return given == wanted or given.startswith(f"{wanted}/")


def peers() -> dict[str, Reader]:
    """The readers of other projects that are installed, by name."""
    found: dict[str, Reader] = {}
    try:
        from eyecite import get_citations
        from eyecite.models import FullLawCitation
    except ImportError:
        pass
    else:

        def eyecite(text: str) -> list[Found]:
            law = (c for c in get_citations(text) if isinstance(c, FullLawCitation))
            return [Found(*c.span(), _statute(c.matched_text())) for c in law]

        found["eyecite"] = eyecite
    try:
        from citeurl import Citator
    except ImportError:
        pass
    else:
        citator = Citator()

        def citeurl(text: str) -> list[Found]:
            return [Found(*c.span, _tokens(c)) for c in citator.list_cites(text)]

        found["citeurl"] = citeurl
    return found


def _statute(words: str) -> str:
    """`15 U.S.C. § 78d(j)` as usc/15/78d/j."""
    if match := re.search(
        r"(\d+)\s+(U\.\s?S\.\s?C|C\.\s?F\.\s?R)\D*?([\d][\w.–-]*)((?:\(\w+\))*)", words
    ):
        code = "usc" if "S" in match[2] else "cfr"
        labels = re.findall(r"\w+", match[4])
        return "/".join((code, match[1], match[3].replace("–", "-"), *labels))
    if match := re.search(r"(\d+)[-–](\d+)", words):
        return f"pl/{match[1]}/{match[2]}"
    if match := re.search(r"(\d+)\s+Stat\.?\s+(\d+)", words):
        return f"stat/{match[1]}/{match[2]}"
    return words


def _tokens(cite: object) -> str:
    """Our form of what citeurl says of a citation."""
    tokens = {
        key.lower(): str(value) for key, value in getattr(cite, "tokens", {}).items() if value
    }
    name = str(getattr(getattr(cite, "template", None), "name", "")).lower()
    kinds = {
        "u.s. code": "usc",
        "code of federal": "cfr",
        "public law": "pl",
        "statutes at": "stat",
    }
    code = next((form for key, form in kinds.items() if key in name), name)
    keys = ("title", "congress", "volume", "section", "part", "law", "law number", "number", "page")
    labels = [tokens[key] for key in keys if key in tokens]
    return "/".join((code, *labels, *re.findall(r"\w+", tokens.get("subsection", ""))))


def against_marks(corpus: Path, readers: dict[str, Reader], *, everything: bool) -> list[str]:
    """Count for every reader what it finds of the marks; returns the misses of ours."""
    counts: Counter[tuple[str, str]] = Counter()
    missed: list[str] = []
    seen: set[tuple[str, tuple[tuple[int, str], ...]]] = set()
    for path in files(corpus):
        try:
            bill = parse(from_bytes(path.name, path.read_bytes()))
        except InputError:
            continue
        plain = replace(bill, provisions=tuple(unmarked(p) for p in bill.provisions))
        found = ours(plain)
        for provision in bill.walk():
            marks = [s for s in provision.spans if s.kind == "external-xref" and s.value]
            if provision.context is Context.TOC:
                continue
            key = provision.text, tuple((mark.start, mark.value) for mark in marks)
            # A bill stands in the corpus in several versions; a passage counts once.
            if not marks or (key in seen and not everything):
                continue
            seen.add(key)
            results = {"legannot": found.get(provision.path, [])}
            results |= {name: read(provision.text) for name, read in readers.items()}
            for mark in marks:
                expected = marked(mark.value).target
                for name, cites in results.items():
                    over = [c for c in cites if c.start < mark.end and mark.start < c.end]
                    right = any(same(expected, c.target) for c in over)
                    counts[name, "marks"] += 1
                    counts[name, "right"] += right
                    counts[name, "wrong"] += bool(over) and not right
                    if name == "legannot" and not right:
                        read = ", ".join(c.target for c in over) or "nothing"
                        missed.append(
                            f"{path.relative_to(corpus)} {provision.path}: {expected}"
                            f" [{mark.of(provision.text)}] read as {read}"
                        )
    for name in ("legannot", *readers):
        report(f"markup    {name:9}", *(counts[name, key] for key in ("right", "wrong", "marks")))
    return missed


def against_labels(corpus: Path, readers: dict[str, Reader]) -> list[str]:
    """Count for every reader what it finds of the hand list; returns the misses of ours."""
    missed: list[str] = []
    counts: Counter[tuple[str, str, str]] = Counter()
    labels = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    bills: dict[str, tuple[Bill, dict[str, list[Found]]]] = {}
    for label in labels:
        if label["file"] not in bills:
            source = corpus / label["file"]
            bill = parse(from_bytes(source.name, source.read_bytes()))
            plain = replace(bill, provisions=tuple(unmarked(p) for p in bill.provisions))
            bills[label["file"]] = plain, ours(plain)
        bill, found = bills[label["file"]]
        text = next(p.text for p in bill.walk() if p.path == label["path"])
        begin, stop = label["start"], label["end"]
        noted = [Found(c["start"], c["end"], c["target"]) for c in label["citations"]]
        results = {"legannot": found.get(label["path"], [])}
        results |= {name: read(text) for name, read in readers.items()}
        part = label["part"]
        for name, every in results.items():
            cites = [c for c in every if begin <= c.start < stop]
            used: set[int] = set()
            for one in noted:
                hit = next(
                    (i for i, c in enumerate(cites) if _hits(one, c) and i not in used), None
                )
                counts[name, part, "marks"] += 1
                counts[name, part, "right"] += hit is not None
                if hit is not None:
                    used.add(hit)
                elif name == "legannot":
                    missed.append(f"{part} {label['file']} {label['path']}: missed {one.target}")
            extra = [c for i, c in enumerate(cites) if i not in used]
            counts[name, part, "wrong"] += len(extra)
            if name == "legannot":
                missed += [
                    f"{part} {label['file']} {label['path']}: {c.target} [{text[c.start : c.end]}]"
                    " is not in the list"
                    for c in extra
                ]
    for part in ("open", "held", "second", "third", "fourth"):
        for name in ("legannot", *readers):
            numbers = (counts[name, part, key] for key in ("right", "wrong", "marks"))
            report(f"hand {part:6} {name:9}", *numbers)
    return missed


def _hits(noted: Found, cited: Found) -> bool:
    overlap = cited.start < noted.end and noted.start < cited.end
    return overlap and cited.target.lower() == noted.target.lower()


def report(name: str, right: int, wrong: int, total: int) -> None:
    """One line: precision, recall and the numbers they come of."""
    precision = right / (right + wrong) if right + wrong else 0.0
    recall = right / total if total else 0.0
    print(f"{name} precision {precision:.4f} recall {recall:.4f}   {right} right, {wrong} wrong,"
          f" {total} to find")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, default=ROOT / ".." / "shared" / "corpus")
    parser.add_argument("--peers", action="store_true", help="Run eyecite and citeurl as well.")
    parser.add_argument("--list", type=int, default=0, help="Show so many misses.")
    parser.add_argument("--all", action="store_true", help="Count a passage in every version.")
    options = parser.parse_args()
    readers = peers() if options.peers else {}
    missed = against_labels(options.corpus, readers) if LABELS.exists() else []
    missed += against_marks(options.corpus, readers, everything=options.all)
    for line in missed[: options.list]:
        print(" ", line)


if __name__ == "__main__":
    main()
