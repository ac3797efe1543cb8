"""govinfo's zip packages: the bill inside is found, and a hostile package costs nothing."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from legannot.errors import InputError
from legannot.parse import parse
from legannot.source import resolve
from tests.conftest import CORPUS, needs_corpus

XML = b"<bill><legis-body><section><enum>1.</enum><text>Words.</text></section></legis-body></bill>"
MODS = (
    b'<mods xmlns="http://www.loc.gov/mods/v3"><originInfo><dateIssued encoding="w3cdtf">2019-05-10'
    b"</dateIssued></originInfo></mods>"
)


def package(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        resolve([str(path)])
    line = str(caught.value)
    assert "\n" not in line
    assert line.startswith(str(path))
    assert caught.value.cure
    return line


@needs_corpus
@pytest.mark.parametrize("version", ["ih", "rh", "eh", "rfs"])
def test_the_bill_of_an_official_package_is_the_xml_inside_it(version: str) -> None:
    (source,) = resolve([str(CORPUS / f"status/packages/BILLS-116hr1500{version}.zip")])
    bill = parse(source)
    assert (str(bill.id), bill.version) == ("116hr1500", version)
    assert source.data == (CORPUS / f"bills/116/hr1500/{version}.xml").read_bytes()
    assert source.name.endswith(f"xml/BILLS-116hr1500{version}.xml")


def test_the_day_of_issue_comes_from_the_record_of_the_package(tmp_path: Path) -> None:
    path = package(
        tmp_path / "b.zip", {"B/xml/B.xml": XML, "B/mods.xml": MODS, "B/dip.xml": b"<d/>"}
    )
    (source,) = resolve([str(path)])
    assert parse(source).dates == {"issued": "2019-05-10"}


@pytest.mark.parametrize(
    ("record", "what"),
    [
        (b"", "is not XML"),
        (b"<mods", "breaks off"),
        (MODS[:-20], "breaks off"),
        (b"<mods/>", "is no MODS record"),
        (b"\x00\xff", "is not"),
        (MODS.replace(b"2019-05-10", b"soon"), "gives a day of issue that is none ('soon')"),
    ],
)
def test_a_damaged_record_of_a_package_is_named_and_does_not_stand_in_the_way_of_the_bill(
    tmp_path: Path, record: bytes, what: str
) -> None:
    path = package(tmp_path / "b.zip", {"B/xml/B.xml": XML, "B/mods.xml": record})
    (source,) = resolve([str(path)])
    bill = parse(source)
    assert bill.dates == {}
    (told,) = bill.notices
    assert told.startswith(f"mods.xml of the package {what}")
    assert told.endswith("; it gives no day of issue")
    assert "\n" not in told


@pytest.mark.parametrize("record", [None, b'<mods xmlns="http://www.loc.gov/mods/v3"/>'])
def test_a_package_without_a_day_of_issue_has_nothing_wrong(
    tmp_path: Path, record: bytes | None
) -> None:
    members = {"B/xml/B.xml": XML} | ({"B/mods.xml": record} if record else {})
    (source,) = resolve([str(package(tmp_path / "b.zip", members))])
    bill = parse(source)
    assert (bill.dates, bill.notices) == ({}, ())


def test_a_package_of_several_bills_gives_each_in_order_of_name(tmp_path: Path) -> None:
    path = package(tmp_path / "b.zip", {"b.xml": XML, "a.xml": XML, "readme.txt": b"no"})
    assert [s.name.rpartition("/")[2] for s in resolve([str(path)])] == ["a.xml", "b.xml"]


def test_a_folder_of_packages_is_read(tmp_path: Path) -> None:
    package(tmp_path / "one.zip", {"x/xml/a.xml": XML})
    package(tmp_path / "two.zip", {"x/xml/b.xml": XML})
    assert len(resolve([str(tmp_path)])) == 2


def test_a_package_that_was_unpacked_is_the_bill_in_its_folder(tmp_path: Path) -> None:
    (tmp_path / "xml").mkdir()
    (tmp_path / "xml" / "BILLS-116hr1500rh.xml").write_bytes(XML)
    for name in ("mods.xml", "premis.xml", "dip.xml"):
        (tmp_path / name).write_bytes(MODS)
    (source,) = resolve([str(tmp_path)])
    assert parse(source).version == "rh"
    assert parse(source).dates == {"issued": "2019-05-10"}
    (tmp_path / "mods.xml").write_bytes(b"<mods")
    (source,) = resolve([str(tmp_path)])
    assert "mods.xml of the package breaks off" in parse(source).notices[-1]
    (tmp_path / "mods.xml").unlink()
    (source,) = resolve([str(tmp_path)])
    assert (parse(source).dates, source.mods) == ({}, None)


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.xml", "/etc/passwd.xml", "a/../../b.xml", "..\\b.xml", "C:\\b.xml"]
)
def test_a_package_that_names_places_outside_itself_is_refused(tmp_path: Path, name: str) -> None:
    assert "outside itself" in refusal(package(tmp_path / "b.zip", {name: XML}))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["b.zip"]


def test_a_package_without_a_bill_is_refused(tmp_path: Path) -> None:
    members = {"B/mods.xml": MODS, "B/premis.xml": b"<p/>", "B/pdf/b.pdf": b"%PDF"}
    assert "no bill text" in refusal(package(tmp_path / "b.zip", members))


def test_a_package_of_too_many_files_is_refused(tmp_path: Path) -> None:
    members = {f"{n}.xml": b"" for n in range(1001)}
    assert "1,000 files" in refusal(package(tmp_path / "b.zip", members))


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.95])
def test_a_package_that_breaks_off_is_refused(tmp_path: Path, kept: float) -> None:
    whole = package(tmp_path / "b.zip", {"B/xml/B.xml": XML * 50, "B/mods.xml": MODS})
    data = whole.read_bytes()
    whole.write_bytes(data[: int(len(data) * kept)])
    assert "zip" in refusal(whole)


def test_a_package_with_a_damaged_member_is_refused(tmp_path: Path) -> None:
    whole = package(tmp_path / "b.zip", {"B/xml/B.xml": bytes(range(256)) * 50})
    data = bytearray(whole.read_bytes())
    data[60:90] = b"\xff" * 30
    whole.write_bytes(data)
    assert "damaged zip" in refusal(whole)


def test_a_locked_package_is_refused(tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.xml", XML)
    data = bytearray(made.getvalue())
    # The bit "encrypted" of the general flags, in the member's header and in the directory.
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path = tmp_path / "b.zip"
    path.write_bytes(data)
    assert "password" in refusal(path)


BOMB = """
import sys, time
from pathlib import Path
from legannot.errors import InputError
from legannot.source import resolve
started = time.process_time()
try:
    resolve([sys.argv[1]])
except InputError as error:
    assert "unpacks to more than 64 MB" in str(error), error
else:
    raise SystemExit("the bomb was read")
seconds = time.process_time() - started
status = Path("/proc/self/status").read_text()
print(seconds, int(status.partition("VmHWM:")[2].split()[0]) // 1024)
"""


@pytest.mark.parametrize("parts", [1, 20])
def test_a_zip_bomb_is_stopped_before_it_costs_anything(tmp_path: Path, parts: int) -> None:
    members = {f"B/xml/{n}.xml": bytes(200_000_000 // parts) for n in range(parts)}
    path = package(tmp_path / "b.zip", members)
    done = subprocess.run(
        [sys.executable, "-c", BOMB, str(path)], capture_output=True, text=True, check=False
    )
    assert not done.returncode, done.stderr
    seconds, megabytes = map(float, done.stdout.split())
    assert seconds <= 6
    assert megabytes <= 300
