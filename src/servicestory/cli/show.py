"""`servicestory show`: one story, or one practice, in plain words."""

import re
from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from servicestory import console
from servicestory.cli import repeats
from servicestory.cli.app import workspace
from servicestory.cli.evidence import clearest, doubt, quotes, same_words, say_outdated, shared_among
from servicestory.cli.naming import NAMES, Naming, only_with_json
from servicestory.consent import in_words
from servicestory.errors import Problem, Usage
from servicestory.text import SHOWN, excerpt, listing, one_line, plural

if TYPE_CHECKING:
    from servicestory.cli.judging import House
    from servicestory.detect.consistency import SiteConsistency
    from servicestory.models.practice import Practice
    from servicestory.models.story import Story
    from servicestory.train.closing import Outcome
    from servicestory.workspace import Workspace

_FIRM = 0.6  # stability from which on a practice would have been found in other stories too
_QUOTES = 5  # pieces of evidence shown of a practice


def show(
    ref: Annotated[
        str, typer.Argument(metavar="ID", help="A story's id, or a practice: P-0007 or its name.")
    ],
    everything: Annotated[
        bool,
        typer.Option(
            "--all", help="Of a practice every passage with its number and site, and those taken out."
        ),
    ] = False,
    names: NAMES = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Collect: show a story or a practice.

    Example: servicestory show P-0007
    """
    only_with_json(names, as_json)
    into = workspace()
    found = _find(into, ref)
    place = into.story_place(ref) if _is_story(found) else into.practice_place(found.id)
    if everything and (_is_story(found) or as_json):
        what = "A story" if _is_story(found) else "A practice as JSON"
        raise Usage(f"{what} is always shown whole", "", "Leave out --all")
    if not _is_story(found):
        _practice(into, found, place, everything, as_json)  # type: ignore[arg-type]
    elif as_json:
        _as_json(into, found, place, names)  # type: ignore[arg-type]
    else:
        _story(found, place)  # type: ignore[arg-type]
        console.out("\nWhat came of it:")
        for line in _came_of_it(into, found).sentences():  # type: ignore[arg-type]
            console.out(f"  {line}")
        if other := repeats.load(into).repeats.get(found.id):
            console.out(f"  It tells the same as {other}, or nearly, and is counted there.")


def _as_json(into: "Workspace", story: "Story", place: str, names: bool) -> None:
    naming = Naming(into, [story], names)
    whole = {**story.to_yaml(), "place": place, "came_of_it": _came_of_it(into, story).to_json()}
    found = naming.plain(whole, story.id)
    # Places in the text (evidence, `detect --json`) must find the same words in it.
    letters = naming.mask.letters
    found["narrative"] = letters(story.narrative, story.id)
    found["behaviours"] = [letters(line, story.id) for line in story.behaviours]
    console.json({key: found[key] for key in found if key in whole})
    naming.say_withheld()


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
            raise (no_story if _says_where(no_story) else _either(no_story, no_practice)) from None


def _says_where(no_story: Problem) -> bool:
    """Whether it names what may have been meant: a story nearly of that id, or a file that cannot be read."""
    return "Did you mean" in str(no_story) or "cannot be read" in no_story.what


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
    if story.consent or not story.source:
        _line("Consent", in_words(story))
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


def _came_of_it(into: "Workspace", story: "Story") -> "Outcome":
    from servicestory.cli.tell import state

    return state(into, []).outcome(story)


def _rating(kind: str, value: float, of: float | None) -> str:
    scale = f" of {of:g}" if of else ""
    return f"{value:g}{scale}" + ("" if kind == "rating" else f" ({kind})")


def _practice(into: "Workspace", practice: "Practice", place: str, everything: bool, as_json: bool) -> None:
    """A practice in full, names taken out: the words people wrote, the verdict as it was kept, the sites."""
    from servicestory.cli.changed import show_lost, show_out
    from servicestory.cli.judging import House, to_mend
    from servicestory.cli.practices import figures_of
    from servicestory.cli.replicate import in_words as answers
    from servicestory.cli.replicate import of_practice
    from servicestory.wording.definition import in_house, renamed, worded

    house = House(into, into.organisation(), into.stories([]))
    word = house.organisation.customer
    entry = next((one for one in into.codebook([]) if one.key == practice.definition), None)
    mask, figures = house.mask, figures_of(practice)
    sites = _sites(house, practice)
    mend = [item for item in to_mend(house, [practice]) if item.practice]
    answered = of_practice(into, practice)
    if as_json:
        console.json(
            {
                **_without_names(practice.to_yaml(), house),
                "place": place,
                "sites": [one.__dict__ for one in sites],
                "mend": [item.to_json() for item in mend],
                "replication": [one.to_json() for one in answered],
            }
        )
        return
    console.heading(f"{practice.id}  {mask(practice.name)}")
    console.out("")
    _line("Status", practice.status)
    _line("Standard", practice.standard)
    _line("Owner", house.person(practice.owner))
    _line("Evidence", practice.level_in_short.removeprefix("level of evidence: "))
    _line("Review due", practice.review_due)
    _line("Merged into", practice.merged_into)
    if entry and renamed(practice, entry):
        _line("Codebook", f"what the codebook calls “{in_house(entry.name, word)}”")
    _line("File", place)
    if statement := worded(practice, entry, word).behaviour_statement:
        console.out(f"\n{mask(statement)}")
    if practice.verdict:
        console.out(f"\nVerdict: {practice.verdict.said}. {mask(practice.verdict.because)}".rstrip())
        if practice.verdict.would_change:
            console.out(f"What would change it: {mask(practice.verdict.would_change)}")
        say_outdated([practice])
        _line("Seen in", practice.verdict.seen_said)
    _line("Told with", mask(", ".join(practice.words)))
    _line("Found again", _found_again(practice.stability))
    _beside(practice, figures, sites)
    if any(one.answer for one in answered):
        console.out(f"What the sites answered: {answers(answered)}")
    for item in mend:
        console.out(f"{item.what.capitalize()}: {item.why}.")
    if practice.evidence:
        stories = {story.id: story for story in house.stories}
        several = shared_among(practice, stories, house.organisation, house.suggested_names)
        known = {piece.story for piece in practice.evidence}
        passages = plural(len(practice.evidence), "passage")
        shown = (
            quotes(practice, stories, None)
            if everything
            else clearest(practice, stories, house.organisation.customer_word, _QUOTES)
        )
        some = ":" if len(shown) == len(practice.evidence) else ", for example (see them all with --all):"
        console.out(f"\n{passages} in {plural(len(known), 'story', 'stories')}{':' if everything else some}")
        alike = Counter(same_words(words) for _, _, words in quotes(practice, stories, None))
        for number, story, words in shown:
            among = f" (shared among {several[story]})" if story in several else ""
            at = stories[story].site if everything and len(sites) > 1 else None
            told = f"{story}, {at}" if at else story
            whole = practice.evidence[number - 1].text_in(stories[story]) or ""
            more = 0 if everything else alike[same_words(one_line(whole))] - 1
            again = f" (and {plural(more, 'more place')} in the same words)" if more > 0 else ""
            said = excerpt(mask(words, story), SHOWN)
            console.out(f"  {number}. “{said}” ({told}){doubt(practice, number)}{among}{again}")
        if any(story in several for _, story, _ in shown):
            console.out("  Shared: the story names so many people and does not say which of them did it.")
        gone = len(known - stories.keys())
        if gone:
            console.out(f"  {plural(gone, 'story is', 'stories are')} gone: run servicestory detect again")
    show_out(practice, house, everything)
    show_lost(practice, house, everything)
    for decision in practice.decisions:
        by = house.person(decision.by)
        console.out(f"\n{decision.on} {by}: {decision.action}. {mask(decision.reason)}")


def _found_again(stability: float | None) -> str | None:
    """How surely a practice is found, in words: from .6 on it stands, as the guide says."""
    if stability is None:
        return None
    sure = "" if stability >= _FIRM else ": look at its evidence before you teach it"
    return f"{stability:.0%} of it, had the stories been somewhat different{sure}"


def _sites(house: "House", practice: "Practice") -> "list[SiteConsistency]":
    from servicestory.detect.consistency import Sites, consistency
    from servicestory.detect.site_words import shown_by

    level = house.organisation.verdict.significance
    return consistency(shown_by(practice), Sites.of(house.stories, house.organisation), level)


def _beside(practice: "Practice", figures: dict[str, Any], sites: "list[SiteConsistency]") -> None:
    """Impact, contrast and sites, in the words of `verdict`."""
    from servicestory.cli.judging import kept_contrasts
    from servicestory.cli.practices import impact_of
    from servicestory.cli.verdict import show_sites
    from servicestory.detect import spread_words

    if figures:
        level = practice.evidence_level or "emerging"
        label = practice.verdict.label if practice.verdict else None
        console.out(f"What it would be worth: {spread_words.worth_of(impact_of(practice), level, label)}")
    for against in kept_contrasts([practice]).values():
        console.out(f"Beside ordinary encounters: {spread_words.contrast(against)}")
    if practice.evidence:
        show_sites(sites, practice)


def _without_names(fields: dict[str, Any], house: "House") -> dict[str, Any]:
    """A practice's record with every text masked; who looks after it and who decided are given by role."""

    def plain(value: Any) -> Any:
        if isinstance(value, str):
            return house.mask(value)
        if isinstance(value, list):
            return [plain(item) for item in value]
        if isinstance(value, dict):
            return {
                key: item if key in ("story", "field", "like") else plain(item) for key, item in value.items()
            }
        return value

    found = {key: value if key in ("id", "status") else plain(value) for key, value in fields.items()}
    if "owner" in fields:
        found["owner"] = house.person(fields["owner"])
    for made, given in zip(found.get("decisions", []), fields.get("decisions", []), strict=True):
        made["by"] = house.person(given["by"])
    return found
