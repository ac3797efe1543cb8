"""The folder of a site: written whole or not at all; what others put there is not touched.

    prepare   new pages into FOLDER/.legannot-new, the site as it was beside them
    commit    a journal that names every move and deletion, then the moves, then the deletions,
              the manifest last

A run that is killed while it prepares leaves the old site as it was.  One that is killed while it
commits leaves every file whole and every link leading somewhere, since pages come before what
leads to them and go after it; the next run finds the journal and carries it to its end.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath

from legannot import atomic
from legannot.errors import OutputError

MANIFEST = ".legannot-site.json"
STAGING = ".legannot-new"
JOURNAL = "journal.json"
SCHEMA = "legannot/site-manifest/1"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the last run wrote: SHA-256 of each file, and what was kept of each bill."""

    files: Mapping[str, str]
    bills: Mapping[str, Mapping[str, object]]


EMPTY = Manifest({}, {})


@dataclass(frozen=True, slots=True)
class Outcome:
    """Files written, left as they were, and removed; `kept` were not removed, being changed."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    kept: tuple[str, ...]


def digest(data: bytes) -> str:
    """The SHA-256 of some bytes."""
    return sha256(data).hexdigest()


class Store:
    """The folder of a site.  Every method raises `OutputError` where the disk refuses."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.staging = folder / STAGING

    def open(self) -> Manifest:
        """Finish or clear away what an earlier run left, and say what that one wrote."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if (self.staging / JOURNAL).is_file():
                self._roll_forward()
            shutil.rmtree(self.staging, ignore_errors=True)
            self.staging.mkdir()
            return self._manifest()
        except OSError as error:
            raise self._refused(error) from error

    def _manifest(self) -> Manifest:
        path = self.folder / MANIFEST
        if not path.is_file():
            return EMPTY
        try:
            value = json.loads(path.read_bytes())
            if value["schema"] != SCHEMA:
                return EMPTY
            files = {safe(str(name)): str(sha) for name, sha in value["files"].items()}
            return Manifest(files, dict(value["bills"]))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise OutputError(
                "is damaged.",
                where=str(path),
                cure="Delete the folder of the site and build it anew.",
            ) from error

    def intact(self, name: str, sha: str) -> bool:
        """Whether a file is there as it was written."""
        try:
            return digest((self.folder / name).read_bytes()) == sha
        except OSError:
            return False

    def stage(self, name: str, data: bytes) -> str:
        """Write a file where it will be moved from; returns its SHA-256."""
        path = self.staging / safe(name)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        except OSError as error:
            raise self._refused(error) from error
        return digest(data)

    def commit(
        self, before: Manifest, after: Manifest, staged: Iterable[str], last: Iterable[str]
    ) -> Outcome:
        """Make the folder what `after` says; `last` are the files that lead to all others."""
        try:
            return self._commit(before, after, set(staged), tuple(last))
        except OSError as error:
            raise self._refused(error) from error
        finally:
            if not (self.staging / JOURNAL).is_file():
                shutil.rmtree(self.staging, ignore_errors=True)

    def discard(self) -> None:
        """Clear away what was prepared."""
        shutil.rmtree(self.staging, ignore_errors=True)

    def _commit(
        self, before: Manifest, after: Manifest, staged: set[str], last: tuple[str, ...]
    ) -> Outcome:
        self._refuse_foreign(before, after)
        moves = [n for n in after.files if n in staged and not self.intact(n, after.files[n])]
        moves.sort(key=lambda name: (name in last, name))
        gone = sorted(set(before.files) - set(after.files))
        there = [name for name in gone if (self.folder / name).exists()]
        removed = [name for name in there if self.intact(name, before.files[name])]
        manifest = json.dumps(
            {"schema": SCHEMA, "files": dict(sorted(after.files.items())), "bills": after.bills},
            ensure_ascii=False,
            indent=1,
            sort_keys=True,
        ).encode("utf-8", "replace")
        if not moves and not removed and self.intact(MANIFEST, digest(manifest)):
            return Outcome((), tuple(after.files), (), ())
        self.stage(MANIFEST, manifest)
        journal = json.dumps({"moves": [*moves, MANIFEST], "removed": removed})
        atomic.write(self.staging / JOURNAL, journal.encode())
        self._roll_forward()
        written = set(moves)
        return Outcome(
            tuple(moves),
            tuple(name for name in after.files if name not in written),
            tuple(removed),
            tuple(name for name in there if name not in removed),
        )

    def _roll_forward(self) -> None:
        journal = json.loads((self.staging / JOURNAL).read_bytes())
        *moves, manifest = (safe(name) for name in journal["moves"])
        for name in moves:
            self._move(name)
        for name in map(safe, journal["removed"]):
            (self.folder / name).unlink(missing_ok=True)
            self._prune((self.folder / name).parent)
        self._move(manifest)
        (self.staging / JOURNAL).unlink()

    def _move(self, name: str) -> None:
        source, target = self.staging / name, self.folder / name
        if source.exists():  # not there if a run that was killed had moved it already
            target.parent.mkdir(parents=True, exist_ok=True)
            source.replace(target)

    def _prune(self, folder: Path) -> None:
        with suppress(OSError):  # a folder with something else in it stays
            while folder != self.folder:
                folder.rmdir()
                folder = folder.parent

    def _refuse_foreign(self, before: Manifest, after: Manifest) -> None:
        for name, sha in after.files.items():
            path = self.folder / name
            if name not in before.files and path.exists() and not self.intact(name, sha):
                raise OutputError(
                    "is in the way; the site did not make it.",
                    where=str(path),
                    cure="Move it, or choose another folder with -o.",
                )

    def _refused(self, error: OSError) -> OutputError:
        return OutputError(
            f"cannot be written ({error.strerror or error}); the old site was left as it was.",
            where=str(error.filename or self.folder),
            cure="Make room, or choose another folder with -o.",
        )


def safe(name: str) -> str:
    """A name that stays inside the folder; raises `ValueError` for any other."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or not path.parts:
        raise ValueError(f"{name!r} does not lie inside the site")
    return name


__all__ = ["EMPTY", "Manifest", "Outcome", "Store", "digest", "safe"]
