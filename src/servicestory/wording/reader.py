"""Reads one sentence from left to right: who does something, and what they do."""

import re
from collections.abc import Collection

from servicestory.wording import lexicon as lex
from servicestory.wording.doable import doable
from servicestory.wording.line import Line
from servicestory.wording.morphology import (
    ing_lemma,
    is_verb,
    names_something,
    participle_lemma,
    past_lemma,
    third_lemma,
)
from servicestory.wording.reach import end_of
from servicestory.wording.tokens import Told, Word

# What may follow a verb in the present tense when staff are its subject.
_AFTER_PRESENT = lex.DETERMINERS | frozenset(
    """me us you everything if whether how what to on for with about after in up out by regularly when where""".split()
)

_NO_SUBJECT_AFTER = frozenset("what how that if as everything anything whether all".split())
_AROUND_IT = frozenset(("before", "until", "while", "till"))  # what else went on then
_ASKED = frozenset("how what where which why whether if who whose".split())
_JUST = frozenset("already just barely hardly scarcely".split())
_LETS = frozenset("let lets letting".split())
_TELLS = frozenset("tell tells told telling".split())
_TOLD_TO = frozenset("me us him her them you".split())
_HOW_WELL = frozenset(
    "quick fast prompt attentive active efficient perfect excellent great good professional thorough".split()
)
_CONTRACTED = frozenset("they've they'd she'd he'd".split())
_AFTER_VERBS = frozenset("by out off down away".split())

_AT_LAST = frozenset(
    "finally eventually reluctantly grudgingly".split()
)  # what had to be wrung from somebody


class Reader(Line):
    """One sentence being read from left to right."""

    def __init__(
        self,
        tokens: list[Word],
        names: Collection[str],
        listed: bool,
        told: Told = "elsewhere",
        served: Collection[str] = (),
    ) -> None:
        super().__init__(tokens, names)
        self.told = told
        self.served = served  # words that are the customer here, though elsewhere they may be staff
        self.listed = listed  # a line of `behaviours:`: the subject may be left out, any verb may stand

    # -- who ------------------------------------------------------------------------------------------

    def subject(self, i: int) -> tuple[int, str] | None:
        """(index after the subject, ``staff``, ``vague`` or ``customer``) when a subject stands at ``i``."""
        low = self.low(i)
        if low in self.served:
            return None
        if low in _CONTRACTED or low in lex.STAFF_PRONOUNS:
            if self.low(i - 1) in _NO_SUBJECT_AFTER and not self._reported(i):
                return None
            if {"wish", "hope", "hoped", "wished"} & {self.low(k) for k in range(i - 3, i)}:
                return None
            before = [t.low for t in self.tokens[:i]]
            if self.told != "elsewhere" and self._news(i):
                return None
            if self.told != "elsewhere" and self.low(i - 1) in ("when", "whenever") and i > 1:
                return None  # "rang me when she found the ring": the occasion
            if self.told != "elsewhere" and (
                (low in ("she", "he") and self._asked_of(i)) or self.low(i - 1) in _AROUND_IT
            ):
                return None
            staffed = any(w in lex.STAFF_NOUNS or w in lex.VAGUE_PEOPLE for w in before) or any(
                self.is_name(k) for k in range(i)
            )
            if any(w in lex.FAMILY for w in before) and not staffed:
                return None
            if low == "they" and self.told != "elsewhere" and self._one_named(i):
                return None  # "Lotte put up the tarp and they built boats": those it was put up for
            return i + 1, "staff"
        if low in lex.CUSTOMER_SUBJECTS:
            if self.told == "staff" and self.low(i - 1) in _AROUND_IT | {"when", "whenever"} and i > 1:
                return None  # "showed her the stain before I took the coat"
            return i + 1, "staff" if self.told == "staff" else "customer"
        if low in ("everyone", "everybody"):
            k = self.skip(i + 1)
            served = past_lemma(self.low(k)) in lex.ENOUGH_ALONE | {"help", "offer"}
            return (i + 1, "staff") if served and self.low(k + 1) in ("me", "us") else None
        if low == "who":
            return self._who(i)
        at_work = self.told != "elsewhere" and (lex.by_trade(low) or self._at_the_desk(i))
        if low in lex.WORKERS or low in lex.VAGUE_PEOPLE or low in lex.HOUSE_NOUNS or at_work:
            asked = {self.low(k) for k in range(i - 4, i)} & {"could", "can", "would", "should"}
            if self.low(i - 1) in ("your", "their") or self._is_object(i) or asked:
                return None
            here = self.told != "elsewhere" and low in lex.HOUSE_NOUNS
            kind = "staff" if low in lex.WORKERS or here or at_work else "vague"
            return self.after_noun(i + 1), kind
        after_when = self.low(i - 1) in ("before", "after") and self.low(i - 2) in lex.TIMES_OF_DAY
        if self.is_name(i) and (after_when or self.low(i - 1) not in lex.PREPOSITIONS - _AFTER_VERBS):
            return self.after_noun(i + 1), "name"
        return None

    def _reported(self, i: int) -> bool:
        """Whether the pronoun at ``i`` tells what its speaker had done: "Ana said that she had put two in the box"."""
        said = {"said", "told"} & {self.low(k) for k in (i - 2, i - 3)}
        return bool(
            said
            and self.told != "elsewhere"
            and self.low(i - 1) == "that"
            and (self.low(i + 1) == "had" or self.low(i) in _CONTRACTED)
        )

    def _news(self, i: int) -> bool:
        """Whether the pronoun at ``i`` begins what somebody was told: "to say she had eaten", "told her he had barked".

        That may be about anybody, and is no deed of whoever told it.
        """
        k = i - 1
        if self.low(k) == "know":  # "to let us know she had", "let them know he had"
            return self.low(k - 2) in _LETS
        if self.low(k) in ("say", "report"):
            return self.low(k - 1) == "to"
        return self.low(k) in _TOLD_TO and self.low(k - 1) in _TELLS

    def _at_the_desk(self, i: int) -> bool:
        """Whether "the lady" at ``i`` stands where people of the house do: "at the desk", "behind the counter"."""
        return (
            self.low(i) in lex.VAGUE_PEOPLE
            and self.low(i + 1) in ("at", "behind", "from", "in", "on")
            and any(self.low(k) in lex.STATIONS for k in (i + 2, i + 3, i + 4))
        )

    def _one_named(self, i: int) -> bool:
        """Whether one colleague alone is named before ``i``, and nobody else of the house."""
        named = {self.low(k) for k in range(i) if self.low(k) in self.names}
        others = lex.STAFF_NOUNS | lex.WORKERS | lex.VAGUE_PEOPLE | {"we", "they"}
        return len(named) == 1 and not any(self.low(k) in others for k in range(i))

    def _asked_of(self, i: int) -> bool:
        """Whether the pronoun at ``i`` stands in a question about somebody: "to see how far up he holds it"."""
        for k in range(i - 1, -1, -1):
            if not self.low(k)[:1].isalnum() or self.low(k) in ("and", "but", "so", "then"):
                return False
            if self.low(k) in _ASKED:
                return True
        return False

    def _is_object(self, i: int) -> bool:
        """Whether the noun at ``i`` hangs on a preposition: "calls to the front desk"."""
        k = i - 1
        while k >= 0 and (
            self.low(k) in lex.DETERMINERS
            or self.low(k) in lex.STAFF_NOUNS
            or self.low(k) in ("front", "check-in", "other")
        ):
            k -= 1
        return self.low(k) in ("to", "with", "for", "by", "than")

    def _who(self, i: int) -> tuple[int, str] | None:
        for k in range(i - 1, max(-1, i - 9), -1):
            low = self.low(k)
            if low in lex.WORKERS or low in lex.VAGUE_PEOPLE or self.is_name(k):
                return i + 1, "staff"
            if low in lex.FAMILY or low in lex.CUSTOMER_SUBJECTS or low in ("guests", "customers", "people"):
                return None
        return None

    def after_noun(self, i: int) -> int:
        """Past what may follow the noun: more nouns, a name, "at the front desk", "members"."""
        while self.low(i) in lex.WORKERS or self.low(i) in ("member", "members", "team", "lady", "guy"):
            i += 1
        while self.low(i) in ("named", "called", "(", ")", "and") or self.is_name(i):
            if self.low(i) == "(" and self.low(i + 2) != ")":
                break
            if self.low(i) in ("and", "named", "called") and not self.is_name(i + 1):
                break
            i += 1
        if self.low(i) == "," and (k := self._after_apposition(i + 1)):
            return k
        if self.low(i) in ("at", "in", "on", "from", "of", "behind", "for"):
            for k in range(i + 2, i + 7):
                if self.low(k) in ("is", "are", "was", "were", "been") and not self.verb_group(k, "staff"):
                    return k  # "the lamp at the pier is carried in": no deed of the lamp's
                if self.low(k) in (",", ".", "and", "who") or self.verb_group(k, "staff") is not None:
                    return k
        return i

    def _after_apposition(self, i: int) -> int:
        """Past "the nurse," in "Petra, the nurse, called" or "who takes orders,"; 0 when it is something else."""
        opens = self.low(i) in ("who", "one", "the", "our", "your", "my", "a", "an", "still") or self.is_name(
            i
        )
        if not opens or (self.low(i) == "who" and self.verb_group(i + 1, "staff")):
            return 0
        for k in range(i + 1, min(i + 11, len(self.tokens))):
            if self.low(k) in lex.CUSTOMER_SUBJECTS or self.low(k) in ("and", "but", ".", ";"):
                return 0
            if self.low(k) == ",":
                return k + 1 if self.verb_group(k + 1, "staff") else 0
        return 0

    def other_verb(self, i: int) -> int:
        """Index after a past verb (or a "didn't …") nobody copies, so that what follows "and" has its subject."""
        k = self.skip(i)
        if self.low(k) in ("didn't", "wouldn't", "couldn't"):
            return end_of(self, k + 2, "")
        if self.low(k) in ("was", "were", "is", "are"):
            return end_of(self, k + 1, "")  # "the staff were friendly and brought us tea"
        lemma = past_lemma(self.low(k))
        return end_of(self, k + 1, lemma) if lemma and lemma not in lex.STATES else 0

    # -- what -----------------------------------------------------------------------------------------

    def verb_group(self, i: int, kind: str) -> tuple[str, int] | None:
        """(base form, index of the word after the verb) when staff's finite verb stands at ``i``."""
        i = self.skip(i)
        low = self.low(i)
        if low in ("would", "will", "did", "do", "does", "used"):
            k = self.skip(i + (2 if low == "used" else 1))
            return (self.low(k), k + 1) if self._base(k) else None
        if low in ("was", "were", "is", "are", "been"):
            k = self.skip(i + 1)
            if self.low(k) in lex.TO_KINDS:
                after = k + (2 if self.low(k + 1) == "enough" else 1)
                if (found := self._infinitive(after)) is not None:
                    return found
            return self._helpful_in(k)
        if self.low(i - 1) in _CONTRACTED:
            if low == "have":
                return None  # "he'd have carried our bags"
            if (done := participle_lemma(low)) and doable(done):
                return done, i + 1
        perfect = ("had", "has", "have") if kind == "staff" else ("had",)
        if low in perfect:
            k = self.skip(i + 1)
            if self.told != "elsewhere" and self.over_when(i):
                return None
            if (done := participle_lemma(self.low(k))) and doable(done):
                return done, k + 1
        through = self.roundabout(i)
        if through is not None:
            return through
        if low == "kept" or (low in ("keep", "keeps") and kind != "name"):
            lemma = ing_lemma(self.low(i + 1))
            if lemma and doable(lemma):
                return f"keep {self.low(i + 1)}", i + 2
        lemma = self._finite(i, kind)
        return (lemma, i + 1) if lemma else None

    def over_when(self, i: int) -> bool:
        """Whether "had" at ``i`` tells what was over when the deed began: "had already locked up when she saw him"."""
        return (
            self.low(i) == "had"
            and bool(_JUST & {self.low(i + 1), self.low(i + 2)})
            and any(
                self.low(k) == "when" and self.low(k + 1) not in ("", "to")
                for k in range(i + 3, len(self.tokens))
            )
        )

    def asking(self, i: int) -> tuple[str, int] | None:
        """ "…, asking how we had slept", "wanting to know if": the question of somebody who works here."""
        if self.low(i) not in ("asking", "wanting") or i == 0:
            return None
        k = i + 1
        if self.low(i) == "wanting":
            if self.low(k) != "to" or self.low(k + 1) not in ("know", "hear"):
                return None
            k += 2
        if self.low(k) in ("me", "us", "him", "her", "them"):
            k += 1
        if self.low(k) not in ("if", "whether", "how", "what"):
            return None
        staff = any(self.is_name(n) or self.low(n) in lex.STAFF_NOUNS | {"she", "he"} for n in range(i))
        return ("ask", k) if staff and self.low(i - 1) not in ("without", "of", "by", "after") else None

    def doing(self, i: int) -> tuple[str, int] | None:
        """ "thanks to Maria for upgrading us", "crew greeting you by name": what staff did, told with -ing.

        Only what is done to the customer or to what is theirs, in a sentence without a complaint.
        """
        lemma = ing_lemma(self.low(i))
        k = self.skip(i + 1)
        if (
            not i
            or lemma not in lex.COPYABLE - {"accommodate"}
            or self.low(k) not in ("me", "us", "you", "my", "our")
        ):
            return None
        before = [t.low for t in self.tokens[:i]]
        if set(before) & (lex.NEGATIVE | lex.NEVER_MEANT):
            return None
        b = i - 1
        while b > 0 and self.low(b) in lex.FILLERS:
            b -= 1
        if self.low(b) in ("for", "and"):
            thanked = next((n for n in range(b, -1, -1) if before[n] in lex.THANKS), -1)
            if thanked >= 0 and "for" in before[thanked:]:
                return lemma, i + 1
        if self.low(b) in (",", "and", "by", "then"):
            return (lemma, i + 1) if self._staff_before(b) else None
        return (lemma, i + 1) if self.low(b) in lex.STAFF_NOUNS else None

    def _staff_before(self, i: int) -> bool:
        """Whether the subject nearest before ``i`` is somebody who works here."""
        for k in range(i - 1, -1, -1):
            if self.low(k) in lex.CUSTOMER_SUBJECTS | lex.FAMILY.keys() | {"it", "you", "which", "that"}:
                return False
            found = self.subject(k)
            if found and found[1] != "customer":
                return found[1] != "vague" or self.low(k) in lex.STAFF_NOUNS
        return False

    def _helpful_in(self, k: int) -> tuple[str, int] | None:
        """ "was very helpful in finding us a room": the verb that tells what was done."""
        for m in range(k, min(k + 4, len(self.tokens))):
            if self.low(m) in _HOW_WELL:
                return None  # praised is how fast or how well, and the deed is anybody's: "quick in offering drinks"
            if not self.low(m).isalpha() or self.low(m) in lex.DETERMINERS | lex.PREPOSITIONS - {"in", "at"}:
                return None
            if self.low(m) in ("in", "at") and m > k:
                lemma = ing_lemma(self.low(m + 1))
                return (lemma, m + 2) if lemma in lex.COPYABLE else None
        return None

    def _infinitive(self, k: int) -> tuple[str, int] | None:
        if self.low(k) != "to":
            return None
        k = self.skip(k + 1)
        return (self.low(k), k + 1) if self._base(k) else None

    def roundabout(self, i: int) -> tuple[str, int] | None:
        """ "took the time to explain", "went out of her way to find", "came over to ask": the verb that counts."""
        if self.low(i) not in ("took", "take", "takes", "went", "go", "goes", "made", "make", "makes",
                               "managed", "proceeded", "came", "come", "comes", "stopped", "insisted",
                               "tried", "arranged", "remembered", "remember", "agreed"):  # fmt: skip
            return None
        if self.low(i) == "agreed" and self.low(i - 1) in _AT_LAST:
            return None
        span = [self.low(k) for k in range(i, min(i + 9, len(self.tokens)))]
        text = " ".join(span)
        found = re.match(
            r"(?:(?:took|takes?) (?:the|their|his|her|some|extra|a lot of|plenty of|so much)? ?(?:extra )?time(?: out)?"
            r"|(?:went|go|goes) (?:out of (?:his|her|their) way|above and beyond|the extra mile|over and above)"
            r"|(?:made|makes?) (?:sure|an effort|every effort|a point|it a point|time)|managed|proceeded|agreed"
            r"|remember(?:ed)?"
            r"|(?:came|comes?|stopped)(?: (?:over|back|up|out|by|down|round|around|in|along|again))?(?: at \w+)?) to ",
            text,
        )
        if not found:
            return None
        return self._infinitive(i + found.group().count(" ") - 1)

    def _base(self, k: int) -> bool:
        low = self.low(k)
        return is_verb(low) and doable(low)

    def _finite(self, i: int, kind: str) -> str | None:
        low = self.low(i)
        if not low.isalpha() and "-" not in low:
            return None
        lemma = past_lemma(low) or (third_lemma(low) if kind != "bare" else None)
        before = i - 1
        while self.low(before) in lex.FILLERS:
            before -= 1
        known = self.low(before) in self.names
        if kind == "name" and past_lemma(low) is None and not known:
            return None  # "Club Europe smooth", "Gonna keep": told in the past, or no subject
        if (
            known and self.told != "elsewhere" and past_lemma(low) is None
        ):  # "Karim takes pictures of every frame"
            habit = third_lemma(low)
            return habit if habit and doable(habit) else None
        follows = self.low(i + 1)
        we_do = self.told == "staff" and self.low(before) in ("we", "i") and bool(follows)
        we_do = we_do and (follows in lex.DETERMINERS or names_something(follows))
        if past_lemma(low) is None and not (self.listed or we_do) and self.low(i + 1) not in _AFTER_PRESENT:
            return None  # "crew small", "staff seats": a present tense takes an object
        if lemma is None and kind in ("staff", "vague", "bare") and is_verb(low):
            lemma = low if self.low(i - 1) not in lex.DETERMINERS else None
        if lemma is None:
            return None
        if lemma in lex.COPYABLE or lemma in ("have",):
            return lemma
        if self.listed:
            return lemma if lemma not in lex.STATES else None
        return lemma if kind != "bare" and (past_lemma(low) or we_do) and doable(lemma) else None
