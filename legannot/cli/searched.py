"""What `similar` and `track` look through: the library, or files and folders that a user names."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from time import monotonic

import click

from legannot.cli import options
from legannot.cli.pipeline import PATIENCE, cache_folder
from legannot.errors import InputError
from legannot.model import Bill
from legannot.similar import Corpus, Shelved
from legannot.source.library import Held, Library
from legannot.source.names import METADATA

_READ = (".xml", ".zip")


def opened(places: Sequence[str], *, quiet: bool) -> Corpus:
    """The versions in files and folders (with what lies below them), or in the library.

    Raises `InputError` if there is nothing to look through.
    """
    shelved = list(_given(places)) if places else list(_library())
    if not shelved:
        raise InputError(
            "there is nothing to look through.",
            where=", ".join(places),
            cure="Give a folder with bill XML, or fetch bills into the library.",
        )
    return Corpus(cache_folder(), shelved, Telling("new versions read", quiet=quiet))


def in_library(library: Library) -> Iterator[Shelved]:
    """Every current text in the library, amendments too."""
    for entry in library.bills():
        for held in (*entry.versions, *library.amendments(entry.record.bill)):
            yield Shelved(held.id, held.sha256, partial(read_held, library.folder, held))


def read_held(folder: Path, held: Held) -> Bill:
    """A text of the library in `folder`, parsed; raises `InputError` if it is damaged."""
    from legannot.parse import parse
    from legannot.source import from_bytes

    with Library(folder) as library:
        return parse(from_bytes(held.id, library.read(held), published=held.published))


class Telling:
    """Says on a terminal how much of a long job is done, once it takes longer than one waits."""

    def __init__(self, what: str, *, quiet: bool) -> None:
        self._what = what
        self._silent = quiet or not sys.stderr.isatty()
        self._last = monotonic()

    def __call__(self, done: int, of: int) -> None:
        """Say it, if it is time to."""
        if not self._silent and monotonic() - self._last > PATIENCE:
            self._last = monotonic()
            click.echo(f"legannot: {done:,} of {of:,} {self._what} ...", err=True)


def _library() -> Iterator[Shelved]:
    from legannot.cli.shelf import folder

    library = Library.at(folder())
    if library is None:
        raise InputError(
            "there is no library to look through yet.",
            where=str(folder()),
            cure="Run `legannot fetch` for some bills, or name files or folders to look through.",
        )
    with library:
        yield from in_library(library)


def _given(places: Sequence[str]) -> Iterator[Shelved]:
    for place in places:
        path = Path(place)
        if not path.is_dir():
            yield from _file(place)
            continue
        inside = sorted(file for file in path.rglob("*") if file.suffix.lower() in _READ)
        for file in inside:
            if file.name.lower() not in METADATA and file.is_file():
                yield from _file(str(file))


def _file(name: str) -> Iterator[Shelved]:
    path = Path(name)
    if path.suffix.lower() == ".xml" and path.is_file():
        # Hashed and let go: a folder may hold more than memory does, and most of it is known.
        with path.open("rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        yield Shelved(name, sha256, partial(_parsed, name, 0))
        return
    from legannot.cli.shelf import at_hand
    from legannot.source import resolve

    try:
        sources = resolve([name], at_hand)
    except InputError as error:
        if path.suffix.lower() != ".zip":
            raise
        options.note(f"left out: {error}")
        return
    for position, source in enumerate(sources):
        read = partial(_parsed, name, position)
        yield Shelved(source.name, source.provenance.sha256, read)


def _parsed(name: str, position: int) -> Bill:
    from legannot.cli.shelf import at_hand
    from legannot.parse import parse
    from legannot.source import resolve

    return parse(resolve([name], at_hand)[position])
