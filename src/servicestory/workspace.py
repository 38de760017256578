"""The user's folder: finds it, reads and writes its records safely."""

import contextlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from servicestory import catalogue, storage
from servicestory.catalogue import Progress
from servicestory.errors import Problem, nearest

if TYPE_CHECKING:
    from servicestory.index import Row
    from servicestory.models.base import Record
    from servicestory.models.codebook import CodebookEntry
    from servicestory.models.organisation import Organisation
    from servicestory.models.practice import Practice
    from servicestory.models.story import Story

R = TypeVar("R", bound="Record")

MARK = "servicestory.yaml"  # the file that makes a folder a workspace
FOLDERS = ("stories", "practices", "training", "procedures", "records")
_NEXT_WRITE = "Check the folder's permissions and the disk, then do it again"


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
        from servicestory.starter import IGNORED, organisation_page

        root = root.absolute()
        where = str(root)
        with storage.plainly("the workspace cannot be made here", where, _NEXT_WRITE):
            for name in FOLDERS:
                (root / name).mkdir(parents=True, exist_ok=True)
            page = storage.bytes_of(organisation_page(organisation), MARK)
            if not storage.create(root / MARK, page):
                raise Problem("there is a workspace here already", where, f"Look into {MARK}")
            if codebook_text:
                storage.create(root / catalogue.CODEBOOK, storage.bytes_of(codebook_text, catalogue.CODEBOOK))
            ignore = root / ".gitignore"
            if not storage.create(ignore, IGNORED.encode()):
                has = ignore.read_text("utf-8", "replace").splitlines()
                missing = [line for line in IGNORED.splitlines() if line not in has]
                with ignore.open("a", encoding="utf-8") as file:
                    file.write("".join(f"\n{line}" for line in missing) + ("\n" if missing else ""))
        return cls(root)

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """Keeps other commands from writing here meanwhile; ends with its process, whatever happens.

        Raises:
            Problem: when another command holds it for more than 10 seconds.
        """
        from filelock import FileLock, Timeout

        folder = self.root / ".servicestory"
        holder = folder / "lock-holder"
        with storage.plainly("this workspace cannot be written", str(self.root), _NEXT_WRITE):
            folder.mkdir(exist_ok=True)
            lock = FileLock(folder / "lock", timeout=10, is_singleton=True)
            outermost = not lock.is_locked
            try:
                lock.acquire()
            except Timeout:
                raise Problem(
                    f"another servicestory command is writing in this workspace{_holder(holder)}",
                    str(self.root),
                    "Wait until it is done, or stop it, then do it again",
                ) from None
        try:
            if outermost:
                with contextlib.suppress(OSError):
                    holder.write_text(f"process {os.getpid()}", "utf-8")
            yield
        finally:
            if outermost:
                with contextlib.suppress(OSError):
                    holder.unlink(missing_ok=True)
            lock.release()

    def organisation(self) -> "Organisation":
        """What `servicestory.yaml` says.

        Raises:
            Problem: with file and line, when it is broken.
        """
        from servicestory import records
        from servicestory.models.organisation import Organisation

        text = storage.text_of(storage.read(self.root / MARK, MARK).data, MARK)
        found, problems = records.load(Organisation, text, MARK)
        if problems:
            raise _together(problems)
        if len(found) > 1:
            raise Problem("a second organisation begins here", f"{MARK}:{found[1][0]}", "Keep one of them")
        return found[0][1]

    # --- stories --------------------------------------------------------------------------------------

    def stories(
        self, problems: list[Problem] | None = None, progress: Progress | None = None
    ) -> list["Story"]:
        """Every story, sorted by id. What is wrong with files is added to ``problems`` (None: raised)."""
        from servicestory.models.story import Story

        return self._records(Story, "stories", problems, progress)

    def summaries(self, problems: list[Problem] | None = None) -> list[dict[str, Any]]:
        """id, record, date, title, site, team, path and line of every story, sorted by id.

        ``title`` is the opening of the story where it has none. Cheap: when no file changed since the
        index saw it, no model is loaded and no file is opened.
        """
        with _collected(problems) as found:
            rows = self._rows("stories", found, records=False)
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
        from servicestory.models.story import Story

        row, number = self._place("stories", story_id)
        return self._one(Story, row, number)

    def story_place(self, story_id: str) -> str:
        """Where a story stands, as ``stories/file.yaml:1``."""
        row, number = self._place("stories", story_id)
        return f"{row.path}:{row.summaries[number][6]}"

    def add_story(self, story: "Story") -> "Story":
        """Writes a new story to a file of its own; the id gets -2, -3 … when it is taken.

        Returns:
            The story with the id it has in the end.

        Raises:
            Problem: when it cannot be written; then nothing was.
        """
        from servicestory import yaml_write

        number = 1
        with storage.plainly("the story cannot be written", "stories", _NEXT_WRITE):
            while True:
                story_id = story.id if number == 1 else f"{story.id}-{number}"
                number += 1
                if self._is_taken(story_id):
                    continue
                final = story if story_id == story.id else story.model_copy(update={"id": story_id})
                name = f"stories/{storage.file_name(story_id)}.yaml"
                if storage.create(
                    self.root / name, storage.bytes_of(yaml_write.document(final.to_yaml()), name)
                ):
                    return final

    def add_batch(self, batch: str, stories: Sequence["Story"]) -> list[Path]:
        """Writes imported stories, one file per month, each appearing whole; ids must be free already.

        Returns:
            The files written, in the order of their names.

        Raises:
            Problem: when an id is taken, or a file cannot be written.
        """
        from servicestory import yaml_write
        from servicestory.text import slug

        taken = {row.summaries[n][0] for row, n in self._known("stories")}
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
        with storage.plainly("the stories cannot be written", "stories", _NEXT_WRITE):
            for month, group in sorted(months.items()):
                text = "".join("---\n" + yaml_write.document(s.to_yaml()) for s in group)
                stem, number = f"{slug(batch)}-{month}", 1
                path = self.root / "stories" / f"{stem}.yaml"
                while not storage.create(path, storage.bytes_of(text, f"stories/{path.name}")):
                    number += 1
                    path = path.with_name(f"{stem}-{number}.yaml")
                written.append(path)
        return written

    def edit_story(self, story_id: str, changes: Mapping[str, Any]) -> "Story":
        """Changes fields of a story, only on the lines they stand on; None takes a field out.

        Raises:
            Problem: when a value does not fit, or the file was changed on disk since it was read here.
        """
        from servicestory import records
        from servicestory.models.story import Story

        row, number = self._place("stories", story_id)
        old = self._one(Story, row, number)
        if changes.get("id", old.id) != old.id:
            raise Problem("the id of a story never changes", story_id, "Add a new story instead")
        fields = {k: v for k, v in {**old.to_yaml(), **changes}.items() if v is not None}
        line = row.summaries[number][6]
        new = records.checked(Story, fields, f"{row.path}:{line}")
        if new != old:
            self._write_edits(row.path, row.sha, {line: (old, new)})
        return new

    # --- practices ------------------------------------------------------------------------------------

    def practices(self, problems: list[Problem] | None = None) -> list["Practice"]:
        """Every practice of every status, sorted by id."""
        from servicestory.models.practice import Practice

        return self._records(Practice, "practices", problems, None)

    def practice(self, ref: str) -> "Practice":
        """One practice by its id (``P-0007``, ``7``) or its exact name, as it stands (merged ones too).

        Raises:
            Problem: when there is none, naming the nearest.
        """
        from servicestory.models.practice import Practice

        kept = self._known("practices")
        wanted = f"P-{int(found[1]):04d}" if (found := re.fullmatch(r"(?i)(?:p-?)?0*(\d+)", ref)) else None
        for row, n in kept:
            if row.summaries[n][0] == wanted:
                return self._one(Practice, row, n)
        for row, n in kept:
            if str(row.summaries[n][3]).casefold() == ref.casefold():
                return self._one(Practice, row, n)
        names = [str(row.summaries[n][i]) for row, n in kept for i in (0, 3)]
        near = nearest(wanted or ref, names)
        step = f"Did you mean {near}?" if near else "List them with: servicestory practices"
        raise Problem(f"there is no practice {ref!r}", "practices", step)

    def practice_place(self, practice_id: str) -> str:
        """Where a practice stands, as ``practices/file.yaml:1``."""
        row, number = self._place("practices", practice_id)
        return f"{row.path}:{row.summaries[number][6]}"

    def save_practices(self, practices: Sequence["Practice"]) -> None:
        """Writes new practices, and changed ones only on the lines that change; the others stay untouched.

        Everything is prepared before the first file is written.

        Raises:
            Problem: when a file was changed on disk since it was read here, or cannot be written.
        """
        from servicestory import yaml_write
        from servicestory.models.practice import Practice
        from servicestory.text import slug

        broken: list[Problem] = []
        rows = self._rows("practices", broken)
        places = {row.summaries[n][0]: (row, n) for row, n in catalogue.without_doubles(rows, [])}
        edits: dict[str, dict[int, tuple[Practice, Practice]]] = {}
        new_files: dict[str, bytes] = {}
        for practice in practices:
            if practice.id in places:
                row, number = places[practice.id]
                old = self._one(Practice, row, number)
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
        with storage.plainly("the practices cannot be written", "practices", _NEXT_WRITE):
            for name, data in new_files.items():
                if not storage.create(self.root / name, data):
                    raise Problem("this file is in the way of a new practice", name, "Move it away")
            for name, path, data in prepared:
                self._replace(name, path, data, shas[name])

    def codebook(self, problems: list[Problem] | None = None) -> list["CodebookEntry"]:
        """The entries of `practices/codebook.yaml`, in their order; none when there is no such file."""
        from servicestory import records
        from servicestory.models.codebook import CodebookEntry

        name = catalogue.CODEBOOK
        path = self.root / name
        if not path.exists():
            return []
        with _collected(problems) as collected:
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
        if not path.exists():
            return []
        with _collected(problems) as collected:
            try:
                data = storage.read(path, name).data
            except Problem as problem:
                collected.append(problem)
                return []
            found, wrong = records.load_lines(model, data, name)
            collected += wrong
        return found

    def append(self, kind: str, records: Sequence["Record"]) -> None:
        """Adds records durably to ``records/<kind>.jsonl``; after a failure the file is as it was."""
        from servicestory.records import json_lines

        path, name = self._record_file(kind)
        if not records:
            return
        data = json_lines(tuple(records), name)
        with self.lock(), storage.plainly("the record cannot be written", name, _NEXT_WRITE):
            storage.append(storage.inside(self.root, path, name), data)

    def document(self, relative: str) -> str | None:
        """The text of a file below training/ or procedures/, exactly; None when there is none."""
        path = self._document_file(relative)
        if not path.exists():
            return None
        try:
            return storage.read(path, relative).data.decode("utf-8")
        except UnicodeDecodeError:
            raise Problem("this file is not UTF-8", relative, "Save it as UTF-8") from None

    def write_document(self, relative: str, text: str | bytes, read_before: str | bytes | None) -> Path:
        """Writes a file below training/ or procedures/, whole or not at all.

        Args:
            read_before: what the file held when the new text was made from it; None: there was none.

        Raises:
            Problem: when the file holds something else by now, or cannot be written.
        """
        path = self._document_file(relative)
        write_file(path, text, read_before, relative)
        return path

    def drafts(self) -> list[str]:
        """The names of the drafts kept in drafts/, oldest first."""
        folder = self.root / "drafts"
        names = [p.name for p in folder.glob("draft-*.yaml")] if folder.is_dir() else []
        return sorted(names, key=lambda n: (len(n), n))

    def save_draft(self, text: str, name: str | None = None) -> str:
        """Keeps what was typed, valid or not; with ``name`` in the place of that draft. Returns its name."""
        data = text.encode("utf-8", "replace")
        with storage.plainly("the draft cannot be kept", "drafts", _NEXT_WRITE):
            if name and (path := self._draft_file(name)).exists():
                storage.replace(path, data, storage.fingerprint(path.read_bytes()), f"drafts/{name}")
                return name
            number = 1
            while not storage.create(self._draft_file(f"draft-{number:03d}.yaml"), data):
                number += 1
            return f"draft-{number:03d}.yaml"

    def load_draft(self, name: str) -> str:
        """The text of a draft."""
        return storage.read(self._draft_file(name), f"drafts/{name}").data.decode("utf-8", "replace")

    def drop_draft(self, name: str) -> None:
        """Removes a draft that became a story."""
        with storage.plainly("the draft cannot be removed", f"drafts/{name}", "Remove it by hand"):
            self._draft_file(name).unlink(missing_ok=True)

    # --- inside ---------------------------------------------------------------------------------------

    def _rows(
        self,
        folder: str,
        problems: list[Problem],
        progress: Progress | None = None,
        *,
        records: bool = True,
    ) -> list["Row"]:
        rows = catalogue.rows(self.root, folder, problems, progress, records=records)
        for row in rows:
            self._seen.setdefault(row.path, row.sha)
        return rows

    def _known(self, folder: str) -> list[tuple["Row", int]]:
        """Every readable record of a folder; what is wrong with the other files is not asked here."""
        return catalogue.without_doubles(self._rows(folder, [], records=True), [])

    def _records(
        self, model: type[R], folder: str, problems: list[Problem] | None, progress: Progress | None
    ) -> list[R]:
        from servicestory import records

        with _collected(problems) as collected:
            rows = self._rows(folder, collected, progress)
            kept = catalogue.without_doubles(rows, collected)
        lines = {row.path: row.records.split("\n") for row in rows}
        try:
            made = records.many(model, [lines[row.path][n] for row, n in kept])
        except (ValueError, IndexError):  # the index holds something else than was put in: do without it
            with catalogue.index_of(self.root) as index:
                index.update([], [row.path for row in rows])
            rows = [catalogue.read(folder, r.path, self.root / r.path)[0] for r in rows]
            kept = catalogue.without_doubles(rows, [])
            made = records.many(model, [row.records.split("\n")[n] for row, n in kept])
        return sorted(made, key=lambda r: str(r.id))  # type: ignore[attr-defined]

    def _place(self, folder: str, record_id: str) -> tuple["Row", int]:
        problems: list[Problem] = []
        kept = catalogue.without_doubles(self._rows(folder, problems), [])
        for row, n in kept:
            if row.summaries[n][0] == record_id:
                return row, n
        near = nearest(record_id, [str(row.summaries[n][0]) for row, n in kept])
        word = "story" if folder == "stories" else "practice"
        step = f"Did you mean {near}?" if near else f"See them all with: servicestory {_LISTED[folder]}"
        if problems and not near:
            step = f"{len(problems)} file problems may hide it: run servicestory check"
        raise Problem(f"there is no {word} {record_id!r}", folder, step)

    def _one(self, model: type[R], row: "Row", number: int) -> R:
        from servicestory import records

        try:
            return records.many(model, [row.records.split("\n")[number]])[0]
        except (ValueError, IndexError):
            folder = row.path.split("/")[0]
            fresh, _ = catalogue.read(folder, row.path, self.root / row.path)
            return records.many(model, [fresh.records.split("\n")[number]])[0]

    def _is_taken(self, story_id: str) -> bool:
        """Whether a file has this id; files the index does not know are searched, not parsed."""
        files = storage.record_files(self.root / "stories", "stories", [])
        with catalogue.index_of(self.root) as index:
            known = index.rows("stories", records=False)
        line = re.compile(
            rb"^id:[ \t]*[\"']?" + re.escape(story_id.encode()) + rb"[\"']?[ \t]*(?:#|\r?$)", re.M
        )
        for name, path, stamp in files:
            row = known.get(name)
            if row and row.stamp == stamp:
                if any(s[0] == story_id for s in row.summaries):
                    return True
            else:
                with contextlib.suppress(OSError):
                    if path.is_file() and line.search(path.read_bytes()):
                        return True
        return False

    def _write_edits(self, name: str, sha: str, changes: Mapping[int, tuple["Record", "Record"]]) -> None:
        path, data = self._edited(name, sha, changes)
        self._replace(name, path, data, sha)

    def _edited(
        self, name: str, sha: str, changes: Mapping[int, tuple["Record", "Record"]]
    ) -> tuple[Path, bytes]:
        """The file to write and its new bytes, the records that begin on the lines given changed."""
        from servicestory.edit_file import edited

        if self._seen.get(name, sha) != sha:
            raise Problem(
                "this file was changed since it was read", name, "Look at what it says now, then do it again"
            )
        path = storage.inside(self.root, self.root / name, name)
        content = storage.read(path, name)
        if content.sha != sha:
            raise Problem("this file was changed meanwhile", name, "Look at it, then do it again")
        return path, edited(content.data, changes, name)

    def _replace(self, name: str, path: Path, data: bytes, sha: str) -> None:
        storage.replace(path, data, sha, name)
        self._seen[name] = storage.fingerprint(data)

    def _record_file(self, kind: str) -> tuple[Path, str]:
        if not re.fullmatch(r"[a-z]+(-[a-z]+)*", kind):
            raise ValueError(f"{kind!r} is no kind of record")
        return self.root / "records" / f"{kind}.jsonl", f"records/{kind}.jsonl"

    def _document_file(self, relative: str) -> Path:
        path = storage.inside(self.root, self.root / relative, relative)
        below = path.relative_to(self.root.resolve()).parts
        if len(below) < 2 or below[0] not in ("training", "procedures", "reports"):
            raise Problem(
                "documents are written below training/, procedures/ or reports/ only", relative, "Choose one"
            )
        return path

    def _draft_file(self, name: str) -> Path:
        if not re.fullmatch(r"draft-\d+\.yaml", name):
            step = f"The drafts are: {', '.join(self.drafts())}" if self.drafts() else ""
            raise Problem(f"there is no draft {name!r}", "drafts", step)
        return self.root / "drafts" / name


_LISTED = {"stories": "list", "practices": "practices"}


def write_file(path: Path, text: str | bytes, read_before: str | bytes | None, where: str) -> None:
    """Writes any file the user named, whole or not at all, never over something not read before.

    Raises:
        Problem: when the file holds something else than ``read_before``, or cannot be written.
    """
    data = text if isinstance(text, bytes) else storage.bytes_of(text, where)
    before = read_before.encode("utf-8") if isinstance(read_before, str) else read_before
    with storage.plainly("this file cannot be written", where, _NEXT_WRITE):
        if before is None:
            if not storage.create(path, data):
                raise Problem(
                    "there is a file of this name already", where, "Move it away, or choose another name"
                )
        elif before != data:
            storage.replace(path, data, storage.fingerprint(before), where)


def _holder(file: Path) -> str:
    with contextlib.suppress(OSError, ValueError):
        return f" ({file.read_text('utf-8')[:60]})"
    return ""


@contextlib.contextmanager
def _collected(problems: list[Problem] | None) -> Iterator[list[Problem]]:
    """The caller's list, or one whose problems are raised at the end."""
    collected: list[Problem] = [] if problems is None else problems
    yield collected
    if problems is None and collected:
        raise _together(collected)


def _together(problems: list[Problem]) -> Problem:
    """One problem that stands for several: the first, and how many more there are."""
    first, more = problems[0], len(problems) - 1
    if not more:
        return first
    rest = f"and {more} more {'problem' if more == 1 else 'problems'}: see servicestory check"
    return Problem(first.what, first.where, f"{first.next_step} ({rest})".strip())
