"""`servicestory review` at the terminal: each candidate with its evidence, and a decision asked for."""

from typing import TYPE_CHECKING, Any

from servicestory import console
from servicestory.cli import places, redacted
from servicestory.cli.app import today, who
from servicestory.cli.evidence import clearest, counts, doubt, quotes, say_outdated, strongest_first
from servicestory.errors import Problem
from servicestory.text import SHOWN, excerpt

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servicestory.masking import Mask
    from servicestory.models.practice import Practice
    from servicestory.models.story import Story
    from servicestory.workspace import Workspace

_FEW = 12  # places of a practice up to which all of them are shown


def one_by_one(ws: "Workspace", only: str | None, by: str | None) -> None:
    """Ask about every candidate, the strongest first, or about the one that is named."""
    stories = {story.id: story for story in ws.stories()}
    organisation = ws.organisation()
    if only:
        queue = [ws.practice(only)]
    else:
        every = [p for p in ws.practices() if p.status == "candidate"]
        told = {p.id: counts(p, stories, organisation) for p in every}
        queue = strongest_first([p for p in every if told[p.id].stories], told)
    if not queue:
        console.out("No candidate awaits a decision. Look for new ones with: servicestory detect")
        return
    mask = places.mask_of(ws, stories.values())
    for number, subject in enumerate(queue, start=1):
        named = mask(subject.name)
        console.heading(f"\n{number} of {len(queue)}: {named}  ({subject.id}, {subject.status})")
        seen = subject.verdict.seen_said if subject.verdict else ""
        console.out(f"Seen in {seen or counts(subject, stories, organisation)}.")
        if subject.verdict:
            console.out(f"{subject.verdict.said.capitalize()}: {mask(subject.verdict.because)}")
            say_outdated([subject])
        _show_places(subject, stories, organisation.customer_word, mask)
        if not _ask_one(ws, subject, stories, mask, by):
            return
    from servicestory.models.practice import LIVE

    kept = any(practice.status in LIVE for practice in ws.practices([]))  # else there is nothing to train
    console.out(f"\nThat was the last one.{' Next: servicestory train' if kept else ''}")


def _show_places(subject: "Practice", stories: "Mapping[str, Story]", customer: str, mask: "Mask") -> None:
    """All places of a practice of few, else those that show it best, in the order of their numbers."""
    every = quotes(subject, stories, None)
    shown = every if len(every) <= _FEW else sorted(clearest(subject, stories, customer))
    for place, story, text in shown:
        console.out(f"  {place}. “{excerpt(mask(text, story), SHOWN)}”  [{story}]{doubt(subject, place)}")
    if len(shown) < len(every):
        console.out(f"  … {len(every) - len(shown):,} more of {len(every):,}: type e")


_CHOICES = [
    ("a", "accept: worth copying"),
    ("r", "reject: not to copy, never propose it again"),
    ("m", "merge into another practice"),
    ("s", "split: two things in one"),
    ("t", "take out places that do not show it"),
    ("c", "confirm places that do show it"),
    ("i", "take in a sentence that is not here"),
    ("n", "another name"),
    ("e", "show all the evidence"),
    ("l", "later"),
    ("q", "stop here"),
]


def _ask_one(
    ws: "Workspace", subject: "Practice", stories: dict[str, "Story"], mask: "Mask", by: str | None
) -> bool:
    """Ask about one practice until it is decided or put off; False to stop the review."""
    from servicestory.detect import decisions
    from servicestory.detect.own_name import own_name

    while True:
        answer = console.choose("Your decision?", _CHOICES, "l")
        if answer in ("l", "q"):
            return answer == "l"
        if answer == "e":
            for place, story, text in quotes(subject, stories, None):
                console.out(
                    f"  {place}. “{excerpt(mask(text, story), SHOWN)}”  [{story}]{doubt(subject, place)}"
                )
            continue
        try:
            given = _questions(ws, answer, subject, mask)
            if given is None:
                return False
            trail: dict[str, Any] = {
                "on": today().isoformat(),
                "by": who(by),
                "reason": redacted.text(ws, given["why"], "the reason"),
            }
            with ws.lock():
                if answer == "m":
                    changed = list(decisions.merge(subject, ws.practice(given["into"]), **trail))
                elif answer == "s":
                    changed = places.split(ws, subject, given["take"] or None, given["name"] or None, trail)
                elif answer == "t":
                    changed = places.drop(ws, subject, given["take"], trail)
                elif answer == "c":
                    at = places.chosen(ws, subject, given["take"], subject.evidence)
                    changed = [decisions.pin(subject, at, **trail)]
                elif answer == "i":
                    changed = places.take_in(ws, subject, [given["in"]], None, trail)
                elif answer == "n":
                    named = own_name(given["name"], ws.practices(), but=subject)
                    changed = [decisions.rename(subject, named, **trail)]
                else:
                    changed = [decisions.move(subject, "accepted" if answer == "a" else "rejected", **trail)]
                ws.save_practices(changed)
        except Problem as problem:
            console.note(str(problem))
            continue
        for one in changed:
            console.out(f"Saved: {one.id} {one.name}: {one.decisions[-1].action}")
        if answer in "tci":
            places.say_moved(ws, subject, changed[0])
        if answer == "s":
            places.say_undo(changed[0], changed[1])
        if answer in "arm":
            return True
        subject = changed[0]
        if answer == "s":
            places.show_left(subject, stories, mask)


def _questions(ws: "Workspace", answer: str, subject: "Practice", mask: "Mask") -> dict[str, str] | None:
    """What the decision ``answer`` needs, each checked as it is typed; None where q was typed: stop here.

    Raises:
        Problem: an unknown practice, no numbers of places, or no to the split that was proposed.
    """
    asked = {
        "m": [("into", "Into which practice (id or name)?")],
        "s": [("take", "Which places go (e.g. 2,5-7; empty: see a proposal)?"), ("name", "The new name?")],
        "t": [("take", "Which places (e.g. 2,5-7)?")],
        "c": [("take", "Which places (e.g. 2,5-7)?")],
        "i": [("in", "Which sentence (some of its words, STORY:2, or STORY:some of its words)?")],
        "n": [("name", "The new name?")],
    }
    given: dict[str, str] = {}
    for what, question in [*asked.get(answer, []), ("why", "Why?")]:
        typed = console.ask(question)
        while what == "why" and not typed:
            typed = console.ask("A decision needs its reason, in a few words. Why?")
        if typed.casefold() == "q":
            return None
        if what == "into":
            ws.practice(typed)
        elif what == "in":
            places.named(ws, typed)
        elif what == "take" and typed:
            places.chosen(ws, subject, typed, subject.evidence)
        elif what == "take" and answer == "s":
            typed = _proposed(ws, subject, mask)
            if typed == "q":
                return None
        given[what] = typed
    return given


def _proposed(ws: "Workspace", subject: "Practice", mask: "Mask") -> str:
    """The numbers of the places proposed to go, shown and agreed to; q to stop here.

    Raises:
        Problem: too few places, or the answer is no.
    """
    gone = places.parted(ws, subject)
    console.out("These would go into a practice of their own, the others stay:")
    for number, story, text in gone:
        console.out(f"  {number}. “{mask(text, story)}”  [{story}]")
    answer = console.choose("Split it so?", [("y", "yes"), ("n", "no, leave it"), ("q", "stop here")], "n")
    if answer == "n":
        raise Problem("Nothing was split", "", "To split it otherwise, type s and the numbers of the places")
    return answer if answer == "q" else ",".join(str(number) for number, _, _ in gone)
