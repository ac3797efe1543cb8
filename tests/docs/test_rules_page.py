"""`docs/rules.md` is what the packs say; `make docs` writes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path

from legannot.tag import Leaf, Packs, Rule, load_packs
from tests.conftest import ROOT

_HEAD = """\
# Rules

Every rule that ships, by topic: why its words mean the topic, what it looks for, and the
sentences that it must and must not find; at the end the word lists. This page is generated from
`rules/*.yaml`: change a pack and run `make docs`. [How to write a rule](rules-tutorial.md) explains
the notation; `legannot rules show RULE` prints one rule.
"""


def page(packs: Packs) -> str:
    return "\n".join((_HEAD, *_contents(packs), *_topics(packs), *_word_lists(packs)))


def _contents(packs: Packs) -> Iterator[str]:
    yield "| topic | what it is | rules |\n| --- | --- | ---: |"
    for name, leaf in packs.leaves.items():
        count = sum(rule.topic == name for rule in packs.rules)
        yield f"| [`{name}`](#{name.replace('.', '')}) | {leaf.topic.label} | {count} |"
    yield ""


def _topics(packs: Packs) -> Iterator[str]:
    order = {name: place for place, name in enumerate(packs.leaves)}
    rules = sorted(packs.rules, key=lambda rule: order[rule.topic])
    for topic, group in groupby(rules, key=lambda rule: rule.topic):
        yield f"## {topic}\n\n{_facts(packs.leaves[topic])}\n"
        for rule in group:
            yield _rule(rule)


def _word_lists(packs: Packs) -> Iterator[str]:
    yield "## Word lists\n"
    for name, entries in packs.lists.items():
        yield f"### @{name}\n\n" + "\n".join(f"- `{entry}`" for entry in entries) + "\n"


def _facts(leaf: Leaf) -> str:
    parts = [leaf.topic.definition]
    if leaf.gated:
        parts.append("Its rules hold only in a section that is in scope.")
    if leaf.anchor:
        parts.append("It puts its section in scope.")
    if leaf.yields_to:
        others = ", ".join(f"`{other}`" for other in leaf.yields_to)
        parts.append(f"It gives way to {others}.")
    return " ".join(parts)


def _rule(rule: Rule) -> str:
    conditions: tuple[tuple[str, list[str]], ...] = (
        ("only where the provision is", sorted(o.value for o in rule.operators)),
        ("not where the provision is", sorted(o.value for o in rule.not_operators)),
        ("only in", sorted(c.value for c in rule.contexts)),
    )
    lists: tuple[tuple[str, list[str]], ...] = (
        ("phrases", [f"`{p}`" for p in (*rule.phrases, *rule.exact)]),
        ("patterns", [f"`{p.source}`" for p in rule.patterns]),
        ("the provision as a whole", ["by its part and force"] if rule.whole else []),
        ("needs", [f"`{p.source}`" for p in rule.needs]),
        ("unless", [f"`{p.source}`" for p in rule.unless]),
        ("except", [f"`{p.source}`" for p in rule.exceptions]),
        *((name, [", ".join(values)] if values else []) for name, values in conditions),
        ("gate", [] if rule.gate == "none" else [rule.gate]),
        ("finds", [_example(e.chapeau, e.heading, e.text) for e in rule.match]),
        ("leaves alone", [_example(e.chapeau, e.heading, e.text) for e in rule.no_match]),
    )
    lines = [f"### {rule.id}\n", f"{rule.why} Confidence {rule.confidence}, pack {rule.pack}.\n"]
    for name, values in lists:
        if len(values) == 1:
            lines.append(f"- {name}: {values[0]}")
        elif values:
            lines.append(f"- {name}:")
            lines += [f"  - {value}" for value in values]
    return "\n".join(lines) + "\n"


def _example(chapeau: str, heading: str, text: str) -> str:
    under = f" (under “{heading}”)" if heading else ""
    return f"“{f'{chapeau} ' if chapeau else ''}{text}”{under}"


def test_the_page_shows_every_rule(golden: Callable[[Path, str], None]) -> None:
    golden(ROOT / "docs" / "rules.md", page(load_packs()))
