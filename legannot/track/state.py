"""What is followed and what was told, in the library's own index.

An alert and the texts that it tells of are written in one transaction.  What is new is never
remembered from the run that fetched it, but found by comparing what the library holds with what was
told: a run that is killed between the two loses nothing, and one that is killed after has told.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from legannot.model import BillId
from legannot.source.library import Held, Library
from legannot.track.values import Alert, Followed

_OWNER, _VERSION = "track", 1
_TABLES = (
    (
        "CREATE TABLE track_bills (bill TEXT PRIMARY KEY, subjects TEXT NOT NULL,"
        " note TEXT NOT NULL, added TEXT NOT NULL, looked TEXT NOT NULL DEFAULT '')"
    ),
    (
        "CREATE TABLE track_known (bill TEXT NOT NULL, key TEXT NOT NULL, at INTEGER NOT NULL,"
        " PRIMARY KEY (bill, key))"
    ),
    (
        "CREATE TABLE track_alerts (id INTEGER PRIMARY KEY AUTOINCREMENT, bill TEXT NOT NULL,"
        " key TEXT NOT NULL, alert TEXT NOT NULL, handed INTEGER NOT NULL DEFAULT 0,"
        " UNIQUE (bill, key))"
    ),
)


def key_of(held: Held) -> str:
    """What a text is known by: its name and its bytes."""
    return f"{held.id} {held.sha256}"


@dataclass(frozen=True, slots=True)
class New:
    """A text that was not told of, and the key of the alert on it."""

    held: Held
    key: str


class State:
    """The followed bills and the alerts of one library."""

    def __init__(self, library: Library) -> None:
        library.own_tables(_OWNER, _VERSION, _TABLES)
        self.library = library
        self._db = library.connection

    # ── what is followed ───────────────────────────────────────────────────────────────────────

    def followed(self) -> tuple[Followed, ...]:
        """Every followed bill, in order."""
        rows = self._db.execute("SELECT bill, subjects, note, added FROM track_bills")
        found = (
            Followed(BillId.parse(bill), tuple(json.loads(subjects)), note, added)
            for bill, subjects, note, added in rows
        )
        return tuple(sorted(found, key=lambda one: one.bill))

    def add(self, one: Followed) -> bool:
        """Follow a bill, or change its subjects and note; whether it was not followed before.

        Its texts that are at hand are known: only what comes later is new.
        """
        with self.library.writing():
            new = not self._db.execute(
                "SELECT 1 FROM track_bills WHERE bill = ?", (str(one.bill),)
            ).fetchone()
            self._db.execute(
                "INSERT INTO track_bills (bill, subjects, note, added) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (bill) DO UPDATE SET subjects = excluded.subjects,"
                " note = excluded.note",
                (str(one.bill), json.dumps(one.subjects), one.note, one.added),
            )
            if new:
                self._know(one.bill, map(key_of, self.texts(one.bill)))
        return new

    def remove(self, bill: BillId) -> bool:
        """Follow a bill no longer; its alerts stay.  Whether it was followed."""
        with self.library.writing():
            # What was known stays: alerts are named by it, and no two may bear one name.
            gone = self._db.execute("DELETE FROM track_bills WHERE bill = ?", (str(bill),))
        return gone.rowcount > 0

    # ── what is known, and what is new ─────────────────────────────────────────────────────────

    def texts(self, bill: BillId) -> tuple[Held, ...]:
        """The versions of a bill, and the amendments to it, that are at hand."""
        return (*self.library.versions(bill), *self.library.amendments(bill))

    def new_texts(self, bill: BillId) -> tuple[New, ...]:
        """Those of them that are not what was last told of under their name, or was at hand when
        the bill was added.
        """
        known = self._known(bill)
        latest: dict[str, str] = {}
        for key in sorted(known, key=lambda key: known[key]):
            latest[key.partition(" ")[0]] = key
        found = []
        for held in self.texts(bill):
            key, last = key_of(held), latest.get(held.id)
            if last is None or key not in known:
                found.append(New(held, key))
            elif last != key:
                # The source went back to bytes that it had published before: told once more, under
                # a name that follows from what was told in between.
                found.append(New(held, f"{key} {known[last]}"))
        return tuple(found)

    def before(self, bill: BillId, held: Held) -> Held | None:
        """The text that somebody who follows the bill knew last of what comes before `held`: the
        same version's earlier bytes, else the version known that precedes it in the bill's life.
        """
        earlier = self._earlier(bill, held)
        if earlier:
            return earlier
        known = self._known(bill)
        found = None
        for text in self.library.versions(bill):
            if text.version == held.version:
                return found
            if key_of(text) in known:
                found = text
        return found

    def newest(self, bill: BillId) -> Held | None:
        """The latest version of a bill, in the order of its life, that is known."""
        known = self._known(bill)
        versions = [text for text in self.library.versions(bill) if self._is_known(text, known)]
        return versions[-1] if versions else None

    def told_of(self, bill: BillId, held: Held) -> bool:
        """Whether a version or amendment was known with other bytes."""
        return self._earlier(bill, held) is not None

    def _earlier(self, bill: BillId, held: Held) -> Held | None:
        known = self._known(bill)
        earlier = [
            text
            for text in self.library.history(bill, held.version)
            if text.sha256 != held.sha256 and key_of(text) in known
        ]
        return max(earlier, key=lambda text: known[key_of(text)], default=None)

    @staticmethod
    def _is_known(held: Held, known: dict[str, int]) -> bool:
        return any(key.partition(" ")[0] == held.id for key in known)

    def _known(self, bill: BillId) -> dict[str, int]:
        rows = self._db.execute("SELECT key, at FROM track_known WHERE bill = ?", (str(bill),))
        return {str(key): int(at) for key, at in rows}

    def _know(self, bill: BillId, keys: Iterable[str]) -> None:
        (last,) = self._db.execute("SELECT coalesce(max(at), 0) FROM track_known").fetchone()
        self._db.executemany(
            "INSERT OR REPLACE INTO track_known VALUES (?, ?, ?)",
            [(str(bill), key, int(last) + 1) for key in keys],
        )

    def looked(self, bill: BillId) -> str:
        """What the library held when this bill's text was last looked for in others."""
        row = self._db.execute(
            "SELECT looked FROM track_bills WHERE bill = ?", (str(bill),)
        ).fetchone()
        return str(row[0]) if row else ""

    # ── alerts ─────────────────────────────────────────────────────────────────────────────────

    def tell(
        self,
        bill: BillId,
        alerts: Sequence[Alert],
        texts: Sequence[New] = (),
        looked: str | None = None,
    ) -> None:
        """Keep alerts with the texts they tell of, all or nothing.

        Nothing is kept where another check was quicker, or somebody stopped following the bill:
        what is then still new is found by the next check.
        """
        with self.library.writing():
            followed = self._db.execute(
                "SELECT 1 FROM track_bills WHERE bill = ?", (str(bill),)
            ).fetchone()
            still = {new.key for new in self.new_texts(bill)}
            if not followed or not still.issuperset(new.key for new in texts):
                return
            for alert in alerts:
                self._db.execute(
                    "INSERT OR IGNORE INTO track_alerts (bill, key, alert) VALUES (?, ?, ?)",
                    (str(bill), alert.key, alert.dumps()),
                )
            self._know(bill, [key_of(new.held) for new in texts])
            if looked is not None:
                self._db.execute(
                    "UPDATE track_bills SET looked = ? WHERE bill = ?", (looked, str(bill))
                )

    def alerts(self, *, waiting: bool = False) -> tuple[Alert, ...]:
        """All alerts, oldest first; with `waiting` those that were not handed on yet."""
        where = "WHERE handed = 0" if waiting else ""
        rows = self._db.execute(f"SELECT alert, id FROM track_alerts {where} ORDER BY id")  # noqa: S608 (our own words)
        return tuple(Alert.loads(alert, number) for alert, number in rows)

    def handed(self, alert: Alert) -> None:
        """An alert reached whom it is for."""
        with self.library.writing():
            self._db.execute("UPDATE track_alerts SET handed = 1 WHERE id = ?", (alert.id,))
