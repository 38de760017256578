"""A quiz as learning systems load it (Moodle GIFT, Aiken, Anki), as a sheet, and read back from its page."""

import csv
import hashlib
import html
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from servicestory.errors import Problem
from servicestory.text import one_line, safe_html, slug
from servicestory.train.deal import Question

LETTERS = "ABCDEFGH"


@dataclass(frozen=True)
class Head:
    """Which quiz it is: its id and revision, the practice it asks about, and that practice's name."""

    id: str
    revision: int
    practice: str
    name: str


def gift(questions: Sequence[Question], head: Head) -> str:
    """Moodle's GIFT (docs.moodle.org, "GIFT format"): plain text, one right answer, where it comes from.

    Every character that means something in GIFT is escaped; ``[plain]`` keeps markup from being read.
    """
    parts = [
        f"// {head.id}, revision {head.revision}; correct the page quiz.md, then write this file again",
        f"$CATEGORY: $course$/top/servicestory/{head.practice}",
    ]
    for number, one in enumerate(questions, 1):
        options = [
            f"\t{'=' if at == one.right else '~'}{_gift(option)}" for at, option in enumerate(one.options)
        ]
        why = f"\n\t####{_gift(one.why)}" if one.why else ""
        title = _gift(f"{head.id}.{number} {one_line(one.full, 60)}")
        body = "\n".join(options)
        parts.append(f"::{title}::[plain]{_escaped(one.full)}{{\n{body}{why}\n}}")
    return "\n\n".join(parts) + "\n"


def _gift(text: str) -> str:
    """One line in which nothing is read as GIFT; what begins like a format or a weight is marked plain."""
    line = _escaped(text)
    return f"[plain]{line}" if line.startswith(("[", "%")) else line


def _escaped(text: str) -> str:
    plain = one_line(text).replace("->", "→")  # an arrow means: match these
    return re.sub(r"([\\~=#{}:])", r"\\\1", plain)


def aiken(questions: Sequence[Question], head: Head) -> str:
    """Aiken (docs.moodle.org, "Aiken format"): the question on one line, lettered answers, ANSWER.

    The format has no escape, no title and no remark; a question that begins like an answer gets a dash.
    """
    del head
    parts = []
    for one in questions:
        text = one_line(one.full)
        if re.match(r"[A-Z][.)]\s|ANSWER:", text):
            text = f"- {text}"
        lines = [text, *(f"{LETTERS[at]}. {one_line(option)}" for at, option in enumerate(one.options))]
        parts.append("\n".join([*lines, f"ANSWER: {LETTERS[one.right]}"]))
    return "\n\n".join(parts) + "\n"


def anki(questions: Sequence[Question], head: Head) -> str:
    """Cards for Anki's text import (docs.ankiweb.net, "Text files"): question and options, answer and reason.

    A card keeps its identity through its first column while question and right answer stay, so that
    importing a later revision updates it and what was learned is kept.
    """
    out = io.StringIO()
    name = head.name.replace("::", ":")
    out.write("#separator:Comma\n#html:true\n#notetype:Basic\n")
    out.write(f"#deck:servicestory::{head.practice} {one_line(name)}\n")
    out.write("#columns:Guid,Front,Back,Tags\n#guid column:1\n#tags column:4\n")
    rows = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
    tags = f"servicestory {head.practice} {head.id} revision-{head.revision} {slug(head.name, 40)}"
    for one in questions:
        right = one.options[one.right]
        front = "<br><br>".join(_card(said) for said in (one.scene, one.text) if said)
        mark = hashlib.sha256(f"{head.practice}\0{one.full}\0{right}".encode()).hexdigest()[:16]
        listed = "<br>".join(f"{LETTERS[at]}. {_card(option)}" for at, option in enumerate(one.options))
        back = f"<b>{LETTERS[one.right]}. {_card(right)}</b>" + (f"<br>{_card(one.why)}" if one.why else "")
        rows.writerow([f"ss-{mark}", f"{front}<br><br>{listed}", back, tags])
    return out.getvalue()


def _card(text: str) -> str:
    r"""Text that neither HTML nor Anki's own marks (``[sound:…]``, ``[latex]``, ``\(…\)``) change."""
    line = safe_html(one_line(text))
    return re.sub(r"[\[\]\\{}]", lambda m: f"&#{ord(m[0])};", line)


def paper(questions: Sequence[Question], head: Head) -> str:
    """The learner's sheet, plain text to print: the questions without their answers."""
    parts = [
        f"{one_line(head.name)}\n{head.id}, revision {head.revision}. One answer is right in each question."
    ]
    for number, one in enumerate(questions, 1):
        options = [f"   [ ] {LETTERS[at]}. {one_line(option)}" for at, option in enumerate(one.options)]
        parts.append("\n".join([f"{number}. {one_line(one.full)}", *options]))
    return "\n\n".join(parts) + "\n"


FORMATS: dict[str, tuple[str, Callable[[Sequence[Question], Head], str]]] = {
    "gift": ("quiz.gift.txt", gift),
    "aiken": ("quiz.aiken.txt", aiken),
    "anki": ("quiz.anki.csv", anki),
    "paper": ("quiz.paper.txt", paper),
}
"""Format -> the name of its file beside quiz.md, and what writes it."""

_ASKED = re.compile(r"### (\d+)\. (.+)")
_OPTION = re.compile(r"[-*] (?:\[[ xX]\] )?([A-H])[.)] (.+)")
_ANSWER = re.compile(r"(\d+)[.)] \*\*([A-H])\.?\*\*\.?\s*(.*)")


def read(text: str, name: str) -> list[Question]:
    """The questions of a quiz page, with what people corrected in it or added to it.

    Raises:
        Problem: a question without two options, or without an answer among them; with its line.
    """
    asked: dict[int, tuple[int, str, list[str]]] = {}
    scenes: dict[int, list[str]] = {}
    answers: dict[int, tuple[str, str]] = {}
    current: list[str] | None = None
    for at, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if found := _ASKED.fullmatch(line):
            number = int(found[1])
            if number in asked:
                step = "Give each question a number of its own"
                raise Problem(f"there are two questions {number}", f"{name}:{at}", step)
            current = []
            asked[number] = (at, _plain(found[2]), current)
            scenes[number] = []
        elif line.startswith("#"):
            current = None
        elif current == [] and line.startswith(">"):
            scenes[number].append(_plain(line.lstrip("> ")))
        elif current is not None and (found := _OPTION.fullmatch(line)):
            if found[1] != LETTERS[len(current)]:
                raise Problem("the options are not lettered in order", f"{name}:{at}", "Write A, B, C, D")
            current.append(_plain(found[2]))
        elif current is None and (found := _ANSWER.fullmatch(line)):
            answers[int(found[1])] = (
                found[2],
                _plain(re.sub(r"(?: ?\\\[.*?\\\]| ?\[.*?\])+.*$", "", found[3])),
            )
    made = []
    for number, (at, question, options) in sorted(asked.items()):
        letter, why = answers.get(number, ("", ""))
        right = LETTERS.find(letter) if letter else -1
        if len(options) < 2:
            raise Problem(
                f"question {number} has fewer than two options", f"{name}:{at}", "Write two or more"
            )
        if len(set(options)) < len(options):
            raise Problem(
                f"question {number} has the same option twice", f"{name}:{at}", "Change one of them"
            )
        if not 0 <= right < len(options):
            step = f"Write a line below “Answers”: {number}. **A**"
            raise Problem(f"question {number} has no answer among its options", f"{name}:{at}", step)
        made.append(Question(question, tuple(options), right, why, scene=" ".join(scenes[number])))
    return made


def _plain(text: str) -> str:
    """Markdown text as it reads: escapes and entities as their characters."""
    return html.unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)).strip()
