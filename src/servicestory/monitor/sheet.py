"""A printable observation sheet for one practice: markdown, one row for each opportunity watched."""

from collections.abc import Sequence

from servicestory.models.practice import Practice
from servicestory.text import safe_markdown

ROWS = 10


def observation_sheet(practice: Practice, checklist: Sequence[str] = ()) -> str:
    """What to look for, how to fill it in, and an empty table whose columns `observe --import` reads.

    Args:
        checklist: the items of its checklist; without, the core of the practice.
    """
    items = checklist or practice.core or [practice.behaviour_statement or practice.name]
    lines = [
        f"# Observation sheet: {safe_markdown(practice.name)} ({practice.id})",
        "",
        "Watch the practice, not the person: write no names. One row for each opportunity, also when the",
        "practice was not done. Fill in yes, no, or na (did not apply).",
        "",
    ]
    if practice.trigger:
        lines += [f"An opportunity is: {safe_markdown(practice.trigger)}", ""]
    lines += [f"{number}. {safe_markdown(item)}" for number, item in enumerate(items, 1)]
    if practice.adaptable:
        lines += ["", "May differ from place to place (not counted): "]
        lines += [f"- {safe_markdown(item)}" for item in practice.adaptable]
    columns = ["date", "site", "shift", *(f"item {n}" for n in range(1, len(items) + 1)), "note"]
    lines += ["", f"| {' | '.join(columns)} |", f"|{'|'.join('---' for _ in columns)}|"]
    lines += [f"|{'|'.join('   ' for _ in columns)}|"] * ROWS
    lines += [
        "",
        f"How the opportunities were chosen: planned, random, or convenience. Put the rows into a table file "
        f"with these columns and run: servicestory observe {practice.id} --import FILE",
    ]
    return "\n".join(lines)
