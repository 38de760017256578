"""The generated part of a document between two markers: everything outside them belongs to people."""

import difflib
import hashlib
import re
from dataclasses import dataclass

from servicestory.errors import Problem

_BEGIN = re.compile(
    r"^<!-- servicestory:begin (?P<id>[\w.-]+) content=(?P<content>[0-9a-f]{16}) "
    r"sha256=(?P<sha>[0-9a-f]{16}) -->[ \t]*\r?$",
    re.M,
)
_END = re.compile(r"^<!-- servicestory:end (?P<id>[\w.-]+) -->(?=[ \t]*\r?$)", re.M)
# Inside the block: the parts that follow the document's control record and not the stories.
_CONTROL = re.compile(
    r"^<!-- servicestory:control -->\n(.*?)^<!-- servicestory:control-end -->$", re.S | re.M
)
_ANY = re.compile(r"servicestory:(?:begin|end)\b")


@dataclass(frozen=True)
class Managed:
    """A document cut in three. ``content`` tells what the block says, whatever its revision and status."""

    before: str
    block: str  # with plain line breaks
    after: str
    id: str
    content: str
    sha: str
    newline: str

    @property
    def edited(self) -> bool:
        """Whether somebody changed the block by hand since it was written."""
        return fingerprint(self.block) != self.sha


def fingerprint(text: str) -> str:
    """Sixteen hexadecimal digits of SHA-256; the kind of line break does not matter."""
    return hashlib.sha256(text.replace("\r\n", "\n").encode("utf-8")).hexdigest()[:16]


def marked(text: str) -> bool:
    """Whether one of our markers, or what is left of one, stands in a text."""
    return _ANY.search(text) is not None


def split(text: str, name: str) -> Managed:
    """Cuts a document at its markers.

    Raises:
        Problem: when there is not exactly one begin and one end marker of the same id, in this order.
    """
    begins, ends = list(_BEGIN.finditer(text)), list(_END.finditer(text))
    if (
        len(begins) != 1
        or len(ends) != 1
        or begins[0]["id"] != ends[0]["id"]
        or ends[0].start() < begins[0].end()
    ):
        found = _ANY.search(text)
        line = text.count("\n", 0, found.start()) + 1 if found else 1
        raise Problem(
            "the two markers around the generated part are missing or damaged, "
            "so it is not clear what is yours",
            f"{name}:{line}",
            "Put back the lines `<!-- servicestory:begin ... -->` and `<!-- servicestory:end ... -->`, "
            "or move the file away and run the command again",
        )
    begin, end = begins[0], ends[0]
    newline = "\r\n" if "\r\n" in text[: end.end()] else "\n"
    start = text.index("\n", begin.start()) + 1
    return Managed(
        text[: begin.start()],
        text[start : end.start()].replace("\r\n", "\n"),
        text[end.end() :],
        begin["id"],
        begin["content"],
        begin["sha"],
        newline,
    )


def wrapped(block: str, block_id: str, content: str, newline: str = "\n", sha: str | None = None) -> str:
    """The block between its markers; no line break after the end marker.

    Args:
        sha: the fingerprint to keep, where the block holds hand edits that must go on being seen.
    """
    begin = f"<!-- servicestory:begin {block_id} content={content} sha256={sha or fingerprint(block)} -->"
    return f"{begin}\n{block}<!-- servicestory:end {block_id} -->".replace("\n", newline)


def without_control(block: str) -> str:
    """The block without its control parts: what the stories say."""
    return _CONTROL.sub("", block)


def said(block: str) -> str | None:
    """The fingerprint of what the block says to the people who work by it, whatever its control parts show.

    None where it has no control parts, so that every decision changes it.
    """
    return fingerprint(without_control(block)) if _CONTROL.search(block) else None


def restamped(old: str, new: str, name: str) -> str:
    """``new``, a document changed by a command of ours, known as ours where ``old`` was.

    Its fingerprints, that of the marker and those of decisions, become those of the new text.
    """
    try:
        was, now = split(old, name), split(new, name)
    except Problem:
        return new
    marks = {} if was.edited else {was.sha: fingerprint(now.block)}
    if (text := said(was.block)) and (after := said(now.block)):
        marks[text] = after
    for before, after in marks.items():
        new = new.replace(before, after)
    return new


def with_control(block: str, fresh: str) -> str | None:
    """``block`` with the control parts of ``fresh``, everything else as it stands.

    None when the two have not the same number of such parts, or none at all.
    """
    parts = iter([m[0] for m in _CONTROL.finditer(fresh)])
    count = len(_CONTROL.findall(fresh))
    if not count or count != len(_CONTROL.findall(block)):
        return None
    return _CONTROL.sub(lambda _: next(parts), block)


def difference(old: str, new: str, name: str, most: int = 60) -> str:
    """What would be lost (-) and written (+), as a unified difference of at most ``most`` lines."""
    lines = list(
        difflib.unified_diff(
            old.splitlines(), new.splitlines(), f"{name} as it is", f"{name} as written anew", "", "", 1, ""
        )
    )
    rest = len(lines) - most
    return "\n".join(lines[:most] + ([f"... and {rest} more lines"] if rest > 0 else []))
