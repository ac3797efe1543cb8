"""A report on the sample bill with notes of all four outcomes, some of them hostile."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from legannot.model.notes import HouseNote, NoteAnchor, NoteKind, Outcome
from legannot.model.report import Report
from legannot.notes import place
from tests.render.builders import report

# Markup, script, template syntax, formulas, characters that hide or reorder, addresses that run.
HOSTILE = """\
A **view** with <script>alert(1)</script> and <img src=x onerror=alert(1)>.

[run](javascript:alert(1)) [data](data:text/html,x) [file](file:///etc/passwd) [near](x/y)
[**safe**](https://example.org/?a=1&b="2") ![picture](https://example.org/p.png)

# A heading

<style>p{display:none}</style>

- {{ 7 * 7 }} {% raw %} ]]> --> </aside></article>
- =HYPERLINK("x") \u202eright to left\u202c and\u200bzero \x07 bell

```
</script><b>code</b>
```
"""
AUTHOR = 'A. "Quote" <b>Person</b>\u202e & Co'


def note(
    name: str, path: str, exact: str, *, kind: NoteKind = "comment", version: str = "rh",
    text: str = "Our *view*, see [the memo](https://example.org/memo).", author: str = "A. Person",
) -> HouseNote:  # fmt: skip
    anchor = NoteAnchor(version, path, exact, bill="119hr99990")
    return HouseNote(name, kind, author, "2026-11-24", text, anchor, f"{name}.md")


NOTES = (
    note("threshold", "sec. 3(5)", "computing power greater than 10^25"),
    note("affiliates", "sec. 5(b)", "shall be treated as a listed entity", kind="question"),
    note("customers", "sec. 8(a)(1)", "verify the identity of each customer that is a foreign"
         " person", kind="correction"),
    note("heading", "sec. 6", "Import, hosting, and use"),
    note("lost", "sec. 5(b)", "words that never stood there"),
    note("hostile", "sec. 6(a)(1)", "import into the United States", text=HOSTILE, author=AUTHOR),
    note("hostile-lost", "sec. 9", '</q><script>alert("x")</script>\u202e', text=HOSTILE,
         author=AUTHOR),
)  # fmt: skip


@cache
def noted() -> Report:
    """The report over three versions with all notes."""
    made = report()
    found = place(NOTES, made.bills, [step.comparison for step in made.steps])
    assert {placed.outcome for placed in found} == {*Outcome}
    return replace(made, notes=found)


@cache
def noted_single() -> Report:
    """The report over one version, with the notes that were written against it."""
    made = report("rh")
    return replace(made, notes=place(NOTES, made.bills))
