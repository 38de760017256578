"""`servicestory verdict`: the verdict on one practice, and the questions that led to it, in words."""

from typing import Annotated

import typer

from servicestory import console
from servicestory.cli.app import workspace


def verdict(
    practice: Annotated[str, typer.Argument(metavar="PRACTICE", help="Its id or exact name.")],
    explain: Annotated[
        bool, typer.Option("--explain", help="Walk through every question that was asked.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Detect: explain a practice's verdict in words.

    Random act, one star's habit, a team's habit, spreading, or how this house works: with the figures behind
    it, and what stories would change it. Judged afresh from the stories as they are now.

    Example: servicestory verdict P-0007 --explain
    """
    from servicestory.detect import verdict as judging
    from servicestory.detect.spread import spread

    ws = workspace()
    one = ws.practice(practice)
    organisation = ws.organisation()
    stories = ws.stories()
    seen = spread({one.id: [e.story for e in one.evidence]}, stories, organisation)[one.id]
    judged = judging.verdict(seen, organisation.verdict, organisation)
    walk = judging.explain(seen, organisation.verdict, organisation)
    if as_json:
        console.json(
            {
                "schema": 1,
                "id": one.id,
                "name": one.name,
                **judged.model_dump(mode="json", exclude_none=True),
                "questions": [{"question": question, "answer": answer} for question, answer in walk],
            }
        )
        return
    console.heading(f"{one.id} {one.name}: {judged.label}")
    console.out(judged.because)
    console.out(f"What would change it: {judged.would_change}")
    if explain:
        console.out("")
        for question, answer in walk:
            console.out(f"{question}")
            console.out(f"    {answer}")
    else:
        console.note(f"Every question that was asked: servicestory verdict {one.id} --explain")
