"""What came is held to be wrong until it is read: bill XML, and of the bill that was asked for."""

from __future__ import annotations

import re

from legannot.errors import InputError
from legannot.model import BillId
from legannot.parse import parse
from legannot.parse.billstatus import BillStatus, read_billstatus
from legannot.source import from_bytes
from legannot.source.web import Failure, WebError, shown

# A page of a site, whatever its header says: an error, a notice of works, a challenge.
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


def check_text(body: bytes, bill: BillId, version: str, address: str) -> tuple[str, ...]:
    """Notices on a text that is what it should be.

    Raises `WebError` for a web page, for what is no bill, breaks off or cannot be read, and for
    another bill or version than was asked for.
    """
    _no_page(body, address)
    try:
        # The name of the file must not help: it is what was asked for, not what came.
        read = parse(from_bytes("the answer", body))
    except InputError as error:
        raise WebError(Failure.NOT_A_BILL, shown(address), error.what.rstrip(".")) from None
    if read.id is not None and read.id != bill:
        raise WebError(Failure.ANOTHER_BILL, shown(address), f"it is {read.id}, not {bill}")
    if read.version and not _same_stage(read.version, version):
        raise WebError(
            Failure.ANOTHER_BILL, shown(address), f"it is {bill}{read.version}, not {bill}{version}"
        )
    return () if read.id else (f"{bill}{version} does not say which bill it is.",)


def check_amendment(body: bytes, address: str) -> None:
    """The same for an amendment, whose XML need not say its number."""
    _no_page(body, address)
    try:
        parse(from_bytes("the answer", body))
    except InputError as error:
        raise WebError(Failure.NOT_A_BILL, shown(address), error.what.rstrip(".")) from None


def check_status(body: bytes, bill: BillId, address: str) -> BillStatus:
    """The BILLSTATUS record that came; raises `WebError` if it is none of this bill."""
    _no_page(body, address)
    try:
        status = read_billstatus(body, "the answer")
    except InputError as error:
        raise WebError(Failure.NOT_A_RECORD, shown(address), error.what.rstrip(".")) from None
    if status.bill != bill:
        raise WebError(Failure.NOT_A_RECORD, shown(address), f"it is of {status.bill}, not {bill}")
    return status


def _no_page(body: bytes, address: str) -> None:
    if _PAGE.match(body[:4096].removeprefix(b"\xef\xbb\xbf")):
        raise WebError(Failure.WEB_PAGE, shown(address))


def _same_stage(read: str, wanted: str) -> bool:
    # A second engrossed amendment is `eas2` by its file's name and `eas` by its own words; a public
    # law is the enrolled bill.
    known = {wanted, wanted.rstrip("0123456789")}
    return read in known or {read, wanted} <= {"enr", "pl"}
