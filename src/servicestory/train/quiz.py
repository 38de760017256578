"""Questions about a practice: a moment, one right thing to do, and others that belong to other moments."""

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from servicestory.models.practice import Practice
from servicestory.models.training import TrainingDocument
from servicestory.text import one_line, plural
from servicestory.wording.acts import EMPTY, same_step
from servicestory.wording.manner import core
from servicestory.wording.material import Material
from servicestory.wording.occasions import without_when
from servicestory.wording.retell import retold
from servicestory.wording.steps import Cite, Step, apart

MOST, WRONG, LEAST_WRONG = 8, 3, 2
ENOUGH = 3  # where fewer can be asked about a moment, what stories tell is to be recognised
IN_ORDER = 3  # core lines from which on their order says what comes next
_WORDS = range(3, 15)  # words of an option: shorter says too little, longer gives itself away
_OPENER = re.compile(
    r"(?:on|when|after|before|as|at|while|if|in|during|once|whenever|every|upon|until|where)\b", re.I
)
_EMPTY = EMPTY | frozenset(
    re.findall(
        r"\w+",
        "give bring make take get let have keep put go come see who what when while how every all some any "
        "more from into",
    )
)
_WENT_WRONG = re.compile(r"\bwrong\b|\bdoes not work\b")
# What is right at any moment is no wrong answer to a question about one.
_ANYWHERE = re.compile(
    r"(?:answer|ask|help|listen|greet|welcome|thank|tell|smile|look|check|see|apologi[sz]e|treat|talk|chat)\b",
    re.I,
)


@dataclass(frozen=True)
class Question:
    """One question: its text, the options in the order they are shown, which is right (from 0), and why."""

    text: str
    options: tuple[str, ...]
    right: int
    why: str
    cites: tuple[Cite, ...] = ()


@dataclass(frozen=True)
class _Choice:
    """A thing to do of some practice, fit to stand among the options."""

    practice: str
    text: str
    word: str
    stems: frozenset[str]
    phase: int


def questions(
    material: Material, others: Iterable[Material], seed: int = 0, shown: "Shown | None" = None
) -> list[Question]:
    """At most `MOST` questions; none where nothing can be asked well.

    What is right is what was agreed for this practice: its core lines, or what several stories tell. Wrong
    options come from practices that are plainly something else: bound to a moment or an act of their own,
    told in other stories, and with no telling word in common with the right answer, the scene or what the
    stories of this practice say. Kindnesses that fit any moment are no wrong answers, so a house that has
    written down few moments gets few questions. A step answers one question only.

    Args:
        others: the other practices of the house; this one among them is passed over.
        seed: another number deals other options, in another order.
        shown: the evidence of all practices alive; a deed that is evidence of another of them too is not
            asked about. Without it, that of ``others``.
    """
    material, others = _untimed(material), [_untimed(m) for m in others]
    other = [m for m in others if m.practice.id != material.practice.id and not _akin(m, material)]
    rivals = [m for m in other if _bound(m)]
    shown = evidence_by_story(m.practice for m in others) if shown is None else shown
    deal = _Deal(material, rivals, seed, _told_elsewhere(material, shown))
    name = one_line(material.practice.name)
    fit = [s for s in material.steps if _can_be_asked(s.text) and _agreed(s, material)]
    lines = [s for s in material.steps if s.source == "practice"]
    trigger = one_line(material.practice.trigger or "").replace("{customer}", material.customer).rstrip(".:;")
    if trigger:
        what = ": what" if _OPENER.match(trigger) else ". What"
        for step in fit[:1]:
            deal.ask(f"{trigger}{what} have we agreed to do?", step, trigger)
    elif moment := _moment(material):
        scene, cites = moment
        also = [m for m in rivals if any(said == scene for said, _ in m.situations)]
        if _WENT_WRONG.search(scene):  # whoever puts something right elsewhere is right here too
            also += [m for m in rivals if m.began_badly]
        deeds = [s for s in fit if not _ANYWHERE.match(s.text)]
        showing = [(len({c.story for c in s.cites if _within(c, cites)}), s) for s in deeds]
        for _, step in sorted((p for p in showing if p[0] > 1), key=lambda p: (-p[0], p[1].text))[:1]:
            deal.ask(f"{scene} What have we agreed to do?", step, scene, also)
    if len(lines) >= IN_ORDER:  # people wrote them, in the order of doing
        for before, after in pairwise(lines):
            if after in fit:
                # Wrong are its other steps, so that it is the order that is asked about.
                rest = [s.text for s in lines if s not in (before, after) and _can_be_asked(s.text)]
                text = f"“{before.text}” is done. What is the next step of “{name}”?"
                deal.ask(text, after, before.text, own=rest)
    if material.practice.definition is None:  # a kind of deed has room for many; one act has not
        typical = [s for s in fit if not same_step(s.text, name)]
        for step in sorted(
            (s for s in typical if s.text not in deal.used), key=lambda s: (-s.stories, s.text)
        )[:2]:
            deal.ask(f"Which of these belongs to “{name}”?", step, name, moment=False)
    return deal.placed(deal.asked + deal.recognised(ENOUGH - len(deal.asked)))


Shown = Mapping[tuple[str, str], Sequence[tuple[int, int, str]]]
"""(story, field) -> start, end and practice of every place there that is evidence of one."""


def evidence_by_story(practices: Iterable[Practice]) -> Shown:
    """The evidence of practices by where it stands; made once for all that are asked about."""
    found: dict[tuple[str, str], list[tuple[int, int, str]]] = {}
    for practice in practices:
        for e in practice.evidence:
            found.setdefault((e.story, e.field), []).append((e.start, e.end, practice.id))
    return found


def _told_elsewhere(material: Material, shown: Shown) -> frozenset[str]:
    """The stories in which a place of the practice's steps is evidence of another practice too."""
    return frozenset(
        cite.story
        for step in material.steps
        for cite in step.cites
        if any(
            cite.start < end and start < cite.end and practice != material.practice.id
            for start, end, practice in shown.get((cite.story, cite.field), ())
        )
    )


def _agreed(step: Step, material: Material) -> bool:
    """Whether a step was agreed on: a core line, or told in several stories (where there are several)."""
    return step.source == "practice" or (
        step.source == "stories" and step.stories >= min(2, material.stories)
    )


def _moment(material: Material) -> tuple[str, tuple[Cite, ...]] | None:
    """The situation that at least half of a practice's stories begin with, and where they tell of it."""
    for scene, cites in material.situations[:1]:
        told = len({c.story for c in cites})
        if told > 1 and told * 2 >= material.stories:
            return scene, cites
    return None


def _bound(material: Material) -> bool:
    """Whether a practice is bound to a moment or an act of its own, so that it is wrong at other moments.

    A kind of deed ("Add a small extra", "Notice a need") is seldom wrong anywhere.
    """
    practice = material.practice
    return bool(practice.trigger) or practice.definition is None or _moment(material) is not None


def _untimed(material: Material) -> Material:
    """The same without the occasions of its steps: one that names the scene gives the answer away."""
    return replace(material, steps=tuple(replace(s, text=without_when(s.text)) for s in material.steps))


class _Deal:
    """Deals wrong options to right answers, the same ones every time."""

    def __init__(
        self, material: Material, rivals: Sequence[Material], seed: int, shared: Collection[str] = ()
    ) -> None:
        self.material, self.rivals, self.seed = material, rivals, seed
        self.shared = shared  # stories whose deeds are evidence of other practices too
        self.choices = [
            _Choice(m.practice.id, s.text, m.customer, _stems(s.text, m.customer), s.phase)
            for m in rivals
            for s in m.steps
            if s.source in ("stories", "practice")
            and _can_be_asked(s.text)
            and not re.search(r"\b(?:it|this|that)\b", s.text)  # of what it speaks, only its neighbours tell
        ]
        self.own = [s.text for s in material.steps] + list(material.practice.core)
        self.own_stems = _stems(" ".join([material.practice.name, *self.own]), material.customer)
        self.own_stems |= _told_often(material)
        self.offered: dict[str, int] = {}  # how often each wrong option was offered already
        self.asked: list[Question] = []
        self.used: set[str] = set()  # the steps that were asked about

    def ask(
        self,
        text: str,
        step: Step,
        scene: str,
        without: Sequence[Material] = (),
        moment: bool = True,
        own: Sequence[str] = (),
    ) -> None:
        """Ask for ``step``, once, where there is room for a question and enough wrong options can be found.

        Args:
            moment: it asks what to do at a moment, so nothing that is right at every moment may be offered.
            own: other steps of the practice that are wrong here; where there are enough of them, only they
                are offered.
        """
        if step.text in self.used or len(self.asked) >= MOST:
            return
        word = "colleague" if re.search(r"\bcolleague\b", step.text) else self.material.customer
        barred = {m.practice.id for m in without}
        near = self.own_stems | _stems(scene, self.material.customer)
        length = len(step.text.split())
        # as it is said here -> as it is said at home
        picked = dict[str, str]()
        if len(own) >= LEAST_WRONG:
            picked = {o: o for o in sorted(own, key=lambda o: self._rank(text, step.text, o))[:WRONG]}
        taken: set[str] = set()
        ranked = sorted(
            (
                c
                for c in self.choices
                if c.practice not in barred
                and len(c.stems) > 1
                and not c.stems & near
                and not (moment and _ANYWHERE.match(c.text))
            ),
            key=lambda c: (
                word not in c.text and c.word in c.text,  # a guest among colleagues gives it away
                self.offered.get(c.text, 0),
                c.phase != step.phase,
                abs(len(c.text.split()) - length) > 4,
                self._rank(text, step.text, c.text),
            ),
        )
        for choice in () if picked else ranked:
            wording = re.sub(rf"\b(?:{re.escape(choice.word)}|colleague)\b", word, choice.text)
            if choice.practice in taken or any(_alike(wording, p) for p in (*self.own, *picked)):
                continue
            taken.add(choice.practice)
            picked[wording] = choice.text
            if len(picked) == WRONG:
                break
        told = f"told in {plural(step.stories, 'story', 'stories')}" if step.cites else "from its definition"
        if step.source == "practice":  # the words are people's, so no story tells just these
            told = "agreed under “core”"
        number = next(n for n, s in enumerate(self.material.steps, 1) if s.text == step.text)
        why = f"{self.material.practice.id}, step {number}; {told}"
        if made := self._made(text, step.text, list(picked), why, step.cites):
            self.used.add(step.text)
            self.asked.append(made)
            for at_home in picked.values():
                self.offered[at_home] = self.offered.get(at_home, 0) + 1

    def recognised(self, most: int) -> list[Question]:
        """What a story tells, without names; asked is which practice it shows.

        Those first that share the fewest words with the practice's name, so that it is not given away. A deed
        that is evidence of another practice too has several right answers, and is not asked about.
        """
        name = one_line(self.material.practice.name)
        named = _stems(name, self.material.customer)
        agreed = {c.story for s in self.material.steps if _agreed(s, self.material) for c in s.cites}
        told: dict[str, str] = {}
        for story, lines in sorted(self.material.own.items()):
            if story in agreed and story not in self.shared:
                told.setdefault(retold(lines[:2]), story)
        order = sorted(told, key=lambda t: (len(_stems(t, self.material.customer) & named), self._rank(t)))
        made = []
        for text in order[: max(0, most)]:
            near = named | _stems(text, self.material.customer)
            wrong = sorted(
                (m for m in self.rivals if not _stems(m.practice.name, m.customer) & near),
                key=lambda m: (self.offered.get(m.practice.id, 0), self._rank(text, m.practice.id)),
            )
            cites = tuple(c for s in self.material.steps for c in s.cites if c.story == told[text])
            why = f"{self.material.practice.id}; told in 1 story"
            names = [one_line(m.practice.name) for m in wrong[:WRONG]]
            if question := self._made(
                f"{text} Which of our practices is that?", name, names, why, apart(cites)
            ):
                made.append(question)
                for m in wrong[:WRONG]:
                    self.offered[m.practice.id] = self.offered.get(m.practice.id, 0) + 1
        return made

    def _made(
        self, text: str, right: str, wrong: Sequence[str], why: str, cites: tuple[Cite, ...]
    ) -> Question | None:
        if len(wrong) < LEAST_WRONG:
            return None
        shown = sorted([right, *wrong], key=lambda option: self._rank(text, option))
        return Question(text, tuple(shown), shown.index(right), why, cites)

    def placed(self, asked: Sequence[Question]) -> list[Question]:
        """The questions, the right answer in each place about equally often: no letter is a good guess."""
        made = []
        for number, one in enumerate(asked):
            turn, at = divmod(number, WRONG + 1)
            places = sorted(range(WRONG + 1), key=lambda place: self._rank(f"place {turn} {place}"))
            place = places[at] % len(one.options)
            shown = [option for option in one.options if option != one.options[one.right]]
            shown.insert(place, one.options[one.right])
            made.append(replace(one, options=tuple(shown), right=place))
        return made

    def _rank(self, *parts: str) -> str:
        said = "\0".join([str(self.seed), self.material.practice.id, *parts])
        return hashlib.sha256(said.encode()).hexdigest()


def _can_be_asked(text: str) -> bool:
    """Whether a step stands by itself among options: a plain act, neither a word nor a list."""
    return len(text.split()) in _WORDS and not re.search(r"[:;?!…“”\"]", text)


def _within(told: Cite, places: Iterable[Cite]) -> bool:
    """Whether something is told inside one of the places, and not just in the same story."""
    return any(
        told.story == p.story and told.field == p.field and p.start <= told.start < p.end for p in places
    )


def _akin(a: Material, b: Material) -> bool:
    """Whether two practices are told in the same stories, so that one's step may be right for the other."""
    shared = a.told.keys() & b.told.keys()
    return len(shared) * 4 > min(len(a.told), len(b.told)) > 0


def _alike(a: str, b: str) -> bool:
    from rapidfuzz import fuzz

    return same_step(a, b) or fuzz.token_set_ratio(core(a).casefold(), core(b).casefold()) >= 75


def _stems(text: str, word: str) -> frozenset[str]:
    """The beginnings of the words that say what an act is about."""
    plain = _EMPTY | {word, f"{word}s", f"{word}'s", "colleague", "colleagues", "colleague's"}
    return frozenset(w[:5] for w in re.findall(r"[a-z'-]+", text.casefold()) if len(w) > 2 and w not in plain)


def _told_often(material: Material) -> frozenset[str]:
    """What the evidence of a practice speaks of again and again: nothing about it is wrong in its moments."""
    places: dict[str, set[str]] = {}
    for cite in material.cites:
        text = material.told[cite.story].text_of(cite.field) or ""
        for stem in _stems(text[cite.start : cite.end], material.customer):
            places.setdefault(stem, set()).add(cite.story)
    return frozenset(
        stem for stem, told in places.items() if len(told) > 1 and len(told) * 20 >= material.stories
    )


def values(material: Material, asked: Sequence[Question], control: TrainingDocument) -> dict[str, Any]:
    """Everything the quiz's template may name."""
    steps = len([s for s in material.steps if s.source in ("stories", "practice")])
    return {
        "title": one_line(material.practice.name),
        "practice": material.practice,
        "control": control,
        "undecided": material.head,
        "asked": asked,
        "letters": "ABCDEFGH",
        "missing": "The stories give no step that could be asked about."
        if not steps
        else "Wrong answers come from other practices that have a moment or an act of their own, and there "
        "are too few of these: write under “trigger” when the others are due.",
    }
