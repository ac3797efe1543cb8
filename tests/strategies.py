"""Bills and texts for hypothesis: small trees of provisions in the words of bills."""

from __future__ import annotations

from hypothesis import strategies as st

from legannot.model import Bill, BillId, Provenance, Provision, with_paths

_WORDS = [
    "the",
    "Secretary",
    "shall",
    "may",
    "not",
    "model",
    "weights",
    "of",
    "a",
    "covered",
    "entity",
    "open",
    "export",
    "license",
    "section",
    "8(b)",
    "paragraph",
    "(2)",
    "180",
    "days",
    "after",
    "enactment",
    "10^26",
    "operations",
    "$1,000,000",
    "and",
    "or;",
    "(A)",
    "“term”",
    "§",
    "744.11",
]
_NUMERALS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")

words = st.lists(st.sampled_from(_WORDS), max_size=14).map(" ".join)
headings = st.lists(st.sampled_from(("Definitions", "Reports", "In general", "Sunset")), max_size=2)
# Any text at all, as a parser would hand it on: folded.
texts = st.text(max_size=80).map(lambda t: " ".join(t.split()))


@st.composite
def _level(draw: st.DrawFn, kinds: tuple[str, ...], ordinal: int) -> Provision:
    kind = kinds[0]
    enum = {
        "section": f"{ordinal}.",
        "subsection": f"({chr(96 + ordinal)})",
        "paragraph": f"({ordinal})",
        "clause": f"({_NUMERALS[ordinal - 1]})",
    }[kind]
    count = draw(st.integers(0, 3)) if len(kinds) > 1 else 0
    children: list[Provision] = [draw(_level(kinds[1:], n)) for n in range(1, count + 1)]
    text = draw(words)
    flush: bool = draw(st.booleans())
    if children and flush:
        children.append(Provision("", "continuation", text=draw(words) or "and"))
    return Provision("", kind, enum, " ".join(draw(headings)), text, children=tuple(children))


@st.composite
def bills(draw: st.DrawFn, version: str = "ih") -> Bill:
    """A bill of up to five sections, three levels deep."""
    count = draw(st.integers(1, 5))
    kinds = ("section", "subsection", "paragraph", "clause")
    sections = [draw(_level(kinds, n)) for n in range(1, count + 1)]
    return Bill(
        BillId(119, "hr", 99999),
        version,
        "Sample Act",
        "",
        with_paths(sections),
        Provenance(f"{version}.xml", version.ljust(64, "0"), 1),
        "bill-dtd",
    )
