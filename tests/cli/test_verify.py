"""`verify` proves that a report holds the official texts, and says where it does not."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from legannot.source import resolve
from tests.cli.program import Run, legannot
from tests.diff.test_formats import DTD, EACH, TITLE, USLM

NAMES = ("ih", "rh", "eh")


@dataclass(frozen=True)
class Case:
    """Three files of bill XML and reports on them, all in one folder."""

    folder: Path

    def path(self, name: str) -> Path:
        return self.folder / name

    def verify(self, report: str, *files: str) -> Run:
        return legannot("verify", report, *files, cwd=self.folder)

    def write(self, name: str, content: bytes) -> str:
        self.path(name).write_bytes(content)
        return name


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = tmp_path_factory.mktemp("verify")
    for name in NAMES:
        source = next(iter(resolve([f"sample:model-access/{name}"])))
        (folder / f"{name}.xml").write_bytes(source.data)
    files = [f"{name}.xml" for name in NAMES]
    for report in ("report.html", "report.docx"):
        made = legannot("report", *files, "--no-embeddings", "-q", "-o", report, cwd=folder)
        assert made.code == 0, made.err
    made = legannot("report", "eh.xml", "--no-embeddings", "-q", "-o", "one.html", cwd=folder)
    assert made.code == 0, made.err
    pairs = {
        "redline.docx": ("ih.xml", "eh.xml"),
        "static.docx": ("ih.xml", "eh.xml", "--static"),
        "part.docx": ("ih.xml", "eh.xml", "--section", "4"),
        "markup.docx": ("rh.xml", "--markup"),
    }
    for name, arguments in pairs.items():
        made = legannot("diff", *arguments, "-q", "-o", name, cwd=folder)
        assert made.code == 0, made.err
    return Case(folder)


ALL = ("ih.xml", "rh.xml", "eh.xml")


@pytest.mark.parametrize(
    ("report", "files"),
    [
        ("report.html", ALL),
        ("report.html", ("eh.xml", "ih.xml", "rh.xml")),
        ("report.docx", ALL),
        ("redline.docx", ("ih.xml", "eh.xml")),
        ("redline.docx", ("eh.xml", "ih.xml")),
        ("one.html", ("eh.xml",)),
        ("markup.docx", ("rh.xml",)),
    ],
)
def test_an_honest_report_is_confirmed_in_one_line(
    case: Case, report: str, files: tuple[str, ...]
) -> None:
    run = case.verify(report, *files)
    assert (run.code, run.err) == (0, "")
    assert run.out.count("\n") == 1
    assert "word for word" in run.out
    assert "agree" in run.out


def test_a_version_in_between_may_be_left_out_and_is_named(case: Case) -> None:
    run = case.verify("report.html", "ih.xml", "eh.xml")
    assert run.code == 0
    assert "not compared: rh.xml" in run.out


# ── tampering ────────────────────────────────────────────────────────────────────────────────────


def in_word(content: bytes, change: Callable[[str], str]) -> bytes:
    """A Word file with its main part changed."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(out, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "word/document.xml":
                text = part.decode()
                changed = change(text)
                assert changed != text
                part = changed.encode()
            target.writestr(name, part)
    return out.getvalue()


def swap(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("Not later than 90 days", "Not later than 900 days", ""),
        ("Entity List", "entity list", ""),
        ("It is the sense of Congress that", "It is the sense of  Congress that", "sec. 2(b)"),
    ],
    ids=["a number", "a capital", "a blank"],
)
def test_a_changed_word_in_the_redline_is_found(case: Case, old: str, new: str, place: str) -> None:
    page = case.path("report.html").read_text("utf-8")
    start = page.index('aria-labelledby="redline"')
    assert old in page[start:]
    tampered = page[:start] + page[start:].replace(old, new, 1)
    run = case.verify(case.write("t.html", tampered.encode()), *ALL)
    assert run.code == 1
    assert "differs from" in run.out
    assert place in run.out


def test_words_unmarked_or_marked_otherwise_are_found(case: Case) -> None:
    page = case.path("report.html").read_text("utf-8")
    start = page.index('aria-labelledby="redline"')
    ins = re.search(r"<ins>([^<]{20,})</ins>", page[start:])
    assert ins
    for instead in (ins[1], f"<del>{ins[1]}</del>", ""):
        tampered = page[:start] + page[start:].replace(ins[0], instead, 1)
        run = case.verify(case.write("t.html", tampered.encode()), *ALL)
        assert run.code == 1, instead
        assert ins[1][:30] in run.out


@pytest.mark.parametrize("report", ["report.docx", "redline.docx"])
@pytest.mark.parametrize(
    "change",
    [
        swap("the Secretary determines", "the Secretary believes"),
        swap(">(b)<", ">(z)<"),
        lambda text: re.sub(r"<w:ins [^>]*>(<w:r>.*?</w:r>)</w:ins>", r"\1", text, count=1),
        lambda text: re.sub(
            r"<w:moveTo ([^>]*)>(<w:r>.*?</w:r>)</w:moveTo>", r"<w:del \1>\2</w:del>", text, count=1
        ),
    ],
    ids=["a word", "a number", "a mark taken off", "a mark of another kind"],
)
def test_a_changed_word_document_is_found(
    case: Case, report: str, change: Callable[[str], str]
) -> None:
    tampered = in_word(case.path(report).read_bytes(), change)
    files = ALL if report == "report.docx" else ("ih.xml", "eh.xml")
    run = case.verify(case.write("t.docx", tampered), *files)
    assert run.code == 1, run.out
    assert "differs from" in run.out


def test_a_file_with_the_same_words_but_other_bytes_is_found(case: Case) -> None:
    content = case.path("eh.xml").read_bytes()
    case.write("other.xml", content.rstrip() + b"<!-- -->\n")
    run = case.verify("report.html", "ih.xml", "rh.xml", "other.xml")
    assert run.code == 1
    assert "differs" not in run.out
    assert "was not made from other.xml" in run.out


def test_another_text_of_the_bill_is_found_with_its_place(case: Case) -> None:
    content = case.path("eh.xml").read_text("utf-8")
    assert "270 days" in content
    case.write("other.xml", content.replace("270 days", "275 days").encode())
    run = case.verify("report.docx", "ih.xml", "rh.xml", "other.xml")
    assert run.code == 1
    lines = run.out.splitlines()
    assert "new text differs from other.xml first at sec. 4(a)" in lines[0]
    assert "270 days" in lines[0]
    assert "275 days" in lines[0]
    assert "SHA-256" in lines[1]


# ── what cannot be verified ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("report", "says"),
    [
        ("static.docx", "drawn, not tracked"),
        ("part.docx", "section 4"),
        ("ih.xml", "no report of legannot"),
        ("missing.html", "No such file"),
        (".", "directory"),
    ],
)
def test_what_is_no_whole_report_is_refused(case: Case, report: str, says: str) -> None:
    run = case.verify(report, "ih.xml", "eh.xml")
    assert run.code == 3
    assert says in run.err
    assert run.out == ""


def test_a_version_that_is_missing_is_asked_for(case: Case) -> None:
    for files in (("eh.xml",), ("rh.xml", "eh.xml")):
        run = case.verify("report.html", *files)
        assert run.code == 2
        assert "give ih.xml too" in run.err


def test_an_unreadable_bill_is_named(case: Case) -> None:
    run = case.verify("report.html", "ih.xml", case.write("broken.xml", b"<bill"))
    assert run.code == 3
    assert "broken.xml" in run.err


def test_a_report_across_formats_is_verified_as_it_was_compared(tmp_path: Path) -> None:
    (tmp_path / "ih.xml").write_text(DTD.format(when=EACH, title=TITLE), "utf-8")
    (tmp_path / "enr.xml").write_text(USLM.format(when="each month", title=TITLE), "utf-8")
    for name, command in (("r.html", "report"), ("r.docx", "diff")):
        options = ("--no-embeddings",) if command == "report" else ()
        made = legannot(command, "ih.xml", "enr.xml", *options, "-o", name, cwd=tmp_path)
        assert made.code == 0, made.err
        assert "Set aside as print, not law: " in made.err
        done = legannot("verify", name, "ih.xml", "enr.xml", cwd=tmp_path)
        assert (done.code, "word for word" in done.out) == (0, True), done.out
        assert "what they print in their own ways is set aside" in done.out
        other = (tmp_path / "ih.xml").read_text("utf-8").replace("each year", "each week")
        (tmp_path / "other.xml").write_text(other, "utf-8")
        assert legannot("verify", name, "other.xml", "enr.xml", cwd=tmp_path).code == 1


def test_a_version_of_another_format_between_two_is_asked_for(tmp_path: Path) -> None:
    files = ("ih.xml", "rh.xml", "eh.xml")
    for name, form in zip(files, (DTD, USLM, DTD), strict=True):
        (tmp_path / name).write_text(form.format(when=EACH, title=TITLE), "utf-8")
    options = ("--no-embeddings", "-q", "-o", "r.html")
    assert legannot("report", *files, *options, cwd=tmp_path).code == 0
    assert legannot("verify", "r.html", *files, cwd=tmp_path).code == 0
    run = legannot("verify", "r.html", "ih.xml", "eh.xml", cwd=tmp_path)
    assert run.code == 2
    assert "give rh.xml too" in " ".join(run.err.split())
