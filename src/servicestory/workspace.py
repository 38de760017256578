"""The user's folder: finds it, reads and writes its records safely."""

import contextlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from servicestory import beside, catalogue, documents, locking, storage
from servicestory.catalogue import Progress
from servicestory.errors import Problem
from servicestory.starter import MARK
from servicestory.storage import NEXT_WRITE

if TYPE_CHECKING:
    from servicestory.index import Row
    from servicestory.models.base import Record
    from servicestory.models.codebook import CodebookEntry
    from servicestory.models.organisation import Organisation
    from servicestory.models.practice import Practice
    from servicestory.models.story import Story

R = TypeVar("R", bound="Record")
PER_FILE = 10_000  # imported stories in one file: it still opens in an editor


@dataclass(frozen=True)
class Workspace:
    """One workspace; ``root`` is its folder. Holds nothing but what it saw of its files."""

    root: Path
    _seen: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    # --- the folder -----------------------------------------------------------------------------------

    @classmethod
    def find(cls, given: Path | None = None) -> "Workspace":
        """The workspace ``given``, or the nearest one above the current folder.

        Raises:
            Problem: when there is none.
        """
        start = (given or Path.cwd()).absolute()
        for folder in (start,) if given else (start, *start.parents):
            with contextlib.suppress(OSError):  # a folder above that may not be looked into
                if (folder / MARK).is_file():
                    return cls(folder)
        step = f"Run: servicestory init {given or ''}".rstrip()
        raise Problem("there is no workspace here", str(given or start), step)

    @classmethod
    def create(cls, root: Path, organisation: str | None, codebook_text: str = "") -> "Workspace":
        """A new workspace: a commented `servicestory.yaml`, empty folders, a `.gitignore`, a codebook.

        Raises:
            Problem: when there is one already, or the folder cannot be written.
        """
        from servicestory import starter

        starter.lay_out(root.absolute(), organisation, codebook_text)
        return cls(root.absolute())

    def lock(self) -> contextlib.AbstractContextManager[None]:
        """Keeps other commands from writing here meanwhile; ends with its process, whatever happens.

        Raises:
            Problem: on entering, when another command holds it for more than 10 seconds.
        """
        from servicestory.locking import locked

        return locked(self.root)

    def organisation(self, problems: list[Problem] | None = None) -> "Organisation":
        """What `servicestory.yaml` says; ``problems`` takes every mistake in it, also where one is raised.

        Raises:
            Problem: with file and line, when it is broken.
        """
        from servicestory import records
        from servicestory.models.organisation import Organisation

        text = storage.text_of(storage.read(self.root / MARK, MARK).data, MARK)
        found, wrong = records.load(Organisation, text, MARK)
        for line, _ in found[1:2]:
            wrong.append(Problem("a second organisation begins here", f"{MARK}:{line}", "Keep one of them"))
        if wrong:
            raise catalogue.together(wrong, problems)
        return found[0][1]

    # --- stories --------------------------------------------------------------------------------------

    def stories(
        self, problems: list[Problem] | None = None, progress: Progress | None = None
    ) -> list["Story"]:
        """Every story by id, each site in one spelling. What is wrong goes to ``problems`` (None: raised)."""
        from servicestory.models.story import Story
        from servicestory.sites import one_spelling

        return one_spelling(self._records(Story, "stories", problems, progress), self.organisation)

    def summaries(self, problems: list[Problem] | None = None) -> list[dict[str, Any]]:
        """id, record, date, title, site, team, path and line of every story, sorted by id.

        ``title`` is the opening of the story where it has none. Cheap: when no file changed since the
        index saw it, no model is loaded and no file is opened.
        """
        with catalogue.collected(problems) as found:
            rows = catalogue.rows(self.root, "stories", found, records=False)
            kept = catalogue.without_doubles(rows, found)
        names = ("id", "record", "date", "title", "site", "team")
        made = [
            {
                **dict(zip(names, row.summaries[n], strict=False)),
                "path": row.path,
                "line": row.summaries[n][6],
            }
            for row, n in kept
        ]
        return sorted(made, key=lambda s: str(s["id"]))

    def story(self, story_id: str) -> "Story":
        """One story.

        Raises:
            Problem: when there is none of this id, naming the nearest.
        """
        return self.some_stories([story_id])[0]

    def some_stories(self, ids: Sequence[str]) -> list["Story"]:
        """Some stories in the order given, each file read once; raises as :meth:`story`."""
        from servicestory.models.story import Story

        places = catalogue.places(self.root, "stories", ids)
        self._seen.update((row.path, row.sha) for row, _ in places)
        return catalogue.models(self.root, Story, places)

    def story_place(self, story_id: str) -> str:
        """Where a story stands, as ``stories/file.yaml:1``."""
        return catalogue.where(self.root, "stories", story_id)

    def add_story(self, story: "Story") -> "Story":
        """Writes a new story to a file of its own; the id gets -2, -3 … when it is taken.

        Returns:
            The story with the id it has in the end.

        Raises:
            Problem: when it cannot be written; then nothing was.
        """
        from servicestory import yaml_write

        number = 1
        with storage.plainly("the story cannot be written", "stories", NEXT_WRITE):
            taken = catalogue.taken(self.root, story.id)
            while True:
                story_id = story.id if number == 1 else f"{story.id}-{number}"
                number += 1
                if story_id in taken:
                    continue
                final = story if story_id == story.id else story.model_copy(update={"id": story_id})
                name = f"stories/{storage.file_name(story_id)}.yaml"
                data = storage.bytes_of(yaml_write.document(final.to_yaml()), name)
                if storage.create(storage.inside(self.root, self.root / name, name), data):
                    return final

    def add_batch(self, batch: str, stories: Sequence["Story"]) -> list[Path]:
        """Writes imported stories, a file or more per month, each appearing whole; ids must be free already.

        Returns:
            The files written, in the order of their names.

        Raises:
            Problem: when an id is taken, or a file cannot be written.
        """
        from servicestory import records, yaml_write
        from servicestory.text import slug

        taken = {
            s[0] for row in catalogue.rows(self.root, "stories", [], records=False) for s in row.summaries
        }
        months: dict[str, list[Story]] = {}
        for story in stories:
            if story.id in taken:
                raise Problem(f"the id {story.id!r} is taken", f"batch {batch}", "Give the story another id")
            taken.add(story.id)
            month = story.date[:7] if story.date and re.match(r"\d{4}-\d\d", story.date) else "undated"
            if story.date and month == "undated":
                month = story.date[:4]
            months.setdefault(month, []).append(story)
        written: list[Path] = []
        with records.batch_written(written):
            for month, at in [(m, i) for m in sorted(months) for i in range(0, len(months[m]), PER_FILE)]:
                group = months[month][at : at + PER_FILE]
                text = "".join("---\n" + yaml_write.document(s.to_yaml()) for s in group)
                stem, number = f"{slug(batch)}-{month}", 1
                path = storage.inside(self.root, self.root / "stories", "stories") / f"{stem}.yaml"
                while not storage.create(path, storage.bytes_of(text, f"stories/{path.name}")):
                    number += 1
                    path = path.with_name(f"{stem}-{number}.yaml")
                written.append(path)
        return sorted(written)

    def edit_story(self, story_id: str, changes: Mapping[str, Any]) -> "Story":
        """One story as :meth:`edit_stories` changes it."""
        return self.edit_stories({story_id: changes})[0]

    def edit_stories(self, changes: Mapping[str, Mapping[str, Any]]) -> list["Story"]:
        """Changes fields of stories, all or none, only on their lines; None takes a field out. Raises a
        `Problem` when a value does not fit, or a file was changed on disk since it was read here.
        """
        from servicestory.edit_file import with_fields
        from servicestory.models.story import Story

        places = catalogue.places(self.root, "stories", changes)
        made, edits = with_fields(places, catalogue.models(self.root, Story, places), changes)
        shas = {row.path: row.sha for row, _ in places}
        self._put([(name, *self._edited(name, shas[name], some)) for name, some in edits.items()], shas)
        return made

    # --- practices ------------------------------------------------------------------------------------

    def practices(self, problems: list[Problem] | None = None) -> list["Practice"]:
        """Every practice of every status, sorted by id."""
        from servicestory.models.practice import Practice

        return [beside.whole(self.root, p) for p in self._records(Practice, "practices", problems, None)]

    def practice(self, ref: str) -> "Practice":
        """One practice by its id (``P-0007``, ``7``) or its exact name, as it stands (merged ones too).

        Raises:
            Problem: when there is none, naming the nearest.
        """
        from servicestory.models.practice import Practice

        return beside.whole(self.root, self._one(Practice, *catalogue.practice(self.root, ref)))

    def practice_place(self, practice_id: str) -> str:
        """Where a practice stands, as ``practices/file.yaml:1``."""
        return catalogue.where(self.root, "practices", practice_id)

    def save_practices(self, practices: Sequence["Practice"]) -> None:
        """Writes new practices, and changed ones only on the lines that change; the others stay untouched.

        Raises:
            Problem: when a file was changed on disk since it was read here, or cannot be written.
        """
        from servicestory import yaml_write
        from servicestory.models.practice import Practice
        from servicestory.text import slug

        broken: list[Problem] = []
        rows = catalogue.rows(self.root, "practices", broken)
        places = {row.summaries[n][0]: (row, n) for row, n in catalogue.without_doubles(rows, [])}
        edits: dict[str, dict[int, tuple[Practice, Practice]]] = {}
        new_files: dict[str, bytes] = {}
        parts = [beside.parted(practice) for practice in practices]
        tables = {p.id: rest for p, rest in parts if rest or beside.place(self.root, p.id).exists()}
        for practice, _ in parts:
            if practice.id in places:
                row, number = places[practice.id]
                old = catalogue.models(self.root, Practice, [(row, number)])[0]
                if old != practice:
                    edits.setdefault(row.path, {})[row.summaries[number][6]] = (old, practice)
                continue
            hidden = next((p for p in broken if p.where.startswith(f"practices/{practice.id}-")), None)
            if hidden:
                raise hidden
            name = f"practices/{practice.id}-{slug(practice.name, 50)}.yaml"
            new_files[name] = storage.bytes_of(yaml_write.document(practice.to_yaml()), name)
        shas = {row.path: row.sha for row in rows}
        prepared = [(name, *self._edited(name, shas[name], changes)) for name, changes in edits.items()]
        with locking.unbroken(), storage.plainly("the practices cannot be written", "practices", NEXT_WRITE):
            for ref, rest in tables.items():
                beside.write(self.root, ref, rest)
            for name, data in new_files.items():
                if not storage.create(storage.inside(self.root, self.root / name, name), data):
                    raise Problem("this file is in the way of a new practice", name, "Move it away")
            self._put(prepared, shas)

    def codebook(self, problems: list[Problem] | None = None) -> list["CodebookEntry"]:
        """The entries of `practices/codebook.yaml`, in their order; none when there is no such file."""
        from servicestory import records
        from servicestory.models.codebook import CodebookEntry

        name = catalogue.CODEBOOK
        path = self.root / name
        if not path.exists():
            return []
        with catalogue.collected(problems) as collected:
            try:
                text = storage.text_of(storage.read(path, name).data, name)
            except Problem as problem:
                collected.append(problem)
                return []
            found, wrong = records.load(CodebookEntry, text, name)
            collected += wrong
        return [entry for _, entry in found]

    # --- records, documents, drafts -------------------------------------------------------------------

    def records(self, kind: str, model: type[R], problems: list[Problem] | None = None) -> list[R]:
        """The records of ``records/<kind>.jsonl`` in the order of writing; none when there is no file."""
        from servicestory import records

        path, name = self._record_file(kind)
        if records.absent(path):
            return []
        with catalogue.collected(problems) as collected:
            try:
                data = storage.read(path, name).data
            except Problem as problem:
                collected.append(problem)
                return []
            found, wrong = records.load_lines(model, data, name)
            collected += wrong
        return found

    def append(self, kind: str, records: Sequence["Record"], anew: bool = False) -> None:
        """Adds records durably to ``records/<kind>.jsonl``; on failure the file is as it was.
        ``anew``: they are what was cut off when it was written last."""
        from servicestory.records import json_lines

        path, name = self._record_file(kind)
        if not records:
            return
        with self.lock(), storage.plainly("the record cannot be written", name, NEXT_WRITE):
            storage.append(storage.inside(self.root, path, name), json_lines(tuple(records), name), anew)

    def document(self, relative: str) -> str | None:
        """The text of a file below training/, procedures/ or reports/, exactly; None when there is none."""
        return documents.read(self.root, relative)

    def write_document(self, relative: str, text: str | bytes, read_before: str | bytes | None) -> Path:
        """Writes a file below training/, procedures/ or reports/, whole or not at all.

        Args:
            read_before: what the file held when the new text was made from it; None: there was none.

        Raises:
            Problem: when the file holds something else by now, or cannot be written.
        """
        path = documents.place(self.root, relative)
        documents.write(path, text, read_before, relative)
        return path

    def drafts(self) -> list[str]:
        """The names of the drafts kept in drafts/, oldest first."""
        return documents.drafts(self.root)

    def save_draft(self, text: str, name: str | None = None) -> str:
        """Keeps what was typed, valid or not; with ``name`` in the place of that draft. Returns its name."""
        return documents.save_draft(self.root, text, name)

    def load_draft(self, name: str) -> str:
        """The text of a draft."""
        return documents.load_draft(self.root, name)

    def drop_draft(self, name: str) -> None:
        """Removes a draft that became a story."""
        documents.drop_draft(self.root, name)

    # --- what is derived from all this and can be deleted ---------------------------------------------

    def derived(self, name: str) -> bytes | None:
        """The bytes kept as ``.servicestory/<name>``; None when there are none, or they cannot be read."""
        with contextlib.suppress(OSError):
            return (self.root / ".servicestory" / name).read_bytes()
        return None

    def keep_derived(self, name: str, data: bytes) -> None:
        """Keeps bytes for the next command, whole or not at all; where that cannot be, nothing."""
        with contextlib.suppress(OSError):
            documents.keep(self.root / ".servicestory" / name, data)

    # --- inside ---------------------------------------------------------------------------------------

    def _records(
        self, model: type[R], folder: str, problems: list[Problem] | None, progress: Progress | None
    ) -> list[R]:
        with catalogue.collected(problems) as collected:
            rows = catalogue.rows(self.root, folder, collected, progress)
            kept = catalogue.without_doubles(rows, collected)
        self._seen.update((row.path, row.sha) for row in rows)
        made = catalogue.models(self.root, model, kept, last=True)
        return sorted(made, key=lambda r: str(r.id))  # type: ignore[attr-defined]

    def _one(self, model: type[R], row: "Row", number: int) -> R:
        self._seen[row.path] = row.sha
        return catalogue.models(self.root, model, [(row, number)])[0]

    def _edited(
        self, name: str, sha: str, changes: Mapping[int, tuple["Record", "Record"]]
    ) -> tuple[Path, bytes]:
        """The file to write and its new bytes, the records that begin on the given lines changed."""
        from servicestory.edit_file import edited

        if self._seen.get(name, sha) != sha:
            step = "Look at what it says now, then do it again"
            raise Problem("this file was changed since it was read", name, step)
        path = storage.inside(self.root, self.root / name, name)
        content = storage.read(path, name)
        if content.sha != sha:
            raise Problem("this file was changed meanwhile", name, "Look at it, then do it again")
        return path, edited(content.data, changes, name)

    def _put(self, files: list[tuple[str, Path, bytes]], shas: Mapping[str, str]) -> None:
        from servicestory.edit_file import put

        put(files, shas)
        self._seen.update((name, storage.fingerprint(data)) for name, _, data in files)

    def _record_file(self, kind: str) -> tuple[Path, str]:
        if not re.fullmatch(r"[a-z]+(-[a-z]+)*", kind):
            raise ValueError(f"{kind!r} is no kind of record")
        return self.root / "records" / f"{kind}.jsonl", f"records/{kind}.jsonl"


write_file = documents.write  # for files the user named, such as `report --to FILE`
