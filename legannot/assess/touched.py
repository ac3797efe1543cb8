"""Tags before and after: a topic changed only where the words it rests on changed.

    old  the [model] weights of a covered system        acc.service rests on "model weights"
    new  the weights of a covered system

The evidence of the old tag overlaps deleted words, so the topic is `removed`.  Had "weights" been
edited elsewhere in the provision, it would be the `same`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from legannot.model import Change, Edit, Evidence, Status, Tag
from legannot.model.report import TagChange, TagChangeKind

_BY_TOPIC = Mapping[str, Mapping[str, Tag]]


@dataclass(frozen=True, slots=True)
class Edited:
    """Where one side of a text was edited: stretches of its own words, and points beside which
    words of the other side stood.
    """

    stretches: tuple[tuple[int, int], ...]
    points: tuple[int, ...]

    def touches(self, evidence: Evidence) -> bool:
        """Whether an edit lies in the quoted words."""
        return any(
            start < evidence.end and evidence.start < end for start, end in self.stretches
        ) or any(evidence.start < point < evidence.end for point in self.points)


def edited(edits: Sequence[Edit]) -> tuple[Edited, Edited]:
    """What the edits of a text did to its old and to its new side."""
    at = {"delete": 0, "insert": 0}
    stretches: dict[str, list[tuple[int, int]]] = {"delete": [], "insert": []}
    points: dict[str, list[int]] = {"delete": [], "insert": []}
    other = {"delete": "insert", "insert": "delete"}
    for edit in edits:
        length = len(edit.text)
        if edit.op == "equal":
            at["delete"] += length
            at["insert"] += length
            continue
        stretches[edit.op].append((at[edit.op], at[edit.op] + length))
        points[other[edit.op]].append(at[other[edit.op]])
        at[edit.op] += length
    return (
        Edited(tuple(stretches["delete"]), tuple(points["delete"])),
        Edited(tuple(stretches["insert"]), tuple(points["insert"])),
    )


def tag_changes(
    rows: Sequence[Change], old_tags: Sequence[Tag], new_tags: Sequence[Tag]
) -> tuple[TagChange, ...]:
    """What became of each topic of each provision, in the order of the rows.

    A topic that comes or goes while the words it rests on stay (it hung on a lead-in, a heading or
    a definition) is no change of this provision and is left out; definition reach tells of it.
    """
    before, after = _by_place(old_tags), _by_place(new_tags)
    seen: set[tuple[str, str, str]] = set()
    found: list[TagChange] = []
    for index, row in enumerate(rows):
        for change in _of_row(row, index, before, after):
            old = change.old.path if change.old else ""
            new = change.new.path if change.new else ""
            # Split and merged provisions stand in several rows; each tag is counted once.
            key = (change.topic, old, new)
            if key not in seen:
                seen.add(key)
                found.append(change)
    return tuple(found)


def _by_place(tags: Sequence[Tag]) -> _BY_TOPIC:
    found: dict[str, dict[str, Tag]] = defaultdict(dict)
    for tag in tags:
        held = found[tag.path].get(tag.topic)
        if held is None or _rank(tag) > _rank(held):
            found[tag.path][tag.topic] = tag
    return found


def _rank(tag: Tag) -> tuple[bool, bool, float]:
    return tag.status is not Status.INHERITED, tag.field == "text", tag.confidence


def _of_row(row: Change, index: int, before: _BY_TOPIC, after: _BY_TOPIC) -> Iterator[TagChange]:
    old = before.get(row.old.path, {}) if row.old else {}
    new = after.get(row.new.path, {}) if row.new else {}
    for topic in dict.fromkeys((*old, *new)):
        was, now = old.get(topic), new.get(topic)
        kind = _kind(row, was, now)
        if kind is not None:
            yield TagChange(topic, kind, row.shown.path, was, now, index)


def _kind(row: Change, was: Tag | None, now: Tag | None) -> TagChangeKind | None:
    if was is None or now is None:
        tag, side = (now, 1) if was is None else (was, 0)
        whole = row.old is None or row.new is None
        if tag is None or not (whole or _rests_on_edits(row, tag, side)):
            return None
        return "added" if was is None else "removed"
    edits = _rests_on_edits(row, was, 0) or _rests_on_edits(row, now, 1)
    return "touched" if edits or was.operator is not now.operator else "same"


def _rests_on_edits(row: Change, tag: Tag, side: int) -> bool:
    edits = row.heading_edits if tag.field == "heading" else row.edits
    return any(map(edited(edits)[side].touches, tag.evidence))
