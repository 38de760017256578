"""Reads YAML strictly: texts, lists and groups of fields only, every key with its line, nothing guessed."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from servicestory.errors import Problem

DEEPEST = 20  # levels of lists and groups inside each other; records need four
NOT_GIVEN = frozenset({"", "~", "null", "Null", "NULL"})  # plain scalars that say "no value"

Path = tuple[str | int, ...]

_MARKER = re.compile(r"^(?:---|\.\.\.)(?=[ \t\r\n]|\Z)", re.M)
_NOTHING = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\r?\n|%[^\n]*\r?\n|[ \t]+\Z)*(?:[#%][^\n]*)?\Z")
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MERGE = re.compile(r"^(?:<{7} |={7}$|>{7} )", re.M)


@dataclass(frozen=True, slots=True)
class Piece:
    """One document of a file: its text, and where it begins (character and line, both from 0)."""

    text: str
    start: int
    line: int


@dataclass(frozen=True, slots=True)
class Span:
    """Where a value stands in its piece, in characters. ``key`` is where its key starts (-1 in a list)."""

    key: int
    start: int
    end: int
    column: int
    style: str  # "map", "list" (both on lines of their own), "flow", "text", "block" (| or >)


def pieces(text: str) -> list[Piece]:
    """The documents of a file, cut at the lines ``---``, so that a broken one cannot hide the others.

    A line ``---`` at the left margin can be nothing else in YAML 1.2, not even inside a text.
    """
    cuts = [0, *(m.start() for m in _MARKER.finditer(text) if m.start()), len(text)]
    found: list[Piece] = []
    line = 0
    for start, end in pairwise(cuts):
        part = text[start:end]
        if part.startswith("..."):
            part = "   " + part[3:]
        if not (part[:1] in "#%\n\r \t" and _NOTHING.fullmatch(part)):
            found.append(Piece(part, start, line))
        line += part.count("\n")
    return found


def _events(text: str) -> Callable[[], Any]:
    try:
        from _ruamel_yaml import CParser
    except ImportError:  # no compiled parser for this platform: the same events, slower
        from ruamel.yaml import YAML

        stream = YAML(typ="safe", pure=True).parse(text)
        return lambda: next(stream)
    return CParser(text).get_event  # type: ignore[no-any-return]


class _Builder:
    """Turns the events of one document into texts, lists and dicts; notes the spans when asked."""

    def __init__(self, text: str, name: str, line: int, spans: dict[Path, Span] | None) -> None:
        self.text, self.name, self.line, self.spans = text, name, line, spans
        self.next = _events(text)
        self.gaps = False  # whether a value without content was met

    def problem(self, event: Any, what: str, next_step: str) -> Problem:
        return Problem(what, f"{self.name}:{self.line + event.start_mark.line + 1}", next_step)

    def document(self) -> Any:
        """The value of the one document of this piece; None when there is none."""
        event = self.next()
        if isinstance(event, StreamStartEvent):
            event = self.next()
        if isinstance(event, StreamEndEvent):
            return None
        if not isinstance(event, DocumentStartEvent):  # pragma: no cover - the parser always starts so
            raise self.problem(event, "this is not a record", "Write `key: value` lines")
        value = self.value(self.next(), (), -1, 0)
        event = self.next()
        if isinstance(event, DocumentEndEvent):
            event = self.next()
        if not isinstance(event, StreamEndEvent):
            raise self.problem(event, "a second record begins here", "Put a line --- between two records")
        return value

    def value(self, event: Any, path: Path, key: int, depth: int) -> Any:
        if isinstance(event, AliasEvent):
            raise self.problem(
                event, "an alias (*name) stands here", "Write the value out, or put the text in quotes"
            )
        if event.anchor is not None:
            raise self.problem(event, "an anchor (&name) stands here", "Remove it, or put the text in quotes")
        if event.tag is not None:
            raise self.problem(
                event, f"a type mark ({event.tag[:40]}) stands here", "Remove it, or put the text in quotes"
            )
        if isinstance(event, ScalarEvent):
            return self.scalar(event, path, key)
        if depth >= DEEPEST:
            raise self.problem(
                event, f"lists or groups stand inside each other more than {DEEPEST} deep", "Flatten them"
            )
        if isinstance(event, MappingStartEvent):
            return self.mapping(event, path, key, depth)
        return self.sequence(event, path, key, depth)

    def quick(self, event: Any, depth: int) -> Any:
        """`value` where no spans are asked for: plain texts, by far the most, on a short way."""
        if type(event) is ScalarEvent and event.anchor is None and event.ctag is None:
            value: str = event.value
            if event.style or value not in NOT_GIVEN:
                return value
            self.gaps = True
            return None
        return self.value(event, (), -1, depth)

    def scalar(self, event: Any, path: Path, key: int) -> str | None:
        value: str = event.value
        given = value if event.style or value not in NOT_GIVEN else None
        if given is None:
            self.gaps = True
        if self.spans is not None:
            start, end, style = event.start_mark.index, event.end_mark.index, "text"
            if event.style in ("|", ">"):  # its end mark swallows the empty lines that follow
                end, style = len(self.text[:end].rstrip(" \t\r\n")), "block"
            elif start == end:  # nothing there: the place right after the colon or the dash
                start = end = len(self.text[:end].rstrip(" \t\r\n"))
            self.spans[path] = Span(key, start, end, event.start_mark.column, style)
        return given

    def mapping(self, event: Any, path: Path, key: int, depth: int) -> dict[str, Any]:
        made: dict[str, Any] = {}
        spans, begin = self.spans, event
        if spans is not None:
            spans[path] = Span(key, 0, 0, 0, "map")  # takes its place before its children
        last = -1
        while type(event := self.next()) is not MappingEndEvent:
            if type(event) is not ScalarEvent or event.anchor is not None or event.ctag is not None:
                raise self.problem(event, "a key must be one plain word", "Write `key: value`")
            name = event.value
            if name in made:
                raise self.problem(event, f"{name!r} is given twice", "Keep one of the two")
            if not name:
                raise self.problem(event, "a key is missing before the colon", "Write `key: value`")
            if spans is None:
                made[name] = self.quick(self.next(), depth + 1)
            else:
                below = (*path, name)
                made[name] = self.value(self.next(), below, event.start_mark.index, depth + 1)
                last = spans[below].end
        self.note(path, key, begin, event, last, "map")
        return made

    def sequence(self, event: Any, path: Path, key: int, depth: int) -> list[Any]:
        made: list[Any] = []
        spans, begin = self.spans, event
        if spans is not None:
            spans[path] = Span(key, 0, 0, 0, "list")
        last = -1
        while type(event := self.next()) is not SequenceEndEvent:
            if spans is None:
                made.append(self.quick(event, depth + 1))
            else:
                below = (*path, len(made))
                made.append(self.value(event, below, -1, depth + 1))
                last = spans[below].end
        self.note(path, key, begin, event, last, "list")
        return made

    def note(self, path: Path, key: int, begin: Any, end: Any, last: int, style: str) -> None:
        if self.spans is not None:
            stop = end.end_mark.index if begin.flow_style else last
            mark = begin.start_mark
            shape = "flow" if begin.flow_style else style
            self.spans[path] = Span(key, mark.index, stop, mark.column, shape)


def given(value: Any) -> Any:
    """``value`` without the fields and list items that were left empty."""
    if isinstance(value, dict):
        return {k: given(v) for k, v in value.items() if v is not None}
    if isinstance(value, list):
        return [given(v) for v in value if v is not None]
    return value


AS_RECORDS = "Write the fields at the left margin, without dashes, and a line `---` between several records"


def _parse(piece: Piece, name: str, spans: dict[Path, Span] | None) -> tuple[Any, bool]:
    try:
        builder = _Builder(piece.text, name, piece.line, spans)
        value = builder.document()
    except YAMLError as error:
        raise _said_plainly(error, piece, name) from None
    if isinstance(value, list):
        raise Problem(
            "a list stands here, and not a record",
            f"{name}:{first_line(piece)}",
            AS_RECORDS,
        )
    if value is not None and not isinstance(value, dict):
        raise Problem(
            "this is not a record: it has no `key: value` lines",
            f"{name}:{first_line(piece)}",
            "Write one field per line, such as `title: Found the lost ring`",
        )
    return value, builder.gaps


def read(piece: Piece, name: str) -> dict[str, Any] | None:
    """The fields of one document, every scalar as the text that was typed; empty ones are left out.

    Args:
        piece: one of `pieces`.
        name: the file's name for messages.

    Returns:
        A dict of texts, lists and dicts; None when the document holds nothing.

    Raises:
        Problem: with file and line, for anything that is not plain, strict YAML.
    """
    value, gaps = _parse(piece, name, None)
    fields: dict[str, Any] | None = given(value) if gaps else value
    return fields


def read_spans(piece: Piece, name: str) -> tuple[dict[str, Any], dict[Path, Span]]:
    """The fields of one document with the empty ones, and where each value stands in ``piece.text``."""
    spans: dict[Path, Span] = {}
    value, _ = _parse(piece, name, spans)
    return value or {}, spans


def line_of(piece: Piece, index: int) -> int:
    """The line in the file, counted from 1, of a character of the piece."""
    return piece.line + piece.text.count("\n", 0, index) + 1


def first_line(piece: Piece) -> int:
    """The line in the file, counted from 1, where the record of this piece begins."""
    text = piece.text
    at = 3 if text.startswith("---") else 0
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if (line := text[at:end].strip()) and not line.startswith("#"):
            return line_of(piece, at)
        at = end + 1
    return piece.line + 1


_PLAIN_WORDS = (
    (r"mapping values are not allowed", "a second colon stands in this line", "Put the text in quotes"),
    (r"could not find expected ':'", "a line has no colon after its key", "Write `key: value`"),
    (
        r"block end|did not find expected key",
        "a line is indented differently from its neighbours",
        "Line it up with the lines above; put a text that starts with a quote or a bracket wholly in quotes",
    ),
    (
        r"cannot start any token",
        "a text begins with a character YAML keeps for itself",
        "Put the text in quotes",
    ),
    (r"tab character", "a tab stands where spaces are needed", "Use spaces to indent"),
    (r"end of stream|document indicator", "a quote is opened and never closed", "Close it"),
    (
        r"unknown escape|did not find expected hex",
        "a backslash inside double quotes stands for nothing",
        "Write it twice, or use single quotes",
    ),
    (
        r"expected ',' or",
        "a list or group in brackets is never closed",
        "Close it, or put the text in quotes",
    ),
    (
        r"Unicode character escape",
        "a character number after a backslash stands for no character",
        "Type the character itself",
    ),
    (
        r"expected node content",
        "a list or group in brackets breaks off here",
        "Close it, or put the text in quotes",
    ),
    (r"alphabetic or numeric", "a text begins with * or &", "Put the text in quotes"),
)


def _said_plainly(error: YAMLError, piece: Piece, name: str) -> Problem:
    """The parser's complaint in the words of somebody who never heard of tokens."""
    if merge := _MERGE.search(piece.text):
        return Problem(
            "marks of an unfinished merge stand here",
            f"{name}:{line_of(piece, merge.start())}",
            "Choose one of the two versions and delete the marks",
        )
    if odd := _FORBIDDEN.search(piece.text):
        return Problem(
            f"a control character (number {ord(odd.group())}) stands here",
            f"{name}:{line_of(piece, odd.start())}",
            "Delete it",
        )
    mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
    context = error.context_mark if isinstance(error, MarkedYAMLError) else None
    said = str(getattr(error, "problem", None) or "")
    for pattern, what, next_step in _PLAIN_WORDS:
        if re.search(pattern, said):
            opened = context if re.search("opened|closed|no colon", what) else None
            at = opened or mark or context
            return Problem(what, f"{name}:{piece.line + (at.line if at else 0) + 1}", next_step)
    line = mark.line if mark else 0
    return Problem(
        f"this is not YAML ({said or 'it cannot be read'})",
        f"{name}:{piece.line + line + 1}",
        "Compare it with a story that works, or put the text in quotes",
    )
