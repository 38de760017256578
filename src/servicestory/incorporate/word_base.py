"""The empty Word document every .docx begins with: styles, page, lists, header and footer."""

import io
import re
import zipfile
from functools import lru_cache
from typing import Any

NUMBERS, BULLETS, BOXES = 901, 902, 903
"""The kinds of list: 1. 2. 3., bullets, boxes to tick."""

WIDTH = 9638
"""Width of the text in twentieths of a point: A4 with margins of 2 cm."""

_INK = "1A1A1A"
# What python-docx's own template brings along and no document here uses: most of its size.
_UNUSED = re.compile(r"thumbnail|customXml|stylesWithEffects")
_REFERENCE = re.compile(rb"<(?:Relationship|Override)\b[^>]*(?:thumbnail|customXml|stylesWithEffects)[^>]*/>")


@lru_cache(maxsize=4)
def base(language: str) -> tuple[tuple[str, bytes], ...]:
    """The parts of the package by name, with ``@@BODY@@``, ``@@STAMP@@`` and ``@@TITLE@@`` to be filled.

    Styles are Word's own (Normal, Heading 1 to 6, List Number, List Bullet, Table Grid), so that an
    organisation's house style can be laid over them.
    """
    from docx import Document
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    made = Document()
    _styles(made, language)
    section = made.sections[0]
    for name, value in (
        ("page_width", 11906), ("page_height", 16838), ("left_margin", 1134), ("right_margin", 1134),
        ("top_margin", 1304), ("bottom_margin", 1134), ("header_distance", 624), ("footer_distance", 567),
    ):  # fmt: skip
        setattr(section, name, value * 635)
    _line(section.header.paragraphs[0], "@@STAMP@@", "@@TITLE@@")
    footer = section.footer.paragraphs[0]
    _line(footer, "@@STAMP@@. A printed copy is uncontrolled.", "Page ")
    _field(footer, "PAGE")
    footer.add_run(" of ")
    _field(footer, "NUMPAGES")
    numbering = made.part.numbering_part.element
    first = numbering.find(f"{{{numbering.nsmap['w']}}}num")
    for kind in (NUMBERS, BULLETS, BOXES):
        first.addprevious(parse_xml(_list(kind, nsdecls("w"))))
    made.add_paragraph("@@BODY@@")
    packed = io.BytesIO()
    made.save(packed)
    with zipfile.ZipFile(packed) as package:
        parts = {name: package.read(name) for name in package.namelist() if not _UNUSED.search(name)}
    for name in [n for n in parts if n.endswith((".rels", "[Content_Types].xml"))]:
        parts[name] = _REFERENCE.sub(b"", parts[name])
    parts["word/document.xml"] = parts["word/document.xml"].replace(
        b"<w:p><w:r><w:t>@@BODY@@</w:t></w:r></w:p>", b"@@BODY@@"
    )
    assert b"<w:t>@@BODY" not in parts["word/document.xml"]
    return tuple(sorted(parts.items()))


def _styles(made: Any, language: str) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    for style in list(made.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in ("Normal Table", "Table Grid"):
            made.styles.element.remove(style.element)
    for lang in made.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), {"en": "en-GB"}.get(language, language))
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10.5)
    normal.paragraph_format.space_after = Pt(6)
    for level, size in enumerate((18, 13, 11.5, 11, 10.5, 10.5), start=1):
        style = made.styles[f"Heading {level}"]
        style.font.name, style.font.size, style.font.bold = "Calibri", Pt(size), True
        style.font.italic = False
        style.font.color.rgb = RGBColor.from_string(_INK)
        fonts = style.element.rPr.find(qn("w:rFonts"))
        for theme in [a for a in fonts.attrib if a.endswith("Theme")]:
            del fonts.attrib[theme]
        style.paragraph_format.space_before = Pt(0 if level == 1 else 12)
        style.paragraph_format.space_after = Pt(8 if level == 1 else 4)
        style.paragraph_format.keep_with_next = True
    for name in ("List Number", "List Bullet", "List Continue"):
        style = made.styles[name]
        style.paragraph_format.space_after = Pt(3)
    text = made.styles.add_style("Table Text", WD_STYLE_TYPE.PARAGRAPH)
    text.base_style, text.font.size = normal, Pt(9)
    text.paragraph_format.space_before = text.paragraph_format.space_after = Pt(2)
    code = made.styles.add_style("Code", WD_STYLE_TYPE.PARAGRAPH)
    code.base_style, code.font.name, code.font.size = normal, "Consolas", Pt(9)
    code.paragraph_format.space_after = Pt(0)
    words = made.styles.add_style("Code Words", WD_STYLE_TYPE.CHARACTER)
    words.font.name, words.font.size = "Consolas", Pt(9.5)


def _line(paragraph: Any, left: str, right: str) -> None:
    """One line with something at both ends of it."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Pt, Twips

    paragraph.paragraph_format.tab_stops.clear_all()
    for stop in list(paragraph.style.paragraph_format.tab_stops):
        paragraph.paragraph_format.tab_stops.add_tab_stop(stop.position, WD_TAB_ALIGNMENT.CLEAR)
    paragraph.paragraph_format.tab_stops.add_tab_stop(Twips(WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.style.font.size = Pt(8.5)
    paragraph.add_run(f"{left}\t{right}")


def _field(paragraph: Any, code: str) -> None:
    """A figure Word works out itself, such as the number of the page."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    paragraph._p.append(
        parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    )


def _list(kind: int, names: str) -> str:
    levels = []
    for level in range(3):
        if kind == NUMBERS:
            shape, text, font = "decimal", f"%{level + 1}.", ""
        else:
            shape, text = "bullet", "☐" if kind == BOXES else "•–•"[level]
            name = "Segoe UI Symbol"
            font = f'<w:rPr><w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:hint="default"/></w:rPr>'
        levels.append(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{shape}"/>'
            f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="{360 * (level + 1)}" w:hanging="360"/></w:pPr>{font}</w:lvl>'
        )
    return (
        f'<w:abstractNum {names} w:abstractNumId="{kind}"><w:multiLevelType w:val="hybridMultilevel"/>'
        f"{''.join(levels)}</w:abstractNum>"
    )
