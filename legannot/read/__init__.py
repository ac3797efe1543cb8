"""What the words of a bill are: units, definitions, citations and quantities, found beside the text."""

from __future__ import annotations

from legannot.model import Bill, Facts
from legannot.read.operators import classify
from legannot.read.parties import parties
from legannot.read.units import units

__all__ = ["classify", "parties", "read", "units"]


def read(bill: Bill) -> Facts:
    """Everything that the language layer finds in one bill."""
    return Facts(units=units(bill))
