"""What a detection changed in practices that stood: said after a run, and of each practice on request."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from servicestory import console
from servicestory.cli.evidence import quotes
from servicestory.text import listing, one_line, plural

if TYPE_CHECKING:
    from servicestory.cli.judging import House
    from servicestory.detect.changes import Lost
    from servicestory.detect.result import Detection
    from servicestory.models.practice import Evidence, Practice

_NAMED = 10  # practices that are named after a run because they gained or lost places
_FIRST = 5  # lost places of a practice that are shown without --all


def show(result: "Detection", standing: "Iterable[Practice]") -> None:
    """What became of the practices that stood before, and which of them gained or lost places."""
    from servicestory.detect.changes import changes

    before = {p.id: p for p in standing}
    for change in result.lineage:
        if change.kind in ("split", "merged"):
            passed = f"{', '.join(change.old)} → {', '.join(change.new)}"
            console.out(f"{change.kind.capitalize()}: {passed}")
    gone = [ref for change in result.lineage if change.kind == "gone" for ref in change.old]
    if gone:
        status = {ref: before[ref].status for ref in gone if ref in before}
        said = [f"{ref} ({status[ref]})" if status.get(ref) == "rejected" else ref for ref in gone]
        console.out(f"No story shows any more: {', '.join(said)}")
    survived = [change for change in result.lineage if change.kind == "survived"]
    if not survived:
        return
    passed_on = {ref for change in result.lineage if change.kind == "merged" for ref in change.old}
    changed = [c for c in changes(result, before.values()) if c.practice not in {*gone, *passed_on}]
    moved = {c.practice for c in changed}
    as_before = sum(change.old[0] not in moved for change in survived)
    # what split off another is new as well: it has an id that nobody has seen before
    new = sum(not practice.standing for practice in result.practices)
    other = f"{len(changed)} with other places, " if changed else ""
    console.out(f"Since last time: {as_before} stand as before, {other}{new} new.")
    more = {c.practice: c.gained for c in changed if c.gained}
    if more:
        console.out(f"    More places: {_counted(more, 'more')}")
    fewer = {c.practice: len(c.lost) for c in changed if c.lost}
    if fewer:
        which = f"Which, and where they are: servicestory show {next(iter(fewer))}"
        console.out(f"    Fewer places: {_counted(fewer, 'fewer')}. {which}")


def _counted(places: Mapping[str, int], than_before: str) -> str:
    """ "P-0007 2 more, P-0031 1 more": the practices with the most of them."""
    most = sorted(sorted(places, key=lambda ref: (-places[ref], ref))[:_NAMED])
    said = ", ".join(f"{ref} {places[ref]:,} {than_before}" for ref in most)
    left = len(places) - len(most)
    return f"{said}, and {left} other practices (detect --json names them)" if left else said


def to_json(
    result: "Detection", standing: "Iterable[Practice]", hide: Callable[[str, str], str]
) -> list[dict[str, Any]]:
    """Each practice that gained or lost places, with those it lost: why, and which practices they show now.

    Args:
        hide: takes the names out of a text of a story without changing its length.
    """
    from servicestory.detect.changes import changes

    text = {b.place: hide(b.text, b.story) for b in result.behaviours}

    def lost(one: "Lost") -> dict[str, Any]:
        e = one.place
        said = text.get(e.place)
        place = {"story": e.story, "field": e.field, "start": e.start, "end": e.end, "text": said}
        why = "told like a place taken out" if one.followed else ""
        why = why or ("shows another practice" if one.now else "fits no practice" if said else "told no more")
        return {**place, "why": why, "practices": list(one.now)}

    return [
        {"id": c.practice, "gained": c.gained, "lost": [lost(one) for one in c.lost]}
        for c in changes(result, standing)
    ]


def show_lost(practice: "Practice", house: "House", every: bool) -> None:
    """The places that the last detection that took some found in it no longer, and where each is now."""
    from servicestory.detect.changes import HIDDEN
    from servicestory.models.monitoring import Detection as Run

    runs = [run for run in house.workspace.records("detections", Run) if practice.id in run.lost]
    if not runs:
        return
    stories = {story.id: story for story in house.stories}
    here = {e.ref for e in (*practice.evidence, *practice.out)}
    shown_by: dict[str, list[str]] = {}
    for other in house.workspace.practices([]):
        for e in other.evidence if other.status not in HIDDEN else ():
            shown_by.setdefault(e.ref, []).append(other.id)
    lost = [place for ref in runs[-1].lost[practice.id] if ref not in here and (place := _place(ref))]
    told = practice.model_copy(update={"evidence": lost})
    found = [(lost[n - 1], story, words) for n, story, words in quotes(told, stories)]
    if not found:
        return
    console.out(f"\nNo longer in it since the detect of {runs[-1].on}:")
    for place, story, words in found if every else found[:_FIRST]:
        others = shown_by.get(place.ref, [])
        now = f"now in {listing(others)}" if others else "now in no practice"
        console.out(f"  “{house.mask(words, story)}” ({_named(place, house)}): {now}")
    if len(found) > _FIRST and not every:
        console.out("  … all of them with --all")
    console.out(f"  To put one back: servicestory review {practice.id} --take-in STORY:NUMBER --reason TEXT")


def show_out(practice: "Practice", house: "House", every: bool) -> None:
    """What went with places people took out, with ``every`` those too, numbered for `review --restore`."""
    stories = {story.id: story for story in house.stories}
    told = practice.model_copy(update={"evidence": practice.out})
    like = {e.ref: e.like for e in practice.followed}
    words_of = {told.evidence[n - 1].ref: words for n, _, words in quotes(told, stories)}
    first = 0 if every else len(practice.not_evidence)
    shown = [quote for quote in quotes(told, stories) if quote[0] > first]
    if not shown:
        return
    console.out(f"\nTaken out (put back with: servicestory review {practice.id} --restore NUMBERS):")
    for number, story, words in shown:
        console.out(f"  {number}. “{house.mask(words, story)}” ({story})")
        if cause := like.get(told.evidence[number - 1].ref):
            said = house.mask(one_line(words_of.get(cause, ""), 80), cause.partition(":")[0])
            console.out(f"     left with what a person took out, told nearly as it is: “{said}”")
    if not every and practice.not_evidence:
        many = plural(len(practice.not_evidence), "place")
        console.out(f"  {many} taken out by people: servicestory show {practice.id} --all")


def _place(ref: str) -> "Evidence | None":
    """The place a decision or a run names so; None for what is none."""
    from servicestory.models.practice import Evidence

    story, _, rest = ref.partition(":")
    field, _, span = rest.rpartition(":")
    start, _, end = span.partition("-")
    if not (field and start.isdigit() and end.isdigit()):
        return None
    return Evidence(story=story, field=field, start=int(start), end=int(end))


def _named(place: "Evidence", house: "House") -> str:
    """The place as `review --take-in` takes it: ``STORY:2``, where it is a sentence."""
    from servicestory.cli.places import sentences

    story = next(s for s in house.stories if s.id == place.story)
    for n, one in enumerate(sentences(story), start=1):
        if one[:3] == (place.field, place.start, place.end):
            return f"{place.story}:{n}"
    return place.story
