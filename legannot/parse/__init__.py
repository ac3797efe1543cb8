"""Bytes to a `Bill`: which format a document is in, and its reader."""

from __future__ import annotations

from dataclasses import replace

from legannot.errors import InputError
from legannot.model import Bill
from legannot.parse.bill_dtd import ROOTS, read_bill_dtd
from legannot.parse.contexts import mark_contexts
from legannot.parse.mods import issued
from legannot.parse.nodes import freeze
from legannot.parse.reading import Reading
from legannot.parse.xml import read_xml
from legannot.source import Source

_CURE = "Give the XML of a bill from govinfo.gov or congress.gov."
_USLM = ("http://schemas.gpo.gov/xml/uslm", "http://xml.house.gov/schemas/uslm/1.0")


def parse(source: Source) -> Bill:
    """Read one version of a bill, whatever its format.

    Raises `InputError` if the bytes are no such document.  What the reader does not know is kept in
    the text and listed in `Bill.not_understood`.
    """
    reading = _read(source)
    if not reading.nodes:
        raise InputError("holds no legislative text.", where=source.name, cure=_CURE)
    mark_contexts(reading.nodes)
    front = reading.front
    day = issued(source.mods)
    return Bill(
        id=front.id,
        version=front.version,
        title=front.title,
        official_title=front.official_title,
        provisions=freeze(reading.nodes),
        provenance=source.provenance,
        format=reading.format,
        document=front.document,
        dates={**front.dates, "issued": day} if day else front.dates,
        front=tuple(front.items),
        not_understood=tuple(reading.not_understood),
        notices=tuple(reading.notices),
    )


def _read(source: Source) -> Reading:
    root, notices = read_xml(source.data, source.name)
    namespace, _, name = str(root.tag).rpartition("}")
    if namespace.lstrip("{") in _USLM:
        raise InputError(
            f"is USLM XML ({name}), which this version of legannot does not read.",
            where=source.name,
            cure=_CURE,
        )
    if name not in ROOTS or namespace:
        raise InputError(f"is a <{name}> document, not a bill.", where=source.name, cure=_CURE)
    reading = read_bill_dtd(root, source.data)
    return replace(reading, notices=[*notices, *reading.notices]) if notices else reading


__all__ = ["parse"]
