"""The record files of a folder as they are now, read again only where they changed."""

import contextlib
import gc
import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from servicestory import storage
from servicestory.errors import Problem, nearest
from servicestory.index import Index, Row
from servicestory.text import listing

if TYPE_CHECKING:
    from servicestory.models.base import Record

R = TypeVar("R", bound="Record")

Progress = Callable[[str, int, int], None]
# text, file name -> summaries, records as JSON lines, problems, records
Read = tuple[list[list[Any]], str, list[Problem], list[Any]]
Reader = Callable[[str, str], Read]
CODEBOOK = "practices/codebook.yaml"  # stands among the practices and is none
AT_ONCE = 5_000  # records checked in one go: few enough for the memory, enough to be quick
HELD = 64 << 20  # characters read afresh before they are put into the index and let go
MUCH, MANY = 20 << 20, 4_000  # bytes, files to be read afresh that are worth a second process
PIECE = 4 << 20  # bytes a process is given at a time, two hundred files at most
_NAMED = 3  # ids named that begin as what was typed
_WORDS = {"stories": "Reading stories", "practices": "Reading practices"}


def index_of(root: Path) -> Index:
    """The index of a workspace."""
    return Index(root / ".servicestory" / "index.sqlite")


def rows(
    root: Path,
    folder: str,
    problems: list[Problem],
    progress: Progress | None = None,
    *,
    records: bool = True,
) -> list[Row]:
    """Every record file below ``folder``, in the order of their names, as it is on disk now.

    Args:
        folder: ``stories`` or ``practices``.
        problems: what is wrong with the folder or its files is added here.
        records: False leaves the records themselves out where the index has the file (for summaries).
    """
    files = [f for f in storage.record_files(root / folder, folder, problems) if f[0] != CODEBOOK]
    made: list[Row] = []
    fresh: list[Row] = []
    if sum(stamp[0] for _, _, stamp in files) >= MUCH:
        from servicestory import processes

        processes.large_texts_apart()
    with index_of(root) as index, _without_collection():
        known = index.rows(folder, records=records) if files else {}
        stale = [f for f in files if f[0] not in known or known[f[0]].stamp != f[2]]
        afresh = _read_all(folder, stale)
        done = held = 0
        for name, _, stamp in files:
            row = known.pop(name, None)
            if row is None or row.stamp != stamp:
                if progress and done % (len(stale) // 100 + 1) == 0:
                    progress(_WORDS[folder], done, len(stale))
                done += 1
                found = next(afresh)
                if isinstance(found, Problem):
                    problems.append(found)
                    continue
                row, settled = found
                if settled:
                    fresh.append(row)
                    held += len(row.records)
                if held > HELD:
                    _put(index, fresh)
                    held = 0
            problems.extend(row.problems)
            made.append(row)
        if progress and stale:
            progress(_WORDS[folder], len(stale), len(stale))
        if fresh or known:
            index.update(fresh, known)
    return made


def _put(index: Index, fresh: list[Row]) -> None:
    """What was read goes into the index; where the records themselves are held, their text is let go."""
    index.update(fresh)
    for row in fresh:
        if row.models:
            row.records = ""
    fresh.clear()


_Answer = tuple[Row, bool] | Problem


def _read_all(folder: str, files: list[tuple[str, str, storage.Stamp]]) -> Iterator[_Answer]:
    """What :func:`read` says of each file or raises, in order: by several processes where there is much."""
    much = sum(stamp[0] for _, _, stamp in files) >= MUCH or len(files) >= MANY
    if not much:
        yield from (_answer(folder, name, path) for name, path, _ in files)
        return
    from servicestory import processes

    pieces: list[list[tuple[str, str, str]]] = []
    size = PIECE
    for name, path, stamp in files:
        if size >= PIECE:
            pieces.append([])
            size = 0
        pieces[-1].append((folder, name, path))
        size += stamp[0] + PIECE // 200
    for answers in processes.each(_read_some, pieces, worth=True):
        for answer in answers:
            if not isinstance(answer, Problem):
                _make(answer[0])
            yield answer


def _make(row: Row) -> None:
    """The records of a file that another process has read; made at once, so that their text can be let go."""
    from servicestory import records
    from servicestory.models.practice import Practice
    from servicestory.models.story import Story

    if row.records:
        model: type[Any] = Practice if row.path.startswith("practices/") else Story
        row.models = records.many(model, row.records.split("\n"))


def _read_some(files: list[tuple[str, str, str]]) -> list[_Answer]:
    """Several files, in a process of its own; the records come as JSON, which is sent and read quickly."""
    with _without_collection():
        answers = [_answer(*file) for file in files]
    for answer in answers:
        if not isinstance(answer, Problem):
            answer[0].models = ()
    return answers


def _answer(folder: str, name: str, path: str) -> _Answer:
    try:
        return read(folder, name, path)
    except Problem as problem:
        return problem


def read(folder: str, name: str, path: str | Path) -> tuple[Row, bool]:
    """One file read afresh, and whether its stamp can be relied on.

    Raises:
        Problem: when nothing of it can be read.
    """
    content = storage.read(path, name)
    try:
        found = _reader(folder)(storage.text_of(content.data, name), name)
    except Problem as problem:
        found = [], "", [problem], []
    return Row(name, content.stamp, content.sha, *found), content.settled


def _reader(folder: str) -> Reader:
    return _read_practices if folder == "practices" else _read_stories


def _read_stories(text: str, name: str) -> Read:
    from servicestory import records
    from servicestory.models.story import Story
    from servicestory.text import one_line

    found, problems = records.load(Story, text, name)
    summaries: list[list[Any]] = []
    for line, s in found:
        title = s.title or one_line(s.narrative[:400] or next(iter(s.behaviours)), 80)
        summaries.append([s.id, s.record, s.date, title, s.site, s.team, line, s.people])
    stories = [s for _, s in found]
    return summaries, _as_lines(stories), problems, stories


def _read_practices(text: str, name: str) -> Read:
    from servicestory import records
    from servicestory.models.practice import Practice

    found, problems = records.load(Practice, text, name)
    summaries: list[list[Any]] = [[p.id, None, None, p.name, p.status, p.owner, line] for line, p in found]
    practices = [p for _, p in found]
    return summaries, _as_lines(practices), problems, practices


def _as_lines(found: list[Any]) -> str:
    return "\n".join(r.model_dump_json(by_alias=True, exclude_defaults=True) for r in found)


def without_doubles(found: list[Row], problems: list[Problem]) -> list[tuple[Row, int]]:
    """Every record once, as (file, place in the file); of an id used twice the first by path counts."""
    places: dict[str, str] = {}
    kept: list[tuple[Row, int]] = []
    for row in found:
        for number, summary in enumerate(row.summaries):
            place = f"{row.path}:{summary[6]}"
            first = places.setdefault(summary[0], place)
            if first is place:
                kept.append((row, number))
            else:
                problems.append(
                    Problem(
                        f"the id {summary[0]!r} is used already at {first}; this record is left out",
                        place,
                        "Give one of the two another id",
                    )
                )
    return kept


def models(root: Path, model: type[R], wanted: list[tuple[Row, int]], *, last: bool = False) -> list[R]:
    """The records at these places, in this order; the ``last`` time the rows need not keep what they hold."""
    made: list[R] = []
    some: list[tuple[Row, int]] = []
    with _without_collection():
        for at, (row, n) in enumerate(wanted):
            some.append((row, n))
            another = at + 1 == len(wanted) or wanted[at + 1][0] is not row
            if another and (len(some) >= AT_ONCE or at + 1 == len(wanted)):
                made += _models(root, model, some)
                if last:  # a million stories are held once, not three times
                    for done, _ in some:
                        done.records, done.models = "", ()
                some = []
    return made


def _models(root: Path, model: type[R], wanted: list[tuple[Row, int]]) -> list[R]:
    from servicestory import records

    rest = [(row, n) for row, n in wanted if not row.models]
    lines = {row.path: row.records.split("\n") for row in {id(row): row for row, _ in rest}.values()}
    try:
        made = iter(records.many(model, [lines[row.path][n] for row, n in rest]))
    except (ValueError, IndexError):  # the index holds something else than was put in: do without it
        folders = {row.path: row.path.split("/")[0] for row, _ in rest}
        fresh = {name: read(folder, name, root / name)[0] for name, folder in folders.items()}
        with index_of(root) as index:
            index.update(fresh.values())
        return [(row.models or fresh[row.path].models)[n] for row, n in wanted]
    return [row.models[n] if row.models else next(made) for row, n in wanted]


def place(root: Path, folder: str, record_id: str) -> tuple[Row, int]:
    """The file of a record, and its place among the records of the file; raises as :func:`places`."""
    return places(root, folder, [record_id])[0]


def where(root: Path, folder: str, record_id: str) -> str:
    """Where a record stands, as ``stories/file.yaml:1``; raises as :func:`places`."""
    row, number = place(root, folder, record_id)
    return f"{row.path}:{row.summaries[number][6]}"


def places(root: Path, folder: str, ids: Iterable[str]) -> list[tuple[Row, int]]:
    """The files of some records, in their order, and the place of each among the records of its file.

    Raises:
        Problem: when no file has one of them, naming the nearest id, or a file that may hold it.
    """
    problems: list[Problem] = []
    kept = without_doubles(rows(root, folder, problems, records=False), [])
    by_id = {str(row.summaries[n][0]): (row, n) for row, n in kept}
    found: list[tuple[Row, int]] = []
    whole: dict[str, Row] = {}
    for record_id in ids:
        if record_id not in by_id:
            raise _not_there(folder, record_id, list(by_id), problems)
        row, n = by_id[record_id]
        if row.path not in whole:
            whole[row.path] = row
            if not row.models:  # the listing left the records out; this file's are wanted now
                with index_of(root) as index:
                    whole[row.path] = index.row(row.path) or row
        found.append((whole[row.path], n))
    return found


def _not_there(folder: str, record_id: str, known: list[str], unread: list[Problem]) -> Problem:
    """That no file has the id, with the nearest, or the file that cannot be read and is called so.

    Args:
        unread: what is wrong with files of the folder, one of which may hold it.
    """
    called = f"{folder}/{storage.file_name(record_id)}."
    for problem in unread:
        if problem.where.startswith(called):
            return Problem(f"{record_id} cannot be read: {problem.what}", problem.where, problem.next_step)
    begun = sorted(one for one in known if one.startswith(record_id))  # long ids are not typed to their end
    near = listing(begun[:_NAMED], "or") if begun else nearest(record_id, known)
    word, command = {"stories": ("story", "list"), "practices": ("practice", "practices")}[folder]
    step = f"Did you mean {near}?" if near else f"See them all with: servicestory {command}"
    if len(begun) > _NAMED:
        step = f"{len(begun)} begin so, such as {listing(begun[:_NAMED])}"
    if unread:
        more = f" (and {len(unread) - 1} more)" if len(unread) > 1 else ""
        what = f"there is no {word} {record_id!r}, but {unread[0].where}{more} cannot be read and may hold it"
        return Problem(
            what,
            folder,
            f"{step}, else put that right: servicestory check"
            if near
            else "Put that right first: servicestory check",
        )
    return Problem(f"there is no {word} {record_id!r}", folder, step)


def practice(root: Path, ref: str) -> tuple[Row, int]:
    """The place of a practice by its id (``P-0007``, ``7``) or its exact name.

    Raises:
        Problem: when there is none, naming the nearest.
    """
    broken: list[Problem] = []
    kept = without_doubles(rows(root, "practices", broken), [])
    number = re.fullmatch(r"(?i)(?:p-?)?0*(\d+)", ref)
    wanted = f"P-{int(number[1]):04d}" if number else None
    for key, at in ((ref.upper(), 0), (wanted, 0), (ref.casefold(), 3)):
        for row, n in kept:
            if (row.summaries[n][at] if at == 0 else row.summaries[n][at].casefold()) == key:
                return row, n
    for problem in broken if wanted else ():
        if re.match(rf"practices/{wanted}\b", problem.where):
            raise problem
    near = nearest(wanted or ref, [str(row.summaries[n][at]) for row, n in kept for at in (0, 3)])
    list_them = "List them with: servicestory practices"
    if not kept and not broken:
        list_them = "There is none yet: find them in the stories with: servicestory detect"
    step = f"Did you mean {near}?" if near else list_them
    raise Problem(f"there is no practice {ref!r}", "practices", step)


def taken(root: Path, story_id: str) -> set[str]:
    """The ids that are no longer free, of this one and this one with a number behind it (``…-2``).

    Those of stories, and those of deleted stories that something still refers to.

    Files the index does not know are searched, not parsed.
    """
    with index_of(root) as index:
        known = index.rows("stories", records=False)
    form = rf"{re.escape(story_id)}(?:-[0-9]+)?"
    whole = re.compile(form)
    line = re.compile(rf"^id:[ \t]*[\"']?({form})[\"']?[ \t]*(?:#|\r?$)".encode("utf-8", "replace"), re.M)
    found: set[str] = set()
    for name, path, stamp in storage.record_files(root / "stories", "stories", []):
        row = known.get(name)
        if row and row.stamp == stamp:
            found.update(str(summary[0]) for summary in row.summaries if whole.fullmatch(str(summary[0])))
            continue
        with contextlib.suppress(Problem):
            found.update(match.decode() for match in line.findall(storage.read(path, name).data))
    return found | _referred_to(root, story_id, form)


_REFER = ("practices", "records", "training", "procedures")


def _referred_to(root: Path, story_id: str, form: str) -> set[str]:
    """The ids of that form that anything in the workspace refers to.

    Whoever deleted the file of such a story left its id there: given to another story, what was found in
    the one would be said of the other.
    """
    sought = story_id.encode()
    whole = re.compile(rf"(?<![\w-]){form}(?![\w-])".encode())
    found: set[str] = set()
    for folder in _REFER:
        for at, _, names in os.walk(root / folder):
            for name in names:
                with contextlib.suppress(OSError):
                    data = Path(at, name).read_bytes()
                    if sought in data:
                        found.update(match.decode() for match in whole.findall(data))
    return found


@contextlib.contextmanager
def _without_collection() -> Iterator[None]:
    """Pauses the search for cyclic garbage: many records at once make none, and it doubles the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextlib.contextmanager
def collected(problems: list[Problem] | None) -> Iterator[list[Problem]]:
    """The caller's list, or one whose problems are raised at the end."""
    collected: list[Problem] = [] if problems is None else problems
    yield collected
    if problems is None and collected:
        raise together(collected)


def together(problems: list[Problem], every: list[Problem] | None = None) -> Problem:
    """One problem that stands for several: the first, and how many more; ``every`` takes them all."""
    if every is not None:
        every += problems
    first, more = problems[0], len(problems) - 1
    if not more:
        return first
    rest = f"and {more} more {'problem' if more == 1 else 'problems'}: see servicestory check"
    return Problem(first.what, first.where, f"{first.next_step} ({rest})".strip())
