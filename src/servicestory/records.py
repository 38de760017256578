"""Text of record files to models, and every mistake in them to a sentence with its file and line."""

import contextlib
import json
import os
import re
from collections.abc import Callable, Iterator, Sequence, Sized
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, TypeAdapter, ValidationError

from servicestory import storage, yaml_read
from servicestory.errors import Problem, meant, nearest
from servicestory.models.base import Record, share

R = TypeVar("R", bound=Record)


def load(
    model: type[R],
    text: str,
    name: str,
    prepare: Callable[[dict[str, Any]], dict[str, Any]] | None = None,
) -> tuple[list[tuple[int, R]], list[Problem]]:
    """The records of one YAML file with the line each begins on, and what is wrong with the others.

    Args:
        text: the file's text, documents divided by lines ``---``.
        name: the file's name for messages.
        prepare: changes the fields of a record before they are checked (to fill in what is missing).
    """
    found: list[tuple[int, R]] = []
    problems: list[Problem] = []
    for piece in yaml_read.pieces(text):
        try:
            fields = yaml_read.read(piece, name)
        except Problem as problem:
            problems.append(problem)
            continue
        if fields is None:
            continue
        try:
            found.append(
                (yaml_read.first_line(piece), model.model_validate(prepare(fields) if prepare else fields))
            )
        except ValidationError as error:
            problems += mistakes(error, model, name, _lines(piece, name))
    if not found and not problems:
        problems.append(Problem("this file holds no record", name, "Delete it, or write one"))
    share(record for _, record in found)
    return found, problems


def absent(path: Path) -> bool:
    """Whether nothing is there; a link that leads nowhere, or a file in its folder's place, is something."""
    return not os.path.lexists(path) and (path.parent.is_dir() or not os.path.lexists(path.parent))


def load_lines(model: type[R], data: bytes, name: str) -> tuple[list[R], list[Problem]]:
    """The records of a file with one JSON record per line, in their order; empty lines do not count."""
    found: list[R] = []
    problems: list[Problem] = []
    lines = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"{name}:{number}"
        try:
            found.append(model.model_validate_json(line))
        except ValidationError as error:
            if error.errors(include_url=False)[0]["type"] != "json_invalid":
                problems += map(_on_one_line, mistakes(error, model, name, lambda _, n=number: n))  # type: ignore[misc]
            elif number == len(lines) and storage.half_written(line):
                problems.append(
                    Problem("this line was cut off while it was being written", where, "Record it again")
                )
            elif line.startswith((b"<<<<<<<", b"=======", b">>>>>>>")):
                problems.append(
                    Problem(
                        "marks of an unfinished merge stand here", where, "Keep the records, delete the marks"
                    )
                )
            else:
                problems.append(
                    Problem("this line is not a whole JSON record", where, "Mend or delete the line")
                )
    return found, problems


def _on_one_line(problem: Problem) -> Problem:
    """The same for a record of one line: nothing is written over several lines there, as in a YAML file."""
    what = problem.what.replace("'' must be a group of fields", "this line holds no record")
    return Problem(
        what, problem.where, "Mend or delete the line" if "`" in problem.next_step else problem.next_step
    )


def many(model: type[R], lines: list[str]) -> list[R]:
    """The records of many JSON texts at once.

    Raises:
        ValueError: when one of them is not such a record.
    """
    found: list[R] = TypeAdapter(list[model]).validate_json(f"[{','.join(lines)}]")  # type: ignore[valid-type]
    share(found)
    return found


def checked(model: type[R], fields: dict[str, Any], where: str) -> R:
    """A record made of fields that did not come from a file.

    Raises:
        Problem: for the first field that does not fit.
    """
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        raise next(iter(mistakes(error, model, where, lambda _: None))) from None


def json_lines(records: "list[R] | tuple[R, ...]", where: str) -> bytes:
    """Records as JSON, one per line."""
    texts = (json.dumps(r.to_yaml(), ensure_ascii=False, allow_nan=False) for r in records)
    return storage.bytes_of("".join(text + "\n" for text in texts), where)


def _lines(piece: yaml_read.Piece, name: str) -> Callable[[tuple[str | int, ...]], int]:
    """A function from a place in a record to its line; the nearest enclosing key counts."""
    found: dict[str, Any] = {}

    def line(path: tuple[str | int, ...]) -> int:
        if not found:
            found["raw"], found["spans"] = yaml_read.read_spans(piece, name)
        at = _with_gaps(found["raw"], path)
        while at not in found["spans"]:
            at = at[:-1]
        span = found["spans"][at]
        return yaml_read.line_of(piece, span.key if span.key >= 0 else span.start)

    return line


def _with_gaps(raw: Any, path: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """``path`` counted with the empty list items that reading leaves out."""
    made: list[str | int] = []
    for step in path:
        if isinstance(raw, list) and isinstance(step, int):
            kept = [i for i, v in enumerate(raw) if v is not None]
            if step >= len(kept):
                break
            made.append(kept[step])
            raw = raw[kept[step]]
        elif isinstance(raw, dict) and step in raw:
            made.append(step)
            raw = raw[step]
        else:
            break
    return tuple(made)


def mistakes(
    error: ValidationError,
    model: type[BaseModel],
    name: str,
    line: Callable[[tuple[str | int, ...]], int | None],
) -> Iterator[Problem]:
    """Every mistake pydantic found, in plain words, at the line of its field."""
    for found in error.errors(include_url=False):
        path = tuple(found["loc"])
        number = line(path)
        where = name if number is None else f"{name}:{number}"
        what, next_step = _sentence(dict(found), path, model)
        if shape := _shape(path, model):
            next_step = f"{next_step}. Write it like this: {shape}".removeprefix(". ")
        yield Problem(what, where, next_step)


def _shape(path: tuple[str | int, ...], model: type[BaseModel]) -> str | None:
    """How a field of a story that is a list or has parts of its own is written."""
    from servicestory.models.story import SHAPES, Story

    return SHAPES.get(str(path[0])) if path and model is Story else None


def _sentence(found: dict[str, Any], path: tuple[str | int, ...], model: type[BaseModel]) -> tuple[str, str]:
    kind, given = found["type"], found.get("input")
    context = {k: f"{v:g}" if isinstance(v, float) else v for k, v in (found.get("ctx") or {}).items()}
    field = _said(path)
    record = re.sub(r"(?<!^)(?=[A-Z])", " ", model.__name__).lower()
    if "next_step" in context:  # the model's own check says both
        return context["what"], context["next_step"]
    shown = repr(given) if isinstance(given, str) and len(given) <= 60 else "this"
    if kind == "extra_forbidden":
        owner = _model_at(model, path[:-1])
        known = fields_of(owner) if owner else []
        article = "an" if record[0] in "aeiou" else "a"
        part = f"{article} {record}" if len(path) == 1 else f"{_said(path[:-1])!r}"
        if isinstance(given, list) and any(isinstance(one, dict) and set(one) & set(known) for one in given):
            return (
                f"{path[-1]!r} is not a field of {part}: a list of records stands there",
                yaml_read.AS_RECORDS,
            )
        return no_field(str(path[-1]), known, part)
    if kind == "missing":
        return f"{field!r} is missing", f"Add a line `{path[-1]}: ...`"
    if kind == "literal_error":
        allowed = str(context.get("expected", "")).replace(" or ", ", ").replace("'", "")
        # What somebody agreed to is not guessed: the nearest word to "internal" is "external".
        near = None if path[0] == "consent" else nearest(str(given), allowed.split(", "))
        hint = f"Write {near}" if near else f"Write one of: {allowed}"
        return f"{field!r} cannot be {shown}", hint
    if kind == "less_than_equal" and path == ("schema",):
        return "this record was written by a newer servicestory", "Install the newest version"
    if kind == "string_pattern_mismatch":
        return f"{field!r} cannot be {shown}", _form(str(context.get("pattern", "")))
    if kind == "value_error":
        said = str(context.get("error") or found["msg"].removeprefix("Value error, "))
        return (f"{field}: {said}" if field else said), ""
    for pattern, what, hint in _KINDS:
        if re.match(pattern, kind):
            return f"{field!r} {what.format(shown=shown, **context)}", hint
    return f"{field!r} does not fit: {found['msg'][:1].lower()}{found['msg'][1:]}", "Correct it"


def _form(pattern: str) -> str:
    """How a text of this pattern is written, as far as a person writes it."""
    if prefix := re.match(r"\^(?:\(\?:)?([A-Z]+)[|A-Z]*\)?-\\d", pattern):
        return f"Write it like {prefix[1]}-0001"
    if pattern == r"^[^\s/\\]+$":
        return "Write it without blanks and slashes, such as 2026-08-14-the-late-ferry"
    if pattern.startswith(("^[0-9a-f]", "^(?:L|Person)-")):
        return "It is not written by hand: bring back what stood there, or take the line out"
    small = "small " if pattern.startswith("^[a-z]") else ""
    return f"Use {small}letters, digits, hyphens and underscores, and begin with a letter"


def no_field(word: str, known: Sequence[str], part: str) -> tuple[str, str]:
    """What is said of a field there is not, and what to do: the one that is meant, or those there are.

    Args:
        part: what it would be a field of, as it is said: "a story".
    """
    near = meant(word, list(known)) or nearest(word, list(known))
    what = f"{word!r} is not a field of {part}"
    if near:
        return f"{what}; did you mean {near!r}?", ""
    return what, _FIELDS_IN if len(known) > _FEW else f"Its fields are: {', '.join(known)}"


_FEW = 8  # fields that can be told in a sentence
_FIELDS_IN = "docs/formats.md lists its fields"
_KINDS = (
    (r"string_type", "must be a text", "Write it on one line, or after `|`"),
    (r"string_too_long", "is longer than {max_length} characters", "Shorten it"),
    (r"string_too_short", "is empty", "Write something, or remove the line"),
    (r"(int|float)_|finite", "must be a number, not {shown}", "Write digits, such as 9 or 4.5"),
    (r"bool_", "must be yes or no, not {shown}", "Write yes or no"),
    (r"list_|tuple_|set_", "must be a list", "Write each entry on a line of its own that begins with `- `"),
    (r"dict_|model_|mapping_", "must be a group of fields", "Write `key: value` lines below it"),
    (r"greater_than_equal", "must be {ge} or more, not {shown}", "Correct it"),
    (r"greater_than", "must be more than {gt}, not {shown}", "Correct it"),
    (r"less_than_equal", "must be {le} or less, not {shown}", "Correct it"),
    (r"less_than", "must be less than {lt}, not {shown}", "Correct it"),
)


def _said(path: tuple[str | int, ...]) -> str:
    """``ratings[2].value``: list places counted from 1, as people do."""
    text = ""
    for step in path:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return text


def fields_of(model: type[BaseModel]) -> list[str]:
    """The names of the fields of a record, as they are written."""
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_at(model: type[BaseModel], path: tuple[str | int, ...]) -> type[BaseModel] | None:
    """The model of the group of fields at ``path``."""
    for step in path:
        if isinstance(step, int):
            continue
        field = next((f for n, f in model.model_fields.items() if step in (n, f.alias)), None)
        below = _model_in(field.annotation) if field else None
        if below is None:
            return None
        model = below
    return model


def _model_in(kind: Any) -> type[BaseModel] | None:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return kind
    return next((m for m in map(_model_in, get_args(kind)) if m), None)


@contextlib.contextmanager
def batch_written(written: Sized) -> Iterator[None]:
    """Turns the disk's refusal into a `Problem` that says whether a part of the batch is ``written``."""
    try:
        yield
    except OSError as error:
        what = "only some of the stories were written" if len(written) else "the stories cannot be written"
        step = "Check the folder's permissions and the disk, then import the same file again"
        again = f"{step}: nothing is taken twice"
        raise Problem(f"{what}: {storage.said(error)}", "stories", again) from None
