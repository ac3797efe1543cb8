"""Names of bills, versions and provisions as values: one pattern each, `str()` brings them back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar, Self

BILL_TYPES = {
    "hr": "H.R.",
    "s": "S.",
    "hjres": "H.J. Res.",
    "sjres": "S.J. Res.",
    "hconres": "H. Con. Res.",
    "sconres": "S. Con. Res.",
    "hres": "H. Res.",
    "sres": "S. Res.",
}


@dataclass(frozen=True, slots=True, order=True)
class BillId:
    """A bill of one Congress: `BillId.parse("116hr1500")`, `"116/hr/1500"` or `"116 H.R. 1500"`."""

    congress: int
    type: str
    number: int

    PATTERN: ClassVar[re.Pattern[str]] = re.compile(
        r"""\s*(?P<congress>\d{1,3})            # 116, 119
            (?:th|st|nd|rd)?[\s/]*
            (?P<type>hr|hres|hjres|hconres|s|sres|sjres|sconres)
            [\s/]*(?P<number>\d{1,5})\s*""",
        re.VERBOSE | re.IGNORECASE,
    )

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a bill id; raises `ValueError` when `text` is not one."""
        match = cls.PATTERN.fullmatch(text.replace(".", "").replace(" ", ""))
        if match is None:
            raise ValueError(f"{text!r} is not a bill id such as 116hr1500")
        return cls(int(match["congress"]), match["type"].lower(), int(match["number"]))

    def __str__(self) -> str:
        return f"{self.congress}{self.type}{self.number}"

    @property
    def label(self) -> str:
        """The bill's name as it is printed: `H.R. 1500`."""
        return f"{BILL_TYPES[self.type]} {self.number}"


@dataclass(frozen=True, slots=True)
class Stage:
    """One of GPO's bill version codes, with its printed name and its place in a bill's life."""

    code: str
    name: str
    rank: int


def _stages() -> dict[str, Stage]:
    # Ranks follow the path of a bill through both chambers.  Codes and names: GPO, "About
    # Congressional Bills" (govinfo.gov), and the bill-stage attribute of bill.dtd.
    table = (
        (10, "ih", "Introduced in House"),
        (10, "is", "Introduced in Senate"),
        (12, "ash", "Additional Sponsors House"),
        (12, "sas", "Additional Sponsors Senate"),
        (12, "sc", "Sponsor Change"),
        (15, "rih", "Referral Instructions House"),
        (15, "ris", "Referral Instructions Senate"),
        (20, "rh", "Reported in House"),
        (20, "rs", "Reported in Senate"),
        (22, "rch", "Reference Change House"),
        (22, "rcs", "Reference Change Senate"),
        (22, "rah", "Referred with Amendments House"),
        (22, "ras", "Referred with Amendments Senate"),
        (24, "cdh", "Committee Discharged House"),
        (24, "cds", "Committee Discharged Senate"),
        (25, "pch", "Placed on Calendar House"),
        (25, "pcs", "Placed on Calendar Senate"),
        (25, "hdh", "Held at Desk House"),
        (25, "hds", "Held at Desk Senate"),
        (25, "lth", "Laid on Table House"),
        (25, "lts", "Laid on Table Senate"),
        (25, "iph", "Indefinitely Postponed House"),
        (25, "ips", "Indefinitely Postponed Senate"),
        (25, "oph", "Ordered to be Printed House"),
        (25, "ops", "Ordered to be Printed Senate"),
        (26, "ath", "Agreed to House"),
        (26, "ats", "Agreed to Senate"),
        (28, "cph", "Considered and Passed House"),
        (28, "cps", "Considered and Passed Senate"),
        (28, "eph", "Engrossed and Deemed Passed by House"),
        (28, "fph", "Failed Passage House"),
        (28, "fps", "Failed Passage Senate"),
        (30, "eh", "Engrossed in House"),
        (30, "es", "Engrossed in Senate"),
        (32, "rds", "Received in Senate"),
        (32, "rdh", "Received in House"),
        (34, "rfs", "Referred in Senate"),
        (34, "rfh", "Referred in House"),
        (36, "rts", "Referred to Committee Senate"),
        (36, "rth", "Referred to Committee House"),
        (40, "eas", "Engrossed Amendment Senate"),
        (40, "eah", "Engrossed Amendment House"),
        (40, "ah", "Amendment in House"),
        (40, "as", "Amendment in Senate"),
        (40, "fah", "Failed Amendment House"),
        (42, "pap", "Printed as Passed"),
        (42, "pp", "Public Print"),
        (45, "reah", "Re-engrossed Amendment House"),
        (45, "res", "Re-engrossed Amendment Senate"),
        (45, "renr", "Re-enrolled"),
        (60, "enr", "Enrolled"),
        (70, "pl", "Public Law"),
    )
    return {code: Stage(code, name, rank) for rank, code, name in table}


STAGES = _stages()


def stage(code: str) -> Stage:
    """The stage of a version code; an unknown code is kept under its own name, after the known
    ones.

    A code may carry an ordinal (`eas2` for a second engrossed amendment).
    """
    known = STAGES.get(code) or STAGES.get(code.rstrip("0123456789"))
    return known or Stage(code, code or "version not named", 50)


# Between what the first chamber sent over and what the second one amended.
_SECOND_CHAMBER = 38
_IN_CHAMBER = range(20, 32)


def life(bill: BillId | None, version: str) -> tuple[int, int]:
    """Where a version stands in the life of its bill; sorts.

    The same code means an early or a late print by the chamber that the bill began in: `pcs`, on
    the Senate's calendar, comes early of a Senate bill and after `eh` of a House bill.
    """
    known = stage(version)
    if bill and known.rank in _IN_CHAMBER:
        other = "Senate" if bill.type.startswith("h") else "House"
        if other in known.name:
            return _SECOND_CHAMBER, known.rank
    return known.rank, known.rank


@dataclass(frozen=True, slots=True)
class CitationPath:
    """A provision's public address: `sec. 3(b)(2)(A)`, `div. A, title I, sec. 101`.

    Steps are containers (`title I`), a section (`sec. 3`), levels (`(b)`) and, where the law has no
    number, bracketed names (`[quoted block 2]`, `[continuation]`).
    """

    steps: tuple[str, ...]

    PATTERN: ClassVar[re.Pattern[str]] = re.compile(
        r"""\[[^\]]+\]              # [toc], [quoted block 2]
          | \([^()\s]+\)            # (a), (A-1)
          | [^\[\](),]+             # sec. 3, title I
        """,
        re.VERBOSE,
    )

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a path; raises `ValueError` for an empty or malformed one."""
        steps = tuple(s.strip() for s in cls.PATTERN.findall(text))
        path = cls(tuple(s for s in steps if s))
        if not path.steps or str(path) != text.strip():
            raise ValueError(f"{text!r} is not a citation path such as sec. 3(b)(2)")
        return path

    def __str__(self) -> str:
        parts: list[str] = []
        for step in self.steps:
            if not parts or step.startswith("("):
                parts.append(step)
            elif step.startswith("[") or parts[-1].endswith("]"):
                parts.append(" " + step)
            else:
                parts.append(", " + step)
        return "".join(parts)

    def __truediv__(self, step: str) -> CitationPath:
        return CitationPath((*self.steps, step))
