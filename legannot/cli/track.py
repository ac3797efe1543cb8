"""`legannot track`: follow bills, and be told in words what is new of them, once."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from legannot.cli import options
from legannot.cli.output import write

if TYPE_CHECKING:
    from legannot.cli.analyst import Analyst
    from legannot.model import Bill, BillId
    from legannot.model.likeness import TurnUp
    from legannot.model.report import Report
    from legannot.similar import Corpus
    from legannot.source.library import Held
    from legannot.track import Alert, State

# One request a bill tells whether there are new versions.  Whether the texts at hand still stand is
# asked for some bills each time, those asked for longest ago first, so that all have their turn.
RECHECKED = 5
_INCOMPLETE = 3
# Of a value handed to a command: systems bound what a command may be given (128 KiB on Linux), and
# the text on its standard input has all of it.
_LONGEST = 4000
_SUBJECT = "A leaf such as list.entity, or a family such as ow.*; may be repeated."

_subjects = click.option("--subject", "subjects", multiple=True, metavar="TOPIC", help=_SUBJECT)


@click.group()
@options.library
def track() -> None:
    """Follow bills: tell me when there is a new version, and what it changed.

    What is followed and what was told stands in the library.
    """


@track.command(epilog="Example:  legannot track add 119hr8283 --subject 'ow.*' --note 'for Ana'")
@click.argument("bills", metavar="BILL...", nargs=-1, required=True)
@_subjects
@click.option("--note", default="", help="A line that stands in every alert on the bill.")
@options.quiet
def add(bills: tuple[str, ...], subjects: tuple[str, ...], note: str, quiet: bool) -> None:
    """Follow BILL, or change its subjects and note.

    Versions that are at hand already count as known. Without a subject, all of them are meant.
    """
    from legannot.cli.shelf import bill_named
    from legannot.fetch.update import now
    from legannot.render.wording import count
    from legannot.track import Followed

    _check_subjects(subjects)
    with _state(make=True) as state:
        for text in bills:
            bill = bill_named(text)
            new = state.add(Followed(bill, subjects, note, now()))
            at_hand = len(state.texts(bill))
            if not quiet:
                what = "followed" if new else "followed already; subjects and note are now these"
                known = f", {count(at_hand, 'text')} at hand known" if new else ""
                click.echo(f"{bill.label} ({bill.congress}): {what}{known}.")


@track.command()
@click.argument("bills", metavar="BILL...", nargs=-1, required=True)
def remove(bills: tuple[str, ...]) -> None:
    """Follow BILL no longer; what was told of it stays in the feed."""
    from legannot.cli.shelf import bill_named

    with _state() as state:
        for text in bills:
            bill = bill_named(text)
            if not state.remove(bill):
                raise click.UsageError(f"{bill} is not followed.")


@track.command("list")
def list_followed() -> None:
    """One line a followed bill: its versions at hand, subjects and note."""
    from legannot.cli.shelf import age
    from legannot.render.inert import inert

    with _state() as state:
        for one in state.followed():
            versions = ", ".join(held.version for held in state.library.versions(one.bill))
            record = state.library.record(one.bill)
            asked = f"asked {age(record.checked)}" if record.checked else "never asked"
            subjects = ", ".join(one.subjects) or "all subjects"
            parts = (str(one.bill), versions or "no version at hand", asked, subjects, one.note)
            click.echo(inert("  ".join(filter(None, parts))))


@track.command(epilog="Example:  legannot track check --run ./mail-it.sh")
@click.option("--offline", is_flag=True, help="Ask nobody; tell of what the library holds.")
@click.option("--run", "command", default="", metavar="COMMAND", help="Run for each alert.")
@options.no_embeddings
@options.model
@options.rules_folder
@options.quiet
def check(
    offline: bool,
    command: str,
    no_embeddings: bool,
    model: str | None,
    rules_folder: Path | None,
    quiet: bool,
) -> None:
    """Ask for new versions of all followed bills; exit with 1 if there is something new.

    It exits with 3 if nothing is new but not every bill could be asked for, or not every text read.
    Each alert is told once. COMMAND is run without a shell, with the alert as text on its standard
    input and in LEGANNOT_BILL, LEGANNOT_EVENT, LEGANNOT_HEADLINE, LEGANNOT_TITLE, LEGANNOT_TOPICS,
    LEGANNOT_NOTHING, LEGANNOT_LINK and LEGANNOT_ALERT (a name that never changes). An alert whose
    command fails is told again by the next check.
    """
    from legannot.fetch.update import now
    from legannot.track import check as find

    arguments = _arguments(command)
    troubles: list[str] = []
    with _state() as state:
        unanswered = 0 if offline else _fetch(state)
        find(
            state,
            partial(_read, state),
            _Reporter(rules_folder, embeddings=not no_embeddings, model=model),
            _Travels(state),
            now(),
            lambda error: troubles.append(str(error)),
        )
        for words in troubles:
            options.note(words)
        with _handing(state):
            alerts = state.alerts(waiting=True)
            for alert in alerts:
                _hand_on(state, alert, arguments, quiet=quiet)
        followed = len(state.followed())
    if alerts:
        sys.exit(1)
    if unanswered:
        options.note(f"nothing new, but {unanswered} of {followed} bills could not be asked for.")
    elif troubles:
        options.note("nothing new that could be read.")
    if unanswered or troubles:
        sys.exit(_INCOMPLETE)
    options.note("nothing new.", quiet=quiet)


@track.command(epilog="Example:  legannot track feed --subject 'list.*' -o listing.atom")
@click.option("--subject", default="", metavar="TOPIC", help="Only alerts on these subjects.")
@click.option("--address", default="", metavar="URL", help="Where the feed will stand.")
@options.output
def feed(subject: str, address: str, output: Path | None) -> None:
    """Write an Atom feed of all alerts, or of those on one subject."""
    from legannot.track import fits
    from legannot.track.pages import feed as atom_of

    if subject:
        _check_subjects((subject,))
    with _state() as state:
        alerts = [
            alert
            for alert in state.alerts()
            if not subject or any(fits(topic, (subject,)) for topic in alert.topics)
        ]
    write(output, atom_of(alerts, subject, address).decode("utf-8"))


@track.command(epilog="Example:  legannot track digest --since 2026-11-18 -o week.eml")
@click.option("--since", default="", metavar="DAY", help="Alerts from this day on (2026-11-18).")
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "html", "eml"]),
    help="Default: by the suffix of -o, else text.",
)
@click.option("--from", "sender", default="", metavar="ADDRESS", help="Sender of the mail.")
@click.option("--to", "to", default="", metavar="ADDRESS", help="Recipient of the mail.")
@options.output
def digest(since: str, style: str | None, sender: str, to: str, output: Path | None) -> None:
    """Write what was told as text, as a page or as an e-mail."""
    from datetime import date

    from legannot.fetch.update import now
    from legannot.track import pages

    try:
        first = date.fromisoformat(since).isoformat() if since else ""
    except ValueError:
        raise click.BadParameter(f"{since!r} is no day.", param_hint="--since") from None
    suffix = output.suffix.lower() if output else ""
    style = style or {".html": "html", ".htm": "html", ".eml": "eml"}.get(suffix, "text")
    with _state() as state:
        alerts = [alert for alert in state.alerts() if alert.at >= first]
    if style == "eml":
        try:
            made = pages.mail(alerts, day=alerts[-1].at if alerts else now(), sender=sender, to=to)
        except (ValueError, IndexError) as error:
            raise click.UsageError(f"an address is no address ({error}).") from None
        write(output, made.decode("utf-8") if output is None else made)
        return
    write(output, pages.page(alerts) if style == "html" else pages.text(alerts))


@contextmanager
def _state(*, make: bool = False) -> Iterator[State]:
    from legannot.cli.shelf import folder
    from legannot.errors import InputError
    from legannot.source.library import Library
    from legannot.track import State

    library = Library(folder()) if make else Library.at(folder())
    if library is None:
        raise InputError(
            "no bill is followed yet.", where=str(folder()), cure="Run `legannot track add BILL`."
        )
    with library:
        yield State(library)


def _check_subjects(subjects: Sequence[str]) -> None:
    from legannot.tag import load_packs
    from legannot.track import fits

    if not subjects:
        return
    topics = load_packs(None).topics
    for subject in subjects:
        if not any(fits(topic, (subject,)) for topic in topics):
            raise click.BadParameter(
                f"{subject!r} is no subject; `legannot rules list` shows them.",
                param_hint="--subject",
            )


@contextmanager
def _handing(state: State) -> Iterator[None]:
    """Alone while alerts are handed on: what two checks find at once is told by one of them."""
    from filelock import FileLock, Timeout

    lock = FileLock(state.library.folder / "handing.lock")
    try:
        lock.acquire(blocking=False)
    except Timeout:
        options.note("another check is handing its alerts on; waiting for it.")
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def _fetch(state: State) -> int:
    """Ask for new versions; of how many bills nobody told."""
    import asyncio

    from legannot.cli.shelf import sites
    from legannot.fetch import Update, update_bills
    from legannot.source.client import Client

    bills = [one.bill for one in state.followed()]
    library = state.library
    by_age = sorted(bills, key=lambda bill: _asked(state, bill))
    first = frozenset(by_age[:RECHECKED])

    async def run() -> list[Update]:
        async with Client(sites()) as client:
            some = [bill for bill in bills if bill in first]
            rest = [bill for bill in bills if bill not in first]
            groups = await asyncio.gather(
                update_bills(library, some, client, recheck=1),
                update_bills(library, rest, client, recheck=0),
            )
        return [update for group in groups for update in group]

    updates = asyncio.run(run())
    said: set[str] = set()
    for update in updates:
        for failed in update.failed:
            if failed.words not in said:
                said.add(failed.words)
                options.note(f"{update.bill}: {failed.words}")
    return sum(not update.listed for update in updates)


def _asked(state: State, bill: BillId) -> str:
    """When anybody was last asked whether the texts of a bill still stand; empty for never."""
    hashes = [held.sha256 for held in state.texts(bill)]
    if not hashes:
        return "9"
    marks = ", ".join("?" * len(hashes))
    query = f"SELECT min(checked) FROM answers WHERE sha256 IN ({marks})"  # noqa: S608 (question marks)
    (moment,) = state.library.connection.execute(query, hashes).fetchone()
    return str(moment or "")


def _read(state: State, held: Held) -> Bill:
    from legannot.parse import parse
    from legannot.source import from_bytes

    return parse(from_bytes(held.id, state.library.read(held), published=held.published))


class _Reporter:
    """Makes reports; rules and model are loaded for the first, and used for all."""

    def __init__(self, rules: Path | None, *, embeddings: bool, model: str | None) -> None:
        self._rules = rules
        self._embeddings, self._model = embeddings, model

    def __call__(self, bills: Sequence[Bill]) -> Report:
        names = " ".join(bill.provenance.source for bill in bills)
        return self._analyst.report(bills, f"legannot track check ({names})")

    @cached_property
    def _analyst(self) -> Analyst:
        from legannot.cli.analyst import Analyst

        return Analyst(self._rules, embeddings=self._embeddings, model=self._model)


class _Travels:
    """Looks for texts of bills in the library; it is laid out for that once a check."""

    def __init__(self, state: State) -> None:
        self._state = state

    def __call__(self, bill: Bill) -> Sequence[TurnUp]:
        from legannot.similar import travels

        return travels(self._corpus.index, bill, self._corpus.scope)

    @cached_property
    def _corpus(self) -> Corpus:
        from legannot.cli.pipeline import cache_folder
        from legannot.cli.searched import in_library
        from legannot.similar import Corpus

        corpus = Corpus(cache_folder(), in_library(self._state.library))
        for notice in corpus.notices:
            options.note(notice)
        return corpus


def _arguments(command: str) -> list[str]:
    try:
        arguments = shlex.split(command)
    except ValueError as error:
        raise click.BadParameter(f"cannot be read ({error}).", param_hint="--run") from None
    if command and not arguments:
        raise click.BadParameter("is blank.", param_hint="--run")
    return arguments


def _hand_on(state: State, alert: Alert, arguments: Sequence[str], *, quiet: bool) -> None:
    """Print an alert and run the command; it is marked as handed on once that succeeded."""
    from legannot.track.pages import text

    words = text([alert])
    if not quiet:
        click.echo(words)
        sys.stdout.flush()
    if not arguments or _run(arguments, alert, words):
        state.handed(alert)


def _run(arguments: Sequence[str], alert: Alert, words: str) -> bool:
    from legannot.render.inert import inert

    told = {
        "ALERT": alert.urn,
        "BILL": str(alert.bill),
        "EVENT": alert.event.value,
        "HEADLINE": alert.headline,
        "TITLE": alert.title,
        "TOPICS": " ".join(alert.topics),
        "NOTHING": "1" if alert.nothing else "",
        "LINK": next((address for _, address in alert.links), ""),
    }
    # A NUL would end the value, other controls could steer whatever shows it.
    environment = {f"LEGANNOT_{name}": inert(value)[:_LONGEST] for name, value in told.items()}
    keys = ("LEGANNOT_GOVINFO_KEY", "LEGANNOT_CONGRESS_KEY")
    outer = {name: value for name, value in os.environ.items() if name not in keys}
    try:
        done = subprocess.run(  # noqa: S603 (the user's own command, no shell)
            list(arguments), env={**outer, **environment}, input=words.encode(), check=False
        )
    except OSError as error:
        options.note(f"{arguments[0]}: cannot be run ({error.strerror or error}).")
        return False
    if done.returncode:
        options.note(
            f"{arguments[0]} ended with {done.returncode}; the alert on {alert.bill} will be told"
            " again."
        )
    return done.returncode == 0
