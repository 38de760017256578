"""Where a text names somebody nobody recorded, as far as all stories together tell: for taking names out.

To hide a word too many does less harm here than to show a name, so more counts than as a suggested colleague:
guests, people of stories that have others on record, a name of another site, one in small letters.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from servicestory.detect.alone import (
    compound,
    leads_to_somebody,
    leaves_off,
    owns,
    stands_alone,
    use_of_words,
)
from servicestory.detect.around import (
    GUEST_BEFORE,
    OPENS,
    PLACE_AFTER,
    TASTED_BEFORE,
    THING_BEFORE,
    family_after,
)
from servicestory.detect.cues import DOES, ROLE
from servicestory.detect.customers import customers_in
from servicestory.detect.initialled import initialled
from servicestory.detect.people import near_one, suggested_in
from servicestory.detect.served import served
from servicestory.detect.small_names import in_praise, in_small_letters
from servicestory.detect.unheard import (
    GIVEN,
    HONOURED,
    IN_OFFICE,
    OFFICE,
    ROLES,
    SERVICE_IS,
    everyday,
    guest,
    heard,
    is_code,
    role_before,
    unheard,
)
from servicestory.honorifics import HURRIED, TITLE
from servicestory.models.story import Story
from servicestory.not_names import ALSO_NAMES, FAMILY_NAMES, NOT_NAMES
from servicestory.text import folded
from servicestory.wording.animals import no_names
from servicestory.wording.given import is_given, shouted
from servicestory.wording.joined import joined
from servicestory.wording.lexicon import FIRST_NAMES, FUNCTION

Words = Sequence[re.Match[str]]
_TITLES = rf"(?:(?i:{HURRIED}|dr|shri|shrimati|smt|kumari)|Miss|Sister)"
_SOMEBODY = rf"(?:{ROLES}|some(?:body|one)|chap|fellow|lad|woman)"
# What stands before a name: sure of any word (a role with "named", a title, thanks) or of a known name only.
_SURE = re.compile(
    rf"(?:\b{_TITLES}\b[.,]?\s*|(?i:\b{_SOMEBODY}\s*[,:(\"'@-]?\s*(?:named|call(?:ed)?|name\s+(?:is|was)|by\s+(?:the\s+)?name(?:\s+of)?)"
    r"\s*[:\"'(-]?\s*|\bnamed\s+|\bnames?\s+(?:is|was|are)\s+|\bby\s+(?:the\s+)?name\s+(?:of\s+)?))$"
)
_BY = re.compile(r"(?i)\b(?:service|served|helped|assisted|hospitality|support|care)\s+by\s+$")
_AT_WORK = re.compile(  # told of a known name only: much else comes "from the bar" and stands "at the door"
    rf"(?i)\s+(?:\w+\s+){{0,2}}{OFFICE}\b|\s*,?\s+(?:at|in|of|from|behind|with|on)\s+(?:the\s+|our\s+)?(?:\w+\s+){{0,2}}(?:desk|counter|tills?|register|check[\s-]?out|"
    r"drive[\s-]?(?:thru|through)|bar|pool|door|spa|restaurant|kitchen|valet|check[\s-]?in|checkin|concierge|lounge|reception|breakfast|gym|phone|security|ward)\b"
)
_IS = re.compile(r"\s+(?:is|was)\b")
_NEXT = re.compile(r"\s+([a-z]+)")
_OF = re.compile(
    r"(?i)\b(?:the|an?|our|their|its|this|that|at|in|to|near|from|of)\s+$"
)  # a house, not somebody
_WORDS = re.compile(r"[^\W_]+")
_CARE = re.compile(
    r"(?i)\b(?:patients?|clinics?|hospitals?|wards?|surger(?:y|ies)|surgeons?|nurses?|doctors?|dentists?|dental|vets?|veterinary|"
    r"medical|midwi(?:fe|ves)|hospices?)\b"
)
_CARED = 1 / 3
_LEAST = 3
_SHARE = 0.4
"""Of the stories that have a word, those in which it is read as a name, from which on it is one anywhere."""


@dataclass(frozen=True)
class ToldNames:
    """What all stories together tell of names: see :func:`told_names`.

    Attributes:
        here: story -> names as its text has them.
        site: story -> its site, folded.
        near: site -> words (folded) that are names in stories of it.
        sure: words that are names wherever they stand with a capital.
        barred: words of the sites' names.
        refused: (name, site), both folded, decided to be nobody's name.
        never: names (folded) that so many stories use otherwise that they are words or places.
        placed: first names (folded) that the stories use as names of places or things, or as words, as often.
        worded: words that several stories write in small letters.
        texts: story -> its narrative, to read a part of it (a title, a sentence) as all of it is read.
        imported: stories that customers wrote.
    """

    here: Mapping[str, Collection[str]] = field(default_factory=dict)
    site: Mapping[str, str] = field(default_factory=dict)
    near: Mapping[str, Collection[str]] = field(default_factory=dict)
    sure: Collection[str] = frozenset()
    barred: Collection[str] = frozenset()
    refused: Collection[tuple[str, str]] = frozenset()
    never: Collection[str] = frozenset()
    placed: Collection[str] = frozenset()
    worded: Collection[str] = frozenset()
    texts: Mapping[str, str] = field(default_factory=dict)
    imported: Collection[str] = frozenset()

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word (folded) that is part of a name in some story."""
        return frozenset(word for names in self.here.values() for name in names for word in _parts(name))

    @cached_property
    def houses(self) -> frozenset[str]:
        """Every word (folded) of a site's name that nobody is called by."""
        return frozenset(word for word in self.barred if not is_given(word) and word not in self.words)

    def customers(
        self, text: str, names: Iterable[tuple[int, int]], story: str | None
    ) -> set[tuple[int, int]]:
        """Those of these names, on no record, that are a customer's: of whom one story at most tells."""
        seldom = [at for at in names if self._often.isdisjoint(_parts(text[slice(*at)]))]
        return customers_in(text, seldom, story not in self.imported, self._doctors(story or ""))

    def _doctors(self, story: str) -> bool:
        """Whether doctors work where the story is from: its site says so, or one story in three of all."""
        return _CARE.search(self.site.get(story, "")) is not None or self._of_care

    @cached_property
    def _of_care(self) -> bool:
        told, left = 0, len(self.texts)
        least = _CARED * max(1, left)
        for text in self.texts.values():
            told, left = told + (_CARE.search(text) is not None), left - 1
            if told >= least or told + left < least:  # of many texts most need not be looked at
                break
        return told >= least

    @cached_property
    def _often(self) -> frozenset[str]:
        """Every word (folded) that is part of a name in more than one story."""
        told = Counter(part for names in self.here.values() for part in {p for n in names for p in _parts(n)})
        return frozenset(word for word, stories in told.items() if stories > 1)

    @cached_property
    def _houses(self) -> dict[str, bool]:
        """Words that were asked about, and whether they are of a site's name."""
        return dict.fromkeys(self.barred, True)

    def _is_house(self, low: str) -> bool:
        """Whether a word is of a site's name, or one misspelt."""
        if low not in self._houses:
            self._houses[low] = near_one(low, self.barred)
        return self._houses[low]

    @cached_property
    def only_names(self) -> frozenset[str]:
        """Words (folded) that are names and nothing else."""
        return frozenset(
            word for word in self.sure if not (word in NOT_NAMES or word in self.barred or everyday(word))
        )

    def spans(self, text: str, words: Words, story: str | None) -> dict[int, int]:
        """First word -> how many words, of each name that the text tells, whatever is on record."""
        site = self.site.get(story or "", "")
        written = {word for name in self.here.get(story or "", ()) for word in _written(name)}
        own = {word.casefold() for word in written if len(word) >= _LEAST}
        if story and text != self.texts.get(story):
            capitals = (word[0].casefold() for word in words if _capital(word[0]))
            if any(map(self._may_be_told, capitals)):
                own |= self._all_of(story)
        near = self.near.get(site, ())
        found: dict[int, int] = {}
        loud = shouted(text)
        for at, word in enumerate(words):
            low, capital = word[0].casefold(), _capital(word[0])
            if len(low) < _LEAST and word[0] in _SHORT and low not in self.never and _is_short(text, word):
                found[at] = 1
            if low in self.never or len(low) < _LEAST or (capital and not loud and is_code(text, word)):
                continue
            if (low, site) in self.refused:
                named = capital and guest(text, word) and not everyday(low)
            elif capital or low in own or low in self.words:
                named = word[0] in written or self._is_name(text, word, low in own, low in near, loud)
            else:
                named = word[0] in written
            if named:
                found[at] = 1
        starts = [word.start() for word in words]
        found.update((bisect_left(starts, start), 1) for start in in_small_letters(text, self.barred))
        for start, end in in_praise(text, self.barred):
            found[bisect_left(starts, start)] = bisect_left(starts, end) - bisect_left(starts, start)
        for start, end in initialled(text):
            first = bisect_left(starts, start)
            if (folded(words[bisect_left(starts, end) - 1][0]), site) not in self.refused:
                found[first] = bisect_left(starts, end) - first
        for start, end in served(text, self._may_be_told):
            first = bisect_left(starts, start)
            found[first] = max(found.get(first, 0), bisect_left(starts, end) - first)
        for one in suggested_in(text, site or None, {}):
            parts = set(_parts(one.name))
            if parts <= set(self.barred) and not any(map(is_given, parts)):
                continue  # another house
            sure = one.why == ROLE and any(map(is_given, parts))  # a word elsewhere, here somebody
            elsewhere = folded(one.name) in self.never and not sure
            if (folded(one.name), site) not in self.refused and not elsewhere:
                at = bisect_left(starts, one.start)
                found[at] = max(found.get(at, 0), bisect_left(starts, one.end) - at)
        pets = no_names(text) | no_names(self.texts.get(story or "", "")) if found else ()
        found = {
            at: n
            for at, n in found.items()
            if words[at][0].casefold() not in pets and not TITLE.fullmatch(words[at][0])
        }
        heard = {words[at][0].casefold() for at, count in found.items() if count == 1}
        for at, word in enumerate(words):  # "the porter Zuzka …, and zuzka": one name, whatever its case
            low = word[0].casefold()
            if at in found or low not in heard or (low not in own and everyday(low)):
                continue
            if not PLACE_AFTER.match(text[word.end() : word.end() + 40]):
                found[at] = 1
        return {
            at: count + (HONOURED.match(text, words[at + count - 1].end()) is not None)
            for at, count in found.items()
        }

    def _may_be_told(self, low: str) -> bool:
        """Whether all of a story may tell that a word (folded, with a capital) of a part of it is a name."""
        return (
            low not in NOT_NAMES
            and not (low in self.placed or low in self.worded)
            and not (low in self.barred or everyday(low))
        )

    @cached_property
    def _read(self) -> dict[str, frozenset[str]]:
        """Stories read as a whole so far, with the words (folded) that are only names in them."""
        return {}

    def _all_of(self, story: str) -> frozenset[str]:
        if story not in self._read:
            text = self.texts.get(story, "")
            words = list(_WORDS.finditer(text))
            spans: list[tuple[int, int]] = []
            for at, count in self.spans(text, words, story).items():
                before, after = joined(text, words, (at, at + count), self.words)
                spans += [*before, (at, at + count), *after]
            names = {words[at][0].casefold() for first, end in spans for at in range(first, end)}
            self._read[story] = frozenset(
                low for low in names if len(low) >= _LEAST and low not in self.never and not everyday(low)
            )
        return self._read[story]

    def _is_name(self, text: str, word: re.Match[str], own: bool, near: bool, loud: bool) -> bool:
        """Whether the word is a name here; ``own``, ``near``: it is one in this story, at this site."""
        (start, end), low, capital = word.span(), word[0].casefold(), _capital(word[0])
        if own and capital:
            return True
        before, after = text[max(0, start - 60) : start], text[end : end + 60]
        honour = HONOURED.match(after)
        if honour and low in self.barred and honour[0].strip().casefold() in self.barred:
            return False  # of a house that is called so, title and all
        if _SURE.search(before) and low not in NOT_NAMES and low not in self.barred:
            return capital or not everyday(low)
        known = own or near or low in self.words
        given = low in FIRST_NAMES or is_given(low) or low in FAMILY_NAMES
        if not known and not given:
            return capital and low not in NOT_NAMES and unheard(text, word, loud or low in self.worded)
        if known and capital and _BY.search(before):
            return True
        ambiguous = low in NOT_NAMES or self._is_house(low) or everyday(low)
        if capital and not ambiguous and honour:
            return True
        place = PLACE_AFTER.match(after) and not (known and not ambiguous and SERVICE_IS.match(after))
        if THING_BEFORE.search(before) or place or TASTED_BEFORE.search(before):
            return False
        if not known and compound(before, loud):
            return False
        sure = low in self.sure
        small = sure and (near or low not in self.placed)  # hurried tellers write names without a capital
        if not ambiguous and (own or (capital and near) or (capital and sure) or small):
            return True
        opens = loud or OPENS.search(before) is not None  # its capital tells nothing
        alone = (
            given
            and capital
            and not (ambiguous and opens)
            and low not in NOT_NAMES
            and low not in self.placed
        )
        if (alone and stands_alone(text, start, end, loud)) or (
            not known and capital and low not in self.barred and guest(text, word)
        ):
            return True
        somewhere = not known and (
            low in self.placed or self._is_house(low)
        )  # a place, unless it is called somebody
        if GIVEN.search(before) and not somewhere and (known or leaves_off(after, loud)):
            return True
        role = role_before(before)
        if ambiguous and not capital:
            return bool(near and role and not role["mark"])
        return bool(
            (near and _IS.match(after))
            or (role and (capital or not role["mark"]))
            or (DOES.match(after) and not somewhere and (known or leads_to_somebody(before, loud)))
            or IN_OFFICE.match(after)
            or (capital and not somewhere and _AT_WORK.match(after))
            or (capital and opens and not somewhere and _past(after))
            or (owns(after) and not somewhere and not _OF.search(before))
            or (capital and not somewhere and family_after(after))
            or honour
            or (GUEST_BEFORE.search(before) and capital)
        )


def told_names(
    stories: Iterable[Story],
    here: Mapping[str, Collection[str]],
    refused: Iterable[tuple[str, str]] = (),
    never: Iterable[str] = (),
) -> ToldNames:
    """From the names that each story's text is read to have (story id -> as written) to all that is known.

    Args:
        refused, never: see :class:`ToldNames`.
    """
    stories = list(stories)
    site = {story.id: folded(story.site or "") for story in stories}
    barred = frozenset(word for name in set(site.values()) for word in _LETTERS.findall(name))
    refused, never = frozenset(refused), frozenset(never)
    use = use_of_words(stories)
    placed, worded = use.placed | ALSO_NAMES, use.worded
    here = dict(here)
    for story in stories if len(stories) > 1 else ():
        others = {
            word
            for word in heard(story.narrative, worded, barred)
            if word.casefold() not in never and (word.casefold(), site[story.id]) not in refused
        }
        if others:
            here[story.id] = [*here.get(story.id, ()), *sorted(others)]
    named: dict[str, set[str]] = {}
    near: dict[str, set[str]] = {}
    for ref, names in here.items():
        for part in {part for name in names for part in _parts(name)}:
            named.setdefault(part, set()).add(ref)
            if site.get(ref):
                near.setdefault(site[ref], set()).add(part)
    return ToldNames(
        here,
        site,
        near,
        frozenset(word for word, where in named.items() if len(where) >= _SHARE * use.told.get(word, 0)),
        barred,
        refused,
        never,
        placed,
        worded,
        {story.id: story.narrative for story in stories},
        frozenset(story.id for story in stories if story.prompted == "import"),
    )


_LETTERS = re.compile(r"[^\W\d_]+")


def _parts(name: str) -> Iterator[str]:
    """The words of a name, folded, that tell whose it is: no "the" of "Zo the Boss"."""
    return (part for word in _written(name) if len(part := word.casefold()) >= _LEAST)


def _written(name: str) -> list[str]:
    """The words of a name, as written, that mean somebody by themselves: no "soup" of "Queen of soup"."""
    words = [word for word in _LETTERS.findall(name) if word.casefold() not in FUNCTION]
    return [word for word in words if _capital(word)] or words


def _capital(word: str) -> bool:
    return word[0].isupper()


def _is_short(text: str, word: re.Match[str]) -> bool:
    """Whether two letters with a capital are somebody: beside a thanks, a role, kin, or what people do."""
    before, after = text[max(0, word.start() - 60) : word.start()], text[word.end() : word.end() + 60]
    return bool(
        GIVEN.search(before)
        or role_before(before)
        or GUEST_BEFORE.search(before)
        or DOES.match(after)
        or (leads_to_somebody(before, False) and _past(after))
    )


_SHORT = frozenset(("Al", "Bo", "Cy", "Ed", "Jo", "Li", "Lu", "Mo", "Oz", "Ty", "Vi", "Wu", "Yu"))


def _past(after: str) -> bool:
    """Whether somebody did what the next word says: "Frank answered", and not "Frank words"."""
    from servicestory.wording.morphology import past_lemma

    word = _NEXT.match(after)
    return word is not None and past_lemma(word[1]) not in (None, "be", "have")
