"""govinfo's zip packages: the bill inside, read in memory and bounded; nothing is ever unpacked."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath

from legannot.errors import InputError
from legannot.source.names import METADATA

# A package of one bill holds 6 files; a bulk download of a Congress holds up to 10,000 bills.
MAX_MEMBERS = 1000
_DIRECTORY_ENTRY = b"PK\x01\x02"
_CURE = "Download the package again from govinfo.gov, or give the XML file inside it."


@dataclass(frozen=True, slots=True)
class Package:
    """The bill texts of a package by their names in it, and its MODS record, if it has one."""

    texts: tuple[tuple[str, bytes], ...]
    mods: bytes | None


def open_package(content: bytes, name: str, limit: int) -> Package:
    """Read a package: its bill XML, else its plain text, and what MODS says of them.

    At most `limit` bytes are read of all members together.  Raises `InputError` for what is
    damaged, encrypted, too large, names places outside itself or holds no bill.
    """
    if content.count(_DIRECTORY_ENTRY) > MAX_MEMBERS:
        raise InputError(f"holds more than {MAX_MEMBERS:,} files.", where=name, cure=_CURE)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            members = package.infolist()
            _check_names(members, name)
            chosen = _chosen(members)
            if not chosen:
                raise InputError("holds no bill text.", where=name, cure=_CURE)
            records = [m for m in members if PurePosixPath(m.filename).name == "mods.xml"]
            mods = records[:1]
            read = _read(package, [*mods, *chosen], name, limit)
            return Package(tuple(read[len(mods) :]), read[0][1] if mods else None)
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError) as error:
        raise InputError(f"is a damaged zip ({error}).", where=name, cure=_CURE) from None
    except (NotImplementedError, RuntimeError, ValueError) as error:
        # zipfile says these of unknown compression, passwords and malformed headers.
        raise InputError(f"cannot be read as a zip ({error}).", where=name, cure=_CURE) from None


def _check_names(members: list[zipfile.ZipInfo], name: str) -> None:
    for member in members:
        path = PurePosixPath(member.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in member.filename:
            raise InputError(
                f"names a file outside itself ({member.filename[:80]!r}).", where=name, cure=_CURE
            )


def _chosen(members: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """The XML files that are no metadata, of the `xml` folder if there is one; else web pages."""
    files = [m for m in members if not m.is_dir()]
    texts = [
        m
        for m in files
        if m.filename.lower().endswith(".xml")
        and PurePosixPath(m.filename).name.lower() not in METADATA
    ]
    in_folder = [m for m in texts if "xml" in PurePosixPath(m.filename).parts[:-1]]
    pages = [m for m in files if m.filename.lower().endswith((".htm", ".txt"))]
    return sorted(in_folder or texts or pages, key=lambda m: m.filename)


def _read(
    package: zipfile.ZipFile, members: list[zipfile.ZipInfo], name: str, limit: int
) -> list[tuple[str, bytes]]:
    # `zipfile` never reads more of a member than the size it declares.
    if sum(member.file_size for member in members) > limit:
        raise InputError(
            f"unpacks to more than {limit // 2**20} MB, which no bill does.",
            where=name,
            cure=_CURE,
        )
    return [(member.filename, package.read(member)) for member in members]
