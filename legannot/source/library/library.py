"""The library: every text at hand with where it came from, and what is known of its bill.

    folder/library.sqlite3      the index: texts, bills, what servers last answered
    folder/files/53/53aa51...   the bytes, each file named by its SHA-256

A file is written whole before the index names it, in one transaction with all else that belongs to
it.  A run that is stopped at any moment therefore leaves at most a file that no entry names.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Self

from legannot.model import BillId, life
from legannot.source.library.files import Files
from legannot.source.library.index import NAME, connect, writing
from legannot.source.library.values import (
    Added,
    Addition,
    Answered,
    BillEntry,
    BillRecord,
    Held,
    Kind,
    Origin,
    Received,
)

_BILL = "congress = ? AND type = ? AND number = ?"


class Library:
    """A folder of texts.  Reading needs no lock; all writing goes through `writing()`.

    A value of this class belongs to the thread that made it.
    """

    def __init__(self, folder: Path) -> None:
        """Open the library in `folder`, made if it is not there.  Raises `InputError`."""
        self.folder = folder
        self.files = Files(folder / "files")
        self.connection = connect(folder)

    @classmethod
    def at(cls, folder: Path) -> Self | None:
        """The library in `folder`, or None if there is none: a look must not make one."""
        return cls(folder) if (folder / NAME).is_file() else None

    def close(self) -> None:
        """Let go of the index."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # What is at hand

    def versions(self, bill: BillId) -> tuple[Held, ...]:
        """The current text of every version of a bill, in the order of the bill's life."""
        return self._texts(f"{_BILL} AND kind = 'bill' AND current", _key(bill))

    def amendments(self, bill: BillId) -> tuple[Held, ...]:
        """The texts of amendments proposed to a bill."""
        return self._texts(f"{_BILL} AND kind = 'amendment' AND current", _key(bill))

    def find(self, bill: BillId, version: str) -> Held | None:
        """The current text of one version."""
        found = self._texts(
            f"{_BILL} AND kind = 'bill' AND version = ? AND current", (*_key(bill), version)
        )
        return found[0] if found else None

    def amendment(self, congress: int, name: str) -> Held | None:
        """The current text of an amendment, such as `samdt2137`."""
        found = self._texts(
            "congress = ? AND version = ? AND kind = 'amendment' AND current", (congress, name)
        )
        return found[0] if found else None

    def history(self, bill: BillId, version: str) -> tuple[Held, ...]:
        """All texts that were ever held under that version or amendment, oldest first."""
        found = self._texts(f"{_BILL} AND version = ?", (*_key(bill), version))
        return tuple(sorted(found, key=lambda held: (held.current, held.received.at)))

    def every(self) -> tuple[Held, ...]:
        """The current text of every version of every bill, by bill, in the order of its life."""
        return self._texts("kind = 'bill' AND current", ())

    def bills(self) -> tuple[BillEntry, ...]:
        """Every bill at hand or ever asked for, in order, with its versions."""
        versions = {bill: tuple(held) for bill, held in groupby(self.every(), lambda h: h.bill)}
        records = {record.bill: record for record in self._records()}
        return tuple(
            BillEntry(records.get(bill, BillRecord(bill)), versions.get(bill, ()))
            for bill in sorted(versions.keys() | records.keys())
        )

    def record(self, bill: BillId) -> BillRecord:
        """What is known of a bill beside its texts; all empty if nothing is."""
        return next(self._records(f"WHERE {_BILL}", _key(bill)), BillRecord(bill))

    def answered(self, address: str) -> Answered | None:
        """What a server last said of that address."""
        row = self.connection.execute(
            "SELECT * FROM answers WHERE address = ?", (address,)
        ).fetchone()
        return Answered(**dict(row)) if row else None

    def read(self, held: Held) -> bytes:
        """The bytes of a text, checked.  Raises `InputError` if they are gone or damaged."""
        return self.files.read(held.sha256)

    def _texts(self, where: str, values: Sequence[object]) -> tuple[Held, ...]:
        rows = self.connection.execute(f"SELECT * FROM texts WHERE {where}", values)  # noqa: S608
        return tuple(sorted(map(_held, rows), key=_order))

    def _records(self, where: str = "", values: Sequence[object] = ()) -> Iterator[BillRecord]:
        for row in self.connection.execute(f"SELECT * FROM bills {where}", values):  # noqa: S608
            yield BillRecord(
                _bill(row),
                row["title"],
                row["latest_action"],
                row["latest_day"],
                row["status"],
                row["checked"],
            )

    # What is put in

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """One transaction over texts, bills and anybody's own tables: all of it or nothing."""
        with writing(self.connection):
            yield Writer(self)

    def own_tables(self, owner: str, version: int, statements: Sequence[str]) -> None:
        """Make the tables of another stage in this index, once.

        `statements` are run in one transaction if `owner` has no tables of `version` yet; they
        then see the tables of the version before.  Read and write those tables through
        `connection`, inside `writing()` what belongs together.  Begin their names with the owner's.
        """
        known = "SELECT version FROM owners WHERE owner = ?"
        if _version(self.connection.execute(known, (owner,)).fetchone()) >= version:
            return
        with writing(self.connection):
            if _version(self.connection.execute(known, (owner,)).fetchone()) >= version:
                return
            for statement in statements:
                self.connection.execute(statement)
            self.connection.execute("INSERT OR REPLACE INTO owners VALUES (?, ?)", (owner, version))


class Writer:
    """What can be done inside one transaction of a library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self.connection = library.connection

    def add(
        self,
        bill: BillId,
        version: str,
        data: bytes,
        received: Received,
        *,
        published: str = "",
        kind: Kind = Kind.BILL,
    ) -> Addition:
        """Put in a text of one version; what was current under its name is kept beside it."""
        previous = self._current(bill, version, kind)
        sha256 = self._library.files.put(data)
        if previous and previous.sha256 == sha256:
            return Addition(self._confirm(previous, received, published), Added.SAME, previous)
        displaced = previous and previous.received.origin is Origin.FETCHED
        beside = bool(displaced) and received.origin is Origin.IMPORTED
        new = Held(bill, version, kind, sha256, len(data), published, not beside, received)
        if previous and not beside:
            self._set("current = 0", (), previous)
        if not self._known(new):
            self._insert(new)
        elif not beside:
            # The source went back to bytes that it had published before.
            self._set("current = 1", (), new)
            self._renew(new)
        what = Added.BESIDE if beside else Added.CHANGED if previous else Added.NEW
        return Addition(new, what, previous)

    def record(self, record: BillRecord, status: bytes = b"") -> BillRecord:
        """Put in what is known of a bill; `status` are the bytes of its BILLSTATUS record."""
        if status:
            record = replace(record, status=self._library.files.put(status))
        self.connection.execute(
            "INSERT OR REPLACE INTO bills VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *_key(record.bill),
                record.title,
                record.latest_action,
                record.latest_day,
                record.status,
                record.checked,
            ),
        )
        return record

    def answered(self, answer: Answered) -> None:
        """Remember what a server said of an address."""
        self.connection.execute(
            "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?)",
            (answer.address, answer.sha256, answer.etag, answer.last_modified, answer.checked),
        )

    def remove(self, bill: BillId) -> int:
        """Take a bill out with all its texts, and give how many texts those were."""
        gone = self.connection.execute(f"DELETE FROM texts WHERE {_BILL}", _key(bill))  # noqa: S608
        self.connection.execute(f"DELETE FROM bills WHERE {_BILL}", _key(bill))  # noqa: S608
        return gone.rowcount

    def _current(self, bill: BillId, version: str, kind: Kind) -> Held | None:
        row = self.connection.execute(
            f"SELECT * FROM texts WHERE {_BILL} AND version = ? AND kind = ? AND current",  # noqa: S608
            (*_key(bill), version, kind),
        ).fetchone()
        return _held(row) if row else None

    def _confirm(self, held: Held, received: Received, published: str) -> Held:
        """The text again: its day if that was not known, its source if it was only imported."""
        held = replace(held, published=published or held.published)
        if received.origin is Origin.FETCHED and held.received.origin is Origin.IMPORTED:
            held = replace(held, received=received)
        self._renew(held)
        return held

    def _renew(self, held: Held) -> None:
        got = held.received
        self._set(
            "published = ?, address = ?, received = ?, origin = ?, headers = ?",
            (held.published, got.address, got.at, got.origin, json.dumps(dict(got.headers))),
            held,
        )

    def _known(self, held: Held) -> bool:
        found = self.connection.execute(
            f"SELECT 1 FROM texts WHERE {_BILL} AND version = ? AND kind = ? AND sha256 = ?",  # noqa: S608
            (*_key(held.bill), held.version, held.kind, held.sha256),
        )
        return found.fetchone() is not None

    def _set(self, what: str, values: tuple[object, ...], held: Held) -> None:
        self.connection.execute(
            f"UPDATE texts SET {what} WHERE {_BILL} AND version = ? AND kind = ? AND sha256 = ?",  # noqa: S608
            (*values, *_key(held.bill), held.version, held.kind, held.sha256),
        )

    def _insert(self, held: Held) -> None:
        self.connection.execute(
            "INSERT INTO texts VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *_key(held.bill),
                held.version,
                held.kind,
                held.sha256,
                held.size,
                held.published,
                held.current,
                held.received.address,
                held.received.at,
                held.received.origin,
                json.dumps(dict(held.received.headers)),
            ),
        )


def _key(bill: BillId) -> tuple[int, str, int]:
    return bill.congress, bill.type, bill.number


def _bill(row: sqlite3.Row) -> BillId:
    return BillId(row["congress"], row["type"], row["number"])


def _held(row: sqlite3.Row) -> Held:
    (
        _, congress, kind_of_bill, number, version, kind, sha256, size, published, current,
        address, at, origin, headers,
    ) = row  # fmt: skip
    return Held(
        BillId(congress, kind_of_bill, number),
        version,
        Kind(kind),
        sha256,
        size,
        published,
        bool(current),
        Received(address, at, Origin(origin), json.loads(headers)),
    )


def _order(held: Held) -> tuple[int, str, int, tuple[int, int], str, str]:
    # Plain values: comparing bills as values costs as much as all the rest of a long list.
    bill = held.bill
    age = life(bill, held.version)
    return bill.congress, bill.type, bill.number, age, held.published, held.version


def _version(row: sqlite3.Row | None) -> int:
    return int(row["version"]) if row else 0
