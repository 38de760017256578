"""Whether an instruction is whole enough to be a practice's name: nothing in it open, cut off or doubled."""

import re
from collections.abc import Collection, Sequence

from servicestory.detect.cut_out import DANGLING, NO_NOUN, THINGS, WIDEST
from servicestory.detect.terms import NO_MARK, WHO
from servicestory.detect.words import word_set
from servicestory.wording.lexicon import DETERMINERS, FAMILY, FUNCTION, PREPOSITIONS, TIMES_OF_DAY

_NO_THING = re.compile(r" (?:in|of|by|for|from|without) [a-z]+ing(?: (?:down|up|out|in|off|on))?$")
"""An end that leaves open what is done with: "write in passing", "make a point of writing down"."""
_OPEN_END = word_set("next yet else each left marked right")
_GAP = re.compile(r" (?:with|of|for|a|an|the) (?:with|of|for|at|under|on|in|to|by|and)\b")
"""Where something was left out, that was quoted or a number: "a slip with under the cap"."""
_TWICE = re.compile(
    r"\b(?:every|each|an?|the|\w+'s) (?:an?|the|every|each)\b|\bthe (?:yourself|themselves)\b"
)
"""Two small words where one belongs: "ring every the guest"."""
_HALF = re.compile(
    r"(?<! for)(?<! in)(?<! after)(?<! within)(?<! every)(?<! half)(?<! of) "
    r"(?:half an|an?|some|a quarter of an|a few) (?:minutes?|hours?|moments?)$"
    r"|(?<! some)(?<! few)(?<! of) (?:hours|days|weeks|months|years)$"
)
"""A span of time that leaves open from when on: "wave the guest up a quarter of an hour"."""
_HOW = re.compile(
    r" in (?:an? )?(?:colours?|form|letters|lines|manner|shape|size|style|tone|voice|ways?|words)$"
)
"""What says how only with a word beside it: "write out the plan in letters"."""
_NO_EXAMPLE = word_set("spot notice hear overhear lose receive request")
"""What happens to somebody, or what the one who is served does, is no deed to copy."""
_BEGINS = word_set("start begin")
"""What only says that something began is none either."""
_NO_THINGS = FUNCTION | PREPOSITIONS | DETERMINERS | TIMES_OF_DAY | (NO_MARK - WHO) | word_set("again later")
"""What is done "every morning" with nobody and nothing is open."""
_AS = word_set("usual well before always promised agreed needed")
"""What may stand after a last "as"; "letters as tall" leads on."""
_PLACES_IT = word_set("put place stick")
"""Done to a thing and a place: "put the label" is half of it."""
_LEADS_ON = word_set("see check hear ask know sure tell explain")
"""What nobody does without saying what: "come by to see"."""
_LETS = word_set("have let make ask")


def may_be(step: str, taken: Collection[str]) -> bool:
    """Whether an instruction can be a name: whole, of a fair length, well spelt, and no other's."""
    words = step.lower().split()
    whole = 3 <= len(words) <= WIDEST and words[-1] not in DANGLING | _OPEN_END and not _NO_THING.search(step)
    whole = whole and not any(part.search(step) for part in (_GAP, _HALF, _HOW, _TWICE))
    whole = whole and words[0] not in _NO_EXAMPLE | _BEGINS and not {*words[1:]} <= _NO_THINGS
    whole = whole and not _ends_open(words) and not _goes_on(words)
    return whole and step.lower() not in taken and _well_spelt(words)


def _goes_on(words: Sequence[str]) -> bool:
    """Whether a further sentence stands in it: "take the dog out the porter came out to see"."""
    from servicestory.wording.morphology import is_verb, participle_lemma, past_lemma

    return any(
        past_lemma(word) and not (participle_lemma(word) or is_verb(word) or word in THINGS)
        for word in words[1:]
    )


def _ends_open(words: Sequence[str]) -> bool:
    """Whether the last word leads on: "and open", "the tablet glued" to what, "have the client read" what."""
    from servicestory.wording.morphology import is_verb, past_lemma, third_lemma

    *_, before, last = words
    compares = before == "as" and last not in _AS
    half = words[0] in _PLACES_IT and not PREPOSITIONS & {*words[1:]}
    half |= before in ("to", "make") and last in _LEADS_ON
    half |= words[0] == "take" and last in FAMILY  # "take the guest's son": where to
    if compares or half or (before == "and" and third_lemma(last)):  # "ring the guest and asks"
        return True
    glued = last.endswith("ed") and len(last) > 4 and past_lemma(last) is not None
    causes = words[0] in _LETS and words[1] == "the" and len(words) == 4 + ("to" in words)
    return glued or ((before == "and" or causes) and is_verb(last) and last not in NO_NOUN)


def _well_spelt(words: Sequence[str]) -> bool:
    from servicestory.wording.sound import known
    from servicestory.wording.tokens import Word

    return all(known(Word(word, word, 0, 0)) for word in (w.rstrip("'") for w in words))
