"""Word edits inside the pairs, each change named."""

from legannot.diff.chain import Chain, chain
from legannot.diff.compare import compare, count_edits
from legannot.diff.words import edits

__all__ = ["Chain", "chain", "compare", "count_edits", "edits"]
