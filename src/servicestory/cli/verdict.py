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

    ws = workspace()
    one = ws.practice(practice)
    house = House(ws, ws.organisation(), ws.stories())
    judged, sites = judge_one(house, one)
    said = judged.verdict
    mend = [item for item in to_mend(house, [one]) if item.practice]
    if as_json:
        walk = _walk(house, judged)
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
    console.out(f"What would change it: {said.would_change}")
    show_beside(judged, sites)
    for item in mend:
        console.out(f"{item.what.capitalize()}: {item.why}.")
    if explain:
        decided = said.criteria.get("decided_by")
        console.out(f"\nThe question that decided it: {decided}. What was asked, in this order:")
        for question, answer in _walk(house, judged):
            console.out(f"\n{question}")
            console.out(f"    {answer}")
    else:
        console.note(f"Every question that was asked: servicestory verdict {one.id} --explain")


def judge_one(house: "House", practice: "Practice") -> tuple["Judged", "list[SiteConsistency]"]:
    """A practice judged from the stories as they are now; its contrast is the one that was last coded."""
    from servicestory.cli.judging import kept_contrasts
    from servicestory.detect.consistency import Sites, consistency

    evidence = [e.story for e in practice.evidence]
    judged = house.judge({practice.id: evidence}, kept_contrasts([practice]))[practice.id]
    organisation = house.organisation
    sites = consistency(evidence, Sites.of(house.stories, organisation), organisation.verdict.significance)
    return judged, sites


def show_beside(judged: "Judged", found: "list[SiteConsistency]") -> None:
    """Impact, evidence, contrast and the sites, as `verdict` and `show` print them."""
    from servicestory.detect.spread_words import contrast, sites, worth

    console.out(f"What it would be worth: {worth(judged)}")
    if judged.contrast:
        console.out(f"Beside ordinary encounters: {contrast(judged.contrast)}")
    if len(found) > 1:
        console.out("Site by site, most told of first (stories that show it of stories told):")
        for state, places in sites(found):
            console.out(f"    {state}: {places}")


def _walk(house: "House", judged: "Judged") -> list[tuple[str, str]]:
    """Every question with its answer: the criteria in order, then what stands beside them."""
    from servicestory.detect.spread_words import beside
    from servicestory.detect.verdict import explain

    organisation = house.organisation
    walk = explain(judged.spread, organisation.verdict, organisation)
    if judged.spread.stories < organisation.verdict.least_stories:
        return walk  # figures of so few stories are mostly chance
    return [*walk, *beside(judged, organisation)]
