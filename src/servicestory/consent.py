"""Who may be named: whom a story's consents that still stand allow it, and nobody who was removed."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Literal

from servicestory.models.base import first_day
from servicestory.models.organisation import Organisation, Person
from servicestory.models.story import Consent, Story
from servicestory.text import folded

Use = Literal["team", "company", "external"]
_REACHES: dict[Use, frozenset[str]] = {
    "team": frozenset({"team", "company", "external"}),
    "company": frozenset({"company", "external"}),
    "external": frozenset({"external"}),
}  # whoever agreed to the world hearing it agreed to the team hearing it


def standing(story: Story, today: date) -> list[Consent]:
    """The consents of a story that are not withdrawn by ``today``."""
    return [c for c in story.consent if c.withdrawn_on is None or first_day(c.withdrawn_on) > today]


def agreed(story: Story, organisation: Organisation, use: Use, today: date) -> list[str]:
    """The people of a story, as it names them, who agreed to be named for ``use``.

    The consent has to name the person, by the name of the story, of the staff list or by an alias. That of a
    guest, or of "a colleague", names nobody and so releases nobody's name.
    """
    asked = {folded(c.party): None for c in standing(story, today) if _REACHES[use] & set(c.uses)}
    if not asked:
        return []
    return [
        name for name in story.people if any(folded(n) in asked for n in _names_of(name, organisation.staff))
    ]


def _names_of(name: str, staff: Iterable[Person]) -> list[str]:
    """The name with every other name of the same person on the staff list."""
    wanted = folded(name)
    for person in staff:
        known = [person.name, *person.aliases]
        if wanted in map(folded, known):
            return [name, *known]
    return [name]


def forgotten(drawn: str) -> str:
    """What stands for somebody who was removed from the workspace, given eight hexadecimal digits."""
    return f"Person-{drawn}"


def is_forgotten(name: str) -> bool:
    """Whether a name stands for somebody who was removed: nobody knows any more who it was."""
    return re.fullmatch("Person-[0-9a-f]{8}", name.strip()) is not None


def known(names: Iterable[str]) -> list[str]:
    """The names but for those of people who were removed."""
    return [name for name in names if not is_forgotten(name)]
