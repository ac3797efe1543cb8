"""Labelled provisions, one JSON object a line: what a person says each of them is about."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from legannot.errors import InputError
from legannot.model import Operator

_CURE = "A line needs id, text, tags and operator; see docs/rules-tutorial.md, section 6."


@dataclass(frozen=True, slots=True)
class Label:
    """One provision: its leaves, its operator, and leaves whose words occur but do not apply.

    `inherited` are leaves that it has only through a defined term or a reference.
    """

    id: str
    text: str
    tags: frozenset[str]
    operator: Operator | None = None
    negatives: frozenset[str] = frozenset()
    heading: str = ""
    source: str = ""
    inherited: frozenset[str] = frozenset()


def load_labels(path: Path, topics: Iterable[str]) -> tuple[Label, ...]:
    """The labels of a JSONL file.

    Raises `InputError` with file and line for a line that is no label or names no leaf of `topics`.
    """
    try:
        # JSON may hold what `splitlines` takes for the end of a line (U+2028).
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as wrong:
        raise InputError(f"cannot be read ({wrong.strerror})", where=str(path)) from None
    except UnicodeDecodeError:
        raise InputError("is not UTF-8 text", where=str(path)) from None
    known = frozenset(topics)
    labels: dict[str, Label] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            label = _label(json.loads(line), known)
        except (ValueError, RecursionError) as wrong:
            raise InputError(str(wrong), where=path.name, line=number, cure=_CURE) from None
        if label.id in labels:
            raise InputError(f"the id {label.id} stands twice", where=path.name, line=number)
        labels[label.id] = label
    if not labels:
        raise InputError("holds no labels", where=path.name, cure=_CURE)
    return tuple(labels.values())


def _label(value: object, known: frozenset[str]) -> Label:
    if not isinstance(value, dict):
        raise ValueError("is not a JSON object")  # noqa: TRY004 - one class of wrong line
    operator = value.get("operator")
    tags = _leaves(value, "tags", known)
    return Label(
        id=_text(value, "id"),
        text=_text(value, "text"),
        tags=tags,
        operator=None if operator is None else _operator(operator),
        negatives=_leaves(value, "negatives_for", known),
        heading=str(value.get("heading") or ""),
        source=str(value.get("source") or ""),
        inherited=_leaves(value, "inherited_tags", known) - tags,
    )


def _text(value: dict[object, object], key: str) -> str:
    text = value.get(key)
    if not isinstance(text, str) or not text.strip():
        raise ValueError(f"`{key}` is missing or empty")
    return text


def _leaves(value: dict[object, object], key: str, known: frozenset[str]) -> frozenset[str]:
    leaves = value.get(key) or []
    if not isinstance(leaves, list) or not all(isinstance(leaf, str) for leaf in leaves):
        raise ValueError(f"`{key}` must be a list of leaves")
    for leaf in leaves:
        if leaf not in known:
            raise ValueError(f"`{key}` names {leaf}, which is no leaf of the taxonomy")
    return frozenset(leaves)


def _operator(value: object) -> Operator:
    try:
        return Operator(str(value))
    except ValueError:
        raise ValueError(f"the operator {value!r} is unknown") from None
