"""Texts out of the library, as files by their official names beside a record of their provenance.

The record lets `import` bring a text back with where and when it came from.
"""

from __future__ import annotations

import json
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from legannot.errors import InputError, OutputError
from legannot.model import BillId
from legannot.source.library.library import Library
from legannot.source.library.provenance import RECORD, SCHEMA, read_record
from legannot.source.library.values import Held, Kind, Origin, Received
from legannot.source.names import METADATA

# What zipfile says of damage, passwords and unknown compression.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
# A zip of everything holds one file a version; more is no library and no Congress.
_MAX_FILES = 200_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file to be imported: its name for a person, how to read it, and what is said of it."""

    name: str
    read: Callable[[], bytes]
    said: Mapping[str, object]


# What a record of provenance says of each file, and what tells that some of it cannot be read.
_Record = tuple[dict[str, Mapping[str, object]], list[Candidate]]


def export(library: Library, bills: Sequence[BillId], target: Path) -> tuple[int, int]:
    """Write all texts of `bills` (all bills if empty) to a folder, or to a zip if `target` ends so.

    Gives how many texts and bytes.  Texts that a source changed later are written too, under names
    that begin with their hash.  A zip is complete or not there.  Raises `OutputError`.
    """
    texts = [text for text in _everything(library) if not bills or text.bill in bills]
    try:
        with _writer(target) as put:
            entries = []
            for text in texts:
                name = _file_name(text)
                put(name, library.read(text))
                entries.append(_entry(text, name))
            document = {"schema": SCHEMA, "texts": entries}
            put(RECORD, (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode())
    except OSError as error:
        raise OutputError(
            f"cannot be written ({error.strerror or error}).",
            where=str(target),
            cure="Choose another place.",
        ) from error
    return len(texts), sum(text.size for text in texts)


def _everything(library: Library) -> tuple[Held, ...]:
    bills = [entry.record.bill for entry in library.bills()]
    return tuple(
        text
        for bill in bills
        for current in (*library.versions(bill), *library.amendments(bill))
        for text in library.history(bill, current.version)
    )


def _file_name(text: Held) -> str:
    stem = "BILLS" if text.kind is Kind.BILL else "AMENDMENT"
    # govinfo's own name for what is current; what was current before must not be taken for it.
    before = "" if text.current else f"before/{text.sha256[:12]}-"
    return f"{before}{stem}-{text.id}.xml"


def _entry(text: Held, name: str) -> dict[str, object]:
    return {
        "file": name,
        "bill": str(text.bill),
        "version": text.version,
        "kind": text.kind,
        "sha256": text.sha256,
        "current": text.current,
        "published": text.published,
        "address": text.received.address,
        "received": text.received.at,
        "headers": dict(text.received.headers),
    }


@contextmanager
def _writer(target: Path) -> Iterator[Callable[[str, bytes], None]]:
    if target.suffix.lower() != ".zip":
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise OutputError(
                "is not an empty folder.", where=str(target), cure="Name a new one, or a .zip file."
            )
        yield lambda name, data: _write(target / name, data)
        return
    part = target.with_name(f".{target.name}.part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as package:
            # The same library gives the same bytes, whenever it is exported.
            yield lambda name, data: package.writestr(_plain(name), data)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _plain(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def candidates(path: Path, limit: int) -> Iterator[Candidate]:
    """Every XML file of a folder (with its folders and zips), of a zip, or the one at `path`.

    Files that stand before others in the record come first: earlier texts before current ones.
    A record that cannot be read, in whole or in part, and a zip in a folder, are given like a file
    that says so when it is read.
    Reading one gives at most `limit` bytes, or raises `InputError`.
    """
    if path.is_dir():
        files = sorted(f for f in path.rglob("*") if f.is_file() and not f.name.startswith("."))
        record = path / RECORD
        said, broken = _said(str(record), _reader(record, limit)) if record.exists() else ({}, [])
        yield from broken
        plain = [
            Candidate(str(f), _reader(f, limit), said.get(f.relative_to(path).as_posix(), {}))
            for f in files
            if _is_text(f.name)
        ]
        yield from sorted(plain, key=lambda c: bool(c.said.get("current", True)))
        for file in files:
            if file.suffix.lower() == ".zip":
                try:
                    yield from _zipped(file, limit)
                except InputError as wrong:
                    yield _untakable(str(file), wrong)
    elif path.suffix.lower() == ".zip":
        yield from _zipped(path, limit)
    else:
        yield Candidate(str(path), _reader(path, limit), {})


def received(said: Mapping[str, object], name: str, moment: str) -> Received:
    """Where an imported file came from: what the record beside it says, else the file itself."""
    address, at = said.get("address"), said.get("received")
    headers = said.get("headers")
    if isinstance(address, str) and isinstance(at, str) and address and at:
        kept = headers if isinstance(headers, dict) else {}
        return Received(address, at, Origin.IMPORTED, {str(k): str(v) for k, v in kept.items()})
    return Received(name, moment, Origin.IMPORTED)


def _is_text(name: str) -> bool:
    return name.lower().endswith(".xml") and name.lower() not in METADATA


def _reader(path: Path, limit: int) -> Callable[[], bytes]:
    def read() -> bytes:
        try:
            with path.open("rb") as stream:
                return _bounded(stream, str(path), limit)
        except OSError as error:
            raise InputError(
                f"cannot be read ({error.strerror or error}).", where=str(path)
            ) from error

    return read


def _bounded(stream: IO[bytes], name: str, limit: int) -> bytes:
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise InputError(f"is larger than {limit // 2**20} MB, which no bill is.", where=name)
    return data


def _zipped(path: Path, limit: int) -> Iterator[Candidate]:
    try:
        with zipfile.ZipFile(path) as package:
            members = [m for m in package.infolist() if not m.is_dir()]
            if len(members) > _MAX_FILES:
                raise InputError(f"holds more than {_MAX_FILES:,} files.", where=str(path))
            said, broken = _said_in(package, path, limit)
            yield from broken
            found = [
                Candidate(
                    f"{path}/{m.filename}",
                    _member(package, m, path, limit),
                    said.get(m.filename, {}),
                )
                for m in sorted(members, key=lambda m: m.filename)
                if _is_text(PurePosixPath(m.filename).name)
            ]
            yield from sorted(found, key=lambda c: bool(c.said.get("current", True)))
    except (zipfile.BadZipFile, OSError) as error:
        raise InputError(f"is a damaged zip ({error}).", where=str(path)) from None


def _member(
    package: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path, limit: int
) -> Callable[[], bytes]:
    name = f"{path}/{member.filename}"

    def read() -> bytes:
        try:
            with package.open(member) as stream:
                return _bounded(stream, name, limit)
        except _BROKEN as error:
            raise InputError(f"cannot be unpacked ({error}).", where=name) from None

    return read


def _said_in(package: zipfile.ZipFile, path: Path, limit: int) -> _Record:
    if RECORD not in package.namelist():
        return {}, []
    return _said(f"{path}/{RECORD}", _member(package, package.getinfo(RECORD), path, limit))


def _said(name: str, read: Callable[[], bytes]) -> _Record:
    """What the record says, and, as a file that cannot be taken, why it says no more."""
    try:
        said, wrong = read_record(read(), name)
    except InputError as unreadable:
        said, wrong = {}, unreadable
    return said, [_untakable(name, wrong)] if wrong else []


def _untakable(name: str, wrong: InputError) -> Candidate:
    def read() -> bytes:
        raise wrong

    return Candidate(name, read, {})
