"""Where the library is, who is asked for bills, and what a bill's name stands for."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from legannot.cli import options

if TYPE_CHECKING:
    from legannot.errors import InputError
    from legannot.model import BillId
    from legannot.source import Source
    from legannot.source.library import Library
    from legannot.source.names import Named
    from legannot.source.web import Sites

# A file's suffix: what ends so is a file that is missing, not a bill.
_SUFFIXES = (".xml", ".zip", ".htm", ".html", ".txt", ".pdf", ".json")
_UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"))


def folder() -> Path:
    """The library's folder: `--library`, LEGANNOT_LIBRARY, or the platform's place for data."""
    context = click.get_current_context(silent=True)
    chosen = context.meta.get(options.LIBRARY) if context else None
    if chosen is not None:
        return cast("Path", chosen)
    if named := os.environ.get("LEGANNOT_LIBRARY"):
        return Path(named)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Application Support")
    else:
        base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "legannot" / "library"


def sites() -> Sites:
    """Who is asked for bills, with which keys.  Raises `InputError` for a bad base address."""
    from legannot.source.web import Sites, base_address

    env = os.environ.get
    return Sites(
        base_address(env("LEGANNOT_GOVINFO_URL", ""), "LEGANNOT_GOVINFO_URL"),
        base_address(env("LEGANNOT_CONGRESS_URL", ""), "LEGANNOT_CONGRESS_URL"),
        env("LEGANNOT_GOVINFO_KEY", "").strip(),
        env("LEGANNOT_CONGRESS_KEY", "").strip(),
    )


def bill_named(text: str) -> BillId:
    """The bill that a user named, in any spelling; says it if the Congress had to be assumed."""
    from legannot.source.names import read_name

    named = read_name(text, _today())
    if named is None or named.amendment:
        raise click.UsageError(
            f"{text!r} is no bill. Write 119hr1316, 119/hr/1316, H.R. 1316 or its address on"
            " congress.gov or govinfo.gov."
        )
    _say_assumed(named, text)
    return named.bill


def at_hand(text: str) -> Sequence[Source] | None:
    """The versions in the library that a VERSION argument names, None if it names no bill.

    Raises `InputError` if it does and none is at hand.
    """
    from legannot.source.names import read_name

    if text.lower().endswith(_SUFFIXES) and "://" not in text:
        return None
    named = read_name(text, _today())
    if named is None:
        return None
    from legannot.source.library import Library, not_at_hand, sources

    _say_assumed(named, text)
    library = Library.at(folder())
    if library is None:
        raise not_at_hand(named, None)
    with library:
        found = sources(library, named, partial(_without_record, named))
        options.note(
            f"{named}: {_count(found)} at hand, {_asked(library, named.bill)}.", quiet=_quiet()
        )
        return found


def _without_record(named: Named, wrong: InputError) -> None:
    options.note(f"the record of {named.bill} is left out: {wrong}")


def age(moment: str) -> str:
    """How long ago a moment of the library (ISO 8601, UTC) was, in the largest fitting unit."""
    then = datetime.fromisoformat(moment)
    seconds = (datetime.now(UTC) - then).total_seconds()
    for length, unit in _UNITS:
        if seconds >= length:
            number = int(seconds // length)
            return f"{number:,} {unit}{'' if number == 1 else 's'} ago"
    return "just now"


def _asked(library: Library, bill: BillId) -> str:
    checked = library.record(bill).checked
    return f"the source was last asked {age(checked)}" if checked else "the source was never asked"


def _count(found: Sequence[Source]) -> str:
    return f"{len(found)} version{'' if len(found) == 1 else 's'}"


def _say_assumed(named: Named, text: str) -> None:
    if named.assumed:
        options.note(
            f"{text} names no Congress; it is taken to be of the current one: {named}.",
            quiet=_quiet(),
        )


def _quiet() -> bool:
    context = click.get_current_context(silent=True)
    return bool(context and context.params.get("quiet"))


def _today() -> date:
    return datetime.now(UTC).date()
