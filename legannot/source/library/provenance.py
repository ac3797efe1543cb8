"""The record beside exported texts, `provenance.json`: read as a statement like any other.

What a file holds is decided by reading the file; what is wrong with the record keeps no text out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime

from legannot.errors import InputError
from legannot.source.library.values import Kind

RECORD = "provenance.json"
_FORMAT = "legannot/provenance/"
SCHEMA = f"{_FORMAT}1"
_WITHOUT = "texts are taken without what it says of them."
_CURE = "Export them again."
# Faults that are named; a record that a program damaged has as many as entries.
_NAMED = 3


def read_record(
    content: bytes, name: str
) -> tuple[dict[str, Mapping[str, object]], InputError | None]:
    """What a record says of each file by its name, and what says which of it is damaged.

    Entries that are as the schema has them count, whatever the others are.  Raises `InputError` if
    none can be read: damage, another format, no record of ours.
    """
    said: dict[str, Mapping[str, object]] = {}
    faults: list[str] = []
    for number, entry in enumerate(_entries(content, name), 1):
        fault = _fault(entry)
        if isinstance(entry, dict) and not fault:
            if said.setdefault(entry["file"], entry) is entry:
                continue
            fault = "`file` stands in an earlier entry too"
        faults.append(f"entry {number}{_file(entry)}: {fault}")
    if not faults:
        return said, None
    more = f"; and {len(faults) - _NAMED:,} more" if len(faults) > _NAMED else ""
    return said, InputError(
        f"is damaged: {'; '.join(faults[:_NAMED])}{more}. What these say is not used.",
        where=name,
        cure=_CURE,
    )


def _entries(content: bytes, name: str) -> list[object]:
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        raise InputError(f"is damaged; {_WITHOUT}", where=name, cure=_CURE) from None
    schema = document.get("schema") if isinstance(document, dict) else None
    if not isinstance(schema, str) or not schema.startswith(_FORMAT):
        raise InputError(
            f"is not what `legannot library export` writes; {_WITHOUT}", where=name, cure=_CURE
        )
    if schema != SCHEMA:
        raise InputError(
            f"is in the format {schema[:80]!r}, where {SCHEMA!r} is read; {_WITHOUT}",
            where=name,
            cure="Import them with the version of legannot that wrote it.",
        )
    texts = document.get("texts")
    if not isinstance(texts, list):
        raise InputError(f"is damaged: `texts` is no list; {_WITHOUT}", where=name, cure=_CURE)
    return texts


def _fault(entry: object) -> str:
    """What is wrong with an entry; empty if it is as the schema has it."""
    if not isinstance(entry, dict):
        return "is no object"
    for key, (fits, what) in _ENTRY.items():
        if key not in entry:
            return f"`{key}` is missing"
        if not fits(entry[key]):
            return f"`{key}` is no {what}"
    return ""


def _file(entry: object) -> str:
    """The file that an entry is about, in brackets, if it says so in what can be shown."""
    file = entry.get("file") if isinstance(entry, dict) else None
    return f" ({file[:80]})" if isinstance(file, str) and file.isprintable() else ""


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_kind(value: object) -> bool:
    return value in tuple(Kind)


def _is_truth(value: object) -> bool:
    return isinstance(value, bool)


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        # That of a text whose day is not known.
        return value == ""


def _is_moment(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(datetime.fromisoformat(value))
    except ValueError:
        return False


def _is_headers(value: object) -> bool:
    return isinstance(value, dict) and all(map(_is_text, value.values()))


# What an entry says and how, as docs/schemas/provenance-1.json has it.
_ENTRY: Mapping[str, tuple[Callable[[object], bool], str]] = {
    "file": (_is_text, "text"),
    "bill": (_is_text, "text"),
    "version": (_is_text, "text"),
    "kind": (_is_kind, "kind of text"),
    "sha256": (_is_text, "text"),
    "current": (_is_truth, "truth value"),
    "published": (_is_day, "day"),
    "address": (_is_text, "text"),
    "received": (_is_moment, "moment"),
    "headers": (_is_headers, "object of texts"),
}
