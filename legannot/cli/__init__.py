"""The command line: thin commands over the stages, errors turned into words and exit codes."""

from __future__ import annotations

import gc
import os
import sys

import click

from legannot import __version__
from legannot.cli.blame import blame
from legannot.cli.diff import diff
from legannot.cli.evaluate import evaluate
from legannot.cli.impact import impact
from legannot.cli.parse import parse
from legannot.cli.report import report
from legannot.cli.rules import rules
from legannot.cli.tag import tag
from legannot.cli.verify import verify
from legannot.errors import LegannotError

# Exit codes (CONTRACT): 0 done, 1 the condition asked for holds, 2 wrong use, 3 input unreadable,
# 4 written but incomplete with --strict.
INTERNAL_ERROR = 3
INTERRUPTED = 130

# Objects made before the collector looks for cycles.  A bill is a large tree of values without one;
# looking for some every 700 objects takes a fifth of the time of comparing two omnibus acts.
GARBAGE_THRESHOLD = 200_000


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Examples:  legannot report ih.xml eh.xml    legannot diff ih.xml eh.xml --stat",
)
@click.version_option(__version__, prog_name="legannot")
def cli() -> None:
    """Show what changed between the versions of a US federal bill, and what it touches.

    A VERSION is a file of bill XML, a folder of them, - for standard input, or sample:model-access.
    """


for command in (report, impact, diff, blame, tag, parse, rules, evaluate, verify):
    cli.add_command(command)


def main() -> None:
    """Run the command line; the exit code says how it went."""
    gc.set_threshold(GARBAGE_THRESHOLD)
    for stream in (sys.stdout, sys.stderr):
        # A console of another encoding must lose a character rather than the run (REPORT, finding
        # 11).
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    sys.exit(_run())


def _run() -> int:
    try:
        code = cli.main(standalone_mode=False)
    except LegannotError as error:
        return _say(str(error), error.exit_code)
    except click.exceptions.Abort:
        return _say("stopped.", INTERRUPTED)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except BrokenPipeError:
        # The reader (head, less) has gone; nothing is left to tell it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if os.environ.get("LEGANNOT_DEBUG"):
            raise
        return _say(
            f"something went wrong inside legannot ({type(error).__name__}: {error}). Please report"
            " it with the file; LEGANNOT_DEBUG=1 shows where.",
            INTERNAL_ERROR,
        )
    return code if isinstance(code, int) else 0


def _say(message: str, code: int) -> int:
    line = " ".join(message.split())
    click.echo(f"legannot: {line}", err=True)
    return code


__all__ = ["cli", "main"]
