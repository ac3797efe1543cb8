"""Mixed content to one folded string with spans: the only place where words are joined."""

from __future__ import annotations

from unicodedata import combining, normalize

from legannot.model import Span

_SOFT_HYPHEN = "\u00ad"
# Combining accents begin right after it.
_LAST_LETTER = "\u02ff"


def fold(text: str) -> str:
    """Source text with single spaces, NFC and without soft hyphens.

    Whitespace of every kind is folded (FACTS: a reprint differs in en-spaces and line breaks only).
    """
    return " ".join((text if text.isascii() else _clean(text)).split())


def _clean(text: str) -> str:
    return normalize("NFC", text.replace(_SOFT_HYPHEN, ""))


class Words:
    """Collects the pieces of one text in order, folded across piece boundaries; `mark` puts a span
    over what came since a position.
    """

    __slots__ = ("_blank", "_length", "_parts", "spans")

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._blank = False
        self.spans: list[Span] = []

    def add(self, piece: str) -> None:
        """Append source text as it stands."""
        if not piece.isascii():
            piece = _clean(piece)
        folded = " ".join(piece.split())
        if not folded:
            if piece:
                self._blank = True
            return
        if self._length and (self._blank or piece[0].isspace()):
            folded = " " + folded
        elif self._parts and folded[0] > _LAST_LETTER and combining(folded[0]):
            # An accent that an element's edge cut from its letter.
            letter = self._parts.pop()
            self._length -= len(letter)
            folded = normalize("NFC", letter + folded)
        self._parts.append(folded)
        self._length += len(folded)
        self._blank = piece[-1].isspace()

    def blank(self) -> None:
        """A break between words, such as a line break."""
        self._blank = True

    def start(self) -> int:
        """Where the next word will begin: hand it to `mark` later."""
        return self._length

    def mark(self, start: int, kind: str, value: str = "") -> None:
        """Put a span over what was added since `start`, without the blank before it."""
        end = self._length
        if start < end and self._at(start) == " ":
            start += 1
        if start < end:
            self.spans.append(Span(start, end, kind, value))

    def _at(self, position: int) -> str:
        offset = self._length
        for part in reversed(self._parts):
            offset -= len(part)
            if offset <= position:
                return part[position - offset]
        return ""

    @property
    def empty(self) -> bool:
        """Whether no word was added yet."""
        return not self._length

    def text(self) -> str:
        """All the words, folded."""
        return "".join(self._parts)
