"""Geometry of the version line and of the slope of moved sections; the templates draw it."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap

from legannot.model import ChangeKind
from legannot.render.html.index import Index
from legannot.render.html.summary import version
from legannot.render.html.tree import units
from legannot.render.wording import count

# Pixels that the column of the first screen has at 1280; a step is never narrower than a date.
_LINE_WIDTH = 540
_STEP_WIDTHS = (124, 190)
_DOT_Y = 26
_PIXELS_A_CHARACTER = 8
_SLOPE_ROW = 22
_SLOPE_WIDTH = 420
# Past this many lines a slope is a thicket, and the concordance says it better (REPORT section 5).
_SLOPE_LINES = 60


@dataclass(frozen=True, slots=True)
class Dot:
    """A version on the line: hollow where it only reprints the one before."""

    x: int
    hollow: bool
    lines: tuple[str, ...]
    date: str


@dataclass(frozen=True, slots=True)
class Leg:
    """The way from one version to the next, with what it changed in words."""

    x1: int
    x2: int
    label: str


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version line with the same numbers in words for its description and its table."""

    width: int
    height: int
    y: int
    dots: tuple[Dot, ...]
    legs: tuple[Leg, ...]
    description: str
    rows: tuple[tuple[str, str, str], ...]


def version_line(index: Index) -> VersionLine | None:
    """The life of the bill in the report's versions; None for a single one."""
    report = index.report
    if index.single:
        return None
    narrow, wide = _STEP_WIDTHS
    width = min(wide, max(narrow, _LINE_WIDTH // len(report.bills)))
    dots: list[Dot] = []
    legs: list[Leg] = []
    rows: list[tuple[str, str, str]] = []
    for i, bill in enumerate(report.bills):
        shown = version(bill)
        step = report.steps[i - 1] if i and i <= len(report.steps) else None
        x = width * i + width // 2
        change = ""
        if step:
            change = "reprint" if step.reprint else count(step.edits, "edit")
            legs.append(Leg(dots[-1].x, x, change))
        lines = tuple(wrap(shown.name, width // _PIXELS_A_CHARACTER)) or (shown.code,)
        dots.append(Dot(x, bool(step and step.reprint), lines, shown.date))
        rows.append((shown.name, shown.date or "no date", change or "first version here"))
    tallest = max(len(dot.lines) for dot in dots)
    sentence = "; ".join(f"{name}, {date}: {change}" for name, date, change in rows)
    return VersionLine(
        width=width * len(dots),
        height=_DOT_Y + 24 + 15 * (tallest + 1),
        y=_DOT_Y,
        dots=tuple(dots),
        legs=tuple(legs),
        description=f"{sentence}.",
        rows=tuple(rows),
    )


@dataclass(frozen=True, slots=True)
class Slope:
    """Section numbers of both versions in two columns, a line from each to where it went."""

    width: int
    height: int
    left: tuple[tuple[int, str, str], ...]
    right: tuple[tuple[int, str, str], ...]
    lines: tuple[tuple[int, int, str], ...]
    description: str


def slope(index: Index) -> Slope | None:
    """The slope picture; None where no section changed its number or place, or too many did."""
    if index.report.comparison is None:
        return None
    sections = [n.row for n in units(index.roots) if n.row.level == "section"]
    there = {r.old.path for r in sections if r.old}
    in_order = [p.path for p in index.old.walk() if p.path in there]
    old_order = {path: i for i, path in enumerate(in_order)}
    moved = [r for r in sections if r.old and r.new and r.old.enum != r.new.enum]
    if not moved or len(sections) > _SLOPE_LINES:
        return None
    left: list[tuple[int, str, str]] = []
    right: list[tuple[int, str, str]] = []
    lines: list[tuple[int, int, str]] = []
    position = 0
    for row in sections:
        y_new = 0
        if row.new:
            y_new = 30 + _SLOPE_ROW * position
            position += 1
            word = "new" if row.old is None else ""
            right.append((y_new, row.new.enum.rstrip("."), word))
        if row.old:
            y_old = 30 + _SLOPE_ROW * old_order[row.old.path]
            left.append((y_old, row.old.enum.rstrip("."), "" if row.new else "removed"))
            if row.new:
                kind = "m" if ChangeKind.MOVED in row.kinds else "r" if row in moved else "s"
                lines.append((y_old, y_new, kind))
    return Slope(
        width=_SLOPE_WIDTH,
        height=30 + _SLOPE_ROW * max(position, len(old_order)),
        left=tuple(left),
        right=tuple(right),
        lines=tuple(lines),
        description=(
            f"{count(len(moved), 'section')} renumbered or moved, "
            f"{sum(1 for r in sections if r.old is None):,} new, "
            f"{sum(1 for r in sections if r.new is None):,} removed."
        ),
    )
