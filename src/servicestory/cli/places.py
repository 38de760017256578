"""The places that `review` names by their numbers: those of a practice, and the sentences of a story."""

import re
from typing import TYPE_CHECKING, Any

from servicestory import console
from servicestory.cli.evidence import doubt, quotes
from servicestory.errors import Problem, Usage
from servicestory.text import listing, one_line, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from servicestory.masking import Mask
    from servicestory.models.practice import Evidence, Practice
    from servicestory.models.story import Story
    from servicestory.workspace import Workspace

_SHOWN = 5  # sentences that say the same words
_LEFT = 200  # places of a practice that are listed after some were taken out
_LISTED = 20  # sentences of a story named where it is not clear which is meant


def new_id(ws: "Workspace") -> str:
    """The id of the next practice."""
    from servicestory.detect.decisions import next_number
    from servicestory.models.monitoring import Detection

    runs = ws.records("detections", Detection)
    return f"P-{next_number(ws.practices(), max((r.highest_id for r in runs), default=0)):04d}"


def numbers(text: str, of: int) -> list[int]:
    """``2,5-7`` as positions from 0; of a span no more than one beyond the ``of`` places there are.

    Raises:
        Usage: these are no numbers, or a span runs backwards.
    """
    found: list[int] = []
    for part in text.replace(" ", "").split(","):
        span = re.fullmatch(r"(\d{1,9})(?:-(\d{1,9}))?", part)
        first = int(span[1]) if span else 0
        last = int(span[2] or first) if span else 0
        if not 1 <= first <= last:
            raise Usage(f"'{text}' are not numbers of places", "", "Write them like 2,5-7")
        found += range(first - 1, max(first, min(last, of + 1)))
    return found


def chosen(ws: "Workspace", subject: "Practice", text: str, among: "Sequence[Evidence]") -> list[int]:
    """The positions in ``among`` that are meant by ``2,5-7``, or by stories: ``STORY`` or ``STORY:2``.

    Numbers change when a place goes or comes; a story stays what it is.

    Raises:
        Usage: it is neither.
        Problem: a story has another id, or shows none of these places, or several.
    """
    if _numbered(text):
        return numbers(text, len(among))
    found: list[int] = []
    for part in re.split(r",(?=[^,]*[^\W\d]|\s*\d+-\d+-\d)", text):
        ref, _, which = part.strip().partition(":")
        try:
            ws.story(ref)
        except Problem as none:
            if "Did you mean" in none.next_step:
                raise
            step = "Write them like 2,5-7, or name their story"
            raise Usage(
                f"'{one_line(part.strip(), 80)}' is neither numbers of places nor a story", "", step
            ) from None
        here = [i for i, e in enumerate(among) if e.story == ref]
        if which:
            meant = named(ws, part.strip())
            here = [i for i in here if any(_overlap(among[i], one) for one in meant)]
        step = f"See them with: servicestory show {subject.id} --all"
        if not here:
            raise Problem(f"no such place of {subject.id} is in {part.strip()}", "", step)
        if len(here) > 1 and not which:
            which = listing([str(i + 1) for i in here])
            raise Problem(f"{ref} has several of the places of {subject.id}: {which}", "", step)
        found += here
    return found


def _overlap(one: "Evidence", other: "Evidence") -> bool:
    return one.field == other.field and one.start < other.end and other.start < one.end


def by_numbers(text: str) -> str:
    """Numbers of places as they are kept with a decision; empty where stories name them."""
    return text.replace(" ", "") if _numbered(text) else ""


def _numbered(text: str) -> bool:
    """Whether places are named by numbers; ``2026-08-14-12`` is a story that its source called 12."""
    return re.fullmatch(r"[\d\s,-]+", text) is not None and not re.search(r"\d-\d+-\d", text)


def split(
    ws: "Workspace", subject: "Practice", take: str | None, name: str | None, trail: dict[str, Any]
) -> list["Practice"]:
    """What stays and the new practice; without ``take`` and ``name`` both are proposed."""
    from servicestory.detect import decisions
    from servicestory.detect.naming import propose as propose_name
    from servicestory.detect.own_name import own_name

    gone = (
        chosen(ws, subject, take, subject.evidence)
        if take
        else [number - 1 for number, _, _ in parted(ws, subject)]
    )
    if name is None:
        from servicestory.cli.judging import House

        organisation = ws.organisation()
        taken = {p.name.lower() for p in ws.practices()}
        stories = ws.stories()
        shown = quotes(subject, {story.id: story for story in stories})
        words = [text for number, _, text in shown if number - 1 in set(gone)]
        name = propose_name(
            words, [], organisation.customer_word, House(ws, organisation, stories).names, taken
        )
    if not name:
        raise Usage("The new practice has no name yet", "", "Add --name NAME")
    name = own_name(name, ws.practices())
    stays, new = decisions.split(subject, gone, name, new_id(ws), **trail)
    return [stays, new]


def parted(ws: "Workspace", subject: "Practice") -> list[tuple[int, str, str]]:
    """The places proposed to go in a split: number from 1, story, words.

    Raises:
        Problem: there are fewer than two places.
    """
    from servicestory.detect.split import propose

    shown = quotes(subject, {story.id: story for story in ws.stories()})
    if len(shown) < 2:
        raise Problem(
            f"{subject.id} has too little evidence to part", "", f"Look at it: servicestory show {subject.id}"
        )
    return [shown[i] for i in propose([text for _, _, text in shown])]


def say_undo(stays: "Practice", new: "Practice") -> None:
    """How a split is undone."""
    console.note(f"To undo it: servicestory review {new.id} --merge-into {stays.id} --reason TEXT")


def take_in(
    ws: "Workspace", subject: "Practice", given: list[str], source: str | None, trail: dict[str, Any]
) -> list["Practice"]:
    """What takes the sentences in, and what they are taken from where that is said (see :func:`named`)."""
    from servicestory.detect import decisions

    those = [place for text in given for place in named(ws, text)]
    return decisions.take_in(subject, those, ws.practice(source) if source else None, **trail)


def drop(ws: "Workspace", subject: "Practice", take: str, trail: dict[str, Any]) -> list["Practice"]:
    """The practice without those places, and whatever they had been moved from with them again."""
    from servicestory.detect import decisions

    gone = chosen(ws, subject, take, subject.evidence)
    changed = [decisions.drop(subject, gone, numbers=by_numbers(take), **trail)]
    moved: dict[str, list[Evidence]] = {}
    for place in (subject.evidence[i] for i in sorted(set(gone)) if subject.evidence[i].pinned):
        put = subject.put_by(place.ref)
        came = put and put.action.endswith("taken in") and put.from_
        if put and put.from_ and came and place.ref in (put.to or "").split():
            moved.setdefault(put.from_, []).append(place)
    for source, places in sorted(moved.items()):
        back = decisions.give_back(ws.practice(source), places, **trail)
        changed += [back] if back else []
    return changed


def mask_of(ws: "Workspace", stories: "Iterable[Story]") -> "Mask":
    """Takes names out of the sentences that are shown: a practice is decided on, not people."""
    from servicestory.cli.judging import House

    return House(ws, ws.organisation(), list(stories)).mask


def say_moved(ws: "Workspace", before: "Practice", after: "Practice") -> None:
    """The sentences a decision put in, confirmed or took out; in the last case all that is left as well."""
    stories = {story.id: story for story in ws.stories()}
    mask = mask_of(ws, stories.values())
    had = {e.ref: e.pinned for e in before.evidence}
    has = {e.ref: e.pinned for e in after.evidence}
    for number, story, words in quotes(after, stories):
        ref = after.evidence[number - 1].ref
        if ref not in had or had[ref] != has[ref]:
            console.out(f"  {number}. “{mask(words, story)}”  [{story}]")
    out = before.model_copy(update={"evidence": [e for e in before.evidence if e.ref not in has]})
    if not out.evidence:
        return
    for _, story, words in quotes(out, stories):
        console.out(f"  out: “{mask(words, story)}”  [{story}]")
    show_left(after, stories, mask)


def show_left(practice: "Practice", stories: "Mapping[str, Story]", mask: "Mask") -> None:
    """All places of a practice, with the numbers that the next command takes."""
    shown = quotes(practice, stories)
    console.out(
        f"Left in {practice.id}, by the numbers they have now:" if shown else "Nothing is left in it."
    )
    for number, story, words in shown[:_LEFT]:
        console.out(f"  {number}. “{mask(words, story)}”  [{story}]{doubt(practice, number)}")
    if len(shown) > _LEFT:
        console.out(f"  … and {len(shown) - _LEFT:,} more: servicestory show {practice.id} --all")


def named(ws: "Workspace", text: str) -> list["Evidence"]:
    """The sentences of ``STORY:2,4``, of ``STORY:some of its words``, or of a story of one sentence.

    Words alone are looked for in all stories. Sentences are counted from 1 through the narrative, then
    through the listed behaviours.

    Raises:
        Problem: there is no such story or sentence, or several where one is meant.
    """
    from servicestory.models.practice import Evidence

    ref, _, which = text.partition(":")
    try:
        story = ws.story(ref)
    except Problem:
        if (found := _anywhere(ws, text)) is None:
            raise
        return [found]
    every = sentences(story)
    which = which.strip()
    if re.fullmatch(r"[\d\s,-]+", which):
        meant = numbers(which, len(every))
    else:
        words = " ".join(which.split()).casefold()
        meant = [i for i, (_, _, _, said) in enumerate(every) if words in said.casefold()]
        meant = meant if len(meant) == 1 else []
    if not meant or meant[-1] >= len(every):
        mask, listed = mask_of(ws, ws.stories([])), enumerate(every[:_LISTED], 1)
        shown = "; ".join(f"{n}. “{one_line(mask(said, story.id), 80)}”" for n, (_, _, _, said) in listed)
        if len(every) > _LISTED:
            shown += f"; … see all with: servicestory detect --explain {story.id}"
        raise Problem(
            f"which sentence of {story.id} is meant is not clear: it has {plural(len(every), 'sentence')}",
            "",
            f"Name one by its number, like {story.id}:1, or by words it alone has. {shown}",
        )
    return [Evidence(story=story.id, field=every[i][0], start=every[i][1], end=every[i][2]) for i in meant]


def _anywhere(ws: "Workspace", text: str) -> "Evidence | None":
    """The one sentence of all stories that says the words of ``text``; None when none does.

    Raises:
        Problem: several do.
    """
    from servicestory.models.practice import Evidence

    words = " ".join(text.split()).casefold()
    stories = ws.stories()
    found = [
        (story.id, n, place)
        for story in stories
        if words and words in " ".join(_said(story).split()).casefold()
        for n, place in enumerate(sentences(story), start=1)
        if words in place[3].casefold()
    ]
    if len(found) > 1:
        mask = mask_of(ws, stories)
        shown = "; ".join(
            f"{ref}:{n} “{one_line(mask(place[3], ref), 80)}”" for ref, n, place in found[:_SHOWN]
        )
        more = f"; … and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
        raise Problem(
            f"{plural(len(found), 'sentence')} say “{text.strip()}”", "", f"Name one of them: {shown}{more}"
        )
    return next((Evidence(story=ref, field=f, start=a, end=b) for ref, _, (f, a, b, _) in found), None)


def _said(story: "Story") -> str:
    return "\n".join((story.narrative, *story.behaviours))


def sentences(story: "Story") -> list[tuple[str, int, int, str]]:
    """(field, start, end, words on one line) of each sentence of a story, as `detect` numbers them."""
    from servicestory.detect.reading import passages

    return [(p.field, p.start, p.end, one_line(p.text)) for p in passages([story])]
