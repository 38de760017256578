"""Who is who in what was told of a deed, as whoever is to do it says it; nobody, where it stays open."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from servicestory.wording import lexicon as lex
from servicestory.wording.morphology import (
    is_verb,
    names_something,
    of_several,
    past_lemma,
    says_how,
    third_lemma,
)
from servicestory.wording.tokens import Told, Word
from servicestory.wording.until import SERVED_DO

_KIN_TOO = {"grandfather": "relative", "grandpa": "relative", "granddad": "relative", "gran": "relative",
            "granny": "relative", "nan": "relative", "aunt": "relative", "uncle": "relative", "nephew": "child",
            "niece": "child", "cousin": "relative", "twins": "children", "stepson": "child", "girls": "children",
            "girl": "child", "brothers": "relatives", "sisters": "relatives"}  # fmt: skip
KIN = {**lex.FAMILY, **_KIN_TOO}
PEOPLE = (
    lex.SERVED
    | KIN.keys()
    | frozenset(
        """people someone somebody everyone everybody anyone families donors children class beginners wearer wearers
    newcomers arrivals neighbours parents others""".split()
    )
)
_WORN = lex.OWN_THINGS | frozenset("watch glasses torch pencil notebook apron gloves sleeves screen".split())
_OF_WHO_ACTS = _WORN | frozenset(
    "own number card desk office car van break shift hands lunch boots shoes tools toolbox overalls".split()
)
SOMEBODY = frozenset("someone somebody anyone anybody".split())
AFTER_HER = (
    lex.PREPOSITIONS
    | lex.DETERMINERS
    | lex.CLAUSE_OPENERS
    | frozenset(", and . here there home back again alone first too to sit walk then twice".split())
)
_CHILDREN = {"boy": "child", "girl": "child", "toddler": "child", "kid": "child", "boys": "children",
             "girls": "children", "kids": "children", "toddlers": "children"}  # fmt: skip


class Open(Exception):
    """A word of which nobody who does not know the story can tell what it means."""


@dataclass
class Sense:
    """Who is who in what was told of a deed."""

    customer: str
    told: Told
    who: str  # the doer in lower case: a pronoun, a name or a noun
    past: bool  # told in the past
    names: Collection[str]
    person: str = ""  # somebody spoken of before, as a step says them: "the customer's child"
    lends: bool = False  # what is done is that something is lent
    things_before: bool = False  # several things were, and "them" may be those
    thing: bool = False  # a thing was named before in the same step
    lemma: str = ""  # the verb of what is done
    guest: bool = field(default=False, init=False)  # the customer was named in the step
    people: bool = field(default=False, init=False)  # somebody else was
    one: bool = field(default=False, init=False)  # and only one of them
    acts: bool = field(default=False, init=False)  # and does something in a clause of what was told
    several: bool = field(default=False, init=False)  # things were named in the plural
    generic: bool = field(default=False, init=False)  # the customer is any of them: "each client … they"
    things: int = field(default=0, init=False)  # how many were named
    inside: bool = field(default=False, init=False)  # in a clause of what was told
    whom: str = field(
        default="", init=False
    )  # "she" where the doer and whom it was done for both may be "she"
    called: str = field(default="", init=False)  # "she" where somebody told of before a named doer is
    refers: bool = field(default=False, init=False)  # "it" or "them" is what a step before names

    @property
    def them(self) -> str:
        """The customer, named or once more."""
        self.guest, again = True, self.guest
        return "them" if again else f"the {self.customer}"

    @property
    def their(self) -> str:
        self.guest, again = True, self.guest
        return "their" if again else f"the {self.customer}'s"


def as_subject(rest: Sequence[Word], at: int, sense: Sense) -> tuple[str, str]:
    """The subject of a clause inside, turned round, and its number."""
    low = rest[at].low
    if low in ("it", "there", "nobody", "everyone", "everybody"):
        if low == "it":
            sense.refers = sense.refers or (not sense.thing and rest[at - 1].low == "until")
            sense.thing = True
        return low, "same" if low == "there" else "sg"
    if low == "you":
        raise Open
    if low in SOMEBODY:
        again = sense.guest or sense.people
        sense.people = True
        return ("they", "pl") if again else (low, "sg")
    mine = low in ("i", "we")
    if mine and sense.told == "staff":
        return "you", "pl"
    if low in ("he", "she") and _of_a_third(rest, at, sense):
        raise Open
    if low in ("he", "she") and sense.told == "staff" and rest[at - 1].low == "before" and sense.guest:
        if not sense.generic:
            raise Open
        return "you", "pl"
    if mine or _is_customer(low, sense):
        again = sense.guest
        sense.generic = sense.generic or low == "they"
        subject = sense.them
        return ("they", "pl") if again else (subject, "sg")
    doers = sense.who in ("they", "we") or (of_several(sense.who) and sense.who not in sense.names)
    if low == "they":
        if sense.people or sense.guest or (sense.several and not doers):
            return "they", "pl"
        if doers:
            return "you", "pl"
        if sense.person:
            return _named(sense)
        raise Open
    opener = rest[at - 1].low
    if sense.whom == low and opener not in _AS_THEY_DO:
        raise Open  # "she sat beside her so that she did not have to look up": who of the two?
    same = (low, sense.who) in (("he", "he"), ("she", "she"), ("they", "they"))
    if low in ("he", "she") and not sense.people and not same and _theirs_to_want(rest, at):
        if not sense.person:
            raise Open
        return _named(sense)
    if rest[at - 1].low == "before" and not same and _served_do(rest, at):
        raise Open
    waits = opener == "while" and (sense.one or bool(sense.person)) and _served_do(rest, at)
    theirs = waits or (low, sense.who) in (("he", "she"), ("she", "he"))
    if sense.one and sense.people and (theirs or sense.acts or rest[at - 1].low not in _AS_THEY_DO):
        return "they", "pl"
    opener = rest[at - 1].low
    if (
        low in ("he", "she")
        and sense.told == "staff"
        and sense.person == f"the {sense.customer}"
        and opener not in _AS_THEY_DO
    ):
        return _named(sense)
    if opener == "until" and not sense.person:
        raise Open  # "listened until he was finished": who of the two?
    if theirs and sense.told == "here" and not sense.person:
        raise Open  # somebody of another sentence
    if sense.person and not sense.people and theirs:
        return _named(sense)
    return "you", "pl"


def _of_a_third(rest: Sequence[Word], at: int, sense: Sense) -> bool:
    """Whether the news told to somebody may be of neither the teller nor them: "called them to say he was awake".

    Of a named doer whom the sentence before did not speak of as "she", "to say she is late" is their own.
    """
    low = rest[at].low
    if not _news(rest, at) or low == sense.who:
        return False
    if sense.told != "staff":
        return sense.called == low and not sense.person
    return not any(_SUBJECT.get(w.low) == low for w in rest[:at])


def _news(rest: Sequence[Word], at: int) -> bool:
    """Whether what begins at ``at`` is what somebody is told: "to say he", "tell us she", "let them know he"."""
    before = [w.low for w in rest[max(0, at - 4) : at] if w.low != "that"]
    return before[-1:] in (["say"], ["know"]) or bool({"tell", "told", "telling"} & set(before[-3:-1]))


_AS_THEY_DO = frozenset(("before", "while"))


def _served_do(rest: Sequence[Word], at: int) -> bool:
    """Whether "he" in "before he paid" is rather whom the house serves."""
    did = rest[at + 1].low if at + 1 < len(rest) else ""
    return (past_lemma(did) or third_lemma(did) or did) in SERVED_DO


def _theirs_to_want(rest: Sequence[Word], at: int) -> bool:
    """Whether "he" in "what he must not eat", "which chair he needed" is rather whom the house serves."""
    if not any(w.low in _QUESTIONS for w in rest[max(0, at - 3) : at]):
        return False
    verbs = [w.low for w in rest[at + 1 : at + 4] if w.low not in _HELPING]
    did = verbs[0] if verbs else ""
    return (past_lemma(did) or third_lemma(did) or did) in _WANTS


_QUESTIONS = frozenset("what which how where when whether if whom".split())
_HELPING = frozenset("must mustn't can cannot can't could couldn't may should not never would".split())
_WANTS = frozenset(
    "need want like dislike prefer love hate fear eat drink wear sleep sit take swallow hear feel".split()
)


def _named(sense: Sense) -> tuple[str, str]:
    sense.people = sense.one = True
    return sense.person, "pl" if of_several(sense.person) else "sg"


def _is_customer(low: str, sense: Sense) -> bool:
    """Whether "she" in what a colleague tells is whom they served."""
    other = (low, sense.who) in (("she", "he"), ("he", "she"))
    if sense.told != "staff" or sense.people:
        return False
    if low == "they":
        return not (sense.who == "they" or of_several(sense.who)) and not sense.several
    asked = sense.lemma == "ask" and sense.called == low  # "phoned him and asked how he had slept"
    return sense.who in ("i", "we") or other or asked or (sense.guest and not sense.generic)


def says_whose(rest: Sequence[Word], k: int, lemma: str) -> bool:
    """Whether "her" at ``k`` says whose, and not whom; ``lemma`` is the verb ``rest`` stands after."""
    follows = rest[k + 1].low if k + 1 < len(rest) else ""
    does = (rest[k - 1].low if k else lemma) == "let" and _what_she_does(rest, k + 1)
    return rest[k].low != "her" or bool(
        follows.isalpha() and follows not in AFTER_HER and not says_how(follows) and not does
    )


def _what_she_does(rest: Sequence[Word], k: int) -> bool:
    """Whether what stands at ``k`` is what she is let do, and no thing of hers: "let her try it"; "let her dog out"."""
    low = rest[k].low if k < len(rest) else ""
    to = rest[k + 1].low if k + 1 < len(rest) else ""
    return is_verb(low) and (not names_something(low) or not to.isalpha() or to in _DONE_TO)


_DONE_TO = lex.DETERMINERS | frozenset("and it them him me us one himself herself".split())


def whose(low: str, follows: str, sense: Sense) -> str:
    if sense.lends and not sense.inside and low != "their" and not sense.thing:
        return "your"  # nobody is lent what is their own
    if sense.people or (sense.guest and sense.told == "staff"):
        return "their"
    plural = low == "their"
    mine = (low, sense.who) in (("her", "she"), ("his", "he"), ("their", "they"))
    named = sense.who in sense.names and not plural
    if sense.person and not (follows in _WORN and (mine or named)):
        sense.people, sense.one = True, not of_several(sense.person)
        return f"{sense.person}'s" if not sense.person.endswith("s") else f"{sense.person}'"
    if sense.lemma in lex.DONE_TO_A_BODY and follows in lex.BODY and sense.told != "staff":
        return sense.their
    if follows.removesuffix("'s") in KIN:
        return sense.their  # nobody takes their own daughter to work
    if (mine or named) and sense.told != "staff" and follows not in _OF_WHO_ACTS:
        raise Open  # "she held her bag": whose of the two?
    if named and sense.called == _SUBJECT.get(low):
        raise Open  # "her files got lost. Rui wrote it in her own words": Rui, or whose files they were?
    if mine or named or follows in _WORN:
        return "your"
    if sense.told == "staff":
        return sense.their
    if plural and sense.thing:
        return "their"
    raise Open


_SUBJECT = {"him": "he", "his": "he", "her": "she", "hers": "she"}


def called_before(words: Collection[Word], names: Collection[str]) -> str:
    """The one of "he" and "she" by which words speak of somebody they do not name; else empty."""
    if any(w.low in names for w in words):
        return ""
    said = {_SUBJECT.get(w.low, w.low) for w in words} & {"he", "she"}
    return said.pop() if len(said) == 1 else ""


def whom(low: str, sense: Sense) -> str:
    """What is said for "him" or "her" at a place where somebody else than the doer is meant."""
    if sense.who == (subject := _SUBJECT[low]) or sense.who in sense.names:
        sense.whom = subject
    if sense.people or (sense.guest and sense.told == "staff"):
        return "them"
    if sense.person:
        sense.people, sense.one = True, not of_several(sense.person)
        return sense.person
    if sense.told == "staff":
        return sense.them
    raise Open


def served_at(rest: Sequence[Word], k: int, sense: Sense) -> tuple[int, str] | None:
    """(words used, how it is said) where somebody served stands at ``k``: "each client", "the new guest's", "the boy"."""
    low = rest[k].low
    if low not in lex.DETERMINERS | {"no"}:
        return None
    n = k + 1
    while n < len(rest) and rest[n].low in ("new", "next", "other", "single", "old", "dear"):
        n += 1
    if n >= len(rest):
        return None
    noun = rest[n].low
    owner = noun.endswith(("'s", "s'"))
    plain = noun.removesuffix("'s").removesuffix("'")
    after = rest[n + 1].low if n + 1 < len(rest) else ""
    if plain in _CHILDREN:
        sense.people = True
        sense.one = not of_several(plain)
        new = _CHILDREN[plain]
        lead = [w.low for w in rest[k:n]]
        return n + 1 - k, " ".join([*lead, f"{new}'s" if owner else new])
    if plain not in lex.SERVED or (
        after and not owner and after not in AFTER_HER and names_something(after) and not past_lemma(after)
    ):
        return None  # "the guest list"
    if sense.told == "here" and low in ("another", "a", "an", "some"):
        sense.people = True
        return None
    if low in ("each", "every") and not owner and after in ("on", "in", "at", "from", "without"):
        sense.guest = True
        return n + 1 - k, f"every {sense.customer}"
    if n > k + 1 and rest[k + 1].low == "new" and low in ("each", "every"):
        again = f"every new {sense.customer}"
        sense.guest = True
        return n + 1 - k, f"{again}'s" if owner else again
    return n + 1 - k, sense.their if owner else sense.them


def person_before(words: Sequence[Word], customer: str, told: Told) -> str:
    """Whom the words before a deed speak of last, besides the teller and the house: "the customer's child", else empty."""
    for k in range(len(words) - 1, -1, -1):
        low = words[k].low.removesuffix("'s")
        if low in KIN and KIN[low] not in ("dog", "cat", "colleague", "group"):
            mine = {w.low for w in words[max(0, k - 3) : k]} & {"my", "our"}
            return (
                f"the {customer}'s {KIN[low]}" if mine else f"the {customer if told == 'staff' else KIN[low]}"
            )
        if low in SOMEBODY or (low in lex.SERVED and told == "staff"):
            return f"the {customer}"
    return ""
