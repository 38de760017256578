"""The instructions a clear telling gives, each with all that was told of it."""

import re
from collections.abc import Collection
from typing import NamedTuple

from servicestory.wording import lexicon as lex
from servicestory.wording.animals import with_animal_named
from servicestory.wording.articles import articles
from servicestory.wording.clauses import plainly
from servicestory.wording.cleaning import ungrouped, without_praise, without_self, without_times
from servicestory.wording.it import with_it_named
from servicestory.wording.morphology import is_verb, names_something, past_lemma, third_lemma
from servicestory.wording.sense import KIN, Open, Sense, called_before, person_before
from servicestory.wording.sound import known
from servicestory.wording.speaker import served_before
from servicestory.wording.tokens import LONGEST, Told, Word, sentences, words
from servicestory.wording.told_whole import Deed, Whole
from servicestory.wording.turn_whole import several_things, turn
from servicestory.wording.whole import half

_LONGEST = 20  # words of a line that is read at one go
_CUT_AT = frozenset("so before until when whenever while after once if".split())
_LIGHT = frozenset("use have do make take get give keep go come be".split())
_FEELINGS = frozenset(
    """interest kindness compassion empathy love concern patience enthusiasm confidence peace hope vibe smile smiles hug
    hugs chance idea turn fuss face joke jokes touch""".split()
)


class Line(NamedTuple):
    """An instruction with its place in the text."""

    text: str
    start: int
    end: int
    refers: bool  # "it" or "them" is what the step before names


def whole_lines(
    text: str, start: int, end: int, customer: str, names: Collection[str], told: Told
) -> list[Line]:
    """The instructions of ``text[start:end]``, one sentence of what is told here, in the order told."""
    served = served_before(text, start, names)
    said = with_animal_named(words(text, start, end), text, start, names)
    tokens = without_asides(with_it_named(plainly(said)))
    reader = Whole(tokens, names, told, served)
    made = []
    for deed in reader.deeds():
        line = _line(reader, deed, customer, names, told, _spoken_of(text, start))
        if line:
            made.append(line)
    return made


def without_asides(tokens: list[Word]) -> list[Word]:
    """The sentence without what is said between two commas of who or what somebody is: "my husband, who was abroad, …"."""
    kept: list[Word] = []
    k = 0
    while k < len(tokens):
        opens = tokens[k].low == "," and k + 1 < len(tokens) and tokens[k + 1].low in _ASIDE
        close = (
            next((n for n in range(k + 2, min(k + 11, len(tokens))) if tokens[n].low == ","), 0)
            if opens
            else 0
        )
        if close:
            k = close + (0 if close + 1 < len(tokens) and tokens[close + 1].low in ("and", "but") else 1)
            continue
        kept.append(tokens[k])
        k += 1
    return kept


_ASIDE = frozenset("who which whose not unasked unprompted".split())


def with_whole(
    made: list[tuple[str, int, int]], lines: list[Line], between: str, begin: int, told: Told, customer: str
) -> list[tuple[str, int, int]]:
    """The instructions of a sentence with those that only its whole reading gives, in the order told.

    Args:
        between: the sentence; what stands between two deeds of it says whether they are told in one breath.
        begin: where the sentence begins in the text.
    """
    found = list(made)
    for line in lines:
        alike = [old for old in found if old[1] < line.end and line.start < old[2]]
        alike = [old for old in alike if not _runs_on(old, line, lines)] if len(alike) == 1 else alike
        if not alike:
            found = [old for old in found if not (old[1] < line.end and line.start < old[2])]
        if alike and not (len(alike) == 1 and _says_more(line, alike[0])):
            continue
        before = max((old for old in found if old[2] <= line.start), key=lambda old: old[2], default=None)
        joint = between[before[2] - begin : line.start - begin] if before else ""
        if line.refers:
            spoken_to = before is not None and _SPOKEN_TO.match(before[0]) and " it " in f" {line.text} "
            if alike or before is None or spoken_to or not _ONE_BREATH.fullmatch(joint):
                continue
            both = together(before[0], line.text, customer)
            if len(both.split()) <= _LONGEST_OF_TWO:
                found[found.index(before)] = (both, before[1], line.end)
            continue
        asks = next(
            (old for old in found if old[1] >= line.end and old[0].startswith(("Ask ", "Tell "))), None
        )
        if half(line.text, told) and not (
            asks and _ONE_BREATH.fullmatch(between[line.end - begin : asks[1] - begin])
        ):
            continue
        found = [old for old in found if old not in alike]
        found.append((line.text, line.start, line.end))
    return _in_one_breath(sorted(found, key=lambda step: step[1]), between, begin, customer)


def _in_one_breath(
    steps: list[tuple[str, int, int]], between: str, begin: int, customer: str
) -> list[tuple[str, int, int]]:
    """The steps with a call and what was asked in it as one."""
    made: list[tuple[str, int, int]] = []
    for step in steps:
        before = made[-1] if made else None
        joint = between[before[2] - begin : step[1] - begin] if before else ""
        asks = step[0].startswith(("Ask ", "Tell ")) and before and _CALLED.match(before[0])
        if before and asks and " and ask " not in before[0] and _ONE_BREATH.fullmatch(joint):
            made[-1] = (together(before[0], step[0], customer), before[1], step[2])
        else:
            made.append(step)
    return made


def _runs_on(old: tuple[str, int, int], line: Line, lines: list[Line]) -> bool:
    """Whether what was read took the next deed for a thing: "Take the guest inside and tea", of who makes tea."""
    _, _, tail = old[0].casefold().partition(" and ")
    word = tail.split()[0] if tail else ""
    if third_lemma(word) and any(
        other.text.casefold().startswith(f"{third_lemma(word)} ") for other in lines
    ):
        return True  # "Phone the guest and goes through the bill"
    thing = old[0].casefold().startswith(f"{line.text.casefold()} and ") and not is_verb(word)
    return thing and len(lines) > 1


def _says_more(line: Line, old: tuple[str, int, int]) -> bool:
    """Whether the whole reading has the same deed with more of what was told."""
    first, second = line.text.casefold().split(), old[0].casefold().split()
    return not line.refers and " and " not in old[0] and first[0] == second[0] and len(first) > len(second)


_ONE_BREATH = re.compile(r"[\s,]*(?:and|then|only)?[\s,]*(?:then|only|also)?\s*")
_LONGEST_OF_TWO = 24
_CALLED = re.compile(r"(?:call|phone|ring|telephone|text|message|e-?mail)\b", re.IGNORECASE)
_SPOKEN_TO = re.compile(
    r"(?:ask|call|contact|e-?mail|inform|message|phone|ring|telephone|tell|text)\b", re.IGNORECASE
)


def _spoken_of(text: str, start: int) -> list[Word]:
    """The words of the sentence before, and of those before it while they only go on with "she" or "he"."""
    said = text[max(0, start - LONGEST) : start]
    spoken: list[Word] = []
    for begin, end in reversed(sentences(said)):
        found = words(said, begin, end)
        spoken = [*found, *spoken]
        if not found or found[0].low not in ("she", "he"):
            break
    return spoken


def _line(
    reader: Whole, deed: Deed, customer: str, names: Collection[str], told: Told, before: list[Word]
) -> Line | None:
    tokens = reader.tokens
    rest = [*tokens[slice(*deed.object)], *tokens[deed.after : deed.stop]]
    if deed.object[1] and rest[0].low in ("i", "we"):
        rest[0] = Word("us", "us", rest[0].start, rest[0].end)
    elif deed.object[1] and deed.start == 0 and not reader.line.is_name(0):
        rest[0] = Word(rest[0].low, rest[0].low, rest[0].start, rest[0].end)
    rest = _tidy(rest)
    first = tokens[deed.start].start
    if not rest or not all(known(w) or w.low in lex.NUMBER_WORDS or "'" in w.low for w in rest):
        return None
    person = person_before([*before, *tokens[: deed.start]], customer, told)
    for cut in _ends(rest):
        several = several_things(tokens[: deed.start])
        sense = Sense(
            customer,
            told,
            deed.who,
            deed.past,
            names,
            person,
            deed.lemma == "lend",
            several,
            lemma=deed.lemma,
        )
        if deed.who in names:  # a name says neither "he" nor "she"
            here = [w for w in tokens[: deed.start] if w.low == "him"]  # "his boots" may be the doer's
            sense.called = called_before([*before, *here], names)
        try:
            said = turn(rest[:cut], sense)
        except Open:
            continue
        if _told_us(deed.lemma, rest[cut:]):  # "rang that night (to tell us she had …)"
            said = [sense.them, *said]
        line = _said(deed.lemma, " ".join(said).split(), customer)
        if line is None:
            continue
        line = _at_its_moment(line, tokens[slice(*deed.front)], sense)
        last = rest[cut - 1].end
        return Line(line, first, last, sense.refers)
    return None


def _at_its_moment(line: str, front: list[Word], sense: Sense) -> str:
    """The line with the moment its sentence begins with: "When a class comes, we …" -> "… when a class comes"."""
    if not front or _MOMENT.search(line):
        return line
    try:
        moment = " ".join(turn(front[:-1], sense))
    except Open:
        return line
    before, what_for, more = line.partition(" so that ")
    whole = f"{before} {moment}{what_for}{more}"
    fits = len(moment.split()) <= _LONGEST_MOMENT and len(whole.split()) <= _LONGEST_OF_TWO
    return whole if fits and all(known(w) for w in front) else line


_LONGEST_MOMENT = 9
_MOMENT = re.compile(r" (?:when|whenever|if|once|before|after|until|as soon as|while|each time|every time) ")


def _all_of_us(rest: list[Word]) -> list[Word]:
    """ "the three of us" and "all four of them" are "us" and "them"."""
    kept: list[Word] = []
    for word in rest:
        all_of = len(kept) > 1 and kept[-1].low == "of" and kept[-2].low in lex.NUMBER_WORDS
        if word.low in ("us", "them") and all_of:
            del kept[-2:]
            if kept and kept[-1].low in ("the", "all"):
                kept.pop()
        kept.append(word)
    return kept


def _tidy(rest: list[Word]) -> list[Word]:
    """What was told without hours, praise, and "himself"."""
    found = ungrouped(_all_of_us(rest))
    if not found:
        return []
    found = _without_praise(_uncounted(without_times(without_self(found))))
    while found and (found[-1].low in _HANGING or not found[-1].low[:1].isalnum()):
        found = found[:-1]
    return found


def _uncounted(rest: list[Word]) -> list[Word]:
    """ "the two loans" are the loans: how many there were is of the story."""
    kept: list[Word] = []
    for k, word in enumerate(rest):
        follows = rest[k + 1].low if k + 1 < len(rest) else "-"
        if word.low.removesuffix("s") in lex.CALENDAR and kept and kept[-1].low == "on":
            kept.pop()
            continue
        of_a_day = k > 1 and rest[k - 2].low == "on" and rest[k - 1].low in lex.CALENDAR
        if of_a_day and word.low in lex.TIMES_OF_DAY:
            continue  # "called her on Saturday morning": the morning is not hers
        if (
            word.low in lex.NUMBER_WORDS
            and k
            and rest[k - 1].low in ("the", "all")
            and names_something(follows)
        ):
            continue
        kept.append(word)
    return kept


def _without_praise(rest: list[Word]) -> list[Word]:
    """Without praise, but with the "so" and "too" that say what for and how much."""
    kept: list[Word] = []
    begin = 0
    for k in [*(n for n, w in enumerate(rest) if w.low in ("so", "too", "such")), len(rest)]:
        kept += [*without_praise(rest[begin:k], True), *rest[k : k + 1]]
        begin = k + 1
    return kept


_HANGING = frozenset("and or then also too again though just the a an".split())


def _ends(rest: list[Word]) -> list[int]:
    """Where the words may stop: at their end, else before what says when or what for, or what somebody is told."""
    news = [w.low for w in rest[1:]]
    cuts = [
        k
        for k, (w, then) in enumerate(zip(rest, [*news, ""], strict=True))
        if k > 1 and (w.low in _CUT_AT or (w.low == "to" and then in ("say", "tell", "let")))
    ]
    return [len(rest), *reversed(cuts)]


def _told_us(lemma: str, left_out: list[Word]) -> bool:
    """Whether words left out behind a call say that the teller got it, and what was told them."""
    lows = [w.low for w in left_out[:3]]
    called = _CALLED.fullmatch(lemma) is not None
    return called and lows[:2] in (["to", "tell"], ["to", "let"]) and lows[2:] in (["us"], ["me"])


def _said(lemma: str, said: list[str], customer: str) -> str | None:
    lows = [w.casefold() for w in said]
    while lows and lows[-1] in _HANGING:
        lows, said = lows[:-1], said[:-1]
    if lows[-2:-1] == ["to"] and is_verb(lows[-1]):
        return None  # "tell the guest to think"
    line = re.sub(r"\s+", " ", " ".join([lemma, *said])).strip(" ,")
    line = re.sub(r" ([,'])", r"\1", line)
    if not 3 <= len(line.split()) <= _LONGEST or not _tells(lemma, lows, customer):
        return None
    line = articles(line)
    return line[0].upper() + line[1:]


def _tells(lemma: str, lows: list[str], customer: str) -> bool:
    """Whether the words after the verb name something that is done, given or said."""
    content = [
        w
        for w in lows
        if w.isalpha()
        and names_something(w)
        and w not in lex.GENERIC | lex.EVALUATIVE | lex.PREPOSITIONS | lex.DETERMINERS | _EMPTY
        and w != customer
    ]
    if lemma in lex.PLACING and not any(w in _WHEREABOUTS for w in lows):
        return False  # "put the chair": where?
    if lemma in _LIGHT and (not content or set(content) & _FEELINGS):
        return False
    if lemma == "use" and set(content) <= {"name", "names"}:
        return False  # how somebody was spoken to, and no deed by itself
    return (
        bool(content) or any(w in KIN for w in lows) or any(is_verb(w) and w not in _EMPTY for w in lows[1:])
    )


_WHEREABOUTS = (lex.PREPOSITIONS - {"for", "of", "about", "with", "until", "during"}) | frozenset(
    "aside away back upstairs downstairs beside between round together upside flat higher lower".split()
)
_EMPTY = frozenset(
    "them they it you your their is are has have can will not who that what how if so and".split()
)


_EVERY_ONE = re.compile(
    r"\b(?:every|each) (?:new )?(?:arrival|guest|customer|patient|client|visitor|passenger|newcomer)\b"
)


_MOMENTS = "after|as soon as|before|once|until|when"


def _they(found: re.Match[str]) -> str:
    """ "until the customer comes" as it is said where they were named before: "until they come"."""
    verb = {"is": "are", "has": "have", "was": "were"}.get(found[2], third_lemma(found[2]) or found[2])
    return f"{found[1]} they {verb}"


def together(before: str, more: str, customer: str) -> str:
    """Two acts of one breath as one step: "Call the guest before dinner and go through the menu with them"."""
    of_theirs = re.search(rf"\bthe {customer}'s (?:{'|'.join({*KIN.values(), *KIN})})\b(?!')", before)
    if of_theirs and re.search(rf"{of_theirs[0]}\b", more):  # the same person once more
        more = more.replace(f"{of_theirs[0]}'s", "their").replace(of_theirs[0], "them")
    elif f"the {customer}" in before or _EVERY_ONE.search(before):
        more = re.sub(rf"\b({_MOMENTS}) the {customer} (\w+)", _they, more)
        subject = re.search(rf"\b(?:if|whether|how|what|when|where|which) the {customer} (\w+)", more)
        if subject and (past_lemma(subject[1]) is None or third_lemma(subject[1])):
            return f"{before} and {more[0].lower()}{more[1:]}"
        if subject:
            more = more.replace(f" the {customer} {subject[1]}", f" they {subject[1]}")
        more = more.replace(f"the {customer}'s", "their").replace(f"the {customer}", "them")
    return f"{before} and {more[0].lower()}{more[1:]}"
