"""Runs of designations: `(A) through (E)` is A, B, C, D, E; two runs of one length make pairs."""

from __future__ import annotations

from legannot.read.cited import Part

# The numerals that clauses and subclauses bear; a bill has no sixtieth clause.
_ROMAN = tuple(
    tens + ones
    for tens in ("", "x", "xx", "xxx", "xl", "l")
    for ones in ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
)[1:]
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
# No law has a longer run; a slip of the pen must not make a million labels.
_LONGEST = 200
_ROMAN_KINDS = ("clause", "subclause")


def pairs(old: Part, new: Part) -> list[tuple[str, str]]:
    """`("paragraph 1", "subparagraph A")` for each that is renamed; none if the counts differ."""
    before, after = expanded(old), expanded(new)
    if len(before) != len(after):
        return []
    return [(f"{old.kind} {a}", f"{new.kind} {b}") for a, b in zip(before, after, strict=True)]


def one(words: str, new: Part) -> list[tuple[str, str]]:
    """What is named in words ("such paragraph") with its one new designation."""
    labels = expanded(new)
    return [(words, f"{new.kind} {labels[0]}")] if len(labels) == 1 else []


def expanded(part: Part) -> list[str]:
    """The labels that a part names, runs written out where their order is known."""
    named: list[str] = []
    for item in part.items:
        label = "/".join(item.labels)
        run = _between(named[-1], label, part.kind) if item.through and named else None
        named += run if run is not None else [label]
    return named


def _between(first: str, last: str, kind: str) -> list[str] | None:
    """The labels after `first` up to `last`; None where no order is known ("2A through 2F")."""
    head, _, low = first.rpartition("/")
    _, _, high = last.rpartition("/")
    prefix = f"{head}/" if head else ""
    if low.isdigit() and high.isdigit():
        if not int(low) < int(high) <= int(low) + _LONGEST:
            return None
        return [f"{prefix}{n}" for n in range(int(low) + 1, int(high) + 1)]
    lower = low.lower(), high.lower()
    upper = low.isupper()
    orders = (_ROMAN, _doubled()) if kind in _ROMAN_KINDS else (_doubled(), _ROMAN)
    for order in orders:
        if lower[0] in order and lower[1] in order:
            a, b = order.index(lower[0]), order.index(lower[1])
            if a < b:
                return [prefix + (s.upper() if upper else s) for s in order[a + 1 : b + 1]]
    return None


def _doubled() -> tuple[str, ...]:
    """The alphabet and then aa … zz: how subsections and items go on after the alphabet."""
    return (*_LETTERS, *(letter * 2 for letter in _LETTERS))
