"""Names in a new story that are almost known ones, or that no list has: asked about, or said."""

import re
from typing import TYPE_CHECKING, Any

from servicestory import console
from servicestory.cli.alike import Doubt, doubts, site_doubt, untold
from servicestory.cli.nameless import names_told
from servicestory.cli.page import plain
from servicestory.errors import Problem
from servicestory.text import folded, listing

if TYPE_CHECKING:
    from servicestory.cli.draft import Draft
    from servicestory.models.story import Story
    from servicestory.workspace import Workspace

_LISTED = 12  # sites or teams that are named in a question


def found(into: "Workspace", people: list[str], site: str | None, team: str | None) -> list[Doubt]:
    """What is doubted in the names of a story that is not kept yet.

    Reading YAML takes longer than all else of `add`, and mostly there is nothing to doubt.
    """
    page = plain(into.root)
    if not page:
        console.note("servicestory.yaml cannot be read, so the names in the story were not compared with it.")
        return []
    given = [name for name in (*people, site, team) if name]
    known = {name for name in given if _stands_in(name, page)}
    listed: list[Doubt] = []
    both = bool(site and team)  # each may be listed, and the team at another site
    if (both or known != set(given)) and re.search(r"^(?:staff|sites|teams):", page, re.M):
        try:
            listed = doubts(people, site, team, into.organisation())
        except Problem as problem:
            console.note(
                f"servicestory.yaml cannot be read, so the names were not compared with it. {problem}"
            )
    told, doubted = names_told(into.root), {doubt.name for doubt in listed}
    others = [untold("people", name, told["people"]) for name in people if name not in known | doubted]
    if team and team not in known | doubted:
        others.append(untold("team", team, told["team"]))
    if site and not re.search(r"^sites:", page, re.M):
        others.append(site_doubt(site, told["site"]))
    return [*listed, *filter(None, others)]


def _stands_in(name: str, page: str) -> bool:
    """Whether a name is a whole value in a page of YAML, and not the beginning of another."""
    return _whole_value(name, page) is not None


def _whole_value(name: str, page: str, how: int = 0) -> str | None:
    """A name as it stands in a page of YAML as a whole value."""
    form = rf"[:\[,-][ \t]*[\"']?({re.escape(name)})[\"']?[ \t]*(?:[,\]}}#]|$)"
    found = re.search(form, page, re.MULTILINE | how)
    return found[1] if found else None


def as_listed(into: "Workspace", fields: dict[str, Any]) -> dict[str, Any]:
    """The fields with people, site and team as servicestory.yaml writes them, where only capitals differ."""
    page = "\n".join(line for line in plain(into.root).splitlines() if not line.lstrip().startswith("#"))

    def listed(name: Any) -> Any:
        if not isinstance(name, str) or not name.strip() or _stands_in(name, page):
            return name
        return _whole_value(name, page, re.IGNORECASE) or name

    people = fields.get("people")
    made: dict[str, Any] = {key: listed(fields[key]) for key in ("site", "team") if key in fields}
    return {**fields, **made, **({"people": list(map(listed, people))} if isinstance(people, list) else {})}


def settle(draft: "Draft", story: "Story") -> bool:
    """Ask about each doubtful name of the story a draft gives, once; what is answered goes into the draft.

    Returns:
        Whether any name is another now, so that the story has to be made anew.
    """
    changed, people = False, list(story.people)
    for doubt in found(draft.into, story.people, story.site, story.team):
        meant = asked(draft.into, doubt)
        if meant == doubt.name:
            continue
        if doubt.field == "people":
            people = [meant if name == doubt.name else name for name in people]
            draft.fields["people"] = people
        else:
            draft.fields[doubt.field] = meant
        changed = True
        draft.save()
    return changed


def asked(into: "Workspace", doubt: Doubt) -> str:
    """The name that is meant; the one that was typed where it is right as it stands."""
    if len(doubt.like) == 1:
        # as at the questions below: whoever only presses Enter has not said that it was a slip
        keeps = f"{doubt} (Enter keeps '{doubt.name}')"
        return doubt.like[0] if console.confirm(keeps, False) else doubt.name
    if doubt.like:
        console.note(doubt.why)
        options = [(str(n), name) for n, name in enumerate(doubt.like, 1)]
        options.append(("0", f"none of them: keep {doubt.name}"))
        chosen = int(console.choose("Whom do you mean?", options, "0"))
        return doubt.like[chosen - 1] if chosen else doubt.name
    house: Any = into.organisation()
    known = [one.name for one in (house.sites if doubt.field == "site" else house.teams)]
    there = f" It lists {listing(known)}." if len(known) <= _LISTED else ""
    console.note(f"{doubt.why}{there}")
    sure = {folded(name) for name in (*known, doubt.name)}
    while True:
        answer = console.ask("Which is it? (Enter keeps what you typed)", doubt.name)
        if folded(answer) in sure or console.confirm(f"'{answer}' is none of them. Keep it?", False):
            return answer
