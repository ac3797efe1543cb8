"""The site's configuration: a YAML file, checked line by line.

The published schema is `docs/schemas/site-config.json`; the tests hold the two together.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from legannot.errors import InputError, RuleError
from legannot.model import BillId
from legannot.tag.yamlfile import Document, Place
from legannot.tag.yamlfile import read as read_yaml

REQUIRED = ("title", "address", "publisher", "bills")
KEYS = (*REQUIRED, "description", "notes", "house", "rules", "embeddings")
BILL_KEYS = ("versions", "id", "title", "summary")


@dataclass(frozen=True, slots=True)
class Entry:
    """A bill of the site: names of its versions as a command takes them, and the house's words.

    `id` is empty where the documents say themselves which bill they are; `title` replaces the short
    title; `line` is where the entry stands in the file.
    """

    versions: tuple[str, ...]
    id: str
    title: str
    summary: str
    line: int


@dataclass(frozen=True, slots=True)
class Config:
    """What the site is and what it holds.

    `address` is where it will be read, with a slash at its end; folders are absolute, None where
    there is none.
    """

    path: Path
    title: str
    address: str
    publisher: str
    description: str
    bills: tuple[Entry, ...]
    notes: Path | None
    house: Path | None
    rules: Path | None
    embeddings: bool

    @property
    def folder(self) -> Path:
        """The folder that names in the file are relative to."""
        return self.path.parent

    def resolved(self, name: str) -> str:
        """A version's name as `source` takes it: a file of the folder, or the name as it is."""
        path = self.folder / name
        return str(path) if name != "-" and path.exists() else name


def read(path: Path) -> Config:
    """The configuration in a file.  Raises `InputError` with the line of what is wrong."""
    try:
        return _config(read_yaml(path))
    except RuleError as wrong:
        raise InputError(wrong.what, where=wrong.where, line=wrong.line, cure=wrong.cure) from None


def _config(document: Document) -> Config:
    _keys(document, (), KEYS, REQUIRED)
    path = document.path.resolve()
    return Config(
        path=path,
        title=_text(document, "title"),
        address=_address(document),
        publisher=_text(document, "publisher"),
        description=_text(document, "description"),
        bills=_bills(document),
        notes=_folder(document, path, "notes"),
        house=_folder(document, path, "house"),
        rules=_folder(document, path, "rules"),
        embeddings=_flag(document, "embeddings"),
    )


def _keys(document: Document, at: Place, known: tuple[str, ...], required: tuple[str, ...]) -> None:
    for name in document.names(*at):
        if name not in known:
            raise document.error(
                f"`{name}` is not a key here.", (*at, name), f"The keys are {', '.join(known)}."
            )
    for name in required:
        if document.get(*at, name) in (None, "", []):
            raise document.error(f"`{name}` is missing.", at, f"Add a line `{name}: ...`.")


def _text(document: Document, *at: str | int) -> str:
    value = document.get(*at)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise document.error(f"`{at[-1]}` must be a text.", at, "Put it in quotation marks.")
    return " ".join(value.split())


def _flag(document: Document, name: str) -> bool:
    value = document.get(name)
    if value is None:
        return True
    if not isinstance(value, bool):
        raise document.error(f"`{name}` must be true or false.", (name,))
    return value


def _address(document: Document) -> str:
    address = _text(document, "address")
    parts = urlsplit(address)
    plain = address.isascii() and address.isprintable() and " " not in address
    if not plain or parts.scheme not in ("http", "https") or not parts.hostname:
        raise document.error(
            f"`address` is {address!r}, not where a site can be read.",
            ("address",),
            "Give it as https://example.org/bills/.",
        )
    if parts.query or parts.fragment or set(address) & set("<>\"'\\"):
        raise document.error("`address` must end with the folder of the site.", ("address",))
    return f"{address.rstrip('/')}/"


def _folder(document: Document, path: Path, name: str) -> Path | None:
    given = _text(document, name)
    if not given:
        return None
    folder = path.parent / given
    if not folder.is_dir():
        raise document.error(f"there is no folder {given!r}.", (name,), "Make it, or drop the key.")
    return folder


def _bills(document: Document) -> tuple[Entry, ...]:
    if not isinstance(document.get("bills"), list):
        raise document.error("`bills` must be a list.", ("bills",), "Begin each bill with `- `.")
    return tuple(_entry(document, at) for at, _ in document.items("bills"))


def _entry(document: Document, at: Place) -> Entry:
    if not isinstance(document.get(*at), dict):
        raise document.error(
            "a bill must be a mapping.", at, "Write `- versions: [ih.xml, eh.xml]`."
        )
    _keys(document, at, BILL_KEYS, ("versions",))
    versions = document.get(*at, "versions")
    if isinstance(versions, str):
        names: tuple[str, ...] = (versions,)
    elif isinstance(versions, list):
        names = document.strings(*at, "versions")
    else:
        raise document.error("`versions` must be a list of names.", (*at, "versions"))
    if "-" in names:
        raise document.error(
            "a site cannot read standard input.", (*at, "versions"), "Name a file."
        )
    return Entry(
        versions=names,
        id=_id(document, at),
        title=_text(document, *at, "title"),
        summary=_text(document, *at, "summary"),
        line=document.line(at),
    )


def _id(document: Document, at: Place) -> str:
    given = _text(document, *at, "id")
    if not given:
        return ""
    try:
        return str(BillId.parse(given))
    except ValueError as wrong:
        raise document.error(f"{wrong}.", (*at, "id")) from None


__all__ = ["Config", "Entry", "read"]
