"""Text made ready for matching, one code point for one: offsets hold in the original."""

from __future__ import annotations

import re
import string
from functools import cached_property, lru_cache

# Curly quotes, the hyphens and blanks of bill XML, and superscripts (PITFALLS 8 and 37).  The em
# dash stays: it ends a lead-in ("shall—") and must not look like a hyphen inside a word.
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("‘’‛ʼ′", "'"),
        **dict.fromkeys("“”‟″", '"'),
        **dict.fromkeys("‐‑‒–−\u00ad", "-"),
        **dict.fromkeys("\u00a0\u1680\u202f\u205f\u3000", " "),
        **{chr(code): " " for code in range(0x2000, 0x200B)},
        **dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", string.digits, strict=True)),
    }
)
# A few signs in a long text: to look for them is six times as fast as `str.translate`.
_FOLDED = re.compile("[" + "".join(map(re.escape, map(chr, _PLAIN))) + "]")
# For texts of which `str.lower` would make two code points of a letter.
_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)

STOP = "\x1e"
"""Stands in `Folded.low` for the full stop that ends a sentence."""

# A stop before a capital, also that of a run-in heading (".—"), unless it belongs to an initial or
# to an abbreviation of citations and companies.
_SENTENCE_END = re.compile(
    r"\.(?=(?:[\"')\]]{0,2} |—\s?)[A-Z(\"'])(?<!\b[A-Z]\.)"
    r"(?<!\bNo\.)(?<!\bPub\.)(?<!\bInc\.)(?<!\bCo\.)(?<!\bLtd\.)(?<!\bCorp\.)(?<!\bFed\.)"
    r"(?<!\bReg\.)(?<!\bMr\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bv\.)(?<!\bvs\.)"
)

STEM = 4
"""Letters of a word that stand for it among `Folded.words`."""


def fold(text: str) -> str:
    """`text` with plain quotes, hyphens, blanks and digits; same length, same offsets."""
    return text if text.isascii() else _FOLDED.sub(_plain, text)


def _plain(sign: re.Match[str]) -> str:
    return _PLAIN[ord(sign.group())]


@lru_cache(maxsize=1024)
def folded(text: str) -> Folded:
    """A heading made ready once: all provisions under it are read with it."""
    return Folded(text)


class Folded:
    """A text in the forms that matching reads: `plain` typography, `low` case, and its `words`."""

    def __init__(self, text: str) -> None:
        self.plain = fold(text)

    @cached_property
    def low(self) -> str:
        """Lower case, with `STOP` for the ends of sentences; as long as `plain`."""
        marked = _SENTENCE_END.sub(STOP, self.plain)
        low = marked.lower()
        return low if len(low) == len(marked) else marked.translate(_LOWER)

    @cached_property
    def words(self) -> frozenset[str]:
        """The words in lower case, and of each its first letters and a star."""
        words = set(re.findall(r"\w+", self.low))
        words.update([f"{word[:STEM]}*" for word in words if len(word) >= STEM])
        return frozenset(words)
