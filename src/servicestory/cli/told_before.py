"""Whether a story is there already in the same words: it is not kept twice without a word."""

import contextlib
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from servicestory import console
from servicestory.cli.app import today
from servicestory.cli.nameless import LATEST, latest, opening
from servicestory.errors import Problem
from servicestory.text import listing

if TYPE_CHECKING:
    from servicestory.models.story import Story
    from servicestory.workspace import Workspace

_FEWEST = 4  # words; fewer are alike by chance


_OF_EACH = frozenset(("schema", "id", "date", "title", "narrative"))  # no more is said by another of these


class Again(Problem):
    """A story that is there already; ``more`` are the fields in which it says what that one does not."""

    more: tuple[str, ...] = ()


def refuse_double(into: "Workspace", story: "Story") -> None:
    """Asks, or without a terminal refuses, where a story of the same words is there already.

    Raises:
        Again: it is there; names it.
    """
    # Today is also the day of a story that was told without one.
    dated = story.date != today().isoformat() and not console.interactive()
    there = told_before(into, story, dated)
    if there is None:
        return
    day = f", told of {there.date}" if there.date else ""
    if console.interactive():
        console.note(f"This story is there already: {there.id}{day}")
        if console.confirm("Is this another occasion, to be kept as well?"):
            return
    step = f"If it happened again, add --again to keep it as well; to change it: servicestory edit {there.id}"
    more = _more(story, there)
    if more:
        step += f". What you tell under {listing(more)} is not in it"
    known = Again(f"This story is there already as {there.id}{day}, so it was not kept twice", "", step)
    known.more = tuple(more)
    raise known


def _more(story: "Story", there: "Story") -> list[str]:
    """The fields in which a story says what the one that is there does not."""
    given, has = (one.to_yaml() for one in (story, there))
    return [name for name in given if name not in _OF_EACH and not _said(given[name], has.get(name))]


def _said(told: Any, kept: Any) -> bool:
    """Whether a field says all of it, whatever the case and the marks; of a list in whatever order."""
    told, kept = ([_words(str(one)) for one in (x if isinstance(x, list) else [x])] for x in (told, kept))
    return all(one in kept for one in told)


def told_before(into: "Workspace", story: "Story", dated: bool) -> "Story | None":
    """The first of the latest stories that tells the same in the same words, and contradicts in nothing.

    Args:
        dated: whether its day is to be the same, too.
    """
    words = _words(_telling(story))
    if len(words) < _FEWEST:
        return None
    spoken, rarest = _spaced(" ".join(words)), max(words, key=len)
    for path in latest(into.root):
        with contextlib.suppress(OSError):
            page = _folded(opening(path))
            if rarest in page and spoken in _spaced(page):
                for other in _stories_in(into, path):
                    if _words(_telling(other)) == words and _agree(story, other, dated):
                        return other
    return None


_folded = lru_cache(2 * LATEST)(str.casefold)  # a file of many stories asks for each of them


@lru_cache(2 * LATEST)
def _spaced(text: str) -> str:
    """The words of a text with a blank before and behind each."""
    return f" {' '.join(_words(text))} "


def _stories_in(into: "Workspace", path: Path) -> Iterator["Story"]:
    """The whole stories of a file; what is broken there is for `check` to say."""
    from servicestory import records
    from servicestory.models.story import Story

    name = path.relative_to(into.root).as_posix()
    found, _ = records.load(Story, path.read_text("utf-8", "replace"), name)
    return (story for _, story in found)


def _agree(one: "Story", other: "Story", dated: bool) -> bool:
    """Whether both can tell of one occasion: a field only one of them fills contradicts nothing."""
    fields = [(one.site, other.site), (one.team, other.team)]
    fields += [(one.date, other.date)] if dated else []
    people = {name.casefold() for name in one.people}, {name.casefold() for name in other.people}
    apart = any(a and b and a.casefold() != b.casefold() for a, b in fields)
    return not apart and not (all(people) and people[0].isdisjoint(people[1]))


def _telling(story: "Story") -> str:
    return story.narrative if story.narrative.strip() else "\n".join(story.behaviours)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
