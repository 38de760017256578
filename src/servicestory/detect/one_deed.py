"""One deed while it is turned into an instruction: who is meant by each pronoun, and where the deed ends."""

import re
from collections.abc import Sequence
from itertools import pairwise

from servicestory.detect.cut_out import (
    BREAKS,
    CALLED_SO,
    DANGLING,
    ENDS,
    HAS_DO,
    MOVES,
    NO_DEED,
    NO_NOUN,
    OBJECTS,
    OWN_BODY,
    POSSESSIVE,
    SUBJECTS,
    WITH_THINGS,
    somebody_does,
)
from servicestory.detect.of_things import asked, asks_to_its_end, relative
from servicestory.detect.words import word_set
from servicestory.wording.lexicon import (
    CALENDAR,
    DETERMINERS,
    PREPOSITIONS,
    TIMES_OF_DAY,
)

MOST = 16  # words of a whole deed
UNSURE = 0.06  # what speaks against a deed in which "his" or "her" may be either's
WHO_IS = {
    **dict.fromkeys(word_set("i me my mine myself we us our ours ourselves"), "teller"),
    **dict.fromkeys(word_set("he him his himself"), "he"),
    **dict.fromkeys(word_set("she her hers herself"), "she"),
    **dict.fromkeys(word_set("they them their theirs themselves"), "they"),
}
_CALLS = word_set("ring phone telephone call text")
"""Whom somebody rang who only "rang up" is who is served."""
_LETS = word_set("let have help make ask")
_REACHED = word_set("on out back off")
_SELF = word_set("myself ourselves himself herself themselves")
_UNTIL = word_set("until till while before after when once")
_ASKED = word_set("what how where which whether")
_STOPS = BREAKS - {"and", "when", "while", "until", "till", "so"} | word_set(
    "there was were is are that whose whom why because like instead rather"
)
_ADVERBS = word_set("never even still already just also only always then first")
_NO_END = (DANGLING | _UNTIL | _ADVERBS | {"so"}) - {"them", "her", "it"}
_HONOURED = {"mr": "he", "mrs": "she", "ms": "she", "miss": "she"}
_ONE = {
    **dict.fromkeys(word_set("man gentleman gent boy lad husband father son dad grandfather"), "he"),
    **dict.fromkeys(word_set("woman lady girl widow wife mother daughter mum grandmother"), "she"),
}
_CALLED_SO = CALLED_SO | _ONE.keys()
ONE_SERVED = re.compile(
    r"\b(?:the|an?|one|this|that) (?:(?:old|young|elderly|poor|dear|little) )*"
    r"(?:lady|gentleman|gent|man|woman|widow|chap|lad|lass|fellow|couple|customer|client|guest|patient|visitor)(?='s\b|\b)"
)
"""Whoever is served, as a teller calls them who does not know them."""


class Deed:
    """One deed while it is told: who is meant by the pronouns so far, and the words of the instruction."""

    def __init__(self, words: Sequence[str], customer: str, known: Sequence[bool], doer: str) -> None:
        self.words, self.customer, self.known, self.doer = words, customer, known, doer
        self.low = [word.lower() for word in words]
        self.served, self.said = set[str](), list[str]()
        self.unsure, self.now, self.first = 0.0, False, True
        self.causing = 0  # words up to a verb after which somebody else does something: "and let"

    def told(self, at: int, lemma: str, joined: dict[int, str]) -> str:
        """The deed that begins with the verb at ``at``; ``joined`` are further verbs of the same doer.

        Empty where it is not whole.
        """
        from servicestory.wording.morphology import past_lemma

        causes = lemma in HAS_DO and somebody_does(self.words, at)
        tells = lemma == "tell" and self._low(at + 1) in OBJECTS | {"her", "the"}
        if not (tells or self._is_deed(lemma, at)):
            return ""
        self._look_ahead(at)
        self.now = past_lemma(self.words[at].lower()) is None
        self.said = [HAS_DO[lemma] if causes else lemma]
        self.causing = int(causes)
        at += 1
        while at < len(self.words):
            step = self._next(at, joined)
            if not step:
                break
            at += step
            if len(" ".join(self.said).split()) > MOST:
                self._back("and")
                break
        if self.said[0] in _CALLS and len(self.said) < 3 and self.said[1:] in ([], ["up"], ["back"]):
            self.said.append(self._customer())
        line = self._end()
        if tells and not _ASKED & set(line.split()) and " to " not in line and " that " not in line:
            return ""
        return line[:1].upper() + line[1:]

    def _low(self, at: int) -> str:
        return self.low[at] if at < len(self.low) else ""

    def _is_deed(self, lemma: str, at: int) -> bool:
        from servicestory.wording.morphology import is_verb

        if lemma in HAS_DO and somebody_does(self.words, at):
            return True
        through = lemma == "go" and self._low(at + 1) == "through"
        follows = self._low(at + 1)
        let = lemma == "let" and follows in DETERMINERS and is_verb(self._low(at + 3))
        let |= lemma == "let" and follows in _CALLED_SO and is_verb(self._low(at + 2))
        # "got the surgery on the line", and no "got the job"
        reached = lemma == "get" and follows in DETERMINERS and self._low(at + 3) in _REACHED
        return lemma not in NO_DEED or let or through or reached or self._along(lemma, at)

    def _look_ahead(self, at: int) -> None:
        """Who is served, where the same sentence names one only by "him", "her" or "me" later on."""
        called = {
            _ONE.get(word.lower()) or _HONOURED.get(word.lower())
            for before, word in zip(["", *self.words], self.words, strict=False)
            if before.lower() not in WHO_IS  # "his wife" is not who is served
        } - {None, self.doer}
        if len(called) == 1:
            self.served.update(who for who in called if who)
            return
        objects = set()
        for n in range(at + 1, len(self.words)):
            low, follows = self._low(n), self._low(n + 1)
            if low in ENDS - {","} or self.known[n] or low == "instead":
                break
            her = low == "her" and (not follows.isalpha() or follows in NO_NOUN | PREPOSITIONS | BREAKS)
            if low in ("me", "us", "him") or her:
                objects.add(WHO_IS[low])
        objects -= {self.doer}
        if len(objects) == 1 and self.doer != "teller":
            self.served |= objects

    def _along(self, lemma: str, at: int) -> bool:
        after = [self._low(k) for k in range(at + 1, at + 7)]
        return lemma in ("go", "come") and any(
            a == "with" and b in OBJECTS | {"her"} for a, b in pairwise(after)
        )

    def _next(self, at: int, joined: dict[int, str]) -> int:
        """Takes in what stands at ``at``: how many words, 0 where the deed ends before it."""
        word, low = self.words[at], self._low(at)
        follows = self._low(at + 1)
        if low == "," and (follows in ("until", "till") or (follows == "so" and self._low(at + 2) == "that")):
            return 1
        if low == "," and self._is_list(at):
            self._back()
        if low == ",":
            return 0
        if of_those := relative(self.low, at, self.said):
            self.said += of_those
            return len(of_those)
        if (
            word in ENDS
            or self.known[at]
            or low in _STOPS
            or (low == "it" and not (self.first and self._has_thing()))
        ):
            return 0
        if low in _HONOURED or (low == "old" and follows in _HONOURED):
            return self._honoured(at)
        if low == "dr" and follows not in ("", ".") and not self.known[at + 1]:
            owner = self._low(at + 1).endswith("'s")
            self.said.append("the doctor's" if owner else "the doctor")
            return 2
        if low in CALENDAR:
            self._back()
            return 1 + (follows in ("already", "morning", "evening", "night", "afternoon"))
        if not word[0].isalpha() or (word[0].isupper() and low not in ("i", "a")):
            self._back()
            return 0
        if low == "and":
            return self._joined(at, joined)
        if low in _UNTIL or low in _ASKED or low == "so":
            return self._clause(at)
        if low == "had":
            low = "has"  # "the minute the passport had come"
        if low in WHO_IS:
            return self._somebody(at, len(self.said) == self.causing)
        if low in _ONE:
            self.served.add(_ONE[low])
        # "let grandma try it": called as if by name, somebody's own is who is served
        self.said.append(self._customer() if low in _CALLED_SO and len(self.said) == 1 else low)
        return 1

    def _is_list(self, at: int) -> bool:
        """Whether the comma at ``at`` is of a list: "a table with morning, noon and night"."""
        goes_on = any(self._low(k) in (",", "and") for k in (at + 2, at + 3))
        return goes_on and self._low(at + 1) not in SUBJECTS

    def _has_thing(self) -> bool:
        """Whether a thing was told of, that "it" may be."""
        return any(
            (a in DETERMINERS or a in ("their", "your") or a.endswith("'s")) and b not in _ONE
            for a, b in pairwise(self.said[1:])
        )

    def _back(self, *also: str) -> None:
        """Back to before the last preposition: what follows it is of that one time, or too much."""
        for n in range(len(self.said) - 1, 1, -1):
            if self.said[n] in PREPOSITIONS | _UNTIL | {*also}:
                del self.said[n:]
                return

    def _honoured(self, at: int) -> int:
        """ "Mrs Lenk's": whoever is called so, and does not work here, is served."""
        n = at + (self._low(at) == "old")
        who = _HONOURED[self._low(n)]
        n += 1 + (self._low(n + 1) == ".")
        first = n
        while n < len(self.words) and self.words[n][0].isupper():
            if self.known[n]:
                return 0
            n += 1
        if n == first:
            return 0
        self.served.add(who)
        self.said.append(self._customer("'s" if self._low(n - 1).endswith("'s") else ""))
        return n - at

    def _customer(self, owns: str = "") -> str:
        named = any(f"the {self.customer}" in word or word in _ONE for word in self.said)
        if owns:
            return "their" if named else f"the {self.customer}'s"
        return "them" if named else f"the {self.customer}"

    def _joined(self, at: int, joined: dict[int, str]) -> int:
        """ "and": a further deed of the same one, or a further thing."""
        from servicestory.wording.morphology import past_lemma, third_lemma

        if self.now and joined and (lemma := third_lemma(self._low(at + 1))) and at + 2 < len(self.words):
            joined = {**joined, at + 1: lemma}
        verb = next((k for k in (at + 1, at + 2) if k in joined), None)
        if verb is None or (verb == at + 2 and self._low(at + 1) not in _ADVERBS):
            follows = self._low(at + 1)
            other = follows in SUBJECTS | _STOPS | _UNTIL | {"it", "there", "then", "so", "would", "could"}
            told = past_lemma(follows) or (self._low(at + 2) in NO_NOUN and third_lemma(follows))
            if other or told or verb is not None or (at + 1 < len(self.known) and self.known[at + 1]):
                return 0
            self.said.append("and")
            return 1
        lemma = joined[verb]
        causes = lemma in HAS_DO and somebody_does(self.words, verb)
        if not self._is_deed(lemma, verb):
            return 0
        self.said += ["and", HAS_DO[lemma] if causes else lemma]
        self.causing = len(self.said) if causes else 0
        return verb + 1 - at

    def _clause(self, at: int) -> int:
        """ "so that she could see it", "what I would owe": who is meant, and the verb in the present."""
        from servicestory.wording.morphology import is_verb, third_lemma, to_present

        low, n = self._low(at), at + 1
        link = [low]
        if low == "so":
            if self._low(n) == "that":
                n += 1
            link = ["so", "that"]
        if low in _ASKED and self._low(n) == "to" and is_verb(self._low(n + 1)):
            self.said += [low, "to", self._low(n + 1)]
            return 3
        who = self._low(n)
        if who == "it" and self._has_thing():
            so = to_present(self._low(n + 1), True) or (third_lemma(self._low(n + 1)) and self._low(n + 1))
            if so:
                self.said += [*link, "it", so]
                return n + 2 - at
        if who not in SUBJECTS:
            of_it, used = asked(self.low, at, self.known) if low in _ASKED else ([], 0)
            if used:
                self.said += of_it
                return used
            if low in ("before", "after", "until", "till"):
                # "before the bell", but not "before the bell rang"
                rest = [self._low(k) for k in range(n, min(n + 6, len(self.words)))]
                if rest and (rest[0] in DETERMINERS) and not any(to_present(w, True) for w in rest):
                    self.said.append(low)
                    return 1
            return 0
        meant = self._meant(who, False)
        if meant is None:
            return 0
        n += 1
        between = []
        while self._low(n) in _ADVERBS:
            between.append(self._low(n))
            n += 1
        now = to_present(self._low(n), False)
        verb = now or (self._low(n) if is_verb(self._low(n)) and WHO_IS[who] in ("teller", "they") else None)
        if not verb or self._low(n) in NO_NOUN | PREPOSITIONS:
            return 0
        if now == "have" and to_present(self._low(n + 1), False) is not None and self._low(n + 1) != "had":
            return 0  # "had had", "had found": what was before
        self.said += [*link, "they" if meant else "you", *between, verb]
        return n + 1 - at

    def _meant(self, low: str, owns: bool) -> bool | None:
        """Whether a pronoun means who is served (else the doer); None where that is open."""
        who = WHO_IS[low]
        if who == self.doer:
            return False
        if who in self.served:
            return True
        others = self.served & ({"he", "she"} if owns else {"he", "she", "teller"})
        if who in ("he", "she") and others and self.doer in ("", who):
            self.doer = who
            return False
        if who == "teller" and self.served & {"he", "she"}:
            return None
        if low in SUBJECTS:
            return None
        if owns:
            if who != "teller":
                self.unsure = UNSURE
            return None if "teller" in self.served else True
        if low == "them":  # things perhaps
            self.unsure = 0.1
        self.served.add(who)
        return True

    def _somebody(self, at: int, does: bool) -> int:
        """A pronoun that is no subject: "her", "my", "himself"."""
        low, follows = self._low(at), self._low(at + 1)
        if low in SUBJECTS or low in ("mine", "ours", "hers", "theirs"):
            return 0
        her = low == "her" and bool(follows) and follows[0].isalpha()
        nobodys = NO_NOUN | PREPOSITIONS | BREAKS | _ASKED
        owns = low in POSSESSIVE or (her and follows not in nobodys and not does)
        if owns and follows == "own":
            theirs = WHO_IS[low] == "teller" != self.doer and "teller" not in self.served
            named = "their" if WHO_IS[low] in self.served else "your"
            self.said.append(self._customer("'s") if theirs else named)
            return 1
        if not owns and low not in _SELF and WHO_IS[low] == self.doer:  # whoever did it is no "him" beside it
            self.said.append(self._customer())
            return 1
        if low == "them" and self._several(self.said[1:]):
            self.said.append("them")
            return 1
        if low == "them" and self.said[-1] in WITH_THINGS and "they" not in self.served:
            return 0  # "brought them back warm": the towels told of before, or whatever it was
        if low in _SELF:
            theirs = self.said[0] in _LETS or "they" in self.said
            self.said.append("themselves" if theirs else "yourself")
            return 1
        meant = self._meant(low, owns)
        if meant is None:
            return 0
        if owns and follows in OWN_BODY and self.unsure:
            return 0
        if owns:
            self.said.append(self._customer("'s") if meant else "your")
        else:
            if not meant and self.said[-1] in ("to", "for"):
                return 0  # nobody mails it to themselves: somebody else is meant
            self.said.append(self._customer() if meant else "you")
        return 1

    @staticmethod
    def _several(said: Sequence[str]) -> bool:
        """Whether things of which there are several were told of: they are "them"."""
        from servicestory.wording.morphology import of_several

        things = [word for word in said if word.isalpha() and word not in PREPOSITIONS]
        return any(len(word) > 3 and of_several(word) for word in things)

    def _end(self) -> str:
        """The words without what is left open at their end; empty where they are no whole deed."""
        said = self.said
        while (
            said
            and said[-1] in _NO_END
            and not (said[-1] in ("before", "after") and said[-2] in TIMES_OF_DAY)
            and not asks_to_its_end(said)
        ):
            said.pop()
        line = ONE_SERVED.sub(f"the {self.customer}", " ".join(said))
        no_whither = set(said[:1]) & MOVES and not set(said[2:]) & (PREPOSITIONS | NO_NOUN - DETERMINERS)
        does_nothing = said[:1] in (["let"], ["have"]) and len(said) < 3
        return "" if no_whither or does_nothing or line.count(f"the {self.customer}") > 1 else line
