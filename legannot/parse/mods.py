"""What govinfo's MODS record says of a bill: the day it was issued."""

from __future__ import annotations

from legannot.errors import InputError
from legannot.parse.naming import day
from legannot.parse.xml import read_xml


def issued(record: bytes) -> str:
    """The ISO day of `dateIssued`; empty if the record is absent, damaged or silent.

    Source: MODS 3, element `originInfo`; the record adds to a bill and never stands in its way.
    """
    if not record:
        return ""
    try:
        root, _ = read_xml(record, "mods.xml")
    except InputError:
        return ""
    element = next(root.iter("{http://www.loc.gov/mods/v3}dateIssued"), None)
    return day(element.text or "") if element is not None else ""
