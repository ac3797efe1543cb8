"""The local library of bill texts: an index and files by the hash of their content."""

from legannot.source.library.checks import prune, verify
from legannot.source.library.library import Library, Writer
from legannot.source.library.sources import held, not_at_hand, sources
from legannot.source.library.values import (
    Added,
    Addition,
    Answered,
    BillEntry,
    BillRecord,
    Fault,
    Held,
    Kind,
    Origin,
    Received,
    Verified,
)

__all__ = [
    "Added",
    "Addition",
    "Answered",
    "BillEntry",
    "BillRecord",
    "Fault",
    "Held",
    "Kind",
    "Library",
    "Origin",
    "Received",
    "Verified",
    "Writer",
    "held",
    "not_at_hand",
    "prune",
    "sources",
    "verify",
]
