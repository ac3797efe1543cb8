"""The command line: thin commands over the stages, errors turned into words and exit codes."""

from __future__ import annotations

import errno
import gc
import os
import sys
from importlib import import_module

import click

from legannot import __version__
from legannot.cli import options
from legannot.errors import LegannotError, OutputError

# Each command with the module that holds it under the module's own name.
COMMANDS = {
    "blame": "blame",
    "completion": "completion",
    "diff": "diff",
    "eval": "evaluate",
    "fetch": "fetch",
    "impact": "impact",
    "library": "library",
    "notes": "notes",
    "parse": "parse",
    "report": "report",
    "rules": "rules",
    "similar": "similar",
    "serve": "serve",
    "site": "site",
    "tag": "tag",
    "track": "track",
    "verify": "verify",
}

# Exit codes (CONTRACT): 0 done, 1 the condition asked for holds, 2 wrong use, 3 input unreadable,
# 4 written but incomplete with --strict.
INTERNAL_ERROR = 3
INTERRUPTED = 130

# How the script of `legannot completion` asks for what could come next.
COMPLETE = "_LEGANNOT_COMPLETE"
# What a write to standard output ends with where there is no room.
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

# Objects made before the collector looks for cycles.  A bill is a large tree of values without one;
# looking for some every 700 objects takes a fifth of the time of comparing two omnibus acts.
GARBAGE_THRESHOLD = 200_000


class _Commands(click.Group):
    """A group that imports a command when it is asked for.

    A run needs one of them, and to import them all takes longer than to compare two small bills.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = COMMANDS.get(cmd_name)
        if module is not None and cmd_name not in self.commands:
            self.add_command(getattr(import_module(f"legannot.cli.{module}"), module))
        return super().get_command(ctx, cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in COMMANDS:
            # click proposes the nearest name of those that it holds.
            for name in COMMANDS:
                self.get_command(ctx, name)
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Examples:  legannot report ih.xml eh.xml    legannot diff ih.xml eh.xml --stat",
)
@options.library
@click.version_option(__version__, prog_name="legannot")
def cli() -> None:
    """Show what changed between the versions of a US federal bill, and what it touches.

    A VERSION is a file of bill XML, a folder of them, - for standard input, sample:model-access, or
    a bill in the library: 119hr1316 is all its versions, 119hr1316ih one.
    """


def main() -> None:
    """Run the command line; the exit code says how it went."""
    gc.set_threshold(GARBAGE_THRESHOLD)
    for stream in (sys.stdout, sys.stderr):
        # A console of another encoding must lose a character rather than the run (REPORT, finding
        # 11).
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    code = _run()
    # Python looks for cycles once more at the end, a tenth of the time of comparing two small
    # bills, for memory that the system takes back at once.
    gc.freeze()
    sys.exit(code)


def _run() -> int:
    try:
        code = cli.main(standalone_mode=False, complete_var=COMPLETE)
    except LegannotError as error:
        return _say(str(error), error.exit_code)
    except click.exceptions.Abort as error:
        # click takes any end of a file for a user who leaves; one inside a program is a fault.
        if isinstance(error.__cause__, EOFError):
            if os.environ.get("LEGANNOT_DEBUG"):
                raise
            return _fault(error.__cause__)
        return _say("stopped.", INTERRUPTED)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except BrokenPipeError:
        # The reader (head, less) has gone; nothing is left to tell it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _FULL:
            return _say(f"the output cannot be written ({error.strerror}).", OutputError.exit_code)
        if os.environ.get("LEGANNOT_DEBUG"):
            raise
        return _fault(error)
    return code if isinstance(code, int) else 0


def _fault(error: BaseException) -> int:
    return _say(
        f"something went wrong inside legannot ({type(error).__name__}: {error}). Please report it"
        " with the file; LEGANNOT_DEBUG=1 shows where.",
        INTERNAL_ERROR,
    )


def _say(message: str, code: int) -> int:
    line = " ".join(message.split())
    click.echo(f"legannot: {line}", err=True)
    return code


__all__ = ["cli", "main"]
