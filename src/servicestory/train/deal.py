"""What makes a question sound: nothing in the quiz, nor the practice's name, gives its answer away."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from servicestory.text import one_line
from servicestory.train.telling import gives_away
from servicestory.wording.acts import act
from servicestory.wording.material import Material
from servicestory.wording.steps import Cite, Step

MOST, WRONG, LEAST_WRONG = 8, 3, 2
MOST_LINES = 5  # of them about the practice's own lines
_WORDS = range(3, 15)  # words of an option: shorter says too little, longer gives itself away


@dataclass(frozen=True)
class Question:
    """One question: its text, the options in the order they are shown, which is right (from 0), and why.

    Attributes:
        scene: the moment that is asked about; it stands before the text.
    """

    text: str
    options: tuple[str, ...]
    right: int
    why: str
    cites: tuple[Cite, ...] = ()
    scene: str = ""

    @property
    def full(self) -> str:
        """The moment and the question on one line."""
        return f"{self.scene} {self.text}".strip()


class Deal:
    """The questions of one quiz: each is held against the practice's name and the questions before it."""

    def __init__(self, material: Material, seed: int = 0) -> None:
        """Begin with no question; another seed puts the options in another order."""
        self.material, self.seed = material, seed
        self.name = one_line(material.practice.name)
        self.asked: list[Question] = []

    def put(
        self,
        text: str,
        right: str,
        wrong: Iterable[str],
        why: str,
        cites: tuple[Cite, ...] = (),
        act_of: bool = False,
    ) -> bool:
        """Ask this, unless there is no room, too few options are wrong, or something tells which is right.

        Args:
            wrong: the first `WRONG` of them are offered.
            act_of: the options are acts, so that one of the kind the practice's name says stands out.
        """
        wrong = list(dict.fromkeys(w for w in wrong if w.casefold() != right.casefold()))[:WRONG]
        if (
            sum(not one.scene for one in self.asked) == MOST_LINES
            or len(wrong) < LEAST_WRONG
            or self._given_away(text, right, wrong, act_of)
        ):
            return False
        shown = sorted([right, *wrong], key=lambda option: self.rank(text, option))
        self.asked.append(Question(text, tuple(shown), shown.index(right), why, cites))
        return True

    def moment(
        self, text: str, scene: str, right: str, wrong: Sequence[str], why: str, cites: tuple[Cite, ...]
    ) -> None:
        """Ask which practice a moment calls for; the names are the same in every such question."""
        if len(self.asked) < MOST:
            shown = sorted([right, *wrong[:WRONG]], key=lambda option: self.rank(scene, option))
            self.asked.append(Question(text, tuple(shown), shown.index(right), why, cites, scene))

    def tells(self, scene: str, right: str, wrong: Sequence[str]) -> bool:
        """Whether a moment says in its words which practice is right, or the options do by their length."""
        return gives_away(scene, right, wrong, self.material.customer) or _stands_out(right, wrong)

    def _given_away(self, text: str, right: str, wrong: Sequence[str], act_of: bool) -> bool:
        """Whether the name, the question or another question of the quiz says which option is right."""
        if gives_away(f"{text} {self.name}", right, wrong, self.material.customer):
            return True
        if plain(right) in plain(
            text
        ):  # the line that is asked about says it, whatever else the options share
            return True
        named = {act(part)[0] for part in re.split(r" and |, ", self.name)}
        if act_of and act(right)[0] in named and not any(act(w)[0] in named for w in wrong):
            return True
        if _stands_out(right, wrong):
            return True
        here = plain(text, *wrong, right)
        return any(
            plain(right) in plain(one.full, *one.options) or plain(one.options[one.right]) in here
            for one in self.asked
        )

    def placed(self) -> list[Question]:
        """The questions, the right answer in each place about equally often: no letter is a good guess."""
        made = []
        for number, one in enumerate(self.asked):
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


def _stands_out(right: str, wrong: Sequence[str]) -> bool:
    """Whether the right option is by far the longest: a good guess."""
    return len(right.split()) > 2 * max(len(w.split()) for w in wrong) + 1


def plain(*parts: str) -> str:
    """Texts as they are compared: whole words alone, and a bar between two texts."""
    words = (re.findall(r"[a-z0-9'-]+", part.casefold()) for part in parts)
    return f" {' | '.join(' '.join(said) for said in words)} "


def can_be_asked(text: str) -> bool:
    """Whether a step stands by itself among options: a plain act, neither a word nor a list."""
    return len(text.split()) in _WORDS and not re.search(r"[:;?!…“”\"]", text)


def agreed(step: Step, material: Material) -> bool:
    """Whether a step was agreed on: people wrote it, or several stories tell it (where there are several)."""
    if step.source == "stories":
        return step.stories >= min(2, material.stories)
    return step.source in ("practice", "definition")
