"""The interdependency map as DOT for Graphviz and as GraphML for graph tools."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from legannot.model.report import Dependencies, Node
from legannot.render.inert import inert

_SHAPES = {"term": "ellipse", "provision": "box", "law": "note", "list": "hexagon"}
_GRAPHML = "http://graphml.graphdrawing.org/xmlns"


def dot(map_: Dependencies, title: str) -> str:
    """A directed graph: terms are ellipses, provisions boxes, law notes, lists hexagons."""
    lines = [f"digraph {_quoted(title or 'bill')} {{", "  rankdir=LR;", "  node [fontsize=10];"]
    lines += [
        f"  {_quoted(node.id)} [label={_quoted(_label(node))}, shape={_SHAPES[node.kind]}];"
        for node in map_.nodes
    ]
    lines += [
        f"  {_quoted(edge.source)} -> {_quoted(edge.target)} [label={_quoted(edge.kind)}];"
        for edge in map_.edges
    ]
    return "\n".join((*lines, "}", ""))


def graphml(map_: Dependencies, title: str) -> str:
    """The same graph in XML (graphml.graphdrawing.org), its kinds and labels as data."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<graphml xmlns={quoteattr(_GRAPHML)}>",
        *(
            f'  <key id="{name}" for="{of}" attr.name="{name}" attr.type="string"/>'
            for name, of in (("kind", "all"), ("label", "node"), ("path", "node"))
        ),
        f'  <graph id={quoteattr(inert(title) or "bill")} edgedefault="directed">',
    ]
    for node in map_.nodes:
        data = (("kind", node.kind), ("label", node.label), ("path", node.path))
        lines.append(f"    <node id={quoteattr(inert(node.id))}>{_data(data)}</node>")
    for edge in map_.edges:
        ends = f"source={quoteattr(inert(edge.source))} target={quoteattr(inert(edge.target))}"
        lines.append(f"    <edge {ends}>{_data((('kind', edge.kind),))}</edge>")
    return "\n".join((*lines, "  </graph>", "</graphml>", ""))


def _label(node: Node) -> str:
    return f"“{node.label}”" if node.kind == "term" else node.label


def _data(pairs: tuple[tuple[str, str], ...]) -> str:
    return "".join(f'<data key="{key}">{escape(inert(value))}</data>' for key, value in pairs)


def _quoted(text: str) -> str:
    safe = inert(text).replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{safe}"'
