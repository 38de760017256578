"""Reads a clear telling told here whole: who of the house did what, up to where what was done ends.

The other reader knows what may follow each verb and stops where that is over; so it makes nothing of "keeps the
old clasp in a little bag and gives it back". Here a deed reaches to the next deed, and all that was told with it
is turned round or nothing is.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from servicestory.wording import lexicon as lex
from servicestory.wording.doable import against, doable, harms
from servicestory.wording.morphology import (
    is_verb,
    may_describe,
    names_something,
    of_several,
    participle_lemma,
    past_lemma,
    third_lemma,
)
from servicestory.wording.passive import done_by_the_house
from servicestory.wording.reach import list_goes_on
from servicestory.wording.reader import Reader
from servicestory.wording.tokens import Told, Word

_OPENERS = frozenset(
    """when whenever if because since although though while until before after once unless as who which that what how
    where why whether whose whom""".split()
)
_STOPS = frozenset("but because although though whereas except then since therefore unlike plus".split())
_OBJECTS = frozenset("me us him her them it you everyone everybody people myself".split())
_PARTICLES = frozenset(
    "up down out off away back in on over through round around aside together along".split()
)
_ASKS = frozenset("what how where which when why whether if that who only".split())
_MOMENTS = frozenset("when whenever if once".split())
_BE = frozenset("was were is are".split())
_EITHER = frozenset("put let set cut split read spread shut reset shed".split())  # past like the base form
_INDEED = frozenset("would will did do does can could".split())
_BEGINS = frozenset(
    "start begin insist keep".split()
)  # "starts by asking", "insists on driving", "kept asking"
_INSTEAD = frozenset(("not", "never", "didn't", "don't", "doesn't", "wouldn't", "won't", "hardly"))


@dataclass(frozen=True)
class Deed:
    """One thing somebody of the house did, by its places in the sentence."""

    lemma: str
    who: str  # the subject in lower case; empty where it is not told
    start: int  # first token
    after: int  # the first token after the verb
    stop: int  # the token after the last
    past: bool  # told in the past tense
    object: tuple[int, int] = (0, 0)  # of a passive: the tokens of what it was done to
    front: tuple[int, int] = (0, 0)  # the tokens of the moment its sentence begins with


class Whole:
    """One sentence being read for its deeds."""

    def __init__(
        self, tokens: list[Word], names: Collection[str], told: Told, served: Collection[str]
    ) -> None:
        self.line = Reader(tokens, names, False, told, served)
        self.told = told
        self.tokens = self.line.tokens
        self.low = self.line.low
        self.many = len(self.tokens)

    def deeds(self) -> Iterator[Deed]:
        """The deeds of the sentence, in the order told."""
        i, front = 0, (0, 0)
        while i < self.many:
            if self._joint(i):
                i += 1
                continue
            opened = self._opened(i)
            if opened:
                front = (i, opened) if i == 0 and self.low(i) in _MOMENTS else front
                i = opened
                continue
            found = self._who(i)
            if found is None:
                passive = self._done_to(i) or self._done_to_the_teller(i)
                if passive:
                    yield passive
                i = max(passive.stop if passive else 0, self._clause_end(i))
                continue
            after, who = found
            passive = self._done_to(i) if "-" in who else None
            if passive:
                yield passive
                i = self._clause_end(passive.stop)
                continue
            i = after
            for deed in self._row(i, after, who, front):
                yield deed
                i = deed.stop
            i = self._clause_end(i)

    def _row(self, start: int, after: int, who: str, front: tuple[int, int]) -> Iterator[Deed]:
        """The deeds one subject did, one after the other: "sews it on and trims the thread"."""
        verb, tense = self._verb(after, who, ""), ""
        while verb:
            lemma, k, tense = verb
            stop = self._reach(k, who, tense)
            rest = [self.low(n) for n in range(k, stop)]
            done = (doable(lemma) and lemma not in _SEEN) or (lemma == "have" and self._made_to(k))
            if done and not harms(lemma, rest) and not self._taken_back(lemma, k, stop):
                yield Deed(lemma, who, start, k, stop, tense in ("past", "either"), front=front)
                front = (0, 0)
            if not self._and(stop):
                return
            start = stop
            while self._and(start):
                start += 1
            verb = None if self._who(start) else self._verb(start, who, tense)

    def _made_to(self, k: int) -> bool:
        """Whether somebody is had to do something: "had me tie it"."""
        return (
            self.low(k) in _OBJECTS and is_verb(self.low(k + 1)) and self.low(k + 1) not in lex.PREPOSITIONS
        )

    def _joint(self, i: int) -> bool:
        return not self.low(i)[:1].isalnum() or self.low(i) in ("and", "but", "so", "then", "or")

    def _and(self, i: int) -> bool:
        return self.low(i) in (",", "and", "then", "or", "&")

    def _taken_back(self, lemma: str, k: int, stop: int) -> bool:
        given = {"me", "us", "my", "our"} & {
            self.low(n) for n in range(k, stop)
        }  # "put a cold cloth on her neck" is well done
        words = against(lemma, True) if given else lex.NEGATIVE - lex.POOR
        for n in range(k, stop):
            if self.low(n) in _INSIDE:
                return False
            if self.low(n) in words:
                return True
        return False

    # -- where a clause ends ----------------------------------------------------------------------------

    def _clause_end(self, i: int) -> int:
        """The next place a clause with a subject of its own may begin."""
        for k in range(i, self.many):
            if self._joint(k) and self.low(k) not in ("'", "-", "/", "&"):
                return k
        return self.many

    def _opened(self, i: int) -> int:
        """Where the moment or the reason a clause begins with ends ("When a widow comes, …"); 0 where none begins."""
        low = self.low(i)
        which = lex.TIMES_OF_DAY | _WHICH_TIME
        timely = low in lex.PREPOSITIONS or low in ("every", "each", "last", "this")
        timely = timely or (low == "the" and bool(which & {self.low(i + 1), self.low(i + 2)}))
        if low not in _OPENERS and not timely:
            return 0
        if low not in _OPENERS or low in ("before", "after", "since", "as", "until"):
            for k in range(i + 1, min(i + 9, self.many)):  # "After every session we tape"
                if self.low(k) == ",":
                    return k + 1
                if k > i + 1 and (self.low(k) in ("we", "i") or self.low(k) in lex.STAFF_PRONOUNS):
                    return k if not self._finite_in(i + 1, k) else 0
                if self.low(k) in lex.FINITE_BE:
                    break
        if low not in _OPENERS:
            return 0
        comma = next((k for k in range(i, self.many) if self.low(k) == "," and self._main(k + 1)), 0)
        return comma + 1 if comma else self.many

    def _finite_in(self, i: int, end: int) -> bool:
        return any(past_lemma(self.low(k)) and self.low(k - 1) not in lex.DETERMINERS for k in range(i, end))

    def _main(self, k: int) -> bool:
        return self._who(k) is not None or self._customer(k) or self._done_to(k) is not None

    def _customer(self, k: int) -> bool:
        return self.low(k) in lex.CUSTOMER_SUBJECTS

    def _who(self, i: int) -> tuple[int, str] | None:
        """(index after the subject, the subject) where somebody of the house is the subject of a clause at ``i``."""
        for k in range(i, min(i + 4, self.many)):
            if self.low(k).endswith("'s"):
                return None  # "Leonie's call brought up …"
            found = self.line.subject(k)
            if found and (found[1] in ("staff", "name") or self.low(k) in lex.HOUSE_NOUNS):
                return found[0], self.low(k)
            if not found and self._by_what_they_do(i, k):
                return self.line.after_noun(k + 1), self.low(k)
            if found or not (
                self.low(k) in lex.DETERMINERS or may_describe(self.low(k)) or self.low(k) in _TITLES
            ):
                return None
        return None

    def _by_what_they_do(self, i: int, k: int) -> bool:
        """Whether "the glazier" or "the lads" are of the house: nobody else is called so, and they do what people do."""
        low, opens = self.low(k), self.low(i)
        if k == i or opens not in ("the", "our", "one", "their") or low in lex.SERVED | lex.FAMILY.keys():
            return False
        if low in _FELLOWS:
            return True
        if not _AT_WORK.fullmatch(low) or (
            names_something(self.low(k + 1))
            and not past_lemma(self.low(k + 1))
            and not third_lemma(self.low(k + 1))
        ):
            return False
        did = past_lemma(self.low(self.line.skip(k + 1)))
        return (
            any(w.low in _PERSONS for w in self.tokens[k:])
            or did in _SPEAKING
            or (did in lex.COPYABLE and low not in _NO_PERSON)
        )

    # -- what was done ------------------------------------------------------------------------------------

    def _verb(self, k: int, who: str, tense: str) -> tuple[str, int, str] | None:
        """(base form, index after, tense) of the finite verb at ``k``; of several in a row all have one tense."""
        k = self.line.skip(k)
        low = self.low(k)
        if low in _INSTEAD:
            return None
        if low in _INDEED or (low == "used" and self.low(k + 1) == "to"):
            n = self.line.skip(k + (2 if low == "used" else 1))
            fits = is_verb(self.low(n)) and low not in ("can", "could") and not tense
            return (
                (self.low(n), n + 1, "past" if low in ("would", "did", "used") else "base") if fits else None
            )
        if low in ("had", "has", "have") and not tense:
            n = self.line.skip(k + 1)
            if self.line.over_when(k):
                return None
            if (done := participle_lemma(self.low(n))) and self.low(n + 1) not in ("", "by"):
                return done, n + 1, "past"
        if not tense and (meant := self.line.roundabout(k)):
            return *meant, "past" if past_lemma(low) else self._present(low) or "base"
        found, tense = self._finite(k, who, tense)
        if not found:
            return None
        if found in _BEGINS:
            n = k + (2 if self.low(k + 1) in ("by", "on") else 1)
            doing = self.low(n)[:-3] if self.low(n).endswith("ing") else ""
            from_ing = next((b for b in (doing, f"{doing}e", doing[:-1]) if b and is_verb(b)), "")
            return (from_ing, n + 1, tense) if from_ing and found != "keep" else (found, k + 1, tense)
        return found, k + 1, tense

    def _present(self, low: str) -> str:
        return "third" if third_lemma(low) else ""

    def _finite(self, k: int, who: str, tense: str) -> tuple[str, str]:
        low, follows = self.low(k), self.low(k + 1)
        if not low[:1].isalpha() or low in _BE or low in lex.PREPOSITIONS:
            return "", ""
        past, third = past_lemma(low), third_lemma(low)
        one = who not in ("we", "i", "they") and not (of_several(who) and who not in self.line.names)
        takes = (
            follows in lex.DETERMINERS | lex.PREPOSITIONS | _OBJECTS | _PARTICLES | _ASKS | lex.NUMBER_WORDS
        )
        takes = (
            takes or follows in _OPENERS or follows in ("his", "its", "to", "") or not follows[:1].isalnum()
        )
        takes = takes or follows.endswith("ly")
        sure = bool(past) and not is_verb(low) and not may_describe(low)
        if low in _EITHER and not one and tense != "third" and (takes or not tense):
            return low, tense or "either"
        if past and tense in ("", "past", "either") and (takes or sure or not tense):
            return past, "past"
        makes = takes or (third in lex.COPYABLE and names_something(follows or "-"))
        if third and tense in ("", "third") and one and (makes or (not tense and follows[:1].isalnum())):
            return third, "third"
        if not one and is_verb(low) and tense in ("", "base", "either") and (takes or not tense):
            return low, "base"
        return "", ""

    def _reach(self, k: int, who: str, tense: str) -> int:
        """Index after the last word of what was done, from the word after its verb."""
        begin = k
        while k < self.many:
            low = self.low(k)
            if low == ",":
                if list_goes_on(self.line, k, begin):
                    k += 1
                    continue
                if self.low(k + 1) in ("so", "until") or (
                    self.low(k + 1) in ("unasked", "unprompted") and self.low(k + 2) == ","
                ):
                    k += 3 if self.low(k + 1) in ("unasked", "unprompted") else 1
                    continue
                return k
            if not low[:1].isalnum() and low not in ("'", "&", "/"):
                return k
            if low in _STOPS and not (low == "except" and self.low(k + 1) == "for"):
                return k
            if low in ("and", "or"):
                n = k + 1
                while self.low(n) in ("then", "and", "only"):
                    n += 1
                if self._who(n) or self._customer(n) or self._verb(n, who, tense):
                    return k
                if self._sentence_at(n):
                    return k
            if k > begin and low == "as" and self._while_it_went_on(k):
                return k
            k += 1
        return k

    def _while_it_went_on(self, k: int) -> bool:
        """Whether "as" at ``k`` begins what else went on; it does not in "as soon as", "as a gift", "as well"."""
        soon = "soon" in (self.low(k + 1), self.low(k - 1)) or "as" in (self.low(k + 2), self.low(k - 2))
        return not soon and self.low(k + 1) not in ("a", "an", "the", "well")

    def _sentence_at(self, k: int) -> bool:
        """Whether a clause with another subject begins at ``k``: "and the old holes were closed", "and nobody …"."""
        if (
            self.low(k) in ("nobody", "it", "that", "this", "everything")
            or self.low(k) in _INSTEAD | _HELPERS
        ):
            return True
        for n in range(k + 1, min(k + 6, self.many)):
            if self.low(n) in lex.PREPOSITIONS or not self.low(n)[:1].isalnum() or self.low(n) in _OPENERS:
                return False
            if self.low(n) in _BE | {"had", "has", "have", "could", "would", "can", "will"}:
                return True
        return False

    # -- what was done to something, without a word of who did it ---------------------------------------------

    def _done_to(self, i: int) -> Deed | None:
        """ "Spare socks are always put in the bag", "the old holes were closed with glue"."""
        if self.low(i) in lex.CUSTOMER_SUBJECTS | lex.STAFF_PRONOUNS | _OPENERS | {
            "it",
            "this",
            "that",
            "there",
        }:
            return None
        for k in range(i + 1, min(i + 8, self.many)):
            low = self.low(k)
            if low in _BE or (
                low in ("get", "got", "gets") and participle_lemma(self.low(self.line.skip(k + 1)))
            ):
                return self._passive(i, k)
            if not low[:1].isalnum() or low in _OPENERS or low in lex.CUSTOMER_SUBJECTS or low == "to":
                return None
        return None

    def _done_to_the_teller(self, i: int) -> Deed | None:
        """ "I was told which pains are normal"."""
        n = self.line.skip(i + 2)
        if (
            self.low(i) not in ("i", "we")
            or self.low(i + 1) not in ("was", "were", "got")
            or self.told != "here"
        ):
            return None
        lemma = participle_lemma(self.low(n))
        if lemma not in lex.PASSIVE | {"tell", "ask", "teach", "allow", "send", "let"}:
            return None
        stop = self._reach(n + 1, "", "past")
        stop = next((m for m in range(n + 1, stop) if self.low(m) == "by" and self._who(m + 1)), stop)
        return (
            None
            if self._taken_back(lemma, n + 1, stop)
            else Deed(lemma, "", i, n + 1, stop, True, object=(i, i + 1))
        )

    def _passive(self, i: int, k: int) -> Deed | None:
        n = self.line.skip(k + 1)
        lemma = participle_lemma(self.low(n))
        if lemma is None or not done_by_the_house(lemma) or not doable(lemma):
            return None
        head = self.low(k - 1)
        if not names_something(head) or (self.low(i) not in lex.DETERMINERS and not of_several(head)):
            return None
        stop = self._reach(n + 1, "", "past")
        by = next((m for m in range(n + 1, stop) if self.low(m) == "by"), stop)
        if by < stop and (self.low(by + 1) in lex.DETERMINERS or self.line.is_name(by + 1)):
            if self._who(by + 1) is None and self.low(by + 1) not in ("the", "our"):
                return None  # "were taken by another customer"
            if any(self.low(m) in lex.SERVED for m in range(by + 1, stop)):
                return None
            stop = by
        if self._taken_back(lemma, n + 1, stop) or harms(lemma, [self.low(m) for m in range(n + 1, stop)]):
            return None
        return Deed(lemma, "", i, n + 1, stop, self.low(k) in ("was", "were", "got"), object=(i, k))


_AT_WORK = re.compile(r"\w{3,}(?:er|or|ist|ian|ess|man|woman|men|women|ee)s?")
_NO_PERSON = frozenset(
    """computer printer heater boiler freezer dryer cooker trailer drawer water weather number letter paper corner summer winter
    dinner supper counter shutter order river tower shower finger shoulder scanner sensor motor tractor elevator
    charger filter poster folder container radiator monitor mirror server router timer buzzer speaker feather leather butter
    sugar master matter letter wonder power flower cover hour door floor colour error""".split()
)
_PERSONS = frozenset("he she his her himself herself who".split())
_SPEAKING = lex.SAYING | frozenset("ring call phone write send wave whisper bring help let offer".split())
_INSIDE = _OPENERS | lex.CUSTOMER_SUBJECTS | lex.STAFF_PRONOUNS | {"so", "say"}
_HELPERS = frozenset("does did has had is was are were".split())
_SEEN = frozenset(
    "notice spot see realise realize remember observe try attempt smile support understand work receive appear".split()
)
_WHICH_TIME = frozenset("next following same other first time moment".split())
_TITLES = frozenset("sister nurse doctor dr mr mrs ms old young little".split())
_FELLOWS = frozenset("lads lad chap chaps folks fellow fellows guys team two both".split())
