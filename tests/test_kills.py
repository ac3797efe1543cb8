"""A run that is killed at any moment harms and doubles nothing; the next one goes on."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.conftest import ROOT


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills children that were forked")
@pytest.mark.parametrize("work", ["fetch", "track"])
def test_fifty_runs_that_are_killed_at_random_moments_harm_nothing(work: str) -> None:
    done = subprocess.run(
        [sys.executable, "-B", ROOT / "bench" / "kills.py", work, "--times", "50"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 things wrong" in done.stdout
    assert done.stdout.startswith("50 of ")
