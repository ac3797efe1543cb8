"""The lines of "In short": the strongest changes, each with at most twelve words of the bill.

Rules and quoted words make them, in this order: subjects whose own words came, went or were edited;
then, if they are few, changed operators ("shall" to "may"), changed numbers, new and gone sections.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby

from legannot.model import (
    Change,
    ChangeClass,
    ChangeKind,
    Edit,
    Facts,
    Operator,
    Status,
    Tag,
    Topic,
)
from legannot.model.report import (
    Finding,
    QuantityChange,
    Substance,
    SubstanceKind,
    TagChange,
)

REPRINT = "No change of text (reprint)."

FEWEST, MOST = 3, 5
QUOTED_WORDS = 12

# Families that the tool is about weigh more than their surroundings (eval/README.md: `core`).
_WEIGHTS = {"ow": 3, "list": 3, "xc": 3, "acc": 3, "dx": 3, "def": 2, "safe": 2}
_VERBS = {"added": "new", "removed": "dropped", "touched": "reworded"}
# What binds most is read first.
_FORCE = {
    Operator.PROHIBITION: 2.0,
    Operator.DUTY: 1.6,
    Operator.PENALTY: 1.6,
    Operator.EXCEPTION: 1.4,
    Operator.PERMISSION: 1.2,
    Operator.DEFINITION: 1.0,
    Operator.DELEGATION: 1.0,
}
# As many changes of one subject count beyond its best one, a fifth each.
_COUNTED = 5


def comparison_findings(
    rows: Sequence[Change],
    changes: Sequence[TagChange],
    topics: Mapping[str, Topic],
    does: Sequence[Substance],
    quantities: Sequence[QuantityChange],
    old: Facts,
    new: Facts,
) -> tuple[Finding, ...]:
    """Three to five lines on what changed; a reprint has one that says so.

    `does` and `quantities` are what `substance` read from the changed words: a line says that a
    duty came of a permission only where an edit says so.
    """
    if not any(row.changed for row in rows):
        return (Finding(REPRINT, rows[0].shown.path, 0),) if rows else ()
    found: dict[int, Finding] = {}
    operators = [s for s in does if s.kind is SubstanceKind.OPERATOR]
    turned = {s.row for s in operators}
    for change in _strongest(changes, topics):
        if len(found) == MOST:
            break
        found.setdefault(change.row, _of_subject(rows[change.row], change, topics, turned))
    for finding in chain(_turns(rows, operators, old, new), _numbers(quantities), _others(rows)):
        if len(found) >= FEWEST:
            break
        found.setdefault(finding.row, finding)
    return tuple(found.values())


def single_findings(tags: Sequence[Tag], topics: Mapping[str, Topic]) -> tuple[Finding, ...]:
    """One version alone: what its strongest subjects do, one line each."""
    own = [
        tag
        for tag in tags
        if tag.status is not Status.INHERITED and not topics[tag.topic].procedural
    ]
    own.sort(key=_weight, reverse=True)
    best: dict[str, Tag] = {}
    for tag in own:
        if tag.path not in {held.path for held in best.values()}:
            best.setdefault(tag.topic, tag)
    return tuple(
        Finding(
            f"{_lead(topics[tag.topic], tag.path, tag, '')} “{_around(tag)}”",
            tag.path,
            0,
        )
        for tag in list(best.values())[:MOST]
    )


def _strongest(changes: Sequence[TagChange], topics: Mapping[str, Topic]) -> Iterator[TagChange]:
    """The best change of each subject, then their second best, and so on."""
    left = [
        change
        for change in changes
        if change.kind != "same" and not topics[change.topic].procedural and _own(change)
    ]
    often = Counter(change.topic for change in left)
    left.sort(key=lambda c: -(_strength(c) + min(often[c.topic], _COUNTED) / _COUNTED))
    while left:
        taken: set[str] = set()
        rest: list[TagChange] = []
        for change in left:
            if change.topic in taken:
                rest.append(change)
            else:
                taken.add(change.topic)
                yield change
        left = rest


def _own(change: TagChange) -> bool:
    tag = change.new or change.old
    return tag is not None and tag.status is not Status.INHERITED


def _strength(change: TagChange) -> float:
    tag = change.new or change.old
    return (_weight(tag) if tag else 0.0) + (change.kind != "touched")


def _weight(tag: Tag) -> float:
    return (
        _WEIGHTS.get(tag.topic.partition(".")[0], 1)
        + (tag.status is Status.ASSERTED)
        + _FORCE.get(tag.operator, 0.0)
        + tag.confidence / 2
    )


def _of_subject(
    row: Change, change: TagChange, topics: Mapping[str, Topic], turned: Collection[int]
) -> Finding:
    tag = change.new or change.old
    if tag is None:
        raise ValueError("a change of a topic has a tag on one side")
    verb = _VERBS[change.kind]
    if change.old and change.new and change.row in turned:
        verb = f"{change.old.operator.value} becomes"
    lead = _lead(topics[change.topic], _place(row), tag, verb)
    return Finding(lead, row.shown.path, change.row, *_quoted(row, change))


def _place(row: Change) -> str:
    """A number of the old version may have another holder in the new one."""
    return row.shown.path if row.new else f"old {row.shown.path}"


def _lead(topic: Topic, place: str, tag: Tag, verb: str) -> str:
    does = "" if tag.operator is Operator.NONE else tag.operator.value
    what = " ".join(part for part in (verb, does) if part)
    return f"{topic.label}, {place}{', ' if what else ''}{what}:"


def _quoted(row: Change, change: TagChange | None) -> tuple[str, str]:
    """Deleted and inserted words: of an edit that the evidence rests on, else of the first one."""
    if row.old is None or row.new is None:
        tag = (change.new or change.old) if change else None
        shown = row.shown
        # The heading of a section says what it is about; of lower levels it says little ("Report").
        text = (row.level == "section" and shown.heading) or shown.text or shown.heading
        words = _around(tag) if tag else _clipped(text, QUOTED_WORDS)
        return ("", words) if row.old is None else (words, "")
    in_heading = change is not None and (change.new or change.old) in _headed(change)
    edits = row.heading_edits if in_heading else row.edits
    runs = list(_runs(edits)) or list(_runs(row.heading_edits))
    if not runs:
        return "", ""
    best = next((run for run in runs if change and run.bears(change)), runs[0])
    return _within_budget(best.deleted, best.inserted)


def _headed(change: TagChange) -> tuple[Tag, ...]:
    return tuple(tag for tag in (change.old, change.new) if tag and tag.field == "heading")


@dataclass(frozen=True, slots=True)
class _Run:
    """Neighbouring edits, with the stretch of each side that they replace."""

    deleted: str
    inserted: str
    old_start: int
    new_start: int

    def bears(self, change: TagChange) -> bool:
        """Whether evidence of the change lies in it."""
        sides = (
            (change.old, self.old_start, self.deleted),
            (change.new, self.new_start, self.inserted),
        )
        return any(
            evidence.start < start + max(1, len(words)) and start < evidence.end
            for tag, start, words in sides
            if tag
            for evidence in tag.evidence
        )


def _runs(edits: Sequence[Edit]) -> Iterator[_Run]:
    old = new = 0
    for equal, group in groupby(edits, key=lambda edit: edit.op == "equal"):
        run = list(group)
        deleted = "".join(edit.text for edit in run if edit.op != "insert")
        inserted = "".join(edit.text for edit in run if edit.op != "delete")
        if not equal:
            yield _Run(deleted, inserted, old, new)
        old += len(deleted)
        new += len(inserted)


def _within_budget(deleted: str, inserted: str) -> tuple[str, str]:
    """Both sides cut to twelve words together, the longer one first."""
    sizes = len(deleted.split()), len(inserted.split())
    half = QUOTED_WORDS // 2
    for_deleted = min(sizes[0], max(half, QUOTED_WORDS - sizes[1]))
    return _clipped(deleted, for_deleted), _clipped(inserted, QUOTED_WORDS - for_deleted)


def _clipped(text: str, words: int) -> str:
    parts = text.split()
    return " ".join(parts[:words]) + (" …" if len(parts) > words else "")


def _around(tag: Tag) -> str:
    """At most twelve words around the longest evidence."""
    text = tag.text
    evidence = max(tag.evidence, key=lambda found: len(found.quote))
    before = text[: evidence.start].split()
    inside = text[evidence.start : evidence.end].split()
    after = text[evidence.end :].split()
    # A piece of a word on either edge belongs to the word.
    if before and not text[evidence.start - 1].isspace():
        inside[0] = before.pop() + inside[0]
    if after and not text[evidence.end].isspace():
        inside[-1] += after.pop(0)
    spare = max(0, QUOTED_WORDS - len(inside))
    left = min(len(before), max(spare // 2, spare - len(after)))
    words = [*before[len(before) - left :], *inside, *after[: spare - left]][:QUOTED_WORDS]
    cut_left, cut_right = (
        left < len(before),
        spare - left < len(after) or len(inside) > QUOTED_WORDS,
    )
    return f"{'… ' if cut_left else ''}{' '.join(words)}{' …' if cut_right else ''}"


def _turns(
    rows: Sequence[Change], operators: Sequence[Substance], old: Facts, new: Facts
) -> Iterator[Finding]:
    """Edits that turn a duty into a permission or the like, with the words that do."""
    for turn in operators:
        what = _flip(rows[turn.row], old, new) or turn.why
        yield Finding(
            f"{turn.path}, {what}:", turn.path, turn.row, *_within_budget(turn.old, turn.new)
        )


def _flip(row: Change, old: Facts, new: Facts) -> str:
    was = old.units.get(row.old.path) if row.old else None
    now = new.units.get(row.new.path) if row.new else None
    if was is None or now is None or was.operator is now.operator:
        return ""
    return f"{was.operator.value} becomes {now.operator.value}"


def _numbers(quantities: Sequence[QuantityChange]) -> Iterator[Finding]:
    for quantity in quantities:
        yield Finding(
            f"{quantity.path}, a number or date changes:",
            quantity.path,
            quantity.row,
            *_within_budget(quantity.old, quantity.new),
        )


def _others(rows: Sequence[Change]) -> Iterator[Finding]:
    """Lines on rows where no subject, operator or number moved, the weightiest kinds first."""
    changed = [(index, row) for index, row in enumerate(rows) if row.changed]
    for kind, word in ((ChangeKind.ADDED, "new"), (ChangeKind.REMOVED, "dropped")):
        for index, row in changed:
            if kind in row.kinds and row.level == "section" and not row.shown.path.startswith("["):
                yield _plain(index, row, f"{word} section")
    for index, row in changed:
        if row.klass is ChangeClass.WORDS:
            yield _plain(index, row, _what(row))
    for index, row in changed:
        yield _plain(index, row, _what(row))


def _plain(index: int, row: Change, what: str) -> Finding:
    return Finding(f"{_place(row)}, {what}:", row.shown.path, index, *_quoted(row, None))


def _what(row: Change) -> str:
    names = {
        ChangeKind.ADDED: "new",
        ChangeKind.REMOVED: "gone",
        ChangeKind.MODIFIED: "reworded",
        ChangeKind.MOVED: "moved",
        ChangeKind.RENUMBERED: "renumbered",
    }
    return next((word for kind, word in names.items() if kind in row.kinds), "changed")
