"""Find what is new of followed bills in the library, and put it into words and into the state.

Whether a text is new is asked of the library, never of the run that fetched it (see `state`).  Each
bill's alerts are committed by themselves, with the texts they tell of: a check that is killed at
any moment is simply run again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

from legannot.errors import InputError
from legannot.model import Bill
from legannot.model.likeness import Travel, TurnUp
from legannot.model.report import Report
from legannot.source.library import Held, Kind
from legannot.track.state import New, State
from legannot.track.telling import tell_texts, tell_travel
from legannot.track.values import Alert, Event, Followed

Read = Callable[[Held], Bill]
Reporter = Callable[[Sequence[Bill]], Report]
Travels = Callable[[Bill], Sequence[TurnUp]]


def check(
    state: State,
    read: Read,
    report: Reporter,
    travels: Travels,
    at: str,
    trouble: Callable[[InputError], None],
) -> None:
    """Tell of everything new of every followed bill, once.

    `read` gives a text of the library, `report` what leads from the first of some versions to the
    last, `travels` the bills in which the text of one turns up; none is called where nothing is
    new.  `at` is the moment (ISO 8601, UTC) that the alerts bear.  `trouble` hears of a text that
    cannot be read: it stays new until it can.
    """
    for followed in state.followed():
        try:
            _texts(state, followed, read, report, at)
        except InputError as error:
            trouble(error)
    held = state.library.every()
    for followed in state.followed():
        try:
            _travel(state, followed, held, read, travels, at)
        except InputError as error:
            trouble(error)


def _texts(state: State, followed: Followed, read: Read, report: Reporter, at: str) -> None:
    groups: list[tuple[Event, list[New]]] = []
    fresh: list[New] = []
    for new in state.new_texts(followed.bill):
        before = state.before(followed.bill, new.held)
        if before is not None and before.version == new.held.version:
            groups.append((Event.CHANGED, [new]))
        elif new.held.kind is Kind.AMENDMENT:
            groups.append((Event.AMENDMENT, [new]))
        else:
            fresh.append(new)
    if fresh:
        groups.append((Event.VERSION, fresh))
    for event, texts in groups:
        alert = _alert(state, followed, event, texts, read, report, at)
        state.tell(followed.bill, [alert], texts)


def _alert(
    state: State,
    followed: Followed,
    event: Event,
    texts: Sequence[New],
    read: Read,
    report: Reporter,
    at: str,
) -> Alert:
    held = [new.held for new in texts]
    bills = [read(text).as_reported() for text in held]
    before = None if event is Event.AMENDMENT else state.before(followed.bill, held[-1])
    if before is not None:
        bills.insert(0, read(before).as_reported())
    elif event is not Event.AMENDMENT:
        # Nothing was known of the bill: the newest text speaks for itself.
        bills = bills[-1:]
    return tell_texts(followed, event, held, report(bills), at, texts[-1].key)


def _travel(
    state: State, followed: Followed, held: Sequence[Held], read: Read, travels: Travels, at: str
) -> None:
    own = state.library.versions(followed.bill)
    if not own:
        return
    others = sorted(text.sha256 for text in held if text.bill != followed.bill)
    looked = hashlib.sha256(" ".join((own[-1].sha256, *others)).encode()).hexdigest()
    if not others or state.looked(followed.bill) == looked:
        return
    bill = read(own[-1])
    title = bill.title or bill.official_title
    alerts = [
        tell_travel(followed, turned, title, at)
        for turned in travels(bill)
        # Some sections in common are no journey: formulas of law stand in many bills.
        if turned.travel is not Travel.SHARES
    ]
    state.tell(followed.bill, alerts, looked=looked)
