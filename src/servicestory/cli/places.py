"""The places of a practice that `review --split`, `--drop` and `--restore` name by their numbers."""

import re
from typing import TYPE_CHECKING, Any

from servicestory.cli.evidence import quotes
from servicestory.errors import Problem, Usage

if TYPE_CHECKING:
    from servicestory.models.practice import Practice
    from servicestory.workspace import Workspace


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


def split(
    ws: "Workspace", subject: "Practice", take: str | None, name: str | None, trail: dict[str, Any]
) -> list["Practice"]:
    """What stays and the new practice; without ``take`` and ``name`` both are proposed."""
    from servicestory.detect import decisions
    from servicestory.detect.naming import propose as propose_name
    from servicestory.detect.split import propose

    stories = {story.id: story for story in ws.stories()}
    shown = quotes(subject, stories)
    words = [text for _, _, text in shown]
    if take is None and len(words) < 2:
        raise Problem(
            f"{subject.id} has too little evidence to part", "", f"Look at it: servicestory show {subject.id}"
        )
    chosen = numbers(take, len(subject.evidence)) if take else [shown[i][0] - 1 for i in propose(words)]
    if not name:
        organisation = ws.organisation()
        taken = {p.name.lower() for p in ws.practices()}
        gone = [text for number, _, text in shown if number - 1 in set(chosen)]
        name = propose_name(gone, [], organisation.customer_word, organisation.staff_names(), taken)
    if not name:
        raise Usage("The new practice has no name yet", "", "Add --name NAME")
    stays, new = decisions.split(subject, chosen, name, new_id(ws), **trail)
    return [stays, new]
