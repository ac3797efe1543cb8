"""`legannot report`: the main job, versions of a bill in, an annotated impact report out."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from legannot.cli import options
from legannot.cli.output import epoch, write

if TYPE_CHECKING:
    from legannot.model.report import Report

LOOKS = ("legal", "lawfirm", "ramseyer", "cordon", "plain")
# Formats by the suffix of a file, and those that share a suffix with one of them.
SUFFIXES = ("html", "docx", "pdf", "md", "csv", "json")
ENDINGS = {
    "fragment": "fragment.html",
    "annotations": "annotations.json",
    "oembed": "oembed.json",
}
FORMATS = (*SUFFIXES, *ENDINGS)
INCOMPLETE = 4
# Measured: 5 MB open at once, 10 MB make a reader wait (REPORT section 10).
SLOW_PAGE = 10_000_000


@click.command(epilog="Example:  legannot report ih.xml eh.xml -o report.html")
@click.argument("versions", metavar="VERSION...", nargs=-1, required=True)
@click.option(
    "--format",
    "style",
    type=click.Choice(FORMATS),
    help="Default: by the suffix of -o, else html.",
)
@click.option(
    "--style",
    "look",
    type=click.Choice(LOOKS),
    default=LOOKS[0],
    show_default=True,
    help="How the page and the PDF set marks: underline and strike; red, blue and green;"
    " brackets and italic; strike and italic; or signs alone.",
)
@click.option("--static", is_flag=True, help="In Word: draw the marks, keep no revision data.")
@click.option(
    "--notes",
    "notes",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A note of the house, or a folder of them, to show beside the text.",
)
@click.option("--url", default="", help="Where the page will stand, for --format oembed.")
@options.output
@options.no_embeddings
@options.model
@options.rules_folder
@options.exit_code
@click.option(
    "--fail-on",
    multiple=True,
    metavar="topic=TOPIC[:added|removed|touched]",
    help="Exit with 1 if the topic was so changed (one version: if it occurs).",
)
@click.option("--strict", is_flag=True, help="Exit with 4 if anything was not read.")
@options.quiet
@options.verbose
def report(
    versions: tuple[str, ...],
    style: str | None,
    look: str,
    static: bool,
    notes: tuple[Path, ...],
    url: str,
    output: Path | None,
    no_embeddings: bool,
    model: str | None,
    rules_folder: Path | None,
    exit_code: bool,
    fail_on: tuple[str, ...],
    strict: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """Write the impact report over one VERSION or several.

    A BILLSTATUS file of the bill may be named with them: its titles, sponsor, committees and latest
    action then stand at the head, and its days date the versions.

    Versions are put in the order of their stages and dates.  Without -o the report is written
    beside the first file.
    """
    from legannot.cli.analyst import Analyst
    from legannot.cli.pipeline import Progress, ordered, read_versions

    style = style or _format_of(output)
    if style == "pdf":
        from legannot.render.pdf import check

        check()
    _check_url(style, url)
    conditions = tuple(map(_condition, fail_on))
    found, records = read_versions(versions)
    bills, notices = ordered(found)
    for notice in notices:
        options.note(notice, quiet=quiet)
    say = Progress(quiet=quiet)
    analyst = Analyst(rules_folder, embeddings=not no_embeddings, say=say, model=model)
    made = analyst.report(bills, _command(versions, no_embeddings, model))
    of_last = (record for record in records if record.bill == bills[-1].id)
    made = replace(made, record=next(of_last, None))
    for notice in made.notices:
        options.note(notice, quiet=quiet)
    if notes:
        made = _with_notes(made, notes, quiet=quiet)
    if verbose and made.comparison is not None:
        options.explain(made.comparison.changes)
    target = output or _beside(versions[0], made, style)
    content = _rendered(made, style, look, url, static=static)
    write(target, content)
    if str(target) != "-" and not quiet:
        _summarise(made, target, len(content))
        if style == "html" and len(content) > SLOW_PAGE:
            options.note(_LARGE)
    _exit(made, conditions, exit_code=exit_code, strict=strict, rules_alone=no_embeddings)


def _check_url(style: str, url: str) -> None:
    if (style == "oembed") != bool(url):
        raise click.UsageError("--format oembed needs --url, and nothing else does.")
    if url and not re.fullmatch(r"https?://[^\s/]+(/\S*)?", url):
        raise click.BadParameter(
            f"{url!r} is not an address such as https://example.org/report.html.",
            param_hint="--url",
        )


_LARGE = (
    "a page of this size opens slowly. For one part of the bill: legannot diff --section NUMBER;"
    " for the list of changes alone: --format csv; to print or file: --format docx."
)


def _with_notes(made: Report, places: tuple[Path, ...], *, quiet: bool) -> Report:
    from legannot.notes import load, place
    from legannot.render.housenotes import tally

    steps = [step.comparison for step in made.steps]
    found = place(load(*places), made.bills, steps)
    options.note(f"{tally(found)}.", quiet=quiet)
    return replace(made, notes=found)


def _format_of(output: Path | None) -> str:
    suffix = output.suffix.lstrip(".").lower() if output else ""
    if not suffix or suffix == "htm":
        return "html"
    if suffix not in SUFFIXES:
        raise click.BadParameter(
            f"no report format for .{suffix}; use .{' or .'.join(SUFFIXES)}, or --format.",
            param_hint="-o",
        )
    return suffix


def _rendered(made: Report, style: str, look: str, url: str, *, static: bool) -> bytes:
    if style == "fragment":
        from legannot.render.fragment import fragment

        return fragment(made, _rendered(made, "html", look, url, static=static))
    if style == "docx":
        from legannot.render import docx

        return docx.report(made, static=static, epoch=epoch())
    if style == "pdf":
        from legannot.render.pdf import render as render_pdf

        return render_pdf(made, look)
    if style == "html":
        from legannot.render.html import render

        return render(made, look=look)
    return _text(made, style, url).encode("utf-8")


def _text(made: Report, style: str, url: str) -> str:
    if style == "md":
        from legannot.render.markdown import report_text

        return report_text(made)
    if style == "csv":
        from legannot.render.changes import report_csv

        return report_csv(made)
    from legannot.render.json import dumps, report_document

    if style == "annotations":
        from legannot.render.annotations import collection

        return dumps(collection(made))
    if style == "oembed":
        from legannot.render.oembed import oembed

        return dumps(oembed(made, url))
    return dumps(report_document(made))


def _beside(first: str, made: Report, style: str) -> Path:
    source = Path(first)
    # Standard input, a sample and a bill in the library lie beside nothing.
    beside = source.parent if source.exists() else Path()
    folder = source if source.is_dir() else beside
    versions = [bill.version or "text" for bill in (made.bills[0], made.bills[-1])]
    if len(made.bills) == 1:
        versions = versions[:1]
    bill = made.bills[-1].id
    name = f"{bill.type}-{bill.number}" if bill else re.sub(r"[^\w.-]+", "-", source.stem)
    return folder / f"{'-'.join((name, *versions))}.{ENDINGS.get(style, style)}"


def _summarise(made: Report, target: Path, size: int) -> None:
    from legannot.render.terminal import summary

    click.echo(summary(made).rstrip("\n"))
    click.echo(f"Wrote {target} ({max(1, round(size / 1000)):,} KB).")


def _command(versions: tuple[str, ...], no_embeddings: bool, model: str | None) -> str:
    # File names without folders: a report must not tell where on the maker's disk its bills lie.
    names = ((Path(v).name or v) if Path(v).exists() else v for v in versions)
    given = (
        ("--no-embeddings",) if no_embeddings else ("--model", Path(model).name) if model else ()
    )
    return " ".join(("legannot report", *names, *given))


_CONDITION = re.compile(
    r"(?:topic|subject)=([a-z]+(?:\.[a-z_*]+)?)(?::(added|new|removed|touched))?"
)


def _condition(text: str) -> tuple[str, str]:
    found = _CONDITION.fullmatch(text)
    if not found:
        raise click.BadParameter(
            f"{text!r} is not topic=list.entity or topic=list.entity:added.", param_hint="--fail-on"
        )
    kind = found[2] or ""
    return found[1], "added" if kind == "new" else kind


def _exit(
    made: Report,
    conditions: tuple[tuple[str, str], ...],
    *,
    exit_code: bool,
    strict: bool,
    rules_alone: bool,
) -> None:
    from legannot.render.wording import count

    # What a term or a format lacks was read; and rules alone are complete if that was asked for.
    read = {"term", "notice", *(("missing",) if rules_alone else ())}
    if strict and (missed := sum(one.kind not in read for one in made.unread)):
        options.note(f"not read (--strict): {count(missed, 'passage')}.")
        sys.exit(INCOMPLETE)
    if exit_code and made.comparison is not None and made.comparison.changes:
        sys.exit(1)
    if any(_holds(made, topic, kind) for topic, kind in conditions):
        sys.exit(1)


def _holds(made: Report, wanted: str, kind: str) -> bool:
    def fits(topic: str) -> bool:
        family = wanted.removesuffix("*").removesuffix(".")
        return topic == wanted or topic.startswith(f"{family}.")

    if made.comparison is None:
        return any(fits(tag.topic) for tag in made.tags[-1])
    return any(
        fits(change.topic) and (change.kind == kind if kind else change.kind != "same")
        for change in made.tag_changes
    )
