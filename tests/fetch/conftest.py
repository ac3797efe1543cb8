"""A bill on a replaying server, and a library to fetch it into."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from legannot.fetch import Update, update_bill
from legannot.model import BillId
from legannot.source.client import Client, Limits
from legannot.source.library import Library, verify
from legannot.source.web import Sites
from tests.loops import alone
from tests.published import Published
from tests.replay import PATIENT, Replay


async def no_wait(_: float) -> None:
    """Nobody waits in a test."""


@pytest.fixture
def server() -> Iterator[Replay]:
    with Replay() as running:
        yield running


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """A library that is sound after every test, whatever was done to it."""
    with Library(tmp_path / "library") as opened:
        yield opened
        assert verify(opened).faults == ()


@pytest.fixture
def published(server: Replay) -> Published:
    """A bill of three versions, published as govinfo publishes."""
    return Published(server, BillId(119, "hr", 1316), ("ih", "rh", "eh"))


Fetch = Callable[..., Update]


@pytest.fixture
def fetch(server: Replay, library: Library) -> Fetch:
    """Ask for a bill; `moment` is the time on the clock."""

    def run(
        bill: BillId,
        *,
        recheck: int | None = None,
        moment: str = "2026-11-25T10:00:00Z",
        sites: Sites | None = None,
        limits: Limits = PATIENT,
    ) -> Update:
        async def ask() -> Update:
            async with Client(
                sites or Sites(govinfo=server.address, congress=""), limits, sleep=no_wait
            ) as client:
                return await update_bill(
                    library, bill, client, recheck=recheck, clock=lambda: moment
                )

        return alone(ask())

    return run
