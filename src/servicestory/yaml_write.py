"""Writes records as YAML people can read and edit: one way, and any text comes back exactly."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

WIDTH = 100
ON_ONE_LINE = frozenset({"evidence", "not_evidence", "followed", "counter_evidence", "ratings"})

# Characters no text holds unquoted in a file: those YAML does not call printable, those that end a line for
# some readers (CR, NEL, U+2028, U+2029) and the byte order mark.
_ESCAPE = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_ROUGH = re.compile("^[ \t\n]|[ \t]$|\n[ \t]|[ \t]\n|\n\n\\Z")  # not to be had in a block text
_BREAK = re.compile("(?<![ \t]) (?![ \t])")
_PLAIN = re.compile(r"[^\W\d_](?:[^\n:#]|:(?=[^\s,\[\]{}])|(?<=\S)#)*(?<![\s:])")
_DATED = re.compile(r"\d{4}-(?:Q[1-4]|\d\d(?:-\d\d(?:-[\w.-]+)?)?)")
_WORDS = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"])
_SHORT = {"\0": "\\0", "\t": "\\t", "\n": "\\n", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_IN_FLOW = re.compile(r"[\w][\w ./'()&+-]*")
_KEY = re.compile(r"[A-Za-z_][\w-]*")


def quote(text: str) -> str:
    """``text`` in double quotes, on one line, with what YAML cannot show as it is escaped."""

    def escaped(found: re.Match[str]) -> str:
        char = found.group()
        if char in _SHORT:
            return _SHORT[char]
        code = ord(char)
        if code > 0xFFFF:
            return f"\\U{code:08X}"
        return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}"

    return '"' + re.sub(f'{_ESCAPE.pattern}|["\\\\\t]', escaped, text) + '"'


def scalar(value: Any, *, flow: bool = False) -> str:
    """A value on one line; a text is quoted whenever any reader could take it for something else."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, int):
        return str(value)
    text = str(value)
    if _DATED.fullmatch(text):
        return text
    if (
        text.casefold() not in _WORDS
        and _PLAIN.fullmatch(text)
        and not _ESCAPE.search(text)
        and "\t" not in text
        and (not flow or _IN_FLOW.fullmatch(text))
    ):
        return text
    if ('"' in text or "\\" in text) and "'" not in text and not _ESCAPE.search(text) and "\t" not in text:
        return f"'{text}'"
    return quote(text)


def _wrapped(text: str, width: int) -> list[str]:
    """``text`` in lines of about ``width``, broken only at single spaces."""
    lines: list[str] = []
    line = ""
    for word in _BREAK.split(text):
        if not line:
            line = word
        elif len(line) + 1 + len(word) <= width:
            line += " " + word
        else:
            lines.append(line)
            line = word
    lines.append(line)
    return lines


def _text(value: Any, column: int) -> str:
    """What follows ``key: ``: on the same line, or as a block of lines at ``column``."""
    if not isinstance(value, str):
        return scalar(value)
    if len(value) <= WIDTH - column and "\n" not in value:
        return scalar(value)
    if _ROUGH.search(value) or _ESCAPE.search(value.replace("\n", "")):
        return quote(value)
    lines = value.split("\n")
    end = "" if value.endswith("\n") else "-"
    if end == "":
        lines.pop()
    width = max(40, WIDTH - column)
    if all(len(line) <= width for line in lines):
        head, body = "|", lines
    else:
        head, body = ">", []
        for line in lines:
            if body:
                body.append("")  # one more break than the text has: a single one means a space here
            if line or not body:
                body.extend(_wrapped(line, width))
    pad = " " * column
    return head + end + "".join("\n" + (pad + line if line else "") for line in body)


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(k)}: {_flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(_flow(v) for v in value) + "]"
    return scalar(value, flow=True)


def _key(key: str) -> str:
    # `on`, a yes to some readers, stays bare as a key: the quoted one would puzzle everybody else.
    return key if _KEY.fullmatch(key) else quote(key)


def entry(key: str, value: Any, column: int = 0) -> str:
    """The lines of one field, the key at ``column``, ending with a line break."""
    head = " " * column + _key(key) + ":"
    if isinstance(value, Mapping):
        if not value:
            return head + " {}\n"
        return head + "\n" + "".join(entry(k, v, column + 2) for k, v in value.items())
    if isinstance(value, list | tuple):
        if not value:
            return head + " []\n"
        return head + "\n" + "".join(item(v, column + 2, key in ON_ONE_LINE) for v in value)
    return f"{head} {_text(value, column + 2)}\n"


def item(value: Any, column: int, one_line: bool = False) -> str:
    """The lines of one list item, the dash at ``column``, ending with a line break."""
    head = " " * column + "- "
    if isinstance(value, Mapping) and value:
        if one_line:
            return head + _flow(value) + "\n"
        return head + "".join(entry(k, v, column + 2) for k, v in value.items())[column + 2 :]
    if isinstance(value, list | tuple) and value:
        return head + "".join(item(v, column + 2, one_line) for v in value)[column + 2 :]
    if isinstance(value, Mapping | list | tuple):
        return head + ("{}" if isinstance(value, Mapping) else "[]") + "\n"
    return f"{head}{_text(value, column + 2)}\n"


def document(fields: Mapping[str, Any]) -> str:
    """A whole record, one field after the other, as they come."""
    return "".join(entry(key, value) for key, value in fields.items())
