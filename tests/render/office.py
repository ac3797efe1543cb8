"""Opens Word documents in LibreOffice and prints what all changes taken or refused leave of them.

Run by a Python that has LibreOffice's `uno`: `python office.py FILE...` prints, for each file, a
line of JSON with the paragraphs after "accept" and after "reject".
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import uno  # type: ignore[import-not-found]

PATIENCE = 60
_COMMANDS = {"accept": ".uno:AcceptAllTrackedChanges", "reject": ".uno:RejectAllTrackedChanges"}


def main(paths: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        pipe = f"legannot-{Path(folder).name}"
        office = subprocess.Popen(
            [  # noqa: S607
                "soffice",
                "--headless",
                "--norestore",
                "--nologo",
                f"-env:UserInstallation={Path(folder).as_uri()}",
                f"--accept=pipe,name={pipe};urp",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            services = connect(pipe).ServiceManager
            desktop = services.createInstance("com.sun.star.frame.Desktop")
            dispatcher = services.createInstance("com.sun.star.frame.DispatchHelper")
            for path in paths:
                found = {key: after(desktop, dispatcher, path, c) for key, c in _COMMANDS.items()}
                print(json.dumps(found), flush=True)  # noqa: T201
        finally:
            office.terminate()
            office.wait(PATIENCE)


def connect(pipe: str) -> Any:  # noqa: ANN401
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:  # UNO's own exceptions are made at run time
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def after(desktop: Any, dispatcher: Any, path: str, command: str) -> list[str]:  # noqa: ANN401
    hidden = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
    hidden.Name, hidden.Value = "Hidden", True
    document = desktop.loadComponentFromURL(Path(path).as_uri(), "_blank", 0, (hidden,))
    dispatcher.executeDispatch(document.CurrentController.Frame, command, "", 0, ())
    texts = list(paragraphs(document.Text))
    document.close(True)
    return texts


def paragraphs(text: Any) -> Iterator[str]:  # noqa: ANN401
    blocks = text.createEnumeration()
    while blocks.hasMoreElements():
        block = blocks.nextElement()
        if block.supportsService("com.sun.star.text.TextTable"):
            for name in block.CellNames:
                yield from paragraphs(block.getCellByName(name))
        else:
            yield block.String


if __name__ == "__main__":
    main(sys.argv[1:])
