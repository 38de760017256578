"""`servicestory export --into`: the steps of a practice inside a procedure the organisation has already."""

import difflib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from servicestory import console
from servicestory.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servicestory.incorporate.into import Fit
    from servicestory.models.procedure import Procedure
    from servicestory.wording.material import Material

LARGEST = 5_000_000  # bytes; no procedure people read is longer
_MARKDOWN = (".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd", ".rmd", ".txt", ".text")


def put_into(
    refs: list[str],
    path: Path,
    under: str | None,
    draft: bool,
    remove: bool,
    replace: bool,
    as_json: bool,
) -> None:
    """Put the practices' steps into the file, bring them up to date, or take them out again."""
    from servicestory.cli import documents, picking
    from servicestory.cli.app import workspace
    from servicestory.cli.figures import standing
    from servicestory.cli.monitor import procedures
    from servicestory.documents import check_output
    from servicestory.errors import Usage
    from servicestory.incorporate import into
    from servicestory.incorporate.sections import blocks, sections
    from servicestory.train.stale import by_practice
    from servicestory.wording.render import render
    from servicestory.workspace import write_file

    if under is not None and len(refs) != 1:
        raise Usage("--under names the section for one practice", "", "Name that practice, and no other")
    ws, problems = workspace(), list[Problem]()
    name = str(path)
    check_output(ws.root, path)
    data = _bytes(path, name)
    text = old = _text(data, name)
    _not_ours(old, name)
    source = documents.template(ws, "into")
    every = [] if remove else procedures(ws, [])
    ended, stands = _ended(every), by_practice(every)
    rows, notes = list[dict[str, Any]](), list[str]()
    for ref in refs if not remove else []:
        practice = standing(ws, ws.practice(ref), lambda _: None)
        picking.refuse_undecided(ws, practice, "its steps go into no procedure people work by")
    # taken out is what is named: what it was merged into is another practice, whose steps stay
    named = sorted({ws.practice(ref).id for ref in refs}) if remove else []
    for key in named:
        text, outcome = into.taken_out(text, key, replace, name)
        rows.append(_row(key, outcome, None) | {"at_end": False})
    others = [] if named else picking.materials(ws, refs, "export", "Looking for the place", problems)
    for material in others:
        key, fit, last = material.practice.id, None, False
        if remove:
            text, outcome = into.taken_out(text, key, replace, name)
        else:
            there = next((b for b in blocks(text, name) if b.id == key), None)
            if key in ended:
                if refs:
                    raise Problem(*ended[key])
                still = "; what stands here comes out with --remove" if there else ""
                rows.append(_row(key, f"left out: {ended[key][0]}{still}", None))
                continue
            try:
                fit = None if there else into.chosen(material, text, under, name)
            except Problem:
                if under is not None or not sections(text):
                    raise
                if not refs:  # of all practices, most belong elsewhere
                    rows.append(_row(key, "no section fits it", None))
                    continue
                fit, last = into.at_end(text), True
            if there and under is not None:
                notes.append(
                    f"{key} stands in {name} already, and --under moves nothing. To have it elsewhere: "
                    "--remove first, then --under"
                )
            level = there_level(there.inside) if there else min(6, (fit.section.level if fit else 0) + 1)
            block = render(source[0], into_values(material, level), source[1])
            text, outcome = into.put(text, block, key, fit, replace, name)
            if outcome in ("new", "brought up to date") and (note := _told_once(material)):
                notes.append(note)
            if outcome in ("new", "brought up to date") and (note := _unapproved(stands.get(key))):
                notes.append(note)
        rows.append(_row(key, outcome, fit) | {"at_end": last})
    changed = _difference(old, text, name)
    if text != old and not draft:
        with ws.lock():
            write_file(path, text.encode("utf-8"), data, name)
    _show(rows, name, changed, draft, replace, as_json)
    for note in notes:
        console.note(note)
    if problems:
        console.problems(problems)
        raise typer.Exit(1)


def _ended(every: "Sequence[Procedure]") -> dict[str, tuple[str, str, str]]:
    """Practices whose procedure has ended: what it is, where it stands, what to do."""
    from servicestory.models.procedure import heir
    from servicestory.train.stale import by_practice

    by_id, stands = {p.id: p for p in every}, by_practice(every)
    found = {}
    for one in every:
        if one.status == "superseded" and one.practice not in stands:
            after = heir(one, by_id)
            new = after.practice if after else "PRACTICE"
            step = f"Put in what took its place: servicestory export {new} --into FILE.md"
            what = f"{one.id} of {one.practice} is superseded by {one.superseded_by}"
            found[one.practice] = (what, f"procedures/{one.id}", step)
        elif one.ended and one.practice not in stands:
            step = (
                f"If people are to work by it again: servicestory procedure {one.id} --reopen --reason TEXT"
            )
            what = f"{one.id} of {one.practice} is withdrawn: nobody is to work by it"
            found[one.practice] = (what, f"procedures/{one.id}", step)
    return found


def _unapproved(control: "Procedure | None") -> str | None:
    """That nobody has approved the procedure whose steps go into a handbook; None where there is none."""
    from servicestory.cli.app import today
    from servicestory.incorporate.lifecycle import NEXT, said
    from servicestory.models.procedure import in_force

    if control is None or control.status not in ("draft", "in review"):
        return None
    force = in_force(control, today())
    still = f"in force is revision {force}" if force else "nothing of it is in force"
    which = f"{control.id} revision {control.revision}"
    return (
        f"{which} is {said(control.status)}: nobody approved it, and {still}. "
        f"Before people work by these steps: servicestory procedure {control.id} {NEXT[control.status]}"
    )


def _told_once(material: "Material") -> str | None:
    """Which of the steps that go into a handbook only one story tells; None where there are none."""
    from servicestory.text import listing, plural

    once = [str(n) for n, step in enumerate(material.steps, 1) if material.told_once(step)]
    if not once:
        return None
    which, key = f"{plural(len(once), 'step', 'steps')} ({listing(once)})", material.practice.id
    return f"{key}: {which} told in one story only. Read before people work by it: servicestory why {key}"


def into_values(material: "Material", level: int) -> dict[str, Any]:
    """What the template of the part to be put in may name; ``level``: that of its heading."""
    from servicestory.incorporate.content import steps_of
    from servicestory.text import one_line, plural
    from servicestory.wording.gaps import moment
    from servicestory.wording.render import Made

    practice = material.practice
    cited = len({c.story for s in material.steps for c in s.cites})
    return {
        "hashes": Made("#" * level),
        "title": one_line(practice.name),
        "practice": practice,
        "undecided": material.head,
        "when": moment(material),  # what the owner has yet to decide is no line for a handbook
        "ways": material.ways,
        "steps": steps_of(material),
        "not_for": [one_line(line) for line in practice.not_for],
        "drawn": f"drawn from {plural(cited, 'story', 'stories')}" if cited else "not told in a story yet",
    }


def there_level(inside: str) -> int:
    """The level of the heading a part begins with, so that it keeps it."""
    hashes = inside.split(" ", 1)[0]
    return len(hashes) if 1 <= len(hashes) <= 6 and set(hashes) == {"#"} else 2


def _bytes(path: Path, name: str) -> bytes:
    """The file's bytes, when it is a file that may be changed.

    Raises:
        Problem: a link, a folder, no markdown, write-protected, or far too large.
    """
    from servicestory import storage

    if path.is_symlink():
        raise Problem("this is a link to another file", name, f"Name the file itself: {path.resolve()}")
    if not path.exists():
        raise Problem("there is no such file", name, "Name a procedure you have, or leave out --into")
    # By its name only: any text can be read as markdown, also a script or the settings of a system.
    if path.suffix.lower() not in _MARKDOWN:
        what = "--into writes into markdown or plain text, and this is neither by its name"
        raise Problem(what, name, "Save it so first, with a name that ends in .md or .txt")
    with storage.plainly("this file cannot be read", name, "Check its permissions"):
        found = path.stat()
    if found.st_size > LARGEST:
        step = "Cut it into its chapters, and name the one that is meant"
        raise Problem(f"this file is larger than {LARGEST // 1_000_000} MB", name, step)
    if not found.st_mode & 0o222:
        raise Problem("this file is write-protected", name, "Allow writing to it, then do it again")
    return storage.read(path, name).data


def _text(data: bytes, name: str) -> str:
    if b"\0" in data:
        raise Problem("this is no text file", name, "Save it as markdown in UTF-8")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Problem("this file is not UTF-8", f"{name}:{line}", "Save it as UTF-8") from None


def _not_ours(text: str, name: str) -> None:
    """Refuses the documents servicestory writes itself: they bring themselves up to date."""
    from servicestory.incorporate.sections import blocks

    made = next((b.id for b in blocks(text, name) if not b.id.startswith("P-")), None)
    if made:
        raise Problem(
            f"this is {made}, which servicestory writes itself", name, "Name a procedure of your own"
        )


def _row(key: str, outcome: str, fit: "Fit | None") -> dict[str, Any]:
    row: dict[str, Any] = {
        "practice": key,
        "outcome": outcome,
        "section": None,
        "line": None,
        "shared": [],
        "at_end": False,
        "against": [],
    }
    if fit:
        row |= {
            "section": fit.section.title or None,
            "line": fit.section.first + 1,
            "shared": [*fit.shared],
            "against": [*fit.against],
        }
    return row


def _difference(old: str, new: str, name: str) -> list[str]:
    before, after = ([line.rstrip("\r") for line in text.split("\n")] for text in (old, new))
    names = f"{name} as it is", f"{name} as it would be"
    return list(difflib.unified_diff(before, after, *names, "", "", 3, ""))


def _show(
    rows: list[dict[str, Any]], name: str, changed: list[str], draft: bool, replace: bool, as_json: bool
) -> None:
    if as_json:
        console.json(
            {"schema": 1, "file": name, "written": bool(changed) and not draft, "practices": rows,
             "difference": changed}
        )  # fmt: skip
        return
    if draft or replace:  # what somebody had written between our marks stands nowhere else then
        for line in changed:
            console.out(line)
    for row in rows:
        said = f"{row['practice']}: {row['outcome']}"
        if row["at_end"]:
            said += ", at the end of the file: no section fits it. Another place: --remove, then --under"
        elif row["line"]:
            where = f"“{row['section']}”" if row["section"] else "what stands under no heading"
            because = f" (both speak of {', '.join(row['shared'])})" if row["shared"] else ""
            if row["against"]:
                because += f"; but of {', '.join(row['against'])} one of them says the opposite: compare them"
            said += f", at the end of {where}, line {row['line']}{because}"
        console.out(said)
    if not changed:
        console.out(f"{name} stays as it is.")
    elif draft:
        console.out(f"Nothing was written to {name}; without --draft it would be.")
    else:
        console.out(f"{name} was changed between our marks only.")
