"""What the words of a bill are: facts found beside the text, keyed by citation path.

`read(bill)` finds them all.  `references` finds where single provisions of a bill point to inside
it, without reading the rest: a redline needs no more, and starts without loading the grammars of
the rest.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from legannot.read.operators import classify
    from legannot.read.reading import read

_LATER = {"classify": "legannot.read.operators", "read": "legannot.read.reading"}

__all__ = ["classify", "read"]


def __getattr__(name: str) -> object:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(_LATER[name]), name)
    return value
