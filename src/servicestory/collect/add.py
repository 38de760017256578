"""What one person tells, by questions, flags, a form or a file, to a story."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from servicestory.collect.people_told import people_told
from servicestory.collect.ratings import read_rating
from servicestory.errors import Problem
from servicestory.masking import Mask, Told
from servicestory.text import composed, one_line

if TYPE_CHECKING:
    from servicestory.models.organisation import Organisation

TITLE = 60  # characters of a title made from the first words

QUESTIONS: tuple[tuple[str, str], ...] = (
    ("narrative", "What happened? Tell it in your own words (an empty line ends it)."),
    ("people", "Who made it happen? (names, with commas between; Enter to skip)"),
    ("site", "Where? (Enter to skip)"),
    ("date", "When? (for example 2026-08-14, 2026-08, yesterday, last friday)"),
    ("outcome", "How did it end for the {customer}? (Enter to skip)"),
    ("consent", "May it be retold in training, without names? (yes or no; Enter if nobody was asked)"),
)

FORM = """\
# A story. Fill in what you know, delete or leave empty what you do not; lines with # are remarks.
# Save and close to keep the story; close an empty form to keep nothing.
title: {title}
date: {date}        # 2026-08-14, or as much as you know: 2026-08, 2026-Q3, 2026
narrative: |-        # what happened, in the teller's own words (keep the two spaces at the left)
{narrative}
behaviours:         # what somebody did that a colleague could copy tomorrow, one line each
{behaviours}
outcome: {outcome}           # how it ended for the {customer}
quote: {quote}             # what the {customer} said
people: {people}          # who did it, for example [Anna Berg, Tom Ito]
site: {site}
team: {team}
"""


def names(text: str) -> list[str]:
    """Tags in one answer: set apart by commas, semicolons, `&` or `and`."""
    return [name for part in re.split(r"[,;&\n]|\band\b", text) if (name := part.strip())]


def rating(text: str) -> dict[str, Any]:
    """`9/10`, `4.5 out of 5` or `9` as a rating.

    Raises:
        Problem: no figure, or above the top of its scale.
    """
    read = read_rating(text)
    if read is None:
        raise Problem(f"The rating '{text}' is no figure", "", "Write it like 9/10")
    value, top = read
    if value < 0 or (top is not None and value > top):
        scale = f" (0 to {top:g})" if top else ""
        raise Problem(f"The rating '{text}' is off its scale{scale}", "", "Write it like 9/10")
    return {"value": value} if top is None else {"value": value, "of": top}


RETOLD = ("team", "company", "training")
"""What whoever agrees that a story is retold agrees to: all but its leaving the house."""


_YES = frozenset(["yes", "y", "true", "ja", "oui", "sí", "si", "sì", "sim"])
_NO = frozenset(["no", "n", "false", "nein", "non", "não", "nao", "nee", "nej", "nei"])
"""In the languages whose months are read, and Scandinavian ones: none of one is the other elsewhere."""


def uses(answer: str) -> list[str]:
    """What the teller agreed to, from `yes` or `no`: a no is kept, so that nobody is asked twice.

    Raises:
        Problem: it is neither.
    """
    said = answer.strip().casefold()
    if said in _YES:
        return list(RETOLD)
    if said in _NO:
        return []
    raise Problem(
        f"'{one_line(answer, 30)}' is neither yes nor no", "", "Write --consent yes or --consent no"
    )


def _teller(fields: Mapping[str, Any]) -> str:
    """Whoever told it, by role; nobody needs to be named to have been asked."""
    reporter = fields.get("reporter")
    return str((reporter.get("role") if isinstance(reporter, Mapping) else None) or "teller")


def complete(
    told: Mapping[str, Any],
    today: date,
    organisation: "Organisation | None" = None,
    named: Callable[..., Told | None] | None = None,
    known: Iterable[str] = (),
) -> dict[str, Any]:
    """The fields of a story as told, made whole: a checked date (today's when none), a title, an id.

    Args:
        told: fields named as in `models.story.Story`; `rating` ("9/10"), `internal`, `reporter` and
            `consent` ("yes" or "no") may be given plainly, and a list as one text.
        organisation: names of its staff, like those of the story's people, are no part of the id.
        named: finds the names a text tells (text, site, text without the names on record); nor are these.
        known: names of people of other stories; nor are these.

    Raises:
        Problem: nothing or far too much was told, the date is none, or the rating is off its scale.
    """
    from servicestory.models.story import CUT_UP, too_long  # what it brings is needed later anyway

    listed = told.get("behaviours") or []
    for text in (
        str(told.get("narrative") or ""),
        *map(str, [listed] if isinstance(listed, str) else listed),
    ):
        if long := too_long(text):
            raise Problem(long, "", CUT_UP)
    whole = {name: composed(value) for name, value in told.items() if value not in (None, "", [], {}, False)}
    if isinstance(whole.get("people"), str):
        whole["people"], _ = people_told(whole["people"])
    for name, split in (("tags", names), ("behaviours", str.splitlines)):
        if isinstance(whole.get(name), str):
            whole[name] = split(whole[name])
    whole = names_in_sight(whole)
    narrative, lines = str(whole.get("narrative", "")), whole.get("behaviours", [])
    if not narrative.strip() and not any(str(line).strip() for line in lines):
        raise Problem("Nothing is told yet", "", 'Say what happened with --text "..." or --behaviour "..."')
    if "rating" in whole:
        whole["ratings"] = [*whole.get("ratings", []), rating(str(whole.pop("rating")))]
    if whole.pop("internal", False):
        whole["customer"] = {"kind": "internal"}
    if isinstance(whole.get("reporter"), str):
        whole["reporter"] = {"role": whole["reporter"]}
    if isinstance(whole.get("consent"), str):
        whole["consent"] = [
            {"party": _teller(whole), "uses": uses(whole["consent"]), "on": today.isoformat()}
        ]
    whole["date"] = _date(whole.get("date"), today)
    first = narrative.strip() or str(lines[0])
    whole["title"] = one_line(str(whole.get("title") or first), 200 if whole.get("title") else TITLE)
    if "id" not in whole:
        people = [*map(str, whole.get("people", ())), *known]
        site = str(whole["site"]) if whole.get("site") else None
        mask, text = Mask(organisation, people), f"{whole['title']}\n{narrative}"
        if named and (told_names := named(text, site, mask.letters(text))):
            mask = Mask(organisation, people, told_names)
        whole["id"] = f"{whole['date']}-{mask.slug(whole['title'])}"
    return whole


_NAMES = ("people", "team", "site", "shift", "channel", "tags")


def names_in_sight(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields of a story, names in them on one line and without control characters.

    What nobody sees would make two of one person or place.
    """
    clean = dict(fields)
    for name in _NAMES:
        value = fields.get(name)
        if isinstance(value, str):
            clean[name] = one_line(value) or value
        elif isinstance(value, list):
            clean[name] = [one_line(v) or v if isinstance(v, str) else v for v in value]
    return clean


def _date(said: Any, today: date) -> str:
    """The date somebody gave; today's when none."""
    if said is None:
        return today.isoformat()
    from servicestory.collect.dates import spoken

    return spoken(str(said), today)


def form(
    fields: Mapping[str, Any], today: date, written: Mapping[str, str], customer: str = "customer"
) -> str:
    """The commented form an editor opens, with what is known filled in.

    Args:
        written: field -> its value as YAML (text is quoted by whoever writes YAML).
        customer: the house's word for one.
    """
    narrative = str(fields.get("narrative") or "").lstrip().splitlines() or [""]
    behaviours = [str(line) for line in fields.get("behaviours") or []]
    shown = {name: written.get(name, "") for name in ("title", "outcome", "quote", "people", "site", "team")}
    return FORM.format(
        **shown,
        customer=customer,
        date=fields.get("date") or today.isoformat(),
        narrative="\n".join(f"  {line}" for line in narrative),
        behaviours="\n".join(f"  - {written.get(line, line)}" for line in behaviours) or "  -",
    )
