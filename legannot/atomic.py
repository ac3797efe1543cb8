"""The one way to write a file that may be there already: whole, or the old one stays."""

from __future__ import annotations

import os
from pathlib import Path


def write(path: Path, data: bytes) -> None:
    """Write a file beside its place and move it there when complete.

    A run that is killed leaves the old file, and at the most a hidden one that ends in `.part`.
    Raises `OSError`, with nothing left behind.
    """
    part = path.with_name(f".{path.name}.{os.urandom(5).hex()}.part")
    try:
        with part.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
