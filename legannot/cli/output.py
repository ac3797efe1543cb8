"""Results to a file, whole or not at all, or to standard output."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import click

from legannot.errors import OutputError


def write(path: Path | None, content: str | bytes) -> None:
    """Write to `path`, or to standard output if it is None or `-`.

    A file is written beside its place and moved there when complete, so that an old report is never
    half overwritten.  Raises `OutputError`.
    """
    if path is None or str(path) == "-":
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


def _replace(path: Path, data: bytes) -> None:
    # A link keeps pointing where it did; what it points to is replaced.
    path = path.resolve()
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        umask = os.umask(0)
        os.umask(umask)
        Path(temporary).chmod(0o666 & ~umask)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
