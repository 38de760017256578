"""Steps and their key points; and when two tellers mean the same step, told as one with what each adds."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from servicestory.models.story import Story
from servicestory.text import listing
from servicestory.wording import lexicon as lex
from servicestory.wording.acts import act, most_like, same_step, things
from servicestory.wording.articles import with_article
from servicestory.wording.manner import in_common, is_eve, phase, tail, tails
from servicestory.wording.many_things import GIVEN, LENT, by_name, given
from servicestory.wording.occasions import (
    at_its_moment,
    celebrated,
    either,
    for_anybody,
    occasion_of,
    seen_from_the_eve,
    with_its_moment,
    without_when,
)

CAUTION = "caution"
"""The kind of a key point that must not be lost, told once or often."""

TOLD_EXAMPLE = "told example"
"""The kind of a key point that says how single stories did what a line of the definition says."""

TOLD_SO_FAR = "Told so far:"
"""Begins the moments stories tell where nobody named one; they change with every story."""


@dataclass(frozen=True, order=True)
class Cite:
    """A place in a story: character offsets into its narrative or one of its behaviours."""

    story: str
    field: str
    start: int
    end: int

    def __str__(self) -> str:
        place = "" if self.field == "narrative" else f"{self.field}:"
        return f"{self.story}#{place}{self.start}-{self.end}"

    def touches(self, other: "Cite") -> bool:
        """Whether both have a character of a story in common."""
        same = (self.story, self.field) == (other.story, other.field)
        return same and self.start < other.end and other.start < self.end


def how_far(field: str, start: int, story: Story) -> float:
    """How far into its story something is told, 0 to 1."""
    listed = re.fullmatch(r"behaviours\[(\d+)\]", field)
    if listed:
        return int(listed[1]) / max(1, len(story.behaviours))
    return start / max(1, len(story.narrative))


def words_at(cite: Cite, told: Mapping[str, Story]) -> str:
    """The words of a place; nothing where its story, or that part of it, is gone.

    Args:
        told: the stories by id.
    """
    story = told.get(cite.story)
    return ((story.text_of(cite.field) if story else None) or "")[cite.start : cite.end]


def apart(cites: Iterable[Cite]) -> tuple[Cite, ...]:
    """The places in their order, of those that overlap the narrowest: one telling is one mark."""
    kept: list[Cite] = []
    for cite in sorted(set(cites), key=lambda c: (c.end - c.start, c)):
        if not any(k.touches(cite) for k in kept):
            kept.append(cite)
    return tuple(sorted(kept))


@dataclass(frozen=True)
class KeyPoint:
    """How a step is done, and why. ``told`` says whether the reason comes from a story.

    ``source``: ``stories``, or ``definition`` (an example the codebook gives).
    """

    text: str
    reason: str
    told: bool
    cites: tuple[Cite, ...]
    kind: str = ""  # points of one kind ("clearly", "in detail") are one point
    source: str = "stories"

    @property
    def stories(self) -> int:
        """How many stories tell it."""
        return len({cite.story for cite in self.cites})

    @property
    def caution(self) -> bool:
        """Whether it is what somebody heeded, see :mod:`servicestory.wording.cautions`."""
        return self.kind == CAUTION

    @property
    def asked(self) -> str:
        """Its text, marked where it asks what the owner has to answer."""
        return f"▢ {self.text}" if self.text.endswith("?") else self.text

    @property
    def example(self) -> bool:
        """Whether it only says what counts, which helps a trainer and binds nobody."""
        return self.kind == TOLD_EXAMPLE or (self.kind, self.source) == ("example", "definition")

    @property
    def confirmable(self) -> bool:
        """Whether somebody can be asked if it was done so: no example, and no question that is still open."""
        return not (self.example or self.text.endswith("?"))


@dataclass(frozen=True)
class Step:
    """One thing to do, in the staff's view.

    ``source``: ``stories``, ``practice`` (its core lines), ``definition`` (the codebook's entry) or ``method``.
    """

    text: str
    source: str = "stories"
    cites: tuple[Cite, ...] = ()
    key_points: tuple[KeyPoint, ...] = ()
    where: float = 0.5  # how far into its story it was told, 0 to 1; mean over the stories
    phase: int = 2  # see `manner.phase`
    ways: tuple[str, ...] = ()  # how others told the same act, where their words say more
    why: str = ""  # its reason as a story tells it, where there is no key point to give it to
    told: str = ""  # of a step of one place: its deed as it was read, before it was made to stand alone
    bound: bool = False  # only its own story makes sense of its words, see `by_itself`

    @property
    def stories(self) -> int:
        """How many stories tell it."""
        return len({cite.story for cite in self.cites})

    @property
    def once(self) -> bool:
        """Whether it stands on a single story."""
        return self.source == "stories" and self.stories == 1


def merged(raw: Iterable[Step], own: str = "", customer: str = "customer") -> list[Step]:
    """Near-equal steps as one, worded as most stories word it, with the places of all.

    Args:
        own: the kind of act the practice itself is (see `acts.act`); all steps of that kind are one.
        customer: whom it serves, in the house's word.
    """
    once = _grouped(raw, own, customer)
    while len(again := _grouped(_shortened(once), own, customer)) < len(once):
        once = again
    made = _for_the_day(once, customer)
    return _many_things([step for step in made if not step.bound] or made)


def _for_the_day(steps: list[Step], customer: str) -> list[Step]:
    """What is given when something is celebrated, as one step: "Bring the guest a cake or a card when they celebrate"."""
    gifts = {
        s: g[0].casefold() for s in steps if celebrated(occasion_of(s.text)) and (g := _GIFT.search(s.text))
    }
    if len(set(gifts.values())) < 2:
        return steps
    same = sorted(gifts, key=lambda s: (-s.stories, s.text))
    named = [
        g if g.endswith("s") or g in _UNCOUNTED else with_article(g)
        for g in dict.fromkeys(gifts[s] for s in same)
    ]
    bare = f"Bring the {customer} {listing(named[:3], 'or')}"
    days = {occasion_of(s.text).rpartition(" celebrate")[2].partition(" ")[2] for s in same}
    day = f"they celebrate {days.pop() if len(days) == 1 else 'something'}"
    cites = tuple(sorted({c for s in same for c in s.cites}))
    points = points_of(p for s in same for p in s.key_points)
    ways = dict.fromkeys(w for s in same for w in (without_when(s.text), *s.ways))
    where = sum(s.where for s in same) / len(same)
    made = Step(
        at_its_moment(bare, day), "stories", cites, points, where, same[0].phase, tuple(ways)[:MOST_WAYS]
    )
    return [*(s for s in steps if s not in gifts), made]


def in_full(step: Step, name: str) -> Step:
    """The step in the words of the practice's name, where it says less of the same act."""
    if act(step.text)[0] == act(name)[0] and things(step.text) < things(name):
        return replace(step, text=with_its_moment(name, step.text))
    return step


def _shortened(steps: list[Step]) -> list[Step]:
    """Steps of a verb that says enough alone ("Upgrade the guest …") without where and when, those as key points.

    Only where several tell it with different endings: one ending may be the step's own.
    """
    heads: dict[str, set[str]] = {}
    found = {s: m for s in steps if (m := _ALONE.match(without_when(s.text)))}
    for step, head in found.items():
        heads.setdefault(head[1], set()).add(without_when(step.text))
    made = []
    for step in steps:
        match = found.get(step)
        bare = without_when(step.text)
        if match is None or len(heads[match[1]]) < 2 or bare == match[1]:
            made.append(step)
            continue
        more = bare[match.end(1) :].strip(" ,")
        point = KeyPoint(more[0].upper() + more[1:], "", True, step.cites)
        known = step.key_points if tail(step.text) else (*step.key_points, point)
        made.append(replace(step, text=with_its_moment(match[1], step.text), key_points=known))
    return made


_ALONE = re.compile(
    rf"((?:{'|'.join(sorted(w.capitalize() for w in lex.ENOUGH_ALONE))}) the \w+)(?: (?:to|on|upon|at|with|into|in|by|before|for)\b|$)"
)


def _many_things(steps: list[Step]) -> list[Step]:
    """One act done with different things is one step that names them: "Suggest dishes, a menu or starters".

    Things given to the same person must share a word ("a complimentary dessert", "complimentary drinks"), or be
    three or more; then they are examples. What is lent is whatever somebody lacks just then, and always an example.
    """
    alike: dict[str, list[tuple[Step, str, str]]] = {}  # the act, and to whom -> step, its head, its thing
    for step in steps:
        bare = without_when(step.text)
        if step.stories < MANY and (found := given(bare)):
            alike.setdefault(f"{found.kind} {found.whom}", []).append((step, found.head, found.thing))
        elif name := _NAMES.match(step.text):
            alike.setdefault(act(step.text)[0], []).append((step, name[1], name[2]))
    gone: set[Step] = set()
    made = []
    for head, same in alike.items():
        gives, lent = head.startswith((GIVEN, LENT)), head.startswith(LENT)
        told = [things(f"- {thing}") for _, _, thing in same]
        few = gives and not lent and len(same) < 3
        if len(same) < 2 or (few and not frozenset.intersection(*told)):
            continue
        same.sort(key=lambda one: (-one[0].stories, len(one[0].text), one[0].text))
        best = [step for step, _, _ in same]
        gone.update(best)
        named = list(dict.fromkeys(thing for _, _, thing in same))
        text = f"{same[0][1]} {by_name(named[:3], gives, lent)}"
        when = {occasion_of(step.text) for step in best}  # each at its own moment: then none is that of all
        text = at_its_moment(text, when.pop()) if len(when) == 1 and "" not in when else text
        shorter = [s.text for s, _, thing in same if thing not in named[:3] or not s.text.endswith(thing)]
        ways = dict.fromkeys([*shorter, *(way for step in best for way in step.ways)])
        cites = tuple(sorted({c for step in best for c in step.cites}))
        points = points_of(p for step in best for p in step.key_points)
        where = sum(step.where for step in best) / len(best)
        made.append(Step(text, "stories", cites, points, where, best[0].phase, tuple(ways)[:MOST_WAYS]))
    return [s for s in steps if s not in gone] + made


# A thing that stands alone: where, when and for what would make it an act of its own.
_NAMES = re.compile(
    r"(Suggest|Recommend) ((?!.*\b(?:to|for|with|about|how|what|which|where|who|that|in|at|on|when|as|if|and)\b).+)"
)


def _grouped(raw: Iterable[Step], own: str, customer: str) -> list[Step]:
    groups: list[list[Step]] = []
    for step in sorted(raw, key=lambda s: (-len(s.text.split()), s.text, s.cites)):
        for group in groups:
            # the brakes and the lights, the brakes and the tyres, the tyres: one look at a bicycle
            like = group if act(step.text)[0] == "check" else group[:1]
            if any(same_step(one.text, step.text, own) for one in like):
                group.append(step)
                break
        else:
            groups.append([step])
    made = []
    for group in groups:
        count: dict[str, set[str]] = {}
        fit = [step for step in group if not step.bound] or group  # the others show it, in words of their own
        for step in fit:
            count.setdefault(without_when(step.text), set()).update(c.story for c in step.cites)
        of_all = {t for t in count if all(t == o or same_step(t, o, own) for o in count)}
        bare = most_like({text: len(told) for text, told in count.items() if not of_all or text in of_all})
        best = bare + _moment(bare, group, customer)
        cites = tuple(sorted({c for step in group for c in step.cites}))
        where = sum(s.where for s in group) / len(group)
        points = points_of([*(p for s in group for p in s.key_points), *_variants(bare, fit)])
        early = phase(best)
        when = early if early < 2 else max(s.phase for s in group)
        why = next((s.why for s in group if s.why), "")
        ways = _ways(bare, {**count, **{w: set() for s in fit for w in s.ways}})
        bound = all(step.bound for step in group)
        made.append(Step(best, "stories", cites, points, where, when, ways, why, bound=bound))
    return made


def _moment(bare: str, group: Iterable[Step], customer: str) -> str:
    """The occasion (" when they arrive late") that at least half of the stories of one step tell, else none.

    What some do for a birthday and others for an anniversary is done when something is celebrated; of the water
    and the heating both are named.
    """
    told: dict[str, set[str]] = {}
    every: set[str] = set()
    for step in group:
        stories = {c.story for c in step.cites}
        every |= stories
        if occasion := occasion_of(step.text):
            told.setdefault(for_anybody(occasion, customer, bare), set()).update(stories)
    if len(feasts := [o for o in told if celebrated(o)]) > 1:
        told[for_anybody("they celebrate something", customer, bare)] = set().union(
            *(told.pop(o) for o in feasts)
        )
    both, alike = either(told)
    if both:
        told[both] = set().union(*(told.pop(o) for o in alike))
    most = max(sorted(told), key=lambda when: len(told[when]), default="")
    if not most or len(told[most]) * 2 < len(every) or occasion_of(bare):
        return ""
    return at_its_moment(bare, most)[len(bare) :]


def _ways(best: str, told: dict[str, set[str]]) -> tuple[str, ...]:
    """The other wordings that add something to ``best``, those of most stories and most words first."""
    more = [t for t in told if not act(t)[1] <= act(best)[1]]
    ranked = sorted(more, key=lambda t: (-len(told[t]), -len(t.split()), t))
    kept: list[str] = []
    for text in ranked:
        if not any(act(text)[1] <= act(k)[1] for k in kept):
            kept.append(text)
    return tuple(kept[:MOST_WAYS])


MOST_WAYS = 4


def _variants(best: str, group: Iterable[Step]) -> list[KeyPoint]:
    """What other tellers add to the same step ("Greet the guest" + "at the door"), each a key point."""
    made = []
    for step in group:
        more = without_when(step.text).removeprefix(best).strip(" ,")
        if re.match(r"for (?:the \w+|them)\b", more):
            continue  # for whom is no way of doing it
        if more and step.text.startswith(best + " ") and tail(step.text) is None and more.split()[0] in _ADDS:
            made.append(KeyPoint(more[0].upper() + more[1:], "", True, step.cites))
    return made


_ADDS = frozenset("at on upon with by in before after to for from during without as when".split())


MANY = 4
_UNCOUNTED = ("champagne", "prosecco", "wine")
_GIFT = re.compile(
    r"\b(?:brownies?|cakes?|candles?|cards?|champagne|chocolates|cupcakes?|dessert|flowers|pastry|prosecco|song|wine)\b",
    re.IGNORECASE,
)


def points_of(points: Iterable[KeyPoint]) -> tuple[KeyPoint, ...]:
    """At most three points, those of most stories first; of one kind the first, with a told reason if any has one."""
    by_kind: dict[str, KeyPoint] = {}
    for point in points:
        known = by_kind.setdefault(point.kind or point.text, point)
        better = replace(known, reason=point.reason, told=True) if point.told and not known.told else known
        by_kind[point.kind or point.text] = replace(better, cites=tuple(sorted({*known.cites, *point.cites})))
    every = {c.story for p in by_kind.values() for c in p.cites}
    # What only one of many says, and nobody knows why, is no key point.
    kept = [
        p for p in by_kind.values() if p.reason or len({c.story for c in p.cites}) > 1 or len(every) < MANY
    ]
    ranked = sorted(kept, key=lambda p: (-len({c.story for c in p.cites}), p.text))
    return tuple(ranked[:3])


def broken_down(step: Step, customer: str) -> tuple[str, list[KeyPoint]]:
    """A step as a job breakdown wants it: verb and object, and how or when as key points."""
    head, ends = tails(step.text)
    if any(is_eve(said) for said in (*(point for point, _ in ends), *(p.text for p in step.key_points))):
        head = seen_from_the_eve(head)
    made: list[KeyPoint] = []
    for point, general in ends:
        reason = general.replace("{c}", customer)
        kind = reason or point
        told = next((p for p in step.key_points if (p.kind or p.text) == kind), None)
        because = told.reason if told and told.told and told.reason else ""
        cites = told.cites if told else step.cites
        said = in_common(point) if told and told.stories > 1 else point
        made.append(KeyPoint(said, because or reason, bool(because), cites, kind))
    kinds = {p.kind for p in made} | {p.text for p in made}
    return head, [*made, *(p for p in step.key_points if p.kind not in kinds and p.text not in kinds)][:3]
