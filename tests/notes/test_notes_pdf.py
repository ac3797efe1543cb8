"""The house's notes in the PDF, where they flow under their paragraph."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

try:
    import weasyprint  # noqa: F401
except (ImportError, OSError) as missing:  # OSError: the package is here, Pango is not
    pytest.skip(f"legannot[pdf] cannot be used here: {missing}", allow_module_level=True)

from legannot.render.pdf import render
from tests.notes.outputs import NOTES, noted


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not here")
def test_every_note_is_in_the_pdf(tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(render(noted()))
    command = ["pdftotext", "-layout", str(file), "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    words = " ".join(text.split())
    assert words.count("Note of the house.") == len(NOTES)
    assert "Words changed, please check." in words
    assert "alert(1)" in words
