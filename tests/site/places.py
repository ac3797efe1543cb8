"""Small sites to be built in the tests' own process, by rules alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from legannot.cli.analyst import Analyst
from legannot.resources import data
from legannot.site import Built, build, read
from legannot.source import resolve

CONFIG = """\
title: Bills, Annotated
address: https://bills.example.org/
publisher: Example Institute
description: What bills before Congress would do.
bills:
  - versions: [sample:model-access]
    summary: Our view in one sentence.
"""


@cache
def analyst() -> Analyst:
    """Loaded once for all tests."""
    return Analyst(None, embeddings=False)


@dataclass
class Place:
    """A configuration in a folder of its own, and the site that is built of it."""

    folder: Path

    @property
    def config(self) -> Path:
        return self.folder / "site.yaml"

    @property
    def public(self) -> Path:
        return self.folder / "public"

    def configure(self, text: str) -> None:
        self.config.write_text(text, encoding="utf-8")

    def build(self, output: Path | None = None) -> Built:
        return build(
            read(self.config),
            output or self.public,
            analyst,
            identity="rules alone",
            resolve=resolve,
            say=lambda _: None,
            workers=1,
        )

    def page(self, name: str) -> str:
        return (self.public / name).read_text(encoding="utf-8")

    def files(self) -> dict[str, bytes]:
        return contents(self.public)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def two_sample_bills(folder: Path) -> None:
    """Two bills out of the words of one, each in two versions."""
    sample = data("corpus") / "sample" / "model-access"
    for number in ("99990", "99991"):
        for code in ("ih", "rh"):
            text = (sample / f"{code}.xml").read_text(encoding="utf-8").replace("99990", number)
            (folder / f"{number}-{code}.xml").write_text(text, encoding="utf-8")


def two_bill_site(folder: Path, more: str = "") -> Place:
    """A site of the sample bill and of one in one version; `more` is said of that one."""
    made = Place(folder)
    two_sample_bills(folder)
    made.configure(f"{CONFIG}  - versions: [99991-ih.xml]\n{more}")
    made.build()
    return made


def two_bills(*, second: bool = True) -> str:
    entries = [("99990", True), ("99991", second)]
    lines = [
        f"  - versions: [{number}-ih.xml, {number}-rh.xml]\n"
        for number, wanted in entries
        if wanted
    ]
    return CONFIG.partition("bills:")[0] + "bills:\n" + "".join(lines)
