"""Coroutines in a test, whatever else runs in its thread."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


def alone(work: Coroutine[Any, Any, T]) -> T:
    """What `asyncio.run` gives.

    The browser's driver keeps a loop of its own in the thread of the tests from its first use to
    the end of the run.  It stands still while a test does something else, but `asyncio.run` refuses
    to begin beside it.
    """
    other = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        return asyncio.run(work)
    finally:
        asyncio._set_running_loop(other)
