"""Deeds of a house's own in the plain words of those who told them, where no rule of service words knows the verb.

"Doubled the lines on the four boats whose owners were away" has a verb and things that few trades know. Of any
sentence nothing could be made of it safely; in a place somebody put into the practice, or that stood there when it
was accepted, people have said that this is the deed. Better few than false: what leaves it open who is meant by a
word is left out.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence

from servicestory.models.practice import LIVE, Practice
from servicestory.models.story import Story
from servicestory.wording import lexicon as lex
from servicestory.wording.deeds import Likeness
from servicestory.wording.manner import phase
from servicestory.wording.morphology import is_verb, may_describe, names_something, past_lemma
from servicestory.wording.reach import end_of
from servicestory.wording.reader import Reader
from servicestory.wording.steps import Cite, Step, how_far
from servicestory.wording.story_only import one_off, told_against
from servicestory.wording.tokens import Word, sentences, words
from servicestory.wording.whole import unsound

# Somebody's way there, talk, or what they saw is no deed to copy without the rest of its story. Not the list of
# `doable`: what harms elsewhere ("broke the ice on the trough") is the deed where people put it in.
_NEEDS_ITS_STORY = (
    lex.STATES
    | lex.SAYING
    | frozenset(
        """go come run turn return arrive drive ride stand sit wait walk say answer promise think remember notice hear
        look watch learn decide manage use spend finish stop get become let keep stay leave shut close""".split()
    )
)
_WHO_IS_MEANT = frozenset(
    """me us you him her them it i we he she they this that these those one ones my our your his their its himself
    herself themselves itself someone somebody everyone mine ours hers theirs""".split()
)
_PARTICLES = frozenset("up down out off away back".split())
_COUNTED = re.compile(
    rf"\b(?P<all>the|all) (?:(?:{'|'.join(sorted(lex.NUMBER_WORDS))}|\d+) )(?=(?:\w+ )?\w+s\b)", re.IGNORECASE
)
_TITLES = {"mr": "his", "herr": "his", "mrs": "her", "ms": "her", "miss": "her", "frau": "her"}
_FEWEST, _MOST = 4, 16  # words of a line


def stood_for(practice: Practice) -> list[Cite]:
    """The places somebody put into a practice of the house's own, or that it has and was accepted with; in order.

    None of a practice the codebook defines: its lines say what it is.
    """
    if practice.definition is not None:
        return []
    return sorted(Cite(*e.place) for e in practice.surest() if e.pinned or practice.status in LIVE)


def plain_steps(
    places: Sequence[Cite],
    told: Mapping[str, Story],
    read: Sequence[Step],
    people: Collection[str],
    word: str,
    like: Likeness | None,
) -> list[Step]:
    """Of each place the one deed that is most like what the other places tell, as a step; in some none.

    Args:
        places: see `stood_for`.
        told: the stories by id.
        read: the practice's own steps read already; where one of a place is the deed, it is given.
        people: lower-case names of those who work here.
        word: whom it serves.
        like: tells how like texts are in the deed they tell; without it a place that tells several gives none.
    """
    texts = {p: (told[p.story].text_of(p.field) or "")[p.start : p.end] for p in places if p.story in told}
    made = []
    for place, text in texts.items():
        story = told[place.story]
        names = {*people, *(part for name in story.people for part in name.casefold().split())}
        steps = [s for s in read if any(place.touches(c) for c in s.cites)]
        for line, start, end in deeds_told(text, names, word):
            cite = Cite(place.story, place.field, place.start + start, place.start + end)
            if not any(cite.touches(c) for s in steps for c in s.cites):
                where = how_far(place.field, cite.start, story)
                steps.append(Step(line, "stories", (cite,), (), where, phase(line), told=line))
        others = [t for p, t in texts.items() if p.story != place.story]
        if not steps or (len(steps) > 1 and not (like and others)):
            continue
        if len(steps) > 1 and like:
            full = story.text_of(place.field) or ""
            near = like([full[s.cites[0].start : s.cites[0].end] for s in steps], others)
            steps = [max(zip(near, steps, strict=True), key=lambda found: (found[0], found[1].text))[1]]
        made += steps
    return made


def beside_plain(
    raw: Sequence[Step], plain: Sequence[Step], places: Sequence[Cite], shares: Callable[[str], bool]
) -> list[Step]:
    """The steps read in words, with the plain ones; of a place that has one, none that shares nothing with the practice.

    Args:
        places: see `stood_for`.
        shares: whether an instruction has anything in common with the practice.
    """
    deeds = {step.cites[0] for step in plain}
    picked = [place for place in places if any(place.touches(deed) for deed in deeds)]
    kept = [
        step
        for step in raw
        if step.cites[0] not in deeds
        and (shares(step.told) or not any(step.cites[0].touches(place) for place in picked))
    ]
    return [*kept, *plain]


def deeds_told(text: str, names: Collection[str], word: str) -> list[tuple[str, int, int]]:
    """What somebody who works here is told to have done in a place, as instructions: (line, start, end).

    The doer is named, or is the "he", "she" or "they" a sentence begins with; what follows an "and" is theirs
    while nobody else comes in between.

    Args:
        names: lower-case names of those who work here.
    """
    found = []
    for start, end in sentences(text):
        if told_against(text, start, end):
            continue
        reader = Reader(words(text, start, end), names, listed=False)
        known, who, n = reader.tokens, "", 0
        while n < len(known):
            low = known[n].low
            if low in names or (n == 0 and low in lex.STAFF_PRONOUNS):
                who = low
            elif low in lex.CUSTOMER_SUBJECTS | _WHO_IS_MEANT | lex.ENDERS - {"and", ",", "then"}:
                who = who if low in names else ""
            before = known[n - 1].low if n else ""
            lemma = _did(reader, n) if who and before in {who, ",", "and", "then", "had"} else None
            if not lemma:
                n += 1
                continue
            stop = max(end_of(reader, n + 1, lemma), n + 1)
            if reader.low(stop) == "whose":  # which of them it was done to
                stop = next((k for k in range(stop, len(known)) if not known[k].low[0].isalnum()), len(known))
            line = _line(lemma, known[n + 1 : stop], who, [w.low for w in known[:n]], word)
            if line and lemma not in _NEEDS_ITS_STORY and not one_off(line) and not unsound(line):
                found.append((line, known[n].start, known[stop - 1].end))
            n = stop
    return found


def _did(reader: Reader, n: int) -> str | None:
    """The base form of what was done at ``n``, where the word is a past tense there and no thing."""
    low = reader.low(n)
    lemma = past_lemma(low)
    if lemma is None or (lemma == low and not is_verb(low)) or low in lex.DETERMINERS:
        return None
    return lemma


def _line(lemma: str, rest: list[Word], who: str, before: list[str], word: str) -> str | None:
    """The instruction, cut before what only the story knows; None where what is left is no whole deed."""
    lows = [w.low for w in rest]
    if set(lows) & lex.NEGATIVE:
        return None
    said, cut = [lemma], 0  # cut: where the words may end
    for n, (found, low) in enumerate(zip(rest, lows, strict=True)):
        if low in ("his", "her", "their") and lows[n + 1 : n + 2] and _owner(low, who, before):
            said += ["the", f"{word}'s"]
        elif low in _WHO_IS_MEANT or found.text[:1].isupper() or not found.text[:1].isalnum():
            said = said[:cut]
            break
        else:
            for_one = low == "for" and lows[n + 1 : n + 2] and lows[n + 1] in ("a", "an", "the")
            if (
                for_one and not set(lows[n + 2 : n + 5]) & lex.TIME_UNITS
            ):  # whom it was for, only the story knows
                break
            cut = len(said) if low in _CUTS else cut
            said.append(low)
    things = said[1:]
    while things and things[0] in _PARTICLES:
        things = things[1:]
    if not things or not _opens_a_thing(things) or not _FEWEST <= len(said) <= _MOST or _half(said):
        return None
    line = _COUNTED.sub(r"\g<all> ", " ".join(said))
    line = re.sub(r"\bwere\b", "are", re.sub(r"\bwas\b", "is", line))
    return line[0].upper() + line[1:]


def _half(said: list[str]) -> bool:
    """Whether a line ends before what it leads up to: "give both to try", "put it on the"."""
    if said[-1] == "before" and said[-2] in lex.TIMES_OF_DAY:
        return False
    return said[-1] in _CUTS | lex.DETERMINERS | {"one", "ones"} or (said[-2] == "to" and is_verb(said[-1]))


_CUTS = lex.PREPOSITIONS | {"ahead", "where", "whose", "and", "so"}


def _opens_a_thing(things: list[str]) -> bool:
    first, more = things[0], things[1:]
    if first in lex.DETERMINERS | lex.NUMBER_WORDS:
        return bool(more)
    described = may_describe(first) and bool(more) and names_something(more[0])
    return first not in lex.PREPOSITIONS and (described or names_something(first))


def _owner(low: str, who: str, before: list[str]) -> bool:
    """Whether "his", "her" or "their" can only be the customer's: one is named by title, or the doer is another."""
    if low == "their":
        return who not in ("they", "")
    return any(_TITLES.get(w) == low for w in before) or {who, low} in ({"he", "her"}, {"she", "his"})
