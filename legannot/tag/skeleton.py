"""The pack that `legannot rules new` begins: one rule that holds, with a word on each key."""

from __future__ import annotations

_TEXT = """\
# A rule pack. docs/rules-tutorial.md explains how rules are written;
# `legannot rules check --rules FOLDER` runs the examples of every rule in this file,
# `legannot tag BILL --rules FOLDER` tags with them beside the shipped rules.
pack: {name}
about: What this office looks for beside the shipped packs.

# Shipped rules, or whole topics, that are not to be used here:
# disabled: [list.entity.name, eco.small]

rules:
# The topic and a name of its own. With the id of a shipped rule it takes that rule's place.
- id: acc.service.{name}
  topic: acc.service
  # For the reader of a report: why these words mean the topic.
  why: A library or school that lets people use a model gives access to it as a service.
  # word+ is a verb in all its forms, <8> up to eight words between, @ai-model a list of words.yaml.
  patterns:
  - (library | school | university) <12> (offer+ | provide+ | give+) <8> @ai-model
  # None of these may stand in the provision.
  unless:
  - train* <4> teachers
  # How often these words mean the topic: 0.95 a name of its own, 0.85 plain words, 0.7 a judgement.
  confidence: 0.7
  # Sentences that the rule must find, written before the patterns ...
  match:
  - A public library may offer its patrons a large language model free of charge.
  # ... and those that resemble them and mean something else.
  no_match:
  - The library may offer its patrons a model railway.
"""


def skeleton(name: str) -> str:
    """A pack named `name`, as text: it loads, and its examples hold."""
    return _TEXT.format(name=name)
