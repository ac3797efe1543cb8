"""legannot's redline beside other ways to compare two versions, on the same real pairs.

    python bench/redline.py [--bars]      (peers: pip install -c constraints.txt -e '.[bench]')

Each measurement runs in a process of its own, 60 s at most.  The peers get the words of the two
bodies ready-made (`legannot parse --format text`), xmldiff and legannot the XML files; all run at
their ordinary settings.  Columns:

    edits      places marked, a replacement counting once; for xmldiff the operations of its script
    words      words of either text with a mark on any of their characters
    unchanged  of those in deletions, the ones that the least word diff of each aligned pair of
               provisions keeps: words that nobody struck.  The pairs are legannot's, so that words
               which it fails to pair count as struck for everybody
    named      provisions said to be renumbered / to have moved; xmldiff names moved elements
    s, MB      the comparison alone (for xmldiff and legannot with reading); the most memory that
               the process held

The bars are ratios against yardsticks measured in the same run.  Linux only: memory is read from
/proc.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, groupby
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from legannot.model import Bill, Change, Comparison

ROOT = Path(__file__).resolve().parents[1]
# An installation holds compiled code.
ENVIRONMENT = {
    **{key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"},
    "PYTHONPATH": str(ROOT),
}
sys.path.insert(0, str(ROOT))

CORPUS = ROOT / ".." / "shared" / "corpus"
HR1500 = CORPUS / "bills" / "116" / "hr1500"
REBUILT = CORPUS / "rebuilt" / "119"
OMNIBUS = (
    CORPUS / "bills" / "119" / "hr5371" / "enr.xml",
    CORPUS / "bills" / "119" / "hr7148" / "enr.xml",
)
PAIRS = (
    ("116 H.R. 1500 ih-rh", HR1500 / "ih.xml", HR1500 / "rh.xml"),
    ("116 H.R. 1500 rh-eh", HR1500 / "rh.xml", HR1500 / "eh.xml"),
    ("116 H.R. 1500 eh-rfs, a reprint", HR1500 / "eh.xml", HR1500 / "rfs.xml"),
    ("119 H.R. 2709 ih-rh", REBUILT / "hr2709" / "ih.xml", REBUILT / "hr2709" / "rh.xml"),
    ("119 S. 1582 pcs-es", REBUILT / "s1582" / "pcs.xml", REBUILT / "s1582" / "es.xml"),
    ("119 H.R. 3095 ih-eh", REBUILT / "hr3095" / "ih.xml", REBUILT / "hr3095" / "eh.xml"),
    ("119 H.R. 5371 enr, H.R. 7148 enr, two acts", *OMNIBUS),
)
LARGEST = (
    CORPUS / "bills" / "116" / "hr1865" / "enr.xml",
    CORPUS / "bills" / "116" / "hr1865" / "eah.uslm.xml",
)
LIMIT = 60  # seconds
FIRST_CODE = 0x10000  # above the surrogates, which are no characters
RUNS = 9
FEW_RUNS = 3

Span = tuple[int, int]  # in characters of a text without its blanks
Run = tuple[int, str]  # -1 delete, 0 equal, 1 insert


class Found(NamedTuple):
    """What a tool marks; spans are None where its output is no text with marks."""

    edits: int
    named: str
    deleted: list[Span] | None
    inserted: list[Span] | None


# -- the tools: each takes two files and gives a function to be timed -----------------------------

Tool = Callable[[Path, Path], Callable[[], Found]]


def with_xmldiff(old: Path, new: Path) -> Callable[[], Found]:
    from xmldiff.actions import MoveNode
    from xmldiff.main import diff_files

    def work() -> Found:
        operations = diff_files(str(old), str(new))
        moves = sum(isinstance(operation, MoveNode) for operation in operations)
        return Found(len(operations), f"- / {moves}", None, None)

    return work


def with_redlines(old: Path, new: Path) -> Callable[[], Found]:
    from redlines import Redlines

    texts = old.read_text("utf-8"), new.read_text("utf-8")

    def work() -> Found:
        found = json.loads(Redlines(*texts).output_json())
        starts = [
            [0, *accumulate(len(_bare(token)) for token in found[f"{side}_tokens"])]
            for side in ("source", "test")
        ]
        spans: list[list[Span]] = [[], []]
        for change in found["changes"]:
            for side, name in enumerate(("source", "test")):
                position = change.get(f"{name}_token_position")
                if change["type"] != "equal" and position:
                    spans[side].append((starts[side][position[0]], starts[side][position[1]]))
        return Found(sum(c["type"] != "equal" for c in found["changes"]), "", *spans)

    return work


def with_difflib(old: Path, new: Path) -> Callable[[], Found]:
    from difflib import SequenceMatcher

    a, b = old.read_text("utf-8").split(), new.read_text("utf-8").split()

    def work() -> Found:
        runs: list[Run] = []
        for tag, i, j, k, m in SequenceMatcher(None, a, b).get_opcodes():
            if tag == "equal":
                runs.append((0, "".join(a[i:j])))
            else:
                runs += [(-1, "".join(a[i:j])), (1, "".join(b[k:m]))]
        return _marked(runs)

    return work


def with_diff_match_patch(old: Path, new: Path) -> Callable[[], Found]:
    from diff_match_patch import diff_match_patch

    texts = old.read_text("utf-8"), new.read_text("utf-8")
    return lambda: _marked(diff_match_patch().diff_main(*texts))


def with_diff_match_patch_on_words(old: Path, new: Path) -> Callable[[], Found]:
    """As its own guide to line or word mode has it: one character a word, here without deadline."""
    from diff_match_patch import diff_match_patch

    codes: dict[str, str] = {}
    words: list[str] = []

    def encoded(text: str) -> str:
        letters = []
        for word in re.findall(r"\S+|\s+", text):
            if word not in codes:
                codes[word] = chr(FIRST_CODE + len(words))
                words.append(word)
            letters.append(codes[word])
        return "".join(letters)

    texts = encoded(old.read_text("utf-8")), encoded(new.read_text("utf-8"))

    def work() -> Found:
        engine = diff_match_patch()
        engine.Diff_Timeout = 0
        runs = engine.diff_main(*texts, checklines=False)
        return _marked(
            (sign, "".join(words[ord(code) - FIRST_CODE] for code in part)) for sign, part in runs
        )

    return work


def with_flat_tokens(old: Path, new: Path) -> Callable[[], Found]:
    from legannot.diff.engine import diff
    from legannot.diff.tokens import tokens

    texts = old.read_text("utf-8"), new.read_text("utf-8")

    def work() -> Found:
        runs = diff(tokens(texts[0]), tokens(texts[1]))
        return _marked((sign, "".join(part)) for sign, part in runs)

    return work


def with_legannot(old: Path, new: Path) -> Callable[[], Found]:
    from legannot.diff import compare
    from legannot.parse import parse
    from legannot.source import resolve

    def work() -> Found:
        from legannot.model import ChangeKind

        before, after = map(parse, resolve([str(old), str(new)]))
        comparison = compare(before, after)
        kinds = [kind for row in comparison.rows for kind in row.kinds]
        named = f"{kinds.count(ChangeKind.RENUMBERED)} / {kinds.count(ChangeKind.MOVED)}"
        return Found(_places(comparison.rows), named, *spans_of(comparison))

    return work


TOOLS: dict[str, tuple[str, Tool]] = {
    "xmldiff": ("xml", with_xmldiff),
    "redlines": ("text", with_redlines),
    "difflib, words": ("text", with_difflib),
    "diff-match-patch": ("text", with_diff_match_patch),
    "the same on words": ("text", with_diff_match_patch_on_words),
    "flat token diff": ("text", with_flat_tokens),
    "legannot": ("xml", with_legannot),
}


def _bare(text: str) -> str:
    """Text without blanks, and without the sign that redlines puts between paragraphs."""
    return "".join(text.replace("¶", "").split())


def _marked(runs: Iterable[Run]) -> Found:
    spans: tuple[list[Span], list[Span]] = ([], [])
    at = [0, 0]
    edits, inside = 0, False
    for sign, text in runs:
        length = len(_bare(text))
        for side, moves in enumerate((sign <= 0, sign >= 0)):
            if moves:
                if sign and length:
                    spans[side].append((at[side], at[side] + length))
                at[side] += length
        edits += bool(sign and length and not inside)
        # An edit of blanks alone is none; a kept run, however short, ends one.
        inside = bool(sign) and (inside or bool(length))
    return Found(edits, "", *spans)


# -- legannot's own marks -------------------------------------------------------------------------


def _places(rows: Sequence[Change]) -> int:
    """Marks inside provisions of both versions, and each added or removed subtree as one.

    A part whose words came from elsewhere counts as one, and each edit to those words.
    """
    from legannot.diff import count_edits, told_once

    whole: Change | None = None
    alone = 0
    for row in rows:
        if whole is not None and row.depth > whole.depth and row.kinds == whole.kinds:
            continue
        whole = row if row.old is None or row.new is None else None
        alone += whole is not None
        if whole is not None and row.whole:
            marked = (edit.op != "equal" for edit in told_once(row.edits))
            alone += sum(mark for mark, _ in groupby(marked))
    return count_edits(rows) + alone


def spans_of(comparison: Comparison) -> tuple[list[Span], list[Span]]:
    """What a comparison strikes in the old body and inserts in the new one, numbers included.

    Words that went with a part that was split off or merged are marked only where edits to them
    are, in both bodies.
    """
    inner = {
        (edit.at, row.new.path): edit.inner
        for row in comparison.rows
        if row.new
        for edit in row.edits
        if edit.inner
    }
    at = [_offsets(comparison.old), _offsets(comparison.new)]
    found: tuple[list[Span], list[Span]] = ([], [])
    for row in comparison.rows:
        old, new = row.old, row.new
        for side, provision, other, op in ((0, old, new, "delete"), (1, new, old, "insert")):
            if provision is None:
                continue
            place = at[side][provision.path]
            enum = len(_bare(provision.enum))
            if enum and (other is None or provision.enum != other.enum):
                found[side].append((place, place + enum))
            place += enum
            path = provision.path
            for edit in (*row.heading_edits, *row.edits):
                pair = (path, edit.at) if op == "delete" else (edit.at, path)
                for part in inner.get(pair, (edit,)) if edit.op == op else (edit,):
                    length = len(_bare(part.text))
                    if part.op == op:
                        found[side].append((place, place + length))
                    if part.op in (op, "equal"):
                        place += length
    return found


def _offsets(bill: Bill) -> dict[str, int]:
    found, at = {}, 0
    for provision in bill.walk():
        found[provision.path] = at
        at += sum(len(_bare(part)) for part in (provision.enum, provision.heading, provision.text))
    return found


# -- counting -------------------------------------------------------------------------------------


def _touched(text: str, spans: Iterable[Span]) -> set[int]:
    """The words of a text, by number, that have a character in one of the spans."""
    size = len(_bare(text))
    marks = bytearray(size)
    for start, end in spans:
        marks[start:end] = b"\1" * (end - start)
    touched, at = set(), 0
    for number, word in enumerate(re.findall(r"\S+", text)):
        if any(marks[at : at + len(word)]) and any(map(str.isalnum, word)):
            touched.add(number)
        at += len(word)
    return touched


def measure(name: str, old: Path, new: Path) -> None:
    """Run one tool on two files and print what it found, how long it took, what it held."""
    work = TOOLS[name][1](old, new)
    start = perf_counter()
    found = work()
    seconds = perf_counter() - start
    print(json.dumps({"seconds": seconds, "peak": _peak(), "found": found}))


def _peak() -> float:
    # Not `getrusage`: a child's peak there is never below what its parent held when it forked.
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def table() -> None:
    """One block of rows a pair."""
    from legannot.diff import compare
    from legannot.parse import parse
    from legannot.render.terminal import body_text
    from legannot.source import resolve

    print(f"{'':19} {'edits':>7} {'words':>7} {'unchanged':>9} {'named':>9} {'s':>9} {'MB':>6}")
    for title, *files in PAIRS:
        old, new = (parse(s).as_reported() for s in resolve(list(map(str, files))))
        texts = body_text(old), body_text(new)
        least = _touched(texts[0], spans_of(compare(old, new, "word"))[0])
        print(title, flush=True)
        with tempfile.TemporaryDirectory() as folder:
            plain = [Path(folder) / side for side in ("old.txt", "new.txt")]
            for path, text in zip(plain, texts, strict=True):
                path.write_text(text, "utf-8")
            for name, (kind, _) in TOOLS.items():
                print(f"  {name:17}", _row(name, plain if kind == "text" else files, texts, least))


def _row(name: str, files: Sequence[Path], texts: tuple[str, str], least: set[int]) -> str:
    command = [sys.executable, __file__, "--tool", name, *map(str, files)]
    try:
        done = subprocess.run(command, check=False, capture_output=True, timeout=LIMIT)
    except subprocess.TimeoutExpired:
        return f"over {LIMIT} s"
    if done.returncode:
        return done.stderr.decode().strip().rpartition("\n")[2]
    result = json.loads(done.stdout)
    found = Found(*result["found"])
    words = unchanged = "-"
    if found.deleted is not None and found.inserted is not None:
        deleted = _touched(texts[0], found.deleted)
        words = f"{len(deleted) + len(_touched(texts[1], found.inserted)):,}"
        unchanged = f"{len(deleted - least):,}"
    return (
        f"{found.edits:7,} {words:>7} {unchanged:>9} {found.named or '-':>9}"
        f" {result['seconds']:9.3f} {result['peak']:6.0f}"
    )


# -- bars -----------------------------------------------------------------------------------------


def bars() -> None:
    """Everyday commands against yardsticks of the same run."""
    command = ("-m", "legannot", "diff", "--format", "json")
    pair = (str(HR1500 / "rh.xml"), str(HR1500 / "eh.xml"))
    # In turn, so that other work on the machine slows both; the first may compile the code.
    seconds = [
        (_process(*command, *pair)[0], _process("-c", "import click, lxml.etree, rapidfuzz")[0])
        for _ in range(RUNS + 1)
    ][1:]
    everyday, imports = (median(values) for values in zip(*seconds, strict=True))
    ratio = everyday / imports
    print(f"diff H.R. 1500 rh eh: {everyday:.3f} s, imports alone {imports:.3f} s, {ratio:.2f} x")
    omnibus = [_process(*command, *map(str, OMNIBUS)) for _ in range(FEW_RUNS)]
    wall, work, memory = (median(values) for values in zip(*omnibus, strict=True))
    print(
        f"diff H.R. 5371 H.R. 7148: {wall:.2f} s (bar 2), {work:.2f} s of a processor,"
        f" {memory:.0f} MB (bar 400)"
    )
    subprocess.run([sys.executable, __file__, "--largest"], check=True)


def _process(*arguments: str) -> tuple[float, float, float]:
    """Seconds, processor seconds and megabytes of a Python process; this one must hold less."""
    start = perf_counter()
    with Path(os.devnull).open("w") as nowhere:
        child = subprocess.Popen(
            [sys.executable, *arguments],
            stdout=nowhere,
            stderr=nowhere,
            env=ENVIRONMENT,
        )
        _, status, usage = os.wait4(child.pid, 0)
    seconds = perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, arguments)
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def largest() -> None:
    """The largest pair: alignment and diff against one flat word diff by the C++ port."""
    from fast_diff_match_patch import diff as port

    from legannot.diff import compare
    from legannot.parse import parse
    from legannot.render.terminal import body_text
    from legannot.source import resolve

    old, new = (parse(s).as_reported() for s in resolve(list(map(str, LARGEST))))
    codes: dict[str, str] = {}

    def encoded(text: str) -> str:
        words = re.findall(r"\w+|\W", text)
        return "".join(codes.setdefault(word, chr(0x10000 + len(codes))) for word in words)

    texts = encoded(body_text(old)), encoded(body_text(new))

    def timed(work: Callable[[], object]) -> float:
        start = perf_counter()
        work()
        return perf_counter() - start

    compared = median(timed(lambda: compare(old, new)) for _ in range(FEW_RUNS))
    flat = median(
        timed(lambda: port(*texts, timelimit=0, checklines=False, cleanup="No", counts_only=True))
        for _ in range(FEW_RUNS)
    )
    count = sum(1 for _ in old.walk())
    print(f"H.R. 1865 enr, eah, {count:,} provisions: align and diff {compared:.2f} s,", end="")
    print(f" flat word diff {flat:.2f} s, {compared / flat:.2f} x (bar 3)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bars", action="store_true", help="only the bars")
    parser.add_argument("--tool", choices=TOOLS, help=argparse.SUPPRESS)
    parser.add_argument("--largest", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("files", nargs="*", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.tool:
        measure(options.tool, *options.files)
    elif options.largest:
        largest()
    else:
        bars()
        if not options.bars:
            table()


if __name__ == "__main__":
    main()
