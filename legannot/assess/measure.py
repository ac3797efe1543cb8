"""One bill in a table of several on one subject: its chains, its exceptions, what it answers."""

from __future__ import annotations

from collections import defaultdict

from legannot.assess import signs
from legannot.model import Context, Operator
from legannot.model.report import Measure, Report

#: What an exception may single out, in the order of the table.
EXCEPTIONS = ("research", "open models", "small business", "waiver", "sunset")


def measure(report: Report) -> Measure:
    """The row of the last version of a report."""
    bill = report.bills[-1]
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for path, unit in report.facts[-1].units.items():
        if unit.context not in (Context.OPERATIVE, Context.QUOTED):
            continue
        if unit.operator is Operator.SUNSET:
            found["sunset"][path] = None
        elif unit.operator is Operator.EXCEPTION:
            for name, sign in signs.SINGLED_OUT:
                if sign.search(unit.text):
                    found[name][path] = None
    return Measure(
        bill=bill.label,
        title=bill.title,
        chains=tuple(dict.fromkeys(effect.rule for effect in report.effects)),
        exceptions={name: tuple(found[name]) for name in EXCEPTIONS},
        asked=tuple(answer.question for answer in report.answers),
        spoken=tuple(answer.question for answer in report.answers if answer.spoken),
    )
