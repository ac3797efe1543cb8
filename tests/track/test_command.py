"""`legannot track` as a user runs it, against a server that publishes bills."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from lxml import etree

from legannot.model import BillId
from tests.cli.program import Run, legannot
from tests.published import Published
from tests.replay import Replay, error

BILL = BillId(119, "hr", 7)
CHECK = ("track", "check", "--no-embeddings")


class User:
    """Somebody who follows bills on this machine."""

    def __init__(self, server: Replay, folder: Path) -> None:
        self.folder = folder
        self.address = server.address

    def __call__(self, *arguments: object, stdout: str = "") -> Run:
        return legannot(
            *arguments,
            stdout=stdout,
            cwd=self.folder,
            LEGANNOT_LIBRARY=str(self.folder / "library"),
            LEGANNOT_GOVINFO_URL=self.address,
            XDG_CACHE_HOME=str(self.folder / "cache"),
        )


@pytest.fixture
def server() -> Iterator[Replay]:
    with Replay() as running:
        yield running


@pytest.fixture
def user(server: Replay, tmp_path: Path) -> User:
    return User(server, tmp_path)


@pytest.fixture
def published(server: Replay) -> Published:
    return Published(server, BILL, ["ih"])


def publish(bill: Published, version: str, words: str) -> None:
    bill.days[version] = "2026-06-01"
    bill.text(version, words)
    bill.record()


def test_a_new_version_is_told_once_with_exit_code_1(user: User, published: Published) -> None:
    user("fetch", "119hr7")
    assert user("track", "add", "119hr7").out == "H.R. 7 (119): followed, 1 text at hand known.\n"
    assert user(*CHECK).code == 0
    publish(published, "rh", "be released freely")
    first = user(*CHECK)
    assert first.code == 1
    assert "H.R. 7: Reported in House (June 1, 2026), against Introduced in House" in first.out
    assert "“published” -> “released freely”" in first.out
    again = user(*CHECK)
    assert (again.code, again.out) == (0, "")
    assert "Reported in House" in user("track", "digest").out
    feed = etree.fromstring(user("track", "feed").out.encode())
    assert len(feed.findall("{*}entry")) == 1


def test_a_bill_that_nobody_fetched_is_fetched_by_the_check(
    user: User, published: Published
) -> None:
    assert published.bill == BILL
    user("track", "add", "119/hr/7", "--subject", "ow.*", "--note", "for Ana")
    run = user(*CHECK)
    assert run.code == 1
    assert "first text at hand, Introduced in House" in run.out
    listed = user("track", "list").out
    assert listed.startswith("119hr7  ih  asked ")
    assert listed.endswith("ow.*  for Ana\n")


def test_the_command_gets_the_alert_and_no_shell(
    user: User, published: Published, tmp_path: Path
) -> None:
    user("track", "add", "119hr7")
    published.text("ih", "be $(touch owned) `touch owned` ; touch owned &amp;&amp;")
    script = tmp_path / "told.py"
    script.write_text(
        "import os, sys\n"
        "open('told', 'a').write(os.environ['LEGANNOT_TITLE'] + '|'\n"
        "    + os.environ['LEGANNOT_BILL'] + '|' + sys.stdin.read())\n"
    )
    assert user(*CHECK, "--run", f"{sys.executable} told.py").code == 1
    told = (tmp_path / "told").read_text()
    assert "$(touch owned)" in told
    assert "|119hr7|H.R. 7: first text at hand" in told
    assert not (tmp_path / "owned").exists()


def test_an_alert_whose_command_failed_is_told_again(user: User, published: Published) -> None:
    assert published.bill == BILL
    user("track", "add", "119hr7")
    failed = user(*CHECK, "--run", "false")
    assert failed.code == 1
    assert "will be told again" in failed.err
    assert "no-such-program: cannot be run" in user(*CHECK, "--run", "no-such-program").err
    assert user(*CHECK, "--run", "true").code == 1
    assert user(*CHECK, "--run", "true").code == 0


def test_a_server_that_is_down_is_no_news(user: User, server: Replay, published: Published) -> None:
    assert published.bill == BILL
    user("fetch", "119hr7")
    user("track", "add", "119hr7")
    server.always("*", error(404))
    run = user(*CHECK)
    assert run.code == 3
    assert "119hr7" in run.err
    assert "1 of 1 bills could not be asked for" in run.err
    assert "could not be asked for" in user(*CHECK, "-q").err
    assert user(*CHECK, "--offline").code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("add", "no bill"), 2, "is no bill"),
        (("add", "119hr7", "--subject", "nothing.*"), 2, "is no subject"),
        (("check",), 3, "no bill is followed yet"),
        (("digest", "--since", "tomorrow"), 2, "is no day"),
        (("check", "--run", "  "), 2, "is blank"),
    ],
    ids=["no-bill", "no-subject", "no-library", "no-day", "no-command"],
)
def test_wrong_use_is_told(user: User, arguments: tuple[str, ...], code: int, words: str) -> None:
    run = user("track", *arguments)
    assert run.code == code
    assert words in " ".join(run.err.split())


def test_a_bill_can_be_let_go(user: User) -> None:
    user("track", "add", "119hr7")
    assert user("track", "remove", "119hr7").code == 0
    assert user("track", "list").out == ""
    assert user("track", "remove", "119hr7").code == 2


def test_a_digest_takes_its_format_from_the_name_of_the_file(user: User) -> None:
    user("track", "add", "119hr7")
    for name, begin in (("a.html", "<!DOCTYPE html>"), ("a.eml", "Subject:"), ("a.txt", "Nothing")):
        assert user("track", "digest", "-o", name).code == 0
        assert (user.folder / name).read_text().startswith(begin)


def test_one_bill_of_which_nobody_tells_is_not_passed_over(
    user: User, server: Replay, published: Published
) -> None:
    other = Published(server, BillId(119, "hr", 8), ["ih"])
    user("fetch", "119hr7", "119hr8")
    user("track", "add", "119hr7", "119hr8")
    user(*CHECK)  # each stands in the other
    assert user(*CHECK).code == 0
    server.always(other.status, error(404))
    run = user(*CHECK)
    assert run.code == 3
    assert "1 of 2 bills could not be asked for" in run.err
    publish(published, "rh", "be released freely")
    assert user(*CHECK).code == 1


def test_two_checks_at_once_hand_an_alert_on_once(user: User, published: Published) -> None:
    assert published.bill == BILL
    user("fetch", "119hr7")
    user("track", "add", "119hr7")
    publish(published, "rh", "be released freely")
    (user.folder / "slow.py").write_text(
        "import os, time\nopen('told', 'a').write(os.environ['LEGANNOT_ALERT'] + '\\n')\n"
        "open('begun', 'w').close()\n"
        "while not os.path.exists('second'): time.sleep(0.05)\n"
    )
    with ThreadPoolExecutor() as pool:
        first = pool.submit(user, *CHECK, "--run", f"{sys.executable} slow.py")
        while not (user.folder / "begun").exists():
            time.sleep(0.05)
            assert not first.done()
        second = pool.submit(user, *CHECK, "--run", f"{sys.executable} slow.py")
        time.sleep(1)
        (user.folder / "second").touch()
        assert (first.result().code, second.result().code) == (1, 0)
    assert len((user.folder / "told").read_text().splitlines()) == 1


def test_a_title_without_end_does_not_keep_an_alert_from_its_command(
    user: User, published: Published
) -> None:
    user("track", "add", "119hr7")
    published.record(title="A bill " + "x" * 200_000)
    published.text("ih", "y" * 200_000)
    assert user(*CHECK, "--run", "true").code == 1
    assert user(*CHECK, "--run", "true").code == 0


def test_a_text_that_cannot_be_read_is_told_by_the_exit_code(
    user: User, published: Published
) -> None:
    assert published.bill == BILL
    user("track", "add", "119hr7")
    user("fetch", "119hr7")
    for path in (user.folder / "library" / "files").rglob("*"):
        if path.is_file():
            path.chmod(0o600)
            path.write_bytes(path.read_bytes()[:40])
    run = user(*CHECK, "--offline")
    assert run.code == 3
    assert "damaged" in run.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_an_alert_that_found_no_room_is_told_again(user: User, published: Published) -> None:
    assert published.bill == BILL
    user("track", "add", "119hr7")
    run = user(*CHECK, stdout="/dev/full")
    assert run.code == 3
    assert "cannot be written" in run.err
    assert user(*CHECK).code == 1
