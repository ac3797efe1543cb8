"""Texts of the library as inputs: what a user named to the sources that it stands for."""

from __future__ import annotations

from collections.abc import Callable

from legannot.errors import InputError
from legannot.source.files import Source, from_bytes
from legannot.source.library.library import Library
from legannot.source.library.values import Held
from legannot.source.names import Named


def held(library: Library, named: Named) -> tuple[Held, ...]:
    """The texts that a name stands for, in the order of the bill's life; empty if none is held."""
    if named.amendment:
        found = library.amendment(named.bill.congress, named.amendment)
    elif named.version:
        found = library.find(named.bill, named.version)
    else:
        return library.versions(named.bill)
    return (found,) if found else ()


def sources(
    library: Library, named: Named, trouble: Callable[[InputError], None] = lambda _: None
) -> tuple[Source, ...]:
    """Every text that a name stands for, read.

    `trouble` hears of a record of the bill that cannot be read: it does not stand in the way of the
    text.  Raises `InputError` that says what to do if none is at hand, or if a text is damaged.
    """
    found = held(library, named)
    if not found:
        raise not_at_hand(named, library)
    status = _status(library, named, trouble)
    return tuple(
        from_bytes(text.id, library.read(text), published=text.published, status=status)
        for text in found
    )


def _status(library: Library, named: Named, trouble: Callable[[InputError], None]) -> bytes:
    """The bill's BILLSTATUS record; empty if none is at hand."""
    record = library.record(named.bill).status
    try:
        return library.files.read(record) if record else b""
    except InputError as wrong:
        trouble(wrong)
        return b""


def not_at_hand(named: Named, library: Library | None) -> InputError:
    """What to say of a name that the library (None: there is none) holds nothing of."""
    bill = named.bill
    cure = f"Run `legannot fetch {bill}`, or give a file."
    if named.amendment:
        cure = "Fetch the bill that it amends; few texts of amendments are published as XML."
    elif library and named.version and (versions := library.versions(bill)):
        cure = f"At hand: {', '.join(text.id for text in versions)}. {cure}"
    elif library and (others := _same_number(library, named)):
        cure = f"At hand from other Congresses: {', '.join(others)}. {cure}"
    return InputError("is not in the library.", where=str(named), cure=cure)


def _same_number(library: Library, named: Named) -> list[str]:
    bill = named.bill
    every = (entry.record.bill for entry in library.bills() if entry.versions)
    return [str(b) for b in every if (b.type, b.number) == (bill.type, bill.number)]
