"""Moments a quiz asks about: how a story began, up to the deed, and when people wrote that it is due."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import islice, pairwise

from servicestory.models.organisation import Organisation
from servicestory.models.practice import ENDED, LIVE, Evidence, Practice
from servicestory.models.story import Story
from servicestory.text import one_line
from servicestory.train.deal import LEAST_WRONG, WRONG, Deal
from servicestory.train.knowable import LEAST, SURELY, Telling, dealt
from servicestory.train.session import told_aloud
from servicestory.train.telling import stems
from servicestory.wording.steps import Cite
from servicestory.wording.tokens import sentences

LEAST_WORDS = 8  # of a beginning: "Little job, socket loose." could be the moment of anything
LONGEST = 320  # characters of a beginning; of a longer one its last sentences are told
OWN, OTHERS = 2, 2  # scenes of the practice itself in one quiz, and of the others
TOGETHER = 4
"""Two practices are done in the same moments where a fourth of the stories of one, and two, show both."""
_NONE: Set[str] = frozenset()
_ASKS = "Which of our practices is needed here?"
# What a moment that calls for anything says: something is missing, wrong, hard, new, asked for or wanted.
_NEED = re.compile(
    r"n't\b|\b(?:no|not|none|nobody|nothing|never|neither|nor|nowhere|cannot|without|hardly|only|too|but"
    r"|ask(?:s|ed|ing)?|want\w*|wish\w*|need\w*|hop(?:e|es|ed|ing)|look(?:s|ed|ing)? for|search\w*|find"
    r"|although|tr(?:y|ies|ied)"
    r"|forg[eo]t\w*|miss(?:ed|ing|es)?|los(?:t|e|es|ing)|late|delay\w*|wait\w*|stuck|stood|queue\w*|wrong|worse|worst"
    r"|broke\w*|fail\w*|leak\w*|empty|full|closed|short|old|ill|sick|sore|hurts?|pain\w*|weak|blind|deaf"
    r"|tired|exhaust\w*|cold|wet|hot|hungry|thirsty|alone|afraid|frighten\w*|scared|nerv\w*|worr\w*|anxi\w*|upset|cr(?:y|ied|ying)|tears"
    r"|ashamed|angry|furious|complain\w*|confus\w*|puzzl\w*|difficult|hard|heavy|problem\w*|trouble"
    r"|mistake\w*|allerg\w*|first|new|chang\w*|sudden\w*|unexpected\w*|emergency|operation|stroke|surgery|disease)\b",
    re.I,
)
# A beginning that opens so speaks of somebody who was named in what was left out.
_REFERS = re.compile(
    r"[“\"‘'(]?(?:and|but|so|then|she|he|they|it|this|that|these|those|his|her|their|him|them)\b", re.I
)


# "I asked how he knew": what is told after it was done is no moment to do it in.
_DONE_ALREADY = re.compile(
    r"\bhow (?:on earth )?(?:he|she|they|you|any(?:body|one)) (?:knew|could know|had known|did it)\b",
    re.IGNORECASE,
)
# "You asked for examples, so here is one": of the telling, and not of what was the matter.
_ABOUT_TELLING = re.compile(
    r"^(?:hi|hello|dear)\b(?: \w+){0,3}[,!.]$"
    r"|\byou (?:\w+ )?asked (?:us |me |everybody )?for (?:\w+ )?(?:examples?|stor(?:y|ies))\b"
    r"|\bhere(?: is|'s) (?:one|mine|my story)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Scene:
    """One moment: whose it is, how it is put, and where it comes from; ``after``: how the story went on."""

    practice: Practice
    text: str
    cites: tuple[Cite, ...] = ()
    after: str = ""
    clear: float = 1.0  # how surely its words tell whose it is, see `knowable.Telling.clear`

    @cached_property  # the quiz of every other practice asks for it
    def thin(self) -> bool:
        """Whether a beginning tells little, so that another is asked first.

        "The rooms are small and the view is splendid" calls for one practice as little as for another.
        """
        return bool(self.cites) and (len(stems(self.text, "")) < LEAST_WORDS or not _NEED.search(self.text))


@dataclass(frozen=True)
class Scenes:
    """The moments of all practices of a house, for the quiz of each."""

    practices: Sequence[Practice] = ()  # those people decided for
    by_practice: Mapping[str, Sequence[Scene]] = field(default_factory=dict)
    shown_by: Mapping[str, Set[str]] = field(default_factory=dict)  # practice -> its stories
    to_ask_for: Mapping[str, Sequence[str]] = field(
        default_factory=dict
    )  # practice -> stories nobody asked about
    like: Callable[[str, str], bool] = lambda _one, _other: False  # whether two names are one deed

    @cached_property
    def _dealt(self) -> dict[str, list[Scene]]:
        """By practice the moments of others that its quiz alone asks about."""
        return dealt(self.practices, {ref: s[OWN + 1 :] for ref, s in self.by_practice.items()}, self.apart)

    def beside(self, practice: Practice) -> list[Scene]:
        """The scenes of other practices not done in the same moments: those of this quiz alone, if any."""
        return self._dealt.get(practice.id) or self._others(practice)

    def _others(self, practice: Practice) -> list[Scene]:
        return [
            scene
            for other in self.practices
            if other.id != practice.id and self.by_practice.get(other.id) and self.apart(practice, other)
            for scene in self.by_practice[other.id]
        ]

    def apart(self, one: Practice, other: Practice) -> bool:
        """Whether one practice is a wrong answer where the other is right."""
        a, b = self.shown_by.get(one.id, _NONE), self.shown_by.get(other.id, _NONE)
        both = len(a & b)
        together = both > 1 and both * TOGETHER >= min(len(a), len(b))
        return not together and not self.like(one_line(one.name), one_line(other.name))


def gathered(
    practices: Iterable[Practice],
    stories: Mapping[str, Story],
    organisation: Organisation,
    mask: Callable[[str, str], str],
    on: date,
    like: Callable[[str, str], bool],
) -> Scenes:
    """The moments of every practice people decided for.

    A beginning is told in its teller's words, so only of a story that everybody who was
    asked agreed to have used in training.

    Args:
        mask: takes names nobody recorded out of a story's text.
    """
    standing = [p for p in practices if p.status not in ENDED]
    first = _first_places(standing, stories)
    live = [p for p in standing if p.status in LIVE]
    by_practice = {p.id: list(_when_due(p, organisation)) for p in live}
    to_ask_for: dict[str, list[str]] = {p.id: [] for p in live}
    for story_id, (cut, owner, at) in sorted(first.items()):
        story = stories[story_id]
        if not (began := _beginning(story.narrative[:cut])):
            continue
        if story.all_agreed_to("training", on=on):
            said = [told_aloud(text, story, organisation, mask) for text in (began, _sentence(story, at))]
            cite = Cite(story.id, "narrative", at.start, at.end)
            by_practice[owner.id].append(Scene(owner, f"“{said[0].strip('“”')}”", (cite,), said[1]))
        elif not (story.refused("training", on=on) or story.source):
            to_ask_for[owner.id].append(story.id)
    shown = {p.id: {e.story for e in p.evidence if not e.doubtful and e.story in stories} for p in live}
    telling = Telling(live, shown, stories)
    known = {ref: _best_first(every, telling) for ref, every in by_practice.items()}
    return Scenes(live, known, shown, to_ask_for, like)


def _best_first(every: Iterable[Scene], telling: Telling) -> list[Scene]:
    """The scenes that can be known: what people wrote of when it is due, then the surest beginnings.

    Those that say little of what is the matter come last, and only where there are hardly any others.
    """
    read = [
        replace(s, clear=telling.clear(s.text, s.practice.id, s.cites[0].story)) if s.cites else s
        for s in every
    ]
    known = sorted(
        (s for s in read if s.clear >= LEAST),
        key=lambda s: (bool(s.cites), s.clear < 1, s.thin, -s.clear, s.text),
    )
    poor = [s for s in known if s.thin and s.clear < SURELY]
    good = [s for s in known if s not in poor]
    return good if len(good) >= OWN else [*good, *poor]


def _first_places(
    practices: Sequence[Practice], stories: Mapping[str, Story]
) -> dict[str, tuple[int, Practice, Evidence]]:
    """By story where its first deed begins, and whose is the first that people decided for.

    What a candidate tells is cut off as well: it would be told as the moment, and may be the answer.
    """
    places: dict[str, list[tuple[int, Practice, Evidence]]] = {}
    for practice in practices:
        for place in practice.evidence:
            story = stories.get(place.story)
            if story and place.field == "narrative" and not place.doubtful:
                begins = max((a for a, _ in sentences(story.narrative) if a <= place.start), default=0)
                places.setdefault(place.story, []).append((begins, practice, place))
    found = {}
    for story_id, told in places.items():
        decided = sorted((t for t in told if t[1].status in LIVE), key=lambda t: (t[0], t[2].start, t[1].id))
        if decided and not any(t[0] == decided[0][0] and t[1].id != decided[0][1].id for t in decided):
            found[story_id] = (min(t[0] for t in told), *decided[0][1:])
    return found


def _beginning(text: str) -> str:
    """What is told before the deed, as far as it can stand alone; empty where it says too little."""
    if _DONE_ALREADY.search(text):
        return ""
    every = [" ".join(text[a:b].split()) for a, b in _whole(text)]
    while every and _ABOUT_TELLING.search(every[0]):
        every.pop(0)
    kept: list[str] = []
    for said in reversed(every):
        if sum(len(k) + 1 for k in kept) + len(said) > LONGEST:
            break
        kept.insert(0, said)
    while kept and len(kept) < len(every) and _REFERS.match(kept[0]):
        kept.pop(0)
    told = re.sub(r"[,;:–-]$", " …", " ".join(kept))
    return told if len(told.split()) >= LEAST_WORDS else ""


def _whole(text: str) -> list[tuple[int, int]]:
    """Each sentence with the marks that end it."""
    starts = [a for a, _ in sentences(text)]
    return list(pairwise([*starts, len(text)]))


def _sentence(story: Story, place: Evidence) -> str:
    parts = [(a, b) for a, b in _whole(story.narrative) if a < place.end and place.start < b]
    return " ".join(story.narrative[parts[0][0] : parts[-1][1]].split()) if parts else ""


def _when_due(practice: Practice, organisation: Organisation) -> Iterable[Scene]:
    """The moment people wrote, where it is more than a word or two."""
    told = one_line(practice.trigger or "").rstrip(".")
    told = told.replace("{customer}", organisation.customer)
    if len(told.split()) >= LEAST_WORDS:
        yield Scene(practice, f"{told[0].upper()}{told[1:]}.")


def ask(deal: Deal, scenes: Scenes) -> None:
    """Which practice of the house a moment calls for: moments of this one, and as many of others between.

    Were they all its own, the quiz's title would answer them; so there are none of its own without another's.
    """
    mine = deal.material.practice
    own = scenes.by_practice.get(mine.id, ())[: OWN + 1]
    fit = list(islice(((s, wrong) for s in own if (wrong := _wrong(deal, s, scenes))), OWN))
    between = _between(deal, scenes) if fit else []
    if not between:
        return
    for scene, wrong in sorted([*fit, *between], key=lambda one: deal.rank("scene", one[0].text)):
        why = f"{one_line(scene.practice.name)} ({scene.practice.id})."
        went_on = f" The story goes on: “{scene.after.strip('“”')}”" if scene.after else " So we agreed."
        deal.moment(
            _ASKS, scene.text, one_line(scene.practice.name), list(wrong.values()), why + went_on, scene.cites
        )


def _between(deal: Deal, scenes: Scenes) -> list[tuple[Scene, dict[str, str]]]:
    """Scenes of other practices in which this one is `_wrong`, of as many practices as there are."""
    mine = deal.material.practice
    every = scenes.beside(mine)
    chosen: list[tuple[Scene, dict[str, str]]] = []
    for again in (False, True):
        for scene in every:
            if len(chosen) == OTHERS:
                return chosen
            known = scene.practice.id in {c.practice.id for c, _ in chosen}
            if known != again or scene.text in {c.text for c, _ in chosen}:
                continue
            wrong = _wrong(deal, scene, scenes)
            if mine.id in wrong:
                chosen.append((scene, wrong))
    return chosen


def _wrong(deal: Deal, scene: Scene, scenes: Scenes) -> dict[str, str]:
    """By id the names of other practices that are wrong in this moment; nothing where too few are.

    Where the moment is another's, the practice the quiz is about comes first.
    """
    mine, right = deal.material.practice, scene.practice
    told = {c.story for c in scene.cites}
    named = re.compile(r"\bcolleagues?\b", re.I)
    same = bool(named.search(right.name))  # whom it serves would tell a guest's moment from a colleague's
    order = sorted(
        (p for p in scenes.practices if p.id != right.id),
        key=lambda p: (
            p.id != mine.id,
            bool(named.search(p.name)) != same,
            deal.rank(scene.text, p.id),
        ),
    )
    fit = (p for p in order if not told & scenes.shown_by.get(p.id, _NONE) and scenes.apart(right, p))
    wrong = {p.id: one_line(p.name) for p in islice(fit, WRONG)}
    ok = len(wrong) >= LEAST_WRONG and not deal.tells(scene.text, one_line(right.name), list(wrong.values()))
    return wrong if ok else {}
