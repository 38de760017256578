"""Suggested people of stories that name nobody, less what was decided about a name, ready to be confirmed."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from servicestory.detect.around import headed
from servicestory.detect.cues import ROLE
from servicestory.detect.people import ON_THE_LIST, Suggestion, again, first_words, listed, suggested_people
from servicestory.detect.spellings import Spelled, spelled_alike, spellings
from servicestory.detect.told_names import ToldNames, told_names
from servicestory.honorifics import DOCTOR, TITLE_BEFORE
from servicestory.models.names import NameDecision
from servicestory.models.organisation import Organisation
from servicestory.models.story import Story
from servicestory.text import folded
from servicestory.wording.given import is_given

_OFTEN = 10
_WORD = 3  # times as many stories with small letters as with a capital make a name a word
_AT = re.compile(
    r"\b(?:[Tt]h(?:e|is|at)|[Aa]n?|[Ii]n|[Aa]t|into|[Oo]ur|[Yy]our|[Ee](?:very|ach)|any|"
    r"(?:go|going|come|came|went|trip|back) to)\s+([A-Z][a-zà-öø-ÿ]{2,})"
)
_LETTERS = re.compile(r"[^\W\d_]+")
_CAPITAL = re.compile(r"\b[A-Z][a-zà-öø-ÿ]{4,}")
Suggested = dict[str, list[Suggestion]]


@dataclass(frozen=True)
class Question:
    """One name to be confirmed at one site: the stories it is in, and the clearest place of it.

    ``known`` says that the staff list has the name; ``person`` is who it would be written as, and ``spelled``
    says that this is a name of the same site of which it seems to be another spelling.
    """

    name: str
    site: str | None
    person: str
    known: bool
    stories: tuple[str, ...]
    why: str
    quote: str
    spelled: bool = False

    @property
    def label(self) -> str:
        """The name with its site, as it is asked about and answered."""
        return f"{self.name} ({self.site})" if self.site else self.name


def _colleagues(story: Story, here: Sequence[Suggestion]) -> list[Suggestion]:
    """Those of a text's names that are nobody's whom somebody of the house calls by a title: "Mrs Holm"."""
    from servicestory.detect.customers import customers_in

    unsure = [(one.start, one.end) for one in here if one.why != ON_THE_LIST]
    if story.prompted == "import" or not unsure:
        return list(here)  # customers write "Mr Holm" of whoever served them
    customers = customers_in(story.narrative, unsure, True, doctors=True)
    return [
        one
        for one in here
        if (one.start, one.end) not in customers
        and (one.why in _SURELY or not _titled(story.narrative[max(0, one.start - 30) : one.start]))
    ]


def _titled(before: str) -> bool:
    """Whether a title stands before a name that is no doctor's."""
    found = TITLE_BEFORE.search(before)
    return found is not None and not DOCTOR.match(found[0].split()[-1])


_SURELY = (ON_THE_LIST, ROLE, "thanked")


def suggestions(
    stories: Iterable[Story],
    organisation: Organisation,
    decisions: Iterable[NameDecision] = (),
    read: Callable[[Sequence[Story]], list[list[Suggestion]]] | None = None,
) -> Suggested:
    """Story id -> names of colleagues its text seems to mention, for stories that name nobody.

    A name found in one story is looked for in the others of its site. A story that names only people who were
    confirmed this way may mention others. A name that was decided to be no colleague at the story's site is
    left out.

    Args:
        read: finds what each text suggests by itself, where that is known from before.
    """
    decisions = list(decisions)
    refused = _refused(decisions)
    confirmed = standing(decisions)
    written = {folded(person) for person in confirmed.values()}
    open_: list[Story] = []
    at_site: dict[str, set[str]] = {}
    for story in stories:
        people = {folded(name) for name in story.people if name.strip()}
        if not story.narrative or not people <= written:
            continue
        open_.append(story)
    alone = read(open_) if read else [suggested_people(story, organisation.staff) for story in open_]
    found = {story.id: _colleagues(story, here) for story, here in zip(open_, alone, strict=True)}
    words = _words(found, open_) | _of_the_firm(found, organisation) | _headed(found, open_)
    for story in open_:
        found[story.id] = [one for one in found[story.id] if folded(one.name) not in words]
        if story.site:
            at_site.setdefault(_site(story), set()).update(one.name for one in found[story.id])
    known = {
        site: {word: name for word, name in first_words(names).items() if word not in _house(site)}
        for site, names in at_site.items()
    }
    for site, written_ in _capitals(open_, known).items():
        alike = set(spelled_alike(written_, known[site])) - _house(site)
        known[site] |= {word: word.capitalize() for word in sorted(alike)}
    for story in open_:
        people = {folded(name) for name in story.people if name.strip()}
        here = {one.start: one for one in found[story.id]}
        for one in again(story, known.get(_site(story), {}), [h.end for h in here.values()]):
            if not any(h.start <= one.start < h.end for h in here.values()):
                here[one.start] = one
        kept = []
        for start in sorted(here):
            one = _shortened(here[start], at_site.get(_site(story), set()))
            key = (folded(one.name), _site(story))
            if key not in refused and folded(confirmed.get(key, "")) not in people - {""}:
                kept.append(one)
        found[story.id] = kept
    return {ref: kept for ref, kept in found.items() if kept}


def _capitals(stories: Sequence[Story], sites: Collection[str]) -> dict[str, set[str]]:
    """Site -> the words (folded) that its stories write with a capital, of sites where names are known."""
    capitals: dict[str, set[str]] = {}
    for story in stories:
        if (site := _site(story)) in sites:
            capitals.setdefault(site, set()).update(map(str.casefold, _CAPITAL.findall(story.narrative)))
    return capitals


def _words(found: Suggested, stories: Sequence[Story]) -> set[str]:
    """Suggested "names" (folded) that are words ("Lamb") or places ("Quay").

    Many more stories have a word in small letters. Hurried tellers write names small too, so it takes ten
    stories of other sites, or far more of its own. As many stories say "the Quay" or "at Quay" of a place as
    name it like a colleague.
    """
    named: Counter[str] = Counter()
    sites: dict[str, set[str | None]] = {}
    whys: dict[str, set[str]] = {}
    for story in stories:
        for one in found[story.id]:
            whys.setdefault(folded(one.name), set()).add(one.why)
        for name in {folded(one.name) for one in found[story.id] if one.why != ON_THE_LIST}:
            named[name] += 1
            sites.setdefault(name, set()).add(story.site)
    parts = {name: name.split() for name in named}
    begun: dict[str, list[str]] = {}
    for name in named:
        begun.setdefault(parts[name][0], []).append(name)
    weak = {name for name in named if whys[name] == {"said to have served"} and not is_given(parts[name][0])}
    several = len({story.site for story in stories}) > 1
    small: Counter[str] = Counter()
    at_home: Counter[str] = Counter()
    place: Counter[str] = Counter()
    for story in stories:
        said = set(re.findall(r"[a-z]{3,}(?!['’]t\b)", story.narrative))  # no "don" of "don't"
        for first in begun.keys() & said:
            for name in begun[first]:
                if said.issuperset(parts[name]):  # "Chole Bhature" is "chole bhature" elsewhere
                    (at_home if several and story.site in sites[name] else small)[name] += 1
        place.update(named.keys() & {word.casefold() for word in _AT.findall(story.narrative)})
    return {
        name
        for name, count in named.items()
        if small[name] >= max(_WORD if name in weak else _OFTEN, _WORD * count)
        or at_home[name] >= _OFTEN * max(_WORD, count)
        or place[name] >= max(_WORD, count)
    }


def _of_the_firm(found: Suggested, organisation: Organisation) -> set[str]:
    """Suggested "names" (folded) that are the organisation's: "Thank you Brimble", of Brimble Coffee."""
    firm = _house(folded(organisation.organisation or ""))
    told = {folded(one.name) for here in found.values() for one in here if one.why != ON_THE_LIST}
    return {name for name in told if firm.issuperset(name.split())}


def _headed(found: Suggested, stories: Sequence[Story]) -> set[str]:
    """Suggested "names" (folded) of whoever some story says founded or heads the firm."""
    heads = {word for story in stories for word in headed(story.narrative)}
    told = {folded(one.name) for here in found.values() for one in here if one.why not in (ON_THE_LIST, ROLE)}
    return {name for name in told if not heads.isdisjoint(name.split())} if heads else set()


def _house(site: str) -> set[str]:
    """The words of a site's name, and all of them as one."""
    words = _LETTERS.findall(site)
    return {*words, "".join(words)}


def _shortened(one: Suggestion, known: set[str]) -> Suggestion:
    """ "Milo Brandt" is the Milo of the same site."""
    first = one.name.split()[0]
    return replace(one, name=first) if one.why != ON_THE_LIST and first in known else one


def names(found: Suggested, stories: Sequence[Story], organisation: Organisation) -> dict[str, list[str]]:
    """Story id -> the names alone, each once, two spellings of one name as one: what the spread counts.

    Whoever is named in a complaint is mostly blamed there, so it counts for nobody.
    """
    spelled = _spelled(found, stories, organisation)
    site = {story.id: _site(story) for story in stories if story.id in found and not story.unhappy}
    return {
        ref: list(dict.fromkeys(spelled.get((folded(one.name), site[ref]), one.name) for one in here))
        for ref, here in found.items()
        if ref in site
    }


def _spelled(found: Suggested, stories: Sequence[Story], organisation: Organisation) -> Spelled:
    """Names that seem to be another spelling of a name of the same site, suggested or on record."""
    staff = {folded(name) for name in organisation.staff_names()}
    record = {folded(name) for story in stories for name in story.people}
    told = (
        (
            story.id,
            _site(story),
            {one.name for one in found.get(story.id, ())} | set(story.people),
        )
        for story in stories
        if story.people or story.id in found
    )
    return spellings(told, staff | record)


def written(found: Suggested, stories: Iterable[Story]) -> dict[str, list[str]]:
    """Story id -> the names as the text has them: what is left out of quotations."""
    texts = {story.id: story.narrative for story in stories if story.id in found}
    return {
        story: sorted({texts[story][one.start : one.end] for one in here}) for story, here in found.items()
    }


def told(
    found: Suggested,
    alone: Suggested,
    stories: Sequence[Story],
    decisions: Iterable[NameDecision] = (),
) -> ToldNames:
    """All that is known of names nobody recorded, of stories that have others on record too.

    Args:
        found: from :func:`suggestions`.
        alone: what the text of each story suggests by itself.
    """
    kept = {word for here in found.values() for one in here for word in folded(one.name).split()}
    alone_only = {folded(one.name) for story in stories if not story.people for one in alone[story.id]}
    never = {name for name in alone_only if kept.isdisjoint(name.split())}
    others = {
        story.id: [one for one in alone[story.id] if folded(one.name) not in never]
        for story in stories
        if story.people and story.id not in found
    }
    refused = _refused(decisions)
    here: dict[str, list[str]] = written({**others, **found}, stories)
    for story in stories:
        if other := _misspelt(story):
            here[story.id] = [*here.get(story.id, ()), *other]
    return told_names(stories, here, refused, never - {name for name, _ in refused})


def _misspelt(story: Story) -> list[str]:
    """Words of a story that are another spelling of whom it names: "Rosmund", of Rosamund Lund."""
    if not story.people:
        return []
    names = {word for name in story.people for word in _LETTERS.findall(folded(name))}
    capitals = {word.casefold(): word for word in _CAPITAL.findall(story.said)}
    return [capitals[word] for word in spelled_alike(capitals.keys() - names, names)]


def questions(found: Suggested, stories: Sequence[Story], organisation: Organisation) -> list[Question]:
    """Each name at each site once, those in most stories first, then by name and site.

    Names are not asked after in complaints: who is blamed there would be written down as who did it well.
    """
    by_id = {story.id: story for story in stories if not story.unhappy}
    staff = {folded(person.name) for person in organisation.staff}
    forms = listed(organisation.staff)
    where: dict[str, set[str]] = {}
    groups: dict[tuple[str, str], list[tuple[Story, Suggestion]]] = {}
    for ref in sorted(found.keys() & by_id.keys()):
        for one in found[ref]:
            story = by_id[ref]
            groups.setdefault((folded(one.name), _site(story)), []).append((story, one))
            where.setdefault(folded(one.name), set()).add(_site(story))
    asked = []
    spelled = _spelled(found, stories, organisation)
    for (name, at), seen in groups.items():
        story, first = seen[0]
        person = spelled.get((name, at), first.name)
        person = forms.get(folded(person)) or person
        # The same first name at another site is most likely somebody else, unless it is on the staff list.
        apart = folded(person) not in staff and len(where.get(folded(person), ())) > 1 and story.site
        asked.append(
            Question(
                first.name,
                story.site,
                f"{person} ({story.site})" if apart else person,
                name in staff,
                tuple(sorted({s.id for s, _ in seen})),
                first.why,
                _around(story.narrative, first.start, first.end),
                (name, at) in spelled,
            )
        )
    return sorted(asked, key=lambda q: (-len(q.stories), q.name, q.site or ""))


def _around(text: str, start: int, end: int, room: int = 70) -> str:
    """The name with the words before and after it, on one line."""
    left, right = max(0, start - room), min(len(text), end + room)
    before = text[left:start] if left == 0 else text[left:start].partition(" ")[2]
    after = text[end:right] if right == len(text) else text[end:right].rpartition(" ")[0]
    return " ".join(f"{'… ' if left else ''}{before}{text[start:end]}{after}".split()) + (
        " …" if right < len(text) else ""
    )


def _last(decisions: Iterable[NameDecision]) -> dict[tuple[str, str], NameDecision]:
    """The last decision about each name at each site counts."""
    return {(folded(d.name), _site(d)): d for d in decisions}


def _refused(decisions: Iterable[NameDecision]) -> set[tuple[str, str]]:
    """(name, site), both folded, that are no colleague."""
    return {key for key, d in _last(decisions).items() if d.decision == "no colleague"}


def standing(decisions: Iterable[NameDecision]) -> dict[tuple[str, str], str]:
    """(name, site), both folded -> the person it was confirmed to be."""
    return {key: d.person or d.name for key, d in _last(decisions).items() if d.decision == "a colleague"}


def _site(of: Story | NameDecision) -> str:
    """Its site, folded; empty without one."""
    return folded(of.site or "")
