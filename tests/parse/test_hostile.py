"""Whatever the bytes are, the parser reads them or says in a line what they are and what to do."""

from __future__ import annotations

import resource
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from legannot.errors import InputError
from legannot.model import Bill
from legannot.parse import parse
from legannot.source import from_bytes
from tests.conftest import check_bill

# Of processor time, three times the bar of 2 s, so that a slow machine fails nobody.
LIMIT_SECONDS = 6
LIMIT_MEGABYTES = 300
SECTION = "<section><text>The Secretary shall publish the weights.</text></section>"


def bill_xml(text: str, before: str = "") -> str:
    body = f"<section><enum>1.</enum><text>{text}</text></section>"
    return f"{before}<bill><legis-body>{body}</legis-body></bill>"


def read(data: bytes | str) -> Bill:
    bill = parse(from_bytes("given.xml", data if isinstance(data, bytes) else data.encode()))
    check_bill(bill)
    return bill


def refusal(data: bytes | str) -> InputError:
    """The refusal of an input, which always says which file, what is wrong and what to do."""
    with pytest.raises(InputError) as caught:
        parse(from_bytes("given.xml", data if isinstance(data, bytes) else data.encode()))
    error = caught.value
    assert "\n" not in str(error)
    assert str(error).startswith("given.xml")
    assert error.cure.endswith(".")
    return error


@pytest.mark.parametrize(
    ("xml", "style"),
    [
        (f"<bill><legis-body>{SECTION}</legis-body></bill>", "bill-dtd"),
        (f'<bill xmlns="http://schemas.gpo.gov/xml/uslm"><main>{SECTION}</main></bill>', "uslm"),
    ],
)
def test_a_bill_in_xml_that_names_the_head_of_plain_text_in_a_comment_is_read_as_xml(
    xml: str, style: str
) -> None:
    assert read(f"<!-- [Congressional Bills 119th Congress] <DOC> -->{xml}").format == style


# ── entities and outside files ────────────────────────────────────────────────────────────────────

LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
BOMB = f'<!DOCTYPE bill [<!ENTITY l0 "ha">{LAUGHS}]>'
PARAMETERS = "".join(f'<!ENTITY % p{i} "{f"&#37;p{i - 1};" * 10}">' for i in range(1, 9))
PARAMETER_BOMB = f"<!DOCTYPE bill [<!ENTITY % p0 \"<!ENTITY x 'y'>\">{PARAMETERS}%p8;]>"
FLAT_BOMB = f'<!DOCTYPE bill [<!ENTITY a "{"x" * 100_000}">]>'
PASSWORDS = '<!DOCTYPE bill [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(bill_xml("&l9;", BOMB), id="billion laughs"),
        pytest.param(bill_xml('<quote id="&l9;">a</quote>', BOMB), id="in an attribute"),
        pytest.param(bill_xml("&a;" * 3000, FLAT_BOMB), id="one long entity many times"),
        pytest.param(bill_xml("a", PARAMETER_BOMB), id="parameter entities"),
        pytest.param(bill_xml("&x;", PASSWORDS), id="a file of this machine"),
        pytest.param(bill_xml('<quote id="&x;">a</quote>', PASSWORDS), id="a file in an attribute"),
        pytest.param(bill_xml("&x;", '<!DOCTYPE bill [<!ENTITY x "y">]>'), id="a harmless one"),
    ],
)
def test_entities_that_a_file_declares_are_refused(data: str) -> None:
    error = refusal(data)
    assert error.line == 1
    assert "entit" in error.what


@pytest.mark.parametrize(
    "before",
    [
        '<!DOCTYPE bill SYSTEM "http://127.0.0.1:{port}/bill.dtd">',
        '<!DOCTYPE bill PUBLIC "-//US Congress//DTDs/bill.dtd//EN" "http://127.0.0.1:{port}/b.dtd">',
        '<!DOCTYPE bill [<!ENTITY % x SYSTEM "http://127.0.0.1:{port}/x"> %x;]>',
        '<?xml-stylesheet type="text/xsl" href="http://127.0.0.1:{port}/billres.xsl"?>',
    ],
)
def test_nothing_is_fetched(before: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        called = threading.Event()

        def listen() -> None:
            try:
                server.accept()
            except TimeoutError:
                return
            called.set()

        listener = threading.Thread(target=listen)
        listener.start()
        bill = read(bill_xml("Words.", before.format(port=server.getsockname()[1])))
        listener.join()
    assert bill.provisions[0].text == "Words."
    assert not called.is_set()


def test_no_file_is_opened_for_an_inclusion_or_a_dtd(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", "utf-8")
    inclusion = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{secret}"/>'
    bill = read(bill_xml(f"Words.{inclusion}", f'<!DOCTYPE bill SYSTEM "{secret}">'))
    assert "secret" not in bill.provisions[0].text


def test_a_section_on_the_cover_stays_there() -> None:
    cover = "<form><action><section><text>Printed.</text></section></action></form>"
    bill = read(bill_xml("Words.").replace("<legis-body>", f"{cover}<legis-body>"))
    assert [item.text for item in bill.front] == ["Printed."]
    assert [p.text for p in bill.walk()] == ["Words."]


def test_characters_that_the_bill_dtd_names_are_read_without_the_dtd() -> None:
    before = '<!DOCTYPE bill PUBLIC "-//US Congress//DTDs/bill.dtd//EN" "bill.dtd">'
    bill = read(bill_xml("&sect;&thinsp;3&mdash;&nosuchname; end", before))
    assert bill.provisions[0].text == "§ 3—&nosuchname; end"
    assert [(n.element, n.text) for n in bill.not_understood] == [("entity", "&nosuchname;")]


def test_a_name_without_a_character_is_kept_on_the_cover_too() -> None:
    before = '<!DOCTYPE bill SYSTEM "bill.dtd">'
    cover = "<form>&one;<action>&two;<action-date>May 1, 2023</action-date></action></form>"
    bill = read(bill_xml("Words.", before).replace("<legis-body>", f"{cover}<legis-body>"))
    assert [(item.kind, item.text) for item in bill.front] == [("action", "&two; May 1, 2023")]


# ── encodings ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(bill_xml("Café §").encode(), id="utf-8"),
        pytest.param(b"\xef\xbb\xbf" + bill_xml("Café §").encode(), id="utf-8 with a mark"),
        pytest.param(
            b"\n\n" + bill_xml("Café §", '<?xml version="1.0"?>').encode(), id="blank lines"
        ),
        pytest.param(bill_xml("Café §").encode("utf-16"), id="utf-16 undeclared"),
        pytest.param(
            bill_xml("Café §", '<?xml version="1.0" encoding="UTF-8"?>').encode("utf-16"),
            id="utf-16 declared as utf-8",
        ),
        pytest.param(
            bill_xml("Café §", '<?xml version="1.0" encoding="UTF-16"?>').encode("utf-16"),
            id="utf-16",
        ),
        pytest.param(
            bill_xml("Café §", '<?xml version="1.0" encoding="UTF-16BE"?>').encode("utf-16-be"),
            id="utf-16 big-endian",
        ),
        pytest.param(
            bill_xml("Café §", '<?xml version="1.0" encoding="ISO-8859-1"?>').encode("latin-1"),
            id="latin-1",
        ),
    ],
)
def test_every_encoding_of_xml_is_read(data: bytes) -> None:
    bill = read(data)
    assert bill.provisions[0].text == "Café §"
    assert not bill.notices


@pytest.mark.parametrize("declared", ["ISO-8859-1", "US-ASCII", "windows-1252"])
def test_utf_8_that_is_declared_as_something_else_is_read_as_utf_8_and_said(declared: str) -> None:
    bill = read(bill_xml("Café — §", f'<?xml version="1.0" encoding="{declared}"?>'))
    assert bill.provisions[0].text == "Café — §"
    assert declared in bill.notices[0]


@pytest.mark.parametrize(
    "data",
    [
        bill_xml("Café", '<?xml version="1.0" encoding="UTF-8"?>').encode("latin-1"),
        bill_xml("Words", '<?xml version="1.0" encoding="EBCDIC-XX"?>').encode(),
        bill_xml("Words", '<?xml version="1.0" encoding="UTF-16"?>').encode("utf-16")[:-3],
        b"\x00\x00\x00" + bill_xml("Words").encode(),
        bill_xml("Wor\0ds").encode(),
        b"\x00" * 1000,
        bill_xml("\x01\x02").encode(),
        bill_xml("&#0;"),
        bill_xml("&#xD800;"),
    ],
)
def test_bytes_that_are_no_xml_in_their_encoding_are_refused(data: bytes | str) -> None:
    refusal(data)


# ── other and broken files ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"<!DOCTYPE html>\n<html><body>404 Not Found</body></html>", "a web page"),
        (b'<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml"/>', "a web page"),
        (b'{"bill": {}}', "JSON"),
        (b"[1, 2]", "JSON"),
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
        (b"{\\rtf1 Bill}", "RTF"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"PK\x03\x04\x14\x00", "zip"),
        (b"plain words", "not XML"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not"),
        (b"<rss version='2.0'/>", "<rss>"),
        (b"<bill/>", "no legislative text"),
        (b"<bill><legis-body/></bill>", "no legislative text"),
        (b"<?xml version='1.0'?>", "not well-formed"),
        ((bill_xml("Words.") * 2).encode(), "not well-formed"),
    ],
)
def test_a_file_that_is_something_else_is_named(data: bytes, what: str) -> None:
    assert what in str(refusal(data))


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.7, 0.9, 0.99])
def test_a_file_that_breaks_off_says_where(kept: float) -> None:
    xml = bill_xml("Words.\n" * 50)
    error = refusal(xml[: int(len(xml) * kept)])
    assert "breaks off" in error.what
    assert "download it again" in error.cure
    assert error.line >= 1


def test_a_bill_nested_deeper_than_any_is_refused_with_its_line() -> None:
    deep = "<section>" * 200 + "Words." + "</section>" * 200
    error = refusal(f"<bill>\n<legis-body>\n{deep}</legis-body></bill>")
    assert "levels deep" in error.what
    assert error.line == 3


def test_sections_are_counted_into_the_depth_of_what_they_stand_in() -> None:
    shell = "<title>" * 100
    deep = "<italic>" * 60 + "Words." + "</italic>" * 60
    body = f"<section><text>{deep}</text></section>"
    error = refusal(f"<bill><legis-body>{shell}{body}{'</title>' * 100}</legis-body></bill>")
    assert "levels deep" in error.what


def test_marks_nested_as_deep_as_may_be_are_read() -> None:
    deep = "<italic>" * 140 + "Words." + "</italic>" * 140
    assert read(bill_xml(deep)).provisions[0].text == "Words."


# ── time and memory ───────────────────────────────────────────────────────────────────────────────

HEAVY = {
    "50,000 levels": "b'<bill>' * 50_000 + b'x' + b'</bill>' * 50_000",
    "50,000 levels, not closed": "b'<bill>' * 50_000",
    "one text of 60 MB": "b'<bill><legis-body><section><text>' + b'x' * 60_000_000",
    "60 MB of words": "b'<bill><legis-body><section><text>' + b'word ' * 12_000_000",
    "an attribute of 60 MB": "b'<bill a=\"' + b'x' * 60_000_000 + b'\"/>'",
    "500,000 attributes": "b'<bill ' + b' '.join(b'a%d=\"\"' % i for i in range(500_000))",
    "15 million tags": "b'<bill><legis-body>' + b'<a/>' * 15_000_000 + b'</legis-body></bill>'",
    "490,000 unknown tags": "b'<bill><legis-body>' + b'<a/>' * 490_000 + b'</legis-body></bill>'",
    "490,000 sections": "b'<bill>' + b'<section/>' * 490_000 + b'</bill>'",
    "120,000 sections of a word": (
        "b'<bill>' + b'<section><text>x</text></section>' * 120_000 + b'</bill>'"
    ),
    "a number of 5 MB over 2,000 paragraphs": (
        "b'<bill><legis-body><section><enum>' + b'9' * 5_000_000 + b'</enum>' +"
        " b'<paragraph><enum>(1)</enum><text>x</text></paragraph>' * 2000 +"
        " b'</section></legis-body></bill>'"
    ),
    "a bill number of 5 MB": (
        "b'<bill><form><congress>1</congress><legis-num>' + b'H. ' * 1_500_000 +"
        " b'</legis-num></form><legis-body><section><text>x</text></section></legis-body></bill>'"
    ),
    "60 MB of plain text": "b'[Congressional Bills' + b'word ' * 12_000_000",
    "a million lines": "b'[Congressional Bills\\n' + b'    (a) x\\n' * 1_000_000",
    "90,000 paragraphs": "b'[Congressional Bills\\n' + b'    (a) x\\n' * 90_000",
    "a number in a number": "b'[Congressional Bills\\n\\n    ' + b'(a)' * 500_000",
    "notes that do not end": "b'[Congressional Bills\\n\\n    ' + b'<<NOTE: x ' * 1_000_000",
    "60 MB of nothing": "b'\\x00' * 60_000_000",
}
PROGRAM = """
import sys, time
from pathlib import Path
from legannot.errors import InputError
from legannot.parse import parse
from legannot.source import from_bytes
source = from_bytes("given.xml", {data})
started = time.process_time()
try:
    parse(source)
except InputError as error:
    assert error.cure and "\\n" not in str(error)
seconds = time.process_time() - started
status = Path("/proc/self/status").read_text()
print(seconds, int(status.partition("VmHWM:")[2].split()[0]) // 1024)
"""


@pytest.mark.parametrize("name", HEAVY)
def test_heavy_input_costs_little_time_and_memory(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(data=HEAVY[name])],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (2**31, 2**31)),
    )
    assert not done.returncode, done.stderr
    seconds, megabytes = map(float, done.stdout.split())
    assert seconds <= LIMIT_SECONDS
    assert megabytes <= LIMIT_MEGABYTES
