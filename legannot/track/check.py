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
from legannot.track.values import Event, Followed

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
    cannot be read: it stays new until it can, and the other texts are told of.
    """
    for followed in state.followed():
        _texts(state, followed, read, report, at, trouble)
    held = state.library.every()
    for followed in state.followed():
        try:
            _travel(state, followed, held, read, travels, at)
        except InputError as error:
            trouble(error)


def _texts(
    state: State,
    followed: Followed,
    read: Read,
    report: Reporter,
    at: str,
    trouble: Callable[[InputError], None],
) -> None:
    readable: list[New] = []
    bills: dict[str, Bill] = {}
    for new in state.new_texts(followed.bill):
        try:
            bills[new.key] = read(new.held).as_reported()
            readable.append(new)
        except InputError as error:
            trouble(error)
    for event, texts in _groups(state, followed, readable):
        # Asked here, since telling of one group makes its texts known to the next.
        before = None if event is Event.AMENDMENT else state.before(followed.bill, texts[-1].held)
        chain = [bills[new.key] for new in texts]
        try:
            if before is not None:
                chain.insert(0, read(before).as_reported())
            elif event is Event.VERSION:
                # Nothing earlier was known: the newest text speaks for itself.
                chain = chain[-1:]
            later = state.newest(followed.bill) if before is None else None
            held = [new.held for new in texts]
            alert = tell_texts(followed, event, held, report(chain), at, texts[-1].key, later)
        except InputError as error:
            trouble(error)
        else:
            state.tell(followed.bill, [alert], texts)


def _groups(
    state: State, followed: Followed, texts: Sequence[New]
) -> list[tuple[Event, list[New]]]:
    """What is told of together: the versions that follow the newest one known, one by one all else.

    A version can be published after a later one (a reported print takes its time); it is compared
    with what comes before it in the life of the bill, and never the other way round.
    """
    groups: list[tuple[Event, list[New]]] = []
    fresh: list[New] = []
    newest = state.newest(followed.bill)
    order = [held.version for held in state.library.versions(followed.bill)]
    for new in texts:
        version = new.held.version
        if state.told_of(followed.bill, new.held):
            groups.append((Event.CHANGED, [new]))
        elif new.held.kind is Kind.AMENDMENT:
            groups.append((Event.AMENDMENT, [new]))
        elif newest is not None and order.index(version) < order.index(newest.version):
            groups.append((Event.VERSION, [new]))
        else:
            fresh.append(new)
    if fresh:
        groups.append((Event.VERSION, fresh))
    return groups


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
