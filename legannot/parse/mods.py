"""What govinfo's MODS record says of a bill: the day it was issued."""

from __future__ import annotations

from legannot.errors import InputError
from legannot.parse.naming import day
from legannot.parse.xml import read_xml

_SPACE = "{http://www.loc.gov/mods/v3}"


def issued(record: bytes) -> str:
    """The ISO day of `dateIssued`; empty if the record gives none.

    Source: MODS 3, element `originInfo`.  Raises `InputError` for what is damaged or no MODS; it is
    for the caller to go on, as the record only adds to a bill.
    """
    root, _ = read_xml(record, "mods.xml")
    if not str(root.tag).startswith(f"{_SPACE}mods"):
        raise InputError("is no MODS record.", where="mods.xml")
    element = next(root.iter(f"{_SPACE}dateIssued"), None)
    words = (element.text or "").strip() if element is not None else ""
    found = day(words)
    if words and not found:
        raise InputError(f"gives a day of issue that is none ({words[:40]!r}).", where="mods.xml")
    return found
