"""Changes fields of a YAML record by rewriting only the lines they stand on; comments and order stay."""

import json
import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from servicestory import yaml_write
from servicestory.errors import Problem
from servicestory.yaml_read import Path, Piece, Span, read_spans

Edits = list[tuple[int, int, str]]  # from, to (characters of the piece), what stands there instead


class _CannotPatch(Exception):
    """This change cannot be made line by line; the whole field has to be written afresh."""


def edit(
    piece: Piece,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    gives_wanted: Callable[[str], bool],
    name: str,
) -> str:
    """The text of ``piece`` with its fields changed from ``old`` to ``new``.

    Only lines of changed fields are touched, and inside a changed list only its changed items. What is
    composed is read again before it is returned.

    Args:
        piece: the document as it stands in the file.
        old: the record as it was read, as `Record.to_yaml` gives it.
        new: the record that is wanted, in the same form.
        gives_wanted: says whether an edited text reads as the wanted record.
        name: the file's name for messages.

    Raises:
        Problem: when no edit gives the wanted record; nothing was changed then.
    """
    newline = "\r\n" if "\r\n" in piece.text else "\n"
    last = piece.text[piece.text.rfind("\n") + 1 :]  # a last line without its end keeps having none
    ended = not last
    text = piece.text if ended else piece.text + newline
    _, spans = read_spans(Piece(text, piece.start, piece.line), name)
    patch = _Patch(text, spans, newline)
    for whole_fields in (False, True):
        try:
            edits = patch.fields((), dict(old), dict(new), whole_fields)
        except _CannotPatch:
            continue
        made = _applied(text, edits)
        open_ended = not ended and ("\n" + made).endswith("\n" + last + newline)
        for candidate in (made.removesuffix(newline), made) if open_ended else (made,):
            if gives_wanted(candidate):
                return candidate
    whole = patch.everything(dict(new))
    if gives_wanted(whole):
        return whole
    raise Problem("this record cannot be changed without harming it", name, "Change it by hand")


def _applied(text: str, edits: Edits) -> str:
    parts: list[str] = []
    at = 0
    for start, end, instead in sorted(edits, key=lambda e: (e[0], e[1])):
        if start < at:
            raise _CannotPatch
        parts += [text[at:start], instead]
        at = end
    return "".join([*parts, text[at:]])


class _Patch:
    """The places of one document and the edits that turn one value into another."""

    def __init__(self, text: str, spans: dict[Path, Span], newline: str) -> None:
        self.text, self.spans, self.newline = text, spans, newline
        self.below: dict[Path, list[Path]] = {}
        for path in spans:
            if path:
                self.below.setdefault(path[:-1], []).append(path)

    def written(self, lines: str) -> str:
        return lines.replace("\n", self.newline)

    def line_start(self, index: int) -> int:
        return self.text.rfind("\n", 0, index) + 1

    def line_end(self, index: int) -> int:
        """The index after the line break that ends the line of ``index``."""
        return self.text.find("\n", index) + 1 or len(self.text)

    def starts_line(self, index: int) -> bool:
        return not self.text[self.line_start(index) : index].strip(" ")

    def column(self, index: int) -> int:
        return index - self.line_start(index)

    def comments(self, start: int, end: int) -> list[str]:
        """The comments between two characters, those at the end of a line too."""
        gaps: list[str] = []
        at = start
        for span in sorted((s for s in self.spans.values() if start <= s.start < end), key=lambda s: s.start):
            if span.style in ("text", "block"):
                gaps.append(self.text[at : max(at, span.start)])
                if span.style == "block":  # the header of a block text may carry one
                    gaps.append(self.text[span.start : self.line_end(span.start)])
                at = max(at, span.end)
        gaps.append(self.text[at:end])
        return [m.group().rstrip() for gap in gaps for m in re.finditer(r"(?:^|(?<=\s))#[^\n]*", gap)]

    # --- groups of fields -----------------------------------------------------------------------------

    def fields(self, path: Path, old: dict[str, Any], new: dict[str, Any], whole: bool = False) -> Edits:
        """The edits that turn one group of fields into another; ``whole`` rewrites changed fields."""
        span = self.spans[path]
        if span.style != "map":
            raise _CannotPatch
        edits: Edits = []
        there = {str(p[-1]): p for p in self.below.get(path, [])}
        for key in old:
            if key in there and key not in new:
                edits.append((*self.region(there[key]), ""))
        anchor: Path | None = None
        for key, value in new.items():
            if key in there:
                anchor = there[key]
                if key not in old or old[key] != value:
                    edits += self.value(anchor, key, old.get(key), value, whole)
            elif key not in old or old[key] != value:
                lines = self.written(yaml_write.entry(key, value, self.column(span.start)))
                at = self.region(anchor)[1] if anchor else self.first_place(span)
                edits.append((at, at, lines))
        return edits

    def first_place(self, span: Span) -> int:
        if not self.starts_line(span.start):
            raise _CannotPatch
        return self.line_start(span.start)

    def region(self, path: Path) -> tuple[int, int]:
        """The lines of one field, from its key to the end of the line its value ends on."""
        span = self.spans[path]
        if not self.starts_line(span.key):
            raise _CannotPatch
        return self.line_start(span.key), self.line_end(self.end(path))

    def end(self, path: Path) -> int:
        """The end of a value; an empty one ends where its key does."""
        span = self.spans[path]
        return max(span.end, span.start, span.key)

    def value(self, path: Path, key: str, old: Any, new: Any, whole: bool) -> Edits:
        """The edits that change the value of the field at ``path``."""
        span = self.spans[path]
        if not whole:
            try:
                if isinstance(old, dict) and isinstance(new, dict) and span.style == "map" and new:
                    return self.fields(path, old, new)
                if isinstance(old, list) and isinstance(new, list) and span.style == "list" and new:
                    return self.items(path, old, new, key in yaml_write.ON_ONE_LINE)
            except _CannotPatch:
                pass
            if span.style == "text" and not isinstance(new, dict | list):
                one_line = yaml_write.entry("k", new, max(0, self.column(span.key)))
                if one_line.count("\n") == 1 and "\n" not in self.text[span.start : span.end]:
                    lead = " " if self.text[span.start - 1] == ":" else ""
                    return [(span.start, span.end, lead + one_line.split(": ", 1)[1][:-1])]
        return [self.rewritten(path, key, new)]

    def rewritten(self, path: Path, key: str, new: Any) -> tuple[int, int, str]:
        """The whole field written afresh, its comments kept on lines of their own above it."""
        span = self.spans[path]
        column, stop = self.column(span.key), self.line_end(self.end(path))
        lines = yaml_write.entry(key, new, column)
        comments = "".join(" " * column + c + "\n" for c in self.comments(span.key, stop))
        if self.starts_line(span.key):
            return self.line_start(span.key), stop, self.written(comments + lines)
        return span.key, stop, self.written(lines[column:] + comments)  # first field of a list item

    # --- lists ----------------------------------------------------------------------------------------

    def items(self, path: Path, old: list[Any], new: list[Any], one_line: bool) -> Edits:
        """The edits that turn one list into another, item by item."""
        there = [p for p in self.below.get(path, []) if not self.is_empty(p)]
        if len(there) != len(old):
            raise _CannotPatch
        column = self.column(self.spans[path].start)
        regions = self.item_regions(path)
        edits: Edits = []
        at = self.line_start(self.spans[path].start)
        i = j = 0
        for i_kept, j_kept in [*_kept(old, new), (len(old), len(new))]:
            for was, wanted in _paired(old[i:i_kept], new[j:j_kept]):
                if was is None:
                    edits.append((at, at, self.written(yaml_write.item(wanted, column, one_line))))
                    continue
                place = there[i + was]
                start, at = regions[place]
                edits += self.item(place, start, at, old[i + was], wanted, column, one_line)
            if i_kept < len(old):
                at = regions[there[i_kept]][1]
            i, j = i_kept + 1, j_kept + 1
        return edits

    def item(
        self, path: Path, start: int, stop: int, old: Any, new: Any, column: int, one_line: bool
    ) -> Edits:
        """The edits that change (``new`` None: remove) one list item on the lines ``start`` to ``stop``."""
        if new is None:
            return [(start, stop, "")]
        if isinstance(old, dict) and isinstance(new, dict) and self.spans[path].style == "map":
            try:
                return self.fields(path, old, new)
            except _CannotPatch:
                pass
        span, lines = self.spans[path], yaml_write.item(new, column, one_line)
        inside = self.text[span.start : span.end]
        if span.style in ("text", "flow") and "\n" not in inside and lines.count("\n") == 1:
            return [(span.start, span.end, lines[column + 2 : -1])]
        comments = "".join(" " * column + c + "\n" for c in self.comments(start, stop))
        return [(start, stop, self.written(comments + lines))]

    def item_regions(self, path: Path) -> dict[Path, tuple[int, int]]:
        """The lines of each item of a list, from its dash to the end of its last line."""
        span = self.spans[path]
        if not self.starts_line(span.start):
            raise _CannotPatch
        dash = re.compile(rf"^ {{{self.column(span.start)}}}-(?=\s)", re.M)
        found: dict[Path, tuple[int, int]] = {}
        at = self.line_start(span.start)
        for path_of_item in self.below.get(path, []):
            begin = dash.search(self.text, at)
            if not begin:
                raise _CannotPatch
            at = self.line_end(max(self.end(path_of_item), begin.end()))
            found[path_of_item] = begin.start(), at
        return found

    def is_empty(self, path: Path) -> bool:
        span = self.spans[path]
        return span.style == "text" and self.text[span.start : span.end] in ("", "~", "null", "Null", "NULL")

    # --- the last resort ------------------------------------------------------------------------------

    def everything(self, new: dict[str, Any]) -> str:
        """The whole record written afresh, every comment kept above it."""
        head = re.match(r"---[^\n]*\n", self.text)
        comments = "".join(c + "\n" for c in self.comments(head.end() if head else 0, len(self.text)))
        start = self.written("---\n") if self.text.startswith("---") else ""
        return start + self.written(comments + yaml_write.document(new))


def _kept(old: Sequence[Any], new: Sequence[Any]) -> list[tuple[int, int]]:
    """The places (old, new) of the items that stay, in their order: a longest common subsequence.

    Equal items are told apart by counting them, so the longest increasing run of their places is the
    answer: n log n (Hunt and Szymanski 1977), where a general comparison would take hours on a practice
    with many thousand pieces of evidence.
    """
    place = {key: j for j, key in enumerate(_counted(new))}
    pairs = [(i, place[key]) for i, key in enumerate(_counted(old)) if key in place]
    ends: list[int] = []  # the smallest last place of a run of each length, and which pair it is
    last: list[int] = []
    before: list[int] = []
    for number, (_, j) in enumerate(pairs):
        length = bisect_left(ends, j)
        before.append(last[length - 1] if length else -1)
        if length == len(ends):
            ends.append(j)
            last.append(number)
        else:
            ends[length], last[length] = j, number
    run: list[tuple[int, int]] = []
    at = last[-1] if last else -1
    while at >= 0:
        run.append(pairs[at])
        at = before[at]
    return run[::-1]


def _counted(values: Sequence[Any]) -> list[tuple[str, int]]:
    seen: dict[str, int] = {}
    made: list[tuple[str, int]] = []
    for value in values:
        text = json.dumps(value, sort_keys=True)
        seen[text] = seen.get(text, -1) + 1
        made.append((text, seen[text]))
    return made


def _paired(old: list[Any], new: list[Any]) -> list[tuple[int | None, Any]]:
    """Which old item became which new one: (index of the old one or None, the new one or None).

    Groups belong together when their first field is the same; texts and figures, when they stand at the
    same place. In the order of the new list, so that edits never cross.
    """
    pairs: list[tuple[int | None, Any]] = []
    same_length = len(old) == len(new)
    names: dict[Any, list[int]] = {}
    for k in reversed(range(len(old))):
        if isinstance(old[k], dict):
            names.setdefault(_name(old[k]), []).append(k)
    at = 0
    for j, wanted in enumerate(new):
        if isinstance(wanted, dict):
            places = names.get(_name(wanted), [])
            while places and places[-1] < at:
                places.pop()
            same = places.pop() if places else None
        else:
            same = at if same_length and at == j else None
        if same is None:
            pairs.append((None, wanted))
        else:
            pairs += [(k, None) for k in range(at, same)]
            pairs.append((same, wanted))
            at = same + 1
    return pairs + [(k, None) for k in range(at, len(old))]


def _name(group: dict[str, Any]) -> str:
    return json.dumps(next(iter(group.items()), None))
