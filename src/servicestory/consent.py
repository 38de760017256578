"""Who may be named: whom a story's consents that still stand allow it, and nobody who was removed."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Literal

from servicestory.models.organisation import Organisation, Person
from servicestory.models.story import Consent, Story, may_be
from servicestory.text import folded, listing, spelled

Use = Literal["team", "company", "external"]
_REACHES: dict[Use, frozenset[str]] = {
    "team": frozenset({"team", "company", "external"}),
    "company": frozenset({"company", "external"}),
    "external": frozenset({"external"}),
}  # whoever agreed to the world hearing it agreed to the team hearing it


def standing(story: Story, today: date) -> list[Consent]:
    """The consents of a story that are given and not withdrawn by ``today``."""
    return [c for c in story.consent if c.stands(today)]


def teller_asked(story: Story, staff: Iterable[Person] = ()) -> bool:
    """Whether anybody was asked but those it tells of: what they say is not the answer of whoever told it."""
    told_of = {folded(n) for name in story.people for n in _names_of(name, staff)}
    others = [c for c in story.consent if folded(c.party) not in told_of or story.told_by(c.party)]
    return story.model_copy(update={"consent": others}).teller_asked


def parties(story: Story, given: str, staff: Iterable[Person] = ()) -> list[str]:
    """Those of a story, as it names them, who may be meant by a party that is typed; none: somebody else.

    They are the people it tells of, by any of their names and with or without accents or the rest of the
    name ("Gulsen" for "Gülsen Kaya"), and whoever was asked already.
    """
    staff = list(staff)
    asked = [c.party for c in story.consent]
    role = [story.reporter.role] if story.reporter and story.reporter.role else []
    if folded(given) in map(folded, role):
        return role
    ways, people = spelled(given), list(dict.fromkeys(story.people))
    whole = [n for n in people if any(not ways.isdisjoint(spelled(one)) for one in _names_of(n, staff))]
    if whole:
        return whole
    parts = [n for n in people if any(may_be(given, one) for one in _names_of(n, staff))]
    same = [one for one in asked if not ways.isdisjoint(spelled(one))]
    return parts or list(dict.fromkeys(same))[:1]


def in_words(story: Story) -> str:
    """What was answered, of each party; that nobody was asked where nobody was."""
    if not story.consent:
        return "nobody was asked yet"
    said = []
    for one in story.consent:
        when = f" ({one.on})" if one.on else ""
        if one.withdrawn_on:
            agreed_on = f", agreed {one.on}" if one.on else ""
            said.append(f"{one.party} took it back ({one.withdrawn_on}{agreed_on})")
        elif one.uses:
            said.append(f"{one.party} agreed to {listing(list(one.uses))}{when}")
        else:
            said.append(f"{one.party} did not agree{when}")
    return "; ".join(said)


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


def teller_of(story: Story) -> str | None:
    """Who told a story, by role, where they can be told what came of it."""
    who = (story.reporter.role if story.reporter else None) or "whoever told it"
    return None if story.prompted == "import" or is_forgotten(who) else who


def nobody_to_tell(story: Story) -> str:
    """Why nobody can be told what came of a story, as a clause; empty where somebody can."""
    if teller_of(story) or known(story.people):
        return ""
    role = story.reporter.role if story.reporter else None
    removed = any(map(is_forgotten, [*story.people, role or ""]))
    return (
        "whom it concerns was removed from this workspace" if removed else "it was imported, and names nobody"
    )
