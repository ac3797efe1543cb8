"""A YAML file as plain values that remember their lines, for errors that say where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from legannot.errors import RuleError

if TYPE_CHECKING:
    from yaml.error import Mark, MarkedYAMLError
    from yaml.nodes import Node

Value: TypeAlias = "str | int | float | bool | list[Value] | dict[str, Value] | None"
Place: TypeAlias = "tuple[str | int, ...]"

_TAGS = "tag:yaml.org,2002:"
# A rule pack is some tens of kilobytes; a file beyond this is something else.
MAX_BYTES = 5_000_000
# With these signs YAML begins something else than a text, or nothing; words may stand before them.
_BEFORE = r"\s*(?:-\s+)*(?:[\w.-]+:\s+)?(?:-\s+)*"
_OPENERS = re.compile(_BEFORE + r"[\[\"'{]")
_SIGNS = re.compile(_BEFORE + r"(?:[\[\"'{@`%*&!]|[|>]\s+\S)")
QUOTE = (
    'A text that begins with a sign such as [ or " or @, or holds a colon and a blank, stands in'
    " single quotation marks: '[a | b] c'."
)


@dataclass(frozen=True, slots=True)
class Document:
    """The value of one file; a place in it is the keys and indices that lead there."""

    path: Path
    raw: bytes
    value: Value
    lines: dict[Place, int]

    def get(self, *at: str | int) -> Value:
        """The value at a place, None if there is none."""
        value = self.value
        for step in at:
            if isinstance(value, dict) and isinstance(step, str):
                value = value.get(step)
            elif isinstance(value, list) and isinstance(step, int) and step < len(value):
                value = value[step]
            else:
                return None
        return value

    def text(self, *at: str | int) -> str:
        """The text at a place, empty if there is none."""
        value = self.get(*at)
        return " ".join(value.split()) if isinstance(value, str) else ""

    def flag(self, *at: str | int) -> bool:
        """Whether the place holds `true`."""
        return self.get(*at) is True

    def number(self, *at: str | int) -> float:
        """The number at a place.  Raises `RuleError` if there is none."""
        value = self.get(*at)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.error(f"{'.'.join(map(str, at))} must be a number", at)
        return float(value)

    def strings(self, *at: str | int) -> tuple[str, ...]:
        """The texts of a list, empty if there is none.  Raises `RuleError` for any other item."""
        found: list[str] = []
        for where, item in self.items(*at):
            if not isinstance(item, str):
                raise self.error(f"{item!r} must be a text; put it in quotation marks", where)
            found.append(item)
        return tuple(found)

    def names(self, *at: str | int) -> tuple[str, ...]:
        """The keys of a mapping, none if there is no mapping."""
        value = self.get(*at)
        return tuple(value) if isinstance(value, dict) else ()

    def items(self, *at: str | int) -> Iterator[tuple[Place, Value]]:
        """Place and value of each item of a list, none if there is no list."""
        value = self.get(*at)
        for i, item in enumerate(value if isinstance(value, list) else ()):
            yield (*at, i), item

    def line(self, at: Place) -> int:
        """The line of a place, or of the nearest place around it."""
        while at and at not in self.lines:
            at = at[:-1]
        return self.lines.get(at, 1)

    def error(self, what: str, at: Place, cure: str = "") -> RuleError:
        """The error that says what is wrong at a place."""
        return RuleError(what, where=self.path.name, line=self.line(at), cure=cure)


def read(path: Path) -> Document:
    """The document in a file.  Raises `RuleError` if it is missing, not YAML, or no mapping."""
    try:
        raw = path.read_bytes()
    except OSError as wrong:
        raise RuleError(f"cannot be read ({wrong.strerror})", where=str(path)) from None
    if len(raw) > MAX_BYTES:
        raise RuleError("is too large for a rule file", where=path.name)
    return parse(raw, path)


def parse(raw: bytes, path: Path) -> Document:
    """The document in some bytes of the file `path`.  Raises `RuleError` as `read` does."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    lines: dict[Place, int] = {}
    try:
        node = yaml.compose(raw, Loader=loader)
        value = _plain(node, (), lines, path, set()) if node is not None else None
    except yaml.MarkedYAMLError as wrong:
        line, cure = _place(wrong, raw)
        raise RuleError(
            f"is not YAML: {wrong.problem}", where=path.name, line=line, cure=cure
        ) from None
    except (yaml.YAMLError, UnicodeDecodeError):
        raise RuleError("is not YAML: it holds bytes that are no text", where=path.name) from None
    if not isinstance(value, dict):
        raise RuleError("must hold `key: value` lines", where=path.name, line=1)
    return Document(path, raw, value, lines)


def _place(wrong: MarkedYAMLError, raw: bytes) -> tuple[int, str]:
    """The line to look at, 0 if unknown, and a cure if quotation marks are likely to be one."""
    lines = raw.decode("utf-8", "replace").splitlines()

    def number(mark: Mark | None) -> int:
        # The end of a file is a line after its last.
        return min(mark.line + 1, len(lines)) if mark else 0

    def written(mark: Mark | None) -> str:
        return lines[number(mark) - 1] if number(mark) else ""

    begun, met = wrong.context_mark, wrong.problem_mark
    # A bracket or quotation mark that is never closed is noticed lines below.
    if begun and _OPENERS.match(written(begun)):
        return number(begun), QUOTE
    colon = "mapping values are not allowed" in str(wrong.problem)
    likely = colon or _SIGNS.match(written(met))
    return number(met), QUOTE if likely else ""


def _plain(node: Node, at: Place, lines: dict[Place, int], path: Path, seen: set[int]) -> Value:
    import yaml

    lines[at] = node.start_mark.line + 1
    if id(node) in seen:
        # An alias is the same node again; a few of them can grow beyond any memory.
        raise RuleError("uses an alias (`*name`); write it out", where=path.name, line=lines[at])
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        found: dict[str, Value] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise RuleError(
                    "a key must be a word", where=path.name, line=key.start_mark.line + 1
                )
            if key.value in found:
                line = key.start_mark.line + 1
                raise RuleError(f"the key `{key.value}` stands twice", where=path.name, line=line)
            found[key.value] = _plain(value, (*at, key.value), lines, path, seen)
            # The line of the key, because a block value begins a line later.
            lines[(*at, key.value)] = key.start_mark.line + 1
        return found
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*at, i), lines, path, seen) for i, item in enumerate(node.value)]
    return _scalar(node.tag.removeprefix(_TAGS), node.value)


def _scalar(tag: str, text: str) -> Value:
    if tag in ("int", "float"):
        try:
            return int(text) if tag == "int" else float(text)
        except ValueError:
            return text
    if tag == "bool":
        return text.lower() in ("true", "yes", "on")
    if tag == "null":
        return None
    return text
