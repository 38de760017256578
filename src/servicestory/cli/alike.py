"""Names of people, sites and teams that are likely one, written in two ways: said by `add` and by `check`."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from servicestory.detect.spellings import likely_same
from servicestory.text import crossed_out, listing, plural

if TYPE_CHECKING:
    from servicestory.cli.loose import LooseEnd
    from servicestory.models.organisation import Organisation
    from servicestory.models.story import Story
    from servicestory.workspace import Workspace

_SHOWN = 3  # stories named with a pair


def remarks(kind: str, name: str, told: Sequence[str]) -> Iterator[str]:
    """What is said of a name in a new story that no other has, and that is almost one others have.

    Args:
        told: the names in the other stories, as often as they stand there.
    """
    if name.casefold() in {other.casefold() for other in told}:
        return
    count = Counter(told)
    like = sorted((other for other in count if _one(kind, name, other)), key=lambda n: (-count[n], n))
    if like:
        yield f"No story has the {kind} '{name}' so far. Did you mean {like[0]}?"


def _one(kind: str, name: str, other: str) -> bool:
    return likely_same(name, other) or (kind == "person" and _first_name_of(name, other))


def _first_name_of(name: str, other: str) -> bool:
    """Whether one is the first word of the other: "Quay" of "Quay House", but not "Ward" of "Ward 3"."""
    short, long = sorted((name.casefold().split(), other.casefold().split()), key=len)
    numbered = any(letter.isdigit() for letter in "".join(long))
    return len(short) == 1 < len(long) and short == long[:1] and not numbered


def doubles(into: "Workspace", stories: Sequence["Story"], house: "Organisation") -> "list[LooseEnd]":
    """Pairs of names that are likely one: whoever is counted is counted twice.

    JSON has an x for every letter of a person's name. A first name alone counts where one only has it; what
    is listed twice in servicestory.yaml is there on purpose.
    """
    found = []
    staff = {name.casefold() for name in house.staff_names()}
    listed = {"site": {s.name for s in house.sites}, "team": {t.name for t in house.teams}}
    people = {story.id: story.people for story in stories}
    for one, other in _pairs(_by_name((name, story.id) for story in stories for name in story.people)):
        refs = one[1], other[1]
        beside = any({one[0], other[0]} <= set(people[ref]) for ref in (*refs[0], *refs[1]))
        if beside or {one[0].casefold(), other[0].casefold()} <= staff:
            continue
        if house.person(one[0]) == house.person(other[0]):
            continue  # an alias: counted as one
        places = [_places(into, stories) for stories in refs]
        named, hidden = (
            f"“{said(one[0])}” ({places[0]}) and “{said(other[0])}” ({places[1]}) may be one person in two "
            "spellings"
            for said in (str, crossed_out)
        )
        found.append(_end("person", (one, other), staff, hidden, into, named))
    for kind, pairs in (
        ("site", ((story.site, story.id) for story in stories if story.site)),
        ("team", ((story.team, story.id) for story in stories if story.team)),
    ):
        for one, other in _pairs(_by_name(pairs)):
            if {one[0], other[0]} <= listed[kind]:
                continue
            seen = listing([f"“{n}” ({plural(len(r), 'story', 'stories')})" for n, r in (one, other)])
            known = {name.casefold() for name in listed[kind]}
            found.append(_end(kind, (one, other), known, f"The {kind}s {seen} may be one", into))
    return found


def _end(
    kind: str,
    pair: "tuple[Named, Named]",
    known: Collection[str],
    what: str,
    into: "Workspace",
    named: str = "",
) -> "LooseEnd":
    """What is said of a pair; to be put right is the one that servicestory.yaml lacks, else the rarer.

    Args:
        known: the names it has, folded.
    """
    from servicestory.cli.loose import LooseEnd

    _, wrong = min(pair, key=lambda one: (one[0].casefold() in known, len(one[1])))
    step = f"If so, write it alike: servicestory edit {wrong[0]}"
    refs = tuple(sorted({*pair[0][1], *pair[1][1]}))
    return LooseEnd(f"likely one {kind}", wrong[0], into.story_place(wrong[0]), what, step, refs, named)


def _places(into: "Workspace", stories: list[str]) -> str:
    """How many stories, and where the first ones stand."""
    more = f" and {len(stories) - _SHOWN} more" if len(stories) > _SHOWN else ""
    return ", ".join(into.story_place(story) for story in stories[:_SHOWN]) + more


def _by_name(named: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for name, story in named:
        found[" ".join(name.split())].append(story)
    return found


Named = tuple[str, list[str]]


def _pairs(stories: dict[str, list[str]]) -> Iterator[tuple[Named, Named]]:
    """The pairs of names that are likely one, among those that begin with the same letter."""
    alike: dict[str, list[str]] = defaultdict(list)
    for name in sorted(stories):
        alike[name[:1].casefold()].append(name)
    for names in alike.values():
        firsts = Counter(name.casefold().split()[0] for name in names if " " in name)
        for one, other in combinations(names, 2):
            alone = _first_name_of(one, other) and firsts[one.casefold().split()[0]] == 1
            if likely_same(one, other) or alone:
                yield (one, stories[one]), (other, stories[other])
