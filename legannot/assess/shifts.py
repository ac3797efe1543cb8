"""Words that only changed their place: taken out here, put in there; nothing came or went."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from legannot.assess.runs import Run
from legannot.model import Change

# Words in a row that two unrelated passages do not share by accident.
_SHINGLE = 3
# As much of a passage as must stand on the other side to be the same passage in another place.
_SHARED = 0.6
_ARTICLES = ("the", "a", "an", "of")


class Shifts:
    """What a comparison took out and put in, by runs of three words."""

    def __init__(self, rows: Sequence[Change]) -> None:
        gone: list[str] = []
        come: list[str] = []
        self._gone_of: dict[int, list[str]] = defaultdict(list)
        self._come_of: dict[int, list[str]] = defaultdict(list)
        for index, row in enumerate(rows):
            if row.new is None and row.old is not None:
                gone.append(row.old.text)
            elif row.old is None and row.new is not None:
                come.append(row.new.text)
            else:
                self._gone_of[index] = [e.text for e in row.edits if e.op == "delete"]
                self._come_of[index] = [e.text for e in row.edits if e.op == "insert"]
                gone += self._gone_of[index]
                come += self._come_of[index]
        self._gone = _shingles(gone)
        self._come = _shingles(come)

    def moved(self, run: Run) -> bool:
        """Whether the words of an edit stand elsewhere among what the other side lost or gained."""
        if run.inserted and not run.deleted:
            return self._elsewhere(run.new, self._gone, self._gone_of[run.row])
        if run.deleted and not run.inserted:
            return self._elsewhere(run.old, self._come, self._come_of[run.row])
        return False

    def came_from(self, text: str) -> bool:
        """Whether a new provision holds words that another lost."""
        return _share(text, self._gone) >= _SHARED

    def went_to(self, text: str) -> bool:
        """Whether the words of a lost provision stand elsewhere now."""
        return _share(text, self._come) >= _SHARED

    @staticmethod
    def _elsewhere(text: str, shingles: frozenset[tuple[str, ...]], here: Sequence[str]) -> bool:
        words = _words(text)
        if len(words) > _SHINGLE:
            return _share(text, shingles) >= _SHARED
        telling = [word for word in words if word not in _ARTICLES]
        return any(
            _within(telling, [word for word in _words(other) if word not in _ARTICLES])
            for other in here
        )


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"[^\W_]+", text.lower()) if word not in ("and", "or")]


def _within(words: Sequence[str], other: Sequence[str]) -> bool:
    size = len(words)
    return size > 0 and any(
        list(other[i : i + size]) == list(words) for i in range(len(other) - size + 1)
    )


def _shingles(texts: Iterable[str]) -> frozenset[tuple[str, ...]]:
    found: set[tuple[str, ...]] = set()
    for text in texts:
        words = _words(text)
        found.update(tuple(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1))
    return frozenset(found)


def _share(text: str, shingles: frozenset[tuple[str, ...]]) -> float:
    words = _words(text)
    own = [tuple(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1)]
    return sum(shingle in shingles for shingle in own) / len(own) if own else 0.0
