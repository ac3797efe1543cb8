"""Citations of law, marked or in prose, each in one normal form; internal ones resolved.

The end of a citation decides: a named law or code makes it external; `this section` or nothing,
internal; `such section` is the one last named.  What the markup says (`external-xref`) comes first.
An instruction to amend speaks of the law it amends ("in subsection (a), by striking"), so its bare
references are not internal; nor are those of quoted law, unless the quoted block answers them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import repeat, zip_longest

from legannot.model import (
    CONTAINERS,
    LEVELS,
    Bill,
    Citation,
    Context,
    Operator,
    Provision,
    Unit,
)
from legannot.read.cited import (
    CFR,
    CHAIN,
    MORE_NUMBERS,
    NAMED,
    OF_CFR,
    SUBPART,
    USC,
    Kind,
    Law,
    Part,
    act,
    bill_of,
    labels,
    law_of,
    marked,
    parts,
)
from legannot.read.references import PARTS, THIS_BILL, Resolver, Step, by_this_bill, listed
from legannot.read.tree import Tree

_LAWS: tuple[Kind, ...] = ("act", "usc", "public-law", "cfr")
# Words after "such" that mean a whole law and not a part of one.
_WHOLE_LAWS = {
    **dict.fromkeys(("act", "code", "law", "public", "regulations", "title"), "law"),
    **dict.fromkeys(("executive", "order"), "order"),
}
_PLAIN: tuple[tuple[Kind, re.Pattern[str], str], ...] = (
    (
        "public-law",
        re.compile(
            r"(?:Public\s+Law|Pub\.\s*L\.|P\.L\.)\s+(?P<congress>\d{1,3})[-–](?P<no>\d{1,4})"
        ),
        "pl/{congress}/{no}",
    ),
    (
        "statute",
        re.compile(r"(?P<volume>\d{1,3})\s+Stat\.\s+(?P<page>\d+(?:[A-Z][-–]\d+)?)"),
        "stat/{volume}/{page}",
    ),
    (
        "other",
        re.compile(r"(?P<volume>\d{1,3})\s+(?:Fed\.\s*Reg\.|FR)\s+(?P<page>\d{3,6})"),
        "fr/{volume}/{page}",
    ),
    # 15 CFR part 774, Supplement No. 1 (Commerce Control List): category, group, three digits.
    (
        "other",
        re.compile(
            r"(?:ECCNs?|Export\s+Control\s+Classification\s+Numbers?(?:\s+\(ECCNs?\))?)\s+"
            r"(?P<no>\d[A-E]\d{3}(?:\.\w{1,2})*)"
        ),
        "eccn/{no}",
    ),
    (
        "order",
        re.compile(r"(?:Executive\s+[Oo]rder|E\.O\.)\s+(?:[Nn]o\.\s*)?(?P<no>\d{4,5})"),
        "eo/{no}",
    ),
    (
        "usc",
        re.compile(r"(?P<title>\d+)\s+U\.?S\.?C\.?\s+(?i:chapters?|ch\.)\s+(?P<no>\d+[A-Z]?)\b"),
        "usc-chapter/{title}/{no}",
    ),
    ("usc", re.compile(r"\b[Tt]itle\s+(?P<no>\d+),\s+United\s+States\s+Code"), "usc/{no}"),
    (
        "cfr",
        re.compile(r"\b[Tt]itle\s+(?P<no>\d+),\s+Code\s+of\s+Federal\s+Regulations"),
        "cfr/{no}",
    ),
)
# An Act without its sections; a name has no slash but HIV/AIDS and the like.
_OUTER = re.compile(r"act/(?:[^/]|/(?=AIDS|11\b))+")
_OF_CODE_NEXT = re.compile(r"(?:,|\s+of\s+the)\s+(?:United\s+States\s+Code|Code\s+of\s+Federal)\b")
_REMEMBERED = ("law", "order", "title", "code")
_CODE_BY_NAME = re.compile(r"\bCode\b")
_TITLE_OF_CODE = re.compile(r"(usc|cfr)(?:-chapter)?/(\d+)\b")
_AND = re.compile(r",?\s+(?:and|or)\s+")
_MAY_NAME = re.compile(r"Act|Code|Regulations|Constitution|Resolution|Schedule|Statutes|Amendments")
_BILLS = re.compile(
    r"\b(?P<bill>(?:H\.\s?R\.|S\.|[HS]\.\s?(?:J\.\s?|Con\.\s?)?Res\.)\s?\d{1,5})\b(?![.,]\d|\sStat)"
    r"(?:(?:\s+of\s+the|,)?\s+(?P<congress>\d{2,3})(?:th|st|nd|rd)\s+Congress)?"
)
# The Export Administration Regulations (15 CFR 730.1): their supplements are cited without them.
_REGULATIONS = range(730, 775)
_SUPPLEMENT = re.compile(
    r"[Ss]upplement\s+[Nn]o\.\s+(?P<no>\d+)\s+to\s+the\s+Export\s+Administration\s+Regulations"
)
# In characters.
_WORDS_BEFORE = 40
_WORDS_BEHIND = 40
_SENTENCE_BEFORE = 300
_NOWHERE = Law("internal", "")


def citations(bill: Bill, tree: Tree, units: Mapping[str, Unit]) -> tuple[Citation, ...]:
    """Every citation in the texts of a bill, in reading order; tables of contents cite nothing."""
    found: list[Citation] = []
    # By the quoted block around, since "such Code" behind one is that of the words before it.
    named: dict[str, dict[str, Law]] = {}
    for provision in bill.walk():
        quote = tree.quote(provision.path)
        if provision.kind == "section" or provision.kind in CONTAINERS:
            # "such Act" is one that the same section has named.
            named[quote] = {}
        if provision.text and provision.context is not Context.TOC:
            amends = partial(_amends, units, provision.path)
            reader = _Reader(provision, tree, named.get(quote, {}), amends)
            found.extend(reader.read())
            named[quote] = reader.named
    return tuple(found)


def references(tree: Tree, path: str) -> tuple[tuple[Citation, ...], tuple[Citation, ...]]:
    """What the heading and the text of one provision cite of its own bill, in reading order.

    Only what is around the provision is looked at, so that a few can be asked for in any bill.  In
    a table of contents each entry refers to what it lists.
    """
    provision = tree.provisions[path]
    heading = replace(provision, text=provision.heading, spans=())
    return _inner(heading, tree), _inner(provision, tree)


def _inner(provision: Provision, tree: Tree) -> tuple[Citation, ...]:
    if provision.context is Context.TOC:
        return listed(provision, tree)
    reader = _Reader(provision, tree, {}, lambda: _instructs(tree, provision.path))
    return tuple(cited for cited in reader.read() if cited.kind == "internal")


def _instructs(tree: Tree, path: str) -> bool:
    # The grammar of operators is loaded where a reference hangs on it, and nowhere else.
    from legannot.read.units import unit_at

    return unit_at(tree, path).operator is Operator.AMENDMENT


def _amends(units: Mapping[str, Unit], path: str) -> bool:
    unit = units.get(path)
    return unit is not None and unit.operator is Operator.AMENDMENT


class _Reader:
    """Reads one provision; `_taken` marks the characters that already belong to a citation."""

    def __init__(
        self,
        provision: Provision,
        tree: Tree,
        named: Mapping[str, Law],
        amends: Callable[[], bool],
    ) -> None:
        self._provision = provision
        self._text = provision.text
        self._tree = tree
        self._resolver = Resolver(provision, tree, amends)
        self._found: list[Citation] = []
        self._taken = bytearray(len(self._text))
        # What "such Act", "such section" and the like mean: the last of each that was named.
        self._last: dict[str, Law] = dict(named)
        # Where sections are cited that the bill lacks and that no law is named for.
        self._bare_sections: set[int] = set()
        # The law of each section that the text has cited with its law.
        self._sections: dict[str, Law] = {}

    def read(self) -> list[Citation]:
        """The citations of the provision, in order."""
        self._marked()
        named = [*NAMED.finditer(self._text)] if _MAY_NAME.search(self._text) else []
        chains = list(CHAIN.finditer(self._text))
        unread = iter(named)
        name = next(unread, None)
        for match, following in zip_longest(chains, chains[1:]):
            while name and name.end() <= match.start():
                _remember(_name_of(name)[0], self._last)
                name = next(unread, None)
            self._chain(match, self._shared(match, following))
        self._of_codes()
        for kind, pattern, form in _PLAIN:
            for match in pattern.finditer(self._text):
                target = form.format(**match.groupdict()).replace("–", "-")
                self._add(Law(kind, target), match.span())
        for match in _BILLS.finditer(self._text):
            self._add(bill_of(match), match.span())
        for match in _SUPPLEMENT.finditer(self._text):
            self._add(Law("cfr", f"cfr/15/supplement/{match['no']}"), match.span())
        for match in named:
            self._add(*_name_of(match))
        if any(cited.kind in _LAWS for cited in self._found):
            # A text that names another law may go on to cite its sections barely.
            self._found = [c for c in self._found if c.start not in self._bare_sections]
        return sorted(self._found, key=lambda c: (c.start, c.end))

    @property
    def named(self) -> dict[str, Law]:
        """The Act and the order last named, in this provision or in one before it."""
        last: dict[str, Law] = {
            kind: law for kind, law in self._last.items() if kind in _REMEMBERED
        }
        for cited in sorted(self._found, key=lambda c: c.start):
            if cited.kind == "act" and (name := _OUTER.match(cited.target)):
                _remember(Law("act", name.group()), last)
            elif title := _TITLE_OF_CODE.match(cited.target) if "title" in cited.quote else None:
                last["title"] = Law(cited.kind, f"{title[1]}/{title[2]}")
            elif cited.kind == "order":
                _remember(Law("order", "/".join(cited.target.split("/")[:2])), last)
        return last

    def _add(self, cited: Law, span: tuple[int, int]) -> None:
        start, end = span
        if any(self._taken[start:end]):
            return
        self._taken[start:end] = b"\x01" * (end - start)
        quote = self._text[start:end]
        self._found.append(
            Citation(self._provision.path, start, end, cited.kind, cited.target, quote)
        )

    def _before(self, start: int) -> str:
        """The last words before a citation: enough for "as redesignated by"."""
        return self._text[max(0, start - _WORDS_BEFORE) : start]

    def _marked(self) -> None:
        for span in self._provision.spans:
            if span.kind != "external-xref" or not span.value:
                continue
            law = marked(span.value)
            written = USC.match(self._text, span.start)
            if written and not written["app"]:
                # The attribute stops at the section; the words say which paragraph, and if a note.
                law = _usc(written)
            self._add(law, (span.start, span.end))

    def _of_codes(self) -> None:
        for match in USC.finditer(self._text):
            self._add(_usc(match), (match.start(), match.start("more")))
            code = "usc-appendix" if match["app"] else "usc"
            for more in MORE_NUMBERS.finditer(self._text, *match.span("more")):
                self._add(Law("usc", _code(match["title"], more.group(), code)), more.span())
        for match in OF_CFR.finditer(self._text):
            target = "/".join(("cfr", match["title"], *labels(match["number"])))
            self._add(Law("cfr", target), match.span())
        for match in CFR.finditer(self._text):
            self._of_regulations(match)

    def _of_regulations(self, match: re.Match[str]) -> None:
        part = "part/" if match["part"] else ""
        target = f"cfr/{match['title']}/{part}"
        whole = target + "/".join(labels(match["number"]))
        if not match["subparts"]:
            self._add(Law("cfr", whole), (match.start(), match.start("more")))
            for more in MORE_NUMBERS.finditer(self._text, *match.span("more")):
                self._add(Law("cfr", target + "/".join(labels(more.group()))), more.span())
            return
        start = match.start()
        for subpart in SUBPART.finditer(self._text, *match.span("subparts")):
            self._add(Law("cfr", f"{whole}/subpart/{subpart.group()}"), (start, subpart.end()))
            start = subpart.end()

    def _shared(self, match: re.Match[str], following: re.Match[str] | None) -> Law | None:
        """The law of "titles II and III and section 4 of the X Act" for what names none itself."""
        if following is None or match["tail"] or match["supplement"]:
            return None
        if _AND.fullmatch(self._text, match.end(), following.start()) is None:
            return None
        # A smaller part is of this bill: "paragraph (1) and section 5 of the X Act".
        kind = parts(match["parts"])[-1].kind
        return law_of(following) if kind == "section" or kind in CONTAINERS else None

    def _chain(self, match: re.Match[str], shared: Law | None) -> None:
        found = parts(match["parts"])
        if not match["tail"] and not all(map(_in_house_style, found, repeat(match["parts"]))):
            return
        outer = [(part.kind, part.items[0].labels) for part in found[1:]]
        offset = match.start("parts")
        last = len(found[0].items) - 1
        for position, item in enumerate(found[0].items):
            start = match.start() if position == 0 else offset + item.start
            # The last item carries the rest: "(c) of section 206 of the ... Act".
            end = match.end() if position == last else offset + item.end
            steps = [(found[0].kind, item.labels), *outer]
            cited = self._external(shared, steps) if shared else self._resolve(steps, match)
            if cited is None:
                continue
            bare = found[-1].kind == "section" and not match["tail"]
            if cited == _NOWHERE and bare and not by_this_bill(self._before(match.start())):
                self._bare_sections.add(start)
            self._add(cited, (start, end))

    def _resolve(self, steps: Sequence[Step], match: re.Match[str]) -> Law | None:
        """What the steps (narrowest first) name, by what the chain ends in; None for nothing."""
        law = law_of(match) or _of_export_controls(steps, match)
        if law is not None:
            _remember(law, self._last)
            if match["usc"] or match["cfr"]:
                self._last["title"] = law
            return self._external(law, steps, _attached(match))
        same = (match["same"] or "").lower()
        if same:
            before = self._last.get(same) or self._last.get(_WHOLE_LAWS.get(same, same))
            if before is None:
                return Law("other", "")
            if before.kind != "internal":
                return self._external(before, steps, _attached(match))
            # Said behind "section 6(a)", "such section" may mean all of it or section 6.
            places = (before, self._last.get(f"{same} as named", before))
            found = (self._resolver.below(place.target, steps) for place in places)
            return Law("internal", next(filter(None, found), ""))
        if match["foreign"]:
            return Law("other", "")
        here = (match["here"] or "").lower()
        if here not in THIS_BILL and here not in PARTS:
            return Law("other", "")
        return self._internal(steps, here, match)

    def _external(self, law: Law, steps: Sequence[Step], attached: str = "") -> Law:
        target = law.target
        for kind, step in reversed(steps):
            if kind in CONTAINERS or kind == "subpart":
                code = target.removeprefix("usc/")
                inside_code = law.kind == "usc" and kind == "chapter" and "/" not in code
                # The markup's own form for a chapter of the Code.
                target = f"usc-chapter/{code}" if inside_code else f"{target}/{kind}"
            target = "/".join((target, *step))
            self._last[kind] = Law(law.kind, target)
            if kind == "section" and law.kind in _LAWS:
                self._sections[step[0]] = law
        if attached:
            target = f"{target}/{attached}"
        return Law(law.kind, target)

    def _internal(self, steps: Sequence[Step], here: str, match: re.Match[str]) -> Law | None:
        before, behind = (
            self._before(match.start()),
            self._text[match.end() : match.end() + _WORDS_BEHIND],
        )
        kind, labels_said = steps[-1]
        if not here and kind == "title" and labels_said[0].isdigit() and len(steps) > 1:
            # "chapter 1606 of title 10" is of the Code: titles of Acts have Roman numbers.
            return self._external(Law("usc", f"usc/{labels_said[0]}"), steps[:-1])
        if not here and _OF_CODE_NEXT.match(behind):
            return None
        if self._resolver.is_of_law_amended(here, before, behind):
            return None
        target = self._resolver.target(steps, here)
        if target:
            self._last[steps[0][0]] = Law("internal", target)
            if steps[-1][0] == "section":
                named = self._resolver.target(steps[-1:], here)
                self._last["section as named"] = Law("internal", named)
                self._last["section"] = Law("internal", self._tree.enclosing(target, "section"))
            return Law("internal", target)
        if not here and kind == "section" and labels_said[0] in self._sections:
            # Cited before with its law: "... or for access to records under section 552a(d)".
            return self._external(self._sections[labels_said[0]], steps)
        before = self._text[max(0, match.start() - _SENTENCE_BEFORE) : match.start()]
        if self._resolver.may_be_of_another_law(steps[-1], here, before, behind):
            return None
        return _NOWHERE


def _in_house_style(part: Part, text: str) -> bool:
    """Whether a level is cited as `paragraph (4)`; `paragraph 4` is of another kind of document."""
    return part.kind not in LEVELS or text[part.items[0].start] == "("


def _remember(law: Law, last: dict[str, Law]) -> None:
    """Note a law as the last one named: "such Act", "such Order", "such Code" speak of it."""
    last["order" if law.kind == "order" else "law"] = law
    if _CODE_BY_NAME.search(law.target):
        last["code"] = law


def _attached(match: re.Match[str]) -> str:
    """What is attached to the part that a chain names: a supplement or an appendix."""
    for kind in ("supplement", "appendix"):
        if match[kind]:
            return f"{kind}/{match[kind]}"
    return ""


def _name_of(match: re.Match[str]) -> tuple[Law, tuple[int, int]]:
    group = "name" if match["name"] else "alone"
    return act(match[group]), match.span(group)


def _of_export_controls(steps: Sequence[Step], match: re.Match[str]) -> Law | None:
    """Title 15 for "Supplement No. 4 to part 744", which names no title."""
    part = steps[-1][1][0]
    bare = match["supplement"] and not match["tail"] and part.isdigit()
    return Law("cfr", "cfr/15") if bare and int(part) in _REGULATIONS else None


def _usc(match: re.Match[str]) -> Law:
    """What `15 U.S.C. 78d(j)` cites, a note to it or the appendix of the title."""
    if match["app"]:
        number = match["number_app"]
        title = f"usc-appendix/{match['title']}"
        return Law("usc", "/".join((title, *labels(number))) if number else title)
    target = _code(match["title"], match["number"])
    return Law("usc", f"{target}/note" if match["note"] else target)


def _code(title: str, section: str, code: str = "usc") -> str:
    return "/".join((code, title, *labels(section)))
