"""Followed bills: what is new of them, told in words, once."""

from legannot.track.check import check
from legannot.track.state import State
from legannot.track.telling import fits, tell_texts, tell_travel
from legannot.track.values import Alert, Event, Followed, SubjectCount

__all__ = [
    "Alert",
    "Event",
    "Followed",
    "State",
    "SubjectCount",
    "check",
    "fits",
    "tell_texts",
    "tell_travel",
]
