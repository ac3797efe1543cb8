"""The XML files of the corpus, each parsed once for all tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from legannot.model import Bill
from legannot.parse import parse
from legannot.source import resolve
from tests.conftest import CORPUS

FOLDERS = ("bills", "resolutions", "amendments", "rebuilt", "public-laws", "other/comps")


def is_uslm(file: Path) -> bool:
    return ".uslm" in file.name or "comps" in file.parts


EVERY = sorted(file for folder in FOLDERS for file in (CORPUS / folder).rglob("*.xml"))
FILES = [file for file in EVERY if not is_uslm(file)]
USLM_FILES = [file for file in EVERY if is_uslm(file)]


@cache
def read(file: Path) -> Bill:
    (source,) = resolve([str(file)])
    return parse(source)
