"""Small bills for the search, written for these tests in the manner of bills."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import partial

from legannot.model import Bill
from legannot.parse import parse
from legannot.similar import Corpus, Shelved
from legannot.source import from_bytes

# Ten provisions that share no rare word, of a length that sections have.
SECTIONS = (
    ("Compute reports", ("A covered provider shall report to the Under Secretary each quarterly"
     " lease of accelerator clusters above the threshold, with the name of the lessee.")),
    ("Listed persons", ("No distributor may furnish gratis credentials for a hosted model to a"
     " person on the Entity List, nor renew credentials furnished before enactment.")),
    ("Weights exemption", ("Paragraph (2) does not apply to parameters that were published openly"
     " before the date of a determination under this title.")),
    ("Grants", ("The Director of the Foundation may award stipends to universities in rural"
     " counties for reproducing published benchmark experiments.")),
    ("Study of tariffs", ("The Comptroller General shall study whether tariffs on lithography"
     " parts raised prices of refrigerators, and shall brief both committees.")),
    ("Whistleblowers", ("An employer may not demote, suspend or blacklist an engineer who in good"
     " faith discloses falsified evaluation logs to an inspector.")),
    ("Sunset", ("The licensing authority under section 4 terminates five years after enactment,"
     " save for licenses then pending before the appeals panel.")),
    ("Harbors", ("Dredging of the inner harbor at Elm Point is authorized to a depth of forty-two"
     " feet, at a total cost of $88,000,000.")),
    ("Bees", ("The Administrator shall register apiaries that lost more than half of their hives"
     " to mites during a winter.")),
    ("Trains", ("Each intercity railroad shall post timetables in braille at staffed stations by"
     " the next January.")),
)  # fmt: skip


def bill_xml(
    number: int,
    sections: Sequence[tuple[str, str]],
    *,
    stage: str = "Introduced-in-House",
    chamber: str = "HOUSE",
    title: str = "",
    opening: str = "",
) -> bytes:
    """A bill of the 119th Congress with these sections, in a title II if `title` names one."""
    body = "".join(
        f"<section><enum>{ordinal}.</enum><header>{header}</header><text>{text}</text></section>"
        for ordinal, (header, text) in enumerate(sections, 201 if title else 1)
    )
    if title:
        other = "<title><enum>I</enum><header>Matters of the sea</header><section><enum>101.</enum>"
        other += "<header>Lanterns</header><text>Every buoy shall bear a lantern of amber glass,"
        other += "trimmed nightly by a warden whom the port captain names.</text></section></title>"
        body = f"{other}<title><enum>II</enum><header>{title}</header>{body}</title>"
    prefix = "H. R." if chamber == "HOUSE" else "S."
    return (
        f'<bill bill-stage="{stage}"><form><congress>119th CONGRESS</congress>'
        f"<legis-num>{prefix} {number}</legis-num><current-chamber>IN THE {chamber}"
        f"</current-chamber><official-title>To do things.</official-title></form>"
        f"<legis-body>{opening}{body}</legis-body></bill>"
    ).encode()


def bill(number: int, sections: Sequence[tuple[str, str]], **options: str) -> Bill:
    """The same, parsed."""
    return parse(from_bytes(f"{number}.xml", bill_xml(number, sections, **options)))


def corpus(*bills: Bill) -> Corpus:
    """A corpus of these versions, its index in memory."""
    return Corpus(
        None,
        [Shelved(b.provenance.source, b.provenance.sha256, partial(_give, b)) for b in bills],
    )


def _give(given: Bill) -> Bill:
    return given


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
