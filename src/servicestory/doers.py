"""Who did what a story tells: whoever its sentence names; where it names nobody, all whom the story names."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from servicestory.honorifics import TITLE
from servicestory.models.organisation import Organisation
from servicestory.models.story import Story
from servicestory.offices import ANY_OFFICE
from servicestory.text import folded

_WORD = re.compile(r"[^\W\d_]{2,}|\d+")
People = Mapping[str, Sequence[str]]
"""Who a story names: a person's key -> the names the person goes by."""


def people_of(
    story: Story, organisation: Organisation, suggested: Sequence[str] = ()
) -> tuple[dict[str, list[str]], bool]:
    """The people of a story by their key, in its order, and whether they were only read in its text.

    An alias is the colleague of the staff list; of a story that names nobody the ``suggested`` names count,
    each taken to be somebody else at another site unless the staff list has it.
    """
    found: dict[str, list[str]] = {}
    for name in story.people:
        if name.strip():
            found.setdefault(organisation.person(name), []).append(name)
    read = not found and any(name.strip() for name in suggested)
    if read:
        here = f" @ {folded(story.site)}" if story.site else ""
        for name in suggested:
            if name.strip():
                key = organisation.person(name)
                found.setdefault(key if organisation.lists(key) else key + here, []).append(name)
    return {key: [*found[key], *organisation.goes_by(key)] for key in sorted(found)}, read


def doers(people: People, texts: Iterable[str]) -> frozenset[str]:
    """Whose the deed told in these sentences is: of whoever any of them names, else of all ``people``."""
    return (by_name(people, texts) if len(people) > 1 else None) or frozenset(people)


def shared(people: People, texts: Iterable[str]) -> bool:
    """Whether several are named, and the sentences do not say which of them did it."""
    return len(people) > 1 and not by_name(people, texts)


def by_name(people: People, texts: Iterable[str]) -> frozenset[str]:
    """Whom of ``people`` any of these sentences calls by name."""
    return frozenset(key for text in texts for key in named(people, text))


def everybodys(people: People, texts: Iterable[str]) -> bool:
    """Whether all these sentences tell what everybody does, and none of them names any of ``people``."""
    texts = list(texts)
    return all(_EVERYBODY.search(text) for text in texts) and not any(named(people, text) for text in texts)


_EVERYBODY = re.compile(
    r"(?i)\b(?:all|each|every|(?:the|your|their)\s+(?:whole|entire))\s+(?:(?:one\s+)?of\s+)?"
    r"(?:(?:the|their|your|its|these|those)\s+)?(?:[\w-]+\s+){0,2}?"
    rf"(?:employees?|staff|team|crew|colleagues?|{ANY_OFFICE})\b"
    r"|\bevery(?:one|body)\s+(?:here|there|who\s+works?|(?:at|on|in)\s+the|we\s+(?:met|dealt|spoke))\b"
)


def named(people: People, text: str) -> set[str]:
    """Who of ``people`` a text calls by full, first or family name.

    "Ana Lund" is no other Ana, and no other Lund. In small letters a name counts where it is no word
    ("megan", not "will").
    """
    called = {key: _called(tuple(names)) for key, names in people.items()}
    whole_text = text.casefold()
    if not any(word in whole_text for names in called.values() for name in names for word in name):
        return set()  # as most sentences: nothing has to be cut into words
    written = _WORD.findall(text)
    lows = [word.casefold() for word in written]
    capital = dict.fromkeys(lows, False) | {
        low: True for low, word in zip(lows, written, strict=True) if word[0].isupper()
    }
    if not any(word in capital for names in called.values() for name in names for word in name):
        return set()
    line = f" {' '.join(lows)} "
    whole = {
        key: {name[0] for name in names if len(name) > 1 and f" {' '.join(name)} " in line}
        for key, names in called.items()
    }
    taken = {first for firsts in whole.values() for first in firsts}  # "Ana Lund" is no other Ana
    found = {key for key, firsts in whole.items() if firsts}
    found |= {
        key
        for key, names in called.items()
        if any(name[0] not in taken and _stands(name[0], capital) for name in names)
    }
    known = {word for key in found for name in called[key] for word in name}
    return found | {
        key
        for key, names in called.items()
        if any(word not in known and _stands(word, capital) for name in names for word in name[1:])
    }


@lru_cache(maxsize=10_000)
def _called(names: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The words of each name, folded and without titles."""
    words = (tuple(w.casefold() for w in _WORD.findall(name) if not _is_title(w)) for name in names)
    return tuple(dict.fromkeys(name for name in words if name))


def _is_title(word: str) -> bool:
    return TITLE.fullmatch(word) is not None or word.casefold() in ("chef", "miss", "sister")


def _stands(word: str, capital: Mapping[str, bool]) -> bool:
    if word not in capital:
        return False
    if capital[word]:
        return True
    from servicestory.wording.morphology import is_common  # few texts need it, and its tables take long

    return not is_common(word)
