"""All that the language layer finds in one bill.

`units` gives each provision its lead-in, headings, operator and parties; `definitions` and `uses`
the defined terms and where they are used, `terms` what is amiss with them; `citations` the law
cited; `quantities` the numbers; `instructions` what is amended, how and where; `conditions` what
limits what.
"""

from __future__ import annotations

from legannot.model import Bill, Facts
from legannot.read.citations import citations
from legannot.read.conditions import conditions
from legannot.read.definitions import definitions
from legannot.read.instructions import instructions
from legannot.read.quantities import quantities
from legannot.read.terms import term_findings
from legannot.read.tree import Tree
from legannot.read.units import units
from legannot.read.uses import uses


def read(bill: Bill) -> Facts:
    """Everything that the language layer finds in one bill, in time linear in its text."""
    tree = Tree(bill)
    found = units(bill)
    cited = citations(bill, tree, found)
    defined = definitions(bill, tree, cited)
    used = uses(bill, tree, defined)
    parsed, unparsed = instructions(bill, tree)
    return Facts(
        units=found,
        definitions=defined,
        uses=used,
        citations=cited,
        quantities=quantities(bill, cited),
        instructions=parsed,
        unparsed=unparsed,
        conditions=conditions(bill),
        term_findings=term_findings(bill, tree, defined, used),
    )
