"""Stories in, behaviours and practices out: reads, matches what is known, discovers the rest."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from threadpoolctl import threadpool_limits

from servicestory.detect import copies, discover, drafts, identity, language, matching, placing, written
from servicestory.detect.assemble import Found, assemble, weigh
from servicestory.detect.drafts import Draft
from servicestory.detect.embedder import Embedder
from servicestory.detect.explain import words_of_kind
from servicestory.detect.features import Floats, blocks
from servicestory.detect.goals import Target, places_of, targets
from servicestory.detect.reading import Place, Reading
from servicestory.detect.readings import Readings, gather
from servicestory.detect.result import Detection
from servicestory.detect.shape import to_json
from servicestory.detect.steady import steady
from servicestory.detect.summary import telling_words
from servicestory.detect.taught import Lessons
from servicestory.detect.terms import Terms
from servicestory.detect.weights import Weights, shipped
from servicestory.detect.words import STOP, number
from servicestory.models.codebook import CodebookEntry
from servicestory.models.practice import Practice
from servicestory.models.story import Story
from servicestory.text import folded
from servicestory.wording.speaker import told_by

Progress = Callable[[str, int, int], None]

__all__ = ["Config", "Detection", "detect", "to_json"]

BATCH = 20_000
"""Behaviours turned into features at a time: bounds the memory, not the result."""
_DAY = len("2026-01-31")
MANY = 100_000
"""Behaviours from which on their vectors are kept in single precision, for the memory's sake."""


@dataclass(frozen=True)
class Config:
    """What a detection depends on besides its records.

    ``next_number`` is the number of the next new practice (above every id ever given); ``customer`` the
    organisation's word for a customer; ``names`` the staff, never to appear in a name of a practice;
    ``unsaid`` further words (folded) of names, which may be everyday words as well: no key words of one;
    ``embedder`` gives the vectors by which behaviours are alike, in the place of TF-IDF.
    """

    next_number: int = 1
    customer: str = "customer"
    names: tuple[str, ...] = ()
    unsaid: Collection[str] = ()
    language: str = "en"
    seed: int = 0
    embedder: Embedder | None = None


def detect(
    stories: Iterable[Story],
    practices: Iterable[Practice],
    codebook: Iterable[CodebookEntry],
    config: Config = Config(),
    progress: Progress | None = None,
    known: Readings | None = None,
) -> Detection:
    """Find behaviours in stories and put them into practices.

    Pure: equal arguments, in whatever order, give an equal result on any number of threads.

    Args:
        stories: any number, also none.
        practices: those that stand; they are matched first and keep ids, names, decisions, pinned evidence.
            Rejected ones take what is like them and are not proposed again; merged ones forward.
        codebook: what is recognised by definition; empty for discovery alone.
        config: see :class:`Config`.
        progress: called with a phase in plain words, how much of it is done, and of how much.
        known: what an earlier detection has read (its ``readings``), so that only what is new is read.
    """
    with threadpool_limits(1):
        return _detect(list(stories), list(practices), list(codebook), config, progress or _quiet, known)


def _quiet(_phase: str, _done: int, _total: int) -> None:
    pass


def _detect(
    stories: list[Story],
    practices: list[Practice],
    codebook: list[CodebookEntry],
    config: Config,
    progress: Progress,
    known: Readings | None,
) -> Detection:
    stories = sorted(stories, key=lambda s: s.id)
    practices = sorted(practices, key=lambda p: p.id)
    weights = shipped()
    loose = identity.undecided(practices)
    by_key = identity.known_by_definition(practices, codebook)
    open_ids = {p.id for p in (*loose, *by_key.values())}
    goals = targets([p for p in practices if p.id not in open_ids], codebook)
    for goal in goals:
        if goal.entry and goal.entry.key in by_key and goal.practice is None:
            goal.stood = places_of(by_key[goal.entry.key])
    forced = frozenset(place for g in goals for place in g.forced)
    told, twin_of = _distinct(stories, {place[0] for place in forced})
    reading, readings = gather(
        told, forced, known, lambda done, of: progress("Looking for behaviours", done, of)
    )
    abroad = language.foreign(stories, config.language)
    tongue = {stories[i].id: which for i, which in abroad.items()}
    others = {i: tongue[story.id] for i, story in enumerate(told) if story.id in tongue}
    reading = language.listed_only(reading, others, forced, told)
    days = _told_at(told)
    occasions = [_occasion(story) for story in told]
    first = copies.group(
        [p.text for p in reading.passages],
        [days[p.story] for p in reading.passages],
        [occasions[p.story] for p in reading.passages],
    )
    place = [matching.place_of(p, told) for p in reading.passages]
    again = _said_again(reading)
    first = [first[i] for i in again]
    alone = _collapse(reading, first, again, [at in forced for at in place])
    count = _counts(reading, first, told, Counter(twin_of.values()))
    repeats = twin_of | _repeating(reading, first, alone, told)
    speaking = {p.story for p in reading.passages}
    row = {i: n for n, i in enumerate(alone)}
    row_of = {place[i]: row[i if i in row else f] for i, f in enumerate(first)}
    reading = reading.take(alone)
    lines = written.lines_of(goals, weights, place, config.names)
    vectors, like = _vectors(
        reading,
        weights,
        lines,
        config.embedder,
        lambda done, of: progress("Matching known practices", done, of),
    )
    unsure = matching.torn(reading) if codebook else np.zeros(len(reading.passages), bool)
    spoken = [others.get(p.story, "en") for p in reading.passages]
    terms = (
        Terms([p.text for p in reading.passages], config.customer)
        if lines or any(g.forced or g.barred for g in goals)
        else None
    )
    if terms is not None:
        like = {
            n: written.by_words(near, terms, goals[n], lines[n], reading.deed) for n, near in like.items()
        }
    if others:
        vectors = _spoken_vectors(reading, spoken, lines, vectors, like, config)
        unsure &= np.array([which == "en" for which in spoken], bool)
    _by_cues(like, {n: written.cues(goals[n], weights) for n in like}, reading, told)
    lessons = None if terms is None else Lessons(terms, vectors, reading.deed)
    progress("Matching known practices", 1, 1)
    progress("Discovering new practices", 0, 1)
    at, names, seed = [place[i] for i in alone], config.names, config.seed
    ways = placing.own_ways(reading, weights, told, names, seed)

    def once() -> placing.Placed:
        matched = matching.match(reading, weights, goals, vectors, unsure, told, like, lessons)
        return placing.placed(matched, ways, at, reading, weights, goals, vectors, unsure, told, names, seed)

    found = placing.settled(once, goals, at, set(weights.practices))
    for goal in goals:
        if goal.practice is None and goal.entry and goal.entry.key in by_key:
            goal.practice = by_key[goal.entry.key]  # it keeps its id and its name
    progress("Discovering new practices", 1, 1)
    texts = [p.text for p in reading.passages]
    member, own, fresh = found.matched.member, found.own, found.fresh
    every = drafts.draft(goals, member, own, fresh, found.sure, reading, vectors, told, weights.practices)
    for n, figure in steady(every, reading.passages, weights).items():
        every[n].sure = figure
    new = every[len(every) - len(own) - len(fresh) :]
    for one, figure in zip(new, found.again, strict=False):
        one.sure = figure
    plain = [t if which == "en" else t.lower() for t, which in zip(texts, spoken, strict=True)]
    small = STOP | language.stop_words(sorted(set(spoken) - {"en"}))
    hidden = {part.casefold() for name in config.names for part in name.split()} | set(config.unsaid)
    words = telling_words([d.rows for d in every], plain, set(weights.vocabulary.known), small)
    for one, marks in zip(every, words, strict=True):
        marks = marks or words_of_kind(drafts.definition(one), [texts[i] for i in one.rows], weights)
        one.words = tuple(word for word in marks if word not in hidden)
    open_yet = {p.id for p in by_key.values()}
    held = [d.rows for d in every if d.goal and d.goal.practice and d.goal.practice.id not in open_yet]
    every += _go_on(loose, new, row_of, held)
    inside = {i for i, p in enumerate(reading.passages) if told[p.story].internal}
    whose = [told_by(story) for story in told]
    ours = {i for i, p in enumerate(reading.passages) if whose[p.story] == "staff"}
    reviews = {i for i, p in enumerate(reading.passages) if whose[p.story] == "elsewhere"}
    every = drafts.name(
        every, texts, config.customer, config.names, inside, reading.deed, ours, spoken, reviews
    )
    given = [int(i[2:]) for p in practices for i in (p.id, *p.absorbed)]
    found_so_far = Found(
        stories,
        abroad,
        told,
        speaking,
        practices,
        goals,
        reading,
        readings,
        vectors,
        found.matched,
        [count[i] for i in alone],
        weights,
        {one: repeats.get(other, other) for one, other in sorted(repeats.items())},
    )
    weigh(found_so_far, every)
    drafts.number(every, max([config.next_number, *(n + 1 for n in given)]))
    return assemble(
        found_so_far,
        every,
        customer=config.customer,
        house_language=config.language,
        next_number=config.next_number,
    )


def _spoken_vectors(
    reading: Reading,
    spoken: Sequence[str],
    written: dict[int, list[str]],
    vectors: Floats,
    like: dict[int, Floats],
    config: Config,
) -> Floats:
    """The vectors with those of other languages in columns of their own; ``like`` is filled in for these."""
    lines = [line for those in written.values() for line in those]
    rows = np.array([which != "en" for which in spoken], bool)
    house = language.code(config.language)
    both = language.vectors([*(p.text for p in reading.passages), *lines], [*spoken, *([house] * len(lines))])
    own, at = both[: len(spoken)], len(spoken)
    for n, those in written.items():
        near = np.round(own[rows] @ both[at : at + len(those)].T, 4).max(axis=1, initial=0)
        like[n][rows] = near
        at += len(those)
    return np.hstack([np.where(rows[:, None], 0.0, vectors), own])


def _by_cues(
    like: dict[int, Floats], given: dict[int, list[str]], reading: Reading, told: Sequence[Story]
) -> None:
    """Raises ``like`` to :data:`written.CUED` where a behaviour holds a cue people wrote of the target."""
    every = [cue for cues in given.values() for cue in cues]
    if not every:
        return
    idle = written.idle_cues(every, told)
    said = written.cue_words((p.text for p in reading.passages), every)
    for n, cues in given.items():
        held = written.says_a_cue(said, [cue for cue in cues if cue not in idle])
        like[n][held] = np.maximum(like[n][held], written.CUED)


def _go_on(
    loose: Sequence[Practice],
    found: Sequence[Draft],
    row_of: dict[Place, int],
    standing: Sequence[Collection[int]],
) -> list[Draft]:
    """Candidates nobody has decided on go on as the new groups they are found in; drafts of the others.

    Args:
        standing: rows of each practice that people decided about.
    """
    by_id = {p.id: p for p in loose}
    changed = identity.refit(loose, [d.rows for d in found], [d.words for d in found], row_of, standing)
    for group, old in changed.heir.items():
        found[group].goal = Target(by_id[old], None)
    apart = []
    for old in (*changed.kept, *changed.merged, *changed.gone):
        practice, rows = by_id[old], changed.kept.get(old, [])
        goal = Target(practice, None)
        apart.append(Draft(goal, rows, sure=practice.stability, words=tuple(practice.words)))
    return apart


def _told_at(stories: Sequence[Story]) -> list[tuple[str, str] | None]:
    """Site and day of each story; None without a day, or without a site where other stories give one."""
    sites = [folded(story.site or "").strip() for story in stories]
    several = any(sites)
    return [
        (site, story.date) if story.date and len(story.date) == _DAY and (site or not several) else None
        for story, site in zip(stories, sites, strict=True)
    ]


def _distinct(stories: Sequence[Story], pinned: Collection[str]) -> tuple[list[Story], dict[str, str]]:
    """Stories without those that repeat another word for word; and which one each of these repeats.

    Of those that say the same the one in which a person ``pinned`` a place stands for all.
    """
    said: list[bytes | None] = []
    occasions = []
    stories = sorted(stories, key=lambda s: s.id)
    for story in stories:
        words = " ".join((story.narrative, *story.behaviours)).lower().split()
        # what a teller lists is short, and said alike by many; a whole text seldom is
        least = copies.WHOLE_TEXT if story.narrative.strip() else copies.LEAST_WORDS
        text = blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=16).digest()
        said.append(text if len(words) >= least else None)
        occasions.append(_occasion(story) if len(words) < copies.LONG else copies.Occasion())
    first = copies.first_of(said, occasions)
    stands: dict[int, str] = {}
    for story, f in sorted(zip(stories, first, strict=True), key=lambda one: one[0].id not in pinned):
        stands.setdefault(f, story.id)
    told, twin_of = [], {}
    for story, f in zip(stories, first, strict=True):
        if stands[f] == story.id or story.id in pinned:
            told.append(story)
        else:
            twin_of[story.id] = stands[f]
    return told, twin_of


def _occasion(story: Story) -> copies.Occasion:
    """What is recorded of who did it, when and where; people the text names are only suggested."""
    who = frozenset(folded(name) for name in story.people)
    return copies.Occasion(who, (story.date, folded(story.site or "")) if story.date else None)


def _said_again(reading: Reading) -> list[int]:
    """For each row the first row of its story that says just the same, in the text or in what is listed."""
    seen: dict[tuple[int, bool, str], int] = {}
    return [
        seen.setdefault((p.story, p.listed, copies.spoken(p.text)), i) for i, p in enumerate(reading.passages)
    ]


def _collapse(
    reading: Reading, first: Sequence[int], again: Sequence[int], pinned: Sequence[bool]
) -> list[int]:
    """Rows that go on: one for each group of copies, repetitions within a story, what is pinned.

    Args:
        again: what a story says a second time in just the same words goes with the first.
    """
    story = [p.story for p in reading.passages]
    return [
        i for i, f in enumerate(first) if pinned[i] or (again[i] == i and (f == i or story[f] == story[i]))
    ]


def _repeating(
    reading: Reading, first: Sequence[int], alone: Sequence[int], told: Sequence[Story]
) -> dict[str, str]:
    """The stories all of whose behaviours another tells in the same words, or nearly: which one that is."""
    counted = {reading.passages[i].story for i in alone}
    other: dict[str, str] = {}
    for passage, f in zip(reading.passages, first, strict=True):
        if passage.story not in counted:
            other.setdefault(told[passage.story].id, told[reading.passages[f].story].id)
    return other


def _counts(
    reading: Reading, first: Sequence[int], told: Sequence[Story], twins: Mapping[str, int]
) -> list[int]:
    """For each row how many stories tell it in the same words, the story itself included."""
    tellers: dict[int, set[int]] = {}
    for i, f in enumerate(first):
        tellers.setdefault(f, set()).add(reading.passages[i].story)
    counted = {f: sum(1 + twins.get(told[s].id, 0) for s in these) for f, these in tellers.items()}
    return [counted[f] for f in first]


def _vectors(
    reading: Reading,
    weights: Weights,
    lines: dict[int, list[str]],
    embedder: Embedder | None,
    progress: Callable[[int, int], None],
) -> tuple[Floats, dict[int, Floats]]:
    """The vector of each behaviour, and how like it is to what people wrote about targets (by number)."""
    there = written.as_blocks(lines, weights)
    count = len(reading.passages)
    vectors = np.zeros((0, 0))
    like: dict[int, list[Floats]] = {n: [] for n in there}
    for at in range(0, max(count, 1), BATCH):
        progress(at, count)
        texts = [p.text for p in reading.passages[at : at + BATCH]]
        here = blocks(number(texts, weights.vocabulary.known), weights.vocabulary, parts=bool(there))
        classes = reading.classes[at : at + BATCH]
        some = discover.space(here, classes) if embedder is None else discover.near(classes, embedder(texts))
        if not at:
            vectors = np.empty((count, some.shape[1]), np.float32 if count > MANY else some.dtype)
        vectors[at : at + BATCH] = some
        for n, theirs in there.items():
            like[n].append(written.by_description(here, theirs))
    return vectors, {n: np.concatenate(parts) for n, parts in like.items()}
