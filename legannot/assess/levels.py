"""The levels around a place, by its path alone."""

from __future__ import annotations


def above(path: str) -> list[str]:
    """A place and the levels around it up to its section: sec. 5(b)(1), sec. 5(b), sec. 5."""
    found = [path]
    while path.endswith((")", "]")):
        path = path[: path.rindex("(" if path.endswith(")") else "[")].rstrip()
        if path:
            found.append(path)
    return found
