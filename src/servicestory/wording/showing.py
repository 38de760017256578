"""Which places of a practice's evidence show a line of it: whoever looks one up must find the line done there."""

import re
from collections.abc import Iterable
from functools import lru_cache

from servicestory.wording import lexicon as lex
from servicestory.wording.acts import EMPTY, SAME_THING, act, acts_of
from servicestory.wording.denied import undenied
from servicestory.wording.morphology import (
    ing_lemma,
    is_verb,
    may_describe,
    participle_lemma,
    past_lemma,
    third_lemma,
)
from servicestory.wording.occasions import says_when, without_when
from servicestory.wording.steps import Cite

_EVERYWHERE = frozenset(
    """give bring make take get let have keep put go come guest guest's customer customer's colleague colleague's
    patient patient's client before after when while what how who every all some any more from into this that
    other another and not but something same""".split()
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
    return {
        SAME_THING.get(w, w)[:5]
        for w in re.findall(r"[a-z'-]+", text.casefold())
        if len(w) > 2 and w not in plain
    }


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
    acts, telling = verbs(line), telling_words(line, word)
    found = _shown(acts, telling, passages, word, kind, cues)
    if kind or not (things := _BOTH.match(line)):
        return found
    # "The hour and your initials": who put only the hour shows half of it.
    halves = [own for part in things.groups() if (own := stems(part, word))]
    told = dict(passages)
    return [cite for cite in found if all(among(half, _told(told[cite], word)[0]) for half in halves)]


_BOTH = re.compile(
    rf"[\w-]+ ((?:(?!between)[^,:])+?) and (?!(?:{'|'.join(sorted(lex.COPYABLE))})\b)([^,:]+)$", re.IGNORECASE
)


def telling_of(step: str, passages: list[tuple[Cite, str]], word: str) -> list[Cite]:
    """The places that tell of a told step's own act, in whatever words: also as a noun, or as done to somebody.

    One thing of "dishes, a menu or starters" is enough. Where a verb that says what is done has no object but
    what everybody gets ("customise food"), it is enough too. Of a step that joins two acts a place must tell both:
    whoever called has not asked the doctor for it.
    """
    found: set[Cite] = set()
    bare = without_when(step)
    if len(both := acts_of(bare)) > 1:
        passages = [(cite, text) for cite, text in passages if all(_does_half(h, text, word) for h in both)]
    if bare != step and not says_when(
        bare
    ):  # the moment is part of it: a place that does not tell it shows another act
        moment = stems(step[len(bare) :], word) - {"they", "their"}
        passages = [(cite, text) for cite, text in passages if among(moment, _told(text, word)[0])]
    for one in alternatives(_OF_WHEN.sub("", bare)):
        acts = verbs(one) | _had_done(one)
        telling = telling_words(one, word) - (EVERYBODYS if strong(acts) else frozenset())
        if done := _HAD_DONE.match(one):
            telling -= stems(done["done"], word)
        if telling or strong(acts):
            found.update(_shown(acts - {"", "the"}, telling, passages, word))
    return sorted(found)


def _does_half(half: str, text: str, word: str) -> bool:
    """Whether a place tells one of the acts a step joins: its verb, and of its own words half."""
    words, does = _told(text, word)
    telling = telling_words(half, word)
    return bool(verbs(half) & does) and len(among(telling, words)) * 2 >= len(telling)


# Of which day a plan is, each teller says in other words, or none: "the schedule", "tomorrow's programme".
_OF_WHEN = re.compile(
    r"\b(?:(?:next|same|following) )?(?:day|evening|morning|tomorrow|week)'s (?=[a-z])", re.IGNORECASE
)
_EXAMPLES = re.compile(r"(?P<head>.+?) (?:what fits|something (?P<how>\w+)), for example (?P<things>.+)")
_OR = re.compile(r", (?!or )|,? or ")
_HAD_DONE = re.compile(
    r"^have .*?\b(?P<done>made up|made|cleaned|prepared|heated|warmed|ready)\b", re.IGNORECASE
)
EVERYBODYS = frozenset(
    w[:5]
    for w in "according taste tastes liking food dish dishes meal meals drink drinks order orders item items".split()
)


def alternatives(step: str) -> list[str]:
    """ "Suggest dishes, a menu or starters" -> one line for each of the three; others stay one."""
    if found := _EXAMPLES.match(step):
        parts = [f"{found['how'] or ''} {part}".strip() for part in _OR.split(found["things"])]
        return [f"{found['head']} {part}" for part in parts]
    verb, _, things = step.partition(" ")
    parts = _OR.split(things) if " or " in things else [things]
    return [f"{verb} {part}" for part in parts]


def _had_done(step: str) -> frozenset[str]:
    """The acts of "have the room made up": whoever makes, cleans or prepares it, or has it ready, does it."""
    return frozenset(("make", "clean", "prepare", "ready")) if _HAD_DONE.match(step) else frozenset()


def _shown(
    acts: frozenset[str],
    telling: set[str],
    passages: list[tuple[Cite, str]],
    word: str,
    kind: bool = False,
    cues: Iterable[str] = (),
) -> list[Cite]:
    turns = [stems(cue, word) for cue in cues if " " in cue.strip() or may_describe(cue.casefold())]
    found = []
    for cite, text in passages:
        words, does = _told(text, word)
        did = does & acts
        shared = among(telling, words) if did else set()
        if (
            (strong(did) and (kind or not telling))
            or (shared and len(shared) * 2 >= len(telling))
            or any(turn and among(turn, words) == turn for turn in turns)
        ):
            found.append(cite)
    return found


@lru_cache(maxsize=8192)
def _told(text: str, word: str) -> tuple[frozenset[str], frozenset[str]]:
    """(beginnings of the telling words, kinds of act) of a place.

    That its teller recommends the house is no deed, and what is said not to have been done is none.
    """
    plain = _PRAISES.sub(" ", undenied(text).casefold())
    plain = _NO_LIKING.sub(lambda m: m[0] if m["who"] and not m["say"] else " ", plain)
    said = re.findall(r"[a-z'-]+", plain)
    does = {act(lemma)[0] for w in said for lemma in lemmas(w)}
    does |= {_NOUNS[w] for w in said if w in _NOUNS} | ({"ready"} & set(said))
    does |= {kind for phrase, kind in _PHRASES if phrase.search(plain)} | _asked(plain)
    words = stems(plain, word)
    words |= {stem for phrase, stem in _SAID_SO if phrase.search(plain)}
    return frozenset(words), frozenset(does)


def _asked(text: str) -> set[str]:
    """ "ask" where somebody's question stands in quotes beside a call: "her call ("how was your night?")"."""
    return {"ask"} if re.search(r"[\"“][^\"”]*\?[\"”]", text) and re.search(r"\bcall", text) else set()


def _phrases(*told: tuple[str, str]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(rf"\b(?:{phrase})"), kind) for phrase, kind in told)


# How somebody wants a thing: "to our taste", "as you prefer it", "our preference".
_WHOSE = r"(?:my|our|your|his|her|their|one's|everybody's|everyone's)(?: own)?"
_WHO = r"(?:i|we|you|u|he|she|they|people|everybody|everyone)"
_LIKING = rf"{_WHOSE} (?:liking|tastes?|preferences?|wish(?:es)?|choices?)\b|(?:as|how|the way) {_WHO} (?:like|liked|prefer|preferred|want|wanted)\b"
# Whoever cooks, cuts or customises it so makes it so.
_TO_TASTE = rf"(?:to|per|after|by) (?:{_WHOSE} (?:liking|tastes?|preferences?|wish(?:es)?))\b|customi[sz]e[sd]?\b|(?:cook|make|prepare|serve|do|cut|season)\w*(?: \w+){{0,3}} (?:just )?(?:as|how|the way) {_WHO} (?:like|liked|prefer|preferred|want|wanted)\b"
# "I would like to thank", "it felt like home": nobody is said to like a thing.
_NO_LIKING = re.compile(
    rf"\b(?P<who>(?:{_WHO}|would|\w+'d|do|don't|not|really|also) )?like\b(?P<say> to (?:thank|say|mention|add|appreciate|share|give|recommend|praise|express)\b)?"
)
# Turns of phrase that tell an act its verb alone does not: "rang to hear how the night had been" asks.
_PHRASES = _phrases(
    (r"to (?:hear|find out|know|see|check) (?:if|whether|how|what|that|just)\b|wanting to know\b", "ask"),
    (r"s(?:ee|ees|aw|een) to (?:it|that|the)\b|sort(?:s|ed)\b|deal(?:s|t) with\b|took care of\b|(?:put|puts) (?:it |that |everything )?right\b", "settle"),
    (r"(?:asked|told|sent|called) (?:the )?(?:cleaners?|housekeeping|maids?)\b", "clean"),
    (r"(?:mended|repaired|fixed|replaced|exchanged|settled)\b", "settle"),
    (r"(?:put|puts|enters?|entered|jot(?:s|ted)) (?:(?:it|them|this|that|what \w+ \w+) )?(?:down|in|up|on)\b|entered\b", "note"),
    (r"off the bill\b|(?:gave|paid|got) .{0,20}(?:money|something) back\b|refund\w*|vouchers?\b|waived?\b|free of charge\b|on the house\b|(?:no|any) charge\b|compensat\w+|credited\b", "compensate"),
    (_TO_TASTE, "make"),
)  # fmt: skip
# What is said in other words: "what we still needed" was missing, and what is done before lunch the same morning.
_SAID_SO = _phrases(
    (r"(?:anything|something|everything|nothing|what|all)\b(?: \w+){0,3} (?:need\w*|lack\w*|missing)\b|need(?:ed)? anything\b", "missi"),
    (r"before (?:lunch|noon|midday|breakfast)\b|by (?:ten|eleven|noon)\b|that (?:very )?morning\b", "morni"),
    (r"(?:number|no\.) \d{1,4}\b", "room"),
    (rf"{_LIKING}|customi[sz]e[sd]?\b", "like"),
)  # fmt: skip


_NOUNS = {"recommendation": "recommend", "recommendations": "recommend", "suggestion": "recommend",
          "suggestions": "recommend", "explanation": "explain", "explanations": "explain",
          "customisation": "customise", "customization": "customise", "apology": "apologise", "apologies": "apologise"}  # fmt: skip
_PRAISES = re.compile(
    r"(?:\b(?:i|we|(?<!they )(?<!he )(?<!she )would|must|highly|strongly|definitely|totally)|\bi'd|\bwe'd)"
    r" (?:\w+ly )?recommend(?:ed)?\b|\brecommend(?:ed)? (?:this|it|them|the place|to (?:all|every|any|my|friends))\b"
    r"|\b(?:my|one|small) suggestions?\b"
)


def seen_to(line: str, passages: Iterable[tuple[Cite, str]], word: str) -> list[Cite]:
    """The places that tell of something done the same morning, for a line that only says to see to it by then.

    What has to be seen to is another thing in each story ("had a board put under it before lunch"), so no word of
    the deed can be shared.
    """
    if "settle" not in verbs(line) or not _BY_THEN.search(line):
        return []
    return [cite for cite, text in passages if _DONE_BY_THEN.search(text) and acts_in(text, word) & _DEEDS]


_BY_THEN = re.compile(
    r"\bthe same (?:morning|day)\b|\b(?:before|by) (?:lunch|noon)\b|\bwithin the hour\b", re.IGNORECASE
)
_DONE_BY_THEN = re.compile(
    r"\b(?:before (?:lunch|noon|midday|breakfast)|by (?:ten|eleven|noon)|within the hour|(?:that|the) same (?:morning|day))\b",
    re.IGNORECASE,
)
_DEEDS = frozenset(act(v)[0] for v in lex.COPYABLE - lex.SAYING) - {"call", "ask", "have", "see", "wait"}


def acts_in(text: str, word: str) -> frozenset[str]:
    """The kinds of act a place tells."""
    return _told(text, word)[1]


def telling_words(line: str, word: str) -> set[str]:
    """The beginnings of a line's telling words, without its verbs: "Ask the doctor and call back" tells of the doctor."""
    return {stem for one in acts_of(line) for stem in stems(_MANNER.sub("", _OPENS.sub("", one)), word)}


# How it is to be done; a place that does not say so shows the line all the same.
_MANNER = re.compile(r"\b(?:in (?:the |a )?[\w']+ own words|without (?:being )?\w+ed)\b", re.IGNORECASE)


def strong(acts: Iterable[str]) -> set[str]:
    """Those kinds of act that say by themselves what is done."""
    return set(acts) - _SAYS_LITTLE


def among(telling: Iterable[str], words: Iterable[str]) -> set[str]:
    """Those of the telling words that stand among the others, in whatever form."""
    return {a for a in telling if any(_same_word(a, b) for b in words)}


_OPENS = re.compile(r"^(?:when .*, )?(?P<verbs>[\w-]+(?:(?:, (?!or )|,? or )[\w-]+)*)(?: |$)", re.IGNORECASE)


def verbs(line: str) -> frozenset[str]:
    """The kinds of act a line names: its verb, each of "carry, store or deliver", both of "look up and smile"."""
    found = _OPENS.match(line.casefold())
    named = re.split(r",? or |, ", found["verbs"]) if found else []
    named += [v for v in re.findall(r" and (\w+)(?: it so)?$", line.casefold()) if v in lex.COPYABLE]
    kinds = {act(v)[0] for v in [line, *named]}  # "write it on the card" is to write, and to note
    low = line.casefold()
    for phrase, kind, plain in _MEANT:
        if phrase.search(low):
            kinds = (kinds - {plain}) | {kind}
    if (done := _GOT_DONE.search(low)) and (lemma := participle_lemma(done["done"])):
        kinds |= {act(lemma)[0]}
    return frozenset(kinds)


# A line's verb with its particle: to see to it is not to see.
_MEANT = (
    (re.compile(r"^(?:see to|deal with|take care of|sort)\b"), "settle", "see"),
    (re.compile(r"^(?:when .*, )?(?:give|offer) (?:them |the \w+ )?something back\b|\bmake up for\b"), "compensate", "give"),
)  # fmt: skip
_GOT_DONE = re.compile(
    r"^(?:when .*, )?(?:get|have) (?:it|them|this|that|the [\w']+(?: \w+)?) (?P<done>\w+)\b"
)


def _same_word(a: str, b: str) -> bool:
    return a == b or (min(len(a), len(b)) > 3 and (a.startswith(b) or b.startswith(a)))


@lru_cache(maxsize=8192)
def lemmas(word: str) -> tuple[str, ...]:
    """The base forms a word may be of, where it may be a verb."""
    forms = (
        word if is_verb(word) else None,
        past_lemma(word),
        participle_lemma(word),
        ing_lemma(word),
        third_lemma(word),
    )
    return tuple(dict.fromkeys(lemma for lemma in forms if lemma))
