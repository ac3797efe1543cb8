"""Requests and seconds of `track check` over 40 bills of which nothing is new.

    python bench/tracking.py [--bills 40]

A server of its own process publishes the bills and answers at once, so that the seconds are
legannot's own, the start of the program with them.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from legannot.model import BillId
from tests.published import Published
from tests.replay import Replay


def run(environment: dict[str, str], *arguments: str) -> tuple[int, float]:
    """A command of legannot: its exit code and seconds."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "legannot", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    return done.returncode, time.perf_counter() - start


def serve(count: int) -> None:
    """Publish bills until standard input ends; say how many requests came for each line read."""
    with Replay() as server:
        for number in range(1, count + 1):
            Published(server, BillId(119, "hr", number), ("ih", "rh"))
        print(server.address, flush=True)
        for _ in sys.stdin:
            print(len(server.asked), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bills", type=int, default=40)
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.serve:
        serve(chosen.bills)
        return
    command = [sys.executable, __file__, "--serve", "--bills", str(chosen.bills)]
    with (
        tempfile.TemporaryDirectory() as place,
        subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as server,
    ):
        to, answers = server.stdin, server.stdout
        if to is None or answers is None:
            raise RuntimeError

        def asked() -> int:
            to.write("\n")
            to.flush()
            return int(answers.readline())

        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "LEGANNOT_LIBRARY": str(Path(place) / "library"),
            "LEGANNOT_GOVINFO_URL": answers.readline().strip(),
            "XDG_CACHE_HOME": str(Path(place) / "cache"),
        }
        bills = [f"119hr{number}" for number in range(1, chosen.bills + 1)]
        run(environment, "fetch", "-q", *bills)
        run(environment, "track", "add", "-q", *bills)
        # The first check looks for the bills' texts in one another.
        run(environment, "track", "check", "-q", "--no-embeddings")
        best, requests = 60.0, 0
        for _ in range(3):
            before = asked()
            code, seconds = run(environment, "track", "check", "-q")
            requests = max(requests, asked() - before)
            best = min(best, seconds)
            if code:
                raise SystemExit(f"track check ended with {code}, though nothing was new")
        print(f"{chosen.bills} bills, nothing new: {requests} requests, {best:.2f} s")
        to.close()


if __name__ == "__main__":
    main()
