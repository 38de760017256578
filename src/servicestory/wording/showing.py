"""Which places of a practice's evidence show a line of it: whoever looks one up must find the line done there."""

import re
from collections.abc import Iterable
from functools import lru_cache

from servicestory.wording import lexicon as lex
from servicestory.wording.acts import EMPTY, act
from servicestory.wording.morphology import (
    ing_lemma,
    is_verb,
    may_describe,
    participle_lemma,
    past_lemma,
    third_lemma,
)
from servicestory.wording.steps import Cite

_EVERYWHERE = frozenset(
    """give bring make take get let have keep put go come guest guest's customer customer's colleague colleague's
    patient patient's client before after when while what how who every all some any more from into this that
    other another and not but""".split()
)
# What these do depends on their object: that somebody gave something shows no line by itself.
_SAYS_LITTLE = frozenset(
    """act add arrange ask attend be bring call change check come do fill find fit get give go have help hold keep let
    leave look make move offer organise point provide put return say see send serve set show step stay take tell
    try use work write""".split()
)


def stems(text: str, word: str) -> set[str]:
    """The beginnings of the words that carry a practice's sense."""
    plain = EMPTY | _EVERYWHERE | {word, f"{word}s", f"{word}'s"}
    return {w[:5] for w in re.findall(r"[a-z'-]+", text.casefold()) if len(w) > 2 and w not in plain}


def showing(
    line: str, passages: list[tuple[Cite, str]], word: str, kind: bool = False, cues: Iterable[str] = ()
) -> list[Cite]:
    """The places that tell of the line's own act.

    The place must do what the line's verb says, and share half of the line's other telling words.

    Args:
        kind: the line is the codebook's and tells a kind of deed, so that a verb that says what is done
            ("explain", "carry") is enough.
        cues: turns of phrase in which people tell the line; a place that has the words of one is enough. A
            thing alone ("shuttle") is none: that there was one is no deed.
    """
    acts = _verbs(line)
    telling = stems(_OPENS.sub("", line), word)
    turns = [stems(cue, word) for cue in cues if " " in cue.strip() or may_describe(cue.casefold())]
    found = []
    for cite, text in passages:
        words = stems(text, word)
        did = {act(lemma)[0] for w in re.findall(r"[a-z'-]+", text.casefold()) for lemma in _lemmas(w)} & acts
        shared = among(telling, words) if did else set()
        if (
            (strong(did) and (kind or not telling))
            or (shared and len(shared) * 2 >= len(telling))
            or any(turn and among(turn, words) == turn for turn in turns)
        ):
            found.append(cite)
    return found


def strong(acts: Iterable[str]) -> set[str]:
    """Those kinds of act that say by themselves what is done."""
    return set(acts) - _SAYS_LITTLE


def among(telling: Iterable[str], words: Iterable[str]) -> set[str]:
    """Those of the telling words that stand among the others, in whatever form."""
    return {a for a in telling if any(_same_word(a, b) for b in words)}


_OPENS = re.compile(r"^(?:when .*, )?(?P<verbs>[\w-]+(?:(?:, (?!or )|,? or )[\w-]+)*)(?: |$)", re.IGNORECASE)


def _verbs(line: str) -> frozenset[str]:
    """The kinds of act a line names: its verb, each of "carry, store or deliver", both of "look up and smile"."""
    found = _OPENS.match(line.casefold())
    named = re.split(r",? or |, ", found["verbs"]) if found else []
    named += [v for v in re.findall(r" and (\w+)$", line.casefold()) if v in lex.COPYABLE]
    return frozenset(act(v)[0] for v in [line, *named])  # "write it on the card" is to write, and to note


def _same_word(a: str, b: str) -> bool:
    return a == b or (min(len(a), len(b)) > 3 and (a.startswith(b) or b.startswith(a)))


@lru_cache(maxsize=8192)
def _lemmas(word: str) -> tuple[str, ...]:
    """The base forms a word may be of, where it may be a verb."""
    forms = (
        word if is_verb(word) else None,
        past_lemma(word),
        participle_lemma(word),
        ing_lemma(word),
        third_lemma(word),
    )
    return tuple(dict.fromkeys(lemma for lemma in forms if lemma))
