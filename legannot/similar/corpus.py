"""The versions that a search looks through: each read once, then known by the hash of its bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from legannot.errors import InputError
from legannot.model import Bill
from legannot.model.likeness import Text
from legannot.similar.index import Index


@dataclass(frozen=True, slots=True)
class Shelved:
    """One version to look through: what it is called, its SHA-256, and how to read it."""

    name: str
    sha256: str
    read: Callable[[], Bill]


class Corpus:
    """An index with the versions to look through: `scope` names them by their ids in the index.

    `unread` are versions that could not be read, each with its reason; nothing is left out in
    silence.
    """

    def __init__(
        self,
        folder: Path | None,
        shelved: Iterable[Shelved],
        say: Callable[[int, int], None] = lambda _, __: None,
    ) -> None:
        """Open the index in `folder` (None: in memory) and read what it does not know yet.

        `say` hears how many of how many unknown versions were read.
        """
        self.index = Index.open(folder)
        self.unread: list[InputError] = []
        # The same bytes under two names are one text; the first name stands.
        wanted: dict[str, Shelved] = {}
        for version in shelved:
            wanted.setdefault(version.sha256, version)
        self._read([wanted[sha256] for sha256 in self.index.missing(wanted)], say)
        self.scope = {
            held.id: Text(
                wanted[held.sha256].name,
                held.sha256,
                held.bill,
                held.label,
                held.code,
                held.stage,
                held.title,
                held.document,
            )
            for held in self.index.versions(list(wanted))
        }

    @property
    def notices(self) -> tuple[str, ...]:
        """What befell the index, and what could not be read."""
        return (*self.index.notices, *(f"left out: {error}" for error in self.unread))

    def close(self) -> None:
        """Let go of the index."""
        self.index.close()

    def _read(self, missing: Sequence[Shelved], say: Callable[[int, int], None]) -> None:
        for done, version in enumerate(missing, 1):
            try:
                self.index.add(version.read())
            except InputError as error:
                self.unread.append(error)
            say(done, len(missing))
