"""The report without its full text as Markdown, for notes, issues and mail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from legannot.model.report import Report
from legannot.render import front
from legannot.render.front import Block, Heading, Run, Runs, Table, Words
from legannot.render.html.index import index
from legannot.render.inert import inert

_FORMS = {"": "{}", "quiet": "{}", "strong": "**{}**", "insert": "{{+{}+}}", "delete": "[-{}-]"}
# Characters that Markdown or the HTML in it would take for its own.
_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_{}[]<>#|~"})


def report_text(report: Report) -> str:
    """Summary, subjects, changes and effects, then what moved, was not read, and the sources.

    Struck words stand in `[-…-]`, inserted ones in `{+…+}`; no word of a bill is taken for markup.
    """
    look_up = index(report)
    top, above = front.before(look_up)
    lines = [
        f"# {_escaped(' '.join(filter(None, (top.bill, top.title))))}",
        "",
        _escaped(f"{top.kind}. {top.versions}"),
    ]
    was_point = False
    for block in (*above, *front.after(look_up)):
        point = isinstance(block, Words) and bool(block.bullet)
        if not (point and was_point):
            lines.append("")
        lines += _lines(block)
        was_point = point
    return "".join(f"{line}\n" for line in lines)


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'#' * (block.rank + 1)} {_escaped(block.text)}"
    elif isinstance(block, Words):
        yield f"{'- ' if block.bullet else ''}{_words(block.runs)}"
    else:
        yield from _table(block)


def _table(table: Table) -> Iterator[str]:
    yield _row(map(_escaped, table.header))
    yield _row("---" for _ in table.header)
    for row in table.rows:
        yield _row(map(_words, row))


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _words(runs: Runs) -> str:
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    # Emphasis that begins or ends with a blank is none.
    words = run.text.strip() if run.look == "strong" else run.text
    if not words:
        return run.text
    before, after = run.text.split(words, 1) if run.look == "strong" else ("", "")
    return f"{before}{_FORMS[run.look].format(_escaped(words))}{after}"


def _escaped(text: str) -> str:
    return inert(" ".join(text.splitlines())).translate(_SIGNS)
