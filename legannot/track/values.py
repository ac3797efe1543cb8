"""What following bills knows and tells, as values."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Self

from legannot.model import BillId


@dataclass(frozen=True, slots=True)
class Followed:
    """A bill that somebody follows.

    `subjects` are leaves of the taxonomy or families (`ow.*`); none stands for all of them.
    `added` is the moment (ISO 8601, UTC) since which it is followed.
    """

    bill: BillId
    subjects: tuple[str, ...]
    note: str
    added: str


class Event(StrEnum):
    """What an alert tells of."""

    VERSION = "version"  # versions that were not there before
    CHANGED = "changed"  # a published text that its source changed
    AMENDMENT = "amendment"  # the text of an amendment proposed to it
    TRAVEL = "travel"  # its text turned up in another bill


@dataclass(frozen=True, slots=True)
class SubjectCount:
    """How many provisions carried a subject before and after; `before` is None for a first text."""

    topic: str
    label: str
    before: int | None
    after: int


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing to tell, decided when it was found and never changed after.

    `key` is what it tells of: there is one alert for each bill and key.  `lines` are the strongest
    changes with quoted words: in the subjects followed, if there are any such; `elsewhere` those
    outside them.  `nothing` says that none of it lies in the subjects.  `links` are (words,
    address).
    """

    bill: BillId
    event: Event
    key: str
    at: str
    headline: str
    title: str
    subjects: tuple[str, ...]
    lines: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    counts: tuple[SubjectCount, ...] = ()
    topics: tuple[str, ...] = ()
    nothing: bool = False
    links: tuple[tuple[str, str], ...] = ()
    note: str = ""
    id: int = 0

    @property
    def urn(self) -> str:
        """A name that never changes, the same however often the alert is handed on."""
        return f"tag:legannot,2026:{self.bill}:{self.event}:{self.key.replace(' ', ':')}"

    def dumps(self) -> str:
        """The alert as it is kept."""
        kept = asdict(self)
        kept["bill"] = str(self.bill)
        return json.dumps(kept, ensure_ascii=False)

    @classmethod
    def loads(cls, text: str, number: int) -> Self:
        """What `dumps` wrote, with its number."""
        kept = json.loads(text)
        kept["bill"] = BillId.parse(kept["bill"])
        kept["event"] = Event(kept["event"])
        kept["counts"] = tuple(SubjectCount(**count) for count in kept["counts"])
        kept["links"] = tuple((words, address) for words, address in kept["links"])
        for name in ("subjects", "lines", "elsewhere", "topics"):
            kept[name] = tuple(kept[name])
        return cls(**{**kept, "id": number})
