"""What a change does, whom it reaches and what may follow, as a page to read.

Aims come first, in the bill's own words; then what the words do, then what depends on them, then
what may follow, each line under the fixed opening of its kind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from legannot.model.report import (
    Effect,
    Further,
    Measure,
    QuantityChange,
    Reach,
    Report,
    Substance,
)
from legannot.render.pages import Block, Heading, Item, Paragraph, Table
from legannot.render.wording import AIMS, CLAIMS, DIRECTIONS, count, excerpt, party, profile_lines

# A page is read from the top; the rest of a long list is in the JSON.
_CHANGES = 200
_PLACES = 8
_PROFILES = 12
_WORDS = 14
_NO_MARK = ("target changed", "target renumbered")


def page(report: Report) -> list[Block]:
    """Every part of the impact view of one bill, in printing order."""
    bill = report.bills[-1]
    versions = " -> ".join(b.version or b.provenance.source for b in report.bills)
    return [
        Heading(1, " ".join(part for part in (bill.label, bill.title) if part)),
        Paragraph(f"Versions: {versions}."),
        *_aims(report),
        *(_changes(report) if report.comparison is not None else ()),
        *_reached(report),
        *_follows(report),
        *_by_party(report),
        *_said(report),
        *_asked(report),
        *_cascades(report),
        *_evidence(report),
        *_notices(report),
    ]


def table_of(measures: Sequence[Measure], reports: Sequence[Report]) -> list[Block]:
    """Different bills on one subject side by side: chains, exceptions, questions."""
    titles = {e.rule: e.title or e.rule for report in reports for e in report.effects}
    questions = {q: text for report in reports for q, text in report.questions.items()}
    names = tuple(one.bill for one in measures)
    asked = [q for q in questions if any(q in one.asked for one in measures)]
    excepted = list(dict.fromkeys(name for one in measures for name in one.exceptions))
    return [
        Heading(1, "Measures compared"),
        *(Item(f"{one.bill}: {one.title}") for one in measures),
        Paragraph("Different bills are not compared word by word. Each column is read on its own."),
        Heading(2, "Chains that each starts"),
        Table(
            ("chain", *names),
            tuple(
                (title, *("starts" if rule in one.chains else "-" for one in measures))
                for rule, title in titles.items()
            ),
        ),
        Heading(2, "Exceptions that each has"),
        Table(
            ("exception", *names),
            tuple(
                (name, *(_places(one.exceptions.get(name, ())) or "none found" for one in measures))
                for name in excepted
            ),
        ),
        Heading(2, "Questions that each raises, and whether its text speaks to them"),
        Table(
            ("question", *names),
            tuple((q, *(_spoken(q, one) for one in measures)) for q in asked),
        ),
        *(Item(f"{q}: {questions[q]}") for q in asked),
    ]


def _spoken(question: str, one: Measure) -> str:
    if question not in one.asked:
        return "-"
    return "speaks" if question in one.spoken else "does not say"


# ── parts ────────────────────────────────────────────────────────────────────────────────────────


def _aims(report: Report) -> Iterator[Block]:
    yield Heading(2, "Stated aims, in the bill's own words")
    if not report.aims:
        yield Paragraph("No passage is a finding, a purpose, a preamble or a sense of Congress.")
    for aim in report.aims[:AIMS]:
        yield Item(f"{aim.path} ({aim.kind}): “{aim.text}”")
    yield from _more(len(report.aims) - AIMS, "passage")


def _changes(report: Report) -> Iterator[Block]:
    yield Heading(2, "What the changed words do")
    told = [one for one in report.substance if one.direction != "unclear"]
    unclear = [one for one in report.substance if one.direction == "unclear"]
    if not told:
        yield Paragraph("No direction can be read from the changed words.")
    for one in told[:_CHANGES]:
        yield Item(_change(one))
    yield from _more(len(told) - _CHANGES, "change")
    if unclear:
        places = dict.fromkeys(one.path for one in unclear)
        yield Paragraph(
            f"{count(len(unclear), 'further edit')} cannot be read by rule and"
            f" {'needs' if len(unclear) == 1 else 'need'} a reader: {_places(tuple(places))}."
        )
    if report.quantities:
        yield Heading(3, "Amounts, dates and numbers that changed")
        yield Table(("place", "old", "new", "difference"), tuple(map(_quantity, report.quantities)))


def _change(one: Substance) -> str:
    words = _quoted(one.old, one.new)
    place = one.path if one.new or one.edit is not None else f"old {one.path}"
    parts = [f"{place}: {one.direction} ({one.kind.value}). {words}."]
    if one.why not in words:
        parts.append(f"Rests on: {one.why}.")
    if one.exception:
        parts.append(f"Singles out: {one.exception}.")
    if one.topics:
        parts.append(f"Subjects: {', '.join(one.topics)}.")
    return " ".join(parts)


def _quoted(old: str, new: str) -> str:
    was, now = excerpt(old, _WORDS), excerpt(new, _WORDS)
    if was and now:
        return f"“{was}” becomes “{now}”"
    return f"new: “{now}”" if now else f"gone: “{was}”"


def _quantity(one: QuantityChange) -> tuple[str, str, str, str]:
    return one.path, one.old or "-", one.new or "-", one.difference or "-"


def _reached(report: Report) -> Iterator[Block]:
    if report.comparison is None:
        return
    yield Heading(2, "Provisions that mean something else though their words stand")
    if not report.reach:
        yield Paragraph("No definition changed that an unchanged provision depends on.")
    for one in report.reach:
        yield Item(_reach(one), tuple(_through(one.further)))
    pointers = [one for one in report.references if one.kind not in _NO_MARK]
    if pointers:
        yield Heading(3, "References that no longer lead where they led")
        for ref in pointers:
            new = f", now {ref.new}" if ref.new and ref.new != ref.old else ""
            yield Item(f"{ref.path}: “{ref.quote}”: {ref.kind} (was {ref.old or 'nothing'}{new})")
    changed = {one.path for one in report.references if one.kind == "target changed"}
    if changed:
        yield Paragraph(f"{count(len(changed), 'provision')} cite what changed in substance.")


def _reach(one: Reach) -> str:
    cause = f", because of {_places(one.because)}," if one.because else ""
    uses = f"is used in {_places(one.uses)}" if one.uses else "is used through other terms"
    return f"“{one.term}” ({one.definition}) changed{cause} and {uses}"


def _through(further: Iterable[Further]) -> Iterator[str]:
    by_way: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for one in further:
        by_way[one.through[1:]].append(one.path)
    for way, paths in by_way.items():
        yield f"through {' and '.join(way)}: {_places(tuple(paths))}"


def _follows(report: Report) -> Iterator[Block]:
    yield Heading(2, "What may follow")
    if not report.effects:
        yield Paragraph("No rule of the effect model applies to this text.")
        return
    yield Paragraph(
        "Only lines marked Text state what the bill says. The others say what might follow, who"
        " says so, and what would have to be true. None of them is a forecast."
    )
    chains: dict[str, list[Effect]] = defaultdict(list)
    for effect in report.effects:
        chains[effect.rule].append(effect)
    kinds = {one.rule: one.kind for one in report.chains}
    gone = [one for one in report.chains if one.kind == "gone"]
    if gone:
        yield Paragraph("Chains that the first version started and the last does not:")
        for one in gone:
            yield Item(f"{one.title} ({one.rule}), at {_places(one.old)} of the first version")
    for rule, lines in chains.items():
        fresh = ", new in the last version" if kinds.get(rule) == "new" else ""
        yield Heading(3, f"{lines[0].title or rule} ({rule}{fresh})")
        ordered = sorted(lines, key=lambda line: line.order)
        yield from _chain(ordered, compared=len(report.bills) > 1)


def _chain(lines: Sequence[Effect], *, compared: bool) -> Iterator[Block]:
    first = lines[0]
    starts = {start.path: start for line in lines for start in line.begun}
    changed = [path for path, start in starts.items() if start.changed]
    against = dict.fromkeys(place for start in starts.values() for place in start.defeaters)
    yield Paragraph(f"Starts at {_places(tuple(starts))}. “{first.quote}”")
    if compared:
        yield Paragraph(
            f"Changed in this comparison: {_places(tuple(changed))}."
            if changed
            else "None of these changed in this comparison."
        )
    if against:
        yield Paragraph(f"May be softened or switched off by {_places(tuple(against))}.")
    for line in lines:
        yield Item(_line(line), tuple(_beneath(line, len(starts))))


def _line(line: Effect) -> str:
    who = f" For {party(line.who)}: {DIRECTIONS.get(line.direction, line.direction)}."
    return (
        f"{CLAIMS[line.claim]}. {line.lead} {line.effect.rstrip('.')}.{who if line.who else ''}"
        f" Confidence: {line.confidence}."
    )


def _beneath(line: Effect, starts: int) -> Iterator[str]:
    if len(line.paths) != starts:
        yield f"At {_places(line.paths)}."
    if line.counter:
        yield f"On the other side: {line.counter}."
    if line.assumptions:
        yield f"Assumes: {'; '.join(line.assumptions)}."
    if line.evidence:
        yield f"Evidence: {', '.join(line.evidence)}."
    elif line.claim != "text":
        yield "No evidence on file."
    if line.note:
        yield line.note


def _by_party(report: Report) -> Iterator[Block]:
    """Whom the lines above are about, one row a party: nothing is added up."""
    rows: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for effect in report.effects:
        if effect.who:
            of = f"{CLAIMS[effect.claim].lower()}, order {effect.order}"
            said = f"{effect.title or effect.rule} ({of})"
            rows[party(effect.who)][effect.direction].append(said)
    if not rows:
        return
    yield Heading(2, "The same lines by party")
    for who, directions in rows.items():
        points = (
            f"{DIRECTIONS.get(direction, direction)}: {'; '.join(dict.fromkeys(lines))}"
            for direction, lines in directions.items()
        )
        yield Item(who, tuple(points))


def _said(report: Report) -> Iterator[Block]:
    """What the provisions that start a chain say of themselves, and what they leave unsaid."""
    if not report.profiles:
        return
    yield Heading(2, "What these provisions say, and what they leave unsaid")
    for path, facets in list(report.profiles.items())[:_PROFILES]:
        yield Item(path, (*profile_lines(facets),))
    yield from _more(len(report.profiles) - _PROFILES, "provision")


def _asked(report: Report) -> Iterator[Block]:
    if not report.answers:
        return
    yield Heading(2, "Questions for staff")
    for answer in report.answers:
        question = f"{answer.question}: {report.questions[answer.question]}"
        if answer.spoken:
            yield Item(question, (f"The text speaks to it at {'; '.join(answer.spoken)}.",))
        elif answer.told:
            yield Item(question, (f"The text does not say; it would stand at {answer.place}.",))
        else:
            yield Item(question, (f"To be read at {answer.place}.",))


def _cascades(report: Report) -> Iterator[Block]:
    if not report.cascades:
        return
    yield Heading(2, "Lists that set off several provisions")
    yield Paragraph(
        "Each list is kept outside the bill; a later entry widens all of these with no new vote."
    )
    for one in report.cascades:
        paths = tuple(further.path for further in one.reached)
        yield Item(f"{one.list}, named in {_places(one.named)}: {_places(paths)}")


def _evidence(report: Report) -> Iterator[Block]:
    cited = dict.fromkeys(name for effect in report.effects for name in effect.evidence)
    if cited:
        yield Heading(2, "Evidence on file")
        for name in sorted(cited):
            yield Item(f"{name}: {report.evidence.get(name, '')}")


def _notices(report: Report) -> Iterator[Block]:
    if report.notices:
        yield Heading(2, "How this was read")
        for notice in report.notices:
            yield Item(notice)


def _places(paths: Sequence[str]) -> str:
    shown = ", ".join(paths[:_PLACES])
    left = len(paths) - _PLACES
    return f"{shown} and {left} more" if left > 0 else shown


def _more(left: int, what: str) -> Iterator[Block]:
    if left > 0:
        yield Paragraph(f"{count(left, f'more {what}')}.")
