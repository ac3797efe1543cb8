"""Legislative text diff and impact annotator."""

__version__ = "0.1.0"
