"""The configuration: every fault names its line, and the published schema agrees with the code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from legannot.errors import InputError
from legannot.site import read
from tests.conftest import ROOT
from tests.site.places import CONFIG

SCHEMA = ROOT / "docs" / "schemas" / "site-config.json"
VALIDATOR = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))

WRONG = {
    "an unknown key": (f"{CONFIG}colour: red\n", 8, "`colour` is not a key here"),
    "a missing key": (CONFIG.replace("publisher: Example Institute\n", ""), 1, "`publisher`"),
    "an address of no site": (CONFIG.replace("https://bills.example.org/", "bills"), 2, "address"),
    "an address with a query": (CONFIG.replace("org/", "org/?a=1"), 2, "address"),
    "an address that ends a tag": (CONFIG.replace("org/", "org/'><script>"), 2, "address"),
    "bills as a text": (f"{CONFIG.partition('bills:')[0]}bills: all\n", 5, "must be a list"),
    "a bill without versions": (CONFIG.replace("versions:", "version:"), 6, "`version`"),
    "no bills": (f"{CONFIG.partition('bills:')[0]}bills: []\n", 1, "`bills` is missing"),
    "a title that is a list": (CONFIG.replace("Bills, Annotated", "[a, b]"), 1, "must be a text"),
    "a flag that is a word": (f"{CONFIG}embeddings: perhaps\n", 8, "true or false"),
}


def wrong(tmp_path: Path, text: str) -> InputError:
    path = tmp_path / "site.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read(path)
    return caught.value


@pytest.mark.parametrize("name", WRONG)
def test_a_fault_names_the_file_the_line_and_the_cure(tmp_path: Path, name: str) -> None:
    text, line, says = WRONG[name]
    error = wrong(tmp_path, text)
    assert (error.where, error.line) == ("site.yaml", line)
    assert says in error.what


@pytest.mark.parametrize("name", WRONG)
def test_the_published_schema_refuses_what_the_program_refuses(name: str) -> None:
    assert not VALIDATOR.is_valid(yaml.safe_load(WRONG[name][0]))


def test_the_published_schema_takes_what_the_program_takes(tmp_path: Path) -> None:
    for text in (CONFIG, CONFIG.replace("[sample:model-access]", "sample:model-access")):
        path = tmp_path / "site.yaml"
        path.write_text(text, encoding="utf-8")
        assert read(path).bills[0].versions == ("sample:model-access",)
        VALIDATOR.validate(yaml.safe_load(text))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "must hold"),
        ("a: [", "is not YAML"),
        ("title: &a x\nbills: *a\n", "alias"),
        ("title: a\ntitle: b\n", "stands twice"),
        (f"{CONFIG}notes: nowhere\n", "there is no folder"),
        (f"{CONFIG}  - versions: ['-']\n", "standard input"),
        (f"{CONFIG}    id: bill one\n", "is not a bill id"),
    ],
)
def test_what_only_the_program_can_see_is_an_error_too(
    tmp_path: Path, text: str, says: str
) -> None:
    assert says in wrong(tmp_path, text).what


def test_a_missing_file_is_an_error_and_no_traceback(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read(tmp_path / "nothing.yaml")


def test_an_address_ends_with_one_slash(tmp_path: Path) -> None:
    path = tmp_path / "site.yaml"
    for given in ("https://example.org/bills", "https://example.org/bills//"):
        path.write_text(CONFIG.replace("https://bills.example.org/", given), encoding="utf-8")
        assert read(path).address == "https://example.org/bills/"
