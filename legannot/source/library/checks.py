"""Read everything in the library again, and clear away what nothing names."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from legannot.errors import InputError
from legannot.source.library.library import Library
from legannot.source.library.values import Fault, Verified


def verify(library: Library, say: Callable[[int, int], None] = lambda _, __: None) -> Verified:
    """Re-hash every file that the index names, and check the index itself.

    `say` hears how many of how many files are done.
    """
    faults = [*_index_faults(library)]
    named = _named(library)
    size = 0
    for done, (sha256, (expected, names)) in enumerate(named.items(), start=1):
        fault, read = _fault(library.files.path(sha256), sha256, expected)
        size += read
        if fault:
            faults.append(Fault(", ".join(names), fault))
        say(done, len(named))
    unused = sum(path.name not in named for path in library.files.all())
    return Verified(len(named), size, tuple(faults), unused)


def prune(library: Library, *, dry_run: bool = False) -> tuple[int, int]:
    """Remove files that no entry names; how many, and their bytes together.

    It holds the lock of writing meanwhile: no other process is then between file and entry.
    """
    count = size = 0
    with library.writing():
        named = _named(library)
        for path in [path for path in library.files.all() if path.name not in named]:
            count += 1
            size += path.stat().st_size
            if not dry_run:
                path.unlink(missing_ok=True)
        if not dry_run:
            library.connection.execute(
                "DELETE FROM answers WHERE sha256 NOT IN"
                " (SELECT sha256 FROM texts UNION SELECT status FROM bills)"
            )
    return count, size


def _named(library: Library) -> dict[str, tuple[int | None, list[str]]]:
    """Every hash that the index names, with the size it should have and what it is called."""
    named: dict[str, tuple[int | None, list[str]]] = {}
    texts = library.connection.execute(
        "SELECT congress, type, number, version, kind, sha256, size FROM texts ORDER BY id"
    )
    for row in texts:
        bill = f"{row['congress']}{row['type']}{row['number']}"
        name = f"{row['congress']}{row['version']}" if row["kind"] == "amendment" else bill
        name = name if row["kind"] == "amendment" else f"{bill}{row['version']}"
        named.setdefault(row["sha256"], (row["size"], []))[1].append(name)
    for row in library.connection.execute("SELECT * FROM bills WHERE status != ''"):
        name = f"the status of {row['congress']}{row['type']}{row['number']}"
        named.setdefault(row["status"], (None, []))[1].append(name)
    return named


def _index_faults(library: Library) -> Iterator[Fault]:
    try:
        for row in library.connection.execute("PRAGMA integrity_check"):
            if row[0] != "ok":
                yield Fault("the index", str(row[0]))
    except (sqlite3.DatabaseError, InputError) as error:
        yield Fault("the index", f"cannot be read: {error}")


def _fault(path: Path, sha256: str, size: int | None) -> tuple[str, int]:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return "its file is gone", 0
    except OSError as error:
        return f"its file cannot be read ({error.strerror or error})", 0
    if hashlib.sha256(data).hexdigest() != sha256:
        kept = f", {len(data):,} bytes where {size:,} were stored" if size is not None else ""
        return f"its file is damaged: it does not have its SHA-256{kept}", len(data)
    return "", len(data)
