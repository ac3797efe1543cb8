"""Provisions that repeat the words of the subject without saying anything about it."""

from __future__ import annotations

import re

from legannot.model import Context, Operator, Unit

# PITFALLS 7 and TAXONOMY section 2, rule 10.
_TITLES = re.compile(
    r"(?:short titles?|tables? of contents?|clerical amendments?"
    r"|(?:technical and )?conforming amendments?"
    r"|references?)(?:\W.*)?",
    re.IGNORECASE,
)
_CITED_AS = re.compile(r"\bmay be cited as\b", re.IGNORECASE)
_COMMITTEES = re.compile(
    r"\bterms? \W*(?:appropriate|relevant|covered)? ?(?:congressional |committees? of )?"
    r"(?:defense |intelligence )?committees?(?: of congress)?"
    r"\W+(?:means?|includes?|has the meaning)",
    re.IGNORECASE,
)
# A flattened block of new law (PITFALLS 35) may define its committees at the end of pages of
# duties; a provision that only does so begins with the definition, after its enumerator and
# heading.
_OPENING = 160
_CONTENTS_LINE = re.compile(
    r"\s*(?:sec|section|title|subtitle)\.? \d+[A-Z]?\. [^.]*\.?", re.IGNORECASE
)


# "Section 2 is amended by adding at the end the following:" names a law; what is put in says more.
_BARE_INSTRUCTION = re.compile(
    r"\b(?:is|are) (?:further )?amended\b[^“\"]*[:—–-]\s*", re.IGNORECASE
)


# Not in the body of a bill in every format: what a bill does is said below.
_BESIDE = frozenset(("official-title", "long-title", "legis-type", "enacting-formula"))


def silent(unit: Unit) -> bool:
    """Whether no tag may stand here: contents, short title, committees, clerical changes.

    Nor where an amendment only announces the words that follow it.
    """
    if unit.operator is Operator.AMENDMENT and _announces(unit.text):
        return True
    if unit.context is Context.TOC or unit.kind.startswith("toc") or unit.kind in _BESIDE:
        return True
    own = unit.heading or (unit.headings[-1] if unit.headings else "")
    opening = unit.text[:_OPENING]
    if _TITLES.fullmatch(own.strip(" .")) or _CITED_AS.search(opening):
        return True
    if unit.operator is Operator.NONE and _CONTENTS_LINE.fullmatch(unit.text):
        return True
    return bool(_COMMITTEES.search(opening)) or bool(_COMMITTEES.search(unit.chapeau))


def _announces(text: str) -> bool:
    found = _BARE_INSTRUCTION.search(text)
    return found is not None and found.end() == len(text)
