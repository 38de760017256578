"""Names of people, sites and teams that are likely one, written in two ways: said by `add` and by `check`."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from servicestory.detect.spellings import first_word_of, likely_same, meant_of, place_meant, short_of
from servicestory.errors import nearest
from servicestory.text import crossed_out, folded, listing, plural

if TYPE_CHECKING:
    from servicestory.cli.loose import LooseEnd
    from servicestory.models.organisation import Organisation
    from servicestory.models.story import Story
    from servicestory.workspace import Workspace

_SHOWN = 3  # stories named with a pair, or names that may be meant


class Doubt(NamedTuple):
    """A name in a story that nothing known has: why it is doubted, and which may be meant."""

    field: str  # people, site or team
    name: str
    why: str
    like: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.why + (f" Did you mean {listing([*self.like], 'or')}?" if self.like else "")


def doubts(people: Sequence[str], site: str | None, team: str | None, house: "Organisation") -> list[Doubt]:
    """The names that are almost those of `servicestory.yaml`, and sites and teams it does not list."""
    found = [
        Doubt("people", person, f"'{person}' is not in servicestory.yaml.", like)
        for person in people
        if house.staff and not house.colleague(person) and (like := meant_by(person, house))
    ]
    sites, teams = ([place.name for place in places] for places in (house.sites, house.teams))
    for what, given, known in (("site", site, sites), ("team", team, teams)):
        if given and known and given.casefold() not in {name.casefold() for name in known}:
            near = place_meant(given, known) or list(filter(None, [nearest(given, known)]))
            why = f"The {what} '{given}' is not in servicestory.yaml."
            found.append(Doubt(what, given, why, tuple(near[:_SHOWN])))
    if team and site and (homes := elsewhere(team, site, house)):
        why = f"The team '{team}' is that of {listing(homes)} in servicestory.yaml, and the site is '{site}'."
        found.append(Doubt("team", team, why))
    return found


def elsewhere(team: str, site: str, house: "Organisation") -> list[str]:
    """The sites where `servicestory.yaml` has a team, where a site is none of them; empty otherwise.

    A team that is listed without a site works at all of them.
    """
    homes = [one.site for one in house.teams if folded(one.name) == folded(team)]
    if None in homes or folded(site) in {folded(home) for home in homes if home}:
        return []
    return [home for home in homes if home]


def meant_by(name: str, house: "Organisation") -> tuple[str, ...]:
    """The colleagues of the staff list, by name, who can be meant by a name that nobody on it has."""
    goes_by = {also: person.name for person in house.staff for also in (person.name, *person.aliases)}
    return tuple(dict.fromkeys(goes_by[also] for also in meant_of(name, goes_by)))[:_SHOWN]


def site_doubt(site: str, used: Sequence[str]) -> Doubt | None:
    """A site no other story has and that is almost one they have; for houses that list no sites.

    Args:
        used: the sites of the stories, one for each. One that has it once may be the slip itself, and
            names that differ in a number (Ward 3, Ward 4) are two places.
    """
    known = {name for name, count in Counter(used).items() if count > 1}
    if site.casefold() in {name.casefold() for name in used}:
        return None
    like = nearest(site, sorted(known))
    if not like or re.findall(r"\d+", like) != re.findall(r"\d+", site):
        return None
    return Doubt("site", site, f"No story has the site '{site}' so far.", (like,))


def untold(kind: str, name: str, told: Sequence[str]) -> Doubt | None:
    """A name of a person or team that no other story has, and that is almost one others have.

    Args:
        kind: people or team.
        told: the names in the other stories, as often as they stand there.
    """
    if name.casefold() in {other.casefold() for other in told}:
        return None
    count, person = Counter(told), kind == "people"
    most = sorted(count, key=lambda one: (-count[one], one))
    like = [other for other in most if person and short_of(name, other)][:_SHOWN]
    like = like or [o for o in most if likely_same(name, o) or (person and short_of(o, name))][:1]
    why = f"No story has the {'person' if person else kind} '{name}' so far."
    return Doubt(kind, name, why, tuple(like)) if like else None


def doubles(into: "Workspace", stories: Sequence["Story"], house: "Organisation") -> "list[LooseEnd]":
    """Pairs of names that are likely one: whoever is counted is counted twice.

    JSON has an x for every letter of a person's name. A first name alone counts where one only has it; what
    is listed twice in servicestory.yaml is there on purpose, and what is listed needs no story.
    """
    found = []
    staff = {name.casefold() for name in house.staff_names()}
    listed = {"site": {s.name for s in house.sites}, "team": {t.name for t in house.teams}}
    people = {story.id: story.people for story in stories}
    said = set[frozenset[str]]()  # pairs that are spoken of already
    told = _by_name((name, story.id) for story in stories for name in story.people)
    for name, where in told.items():
        if house.colleague(name):
            continue
        side_by_side = {other for ref in where for other in people[ref]}
        if like := [one for one in meant_by(name, house) if one not in side_by_side]:
            said |= {frozenset((name, one)) for one in like}
            shown = f"“{{}}” ({_places(into, where)}) may be {{}}, of the staff list"
            hidden, named = (
                shown.format(written(name), listing([written(one) for one in like], "or"))
                for written in (crossed_out, str)
            )
            found.append(_end("person", ((name, where),), staff, hidden, into, named))
    for one, other in _pairs(told):
        refs = one[1], other[1]
        beside = any({one[0], other[0]} <= set(people[ref]) for ref in (*refs[0], *refs[1]))
        if beside or {one[0].casefold(), other[0].casefold()} <= staff or {one[0], other[0]} in said:
            continue
        if house.person(one[0]) == house.person(other[0]):
            continue  # an alias: counted as one
        places = [_places(into, stories) for stories in refs]
        named, hidden = (
            f"“{written(one[0])}” ({places[0]}) and “{written(other[0])}” ({places[1]}) may be one person in "
            "two spellings"
            for written in (str, crossed_out)
        )
        found.append(_end("person", (one, other), staff, hidden, into, named))
    for kind, pairs in (
        ("site", ((story.site, story.id) for story in stories if story.site)),
        ("team", ((story.team, story.id) for story in stories if story.team)),
    ):
        told, known = _by_name(pairs), {name.casefold() for name in listed[kind]}
        strange = []
        for name, where in told.items():
            if name.casefold() not in known and (like := place_meant(name, listed[kind])):
                said |= {frozenset((name, one)) for one in like}
                which = listing([f"“{one}”" for one in like[:_SHOWN]], "or")
                what = f"The {kind} “{name}” ({plural(len(where), 'story', 'stories')}) may be {which}, "
                what += "of servicestory.yaml"
                found.append(_end(kind, ((name, where),), known, what, into))
            elif known and name.casefold() not in known:
                strange.append((name, where))
        if strange:
            found.append(_strange(kind, strange, into))
        for one, other in _pairs(told):
            if {one[0], other[0]} <= listed[kind] or {one[0], other[0]} in said:
                continue
            seen = listing([f"“{n}” ({plural(len(r), 'story', 'stories')})" for n, r in (one, other)])
            found.append(_end(kind, (one, other), known, f"The {kind}s {seen} may be one", into))
    return found


def of_another_site(into: "Workspace", stories: Sequence["Story"], house: "Organisation") -> "list[LooseEnd]":
    """Teams told of at a site that is not theirs in `servicestory.yaml`: one of the two is likely a slip."""
    from servicestory.cli.loose import LooseEnd

    told: dict[tuple[str, str], list[str]] = defaultdict(list)
    for story in stories:
        if story.team and story.site and elsewhere(story.team, story.site, house):
            told[" ".join(story.team.split()), story.site].append(story.id)
    found = []
    for (team, site), refs in sorted(told.items()):
        homes = listing(elsewhere(team, site, house))
        what = f"The team “{team}” is told of at “{site}” ({plural(len(refs), 'story', 'stories')}), and "
        what += f"servicestory.yaml has it at {homes}"
        step = f"Add it there for {site} under teams, or put the stories right: servicestory edit {refs[0]}"
        found.append(
            LooseEnd("team of another site", refs[0], into.story_place(refs[0]), what, step, tuple(refs))
        )
    return found


def _strange(kind: str, told: "Sequence[Named]", into: "Workspace") -> "LooseEnd":
    """Sites, or teams, that `servicestory.yaml` does not list and that are near none it lists."""
    from servicestory.cli.loose import LooseEnd

    shown = [f"“{name}” ({plural(len(where), 'story', 'stories')})" for name, where in told[:_SHOWN]]
    shown += [f"{len(told) - _SHOWN} more"] if len(told) > _SHOWN else []
    one = len(told) == 1
    what = (
        f"The {kind}{'' if one else 's'} {listing(shown)} {'is' if one else 'are'} not in servicestory.yaml"
    )
    ref = told[0][1][0]
    step = f"Add {'it' if one else 'them'} there under {kind}s, or put the stories right: "
    step += f"servicestory edit {ref} --set {kind}=NAME"
    refs = tuple(sorted({story for _, where in told for story in where}))
    return LooseEnd(f"{kind} not listed", ref, into.story_place(ref), what, step, refs)


def counted_apart(stories: Iterable["Story"], house: "Organisation") -> str:
    """A sentence where sites, or people, of stories are likely slips; empty where none is."""
    stories, sites, people = list(stories), set[str](), set[str]()
    for story in stories:
        sites |= {folded(story.site)} if story.site and story.site.strip() else set()
        people |= {folded(name) for name in story.people if name.strip()}
    known = {folded(site.name) for site in house.sites}
    parts = []
    if known and (strange := sites - known):
        are = "is" if len(strange) == 1 else "are"
        parts.append(f"{len(strange)} of {plural(len(sites), 'site')} told of {are} not in servicestory.yaml")
    told = {} if known else _by_name((story.site, story.id) for story in stories if story.site)
    if pairs := list(_pairs(told)):
        (one, _), (other, _) = pairs[0]
        more = f", and so may {plural(len(pairs) - 1, 'other pair')}" if len(pairs) > 1 else ""
        parts.append(f"the sites “{one}” and “{other}” may be one{more}")
    if slips := [name for name in people if not house.colleague(name) and meant_by(name, house)]:
        named = "name of a person" if len(people) == 1 else "names of people"
        parts.append(f"{len(slips)} of {len(people)} {named} may mean somebody of the staff list")
    if not parts:
        return ""
    said = listing(parts)
    said = f"{said[0].upper()}{said[1:]}: each is counted by itself, also in the verdicts."
    return f"{said} Which: servicestory check"


def _end(
    kind: str,
    pair: "tuple[Named, ...]",
    known: Collection[str],
    what: str,
    into: "Workspace",
    named: str = "",
) -> "LooseEnd":
    """What is said of names; to be put right is the one that servicestory.yaml lacks, else the rarer.

    Args:
        known: the names it has, folded.
    """
    from servicestory.cli.loose import LooseEnd

    _, wrong = min(pair, key=lambda one: (one[0].casefold() in known, len(one[1])))
    step = f"If so, write it alike: servicestory edit {wrong[0]}"
    refs = tuple(sorted({ref for _, stories in pair for ref in stories}))
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
            alone = first_word_of(one, other) and firsts[one.casefold().split()[0]] == 1
            if likely_same(one, other) or alone:
                yield (one, stories[one]), (other, stories[other])
