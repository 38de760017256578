"""First names of colleagues in a story's text: suggested with the reason, for a person to confirm.

A capitalised name counts when it stands next to a staff role, a verb of serving or a thanks, or when it is on
the staff list. A customer's or a place's name never does: family, guests, signatures and the story's own site
are left out. A name typed in small letters is found on the staff list, and right after a role, a title or a
thanks where it is no word of the dictionary.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from servicestory.detect.around import (
    CUSTOMER_AFTER,
    CUSTOMER_BEFORE,
    FOUNDER_AFTER,
    FOUNDER_BEFORE,
    GUEST_BEFORE,
    GUEST_SIGNS,
    OPENS,
    PLACE_AFTER,
    PLACE_BEFORE,
    TASTED_BEFORE,
    THING_BEFORE,
    house_elsewhere,
    signed,
)
from servicestory.detect.cues import (
    CAPITAL,
    CUES,
    DOES,
    FIRM_BEFORE,
    NAME,
    ONE_WORD,
    PLAIN_ROLE,
    PRAISED,
    ROLE,
    THANKS,
    Cue,
)
from servicestory.detect.in_lists import beside
from servicestory.detect.initialled import INITIAL, leads_to
from servicestory.detect.small_names import SMALL_WHYS, TITLED, marked
from servicestory.honorifics import TITLE
from servicestory.models.organisation import Person
from servicestory.models.story import Story
from servicestory.not_names import ALSO_NAMES, NOT_NAMES, PLACES, RELATED
from servicestory.wording.animals import no_names, told_after
from servicestory.wording.joined import goes_on_of


@dataclass(frozen=True)
class Suggestion:
    """A name found in the narrative at [start, end), as its offsets, with what made it one.

    ``name`` is the staff list's name where the list has exactly one it can be, else the name as written.
    """

    name: str
    start: int
    end: int
    why: str


ON_THE_LIST = "on the staff list"
WHYS = (ON_THE_LIST, *dict.fromkeys([*(cue.why for cue in CUES), *SMALL_WHYS]))
"""Every reason there is for a suggestion that a text makes by itself."""
_PEOPLE_ALONE = ("thanked", "spoken of as he or she", PRAISED)  # no place is, whatever stands before it
_CALLED = (ON_THE_LIST, ROLE, TITLED)  # these say of any word that it is somebody's name
_IS_CALLED = re.compile(r"(?i)\b(?:his|her)\s+name\s+(?:is|was)\s+$")
_RELATED = re.compile(rf"(?i)\b{RELATED}\b")
_LISTED = re.compile(r"\s*(?:,(?:\s*and\b)?|&|\band\b)\s*$")
_WORD = re.compile(rf"\b{CAPITAL}(?:[a-zà-öø-ÿ]{{1,3}}{CAPITAL})?[a-zà-öø-ÿ]{{2,}}")
_INITIALS = re.compile(rf"{INITIAL}(?:[A-Z]\. ?){{1,2}}$")
_LETTERS = re.compile(r"[^\W\d_]+")
_GIVEN = re.compile(rf"(?i)\b(?:{PLAIN_ROLE}|{THANKS}|by|from|named?|mr|ms|mrs)[\s.,:\"'-]+$")
_OF_A_THING = re.compile(rf"(?<=['’]s)\s+{CAPITAL}|(?<=['’])\s+{CAPITAL}")  # "Joe's Crab Shack"
_A_WORD_BEFORE = re.compile(  # what opens a sentence or follows a number, goes on with a capital, is a role
    rf"(?:^|[.!?:]\s+|\n\s*|\d\s+|(?<=[a-z,;]\s){CAPITAL}[a-zà-öø-ÿ]+\s+|\b(?={CAPITAL})(?i:{PLAIN_ROLE})\s+)$"
)
_ROLE_WORD = re.compile(PLAIN_ROLE)
_WORD_BEFORE = re.compile(rf"({CAPITAL}\w+) $")
_WITHIN = re.compile(r"(?<!^[A-Z])['’]|['’][a-z]")  # "Don't", and not "O'Dell"


def suggested_people(story: Story, staff: Sequence[Person]) -> list[Suggestion]:
    """Names of colleagues the narrative seems to mention, in order of place, each place once.

    Args:
        story: only its narrative and site are read.
        staff: the staff list; a name or alias on it is found wherever it stands, even in small letters.
    """
    return suggested_in(story.narrative, story.site, listed(staff))


def suggested_in(text: str, site: str | None, forms: Mapping[str, str | None]) -> list[Suggestion]:
    """:func:`suggested_people` of many texts; ``forms`` is the staff list as :func:`listed` makes it."""
    found: dict[int, Suggestion] = {}
    for start, end in _on_the_list(text, forms):
        if not _is_customer(text, start, end):
            found[start] = suggestion(text, start, end, ON_THE_LIST, forms)
    barred = {word.casefold() for word in _LETTERS.findall(site or "")}
    barred.add("".join(_LETTERS.findall(site or "")).casefold())  # "Bdubs" is B-Dubs
    house = frozenset(barred)
    taken = [(one.start, one.end) for one in found.values()]
    small = text.casefold()
    said = set(re.findall(r"[a-z]{2,}", small))
    for why, start, end in marked(text, said, barred):
        if not any(start < e and s < end for s, e in taken) and not _is_customer(text, start, end):
            taken.append((start, end))
            found[start] = suggestion(text, start, end, why, forms)
    capitals = ((word, word[0].casefold()) for word in _WORD.finditer(text))
    could = [(word, low) for word, low in capitals if low not in NOT_NAMES and low not in barred]
    barred |= _used_in_small_letters(text) if could else set()
    could = [(word, low) for word, low in could if low not in barred]
    barred |= _customers(text, could)
    places = [word.start() for word, low in could if low not in barred]

    def nobody(why: str, start: int, end: int) -> bool:
        before, after = text[max(0, start - 60) : start], text[end : end + 60]
        return bool(
            any(start < e and s < end for s, e in taken)
            or _is_customer(text, start, end)
            or (why not in _PEOPLE_ALONE and PLACE_BEFORE.search(before))
            or PLACE_AFTER.match(after)
            or TASTED_BEFORE.search(before)
            or FOUNDER_BEFORE.search(before)
            or FOUNDER_AFTER.match(after)
            or FIRM_BEFORE.search(before)
            or (why in _PEOPLE_ALONE and house_elsewhere(text, start, end))
            or (why == PRAISED and _IS_CALLED.search(before) and _RELATED.search(text, 0, start))
        )

    for cue, match in _matches(text, small, said, places):
        several = list(_names(text, match.start("n"), match.end("n"), barred, house, cue))
        for start, end in several:
            sure = len(several) > 1 or cue.why in _CALLED
            if (sure or text[start:end].casefold() not in ALSO_NAMES) and not nobody(cue.why, start, end):
                taken.append((start, end))
                found[start] = suggestion(text, start, end, cue.why, forms)
    for one in [found[start] for start in sorted(found)]:
        for start, end in beside(text, one.start, one.end, barred, house):
            if not nobody(one.why, start, end):
                taken.append((start, end))
                found[start] = suggestion(text, start, end, one.why, forms)
    return [found[start] for start in sorted(found)]


def suggestion(text: str, start: int, end: int, why: str, forms: Mapping[str, str | None]) -> Suggestion:
    """What was found at [start, end) for this reason: all else follows from the text and the staff list."""
    start, end = _whole(text, start, end)
    written = text[start:end]
    if why == ON_THE_LIST or written.islower():
        name = forms.get(written.casefold()) or (written.capitalize() if written.islower() else written)
    else:
        name = " ".join(written.split())
    return Suggestion(name, start, end, why)


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """A name with initials before it and with what goes on in small words: "R. Tull", "Xavier de la Tour"."""
    rest = goes_on_of(text, end)
    first = _INITIALS.search(text, max(0, start - 8), start)
    if first and leads_to(text[max(0, first.start() - 60) : first.start()], text[start:end]):
        start = first.start()
    return start, rest.end() if rest else end


def again(story: Story, known: Mapping[str, str], named: Iterable[int] = ()) -> list[Suggestion]:
    """Further places of names that other stories of the same site gave to colleagues, in order of place.

    With a capital they count anywhere; in small letters (hurried reviews) only right after a staff role, a
    thanks, who it was from, or another name of a list, because a name can also be a word.

    Args:
        known: from :func:`first_words`.
        named: where names end that the story by itself suggests.
    """
    text = story.narrative
    small = text.casefold()
    here = known.keys() & set(_LETTERS.findall(small))
    if not here:
        return []
    found = []
    ends = set(named)
    for start, end in _places(text, small, here):
        # most words that could be a name are only that: looked at closely last
        if not (_capital_says(text, start, end) or _GIVEN.search(text[max(0, start - 40) : start])):
            listed = _LISTED.search(text, max(0, start - 8), start)
            if not listed or listed.start() not in ends:
                continue
        if TASTED_BEFORE.search(text[max(0, start - 60) : start]):
            continue
        if THING_BEFORE.search(text[max(0, start - 10) : start]) or PLACE_AFTER.match(text[end:]):
            continue  # "the Milo lounge"
        if not _is_customer(text, start, end):
            name = known[text[start:end].casefold()]
            found.append(Suggestion(name, start, end, "named as a colleague in other stories"))
            ends.add(end)
    return found


def _capital_says(text: str, start: int, end: int) -> bool:
    """Whether a capital makes a known name: not of an everyday word that opens a sentence ("Sunny days")."""
    if not text[start].isupper():
        return False
    if not OPENS.search(text[max(0, start - 6) : start]) or DOES.match(text, end):
        return True
    from servicestory.wording.morphology import is_common  # few texts need it, and its tables take long

    return not is_common(text[start:end].casefold())


def _places(text: str, small: str, words: Collection[str]) -> Iterator[tuple[int, int]]:
    """Where these words stand in a text, in order; ``small`` is the text folded."""
    if len(small) != len(text):  # "ß" folds to two letters: places in the one are not those in the other
        for match in _LETTERS.finditer(text):
            if match.group().casefold() in words:
                yield match.span()
        return
    places = []
    for word in words:
        at = small.find(word)
        while at >= 0:
            end = at + len(word)
            if not ((at and _LETTERS.match(small, at - 1)) or _LETTERS.match(small, end)):
                places.append((at, end))
            at = small.find(word, end)
    yield from sorted(places)


def first_words(names: Iterable[str]) -> dict[str, str]:
    """First word of each name (folded) -> the name as written elsewhere, the first in order of spelling."""
    return {name.split()[0].casefold(): name for name in sorted(names, reverse=True)}


def _matches(
    text: str, small: str, said: Set[str], places: Sequence[int]
) -> Iterator[tuple[Cue, re.Match[str]]]:
    """Every place where a cue fits, cue by cue; ``places`` are where a name could begin.

    Nothing is tried where no word could be a name, nor a cue of whose words the text holds none, nor where
    none of the words stands that it begins with: ten thousand texts take about a second.

    Args:
        small, said: the text folded, and its words.
    """
    if not places:
        return
    anywhere = _RUN_TOGETHER.search(text) is not None
    for cue in CUES:
        if cue.words.isdisjoint(said):
            continue
        if not cue.begins and (anywhere or not cue.heads):
            for match in cue.pattern.finditer(text):
                yield cue, match
            continue
        done = 0
        for at in places if cue.begins else [start for start, _ in _places(text, small, cue.heads & said)]:
            here = cue.pattern.match(text, at) if at >= done else None
            if here:
                done = here.end()
                yield cue, here


_RUN_TOGETHER = re.compile(r"[a-z][A-ZÀ-ÖØ-Þ]|\d\s*[Ss][Tt][Aa][Rr]")
"""Words without a space between ("chefMilo"), and stars that are given: a cue may begin within a word."""


def near_one(word: str, house: Iterable[str]) -> bool:
    """Whether a word is one of a site's name, misspelt: "Caesers"."""
    from servicestory.detect.spellings import near  # its library is much to load

    return any(near(word, one) for one in house)


def _names(
    text: str, start: int, end: int, barred: set[str], house: Collection[str], cue: Cue
) -> Iterator[tuple[int, int]]:
    """Single names inside the list that a cue has found, titles and words that are no names taken off."""
    from servicestory.wording.given import is_given, may_be_given, shouted  # many names to read

    if cue.given and not any(map(is_given, _LETTERS.findall(text, start, end))):
        return
    if cue.unworded and not all(map(_is_no_word, _LETTERS.findall(text, start, end)[:1])):
        return
    loud = shouted(text)
    for part in re.finditer(NAME, text[start:end]):
        words = [
            word
            for word in re.finditer(rf"{ONE_WORD}|{CAPITAL}[a-zà-öø-ÿ'’]+", part.group())
            if word.group() not in ("Chef", "Sister") and not TITLE.fullmatch(word.group())
        ]
        at = start + part.start()
        left = _WORD_BEFORE.search(text, max(0, at - 24), at)
        beside = [left[1]] if left else []
        if any(word.casefold() in PLACES for word in (*beside, *(w.group() for w in words[:1]))):
            continue  # "British Airways", "the Bangkok Basa"
        if any(word.group().casefold() in house and not is_given(word.group()) for word in words[1:]):
            continue  # the house, misspelt: "thank you Cesar Palace"
        kept: list[tuple[int, int]] = []
        begins = loud or part.start() or _A_WORD_BEFORE.search(text[: start + part.start()][-40:])
        if (begins or len(words) > 1) and words and not may_be_given(words[0].group()):
            # its capital tells nothing: "Employees were kind", "Captain Table", "Mint Cooler", "Pyramid Cafe"
            plain = _words_of_the_dictionary(words)
            if plain:
                words = [word for word in words[plain:] if may_be_given(words[plain].group())]
        for word in words:
            bare = re.sub(r"['’]s?$", "", word.group())
            folded = bare.casefold()
            adverb = len(folded) > 5 and (folded.endswith("ly") or _only_a_verb(folded))
            if (
                folded in NOT_NAMES
                or _ROLE_WORD.fullmatch(folded)
                or folded in barred
                or near_one(folded, house)
                or _OF_A_THING.match(part.group(), word.end())
                or adverb
                or len(bare) < 3
                or _WITHIN.search(bare)
            ):
                if kept:
                    break
                continue
            kept.append((word.start(), word.start() + len(bare)))
        if kept:
            yield start + part.start() + kept[0][0], start + part.start() + kept[-1][1]


def _is_no_word(word: str) -> bool:
    """Whether it is a first name, or the dictionary does not have it."""
    from servicestory.wording.given import is_given
    from servicestory.wording.morphology import is_common  # few texts need it, and its tables take long

    return is_given(word) or not is_common(word.casefold())


def _only_a_verb(low: str) -> bool:
    """Whether a word (folded) is a form of a verb, and nobody is called by it: "guys Misbehaving"."""
    if not low.endswith("ing"):
        return False
    from servicestory.wording.given import may_be_given
    from servicestory.wording.morphology import is_common  # few texts need it, and its tables take long

    return is_common(low) and not may_be_given(low)


def _words_of_the_dictionary(words: Sequence[re.Match[str]]) -> int:
    """How many of the first words are everyday ones that nobody is called by."""
    from servicestory.wording.given import may_be_given
    from servicestory.wording.morphology import is_common  # few texts need it, and its tables take long

    plain = [is_common(word.group().casefold()) and not may_be_given(word.group()) for word in words]
    return plain.index(False) if False in plain else len(plain)


def _customers(text: str, words: Iterable[tuple[re.Match[str], str]]) -> set[str]:
    """Words (folded) that the text gives to a customer or their company, or to an animal."""
    found = {
        low
        for word, low in words
        if CUSTOMER_BEFORE.search(text, max(0, word.start() - 60), word.start())
        or _is_no_colleague(text[word.end() : word.end() + 60])
    }
    return found | no_names(text)


def _used_in_small_letters(text: str) -> set[str]:
    """Words that also stand in small letters: a sentence's first word, not a name."""
    return set(re.findall(r"\b[a-z]{3,}\b(?!['’]t\b)", text))  # no "don" of "don't"


def listed(staff: Sequence[Person]) -> dict[str, str | None]:
    """Written form (folded) -> the staff name it stands for; None where two people could be meant."""
    forms: dict[str, str | None] = {}
    for person in staff:
        whole = [person.name, *person.aliases]
        first = [name.split()[0] for name in whole if _says_who(name.split(), whole)]
        for form in {f.casefold() for f in (*whole, *first)}:
            forms[form] = person.name if forms.get(form, person.name) == person.name else None
    return forms


def _says_who(words: Sequence[str], names: Sequence[str]) -> bool:
    """Whether the first word of a name says who is meant: no "Old" of "Old Len"."""
    if len(words) < 2:
        return bool(words)
    from servicestory.wording.given import is_given, stands_for  # many names to read

    known = {word.casefold() for name in names if name.split() != list(words) for word in name.split()}
    return stands_for(words[0], True, any(is_given(w) or w.casefold() in known for w in words[1:]))


def _on_the_list(text: str, forms: Mapping[str, str | None]) -> Iterator[tuple[int, int]]:
    """Places of listed names; a short one in small letters could be a word, so it must be capitalised."""
    if not forms:
        return
    for match in _any_of(tuple(forms)).finditer(text):
        written = match.group()
        if written[0].isupper() or (len(written) > 4 and written.casefold() not in NOT_NAMES):
            yield match.start(), match.end()


@lru_cache(maxsize=8)
def _any_of(forms: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    return re.compile(rf"(?i)(?<!\w)(?:{'|'.join(re.escape(form) for form in longest_first)})(?!\w)")


def _is_customer(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 60) : start], text[end : end + 60]
    signature = GUEST_SIGNS.search(before) is not None and not text[end:].strip(" .!\n")
    guest = GUEST_BEFORE.search(before) or signed(text, start, end)
    return signature or bool(guest) or _is_no_colleague(after)


def _is_no_colleague(after: str) -> bool:
    """Whether what follows a name says that it is a customer's or an animal's."""
    return bool(CUSTOMER_AFTER.match(after) or told_after(after))
