"""Files by the hash of their content: written whole or not at all, never changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from legannot import atomic
from legannot.errors import InputError, OutputError


class Files:
    """The files below one folder, each named by the SHA-256 of what it holds."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, sha256: str) -> Path:
        """Where the file of that hash is, or would be."""
        return self._folder / sha256[:2] / sha256

    def put(self, data: bytes) -> str:
        """Keep `data` and give its SHA-256.

        Called inside the transaction that names it: whoever clears away holds the same lock, and so
        never sees a file that is about to be named.  Raises `OutputError` if it cannot be written.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        path = self.path(sha256)
        try:
            # A damaged file is written anew.
            if not (path.is_file() and path.read_bytes() == data):
                path.parent.mkdir(parents=True, exist_ok=True)
                atomic.write(path, data)
        except OSError as error:
            raise OutputError(
                f"cannot be written ({error.strerror or error}); nothing was stored.",
                where=str(path),
                cure="Check the space and the permissions of the library's folder.",
            ) from error
        return sha256

    def read(self, sha256: str) -> bytes:
        """The bytes of that hash, checked.  Raises `InputError` if they are gone or damaged."""
        path = self.path(sha256)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise InputError(
                f"the library's file cannot be read ({error.strerror or error}).",
                where=str(path),
                cure="`legannot library verify` lists all that is wrong; fetch the bill again.",
            ) from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise InputError(
                "the library's file is damaged: it does not have its SHA-256.",
                where=str(path),
                cure="Fetch the bill again; that replaces it.",
            )
        return data

    def holds(self, sha256: str) -> bool:
        """Whether the bytes of that hash are there and undamaged."""
        try:
            return (
                bool(sha256)
                and hashlib.sha256(self.path(sha256).read_bytes()).hexdigest() == sha256
            )
        except OSError:
            return False

    def all(self) -> Iterator[Path]:
        """Every file, finished or not."""
        if self._folder.is_dir():
            yield from (path for path in self._folder.glob("*/*") if path.is_file())
