"""Deals the options of a question: the right one among good ones of other practices, always alike."""

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from servicestory.models.practice import LIVE
from servicestory.text import one_line, plural
from servicestory.train.telling import alike, gives_away, stems, telling, told_often
from servicestory.wording.acts import act
from servicestory.wording.deeds import Likeness
from servicestory.wording.definition import Definition
from servicestory.wording.manner import phase
from servicestory.wording.material import Material
from servicestory.wording.morphology import past_lemma
from servicestory.wording.retell import retold
from servicestory.wording.steps import Cite, Step, apart

MOST, WRONG, LEAST_WRONG = 8, 3, 2
MAY_BE_ONE = 0.4
"""Likeness from which on two deeds may be one; nine in ten tellings of one habit are as like each other."""
MOST_PLACES = 40
_WORDS = range(3, 15)  # words of an option: shorter says too little, longer gives itself away
# What is right at any moment is no wrong answer to a question about one.
ANYWHERE = re.compile(
    r"(?:answer|ask|help|listen|greet|welcome|thank|tell|smile|look|check|see|apologi[sz]e|treat|talk|chat|notice"
    r"|take time|be there)\b",
    re.I,
)
OF_WHAT = re.compile(r"\b(?:it|this|that)\b")  # only the lines beside it tell


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
        self,
        material: Material,
        rivals: Sequence[Material],
        seed: int,
        shared: Collection[str] = (),
        kinds: Mapping[str, Definition] | None = None,
        like: Likeness | None = None,
    ) -> None:
        """Begin with no question.

        Args:
            shared: stories in which a deed of the practice is evidence of another practice too.
            kinds: the codebook's definitions by key; where people decided on too few practices, what is
                plainly another kind of deed is a wrong answer as well.
            like: tells whether two texts are one deed; what is like a deed of the practice is never wrong.
        """
        self.material, self.seed, self.like = material, seed, like
        self.shared = shared  # stories whose deeds are evidence of other practices too
        self.choices = [
            _Choice(m.practice.id, s.text, m.customer, stems(s.text, m.customer), s.phase)
            for m in rivals
            if m.practice.status in LIVE  # what was only found may be no deed at all
            for s in m.steps
            if s.source in ("stories", "practice") and can_be_asked(s.text) and not OF_WHAT.search(s.text)
        ]
        self.own = [s.text for s in material.steps] + list(material.practice.core)
        self.own_stems = stems(" ".join([material.practice.name, *self.own]), material.customer)
        self.own_stems |= told_often(material)
        kinds = {k: d for k, d in (kinds or {}).items() if k != material.practice.definition}
        self.kinds = [
            _Choice(key, line, material.customer, stems(line, material.customer), phase(line))
            for key, about in kinds.items()
            for line in about.lines
            if can_be_asked(line) and not ANYWHERE.match(line) and not OF_WHAT.search(line)
        ]
        about = material.definition
        said = [
            material.practice.name,
            material.practice.behaviour_statement or "",
            *about.counts,
            *about.cues,
        ]
        self.same = self.same_deeds(c.text for c in (*self.choices, *self.kinds))
        self.meant = stems(" ".join(said), material.customer)  # what the practice is about
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
        told: str = "",
    ) -> None:
        """Ask for ``step``, once, where there is room for a question and enough wrong options can be found.

        Args:
            moment: it asks what to do at a moment, so nothing that is right at every moment may be offered.
            own: other steps of the practice that are wrong here; where there are enough of them, only they
                are offered.
            told: another wording of the step, which is the right answer then.
        """
        right = told or step.text
        if step.text in self.used or len(self.asked) >= MOST:
            return
        word = "colleague" if re.search(r"\bcolleague\b", step.text) else self.material.customer
        barred = {m.practice.id for m in without}
        near = self.own_stems | stems(scene, self.material.customer)
        length = len(right.split())
        # Where deeds can be told apart, a wrong answer may have words of the question: a right one that has
        # them needs one beside it.
        by_deed = self.like is not None and not moment
        asked = telling(text, self.material.customer)
        shared = by_deed and bool(telling(right, self.material.customer) & asked)
        # as it is said here -> as it is said at home
        picked = dict[str, str]()
        if len(own) >= LEAST_WRONG:
            picked = {o: o for o in sorted(own, key=lambda o: self.rank(text, right, o))[:WRONG]}
        taken: set[str] = set()
        ranked = sorted(
            (
                c
                for c in (*self.choices, *(() if moment else self.kinds))
                if c.practice not in barred
                and len(c.stems) > 1
                and (by_deed or not c.stems & near)
                and c.text not in self.same
                and not (moment and ANYWHERE.match(c.text))
            ),
            key=lambda c: (
                -len(telling(c.text, self.material.customer) & asked) if shared else 0,
                # a deed of this house is better known than a kind of deed, but stands out beside one
                (c in self.kinds) != (step.source == "definition"),
                word not in c.text and c.word in c.text,  # a guest among colleagues gives it away
                act(c.text)[0] != act(right)[0] and c.phase != step.phase,  # plausible: near in act or moment
                self.offered.get(c.text, 0),
                c.phase != step.phase,
                abs(len(c.text.split()) - length) > 4,
                self.rank(text, right, c.text),
            ),
        )
        for choice in () if picked else ranked:
            wording = re.sub(rf"\b(?:{re.escape(choice.word)}|colleague)\b", word, choice.text)
            if choice.practice in taken or any(alike(wording, p) for p in (*self.own, *picked)):
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
        if made := self.made(text, right, list(picked), why, step.cites):
            self.used.add(step.text)
            self.asked.append(made)
            for at_home in picked.values():
                self.offered[at_home] = self.offered.get(at_home, 0) + 1

    def same_deeds(self, texts: Iterable[str]) -> frozenset[str]:
        """Those of the texts that may tell of a deed of this practice."""
        said = list(dict.fromkeys(texts))
        if self.like is None or not said:
            return frozenset()
        ways = (way for step in self.material.steps for way in step.ways)
        own = [[line] for line in dict.fromkeys([self.material.practice.name, *self.own, *ways])]
        if told := [self.material.text_at(cite) for cite in self.material.cites[:MOST_PLACES]]:
            own.append(told)
        near = zip(*(self.like(said, lines) for lines in own), strict=True)
        return frozenset(text for text, of in zip(said, near, strict=True) if max(of) >= MAY_BE_ONE)

    def is_near(self, text: str) -> bool:
        """Whether a text has a telling word in common with what the stories of the practice say."""
        return bool(stems(text, self.material.customer) & self.own_stems)

    def is_named(self, text: str) -> bool:
        """Whether a text has a telling word in common with the practice's name."""
        word = self.material.customer
        return bool(telling(text, word) & telling(one_line(self.material.practice.name), word))

    def foreign(self, text: str) -> str:
        """What is plainly another practice's, for a question in which it is the right answer; else empty."""
        found = [
            c
            for c in (*self.choices, *self.kinds)
            if len(c.stems) > 1 and not c.stems & self.own_stems and c.text not in self.same
        ]
        found.sort(key=lambda c: (c in self.kinds, self.offered.get(c.text, 0), self.rank(text, c.text)))
        said = (re.sub(rf"\b{re.escape(c.word)}\b", self.material.customer, c.text) for c in found)
        return next(said, "")

    def _plainly_other(self, m: Material, near: frozenset[str]) -> bool:
        """Whether nobody can take a deed with the words of ``near`` for one of this other practice."""
        practice = m.practice
        if practice.unnamed or stems(practice.name, m.customer) & near:
            return False
        if practice.definition is None or bound(m):
            return True
        about = " ".join([practice.behaviour_statement or "", *m.definition.counts])
        return not ANYWHERE.match(practice.name) and not stems(about, m.customer) & (near | self.meant)

    def recognised(self, most: int, others: Sequence[Material]) -> list[Question]:
        """What a story tells, without names; asked is which practice it shows.

        A deed told in words of the practice's name gives it away, and one that is evidence of another
        practice too has several right answers: neither is asked about.
        """
        name = one_line(self.material.practice.name)
        named = stems(name, self.material.customer)
        counted = {c.story for s in self.material.steps if agreed(s, self.material) for c in s.cites}
        told: dict[str, str] = {}
        for story, lines in sorted(self.material.own.items()):
            if story in counted and story not in self.shared:
                told.setdefault(retold(lines[:2]), story)
        made: list[Question] = []
        for text in sorted(told, key=lambda t: self.rank(t)):
            if len(made) >= most:
                break
            near = named | stems(text, self.material.customer)
            wrong = sorted(
                (m for m in others if self._plainly_other(m, near)),
                key=lambda m: (
                    m.practice.status == "candidate" and m.practice.definition is None,
                    self.offered.get(m.practice.id, 0),
                    self.rank(text, m.practice.id),
                ),
            )
            cites = tuple(c for s in self.material.steps for c in s.cites if c.story == told[text])
            why = f"{self.material.practice.id}; told in 1 story"
            names = [one_line(m.practice.name) for m in wrong[:WRONG]]
            if question := self.made(
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
            if _is_a_thing(example) and not stems(example, m.customer) & self.meant
        }
        same = self.same_deeds(examples)
        examples = {example: whose for example, whose in examples.items() if example not in same}
        made: list[Question] = []
        for right in about.counts:
            picked: dict[str, str] = {}  # practice -> its example
            for example in sorted(
                examples,
                key=lambda e: (_begins(e) != _begins(right), self.offered.get(e, 0), self.rank(right, e)),
            ):
                picked.setdefault(examples[example], example)
            wrong = list(picked.values())[:WRONG]
            if len(made) < most - bool(about.counts_not) and (
                one := self.made(f"Which of these is an example of “{name}”?", right, wrong, source, ())
            ):
                made.append(one)
                for example in wrong:
                    self.offered[example] = self.offered.get(example, 0) + 1
        for right in about.counts_not:
            if len(made) < most and (
                one := self.made(
                    f"Which of these is not what we mean by “{name}”?",
                    right,
                    sorted(about.counts, key=lambda e: self.rank(right, e))[:WRONG],
                    source,
                    (),
                )
            ):
                made.append(one)
        return made

    def made(
        self, text: str, right: str, wrong: Sequence[str], why: str, cites: tuple[Cite, ...]
    ) -> Question | None:
        """A question with its options mixed; None where too few are wrong, or it gives its answer away."""
        if len(wrong) < LEAST_WRONG or gives_away(text, right, wrong, self.material.customer):
            return None
        shown = sorted([right, *wrong], key=lambda option: self.rank(text, option))
        return Question(text, tuple(shown), shown.index(right), why, cites)

    def placed(self, asked: Sequence[Question]) -> list[Question]:
        """The questions, the right answer in each place about equally often: no letter is a good guess."""
        made = []
        for number, one in enumerate(asked):
            turn, at = divmod(number, WRONG + 1)
            places = sorted(range(WRONG + 1), key=lambda place: self.rank(f"place {turn} {place}"))
            place = places[at] % len(one.options)
            shown = [option for option in one.options if option != one.options[one.right]]
            shown.insert(place, one.options[one.right])
            made.append(replace(one, options=tuple(shown), right=place))
        return made

    def rank(self, *parts: str) -> str:
        """What puts options in an order: always the same one, and one that nobody can guess."""
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
