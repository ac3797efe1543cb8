"""Templates and colours of the site: the house's own where it has some, else ours.

A house folder may hold `house.css` and templates of the names in `REPLACEABLE`; a template that
keeps most of ours begins with `{% extends "legannot/index.html.j2" %}`.  The frame of every page,
`shell.html.j2`, is always ours, since it holds the security policy.
"""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import jinja2
from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from legannot.errors import InputError
from legannot.render import wording
from legannot.render.html import Frame
from legannot.render.inert import inert
from legannot.resources import data

REPLACEABLE = ("index.html.j2", "bill.html.j2", "about.html.j2", "nav.html.j2", "imprint.html.j2")
STYLE = "house.css"
# Our own templates under a name that a house's template of the same name can extend.
OURS = "legannot"
# What could end the style element, or ask another host for something: the policy stops the latter,
# and a style sheet that silently does nothing is worse than a message.
_FORBIDDEN_STYLE = re.compile(r"</|<!--|@import|url\s*\(|image-set\s*\(", re.IGNORECASE)
MAX_BYTES = 500_000


class _Environment(ImmutableSandboxedEnvironment):
    """Templates without Python behind them, whose escaping cannot be turned off."""

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for node in tree.find_all((nodes.EvalContextModifier, nodes.ScopedEvalContextModifier)):
            raise jinja2.TemplateSyntaxError(
                "escaping cannot be turned off", node.lineno, name, filename
            )
        return tree


@dataclass(frozen=True, slots=True)
class Look:
    """Templates, the house's style sheet, and a digest of all that decides how pages look."""

    templates: jinja2.Environment
    house: Path | None
    style: str
    sha256: str

    def page(self, name: str, **values: object) -> bytes:
        """A page of the site in UTF-8.  Raises `InputError` for a fault in a house's template."""
        style = f"{_file('report/report.css')}\n{_file('site/site.css')}\n{self.style}"
        script = _file("site/search.js") if name == "index.html.j2" else ""
        policy = _policy(style, script)
        text = self._render(
            name,
            policy=policy,
            style=Markup(style),  # noqa: S704 - ours, and a house's that was checked
            script=Markup(script),  # noqa: S704 - ours
            **values,
        )
        if policy not in str(Markup(text).unescape())[:600]:  # noqa: S704 - only looked at
            raise InputError(
                "does not keep the frame of the page, which holds the security policy.",
                where=name,
                cure=f'Begin it with {{% extends "{OURS}/{name}" %}}.',
            )
        return text.encode("utf-8")

    def frame(self, **values: object) -> Frame:
        """What stands around a report on the site."""
        head, before, after = (
            Markup(self._render(name, **values))  # noqa: S704 - a template's output is escaped
            for name in ("report-head.html.j2", "report-nav.html.j2", "report-end.html.j2")
        )
        return Frame(head, before, after, f"{_file('site/site.css')}\n{self.style}")

    def _render(self, name: str, **values: object) -> str:
        try:
            return self.templates.get_template(name).render(**values)
        except jinja2.TemplateSyntaxError as wrong:
            raise InputError(
                f"{wrong.message}.", where=wrong.name or name, line=wrong.lineno
            ) from None
        except (jinja2.TemplateError, TypeError, ValueError, ArithmeticError) as wrong:
            raise InputError(f"cannot be filled in: {wrong}.", where=name) from None


def load(house: Path | None) -> Look:
    """Templates with those of a house before ours.  Raises `InputError` for a file not known."""
    ours = data("templates") / "site"
    parts = [path.read_bytes() for path in sorted(ours.iterdir()) if path.is_file()]
    reports = data("templates") / "report"
    parts += [path.read_bytes() for path in sorted(reports.iterdir()) if path.is_file()]
    own = _house(house) if house else {}
    style = own.pop(STYLE, "")
    _check_style(style)
    digest = sha256()
    for part in (*parts, style.encode(), *(f"{n}\0{t}".encode() for n, t in own.items())):
        digest.update(sha256(part).digest())
    environment = _Environment(
        loader=jinja2.ChoiceLoader(
            [
                jinja2.DictLoader(own),
                jinja2.FileSystemLoader(ours),
                jinja2.PrefixLoader({OURS: jinja2.FileSystemLoader(ours)}),
            ]
        ),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_inert,
        auto_reload=False,
    )
    # Both would let text through as markup.
    for name in ("safe", "xmlattr"):
        del environment.filters[name]
    environment.globals.clear()
    environment.filters["count"] = wording.count
    return Look(environment, house, style, digest.hexdigest())


def _house(folder: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "README")):
            continue
        if path.name not in (*REPLACEABLE, STYLE):
            raise InputError(
                "is not a file that a house folder may hold.",
                where=str(path),
                cure=f"It may hold {', '.join((STYLE, *REPLACEABLE))}.",
            )
        try:
            raw = path.read_bytes()
            found[path.name] = raw[:MAX_BYTES].decode("utf-8-sig")
        except (OSError, UnicodeDecodeError):
            raise InputError("cannot be read as UTF-8 text.", where=str(path)) from None
        if len(raw) > MAX_BYTES:
            raise InputError("is too large for a template.", where=str(path))
    return found


def _check_style(style: str) -> None:
    wrong = _FORBIDDEN_STYLE.search(style)
    if wrong:
        raise InputError(
            f"`{wrong[0]}` cannot stand in it: a page asks for nothing outside itself.",
            where=STYLE,
            line=style.count("\n", 0, wrong.start()) + 1,
            cure="Use colours and fonts that a reader has.",
        )


def _inert(value: object) -> object:
    """Make what a template prints harmless; markup that this package built already is."""
    return inert(value) if type(value) is str else value


def _policy(style: str, script: str) -> str:
    policy = f"default-src 'none'; base-uri 'none'; form-action 'none'; style-src {_hash(style)}"
    return f"{policy}; script-src {_hash(script)}" if script else policy


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


def _file(name: str) -> str:
    return (data("templates") / name).read_text(encoding="utf-8").strip()


__all__ = ["OURS", "REPLACEABLE", "STYLE", "Look", "load"]
