"""`servicestory forget`: a person out of every file of the workspace, with a certificate."""

import contextlib
import secrets
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Annotated

import typer

from servicestory import console, storage
from servicestory.cli import forget_begun
from servicestory.cli.app import today, who, workspace
from servicestory.cli.forget_begun import Change, every
from servicestory.cli.known_names import no_name
from servicestory.errors import Problem, Usage, nearest
from servicestory.models.base import NOBODY
from servicestory.not_names import NOT_NAMES
from servicestory.text import folded, listing, plural, spelled

if TYPE_CHECKING:
    from servicestory.collect.forgetting import Forgetting
    from servicestory.models.intake import Begun, ChangedFile, FileToChange, Forgotten
    from servicestory.workspace import Workspace

_NOT_DRAWN = "xxxxxxxx"  # in place of the digits of a pseudonym: a trial says the same each time
_WITHOUT_APOSTROPHE = ("de", "nl", "sv", "da", "no", "nb", "nn")  # languages that write "Annas Idee"
_A_NAME = 3  # letters of a part of a name that is worth looking for


def forget(
    person: Annotated[str, typer.Argument(metavar="PERSON", help="The person's name as it is written.")],
    also: Annotated[
        list[str] | None,
        typer.Option("--also", metavar="NAME", help="Another name of theirs; again for each."),
    ] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who does it.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do it without asking.")] = False,
    force: Annotated[
        bool,
        typer.Option("--force", help="Do it though it is a word that no record gives as a name."),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the lines that would change; change nothing.")
    ] = False,
) -> None:
    """Govern: remove a person everywhere, with a certificate.

    The name is replaced in stories, practices, records, documents and servicestory.yaml, and so is the
    pseudonym under which trainings are kept. The stories stay: it is the practice that counts, never the
    person. Where a first or family name still stands alone is said at the end.

    Example: servicestory forget "Anna Berg" --also Annie
    """
    from servicestory.cli.forget_in import is_name
    from servicestory.cli.forget_spelled import of_one, with_spellings
    from servicestory.cli.learners import traces, without_key
    from servicestory.collect.forgetting import Forgetting
    from servicestory.consent import forgotten

    into = workspace()
    finished = None if dry_run else _finished(into)
    begun = forget_begun.load(into)
    names = [person, *(also or [])]
    for colleague in into.organisation().staff:
        if not spelled(colleague.name).isdisjoint(spelled(person)):
            names += colleague.aliases
    for name in names:
        is_name(name)
    if begun is None:
        of_one(into, person)
    asked = _of_nobody_else(into, person, names)
    names = _of_nobody_else(into, person, with_spellings(into, person, asked, _called(into)))
    pseudonyms = traces(into, names)
    drawn = forgotten(_NOT_DRAWN if dry_run else secrets.token_hex(4))
    forgetting = Forgetting(
        [*names, *pseudonyms],
        begun.told if begun and not dry_run else drawn,
        _words_too(names),
        _owners(into, names),
    )
    with contextlib.nullcontext() if dry_run else into.lock():
        changes = _changes(into, forgetting)
        waiting = forget_begun.left(into, begun) if begun else {}
        if begun and not dry_run:
            forget_begun.refuse_another(begun, asked, len(waiting))
            said = forget_begun.unfinished(begun, len(waiting)).what
            console.note(f"{said[0].upper()}{said[1:]}.")
            if not changes:  # what was left has been put right by hand
                if forget_begun.done(into, begun, waiting):
                    _certificate(_ended(into, begun, waiting))
                    return
                forget_begun.end(into)
        if not changes:
            if not dry_run:  # of stories deleted by hand
                forget_begun.drop_derived(into)
            if finished:
                return
            raise Problem(f"'{person}' stands nowhere as a name here", "", _instead(into, person))
        doubt = "" if force or begun else no_name(into, names, [one.old for one in changes.values()])
        if doubt and not dry_run:
            step = f'Look at the lines: servicestory forget "{person}" --dry-run; if it is one, add --force'
            raise Problem(doubt, "", step)
        for path, one in changes.items():
            name = path.relative_to(into.root).as_posix()
            console.note(f"  {plural(one.places, 'place'):>12}  {name}")
        if dry_run:
            count = f"{plural(forgetting.places, 'place')} in {plural(len(changes), 'file')}"
            _show(into, changes, forgetting)
            console.out(f"{count}; nothing was changed. ({_NOT_DRAWN} stands for digits yet to be drawn.)")
            _remaining(into, names)
            if doubt:
                console.note(f"{doubt[0].upper()}{doubt[1:]}: to do it all the same, add --force.")
            return
        if not yes:
            if not console.interactive():
                raise Usage("This cannot be undone, so it asks first", "", "Add --yes")
            if not console.confirm(
                f"Remove this person from {plural(len(changes), 'file')}? It cannot be undone."
            ):
                console.out("Nothing was changed.")
                return
        before = forget_begun.done(into, begun, waiting) if begun else []
        record = _as_begun(begun) if begun else _record(names, changes, forgetting, by)
        wrote = len(storage.written)
        if begun is None:
            forget_begun.begin(into, changes, forgetting.pseudonym, record, asked)
        files: list[ChangedFile] = []
        try:
            for path, one in changes.items():
                files.append(_write(into, path, one, resumed=begun is not None))
            record = record.model_copy(update={"files": [*before, *files]})
            forget_begun.certify(into, record)
        except BaseException:  # half of it would make two people of one, and no certificate
            if forget_begun.certified(into, record):  # stopped after the last step: it is done
                raise
            if changed := _undo(into, changes, [file.path for file in files]):
                console.note(
                    f"Without the name already, and could not be put back: {listing(changed)}. Do it again "
                    "to finish it, or bring back what was there (from the history of the folder or a backup)."
                )
            else:
                del storage.written[wrote:]  # all is as it was, and nothing is to be called saved
                if begun is None:
                    forget_begun.end(into)
            raise
        forget_begun.end(into)
    _certificate(record)
    _remaining(into, names)
    if not pseudonyms and without_key(into):
        console.note(
            "The key in private/ is not here, and without it nobody's trainings can be found by name; "
            "where somebody still has the key, do this again there."
        )
    console.note(
        "What was saved elsewhere still has the name: the history of the folder (git), backups, exported and "
        "printed documents, and the files once imported."
    )


def _record(
    names: list[str], changes: dict[Path, Change], forgetting: "Forgetting", by: str | None
) -> "Forgotten":
    """The certificate, its files still to be written into it."""
    from servicestory.collect.forgetting import Forgetting
    from servicestory.models.intake import Forgotten

    drawn_name = forgetting.pseudonym.encode()
    stands = any(drawn_name in one.new for one in changes.values())
    return Forgotten(
        on=today().isoformat(),
        by=Forgetting(names, forgetting.pseudonym).value(who(by)),
        pseudonym=forgetting.pseudonym if stands else None,
        places=max(1, forgetting.places),
    )


def _as_begun(begun: "Begun") -> "Forgotten":
    """The certificate of a removal begun before, as it was begun."""
    from servicestory.models.intake import Forgotten

    return Forgotten(**begun.model_dump(exclude={"schema_", "told", "names", "files"}))


def _finished(into: "Workspace") -> bool:
    """Whether a removal that was stopped when only its certificate was to come has it now."""
    begun = forget_begun.load(into)
    if begun is None:
        return False
    with into.lock():
        if forget_begun.left(into, begun):
            return False
        record = _ended(into, begun, ())
    console.note(f"The removal begun on {begun.on} was stopped before its certificate; here it is.")
    _certificate(record)
    return True


def _ended(into: "Workspace", begun: "Begun", waiting: "Iterable[FileToChange]") -> "Forgotten":
    """The certificate of a removal with nothing left to do, kept."""
    files = forget_begun.done(into, begun, waiting)
    record = _as_begun(begun).model_copy(update={"files": files})
    forget_begun.certify(into, record)
    forget_begun.end(into)
    return record


def _certificate(record: "Forgotten") -> None:
    console.out("Certificate")
    if record.by == NOBODY:
        console.out(f"On {record.on} a person was removed from this workspace; who did it is not named:")
    else:
        console.out(f"On {record.on}, {record.by} removed a person from this workspace:")
    count = f"{plural(record.places, 'place')} in {plural(len(record.files), 'file')}"
    crossed = "an x for each letter, so that the words around stay where they are"
    if record.pseudonym:
        console.out(f"{count}: {record.pseudonym} where the name stood for itself; inside a text {crossed}.")
    else:
        console.out(f"{count}: it stood inside texts only, where there is now {crossed}.")
    for file in record.files:
        console.out(f"  {file.path}\n    before {file.before}\n    after  {file.after}")
    console.out("The same stands in records/forgotten.jsonl, without the name.")


def _of_nobody_else(into: "Workspace", person: str, names: list[str]) -> list[str]:
    """The names without those of a site, a team or the organisation: all of these would be gone with them.

    Raises:
        Usage: the name asked for is one.
    """
    organisation = into.organisation()
    others = {site.name: "a site" for site in organisation.sites}
    others |= {team.name: "a team" for team in organisation.teams}
    others[organisation.organisation] = "the organisation"
    whose = {word.casefold(): (name, what) for name, what in others.items() for word in [name, *name.split()]}
    kept = []
    for name in names:
        if name.casefold() not in whose:
            kept.append(name)
            continue
        of, what = whose[name.casefold()]
        said = (
            f"'{name}' is part of the name of {what} ({of})" if name != of else f"'{name}' is {what} as well"
        )
        if name == person:
            raise Usage(f"{said}, and would be gone there too", "", "Give the whole name of the person")
        console.note(
            f"{said}: where it stands alone it is left; look for it with: servicestory search {name}"
        )
    return kept


def _words_too(names: list[str]) -> list[str]:
    """Which of the names are everyday words as well: "Will", "May", and "nobody"."""
    from servicestory.wording.morphology import is_common

    return [name for name in names if is_common(name.casefold()) or name.casefold() in NOT_NAMES]


def _owners(into: "Workspace", names: list[str]) -> list[str]:
    """The names with an owner's s, where the house writes no apostrophe before it and nobody is called so."""
    from servicestory.collect.forgetting import owned

    if (into.organisation().language or "en")[:2].casefold() not in _WITHOUT_APOSTROPHE:
        return []
    others = {word for name in _called(into) for word in folded(name).split()}
    return [form for name in names if (form := owned(name)) and folded(form).split()[-1] not in others]


def _called(into: "Workspace") -> list[str]:
    """Every name on record: of the organisation, its sites, teams and staff, and of people in stories."""
    house, stories = into.organisation(), into.stories([])
    called = [house.organisation, *(s.name for s in house.sites), *(t.name for t in house.teams)]
    return [*called, *house.staff_names(), *(name for story in stories for name in story.people)]


def _instead(into: "Workspace", person: str) -> str:
    """What of a name that stands nowhere does stand here: a part of it, or a name written almost so."""
    from servicestory.collect.forgetting import Forgetting

    staff = into.organisation().staff_names()
    named = sorted({*staff, *(name for story in into.stories([]) for name in story.people)})
    if person in named:  # another command wrote it after the places were looked for
        return "It was written this moment: do it again"
    like = nearest(person, named)
    if like and len(like.split()) == len(person.split()):  # a slip, and no part of the name
        return f"Did you mean {like}?"
    places: dict[str, int] = {}
    for word in dict.fromkeys(person.split()):
        forgetting = Forgetting([word], "somebody")
        if len(word) >= _A_NAME and word != person and _changes(into, forgetting):
            places[word] = forgetting.places
    if places:
        said = listing([f"'{word}' does, in {plural(count, 'place')}" for word, count in places.items()])
        return f'{said}: see them with: servicestory forget "{next(iter(places))}" --dry-run'
    return f"Did you mean {like}?" if like else "Look at the spelling"


def _changes(into: "Workspace", forgetting: "Forgetting") -> dict[Path, Change]:
    """What becomes of every file that holds the name.

    Raises:
        Problem: a file that must be changed cannot be read.
    """
    from servicestory.cli.forget_in import renamed, without

    found = {}
    for path in every(into):
        where = path.relative_to(into.root).as_posix()
        data = storage.read(path, where).data
        before = forgetting.places
        new, to = without(data, where, forgetting), renamed(where, forgetting)
        if new != data or to != where:
            storage.inside(into.root, path, where)
            found[path] = Change(data, new, to, forgetting.places - before)
    return found


def _write(into: "Workspace", path: Path, change: Change, resumed: bool) -> "ChangedFile":
    """Put the new bytes in place, under a name without the person's.

    Args:
        resumed: a file of the new name and bytes may be there already.
    """
    from servicestory.models.intake import ChangedFile

    where = path.relative_to(into.root).as_posix()
    new, name, before = change.new, change.to, storage.fingerprint(change.old)
    if name == where:
        storage.replace(path, new, before, where)
    else:
        own, number = PurePosixPath(name), 1
        while not storage.create(into.root / name, new):  # such as another forgotten person's, as long a name
            if resumed and (into.root / name).read_bytes() == new:
                break  # made before it was stopped
            number += 1
            name = own.with_stem(f"{own.stem}-{number}").as_posix()
        try:
            path.unlink()
        except BaseException:
            (into.root / name).unlink()
            raise
        with contextlib.suppress(OSError):  # a folder called so that is empty now; else it stays
            for folder in path.relative_to(into.root).parents[:-2]:
                (into.root / folder).rmdir()
    return ChangedFile(path=name, before=before, after=storage.fingerprint(new))


def _undo(into: "Workspace", changes: dict[Path, Change], names: list[str]) -> list[str]:
    """Put back what `_write` did, the last file first: the old bytes under the old name.

    Args:
        names: what the first files are called since they were written; the next may be written as well.

    Returns:
        The files that could not be put back, by their old names.
    """

    left = []
    called = dict(zip(changes, names, strict=False))
    for path, one in reversed(changes.items()):
        where = path.relative_to(into.root).as_posix()
        name = called.get(path, where)
        try:
            if name != where:
                if not storage.create(path, one.old):
                    raise Problem("this file is in the way", where, "Move it away")
                (into.root / name).unlink()
            elif one.new != one.old and path.exists() and storage.read(path, where).data == one.new:
                storage.replace(path, one.old, storage.fingerprint(one.new), where)
        except (Problem, OSError):
            left.append(where)
    return left[::-1]


def _show(into: "Workspace", changes: dict[Path, Change], forgetting: "Forgetting") -> None:
    """Print every line that would change; the places stay counted once."""
    from servicestory.cli.forget_shown import show_change

    counted = forgetting.places
    for path, one in changes.items():
        show_change(path.relative_to(into.root).as_posix(), one.to, one.old, one.new, forgetting)
    forgetting.places = counted


def _remaining(into: "Workspace", names: list[str]) -> None:
    """Say where a first or a family name still stands alone."""
    from servicestory.cli.forget_shown import parts, say_ids, say_left, say_months
    from servicestory.cli.forget_spelled import spellings
    from servicestory.cli.forget_unread import say_run_together, say_unread
    from servicestory.collect.forgetting import Forgetting, owned

    called = _called(into)
    wanted = parts(names)
    wanted += [way for found in spellings(into, wanted, called) for way in found]
    say_ids([story.id for story in into.stories([])], _words_too([*names, *wanted]), into.story_place)
    read = [(path.relative_to(into.root).as_posix(), path) for path in every(into)]
    files = [(where, storage.read(path, where).data) for where, path in read]
    say_months(files, Forgetting(names, "", _words_too(names)))
    say_run_together(files, names)
    say_unread(into, files, names)
    gone = set(map(folded, names))
    longer = sorted({name for name in called if " " in name and folded(name) not in gone})
    owners = _owners(into, names)
    forms = [form for name in [*names, *wanted] if (form := owned(name)) and form not in owners]
    for part in dict.fromkeys([*wanted, *forms]):
        others = [name for name in longer if part.casefold() in name.casefold().split()]
        whole = Forgetting([*names, *others], "", _words_too(names), owners)
        capital = part in forms  # "samiras" may be of a word
        say_left(part, files, whole, Forgetting([part], "", _words_too([part]) or [part] * capital), others)
