"""Deals the options of a question: the right one among good ones of other practices, always alike."""

import hashlib
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from servicestory.models.practice import LIVE
from servicestory.text import one_line, plural
from servicestory.wording.acts import EMPTY, act, same_step
from servicestory.wording.manner import core
from servicestory.wording.material import Material
from servicestory.wording.morphology import past_lemma
from servicestory.wording.retell import retold
from servicestory.wording.showing import lemmas
from servicestory.wording.steps import Cite, Step, apart

MOST, WRONG, LEAST_WRONG = 8, 3, 2
_WORDS = range(3, 15)  # words of an option: shorter says too little, longer gives itself away
_EMPTY = EMPTY | frozenset(
    re.findall(
        r"\w+",
        "give bring make take get let have keep put go come see who what when while how every all some any "
        "more from into",
    )
)
# What is right at any moment is no wrong answer to a question about one.
ANYWHERE = re.compile(
    r"(?:answer|ask|help|listen|greet|welcome|thank|tell|smile|look|check|see|apologi[sz]e|treat|talk|chat|notice"
    r"|take time|be there)\b",
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


class Deal:
    """Deals wrong options to right answers, the same ones every time."""

    def __init__(
        self, material: Material, rivals: Sequence[Material], seed: int, shared: Collection[str] = ()
    ) -> None:
        self.material, self.seed = material, seed
        self.shared = shared  # stories whose deeds are evidence of other practices too
        self.choices = [
            _Choice(m.practice.id, s.text, m.customer, _stems(s.text, m.customer), s.phase)
            for m in rivals
            if m.practice.status in LIVE  # what was only found may be no deed at all
            for s in m.steps
            if s.source in ("stories", "practice")
            and can_be_asked(s.text)
            and not re.search(r"\b(?:it|this|that)\b", s.text)  # of what it speaks, only its neighbours tell
        ]
        self.own = [s.text for s in material.steps] + list(material.practice.core)
        self.own_stems = _stems(" ".join([material.practice.name, *self.own]), material.customer)
        self.own_stems |= _told_often(material)
        about = material.definition
        said = [
            material.practice.name,
            material.practice.behaviour_statement or "",
            *about.counts,
            *about.cues,
        ]
        self.meant = _stems(" ".join(said), material.customer)  # what the practice is about
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
                and not (moment and ANYWHERE.match(c.text))
            ),
            key=lambda c: (
                word not in c.text and c.word in c.text,  # a guest among colleagues gives it away
                act(c.text)[0] != act(step.text)[0]
                and c.phase != step.phase,  # plausible: near in act or moment
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

    def _plainly_other(self, m: Material, near: frozenset[str]) -> bool:
        """Whether nobody can take a deed with the words of ``near`` for one of this other practice."""
        practice = m.practice
        if practice.unnamed or _stems(practice.name, m.customer) & near:
            return False
        if practice.definition is None or bound(m):
            return True
        about = " ".join([practice.behaviour_statement or "", *m.definition.counts])
        return not ANYWHERE.match(practice.name) and not _stems(about, m.customer) & (near | self.meant)

    def recognised(self, most: int, others: Sequence[Material]) -> list[Question]:
        """What a story tells, without names; asked is which practice it shows.

        A deed told in words of the practice's name gives it away, and one that is evidence of another
        practice too has several right answers: neither is asked about.
        """
        name = one_line(self.material.practice.name)
        named = _stems(name, self.material.customer)
        counted = {c.story for s in self.material.steps if agreed(s, self.material) for c in s.cites}
        told: dict[str, str] = {}
        for story, lines in sorted(self.material.own.items()):
            if story in counted and story not in self.shared:
                told.setdefault(retold(lines[:2]), story)
        made: list[Question] = []
        for text in sorted(told, key=lambda t: self._rank(t)):
            if len(made) >= most:
                break
            near = named | _stems(text, self.material.customer)
            wrong = sorted(
                (m for m in others if self._plainly_other(m, near)),
                key=lambda m: (
                    m.practice.status == "candidate" and m.practice.definition is None,
                    self.offered.get(m.practice.id, 0),
                    self._rank(text, m.practice.id),
                ),
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

    def counted(self, most: int, others: Sequence[Material]) -> list[Question]:
        """What the definition counts as the practice, and what it leaves out, among what others count.

        An example of another practice stands among them only where it shares no telling word with this one.
        """
        about, name = self.material.definition, one_line(self.material.practice.name)
        source = f"{self.material.practice.id}; {about.comes_from}"
        examples = {
            example: m.practice.id
            for m in others
            for example in m.definition.counts
            if _is_a_thing(example) and not _stems(example, m.customer) & self.meant
        }
        made: list[Question] = []
        for right in about.counts:
            picked: dict[str, str] = {}  # practice -> its example
            for example in sorted(
                examples,
                key=lambda e: (_begins(e) != _begins(right), self.offered.get(e, 0), self._rank(right, e)),
            ):
                picked.setdefault(examples[example], example)
            wrong = list(picked.values())[:WRONG]
            if len(made) < most - bool(about.counts_not) and (
                one := self._made(f"Which of these is an example of “{name}”?", right, wrong, source, ())
            ):
                made.append(one)
                for example in wrong:
                    self.offered[example] = self.offered.get(example, 0) + 1
        for right in about.counts_not:
            if len(made) < most and (
                one := self._made(
                    f"Which of these is not what we mean by “{name}”?",
                    right,
                    sorted(about.counts, key=lambda e: self._rank(right, e))[:WRONG],
                    source,
                    (),
                )
            ):
                made.append(one)
        return made

    def _made(
        self, text: str, right: str, wrong: Sequence[str], why: str, cites: tuple[Cite, ...]
    ) -> Question | None:
        if len(wrong) < LEAST_WRONG or gives_away(text, right, wrong, self.material.customer):
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


def _is_a_thing(example: str) -> bool:
    """Whether an example names something done ("a drawn map"), and is no half sentence ("kept it open")."""
    first, *rest = example.split()
    return (
        bool(rest)
        and first not in ("the", "no", "not")
        and (past_lemma(first) is None or first.endswith("ing"))
    )


def _begins(example: str) -> bool:
    """Whether an example is one thing ("a drawn map"): among those the right one does not stand out."""
    return example.split()[0] in ("a", "an")


def can_be_asked(text: str) -> bool:
    """Whether a step stands by itself among options: a plain act, neither a word nor a list."""
    return len(text.split()) in _WORDS and not re.search(r"[:;?!…“”\"]", text)


def agreed(step: Step, material: Material) -> bool:
    """Whether a step was agreed on: a core line, or told in several stories (where there are several)."""
    return step.source == "practice" or (
        step.source == "stories" and step.stories >= min(2, material.stories)
    )


def moment_of(material: Material) -> tuple[str, tuple[Cite, ...]] | None:
    """The situation that at least half of a practice's stories begin with, and where they tell of it."""
    for scene, cites in material.situations[:1]:
        told = len({c.story for c in cites})
        if told > 1 and told * 2 >= material.stories:
            return scene, cites
    return None


def bound(material: Material) -> bool:
    """Whether a practice is bound to a moment or an act of its own, so that it is wrong at other moments.

    A kind of deed ("Add a small extra", "Notice a need") is seldom wrong anywhere.
    """
    practice = material.practice
    return bool(practice.trigger) or practice.definition is None or moment_of(material) is not None


def _alike(a: str, b: str) -> bool:
    from rapidfuzz import fuzz

    return same_step(a, b) or fuzz.token_set_ratio(core(a).casefold(), core(b).casefold()) >= 75


def _stems(text: str, word: str) -> frozenset[str]:
    """The beginnings of the words that say what an act is about."""
    plain = _EMPTY | {word, f"{word}s", f"{word}'s", "colleague", "colleagues", "colleague's"}
    return frozenset(w[:5] for w in re.findall(r"[a-z'-]+", text.casefold()) if len(w) > 2 and w not in plain)


def gives_away(text: str, right: str, wrong: Collection[str], word: str) -> bool:
    """Whether the right option has more of the question's telling words than every wrong one.

    A verb counts in whatever form it stands: "drew a map" gives "Draw a map" away.
    """
    asked = _telling(text, word)
    most = max((len(_telling(option, word) & asked) for option in wrong), default=0)
    return len(_telling(right, word) & asked) > most


def _telling(text: str, word: str) -> frozenset[str]:
    """The beginnings of the telling words, of each verb also that of its base form."""
    lows = re.findall(r"[a-z'-]+", text.casefold())
    return _stems(" ".join([*lows, *(base for w in lows for base in lemmas(w))]), word)


def _told_often(material: Material) -> frozenset[str]:
    """What the evidence of a practice speaks of again and again: nothing about it is wrong in its moments."""
    places: dict[str, set[str]] = {}
    for cite in material.cites:
        for stem in _stems(material.text_at(cite), material.customer):
            places.setdefault(stem, set()).add(cite.story)
    return frozenset(
        stem for stem, told in places.items() if len(told) > 1 and len(told) * 20 >= material.stories
    )
