"""Who "him", "her room" and "Mrs Hale" are when a colleague or a relative tells: the customer, or nobody we know."""

import re

from servicestory.offices import OFFICES
from servicestory.wording import lexicon as lex
from servicestory.wording.morphology import is_verb, names_something, of_several, says_how
from servicestory.wording.tokens import Word

# Verbs whose object is a person; "them" after others may be the towels.
_TO_PEOPLE = frozenset(
    """accompany ask bring call comfort drive escort film find fetch give greet guide hand help lead lend make offer
    phone reassure ring send serve show sketch draw take teach tell telephone text thank visit walk warn welcome
    wish wake write print pack book remind advise inform invite offer read pour cook upgrade meet join seat sit let
    have get save leave""".split()
)
# What belongs to the customer rather than to whoever serves: "her room", "his exercises".
_THEIRS = frozenset(
    """room rooms bed bedside table seat seats arrival order birthday anniversary exercises timetable schedule
    programme plan treatments stay appointment payslip reservation booking flight plate allergy medication wishes
    preferences departure needs diet wheelchair walker knee hip""".split()
)
_TITLES = frozenset("mr mrs ms miss dr herr frau madame monsieur".split())
_PEOPLE = frozenset(
    "guest guests customer customers patient patients client clients visitor visitors passenger passengers "
    "gentleman lady couple resident residents arrivals newcomers everyone everybody".split()
)
_OF_US = frozenset("every each all both one two three four five six seven eight nine most".split())
_NOT_A_NOUN = (
    lex.PREPOSITIONS
    | lex.DETERMINERS
    | lex.CLAUSE_OPENERS
    | frozenset("and , . ; : there here home back again then too alone first twice".split())
)


def as_customer(
    rest: list[Word],
    lemma: str,
    who: str,
    names: frozenset[str],
    own: bool = False,
    here: bool = False,
    spoken_of: frozenset[str] = frozenset(),
) -> list[Word]:
    """``rest`` with the customer as ``us`` and ``our``, where the words leave no doubt that it is they.

    Args:
        rest: what follows the verb.
        lemma: the verb's base form.
        who: the subject, lower case: "she", "he", "they", a name or a noun.
        names: lower-case names of people who work here; never the customer.
        own: the customer tells it, as "I" or "we", so that "them" and "everyone" are others.
        spoken_of: "him" and "her" that were said of somebody before in the sentence.
        here: told here: "a reader", "the tenant" are whom the house serves, and who does something is no customer.
    """
    people = _PEOPLE | lex.SERVED if here else _PEOPLE
    made: list[Word] = []
    theirs: set[str] = set()  # "his exercises on his phone": the second is the customer's as the first
    k = 0
    while k < len(rest):
        if rest[k].low in theirs:
            made.append(Word("our", "our", rest[k].start, rest[k].end))
            k += 1
            continue
        used, said = (
            (0, "")
            if own and rest[k].low in _OTHERS
            else _person(rest, k, lemma, who, names, people, spoken_of)
        )
        if used:
            first, last = rest[k], rest[k + used - 1]
            if used == 1 and said == "our":
                theirs.add(first.low)
            made.append(Word(said, said, first.start, last.end))
            k += used
            continue
        made.append(rest[k])
        k += 1
    return made


def with_child(rest: list[Word], child: str) -> list[Word]:
    """``rest`` with the customer's child, named just before, as "my child" for "him" and "her"; ``child`` may be empty."""
    made: list[Word] = []
    for k, word in enumerate(rest):
        after = rest[k + 1].low if k + 1 < len(rest) else ""
        if (
            child
            and word.low in ("his", "her")
            and after in lex.OWN_THINGS
            and k
            and rest[k - 1].low in _UPON
        ):
            made.append(Word("our", "our", word.start, word.end))  # "filmed it on his phone", of the child
            continue
        whole = word.low == "him" or (word.low == "her" and (not after or after in _NOT_A_NOUN))
        if child and whole:
            made += [Word(said, said, word.start, word.end) for said in ("my", child)]
        else:
            made.append(word)
    return made


_UPON = frozenset("on in into onto".split())
_OWNERS = frozenset("owner owner's owners' owners".split())
_OTHERS = frozenset("them everyone everybody their".split())


def _person(
    rest: list[Word],
    k: int,
    lemma: str,
    who: str,
    names: frozenset[str],
    people: frozenset[str] = _PEOPLE,
    spoken_of: frozenset[str] = frozenset(),
) -> tuple[int, str]:
    """(words used, what to say instead) when the customer stands at ``k``; (0, "") otherwise."""
    low = rest[k].low
    after = rest[k + 1].low if k + 1 < len(rest) else ""
    before = rest[k - 1].low if k else ""
    if people is not _PEOPLE and low in ("his", "her", "its", "their") and after in _OWNERS:
        return 2, "our" if after.endswith("s") else "us"  # of an animal
    if people is not _PEOPLE and low in ("a", "an") and before in ("of", "for") and after in OFFICES:
        return 2, "us"  # "the wheel of a courier": whoever it is by trade
    if k == 0 and people is not _PEOPLE and _recipient(rest, lemma):
        return 2, "us"
    if low == "the" and after in _OF_US and (found := _of_us(rest, k)):
        return found, "us"  # "for the three of us"
    if low.removesuffix("'s") in _KIN and rest[k].text[:1].isupper() and before not in _US:
        return 1, "our" if low.endswith("'s") else "us"  # their child tells of "Mum"
    if low in _OF_US and (found := _of_us(rest, k)):
        return found, "us"
    if low in _TITLES and after:
        used = 2
        while k + used < len(rest) and rest[k + used].low in (".",):
            used += 1
        if rest[k + 1].text[:1].isupper() and rest[k + 1].low.removesuffix("'s") not in names:
            return used, "our" if rest[k + 1].low.endswith("'s") else "us"
    if low in ("the", "a", "an", "each", "every", "all", "other", "any") and (
        found := _guest(rest, k, people)
    ):
        owner = rest[k + found - 1].low.endswith(("'s", "s'"))
        return found, "our" if owner else "us"
    if (low, who) in (("she", "he"), ("he", "she")) and before and lemma == "ask":
        return 1, "we"  # "he asked which arm she could use"
    if (
        low in ("he", "she")
        and lemma == "ask"
        and k
        and people is not _PEOPLE
        and _was_asked(rest[:k], people, who)
    ):
        return 1, "we"  # "asked the tenant what he liked best"
    if (
        low in ("he", "she")
        and who not in ("he", "she", "they")
        and before in ("if", "whether", "how", "what")
    ):
        theirs = ("his", "him") if low == "he" else ("her",)
        if any(w.low in theirs for w in rest[:k]):
            return 1, "we"  # "Petra called his room to hear how he had slept"
    if (
        low == "the"
        and before == "for"
        and lemma in ("keep", "save")
        and [w.low for w in rest[k + 2 : k + 3]] == ["ones"]
    ):
        return 3, "us"  # "kept soup hot for the hungry ones"
    if re.fullmatch(r"(?:guest|customer|patient|client|passenger|visitor)s", low) and (
        not k or before in lex.PREPOSITIONS
    ):
        return 1, "us"
    asked = any(w.low in _US for w in rest[:k]) and lemma in _BIDDING  # "asked me to follow him"
    if low == "him":
        return (0, "") if asked or _a_child(rest, k) else (1, "us")
    if low in ("everybody", "everyone") and (k == 0 or before == "ask") and lemma in _TO_PEOPLE:
        return 1, "us"
    if (
        low == "her"
        and not asked
        and (
            not after
            or after in _NOT_A_NOUN
            or "-by-" in after
            or (k == 0 and _does(lemma, after))
            or says_how(after)
        )
    ):
        return 1, "us"
    if low in ("him", "them") and before == "for":
        return 1, "us"  # "kept soup for them"
    if low == "them" and lemma in _TO_PEOPLE and (k == 0 or before in _AT_SOMEBODY) and not asked:
        if k == 0 and lemma in _HANDED_ON and after == "to" and people is not _PEOPLE:
            return 0, ""  # "sent them to the whole office": pictures, or people?
        return (1, "us") if lemma not in ("bring", "take", "leave", "fetch", "find") or k else _given(rest, k)
    if low in ("his", "her", "their") and after:
        if lemma == "lend" and low != "their" and before not in lex.PREPOSITIONS:
            return 0, ""  # nobody is lent what is their own
        return _owned(rest, k, who, people, spoken_of)
    return 0, ""


_HANDS_OVER = frozenset("bring give hand leave lend offer read send show teach tell write".split())
_PERSON = re.compile(r"\w{3,}(?:er|or|ist|ian|ee|ant|man|woman)s?")


def _recipient(rest: list[Word], lemma: str) -> bool:
    """Whether what follows the verb is somebody who is given something: "left the farmer a list"."""
    lows = [w.low for w in rest[:3]]
    if len(lows) < 3 or lows[0] != "the" or lows[2] not in _ONE_MORE or not lows[1].isalpha():
        return False
    if lex.by_trade(lows[1]) or lows[1] in lex.FAMILY or lows[1] in lex.HOUSE_NOUNS:
        return False
    return lemma in _HANDS_OVER and _PERSON.fullmatch(lows[1]) is not None


_ONE_MORE = frozenset("a an the some all their his her".split())
_HANDED_ON = frozenset("give hand lend offer print read send show write".split())
# "With the tape measure in them": nobody does anything in or on a customer.
_AT_SOMEBODY = lex.PREPOSITIONS - frozenset("in into inside on onto over under through across within".split())
_KIN = frozenset("mum mom dad mother father grandma grandpa granny grandad nan".split())
_US = frozenset(("me", "us", "our", "my"))


def _a_child(rest: list[Word], k: int) -> bool:
    """Whether the teller is the customer, so that "him" is somebody of theirs: "brought him down to our table"."""
    return any(w.low in _US for w in rest[k + 1 :])


_BIDDING = frozenset("ask tell invite let allow remind advise encourage".split())


def _owned(
    rest: list[Word],
    k: int,
    who: str,
    people: frozenset[str] = _PEOPLE,
    spoken_of: frozenset[str] = frozenset(),
) -> tuple[int, str]:
    """Whether "his", "her" or "their" at ``k`` is the customer's."""
    low, after = rest[k].low, rest[k + 1].low
    other = (who == "she" and low == "his") or (who == "he" and low == "her")
    other = other or (
        low == "their" and who not in ("they", "") and not who.endswith("s") and who not in _MANY
    )
    # nothing of "mine" is hers, but of my mother's it may be: "gave me a pen from her drawer"
    ours = _US if low == "their" else ("my", "our")
    named = people is not _PEOPLE and any(w.low in people or w.low in ours for w in rest[:k])
    other = other or who in ("i", "we") or (named and after not in lex.OWN_THINGS)
    other = other or bool(spoken_of & (_HIS if low == "his" else _HERS if low == "her" else frozenset()))
    other = other or (people is not _PEOPLE and after in lex.FAMILY)
    if after == "own" and low == "their" and k and rest[k - 1].low == "of" and _of_things(rest[:k], people):
        return 0, ""  # "packed the letters in a box of their own": the letters'
    if after == "own":
        return (1, "our") if other else (0, "")
    noun = next((w.low for w in rest[k + 1 : k + 4] if w.low in _THEIRS or w.low in _NOT_A_NOUN), "")
    if other or noun in _THEIRS or (after in lex.FAMILY and other):
        return 1, "our"
    return 0, ""


def _of_things(before: list[Word], people: frozenset[str]) -> bool:
    """Whether several things, and nobody, were named before: "their own" is then theirs."""
    lows = [w.low for w in before]
    if any(low in people or low in lex.FAMILY or low in _US or low in ("him", "her", "them") for low in lows):
        return False
    return any(of_several(low) and names_something(low) for low in lows)


def _was_asked(before: list[Word], people: frozenset[str], who: str) -> bool:
    """Whether the one named before was asked a question, so that the next "she" in it is the same person."""
    lows = [w.low for w in before]
    named = lows[0] in ("the", "every", "each") and set(lows[1:3]) & (people | lex.FAMILY.keys())
    asked = next((k for k, low in enumerate(lows) if low in _QUESTIONS), 0)
    return bool(named and asked and who not in lex.STAFF_PRONOUNS)


_QUESTIONS = frozenset("how if what when where whether which why".split())
_HIS, _HERS = frozenset(("him",)), frozenset(("her",))
_MANY = frozenset("staff team crew housekeeping reception desk".split())


def _does(lemma: str, after: str) -> bool:
    """Whether the word after "her" is what she is let or helped to do."""
    return lemma in ("let", "help", "have", "make", "watch") and is_verb(after) and after not in _THEIRS


def _given(rest: list[Word], k: int) -> tuple[int, str]:
    """Whether "them" is given something ("brought them tea") rather than brought ("brought them up")."""
    after = rest[k + 1].low if k + 1 < len(rest) else ""
    return (1, "us") if after in lex.DETERMINERS | lex.NUMBER_WORDS else (0, "")


def _of_us(rest: list[Word], k: int) -> int:
    """Length of "every one of us", "all three of us", "each of them"; 0 when it is not that."""
    for m in range(k + 1, min(k + 4, len(rest))):
        if rest[m].low == "of" and m + 1 < len(rest) and rest[m + 1].low in ("us", "them", "you"):
            return m + 2 - k
        if rest[m].low not in _OF_US:
            return 0
    return 0


def _guest(rest: list[Word], k: int, people: frozenset[str] = _PEOPLE) -> int:
    """Length of "the new gentleman", "every guest", "the guest's"; 0 when it is not that."""
    for m in range(k + 1, min(k + 4, len(rest))):
        low = rest[m].low
        if re.sub(r"'s?$", "", low) in people:
            after = rest[m + 1].low if m + 1 < len(rest) else ""
            thing = (
                after
                and not low.endswith(("'s", "s'"))
                and after not in _NOT_A_NOUN
                and not after.endswith("ly")
            )
            return 0 if after == "of" or (thing and low.endswith("t")) else m + 1 - k  # "the guest list"
        if low in _NOT_A_NOUN:
            return 0
    return 0
