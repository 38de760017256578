"""Practices on their way: their evidence in order, their numbers and their names."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np

from servicestory.detect import alike, matching, naming
from servicestory.detect.alike import Directions
from servicestory.detect.codebook import starter_names
from servicestory.detect.features import Floats
from servicestory.detect.goals import Target
from servicestory.detect.moments import with_its_way
from servicestory.detect.quoting import lines, quotes
from servicestory.detect.reading import Reading
from servicestory.detect.terms import SHARED
from servicestory.detect.weights import OTHER
from servicestory.models.story import Story
from servicestory.wording.definition import in_house

OF_A_KIND, HALF, SURE_KIND = 0.25, 0.5, 0.4
"""Share of the evidence that must be read as the same kind of deed for a practice to be named after it; the
same, and the least mean probability of that kind, for a particular way of a house, whose deed often is of no
kind that all trades know."""

TELLING = 0.3
"""Least share of the passages that must tell a deed for a group that no deed names to be proposed."""
MOST = 0.75
"""Share of few places that must be read as the same kind of deed, or share words, to be one practice."""


@dataclass
class Draft:
    """A practice on its way: ``rows`` best first, ``sure`` its stability, ``words`` what sets it apart.

    ``kind`` is the class of the reading that most of its evidence is read as, empty when there is none such;
    ``of_one_kind`` says that nearly all of it is (:data:`MOST`). ``whole`` ones are kept even when no deed
    can be read out of them. ``scores`` say of each row how likely it belongs, ``stories`` how many show it,
    and ``firm`` how many beyond doubt.
    """

    goal: Target | None
    rows: list[int]
    stories: int = 0
    sure: float | None = None
    id: str = ""
    name: str = ""
    words: tuple[str, ...] = ()
    whole: bool = True
    kind: str = ""
    of_one_kind: bool = False
    scores: Floats = field(default_factory=lambda: np.zeros(0))
    firm: int = 0


def draft(
    goals: Sequence[Target],
    member: matching.Members,
    own: Sequence[list[int]],
    fresh: Sequence[list[int]],
    sure: Sequence[float],
    reading: Reading,
    vectors: Floats,
    told: Sequence[Story],
    classes: Sequence[str] = (),
) -> list[Draft]:
    """A draft per practice with its rows, best first; two targets of one standing practice become one."""
    rows_of: dict[str, tuple[Target, dict[int, None]]] = {
        g.label: (g, {}) for g in goals if g.practice is not None
    }
    for i, numbers in enumerate(member):
        for n in numbers:
            rows_of.setdefault(goals[n].label, (goals[n], {}))[1][i] = None
    drafts = [Draft(goal, list(rows)) for _, (goal, rows) in sorted(rows_of.items())]
    drafts += [Draft(None, rows, whole=False) for rows in own]
    drafts += [
        Draft(None, rows, sure=s, whole=not of_no_kind(rows, reading, classes))
        for rows, s in zip(fresh, sure, strict=True)
    ]
    for d in drafts:
        d.rows = _best_first(d, reading, vectors, told)
        d.kind = _kind(d.rows, reading, classes, d.whole)
        d.of_one_kind = bool(d.rows) and kind_of_most(d.rows, reading) >= 0
        if d.goal and d.rows and d.sure is None:
            if d.goal.entry is None:
                d.sure = d.goal.practice.stability if d.goal.practice else None
                continue
            share = reading.classes[d.rows].max(axis=1) / np.maximum(
                reading.classes[d.rows].sum(axis=1), 1e-9
            )
            d.sure = round(float(share.mean()), 2)
    return drafts


def is_one_thing(said: Sequence[Collection[str]]) -> bool:
    """Whether few places, read as several kinds, are one deed: most say two words that half of them share.

    Else what was put together has one word in common ("bike"), and a name of it would say more than is known.

    Args:
        said: the words that carry meaning of each place.
    """
    told = Counter(word for words in said for word in set(words))
    shared = {word for word, n in told.items() if 2 * n >= len(said) and n > 1}
    return sum(len(shared.intersection(words)) >= SHARED for words in said) >= MOST * len(said)


def kind_of_most(rows: Sequence[int], reading: Reading) -> int:
    """The class that most places (:data:`MOST`) are read as, by its number; −1 where there is none."""
    first = np.bincount(reading.classes[list(rows)].argmax(axis=1))
    return int(first.argmax()) if first.max() >= MOST * len(rows) else -1


def of_no_kind(rows: Sequence[int], reading: Reading, classes: Sequence[str]) -> bool:
    """Whether most of a group is of none of the kinds that are known: then only its deeds say what it is."""
    kind = kind_of_most(rows, reading)
    return kind >= 0 and bool(classes) and classes[kind] == OTHER


def _kind(rows: Sequence[int], reading: Reading, classes: Sequence[str], whole: bool) -> str:
    """The class that enough readings of ``rows`` put first, surely so if not ``whole``; or empty."""
    if not rows or not classes:
        return ""
    read = reading.classes[list(rows)]  # lines in another language are not read: they have no class
    first = np.bincount(read.argmax(axis=1)[read.any(axis=1)], minlength=len(classes))
    best, share = int(first.argmax()), first.max() / len(rows)
    if whole:
        return classes[best] if share >= OF_A_KIND else ""
    return classes[best] if share >= HALF and read[:, best].mean() >= SURE_KIND else ""


def _best_first(draft: Draft, reading: Reading, vectors: Floats, told: Sequence[Story]) -> list[int]:
    if not draft.rows:
        return []
    near = dict(zip(draft.rows, matching.fit(vectors, draft.rows).tolist(), strict=True))
    forced = draft.goal.forced if draft.goal else set()

    def key(i: int) -> tuple[bool, float, int]:
        pinned = matching.place_of(reading.passages[i], told) in forced
        return not pinned, -round(near[i] + float(reading.score[i]), 4), i

    return sorted(draft.rows, key=key)


def number(drafts: list[Draft], nextnumber: int) -> None:
    """Give new practices their ids, the strongest first, and put all in order.

    What most stories surely show comes first, of as many what most show.
    """
    drafts.sort(key=lambda d: (-d.firm, -d.stories, d.goal.label if d.goal else "~~", d.rows[:1]))
    for d in drafts:
        if d.goal and d.goal.practice:
            d.id = d.goal.practice.id
        else:
            d.id = f"P-{nextnumber:04d}"
            nextnumber += 1
    drafts.sort(key=lambda d: (-d.firm, -d.stories, d.id))


def name(
    drafts: Sequence[Draft],
    texts: Sequence[str],
    customer: str,
    staff: Collection[str],
    inside: Collection[int] = (),
    deed: Directions | None = None,
    staff_told: Collection[int] = (),
    tongues: Sequence[str] = (),
    elsewhere: Collection[int] = (),
) -> list[Draft]:
    """The drafts with names: those that stand and codebook entries have theirs, the rest is read.

    ``inside`` are the rows told of a service to a colleague: what is mostly done for colleagues is named so.
    What was grouped by the deed told (``deed``, a row each) is named by what is told nearest to all of it. A
    group no passage of which says what most tell has the name of its kind of deed, or of what one tells;
    one of which nothing at all can be said in common is left out, its behaviours unassigned; and one without
    a deed, of a kind that another has its name from, is one with that. What is "our" in the rows that staff
    tell (``staff_told``) is the house's, and no customer's. Where most rows are not in
    English (``tongues``, of each row), one of their lines is quoted. In reviews (``elsewhere``, rows) "I" is
    a customer.
    """
    taken: set[str] = set()
    kinds = starter_names()
    of_kind: dict[str, Draft] = {}
    for d in drafts:
        if d.goal and (d.goal.practice or d.goal.entry):
            entry = d.goal.entry
            d.name = (
                d.goal.practice.name if d.goal.practice else in_house(entry.name if entry else "", customer)
            )
            taken.add(d.name.lower())
            kind = in_house(kinds.get(d.kind, ""), _whom(d, inside, customer))
            if entry is None and d.name == kind and d.whole and d.of_one_kind:
                of_kind[kind] = d  # what was one with it in an earlier run is so again
    for d in drafts:
        abroad = [i for i in d.rows if tongues and tongues[i] != "en"]
        if not d.name and 2 * len(abroad) > len(d.rows):
            quoted = lines([texts[i] for i in abroad], [tongues[i] for i in abroad], staff)
            d.name = naming.about("", quoted, taken)
            taken.add(d.name.lower())
        elif not d.name:
            said = [_OURS.sub("the", texts[i]) if i in staff_told else texts[i] for i in d.rows]
            whom = _whom(d, inside, customer)
            near = (
                None
                if d.whole or deed is None
                else _nearness(alike.all_read(deed[d.rows], [texts[i] for i in d.rows]))
            )
            kind, customers = in_house(kinds.get(d.kind, ""), whom), all(i in elsewhere for i in d.rows)
            same = of_kind.get(kind) if d.whole and d.of_one_kind else None
            d.name = called(said, d.words, whom, staff, taken, near, kind, customers, same is not None)
            if same and not d.name:
                _join(same, d)
            elif kind and d.name == kind and d.whole and d.of_one_kind:
                of_kind[kind] = d
            taken.add(d.name.lower())
    return [d for d in drafts if d.name]


def _whom(draft: Draft, inside: Collection[int], customer: str) -> str:
    """Whom most of it was done for."""
    return "colleague" if sum(i in inside for i in draft.rows) * 2 > len(draft.rows) else customer


def called(
    texts: Sequence[str],
    words: Sequence[str],
    customer: str,
    staff: Collection[str],
    taken: Collection[str],
    near: naming.Nearness | None,
    kind: str,
    customers: bool = False,
    by_deed: bool = False,
) -> str:
    """The name of what ``texts`` tell, with when and how most of them say it was done; see :func:`name`.

    Empty for a group of one deed (``near``) where no deed is told by most and few passages tell any: it meets
    in words ("night", "nine"), and neither its kind nor a quotation would say what to do.

    Args:
        by_deed: only by a deed that most tell; empty where there is none.
    """
    found = naming.propose(texts, words, customer, staff, taken, near, customers)
    if not found and (by_deed or not (near or kind)):
        return ""  # read as of many kinds, and with no deed in common, they only met in words
    if not found and near and naming.share_telling(texts, customer, staff, customers) < TELLING:
        return ""
    if not found and kind and kind.lower() not in taken:
        found = kind
    if not found and near:
        # a deed of one of them is plainer than its words quoted, and says as much
        found = naming.propose(texts, words, customer, staff, taken, near, customers, of_all=False)
    if not found:
        return naming.about(kind, quotes(texts, words, staff, kind, near), taken)
    longer = with_its_way(found, texts)
    return found if longer.lower() in taken else longer


def _join(one: Draft, other: Draft) -> None:
    """Puts what ``other`` holds behind what ``one`` does: nothing tells them apart."""
    sizes = len(one.rows), len(other.rows)
    if one.sure is not None and other.sure is not None:
        one.sure = round((one.sure * sizes[0] + other.sure * sizes[1]) / sum(sizes), 2)
    one.rows = list(dict.fromkeys((*one.rows, *other.rows)))
    other.rows = []


_OURS = re.compile(r"\b(?:my|our)\b")


def _nearness(deeds: Directions) -> naming.Nearness:
    """How near instructions are to each of some deeds, (deeds, numbers)."""

    def near(steps: Sequence[str]) -> list[list[float]]:
        each: list[list[float]] = alike.alike(alike.read(steps), deeds).tolist()
        return each

    return near


def definition(draft: Draft) -> str | None:
    if draft.goal and draft.goal.practice:
        return draft.goal.practice.definition
    return draft.goal.entry.key if draft.goal and draft.goal.entry else None
