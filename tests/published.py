"""Bills written for the tests, published on a replaying server in the way of govinfo."""

from __future__ import annotations

import json
from collections.abc import Sequence

from legannot.model import BillId, stage
from tests.replay import Replay

GOVINFO = "https://www.govinfo.gov"


def bill_xml(bill: BillId, version: str, words: str = "be published") -> bytes:
    """One version of a bill in the Bill DTD's shape."""
    name = stage(version).name.replace(" ", "-")
    return f"""<?xml version="1.0"?>
<!DOCTYPE bill PUBLIC "-//US Congress//DTDs/bill.dtd//EN" "bill.dtd">
<bill bill-stage="{name}">
<form><congress>{bill.congress}th CONGRESS</congress><legis-num>{bill.label}</legis-num>
<official-title>To require that weights {words}.</official-title></form>
<legis-body><section><enum>1.</enum><header>Weights</header>
<text>The weights of a model shall {words} as the Secretary may require.</text></section>
</legis-body></bill>""".encode()


def status_xml(
    bill: BillId, texts: Sequence[tuple[str, str, str]], title: str = "Weights Act", more: str = ""
) -> bytes:
    """A BILLSTATUS record; a text is a version code, a day and an address (empty: no XML)."""
    items = "".join(
        f"<item><type>{stage(version).name}</type>"
        f"<date>{f'{day}T04:00:00Z' if day else ''}</date>"
        f"<formats>{f'<item><url>{address}</url></item>' if address else ''}</formats></item>"
        for version, day, address in texts
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<billStatus><version>3.0.0</version><bill><number>{bill.number}</number>
<updateDate>2026-05-20T08:08:11Z</updateDate><type>{bill.type.upper()}</type>
<introducedDate>2026-01-05</introducedDate><congress>{bill.congress}</congress>
<title>{title}</title>{more}<textVersions>{items}</textVersions>
<latestAction><actionDate>2026-05-20</actionDate><text>Received in the Senate.</text></latestAction>
</bill></billStatus>""".encode()


class Published:
    """A bill with its record and its texts on a server; what is published can be changed."""

    def __init__(self, server: Replay, bill: BillId, versions: Sequence[str]) -> None:
        self.server = server
        self.bill = bill
        self.days = {version: f"2026-0{n}-01" for n, version in enumerate(versions, start=1)}
        for version in versions:
            self.text(version)
        self.record()

    @property
    def status(self) -> str:
        """The path of the record."""
        return (
            f"/bulkdata/BILLSTATUS/{self.bill.congress}/{self.bill.type}/BILLSTATUS-{self.bill}.xml"
        )

    def path(self, version: str) -> str:
        """The path of a text."""
        folder = f"/bulkdata/BILLS/{self.bill.congress}/2/{self.bill.type}"
        return f"{folder}/BILLS-{self.bill}{version}.xml"

    def text(self, version: str, words: str = "be published") -> bytes:
        """Publish a text, or other words under the same name."""
        body = bill_xml(self.bill, version, words)
        self.server.put(self.path(version), body)
        return body

    def record(
        self, *extra: tuple[str, str, str], title: str = "Weights Act", more: str = ""
    ) -> None:
        """Publish the record of all versions and some more."""
        texts = [(v, day, f"{GOVINFO}{self.path(v)}") for v, day in self.days.items()]
        self.server.put(self.status, status_xml(self.bill, [*texts, *extra], title, more))

    def add(self, version: str, words: str = "be published") -> bytes:
        """Publish another version and list it."""
        self.days[version] = f"2026-0{len(self.days) + 1}-01"
        body = self.text(version, words)
        self.record()
        return body

    def folder(self, session: int, names: Sequence[str]) -> None:
        """A folder of govinfo's bulk data that lists these files."""
        place = f"BILLS/{self.bill.congress}/{session}/{self.bill.type}"
        files = [{"name": n, "link": f"{GOVINFO}/bulkdata/{place}/{n}"} for n in names]
        body = json.dumps({"files": files}).encode()
        self.server.put(f"/bulkdata/json/{place}", body, "application/json")


def congress_api(
    server: Replay, bill: BillId, texts: Sequence[tuple[str, str]], title: str
) -> None:
    """The bill in api.congress.gov: its JSON and that of its texts (a name and an address)."""
    base = f"/v3/bill/{bill.congress}/{bill.type}/{bill.number}"
    about = {
        "congress": bill.congress,
        "type": bill.type.upper(),
        "number": str(bill.number),
        "title": title,
        "latestAction": {"actionDate": "2026-05-20", "text": "Received in the Senate."},
    }
    server.put(base, json.dumps({"bill": about}).encode(), "application/json")
    versions = [
        {
            "date": "2026-04-02T04:00:00Z",
            "type": name,
            "formats": [{"type": "PDF", "url": "x.pdf"}, {"type": "Formatted XML", "url": url}],
        }
        for name, url in texts
    ]
    server.put(f"{base}/text", json.dumps({"textVersions": versions}).encode(), "application/json")
