"""Reads an organisation's own markdown: its lines, its sections, and the parts of it that are ours."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from servicestory.errors import Problem
from servicestory.incorporate.underlined import set_apart

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_BREAK = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")  # what markdown takes for a line, no more
_FRONT = re.compile(r"(---|\+\+\+)[ \t]*(?:\r\n|\r|\n)")
_BEGIN = re.compile(
    r"<!-- servicestory:begin (?P<id>[\w.-]+) content=(?P<content>[0-9a-f]{16}) sha256=(?P<sha>[0-9a-f]{16})"
    r"(?: around=(?P<before>\d),(?P<after>\d))? -->\s*"
)
_END = re.compile(r"<!-- servicestory:end (?P<id>[\w.-]+) -->\s*")
_NUMBERED = re.compile(r"\d{1,3}(?:\.\d{1,3})*\.?\s+(?=\w)")
LONGEST = 80  # letters of a line that may be a heading
_OURS = "servicestory:"
_EDGES = ("servicestory:begin", "servicestory:end")


@dataclass(frozen=True)
class Section:
    """A heading with the text below it, up to the next heading of any level.

    ``first``: the line of its heading; ``end``: the line after its last words (counted from 0). ``path``: the
    headings above it, the outermost first, without its own. Level 0: what stands before any heading.
    """

    title: str
    level: int
    first: int
    end: int
    path: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Block:
    """A part between our markers: characters from ``start`` to ``end``, markers included."""

    id: str
    content: str
    sha: str
    start: int
    end: int
    inside: str  # with plain line breaks
    before: int  # line breaks put in before it, and after it
    after: int


def lines_of(text: str) -> list[str]:
    """The lines as markdown counts them, each with its own line break."""
    return _BREAK.findall(text)


@cache
def _reader() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("table")


def tokens(text: str) -> list[Any]:
    """The outer blocks of a text, front matter left out; line numbers are those of the whole text."""
    lines = lines_of(text.removeprefix("\ufeff"))
    skip = _front_matter(lines)
    plain = [""] * skip + [line.rstrip("\r\n") for line in lines[skip:]]
    read = list(_reader().parse("\n".join(plain)))
    if not (apart := set_apart(plain, read)):
        return read
    made, was = apart
    read = list(_reader().parse("\n".join(made)))
    for token in read:
        if token.map:
            token.map = [was[token.map[0]], was[token.map[1] - 1] + 1]
    return read


def _front_matter(lines: list[str]) -> int:
    """How many lines at the head are front matter (YAML or TOML)."""
    fence = _FRONT.fullmatch(lines[0].removeprefix("\ufeff")) if lines else None
    if fence:
        for number, line in enumerate(lines[1:], start=1):
            if line.rstrip() in (fence[1], "..." if fence[1] == "---" else fence[1]):
                return number + 1
    return 0


def blocks(text: str, name: str) -> list[Block]:
    """Our own parts of a text, in order. Marks inside code are text like any other.

    Raises:
        Problem: when a mark has no partner, or stands inside another part; with its line.
    """
    if _OURS not in text:
        return []
    lines = lines_of(text)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    found: list[Block] = []
    opened: tuple[re.Match[str], int] | None = None
    for token in tokens(text):
        if token.type != "html_block" or not any(edge in token.content for edge in _EDGES):
            continue
        number = token.map[0]
        line = lines[number].removeprefix("\ufeff").rstrip("\r\n")
        begin, end = _BEGIN.fullmatch(line), _END.fullmatch(line)
        if token.level or not (begin or end) or bool(begin) is bool(opened):
            raise _unbalanced(name, number)
        if begin:
            opened = begin, number
        elif end and opened:
            mark, at = opened
            if mark["id"] != end["id"] or mark["id"] in {b.id for b in found}:
                raise _unbalanced(name, number)
            inside = "".join(lines[at + 1 : number])
            found.append(
                Block(
                    mark["id"],
                    mark["content"],
                    mark["sha"],
                    starts[at] + lines[at].startswith("\ufeff"),
                    starts[number] + len(lines[number].rstrip("\r\n")),
                    inside.replace("\r\n", "\n").replace("\r", "\n"),
                    int(mark["before"] or 0),
                    int(mark["after"] or 0),
                )
            )
            opened = None
    if opened:
        raise _unbalanced(name, opened[1])
    return found


def _unbalanced(name: str, line: int) -> Problem:
    return Problem(
        "a mark of servicestory stands here without its partner, so it is not clear what is yours",
        f"{name}:{line + 1}",
        "Put back the lines `<!-- servicestory:begin ... -->` and `<!-- servicestory:end ... -->`, "
        "or take both out",
    )


def sections(text: str) -> list[Section]:
    """Every section of a text in order, our own parts left out of their words.

    Headings inside code, quotations, lists and our own parts are none. Where no heading is marked as one,
    bold and numbered lines stand for them; a text without such lines is one section.
    """
    lines = lines_of(text)
    hidden: set[int] = set()
    code: set[int] = set()  # what machines are told says nothing of where people's steps belong
    heads: list[tuple[int, int, int, str]] = []  # first line, line after it, level, title
    inside = False
    all_tokens = tokens(text)
    for at, token in enumerate(all_tokens):
        if token.type == "html_block" and any(edge in token.content for edge in _EDGES):
            inside = _EDGES[0] in token.content
            hidden |= set(range(*token.map))
        elif inside and token.map:
            hidden |= set(range(*token.map))
        elif token.type in ("fence", "code_block"):
            code |= set(range(*token.map))
        elif token.type == "heading_open" and token.level == 0:
            heads.append((*token.map, int(token.tag[1:]), _words(all_tokens[at + 1])))
    heads = heads or _unmarked(all_tokens, hidden)
    skip = _front_matter(lines)
    made: list[Section] = []
    path: list[tuple[int, str]] = []
    edges = [(skip, skip, 0, ""), *heads]
    for number, (first, below, level, title) in enumerate(edges):
        stop = edges[number + 1][0] if number + 1 < len(edges) else len(lines)
        end = stop
        while end > below and not lines[end - 1].strip():
            end -= 1
        if level == 0 and end == below and heads:
            continue  # nothing stands before the first heading
        path = [p for p in path if p[0] < level]
        words = "".join(lines[n] for n in range(below, end) if n not in hidden | code)
        made.append(Section(title, level, first, end, tuple(t for _, t in path), words))
        if level:
            path.append((level, title))
    return made


def _words(inline: Any) -> str:
    said = "".join(t.content for t in inline.children or [] if t.type in ("text", "code_inline"))
    return " ".join(said.split())


def _unmarked(every: Sequence[Any], hidden: Collection[int]) -> list[tuple[int, int, int, str]]:
    """Headings as word processors leave them: lines alone, bold or numbered ("2.1"), that end no sentence.

    Where they stand, the line after, how deep ("2.1" is of the second level), and their words.
    """
    found = []
    for token, inline in pairwise(every):
        if token.type != "paragraph_open" or token.level or token.map[0] in hidden:
            continue
        title, kinds = _words(inline), [t.type for t in inline.children if t.type != "text" or t.content]
        number = _NUMBERED.match(title)
        bold = kinds[:1] + kinds[-1:] == ["strong_open", "strong_close"] and kinds.count("strong_open") == 1
        deep = number[0].strip().strip(".").count(".") + 1 if number else 1
        one_line = token.map[1] - token.map[0] == 1 and "softbreak" not in kinds
        if one_line and (bold or deep > 1) and len(title) <= LONGEST and title[-1:] not in ".!?;,":
            found.append((*token.map, min(deep, 6), title))
    return found
