"""Results to a file, whole or not at all, or to standard output."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from legannot import atomic
from legannot.errors import OutputError

# The last second of the year 9999, after which no document can be dated.
LATEST = 253_402_300_799


def write(path: Path | None, content: str | bytes) -> None:
    """Write to `path`, or to standard output if it is None or `-`.

    A file is written beside its place and moved there when complete, so that an old report is never
    half overwritten.  Raises `OutputError`.
    """
    if path is None or str(path) == "-":
        if isinstance(content, bytes) and sys.stdout.isatty():
            raise click.UsageError("a document is not for a terminal: name a file with -o.")
        click.echo(content, nl=False, color=True)
        return
    data = content.encode("utf-8") if isinstance(content, str) else content
    try:
        _replace(path, data)
    except OSError as error:
        raise OutputError(
            f"cannot be written ({error.strerror or error}); nothing was changed.",
            where=str(path),
            cure="Choose another place with -o.",
        ) from error


def epoch() -> int | None:
    """The time that SOURCE_DATE_EPOCH asks documents to bear (reproducible-builds.org), if any."""
    value = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not value:
        return None
    if not value.isdecimal() or int(value) > LATEST:
        raise click.UsageError(f"SOURCE_DATE_EPOCH is {value!r}, not a number of seconds.")
    return int(value)


def _replace(path: Path, data: bytes) -> None:
    # A link keeps pointing where it did; what it points to is replaced.
    path = path.resolve()
    if path.exists() and not path.is_file():
        # A device or a pipe is written to; to move a file into its place would take it away.
        path.write_bytes(data)
    else:
        atomic.write(path, data)
