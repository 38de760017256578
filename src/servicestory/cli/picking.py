"""Which practices the documents of a command are made for, and what is said of those that lack something."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from servicestory import console
from servicestory.errors import Problem
from servicestory.models.practice import LIVE

if TYPE_CHECKING:
    from servicestory.detect.alike import Nearness
    from servicestory.detect.kinds import Kinds
    from servicestory.masking import Mask
    from servicestory.models.codebook import CodebookEntry
    from servicestory.models.organisation import Organisation
    from servicestory.models.practice import Practice
    from servicestory.models.story import Story
    from servicestory.wording.material import Material
    from servicestory.workspace import Workspace


def entries(workspace: "Workspace", problems: list[Problem] | None = None) -> dict[str, "CodebookEntry"]:
    """The codebook's entries by key."""
    return {entry.key: entry for entry in workspace.codebook(problems if problems is not None else [])}


DEEDS = "deeds.npz"  # which deed each text tells, for the next call


@cache
def nearness() -> "Nearness":
    """Tells whether texts are one deed; what it read it remembers."""
    from servicestory.detect.alike import Nearness

    return Nearness()


@contextmanager
def recalled(workspace: "Workspace") -> "Iterator[None]":
    """Within it :func:`nearness` knows what earlier commands read, and what it reads is kept for the next."""
    nearness().recall(workspace.derived(DEEDS))
    yield
    if (kept := nearness().keep()) is not None:
        workspace.keep_derived(DEEDS, kept)


@cache
def kinds() -> "Kinds":
    """Tells of which kind of practice texts are; what it read it remembers."""
    from servicestory.detect.kinds import Kinds

    return Kinds()


def read_ahead(practices: "Iterable[Practice]", stories: "Mapping[str, Story]") -> None:
    """Read the places of all practices, their clauses too, and their names at once, for :func:`nearness`."""
    from servicestory.wording.afield import MOST
    from servicestory.wording.deeds import parts
    from servicestory.wording.marks import few_of_each

    told = [(p.name, one) for p in practices if len(one := few_of_each(p.evidence)) <= MOST]
    places = ((e, stories[e.story]) for _, one in told for e in one if e.story in stories and not e.doubtful)
    texts = [part for e, story in places if (text := e.text_in(story)) for part in (text, *parts(text))]
    nearness().read([*texts, *(name for name, _ in told)])


@cache
def _once(mask: "Callable[[str, str], str]") -> "Callable[[str, str], str]":
    """The mask, that looks at each text of a story once: many documents tell the same lines."""
    return cache(mask)


def material(
    practice: "Practice",
    stories: "Mapping[str, Story]",
    organisation: "Organisation",
    codebook: "Mapping[str, CodebookEntry]",
    mask: "Callable[[str, str], str]",
) -> "Material":
    """What the documents of a practice are made of; the same for every command that reads or writes them.

    Args:
        mask: takes names out of a text of a story.
    """
    from servicestory.wording.firsts import with_one_first
    from servicestory.wording.material import gather
    from servicestory.wording.nameless import nameless
    from servicestory.wording.reasons_told import with_reasons
    from servicestory.wording.recovery import with_recovery
    from servicestory.wording.unseen import without_unseen

    entry = codebook.get(practice.definition or "")
    made = gather(practice, stories, organisation, codebook, nearness(), kinds())
    made = without_unseen(with_recovery(made, entry), entry)
    return nameless(with_one_first(with_reasons(made, organisation.staff_names())), _once(mask))


def owner(practice: "Practice", mask: "Mask") -> str | None:
    """Who owns a practice, as its documents say it: a role, a team, what is no name; else where it stands.

    Whose name is to stand in a document is typed into that document (`procedure --owner`).
    """
    from servicestory.masking import UNLISTED

    who = mask.person(practice.owner) if practice.owner else ""
    unnamed = who.casefold() in (mask.stand_ins.colleague.casefold(), UNLISTED)
    return f"the colleague named in {practice.id}" if unnamed else who or None


def material_of(workspace: "Workspace", practice: "Practice") -> tuple["Material", "Organisation"]:
    """What the documents of one practice are made of, and the organisation they are made for."""
    from servicestory.cli.judging import House

    house = House(workspace, workspace.organisation(), workspace.stories([]))
    stories = {story.id: story for story in house.stories}
    made = material(practice, stories, house.organisation, entries(workspace), house.mask)
    return made, house.organisation


def materials(
    workspace: "Workspace", refs: list[str], what: str, saying: str, problems: list[Problem]
) -> "Iterator[Material]":
    """What the documents of each chosen practice are made of, one after the other, while nobody else writes.

    Args:
        what: the command, for messages; ``saying``: what the progress bar says.
        problems: what is wrong with files is added.
    """
    from servicestory.cli.judging import House

    organisation = workspace.organisation()
    picked, thin = chosen(workspace, refs, what), list[str]()
    stories = {story.id: story for story in workspace.stories(problems)}
    known = entries(workspace, problems)
    mask = House(workspace, organisation, list(stories.values())).mask
    with recalled(workspace), workspace.lock(), console.progress() as progress:
        read_ahead(picked, stories)
        for done, practice in enumerate(picked):
            progress(saying, done, len(picked))
            shown = practice.model_copy(update={"owner": owner(practice, mask)})
            made = material(shown, stories, organisation, known, mask)
            yield made
            if made.thin:
                thin.append(practice.id)
    say_thin(thin)


def say_thin(practices: list[str]) -> None:
    """That the documents of some practices lack steps."""
    if practices:
        more = f" and {len(practices) - 8} more" if len(practices) > 8 else ""
        some = ", ".join(practices[:8]) + more
        console.note(
            f"{some}: fewer than two steps are told; the documents say what is missing, whom to ask."
        )


def chosen(workspace: "Workspace", refs: list[str], what: str) -> list["Practice"]:
    """The practices named, or all that were decided on (accepted, pilot, standard, local).

    Raises:
        Problem: when none was decided on yet, or one named is unknown.
    """
    if refs:
        from servicestory.cli.figures import standing

        found = (standing(workspace, workspace.practice(ref), console.note) for ref in refs)
        picked = {p.id: p for p in found}
        for practice in picked.values():
            _say_undecided(practice)
        return [picked[key] for key in sorted(picked)]
    there = workspace.practices()
    decided = [p for p in there if p.status in LIVE]
    if not decided:
        first = next((p.id for p in there if p.status == "candidate"), None)
        step = f"Accept one with: servicestory review, or name a candidate: servicestory {what} {first}"
        raise Problem(
            f"no practice is accepted yet, so there is nothing to {what}",
            "practices",
            step if first else "Find practices in your stories first: servicestory detect",
        )
    return decided


def _say_undecided(practice: "Practice") -> None:
    if practice.status == "candidate":
        step = f"servicestory review {practice.id} --accept --reason TEXT"
        console.note(
            f"{practice.id}: nobody has accepted it yet, and its documents say so. To decide: {step}"
        )
    elif practice.undecided:
        console.note(f"{practice.id} is {practice.status}, and its documents say so.")


def refuse_undecided(ws: "Workspace", practice: "Practice", so: str) -> None:
    """Refuses what only a practice somebody accepted is good for.

    Args:
        so: what follows from it that nobody did, for the message.

    Raises:
        Problem: it is a candidate, rejected or retired.
    """
    if practice.undecided:
        what = "nobody has accepted" if practice.status == "candidate" else f"{practice.status} is"
        raise Problem(
            f"{what} {practice.id} {practice.name}, so {so}",
            ws.practice_place(practice.id),
            f"Decide first: servicestory review {practice.id} --accept --reason TEXT",
        )
