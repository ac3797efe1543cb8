"""Names to bytes with provenance: files, packages, folders, standard input, the sample bills."""

from legannot.source.files import Source, from_bytes, resolve

__all__ = ["Source", "from_bytes", "resolve"]
