"""The other spellings of a name that `forget` finds here: "Gülsen" where "Gulsen" is asked for."""

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from servicestory import console
from servicestory.collect.forgetting import Forgetting
from servicestory.errors import Usage
from servicestory.text import composed, listing, spelled

if TYPE_CHECKING:
    from servicestory.workspace import Workspace

_WORD = re.compile(r"[^\W_]+")
_MOST = 50  # spellings of one name; nobody is written in so many ways


class Spellings(NamedTuple):
    """Names written otherwise than they were asked for."""

    sure: list[str]
    doubtful: list[str]  # in small letters too, and on no record: "schön" is no Mr Schon


def spellings(into: "Workspace", names: Iterable[str], recorded: Iterable[str]) -> Spellings:
    """How else the names are written in the files of the workspace: with or without accents, "ss" for "ß".

    Args:
        recorded: every name on record: whoever has one of these is surely somebody.
    """
    names = list(names)
    found = Spellings([], [])
    wanted = {way for name in names for part in _WORD.findall(composed(name)) for way in spelled(part)}
    if not wanted:
        return found
    texts = [*_texts(into)]
    seen = {word for text in texts for word in _WORD.findall(text)}
    near = sorted(word for word in seen if not spelled(word).isdisjoint(wanted))
    known = {word.lower() for name in recorded for word in _WORD.findall(composed(name))}
    asked = Forgetting(names, "")
    for name in names:
        ways = [_ways(part, near) for part in _WORD.findall(composed(name))]
        for words in [*product(*ways)][:_MOST]:
            way = " ".join(words)
            if asked.value(way) == "" or any(way in ways for ways in found):
                continue
            if any(Forgetting([way], "").found(text) for text in texts):
                small = {word for word in near if word[:1].islower()} & {word.lower() for word in words}
                (found.doubtful if small - known else found.sure).append(way)
    return found


def _ways(part: str, near: Collection[str]) -> list[str]:
    """A part of a name and the words that are the same but for accents, each once, with its capital."""
    ways = {part.lower(): part}
    for word in near:  # capitals come first
        if not spelled(word).isdisjoint(spelled(part)):
            ways.setdefault(word.lower(), word[:1].upper() + word[1:])
    return list(ways.values())


def _texts(into: "Workspace") -> Iterator[str]:
    """What every file says in which a name may stand."""
    from servicestory import storage
    from servicestory.cli.forget_begun import every
    from servicestory.cli.forget_shown import words_of

    for path in every(into):
        where = path.relative_to(into.root).as_posix()
        data = storage.read(path, where).data
        yield composed(words_of(data) if where.lower().endswith(".docx") else data.decode("utf-8", "replace"))


def with_spellings(into: "Workspace", person: str, names: list[str], recorded: Iterable[str]) -> list[str]:
    """The names and how else they are written here; what is added, and what is left, is said."""
    found = spellings(into, names, recorded)
    house = into.organisation()
    mine = {house.person(name) for name in names if house.colleague(name)}
    others = [way for way in found.sure if mine and house.colleague(way) and house.person(way) not in mine]
    more = [way for way in found.sure if way not in others]
    if more:
        console.note(f"Written otherwise, and taken for the same name: {_quoted(more)}.")
    if others:
        console.note(f"{_quoted(others)} is left: the staff list has both, as two people.")
    if found.doubtful:
        also = " ".join(f'--also "{way}"' for way in found.doubtful)
        console.note(
            f"{_quoted(found.doubtful)} is left, for it stands in small letters too and may be a word. If it "
            f'is the name: servicestory forget "{person}" {also}'
        )
    return [*names, *more]


def of_one(into: "Workspace", person: str) -> None:
    """Refuse a part of a name that several people on record have: all of them would be halved.

    Raises:
        Usage: it is a part of several names, and nobody's whole one.
    """
    house = into.organisation()
    called = [*house.staff_names(), *(name for story in into.stories([]) for name in story.people)]
    if any(not spelled(name).isdisjoint(spelled(person)) for name in called):
        return
    parts = [spelled(part) for part in person.split()]
    bearers = {
        house.person(name): name
        for name in called
        if all(any(not part.isdisjoint(spelled(word)) for word in name.split()) for part in parts)
    }
    if len(bearers) > 1:
        whole = sorted(bearers.values())
        what = f"'{person}' is a part of {len(whole)} names ({listing(whole)}), and would be gone from each"
        raise Usage(what, "", f'Give the whole name: servicestory forget "{whole[0]}"')


def _quoted(names: list[str]) -> str:
    return listing([f"'{name}'" for name in names])
