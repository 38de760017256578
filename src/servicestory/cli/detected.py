"""The practices that `detect` puts on the screen: in full, or of few stories as a list of what was done."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from servicestory import console
from servicestory.models.practice import ALL_READ
from servicestory.text import excerpt, one_line, plural

if TYPE_CHECKING:
    from servicestory.cli.judging import House
    from servicestory.detect.judged import Judged
    from servicestory.detect.result import Behaviour, Detection, FoundPractice
    from servicestory.models.practice import Practice
    from servicestory.models.story import Story

SHOWN = 20  # practices on the screen; the rest are in `servicestory practices`
_DOUBLES = 3  # pairs that are likely one practice, on the screen
_OF_FEW = 110  # characters of a quotation where each practice has one


def few(seen: "Sequence[FoundPractice]", house: "House") -> bool:
    """Whether every practice is told in too few stories for a verdict, so that the verdicts say nothing."""
    return bool(seen) and max(p.stories for p in seen) < house.organisation.verdict.least_stories


def show(
    seen: "Sequence[FoundPractice]",
    result: "Detection",
    house: "House",
    judged: "Mapping[str, Judged]",
    counted: "Mapping[str, Judged]",
    titles: Collection[str],
) -> None:
    """The strongest practices, each with its verdict, its figures and two quotations.

    Args:
        titles: ids of practices of which the name is a :func:`working` title.
    """
    from servicestory.models.practice import level_in_short

    for practice in seen[:SHOWN]:
        one = judged[practice.id]
        state = "" if practice.status == "candidate" else f", {practice.status}"
        console.out("")
        console.heading(_headed(practice, titles))
        level = level_in_short(one.level, one.verdict.label)
        console.out(f"    {one.verdict.said}: {_told(practice, result, counted, house)}{state}; {level}")
        said = dict.fromkeys(_quoted(result.behaviours[index], house, 150) for index in practice.clearest)
        for quote in list(said)[:2]:  # without names, what several did in the same words reads the same
            console.out(f"    {quote}")
    _say_working(seen[:SHOWN], titles)
    console.out("")
    _say_more(seen)


def show_few(
    seen: "Sequence[FoundPractice]",
    result: "Detection",
    house: "House",
    counted: "Mapping[str, Judged]",
    titles: Collection[str],
) -> None:
    """Practices of few stories: those told more than once with a quotation, then those told once."""
    least = plural(house.organisation.verdict.least_stories, "story", "stories")
    console.out(
        f"No practice is told often enough yet to say whose habit it is (that takes {least} of one). "
        "Read this as a list of what was done."
    )
    shown = seen[:SHOWN]
    often = [p for p in shown if p.stories > 1]
    once = [p for p in shown if p.stories == 1]
    if often:
        console.heading("\nTold more than once")
    for practice in often:
        state = "" if practice.status == "candidate" else f", {practice.status}"
        console.out(f"{_headed(practice, titles)} ({_told(practice, result, counted, house)}{state})")
        console.out(f"    {_quoted(result.behaviours[practice.clearest[0]], house, _OF_FEW)}")
    if once:
        console.heading("\nTold once (below it the nearest kind of deed that is known)")
    for practice in once:
        state = "" if practice.status == "candidate" else f", {practice.status}"
        console.out(_quoted(result.behaviours[practice.clearest[0]], house, _OF_FEW))
        console.out(f"    {_headed(practice, titles)}{state}")
    _say_working(shown, titles)
    console.out("")
    _say_more(seen)


def working(seen: "Sequence[FoundPractice]", standing: "Iterable[Practice]") -> set[str]:
    """Ids of the house's own practices that have but the name detection took from their stories."""
    named = {p.id for p in standing if p.named}
    own = (p for p in seen if p.definition is None and p.status == "candidate")
    return {p.id for p in own if p.id not in named}


def _headed(practice: "FoundPractice", titles: Collection[str]) -> str:
    return f"{practice.id} {practice.name}" + (" (working title)" if practice.id in titles else "")


def _say_working(shown: "Sequence[FoundPractice]", titles: Collection[str]) -> None:
    if any(practice.id in titles for practice in shown):
        console.out("")
        console.out(
            "Working title: words of one of its stories, or the kind of deed it is; "
            "servicestory review asks for another."
        )


def _told(
    practice: "FoundPractice", result: "Detection", counted: "Mapping[str, Judged]", house: "House"
) -> str:
    """How often, by how many and where; how many places are doubtful."""
    from servicestory.models.practice import is_doubtful

    counts = counted[practice.id].verdict
    where = [plural(practice.stories, "story", "stories")]
    people = people_of_all(counts.people_said, house)
    where += [people] if people else []
    where += [plural(counts.figures["sites"], "site")] if counts.figures["sites"] else []
    doubtful = sum(is_doubtful(b.score, b.pinned) for b in result.evidence_of(practice))
    where += [f"{doubtful} of {plural(len(practice.scores), 'place')} doubtful"] if doubtful else []
    return ", ".join(where)


def say_who_once(house: "House") -> None:
    """Where no story has on record who did it, that is said once, and not of every practice."""
    if not house.nobody_on_record:
        return
    told, read = len(house.stories), sum(map(bool, house.suggested_names.values()))
    if read:
        console.out(
            f"No story has on record who did it; {read:,} of {told:,} name somebody in their text. So the "
            f"people counted here are {ALL_READ} (servicestory review --names)."
        )
    else:
        console.out(f"None of {plural(told, 'story', 'stories')} says who did it.")


def people_of_all(said: str, house: "House") -> str:
    """How many people did it, without what :func:`say_who_once` says of all practices."""
    return said.removesuffix(f" ({ALL_READ})") if house.nobody_on_record else said


def _quoted(one: "Behaviour", house: "House", most: int) -> str:
    return f"“{excerpt(house.mask(one_line(one.text), one.story), most)}”"


def _say_more(seen: "Sequence[FoundPractice]") -> None:
    if len(seen) > SHOWN:
        console.out(f"… and {len(seen) - SHOWN} more: servicestory practices")


def numbered(stories: "Sequence[Story]") -> "Callable[[Behaviour], str]":
    """What gives the place of a behaviour as `review --take-in` takes it: ``STORY:2``."""
    by_id = {story.id: story for story in stories}

    @cache
    def numbers(ref: str) -> dict[tuple[str, int, int], int]:
        from servicestory.cli.places import sentences

        return {one[:3]: n for n, one in enumerate(sentences(by_id[ref]), start=1)}

    def place(one: "Behaviour") -> str:
        number = numbers(one.story).get((one.field, one.start, one.end))
        return f"{one.story}:{number}" if number else one.story

    return place


def show_doubles(pairs: "Sequence[tuple[str, str]]", seen: "Sequence[FoundPractice]") -> None:
    """The practices that are likely one, and how to join them; the one with more stories keeps its id."""
    by_id = {p.id: p for p in seen}
    known = [(by_id[a], by_id[b]) for a, b in pairs if a in by_id and b in by_id]
    for one, other in known[:_DOUBLES]:
        keeps, goes = sorted((one, other), key=lambda p: (not p.standing, -p.stories, p.id))
        console.out(
            f"{keeps.id} and {goes.id} tell nearly the same. If they are one practice: "
            f"servicestory review {goes.id} --merge-into {keeps.id} --reason TEXT"
        )
    if len(known) > _DOUBLES:
        console.out(f"… and {plural(len(known) - _DOUBLES, 'more pair')} (detect --json names them)")
