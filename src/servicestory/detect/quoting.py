"""Titles that quote: what a passage says in its own words, where no deed can be said for all of it."""

from collections.abc import Collection, Iterator, Sequence

from servicestory.detect.cut_out import BREAKS, DANGLING, ENDS, NO_DEED, SOMEBODY, WORD
from servicestory.detect.naming import NO_MARK, Nearness
from servicestory.detect.words import root, word_set
from servicestory.wording.lexicon import FUNCTION, PREPOSITIONS

READ = 20
"""Passages quoted from."""
SHORTEST, LONGEST = 3, 16
"""Words of a quote."""
BEGINS = 0.1
"""How much it counts that a quote begins with what somebody did, against being near to what all tell."""
_OPENS = BREAKS | {"'s"}
_EMPTY = word_set("put till round nothing something anything everything everybody somebody nobody")


def quotes(
    texts: Sequence[str],
    telling: Sequence[str],
    names: Collection[str],
    kind: str = "",
    near: Nearness | None = None,
) -> list[str]:
    """What the passages say in their own words, for a title: without names and numbers, the best first.

    The part nearest in the deed to all passages, without ``near`` the one with most of the words that set the
    practice apart (``telling``); what only says how something was comes last. None where no such word names a
    thing and no ``kind`` of deed is known: there is nothing in common to tell of.
    """
    if not (kind or _things(telling)):
        return []
    found = list(dict.fromkeys(part for text in texts[:READ] for part in _parts(text, names)))
    if near and found:
        mean = [sum(each) / len(each) for each in near(found)]
        worth = [one + BEGINS * _begins_with_verb(part) for one, part in zip(mean, found, strict=True)]
    else:
        marks = {*map(root, telling)}
        worth = [float(len(marks & {*map(root, WORD.findall(part.lower()))})) for part in found]
    order = [(not _tells_a_deed(part), -round(one, 4), part) for one, part in zip(worth, found, strict=True)]
    return [part for *_, part in sorted(order)]


def _things(telling: Sequence[str]) -> list[str]:
    """Words that set a practice apart, things if there are any."""
    from servicestory.wording.morphology import names_something, past_lemma

    said = NO_MARK | FUNCTION | PREPOSITIONS | _EMPTY
    fresh = [word for word in telling if word.isalpha() and said.isdisjoint((word, root(word)))]
    words = {root(word): word for word in reversed(fresh)}
    plain = [word for word in telling if words.get(root(word)) == word]
    plain = [w for w in plain if (past_lemma(w) or w) not in NO_DEED and w not in SOMEBODY]
    things = [w for w in plain if names_something(w) and past_lemma(w) in (None, w)]
    return things or plain[:2]


def _parts(text: str, names: Collection[str]) -> Iterator[str]:
    """The parts of a passage with a verb, in its own words, without who did it and what comes after a number.

    Nobody can tell a name by its letters alone: a word with a capital ends a part, but for "I" and how a
    sentence of which the first word is a small one begins.
    """
    from servicestory.wording.morphology import past_lemma, third_lemma

    hidden = {part.lower() for name in names for part in name.split()}
    words = WORD.findall(text.replace("’", "'"))
    part: list[str] = []
    for word in [*words, "."]:
        low = word.lower()
        small = word.islower() or low in FUNCTION
        if word[0].isalpha() and small and low.removesuffix("'s") not in hidden and len(part) < LONGEST:
            part.append(low if low in FUNCTION and word != "I" else word)
            continue
        cut = word not in ENDS | {","}
        if len(part) >= LONGEST:
            at = max(n for n, w in enumerate(part) if n < 5 or w in BREAKS | PREPOSITIONS)
            part = part[: at if at > 4 else None]
        while part and part[-1] in (DANGLING | BREAKS) - {"them", "her", "it"}:
            part.pop()
            cut = True
        while part and part[0] in _OPENS:
            del part[0]
        tells = any(map(past_lemma, part)) or (part and third_lemma(part[0]))
        if len(part) >= SHORTEST and tells:
            yield " ".join(part) + (" …" if cut else "")
        part = []


def _tells_a_deed(part: str) -> bool:
    """Whether somebody did something in it, and it was not only so."""
    from servicestory.wording.morphology import past_lemma

    return _begins_with_verb(part) or any((past_lemma(w) or "be") not in NO_DEED for w in part.split())


def _begins_with_verb(part: str) -> bool:
    """Whether a part begins with what somebody did or does."""
    from servicestory.wording.morphology import past_lemma, third_lemma

    first = part.split()[0]
    return (past_lemma(first) or third_lemma(first) or "be") != "be"
