"""Speed and memory of the parser on the largest files of the corpus.

    python bench/parsing.py [--corpus ../shared/corpus] [--files 4]

`walk` is the yardstick: a bare lxml parse and a visit of every node that reads its name, attributes
and words, which any reader must do.  `parse` gives the finished bill.  Each time is the best of
five.  Memory is what a process of its own grew by, as a multiple of the file: by lxml's tree alone,
and by parsing.
"""

from __future__ import annotations

import argparse
import gc
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from lxml import etree

from legannot.cli import GARBAGE_THRESHOLD
from legannot.parse import parse
from legannot.source import from_bytes

ROUNDS = 5
# The kernel's own count: what Python and libxml2 hold, which no counter inside Python sees.
MEMORY = """
import sys
from pathlib import Path
from lxml import etree
from legannot.parse import parse
from legannot.source import from_bytes

def kilobytes(name):
    return int(Path("/proc/self/status").read_text().partition(name)[2].split()[0])

source = from_bytes("measured.xml", Path(sys.argv[1]).read_bytes())
before = kilobytes("VmRSS:")
held = parse(source) if sys.argv[2] == "parse" else etree.fromstring(source.data)
print((kilobytes("VmHWM:") - before) * 1024 / len(source.data))
"""


def best(work: Callable[[], object]) -> float:
    """Seconds of the fastest of several rounds, without the garbage of the one before."""
    times = []
    for _ in range(ROUNDS):
        gc.collect()
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return min(times)


def walk(data: bytes) -> int:
    """Parse and visit every node as a reader must."""
    words = 0
    for element in etree.fromstring(data).iter():
        words += bool(element.tag) + len(element.text or "") + len(element.tail or "")
        words += len(element.attrib)
    return words


def measure(file: Path) -> str:
    """The figures of one file as a line of the table."""
    data = file.read_bytes()
    source = from_bytes(str(file), data)
    bare = best(lambda: etree.fromstring(data))
    yardstick = best(lambda: walk(data))
    whole = best(lambda: parse(source))
    name = f"{file.parent.name} {file.name}"
    return (
        f"{name:28} {len(data) / 1e6:6.1f} {bare:7.3f} {yardstick:7.3f} {whole:7.3f}"
        f" {whole / yardstick:6.1f} {memory(file, 'lxml'):8.1f} {memory(file, 'parse'):8.1f}"
    )


def memory(file: Path, what: str) -> float:
    """What a process grows by while it parses a file, as a multiple of the file."""
    done = subprocess.run(
        [sys.executable, "-c", MEMORY, str(file), what], capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def main() -> int:
    """Print the table."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    arguments.add_argument("--files", type=int, default=4)
    chosen = arguments.parse_args()
    # As the program itself does.
    gc.set_threshold(GARBAGE_THRESHOLD)
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
