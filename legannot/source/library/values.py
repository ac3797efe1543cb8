"""What the library holds and answers with, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from legannot.model import BillId, Stage, stage


class Kind(StrEnum):
    """What a text is: a printed version of the bill, or an amendment proposed to it."""

    BILL = "bill"
    AMENDMENT = "amendment"


class Origin(StrEnum):
    """How a text came: downloaded from where it is published, or imported from a file at hand."""

    FETCHED = "fetched"
    IMPORTED = "imported"


@dataclass(frozen=True, slots=True)
class Received:
    """Where bytes came from: an address or a file's name, and when (ISO 8601, UTC).

    `headers` are those of the answer that say something of the text, names in lower case.
    """

    address: str
    at: str
    origin: Origin = Origin.FETCHED
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Held:
    """One text in the library.

    `version` is the version code, or such as `samdt2137` for an amendment.  `published` is the day
    that the source gives the version, empty if it gives none.  `current` is false for bytes that
    were published under this name before the source changed them.
    """

    bill: BillId
    version: str
    kind: Kind
    sha256: str
    size: int
    published: str
    current: bool
    received: Received

    @property
    def id(self) -> str:
        """What a user types for it: `119hr1316ih`, `117samdt2137`."""
        if self.kind is Kind.AMENDMENT:
            return f"{self.bill.congress}{self.version}"
        return f"{self.bill}{self.version}"

    @property
    def stage(self) -> Stage:
        """The version's place in the life of the bill."""
        return stage(self.version)


class Added(StrEnum):
    """What became of a text that was put into the library."""

    NEW = "new"  # no text of this version was held
    SAME = "same"  # these very bytes are held
    CHANGED = "changed"  # other bytes were current until now; they are kept
    BESIDE = "beside"  # an import never displaces what was fetched: kept, not current


@dataclass(frozen=True, slots=True)
class Addition:
    """A text put into the library, what became of it, and the text that was current before."""

    held: Held
    what: Added
    previous: Held | None = None


@dataclass(frozen=True, slots=True)
class BillRecord:
    """What is known of a bill beside its texts, from its BILLSTATUS record.

    `status` is the SHA-256 of that record in the library, `checked` the moment (ISO 8601, UTC) when
    the source last answered for it; both empty if it was never asked.
    """

    bill: BillId
    title: str = ""
    latest_action: str = ""
    latest_day: str = ""
    status: str = ""
    checked: str = ""


@dataclass(frozen=True, slots=True)
class BillEntry:
    """A line of the library's list: a bill and its current versions in the order of its life."""

    record: BillRecord
    versions: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """What a server last said of an address, so that it can be asked whether that still holds.

    `sha256` names the bytes in the library that `etag` and `last_modified` speak of.
    """

    address: str
    sha256: str
    etag: str = ""
    last_modified: str = ""
    checked: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that `verify` found: which text or file, and what is wrong with it."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Verified:
    """The result of reading everything again: how much was read, and what is wrong.

    `unused` are files that no entry names, left by a run that was stopped; they do no harm.
    """

    texts: int
    size: int
    faults: tuple[Fault, ...]
    unused: int
