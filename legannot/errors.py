"""Errors as values for people; only `cli` turns them into words and exit codes."""

from __future__ import annotations


class LegannotError(Exception):
    """Anything a user can do something about: what is wrong, where, and the cure.

    `where` is a file name, with `line` if known; `cure` is a sentence that says what to do.
    """

    exit_code = 2

    def __init__(self, what: str, *, where: str = "", line: int = 0, cure: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.line = line
        self.cure = cure

    def __str__(self) -> str:
        place = f"{self.where}, line {self.line}" if self.line and self.where else self.where
        head = f"{place}: {self.what}" if place else self.what
        stop = "" if not self.cure or head.endswith((".", "!", "?", ":", ";")) else "."
        return f"{head}{stop} {self.cure}".strip()


class InputError(LegannotError):
    """An input that cannot be read as what it should be."""

    exit_code = 3


class RuleError(LegannotError):
    """A rule pack, taxonomy or impact model that breaks its own schema or examples."""

    exit_code = 3


class NoteError(LegannotError):
    """A note of the house that breaks its schema, or a folder without any."""

    exit_code = 3


class OutputError(LegannotError):
    """A result that could not be written."""

    exit_code = 3
