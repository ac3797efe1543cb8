"""From what the user named to versions in order, and what tags them."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from legannot.cli import options
from legannot.errors import InputError
from legannot.model import Bill, life

if TYPE_CHECKING:
    from legannot.model import BillId, Facts, Tag
    from legannot.model.record import Record
    from legannot.parse.billstatus import BillStatus
    from legannot.source import Source
    from legannot.tag import Encoder, Packs

T = TypeVar("T")

# Seconds after which a person wonders whether anything happens.
PATIENCE = 1.0
# How records write when they were updated, `2026-05-20T08:08:11Z`; the day alone tells as well.
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?$")
# Notices of a version on a terminal; an odd file has hundreds.
_TOLD = 3
_UNDATED = "they do not tell which is newer, and it was named last"


def read_bills(names: Sequence[str]) -> tuple[Bill, ...]:
    """Every version that `names` stand for, in the order given; raises `InputError`.

    A BILLSTATUS record among them gives its bill's versions their days.
    """
    return read_versions(names)[0]


def read_versions(names: Sequence[str]) -> tuple[tuple[Bill, ...], tuple[Record, ...]]:
    """The versions that `names` stand for, and the records of their bills.

    Records come from BILLSTATUS files among `names`, else from the library where the versions do.
    Raises `InputError` for what is unreadable, and for records without a version.
    """
    from legannot.cli.shelf import at_hand
    from legannot.source import resolve

    return read_sources(resolve(names, at_hand))


def read_sources(
    sources: Sequence[Source], bill: BillId | None = None
) -> tuple[tuple[Bill, ...], tuple[Record, ...]]:
    """The versions in some documents, and the records of their bills, as `read_versions`.

    `bill` is the bill that they are taken to be of, whatever they say: those that say none are
    given it, and only its record counts.
    """
    from legannot.parse import is_billstatus, parse

    given = [source for source in sources if is_billstatus(source.data)]
    texts = [source for source in sources if source not in given]
    if given and not texts:
        raise InputError(
            "is the record of a bill (BILLSTATUS), not a text of it.",
            where=given[0].name,
            cure="Name the bill's versions with it.",
        )
    bills = tuple(parse(source) for source in texts)
    if bill:
        bills = tuple(version if version.id else replace(version, id=bill) for version in bills)
    beside = {source.status: source for source in texts if source.status}
    if not given and not beside:
        return bills, ()
    records = _records(given, beside)
    wanted = {bill} if bill else {version.id for version in bills}
    for other in sorted(records.keys() - wanted):
        options.note(
            f"the record of {_called(other)} in {records[other].source} is left out: "
            + (
                f"the versions are taken to be of {_called(bill)}."
                if bill
                else "no version of that bill was named."
            )
        )
    kept = {of: record for of, record in records.items() if of in wanted}
    dated = []
    for version in bills:
        of = bill or version.id
        dated.append(_with_day(version, kept.get(of) if of else None))
    return tuple(dated), tuple(kept.values())


def _called(bill: BillId) -> str:
    return f"{bill.label} ({bill.congress})"


def _records(given: Sequence[Source], beside: Mapping[bytes, Source]) -> dict[BillId, Record]:
    """The record of each bill: the newer of two, else the one that was named, and named last."""
    from legannot.parse.billstatus import read_billstatus, to_record

    read = [
        (read_billstatus(status, f"the record of {source.name}"), "the library")
        for status, source in beside.items()
    ]
    read += [(read_billstatus(source.data, source.name), source.name) for source in given]
    found: dict[BillId, tuple[BillStatus, str]] = {}
    for status, source in read:
        used, left = (status, source), found.get(status.bill)
        if left and left[0] != status:
            newer = _is_newer(status.updated, left[0].updated)
            if newer is False:
                used, left = left, used
            why = "it is the newer" if newer is not None else _UNDATED
            options.note(
                f"of two records of {_called(status.bill)} the one in {used[1]} is used and the one"
                f" in {left[1]} left out: {why}."
            )
        found[status.bill] = used
    # The name alone: a report must not tell where on the maker's disk its files lie.
    return {bill: to_record(status, Path(name).name) for bill, (status, name) in found.items()}


def _is_newer(one: str, other: str) -> bool | None:
    """Whether one moment of update is later than another; None if they do not tell."""
    if not (_MOMENT.match(one) and _MOMENT.match(other)):
        return None
    if len(one) != len(other):
        # A day beside a moment of that day.
        one, other = one[:10], other[:10]
    return None if one == other else one > other


def _with_day(bill: Bill, record: Record | None) -> Bill:
    """A version with the day that the record gives it, if it has none of its package."""
    day = record.day(bill.version) if record else ""
    if not day or "issued" in bill.dates:
        return bill
    return replace(bill, dates={**bill.dates, "issued": day})


def read_bill(name: str) -> Bill:
    """The one version that `name` stands for; raises `InputError` if it stands for several."""
    bills = read_bills([name])
    if len(bills) > 1:
        raise InputError(
            f"holds {len(bills)} versions, where one is wanted.",
            where=name,
            cure="Name one: a file, 119hr1316ih in the library, or sample:model-access/rh.",
        )
    return bills[0]


def how_read(bills: Sequence[Bill]) -> Iterator[str]:
    """What a reader should know of how each version was read, the first few sentences of each.

    A report has all of them; what shows no more than the text is nothing to judge it by.
    """
    for bill in bills:
        for notice in bill.notices[:_TOLD]:
            yield f"{bill.provenance.source}: {notice}."
        if len(bill.notices) > _TOLD:
            yield (
                f"{bill.provenance.source}: {len(bill.notices) - _TOLD:,} more of that kind"
                " (see notices of legannot parse --format json)."
            )


def same_bill_notice(old: Bill, new: Bill) -> Iterator[str]:
    """A sentence if two versions were given the other way round."""
    if old.id == new.id and _age(new) < _age(old):
        yield (
            f"{old.provenance.source} ({old.stage.name}) is later than {new.provenance.source}"
            f" ({new.stage.name}); they are compared in the order given."
        )


def ordered(bills: Sequence[Bill]) -> tuple[tuple[Bill, ...], tuple[str, ...]]:
    """Versions of one bill by stage and date, and what to tell the user.

    Different bills stay in the order given: nothing says which is the earlier text.
    """
    if len({bill.id for bill in bills}) > 1:
        return tuple(bills), ()
    by_age = tuple(sorted(bills, key=_age))
    notices = tuple(_out_of_order(by_age))
    if by_age == tuple(bills):
        return by_age, notices
    names = " -> ".join(bill.version or bill.provenance.source for bill in by_age)
    return by_age, (f"the versions were put in the order of their stages: {names}.", *notices)


def _age(bill: Bill) -> tuple[tuple[int, int], str]:
    # Prints of one stage, such as the amendments that the chambers exchange, follow their days.
    day = bill.dates.get("issued") or max(bill.dates.values(), default="")
    return life(bill.id, bill.version), day


def _out_of_order(bills: Sequence[Bill]) -> Iterator[str]:
    """A sentence for two versions whose days run against the order of their stages."""
    for old, new in pairwise(bills):
        days = (old.dates.get("issued", ""), new.dates.get("issued", ""))
        if all(days) and days[0] > days[1]:
            yield (
                f"{new.version} follows {old.version} by its stage, though it was issued before it"
                f" ({days[1]}, {days[0]})."
            )


@dataclass(slots=True)
class Tagger:
    """Rule packs with the encoder that supports them, or None and why.

    A sentence model is loaded when it is first needed; one that fails then is let go of, and a
    notice says so.
    """

    packs: Packs
    encoder: Encoder | None
    notices: tuple[str, ...]

    def tags(self, bill: Bill, facts: Facts) -> tuple[Tag, ...]:
        """The tags of one version."""
        from legannot.tag import tag

        return self.with_or_without(lambda encoder: tag(bill, facts, self.packs, encoder).tags)

    def with_or_without(self, work: Callable[[Encoder | None], T]) -> T:
        """What work makes with the encoder, and if that fails, wholly without it."""
        from legannot.tag.embed import ModelError

        try:
            return work(self.encoder)
        except ModelError as wrong:
            self.encoder = None
            self.notices += (str(wrong),)
            return work(None)


def load_tagger(
    rules: Path | None,
    *,
    embeddings: bool,
    say: Callable[[str], None],
    model: str | None = None,
) -> Tagger:
    """Rule packs and, unless unwanted, a sentence model; a missing one is a notice.

    `model` is a folder, a package or a name that a hub's cache on this machine holds; by default
    the pinned model.
    """
    from legannot.tag import load_encoder, load_packs

    packs = load_packs(rules)
    if not embeddings:
        return Tagger(packs, None, ("Tags come from rules alone (--no-embeddings).",))
    say("loading the sentence model ...")
    loaded = load_encoder(model, cache_folder())
    return Tagger(packs, loaded.encoder, loaded.notices)


def cache_folder() -> Path:
    """The folder for vectors, where the platform keeps what can be made again."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "legannot"


class Progress:
    """Says on a terminal what is going on, once that has taken longer than a person waits."""

    def __init__(self, *, quiet: bool) -> None:
        self._silent = quiet or not sys.stderr.isatty()
        self._start = monotonic()

    def __call__(self, message: str) -> None:
        """Say it, if it is time to."""
        if not self._silent and monotonic() - self._start > PATIENCE:
            import click

            click.echo(f"legannot: {message}", err=True)
