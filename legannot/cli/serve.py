"""`legannot serve`: look at a site on this machine while it is being made."""

from __future__ import annotations

import signal
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import click

from legannot.cli import options
from legannot.errors import InputError, LegannotError, OutputError

DEFAULT = "site.yaml"
# Seconds between two looks at the files.
POLL = 0.5


@click.command(epilog="Example:  legannot serve site.yaml")
@click.argument(
    "config", metavar="[CONFIG|FOLDER]", type=click.Path(path_type=Path), required=False
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Listen on this port; 0 is any that is free.",
)
@options.no_embeddings
@options.model
@options.quiet
def serve(
    config: Path | None, port: int, no_embeddings: bool, model: str | None, quiet: bool
) -> None:
    """Preview a site on 127.0.0.1 and build it anew when a file changes.

    CONFIG is the site's YAML file (default site.yaml), FOLDER a site that was built.  The preview
    of a CONFIG is written to a folder of its own.  Ctrl-C stops.
    """
    config = config or Path(DEFAULT)
    if config.is_dir():
        _serve(config, config.name, port, (), quiet=quiet)
        return
    if not config.exists():
        raise InputError(
            "there is no such file or folder.",
            where=str(config),
            cure="Name the site's YAML file, or a folder that `legannot site` made.",
        )
    with tempfile.TemporaryDirectory(prefix="legannot-") as folder:
        use = not no_embeddings
        builder = _Builder(config, Path(folder), embeddings=use, model=model, quiet=quiet)
        builder.build()
        _serve(Path(folder), config.name, port, (builder,), quiet=quiet)


class _Builder:
    """Builds the site again when one of the files that it is made of differs."""

    def __init__(
        self, config: Path, folder: Path, *, embeddings: bool, model: str | None, quiet: bool
    ) -> None:
        self._config, self._folder = config, folder
        self._embeddings, self._model, self._quiet = embeddings, model, quiet
        self._seen = ""

    def build(self) -> None:
        """Build; raises `LegannotError`."""
        from legannot.cli.pipeline import Progress
        from legannot.cli.site import run, said

        self._seen = state(self._watched())
        say = Progress(quiet=self._quiet)
        built = run(
            self._config, self._folder, embeddings=self._embeddings, say=say, model=self._model
        )
        for line in said(built, self._folder)[:-1]:
            options.note(line, quiet=self._quiet)

    def look(self) -> None:
        """Build if a file differs; what is wrong is said, and the last good site stays."""
        if state(self._watched()) == self._seen:
            return
        try:
            self.build()
        except LegannotError as wrong:
            options.note(str(wrong))

    def _watched(self) -> Iterator[Path]:
        from legannot.resources import data
        from legannot.site import read

        yield self._config
        yield data("templates")
        # While the configuration is wrong, only it is looked at.
        with suppress(LegannotError):
            config = read(self._config)
            yield from filter(None, (config.notes, config.house, config.rules))
            for entry in config.bills:
                yield from (Path(config.resolved(name)) for name in entry.versions)


def state(paths: Iterable[Path]) -> str:
    """What tells whether files, or those of folders, are other than they were."""
    digest = sha256()
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else (path,):
            with suppress(OSError):
                known = file.stat()
                digest.update(f"{file}\0{known.st_mtime_ns}\0{known.st_size}\n".encode())
    return digest.hexdigest()


def _serve(
    folder: Path, name: str, port: int, builders: Iterable[_Builder], *, quiet: bool
) -> None:
    from legannot.site.server import HOST, Server

    stop = threading.Event()
    try:
        server = Server(folder, port, lambda: state((folder,)))
    except OSError as error:
        raise OutputError(
            f"cannot be listened on ({error.strerror or error}).",
            where=f"{HOST}:{port}",
            cure="Choose another port with --port, or 0 for any that is free.",
        ) from error
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    # A process that is told to end cleans up as one that is interrupted.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    options.note(f"{server.address} shows {name or folder}; Ctrl-C stops.", quiet=quiet)
    try:
        while not stop.wait(POLL):
            for builder in builders:
                builder.look()
    except KeyboardInterrupt:
        options.note("stopped.", quiet=quiet)
    finally:
        server.shutdown()
        server.server_close()
