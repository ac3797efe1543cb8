"""Every command that a page shows is one that the program takes."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from contextlib import suppress

import click
import pytest

from legannot.cli import cli
from tests.conftest import ROOT

# A line of a block of code, or a command inside a sentence.
_SHOWN = re.compile(r"^(?:\$ )?(legannot .*?)\\?$|`(legannot [^`\n]*)`", re.MULTILINE)


def shown() -> Iterator[tuple[str, str]]:
    """Pages and the commands on them, but for the page that the program writes."""
    for page in {ROOT / "README.md", *(ROOT / "docs").rglob("*.md")} - {ROOT / "docs" / "cli.md"}:
        text = page.read_text(encoding="utf-8")
        blocks = re.findall(r"^```(?:sh|console)\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
        prose = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
        for part in (*blocks, re.sub(r"^legannot ", " ", prose, flags=re.MULTILINE)):
            for found in _SHOWN.finditer(part):
                yield page.relative_to(ROOT).as_posix(), found[1] or found[2]


def parsed(line: str) -> None:
    """Let click read a command line, without running it; raises what click raises."""
    words = shlex.split(line, comments=True)[1:]
    command: click.Command = cli
    # click keeps the first help option it makes for a command, for all that ask later.
    context = click.Context(cli, info_name="legannot", **cli.context_settings)
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        name, below, words = command.resolve_command(context, words)
        assert name is not None
        assert below is not None
        command, context = below, click.Context(below, context, name, **below.context_settings)
    # A sentence may name a command alone, or ask for help.
    with suppress(
        click.MissingParameter, click.exceptions.NoArgsIsHelpError, click.exceptions.Exit
    ):
        command.make_context(context.info_name, words, context.parent)


@pytest.mark.parametrize(("page", "line"), sorted(set(shown())))
def test_a_command_on_a_page_is_understood(page: str, line: str) -> None:
    assert page.endswith(".md")
    parsed(line)


@pytest.mark.parametrize(
    "line", ["legannot reprot x.xml", "legannot diff a b --colour", "legannot report --format doc"]
)
def test_a_command_that_is_none_would_be_found(line: str) -> None:
    with pytest.raises(click.UsageError):
        parsed(line)
