"""`servicestory show`: one story, or one practice, in plain words."""

import re
from typing import TYPE_CHECKING, Annotated, Any

import typer

from servicestory import console
from servicestory.cli.app import workspace
from servicestory.cli.evidence import clearest
from servicestory.errors import Problem
from servicestory.text import listing, one_line, plural

if TYPE_CHECKING:
    from servicestory.models.practice import Practice
    from servicestory.models.story import Story
    from servicestory.workspace import Workspace

_QUOTES = 5  # pieces of evidence shown of a practice


def show(
    ref: Annotated[
        str, typer.Argument(metavar="ID", help="A story's id, or a practice: P-0007 or its name.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Collect: show a story or a practice.

    Example: servicestory show P-0007
    """
    into = workspace()
    found = _find(into, ref)
    place = into.story_place(ref) if _is_story(found) else into.practice_place(found.id)
    if as_json:
        console.json({**found.to_yaml(), "place": place})
    elif _is_story(found):
        _story(found, place)  # type: ignore[arg-type]
    else:
        _practice(into, found, place)  # type: ignore[arg-type]


def _is_story(found: "Story | Practice") -> bool:
    return type(found).__name__ == "Story"


def _find(into: "Workspace", ref: str) -> "Story | Practice":
    """The practice of that id or name, else the story of that id.

    Raises:
        Problem: there is neither; names the nearest story.
    """
    if re.fullmatch(r"(?i)p-?\d+", ref):
        return into.practice(ref)
    try:
        return into.story(ref)
    except Problem as no_story:
        try:
            return into.practice(ref)
        except Problem as no_practice:
            raise (no_story if "Did you mean" in str(no_story) else _either(no_story, no_practice)) from None


def _either(no_story: Problem, no_practice: Problem) -> Problem:
    return no_practice if "Did you mean" in str(no_practice) else no_story


def _line(name: str, value: Any) -> None:
    if value not in (None, "", [], False):
        console.out(f"{name + ':':<12} {listing(value) if isinstance(value, list) else value}")


def _story(story: "Story", place: str) -> None:
    console.heading(story.title or one_line(story.narrative or story.behaviours[0], 80))
    console.out("")
    _line("Id", story.id)
    _line("Date", story.date)
    _line("Who", story.people)
    _line("Where", listing([part for part in (story.site, story.team) if part], "·"))
    _line("Channel", story.channel)
    _line("Customer", story.customer.kind if story.customer else None)
    _line("Rating", [_rating(mark.type, mark.value, mark.of) for mark in story.ratings])
    _line("Recovery", "a failure was put right" if story.recovery else None)
    _line("Tags", story.tags)
    if story.source:
        _line("From", listing([part for part in (story.source.system, story.source.record) if part], "·"))
    _line("File", place)
    if story.narrative:
        console.out(f"\n{story.narrative}")
    if story.behaviours:
        console.out("\nWhat they did:")
        for line in story.behaviours:
            console.out(f"  - {line}")
    if story.outcome:
        console.out(f"\nHow it ended: {story.outcome}")
    if story.quote:
        console.out(f"\nThe customer said: {story.quote}")
    if story.why_significant:
        console.out(f"\nWhy it matters: {story.why_significant}")


def _rating(kind: str, value: float, of: float | None) -> str:
    scale = f" of {of:g}" if of else ""
    return f"{value:g}{scale}" + ("" if kind == "rating" else f" ({kind})")


def _practice(into: "Workspace", practice: "Practice", place: str) -> None:
    console.heading(f"{practice.id}  {practice.name}")
    console.out("")
    _line("Status", practice.status)
    _line("Standard", practice.standard)
    _line("Owner", practice.owner)
    _line("Review due", practice.review_due)
    _line("Merged into", practice.merged_into)
    _line("File", place)
    if practice.behaviour_statement:
        console.out(f"\n{practice.behaviour_statement}")
    if practice.verdict:
        console.out(f"\nVerdict: {practice.verdict.label}. {practice.verdict.because}".rstrip())
        if practice.verdict.would_change:
            console.out(f"What would change it: {practice.verdict.would_change}")
    if practice.evidence:
        stories = {story.id: story for story in into.stories([])}
        known = {piece.story for piece in practice.evidence}
        passages = plural(len(practice.evidence), "passage")
        console.out(f"\n{passages} in {plural(len(known), 'story', 'stories')}, for example:")
        for _, story, words in clearest(practice, stories, _QUOTES):
            console.out(f"  “{words}” ({story})")
        gone = len(known - stories.keys())
        if gone:
            console.out(f"  {plural(gone, 'story is', 'stories are')} gone: run servicestory detect again")
    for decision in practice.decisions:
        console.out(f"\n{decision.on} {decision.by}: {decision.action}. {decision.reason}")
