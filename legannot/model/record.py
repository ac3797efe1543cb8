"""What Congress's record says of a bill beside its texts: names, sponsor, committees, actions."""

from __future__ import annotations

from dataclasses import dataclass

from legannot.model.identity import BillId


@dataclass(frozen=True, slots=True)
class Record:
    """A bill's record at the time of its last update.

    `titles` are pairs of kind ("Official Title as Introduced") and title, `days` ISO days by
    version code, `source` is the name of the file or library that it comes from.
    """

    bill: BillId
    title: str
    titles: tuple[tuple[str, str], ...] = ()
    introduced: str = ""
    updated: str = ""
    sponsors: tuple[str, ...] = ()
    cosponsors: int = 0
    committees: tuple[str, ...] = ()
    latest_day: str = ""
    latest_action: str = ""
    days: tuple[tuple[str, str], ...] = ()
    source: str = ""

    @property
    def official_title(self) -> str:
        """The official title, as amended where it was; empty if the record has none."""
        found = [(k, title) for k, title in self.titles if k.startswith("Official")]
        amended = [title for kind, title in found if not kind.endswith("as Introduced")]
        return next(iter([*amended, *(title for _, title in found)]), "")

    @property
    def short_titles(self) -> tuple[str, ...]:
        """All short titles, each once, in the record's order."""
        return tuple(dict.fromkeys(t for kind, t in self.titles if kind.startswith("Short")))

    def day(self, version: str) -> str:
        """The ISO day of a version, empty if the record gives none."""
        return dict(self.days).get(version, "")
