"""What Congress's record says of a bill, as lines of a label and words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from legannot.model.record import Record
from legannot.render.wording import count, day


@dataclass(frozen=True, slots=True)
class RecordLines:
    """The latest action as one sentence, and all that is told, by label."""

    latest: str
    rows: tuple[tuple[str, str], ...]


def record_lines(record: Record | None, title: str) -> RecordLines | None:
    """The lines of a record, None where there is none; `title` stands at the head already."""
    if record is None:
        return None
    return RecordLines(_latest(record), tuple(_rows(record, title)))


def _latest(record: Record) -> str:
    if not record.latest_action:
        return ""
    return ", ".join(filter(None, (day(record.latest_day), record.latest_action)))


def _rows(record: Record, title: str) -> Iterator[tuple[str, str]]:
    if record.official_title:
        yield "Official title", record.official_title
    names = [name for name in (record.title, *record.short_titles) if name]
    seen = {title.casefold(), record.official_title.casefold()}
    others = [n for n in dict.fromkeys(names) if n.casefold() not in seen]
    if others:
        yield "Short titles" if len(others) > 1 else "Short title", "; ".join(others)
    if record.introduced:
        yield "Introduced", day(record.introduced)
    if record.sponsors:
        more = count(record.cosponsors, "cosponsor") if record.cosponsors else ""
        yield "Sponsor", "; ".join(filter(None, (*record.sponsors, more)))
    if record.committees:
        yield (
            "Committees" if len(record.committees) > 1 else "Committee",
            "; ".join(record.committees),
        )
    if latest := _latest(record):
        yield "Latest action", latest
    as_of = f" as of {day(record.updated)}" if record.updated else ""
    yield "Source", f"BILLSTATUS record{as_of} ({record.source})"
