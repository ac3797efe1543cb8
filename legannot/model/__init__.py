"""The vocabulary of the whole program: frozen values, no I/O, no third-party import.

Facts and tags are loaded when one of them is asked for: a redline needs none, and to make their
classes takes as long as to compare two small bills.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from legannot.model.bill import (
    APPROPRIATIONS,
    CONTAINERS,
    LEVELS,
    Bill,
    Context,
    DocumentType,
    FrontMatter,
    Markup,
    NotUnderstood,
    Provenance,
    Provision,
)
from legannot.model.comparison import (
    Alignment,
    Change,
    ChangeClass,
    ChangeKind,
    Comparison,
    Edit,
    Method,
    Pair,
)
from legannot.model.identity import BILL_TYPES, STAGES, BillId, CitationPath, Stage, life, stage
from legannot.model.paths import number, with_paths
from legannot.model.text import Span

if TYPE_CHECKING:
    from legannot.model.facts import (
        Citation,
        Condition,
        Definition,
        Facts,
        Instruction,
        Operator,
        Quantity,
        TermUse,
        Unit,
        Unparsed,
        Words,
    )
    from legannot.model.tags import Evidence, Status, Tag, Topic

_LATER = {
    **dict.fromkeys(
        (
            "Citation",
            "Condition",
            "Definition",
            "Facts",
            "Instruction",
            "Operator",
            "Quantity",
            "TermUse",
            "Unit",
            "Unparsed",
            "Words",
        ),
        "legannot.model.facts",
    ),
    **dict.fromkeys(("Evidence", "Status", "Tag", "Topic"), "legannot.model.tags"),
}


def __getattr__(name: str) -> object:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(_LATER[name]), name)
    return value


__all__ = [
    "APPROPRIATIONS",
    "BILL_TYPES",
    "CONTAINERS",
    "LEVELS",
    "STAGES",
    "Alignment",
    "Bill",
    "BillId",
    "Change",
    "ChangeClass",
    "ChangeKind",
    "Citation",
    "CitationPath",
    "Comparison",
    "Condition",
    "Context",
    "Definition",
    "DocumentType",
    "Edit",
    "Evidence",
    "Facts",
    "FrontMatter",
    "Instruction",
    "Markup",
    "Method",
    "NotUnderstood",
    "Operator",
    "Pair",
    "Provenance",
    "Provision",
    "Quantity",
    "Span",
    "Stage",
    "Status",
    "Tag",
    "TermUse",
    "Topic",
    "Unit",
    "Unparsed",
    "Words",
    "life",
    "number",
    "stage",
    "with_paths",
]
