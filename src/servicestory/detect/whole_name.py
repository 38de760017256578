"""Whether an instruction is whole enough to be a practice's name: nothing in it open, cut off or doubled."""

import re
from collections.abc import Collection, Sequence

from servicestory.detect.cut_out import DANGLING, NO_NOUN, THINGS, WIDEST
from servicestory.detect.of_things import asks_to_its_end
from servicestory.detect.terms import NO_MARK, WHO
from servicestory.detect.words import word_set
from servicestory.wording.lexicon import (
    DETERMINERS,
    FAMILY,
    FUNCTION,
    NUMBER_WORDS,
    PREPOSITIONS,
    TIMES_OF_DAY,
)

_NO_THING = re.compile(r" (?:in|of|by|for|from|without) [a-z]+ing(?: (?:down|up|out|in|off|on))?$")
"""An end that leaves open what is done with: "write in passing", "make a point of writing down"."""
_OPEN_END = word_set("next yet else each left marked right")
_GAP = re.compile(
    r" right (?:and|out$)| and (?:off|on|out|in|up|down|over)$"
    r"| (?:with|of|for|a|an|the) (?:with|of|for|at|under|on|in|to|by|and)\b"
)
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
_TIME = "(?:night|evening|day|morning|afternoon|week)"
_OTHER_TIME = re.compile(
    rf"(?<! in)(?<! at)(?<! by)(?<! for)(?<! of)(?<! after)(?<! during)(?<! through) the {_TIME}$"
    rf"|(?<!night)(?<!evening)(?<!day)(?<!morning)(?<!afternoon)(?<!weeks)(?<!days)(?<!week)"
    r" (?:before|after|during)$| quarter$"
)
"""Which night or evening, and before what: "call her daughter the night", "lay the towels before"."""
_WHICH = re.compile(
    r"\b(?:the|each|every|any|all)(?: (?!little|young)[a-z-]+)? (?<!little )(?<!young )ones?\b"
    r"(?! (?:of|\w+ at a time|by one)\b)"
    r"|(?<!for a )(?<!for an )\b[a-z-]+ one$|^[a-z]+ one (?!\w+ at a time)"
    r"|\b(?:the|two|three|each|all|some) (?:second|third|other|ten|two|three)"
    r"(?: (?:the|an?|of|in|on|for|to|with|up|from)\b|$)"
    r"|(?<!of )\b(?:your|their|'s) own(?: (?:from|for|to|in|on|and|with|at)\b|$)"
    r"|'s(?: (?:not|to|in|on|at|and|with|for)\b|$)|^[a-z]+ (?:it|them|her|him)\b"
    r"| (?:on|to|at|from) the (?:side|part|thing|spot|moment|minute)$| with its [a-z]+(?: |$)"
)
"""What is only known to whoever reads the passage: "pull out the low ones", "the ten", "your own", "write to
the guest's", "behind the shed to its mother", "on the side"."""
_TO_WHAT = re.compile(r" to (?:say|tell|give|pay|thread)$| (?:they|you) (?:say|tell|ask)$")
_NEEDS_A_THING = re.compile(
    r"^(?:put|bring|give|pour|place|lay|set|hang|wrap|tuck|stow|fetch|stick) (?:into|to|at|with|under|behind"
    r"|beside|by|near|for|from|against|over|across|between|after|during) (?!.*\b(?:what|how|where|which)\b)"
    r"|^(?:note|jot|ask|tell|lend|show|meet) (?:in|on|over|around|by|with|to|at|from|into) "
    r"(?!.*\b(?:what|how|where|which|whether|who|why)\b)"
    r"|^put in the [a-z]+ book$"
    r"|^(?:take|make|draw|shoot) (?:an?|the) (?:picture|photo|film|drawing|sketch|video|clip)$"
)
"""A verb that means nothing without a thing: "pour into a jar", "ask over the radio"; a picture of what."""
_SAYS_OR_GIVES = word_set(
    """lend offer give hand show tell print pass pour draw ask help warn let film write extend press explain
    say"""
)
_GIVES = word_set("lend offer give hand print pass pour draw write press")
_TO_THINGS = word_set(
    "hang strap stack pack sort stick screw fold tie mend bend split draw cut sew chalk tape"
)
"""What nobody does to a person, and what says nothing without a second thing or what was said."""
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
_LEADS_IN = word_set("that when while before until till as if so how what where")
"""Before an "it" that is nothing in particular: "so that it is quieter"."""
_LEADS_ON = word_set("see check hear ask know sure tell explain")
"""What nobody does without saying what: "come by to see"."""
_LETS = word_set("have let make ask")
_TWO_OBJECTS = word_set(
    """allow arrange ask assign award bake book bring build buy call charge choose cook cut deliver deny
    draw email feed fetch find fix get give grant hand have hear help keep lend let mail make mix offer
    order owe pack pass pay pick play pour prepare present print promise provide read refund rent
    reserve save see sell send serve show sing spare teach tell text throw watch wish write"""
)
"""What is done to somebody and a thing at once (Levin 1993, 2.1 and 2.2): "bring the guest extra towels"."""
_GO_ON = word_set("keep stop go come remember avoid finish try")
"""Before an -ing a deed all the same: "stop charging the guest"."""


def may_be(step: str, taken: Collection[str], customer: str = "") -> bool:
    """Whether an instruction can be a name: whole, of a fair length, well spelt, and no other's.

    Args:
        step: the instruction.
        taken: names there are already, in small letters.
        customer: the house's word for who is served, to tell what is done to them.
    """
    words = step.lower().split()
    closed = not {*words[-1:]} & (DANGLING | _OPEN_END) or asks_to_its_end(words)
    whole = 3 <= len(words) <= WIDEST and closed and not _NO_THING.search(step)
    open_parts = (_GAP, _HALF, _HOW, _TWICE, _OTHER_TIME, _WHICH, _TO_WHAT, _NEEDS_A_THING)
    whole = whole and not any(part.search(step.lower()) for part in open_parts)
    whole = whole and not (customer and (_to_whom_alone(words, customer) or _whose_else(words, customer)))
    whole = whole and not (customer and _one_thing_too_many(words, customer))
    whole = whole and not _it_of_several(words) and not _about_a_deed(words)
    whole = whole and words[0] not in _NO_EXAMPLE | _BEGINS and not {*words[1:]} <= _NO_THINGS
    whole = whole and not _ends_open(words) and not _goes_on(words)
    return whole and step.lower() not in taken and _well_spelt(words)


def _to_whom_alone(words: Sequence[str], customer: str) -> bool:
    """Whether who is served stands where a thing belongs: "show the guest", "hang the guest over a chair"."""
    if words[1:3] != ["the", customer]:
        says = words[0] in _SAYS_OR_GIVES - _GIVES
        return says and words[1:3] == ["the", f"{customer}'s"] and len(words) < 5
    ends = len(words) == 3 or words[3] in PREPOSITIONS
    if words[0] in _TO_THINGS:
        return ends
    return words[0] in _SAYS_OR_GIVES and (len(words) == 3 or (ends and words[0] in _GIVES))


def _one_thing_too_many(words: Sequence[str], customer: str) -> bool:
    """Whether a thing follows who is served and a word is missing: "engage the guest long conversations"."""
    from servicestory.wording.morphology import of_several

    rest = words[3:]
    if words[1:3] != ["the", customer] or words[0] in _TWO_OBJECTS or len(rest) < 2:
        return False
    small = any(word in _NO_THINGS | NO_NOUN | NUMBER_WORDS or word.endswith("ly") for word in rest)
    return not small and of_several(rest[-1])


def _about_a_deed(words: Sequence[str]) -> bool:
    """Whether it is only about a deed, not the deed: "approve changing the guest's seat"."""
    from servicestory.wording.morphology import past_lemma

    doing = words[1].endswith("ing") and words[2] in DETERMINERS and past_lemma(words[1]) is None
    return doing and words[0] not in _GO_ON


def _whose_else(words: Sequence[str], customer: str) -> bool:
    """Whether "its" may be of something not said: "lead the guest round the shed to its mother"."""
    return "its" in words and customer in words[: words.index("its")]


def _it_of_several(words: Sequence[str]) -> bool:
    """Whether "it" can only be several things: "wrap the bolts and tie it round"."""
    from servicestory.wording.morphology import of_several

    if "it" not in words[2:] or words[words.index("it", 2) - 1] in _LEADS_IN:
        return False
    before = words[: words.index("it", 2)]
    things = [
        b
        for a, b in zip(["", *before], [*before, ""], strict=True)
        if b and (a in DETERMINERS or a.endswith("'s"))
    ]
    return bool(things) and of_several(things[-1])


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
