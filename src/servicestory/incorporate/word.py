"""A document as Word reads it: real headings, lists and tables, a header and footer on every page.

python-docx makes the empty document once: styles, page, header and footer. The body is written as
WordprocessingML (ECMA-376) directly, because adding it element by element takes thirty times as long.
"""

import hashlib
import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from functools import lru_cache
from html import escape, unescape
from typing import TYPE_CHECKING, Any

from servicestory.direction import from_right, runs
from servicestory.incorporate.tree import NEW_PAGE, Node, tree
from servicestory.incorporate.word_base import BOXES, BULLETS, NUMBERS, WIDTH, base
from servicestory.text import strip_controls

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_CORE, _NUMBERING = "docProps/core.xml", "word/numbering.xml"
_WHEN = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip can hold: no clock in the bytes
_WORDS = re.compile(r">([^<>]*[^<>\s][^<>]*)<")
_STAMP = re.compile(rb"sha256:([0-9a-f]{64})")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TASK = re.compile(r"\[( |x|X)\] ")
_PROPERTIES = re.compile(r'<w:pPr>(?:<w:pStyle w:val="\w+"/>)?(?!<w:keepNext/>)')
_BEFORE_SPACING = re.compile(r"(?=<w:(?:spacing|ind) |$)")
_FEW_ROWS = 9  # with its head; the table of the stories may be longer than a page
_TO_THE_MARGIN = '<w:tblInd w:w="108" w:type="dxa"/>'  # Word sets a table out by the margin of its cells
_AFTER_A_LIST = '<w:spacing w:after="120"/>'  # as far from what follows as one paragraph from the next


@dataclass(frozen=True)
class Head:
    """What stands on every page and in the file's properties."""

    id: str
    title: str
    revision: int
    status: str
    author: str
    dated: str  # ISO date of the revision: the only date in the file
    language: str = "en"

    @property
    def stamp(self) -> str:
        """Id and revision in words, with the status."""
        return f"{self.id}, revision {self.revision} ({self.status})"


def document(markdown: str, head: Head) -> bytes:
    """The bytes of a .docx file; the same for the same text, whenever and wherever it is made.

    Args:
        markdown: the document's body. Links, images and HTML in it are shown as plain text.
    """
    parts = dict(base(head.language))
    body = _Body()
    xml = "".join(body.block(node) for node in tree(markdown))
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"@@BODY@@", xml.encode())
    parts[_NUMBERING] = parts[_NUMBERING].replace(b"</w:numbering>", body.numbering().encode())
    shown = {"@@STAMP@@": head.stamp, "@@TITLE@@": head.title}
    for name in ("word/header1.xml", "word/footer1.xml"):
        for mark, text in shown.items():
            parts[name] = parts[name].replace(mark.encode(), _safe(text).encode())
    parts[_CORE] = _core(head, _fingerprint(parts)).encode()
    return _zipped(parts)


def untouched(data: bytes) -> bool:
    """Whether this is a document as `document` wrote it: nobody has opened it, changed it and saved it."""
    parts = _parts(data)
    found = _STAMP.search(parts.get(_CORE, b""))
    return found is not None and found[1].decode() == _fingerprint(parts)


def rewritten(data: bytes, change: "Callable[[str], str]") -> bytes:
    """The file with ``change`` made to every run of words in it; one that was as written here stays so.

    What is no Word file, and what nothing changes in, comes back as it is.
    """

    def words(found: re.Match[str]) -> str:
        said = unescape(found[1])
        return found[0] if (new := change(said)) == said else f">{_safe(new)}<"

    old = _parts(data)
    new = dict(old)
    for name in (n for n in old if n.endswith(".xml")):
        text = old[name].decode("utf-8", "surrogateescape")
        new[name] = _WORDS.sub(words, text).encode("utf-8", "surrogateescape")
    if new == old:
        return data
    if untouched(data):
        new[_CORE] = _STAMP.sub(b"sha256:" + _fingerprint(new).encode(), new[_CORE])
    return _zipped(new)


def _parts(data: bytes) -> dict[str, bytes]:
    """The parts of a Word file; none when it is no such file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return {name: packed.read(name) for name in packed.namelist()}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, ValueError, EOFError):
        return {}


def _zipped(parts: "Mapping[str, bytes]") -> bytes:
    first = "[Content_Types].xml"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as packed:
        for name in sorted(parts, key=lambda n: (n != first, n)):
            entry = zipfile.ZipInfo(name, _WHEN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o600 << 16
            packed.writestr(entry, parts[name])
    return made.getvalue()


def _fingerprint(parts: "Mapping[str, bytes]") -> str:
    whole = hashlib.sha256()
    for name in sorted(parts):
        if name != _CORE:
            whole.update(f"{name}\n{len(parts[name])}\n".encode() + parts[name])
    return whole.hexdigest()


def _core(head: Head, sha: str) -> str:
    when = f"{head.dated}T00:00:00Z"
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        " "
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{_safe(head.title)}</dc:title><dc:subject>{_safe(head.stamp)}</dc:subject>"
        f"<dc:creator>{_safe(head.author)}</dc:creator><dc:identifier>{_safe(head.id)} sha256:{sha}"
        f"</dc:identifier><dc:language>{_safe(head.language)}</dc:language>"
        f"<cp:category>{_safe(head.status)}</cp:category><cp:revision>{head.revision}</cp:revision>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{when}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{when}</dcterms:modified></cp:coreProperties>'
    )


def _safe(text: str) -> str:
    """Text fit for XML: no control characters, nothing a reader would take for markup."""
    return escape(_NOT_XML.sub("", strip_controls(text)), quote=True)


@lru_cache(maxsize=8)
def _borders(colour: str) -> str:
    sides = "".join(
        f'<w:{s} w:val="single" w:sz="8" w:space="0" w:color="{colour}"/>'
        for s in ("top", "left", "bottom", "right")
    )
    return f"<w:tcBorders>{sides}</w:tcBorders>"


class _Body:
    """Writes nodes as WordprocessingML and counts the lists, each of which begins at its own number."""

    def __init__(self) -> None:
        self._lists: list[tuple[int, int]] = []  # (kind of list, first number)

    def numbering(self) -> str:
        """The lists of this document, to stand at the end of numbering.xml."""
        made = []
        for number, (kind, start) in enumerate(self._lists, start=1000):
            override = "".join(
                f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start if level == 0 else 1}"/>'
                "</w:lvlOverride>"
                for level in range(3)
            )
            made.append(
                f'<w:num w:numId="{number}"><w:abstractNumId w:val="{kind}"/>'
                f"{override if kind == NUMBERS else ''}</w:num>"
            )
        return "".join(made) + "</w:numbering>"

    def block(self, node: Node, level: int = 0, number: int = 0) -> str:
        """One block and all inside it.

        Args:
            level: how deep in lists it stands; 0: in none.
            number: the list its paragraphs continue; 0: none.
        """
        kind = node.kind
        if kind == "heading":
            new_page = "<w:pageBreakBefore/>" if node.text == NEW_PAGE else ""
            return self._paragraph(f"Heading{min(int(node.info), 6)}", node.inline, new_page)
        if kind == "paragraph":
            return self._paragraph(
                "ListContinue" if level else "", node.inline, _indent(level) if level else ""
            )
        if kind in ("bullet_list", "ordered_list"):
            return self._list(node, level)
        if kind == "table":
            return self._table(node)
        if kind == "blockquote":
            inside = "".join(self.block(child) for child in node.children)
            return _frame(_kept(inside) or "<w:p/>")
        if kind == "code":
            lines = node.info.rstrip("\n").split("\n")
            return "".join(
                f'<w:p><w:pPr><w:pStyle w:val="Code"/></w:pPr>{_run(line)}</w:p>' for line in lines
            )
        if kind == "hr":
            line = '<w:bottom w:val="single" w:sz="6" w:space="1" w:color="999999"/>'
            return f"<w:p><w:pPr><w:pBdr>{line}</w:pBdr></w:pPr></w:p>"
        return "".join(self.block(child, level, number) for child in node.children)

    def _list(self, node: Node, level: int) -> str:
        ordered = node.kind == "ordered_list"
        tasks = not ordered and all(_TASK.match(item.text) for item in node.children)
        kind = NUMBERS if ordered else BOXES if tasks else BULLETS
        self._lists.append((kind, int(node.info or 1)))
        number = 999 + len(self._lists)
        style = "ListNumber" if ordered else "ListBullet"
        place_in = f'<w:ilvl w:val="{min(level, 2)}"/><w:numId w:val="{number}"/>'
        made = []
        for item in node.children:
            for place, child in enumerate(item.children):
                if child.kind == "paragraph" and place == 0:
                    inline = _without_box(child.inline) if tasks else child.inline
                    ends = not level and item is node.children[-1] and len(item.children) == 1
                    after = _AFTER_A_LIST if ends else ""
                    properties = f"<w:numPr>{place_in}</w:numPr>{after}{_indent(level, 360)}"
                    made.append(self._paragraph(style, inline, properties))
                else:
                    made.append(self.block(child, level + 1, number))
        # the lines to tick of one moment, and the answers of one question, stand on one page
        return "".join([*map(_kept, made[:-1]), *made[-1:]]) if tasks else "".join(made)

    def _table(self, node: Node) -> str:
        rows = node.children
        if not rows:
            return ""
        widths = _widths(rows)
        made = [
            '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>'
            f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/>{_TO_THE_MARGIN}'
            '<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>'
            + "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
            + "</w:tblGrid>"
        ]
        for at, row in enumerate(rows, 1):
            head = row.info == "head"
            stays = len(rows) <= _FEW_ROWS and at < len(rows)  # on one page with the next row
            made.append(f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>")
            shade = '<w:shd w:val="clear" w:color="auto" w:fill="E7E7E7"/>' if head else ""
            for cell, width in zip(row.children, widths, strict=False):
                text = self._paragraph("TableText", cell.inline, bold=head)
                text = _kept(text) if stays else text
                made.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>{text}</w:tc>')
            made.append("</w:tr>")
        return "".join(made) + '</w:tbl><w:p><w:pPr><w:pStyle w:val="TableText"/></w:pPr></w:p>'

    def _paragraph(self, style: str, inline: list[Any], properties: str = "", bold: bool = False) -> str:
        named = f'<w:pStyle w:val="{style}"/>' if style else ""
        if from_right("".join(token.content for token in inline)):
            properties = _BEFORE_SPACING.sub("<w:bidi/>", properties, count=1)  # the schema's order
        return f"<w:p><w:pPr>{named}{properties}</w:pPr>{_runs(inline, bold)}</w:p>"


def _kept(paragraphs: str) -> str:
    """Paragraphs that stand on one page with what comes next."""
    return _PROPERTIES.sub(r"\g<0><w:keepNext/>", paragraphs)


def _indent(level: int, hanging: int = 0) -> str:
    left = 360 * (level + 1) if hanging else 360 * level
    return f'<w:ind w:left="{left}"' + (f' w:hanging="{hanging}"' if hanging else "") + "/>"


def _frame(inside: str) -> str:
    """A box: a table of one cell, which keeps lists and text of different indents together."""
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{WIDTH}" w:type="dxa"/>{_TO_THE_MARGIN}<w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:top w:w="100" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{WIDTH}"/></w:tblGrid><w:tr><w:trPr><w:cantSplit/></w:trPr>'
        f'<w:tc><w:tcPr><w:tcW w:w="{WIDTH}" w:type="dxa"/>{_borders("555555")}'
        '<w:shd w:val="clear" w:color="auto" w:fill="F5F5F5"/></w:tcPr>'
        f'{inside}</w:tc></w:tr></w:tbl><w:p><w:pPr><w:pStyle w:val="TableText"/><w:keepNext/></w:pPr></w:p>'
    )


def _widths(rows: list[Node]) -> list[int]:
    """Column widths in twentieths of a point, by how much text a column holds and by its longest word."""
    count = max(len(row.children) for row in rows)
    texts = [[row.children[n].text if n < len(row.children) else "" for row in rows] for n in range(count)]
    longest = [max((len(w) for t in column for w in t.split()), default=1) for column in texts]
    # a heading is bold, and wider
    heads = [max((len(w) for w in column[0].split()), default=1) for column in texts]
    least = [min(24, max(n, -(-head * 5 // 4))) for n, head in zip(longest, heads, strict=True)]
    wanted = [max(low, min(60, max(map(len, column)))) for low, column in zip(least, texts, strict=True)]
    least_width = [110 * low + 240 for low in least]
    spare = max(0, WIDTH - sum(least_width))
    extra = [w - low + 1 for w, low in zip(wanted, least, strict=True)]
    made = [low + spare * more // sum(extra) for low, more in zip(least_width, extra, strict=True)]
    scale = min(1.0, WIDTH / sum(made))
    return [int(width * scale) for width in made]


def _without_box(inline: list[Any]) -> list[Any]:
    first = inline[0]
    rest = type(first)(**{**first.as_dict(), "content": _TASK.sub("", first.content, count=1)})
    return [rest, *inline[1:]]


def _runs(inline: list[Any], bold: bool = False) -> str:
    strong, italic, made = int(bold), 0, []
    for token in inline:
        kind = token.type
        if kind in ("strong_open", "strong_close"):
            strong += 1 if kind == "strong_open" else -1
        elif kind in ("em_open", "em_close"):
            italic += 1 if kind == "em_open" else -1
        elif kind == "hardbreak":
            made.append("<w:r><w:br/></w:r>")
        elif kind == "softbreak":
            made.append(_run(" ", strong > 0, italic > 0))
        else:
            made.append(_run(token.content, strong > 0, italic > 0, kind == "code_inline"))
    return "".join(made)


def _run(text: str, strong: bool = False, italic: bool = False, code: bool = False) -> str:
    if not text:
        return ""
    style = '<w:rStyle w:val="CodeWords"/>' if code else ""
    return "".join(_piece(piece, style, strong, italic, rtl) for piece, rtl in runs(text))


def _piece(text: str, style: str, strong: bool, italic: bool, rtl: bool) -> str:
    """One run; letters from right to left are set by properties of their own (ECMA-376, 17.3.2.30)."""
    style += ("<w:b/>" + "<w:bCs/>" * rtl if strong else "") + ("<w:i/>" + "<w:iCs/>" * rtl if italic else "")
    style += "<w:rtl/>" * rtl
    properties = f"<w:rPr>{style}</w:rPr>" if style else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{_safe(text)}</w:t></w:r>'
