"""What changed words do to the law, read from the words; what they do not say is unclear.

old  The Secretary [may] require a developer to report within [30] days.
new  The Secretary {shall} require a developer to report within {60} days.
     operator, stricter: "may" becomes "shall"        deadline, later: 30 days more

Each edit is read on its own, under the words around it.  Edits of style, of findings, of short
titles and of instructions to amend other law say nothing here; a passage written anew is for a
person to read.  A member that only changed its place in a bill neither came nor went.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from legannot.assess import signs
from legannot.assess.amounts import Measures, Read, read_measure
from legannot.assess.phrases import RULES, connective, operator, telling
from legannot.assess.runs import Run, runs
from legannot.assess.shifts import Shifts
from legannot.assess.whole import whole
from legannot.model import Change, Context, Facts, Operator
from legannot.model.report import (
    QuantityChange,
    Substance,
    SubstanceKind,
    TagChange,
)

Kind = SubstanceKind

_NO_FORCE = (Context.FINDING, Context.SENSE, Context.PREAMBLE, Context.TOC)


def substance(
    rows: Sequence[Change], old: Facts, new: Facts, tags: Sequence[TagChange] = ()
) -> tuple[tuple[Substance, ...], tuple[QuantityChange, ...]]:
    """What every edit and every new or lost provision does, and the table of moved quantities.

    Both in the order of the rows.  `tags` are the topics that changed, to be named beside.
    """
    measures = Measures(old, new)
    shifts = Shifts(rows)
    found: list[Substance] = []
    table: list[QuantityChange] = []
    for run in runs(rows, old, new):
        if run.now.context not in _NO_FORCE:
            table.extend(measures.table(run))
        found.extend(_of_run(run, measures, shifts))
    found.extend(whole(rows, old, new, shifts))
    found.sort(key=lambda s: (s.row, -1 if s.edit is None else s.edit))
    return tuple(_named(found, tags, rows)), tuple(table)


def _of_run(run: Run, measures: Measures, shifts: Shifts) -> Iterator[Substance]:
    if run.now.context in _NO_FORCE or signs.SHORT_TITLE.search(run.new_text):
        return
    told = [unit.operator is Operator.FINDING for unit in (run.was, run.now)]
    if all(told):
        return
    reads = [
        read
        for moved in measures.moved(run)
        if (read := read_measure(moved, run.now.operator)) is not None
    ]
    if not _amends(run):
        reads.extend(connective(run))
    if any(told):
        reads.extend(operator(run))
    elif not _editorial(run) and not _amends(run):
        reads.extend(_of_words(run, shifts))
        if not reads:
            reads = [(Kind.WORDING, "unclear", "the words do not say what follows")]
    for kind, direction, why in dict.fromkeys(reads):
        yield Substance(
            kind=kind,
            direction=direction,
            path=run.path,
            row=run.row,
            edit=run.edit,
            old=run.deleted,
            new=run.inserted,
            why=_of_what(run, kind, why),
        )


def _of_what(run: Run, kind: Kind, why: str) -> str:
    """An exception that reaches more leaves more free: the reader must see which it is."""
    grown = kind in (Kind.SCOPE, Kind.LIST, Kind.THRESHOLD, Kind.CONNECTIVE)
    return f"{why}; of an exception" if grown and run.now.operator is Operator.EXCEPTION else why


def _of_words(run: Run, shifts: Shifts) -> Iterator[Read]:
    """What the words themselves do: the operator, and the first phrase rule that knows them."""
    yield from operator(run)
    if run.tangled or shifts.moved(run):
        return
    for rule in RULES:
        found = list(rule(run))
        if found:
            yield from found
            return


# ── edits that say nothing ───────────────────────────────────────────────────────────────────────


def _editorial(run: Run) -> bool:
    """Whether nothing but style, numbering or the place of a law was edited."""
    was, now = telling(run.old), telling(run.new)
    if was == now:
        return True
    sides = [words for words in (run.deleted, run.inserted) if re.search(r"\w", words)]
    return all(signs.WHEREABOUTS.search(words) for words in sides)


def _amends(run: Run) -> bool:
    """Whether the words instruct how to amend other law: what they do there is not in sight."""
    return run.now.context is not Context.QUOTED and (
        run.now.operator is Operator.AMENDMENT or run.was.operator is Operator.AMENDMENT
    )


# ── the topics and the exceptions that a change touches ──────────────────────────────────────────


def _named(
    found: Sequence[Substance], tags: Sequence[TagChange], rows: Sequence[Change]
) -> Iterator[Substance]:
    by_row: dict[int, list[TagChange]] = {}
    for change in tags:
        if change.kind != "same":
            by_row.setdefault(change.row, []).append(change)
    for one in found:
        topics = dict.fromkeys(c.topic for c in by_row.get(one.row, ()) if _rests_on(c, one))
        singled = ""
        if one.kind is Kind.EXCEPTION:
            words = f"{one.old} {one.new} {rows[one.row].shown.heading}"
            singled = next((name for name, sign in signs.SINGLED_OUT if sign.search(words)), "")
        yield replace(one, topics=tuple(topics), exception=singled)


def _rests_on(change: TagChange, one: Substance) -> bool:
    """Whether the topic rests on the words of this edit."""
    if one.edit is None:
        return True
    sides = ((change.old, one.old), (change.new, one.new))
    return any(
        words and any(words in e.quote or e.quote in words for e in tag.evidence)
        for tag, words in sides
        if tag is not None
    )
