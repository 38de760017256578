"""How far a practice was decided to go, for the head of its documents: on trial, local, or one person's so far."""

from collections import Counter
from collections.abc import Iterable

from servicestory.models.practice import Practice
from servicestory.models.story import Story
from servicestory.text import listing, one_line
from servicestory.wording.roles import without_names

MOST_SITES = 5


def limits(practice: Practice, told: Iterable[Story], staff: Iterable[str]) -> str:
    """Where a practice on trial, a local one or one person's habit holds, and why; empty for all others.

    Args:
        told: the stories that show it.
        staff: the names of those who work here; they and the names in the stories are left out of the reason.
    """
    told = list(told)
    said = []
    decided = next((d for d in reversed(practice.decisions) if d.to == practice.status), None)
    if practice.status == "pilot":
        since = f" since {decided.on}" if decided else ""
        said.append(f"On trial{since}: only for those who try it, and not yet for everybody.")
    elif practice.status == "local":
        counted = Counter(one_line(s.site) for s in told if s.site)
        sites = sorted(counted, key=lambda name: (-counted[name], name))
        more = len(sites) - MOST_SITES
        where = listing([*sites[:MOST_SITES], *([f"{more} more"] if more > 0 else [])])
        said.append(f"Local: only at {where}." if sites else "Local: only where it is done already.")
    if said and decided:
        names = [*staff, *(name for story in told for name in story.people)]
        said.append(f"Why so decided: {without_names(decided.reason, names).rstrip('.')}.")
    if practice.verdict and practice.verdict.label == "star-dependent":
        said.append("So far it depends on one person: most stories that say who did it name the same one.")
    return " ".join(said)
