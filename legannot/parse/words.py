"""Mixed content to one folded string with spans: the only place where words are joined."""

from __future__ import annotations

from unicodedata import normalize

from legannot.model import Span

_SOFT_HYPHEN = "\u00ad"


class Words:
    """Collects the pieces of one text in order; `mark` puts a span over what came since a position.

    Whitespace of every kind is folded to single spaces across piece boundaries (FACTS: a reprint
    differs in en-spaces and line breaks only), soft hyphens vanish, characters are NFC.
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
            piece = normalize("NFC", piece).replace(_SOFT_HYPHEN, "")
        words = piece.split()
        if not words:
            if piece:
                self._blank = True
            return
        folded = " ".join(words)
        if (self._blank or piece[0].isspace()) and self._length:
            folded = " " + folded
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
