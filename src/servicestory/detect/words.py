"""Turns sentences into numbered words: lower case, names and numbers masked, to drive no grouping."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# numpy is loaded where it is used: sentences are cut and words looked at by commands that count nothing

NAME = "<name>"
NUMBER = "<number>"
MASKS = frozenset({NAME, NUMBER})

_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d[\d.,:]*|[!?]")


def word_set(text: str) -> frozenset[str]:
    """The words of ``text``."""
    return frozenset(text.split())


# Words without content of their own: left out of names and explanations, never of the reading.
STOP = word_set(
    """a an the and or but so if then than that this these those there here it its it's is are was were
    be been     being am do does did done have has had having i i'm i've me my mine myself we we've us
    our ours ourselves you     you're your yours he she they them their theirs his her hers him who whom
    whose which what when where why how     as at by for from in into of off on onto out over to under
    up with without about after before again also all     any both each every few more most other some
    such no nor not only own same too very can could will would     should shall may might must just
    even still ever never really quite much many lot lots one two get got getting     go went gone come
    came because while during until through between s t d ll m re ve don didn't don't wasn't
    couldn't can't won't im ive dont didnt us. etc"""
)


@dataclass(frozen=True)
class Words:
    """Sentences as numbers: ``ids[ptr[i]:ptr[i + 1]]`` are the words of sentence i, ``table`` spells them."""

    ids: "NDArray[np.int32]"
    ptr: "NDArray[np.int64]"
    table: list[str]

    def __len__(self) -> int:
        return len(self.ptr) - 1

    @property
    def rows(self) -> "NDArray[np.int64]":
        """The sentence number of every word, shape (words,)."""
        import numpy as np

        return np.repeat(np.arange(len(self)), np.diff(self.ptr))


def root(word: str) -> str:
    """A lower-case word without its commonest endings: enough to tell that "towels" are towels."""
    for ending in ("ies", "ing", "es", "ed", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            return word[: -len(ending)] + ("y" if ending == "ies" else "")
    return word


def tokens(text: str) -> list[str]:
    """The words of ``text`` as written, with numbers, ``!`` and ``?``."""
    return _TOKEN.findall(text.replace("’", "'").replace("`", "'"))


def masked(token: str, ordinary: Collection[str]) -> str:
    """``token`` in lower case; a number or a capitalised word that is no ordinary word becomes a mask."""
    if token[0].isdigit():
        return NUMBER
    lower = token.lower()
    if token[0].isupper() and lower not in ordinary and lower.removesuffix("'s") not in ordinary:
        return NAME
    return lower


def number(texts: Sequence[str], ordinary: Collection[str]) -> Words:
    """Number the words of many sentences.

    Args:
        texts: the sentences.
        ordinary: words that are no names even when written with a capital.

    Returns:
        :class:`Words`; equal for equal texts, whatever the process.
    """
    import numpy as np

    seen: dict[str, int] = {}
    table: dict[str, int] = {}
    flat: list[int] = []
    ptr = np.zeros(len(texts) + 1, np.int64)
    for row, text in enumerate(texts):
        for token in tokens(text):
            at = seen.get(token)
            if at is None:
                at = seen[token] = table.setdefault(masked(token, ordinary), len(table))
            flat.append(at)
        ptr[row + 1] = len(flat)
    return Words(np.asarray(flat, np.int32), ptr, list(table))


def content(text: str, ordinary: Collection[str] = frozenset()) -> list[str]:
    """The roots of the words of ``text`` that carry meaning: no masks, stop words, marks."""
    low = (masked(t, ordinary) if ordinary else t.lower() for t in tokens(text))
    return [root(w) for w in low if w not in MASKS and w not in STOP and w[0].isalpha()]


def bases(text: str) -> list[str]:
    """The roots of the words that carry meaning, past forms brought home: "brought" and "bring" are one."""
    return [base for _, base in bases_at(text)]


def bases_at(text: str) -> list[tuple[int, str]]:
    """The same, each with the number of its word in ``text``, small words counted."""
    said = [w for w in (t.lower() for t in tokens(text)) if w[0].isalpha()]
    return [(n, _base(w)) for n, w in enumerate(said) if w not in STOP]


@cache
def _base(word: str) -> str:
    from servicestory.wording.morphology import participle_lemma, past_lemma

    return root(past_lemma(word) or participle_lemma(word) or word)
