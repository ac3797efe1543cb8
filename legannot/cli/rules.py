"""`legannot rules`: list the rule packs, show one rule, check them all."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from legannot.cli import options
from legannot.cli.output import write
from legannot.errors import RuleError
from legannot.model import Context

if TYPE_CHECKING:
    from collections.abc import Iterable

    from legannot.tag import Example, Rule


_PACK_NAME = re.compile(r"[a-z][a-z0-9-]*")


@click.group()
def rules() -> None:
    """The rules that say what a provision touches."""


@rules.command("list")
@options.rules_folder
def list_rules(rules_folder: Path | None) -> None:
    """One line a rule: its id, topic and why."""
    from legannot.tag import load_packs

    packs = load_packs(rules_folder)
    width = max((len(rule.id) for rule in packs.rules), default=0)
    pack = ""
    for rule in packs.rules:
        if rule.pack != pack:
            pack = rule.pack
            click.echo(f"{pack}:")
        click.echo(f"  {rule.id:{width}}  {rule.why}")


@rules.command()
@click.argument("rule_id", metavar="RULE")
@options.rules_folder
def show(rule_id: str, rules_folder: Path | None) -> None:
    """All of one RULE, or of every rule of a topic such as ow.release."""
    from legannot.tag import load_packs

    packs = load_packs(rules_folder)
    found = [rule for rule in packs.rules if rule_id in (rule.id, rule.topic)]
    if not found:
        raise RuleError(
            f"there is no rule or topic {rule_id!r}.", cure="legannot rules list names them all."
        )
    for rule in found:
        _show(rule, gated=packs.leaves[rule.topic].gated)


def _show(rule: Rule, *, gated: bool) -> None:
    """Everything that the rule sets, under the keys of its pack."""
    click.echo(f"{rule.id}  ({rule.file}, line {rule.line})")
    lines: tuple[tuple[str, Iterable[str]], ...] = (
        ("pack", (rule.pack,)),
        ("topic", (rule.topic,)),
        ("why", (rule.why,)),
        ("confidence", (str(rule.confidence),)),
        ("phrases", rule.phrases),
        ("exact", rule.exact),
        ("patterns", tuple(p.source for p in rule.patterns)),
        ("needs", tuple(p.source for p in rule.needs)),
        ("unless", tuple(p.source for p in rule.unless)),
        ("except", tuple(p.source for p in rule.exceptions)),
        ("whole", ("true",) if rule.whole else ()),
        ("operators", sorted(rule.operators)),
        ("not_operators", sorted(rule.not_operators)),
        ("contexts", sorted(rule.contexts)),
        ("heading", () if rule.heading else ("false",)),
        # A gate that the rule lifts from its topic is said too.
        ("gate", (rule.gate,) if gated or rule.gate != "none" else ()),
        ("polysemous", ("true",) if rule.polysemous else ()),
        ("keeps", ("true",) if rule.keeps else ()),
        ("match", map(_example, rule.match)),
        ("no_match", map(_example, rule.no_match)),
    )
    for name, values in lines:
        for value in values:
            click.echo(f"  {name:13}  {value}")
    click.echo()


def _example(example: Example) -> str:
    """An example with what it stands under, as far as it says."""
    under = [
        f"{key}: {words}" for key in ("heading", "chapeau") if (words := getattr(example, key))
    ]
    if example.context is not Context.OPERATIVE:
        under.append(f"context: {example.context}")
    return f"{example.text}  [{'; '.join(under)}]" if under else example.text


@rules.command()
@options.rules_folder
def check(rules_folder: Path | None) -> None:
    """Run every rule on its own examples; exit with 3 if one fails."""
    from legannot.tag import PacksError, load_packs
    from legannot.tag import check as run_examples

    try:
        packs = load_packs(rules_folder)
    except PacksError as several:
        for error in several.errors:
            options.note(str(error))
        sys.exit(several.exit_code)
    failures = run_examples(packs)
    for failure in failures:
        click.echo(str(failure), err=True)
    examples = sum(len(rule.match) + len(rule.no_match) for rule in packs.rules)
    click.echo(
        f"{len(packs.rules)} rules in {len(packs.files)} packs, {examples} examples,"
        f" {len(failures)} failures."
    )
    if failures:
        sys.exit(RuleError.exit_code)


@rules.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
def new(file: Path) -> None:
    """Begin a rule pack of your own in FILE, with a rule to change and a word on each key.

    FILE ends in .yaml and is named like the pack: small letters, digits and hyphens. A file that
    is there already is left alone.
    """
    from legannot.tag import NOT_PACKS, skeleton

    if file.suffix != ".yaml" or not _PACK_NAME.fullmatch(file.stem):
        raise click.UsageError(
            f"{file.name} cannot name a pack: small letters, digits and hyphens, then .yaml."
        )
    if file.name in NOT_PACKS:
        raise click.UsageError(
            f"{file.name} names a file that is no pack ({', '.join(sorted(NOT_PACKS))} are read as"
            " something else); choose another name."
        )
    if file.exists():
        raise click.UsageError(f"{file} is there already; choose another name.")
    if not file.parent.is_dir():
        raise click.UsageError(f"there is no folder {file.parent}; make it first.")
    write(file, skeleton(file.stem))
    click.echo(f"{file}: change its rule, then legannot rules check --rules {file.parent}")
