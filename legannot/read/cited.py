"""The grammar of a citation: what its words may be, and the parts they fall into.

A drafter cites in a chain that is read from its end; the first part may list several items:

    subsections (b) and (c) of section 206 of the International Emergency Economic Powers Act
    a part with two items      a part         the tail: which law
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["usc", "public-law", "cfr", "statute", "act", "order", "internal", "other"]

# The Export Administration Regulations are 15 CFR parts 730 to 774 (15 CFR 730.1).
_REGULATIONS = {"Export Administration Regulations": "cfr/15"}
_WHOLE_NAMES = {"Revised Statutes of the United States": "Revised Statutes"}
_KINDS = r"(?i:(?:sub)?(?:section|paragraph|clause|item|title|chapter|part)|division)"
# 4, 1681g, 744.11(a), 238(g)(1), 300aa-1, 1395iii; old Acts have 185 b.
_NUMBER = (
    r"(?>\d+)(?:(?!et\b)[A-Za-z]{0,4})(?:[-–.]\d+[A-Za-z]{0,4})*"
    r"(?:\s[a-z]\.(?=\s(?:of|\()|$))?(?:\s?\([0-9A-Za-z]{1,5}\))*"
)
_LABELS = r"\([0-9A-Za-z]{1,5}\)(?:\s?\([0-9A-Za-z]{1,5}\))*"
_ROMAN = r"(?:[IVXLC]+|[A-Z]{1,2})\b(?:[-–](?:\d+|[A-Z]\b))?"
# "subsection b. of section 145" of the Atomic Energy Act.
_LETTER = r"[a-z]\.(?=\s+of\b|$)"
_ITEM = rf"(?:{_LABELS}|{_NUMBER}|{_ROMAN}|{_LETTER})"
_AND = r"(?:,\s+(?:and\s+|or\s+)?|\s+(?:and|or|through|to)\s+|[–-](?=\())"
# "section 4 and 30 days": a bare number continues a list only after a plural or an "or".
_CAPITALS = r"[A-Z]{1,2}\b"
_PART = (
    rf"{_KINDS}(?:s\s+{_ITEM}(?:{_AND}{_ITEM})*"
    rf"|\s+{_ITEM}(?:{_AND}{_LABELS}|\s+or\s+{_NUMBER})*)"
)

# Names hold more than capitals: a nickname in quotation marks or parentheses ("William M. (Mac)
# Thornberry"), HIV/AIDS, 9/11.  A run of \x01 is a quotation that `quoted` has blotted out.
_WORD = (
    r"(?:[A-Z][\w’'.&/–-]*|\d{4}|\d{1,2}(?:st|nd|rd|th)|9/11|[“\"][A-Z]\w+[”\"]|\([A-Z][a-z]+\)|(?<=Interstate\s)\d{1,3}"
    r"|\x01+)"
)
_JOINS = r"(?:of|the|and|for|in|to|on|with|from|against|or|by|a|an)"
_NAME = (
    rf"(?!\d{{4}}\s+Act\b)(?:{_WORD},?\s+(?:{_JOINS}\s+){{0,3}}){{1,14}}?"
    r"(?:Act|Code|Statutes(?:\s+of\s+the\s+United\s+States)?|Regulations|Amendments(?!\s+Act)|Constitution|Powers\s+Resolution"
    r"|Tariff\s+Schedule\s+of\s+the\s+United\s+States)\b"
    r"(?:\s+of\s+(?:[A-Z][a-z]+\s+\d{1,2},\s+)?\d{4}|,\s+\d{4}"
    r"|\s+for\s+Fiscal\s+Years?\s+\d{4}(?:\s+(?:and|through)\s+\d{4})?)?"
)
_TAIL = rf"""
    title\s+(?P<usc>\d+)(?:,|\s+of\s+the)\s+United\s+States\s+Code
  | title\s+(?P<cfr>\d+)(?:,|\s+of\s+the)\s+Code\s+of\s+Federal\s+Regulations
  | (?:Public\s+Law|Pub\.\s*L\.|P\.L\.)\s+(?P<law>\d{{1,3}}[-–]\d{{1,4}})
  | Executive\s+Order\s+(?:No\.\s*)?(?P<order>\d{{4,5}})
  | (?:such|that|said)\s+(?P<same>\w+)(?:\s+(?:Law|Order)\b)?
  | this\s+(?:joint\s+|concurrent\s+)?(?P<here>\w+)
  | (?:the\s+)?(?P<name>{_NAME})
  | (?P<bill>(?:H\.\s?R\.|S\.|[HS]\.\s?(?:J\.\s?|Con\.\s?)?Res\.)\s?\d+)
    (?:\s+of\s+the|,)?(?:\s+(?P<congress>\d{{2,3}})(?:th|st|nd|rd)\s+Congress)?
  | (?P<foreign>the\s+[“"]?\w[\w’'.-]*|(?:rule\s+)?[A-Z][\w’'.-]+)
"""
CHAIN = re.compile(
    rf"""(?:(?:[Ss]upplement\s+[Nn]o\.\s+(?P<supplement>\d+)|[Aa]ppendix\s+(?P<appendix>[A-Z]{{1,2}}|\d+))\s+to\s+)?
        (?<![\w-])(?P<parts>(?>{_PART})(?:,?\s+(?:respectively,?\s+)?of\s+(?>{_PART})(?!(?:,|\s+of\s+the)\s+(?:United\s+States\s+C|Code\s)))*)
        (?:,?\s+(?:respectively,?\s+)?of\s+(?P<tail>{_TAIL}))?
    """,
    re.VERBOSE,
)
LISTED = _PART
LISTED_PART = re.compile(_PART)
_THROUGH = re.compile(r"(?:\b(?:through|to)\s+|[–-])$")
_ONE_PART = re.compile(rf"(?P<kind>{_KINDS})s?\s+(?P<list>{_ITEM}(?:{_AND}{_ITEM})*)")
# "section 114 of the HEA": an Act by its initials.
_INITIALS = re.compile(r"(?:the\s+)?(?P<name>[A-Z]{3,}[\w–-]*)")
_ONE_ITEM = re.compile(_ITEM)
_ONE_LABEL = re.compile(r"[0-9A-Za-z]+(?:[-–.][0-9A-Za-z]+)*")

# "28 U.S.C. 561–569"; sections with a hyphen have a letter or a short second number (2151-1).
_RUN = re.compile(r"(?P<first>(?P<low>\d+)[A-Za-z]{0,3})[-–](?P<last>(?P<high>\d+)[A-Za-z]{0,3})")
# The groups of a chain's tail that hold numbers, and the form of what they name.
_CODES: tuple[tuple[Kind, str, str], ...] = (
    ("usc", "usc", "usc"),
    ("cfr", "cfr", "cfr"),
    ("public-law", "law", "pl"),
    ("order", "order", "eo"),
)
_DIGITS = re.compile(r"\d+")
_BILL = re.compile(r"([A-Za-z]+)(\d+)")
_MARK_STEP = re.compile(r"(?P<level>sch|spt|ch|pt|st|t|d|s|p(?=\d))(?P<label>[\dA-Z][\w.-]*)")
# How the levels below a section are numbered (House Legislative Counsel, drafting manual).
_STYLES = {
    "subsection": re.compile(r"[a-z]"),
    "paragraph": re.compile(r"\d"),
    "subparagraph": re.compile(r"[A-Z]"),
    "clause": re.compile(r"[ivxlc]"),
    "subclause": re.compile(r"[IVXLC]"),
}

# In a list of laws, one a provision, a name stands alone or before its citation.
NAMED = re.compile(
    rf"\b[Tt]he\s+(?P<name>{_NAME})"
    rf"|^(?!\w+\s(?:the|this|such|an?)\b|(?:The|An?|This|Such)\b)(?P<alone>{_NAME})(?=\s+\(\d|\s*[.;,]?$|[;,]?\s+(?:and|or)$)"
)
# "5 U.S.C. App." may stand without a number; a number of the next title is none of this one.
USC = re.compile(
    rf"(?P<title>\d+)\s+U\.?\s?S\.?\s?C\.?\s+"
    rf"(?:(?P<app>App\.?)(?:\s+(?P<number_app>{_NUMBER}))?"
    rf"|(?:§+\s?|prec\.\s+|[Ss]ec\.\s+)?(?P<number>{_NUMBER}))"
    rf"(?:,?\s+et\.?\s+seq\.?|\s+(?P<note>note)\b)?"
    rf"(?P<more>(?:(?:,|\s+and|,\s+and|\s+or|\s+through)\s+(?>{_NUMBER})(?!\s*U\.?\s?S|\s+Stat|-))*)"
)
MORE_NUMBERS = re.compile(_NUMBER)
CFR = re.compile(
    rf"(?P<title>\d+)\s+C\.?F\.?R\.?\s+(?:(?P<part>[Pp]arts?\s+)|§+\s?|[Ss]ec(?:tion|\.)\s+)?"
    rf"(?P<number>{_NUMBER})"
    rf"(?:,?\s+[Ss]ubparts?\s+(?P<subparts>{_CAPITALS}(?:{_AND}{_CAPITALS})*)"
    rf"|(?P<more>(?:{_AND}(?>{_NUMBER})(?!\s*(?:C\.?F|U\.?\s?S|Stat|Fed)|[-\w]))*))"
)
SUBPART = re.compile(_CAPITALS)


# "section 12.61 of 43 CFR"
OF_CFR = re.compile(rf"\b[Ss]ection\s+(?P<number>{_NUMBER})\s+of\s+(?P<title>\d+)\s+C\.?F\.?R\b\.?")


@dataclass(frozen=True, slots=True)
class Law:
    """What is cited: a law by its kind and normal form, or a path of the bill."""

    kind: Kind
    target: str


@dataclass(frozen=True, slots=True)
class Item:
    """One of the things a part lists, with where it stands in the chain.

    `through`: it is the end of a run that the item before it begins.
    """

    labels: tuple[str, ...]
    start: int
    end: int
    through: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """`subsections (b) and (c)`: a kind of provision and its items."""

    kind: str
    items: tuple[Item, ...]


# The first part of a mark, `usc/12/5491` or `/us/usc/t12/s5491`, and the kind of law it is.
_MARKED: dict[str, Kind] = {
    "usc": "usc",
    "usc-appendix": "usc",
    "usc-chapter": "usc",
    "usc-act": "act",
    "pl": "public-law",
    "cfr": "cfr",
    "stat": "statute",
    "act": "act",
    "eo": "order",
}
# Prefixes of the levels in a USLM identifier (USLM User Guide, "reference model").
_LEVEL_OF_MARK = {
    "sch": "subchapter",
    "spt": "subpart",
    "ch": "chapter",
    "pt": "part",
    "st": "subtitle",
    "t": "title",
    "d": "division",
    "p": "part",
    "s": "",
}


def marked(value: str) -> Law:
    """The law that a mark of the source names: `usc/12/5491`, `/us/usc/t42/s1396d/a/etseq`.

    >>> marked("/us/pl/113/76/dK/s221").target, marked("/us/usc/t54/ch1007").target
    ('pl/113/76/division/K/221', 'usc-chapter/54/1007')
    """
    head, *steps = value.removeprefix("/us/").replace("–", "-").split("/")
    kind = _MARKED.get(head.lower(), "other")
    if head == "usc-act":
        return Law("act", "/".join(("act", *(step.strip() for step in steps))))
    if not value.startswith("/us/"):
        return Law(kind, "/".join((head, *steps)))
    target = [head]
    for position, step in enumerate(steps):
        if step == "etseq" or (head == "stat" and position > 1):
            break
        if step.startswith("app"):
            target[0] = "usc-appendix"
            target += filter(None, [step.removeprefix("app")])
            continue
        level, label = _level_of_mark(step, code=head in ("usc", "cfr") and position == 0)
        if level == "chapter" and head == "usc":
            target[0] = "usc-chapter"
            level = ""
        run = _RUN.fullmatch(label)
        if run and _ascends(run):
            label = run["first"]
        target += [level, label] if level else [label]
    return Law(kind, "/".join(target))


def _level_of_mark(step: str, *, code: bool) -> tuple[str, str]:
    if code:
        return "", step.removeprefix("t")
    match = _MARK_STEP.fullmatch(step)
    return (_LEVEL_OF_MARK[match["level"]], match["label"]) if match else ("", step)


def labels(text: str) -> tuple[str, ...]:
    """The labels of an item, outermost first: `4(a)(1)` is 4, a, 1.

    Of a run of sections (`561–569`) it is the first.
    """
    run = _RUN.fullmatch(text)
    if run and _ascends(run):
        return (run["first"],)
    return tuple(label.replace("–", "-") for label in _ONE_LABEL.findall(text))


def _ascends(run: re.Match[str]) -> bool:
    return len(run["low"]) == len(run["high"]) and run["first"] < run["last"]


def parts(chain: str) -> tuple[Part, ...]:
    """The parts of a chain in the order of its words, narrowest first."""
    return tuple(_part(match) for match in _ONE_PART.finditer(chain))


def law_of(chain: re.Match[str]) -> Law | None:
    """The law that the tail of a chain names, None if it names none."""
    for kind, group, form in _CODES:
        if chain[group]:
            return Law(kind, f"{form}/{'/'.join(re.findall(_DIGITS, chain[group]))}")
    if chain["bill"]:
        return bill_of(chain)
    if name := chain["name"]:
        return act(name)
    if initials := _INITIALS.fullmatch((chain["foreign"] or "").rstrip(".")):
        return Law("act", f"act/{initials['name']}")
    return None


def act(name: str) -> Law:
    """A law by its name; some names are of regulations."""
    if name in _REGULATIONS:
        return Law("cfr", _REGULATIONS[name])
    return Law("act", f"act/{_WHOLE_NAMES.get(name, name)}")


def bill_of(match: re.Match[str]) -> Law:
    """`H.R. 1500` as bill/hr/1500, with `116th Congress` bill/116/hr/1500."""
    kind, number = _BILL.findall(match["bill"].replace(".", "").replace(" ", ""))[0]
    return Law("other", "/".join(filter(None, ("bill", match["congress"], kind.lower(), number))))


def _part(match: re.Match[str]) -> Part:
    kind = match["kind"].lower()
    offset = match.start("list")
    items = [
        Item(
            labels(item.group()),
            offset + item.start(),
            offset + item.end(),
            through=_THROUGH.search(match["list"], 0, item.start()) is not None,
        )
        for item in _ONE_ITEM.finditer(match["list"])
    ]
    style = _STYLES.get(kind)
    if style is not None and style.match(items[0].labels[0]):
        # "(A) in paragraph (1), and (B) ...": the next item of a run-in list is not a paragraph.
        end = next((i for i, item in enumerate(items) if not style.match(item.labels[0])), None)
        items = items[:end]
    return Part(kind, tuple(items))
