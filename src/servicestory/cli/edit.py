"""`servicestory edit`: correct a story, in your editor or with --set; all else in its file stays as it is."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from servicestory import console
from servicestory.cli.add import FIELDS
from servicestory.cli.app import workspace
from servicestory.cli.people import named
from servicestory.cli.redacted import cleaned
from servicestory.errors import Problem, Usage

if TYPE_CHECKING:
    from pathlib import Path

    from servicestory.cli.alike import Doubt
    from servicestory.models.story import Story
    from servicestory.workspace import Workspace


def edit(
    story_id: Annotated[str, typer.Argument(metavar="ID", help="The story's id.")],
    sets: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="FIELD=VALUE",
            help='Change one field: site=Harbour, people="Anna Berg, Tom Ito", rating=9/10, recovery=yes; '
            "FIELD= empties it. Again for each field.",
        ),
    ] = None,
) -> None:
    """Collect: correct a story.

    Without --set it opens the story in your editor ($EDITOR). Comments and the order of lines stay.

    Example: servicestory edit 2026-10-03-umbrella --set site="Harbour House"
    """
    into, asks = workspace(), False
    if sets:
        story = into.story(story_id)
        from servicestory.cli.doubted import as_listed

        changes = as_listed(into, cleaned(into, _changes(story, sets)))
        if asks := console.interactive():
            changes = _settled(into, story, changes)
        changed = into.edit_story(story_id, changes)
    else:
        into.story_place(story_id)
        if not console.interactive() and not _has_editor():
            raise Usage("There is nothing to change", "", "Give --set FIELD=VALUE, or set EDITOR")
        before = into.story(story_id)
        changed = _in_editor(into, story_id)
        story = before
    console.out(f"{story_id} is {'as it was' if changed == story else 'changed'}.")
    for doubt in () if asks else _doubted(into, story, changed):
        console.note(f"{doubt} To change it: servicestory edit {story_id}")
    for word in _left(story, changed):
        console.note(
            f"“{word}” still stands in the text of the story. If that is the same person, write it there as "
            f"well: servicestory edit {story_id}"
        )


def _doubted(into: "Workspace", before: "Story", after: "Story") -> "list[Doubt]":
    """What `add` would ask of the names that are new in a story."""
    from servicestory.cli.doubted import found

    people = [name for name in after.people if name not in before.people]
    site = after.site if after.site != before.site else None
    return found(into, people, site, after.team if after.team != before.team else None)


def _settled(into: "Workspace", story: "Story", changes: dict[str, Any]) -> dict[str, Any]:
    """The changes once whoever is there has said which of the doubtful names are meant, as `add` asks it."""
    from servicestory.cli.doubted import asked

    named = {name: changes[name] for name in ("people", "site", "team") if changes.get(name)}
    for doubt in _doubted(into, story, story.model_copy(update=named)):
        meant = asked(into, doubt)
        if doubt.field == "people":
            changes["people"] = [meant if name == doubt.name else name for name in changes["people"]]
        else:
            changes[doubt.field] = meant
    return changes


def _left(before: "Story", after: "Story") -> list[str]:
    """Words of names that a story no longer gives to anybody, and that its text still has."""
    import re

    def words(story: "Story") -> set[str]:
        return {word for name in story.people for word in re.findall(r"[^\W\d_]{3,}", name)}

    said = set(re.findall(r"[^\W\d_]+", after.said))
    return sorted((words(before) - words(after)) & said)


def _has_editor() -> bool:
    import os

    return bool(os.environ.get("VISUAL") or os.environ.get("EDITOR"))


_OF_PARTS = ("ratings", "customer", "consent", "verification", "source", "disposition")


def _changes(story: "Story", sets: list[str]) -> dict[str, Any]:
    """`field=value` words as the fields of a story; an emptied field is None.

    Raises:
        Usage: no equals sign, or no such field.
    """
    from servicestory.cli.days import given_day
    from servicestory.collect.add import names, names_in_sight, rating
    from servicestory.records import no_field
    from servicestory.text import listing

    kept = ("schema_", "id", *_OF_PARTS)
    known = [*(name for name in type(story).model_fields if name not in kept), "rating", "internal"]
    changes: dict[str, Any] = {}
    for word in sets:
        name, equals, value = word.partition("=")
        name, value = FIELDS.get(name.strip(), name.strip()), value.strip()
        if not equals:
            raise Usage(f"--set {word!r} has no equals sign", "", "Write it like --set site=Harbour")
        if name in _OF_PARTS:
            raise Usage(f"'{name}' has parts of its own", "", f"Change it with: servicestory edit {story.id}")
        if name not in known:
            what, step = no_field(name, known, "a story")
            raise Usage(what, "", step and f"The fields that can be set are {listing(known)}")
        if name == "rating":
            changes["ratings"] = [rating(value)] if value else None
        elif name == "internal":
            changes["customer"] = {"kind": "internal"} if value.casefold() in ("yes", "true", "1") else None
        elif not value:
            changes[name] = None
        elif name in ("people", "tags", "icare"):
            changes[name] = named(value) if name == "people" else names(value)
            if not changes[name]:
                raise Usage(f"--set {word!r} names nothing", "", f"To empty it, write --set {name}=")
        elif name == "behaviours":
            changes[name] = [line.strip() for line in value.replace(";", "\n").splitlines() if line.strip()]
        elif name == "date":
            changes[name] = given_day(value, f"{name}=", 1)
        elif name == "reporter":
            changes[name] = {"role": value}
        else:
            changes[name] = value
    return names_in_sight(changes)


def _written(copy: "Path", begun: str) -> bool:
    """Whether anything was written into a copy; one that is as it was begun is taken away."""
    if not copy.is_file():
        return copy.exists()
    if same := copy.read_bytes() == begun.encode("utf-8"):
        copy.unlink()
    return not same


def _in_editor(into: "Workspace", story_id: str) -> "Story":
    """The story's own lines, edited by the person and put back when they are a sound story.

    Raises:
        Problem: what was written is not sound, or the file changed meanwhile; what was written is kept.
    """
    from servicestory import records, storage, yaml_read
    from servicestory.cli.editor import open_editor
    from servicestory.models.story import Story

    place, _, number = into.story_place(story_id).rpartition(":")
    path = storage.inside(into.root, into.root / place, place)
    content = storage.read(path, place)
    text = content.data.decode("utf-8")
    piece = next(p for p in yaml_read.pieces(text.lstrip("\ufeff")) if yaml_read.first_line(p) == int(number))
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    copy = into.root / "drafts" / f"edit-{storage.file_name(story_id)}.yaml"
    if copy.exists():
        console.note(f"Taking up what was written before: drafts/{copy.name}")
        if path.stat().st_mtime_ns > copy.stat().st_mtime_ns:
            console.note(
                f"{place} was changed after that. If it was this story, write here what changed, or it is "
                "undone; to begin anew, leave the editor as it is and delete the draft."
            )
    else:
        storage.create(copy, piece.text.encode("utf-8"))
    again = f"servicestory edit {story_id}"
    kept = f"What you wrote is kept; take it up with: {again}, or delete drafts/{copy.name} to begin anew"
    try:
        open_editor(copy)
        if not copy.exists():
            raise Problem("the editor left no file", f"drafts/{copy.name}", "Nothing was changed")
        made = storage.text_of(storage.read(copy, f"drafts/{copy.name}").data, f"drafts/{copy.name}")
        if len(yaml_read.pieces(made)) != 1:
            raise Problem("more than one story stands here", f"drafts/{copy.name}", "Keep one")
        found, problems = records.load(Story, made, f"drafts/{copy.name}")
        if problems:
            raise problems[0]
        if not found or found[0][1].id != story_id:
            raise Problem("the id of a story never changes", f"drafts/{copy.name}", f"Write id: {story_id}")
        if not made.endswith("\n"):
            made += "\n"
        body = text.removeprefix(mark)
        whole = mark + body[: piece.start] + made + body[piece.start + len(piece.text) :]
        storage.replace(path, whole.encode("utf-8"), content.sha, place)
    except Problem as problem:
        if not _written(copy, piece.text):
            kept = f"Do it again: {again}"
        raise Problem(problem.what, problem.where, f"{problem.next_step}. {kept}".lstrip(". ")) from None
    copy.unlink()
    return found[0][1]
