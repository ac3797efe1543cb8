"""The one way to the data that ships with the package: templates, rules, the bundled corpus."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def data(kind: str) -> Path:
    """The folder of `templates`, `rules` or `corpus`.

    In a wheel it lies inside the package, in a checkout and an editable install beside it.
    Raises `FileNotFoundError` if it is in neither place: then the installation is broken.
    """
    for folder in (_PACKAGE / kind, _PACKAGE.parent / kind):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"legannot's {kind} folder is missing; reinstall legannot")
