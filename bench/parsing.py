"""Speed and memory of the parser on the largest files of the corpus.

    python bench/parsing.py [--corpus ../shared/corpus] [--files 4]

`walk` is the yardstick: a bare lxml parse and a visit of every node that reads its name, attributes
and words, which any reader must do.  `parse` gives the finished bill, all that any command uses.
Each round is a process of its own, as a user starts one, so that both pay for the memory they ask
for; each time is processor time, the best of all rounds, which alternate.  Memory is what a process
grew by, as a multiple of the file: by lxml's tree alone, and by parsing.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from legannot.cli import GARBAGE_THRESHOLD

ROUNDS = 9
WORKS = ("lxml", "walk", "parse")
# The kernel's own count of memory: what Python and libxml2 hold, which no counter in Python sees.
PROGRAM = """
import gc, sys, time
from pathlib import Path
from lxml import etree
from legannot.parse import parse, uslm
from legannot.source import from_bytes

def kilobytes(name):
    return int(Path("/proc/self/status").read_text().partition(name)[2].split()[0])

def walk(data):
    words = 0
    for element in etree.fromstring(data).iter():
        words += bool(element.tag) + len(element.text or "") + len(element.tail or "")
        words += len(element.attrib)
    return words

gc.set_threshold(int(sys.argv[3]))  # as the program itself does
source = from_bytes("measured.xml", Path(sys.argv[1]).read_bytes())
works = {"lxml": lambda: etree.fromstring(source.data), "walk": lambda: walk(source.data),
         "parse": lambda: parse(source)}
before = kilobytes("VmRSS:")
started = time.process_time()
held = works[sys.argv[2]]()
seconds = time.process_time() - started
print(seconds, (kilobytes("VmHWM:") - before) * 1024 / len(source.data))
"""


def once(file: Path, work: str) -> tuple[float, float]:
    """Seconds and memory, as a multiple of the file, of one process."""
    command = [sys.executable, "-c", PROGRAM, str(file), work, str(GARBAGE_THRESHOLD)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, memory = map(float, done.stdout.split())
    return seconds, memory


def measure(file: Path) -> str:
    """The figures of one file as a line of the table."""
    rounds = [{work: once(file, work) for work in WORKS} for _ in range(ROUNDS)]
    bare, walk, whole = (min(r[work][0] for r in rounds) for work in WORKS)
    tree, memory = (max(r[work][1] for r in rounds) for work in ("lxml", "parse"))
    name = f"{file.parent.name} {file.name}"
    return (
        f"{name:28} {file.stat().st_size / 1e6:6.1f} {bare:7.3f} {walk:7.3f} {whole:7.3f}"
        f" {whole / walk:6.1f} {tree:8.1f} {memory:8.1f}"
    )


def main() -> int:
    """Print the table."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    arguments.add_argument("--files", type=int, default=4)
    chosen = arguments.parse_args()
    files = sorted((chosen.corpus / "bills").rglob("*.xml"), key=lambda f: -f.stat().st_size)
    if not files:
        print(f"no files in {chosen.corpus}", file=sys.stderr)
        return 2
    print(
        f"{'file':28} {'MB':>6} {'lxml s':>7} {'walk s':>7} {'parse s':>7} {'ratio':>6}"
        f" {'tree mem':>8} {'memory':>8}"
    )
    for file in files[: chosen.files]:
        print(measure(file))
    return 0


if __name__ == "__main__":
    sys.exit(main())
