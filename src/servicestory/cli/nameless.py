"""Ids without names: colleagues a text seems to name are no part of a new id; other such ids are found.

And the people, sites and teams of earlier stories, to be compared with a new one's.
"""

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from servicestory.not_names import NOT_NAMES

if TYPE_CHECKING:
    from servicestory.masking import Mask
    from servicestory.models.organisation import Organisation
    from servicestory.models.story import Story

_PARTS = re.compile(r"[a-z]{3,}")


def names_in(
    organisation: "Organisation | None", by_house: bool = True
) -> Callable[[str, str | None], list[str]]:
    """What finds the names of colleagues in a text of a site, as they are written there.

    Args:
        by_house: whether somebody of the house tells it, see `customers_in`.
    """
    forms: dict[str, str | None] | None = None

    def found(text: str, site: str | None) -> list[str]:
        # What reads names takes a while to load: not where every word with a capital is an everyday one.
        if all(word.casefold() in NOT_NAMES for word in re.findall(r"\b[A-Z]\w+", text)):
            return []
        nonlocal forms
        from servicestory.detect.people import customers_in, listed, suggested_in

        if forms is None:
            forms = listed(organisation.staff if organisation else [])
        told = suggested_in(text, site, forms, quick=True)
        new = [(one.start, one.end) for one in told if one.name.casefold() not in forms]
        served = customers_in(text, new, by_house) if new else set()
        return [text[one.start : one.end] for one in told if (one.start, one.end) not in served]

    return found


def named_ids(stories: Iterable["Story"], mask: "Mask", organisation: "Organisation") -> Iterator[str]:
    """The ids that hold a colleague's name, in the order of the stories.

    Names on record count in every id, names that only a text suggests in the id of their own story.

    Args:
        mask: of the names on record.
    """
    look = names_in(organisation)
    for story in stories:
        parts = set(_PARTS.findall(story.id))
        parts |= {part.removesuffix("s") for part in parts}  # "Rosa's" is "rosas" in an id
        told = any(part.capitalize() in story.narrative for part in parts)
        if not mask.reference(story.id) or (
            told
            and parts
            & {word for name in look(story.narrative, story.site) for word in name.casefold().split()}
        ):
            yield story.id


def names_told(root: Path, most: int = 200, opening: int = 65_536) -> dict[str, list[str]]:
    """``people``, ``site`` and ``team`` of the latest stories, as often as they are told of.

    They are read as plain lines, which is quick.

    Args:
        most: files looked at, the last by name, which begins with the day.
        opening: characters read of each.
    """
    found: dict[str, list[str]] = {"people": [], "site": [], "team": []}
    for path in sorted((root / "stories").glob("*.yaml"), key=lambda path: path.name)[-most:]:
        with contextlib.suppress(OSError), path.open(encoding="utf-8", errors="replace") as page:
            text = page.read(opening)
            for field, told in re.findall(r"(?m)^(site|team):[ \t]+(.+?)[ \t]*$", text):
                found[field].append(told.strip("\"'"))
            for listed, lines in _PEOPLE.findall(text):
                names = listed.split(",") if listed else re.findall(r"(?m)^[ \t]*-[ \t]+(.+?)[ \t]*$", lines)
                found["people"] += [name.strip(" \t\"'") for name in names if name.strip()]
    return found


_PEOPLE = re.compile(r"(?m)^people:(?:[ \t]*\[([^\]\n]*)\]|[ \t]*\n((?:[ \t]*-[ \t].*\n?)+))")
