"""The one way to packaged data."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from legannot import resources
from legannot.resources import data
from tests.conftest import ROOT


@pytest.mark.parametrize("kind", ["templates", "rules", "corpus"])
def test_a_checkout_finds_the_folder_beside_the_package(kind: str) -> None:
    assert data(kind) == ROOT / kind


def test_a_folder_inside_the_package_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "legannot"
    (package / "rules").mkdir(parents=True)
    (tmp_path / "rules").mkdir()
    monkeypatch.setattr(resources, "_PACKAGE", package)
    assert data("rules") == package / "rules"


def test_a_broken_installation_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "legannot")
    with pytest.raises(FileNotFoundError, match="rules folder is missing; reinstall legannot"):
        data("rules")


def test_nothing_else_in_the_package_looks_for_data_by_its_own_path() -> None:
    found = [
        file.name
        for file in (ROOT / "legannot").rglob("*.py")
        if file.name != "resources.py" and re.search(r"\b__file__\b", file.read_text("utf-8"))
    ]
    assert found == []
