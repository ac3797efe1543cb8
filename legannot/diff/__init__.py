"""Word edits inside the pairs, each change named."""

from legannot.diff.blame import Origin, blame
from legannot.diff.chain import Chain, chain
from legannot.diff.compare import compare, count_edits, told_once
from legannot.diff.formats import alike
from legannot.diff.select import select
from legannot.diff.words import edits

__all__ = [
    "Chain",
    "Origin",
    "alike",
    "blame",
    "chain",
    "compare",
    "count_edits",
    "edits",
    "select",
    "told_once",
]
