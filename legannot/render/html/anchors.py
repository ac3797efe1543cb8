"""Names that links can rely on: anchors from citation paths, and aliases for the numbers of before.

new version: sec. 18(b)  ->  id "sec-18-b", aliases "rh-sec-8-b" and, as no provision is
now numbered 8(b), "sec-8-b"
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from legannot.model import Change
from legannot.model.report import Report

# Forms of the page's own ids: notes, evidence, questions, rule cards, stubs of moved provisions.
_OWN = re.compile(r"nH?\d+|(evidence|note|question|rule|was)-.*")


def slug(path: str) -> str:
    """`sec-4-b` for `sec. 4(b)`: letters and digits only, case kept since (I) is not (i)."""
    return re.sub(r"[^A-Za-z0-9]+", "-", path).strip("-") or "provision"


def lineages(report: Report) -> tuple[Mapping[str, str], ...]:
    """For each version, its paths and what the same provisions are called in the last version.

    Provisions that are gone by then are left out.  One that was split leads to its first part.
    """
    if report.comparison is None:
        return tuple({p.path: p.path for p in bill.walk()} for bill in report.bills)
    onward: dict[str, str] = {p.path: p.path for p in report.bills[-1].walk()}
    found = [onward]
    for step in reversed(report.steps[1:]):
        onward = {old: onward[new] for old, new in _pairs(step.comparison.rows) if new in onward}
        found.append(onward)
    found.append(dict(_pairs(report.comparison.rows)))
    return tuple(reversed(found))


def _pairs(rows: Iterable[Change]) -> Iterable[tuple[str, str]]:
    pairs: dict[str, str] = {}
    for row in rows:
        if row.old and row.new:
            pairs.setdefault(row.old.path, row.new.path)
    return pairs.items()


@dataclass(frozen=True, slots=True)
class Anchors:
    """Where provisions stand in the page: by path in the last and in the first version."""

    new: Mapping[str, str]
    old: Mapping[str, str]
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, row: Change) -> str:
        """The anchor of a row."""
        return self.new[row.new.path] if row.new else self.old[row.shown.path]

    def find(self, path: str) -> str:
        """The anchor of a path of the last version or else of the first, empty if there is none."""
        return self.new.get(path) or self.old.get(path, "")


def anchors(report: Report, rows: Sequence[Change], reserved: Iterable[str]) -> Anchors:
    """Anchors for all rows, none of them twice and none among `reserved`."""
    taken = set(reserved)
    new = {row.new.path: _take(slug(row.new.path), taken) for row in rows if row.new}
    code = report.bills[0].version or "old"
    old: dict[str, str] = {}
    for row in rows:
        if row.old and row.new:
            old.setdefault(row.old.path, new[row.new.path])
        elif row.old:
            old[row.old.path] = _take(slug(f"{code}-{row.old.path}"), taken)
    aliases: dict[str, list[str]] = {}
    # Newest first: a bare number means what it meant in the latest version that had it.
    for bill, names in reversed(tuple(zip(report.bills, lineages(report), strict=True))[:-1]):
        for before, now in names.items():
            if before != now and now in new:
                for name in (slug(f"{bill.version or 'old'}-{before}"), slug(before)):
                    if name not in taken:
                        taken.add(name)
                        aliases.setdefault(new[now], []).append(name)
    return Anchors(new, old, {anchor: tuple(names) for anchor, names in aliases.items()})


def _take(name: str, taken: set[str]) -> str:
    if _OWN.fullmatch(name):
        name = f"p-{name}"
    free, ordinal = name, 1
    while free in taken:
        ordinal += 1
        free = f"{name}-{ordinal}"
    taken.add(free)
    return free
