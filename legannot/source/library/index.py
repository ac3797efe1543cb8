"""The index: one SQLite file that several processes can read while one writes.

Write-ahead logging lets readers go on while a process writes; a write takes the lock at once
(`BEGIN IMMEDIATE`) and waits for another's, so that two never stop each other half way
(sqlite.org, "Write-Ahead Logging" and "Transaction").
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from legannot.errors import InputError, LegannotError, OutputError

NAME = "library.sqlite3"
SCHEMA = 1
# "LgAn": tells the file from any other SQLite database.
_APPLICATION = 0x4C67416E
# Seconds to wait for another process that writes; a fetch commits text by text.
_WAIT = 30.0

_TABLES = """
CREATE TABLE texts (
    id INTEGER PRIMARY KEY,
    congress INTEGER NOT NULL, type TEXT NOT NULL, number INTEGER NOT NULL,
    version TEXT NOT NULL, kind TEXT NOT NULL,
    sha256 TEXT NOT NULL, size INTEGER NOT NULL,
    published TEXT NOT NULL, current INTEGER NOT NULL,
    address TEXT NOT NULL, received TEXT NOT NULL, origin TEXT NOT NULL, headers TEXT NOT NULL,
    UNIQUE (congress, type, number, version, kind, sha256)
);
CREATE UNIQUE INDEX one_current ON texts (congress, type, number, version, kind) WHERE current;
CREATE INDEX amendments ON texts (congress, version) WHERE kind = 'amendment';
CREATE TABLE bills (
    congress INTEGER NOT NULL, type TEXT NOT NULL, number INTEGER NOT NULL,
    title TEXT NOT NULL, latest_action TEXT NOT NULL, latest_day TEXT NOT NULL,
    status TEXT NOT NULL, checked TEXT NOT NULL,
    PRIMARY KEY (congress, type, number)
);
CREATE TABLE answers (
    address TEXT PRIMARY KEY, sha256 TEXT NOT NULL,
    etag TEXT NOT NULL, last_modified TEXT NOT NULL, checked TEXT NOT NULL
);
CREATE TABLE owners (owner TEXT PRIMARY KEY, version INTEGER NOT NULL);
"""


# What the disk and other processes do to us, told apart from mistakes of ours (sqlite.org/rescode).
_TROUBLES = {
    "SQLITE_BUSY": "another run is writing to it",
    "SQLITE_FULL": "the disk is full",
    "SQLITE_READONLY": "it may not be written to",
    "SQLITE_IOERR": "the disk failed",
    "SQLITE_CORRUPT": "it is damaged",
    "SQLITE_NOTADB": "it is no SQLite database",
}


class Connection(sqlite3.Connection):
    """A connection that says in words what befell its file, to whoever can do something."""

    path = Path(NAME)

    def execute(self, *arguments: Any) -> sqlite3.Cursor:  # noqa: ANN401  as sqlite3 has it
        """Run a statement; raises `InputError` or `OutputError` for trouble with the file."""
        try:
            return super().execute(*arguments)
        except sqlite3.Error as error:
            trouble = _trouble(error, self.path)
            if trouble is None:
                raise
            raise trouble from error


def _trouble(error: sqlite3.Error, path: Path) -> LegannotError | None:
    code = str(getattr(error, "sqlite_errorname", ""))
    words = next((words for name, words in _TROUBLES.items() if code.startswith(name)), None)
    if words is None:
        return None
    if code.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        cure = "Put a copy of the folder in its place, or fetch into a new one."
        return InputError(
            f"the library's index cannot be read: {words}.", where=str(path), cure=cure
        )
    cure = "Nothing is half stored; run the command again when that has passed."
    return OutputError(f"the library cannot be written: {words}.", where=str(path), cure=cure)


def connect(folder: Path) -> Connection:
    """Open the index in `folder`, made if it is not there.

    Raises `InputError` for a file that is no library or one of a later legannot.
    """
    path = folder / NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=_WAIT, isolation_level=None, factory=Connection)
    except (OSError, sqlite3.Error) as error:
        raise _unreadable(path, error) from error
    connection.path = path
    connection.row_factory = sqlite3.Row
    try:
        _prepare(connection, path)
    except sqlite3.Error as error:
        connection.close()
        raise _unreadable(path, error) from error
    except LegannotError:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    # An alert that was told must be known as told after a power cut, too.
    connection.execute("PRAGMA synchronous = FULL")
    if _number(connection, "user_version") == 0:
        with writing(connection):
            # Another process may have made the tables while this one waited for the lock; and a
            # database that has any others is somebody else's.
            if not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
                for statement in _TABLES.split(";"):
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id = {_APPLICATION}")
                connection.execute(f"PRAGMA user_version = {SCHEMA}")
    if _number(connection, "application_id") != _APPLICATION:
        raise InputError(
            "is not an index of a legannot library.",
            where=str(path),
            cure="Choose another folder with --library or LEGANNOT_LIBRARY.",
        )
    if _number(connection, "user_version") > SCHEMA:
        raise InputError("was made by a later legannot.", where=str(path), cure="Upgrade legannot.")


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """One transaction: all of what happens inside is kept, or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # On a full disk SQLite has rolled back by itself.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])


def _unreadable(path: Path, error: Exception) -> InputError:
    reason = getattr(error, "strerror", None) or error
    return InputError(
        f"the library cannot be opened ({reason}).",
        where=str(path),
        cure="Choose another folder with --library or LEGANNOT_LIBRARY.",
    )
