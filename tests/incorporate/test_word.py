"""Word files and pages: real styles and tables, the same bytes every time, nothing in them that does anything."""

import io
import re
import zipfile
from importlib.resources import files
from typing import Any

from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from servicestory.incorporate.page import page
from servicestory.incorporate.page import untouched as page_untouched
from servicestory.incorporate.trace import changes, section
from servicestory.incorporate.tree import body, tree
from servicestory.incorporate.word import Head, document, untouched
from servicestory.text import safe_markdown

HEAD = Head("SOP-0001", "Call & ask <b>", 2, "draft", "Ana", "2026-10-05")
TEXT = """# SOP-0001: Call

| Role | May decide |
|---|---|
| Whoever serves | every step |

> **Box**
>
> - one
> - two

1. **Call.** [1]
    - Soon.
2. **Ask.**

After.

1. Again from one.

- [ ] 1. tick me

`code` and *more*

```
plain code
```
"""
TEMPLATE = (files("servicestory") / "templates" / "document.html").read_text(encoding="utf-8")


def test_headings_lists_tables_header_and_footer_are_words_own() -> None:
    made: Any = Document(io.BytesIO(document(TEXT, HEAD)))
    styles = {p.style.name for p in made.paragraphs}
    assert {"Heading 1", "List Number", "List Bullet", "Code"} <= styles
    table, box = made.tables
    assert [c.text for c in table.rows[0].cells] == [
        "Role",
        "May decide",
    ] and table.style.name == "Table Grid"
    assert [p.text for p in box.rows[0].cells[0].paragraphs] == ["Box", "one", "two"]
    numbers = [p._p.pPr.numPr.numId.val for p in made.paragraphs if p.style.name == "List Number"]
    assert len(set(numbers)) == 2 and numbers[0] == numbers[1]  # the second list begins at 1 again
    part = made.sections[0]
    assert "SOP-0001, revision 2 (draft)" in part.header.paragraphs[0].text
    assert "A printed copy is uncontrolled" in part.footer.paragraphs[0].text
    assert "NUMPAGES" in part.footer._element.xml
    assert made.core_properties.title == "Call & ask <b>" and made.core_properties.revision == 2
    assert "tick me" in [p.text for p in made.paragraphs][-3]


def test_a_quiz_is_handed_out_without_its_answers() -> None:
    text = "## 1. Who?\n\n- [ ] A. Ann\n- [ ] B. Bo\n\n## Answers\n\n1. **A**\n"
    made: Any = Document(io.BytesIO(document(text, HEAD)))
    breaks = [p.text for p in made.paragraphs if p.paragraph_format.page_break_before]
    assert breaks == ["Answers"]
    assert "A. Ann" in [p.text for p in made.paragraphs]  # the box is the list's own mark, and the only one
    shown = page(text, HEAD.stamp, HEAD.title, "en", TEMPLATE, "document.html")
    assert shown.count('<h2 class="page">Answers</h2>') == 1 and ".page { break-before: page }" in shown


def test_the_same_text_gives_the_same_bytes_and_a_hand_on_it_is_seen() -> None:
    data = document(TEXT, HEAD)
    assert document(TEXT, HEAD) == data and untouched(data)
    assert {i.date_time for i in zipfile.ZipFile(io.BytesIO(data)).infolist()} == {(1980, 1, 1, 0, 0, 0)}
    edited = Document(io.BytesIO(data))
    edited.paragraphs[0].runs[0].text = "Mine"
    saved = io.BytesIO()
    edited.save(saved)
    assert not untouched(saved.getvalue()) and not untouched(b"no zip") and not untouched(b"PK\x03\x04")
    shown = page(body(TEXT), "SOP-0001, revision 2", "T", "en", TEMPLATE, "document.html")
    assert page_untouched(shown) and page_untouched(shown.replace("\n", "\r\n"))
    assert not page_untouched(shown.replace("Soon", "Later"))
    assert shown.count("printed copy is uncontrolled") == 2 and "☐ 1. tick me" in shown


@settings(max_examples=60)
@given(st.text(max_size=80))
def test_whatever_a_story_says_is_words_in_every_format(text: str) -> None:
    told = f"# T\n\n- {safe_markdown(text)} end\n"
    xml = zipfile.ZipFile(io.BytesIO(document(told, HEAD))).read("word/document.xml").decode()
    assert not re.search(r"w:hyperlink|w:instrText|r:embed|r:id=\"(?!rId)", xml)
    assert Document(io.BytesIO(document(told, HEAD))).paragraphs[1].text.endswith("end")
    shown = page(told, "s", "t", "en", TEMPLATE, "document.html").split("<body>")[1]
    tags = set(re.findall(r"<(/?\w+)", shown.split("<!-- servicestory:page")[0]))
    assert tags <= {"h1", "/h1", "ul", "/ul", "li", "/li", "footer", "/footer", "/body", "/html"}


@settings(max_examples=60)
@given(st.text(alphabet="ab \n#*_`[]()<>!|-1.\x07\x1b\u202e&;:/hp", max_size=120))
def test_whatever_its_owner_writes_beside_it_is_words_too(text: str) -> None:
    xml = document(text, HEAD)
    Document(io.BytesIO(xml))  # opens
    shown = page(text, "s", "t", "en", TEMPLATE, "document.html").split("<body>")[1]
    assert not re.search(r"<(?:a|img|script|iframe)\b", shown) and "\x1b" not in shown


def test_markdown_is_read_as_blocks_without_front_matter_marks_and_notice() -> None:
    text = "---\nid: x\n---\n\n<!-- servicestory:control -->\n# T\n\nText\n\n## Notes\n\nFor you.\n"
    assert body(text, "\n## Notes\n\nFor you.\n") == "\n# T\n\nText\n"
    assert "## Notes" in body(text + "mine\n", "\n## Notes\n\nFor you.\n")
    assert [n.kind for n in tree("a\n\n---\n\n    code\n")] == ["paragraph", "hr", "code"]


OLD = "## Scope, and\n\nFor 3 stories.\n\n## Procedure\n\n1. **Call.** [1]\n    - Soon.\n2. **Ask.**\n\n## When\n\nX. 2 stories of 9.\n"


def test_what_a_revision_changes_for_people_is_told_from_what_it_does_not() -> None:
    assert changes(OLD, OLD.replace("[1]", "[1, 2]").replace("3 stories", "4 stories"))[0] == "minor"
    assert changes(OLD, OLD.replace("2. **Ask.**", "2. **Ask.**\n3. **Thank.**")) == (
        "major",
        "1 step added: “Thank”",
    )
    assert "1 step taken out: “Ask”" in changes(OLD, OLD.replace("2. **Ask.**\n", ""))[1]
    assert changes(OLD, OLD.replace("Soon", "Late"))[1] == "Key points or core parts changed"
    assert changes(OLD, OLD.replace("X.", "Y."))[1] == "The moment changed"
    swapped = OLD.replace("Call", "#").replace("Ask", "Call").replace("#", "Ask", 1)
    assert section(OLD, "When") == "X. 2 stories of 9." and changes(OLD, swapped)[0] == "major"


def test_text_from_right_to_left_is_set_so() -> None:
    said = "\u05d4\u05d9\u05d0 \u05dc\u05d9\u05d5\u05d5\u05ea\u05d4"
    text = f"# {said}\n\n1. **{said}** (Anna)\n\nAnna: {said}\n"
    made: Any = Document(io.BytesIO(document(text, HEAD)))
    heading, step, plain = (p._p.xml for p in made.paragraphs if p.text)
    assert all("<w:bidi/>" in xml and "<w:rtl/>" in xml for xml in (heading, step))
    assert step.index("<w:numPr>") < step.index("<w:bidi/>") < step.index("<w:ind ")
    assert "<w:bCs/>" in step
    assert "<w:bidi/>" not in plain and "<w:rtl/>" in plain
    shown = page(text, "SOP-0001, revision 2", "Call", "he", TEMPLATE, "document.html")
    assert f'<p dir="auto">Anna: {said}</p>' in shown
    assert page_untouched(shown)
    assert b"<w:rtl/>" not in document(TEXT, HEAD) and "dir=" not in page(TEXT, "S", "T", "en", TEMPLATE, "d")


def test_the_answers_of_a_question_stand_on_its_page() -> None:
    text = "## 1. Which?\n\n> A story\n\n- [ ] A. Ann\n- [ ] B. Bo\n\nText\n\n- one\n- two\n"
    made: Any = Document(io.BytesIO(document(text, HEAD)))
    kept = {p.text: p.paragraph_format.keep_with_next for p in made.paragraphs if p.text}
    assert kept["A. Ann"] and not kept["B. Bo"] and not kept["one"]
    assert made.tables[0].rows[0].cells[0].paragraphs[0].paragraph_format.keep_with_next
    shown = page(text, HEAD.stamp, HEAD.title, "en", TEMPLATE, "document.html")
    assert "ul.boxes { break-before: avoid; break-inside: avoid }" in shown and '<ul class="boxes">' in shown


def test_a_table_of_few_rows_stands_on_one_page() -> None:
    def kept(rows: int) -> list[bool]:
        text = "| A | B |\n|---|---|\n" + "| a | b |\n" * rows
        (table,) = Document(io.BytesIO(document(text, HEAD))).tables
        return [bool(r.cells[0].paragraphs[0].paragraph_format.keep_with_next) for r in table.rows]

    assert kept(2) == [True, True, False] and not any(kept(9))
    shown = page("T\n", HEAD.stamp, HEAD.title, "en", TEMPLATE, "document.html")
    assert "table:not(:has(tr:nth-child(9))) { break-inside: avoid }" in shown


def test_tables_and_boxes_stand_between_the_margins_of_the_text() -> None:
    made: Any = Document(io.BytesIO(document("> Box\n\n| A | B |\n|---|---|\n| a | b |\n", HEAD)))
    margins = [t._tbl.tblPr.find(f"{{{t._tbl.nsmap['w']}}}tblInd").values()[0] for t in made.tables]
    assert margins == ["108", "108"]


def test_a_heading_in_bold_is_no_wider_than_its_column() -> None:
    long = "| 1 | 2026-03-04-a-long-name-of-a-story#120-188 of the words | Pier |"
    made = zipfile.ZipFile(io.BytesIO(document(f"| Mark | Story | Where |\n|---|---|---|\n{long}\n", HEAD)))
    columns = re.findall(r'<w:gridCol w:w="(\d+)"/>', made.read("word/document.xml").decode())
    assert int(columns[0]) >= 5 * 110 + 240  # four letters in bold need the room of five


def test_what_follows_a_list_stands_apart_from_it() -> None:
    made: Any = Document(
        io.BytesIO(document("- one\n- two\n    - deep\n\nText\n\n1. a\n2. b\n\nText\n", HEAD))
    )
    after = {p.text: p._p.pPr.find(f"{{{p._p.nsmap['w']}}}spacing") is not None for p in made.paragraphs}
    assert after["b"] and not after["one"] and not after["a"] and not after["deep"]
