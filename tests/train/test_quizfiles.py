"""GIFT, Aiken and Anki as their programs read them, whatever stands in the texts."""

import csv
import html
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servicestory.errors import Problem
from servicestory.text import one_line, safe_markdown
from servicestory.train.deal import Question
from servicestory.train.quizfiles import Head, aiken, anki, gift, paper, read

HEAD = Head("QZ-0007", 3, "P-0007", "Call :: the morning after")
HOSTILE = Question(
    "A guest says: 2 = 2 ~ {x} #1 \\n and // [html] what do you do?",
    ("[html]<b>bold</b>", "%50%half", "C:\\new = ~x#y{z}", "<script>alert(1)</script> -> \\(x\\) [sound:x.mp3]"),
    2,
    "P-0007, step 1: told in 2 stories ####",
)  # fmt: skip
SHORT = Question("A. Smith calls: what do you do?", ("ANSWER: B", "T", "FALSE"), 0, "")

texts = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=40
).map(lambda t: " ".join(t.split())).filter(lambda t: t and "\ufeff" not in t)  # fmt: skip


def read_gift(text: str) -> list[tuple[str, list[tuple[str, int, str]], str]]:
    """(question, [(option, weight, format)], feedback), by the steps of Moodle's own importer.

    Written after question/format/gift/format.php: escapes become placeholders, then the marks are looked for.
    """
    codes = {":": "058", "#": "035", "=": "061", "{": "123", "}": "125", "~": "126", "n": "010"}

    def before(part: str) -> str:
        part = part.replace("\\\\", "&&092;")
        for char, code in codes.items():
            part = part.replace("\\" + char, f"&&{code};")
        return part.replace("&&092;", "\\")

    def after(part: str) -> tuple[str, str]:
        form = "moodle"
        if (found := re.match(r"\[(html|plain|moodle|markdown)\]", part)) is not None:
            form, part = found[1], part[found.end() :]
        for char, code in codes.items():
            part = part.replace(f"&&{code};", "\n" if char == "n" else char)
        return part.strip(), form

    made = []
    for block in text.split("\n\n"):
        lines = [line for line in block.strip().splitlines() if not line.strip().startswith("//")]
        body = before("\n".join(lines).strip())
        if not body or body.startswith("$CATEGORY:"):
            continue
        assert body.startswith("::")
        body = body[2:].split("::", 1)[1].strip()
        assert body.endswith("}") and body.count("{") == body.count("}") == 1
        question, answers = body[:-1].split("{")
        feedback = ""
        if "####" in answers:
            answers, _, feedback = answers.rpartition("####")
        options = []
        for answer in answers.replace("=", "~=").split("~")[1:]:
            if not answer.strip():
                continue
            weight = int(answer.strip().startswith("="))
            bare = answer.strip().removeprefix("=")
            assert not re.match(r"%-*\d{1,2}\.?\d*%", bare), "a weight was read where a text was meant"
            assert "#" not in bare, "a remark was read where a text was meant"
            said, form = after(bare)
            options.append((said, weight, form))
        asked, form = after(question)
        assert form == "plain"
        made.append((asked, options, after(feedback)[0]))
    return made


@pytest.mark.parametrize("question", [HOSTILE, SHORT])
def test_moodle_reads_from_gift_what_was_meant(question: Question) -> None:
    ((asked, options, why),) = read_gift(gift([question], HEAD))
    assert asked == question.text and why == question.why
    assert [o.replace("→", "->") for o, _, _ in options] == list(question.options)
    assert [w for _, w, _ in options].index(1) == question.right and sum(w for _, w, _ in options) == 1
    assert all(form in ("moodle", "plain") for _, _, form in options)  # inherited: the question is plain


@settings(max_examples=40)
@given(st.lists(texts, min_size=2, max_size=5, unique=True), texts, st.data())
def test_any_text_survives_gift(options: list[str], asked: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(options) - 1))
    question = Question(asked, tuple(options), at, "because")
    ((text, shown, _),) = read_gift(gift([question], HEAD))
    same = [o.replace("->", "→") for o in options]
    assert text == asked.replace("->", "→") and [o for o, _, _ in shown] == same
    assert [w for _, w, _ in shown] == [int(n == at) for n in range(len(options))]


def read_aiken(text: str) -> list[tuple[str, list[str], int]]:
    """After question/format/aiken/format.php: line by line."""
    made, asked, options = [], "", []
    for line in text.splitlines():
        if re.match(r"[A-Z][).][ \t]", line):
            options.append(line[2:].strip())
        elif line.startswith("ANSWER:"):
            made.append((asked, options, ord(line[7:].strip()) - ord("A")))
            options = []
        elif len(line.strip()) >= 2:
            asked = line.strip()
    return made


def test_aiken_is_one_line_each() -> None:
    made = read_aiken(aiken([HOSTILE, SHORT], HEAD))
    assert made[0] == (HOSTILE.text, list(HOSTILE.options), 2)
    assert made[1] == ("- A. Smith calls: what do you do?", list(SHORT.options), 0)


def test_anki_gets_a_deck_tags_and_cards_that_keep_their_identity() -> None:
    text = anki([HOSTILE, SHORT], HEAD)
    head = dict(line[1:].split(":", 1) for line in text.splitlines() if line.startswith("#"))
    assert head["separator"] == "Comma" and head["html"] == "true" and head["notetype"] == "Basic"
    assert head["deck"] == "servicestory::P-0007 Call : the morning after"  # no deck below the deck
    assert head["columns"].split(",").index("Guid") + 1 == int(head["guid column"])
    assert head["columns"].split(",").index("Tags") + 1 == int(head["tags column"])
    rows = list(csv.reader(line for line in text.splitlines() if not line.startswith("#")))
    assert [len(row) for row in rows] == [4, 4]
    front = html.unescape(rows[0][1].replace("<br>", "\n"))
    assert front.splitlines()[0] == HOSTILE.text and "C. C:\\new = ~x#y{z}" in front
    assert "<script" not in rows[0][1] and "[sound" not in rows[0][1] and "\\(" not in rows[0][1]
    assert html.unescape(rows[0][2]).startswith("<b>C. C:\\new") and "revision-3" in rows[0][3].split()
    again = anki([replace(HOSTILE, options=HOSTILE.options[::-1], right=1)], replace(HEAD, revision=4))
    assert rows[0][0] in again and rows[1][0] not in again


PAGE = """# Quiz

### 1. A guest comes: what do you do?

- A. Stand up \\& smile \\[x\\]
- B. Go home

### 2. Why &lt;so&gt;?

- A. One
- B. Two
- C. Three

## Answers

1. **A** P-0007, step 1; told in 2 stories [2026-a#1-5] [2026-b#behaviours\\[0\\]:0-8]
2. **C** known

## Notes
"""


def test_a_page_is_read_back_with_what_people_corrected() -> None:
    first, second = read(PAGE.replace("Go home", "Sit down"), "quiz.md")
    assert first == Question(
        "A guest comes: what do you do?", ("Stand up & smile [x]", "Sit down"), 0, "P-0007, step 1; told in 2 stories"
    )  # fmt: skip
    assert second.text == "Why <so>?" and second.right == 2
    own = "\n### 3. Ours?\n\n- A. Yes\n- B. No\n\n## More answers\n\n3. **B**\n"
    boxed = re.sub(r"^- (?=[A-H]\.)", "- [ ] ", PAGE, flags=re.M)
    assert boxed != PAGE and read(boxed, "quiz.md") == read(PAGE, "quiz.md")
    assert read(PAGE + own, "quiz.md")[2] == Question("Ours?", ("Yes", "No"), 1, "")


@settings(max_examples=60)
@given(texts.map(one_line).filter(bool))
def test_what_the_page_escapes_is_read_back_as_it_was(text: str) -> None:
    said, more = safe_markdown(text), safe_markdown(f"{text}2")
    page = f"### 1. {said}\n\n- A. {said}\n- B. {more}\n\n## Answers\n\n1. **A** {said} [s#1-2]\n"
    (question,) = read(page, "quiz.md")
    assert question.text == text and question.options == (text, one_line(f"{text}2"))


@settings(max_examples=60)
@given(texts.map(one_line).filter(bool))
def test_the_moment_a_question_is_about_stands_in_every_format(text: str) -> None:
    page = f"### 1. Which?\n\n> {safe_markdown(text)}\n\n- A. Yes\n- B. No\n\n## Answers\n\n1. **A**\n"
    (question,) = read(page, "quiz.md")
    assert (question.scene, question.text) == (text, "Which?")
    ((shown, _, _),) = read_gift(gift([question], HEAD))
    assert shown == f"{text} Which?".replace("->", "→")
    assert f"1. {text} Which?" in paper([question], HEAD)
    (row,) = list(csv.reader(line for line in anki([question], HEAD).splitlines() if line[0] != "#"))
    assert html.unescape(row[1]).startswith(f"{text}<br><br>Which?")
    ((asked, _, _),) = read_aiken(aiken([question], HEAD))
    assert asked in (f"{text} Which?", f"- {text} Which?")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("1. **A**", "1. A", "question 1 has no answer"),
        ("2. **C**", "2. **D**", "question 2 has no answer"),
        ("- B. Go home", "", "fewer than two"),
        ("- B. Two", "- B. One", "same option twice"),
        ("- B. Two", "- D. Two", "not lettered in order"),
        ("### 2.", "### 1.", "two questions 1"),
    ],
)
def test_a_page_that_is_no_quiz_any_more_says_where(old: str, new: str, said: str) -> None:
    with pytest.raises(Problem, match=said) as caught:
        read(PAGE.replace(old, new), "quiz.md")
    assert re.fullmatch(r"quiz\.md:\d+", caught.value.where)


def test_the_learners_sheet_shows_every_option_and_no_answer() -> None:
    made = paper([SHORT, HOSTILE], HEAD)
    assert "1. A. Smith calls: what do you do?" in made and made.count("[ ]") == len(
        SHORT.options + HOSTILE.options
    )
    assert HOSTILE.why not in made and all(one_line(o) in made for o in HOSTILE.options)
    assert paper([replace(SHORT, right=1)], HEAD) == paper([SHORT], HEAD)  # nothing tells which is right
