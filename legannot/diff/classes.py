"""What a change consists of: words, numbers, cross-references that follow a renumbering, or
typography.

The class is decided by what the edits hold.  A cross-reference edit is noise only if the provision
that the old words point to really became the one that the new words point to; if not, it is a
change of numbers and says so:

    "under section 8" -> "under section 18"   cross-reference, if old sec. 8 is new sec. 18
                                              numbers, with a note, if it is not
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from legannot.model import LEVELS, ChangeClass, CitationPath

_NOT_WORDS = re.compile(r"[\W_]+")
_NUMBER = re.compile(
    r"\$?\d[\d,]*(?:\.\d+)?%?|\b(?:January|February|March|April|May|June|July|August|September"
    r"|October|November|December)\b|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven"
    r"|twelve|fifteen|eighteen|twenty|thirty|sixty|ninety)\b|\([a-zA-Z0-9]{1,5}\)",
    re.IGNORECASE,
)
_LEVEL_NAMES = "|".join(("section", *LEVELS))
# "section 8(b)", "paragraph (2)(A)", in tables of contents "Sec. 8"; the words behind it tell
# whether it is of this bill.
_REFERENCE = re.compile(
    rf"\b(sec\.|{_LEVEL_NAMES})s?\s+(\d+[A-Za-z]?(?:\([A-Za-z0-9]{{1,5}}\))*|(?:\([A-Za-z0-9]{{1,5}}\))+)"
    r"(?P<of>\s+of\s+(?:title\s+\d|the\s+[A-Z]|such\s+[A-Z]|Public\s+Law)|\s+\(\d+\s+U\.S\.C\.)?",
    re.IGNORECASE,
)
_LEVEL_DEPTH = {"section": 0, "sec.": 0, **{kind: depth for depth, kind in enumerate(LEVELS, 1)}}


class Judgement(NamedTuple):
    """The class of a change, and a sentence where it needs one."""

    klass: ChangeClass
    note: str = ""


def classify(
    old: str, new: str, old_path: str, new_path: str, partner: Mapping[str, str]
) -> Judgement:
    """Class of the change of a text (heading and own words) from `old` to `new`.

    `partner` maps every old path to the new path it is paired with.
    """
    if _bare(old) == _bare(new):
        return Judgement(ChangeClass.TYPOGRAPHY)
    old_references, old_rest = _references(old)
    new_references, new_rest = _references(new)
    if len(old_references) == len(new_references) and _bare(old_rest) == _bare(new_rest):
        wrong = [
            f"{a.words} became {b.words}, but {a.target} {_whereabouts(a.target, partner)}"
            for a, b in (
                (_resolve(x, old_path), _resolve(y, new_path))
                for x, y in zip(old_references, new_references, strict=True)
                if x.group(0) != y.group(0)
            )
            if partner.get(a.target) != b.target
        ]
        if not wrong:
            return Judgement(ChangeClass.CROSS_REFERENCE)
        return Judgement(ChangeClass.NUMBERS, "; ".join(wrong))
    if _bare(_NUMBER.sub(" 0 ", old)) == _bare(_NUMBER.sub(" 0 ", new)):
        return Judgement(ChangeClass.NUMBERS)
    return Judgement(ChangeClass.WORDS)


def _bare(text: str) -> str:
    return _NOT_WORDS.sub("", text).lower()


def _references(text: str) -> tuple[list[re.Match[str]], str]:
    found = [m for m in _REFERENCE.finditer(text) if not m["of"]]
    rest, at = [], 0
    for match in found:
        rest += [text[at : match.start(2)], " # "]
        at = match.end(2)
    return found, "".join([*rest, text[at:]])


class _Target(NamedTuple):
    """The words of an internal reference, and the path that they point to."""

    words: str
    target: str


def _resolve(match: re.Match[str], path: str) -> _Target:
    """The path that an internal reference points to, from the provision that holds it."""
    level, digits = match[1].lower(), match[2]
    enums = re.findall(r"\([^()]+\)", digits)
    section = digits.partition("(")[0]
    words = f"{match[1]} {digits}"
    if section:
        return _Target(words, str(CitationPath((f"sec. {section}", *enums))))
    steps = CitationPath.parse(path).steps
    base = next((i for i, step in enumerate(steps) if step.startswith("sec. ")), 0)
    depth = _LEVEL_DEPTH.get(level, 1)
    return _Target(words, str(CitationPath((*steps[: base + depth], *enums))))


def _whereabouts(target: str, partner: Mapping[str, str]) -> str:
    found = partner.get(target)
    return (
        f"is now {found}"
        if found and found != target
        else ("kept its number" if found else "is not found in both versions")
    )
