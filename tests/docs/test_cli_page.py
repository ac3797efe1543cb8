"""`docs/cli.md` is what the program itself says; `make docs` writes it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest

from legannot.cli import cli
from tests.conftest import ROOT

_HEAD = """\
# Commands

What `legannot COMMAND --help` says. This page is generated: change the help and run `make docs`.
"""


def commands() -> Iterator[tuple[str, click.Command, click.Context]]:
    """Every command with its full name, groups before what they hold."""
    stack: list[tuple[click.Command, click.Context]] = [(cli, _context(cli, None, "legannot"))]
    while stack:
        command, context = stack.pop()
        yield context.command_path, command, context
        if isinstance(command, click.Group):
            for name in reversed(command.list_commands(context)):
                below = command.get_command(context, name)
                assert below is not None, name
                stack.append((below, _context(below, context, name)))
        stack.extend(
            (other, _context(other, context, other.name))
            for other in getattr(command, "beside", ())
        )


def _context(command: click.Command, parent: click.Context | None, name: str) -> click.Context:
    settings = {**command.context_settings, "terminal_width": 90, "max_content_width": 90}
    return click.Context(command, parent, name, **settings)


ALL = pytest.mark.parametrize(
    ("command", "context"),
    [pytest.param(command, context, id=path) for path, command, context in commands()],
)


def page() -> str:
    parts = (
        f"## {path}\n\n```text\n{command.get_help(context)}\n```\n"
        for path, command, context in commands()
    )
    return "\n".join((_HEAD, *parts))


def test_the_page_says_what_the_program_says(golden: Callable[[Path, str], None]) -> None:
    golden(ROOT / "docs" / "cli.md", page())


@ALL
def test_every_command_and_option_has_help(command: click.Command, context: click.Context) -> None:
    assert command.help
    assert command.get_short_help_str()
    for parameter in command.get_params(context):
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.opts


@ALL
def test_help_is_plain_ascii(command: click.Command, context: click.Context) -> None:
    # A redirected stream of another encoding must not fail on help (REPORT, finding 11).
    assert command.get_help(context).isascii()


@ALL
def test_help_names_no_option_that_does_not_exist(
    command: click.Command, context: click.Context
) -> None:
    known = {
        option
        for _, any_command, its_context in commands()
        for parameter in any_command.get_params(its_context)
        for option in parameter.opts
    }
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", command.get_help(context)))
    assert named <= known
