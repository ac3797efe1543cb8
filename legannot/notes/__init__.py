"""Notes of the house: read from files beside the bills, and found again in the next version."""

from legannot.notes.anchoring import place
from legannot.notes.sidecar import load

__all__ = ["load", "place"]
