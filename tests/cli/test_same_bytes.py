"""The same input gives the same bytes, in every format."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

pytest.importorskip("resource", reason="runs are forked, which not every system can")

from tests.cli.outputs import commands
from tests.cli.stopped import Runs

COMMANDS = commands("sample:model-access/rh", "sample:model-access/eh")
# What differs between two runs if anything does: the order in which Python keeps sets of words.
SEEDS = (1, 2)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Runs]]:
    folders = [tmp_path_factory.mktemp(f"seed-{seed}") for seed in SEEDS]
    with Runs(folders[0], SEEDS[0]) as one, Runs(folders[1], SEEDS[1]) as other:
        yield [one, other]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_same_input_gives_the_same_bytes(name: str, both: list[Runs]) -> None:
    made = []
    for runs in both:
        assert runs.run("here", *COMMANDS[name]).code == 0
        made.append((runs.folder / name).read_bytes())
    assert made[0]
    assert made[0] == made[1]
