"""What the changes do, whom they reach and what may follow, as documents.

`change` is the index of an entry of `comparison.changes`, null for a provision that did not change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from legannot.render.json.texts import Document, head_part

if TYPE_CHECKING:
    from legannot.model.report import (
        Aim,
        Answer,
        Cascade,
        ChainChange,
        Effect,
        Further,
        Measure,
        QuantityChange,
        Reach,
        ReferenceChange,
        Report,
        Start,
        Substance,
    )


def impact_document(report: Report) -> Document:
    """`legannot/impact/1`: what the changes do, whom they reach and what may follow."""
    entries = change_indices(report)
    return {
        "schema": "legannot/impact/1",
        "bills": [head_part(bill) for bill in report.bills],
        "changes": [_substance(one, entries) for one in report.substance],
        "quantities": [_quantity(one, entries) for one in report.quantities],
        "reach": [_reach(one) for one in report.reach],
        "references": [_reference(one) for one in report.references],
        "aims": [_aim(aim) for aim in report.aims],
        "effects": [_effect(effect) for effect in report.effects],
        "chains": [_chain(one) for one in report.chains],
        "profiles": _profiles(report),
        "answers": [_answer(answer) for answer in report.answers],
        "questions": dict(report.questions),
        "evidence": dict(report.evidence),
        "cascades": [_cascade(one) for one in report.cascades],
        "map": {
            "nodes": [
                {"id": n.id, "kind": n.kind, "label": n.label, "path": n.path or None}
                for n in report.map.nodes
            ],
            "edges": [
                {"source": e.source, "target": e.target, "kind": e.kind} for e in report.map.edges
            ],
        },
        "measures": [],
        "notices": list(report.notices),
    }


def measures_document(measures: Sequence[Measure], reports: Sequence[Report]) -> Document:
    """`legannot/impact/1` for different bills: one row each, nothing compared word by word."""
    return {
        "schema": "legannot/impact/1",
        "bills": [head_part(report.bills[-1]) for report in reports],
        "changes": [],
        "quantities": [],
        "reach": [],
        "references": [],
        "aims": [],
        "effects": [],
        "chains": [],
        "profiles": [],
        "answers": [],
        "questions": dict(reports[0].questions) if reports else {},
        "evidence": {},
        "cascades": [],
        "map": {"nodes": [], "edges": []},
        "measures": [
            {
                "bill": one.bill,
                "title": one.title,
                "chains": list(one.chains),
                "exceptions": {name: list(paths) for name, paths in one.exceptions.items()},
                "asked": list(one.asked),
                "spoken": list(one.spoken),
            }
            for one in measures
        ],
        "notices": [],
    }


def change_indices(report: Report) -> dict[int, int]:
    """The place among the changes of each row that is one."""
    rows = report.comparison.rows if report.comparison else ()
    changed = (i for i, row in enumerate(rows) if row.changed)
    return {row: entry for entry, row in enumerate(changed)}


def _effect(effect: Effect) -> Document:
    return {
        "rule": effect.rule,
        "path": effect.path,
        "order": effect.order,
        "claim": effect.claim,
        "lead": effect.lead,
        "effect": effect.effect,
        "who": effect.who,
        "direction": effect.direction,
        "confidence": effect.confidence,
        "quote": effect.quote,
        "assumptions": list(effect.assumptions),
        "evidence": list(effect.evidence),
        "counter": effect.counter,
        "note": effect.note,
        "questions": list(effect.questions),
        "defeaters": list(effect.defeaters),
        "why": list(effect.why),
        "changed": effect.changed,
        "title": effect.title,
        "starts": [_start(start) for start in effect.begun],
    }


def _start(start: Start) -> Document:
    return {
        "path": start.path,
        "quote": start.quote,
        "why": list(start.why),
        "confidence": start.confidence,
        "defeaters": list(start.defeaters),
        "changed": start.changed,
    }


def _substance(one: Substance, entries: Mapping[int, int]) -> Document:
    return {
        "kind": one.kind.value,
        "direction": one.direction,
        "path": one.path,
        "old": one.old,
        "new": one.new,
        "why": one.why,
        "topics": list(one.topics),
        "exception": one.exception,
        "change": entries.get(one.row),
        "edit": one.edit,
    }


def _quantity(one: QuantityChange, entries: Mapping[int, int]) -> Document:
    return {
        "kind": one.kind,
        "path": one.path,
        "old": one.old,
        "new": one.new,
        "difference": one.difference,
        "change": entries.get(one.row),
    }


def _reach(one: Reach) -> Document:
    return {
        "term": one.term,
        "definition": one.definition,
        "uses": list(one.uses),
        "further": [_further(further) for further in one.further],
        "because": list(one.because),
    }


def _further(one: Further) -> Document:
    return {"path": one.path, "through": list(one.through)}


def _reference(one: ReferenceChange) -> Document:
    return {
        "kind": one.kind,
        "path": one.path,
        "quote": one.quote,
        "old": one.old,
        "new": one.new,
    }


def _chain(one: ChainChange) -> Document:
    return {
        "rule": one.rule,
        "title": one.title,
        "kind": one.kind,
        "old": list(one.old),
        "new": list(one.new),
    }


def _answer(one: Answer) -> Document:
    return {
        "question": one.question,
        "spoken": list(one.spoken),
        "place": one.place,
        "told": one.told,
    }


def _cascade(one: Cascade) -> Document:
    return {
        "list": one.list,
        "named": list(one.named),
        "reached": [_further(further) for further in one.reached],
    }


def _aim(aim: Aim) -> Document:
    return {"path": aim.path, "kind": aim.kind, "text": aim.text, "lead": aim.lead}


def _profiles(report: Report) -> list[Document]:
    return [
        {
            "path": path,
            "facets": [
                {
                    "facet": one.facet,
                    "label": one.label,
                    "value": one.value or None,
                    "path": one.path or None,
                    "quote": one.quote or None,
                }
                for one in facets
            ],
        }
        for path, facets in report.profiles.items()
    ]
