"""Names to bytes with provenance: files, folders, standard input and the bundled sample bills."""

from legannot.source.files import Source, from_bytes, resolve

__all__ = ["Source", "from_bytes", "resolve"]
