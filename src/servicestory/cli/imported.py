"""What became of an imported file: for the screen, and as the JSON of `import --json`."""

import math
from typing import TYPE_CHECKING, Any

from servicestory import console
from servicestory.text import folded, listing, one_line, plural, slug

if TYPE_CHECKING:
    from servicestory.collect.importing import Settings, Taken
    from servicestory.collect.mapping import Mapping
    from servicestory.collect.presets import Preset
    from servicestory.collect.tables import Table

_MANY = 20  # stories from which on it is said that nearly each has a site of its own
_COLUMNS = 40  # columns not used that are named on the screen
_REASONS = 8  # different reasons shown on the screen; the file has them all


def summary(
    table: "Table",
    columns: "Mapping",
    settings: "Settings",
    tool: "Preset | None",
    taken: "Taken",
    hidden: frozenset[str],
) -> dict[str, Any]:
    """One entry of ``files``; ``quarantine`` is filled in once the rows set aside are written."""
    used = {column for found in columns.columns.values() for column in found}
    return {
        "file": table.name,
        "batch": settings.batch,
        "preset": tool.name if tool else None,
        "columns": {name: list(found) for name, found in columns.columns.items()},
        "not_used": [c for c in table.columns if c not in used | hidden],
        "personal": [c for c in table.columns if c in hidden],
        "min_rating": settings.least,
        "rows": taken.rows,
        "taken": len(taken.stories),
        "skipped": dict(taken.skipped.most_common()),
        "quarantined": len(taken.aside),
        "already": taken.already,
        "undated": sum(story.date is None for story in taken.stories),
        "people_left_out": taken.nobody.total(),
        "redacted": dict(sorted(taken.redactions.items())),
        "quarantine": None,
        "notes": [*table.notes, *_homes(columns, taken)],
    }


def _homes(columns: "Mapping", taken: "Taken") -> list[str]:
    """A sentence where what was guessed to be the sites is rather where customers live: nearly one each."""
    sites = [folded(story.site) for story in taken.stories if story.site]
    if columns.origin.get("site") != "guessed" or len(sites) < _MANY or 2 * len(set(sites)) <= len(sites):
        return []
    column = one_line(columns.first("site") or "", 50)
    return [
        f"The column '{column}' holds {len(set(sites)):,} different places in {len(sites):,} stories, hardly "
        "more than one story each. If customers live there, and these are not your sites, leave it out: "
        "--map site="
    ]


def show(table: "Table", columns: "Mapping", taken: "Taken", result: dict[str, Any], dry_run: bool) -> None:
    """The table column -> field, the count of rows, and what a person should know."""
    from servicestory.collect.dates import DAY_FIRST, read_date
    from servicestory.collect.mapping import called_date, field_named, worded_rating

    rows = []
    for name, found in columns.columns.items():
        for column in found:
            example = next((cell for cell in table.column(column) if cell.strip()), "")
            rows.append((one_line(column, 50), name, columns.origin[name], one_line(example, 50)))
    console.table(f"{table.name}: {table.kind}", ("column", "field", "how", "first entry"), rows)
    for text in table.notes:
        console.out(text)
    if result["personal"]:
        console.out(f"Not imported, for they identify customers: {listing(result['personal'])}.")
    if result["not_used"]:
        unused = [one_line(c, 40) for c in result["not_used"][:_COLUMNS]]
        if (others := len(result["not_used"]) - _COLUMNS) > 0:
            unused.append(f"{others:,} more")
        console.out(f"Not used: {listing(unused)}.")
    if not columns.first("rating") and (
        worded := worded_rating({c: table.column(c) for c in result["not_used"] if field_named(c)})
    ):
        console.out(
            f"The column '{one_line(worded[0], 40)}' holds words ('{one_line(worded[1], 40)}') and no marks, "
            "so it is not taken as a rating. To take praise only, take the other rows out of the file first."
        )
    would = "would be " if dry_run else ""
    console.out("")
    console.out(f"{plural(taken.rows, 'row')} in the file:")
    console.out(f"  {len(taken.stories):>7,} {would}taken as stories")
    for why, count in taken.skipped.most_common():
        console.out(f"  {count:>7,} skipped: {why}")
    if taken.already:
        console.out(f"  {taken.already:>7,} already there from an earlier import")
    if taken.aside:
        console.out(
            f"  {len(taken.aside):>7,} {would}set aside, because "
            f"{'it' if len(taken.aside) == 1 else 'they'} cannot be taken:"
        )
        reasons: dict[str, list[str]] = {}
        for row, why in taken.aside:
            reasons.setdefault(why, []).append(str(row.number))
        for why, numbers in list(reasons.items())[:_REASONS]:
            more = f" and {len(numbers) - 3} more" if len(numbers) > 3 else ""
            console.out(f"            row {', '.join(numbers[:3])}{more}: {why}")
        if len(reasons) > _REASONS:
            console.out(f"            and {plural(len(reasons) - _REASONS, 'other reason')}")
        if any("is off its scale" in why for why in reasons):
            console.out("Another scale is said in the column's name, like: rating (1-10)")
    if taken.best is not None and not taken.stories and not taken.already:
        console.out(
            f"No rating of the file reaches {result['min_rating']:g}; the best is {taken.best:g}. "
            "Choose a lower --min-rating"
        )
    if taken.reworded:
        new, earlier = taken.reworded[0]
        has = "row has" if len(taken.reworded) == 1 else "rows have"
        console.out(
            f"{len(taken.reworded):,} {has} the number, date and site of a story that is there in other "
            f"words ({earlier}, now also {new}). If it was edited since, say so of the earlier one: "
            f'servicestory tell {earlier} --no-action "edited since"'
        )
    again = "" if dry_run or not taken.stories else f", once stories/{slug(result['batch'])}*.yaml is deleted"
    if taken.no_date:
        column = one_line(columns.first("date") or "", 50)
        console.out(
            f"In {plural(taken.no_date, 'row')} the column '{column}' holds no date that can be read. Say "
            f"how dates are written with --date-format, or take the stories without them: --map date={again}"
        )
    for text in _homes(columns, taken):
        console.out(f"{text}{again}.")
    undated = sum(story.date is None for story in taken.stories)
    if undated and not columns.first("date"):
        called = called_date(table.columns)
        missing = "No column looks like a date"
        if called and any(read_date(cell, DAY_FIRST) for cell in table.column(called)):
            missing = f"The column '{called}' is left out"
        elif called:
            missing = f"The column '{called}' holds no date that can be read"
        console.out(
            f"{missing}, so these stories {'would have' if dry_run else 'have'} none, and "
            "nobody can see when things began or faded. Name the column with --map date=COLUMN, "
            f"or give all of them one with --date 2026-08{again}."
        )
    elif undated:
        column = one_line(columns.first("date") or "", 50)
        has, them = ("story has", "it") if undated == 1 else ("stories have", "them")
        console.out(
            f"{undated:,} {has} no date, for nothing stands in the column '{column}' of {them}. "
            f'If you know it, give {them} one with --map "date={column}" --date 2026-08{again}.'
        )
    if taken.nobody:
        said = listing([f"“{one_line(one, 30)}” ({times:,})" for one, times in taken.nobody.most_common(5)])
        more = f" and {len(taken.nobody) - 5:,} more" if len(taken.nobody) > 5 else ""
        console.out(f"Left out of the people, since no name is in it: {said}{more}.")
    if result["redacted"]:
        shown = listing([f"{count} {kind}" for kind, count in result["redacted"].items()])
        console.out(f"Replaced in texts: {shown}. Names in free text are not found this way.")
    if columns.first("rating") and result["min_rating"] is None and taken.stories:
        top = max((mark.of or 0 for story in taken.stories for mark in story.ratings[:1]), default=0)
        if top:
            console.note(
                f"Stories of every rating {would or 'were '}taken, so what a practice moves can be seen. "
                f"To take praise only, add for example: --min-rating {math.ceil(0.9 * top)} (then it cannot)"
            )
    elif result["min_rating"] is not None and taken.stories:
        console.note(
            "Without the other ratings nobody can see what a practice moves: take them as well, unless "
            "praise is all you want."
        )
    if result["quarantine"]:
        console.out(f"The rows set aside, with their reasons: {result['quarantine']}")
