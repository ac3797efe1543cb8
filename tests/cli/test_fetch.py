"""Bills by their number: fetched into the library, named in any command, and kept from harm."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import jsonschema
import pytest

from legannot.cli import shelf
from legannot.model import BillId
from legannot.source.library import Library, verify
from legannot.source.names import current_congress
from tests import replay
from tests.cli.program import Run, legannot
from tests.conftest import ROOT
from tests.published import Published, bill_xml
from tests.replay import Replay, error

BILL = BillId(119, "hr", 1316)
KEY = "a-key-that-nobody-may-see"


@dataclass(frozen=True)
class Desk:
    """A published bill, and legannot with a library of its own; no key or word of it gets out."""

    server: Replay
    published: Published
    folder: Path

    def run(self, *arguments: object, cwd: Path | None = None, **environment: str) -> Run:
        known = {
            "LEGANNOT_LIBRARY": str(self.folder),
            "LEGANNOT_GOVINFO_URL": self.server.address,
            "LEGANNOT_CONGRESS_URL": self.server.address,
            "LEGANNOT_GOVINFO_KEY": KEY,
            "LEGANNOT_CONGRESS_KEY": KEY,
        }
        done = legannot(*arguments, cwd=cwd, stdin=b"", **{**known, **environment})
        assert KEY not in done.out + done.err
        return done


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Replay() as server:
        yield Desk(server, Published(server, BILL, ("ih", "rh", "eh")), tmp_path / "library")
    if (tmp_path / "library").exists():
        with Library(tmp_path / "library") as library:
            assert verify(library).faults == ()
        kept = (path for path in (tmp_path / "library").rglob("*") if path.is_file())
        assert all(KEY.encode() not in path.read_bytes() for path in kept)


def test_a_number_is_enough_to_fetch_and_compare_all_versions(desk: Desk) -> None:
    # Whichever Congress sits when the test runs.
    bill = BillId(current_congress(datetime.now(UTC).date()), "hr", 1316)
    Published(desk.server, bill, ("ih", "rh", "eh"))
    done = desk.run("fetch", "H.R. 1316")
    assert (done.code, done.out.count("  new ")) == (0, 3)
    assert f"taken to be of the current one: {bill}" in done.err
    done = desk.run("blame", bill)
    assert done.code == 0
    assert f"{bill}: 3 versions at hand, the source was last asked just now." in done.err
    parsed = json.loads(desk.run("parse", f"{bill.congress}/hr/1316/rh", "--format", "json").out)
    assert (parsed["bill"], parsed["version"], parsed["source"]) == (str(bill), "rh", f"{bill}rh")


def test_a_report_of_a_bill_in_the_library_is_written_here_and_names_the_bill(
    desk: Desk, tmp_path: Path
) -> None:
    desk.run("fetch", "119hr1316")
    here = tmp_path / "here"
    here.mkdir()
    done = desk.run("report", "119/hr/1316", "--no-embeddings", cwd=here)
    assert done.code == 0, done.err
    (page,) = here.iterdir()
    assert page.name == "hr-1316-ih-eh.html"
    assert "legannot report 119/hr/1316" in page.read_text("utf-8")


def test_the_record_in_the_library_stands_in_the_report_and_dates_the_versions(
    desk: Desk, tmp_path: Path
) -> None:
    desk.run("fetch", "119hr1316")
    made = tmp_path / "report.json"
    done = desk.run("report", "119hr1316", "--no-embeddings", "-o", made)
    assert "Latest action: May 20, 2026, Received in the Senate." in done.out
    found = json.loads(made.read_text("utf-8"))
    assert found["record"]["source"] == "the library"
    assert [bill["dates"]["issued"] for bill in found["bills"]] == [*desk.published.days.values()]


def test_any_two_versions_can_be_compared_by_their_ids(desk: Desk) -> None:
    desk.published.text("eh", "not be published")
    desk.run("fetch", "119hr1316")
    done = desk.run("diff", "119hr1316ih", "119 H.R. 1316 eh", "--exit-code")
    assert (done.code, "not" in done.out) == (1, True)


def test_a_silent_change_is_told_in_words(desk: Desk) -> None:
    desk.run("fetch", "119hr1316")
    desk.published.text("ih", "not be published")
    done = desk.run("fetch", "119hr1316")
    assert "the text of a published version changed; the earlier one is kept" in done.out
    shown = desk.run("library", "show", "119hr1316ih").out
    assert shown.count("sha256") == 2
    assert "an earlier text of this version" in shown


def test_without_the_source_everything_at_hand_works_and_its_age_is_said(desk: Desk) -> None:
    desk.run("fetch", "119hr1316")
    desk.server.always("*", error(500, retry_after="9999"))
    done = desk.run("fetch", "119hr1316")
    assert done.code == 3
    assert "nobody told the versions of 119hr1316" in done.err
    assert "at hand are 119hr1316ih, 119hr1316rh, 119hr1316eh" in done.err
    assert desk.run("diff", "119hr1316ih", "119hr1316rh").code == 0


def test_a_text_that_does_not_come_is_named_and_the_rest_is_kept(desk: Desk) -> None:
    desk.server.always(desk.published.path("rh"), replay.page)
    done = desk.run("fetch", "119hr1316")
    assert (done.code, done.out.count("  new ")) == (0, 2)
    assert "119hr1316rh: web page" in done.out
    assert "119hr1316rh did not come." in done.err
    assert desk.run("fetch", "119hr1316", "--strict", "-q").code == 4


def test_a_refused_key_is_said_without_the_key(desk: Desk) -> None:
    del desk.server.documents[desk.published.status]
    desk.server.always("/v3/bill/119/hr/1316", error(403))
    done = desk.run("fetch", "119hr1316")
    assert done.code == 3
    assert "Check the key" in done.err


@pytest.mark.parametrize("value", ["www.govinfo.gov", "ftp://x", "https://u:p@x", "http://x:0"])
def test_a_base_address_that_is_none_is_said_by_its_variable(desk: Desk, value: str) -> None:
    done = desk.run("fetch", "119hr1316", LEGANNOT_GOVINFO_URL=value)
    assert (done.code, done.err.startswith("legannot: LEGANNOT_GOVINFO_URL: ")) == (3, True)


def test_what_is_no_bill_is_wrong_use(desk: Desk) -> None:
    done = desk.run("fetch", "weights")
    assert done.code == 2
    assert "119hr1316" in done.err
    assert desk.server.asked == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("119hr7", "Run `legannot fetch 119hr7`"),
        ("118hr1316", "At hand from other Congresses: 119hr1316."),
        ("119hr1316enr", "At hand: 119hr1316ih, 119hr1316rh, 119hr1316eh."),
        ("119samdt3", "is not in the library"),
    ],
)
def test_a_bill_that_is_not_at_hand_is_said_with_the_cure(desk: Desk, name: str, said: str) -> None:
    desk.run("fetch", "119hr1316")
    done = desk.run("parse", name)
    assert done.code == 3
    assert said in done.err


def test_without_a_library_a_name_is_said_to_be_missing_and_none_is_made(desk: Desk) -> None:
    done = desk.run("parse", "119hr1316")
    assert (done.code, desk.folder.exists()) == (3, False)
    assert "Run `legannot fetch 119hr1316`" in done.err
    assert "There is no library" not in desk.run("parse", "no-such-file.xml").err


def test_a_file_goes_before_a_bill_of_the_same_name(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "119hr1316"
    file.write_bytes(bill_xml(BillId(118, "s", 2), "is"))
    done = legannot("parse", "119hr1316", "--format", "json", cwd=tmp_path)
    assert json.loads(done.out)["bill"] == "118s2"
    assert desk.server.asked == []


def test_where_several_versions_are_at_hand_one_must_be_named(desk: Desk) -> None:
    desk.run("fetch", "119hr1316")
    done = desk.run("tag", "119hr1316", "--no-embeddings")
    assert done.code == 3
    assert "holds 3 versions" in done.err


def test_the_list_has_a_line_a_bill(desk: Desk) -> None:
    desk.run("fetch", "119hr1316")
    (line,) = desk.run("library", "list").out.splitlines()
    assert line.split() == ["119hr1316", "ih", "rh", "eh", "asked", "just", "now", "Weights", "Act"]


def test_verify_tells_by_its_exit_code_and_fetching_again_repairs(desk: Desk) -> None:
    desk.run("fetch", "119hr1316")
    assert desk.run("library", "verify").code == 0
    with Library(desk.folder) as library:
        held = library.find(BILL, "ih")
        assert held is not None
        library.files.path(held.sha256).write_bytes(b"x")
    done = desk.run("library", "verify")
    assert (done.code, "119hr1316ih: its file is damaged" in done.out) == (1, True)
    desk.run("fetch", "119hr1316")
    assert desk.run("library", "verify").code == 0


@pytest.mark.parametrize("target", ["out.zip", "out"])
def test_what_is_exported_can_be_imported_with_all_its_provenance(
    desk: Desk, tmp_path: Path, target: str
) -> None:
    desk.run("fetch", "119hr1316")
    desk.published.text("ih", "not be published")
    desk.run("fetch", "119hr1316")
    assert desk.run("library", "export", tmp_path / target).code == 0
    other = tmp_path / "other"
    done = desk.run("library", "import", tmp_path / target, "--library", other)
    assert (done.code, "3 new" in done.out) == (0, True)
    with Library(desk.folder) as ours, Library(other) as theirs:
        for version in ("ih", "rh", "eh"):
            was, now = ours.history(BILL, version), theirs.history(BILL, version)
            assert [
                (h.sha256, h.current, h.published, h.received.at, h.received.address) for h in was
            ] == [
                (h.sha256, h.current, h.published, h.received.at, h.received.address) for h in now
            ]
    again = desk.run("library", "export", tmp_path / target)
    assert again.code == (0 if target.endswith(".zip") else 3)


def test_one_bill_can_be_exported_and_the_zip_is_the_same_each_time(
    desk: Desk, tmp_path: Path
) -> None:
    desk.run("fetch", "119hr1316")
    for name in ("a.zip", "b.zip"):
        assert desk.run("library", "export", tmp_path / name, "119hr1316").code == 0
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as package:
        assert package.namelist()[0] == "BILLS-119hr1316ih.xml"
        schema = json.loads((ROOT / "docs" / "schemas" / "provenance-1.json").read_text("utf-8"))
        jsonschema.validate(json.loads(package.read("provenance.json")), schema)
    assert desk.run("library", "export", tmp_path / "c.zip", "119hr7").code == 3


def test_a_bill_can_be_pruned_and_a_rehearsal_removes_nothing(desk: Desk) -> None:
    desk.run("fetch", "119hr1316")
    assert "would be removed" in desk.run("library", "prune", "119hr1316", "-n").out
    assert desk.run("parse", "119hr1316ih").code == 0
    assert "119hr1316: 3 texts removed." in desk.run("library", "prune", "119hr1316").out
    assert desk.run("parse", "119hr1316ih").code == 3
    assert not [path for path in (desk.folder / "files").rglob("*") if path.is_file()]


def test_the_library_can_be_named_before_the_command(desk: Desk, tmp_path: Path) -> None:
    other = tmp_path / "other"
    assert desk.run("fetch", "119hr1316", "--library", other).code == 0
    assert not desk.folder.exists()
    assert desk.run("--library", other, "parse", "119hr1316eh").code == 0


def test_two_fetches_at_once_lose_nothing(desk: Desk) -> None:
    with ThreadPoolExecutor(3) as pool:
        runs = list(pool.map(lambda _: desk.run("fetch", "119hr1316"), range(3)))
    assert [run.code for run in runs] == [0, 0, 0]
    with Library(desk.folder) as library:
        assert len(library.versions(BILL)) == 3


def test_what_the_record_says_of_a_bill_is_shown(desk: Desk) -> None:
    desk.published.record(
        more="<sponsors><item><fullName>Rep. Doe, Jane</fullName></item></sponsors><committees>"
        "<item><name>Commerce</name><chamber>House</chamber></item></committees>"
        "<relatedBills><item><title>Other Act</title><congress>119</congress><number>12</number>"
        "<type>S</type></item></relatedBills><amendments><amendment><number>7</number>"
        "<congress>119</congress><type>SAMDT</type><purpose>To strike.</purpose></amendment>"
        "</amendments>"
    )
    desk.run("fetch", "119hr1316")
    shown = desk.run("library", "show", "119hr1316").out
    for words in (
        "Rep. Doe, Jane",
        "House: Commerce",
        "119s12",
        "samdt7",
        "To strike.",
        "2026-01-05",
    ):
        assert words in shown


@pytest.mark.parametrize(
    ("platform", "place"),
    [
        ("linux", ".local/share/legannot/library"),
        ("darwin", "Library/Application Support/legannot/library"),
        ("win32", "AppData/Local/legannot/library"),
    ],
)
def test_the_library_lies_where_the_platform_keeps_data(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, platform: str, place: str
) -> None:
    for name in ("LEGANNOT_LIBRARY", "XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", platform)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert shelf.folder() == tmp_path / place
