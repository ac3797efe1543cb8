"""What is told of followed bills: everything new, in words, once."""

from __future__ import annotations

import pytest

from legannot.model import BillId
from legannot.source.library import Library
from legannot.track import Event, Followed, State
from tests.similar.bills import SECTIONS, bill_xml
from tests.track.conftest import BILL, MOMENT, OTHER, Check, Put

OPEN = (
    "Exemption",
    "The requirements of this Act do not apply to a model whose weights are openly published.",
)
LISTED = (
    "Entity list",
    "The Secretary shall add to the Entity List each person that develops a covered model.",
)


def text(*sections: tuple[str, str], stage: str = "Introduced-in-House", number: int = 7) -> bytes:
    return bill_xml(number, sections, stage=stage)


def follow(state: State, *subjects: str, bill: BillId = BILL) -> None:
    state.add(Followed(bill, subjects, "for Ana", MOMENT))


def test_what_is_at_hand_when_a_bill_is_added_is_not_new(
    state: State, put: Put, told: Check
) -> None:
    put(text(OPEN), "ih")
    follow(state)
    assert told() == ()


def test_a_new_version_is_told_with_the_words_that_changed(
    state: State, put: Put, told: Check
) -> None:
    put(text(OPEN), "ih")
    follow(state)
    put(text(OPEN, LISTED, stage="Reported-in-House"), "rh")
    (alert,) = told()
    assert alert.event is Event.VERSION
    assert alert.headline == "H.R. 7: Reported in House, against Introduced in House"
    assert any("Entity List" in line and "“" in line for line in alert.lines)
    assert ("list.entity", 0, 1) in [(c.topic, c.before, c.after) for c in alert.counts]
    assert alert.note == "for Ana"
    assert "https://www.congress.gov/bill/119th-congress/house-bill/7" in dict(alert.links).values()


def test_an_alert_is_told_once_however_often_it_is_checked(
    state: State, put: Put, told: Check
) -> None:
    follow(state)
    put(text(OPEN), "ih")
    assert len(told()) == 1
    assert told() == told()
    assert len(told()) == 1


def test_several_versions_at_once_are_one_alert(state: State, put: Put, told: Check) -> None:
    follow(state)
    put(text(OPEN), "ih")
    put(text(OPEN, LISTED, stage="Reported-in-House"), "rh")
    (alert,) = told()
    assert alert.headline == "H.R. 7: first text at hand, Introduced in House, Reported in House"


def test_changes_outside_the_subjects_are_told_as_such(state: State, put: Put, told: Check) -> None:
    put(text(OPEN, SECTIONS[8]), "ih")
    follow(state, "list.*")
    bees = (SECTIONS[8][0], SECTIONS[8][1].replace("half", "a third"))
    put(text(OPEN, bees, stage="Reported-in-House"), "rh")
    (alert,) = told()
    assert alert.nothing
    assert alert.lines == ()
    assert any("third" in line for line in alert.elsewhere)


def test_changes_in_the_subjects_come_before_others(state: State, put: Put, told: Check) -> None:
    put(text(OPEN, SECTIONS[8]), "ih")
    follow(state, "list.entity")
    put(text(SECTIONS[8], LISTED, stage="Reported-in-House"), "rh")
    (alert,) = told()
    assert not alert.nothing
    assert all("Entity List" in line for line in alert.lines)
    assert not any("Entity List" in line for line in alert.elsewhere)
    assert {count.topic for count in alert.counts} == {"list.entity"}


def test_a_published_text_that_its_source_changed_is_told(
    state: State, put: Put, told: Check
) -> None:
    put(text(OPEN), "ih")
    follow(state)
    put(text(LISTED), "ih")
    (alert,) = told()
    assert alert.event is Event.CHANGED
    assert "was changed by its source" in alert.headline


def test_a_source_that_goes_back_to_earlier_bytes_is_told_each_time(
    state: State, put: Put, told: Check
) -> None:
    put(text(OPEN), "ih")
    follow(state)
    for words, times in ((LISTED, 1), (OPEN, 2), (LISTED, 3)):
        put(text(words), "ih")
        assert len(told()) == times
        assert len(told()) == times
    assert len({alert.urn for alert in told()}) == 3


def test_a_bill_whose_text_turns_up_in_another_is_told_once(
    state: State, put: Put, told: Check
) -> None:
    put(text(*SECTIONS[:3]), "ih")
    follow(state)
    omnibus = bill_xml(9, SECTIONS, chamber="SENATE", title="Everything else")
    put(omnibus, "is", OTHER)
    (alert,) = told()
    assert alert.event is Event.TRAVEL
    assert "stands in S. 9" in alert.headline
    assert "as title II Everything else" in alert.lines[0]
    assert "“" in alert.lines[1]
    put(omnibus.replace(b"Introduced-in-House", b"Engrossed-in-Senate"), "es", OTHER)
    assert len(told()) == 1


def test_a_check_that_dies_before_it_commits_has_told_nothing_and_is_repeated(
    state: State, put: Put, told: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    follow(state)
    put(text(OPEN), "ih")
    with monkeypatch.context() as patch:
        patch.setattr(State, "_know", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            told()
    assert state.alerts() == ()
    assert len(told()) == 1


def test_a_check_that_was_overtaken_by_another_tells_nothing(
    state: State, put: Put, told: Check
) -> None:
    follow(state)
    put(text(OPEN), "ih")
    stale = state.new_texts(BILL)
    (alert,) = told()
    with Library(state.library.folder) as again:
        State(again).tell(BILL, [alert], stale)
    assert len(state.alerts()) == 1


def test_a_bill_that_is_followed_no_longer_is_not_told_of_but_its_alerts_stay(
    state: State, put: Put, told: Check
) -> None:
    follow(state)
    put(text(OPEN), "ih")
    told()
    assert state.remove(BILL)
    assert not state.remove(BILL)
    put(text(LISTED, stage="Reported-in-House"), "rh")
    assert len(told()) == 1


def test_a_text_that_is_damaged_stays_new(state: State, put: Put, told: Check) -> None:
    follow(state)
    put(text(OPEN), "ih")
    (held,) = state.library.versions(BILL)
    path = state.library.files.path(held.sha256)
    whole = path.read_bytes()
    path.write_bytes(whole[:50])
    assert told() == ()
    path.write_bytes(whole)
    assert len(told()) == 1


def test_a_version_that_comes_late_is_compared_with_what_is_before_it(
    state: State, put: Put, told: Check
) -> None:
    put(text(OPEN), "ih")
    put(text(OPEN, LISTED, stage="Engrossed-in-House"), "eh")
    follow(state)
    put(text(LISTED, stage="Reported-in-House"), "rh")
    put(text(LISTED, OPEN, stage="Enrolled-Bill"), "enr")
    assert [alert.headline for alert in told()] == [
        "H.R. 7: Reported in House, against Introduced in House",
        "H.R. 7: Enrolled, against Engrossed in House",
    ]


def test_a_first_version_that_comes_after_later_ones_is_not_called_the_first_text(
    state: State, put: Put, told: Check
) -> None:
    put(text(OPEN, stage="Engrossed-in-House"), "eh")
    follow(state)
    put(text(LISTED), "ih")
    (alert,) = told()
    assert alert.headline == (
        "H.R. 7: Introduced in House, which comes before the text that was known"
        " (Engrossed in House)"
    )


def test_a_damaged_text_does_not_hold_back_the_others(state: State, put: Put, told: Check) -> None:
    put(text(OPEN), "ih")
    follow(state)
    put(text(LISTED, stage="Reported-in-House"), "rh")
    put(text(OPEN, LISTED, stage="Engrossed-in-House"), "eh")
    damaged = state.library.find(BILL, "rh")
    assert damaged is not None
    path = state.library.files.path(damaged.sha256)
    whole = path.read_bytes()
    path.write_bytes(whole[:50])
    assert [a.headline for a in told()] == [
        "H.R. 7: Engrossed in House, against Introduced in House"
    ]
    path.write_bytes(whole)
    assert told()[-1].headline == "H.R. 7: Reported in House, against Introduced in House"


def test_what_changes_back_after_a_bill_was_let_go_and_followed_again_is_told(
    state: State, put: Put, told: Check
) -> None:
    put(text(OPEN), "ih")
    follow(state)
    for words in (LISTED, OPEN):
        put(text(words), "ih")
        told()
    state.remove(BILL)
    follow(state)
    before = len(told())
    put(text(LISTED), "ih")
    alerts = told()
    assert len(alerts) == before + 1
    assert len({alert.urn for alert in alerts}) == len(alerts)
