"""What asking for a bill comes to, as values."""

from __future__ import annotations

from dataclasses import dataclass

from legannot.model import BillId
from legannot.parse.billstatus import BillStatus, TextVersion
from legannot.source.library import Addition, BillRecord, Held
from legannot.source.web import Failure


@dataclass(frozen=True, slots=True)
class Listing:
    """The versions of a bill that a source lists, and what it says of the bill.

    `source` names it for a person.  `status` is its BILLSTATUS record if there is one.
    """

    source: str
    texts: tuple[TextVersion, ...]
    record: BillRecord
    status: BillStatus | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """Something that did not come: a version (its code, empty for the list of versions) and why.

    `address` is where it was asked for and `words` a whole sentence; neither holds a key.
    """

    version: str
    address: str
    failure: Failure
    words: str


@dataclass(frozen=True, slots=True)
class Update:
    """What is known after asking for one bill.

    `new` are versions that were not held before, `changed` published texts whose bytes differ from
    those held (the old ones are kept), `same` what was held and still stands or was not asked for,
    `waiting` names of versions that are listed without XML.  `listed` is false if no source told
    which versions there are: `record.checked` says when one last did.
    """

    bill: BillId
    record: BillRecord
    listed: bool
    status: BillStatus | None = None
    new: tuple[Held, ...] = ()
    changed: tuple[Addition, ...] = ()
    same: tuple[Held, ...] = ()
    failed: tuple[Failed, ...] = ()
    waiting: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
