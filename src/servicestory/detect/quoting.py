"""Titles that quote: what a passage says in its own words, where no deed can be said for all of it."""

import re
from collections.abc import Collection, Iterator, Sequence

from servicestory.detect.cut_out import BREAKS, DANGLING, ENDS, NO_DEED, SOMEBODY, WORD
from servicestory.detect.naming import Nearness
from servicestory.detect.terms import NO_MARK
from servicestory.detect.words import bases, root, word_set
from servicestory.german_nouns import is_noun
from servicestory.wording.lexicon import FUNCTION, PREPOSITIONS

READ, READ_MORE = 20, 60
"""Passages quoted from, where they are compared in the deed they tell; and where in words alone."""
SHORTEST, LONGEST = 3, 16
"""Words of a quote."""
BEGINS = 0.1
"""How much it counts that a quote begins with what somebody did, against being near to what all tell."""
_WAS = word_set("is was are were be been has had have")
_ARTICLE = re.compile(
    r"(?i)(?:d(?:as|en|em|es)|(?:k?ein|mein|dein|sein|ihr|unser|euer|jed|dies)(?:e[mnrs]?)?"
    r"|ins|im|ans|am|aufs|beim|vom|zum|zur|übers|fürs|durchs|alle[nr]?|viele[nr]?)"
)
_OPENING = word_set(
    "den dem der die das des am im beim vom zum zur mit ohne nach vor für bei auf aus an jeden jedem"
)
_TIMES = word_set("morgen mittag abend tag tage nacht woche wochen stunde minuten")
_ADJECTIVE = re.compile(r"[a-zäöüß]+e[mnrs]?")
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

    The part nearest in the deed to all passages, what only says how something was after these; without
    ``near`` the part whose words most passages have. None where no word that sets the practice apart
    (``telling``) names a thing and no ``kind`` of deed is known: there is nothing in common to tell of.
    """
    if not (kind or _things(telling)):
        return []
    here = texts[: READ if near else READ_MORE]
    small = {word for text in here for word in WORD.findall(text) if word.islower()}
    found = list(dict.fromkeys(part for text in here for part in _parts(text, names, small)))
    if near and found:
        mean = [sum(each) / len(each) for each in near(found)]
        worth = [one + BEGINS * _begins_with_verb(part) for one, part in zip(mean, found, strict=True)]
        order = [(_how_far(part), -round(one, 4), part) for one, part in zip(worth, found, strict=True)]
    else:
        said = [set(bases(text)) for text in here]
        order = [(0 if _how_far(part) < 2 else 2, -_said_by_many(part, said), part) for part in found]
    return [part for far, _, part in sorted(order) if far < 2 or kind]


def lines(texts: Sequence[str], tongues: Sequence[str], names: Collection[str]) -> list[str]:
    """What lines in other languages say, without names and numbers, for a title; what most say first.

    What is a deed, and what in common is worth telling, is known for English only: each was noted as a deed.

    Args:
        tongues: the language of each text.
    """
    here = list(zip(texts[:READ_MORE], tongues, strict=False))
    found = dict.fromkeys(part for text, which in here for part in _parts(text, names, (), which == "de", 2))
    said = [{word.lower() for word in WORD.findall(text)} for text, _ in here]

    def shared(part: str) -> float:
        words = {word.lower() for word in WORD.findall(part)}
        return round(sum(word in one for word in words for one in said) / (len(words) + 2.5), 4)

    return sorted(found, key=lambda part: (-shared(part), part))


def _said_by_many(part: str, said: Sequence[set[str]]) -> float:
    """How many of the passages have a word of a part, on average over its words."""
    words = set(bases(part))
    return round(sum(word in one for word in words for one in said) / (len(words) + 0.5), 4)


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


def _parts(
    text: str, names: Collection[str], known: Collection[str], german: bool = False, least: int = SHORTEST
) -> Iterator[str]:
    """The parts of a passage, in its own words, without who did it and what comes after a number.

    Nobody can tell a name by its letters alone: a word with a capital ends a part, but for "I", small words,
    and a word at the beginning that is no first name and stands in small letters elsewhere (``known``). In
    ``german``, which writes things so, only one that is no everyday noun and has no article before it, or
    that people are called by.
    """
    from servicestory.wording.given import is_given

    hidden = {part.lower() for name in names for part in name.split()}
    words = WORD.findall(text.replace("’", "'"))
    part: list[str] = []
    for at, word in enumerate([*words, "."]):
        low = word.lower()
        opens = at == 0 and low in known and not is_given(low)
        thing = german and (is_noun(low) or low in _TIMES or (_is_thing(words[:at]) and not is_given(low)))
        small = word.islower() or low in FUNCTION or opens or thing or (german and low in _OPENING)
        if word[0].isalpha() and small and low.removesuffix("'s") not in hidden and len(part) < LONGEST:
            part.append(word if word == "I" or german else low)
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
        if len(part) >= least:
            yield " ".join(part) + (" …" if cut else "")
        part = []


def _is_thing(before: Sequence[str]) -> bool:
    """Whether a German word with a capital is a thing by what stands ``before`` it: an article."""
    near = before[-2:]
    if len(near) == 2 and _ADJECTIVE.fullmatch(near[1]) and _ARTICLE.fullmatch(near[0]):
        return True  # "am nächsten Morgen"
    return bool(near) and _ARTICLE.fullmatch(near[-1]) is not None


def _how_far(part: str) -> int:
    """How far a part is from a deed: 0 where somebody did something, 1 where something was so, else 2."""
    from servicestory.wording.morphology import past_lemma

    verbs = {past_lemma(word) for word in part.split()} - {None}
    if verbs - NO_DEED or _begins_with_verb(part):
        return 0
    return 1 if verbs and part.split()[0] not in _WAS else 2


def _begins_with_verb(part: str) -> bool:
    """Whether a part begins with what somebody did or does."""
    from servicestory.wording.morphology import past_lemma, third_lemma

    first = part.split()[0]
    return (past_lemma(first) or third_lemma(first) or "be") != "be"
