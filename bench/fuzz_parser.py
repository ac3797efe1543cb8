"""Fuzz the parser: mutations of corpus files must give a bill or one clear line.

    python bench/fuzz_parser.py [--inputs 10000] [--files 50] [--seed 1] [--corpus ../shared/corpus]

Half of the mutations work on bytes and mostly break the XML; the other half work on the tree, so
that the result is well-formed and reaches the reader.  What must hold for each input:

- `parse` returns a `Bill` or raises `InputError`; anything else is a traceback;
- it does so within two seconds; anything longer is a hang;
- paths are unique, texts are folded and spans lie inside them.

A failing input is rebuilt from its seed, which is printed.
"""

from __future__ import annotations

import argparse
import random
import resource
import signal
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from lxml import etree

from legannot.errors import InputError
from legannot.model import Bill
from legannot.parse import parse
from legannot.source import from_bytes

LIMIT_SECONDS = 2
LARGEST_FILE = 150_000

# ── mutations of bytes ────────────────────────────────────────────────────────────────────────────

_TOKENS = (
    b"<", b">", b"&", b"&amp;", b"&sect;", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<?", b"?>",
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xe2\x80\x94", b"\xc2\xad", b"'", b'"', b"/>",
    b"<!DOCTYPE x [", b"<!ENTITY a 'b'>", b"<text>", b"</text>", b"<quoted-block>",
    b"encoding='UTF-16'", b"\r\n",
)  # fmt: skip


def _slice(rng: random.Random, data: bytes) -> tuple[int, int]:
    start = rng.randrange(len(data) + 1)
    return start, min(len(data), start + rng.choice((1, 8, 64, 512, 4096)))


def _flip(rng: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice((1, 4, 32))):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def _delete(rng: random.Random, data: bytes) -> bytes:
    start, end = _slice(rng, data)
    return data[:start] + data[end:]


def _double(rng: random.Random, data: bytes) -> bytes:
    start, end = _slice(rng, data)
    return data[:end] + data[start:]


def _insert(rng: random.Random, data: bytes) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.choice(_TOKENS) * rng.choice((1, 1, 1, 50)) + data[at:]


def _truncate(rng: random.Random, data: bytes) -> bytes:
    return data[: rng.randrange(1, len(data))]


def _recode(rng: random.Random, data: bytes) -> bytes:
    encoding = rng.choice(("utf-16", "utf-32", "latin-1", "utf-7", "cp500"))
    return data.decode("utf-8", "replace").encode(encoding, "replace")


BYTE_MUTATIONS: tuple[Callable[[random.Random, bytes], bytes], ...] = (
    _flip,
    _delete,
    _double,
    _insert,
    _truncate,
    _recode,
)

# ── mutations of trees ────────────────────────────────────────────────────────────────────────────

_NAMES = (
    "section", "text", "enum", "header", "quoted-block", "quote", "footnote", "table", "entry",
    "toc", "continuation-text", "external-xref", "graphic", "legis-body", "form", "novelty",
    "linebreak", "added-phrase", "deleted-phrase", "num", "heading", "content", "chapeau", "level",
    "quotedContent", "p", "sidenote", "page", "main", "preamble", "recital", "ref", "inline",
)  # fmt: skip
_WORDS = (
    " ", "\u2002", "\u00ad", "e\u0301", "\u0301", "(a)", "[]", "()", ", ", "—", "\u200b",
    "\U0001f600", "§", "SEC. 3.", "\u2028", "x" * 300,
)  # fmt: skip
_ATTRIBUTES = (
    ("changed", ("added", "deleted", "not-changed", "?")),
    ("reported-display-style", ("italic", "strikethrough", "bold-brackets", "")),
    ("parsable-cite", ("usc/1/1", "")),
    ("class", ("inline", "small-caps")),
)


def _rename(rng: random.Random, element: etree._Element, _other: etree._Element) -> None:
    namespace = str(element.tag).rpartition("}")[0]
    name = rng.choice(_NAMES)
    element.tag = f"{namespace}}}{name}" if namespace else name


def _remove(_rng: random.Random, element: etree._Element, _other: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _copy(rng: random.Random, element: etree._Element, other: etree._Element) -> None:
    copy = etree.fromstring(etree.tostring(element, with_tail=False))
    other.insert(rng.randrange(len(other) + 1), copy)


def _reword(rng: random.Random, element: etree._Element, _other: etree._Element) -> None:
    element.text = f"{element.text or ''}{rng.choice(_WORDS)}"


def _reword_after(rng: random.Random, element: etree._Element, _other: etree._Element) -> None:
    element.tail = f"{rng.choice(_WORDS)}{element.tail or ''}"


def _attribute(rng: random.Random, element: etree._Element, _other: etree._Element) -> None:
    name, values = rng.choice(_ATTRIBUTES)
    element.set(name, rng.choice(values))


def _deepen(rng: random.Random, element: etree._Element, _other: etree._Element) -> None:
    for _ in range(rng.choice((1, 10, 60))):
        wrapped = etree.SubElement(element, element.tag)
        wrapped.text = "deep"
        element = wrapped


TREE_MUTATIONS: tuple[Callable[[random.Random, etree._Element, etree._Element], None], ...] = (
    _rename,
    _remove,
    _copy,
    _reword,
    _reword_after,
    _attribute,
    _deepen,
)


def mutate_tree(rng: random.Random, data: bytes) -> bytes:
    """A well-formed document with elements moved, doubled, renamed, dropped or reworded."""
    root = etree.fromstring(data)
    for _ in range(rng.choice((1, 2, 5, 20))):
        elements = [e for e in root.iter() if isinstance(e.tag, str) and e is not root]
        if not elements:
            break
        rng.choice(TREE_MUTATIONS)(rng, rng.choice(elements), rng.choice(elements))
    return etree.tostring(root, encoding="utf-8", xml_declaration=rng.choice((True, False)))


def mutation(seed: int, files: list[bytes]) -> bytes:
    """The input of one seed; the same seed gives the same bytes."""
    rng = random.Random(seed)
    data = rng.choice(files)
    if rng.choice((True, False)) and not data.startswith(b"<html>"):
        return mutate_tree(rng, data)
    for _ in range(rng.choice((1, 1, 3))):
        data = rng.choice(BYTE_MUTATIONS)(rng, data) or b"<"
    return data


# ── what must hold ────────────────────────────────────────────────────────────────────────────────


class Hang(Exception):  # noqa: N818  it is what happened, not an error of this script
    """The parser took longer than it may."""


def _out_of_time(_number: int, _frame: FrameType | None) -> None:
    raise Hang


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one input led to: `read`, `refused`, or what went wrong."""

    kind: str
    detail: str = ""


def outcome(data: bytes) -> Outcome:
    """Parse one input under the time limit and check what must hold."""
    signal.signal(signal.SIGALRM, _out_of_time)
    signal.setitimer(signal.ITIMER_REAL, LIMIT_SECONDS)
    try:
        bill = parse(from_bytes("mutated.xml", data))
    except InputError as error:
        line = str(error)
        return Outcome("refused") if "\n" not in line and error.cure else Outcome("unclear", line)
    except Hang:
        return Outcome("hang")
    except Exception as error:  # noqa: BLE001  every other exception is what the fuzzing looks for
        return Outcome("traceback", f"{type(error).__name__}: {error}")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    wrong = next(_broken(bill), "")
    return Outcome("broken", wrong) if wrong else Outcome("read")


def _broken(bill: Bill) -> Iterator[str]:
    paths = Counter(p.path for p in bill.walk())
    yield from (f"path {path!r} {n} times" for path, n in paths.items() if n > 1 or not path)
    for provision in bill.walk():
        for text in (provision.enum, provision.heading, provision.text):
            if text != " ".join(text.split()):
                yield f"{provision.path}: not folded"
            if not unicodedata.is_normalized("NFC", text):
                yield f"{provision.path}: not NFC"
        for text, spans in (
            (provision.text, provision.spans),
            (provision.heading, provision.heading_spans),
        ):
            if any(not 0 <= s.start < s.end <= len(text) for s in spans):
                yield f"{provision.path}: a span outside its text"


def corpus_files(corpus: Path, number: int) -> list[bytes]:
    """That many small files, evenly out of all kinds in the corpus."""
    found = sorted(
        file
        for folder in (
            "bills",
            "resolutions",
            "amendments",
            "public-laws",
            "other/comps",
            "rebuilt",
        )
        for file in (corpus / folder).rglob("*.*")
        if file.suffix in (".xml", ".htm") and file.stat().st_size <= LARGEST_FILE
    )
    step = max(1, len(found) // number)
    return [file.read_bytes() for file in found[::step][:number]]


def main() -> int:
    """Run the fuzzing and print its figures; the exit code is 1 if anything went wrong."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("--inputs", type=int, default=10_000)
    arguments.add_argument("--files", type=int, default=50)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    chosen = arguments.parse_args()
    files = corpus_files(chosen.corpus, chosen.files)
    if not files:
        print(f"no files in {chosen.corpus}", file=sys.stderr)
        return 2
    counts: Counter[str] = Counter()
    slowest = 0.0
    started = time.monotonic()
    for seed in range(chosen.seed, chosen.seed + chosen.inputs):
        data = mutation(seed, files)
        begun = time.perf_counter()
        result = outcome(data)
        slowest = max(slowest, time.perf_counter() - begun)
        counts[result.kind] += 1
        if result.kind not in ("read", "refused"):
            print(f"seed {seed}: {result.kind} {result.detail}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{chosen.inputs:,} inputs over {len(files)} files, {time.monotonic() - started:.0f} s")
    print(", ".join(f"{name}: {times:,}" for name, times in sorted(counts.items())))
    print(f"slowest {slowest:.2f} s, most memory of the process {memory} MB")
    return int(bool(set(counts) - {"read", "refused"}))


if __name__ == "__main__":
    sys.exit(main())
