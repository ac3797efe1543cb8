"""The subject table: how many provisions carry each topic by version, and where to start."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from legannot.model import Status, Tag, Topic
from legannot.model.report import SubjectRow, TagChange


def subject_rows(
    tags: Sequence[Sequence[Tag]], changes: Sequence[TagChange], topics: Mapping[str, Topic]
) -> tuple[SubjectRow, ...]:
    """A row for each topic that occurs, the most changed first; ways of procedure after subjects.

    A provision counts where its own words carry the topic, not where a defined term lends it.
    """
    counts = [_counted(version) for version in tags]
    moved: dict[str, Counter[str]] = defaultdict(Counter)
    first: dict[str, TagChange] = {}
    for change in changes:
        tag = change.new or change.old
        if change.kind != "same" and tag is not None and tag.status is not Status.INHERITED:
            moved[change.topic][change.kind] += 1
            first.setdefault(change.topic, change)
    starts: dict[str, str] = {}
    for tag in (tag for version in reversed(tags) for tag in version):
        if tag.status is not Status.INHERITED:
            starts.setdefault(tag.topic, tag.path)
    rows = [
        SubjectRow(
            topic=topic,
            counts=tuple(version[topic.id] for version in counts),
            added=moved[topic.id]["added"],
            removed=moved[topic.id]["removed"],
            touched=moved[topic.id]["touched"],
            start=first[topic.id].path if topic.id in first else starts[topic.id],
            start_row=first[topic.id].row if topic.id in first else -1,
        )
        for topic in topics.values()
        if topic.id in starts
    ]
    return tuple(sorted(rows, key=_quiet))


def _counted(tags: Sequence[Tag]) -> Counter[str]:
    carried = {(tag.topic, tag.path) for tag in tags if tag.status is not Status.INHERITED}
    return Counter(topic for topic, _ in carried)


def _quiet(row: SubjectRow) -> tuple[bool, int]:
    return row.topic.procedural, -(row.added + row.removed + row.touched)
