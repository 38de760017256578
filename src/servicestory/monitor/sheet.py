"""Observation sheets for one practice, to print or to fill in: one row for each opportunity watched."""

from collections.abc import Sequence

from servicestory.direction import directed
from servicestory.models.practice import Practice
from servicestory.text import safe_html, safe_markdown

ROWS = 10


def observation_sheet(practice: Practice, checklist: Sequence[str] = ()) -> str:
    """What to look for, how to fill it in, and an empty table whose columns `observe --import` reads.

    Args:
        checklist: the items of its checklist; without, the core of the practice.
    """
    items = _items(practice, checklist)
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


def fillable(practice: Practice, checklist: Sequence[str] = ()) -> str:
    """The head of a table to fill in on a computer, with the columns `observe --import` reads."""
    numbers = [f"item {n}" for n in range(1, len(_items(practice, checklist)) + 1)]
    return ",".join(["practice", "date", "site", "shift", *numbers, "sampling", "watch", "note"]) + "\r\n"


def printable(practice: Practice, checklist: Sequence[str] = ()) -> str:
    """The sheet as a page for paper (A4 or letter, across), with boxes to tick; needs no network."""
    items = _items(practice, checklist)
    head = "".join(f"<th>{number}</th>" for number in range(1, len(items) + 1))
    boxes = "<td class='box'>yes ☐ no ☐ na ☐</td>" * len(items)
    row = f"<tr><td></td><td></td><td></td>{boxes}<td></td></tr>"
    trigger = f"<p>An opportunity is: {safe_html(practice.trigger)}</p>" if practice.trigger else ""
    listed = "".join(f"<li>{safe_html(item)}</li>" for item in items)
    varies = "; ".join(safe_html(item) for item in practice.adaptable)
    free = f"<p>May differ from place to place, and is not counted: {varies}</p>" if varies else ""
    return directed(f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Observation sheet {practice.id}</title>
<style>
@page {{ size: landscape; margin: 12mm }}
body {{ font: 11pt/1.35 system-ui, sans-serif; margin: 1rem; color: #000; background: #fff }}
h1 {{ font-size: 15pt; margin: 0 0 .3rem }} p, ol {{ margin: .3rem 0 }}
table {{ border-collapse: collapse; width: 100%; margin-top: .6rem }}
th, td {{ border: 1px solid #000; padding: .25rem .4rem; height: 8mm; text-align: left }}
.box {{ white-space: nowrap; text-align: center; font-size: 9pt }} tr {{ break-inside: avoid }}
</style></head><body>
<h1>{safe_html(practice.name)} ({practice.id})</h1>
<p>Watch the practice, not the person: write no names. One row for each opportunity, also when the
practice was not done.</p>{trigger}
<ol>{listed}</ol>{free}
<p>How the opportunities were chosen (ring one): planned · random · convenience &nbsp;
Where: ____________________ &nbsp; Watched by two? Give the row the same letter on both sheets.</p>
<table><thead><tr><th>date</th><th>shift</th><th>letter</th>{head}<th>note</th></tr></thead>
<tbody>{row * ROWS}</tbody></table>
<p>Type the rows into a table file (servicestory observe {practice.id} --sheet --to FILE.csv makes one;
the letter goes under “watch”) and run: servicestory observe {practice.id} --import FILE.csv</p>
</body></html>
""")


def _items(practice: Practice, checklist: Sequence[str]) -> Sequence[str]:
    return checklist or practice.core or [practice.behaviour_statement or practice.name]
