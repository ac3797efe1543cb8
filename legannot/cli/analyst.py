"""All stages together, from versions to a report: rules are loaded once, each version read once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from legannot import __version__
from legannot.assess import assess, load_model
from legannot.cli.pipeline import load_tagger, ordered, read_sources
from legannot.diff import chain
from legannot.diff.formats import settings
from legannot.diff.transfer import Transferred, transferred
from legannot.model import Bill, BillId, Facts, Tag
from legannot.model.record import Record
from legannot.model.report import Method, Report
from legannot.read import read
from legannot.source import Source


class Analyst:
    """Makes reports; for a site and for different bills the same rules serve all of them.

    `say` hears of what takes long.
    """

    def __init__(
        self,
        rules: Path | None,
        *,
        embeddings: bool,
        say: Callable[[str], None] = lambda _: None,
        model: str | None = None,
    ) -> None:
        self._tagger = load_tagger(rules, embeddings=embeddings, say=say, model=model)
        self._model = load_model(rules)
        self._say = say
        self._known: dict[str, tuple[Facts, tuple[Tag, ...]]] = {}

    def read(
        self, sources: Sequence[Source], bill: BillId | None = None
    ) -> tuple[tuple[Bill, ...], Record | None]:
        """The versions in some documents in the order of their stages, and their bill's record.

        `bill` is the bill that they are taken to be of, whatever they say.
        """
        found, records = read_sources(sources, bill)
        bills = ordered(found)[0]
        of = bill or bills[-1].id
        return bills, next((record for record in records if record.bill == of), None)

    def report(self, bills: Sequence[Bill], command: str) -> Report:
        """The report over versions in order."""
        clean = [bill.as_reported() for bill in bills]
        row = settings(clean)

        def read() -> list[Transferred]:
            return [transferred(*version, self._of) for version in zip(clean, row, strict=True)]

        before = self._tagger.encoder
        found = read()
        packs, encoder = self._tagger.packs, self._tagger.encoder
        if encoder is not before:
            # The sentence model failed on the way; versions of one report are tagged alike.
            self.forget()
            found = read()
        facts, tags, notices = zip(*found, strict=True)
        shown = tuple(
            _noticed(setting.bill, notice) for setting, notice in zip(row, notices, strict=True)
        )
        compared = chain(shown) if len(shown) > 1 else None
        made = assess(
            shown,
            facts,
            tags,
            compared,
            model=self._model,
            topics=packs.topics,
            method=Method(
                version=__version__,
                rules=", ".join(packs.files),
                rules_sha256=packs.sha256,
                command=command,
                embeddings=encoder.name if encoder else "",
            ),
        )
        return replace(made, notices=(*made.notices, *self._tagger.notices))

    def forget(self) -> None:
        """Let go of what is known of the bills so far."""
        self._known.clear()

    def _of(self, bill: Bill) -> tuple[Facts, tuple[Tag, ...]]:
        if bill.set_aside:
            # Set as another version prints: another text in each report.
            return self._made(bill)
        name = f"{bill.provenance.sha256} {bill.provenance.source}"
        if name not in self._known:
            self._say(f"tagging {bill.label} {bill.version} ...")
            self._known[name] = self._made(bill)
        return self._known[name]

    def _made(self, bill: Bill) -> tuple[Facts, tuple[Tag, ...]]:
        facts = read(bill)
        return facts, self._tagger.tags(bill, facts)


def _noticed(bill: Bill, notice: str) -> Bill:
    return replace(bill, notices=(*bill.notices, notice)) if notice else bill


def analyst(
    rules: Path | None, *, embeddings: bool, model: str | None = None
) -> tuple[Callable[[], Analyst], str]:
    """What makes an analyst in any process, and the identity of its rules and sentence model."""
    from legannot.tag import load_packs

    identity = f"{load_packs(rules).sha256} {'embeddings' if embeddings else 'rules alone'}"
    if embeddings and model:
        identity += f" of {model}"
    return partial(Analyst, rules, embeddings=embeddings, model=model), identity


__all__ = ["Analyst", "analyst"]
