"""An editor's notes: what the house says of quoted words, and where those words stand now."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

NoteKind = Literal["comment", "question", "correction"]
Field = Literal["text", "heading"]


class Outcome(StrEnum):
    """What became of the words that a note is about; there is no fifth."""

    SAME = "same"  # where they were, word for word
    MOVED = "moved"  # word for word, in a provision of another number or place
    CHANGED = "changed"  # a person must look: shown at the likeliest place, marked as such
    GONE = "gone"  # no place to show it


@dataclass(frozen=True, slots=True)
class NoteAnchor:
    """The words that a note is about, in the version it was written against.

    `path` is a provision of that version, `exact` words of its own text or heading, `prefix` and
    `suffix` the words around them: a TextQuoteSelector (W3C Web Annotation Data Model, 4.2.4)
    inside one provision.  `bill` is empty where the note does not say which bill it is about.
    """

    version: str
    path: str
    exact: str
    prefix: str = ""
    suffix: str = ""
    bill: str = ""


@dataclass(frozen=True, slots=True)
class HouseNote:
    """One note of the house; `text` is Markdown, `date` an ISO 8601 day, `file` its sidecar."""

    id: str
    kind: NoteKind
    author: str
    date: str
    text: str
    anchor: NoteAnchor
    file: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """A note and where it stands in the newest version.

    `quote` are the words `[start:end]` of the field of the provision `path`; for a note that is
    gone they are empty, and `path` is what became of its provision, or empty too.  `reason` is a
    sentence for a reader, empty only where the words are the same.
    """

    note: HouseNote
    outcome: Outcome
    path: str = ""
    field: Field = "text"
    start: int = 0
    end: int = 0
    quote: str = ""
    reason: str = ""

    def __post_init__(self) -> None:
        if self.outcome in (Outcome.SAME, Outcome.MOVED) and not self.quote:
            raise ValueError(f"note {self.note.id} is {self.outcome} and has no words")

    @property
    def shown(self) -> bool:
        """Whether there are words to show it at."""
        return bool(self.quote)

    @property
    def needs_reader(self) -> bool:
        """Whether a person must look at it before it can be relied on."""
        return self.outcome in (Outcome.CHANGED, Outcome.GONE)
