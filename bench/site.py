"""How long a site of 200 bills takes to build, again after nothing and after one bill changed.

The bills are copies of real ones under other numbers where the corpus is beside this checkout, and
copies of the sample where it is not.  Run with `python bench/site.py [BILLS]`.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CORPUS = (ROOT / ".." / "shared" / "corpus" / "bills").resolve()
SAMPLE = ROOT / "corpus" / "sample" / "model-access"
# The bar of the specification, on two cores.
BAR = 120
VERSIONS = (2, 3, 4)
# One omnibus act takes as long as fifty bills, and a site seldom has fifty of them.
LARGEST = 400_000
STAGES = ("ih", "is", "rh", "rs", "eh", "es", "rfs", "rfh", "rds", "enr")


def folders() -> Iterator[Path]:
    """Bills of the corpus in Bill DTD with two to four versions, else the sample."""
    if not CORPUS.is_dir():
        yield SAMPLE
        return
    for folder in sorted(CORPUS.glob("*/*")):
        versions = [path for path in folder.glob("*.xml") if path.stem in STAGES]
        sizes = [path.stat().st_size for path in versions]
        if len(sizes) in VERSIONS and max(sizes) < LARGEST:
            yield folder


def main() -> None:
    """Print seconds of three runs."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        versions = _write(place, wanted)
        print(f"{wanted} bills in {versions} versions, tagged by rules alone, from start to end:")
        print(f"  first run            {_run(place)}   (bar: {BAR} s on two cores)")
        print(f"  nothing changed      {_run(place)}")
        file = next((place / "b0").glob("*.xml"))
        file.write_text(file.read_text("utf-8").replace(" the ", " such ", 2), "utf-8")
        print(f"  one bill changed     {_run(place)}")
        size = sum(path.stat().st_size for path in (place / "public").rglob("*") if path.is_file())
        pages = sum(1 for _ in (place / "public").rglob("*.html"))
        print(f"  {pages} pages, {size / 1e6:.0f} MB")


def _write(place: Path, wanted: int) -> int:
    sources = list(folders())
    entries = []
    number = 0
    for i in range(wanted):
        folder = place / f"b{i}"
        folder.mkdir()
        for path in sources[i % len(sources)].glob("*.xml"):
            if path.stem in STAGES:
                text = path.read_text(encoding="utf-8")
                # Another word in every copy: nothing may be gained from bills that are the same.
                text = re.sub(r"\bthe Secretary\b", f"the Secretary ({i})", text, count=1)
                (folder / path.name).write_text(text, encoding="utf-8")
                number += 1
        entries.append(f"  - versions: [b{i}]\n    id: 119hr{i + 1}\n")
    head = "title: Bench\naddress: https://example.org/\npublisher: Bench\nbills:\n"
    (place / "site.yaml").write_text(head + "".join(entries), encoding="utf-8")
    return number


def _run(place: Path) -> str:
    start, before = time.perf_counter(), os.times()
    program = [sys.executable, "-m", "legannot", "site", str(place / "site.yaml"), "-q"]
    subprocess.run([*program, "--no-embeddings"], check=True, cwd=ROOT)
    after = os.times()
    used = after.children_user + after.children_system
    used -= before.children_user + before.children_system
    return f"{time.perf_counter() - start:7.1f} s by the clock, {used:6.1f} s of processor"


if __name__ == "__main__":
    main()
