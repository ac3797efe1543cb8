"""A static site of annotated bills: built anew only where something changed."""

from legannot.site.build import Built, build
from legannot.site.config import Config, Entry, read

__all__ = ["Built", "Config", "Entry", "build", "read"]
