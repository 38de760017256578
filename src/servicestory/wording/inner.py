"""The clauses inside what was told: where one begins, its subject, and its verb as an instruction says it."""

from collections.abc import Sequence

from servicestory.wording import lexicon as lex
from servicestory.wording.morphology import (
    is_verb,
    may_describe,
    names_something,
    of_several,
    past_lemma,
    third_lemma,
    third_person,
)
from servicestory.wording.sense import AFTER_HER, SOMEBODY, Sense
from servicestory.wording.tokens import Word

OPENERS = frozenset(
    "if whether how what where when whenever why which that who whose because so until before after while once as since".split()
)
NOW = {"was": "is", "were": "are", "could": "can", "would": "will", "might": "may",
        "wasn't": "is not", "weren't": "are not", "didn't": "not", "couldn't": "cannot", "wouldn't": "will not",
        "don't": "do not", "doesn't": "does not", "can't": "cannot", "isn't": "is not", "aren't": "are not", "won't": "will not",
        "hadn't": "have not", "hasn't": "has not", "haven't": "have not", "shouldn't": "should not"}  # fmt: skip
STAYS = frozenset("can will may should must might cannot is are".split())
PRONOUNS = SOMEBODY | frozenset("i we he she they it you there everyone everybody nobody".split())


def goes_with(opener: str, rest: Sequence[Word], at: int) -> bool:
    """Whether the word at ``at`` still belongs to the question: "which rooms", "how dark", "what size"."""
    low = rest[at].low
    if (
        low in PRONOUNS
        or low in lex.DETERMINERS
        or low in NOW
        or low in STAYS
        or low in ("had", "has", "have")
    ):
        return False
    if opener == "how":
        return (may_describe(low) or low in ("much", "many", "long", "often")) and not past_lemma(low)
    if opener in ("which", "what", "whose"):
        return (
            names_something(low) and not past_lemma(low) and not (third_lemma(low) and _ends_clause(rest, at))
        )
    return False


def _ends_clause(rest: Sequence[Word], at: int) -> bool:
    return at + 1 >= len(rest) or rest[at + 1].low in lex.DETERMINERS | lex.PREPOSITIONS | {"how", "what"}


def subject_at(rest: Sequence[Word], at: int) -> tuple[int, str] | None:
    """(index after, number) of the subject of a clause at ``at``, where a finite verb follows."""
    if at >= len(rest):
        return None
    low = rest[at].low
    if low in PRONOUNS:
        return at + 1, "pl" if low in ("we", "they", "you", "i") else "sg"
    if low in NOW or low in STAYS or low in ("had", "has", "have"):
        return None  # "people who may have to go out", "what had been mended": the opener is the subject
    for n in range(at + 1, min(at + 7, len(rest))):
        if _is_finite(rest, n) and (names_something(rest[n - 1].low) or rest[n - 1].low.endswith("ly")):
            inside = [w.low for w in rest[at:n]]
            if any(w in OPENERS or not w[:1].isalnum() for w in inside) or inside[0] in lex.PREPOSITIONS:
                return None
            while len(inside) > 1 and inside[-1] in _ADVERBS:
                inside.pop()  # "the brakes still held"
            head = next((m for m, w in enumerate(inside) if w in lex.PREPOSITIONS), len(inside)) - 1
            many = (
                of_several(inside[max(0, head)])
                or "and" in inside
                or inside[max(0, head)] in ("people", "children", "mice", "feet")
            )
            return n, "pl" if many else "sg"
        if rest[n].low in ("to",):
            return None
    return None


_ADVERBS = frozenset("already also always just never now often once still".split())


def _is_finite(rest: Sequence[Word], n: int) -> bool:
    low, before = rest[n].low, rest[n - 1].low if n else ""
    if before in lex.DETERMINERS:
        return False  # "the will"
    if low in NOW or low in STAYS or low in ("had", "has", "have", "did", "do", "does"):
        return True
    if before in lex.DETERMINERS | lex.PREPOSITIONS:
        return False
    follows = rest[n + 1].low if n + 1 < len(rest) else ""
    noun_next = bool(follows) and follows not in AFTER_HER and names_something(follows)
    if past_lemma(low) and not (may_describe(low) and noun_next):
        return True
    return (
        bool(third_lemma(low))
        and not of_several(before)
        and (not follows or follows in AFTER_HER | {"it", "them", "him", "her"})
    )


def bare_clause(rest: Sequence[Word], k: int) -> bool:
    """Whether a clause without an opener begins at ``k``: "the gap (the mice had come through)", "each piece (she takes off)"."""
    before, low = rest[k - 1].low, rest[k].low
    if before in lex.PREPOSITIONS | lex.DETERMINERS or not (
        names_something(before) or before in ("say", "everything", "anything")
    ):
        return False
    if low in ("i", "we", "he", "she", "they"):
        return k + 1 < len(rest)
    if low not in ("the", "my", "our"):
        return False
    found = subject_at(rest, k)
    return (
        found is not None
        and found[0] - k <= 3
        and rest[found[0]].low in ("had", "was", "were", "is", "are", "could", "would", "has", "have")
    )


def finite_at(rest: Sequence[Word], at: int, said: list[str], number: str, sense: Sense) -> int:
    """Appends the finite verb at ``at``, or after an adverb there, for a subject of that number; how many words it used."""
    k = at
    while k < len(rest) and (
        rest[k].low in lex.FILLERS or rest[k].low in ("last", "never", "still") or rest[k].low.endswith("ly")
    ):
        said.append(rest[k].low)
        k += 1
    if k >= len(rest):
        return k - at
    low = rest[k].low
    turned = _present(low, rest[k + 1].low if k + 1 < len(rest) else "", number, sense.past)
    if turned is None:
        return k - at
    said.append(turned)
    return k + 1 - at


def _present(low: str, follows: str, number: str, past: bool) -> str | None:
    """The finite verb as it stands in an instruction; None where the word is none."""
    one = number != "pl"
    if low in ("was", "is", "am", "were", "are"):
        if not past and low in ("was", "were"):
            return low
        if number == "same":
            return {"was": "is", "were": "are"}.get(low, low)
        return "is" if one else "are"
    if low == "had" and not past:
        return low
    if low in ("had", "has", "have"):
        return "has" if one else "have"
    if low in ("didn't", "doesn't", "don't"):
        return "does not" if one else "do not"
    if low in ("did", "does", "do"):
        return "does" if one else "do"
    if low in ("wasn't", "isn't", "weren't", "aren't"):
        return "is not" if one else "are not"
    if low in ("hadn't", "hasn't", "haven't"):
        return "has not" if one else "have not"
    if low in NOW:
        return NOW[low]
    if low in STAYS:
        return low
    if low == "used" and follows == "to":
        return low
    base = past_lemma(low)
    if base and (past or (low == base and not one)):
        return third_person(base) if one else base
    if base and not past and low != base:
        return low
    if third := third_lemma(low):
        return low if one else third
    if is_verb(low):
        return third_person(low) if one else low
    return None
