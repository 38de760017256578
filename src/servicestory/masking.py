"""Takes the names of colleagues out of texts: what is shown is about practices, not people."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

from servicestory.text import composed, crossed_out, initials, slug

if TYPE_CHECKING:
    from servicestory.models.organisation import Organisation, Person
    from servicestory.wording.stand_ins import StandIns

_WORD = re.compile(r"[^\W_]+")
_GAP = re.compile(r"[\s\-.'’_]{1,3}")
_BARE_OWNER = re.compile(r"['’](?=\s+[^\W\d_])")
# Months that are names too. In doubt it is the name: "thanked by May" is one, "By May we had it" is not.
_MONTHS = frozenset(("march", "april", "may", "june", "august"))
_BEFORE_MONTH = re.compile(
    r"\b(?:in|since|until|till|last|next|this|early|late|mid|end of|during"
    r"|\d{1,2}(?:st|nd|rd|th)?\.?(?: of)?)[\s-]+$|(?:^|[.!?:,;(\n]\s*)by\s+$",
    re.IGNORECASE,
)
_DOES = re.compile(r"['’]|(?:\s+(?:\w+ly|also|always|herself|himself|just|often|then))*\s+([a-z]+)")
_HELPERS = frozenset(("who", "will", "would", "can", "could", "should"))
_YEAR_AFTER = re.compile(r",?\s+(?:19|20)\d\d\b")
_DAY_AFTER = re.compile(r"\s+\d{1,2}(?:(?:st|nd|rd|th)\b|\s*(?:[.,;:!?)]|$))")
_ANY_DAY = re.compile(r"\s+\d{1,2}\b")
_BEFORE_DAY = re.compile(
    r"(?:^|[.!?:]\s+|\n|\b(?:on|from|since|until|till|before|of|between)\s+)$", re.IGNORECASE
)
_BEGINS = re.compile(r"(?:^|[.!?:;]\s+|\n\s*|[“\"‘(]|[-*] )$")
_DONE_TO = re.compile(r" (?:the|an?|every|each|all|any|your|their|no|nobody|them|it|what|whatever|whoever)\b")
_SIGN = re.compile(r"(?<!\w)[@#]$")  # "thanks @Rosa": it goes with the name
_FULL_STOP = re.compile(r"[.!?;\n]")
UNLISTED = "somebody not on the staff list"
_OWNER = 4  # letters of the shortest name looked for with an s; of shorter ones many make a word
# First names that are also everyday words: replaced only where they are written with a capital.
_ALSO_WORDS = frozenset(
    """
    will mark may june april august grace hope faith joy rose lily daisy ivy dawn eve art bill bob
    chuck rob sue pat jack drew guy dean earl frank gene grant jay ken lance max miles nick norm
    pearl penny ray rich rod ruby sandy sky summer autumn wade holly amber chase chip clay cliff don
    forest ginger glen hazel heath iris john lee major melody mercy mike olive peg pierce price
    robin rusty sage skip stone van violet young king
    """.split()  # noqa: SIM905 - a page of words reads better than a page of quotes
)


NEW = "new"
"""The id under which a text is read for names before it is a story."""


class Told(Protocol):
    """What texts tell of names that nobody recorded."""

    @property
    def words(self) -> frozenset[str]:
        """Every word, folded, that is part of such a name."""

    @property
    def houses(self) -> frozenset[str]:
        """Every word, folded, of a site's name that nobody is called by."""

    def customers(
        self, text: str, names: Iterable[tuple[int, int]], story: str | None
    ) -> set[tuple[int, int]]:
        """Those of the [start, end) of names on no record, in a text of a story, that are a customer's."""

    def spans(self, text: str, words: Sequence[re.Match[str]], story: str | None) -> dict[int, int]:
        """First word -> how many words, of each such name in a text of a story."""


class Mask:
    """``mask(text)`` is the text with "a colleague" for every name on the staff list or given in a story.

    In a house that tells in another language, a word of that stands there (``stand_ins``).
    Somebody on no record who has a title, or is somebody's relation, is a customer: the organisation's word
    for one stands there.

    Names of the list and their aliases are found in small letters too; one that is a word as well only where
    somebody stands ("thanks to rose"); initials with and without dots and blanks ("J.F.", "JF"). Names nobody
    entered are taken out as far as the texts of all stories tell them (``told``); what an "and" or a list
    joins to such a name goes with it. Those of people who agreed to be named (``agreed``: story id -> names)
    stay in the texts of theirs.

    Args:
        people: every name that stands in any story's `people`.
        titles: what practices are called: their first word is a verb and nobody's name.
    """

    def __init__(
        self,
        organisation: "Organisation | None",
        people: Iterable[str],
        told: "Told | None" = None,
        agreed: Mapping[str, Iterable[str]] | None = None,
        titles: Iterable[str] = (),
    ) -> None:
        self._told = told
        self._titles = tuple(sorted({title for title in titles if title}))
        staff = organisation.staff if organisation else []
        places = [p.role for p in staff if p.role]
        if organisation:
            places += [site.name for site in organisation.sites]
            places += [team.name for team in organisation.teams]
        self._barred = {w.casefold() for w in _WORD.findall(" ".join(places))}
        self._organisation = organisation
        self._names: dict[str, list[tuple[tuple[str, ...], bool]]] = {}  # first word -> (words, any case)
        self._owners: set[str] = set()  # names with an s that says whose
        self._beside: dict[str, set[str]] = {}  # first word of longer names -> the other words of them
        self._whole: set[str] = set()  # names of one word
        self._initials: set[str] = set()  # "jf" of "J.F.": in small letters it may be a word
        self._halves: set[str] = set()  # of names with a hyphen: "Sun" of "Sun-hee"
        self._bearers: dict[tuple[str, ...], set[str]] = {}  # words -> the names on record they may mean
        for person in staff:
            self._add(person.name, True)
            for alias in person.aliases:
                self._add(alias, True)
                if letters := initials(alias):
                    family = _WORD.findall(composed(person.name))[-1:]
                    self._keep(alias, [letters, *family], True)
                    self._keep(alias, [*letters, *family], True)
        for name in sorted(set(people)):
            self._add(name, len(_WORD.findall(name)) < 4)
        self._on_record = frozenset(word for form in self._bearers for word in form)
        for known in self._names.values():
            known.sort(key=lambda n: (-len(n[0]), n))
        self._agreed = {story: self._only(names, staff) for story, names in (agreed or {}).items() if names}

    @cached_property
    def stand_ins(self) -> "StandIns":
        """What stands for a name in the house's language."""
        from servicestory.wording.stand_ins import stand_ins  # much to load for a text without names

        return stand_ins(self._organisation)

    def _only(self, names: Iterable[str], staff: "Sequence[Person]") -> set[tuple[str, ...]]:
        """The words that mean these people and nobody else on record."""
        given = set(names)
        also = [n for p in staff if given & {p.name, *p.aliases} for n in (p.name, *p.aliases)]
        theirs = {*given, *also}
        # "Ilka" of another story is hers too, where nobody else on record has the name
        whole = [set(self._words_of(name)) for name in theirs]
        short = {n for all_ in self._bearers.values() for n in all_ if len(self._words_of(n)) == 1}
        theirs |= {n for n in short if any(set(self._words_of(n)) < one for one in whole)}
        written = {self._words_of(name) for name in given}
        return {form for form, bearers in self._bearers.items() if bearers <= theirs or form in written}

    @staticmethod
    def _words_of(name: str) -> tuple[str, ...]:
        return tuple(word.casefold() for word in _WORD.findall(composed(name)))

    def _add(self, name: str, parts: bool) -> None:
        words = _WORD.findall(
            composed(name).split(" (")[0]
        )  # what stands in brackets tells two of a name apart
        if sum(map(len, words)) < 2:
            return
        if len(words) > 1 and name.islower():  # "priya nair": hurried tellers write names small
            from servicestory.wording.given import (
                is_given,  # few names are written so, and its table is large
            )
            from servicestory.wording.usual import is_usual

            if is_given(words[0]) and not any(map(is_usual, words)):
                words = [word.capitalize() for word in words]
        self._keep(name, words, len(words) > 1 or words[0].casefold() not in _ALSO_WORDS)
        if letters := initials(name):
            self._keep(name, list(letters), False)
            self._keep(name, [letters], False)
            self._initials.add(letters.casefold())
        if len(words) == 1:
            self._whole.add(words[0].casefold())
        for at, doubled in enumerate(composed(name).split(" (")[0].split() if parts else ()):
            if "-" in doubled and len(both := _WORD.findall(doubled)) > 1 and both != words:
                self._keep(name, both, True)
                self._halves.update(half.casefold() for half in both if at == 0)
        if parts and len(words) > 1 and all(w[:1].isupper() or len(w) <= 3 for w in words):
            for at, word in enumerate(words):
                if len(word) >= 3 and word[:1].isupper() and word.casefold() not in self._barred:
                    self._keep(name, [word], at == 0 and word.casefold() not in _ALSO_WORDS)
                    if at == 0:
                        others = self._beside.setdefault(word.casefold(), set())
                        others.update(other.casefold() for other in words[1:])

    def _keep(self, name: str, words: list[str], any_case: bool) -> None:
        form = tuple(w.casefold() for w in words)
        known = self._names.setdefault(form[0], [])
        if (form, any_case) not in known:
            known.append((form, any_case))
        self._bearers.setdefault(form, set()).add(name)
        if any_case and len(words) == 1 and len(form[0]) >= _OWNER:
            owner = (form[0] + "s",)  # "Rosas Karte": many write it without an apostrophe
            known = self._names.setdefault(owner[0], [])
            if (owner, False) not in known:
                known.append((owner, False))
            self._owners.add(owner[0])
            self._bearers.setdefault(owner, set()).add(name)

    def __call__(self, text: str, story: str | None = None) -> str:
        """The text without names; unchanged when it holds none.

        Args:
            story: id of the story the text stands in, to leave out the names suggested there as well.
        """
        places = list(self._places(text, story))
        if not places:
            return text
        # most calls mask no text, and wording is much to load
        from servicestory.wording.joined import SENTENCE_END
        from servicestory.wording.roles import by_role, untitled

        customers, words = self._customers(text, places, story), self.stand_ins
        out, done, said = [], 0, ""
        for start, end in places:
            out.append(_SIGN.sub("", text[done:start]))
            said = (said + out[-1])[-40:]
            first = SENTENCE_END.search(said) is not None
            owner = "'s"[not words.english :] if text[start:end].casefold() in self._owners else ""
            who = words.customer if (start, end) in customers else words.colleague
            out.append((who[0].upper() + who[1:] if first else who) + owner)
            said += out[-1]
            done = end
            quoted = text[max(0, start - 1) : start] in ("'", "‘")
            if words.english and _BARE_OWNER.match(text, end) and text[end - 1] in "szx" and not quoted:
                out.append(text[end] + "s")  # "Tomas' car"
                said += out[-1]
                done = end + 1
        said = "".join(out) + text[done:]
        if not words.english:
            return untitled(said, words.colleague, words.customer)
        return by_role(said, words.colleague, words.customer)

    def _customers(
        self, text: str, places: Sequence[tuple[int, int]], story: str | None
    ) -> set[tuple[int, int]]:
        """Those of the places that name customers."""
        if not self._told:
            return set()
        unknown = [
            (start, end)
            for start, end in places
            if self._on_record.isdisjoint(word.casefold() for word in _WORD.findall(text[start:end]))
        ]
        return self._told.customers(text, unknown, story) if unknown else set()

    def person(self, name: str) -> str:
        """Whoever looks after or decided something: a role in place of a name.

        First and last name of somebody who is not on the staff list stand for a name too; a role, a team or
        a site ("head of rooms", "Front desk") is nobody's name and stays.
        """
        known = self._organisation.colleague(name) if self._organisation else None
        if known is None:
            said, words = self(name), _WORD.findall(name)
            full = len(words) > 1 and all(w[:1].isupper() for w in words)
            named = (
                said.casefold() in (name.casefold(), self.stand_ins.colleague.casefold())
                and full
                and self._barred.isdisjoint(w.casefold() for w in words)
            )
            return UNLISTED if named else said
        return ", ".join(filter(None, (known.role or self.stand_ins.colleague, known.team or known.site)))

    def letters(self, text: str, story: str | None = None) -> str:
        """The text with an x for every letter of a name, as long as before: places in it hold."""
        out, done = [], 0
        for start, end in self._places(text, story):
            out += [text[done:start], crossed_out(text[start:end])]
            done = end
        return "".join(out) + text[done:]

    def _places(self, text: str, story: str | None) -> Iterator[tuple[int, int]]:
        """(start, end) of every name, from left to right."""
        agreed = self._agreed.get(story or "", ())
        words = list(_WORD.finditer(text))
        told = self._told.spans(text, words, story) if self._told else {}
        if not told and self._names.keys().isdisjoint(word[0].casefold() for word in words):
            return  # as most texts: no word of it begins a name
        from servicestory.wording.joined import joined, past, whole_name  # much to load

        known = self._told.words if self._told else frozenset[str]()
        houses = self._told.houses if self._told else frozenset[str]()

        def somebody(span: tuple[int, int]) -> bool:
            return any(word[0].casefold() not in houses for word in words[slice(*span)])

        at = end = 0
        while at < len(words):
            recorded = self._length(text, words, at)
            count = max(recorded, told.get(at, 0))
            if not count or (count == 1 and (_is_month(text, words[at]) or self._bids(text, words, at))):
                at += 1
                continue
            done, end = end, at + count
            if tuple(w[0].casefold() for w in words[at:end]) not in agreed:
                name = whole_name(text, words, at, end)
                before, further = joined(text, words, name, known)
                spans = [*filter(somebody, before), name, *filter(somebody, further)]
                end = spans[-1][1]
                for first, after in spans:
                    if after > done and tuple(w[0].casefold() for w in words[first:after]) not in agreed:
                        yield words[max(first, done)].start(), past(text, words[after - 1])
            at = end

    def _bids(self, text: str, words: list[re.Match[str]], at: int) -> bool:
        """Whether a word that is a name too is what a line tells to do: "Mark the way", "Call the guest".

        The first word of a practice's title is; else, in doubt, it is the name: "Mark the porter came along".
        """
        start = words[at].start()
        if not _BEGINS.search(text[max(0, start - 4) : start]):
            return False
        from servicestory.wording.morphology import is_verb, past_lemma  # tables take long to load

        if not is_verb(words[at][0].casefold()):
            return False
        if any(text.startswith(title, start) for title in self._titles):
            return True
        done = _FULL_STOP.split(text[words[at].end() :], maxsplit=1)[0]
        return bool(_DONE_TO.match(done)) and not any(past_lemma(w) for w in _WORD.findall(done.casefold()))

    def _length(self, text: str, words: list[re.Match[str]], at: int) -> int:
        """How many words from ``at`` on are a name; 0: none."""
        for name, any_case in self._names.get(words[at][0].casefold(), ()):
            found = words[at : at + len(name)]
            if tuple(w[0].casefold() for w in found) != name:
                continue
            low, capital = name[0], words[at][0][:1].isupper()
            if not any_case and low in self._initials and len(name) == 1:
                capital = words[at][0].isupper()
            if not any_case and not capital:
                alone = len(name) == 1 and low not in self._initials and low not in self._owners
                if not alone or not self._small(text, words[at]):
                    continue
            elif len(name) == 1 and not self._alone(low, capital):
                continue
            if all(_GAP.fullmatch(text[a.end() : b.start()]) for a, b in pairwise(found)):
                return len(name)
        return 0

    def _small(self, text: str, word: re.Match[str]) -> bool:
        """Whether a name in small letters that counts with its capital only is somebody all the same."""
        from servicestory.wording.small_letters import is_somebody  # few texts need it

        return is_somebody(text, *word.span(), self.stand_ins.english)

    def _alone(self, low: str, capital: bool) -> bool:
        """Whether a word on record stands for somebody by itself: no "old" does where "Old Len" is one."""
        if low in self._whole:
            return True
        if low in self._halves:
            from servicestory.wording.morphology import is_common  # its tables take long to load

            return not is_common(low)  # "Anna" may be Anna-Lena, but the sun is not Sun-hee
        if low not in self._beside:
            return True
        from servicestory.wording.given import is_given, stands_for  # many names to read

        named = any(is_given(o) or len(self._bearers.get((o,), ())) > 1 for o in self._beside[low])
        return stands_for(low, capital, named)

    def reference(self, story_id: str, text: str = "") -> str:
        """A story's id, or nothing when a name is part of it.

        Args:
            text: what the story says, where it is known: a name that is a word as well ("Grace"), or that
                nobody recorded, is found there and not in an id, which has no capitals.
        """
        named = {
            slug(word)
            for start, end in self._places(text, story_id)
            for word in _WORD.findall(text[start:end])
            if len(word) > 2 or word.casefold() in self._initials
        }
        if not {*named, *(f"{word}s" for word in named)}.isdisjoint(story_id.split("-")):
            return ""
        plain = story_id.replace("-", " ")
        owners = re.sub(r"s\b", "", plain)  # "Rosa's" is "rosas" in an id
        return story_id if self(plain) == plain and self(owners) == owners else ""

    def slug(self, text: str) -> str:
        """What an id or a file is called after the text: no name on record or told is part of it."""
        said = self(text, NEW)
        plain = slug(said, 200)
        if not self.reference(plain):  # "Rosas" is not replaced where it stands
            plain = "-".join(word for word in plain.split("-") if self.reference(word))
        return slug(plain if self.reference(plain) else "")


def _is_month(text: str, word: re.Match[str]) -> bool:
    """Whether a name that is a month too stands where only a month can: "in May", "3 May", "May 2026"."""
    if word[0].casefold() not in _MONTHS:
        return False
    before, end = text[max(0, word.start() - 16) : word.start()], word.end()
    if _YEAR_AFTER.match(text, end) or _DAY_AFTER.match(text, end):
        return True
    if _ANY_DAY.match(text, end) and _BEFORE_DAY.search(before):
        return True
    if not _BEFORE_MONTH.search(before):
        return False
    follows = _DOES.match(text, end)
    return follows is None or (follows[1] is not None and not _finite(follows[1]))


def _finite(word: str) -> bool:
    """Whether somebody does what this word says: "since May came" is a person, "since May we" a month."""
    from servicestory.wording.morphology import past_lemma, third_lemma

    return word in _HELPERS or bool(past_lemma(word) or third_lemma(word))
