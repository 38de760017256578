"""What to mend rather than spread: heroics a better system makes needless, failures to prevent."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from servicestory.detect.heroics import Heroic, Sort
from servicestory.models.practice import LIVE, Practice
from servicestory.models.story import Story
from servicestory.text import listing, plural

What = Literal["fix the system", "prevent the failure"]
_LEAST = 2  # stories; one of two is not "most of it"
_PUT_RIGHT = "failure put right"
_SORTS: dict[Sort, str] = {
    "own means": "paid from their own pocket",
    "unpaid time": "gave unpaid time",
    "bent rule": "bent a rule",
}
_OPEN = ("candidate", *LIVE)


@dataclass(frozen=True)
class Mend:
    """One item: what to do, the practice it concerns (None: single stories), why, and the stories behind it.

    ``taken_up`` says that a review recorded an action for the practice, so that it is being dealt with.
    """

    what: What
    practice: str | None
    name: str
    why: str
    stories: tuple[str, ...]
    taken_up: bool

    def to_json(self) -> dict[str, object]:
        """The entry of ``mend`` in the JSON of the commands."""
        return {**self.__dict__, "stories": list(self.stories)}


def heroic_share(evidence: Collection[str], found: Sequence[Heroic]) -> tuple[int, int]:
    """(stories with a sign of heroics, stories) of a practice."""
    marked = {one.story for one in found}
    return len(marked & set(evidence)), len(set(evidence))


def is_heroic(heroic: int, stories: int) -> bool:
    """Whether a practice lives on heroics: most of its stories, and more than one, show them."""
    return heroic >= _LEAST and 2 * heroic > stories


def is_recovery(put_right: int, stories: int, incident: str | None) -> bool:
    """Whether a practice puts failures right: its definition and a quarter of its stories, or most."""
    defined = incident == _PUT_RIGHT and 0 < stories <= 4 * put_right
    return defined or (put_right >= _LEAST and 2 * put_right > stories)


def mending(
    practices: Sequence[Practice],
    stories: Sequence[Story],
    found: Sequence[Heroic],
    incidents: Mapping[str, str | None],
    taken_up: Collection[str] = (),
) -> list[Mend]:
    """Everything to mend: heroic practices, single heroics by sort, then the failures behind recoveries.

    Args:
        found: from :func:`servicestory.detect.heroics.heroics`.
        incidents: key of the codebook -> what called for the practice.
        taken_up: practices for which a review recorded an action.
    """
    told = {story.id: story for story in stories}
    heroic: list[Mend] = []
    prevent: list[Mend] = []
    for practice in sorted(practices, key=lambda p: p.id):
        seen = sorted({e.story for e in practice.evidence} & told.keys())
        sure = practice.sure_stories & told.keys()
        if practice.status not in _OPEN or not sure:  # doubtful places alone are nothing to mend
            continue
        number, of = heroic_share(seen, found)
        if is_heroic(number, of):
            why = (
                f"in {_of_its(number, of)} somebody paid themselves, stayed unpaid or bent a rule: "
                "set it up so that nobody has to, before anybody is asked to copy it"
            )
            marked = {one.story for one in found}
            ids = tuple(ref for ref in seen if ref in marked)
            heroic.append(
                Mend("fix the system", practice.id, practice.name, why, ids, practice.id in taken_up)
            )
        # a practice renamed or defined anew is what people call it: only its own stories speak of failures
        incident = None if practice.worded else incidents.get(practice.definition or "")
        ids = tuple(ref for ref in seen if told[ref].recovery)
        if (
            incident == _PUT_RIGHT
        ):  # what it is for is no failure of this house; its stories say it in words too
            ids = tuple(sorted({*ids, *_tell_of_failure(practice, told)}))
        if not sure.isdisjoint(ids) and is_recovery(len(ids), of, incident):
            told_so = _of_its(len(ids), of)
            if is_recovery(len(ids), of, None):
                counted = f"{told_so} {'is' if len(ids) == 1 else 'are'} about something that went wrong"
            else:  # the definition says so, and some of the stories
                counted = (
                    f"it puts right what went wrong, as {told_so} {'tells' if len(ids) == 1 else 'tell'}"
                )
            why = f"{counted}: find out what goes wrong, and keep it from happening"
            mend = Mend("prevent the failure", practice.id, practice.name, why, ids, practice.id in taken_up)
            prevent.append(mend)
    return [*heroic, *_single(found), *prevent]


def _tell_of_failure(practice: Practice, told: Mapping[str, Story]) -> set[str]:
    """Stories that say, where they show the practice for sure, that something had gone wrong."""
    from servicestory.wording.doers import tells_of_failure  # few calls need it

    places = [e for e in practice.evidence if not e.doubtful and e.story in told]
    return {e.story for e in places if tells_of_failure(told[e.story], e.field, e.start, e.end)}


def _of_its(some: int, of: int) -> str:
    """So many of a practice's stories: "its one story", "both of its stories", "3 of its 4 stories"."""
    if some < of:
        return f"{some} of its {of} stories"
    return {1: "its one story", 2: "both of its stories"}.get(of, f"all {of} of its stories")


def _single(found: Sequence[Heroic]) -> list[Mend]:
    """Heroics of any story, one item for each sort."""
    items = []
    for sort, words in _SORTS.items():
        ids = tuple(sorted({one.story for one in found if one.sort == sort}))
        if ids:
            why = f"in {plural(len(ids), 'story', 'stories')} somebody {words}"
            items.append(
                Mend("fix the system", None, sort, f"{why}: thank them, and make it needless", ids, False)
            )
    return items


def in_words(item: Mend) -> str:
    """One line for a list."""
    name = f"{item.practice} {item.name}" if item.practice else item.name.capitalize()
    done = " (a review has taken it up)" if item.taken_up else ""
    few = (
        f" ({listing(list(item.stories[:3]))}{' …' if len(item.stories) > 3 else ''})"
        if not item.practice
        else ""
    )
    return f"{name}: {item.why}{few}{done}"
