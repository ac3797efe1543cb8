"""A check that is killed at any moment is run again: nothing lost, nothing twice."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.conftest import ROOT


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills children that were forked")
def test_fifty_checks_that_are_killed_lose_no_alert_and_double_none() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "bench" / "kills.py", "track", "--times", "50"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 things wrong" in done.stdout
