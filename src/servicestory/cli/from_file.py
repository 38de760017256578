"""The stories of one file a person wrote, for `add --file`."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from servicestory import console
from servicestory.cli.app import today
from servicestory.cli.nameless import names_in
from servicestory.cli.people import only_names
from servicestory.errors import Problem

if TYPE_CHECKING:
    from servicestory.models.organisation import Organisation
    from servicestory.models.story import Story
    from servicestory.yaml_read import Piece


def from_file(
    path: Path,
    flags: dict[str, Any],
    organisation: "Organisation | None",
    known: Sequence[str] = (),
    cleaned: Callable[[dict[str, Any]], dict[str, Any]] = dict,
) -> list["Story"]:
    """The stories of a YAML file, all checked before the first is kept; any other file is one story's text.

    Args:
        cleaned: takes personal data out of a story's fields.

    Raises:
        Problem: with file and line.
    """
    from pydantic import ValidationError

    from servicestory import documents, records, yaml_read
    from servicestory.collect.add import complete
    from servicestory.models.story import Story

    look = names_in(organisation)
    text = documents.given_text(path)
    if path.suffix.lower() not in (".yaml", ".yml", ".json"):
        told = only_names(cleaned({"narrative": text.strip("\r\n"), **flags}))
        story = records.checked(Story, complete(told, today(), organisation, look, known), str(path))
        _say_undated(int(not told.get("date")), path)
        return [story]
    stories, undated, pieces = [], 0, list(yaml_read.pieces(text))
    for piece in pieces:
        if not (fields := yaml_read.read(piece, str(path))):
            continue
        where = f"{path}:{yaml_read.first_line(piece)}"
        _known_fields(fields, piece, path)
        try:
            given = {**fields, **flags}
            if fields.get("date") and len(pieces) > 1:
                given["date"] = fields["date"]  # one date for several stories is for those that say none
            undated += not given.get("date")
            whole = complete(only_names(cleaned(given)), today(), organisation, look, known)
            stories.append(Story.model_validate(whole))
        except ValidationError as error:
            _, spans = yaml_read.read_spans(piece, str(path))

            def line(at: tuple[str | int, ...], spans: Any = spans, piece: Any = piece) -> int:
                while at and at not in spans:
                    at = at[:-1]
                return yaml_read.line_of(piece, spans[at].start) if at else yaml_read.first_line(piece)

            raise next(iter(records.mistakes(error, Story, str(path), line))) from None
        except Problem as problem:
            # What `complete` refuses is the date or the rating, by its text.
            told = {name: str(fields[name]) for name in ("date", "rating") if name in fields}
            named = next((name for name, value in told.items() if repr(value) in problem.what), None)
            if named:
                where = _line_of(named, piece, path)
            raise Problem(problem.what, where, problem.next_step) from None
    if not stories:
        raise Problem("There is no story in this file", str(path), "Write at least a line narrative: ...")
    _say_undated(undated, path)
    return stories


def _say_undated(count: int, path: Path) -> None:
    """That stories which say no day are dated today, and how to give them another."""
    if count:
        say = "story says no date and is" if count == 1 else "stories say no date and are"
        console.note(
            f"{count:,} {say} dated today ({today().isoformat()}). If it was another day: "
            "servicestory edit STORY --set date=2026-08; the next time: "
            f"servicestory add --file {path.name} --date 2026-08"
        )


_ONE_TEXT = ("title", "date", "rating", "internal")  # read before the story is checked as a whole


def _known_fields(fields: dict[str, Any], piece: "Piece", path: Path) -> None:
    """Refuses a field a story does not have, or a list for a text, before it is asked what happened.

    Raises:
        Problem: with file and line, and the field that is meant.
    """
    from servicestory import records
    from servicestory.models.story import Story

    known = [*records.fields_of(Story), "rating", "internal"]  # the last two are put plainly, see `complete`
    for name in fields:
        if name not in known:
            what, step = records.no_field(str(name), known, "a story")
            raise Problem(what, _line_of(name, piece, path), step)
        if name in _ONE_TEXT and isinstance(fields[name], list | dict):
            written = {"rating": "9/10", "date": "2026-08-14", "internal": "yes"}.get(name)
            step = f"Write it like this: {name}: {written}" if written else "Write it on one line"
            raise Problem(
                f"'{name}' must be a text",
                _line_of(name, piece, path),
                f"{step}. No story of this file was kept; put it right, and give the file again",
            )


def _line_of(name: str, piece: "Piece", path: Path) -> str:
    """The file and the line where a field stands."""
    from servicestory import yaml_read

    _, spans = yaml_read.read_spans(piece, str(path))
    return f"{path}:{yaml_read.line_of(piece, spans[(name,)].start)}"
