"""`docs/tricky-cases.md` and the cases it shows: what must be said of each; `make docs` writes it.

A version is written in lines `number | heading | words`, indented by level; a line without a bar
goes on with the words.  It goes through the parser as XML.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from xml.sax.saxutils import escape

import pytest

from legannot.assess.references import references
from legannot.diff import compare, told_once
from legannot.model import CONTAINERS, LEVELS, Bill, Comparison
from legannot.parse import parse
from legannot.read import read
from legannot.render.terminal import redline
from legannot.render.wording import happened, place
from legannot.source import from_bytes
from tests.conftest import ROOT, check_comparison

_WIDTH = 94
_TITLE_LINES = 4  # of a redline: label, versions, counts and a blank

_HEAD = """\
# Tricky cases

Two versions of an invented bill, what a reader would want to be told, and what legannot says. This
page is generated, and every case is a test (`tests/docs/test_tricky_cases.py`): add one there and
run `make docs`. A version is written as `number | heading | words`. Where what is said falls short,
a line *Short of that* tells how. In the redlines `[-words-]` are taken out, `{+words+}` put in;
`[<words<]` went to a part that was split off or merged, and stand there in `{>words>}`, with the
edits made to them.
"""


@dataclass(frozen=True, slots=True)
class Case:
    """Two versions, what is desired, the lines that must be said, how they fall short of it."""

    title: str
    old: str
    new: str
    desired: str
    said: tuple[str, ...]
    short: str = ""


CASES = (
    Case(
        "A section is put in and the rest is renumbered",
        """
        1. | Short title | This Act may be cited as the Model Act.
        2. | Effective date | This Act takes effect one year after the date of its enactment.
        """,
        """
        1. | Short title | This Act may be cited as the Model Act.
        2. | Funds | The Director may use surplus funds of the Bureau for any purpose.
        3. | Effective date | This Act takes effect one year after the date of its enactment.
        """,
        "One new section; the old section 2 is section 3 and reads as before.",
        ("sec. 2: new", "sec. 3: renumbered from sec. 2"),
    ),
    Case(
        "Words are pushed down a level",
        """
        2. | Sharing |
          (a) | Agencies | The Secretary may share information on a listed entity with—
            (1) | | an agency of an allied government; or
            (2) | | the Select Committee on Intelligence of the Senate.
        """,
        """
        2. | Sharing |
          (a) | Agencies |
            (1) | In general | The Secretary shall share information on a listed entity with—
              (A) | | an agency of an allied government; or
              (B) | | the Select Committee on Intelligence of the Senate.
            (2) | Exception | No trade secret may be shared.
        """,
        "The lead-in went down a level and changed in one word, the items went along; (2) is new.",
        (
            "sec. 2(a): changed",
            "sec. 2(a)(1): new, split from sec. 2(a)",
            "sec. 2(a)(1)(A): renumbered from sec. 2(a)(1)",
            "sec. 2(a)(1)(B): renumbered from sec. 2(a)(2)",
            "sec. 2(a)(2): new",
        ),
    ),
    Case(
        "Words are drawn up a level",
        """
        2. | Review |
          (a) | In general | The Secretary shall review each license for a closed model.
          (b) | Appeals | A denied license may be appealed to the court within 60 days.
        """,
        """
        2. | Review | The Secretary shall review each license for a closed model.
        """,
        "The words of (a) are those of the section now; (b) is gone.",
        (
            "sec. 2: changed",
            "old sec. 2(a): removed, merged into sec. 2",
            "old sec. 2(b): removed",
        ),
    ),
    Case(
        "Titles are put around sections",
        """
        1. | Reports | The Secretary shall report to Congress on the export of circuits.
        2. | Sunset | This Act has no force after September 30, 2030.
        """,
        """
        I | Models |
          101. | Reports | The Secretary shall report to Congress on the export of circuits.
        II | End |
          201. | Sunset | This Act has no force after September 30, 2030.
        """,
        "Two new titles, two sections with other numbers; nothing moved, and no word changed.",
        (
            "title I: new",
            "sec. 101: renumbered from sec. 1",
            "title II: new",
            "sec. 201: renumbered from sec. 2",
        ),
    ),
    Case(
        "A list item gives way to another at the same number",
        """
        3. | Listing | The following shall be listed:
          (1) | | A person that trains a model on stolen weights.
          (2) | | A bank that finances a shipment of wafers to a listed person.
          (3) | | A carrier.
        """,
        """
        3. | Listing | The following shall be listed:
          (1) | | A person that trains a model on stolen weights.
          (2) | | Any university that hosts a laboratory of a foreign government.
          (3) | | A carrier.
        """,
        "The bank is off the list and the university is on it: one removed, one new, no rewording.",
        ("old sec. 3(2): removed", "sec. 3(2): new"),
    ),
    Case(
        "A list item of few words gives way to another",
        """
        3. | Listing | The following shall be listed:
          (1) | | A bank that finances wafers.
          (2) | | A carrier.
        """,
        """
        3. | Listing | The following shall be listed:
          (1) | | Any foreign university.
          (2) | | A carrier.
        """,
        "As before: one removed, one new.",
        ("sec. 3(1): changed",),
        "Items of up to eight words are known by their number: a definition or an amount in a list "
        "often changes throughout. The replacement is marked whole, but called a change.",
    ),
    Case(
        "Boilerplate stands in many places",
        """
        2. | Grants |
          (a) | Program | The Secretary shall make grants for open benchmarks.
          (b) | Authorization | There are authorized such sums as may be necessary.
        3. | Audits |
          (a) | Program | The Secretary shall audit every listed cloud provider.
          (b) | Authorization | There are authorized such sums as may be necessary.
        """,
        """
        2. | Fellowships |
          (a) | Program | The Director shall award fellowships to graduate students.
          (b) | Authorization | There are authorized such sums as may be necessary.
        3. | Grants |
          (a) | Program | The Secretary shall make grants for open benchmarks.
          (b) | Authorization | There are authorized such sums as may be necessary.
        4. | Audits |
          (a) | Program | The Secretary shall audit every listed cloud provider.
          (b) | Authorization | There are authorized such sums as may be necessary.
        """,
        "Section 2 is new with its authorization; the others stay with their programs.",
        (
            "sec. 2: new",
            "sec. 2(a): new",
            "sec. 2(b): new",
            "sec. 3: renumbered from sec. 2",
            "sec. 4: renumbered from sec. 3",
        ),
    ),
    Case(
        "A reprint has other spaces and line breaks",
        """
        5. | Access | A provider shall keep a record of each customer for 5 years.
        """,
        """
        5. |  Access |  A provider shall\u2002keep a record
          of each\u00a0customer   for 5 years.
        """,
        "No change.",
        (),
    ),
    Case(
        "A subsection is split",
        """
        4. | Access |
          (a) | | A provider shall keep a record of each customer that rents accelerators.
            It shall send the record to the Secretary every quarter in the prescribed form.
        """,
        """
        4. | Access |
          (a) | | A provider shall keep a record of each customer that rents accelerators.
          (b) | | It shall send the record to the Secretary every quarter in the prescribed form.
        """,
        "The second sentence is a subsection of its own now; no word changed.",
        ("sec. 4(a): changed", "sec. 4(b): new, split from sec. 4(a)"),
    ),
    Case(
        "A subsection is split, and the longer part has the new number",
        """
        4. | Access |
          (a) | | A provider shall keep a record of each customer.
            The provider shall send the record to the Secretary every quarter in the form, and
            with the further particulars, that the Secretary prescribes.
        """,
        """
        4. | Access |
          (a) | | A provider shall keep a record of each customer.
          (b) | | The provider shall send the record to the Secretary every quarter in the form,
            and with the further particulars, that the Secretary prescribes.
        """,
        "As before.",
        ("sec. 4(a): new, split from sec. 4(a)", "sec. 4(b): renumbered from sec. 4(a), changed"),
        "The part that holds more of the words counts as the old subsection, though the other one "
        "kept the number and the place.",
    ),
    Case(
        "A cross-reference follows its target",
        """
        2. | Listing | The Secretary may list a person that distills a model.
        3. | Penalty | Whoever violates section 2 shall be fined.
        """,
        """
        2. | Findings | Congress finds that weights published openly help research.
        3. | Listing | The Secretary may list a person that distills a model.
        4. | Penalty | Whoever violates section 3 shall be fined.
        """,
        "A new section 2. That section 3 is cited now is a matter of numbering, not of law.",
        (
            "sec. 2: new",
            "sec. 3: renumbered from sec. 2",
            "sec. 4: renumbered from sec. 3, changed in cross-references only",
        ),
    ),
    Case(
        "A cross-reference is changed to another target",
        """
        2. | Listing | The Secretary may list a person that distills a model.
        3. | Reports | The Secretary shall report to Congress each year.
        4. | Penalty | Whoever violates section 2 shall be fined.
        """,
        """
        2. | Listing | The Secretary may list a person that distills a model.
        3. | Reports | The Secretary shall report to Congress each year.
        4. | Penalty | Whoever violates section 3 shall be fined.
        """,
        "Looks like the case before, but is a change of law: section 2 is still section 2.",
        (
            (
                "sec. 4: changed in numbers and dates only, section 2 became section 3, but sec. 2 "
                "kept its number"
            ),
        ),
    ),
    Case(
        "A cross-reference is left behind",
        """
        2. | Listing | The Secretary may list a person that distills a model.
        3. | Penalty | Whoever violates section 2 shall be fined.
        """,
        """
        2. | Findings | Congress finds that weights published openly help research.
        3. | Listing | The Secretary may list a person that distills a model.
        4. | Penalty | Whoever violates section 2 shall be fined.
        """,
        "No word of the penalty changed, but it now punishes whoever violates a finding: say so.",
        (
            "sec. 2: new",
            "sec. 3: renumbered from sec. 2",
            "sec. 4: renumbered from sec. 3",
            "sec. 4, “section 2”: points at other words, was sec. 2, is sec. 2",
        ),
        "The redline does not say it; the report does, under the references (last line above).",
    ),
    Case(
        "The whole text under a heading is replaced",
        """
        5. | Distillation of protected models | No person may train a model on outputs of another.
        """,
        """
        5. | Distillation of protected models | The Institute shall publish guidance on watermarks.
        """,
        "One section, replaced whole: no confetti of words that both happen to hold.",
        ("sec. 5: changed",),
    ),
    Case(
        "A provision is moved and edited",
        """
        2. | Duties |
          (a) | | The Secretary shall publish a list of entities on its website.
          (b) | | The Secretary shall notify each affected researcher in writing within 30 days.
        3. | Rights |
          (a) | | A listed person may petition for removal at any time.
        """,
        """
        2. | Duties |
          (a) | | The Secretary shall publish a list of entities on its website.
        3. | Rights |
          (a) | | A listed person may petition for removal at any time.
          (b) | | The Secretary shall notify each affected researcher in writing within 60 days.
        """,
        "Moved from section 2, and the period was doubled.",
        ("sec. 3(b): moved from sec. 2(b), changed in numbers and dates only",),
    ),
    Case(
        "Another section takes the number",
        """
        6. | Parks | The park at the river is established for bird watching.
        """,
        """
        6. | Penalties | Whoever exports a wafer without a license shall be fined $5,000.
        """,
        "One section gone, another one new: they share a number and nothing else.",
        ("old sec. 6: removed", "sec. 6: new"),
    ),
    Case(
        "Two neighbours change places",
        """
        2. | Registry | The Secretary shall publish a registry of public models each year.
        3. | Clusters | The Director may deny access to a cluster.
        """,
        """
        2. | Clusters | The Director may deny access to a cluster.
        3. | Registry | The Secretary shall publish a registry of public models each year.
        """,
        "Both have another number, one of them moved. Which one cannot be known: the shorter.",
        ("sec. 2: moved from sec. 3, renumbered", "sec. 3: renumbered from sec. 2"),
    ),
)


def bill(text: str, version: str) -> Bill:
    body = "".join(_elements(dedent(text).strip("\n").splitlines()))
    xml = f"<bill><form><legis-num>H. R. 1</legis-num></form><legis-body>{body}</legis-body></bill>"
    return parse(from_bytes(f"{version}.xml", xml.encode()))


def _elements(lines: list[str]) -> Iterator[str]:
    open_kinds: list[str] = []
    for line in _joined(lines):
        depth = (len(line) - len(line.lstrip())) // 2
        enum, heading, words = (part.strip() for part in line.split("|"))
        while len(open_kinds) > depth:
            yield f"</{open_kinds.pop()}>"
        kind = _kind(enum, open_kinds)
        open_kinds.append(kind)
        yield f"<{kind}><enum>{enum}</enum>"
        if heading:
            yield f"<header>{escape(heading)}</header>"
        if words:
            yield f"<text>{escape(words)}</text>"
    while open_kinds:
        yield f"</{open_kinds.pop()}>"


def _joined(lines: list[str]) -> Iterator[str]:
    whole = ""
    for line in lines:
        if "|" in line:
            yield from filter(None, [whole])
            whole = line
        else:
            whole += f"\n{line}"
    yield whole


def _kind(enum: str, above: list[str]) -> str:
    if enum.isalpha():
        return "title"
    inside = [kind for kind in above if kind not in CONTAINERS]
    if not inside:
        return "section"
    # Straight below a section, GPO numbers a list (1), (2), and subsections (a), (b).
    if inside == ["section"] and enum.strip("()").isdigit():
        return "paragraph"
    return LEVELS[0] if inside == ["section"] else LEVELS[LEVELS.index(inside[-1]) + 1]


def compared(case: Case) -> Comparison:
    return compare(bill(case.old, "ih"), bill(case.new, "rh"))


def said(comparison: Comparison) -> tuple[str, ...]:
    rows = tuple(f"{place(row)}: {happened(row)}" for row in comparison.changes)
    cited = references(comparison.rows, read(comparison.old), read(comparison.new))
    return rows + tuple(
        f"{c.path}, “{c.quote}”: {c.kind}, was {c.old or 'none'}, is {c.new or 'none'}"
        for c in cited
        if c.kind not in ("target changed", "target renumbered")
    )


def page() -> str:
    return "\n".join((_HEAD, *(_entry(case) for case in CASES)))


def _entry(case: Case) -> str:
    comparison = compared(case)
    shown = redline(comparison, color=False, width=_WIDTH).splitlines()[_TITLE_LINES:]
    lines = said(comparison)
    parts = [
        f"## {case.title}\n",
        _block("Before", dedent(case.old).strip("\n")),
        _block("After", dedent(case.new).strip("\n")),
        f"*Desired.* {case.desired}\n",
        "*Said.*\n" if lines else "*Said.* Nothing changed.\n",
        *(f"- {line}" for line in lines),
        *([""] if lines else []),
        *([_block("Redline", "\n".join(shown).strip("\n"))] if lines else []),
    ]
    if case.short:
        parts.append(f"*Short of that.* {case.short}\n")
    return "\n".join(parts)


def _block(name: str, text: str) -> str:
    return f"*{name}.*\n\n```text\n{text}\n```\n"


EACH = pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)


@EACH
def test_what_must_be_said_is_said(case: Case) -> None:
    comparison = compared(case)
    check_comparison(comparison)
    assert said(comparison) == case.said


@EACH
def test_only_what_falls_short_marks_words_that_stand_in_both(case: Case) -> None:
    comparison = compared(case)
    marked = [e for row in comparison.rows for e in told_once(row.edits)]
    taken = {e.text.strip() for e in marked if e.op == "delete"}
    put = {e.text.strip() for e in marked if e.op == "insert"}
    assert not taken & put or case.short


def test_a_replaced_text_is_one_replacement() -> None:
    (case,) = (case for case in CASES if "whole text" in case.title)
    (row,) = compared(case).changes
    assert [edit.op for edit in row.edits] == ["delete", "insert", "equal"]


def test_the_page_shows_the_cases(golden: Callable[[Path, str], None]) -> None:
    golden(ROOT / "docs" / "tricky-cases.md", page())
