"""Typography folded for matching, one code point for one, so that every offset holds in the original."""

from __future__ import annotations

# Curly quotes, the dashes and blanks of bill XML, and superscripts (PITFALLS 8 and 37).  The em dash
# stays: it ends a lead-in ("shall—") and must not look like a hyphen inside a word.
_FOLD = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "‛": "'",
        "ʼ": "'",
        "′": "'",
        "“": '"',
        "”": '"',
        "‟": '"',
        "″": '"',
        "‐": "-",
        "‑": "-",
        "‒": "-",
        "–": "-",
        "−": "-",
        "\u00ad": "-",
        "\u00a0": " ",
        "\u1680": " ",
        **{chr(c): " " for c in range(0x2000, 0x200B)},
        "\u202f": " ",
        "\u205f": " ",
        "\u3000": " ",
        "\t": " ",
        "\n": " ",
        "\r": " ",
        **dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True)),
    }
)


def fold(text: str) -> str:
    """`text` with plain quotes, hyphens, blanks and digits; same length, same offsets."""
    return text.translate(_FOLD)
