"""Run legannot as a user does, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT


@dataclass(frozen=True)
class Run:
    """How a run ended and what it printed."""

    code: int
    out: str
    err: str


def legannot(
    *arguments: object,
    cwd: Path | None = None,
    stdin: bytes = b"",
    stdout: str = "",
    **environment: str,
) -> Run:
    """Run it; standard output goes into the file `stdout` if that names one."""
    with Path(stdout).open("wb") if stdout else nullcontext(subprocess.PIPE) as out_to:
        done = subprocess.run(
            [sys.executable, "-m", "legannot", *map(str, arguments)],
            cwd=cwd or ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **environment},
            input=stdin,
            stdout=out_to,
            stderr=subprocess.PIPE,
            check=False,
        )
    encoding = environment.get("PYTHONIOENCODING", "utf-8").partition(":")[0]
    out, err = (done.stdout or b"").decode(encoding), done.stderr.decode(encoding)
    assert "Traceback" not in err, err
    return Run(done.returncode, out, err)
