"""A library with bills that this suite publishes in it, and a check over it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest

from legannot.cli.analyst import Analyst
from legannot.errors import InputError
from legannot.model import Bill, BillId
from legannot.model.report import Report
from legannot.parse import parse
from legannot.similar import Corpus, Shelved, travels
from legannot.source import from_bytes
from legannot.source.library import Held, Library, Received
from legannot.track import Alert, State, check

BILL, OTHER = BillId(119, "hr", 7), BillId(119, "s", 9)
MOMENT = "2026-11-25T08:00:00Z"

Put = Callable[..., None]
Check = Callable[[], tuple[Alert, ...]]


@cache
def _analyst() -> Analyst:
    return Analyst(None, embeddings=False)


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    with Library(tmp_path / "library") as library:
        yield State(library)


@pytest.fixture
def put(state: State) -> Put:
    """Put a text into the library as if it had been fetched."""

    def into(data: bytes, version: str, bill: BillId = BILL) -> None:
        with state.library.writing() as write:
            write.add(bill, version, data, Received("https://www.govinfo.gov/a.xml", MOMENT))

    return into


@pytest.fixture
def told(state: State) -> Check:
    """Check, and give all alerts so far."""

    def read(held: Held) -> Bill:
        return parse(from_bytes(held.id, state.library.read(held)))

    def report(bills: Sequence[Bill]) -> Report:
        return _analyst().report(bills, "track")

    def run() -> tuple[Alert, ...]:
        troubles: list[InputError] = []
        every = [Shelved(h.id, h.sha256, lambda h=h: read(h)) for h in state.library.every()]  # type: ignore[misc]
        corpus = Corpus(None, every)
        check(
            state, read, report, lambda bill: travels(corpus.index, bill, corpus.scope), MOMENT,
            troubles.append,
        )  # fmt: skip
        corpus.close()
        return state.alerts()

    return run
