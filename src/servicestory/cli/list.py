"""`servicestory list`: the stories, newest last, from the index alone."""

from typing import Annotated, Any

import typer

from servicestory import console
from servicestory.cli.app import filled, workspace
from servicestory.cli.days import given_day
from servicestory.cli.naming import NAMES, Naming, only_with_json
from servicestory.cli.titles import nameless
from servicestory.errors import Problem, nearest
from servicestory.text import one_line, plural


def list_(
    site: Annotated[str | None, typer.Option(metavar="NAME", help="Only stories of that site.")] = None,
    team: Annotated[str | None, typer.Option(metavar="NAME", help="Only stories of that team.")] = None,
    tag: Annotated[str | None, typer.Option(metavar="WORD", help="Only stories with that tag.")] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="From that day, month or quarter on.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help="Up to and with that day, month or quarter.")
    ] = None,
    period: Annotated[
        str | None, typer.Option(metavar="PERIOD", help="Such as 2026-Q4, 2026-08 or 2026.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="The last N only.")] = None,
    names: NAMES = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Collect: list the stories.

    Example: servicestory list --period 2026-Q3 --site "Harbour House"
    """
    only_with_json(names, as_json)
    filled({"--site": site, "--team": team, "--tag": tag, "--since": since, "--until": until,
            "--period": period})  # fmt: skip
    into = workspace()
    problems: list[Problem] = []
    stories = into.summaries(problems)
    total = len(stories)
    told = {name: sorted({str(s[name]) for s in stories if s[name]}) for name in ("site", "team")}
    wanted = {name: value.casefold() for name, value in (("site", site), ("team", team)) if value is not None}
    stories = [s for s in stories if all(str(s[n] or "").casefold() == v for n, v in wanted.items())]
    if since or until or period:
        stories = within(stories, since, until, period)
    if tag is not None:
        tagged = {s.id for s in into.stories(problems) if tag.casefold() in (t.casefold() for t in s.tags)}
        stories = [s for s in stories if s["id"] in tagged]
    stories.sort(key=lambda s: (_when(s["date"]), s["id"]))
    found = len(stories)
    if limit is not None:
        stories = stories[-limit:]
    if as_json:
        if names:
            shown = {s["id"] for s in stories}
            naming = Naming(into, [s for s in into.stories([]) if s.id in shown], names)
            plain = [naming.plain(s, s["id"]) for s in stories]
        else:
            plain = nameless(into, stories)
        console.json({"schema": 1, "stories": plain}, lines=True)
        if names:
            naming.say_withheld()
    elif not total and not problems:
        console.out("There are no stories yet. Tell one with: servicestory add")
    else:
        _show(stories)
        if total:
            console.note(plural(found, "story", "stories") + (f" of {total:,}" if found != total else ""))
            for name, value in (("site", site), ("team", team)):
                if value is not None and value.casefold() not in map(str.casefold, told[name]):
                    near = nearest(value, told[name])
                    meant = f" Did you mean '{near}'?" if near else ""
                    console.note(f"No story has the {name} '{value}'.{meant}")
    if problems:
        console.problems(problems)
        raise typer.Exit(1)


def _when(partial: str | None) -> str:
    """A date to sort by: a quarter begins with its first month."""
    year, _, quarter = (partial or "").partition("-Q")
    return f"{year}-{3 * int(quarter) - 2:02}" if quarter else year


def _show(stories: list[dict[str, Any]]) -> None:
    """A table where it fits; else two lines for each story, so that its id stays whole and can be copied."""
    rows = [
        (s["id"], s["date"] or "no date", one_line(s["title"] or "", 60), s["site"] or "", s["team"] or "")
        for s in stories
    ]
    names = ("id", "date", "title", "site", "team")
    used = [n for n in range(len(names)) if any(row[n] for row in rows)]
    table = [names[n] for n in used], [[row[n] for n in used] for row in rows]
    if rows and console.fits(*table):
        console.table("", *table)
        return
    room = console.width()
    for name, date, title, *place in rows:
        where = f" ({', '.join(filter(None, place))})" if any(place) else ""
        console.out(f"{date:<10}  {one_line(title, max(20, room - 12 - len(where)))}{where}")
        console.out(f"            {name}")


def within(
    stories: list[dict[str, Any]], since: str | None, until: str | None, period: str | None
) -> list[dict[str, Any]]:
    """The stories whose date, as precise as it is known, can lie in the span; undated ones cannot.

    Raises:
        Usage: a bound is no date.
    """
    from servicestory.models.base import first_day, last_day

    options = (("--since", since), ("--until", until), ("--period", period))
    bounds = [given_day(given, option, None) for option, given in options]
    low = max([first_day(b) for b in (bounds[0], bounds[2]) if b], default=None)
    high = min([last_day(b) for b in (bounds[1], bounds[2]) if b], default=None)

    def lies(day: str | None) -> bool:
        if not day:
            return False
        return (low is None or last_day(day) >= low) and (high is None or first_day(day) <= high)

    return [story for story in stories if lies(story["date"])]
