"""What a reader of one format hands over: the tree in the making and all that stands beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from legannot.model import BillId, DocumentType, FrontMatter, NotUnderstood
from legannot.parse.nodes import Node


@dataclass(frozen=True, slots=True)
class Front:
    """What cover and metadata say; empty strings and None where they are silent."""

    id: BillId | None = None
    version: str = ""
    title: str = ""
    official_title: str = ""
    dates: Mapping[str, str] = field(default_factory=dict)
    items: Sequence[FrontMatter] = ()
    document: DocumentType = "bill"


@dataclass(frozen=True, slots=True)
class Reading:
    """One document: its legislative body, its cover, and what the reader has to say of it."""

    format: str
    nodes: Sequence[Node]
    front: Front
    not_understood: Sequence[NotUnderstood] = ()
    notices: Sequence[str] = ()
