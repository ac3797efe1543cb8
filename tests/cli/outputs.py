"""Every way to write one file."""

from __future__ import annotations

REPORTS = ("html", "docx", "pdf", "md", "csv", "json", "fragment", "annotations", "oembed")
DIFFS = ("json", "md", "csv", "unified", "docx", "terminal")
IMPACTS = ("text", "md", "json", "dot", "graphml")
RULES_ALONE = "--no-embeddings"


def commands(old: str, new: str) -> dict[str, tuple[str, ...]]:
    """The commands that write about two versions, by the names of their files."""
    pair = (old, new)
    found: dict[str, tuple[str, ...]] = {}
    for form in REPORTS:
        more = ("--url", "https://think.example/hr99990.html") if form == "oembed" else ()
        found[f"report.{form}"] = ("report", *pair, RULES_ALONE, "--format", form, *more)
    for form in DIFFS:
        found[f"diff.{form}"] = ("diff", *pair, "--format", form)
    found["static.docx"] = ("report", *pair, RULES_ALONE, "--format", "docx", "--static")
    found["redline.docx"] = ("diff", *pair, "--format", "docx", "--static")
    found["columns.txt"] = ("diff", *pair, "--side-by-side")
    found["stat.txt"] = ("diff", *pair, "--stat")
    for form in IMPACTS:
        found[f"impact.{form}"] = ("impact", *pair, RULES_ALONE, "--format", form)
    for form in ("tree", "text", "json", "facts"):
        found[f"parse.{form}"] = ("parse", old, "--format", form)
    for form in ("table", "json"):
        found[f"tag.{form}"] = ("tag", old, RULES_ALONE, "--format", form)
    return {name: (*arguments, "-q", "-o", name) for name, arguments in found.items()}
