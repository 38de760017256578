"""`servicestory verdict`: the verdict on one practice, and the questions that led to it, in words."""

from typing import TYPE_CHECKING, Annotated

import typer

from servicestory import console
from servicestory.cli.app import workspace

if TYPE_CHECKING:
    from servicestory.cli.judging import House
    from servicestory.detect.consistency import SiteConsistency
    from servicestory.detect.judged import Judged
    from servicestory.models.practice import Practice


def verdict(
    practice: Annotated[str, typer.Argument(metavar="PRACTICE", help="Its id or exact name.")],
    explain: Annotated[
        bool, typer.Option("--explain", help="Walk through every question that was asked.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Detect: explain a practice's verdict in words.

    Random act, one star's habit, a team's habit, spreading, or how this house works: with the figures behind
    it, site by site, and what stories would change it. Judged afresh from the stories as they are now.

    Example: servicestory verdict P-0007 --explain
    """
    from servicestory.cli.judging import House, to_mend
    from servicestory.detect.judged_json import full
    from servicestory.detect.spread_words import worth

    ws = workspace()
    one = ws.practice(practice)
    house = House(ws, ws.organisation(), ws.stories())
    judged, sites = judge_one(house, one)
    said = judged.verdict
    mend = [item for item in to_mend(house, [one]) if item.practice]
    if as_json:
        walk = [*_asked(house, judged), *_beside(house, judged)]
        console.json(
            {
                "schema": 1,
                "id": one.id,
                "name": house.mask(one.name),
                **said.model_dump(mode="json", exclude_none=True, exclude={"figures"}),
                **full(judged, sites, house.organisation),
                "mend": [item.to_json() for item in mend],
                "questions": [{"question": question, "answer": answer} for question, answer in walk],
            }
        )
        return
    console.heading(f"{one.id} {house.mask(one.name)}: {said.said}")
    console.out(said.because)
    console.out(f"Decided by: {' '.join(_decided(house, judged))}")
    console.out(f"Seen in: {said.seen_said}")
    console.out(f"What would change it: {said.would_change}")
    if explain:
        console.out(f"What it would be worth: {worth(judged)}")
        console.out("\nAsked in this order; the first answer that decides (→), decides:")
        for answer, question, number in _walk(house, judged):
            console.out(f"{answer:<5} {question:<57} {number}".rstrip())
        if lines := _beside(house, judged, short=True):
            console.out("\nBeside the verdict:")
        for question, answer in lines:
            console.out(f"  {question} {answer}")
        show_sites(sites, one)
    else:
        show_beside(judged, sites, one)
    for item in mend:
        console.out(f"{item.what.capitalize()}: {item.why}.")
    if not explain:
        console.note(f"Every question that was asked: servicestory verdict {one.id} --explain")


def judge_one(house: "House", practice: "Practice") -> tuple["Judged", "list[SiteConsistency]"]:
    """A practice judged from the stories as they are now; its contrast is the one that was last coded."""
    from servicestory.cli.judging import kept_contrasts
    from servicestory.detect.consistency import Sites, consistency
    from servicestory.detect.site_words import shown_by

    every = {one.id: one.evidence for one in house.workspace.practices([]) if one.evidence}
    every[practice.id] = practice.evidence  # whether it grows is asked of it as one of all
    judged = house.judge(every, kept_contrasts([practice]))[practice.id]
    organisation = house.organisation
    every_site, level = Sites.of(house.stories, organisation), organisation.verdict.significance
    sites = consistency(shown_by(practice), every_site, level)
    return judged, sites


def show_beside(judged: "Judged", found: "list[SiteConsistency]", practice: "Practice") -> None:
    """Impact, evidence, contrast and the sites, as `verdict` and `show` print them."""
    from servicestory.detect.spread_words import contrast, worth

    console.out(f"What it would be worth: {worth(judged)}")
    if judged.contrast:
        console.out(f"Beside ordinary encounters: {contrast(judged.contrast)}")
    show_sites(found, practice)


def show_sites(found: "list[SiteConsistency]", practice: "Practice") -> None:
    """Where it is seen as often as elsewhere, more, less; nothing of a single site, nor of a single story.

    Args:
        found: made of the stories that :func:`servicestory.detect.site_words.shown_by` gives.
    """
    from servicestory.detect.site_words import left_out, shown_by, sites
    from servicestory.detect.spread_words import FEW

    stories = len(shown_by(practice))
    if len(found) > 1 and stories > 1:
        few = stories < FEW
        share = "" if few else "; in brackets the share it may be, allowing for chance"
        without = left_out(found, practice)
        console.out(
            f"Site by site, most stories of it first (stories that show it of stories told{share}{without}):"
        )
        for state, places in sites(found, few=few):
            console.out(f"    {state}: {places}")


def _decided(house: "House", judged: "Judged") -> tuple[str, str]:
    """The question that decided, with its answer and the figures."""
    from servicestory.detect.walk import deciding

    organisation = house.organisation
    decided_by = str(judged.verdict.criteria["decided_by"])
    return deciding(judged.spread, organisation.verdict, organisation, decided_by)


def _asked(house: "House", judged: "Judged") -> list[tuple[str, str]]:
    """Every question with its answer, in the order they are asked."""
    from servicestory.detect.walk import explain

    return explain(judged.spread, house.organisation.verdict, house.organisation)


def _walk(house: "House", judged: "Judged") -> list[tuple[str, str, str]]:
    """The same on one line each."""
    from servicestory.detect.walk import walk

    organisation = house.organisation
    decided_by = str(judged.verdict.criteria["decided_by"])
    return walk(judged.spread, organisation.verdict, organisation, decided_by)


def _beside(house: "House", judged: "Judged", short: bool = False) -> list[tuple[str, str]]:
    """The figures of the spread; of a few stories, where they are mostly chance, only what it is worth.

    Args:
        short: leave out what the questions and the sentences above them say already.
    """
    from servicestory.detect.spread_words import beside, worth

    if judged.spread.stories < house.organisation.verdict.least_stories:
        return [] if short else [("What would it be worth elsewhere?", worth(judged))]
    return beside(judged, house.organisation, short)
