"""The words of many versions, kept on disk by the hash of their bytes, looked up by rare words.

SQLite's full-text index (FTS5) holds, for every provision from the section down, the words of the
whole provision with what stands below it.  A version is added in one transaction: two processes may
share an index, and a run that is killed leaves no half of a bill behind.  What the index holds
follows from the bytes of the version, so it can be thrown away at any time.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import cached_property
from math import log
from pathlib import Path

from legannot.align.outline import ROOT, Outline
from legannot.model import CONTAINERS, Bill, Context, DocumentType
from legannot.model.likeness import Text

# Counted up when the layout below changes, or what the parser makes of the same bytes.
FORMAT = 1
_LAYOUT = """
CREATE TABLE version (
    id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, bill TEXT NOT NULL, label TEXT NOT NULL,
    code TEXT NOT NULL, stage TEXT NOT NULL, title TEXT NOT NULL, document TEXT NOT NULL,
    words INTEGER NOT NULL);
CREATE TABLE provision (
    id INTEGER PRIMARY KEY, version INTEGER NOT NULL, parent INTEGER NOT NULL,
    last INTEGER NOT NULL, path TEXT NOT NULL, kind TEXT NOT NULL, enum TEXT NOT NULL,
    heading TEXT NOT NULL, text TEXT NOT NULL, words TEXT NOT NULL, size INTEGER NOT NULL,
    content BLOB NOT NULL);
CREATE INDEX by_content ON provision (content);
CREATE INDEX by_version ON provision (version, path);
CREATE TABLE word (word TEXT PRIMARY KEY, provisions INTEGER NOT NULL) WITHOUT ROWID;
CREATE VIRTUAL TABLE passage USING fts5(
    words, content='', tokenize="unicode61 remove_diacritics 0");
"""
# Seconds that one process waits for another to finish adding a version.
_PATIENCE = 60.0
# Shorter provisions ("(A) the Secretary;") say nothing alone and are found by equal words only.
FEWEST_WORDS = 4
# A search looks up the rarest words of a provision: as many as stand, together, in so many
# provisions, and no more than so many words.
LOOK_UPS, RARE_WORDS = 12_000, 32
_HASH_BYTES = 16
# SQLite's own limit on the variables of a statement was 999 for most of its life.
_AT_ONCE = 900


@dataclass(frozen=True, slots=True)
class Indexed:
    """One version in the index: which bill and print it is, `words` of it in all."""

    id: int
    sha256: str
    bill: str
    label: str
    code: str
    stage: str
    title: str
    document: DocumentType
    words: int


@dataclass(frozen=True, slots=True)
class Row:
    """One provision in the index; `last` is the id of the last provision below it."""

    id: int
    version: int
    parent: int
    last: int
    path: str
    kind: str
    enum: str
    heading: str
    text: str
    words: str
    size: int
    content: bytes


_COLUMNS = ", ".join(Row.__slots__)


class Index:
    """Versions and their provisions, searchable by equal words and by rare ones."""

    def __init__(self, connection: sqlite3.Connection, notices: tuple[str, ...] = ()) -> None:
        self._db = connection
        self.notices = notices
        self._scope: frozenset[int] = frozenset()

    @classmethod
    def open(cls, folder: Path | None) -> Index:
        """The index in `folder`, made if it is not there; None keeps it in memory for this run.

        A damaged file is begun anew, and one that cannot be written is replaced by memory; the
        notices say so.
        """
        if folder is None:
            return cls(_connected(":memory:"))
        path = folder / f"similar-{FORMAT}.db"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            return cls(_connected(str(path)))
        except sqlite3.DatabaseError as wrong:
            if isinstance(wrong, sqlite3.OperationalError):
                why = f"The index {path.name} cannot be used ({wrong}): made for this run alone."
                return cls(_connected(":memory:"), (why,))
            for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
                with suppress(OSError):
                    (folder / name).unlink()
            why = f"The index {path.name} was damaged ({wrong}): begun anew."
            return cls(_connected(str(path)), (why,))
        except OSError as wrong:
            why = f"The index cannot be kept ({wrong.strerror or wrong}): made for this run alone."
            return cls(_connected(":memory:"), (why,))

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    # ── adding ─────────────────────────────────────────────────────────────────────────────────

    def missing(self, hashes: Iterable[str]) -> list[str]:
        """Those of the SHA-256 sums whose version is not in the index, in their order."""
        wanted = list(dict.fromkeys(hashes))
        held = {version.sha256 for version in self.versions(wanted)}
        return [sha256 for sha256 in wanted if sha256 not in held]

    def add(self, bill: Bill) -> None:
        """Add a version as reported, whole or not at all; one that is there already is left."""
        clean = bill.as_reported()
        outline = Outline(clean)
        prints = content_hashes(outline)
        own = named(bill)
        with self._transaction():
            found = self._db.execute("SELECT 1 FROM version WHERE sha256 = ?", (own.sha256,))
            if found.fetchone():
                return
            (first,) = self._db.execute("SELECT coalesce(max(id), 0) + 1 FROM provision").fetchone()
            version = self._db.execute(
                "INSERT INTO version VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    own.sha256,
                    own.bill,
                    own.label,
                    own.version,
                    own.stage,
                    own.title,
                    own.document,
                    sum(len(node.words) for node in outline.nodes),
                ),
            ).lastrowid
            self._db.executemany(
                f"INSERT INTO provision ({_COLUMNS}) VALUES ({', '.join('?' * 12)})",  # noqa: S608 (our own column names)
                (
                    (
                        first + node.index,
                        version,
                        0 if node.parent == ROOT else first + node.parent,
                        first + node.end - 1,
                        node.provision.path,
                        node.provision.kind,
                        node.provision.enum,
                        node.provision.heading,
                        node.provision.text,
                        " ".join(node.words),
                        node.size,
                        prints[node.index],
                    )
                    for node in outline.nodes
                ),
            )
            self._add_passages(outline, first)

    def _add_passages(self, outline: Outline, first: int) -> None:
        counts: Counter[str] = Counter()
        rows: list[tuple[int, str]] = []
        for node in outline.nodes:
            if searchable(node.provision.kind, node.provision.context, node.size):
                words = outline.all_words(node.index)
                counts.update(set(words))
                rows.append((first + node.index, " ".join(words)))
        self._db.executemany("INSERT INTO passage (rowid, words) VALUES (?, ?)", rows)
        self._db.executemany(
            "INSERT INTO word VALUES (?, ?) ON CONFLICT (word)"
            " DO UPDATE SET provisions = provisions + excluded.provisions",
            counts.items(),
        )

    def _transaction(self) -> _Writing:
        return _Writing(self._db)

    # ── looking up ─────────────────────────────────────────────────────────────────────────────

    def versions(self, hashes: Collection[str]) -> list[Indexed]:
        """The versions with these SHA-256 sums that are in the index."""
        found: list[Indexed] = []
        for some in _batches(list(hashes)):
            marks = ", ".join("?" * len(some))
            rows = self._db.execute(f"SELECT * FROM version WHERE sha256 IN ({marks})", some)  # noqa: S608 (question marks only)
            found.extend(Indexed(*row) for row in rows)
        return found

    def rows(self, ids: Collection[int]) -> dict[int, Row]:
        """Provisions by their ids."""
        found: dict[int, Row] = {}
        for some in _batches(sorted(ids)):
            marks = ", ".join("?" * len(some))
            query = f"SELECT {_COLUMNS} FROM provision WHERE id IN ({marks})"  # noqa: S608 (our own names)
            found.update((row[0], Row(*row)) for row in self._db.execute(query, some))
        return found

    def whole(self, row: Row) -> list[Row]:
        """A provision and everything below it, in reading order."""
        query = f"SELECT {_COLUMNS} FROM provision WHERE id BETWEEN ? AND ? ORDER BY id"  # noqa: S608 (our own names)
        return [Row(*found) for found in self._db.execute(query, (row.id, row.last))]

    def words(self, row: Row) -> list[str]:
        """The words of a provision and of everything below it."""
        query = "SELECT words FROM provision WHERE id BETWEEN ? AND ? ORDER BY id"
        return " ".join(
            words for (words,) in self._db.execute(query, (row.id, row.last)) if words
        ).split()

    def above(self, row: Row) -> list[Row]:
        """What a provision stands in, nearest first."""
        found: list[Row] = []
        while row.parent:
            row = self.rows([row.parent])[row.parent]
            found.append(row)
        return found

    def opening(self, sha256: str) -> list[str]:
        """The texts of the outermost provisions of a version, in lower case."""
        rows = self._db.execute(
            "SELECT lower(text) FROM provision JOIN version ON version.id = provision.version"
            " WHERE sha256 = ? AND parent = 0 AND text != ''",
            (sha256,),
        )
        return [text for (text,) in rows]

    def equal(self, contents: Collection[bytes]) -> list[Row]:
        """Every provision of the index that reads exactly so."""
        found: list[Row] = []
        for some in _batches(sorted(contents)):
            marks = ", ".join("?" * len(some))
            query = f"SELECT {_COLUMNS} FROM provision WHERE content IN ({marks})"  # noqa: S608 (our own names)
            found.extend(Row(*row) for row in self._db.execute(query, some))
        return found

    def limit(self, versions: Iterable[int]) -> None:
        """Let `sharing` look at these versions only."""
        chosen = frozenset(versions)
        if chosen == self._scope:
            return
        # A table of this connection alone: nobody else is kept waiting.
        self._db.execute("CREATE TEMP TABLE IF NOT EXISTS scope (id INTEGER PRIMARY KEY)")
        self._db.execute("DELETE FROM scope")
        self._db.executemany("INSERT INTO scope VALUES (?)", ((id_,) for id_ in chosen))
        self._scope = chosen

    def sharing(self, words: Iterable[str], most: int) -> list[int]:
        """Provisions, of the versions that `limit` chose, that share the rarest of the words; the
        likeliest first.
        """
        rare = self.rarest(words)
        if not rare or not self._scope:
            return []
        # FTS5 reads a quoted string as words, never as an operator.
        query = " OR ".join(f'"{word}"' for word in rare)
        rows = self._db.execute(
            "SELECT passage.rowid FROM passage JOIN provision ON provision.id = passage.rowid"
            " WHERE passage MATCH ? AND provision.version IN (SELECT id FROM scope)"
            " ORDER BY bm25(passage) LIMIT ?",
            (query, most),
        )
        return [id_ for (id_,) in rows]

    @cached_property
    def frequency(self) -> Mapping[str, int]:
        """Of every word, the number of provisions that it stands in."""
        return dict(self._db.execute("SELECT word, provisions FROM word"))

    @cached_property
    def _passages(self) -> int:
        (count,) = self._db.execute("SELECT count(*) FROM provision").fetchone()
        return int(count)

    def weight(self, word: str) -> float:
        """How much a word tells: the rarer the more; one that stands nowhere tells most."""
        return log((self._passages + 2) / (self.frequency.get(word, 0) + 1))

    def rarest(self, words: Iterable[str]) -> list[str]:
        """The words to look up: known ones, rarest first."""
        known = [word for word in dict.fromkeys(words) if word in self.frequency]
        known.sort(key=lambda word: (self.frequency[word], word))
        chosen: list[str] = []
        budget = LOOK_UPS
        for word in known[:RARE_WORDS]:
            budget -= self.frequency[word]
            if budget < 0 and chosen:
                break
            chosen.append(word)
        return chosen


class _Writing:
    """A transaction that takes the write lock at once, so that two processes queue up."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def __enter__(self) -> None:
        self._db.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: object, *_: object) -> None:
        self._db.execute("ROLLBACK" if kind else "COMMIT")


def named(bill: Bill) -> Text:
    """A version as a search names it."""
    return Text(
        bill.provenance.source,
        bill.provenance.sha256,
        str(bill.id or ""),
        bill.label if bill.id else "",
        bill.version,
        bill.stage.name,
        bill.title or bill.official_title,
        bill.document,
    )


def searchable(kind: str, context: Context, size: int) -> bool:
    """Whether a provision is looked up by its words: no title or division, no table of contents."""
    return kind not in CONTAINERS and context is not Context.TOC and size >= FEWEST_WORDS


def content_hashes(outline: Outline) -> list[bytes]:
    """For each node a hash of its words and all below: equal for two that read the same but for
    enumerators, typography and case.
    """
    return [content_hash(outline.all_words(node.index)) for node in outline.nodes]


def content_hash(words: Sequence[str]) -> bytes:
    """The hash of words in order."""
    return hashlib.blake2b(" ".join(words).encode(), digest_size=_HASH_BYTES).digest()


def _connected(name: str) -> sqlite3.Connection:
    connection = sqlite3.connect(name, timeout=_PATIENCE, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        # Losing the last addition to a power cut costs reading that version again.
        connection.execute("PRAGMA synchronous = NORMAL")
        with _Writing(connection):
            with closing(connection.execute("PRAGMA user_version")) as cursor:
                made = cursor.fetchone()[0] == FORMAT
            if not made:
                for statement in _statements():
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {FORMAT}")
    except BaseException:
        connection.close()
        raise
    return connection


def _statements() -> Iterator[str]:
    return (statement for statement in _LAYOUT.split(";") if statement.strip())


def _batches(values: Sequence[str] | Sequence[int] | Sequence[bytes]) -> Iterator[list[object]]:
    for start in range(0, len(values), _AT_ONCE):
        yield list(values[start : start + _AT_ONCE])
