"""Ids without names: colleagues a text seems to name are no part of a new id; other such ids are found.

And the people, sites and teams of earlier stories, to be compared with a new one's.
"""

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from servicestory.masking import NEW
from servicestory.not_names import NOT_NAMES
from servicestory.offices import ANY_OFFICE
from servicestory.text import slug

if TYPE_CHECKING:
    from servicestory.detect.told_names import ToldNames
    from servicestory.masking import Mask, Told
    from servicestory.models.organisation import Organisation
    from servicestory.models.story import Story

LATEST = 200  # files looked at where it must be quick
OPENING = 65_536  # characters read of each
NEAR = 60
"""Characters before and after an office or a thanks in which a name in small letters is looked for."""
_SMALL = re.compile(r"(?<![\w'’])[^\W\dA-Z_]{3,}")
_PARTS = re.compile(r"[a-z]{3,}")
_UPPER = re.compile(r"\b(?!Xx*\b)[A-Z]\w+")  # but for names that are crossed out
_CAPITAL = re.compile(r"\b[^\W\d_a-z]\w{2,}")


def names_in(organisation: "Organisation | None", by_house: bool = True) -> "Callable[..., Told | None]":
    """What finds the names in a text of a site, all that it tells by itself.

    It is called with the text, the site and, where that is known, the text with an x for every letter of the
    names on record: those need no looking for.

    Args:
        by_house: whether somebody of the house tells it, see `customers_in`.
    """

    def look(text: str, site: str | None, crossed: str | None = None) -> "Told | None":
        # What reads names takes a while to load: not where every word with a capital is an everyday one, nor
        # where nothing is written that stands beside a name in small letters.
        left = text if crossed is None else crossed
        capitals = any(not _no_name(word.casefold()) for word in _UPPER.findall(left))
        if not capitals and not _marks(left):
            return None
        return _told(text, site, organisation, by_house)

    return look


def _marks(text: str) -> bool:
    """Whether a name in small letters may stand in the text: by an office, a thanks, or as its first word."""
    first = re.findall(r"^[\s#@]*([a-z]+)", text)
    near = (text[max(0, m.start() - NEAR) : m.end() + NEAR] for m in _beside_names().finditer(text))
    return not all(map(_no_name, chain(first, *map(_SMALL.findall, near))))


def _no_name(low: str) -> bool:
    if low in NOT_NAMES:
        return True
    from servicestory.wording.usual import is_usual

    return is_usual(low)


@cache
def _beside_names() -> re.Pattern[str]:
    marks = "th(?:an|n)[kx]\\w*|kudos|shout|named?|called|by|ask|mrs?|ms"
    return re.compile(rf"(?i)\b(?:{ANY_OFFICE}|{marks})\b")


def _told(text: str, site: str | None, organisation: "Organisation | None", by_house: bool) -> "ToldNames":
    from servicestory.detect.people import suggested_people
    from servicestory.detect.suggesting import suggestions, told
    from servicestory.models.organisation import Organisation
    from servicestory.models.story import Story

    house = organisation or Organisation()
    story = Story(id=NEW, narrative=text, site=site, prompted="spontaneous" if by_house else "import")
    alone = {NEW: suggested_people(story, house.staff)}
    return told(suggestions([story], house, (), lambda some: [alone[one.id] for one in some]), alone, [story])


def _somebodys(word: str, capital: bool) -> bool:
    """Whether somebody may be called by a word: people are, or it is no word and has a capital."""
    from servicestory.wording.given import is_given, may_be_given
    from servicestory.wording.morphology import is_common  # both have much to load

    return may_be_given(word) or not is_common(word) if capital else is_given(word)


def named_ids(stories: Iterable["Story"], mask: "Mask", organisation: "Organisation") -> Iterator[str]:
    """The ids that hold somebody's name, in the order of the stories.

    Names on record count in every id, names that only a text tells in the id of their own story, but for what
    the source called it.

    Args:
        mask: of the names on record.
    """
    from servicestory.masking import Mask

    for story in stories:
        if not mask.reference(story.id):
            yield story.id
            continue
        parts = set(_PARTS.findall(story.id))
        if story.source and story.source.record:
            parts -= set(_PARTS.findall(slug(story.source.record)))
        parts |= {part.removesuffix("s") for part in parts}  # "Rosa's" is "rosas" in an id
        capitals = {slug(word) for word in _CAPITAL.findall(story.narrative)}
        if not any(_somebodys(part, part in capitals) for part in parts - NOT_NAMES):
            continue
        names = names_in(organisation, story.prompted != "import")(story.narrative, story.site)
        if names and not Mask(None, (), names).reference(story.id, story.narrative):
            yield story.id


def latest(root: Path, most: int = LATEST) -> list[Path]:
    """The files of the latest stories, the last at the end: those told by hand, called by their day."""
    files = (root / "stories").glob("*.y*ml")
    return sorted(files, key=lambda path: (path.name[:1].isdigit(), path.name))[-most:]


def opening(path: Path) -> str:
    """How a file begins, bad characters replaced; read once, though several things are looked for."""
    return _opening(path, path.stat().st_mtime_ns)


@lru_cache(2 * LATEST)
def _opening(path: Path, _changed: int) -> str:
    with path.open(encoding="utf-8", errors="replace") as page:
        return page.read(OPENING)


def names_told(root: Path, most: int = LATEST) -> dict[str, list[str]]:
    """``people``, ``site`` and ``team`` of the latest stories, as often as they are told of.

    They are read as plain lines, which is quick.
    """
    found: dict[str, list[str]] = {"people": [], "site": [], "team": []}
    for path in latest(root, most):
        with contextlib.suppress(OSError):
            text = opening(path)
            for field, told in re.findall(r"(?m)^(site|team):[ \t]+(.+?)[ \t]*$", text):
                found[field].append(told.strip("\"'"))
            for listed, lines in _PEOPLE.findall(text):
                names = listed.split(",") if listed else re.findall(r"(?m)^[ \t]*-[ \t]+(.+?)[ \t]*$", lines)
                found["people"] += [name.strip(" \t\"'") for name in names if name.strip()]
    return found


_PEOPLE = re.compile(r"(?m)^people:(?:[ \t]*\[([^\]\n]*)\]|[ \t]*\n((?:[ \t]*-[ \t].*\n?)+))")
