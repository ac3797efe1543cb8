"""Take bills from files at hand into the library, each under the name that it gives itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from legannot.errors import InputError
from legannot.model import BillId
from legannot.parse import parse
from legannot.source import from_bytes
from legannot.source.files import MAX_BYTES
from legannot.source.library import Addition, Kind, Library
from legannot.source.library.exchange import Candidate, candidates, received
from legannot.source.names import read_name


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of the files: those put in, and a sentence on whatever was wrong."""

    additions: tuple[Addition, ...]
    refused: tuple[str, ...]


def import_files(
    library: Library,
    path: Path,
    moment: str,
    say: Callable[[int], None] = lambda _: None,
) -> Imported:
    """Import a file, a folder with its folders, or a zip of XML.

    `moment` (ISO 8601, UTC) is when that is; `say` hears how many files are done.  Each file is
    committed by itself.  Raises `InputError` if there is nothing at `path` or no XML in it.
    """
    if not path.exists():
        raise InputError("there is no such file or folder.", where=str(path))
    additions: list[Addition] = []
    refused: list[str] = []
    for done, candidate in enumerate(candidates(path, MAX_BYTES), start=1):
        try:
            data = candidate.read()
            believed, doubt = _believed(candidate, data)
            refused += doubt
            additions.append(_put(library, believed, data, moment))
        except InputError as error:
            refused.append(str(error))
        say(done)
    if not additions and not refused:
        raise InputError(
            "holds no .xml file.", where=str(path), cure="Give bill XML from govinfo.gov."
        )
    return Imported(tuple(additions), tuple(refused))


def _believed(candidate: Candidate, data: bytes) -> tuple[Candidate, list[str]]:
    """A bill without what its record says of other bytes, and a sentence on that.

    Else an address and a moment would be told of words that never stood there.
    """
    if candidate.said.get("kind") != Kind.BILL or not _differs(candidate.said, data):
        return candidate, []
    doubt = InputError(
        "is not the file that the record beside it speaks of; it is taken as a file.",
        where=candidate.name,
        cure="Export it again if it should tell where it was fetched.",
    )
    return replace(candidate, said={}), [str(doubt)]


def _put(library: Library, candidate: Candidate, data: bytes, moment: str) -> Addition:
    name = candidate.name
    if not data.strip():
        raise InputError("the file is empty.", where=name)
    bill, version, kind, title = _identity(candidate, data)
    published = candidate.said.get("published")
    with library.writing() as write:
        record = library.record(bill)
        if title and not record.title:
            # Until a source is asked, the bill's own words name it in the list.
            write.record(replace(record, title=title))
        return write.add(
            bill,
            version,
            data,
            received(candidate.said, name, moment),
            published=published if isinstance(published, str) else "",
            kind=kind,
        )


def _identity(candidate: Candidate, data: bytes) -> tuple[BillId, str, Kind, str]:
    """Which version a file is, and the bill's title; by its own words, else by its name."""
    read = parse(from_bytes(candidate.name, data))
    if candidate.said.get("kind") == Kind.AMENDMENT:
        return _amendment(candidate, data)
    if read.id is None or not read.version:
        missing = "which bill" if read.id is None else "which version"
        raise InputError(
            f"does not say {missing} it is ({read.document}).",
            where=candidate.name,
            cure="Name the file as govinfo does, such as BILLS-119hr1316ih.xml.",
        )
    return read.id, read.version, Kind.BILL, read.title or read.official_title


def _amendment(candidate: Candidate, data: bytes) -> tuple[BillId, str, Kind, str]:
    """An amendment does not say its number in its XML: the record of its export has to."""
    said = candidate.said
    # Ids of the record say their Congress; the day is of no account.
    named = read_name(str(said.get("bill", "")), date.min)
    version = str(said.get("version", ""))
    whole = read_name(f"{named.bill.congress}{version}", date.min) if named else None
    if named is None or whole is None or not whole.amendment or _differs(said, data):
        raise InputError("the record beside it does not fit it.", where=candidate.name)
    return named.bill, version, Kind.AMENDMENT, ""


def _differs(said: object, data: bytes) -> bool:
    return not isinstance(said, dict) or said.get("sha256") != sha256(data).hexdigest()
