"""What the site keeps of a bill: enough for the index, the feeds and the map, without its text.

A digest goes into the manifest as JSON, so that a bill that did not change is not read again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass
from functools import cache
from types import GenericAlias
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from legannot.render.atom import Entry

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version: its folder, its names, its day in words and as ISO 8601, and its file.

    `change` is what the step to it changed, empty for the first.
    """

    slug: str
    code: str
    name: str
    date: str
    day: str
    source: str
    sha256: str
    change: str


@dataclass(frozen=True, slots=True)
class PairLine:
    """A comparison of two versions: its folder, their names, and how much changed."""

    slug: str
    old: str
    new: str
    counts: str
    words: str


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A line of "in short"; `anchor` leads into the newest report."""

    before: str
    place: str
    anchor: str
    after: str
    deleted: str
    inserted: str


@dataclass(frozen=True, slots=True)
class SubjectLine:
    """A subject with the number of provisions that touch it before and after.

    `procedural` ones (dates, reports, findings) are what most bills have.
    """

    id: str
    label: str
    family: str
    procedural: bool
    before: int
    after: int
    change: str
    place: str
    anchor: str


@dataclass(frozen=True, slots=True)
class SectionLine:
    """A section of the newest version."""

    number: str
    heading: str
    anchor: str


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note of the house and what became of the words it is about."""

    id: str
    kind: str
    author: str
    date: str
    outcome: str
    place: str
    anchor: str
    quote: str
    reason: str


@dataclass(frozen=True, slots=True)
class Digest:
    """A bill on the site.  `latest` is the folder of the newest report, `day` its newest day."""

    slug: str
    label: str
    congress: str
    title: str
    summary: str
    official: str
    day: str
    latest: str
    single: bool
    reprint: bool
    counts: str
    words: str
    unread: int
    versions: tuple[VersionLine, ...]
    pairs: tuple[PairLine, ...]
    findings: tuple[FindingLine, ...]
    subjects: tuple[SubjectLine, ...]
    sections: tuple[SectionLine, ...]
    notes: tuple[NoteLine, ...]
    entries: tuple[Entry, ...]

    @property
    def folder(self) -> str:
        """Where its pages lie, from the root of the site."""
        return f"bill/{self.slug}/"

    def as_json(self) -> dict[str, object]:
        """The digest as plain values."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, object]) -> Digest:
        """The digest out of plain values; raises `ValueError` for anything else."""
        try:
            return _build(cls, value)
        except (KeyError, TypeError) as wrong:
            raise ValueError(f"no digest of a bill: {wrong}") from None


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _build(kind: type[_T], value: object) -> _T:
    if get_origin(kind) is tuple and isinstance(kind, GenericAlias):
        if not isinstance(value, list | tuple):
            raise TypeError(f"{value!r} is no list")
        (inner, _) = get_args(kind)
        return tuple(_build(inner, item) for item in value)
    if is_dataclass(kind):
        if not isinstance(value, Mapping):
            raise TypeError(f"{value!r} is no mapping")
        hints = _hints(kind)
        made: _T = kind(**{f.name: _build(hints[f.name], value[f.name]) for f in fields(kind)})
        return made
    if type(value) is not kind:
        raise TypeError(f"{value!r} is no {kind.__name__}")
    return value


__all__ = [
    "Digest",
    "FindingLine",
    "NoteLine",
    "PairLine",
    "SectionLine",
    "SubjectLine",
    "VersionLine",
]
