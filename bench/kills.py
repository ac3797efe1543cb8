"""Kill a run at random moments, many times, and see that the library is sound and nothing is lost.

    python bench/kills.py [fetch|track|report] [--times 1000] [--seed 1]

Fetching and tracking: a server of its own process publishes bills, changes texts under their names,
adds versions and now and then fails. A child process does the work and is killed (SIGKILL) at a
moment drawn over the length of a whole run; the next child goes on with what the last one left.
After every 25 kills, and at the end, the library must verify; at the end every stored text must be
a whole bill, and one run that nobody kills must bring the library to what is published.

Reports: a child writes a report of a drawn format over one of other words, and is killed at a
moment drawn over the whole run or, every other time, over the write alone. The file must then be
the old report or the new one, byte for byte, and the folder hold nothing else that could be taken
for one.

Exits with 1 if anything is wrong.  Needs `fork`: it runs on Linux and macOS.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from legannot.cli import output
from legannot.cli.analyst import Analyst
from legannot.errors import LegannotError
from legannot.fetch import update_bills
from legannot.fetch.check import check_text
from legannot.model import Bill, BillId
from legannot.model.report import Report
from legannot.parse import parse
from legannot.source import from_bytes
from legannot.source.client import Client
from legannot.source.library import Held, Library, verify
from legannot.source.web import GOVINFO, Sites
from legannot.track import Followed, State, check
from tests import replay
from tests.cli.stopped import command
from tests.published import Published, bill_xml

BILLS = tuple(BillId(119, "hr", number) for number in range(1, 4))
VERSIONS = ("ih", "rh", "eh")
LATER = ("rfs", "pcs", "eah", "enr")
VERIFY_EVERY = 25
# Every so many requests the server changes a text, publishes a version, or fails.
CHANGE, PUBLISH, FAIL = 3, 30, 9


@dataclass(frozen=True)
class Work:
    """What is killed, and what must hold afterwards: sentences on what does not."""

    run: Callable[[Path, str], None]
    wrong: Callable[[Path, str], list[str]]


def fetch(folder: Path, server: str) -> None:
    """One whole run of fetching all bills."""

    async def ask(library: Library) -> None:
        async with Client(Sites(govinfo=server), sleep=_at_once) as client:
            await update_bills(library, BILLS, client)

    with Library(folder) as library:
        asyncio.run(ask(library))


async def _at_once(_: float) -> None:
    """Nobody waits here: moments of waiting are no moments worth being killed in."""


def fetch_wrong(folder: Path, server: str) -> list[str]:
    """What is wrong after one more run that nobody killed."""
    wrong = []
    fetch(folder, server)

    async def published(path: str) -> bytes:
        async with Client(Sites(govinfo=server)) as client:
            return (await client.get(f"{GOVINFO}{path}")).body

    with Library(folder) as library:
        for bill in BILLS:
            for held in library.versions(bill):
                path = held.received.address.removeprefix(server)
                if library.read(held) != asyncio.run(published(path)):
                    wrong.append(f"{held.id} is not what is published")
                for text in library.history(bill, held.version):
                    try:
                        # Raises for what is cut short or is another bill.
                        check_text(library.read(text), bill, held.version, path)
                    except LegannotError as error:
                        wrong.append(str(error))
            if not {text.version for text in library.versions(bill)} >= set(VERSIONS):
                wrong.append(f"{bill} lacks versions")
    return wrong


@cache
def _warm() -> None:
    """Load rules and modules in the parent: children are to be killed at work, not at loading."""
    _report([parse(from_bytes("warm.xml", bill_xml(BILLS[0], "ih")))])


def track(folder: Path, server: str) -> None:
    """One whole check of all bills: fetch, tell, hand on; what is handed on goes to a file."""
    _warm()
    fetch(folder, server)
    with Library(folder) as library:
        state = State(library)
        for bill in BILLS:
            if bill not in {one.bill for one in state.followed()}:
                state.add(Followed(bill, (), "", _MOMENT))
        check(state, partial(_read, library), _report, lambda _: (), _MOMENT, _fail)
        for alert in state.alerts(waiting=True):
            with (folder / "handed").open("a", encoding="utf-8") as stream:
                stream.write(f"{alert.urn}\n")
            state.handed(alert)


_MOMENT = "2026-11-25T00:00:00Z"


def _read(library: Library, held: Held) -> Bill:
    return parse(from_bytes(held.id, library.read(held)))


def _report(bills: Sequence[Bill]) -> Report:
    return _analyst().report(bills, "track")


@cache
def _analyst() -> Analyst:
    return Analyst(None, embeddings=False)


def _fail(error: LegannotError) -> None:
    raise error


def track_wrong(folder: Path, server: str) -> list[str]:
    """What is wrong after one more check that nobody killed."""
    track(folder, server)
    wrong = []
    with Library(folder) as library:
        state = State(library)
        for bill in BILLS:
            wrong += [f"{new.held.id} was never told of" for new in state.new_texts(bill)]
        alerts = [alert.urn for alert in state.alerts()]
        wrong += [f"{urn} was told twice" for urn, times in Counter(alerts).items() if times > 1]
        wrong += [f"{alert.urn} was not handed on" for alert in state.alerts(waiting=True)]
        handed = set((folder / "handed").read_text(encoding="utf-8").split())
        wrong += [f"{urn} was lost on its way" for urn in alerts if urn not in handed]
        print(f"{len(alerts)} alerts told")
    return wrong


WORK = {"fetch": Work(fetch, fetch_wrong), "track": Work(track, track_wrong)}


def kill_at_random(work: Work, folder: Path, server: str, times: int, seed: int) -> list[str]:
    """Sentences on everything that was wrong."""
    chance = random.Random(seed)
    # The second run, since the first one loads what the children need.
    for _ in range(2):
        begin = time.perf_counter()
        work.run(folder, server)
    wrong: list[str] = []
    length, killed, runs = time.perf_counter() - begin, 0, 0
    while killed < times:
        runs += 1
        begin = time.perf_counter()
        child = os.fork()
        if child == 0:
            _child(work, folder, server)
        status = _kill_at(child, begin + chance.uniform(0.0, length))
        if os.WIFSIGNALED(status):
            killed += 1
            # Runs grow with what there is to do: the last moments of one must have their turn, too.
            length *= 1.05
        else:
            # It ended by itself: how long a whole run takes on this machine now.
            length = 0.7 * length + 0.3 * (time.perf_counter() - begin)
            if os.WEXITSTATUS(status):
                wrong.append(f"run {runs} failed by itself")
        if runs % VERIFY_EVERY == 0 or killed == times:
            wrong += _unsound(folder)
    print(f"{killed} of {runs} runs killed before they ended (a whole run: {length:.2f} s)")
    return wrong


def _kill_at(child: int, moment: float) -> int:
    """Wait for a child until a moment, kill it then, and give how it ended."""
    while time.perf_counter() < moment:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return status
        time.sleep(0.002)
    os.kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1]


def _child(work: Work, folder: Path, server: str) -> None:
    code = 1
    try:
        work.run(folder, server)
        code = 0
    finally:
        # Whatever happened, a child must not go on as a second parent.
        os._exit(code)


def _unsound(folder: Path) -> list[str]:
    with Library(folder) as library:
        found = verify(library)
    return [f"{fault.where}: {fault.what}" for fault in found.faults]


FORMS = ("html", "docx", "pdf", "md", "csv", "json", "fragment", "annotations")
# By how much, so that some kills come when the new report is in its place; the others are too late.
SLOWER = 2
# Every so many runs what killed ones left beside the reports is looked at and cleared away.
CLEAR_EVERY = 50


def kill_reports(folder: Path, times: int, seed: int) -> list[str]:
    """Sentences on every report that was neither the old one nor the new one after a kill."""
    chance = random.Random(seed)
    jobs, whole, lengths = _reports(folder)
    wrong: list[str] = []
    killed = writing = done = runs = 0
    while killed < times:
        runs += 1
        form, words = chance.choice(sorted(jobs))
        target = folder / f"report.{form}"
        before = target.read_bytes()
        run, write = lengths[form]
        within = runs % 2 == 0
        # A child writes more slowly than the process that it was forked from.
        moment = chance.uniform(0.0, SLOWER * write if within else run)
        status, begun = _kill_report(jobs[form, words], moment, within=within)
        killed += os.WIFSIGNALED(status)
        writing += os.WIFSIGNALED(status) and begun
        if os.WIFEXITED(status) and os.WEXITSTATUS(status):
            wrong.append(f"run {runs} failed by itself")
        after = target.read_bytes()
        done += os.WIFSIGNALED(status) and after != before
        if after not in {before, whole[form, words]}:
            wrong.append(f"run {runs} left half of {target.name}")
            target.write_bytes(whole[form, words])
        if runs % CLEAR_EVERY == 0 or killed == times:
            wrong += _left_beside(folder, {f"report.{form}" for form in FORMS})
    print(
        f"{killed} of {runs} runs killed before they ended, {writing} of them as or after they"
        f" wrote, {done} with the new report in place"
    )
    return wrong


def _reports(
    folder: Path,
) -> tuple[
    dict[tuple[str, int], tuple[str, ...]],
    dict[tuple[str, int], bytes],
    dict[str, tuple[float, float]],
]:
    """The commands by format and words, what each writes, and how long run and write last."""
    os.chdir(folder)
    jobs: dict[tuple[str, int], tuple[str, ...]] = {}
    whole: dict[tuple[str, int], bytes] = {}
    lengths: dict[str, tuple[float, float]] = {}
    for number, words in enumerate(("be published", "be published in full, and be kept")):
        source = Path(f"bill-{number}")
        source.mkdir()
        for version, text in (("ih", "be kept"), ("eh", words)):
            (source / f"{version}.xml").write_bytes(bill_xml(BILLS[0], version, text))
        versions = (f"{source}/ih.xml", f"{source}/eh.xml")
        for form in FORMS:
            jobs[form, number] = ("report", *versions, "--no-embeddings", "--format", form, "-q",
                                  "-o", f"report.{form}")  # fmt: skip
            wrote: list[float] = []
            begin = time.perf_counter()
            with _when_written(partial(_note_moment, wrote)):
                if command(jobs[form, number]):
                    raise RuntimeError(form)
            # Of the second run of a format: the first one loads what the children have at hand.
            lengths[form] = (time.perf_counter() - begin, time.perf_counter() - wrote[0])
            whole[form, number] = Path(f"report.{form}").read_bytes()
    for form in FORMS:
        # What was there and what would be must be told apart.
        if whole[form, 0] == whole[form, 1]:
            raise RuntimeError(form)
    return jobs, whole, lengths


def _note_moment(moments: list[float]) -> None:
    moments.append(time.perf_counter())


@contextmanager
def _when_written(tell: Callable[[], object]) -> Iterator[None]:
    """Call `tell` when a command begins to write its file."""
    replace = output._replace

    def told(path: Path, data: bytes) -> None:
        tell()
        replace(path, data)

    with mock.patch.object(output, "_replace", told):
        yield


def _kill_report(arguments: Sequence[str], after: float, *, within: bool) -> tuple[int, bool]:
    """Kill a run so many seconds after it, or its write, began; how it ended and if it wrote."""
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.close(told)
            with _when_written(lambda: os.write(tell, b"!")):
                code = command(arguments)
        finally:
            os._exit(code)
    os.close(tell)
    with os.fdopen(told, "rb", buffering=0) as pipe:
        if within:
            begun = bool(pipe.read(1))
        moment = time.perf_counter() + after
        # A write takes less than the shortest sleep.
        while time.perf_counter() < moment:
            if not within:
                time.sleep(0.001)
        os.kill(child, signal.SIGKILL)
        status = os.waitpid(child, 0)[1]
        return status, begun if within else bool(pipe.read(1))


def _left_beside(folder: Path, expected: set[str]) -> list[str]:
    """Sentences on files that could be taken for reports; clears away what killed runs left."""
    wrong = []
    for path in folder.iterdir():
        if path.is_dir() or path.name in expected:
            continue
        if not (path.name.startswith(".") and path.suffix == ".part"):
            wrong.append(f"{path.name} was left")
        path.unlink()
    return wrong


def serve() -> None:
    """Publish bills that change until standard input says `still`; stop at its end."""
    still = threading.Event()
    chance = random.Random(7)
    with replay.Replay() as server:
        bills = [Published(server, bill, VERSIONS) for bill in BILLS]
        count = 0

        def act(handler: replay.Handler, document: replay.Document | None) -> None:
            nonlocal count
            with server.lock:
                count += 1
                at = count
                if not still.is_set():
                    _change(bills, at, chance)
            if document is None:
                handler.say(404, b"")
            elif at % FAIL == 0 and not still.is_set():
                chance.choice((replay.cut(200), replay.error(500), replay.page))(handler, document)
            else:
                handler.give(document)

        server.always("*", act)
        print(server.address, flush=True)
        for line in sys.stdin:
            if line.strip() == "still":
                still.set()
                print("still", flush=True)


def _change(bills: list[Published], count: int, chance: random.Random) -> None:
    bill = chance.choice(bills)
    if count % CHANGE == 0:
        bill.text(chance.choice(VERSIONS), f"be published {count} times")
    if count % PUBLISH == 0 and (left := [v for v in LATER if v not in bill.days]):
        bill.days[left[0]] = "2026-09-09"
        bill.text(left[0])
        bill.record()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("work", nargs="?", choices=[*WORK, "report"], default="fetch")
    parser.add_argument("--times", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.serve:
        serve()
        return 0
    if chosen.work == "report":
        with tempfile.TemporaryDirectory() as place:
            return _told(kill_reports(Path(place), chosen.times, chosen.seed))
    server_command = [sys.executable, __file__, "--serve"]
    with (
        tempfile.TemporaryDirectory() as place,
        subprocess.Popen(
            server_command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as server,
    ):
        if server.stdin is None or server.stdout is None:
            raise RuntimeError
        address = server.stdout.readline().strip()
        folder, work = Path(place) / "library", WORK[chosen.work]
        wrong = kill_at_random(work, folder, address, chosen.times, chosen.seed)
        server.stdin.write("still\n")
        server.stdin.flush()
        server.stdout.readline()
        wrong += work.wrong(folder, address)
        with Library(folder) as library:
            found = verify(library)
            held = sum(1 for _ in library.connection.execute("SELECT 1 FROM texts"))
        server.stdin.close()
    print(f"{held} texts held, {found.unused} files left unnamed by killed runs")
    return _told(wrong)


def _told(wrong: list[str]) -> int:
    for sentence in wrong:
        print(sentence)
    print(f"{len(wrong)} things wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
