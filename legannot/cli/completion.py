"""`legannot completion`: what a shell needs to complete commands and options."""

from __future__ import annotations

import click

SHELLS = ("bash", "zsh", "fish", "powershell")


@click.command(epilog="Example:  legannot completion bash > ~/.legannot-complete")
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> None:
    """Print the script by which SHELL completes legannot's commands and options.

    Let the shell read it at its start: bash and zsh from a line in ~/.bashrc or ~/.zshrc that
    sources the file, fish from the folder ~/.config/fish/completions, PowerShell from its profile.
    """
    from click.shell_completion import get_completion_class

    from legannot.cli import COMPLETE, cli

    made = get_completion_class(shell)
    if made is None:
        raise click.UsageError(f"the click that is installed knows no {shell}; update click.")
    click.echo(made(cli, {}, "legannot", COMPLETE).source())
