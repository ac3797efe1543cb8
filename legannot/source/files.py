"""Turn what a user typed for a VERSION into bytes and where they came from."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from legannot.errors import InputError
from legannot.model import Provenance
from legannot.resources import data
from legannot.source.names import METADATA

# The largest XML of a bill on govinfo is below 20 MB; more is a mistake or an attack.
MAX_BYTES = 64 * 1024 * 1024
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Source:
    """One input: the name the user knows it by, its bytes, and their provenance.

    `mods` is the record of a govinfo package about it, None if it came without one; `published` is
    the ISO day that the bill's record gives to this version, empty if it was not asked; `status`
    is that record (BILLSTATUS) itself, where it lies beside the text.
    """

    name: str
    data: bytes
    provenance: Provenance
    mods: bytes | None = None
    published: str = ""
    status: bytes = b""


def from_bytes(
    name: str, content: bytes, mods: bytes | None = None, published: str = "", status: bytes = b""
) -> Source:
    """A source of bytes already at hand; `name` is shown in messages and reports."""
    digest = hashlib.sha256(content).hexdigest()
    return Source(name, content, Provenance(name, digest, len(content)), mods, published, status)


# What a name that is no file stands for, such as a bill in the library; None if it is no such name.
AtHand = Callable[[str], Sequence[Source] | None]


def resolve(names: Sequence[str], at_hand: AtHand | None = None) -> tuple[Source, ...]:
    """Read every VERSION argument: a file, a govinfo package, a folder, `-` or `sample:NAME`.

    A folder, a package of several bills or a whole sample gives one source for each, in order of
    name.  `at_hand` is asked for what is no file.  Raises `InputError` for what is missing, empty
    or too large.
    """
    sources: list[Source] = []
    for name in names:
        if name == "-":
            sources.extend(_sources(name, sys.stdin.buffer.read(MAX_BYTES + 1)))
        elif name.startswith("sample:"):
            sources.extend(_sample(name))
        elif at_hand and not _is_there(name) and (known := at_hand(name)) is not None:
            sources.extend(known)
        else:
            sources.extend(_file_or_folder(Path(name), name))
    return tuple(sources)


def _is_there(name: str) -> bool:
    try:
        return Path(name).exists()
    except (OSError, ValueError):
        # No file can have such a name.
        return False


def _file_or_folder(path: Path, name: str) -> list[Source]:
    if not path.is_dir():
        return _file(path)
    inside = sorted(path.iterdir())
    # A folder of packages or of plain text is read if it holds no XML: all three of one version
    # would be one bill three times.
    for suffixes in ((".xml",), (".zip",), (".htm", ".txt")):
        files = [f for f in inside if f.suffix.lower() in suffixes]
        if files := [f for f in files if f.name.lower() not in METADATA]:
            return [source for file in files for source in _file(file)]
    for folder in ("xml", "html"):
        if (path / folder).is_dir():
            found = _file_or_folder(path / folder, name)
            return [replace(source, mods=_mods(path)) for source in found]
    raise InputError(
        "the folder holds no .xml file.", where=name, cure="Give bill XML from govinfo.gov."
    )


def _mods(package: Path) -> bytes | None:
    """The MODS record of a package that was unpacked, if it has one."""
    record = package / "mods.xml"
    return _content(record) if record.is_file() else None


def _file(path: Path) -> list[Source]:
    return _sources(str(path), _content(path))


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise InputError(
            "there is no such file.",
            where=str(path),
            cure="Check the name, or use sample:model-access to try legannot.",
        ) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError(
            f"cannot be read ({reason}).", where=str(path), cure="Check its permissions."
        ) from error


def _sources(name: str, content: bytes) -> list[Source]:
    _check_size(content, name)
    if not content.startswith(_ZIP):
        return [from_bytes(name, content)]
    # The modules for reading packages take longer to load than a small bill to read.
    from legannot.source.packages import open_package

    package = open_package(content, name, MAX_BYTES)
    return [from_bytes(f"{name}/{inner}", data, package.mods) for inner, data in package.texts]


def _check_size(content: bytes, name: str) -> None:
    if not content.strip():
        raise InputError("the file is empty.", where=name, cure="Download it again.")
    if len(content) > MAX_BYTES:
        raise InputError(
            f"is larger than {MAX_BYTES // 2**20} MB, which no bill is.",
            where=name,
            cure="Give one bill's XML.",
        )


def _sample(name: str) -> list[Source]:
    wanted, _, version = name.removeprefix("sample:").partition("/")
    folder = data("corpus")
    text = (folder / "catalogue.json").read_text("utf-8")
    catalogue: dict[str, dict[str, object]] = json.loads(text)
    entry = catalogue.get(wanted)
    if entry is None:
        raise InputError(
            f"there is no sample called {wanted!r}.",
            where=name,
            cure=f"The samples are: {', '.join(sorted(catalogue))}.",
        )
    files = entry["files"]
    if not isinstance(files, dict):
        raise InputError(
            "the catalogue of samples is damaged.", where=name, cure="Reinstall legannot."
        )
    if version and version not in files:
        raise InputError(
            f"has no version {version!r}.", where=name, cure=f"It has: {', '.join(files)}."
        )
    chosen = [version] if version else list(files)
    sources = []
    for code in chosen:
        content = (folder / str(files[code])).read_bytes()
        sources.append(from_bytes(f"sample:{wanted}/{code}", content))
    return sources
