"""Run commands in children of one process, each stopped in its own way while it writes.

A process that has loaded everything forks for each command: to start Python for every one of some
hundred runs would take minutes. Reads one JSON object a line: `how` (see `STOPS`), the `arguments`
and what is typed; answers each with one line: the `code` (below zero: the signal) and the `errors`.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType, TracebackType
from typing import IO, Any, Self
from unittest import mock

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))


@dataclass(frozen=True)
class Ended:
    """How a run ended and what it said of it."""

    code: int
    errors: str

    @property
    def killed(self) -> bool:
        """Whether it did not end by itself."""
        return self.code == -signal.SIGKILL


class Runs:
    """The process that forks; commands run in `folder`, and sets of words in an order of `seed`."""

    def __init__(self, folder: Path, seed: int = 0) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, __file__], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            # Python writes what it compiles in one write that may fall short, and without room it
            # would leave half a module to whoever imports it next.
            env={"PATH": "", "XDG_CACHE_HOME": str(folder / ".cache"), "HOME": str(folder),
                 "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": str(seed)},
        )  # fmt: skip

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._pipe(self.process.stdin).close()
        self._pipe(self.process.stdout).close()
        self.process.wait()

    def run(self, how: str, *arguments: str, typed: str = "") -> Ended:
        """Run one command; `here` runs it in the process that forks, which then has it loaded."""
        asked = json.dumps({"how": how, "arguments": arguments, "typed": typed})
        to = self._pipe(self.process.stdin)
        to.write(asked.encode() + b"\n")
        to.flush()
        return Ended(**json.loads(self._pipe(self.process.stdout).readline()))

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        assert pipe is not None
        return pipe


def _killed(_: str) -> None:
    """All is written but not yet in its place: the last moment that counts."""

    def kill(_: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    mock.patch.object(os, "fsync", kill).start()


def _full(size: str) -> None:
    """No file may become longer: to a program it is a disk without room, for the same write fails.

    Limits count for whole processes and errors go through a pipe, which has none.
    """
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(size), hard))


def _at(step: str) -> None:
    """Killed before the line of that number, counted over all that write the file."""
    from legannot import atomic
    from legannot.cli import output

    writers = {output.__file__, atomic.__file__}
    left = int(step)

    def trace(frame: FrameType, event: str, _: Any) -> Any:  # noqa: ANN401 - as `sys` has it
        nonlocal left
        if frame.f_code.co_filename not in writers:
            return None
        if event == "line":
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    sys.settrace(trace)


def _whole(_: str) -> None:
    """It ends by itself."""


STOPS = {"killed": _killed, "full": _full, "at": _at, "whole": _whole}


def command(arguments: Sequence[str]) -> int:
    """Run one command in this process and give its exit code."""
    from legannot.cli import main

    sys.argv = ["legannot", *arguments]
    try:
        main()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 1
    return 0


def _child(how: str, arguments: Sequence[str], typed: int, errors: int) -> None:
    code = 70
    try:
        # All that a command says goes where its errors go.
        for target, source in enumerate((typed, errors, errors)):
            os.dup2(source, target)
        sys.stdin, sys.stdout, sys.stderr = os.fdopen(0), os.fdopen(1, "w"), os.fdopen(2, "w")
        name, _, value = how.partition(":")
        STOPS[name](value)
        code = command(arguments)
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        # Whatever happened, a child must not go on as a second parent.
        os._exit(code)


def _forked(how: str, arguments: Sequence[str], typed: str) -> dict[str, int | str]:
    (keys, keyboard), (errors, screen) = os.pipe(), os.pipe()
    os.write(keyboard, typed.encode())
    os.close(keyboard)
    child = os.fork()
    if child == 0:
        os.close(errors)
        _child(how, arguments, keys, screen)
    os.close(keys)
    os.close(screen)
    with os.fdopen(errors, "rb") as stream:
        said = stream.read().decode()
    return {"code": os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), "errors": said}


def answer() -> None:
    """Answer until there is no more to read."""
    # What commands say in this very process goes where its errors go.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for line in sys.stdin:
        asked = json.loads(line)
        if asked["how"] == "here":
            given: dict[str, int | str] = {"code": command(asked["arguments"]), "errors": ""}
        else:
            given = _forked(asked["how"], asked["arguments"], asked["typed"])
        print(json.dumps(given), file=answers, flush=True)


if __name__ == "__main__":
    answer()
