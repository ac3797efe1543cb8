"""Which law an instruction amends, and where in it: read along the lead-ins, level by level.

    Section 4(b) of the X Act (15 U.S.C. 1(b)) is amended—   act/X Act, 4/b      usc/15/1/b
      (1) in paragraph (1), by striking ...                  act/X Act, 4/b/1    usc/15/1/b/1
      (2) in the matter preceding paragraph (1), ...         act/X Act, 4/b      where: the matter

A reference to a level that the place already has stands beside it and not below it.  A law that
the words do not name is the one that the lead-in names, or that a clause of the bill says is meant
wherever none is named ("the reference shall be considered to be made to ...").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from legannot.model import CONTAINERS, LEVELS
from legannot.read.cited import CFR, CHAIN, NAMED, USC, Part, labels, law_of, parts
from legannot.read.patterns import words
from legannot.read.quoted import BLOT
from legannot.read.runs import expanded

Step = tuple[str, str]  # kind of provision, label
Place = tuple[Step, ...]  # outermost first

_KINDS = (*CONTAINERS, "section", *LEVELS)
_DEPTH = {kind: depth for depth, kind in enumerate(_KINDS)}
_SECTION = _DEPTH["section"]


@dataclass(frozen=True, slots=True)
class Target:
    """The law amended and the places in it.

    `code` is the form of the U.S. Code for the place `code_of`, which narrower places go on from.
    """

    law: str = ""
    places: tuple[Place, ...] = ((),)
    code: str = ""
    code_of: Place = ()
    where: str = ""
    #: More than one law is named: none of them is then the one amended.
    mixed: bool = False

    def paths(self) -> tuple[str, ...]:
        """The places as labels outermost first; containers with their kind."""
        return tuple(_path(place) for place in self.places)

    def codified(self) -> str:
        """The first place in the form of the Code, empty if the text does not give it."""
        if not self.code:
            return self.law + "/" + _path(self.places[0]) if self.law.startswith("usc/") else ""
        place = self.places[0]
        below = place[len(self.code_of) :]
        if self.code.endswith(("/note", " et seq.")):
            # A note has no places that the Code would name, and "et seq." is no place.
            return self.code
        if place[: len(self.code_of)] != self.code_of:
            return self.code if not below else ""
        return "/".join((self.code, *(label for _, label in below)))


@dataclass(slots=True)
class Named:
    """What was named last, for "such Act", "such section" and "such chapter"."""

    law: str = ""
    places: dict[str, Place] = field(default_factory=dict)

    def note(self, law: str, place: Place) -> None:
        """Remember a place and everything around it."""
        if law:
            self.law = law
        for position, (kind, _) in enumerate(place):
            self.places[kind] = place[: position + 1]


def narrowed(target: Target, text: str, blotted: str, last: Named) -> Target:
    """`target` with what the words of a location or of a subject add to it.

    `text` are the words, `blotted` the same without what they quote.
    """
    seen = without_asides(blotted)
    law, code, mixed = _law(seen, text, last)
    places: tuple[Place, ...] = ((),) if law else target.places
    fresh = False
    end = 0
    for match in CHAIN.finditer(seen):
        if (
            match["supplement"]
            or _POINTS.search(seen, 0, match.start())
            or _CODE_NEXT.match(seen, match.end())
        ):
            continue
        steps = list(_steps(parts(match["parts"])))
        around = _same(match, seen, steps, last)
        if fresh and _OF.fullmatch(seen, end, match.start()):
            # "paragraph (6), as redesignated by subsection (d), of section 251A": from within.
            places = tuple(step + place for step in steps for place in places)
        elif fresh and around is None and _depth(steps[0]) <= _depth(places[0]):
            # "section 4(a) and section 5(b)": beside the ones just named.
            places = (*places, *(_around(places[0], step) + step for step in steps))
        else:
            bases = places if around is None else (around,)
            places = tuple(_around(base, step) + step for base in bases for step in steps)
        fresh = True
        end = match.end()
    places = tuple(dict.fromkeys(places))
    if not fresh:
        for match in _SUCH.finditer(seen):
            place = last.places.get(match["level"].lower())
            if place is not None:
                places = (place,)
    where = ", ".join(_where(seen, text))
    if where and target.where and not fresh:
        # "in the first sentence—" and below it "in the proviso".
        where = f"{target.where}, {where}"
    found = replace(
        target, law=law or target.law, places=places, where=where or target.where, mixed=mixed
    )
    if code:
        found = replace(found, code=code, code_of=_code_of(code, places[0]))
    elif law or places[0][: len(target.code_of)] != target.code_of:
        found = replace(found, code="", code_of=())
    last.note(law, places[0])
    return found


def by_code(target: Target) -> Target:
    """A target without a law by its place in the Code: "section 319D (42 U.S.C. 247d-4)"."""
    title, *section = _section_of_code(target.code).split("/", 2)[1:]
    if not section or not target.code_of:
        return target
    levels = tuple(("section", label) for label in section[0].split("/")[:1])
    places = tuple(
        tuple(levels[0] if kind == "section" else (kind, label) for kind, label in place)
        for place in target.places
    )
    return replace(target, law=f"usc/{title}", places=places, code="", code_of=())


def _same(match: re.Match[str], seen: str, steps: list[Place], last: Named) -> Place | None:
    """The place that "of such section" or "such section 119" speaks of; None if none is meant."""
    same = (match["same"] or "").lower()
    if same in last.places:
        return last.places[same]
    before = _SUCH_BEFORE.search(seen, 0, match.start("parts"))
    if before and steps[0]:
        known = last.places.get(steps[0][0][0])
        if known and known[-1][1] == steps[0][0][1]:
            return known[:-1]
    return None


def _law(seen: str, text: str, last: Named) -> tuple[str, str, bool]:
    """The law that a text names, the Code's form of what it amends, and if it names more laws."""
    laws: list[str] = []
    for match in CHAIN.finditer(seen):
        named = law_of(match)
        if named is not None and match["name"]:
            # In `seen` a name's own quotation ("Buck") is blotted out.
            laws.append(_named(match, text))
        elif named is not None:
            laws.append(named.target)
        elif match["same"] or _SUCH_BEFORE.search(seen, 0, match.start("parts")):
            laws.append(laws[-1] if laws else last.law)
        elif (match["here"] or "").lower() in _HERE:
            laws.append("this")
    law = next((law for law in laws if law != "this"), "") or next(iter(laws), "")
    inside = USC.search(text)
    code = ""
    if inside:
        title = "usc-appendix" if inside["app"] else "usc"
        number = inside["number"] or inside["number_app"]
        code = "/".join((title, inside["title"], *(labels(number) if number else ())))
        if suffix := _SUFFIX.search(inside.group()):
            code += "/note" if suffix.group() == "note" else " et seq."
    if not law:
        law = _plainly(seen, text, code, last)
    return law, code, len(set(laws) - {"", "this"}) > 1


def _named(match: re.Match[str], text: str) -> str:
    return f"act/{' '.join(text[slice(*match.span('name'))].split())}"


def _plainly(seen: str, text: str, code: str, last: Named) -> str:
    """A law named without "section X of"."""
    if match := _TITLE_OF_CODE.search(seen):
        return f"usc/{match['title']}" if match["usc"] else f"cfr/{match['title']}"
    if match := _PUBLIC_LAW.search(seen):
        return f"pl/{match['congress']}/{match['number']}"
    if match := NAMED.search(seen):
        return _named(match, text)
    if last.law and _SUCH.search(seen):
        return last.law
    if match := _THIS.search(seen):
        return "this"
    if match := CFR.search(seen):
        return f"cfr/{match['title']}/{'/'.join(labels(match['number']))}"
    return _otherwise(text, code)


def _otherwise(text: str, code: str) -> str:
    """A law that has no form of its own: its place in the Code, else its words, else its number."""
    if match := _OTHER.search(text):
        return code or f"other/{match.group().strip()}"
    # "the Pilot's Bill of Rights (Public Law 112-153)"; but "section 206 (2 U.S.C. 1536)" tells by
    # the Code where its own law's section is.
    if match := _IN_PARENTHESES.search(text):
        return f"pl/{match['congress']}/{match['number']}"
    return ""


def _steps(found: tuple[Part, ...]) -> Iterator[Place]:
    """Every place that a chain names: one for each item of its narrowest part."""
    around: Place = ()
    for part in reversed(found[1:]):
        around = _around(around, (("", ""),)) + _labelled(part.kind, part.items[0].labels)
    for label in expanded(found[0]):
        yield around + _labelled(found[0].kind, tuple(label.split("/")))


def _labelled(kind: str, found: tuple[str, ...]) -> Place:
    start = _DEPTH.get(kind)
    if start is None:
        return ((kind, "/".join(found)),)
    return tuple(
        (_KINDS[min(start + offset, len(_KINDS) - 1)], label) for offset, label in enumerate(found)
    )


def _depth(place: Place) -> int:
    return _DEPTH.get(place[0][0], 0) if place else -1


def _around(place: Place, step: Place) -> Place:
    """The part of a place that is around a step: its levels above the step's own."""
    depth = _DEPTH.get(step[0][0], len(_KINDS))
    return tuple(one for one in place if _DEPTH.get(one[0], -1) < depth)


def _section(place: Place) -> Place:
    for position, (kind, _) in enumerate(place):
        if kind == "section":
            return place[: position + 1]
    return ()


def _path(place: Place) -> str:
    return "/".join(
        label if _DEPTH.get(kind, -1) >= _SECTION else f"{kind}/{label}" for kind, label in place
    )


def _code_of(code: str, place: Place) -> Place:
    """The part of a place that the Code's form already holds: "(15 U.S.C. 1)" is of section 4."""
    section = _section(place)
    held = len(_section_of_code(code).split("/")) - 3
    return place[: len(section) + held] if section else place


def _section_of_code(code: str) -> str:
    return code.partition(" ")[0].removesuffix("/note")


def without_asides(blotted: str) -> str:
    """The words without parentheses and "as amended by section 3", which name no place.

    Blanks stand in their stead, so that every place in the text stays where it was.
    """
    return _ASIDES.sub(lambda match: " " * len(match.group()), blotted)


def _where(seen: str, text: str) -> Iterator[str]:
    for match in _WHERE.finditer(seen):
        yield text[match.start() : match.end()].strip(" ,")


_ASIDES = words(
    r"""\((?!\w{1,5}\)|(?-i:[A-Z][a-z]+)\))[^()]*(?:\([^()]*\)[^()]*)*\)
      | ,?\s+as\s+(?:so\s+)?(?:most\s+recently\s+)?(?:re)?(?:designated|amended|added|inserted
        |transferred|in\s+effect|continued)\b(?:[^;—]{0,1200}?(?=,\s+(?:shall|is|are|in|by|under|of|as
        |further)\b|\s(?:is|are|shall)\s|\s+by\s*$|—|,?\s*$))
      | \b(?:amended|redesignated|added|made|inserted)\s+by\s+(?:(?:sub)?(?:section|paragraph|clause
        |title)s?\s+[\w()-]+(?:\s+of\s+this\s+\w+)?)"""
)
# A reference behind one of these says where another part stands.
_POINTS = words(
    r"""(?:\b(?:preceding|following|before|after|through|relating\s+to|precedes?|follows|designated
        \s+as|adding|between)\s+(?:such\s+|the\s+)?)$"""
)
_HERE = ("act", "resolution", "division", "title", "section")
_SUFFIX = re.compile(r"\bnote\b|\bet\b")
_SUCH = words(
    r"""\b(?:such|that|said)\s+(?P<level>(?:sub)?(?:section|paragraph|clause|title|chapter|part)|act
        |code|law|public\s+law)\b"""
)
_OF = words(r"[\s,]*\bof\s+")
_CODE_NEXT = words(r",?\s+(?:of\s+the\s+)?(?:United\s+States\s+Code|Code\s+of\s+Federal)\b")
_SUCH_BEFORE = words(r"\b(?:such|that|said)\s+$")
_THIS = words(
    r"""^\W*this\s+(?:act|title|division|joint\s+resolution)\b
      | (?<!\benactment\s)\b(?:of|for|in)\s+this\s+act\b
      | \bthis\s+(?:sub)?(?:section|paragraph|clause|title)\s+(?:shall\s+be\s+applied\s+by\s*)?$"""
)
_TITLE_OF_CODE = words(
    r"\btitle\s+(?P<title>\d+),\s+(?:(?P<usc>United\s+States\s+Code)|Code\s+of\s+Federal\s+Reg)"
)
_PUBLIC_LAW = words(
    r"(?:Public\s+Law|Pub\.\s*L\.|P\.L\.)\s+(?P<congress>\d{1,3})[-–](?P<number>\d{1,4})"
)
_IN_PARENTHESES = words(rf"(?<=\()\s*{_PUBLIC_LAW.pattern}")
_OTHER = re.compile(
    r"(?:[Tt]he\s+(?:Act|Joint Resolution|joint resolution)\s+(?:entitled|of|to|making)\b[^(]*"
    r"|[Aa]n\s+Act\s+[^(]*"
    r"|(?:[Tt]he\s+)?(?:[Rr]ules?\s+[IVXLC\d]+|Standing\s+Rules|Rules\s+of\s+the)\b[^(,]*"
    r"|Executive\s+Order\s+\d+|(?:House|Senate)\s+(?:Concurrent\s+|Joint\s+)?Resolution\s+\d+"
    r"|(?:Reorganization\s+Plan|Note)\s[^(,]*"
    r"|\b[A-Z][A-Za-z]*\s*Act(?=\s*\())"
)
_WHERE = words(
    rf"""\bunder\s+the\s+heading\s+[^,;—]*{BLOT}+ | (?:\bthe\s+)?(?:\w+\s+(?:and\s+\w+\s+)?){{0,2}}
        (?:matter|sentences?|headings?|proviso|item|items|table\s+of\s+(?:contents|sections|chapters
          |titles|parts)|table|(?:first|second|third|fourth|fifth|sixth|last)\s+(?:undesignated\s+)?
          (?:sub)?(?:paragraph|section|clause)|undesignated\s+\w+|flush\s+\w+|designation|text|enacting\s+clause)\b
        (?:\s+(?:preceding|following|before|after|relating\s+to|under|at\s+the\s+end|contained
          |between)\b[^,;—]{{0,160}}?(?=,|;|—|$|\s+(?:is|are)\s|\s+by\s*$|\s+of\s+(?:section|title|the\s)))?"""
)
