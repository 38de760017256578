"""Puts a detection together: behaviours, practices, what became of them, and what a reader should know."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from servicestory.detect import alike, copies, doubles, identity, language, matching
from servicestory.detect.alike import Directions
from servicestory.detect.drafts import Draft, definition
from servicestory.detect.features import Floats
from servicestory.detect.goals import Target, places_of
from servicestory.detect.particular import FEWEST
from servicestory.detect.reading import Place, Reading
from servicestory.detect.readings import Readings
from servicestory.detect.result import Behaviour, Detection, FoundPractice, Saturation
from servicestory.detect.summary import Telling, clearest
from servicestory.detect.weights import Weights
from servicestory.models.base import last_day
from servicestory.models.practice import Practice, is_doubtful
from servicestory.models.story import Story
from servicestory.text import one_line, plural
from servicestory.wording.definition import in_house


@dataclass(frozen=True)
class Found:
    """What a detection has found so far, to be put together; every behaviour as a row.

    ``speaking`` are the stories (by number in ``told``) with a behaviour, also where another tells the same;
    ``repeats`` are the stories that are counted with another, and with which. ``abroad`` are the stories (by
    number in ``every``) that are not in English, with their language.
    """

    every: list[Story]
    abroad: dict[int, str]
    told: list[Story]
    speaking: set[int]
    practices: list[Practice]
    goals: list[Target]
    reading: Reading
    readings: Readings
    vectors: Floats
    matched: matching.Matched
    count: list[int]
    weights: Weights
    repeats: dict[str, str]


def weigh(found: Found, every: Sequence[Draft]) -> None:
    """Say of each place of the drafts how likely it belongs there, and how many stories surely show each."""
    reading, kinds = found.reading, set(found.weights.practices)
    keys, recoveries = _keys(found.goals), {g.label for g in found.goals if g.recovery}
    given = {g.label for g in found.goals if g.free}
    said: dict[tuple[int, str], float] = {}
    for (i, n), score in found.matched.by_people.items():
        said[i, found.goals[n].label] = max(score, said.get((i, found.goals[n].label), 0.0))
    put = {(g.label, place) for g in found.goals for place in g.forced}
    for d in every:
        label = d.goal.label if d.goal else ""
        places = [matching.place_of(reading.passages[i], found.told) for i in d.rows]
        d.stories = len({place[0] for place in places})
        belongs = matching.belonging(keys.get(label, set()), d.rows, reading, found.weights)
        by_people = np.array([said.get((i, label), 0.0) for i in d.rows])
        learned = keys.get(label, set()) & kinds
        # without learned weights all that is known otherwise is how likely it tells of a deed at all
        d.scores = np.where((by_people > 0) & (not learned or by_people > belongs), by_people, belongs)
        whose = label in recoveries, label in given
        d.scores = matching.earned(d.scores, d.rows, reading, *whose)
        d.scores = np.maximum(d.scores, _stood(d, places, found, *whose))
        firm = zip(places, d.scores.tolist(), strict=True)
        d.firm = len({place[0] for place, score in firm if not is_doubtful(score, (label, place) in put)})


def _keys(goals: Sequence[Target]) -> dict[str, set[str]]:
    """Label of each target -> the codebook entries it stands for, those of what was merged into it too."""
    keys: dict[str, set[str]] = {}
    for g in goals:
        keys.setdefault(g.label, set()).update([g.entry.key] if g.entry else [])
    return keys


def assemble(
    found: Found, every: list[Draft], *, customer: str, house_language: str, next_number: int
) -> Detection:
    """The detection that the drafts make, their evidence as numbers of its behaviours.

    Args:
        every: as :func:`weigh` left them.
        customer: the organisation's word for a customer.
        house_language: what stories are in that do not say it.
        next_number: above every number that was ever given to a practice.
    """
    reading, told = found.reading, found.told
    of_goal = {d.goal.label: d.id for d in every if d.goal}
    ids: list[list[str]] = [
        list(dict.fromkeys(of_goal[found.goals[n].label] for n in numbers))
        for numbers in found.matched.member
    ]
    matched = {g.label for g in found.goals}
    for d in every:
        if d.goal is None or d.goal.label not in matched:
            for i in d.rows:
                ids[i].append(d.id)
    forced = {place for g in found.goals for place in g.forced}
    put = {(g.label, place) for g in found.goals for place in g.forced}
    records = {s.id: s.record for s in told}
    behaviours = []
    for i, p in enumerate(reading.passages):
        place = matching.place_of(p, told)
        second = found.matched.runner_up[i]
        other = of_goal.get(found.goals[second].label) if second is not None else None
        behaviours.append(
            Behaviour(
                place[0],
                records[place[0]],
                p.field,
                p.start,
                p.end,
                p.text,
                float(reading.score[i]),
                tuple(ids[i]),
                other,
                found.count[i],
                place in forced,
            )
        )
    left: dict[str, dict[int, int]] = {}
    for (i, n), cause in found.matched.followed.items():
        left.setdefault(found.goals[n].label, {})[i] = cause
    names = alike.read([d.name for d in every])
    practices = tuple(
        FoundPractice(
            d.id,
            d.name,
            definition(d),
            bool(d.goal and d.goal.practice),
            d.goal.practice.status if d.goal and d.goal.practice else "candidate",
            tuple(d.rows),
            tuple(_clearest(d, put, behaviours, found, names[n : n + 1], customer)),
            d.words,
            d.sure,
            d.stories,
            tuple(d.scores.tolist()),
            _statement(d, customer),
            frozenset(i for i in d.rows if d.goal and (d.goal.label, behaviours[i].place) in put),
            tuple(sorted(left.get(d.goal.label, {}).items())) if d.goal else (),
        )
        for n, d in enumerate(every)
    )
    before = {p.id: places_of(p) for p in found.practices}
    after = {d.id: {behaviours[i].place for i in d.rows} for d in every if d.rows}
    used = {int(p[2:]) for p in (*before, *(d.id for d in every))}
    return Detection(
        len(found.every),
        tuple(behaviours),
        practices,
        identity.lineage(
            {k: v for k, v in before.items() if v},
            after,
            {k for k, v in before.items() if not v},
            {p.id for p in identity.undecided(found.practices)},
        ),
        _saturation(found, every),
        _notes(found, house_language),
        max([next_number, *(n + 1 for n in used)]),
        found.readings,
        found.repeats,
        _doubles(found, every, names),
    )


def _doubles(found: Found, every: Sequence[Draft], names: alike.Directions) -> tuple[tuple[str, str], ...]:
    """The practices that are likely one, the house's own with any, but for those that people parted.

    Args:
        names: (practices, numbers) what deed the name of each of ``every`` tells.
    """
    going = [d for d in every if d.rows and not _over(d)]
    own = {d.id: d.rows for d in going if definition(d) is None}
    apart = doubles.parted(found.practices)
    alike_in_name = doubles.called_alike(
        {d.id: names[n : n + 1] for n, d in enumerate(every)},
        {d.id: d.rows for d in going},
        {d.id for d in going} - own.keys(),
    )
    pairs = dict.fromkeys((*doubles.likely_one(own, found.reading.deed), *alike_in_name))
    return tuple(pair for pair in pairs if pair not in apart)


def _over(draft: Draft) -> bool:
    practice = draft.goal.practice if draft.goal else None
    return practice is not None and practice.status in ("rejected", "merged", "retired")


def _stood(draft: Draft, places: Sequence[Place], found: Found, recovery: bool, free: bool) -> Floats:
    """How sure each of the ``places`` of one of the house's own was before, as it stands in its file; else 0.

    A place in a complaint is no surer than what is told there, however sure it was before that was known.

    What it was built from is no less it because people merged a practice of the codebook into it: the places
    are then weighed by what that codebook practice is known by.
    """
    before = draft.goal.practice if draft.goal else None
    if before is None or before.definition:
        return np.zeros(len(places))
    had = {e.place: e.score or 0.0 for e in before.evidence}
    stood = np.array([had.get(place, 0.0) for place in places])
    told = matching.belonging(set(), draft.rows, found.reading, found.weights)
    worth = matching.earned(told, draft.rows, found.reading, recovery, free)
    passages = [found.reading.passages[i] for i in draft.rows]
    lower = np.array([p.unhappy or p.unshown or p.in_vain or p.paid for p in passages], bool)
    capped: Floats = np.where(lower, np.minimum(stood, worth), stood)
    return capped


def _clearest(
    draft: Draft,
    put: Collection[tuple[str, Place]],
    behaviours: Sequence[Behaviour],
    found: Found,
    name: Directions,
    customer: str,
) -> list[int]:
    """The rows that show a practice best, as everybody who reads its file finds them.

    Args:
        name: (1, numbers) what deed its name tells of.
    """
    label = draft.goal.label if draft.goal else ""
    scored = zip(draft.rows, draft.scores.tolist(), strict=True)
    order = sorted(scored, key=lambda one: behaviours[one[0]].place)
    places = [
        Telling.of(
            found.told[found.reading.passages[i].story],
            one_line(b.text),
            round(score, 2),
            (label, b.place) in put,
            b.field != "narrative",
        )
        for i, score in order
        for b in (behaviours[i],)
    ]

    def deeds(some: list[int]) -> Directions:
        rows = [order[n][0] for n in some]
        return alike.all_read(found.reading.deed[rows], [behaviours[i].text for i in rows])

    return [order[n][0] for n in clearest(places, deeds, name, definition(draft) is None, customer)]


def _statement(draft: Draft, customer: str) -> str | None:
    said = draft.goal.entry.behaviour_statement if draft.goal and draft.goal.entry else None
    return in_house(said, customer) if said else None


def _saturation(found: Found, every: Sequence[Draft]) -> Saturation:
    """New practices in each hundred stories, the stories in order of date, undated ones last."""
    told, passages = found.told, found.reading.passages
    order = sorted(range(len(told)), key=lambda i: (_day(told[i]), told[i].id))
    rank = {i: r for r, i in enumerate(order)}
    new = [0] * -(-len(told) // 100)
    for d in every:
        if d.rows:
            new[min(rank[passages[i].story] for i in d.rows) // 100] += 1
    quiet = [told[i] for i in order if i not in found.speaking]
    abroad = {found.every[i].id for i in found.abroad}
    unread = {story.id for story in quiet if story.id in abroad}
    silent = tuple(story.id for story in quiet if story.id not in unread)
    return Saturation(tuple(new), silent, tuple(story.id for story in quiet if story.id in unread))


def _day(story: Story) -> str:
    return last_day(story.date).isoformat() if story.date else "9999"


def _notes(found: Found, house_language: str) -> tuple[str, ...]:
    """What a reader of the result should know, in plain sentences."""
    notes = []
    n = len(found.every)
    if not n:
        notes.append("There are no stories yet, so there is nothing to detect.")
    elif not found.reading.passages and len(found.abroad) < n:
        notes.append("No sentence says what somebody did; praise without a behaviour cannot be copied.")
    elif n < FEWEST:
        notes.append(
            f"With {plural(n, 'story', 'stories')} only what the codebook describes is found for sure; "
            f"your own habits are looked for from {FEWEST} stories on."
        )
    if repeated := len(found.repeats):
        short = sum(0 < len(story.narrative.split()) < copies.WHOLE_TEXT for story in found.every)
        said = f"{plural(short, 'text')} of fewer than {copies.WHOLE_TEXT} words"
        left = f" ({said} {'was' if short == 1 else 'were'} not compared)" if short else ""
        repeats = "story tells" if repeated == 1 else "stories tell"
        notes.append(f"{repeated} {repeats} nothing but what another does in nearly the same words{left}.")
    return (*notes, *language.notes(found.every, house_language, found.abroad))
