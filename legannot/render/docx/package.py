"""A Word document as a file: styles, running head and foot, properties, always the same bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Inches, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from legannot.model import Bill
from legannot.render.docx.marks import AUTHOR
from legannot.render.inert import inert

FONT = "Times New Roman"
_INK, _MUTED, _RULE = RGBColor(0x1C, 0x1D, 0x20), RGBColor(0x57, 0x5A, 0x60), "8D8778"
_HEADING_SIZES = (15, 13, 12, 11.5, 11, 11)
# Levels below a section that still stand further to the right.
DEEPEST = 7
_STEP = Inches(0.3)
# The oldest time that a zip archive can hold, and the date of a bill that bears none.
_NO_DATE = datetime(1980, 1, 1, tzinfo=UTC)
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CUSTOM_SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUE_SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
# The id that Office gives to all properties of a user's own (MS-OSHARED 2.3.3.2.3.1).
_CUSTOM_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def date_of(bills: Sequence[Bill], epoch: int | None) -> datetime:
    """The day to put on every mark: `epoch` seconds if given, else that of the newest version."""
    if epoch is not None:
        return datetime.fromtimestamp(epoch, UTC)
    days = [day for bill in reversed(bills) for day in bill.dates.values()]
    return max((_day(day) for day in days), default=_NO_DATE)


def _day(iso: str) -> datetime:
    try:
        return datetime.fromisoformat(iso).replace(tzinfo=UTC)
    except ValueError:
        return _NO_DATE


def new_document(title: str, head: str, date: datetime) -> Document:
    """An empty document in letter size with the styles of a bill and a running head."""
    document = docx.Document()
    document.element.body.clear_content()
    _styles(document)
    section = document.sections[0]
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    section.left_margin = section.right_margin = Inches(1)
    section.top_margin = section.bottom_margin = Inches(0.9)
    _line(section.header.paragraphs[0], head)
    foot = section.footer.paragraphs[0]
    _line(foot, "Unofficial. Made by legannot from public bill XML.\t")
    foot.style = document.styles["Normal"]
    foot.paragraph_format.tab_stops.add_tab_stop(Inches(6.5), WD_TAB_ALIGNMENT.RIGHT)
    _field(foot, "PAGE")
    _line(foot, " of ")
    _field(foot, "NUMPAGES")
    core = document.core_properties
    core.title, core.author, core.last_modified_by = inert(title)[:255], AUTHOR, AUTHOR
    core.created = core.modified = date
    core.comments, core.keywords, core.language, core.revision = "", "", "en-US", 1
    _drop_thumbnail(document)
    return document


def _line(paragraph: Paragraph, text: str) -> None:
    run = paragraph.add_run(inert(text.replace("\t", "\0")).replace("\ufffd", "\t"))
    run.font.size = Pt(8.5)
    run.font.color.rgb = _MUTED


def _field(paragraph: Paragraph, instruction: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run = paragraph.add_run("1")
    run.font.size = Pt(8.5)
    run.font.color.rgb = _MUTED
    field.append(run._r)  # noqa: SLF001 - python-docx has no call that puts a run into a field
    paragraph._p.append(field)  # type: ignore[arg-type]  # noqa: SLF001


def _drop_thumbnail(document: Document) -> None:
    """Leave out the picture of python-docx's own empty page."""
    rels = document.part.package.rels
    for key in [k for k, rel in rels.items() if rel.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del rels[key]


# ── styles ────────────────────────────────────────────────────────────────────────────────────────


def _styles(document: Document) -> None:
    styles = document.styles
    normal = _paragraph_style(document, "Normal")
    _font(normal, 11)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.1
    for rank, size in enumerate(_HEADING_SIZES, 1):
        heading = _paragraph_style(document, f"Heading {rank}")
        _font(heading, size)
        heading.font.bold, heading.font.italic = True, False
        heading.font.color.rgb = _INK
        heading.paragraph_format.space_before = Pt(14 if rank == 1 else 10)
        heading.paragraph_format.space_after = Pt(4)
        heading.paragraph_format.keep_with_next = True
    for name, size in (("Title", 20), ("Subtitle", 12), ("List Bullet", 11), ("Caption", 9)):
        style = _paragraph_style(document, name)
        _font(style, size)
        style.font.color.rgb = _INK
        style.font.bold, style.font.italic = name == "Title", False
        _unspaced(style)
    _light_rules(document)
    for level in range(DEEPEST + 1):
        for quoted in (False, True):
            style = styles.add_style(level_style(level, quoted=quoted), WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = normal
            style.quick_style = True
            hanging = _STEP if level else 0
            style.paragraph_format.left_indent = _STEP * level
            style.paragraph_format.first_line_indent = -hanging
            if quoted:
                _frame(style)
    contents = styles.add_style("Bill Contents", WD_STYLE_TYPE.PARAGRAPH)
    contents.base_style = normal
    contents.paragraph_format.left_indent = _STEP
    contents.paragraph_format.space_after = Pt(1)


def level_style(level: int, *, quoted: bool) -> str:
    """The style of a text at a level, of quoted law if `quoted`."""
    return f"{'Quoted law' if quoted else 'Bill text'} {min(level, DEEPEST)}"


def _paragraph_style(document: Document, name: str) -> ParagraphStyle:
    style = document.styles[name]
    if not isinstance(style, ParagraphStyle):
        raise TypeError(f"{name} is no paragraph style")
    return style


def _font(style: ParagraphStyle, size: float) -> None:
    style.font.size = Pt(size)
    style.font.name = FONT
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    # A font of the theme would win over the one that is named.
    for attribute in [name for name in fonts.attrib if str(name).endswith("Theme")]:
        del fonts.attrib[attribute]
    for script in ("w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)


def _unspaced(style: ParagraphStyle) -> None:
    """Without the wide letters and the blue rule that python-docx's own styles have."""
    for spacing in style.element.findall(f"{qn('w:rPr')}/{qn('w:spacing')}"):
        style.element.get_or_add_rPr().remove(spacing)
    for rule in style.element.iter(qn("w:bottom")):
        rule.set(qn("w:color"), _RULE)
        rule.attrib.pop(qn("w:themeColor"), None)


def _light_rules(document: Document) -> None:
    """Tables have a fine line under each row and none between columns, as in print."""
    for borders in document.styles["Table Grid"].element.iter(qn("w:tblBorders")):
        for rule in borders:
            if rule.tag in (qn("w:left"), qn("w:right"), qn("w:insideV")):
                rule.set(qn("w:val"), "nil")
            rule.set(qn("w:color"), _RULE)


def _frame(style: ParagraphStyle) -> None:
    """A rule at the left, as quoted law has on the page."""
    borders, left = OxmlElement("w:pBdr"), OxmlElement("w:left")
    for name, value in (("val", "single"), ("sz", "18"), ("space", "6"), ("color", _RULE)):
        left.set(qn(f"w:{name}"), value)
    borders.append(left)
    properties = style.element.get_or_add_pPr()
    # The schema wants borders before spacing and indents.
    properties.insert(0, borders)


# ── the file ──────────────────────────────────────────────────────────────────────────────────────


def set_custom(document: Document, values: Mapping[str, str]) -> None:
    """Properties that Word shows under File, Info, Advanced Properties, Custom."""
    properties = "".join(
        f'<property fmtid="{_CUSTOM_ID}" pid="{pid}" name={quoteattr(inert(name))}>'
        f"<vt:lpwstr>{escape(inert(value))}</vt:lpwstr></property>"
        for pid, (name, value) in enumerate(values.items(), 2)
    )
    xml = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Properties xmlns="{_CUSTOM_SPACE}" xmlns:vt="{_VALUE_SPACE}">{properties}</Properties>'
    )
    package = document.part.package
    part = Part(PackURI("/docProps/custom.xml"), _CUSTOM_TYPE, xml.encode("utf-8"), package)
    package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)


def to_bytes(document: Document) -> bytes:
    """The file; every entry bears the same time, so that the same document is the same bytes."""
    saved = BytesIO()
    document.save(saved)
    packed = BytesIO()
    with ZipFile(saved) as source, ZipFile(packed, "w", ZIP_DEFLATED) as target:
        for entry in source.infolist():
            stamped = ZipInfo(entry.filename, _NO_DATE.timetuple()[:6])
            stamped.compress_type = ZIP_DEFLATED
            stamped.external_attr = 0o644 << 16
            target.writestr(stamped, source.read(entry))
    return packed.getvalue()
