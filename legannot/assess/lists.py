"""Lists that are kept outside a bill and set off several of its provisions: cascades.

sec. 3(8)   "listed entity" means an entity on the Entity List        names the list
sec. 8(a)   No person may host a model of a listed entity             reached through 3(8)
sec. 12(a)  No agency may buy a model of a listed entity              reached through 3(8)

A later entry on such a list widens all of them with no new vote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from legannot.assess.levels import above
from legannot.assess.meanings import Meanings
from legannot.model import Context, Facts, Operator
from legannot.model.report import Cascade, Further

#: Lists of parties, goods or countries, by the words that name each in law.
LISTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    # 15 CFR part 744, supplement no. 4, 6 and 7; 15 CFR 764.3(a)(2)
    ("Entity List", re.compile(r"\bEntity List\b")),
    ("Unverified List", re.compile(r"\bUnverified List\b")),
    ("Military End-User List", re.compile(r"\bMilitary[ -]End[ -]User List\b")),
    ("Denied Persons List", re.compile(r"\bDenied Persons List\b")),
    # Section 1260H of the NDAA for fiscal year 2021
    ("list of Chinese military companies (section 1260H)", re.compile(r"\b1260H\b")),
    # Office of Foreign Assets Control
    (
        "list of specially designated nationals",
        re.compile(r"\b[Ss]pecially [Dd]esignated [Nn]ationals?\b"),
    ),
    (
        "list of Chinese military-industrial complex companies",
        re.compile(r"\bMilitary[ -]Industrial Complex Compan(?:y|ies)\b|\bNS-CMIC\b"),
    ),
    # Section 2 of the Secure and Trusted Communications Networks Act of 2019 (47 U.S.C. 1601)
    (
        "Covered List of communications equipment",
        re.compile(r"\bCovered List\b|\b47 U\.?S\.?C\.? 1601\b"),
    ),
    # Section 2(d)(2)(B) of Public Law 117-78
    ("UFLPA Entity List", re.compile(r"\bUyghur Forced Labor Prevention Act\b")),
    # 15 CFR part 740, supplement no. 1
    ("Country Group D:5", re.compile(r"\bCountry Groups?\b[^.;]{0,40}\bD:5\b|\bD:5\b")),
    # 10 U.S.C. 4872; 15 CFR 791.4
    ("covered nations (10 U.S.C. 4872)", re.compile(r"\bsection 4872\b|\b10 U\.?S\.?C\.? 4872\b")),
    ("foreign adversaries (15 CFR 791.4)", re.compile(r"\b(?:15 C\.?F\.?R\.?|section) 791\.4\b")),
    # 50 U.S.C. 4813(c)
    ("Commerce Control List", re.compile(r"\bCommerce Control List\b")),
    # 22 U.S.C. 2778(a)(1)
    ("United States Munitions List", re.compile(r"\bMunitions List\b")),
)
_BINDS = (
    Operator.DUTY,
    Operator.PROHIBITION,
    Operator.PERMISSION,
    Operator.DELEGATION,
    Operator.EXCEPTION,
    Operator.PENALTY,
)
_NO_FORCE = (Context.FINDING, Context.SENSE, Context.PREAMBLE, Context.TOC)
# One provision that uses a list is no cascade.
_SEVERAL = 2


def cascades(facts: Facts, meanings: Meanings) -> tuple[Cascade, ...]:
    """The lists that at least two operative provisions depend on, by name or through a term."""
    found: list[Cascade] = []
    for name, sign in LISTS:
        named = tuple(
            path
            for path, unit in facts.units.items()
            if unit.context not in _NO_FORCE and sign.search(unit.text)
        )
        reached = {one.path: one for one in _reached(named, facts, meanings)}
        if len(reached) >= _SEVERAL:
            found.append(Cascade(name, named, tuple(reached.values())))
    return tuple(found)


def _reached(named: tuple[str, ...], facts: Facts, meanings: Meanings) -> Iterator[Further]:
    defining = {meanings.home(key): key for key in meanings.definitions}
    for path in named:
        if facts.units[path].operator in _BINDS:
            yield Further(path, ())
    for path in named:
        for key in [defining[place] for place in above(path) if place in defining]:
            for use in meanings.uses(key):
                if facts.units[use].operator in _BINDS and use not in named:
                    yield Further(use, (key[1],))
            for further in meanings.reached(key):
                if facts.units[further.path].operator in _BINDS and further.path not in named:
                    yield further
