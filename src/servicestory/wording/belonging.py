"""Whether a deed belongs to the practice it was found with: one sentence may tell of several practices."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from servicestory.models.codebook import CodebookEntry
from servicestory.models.practice import Practice
from servicestory.wording import lexicon as lex
from servicestory.wording.acts import SLIGHT, act, things
from servicestory.wording.morphology import ing_lemma, is_verb, past_lemma, third_lemma

# What these do depends on their object: to carry is a kind of act, to give is none.
_PLAIN = frozenset(
    """accommodate add arrange bring come do find get give go have help hold keep leave let look make move offer provide
    put see send serve set show take tell try use""".split()
)
_SAY_LITTLE = (
    SLIGHT
    | _PLAIN
    | lex.TIMES_OF_DAY
    | frozenset(
        """after all and are been before but can could each every everything first for from had has have her his how
        into more next not other others our people small some staff than that their them then there they this through
        us was were what when where whether which who why will with would your""".split()
    )
)
_OPEN = re.compile(r"\b(\w+)(?: (?:or|and) (\w+))? what\b")
_COMMON = 4  # how many definitions share a word that tells none of them from the others


@dataclass(frozen=True)
class About:
    """What a practice is about: the kinds of act it is (see `acts.act`), and the beginnings of its telling words."""

    acts: frozenset[str]
    words: frozenset[str]

    def shared(self, line: str, common: frozenset[str]) -> int:
        """How much an instruction has in common with it: its kind of act counts two, every telling word one."""
        kinds, words = _read(line)
        return 2 * bool(kinds & self.acts) + len((words & self.words) - common)


@dataclass(frozen=True)
class Belonging:
    """A practice, and the others of the codebook a deed told in the same sentence may belong to."""

    own: About
    besides: frozenset[
        str
    ]  # telling words of its stories, where no definition says what it is; two count one
    others: tuple[About, ...]
    common: frozenset[str]  # words that so many of them share that they tell nothing
    defined: bool  # whether it stands in the codebook
    few: bool  # whether so few stories tell of it that each is its own
    name: str

    def with_acts_of(self, told: Iterable[tuple[str, str]]) -> "Belonging":
        """The same, with the acts that a good part of its stories tell: what so many did is what it is.

        Args:
            told: instructions from its evidence, each with its story.
        """
        stories: dict[str, set[str]] = {}
        for line, story in told:
            for kind in _read(line)[0]:
                stories.setdefault(kind, set()).add(story)
        of = len(set().union(*stories.values())) if stories else 0
        often = {kind for kind, some in stories.items() if len(some) >= max(_SEVERAL, of * _OFTEN)}
        return replace(self, own=About(self.own.acts | (often - _PLAIN), self.own.words))

    def told_in(self, text: str) -> bool:
        """Whether a passage tells of this practice: an act of its kind, or a telling word."""
        told = _told(text)
        return bool(told.acts & self.own.acts or (told.words & self.own.words) - self.common)

    def holds(self, line: str, mostly: bool) -> bool:
        """Whether an instruction is one of this practice.

        Args:
            mostly: the deed is what the place of evidence was found for, see `material.found_for`.

        Returns:
            True when it shares its kind of act or a telling word, and no other practice much more. Where it
            shares nothing, only when no other practice claims it, and the place was found for it or the practice
            has few stories.
        """
        mine = self.own.shared(line, self.common) + len(_read(line)[1] & self.besides) // 2
        best = max((other.shared(line, self.common) for other in self.others), default=0)
        if not self.defined and _read(line)[0] & self.own.acts:
            return True  # found in the stories, it is this very act, whatever the codebook says of its kind
        if mine:
            return best <= (mine + 1 if mine > 1 else 1)  # one word in common is soon a chance
        elsewhere = any(_read(line)[0] & other.acts for other in self.others)
        return not best and not elsewhere and (mostly if self.defined else self.few)

    def shares(self, line: str) -> bool:
        """Whether an instruction has its kind of act or a telling word in common with the practice."""
        return self.own.shared(line, self.common) > 0

    def claimed(self, line: str) -> bool:
        """Whether another practice has more of an instruction than a single word, or an act and more."""
        most = max((other.shared(line, self.common) for other in self.others), default=0)
        return most > (1 if self.defined else 2)  # no definition was nearer to what is of no kind

    def says_more(self, line: str) -> bool:
        """Whether an instruction is not less than the practice's name, where its definition says the whole of it.

        "Greet the guest" is less than "Greet everybody in person on arrival"; "Greet the guest by name" tells how.
        """
        if not self.defined:
            return True
        if len(line.split()) < 4 and not things(line):
            return False  # "Greet the guest"
        named = {act(w)[0] for w in _words(self.name) if w in lex.COPYABLE}
        mine, whole = telling(line), telling("- " + self.name.replace(" when ", " "))
        return act(line)[0] not in named or not mine <= whole or len(mine) * 3 >= len(whole) * 2


def belonging(practice: Practice, codebook: Mapping[str, CodebookEntry]) -> Belonging:
    """What a practice is about, by its own words, and by its definition or else the words of its stories.

    Args:
        codebook: the entries by key.
    """
    said = [practice.name, practice.behaviour_statement or "", practice.trigger or "", *practice.core]
    entry = codebook.get(practice.definition or "")
    own = _told(" . ".join([*said, _defined(entry)] if entry else said))
    # A practice found in the stories is the act its name says; their words may tell of more.
    besides = frozenset() if entry else _told(" . ".join(practice.words)).words - own.words
    # "Bring or lend what is needed": any object will do, so the verb alone is the act.
    any_object = {act(v)[0] for found in _OPEN.findall(practice.name.casefold()) for v in found if v}
    named = {w[:5] for w in _words(practice.name) if w in _NAMED}
    others = tuple(_told(_defined(e)) for key, e in codebook.items() if key != practice.definition)
    count = Counter(word for one in others for word in one.words)
    return Belonging(
        About(own.acts | any_object, own.words | named),
        besides,
        others,
        common=frozenset(w for w, n in count.items() if n >= _COMMON),
        defined=entry is not None,
        few=len({e.story for e in practice.surest()}) <= FEW,
        name=practice.name,
    )


def telling(line: str) -> frozenset[str]:
    """The words that tell what is done to what: not how well, or how much of it."""
    return things(line) - _HOW_WELL


_HOW_MUCH = frozenset("well fully few several different slight small warm option options".split())
_HOW_WELL = frozenset(w[:6] for w in lex.FILLERS | lex.INTENSIFIERS | lex.EVALUATIVE | _HOW_MUCH)
_SEVERAL, _OFTEN = 3, 0.25  # an act is the practice's from so many stories, and such a share of them, on
FEW = 3  # so few stories that each may be the practice's own
# Told in stories of every practice; in the name of one they are what it is about.
_NAMED = frozenset("room rooms seat table morning evening night day".split())


def _defined(entry: CodebookEntry) -> str:
    lines = (entry.name, entry.behaviour_statement or "", entry.definition)
    return " . ".join([*lines, *entry.include, *entry.examples, *entry.cues])


@lru_cache(maxsize=8192)
def _read(line: str) -> tuple[frozenset[str], frozenset[str]]:
    """The kinds of act in an instruction, of which it may join two, and its telling words."""
    done = re.sub(r"\bwithout (?:being )?\w+", "", line)
    joined = (part for part in done.split(" and ")[1:] if part.split(" ")[0] in lex.COPYABLE)
    kinds = frozenset(act(part)[0] for part in (line, *joined))
    return kinds, frozenset(w[:5] for w in _words(done)[1:] if w not in _SAY_LITTLE or w in _NAMED)


@lru_cache(maxsize=512)
def _told(text: str) -> About:
    words = _words(text)
    acts = {
        act(lemma)[0]
        for word in words
        for lemma in (word if is_verb(word) else None, past_lemma(word), ing_lemma(word), third_lemma(word))
        if lemma and lemma in lex.COPYABLE and lemma not in _PLAIN
    }
    return About(frozenset(acts - _PLAIN), frozenset(w[:5] for w in words if w not in _SAY_LITTLE))


def _words(text: str) -> list[str]:
    return [w.removesuffix("'s") for w in re.findall(r"[a-z'-]+", text.casefold()) if len(w) > 2]
