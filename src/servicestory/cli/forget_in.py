"""What `forget` changes in a file: what people wrote, never the words by which the program reads it."""

import json
import re
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from servicestory import yaml_read
from servicestory.catalogue import CODEBOOK
from servicestory.errors import Problem, Usage
from servicestory.starter import MARK

if TYPE_CHECKING:
    from servicestory.collect.forgetting import Forgetting
    from servicestory.models.base import Record

# Files that the program looks for by their whole name; of any other the folder, an id at the beginning and
# the ending.
_OURS = re.compile(
    rf"{re.escape(MARK)}|{re.escape(CODEBOOK)}|practices/evidence/.*|drafts/draft-\d+\.yaml"
    r"|records/[a-z-]+\.jsonl(?:\.cut-off)?"
)
_SHEET = re.compile(r"(?:job-breakdown|checklist|session-plan|quiz)(?:\.\w+)+")
# Texts of records that the program chose, and that any word would fit.
_CHOSEN = frozenset({"action", "decided_by", "field", "language", "without_doubtful"})
_ID = re.compile(r"(?:P|SOP|JB|CL|SP|QZ|A)-\d{4,}")
_STEP = "Put it right first; nothing was changed"
# What of a page is not what somebody wrote: styles, scripts, the program's own remarks, and tags, of which
# some attributes are.
_CODE = re.compile(
    r"(?is)<(style|script)\b(?:(?!<\1\b).)*?</\1\s*>|<!-- servicestory:[^>]*-->|<!doctype[^>]*>"
    r"|</?[a-z](?:\"[^\"]*\"|'[^']*'|[^<>\"'])*>"
)
_WRITTEN = re.compile(
    r"(?is)(?<=\s)(title|alt|aria-[a-z]+|content|id|href|src|value|data-[\w-]+)(\s*=\s*)(\"[^\"]*\"|'[^']*')"
)
_OWN_REMARK = re.compile(r"<!-- servicestory:[^>]*-->")


def is_name(name: str) -> None:
    """Whether this may be somebody's name.

    Raises:
        Usage: it is an id of a record, or the program's own name, by which files are found and read.
    """
    plain = name.strip()
    if plain.casefold() == "servicestory" or _ID.fullmatch(plain.upper()):
        what = f"'{plain}' is no name of a person: the program finds its own files and records by it"
        raise Usage(what, "", "Give the name of the person")


def renamed(where: str, forgetting: "Forgetting") -> str:
    """What a file is called without the name; ``where`` is its place in the workspace, as is the answer."""
    if _OURS.fullmatch(where):
        return where
    folder, *inner = where.split("/")
    made = [folder]
    for part in inner:
        last = len(made) == len(inner)
        if last and folder == "training" and _SHEET.fullmatch(part):
            made.append(part)
            continue
        begins = _ID.match(part)
        at = begins.end() if begins else 0
        to = len(part) - len(PurePosixPath(part).suffix) if last else len(part)
        made.append(part[:at] + forgetting.text(part[at:to]) + part[to:])
    return "/".join(made)


def without(data: bytes, where: str, forgetting: "Forgetting") -> bytes:
    """The bytes of a file without the name: records field by field, anything else as text.

    Raises:
        Problem: a file of records that holds the name cannot be read.
    """
    from servicestory import storage

    if where.lower().endswith(".docx"):
        from servicestory.incorporate.word import rewritten

        return rewritten(data, forgetting.text)
    text = data.decode("utf-8", "surrogateescape")
    model = _model(where)
    if model is not None and data.strip():
        try:
            storage.text_of(data, where)  # a name would not be found in what is no text
        except Problem as problem:
            raise Problem(problem.what, problem.where, _STEP) from None
    before = forgetting.places
    plain = forgetting.text(text)
    forgetting.places = before
    if plain == text and "\\" not in text:
        return data
    if model is not None:
        return _records(data, text, where, model, forgetting)
    kind = PurePosixPath(where.lower()).suffix
    if kind == ".jsonl":
        of = _lines_of(where)
        made = "\n".join(_line(line, of, where, forgetting) for line in text.split("\n"))
    elif kind in (".html", ".htm", ".svg", ".xml"):
        made = _page(text, forgetting)
    elif kind == ".md":
        made = _document(text, where, forgetting)
    else:
        made = forgetting.text(text)
    return made.encode("utf-8", "surrogateescape")


def _model(where: str) -> "type[Record] | None":
    """What the records of a YAML file are; None for any other file."""
    from servicestory.models.codebook import CodebookEntry
    from servicestory.models.organisation import Organisation
    from servicestory.models.practice import Practice
    from servicestory.models.story import Story

    if where in (MARK, CODEBOOK):
        return Organisation if where == MARK else CodebookEntry
    models: dict[str, type[Record]] = {"stories": Story, "practices": Practice}
    return models.get(where.split("/")[0]) if where.lower().endswith((".yaml", ".yml")) else None


def _lines_of(where: str) -> "type[Record] | None":
    """What the lines of a file of records are."""
    from servicestory.cli.check import kinds

    return kinds().get(PurePosixPath(where).stem) if where.startswith("records/") else None


def _fitting(
    model: "type[Record]", old: dict[str, Any], forgetting: "Forgetting", where: str
) -> dict[str, Any]:
    """The fields of a record without the name. What would not fit its field so is no name, and stays.

    Raises:
        Problem: the record as a whole does not fit without the name.
    """
    from servicestory.models.organisation import Organisation
    from servicestory.records import checked

    new: dict[str, Any] = forgetting.value(old)
    forgetting.places -= _chosen(new, old)
    while True:
        try:
            model.model_validate(new)
        except ValidationError as error:
            back = [_as_before(new, old, found["loc"]) for found in error.errors(include_url=False)]
            if not any(back):
                checked(model, new, where)  # says what does not fit
            forgetting.places -= sum(back)
            continue
        if model is Organisation and "staff" in new:
            new["staff"] = [person for person in new["staff"] if person["name"] != forgetting.pseudonym]
        return new


def _chosen(new: Any, old: Any) -> int:
    """Put what the program chose back in its place; how often it differed."""
    if isinstance(old, list):
        return sum(_chosen(*pair) for pair in zip(new, old, strict=True))
    if not isinstance(old, dict):
        return 0
    back = [key for key in old if key in _CHOSEN and new[key] != old[key]]
    new.update({key: old[key] for key in back})
    return len(back) + sum(_chosen(new[key], old[key]) for key in old)


def _as_before(new: Any, old: Any, place: tuple[str | int, ...]) -> bool:
    """Whether the value at a place differed, and is now again what it was."""
    try:
        for step in place[:-1]:
            new, old = new[step], old[step]
        if new[place[-1]] == old[place[-1]]:
            return False
        new[place[-1]] = old[place[-1]]
    except (KeyError, IndexError, TypeError):
        return False
    return True


def _records(data: bytes, text: str, where: str, model: "type[Record]", forgetting: "Forgetting") -> bytes:
    """A YAML file of records: their values, then the remarks beside them."""
    from servicestory import records
    from servicestory.edit_file import edited

    loaded, problems = records.load(model, text.removeprefix("\ufeff"), where)
    if problems:
        raise Problem(problems[0].what, problems[0].where, _STEP)
    changed = {}
    for line, old in loaded:
        new = model.model_validate(_fitting(model, old.to_yaml(), forgetting, f"{where}:{line}"))
        if new != old:
            changed[line] = (old, new)
    made = edited(data, changed, where) if changed else data
    mark = b"\xef\xbb\xbf" if made.startswith(b"\xef\xbb\xbf") else b""
    remarked = _remarks(made.removeprefix(mark).decode("utf-8"), where, forgetting)
    return mark + remarked.encode("utf-8")


def _remarks(text: str, where: str, forgetting: "Forgetting") -> str:
    """YAML with the name taken out of whatever is neither a key nor a value."""
    parts: list[str] = []
    at = 0
    for piece in yaml_read.pieces(text):
        if not forgetting.found(piece.text):
            continue
        _, spans = yaml_read.read_spans(piece, where)
        kept = [(s.start, s.end) for s in spans.values() if s.style in ("text", "block")]
        kept += [
            (span.key, span.key + len(str(path[-1])) + 2 * (piece.text[span.key] in "\"'"))
            for path, span in spans.items()
            if span.key >= 0
        ]
        for first, last in sorted(kept):
            start, end = piece.start + first, piece.start + last
            parts += [forgetting.text(text[at:start]), text[start:end]]
            at = end
    return "".join([*parts, forgetting.text(text[at:])])


def _line(line: str, model: "type[Record] | None", where: str, forgetting: "Forgetting") -> str:
    """One line of records; a line without the name stays to the letter."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return forgetting.text(line)
    if model is not None and _fits(model, value):
        new = _fitting(model, value, forgetting, where)
    else:
        new = forgetting.value(value, keys=not where.startswith("records/"))
    return line if new == value else json.dumps(new, ensure_ascii=False)


def _fits(model: "type[Record]", value: Any) -> bool:
    try:
        model.model_validate(value)
    except ValidationError:
        return False
    return True


def _apart(text: str, code: re.Pattern[str], forgetting: "Forgetting", inside: Callable[[str], str]) -> str:
    """A text without the name; what ``code`` finds in it goes through ``inside`` instead."""
    parts: list[str] = []
    at = 0
    for found in code.finditer(text):
        parts += [forgetting.text(text[at : found.start()]), inside(found[0])]
        at = found.end()
    return "".join([*parts, forgetting.text(text[at:])])


def _page(text: str, forgetting: "Forgetting") -> str:
    from servicestory.incorporate.page import restamped

    def tag(code: str) -> str:
        if code.startswith("<!") or re.match(r"(?i)<(?:style|script)\b", code):
            return code
        return _WRITTEN.sub(lambda m: m[1] + m[2] + forgetting.text(m[3]), code)

    return restamped(text, _apart(text, _CODE, forgetting, tag))


def _document(text: str, where: str, forgetting: "Forgetting") -> str:
    """A document: its control record field by field, then what it says."""
    from servicestory.cli import documents
    from servicestory.incorporate.blocks import restamped
    from servicestory.models.procedure import Procedure
    from servicestory.models.training import TrainingDocument

    head, body = "", text
    model = TrainingDocument if where.startswith("training/") else Procedure
    try:
        control, piece = documents.front_matter(text, model, where)
    except Problem:
        pass  # a text of somebody's own, or broken as it is
    else:
        ends = piece.start + len(piece.text)
        new = model.model_validate(_fitting(model, control.to_yaml(), forgetting, where))
        head, body = text[:ends], text[ends:]
        if new != control:
            head = documents.with_front(head, piece, control, new, where)
        head = _remarks(head, where, forgetting)
    return restamped(text, head + _apart(body, _OWN_REMARK, forgetting, lambda code: code), where)
