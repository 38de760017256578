"""Turns all that was told with a deed to the view of those who are to do it; nothing where a word stays open.

"He rang from the van to say he was twenty minutes away" is "Ring from the van to say you are twenty minutes away":
each clause inside gets its subject turned round, and its verb the present where the deed was told in the past."""

from collections.abc import Sequence

from servicestory.wording import lexicon as lex
from servicestory.wording.inner import OPENERS, PRONOUNS, bare_clause, finite_at, goes_with, subject_at
from servicestory.wording.morphology import may_describe, names_something, of_several, past_lemma, third_lemma
from servicestory.wording.sense import (
    AFTER_HER,
    KIN,
    PEOPLE,
    Open,
    Sense,
    as_subject,
    says_whose,
    served_at,
    whom,
    whose,
)
from servicestory.wording.tokens import Word

_TIMELY = frozenset("before after until as since so".split())  # open a clause only where one follows
_THINGS_OPEN = frozenset("this these those here mine ours yours hers".split())
_NOBODY_KNOWS = frozenset(
    f"{who}{cut}"
    for who in "he she they i we you it that there".split()
    for cut in ("", "'d", "'s", "'ve", "'ll", "'m", "'re")
) - {"it", "that", "there"}
_NO_THING = (
    lex.PREPOSITIONS
    | lex.DETERMINERS
    | lex.FILLERS
    | lex.NUMBER_WORDS
    | PEOPLE
    | OPENERS
    | {"and", "or", "to", "no", "not"}
)
_OF_HERS = frozenset("her his their".split())
_TWO = 2


def turn(rest: Sequence[Word], sense: Sense) -> list[str]:
    """What was told after the verb, turned round.

    Raises:
        Open: of a word it stays open who or what it means.
    """
    said: list[str] = []
    k = 0
    while k < len(rest):
        used = _clause(rest, k, said, sense) or _word(rest, k, said, sense)
        k += used
    return said


def _clause(rest: Sequence[Word], k: int, said: list[str], sense: Sense) -> int:
    """Words used up by the opening of a clause at ``k``, its subject and its verb; 0 where none begins."""
    low = rest[k].low
    at = k
    soon = [w.low for w in rest[k : k + 3]] == ["as", "soon", "as"]
    so_that = low == "so" and k + 1 < len(rest) and rest[k + 1].low == "that"
    if low == "that" and k and rest[k - 1].low in lex.PREPOSITIONS:
        sense.refers = True  # "on that side": which one is told before
    if low in OPENERS and not (
        low in _TIMELY and not subject_at(rest, k + (3 if soon else 2 if so_that else 1))
    ):
        if so_that:
            at = k + 2
        elif soon:
            at = k + 3
        else:
            at = k + 1
        if (low == "as" and at == k + 1) or (low == "that" and k and rest[k - 1].low in lex.PREPOSITIONS):
            return 0  # "on that side" points, and opens nothing
        opener = [w.low for w in rest[k:at]]
        if low == "so":
            opener = ["so", "that"]
        sense.inside = True
        if rest[at : at + 1] and rest[at].low == "to":
            said += opener
            return at - k  # "how to store it"
        if low in ("what", "which", "how", "whose", "who"):
            while at < len(rest) and goes_with(low, rest, at):
                opener.append(rest[at].low)
                at += 1
        head = subject_at(rest, at)
        if head is None:
            said += opener  # "which rings tell", "that says how": the opener is the subject
            number = "pl" if _of_many(opener, said[:-1]) else "sg"
            return at - k + finite_at(rest, at, said, number, sense)
        said += opener
    elif not (k and bare_clause(rest, k)):
        return 0
    head = subject_at(rest, at)
    if head is None:
        return 0
    end, number = head
    if end == at + 1 and rest[at].low in PRONOUNS:
        subject, number = as_subject(rest, at, sense)
        said.append(subject)
    else:
        inner = list(rest[at:end])
        n = 0
        while n < len(inner):
            n += _word(inner, n, said, sense)
        sense.acts = sense.acts or inner[-1].low in PEOPLE
    return end - k + finite_at(rest, end, said, number, sense)


def _of_many(opener: list[str], before: list[str]) -> bool:
    """Whether the clause an opener is the subject of speaks of several: "which rings", "people who"."""
    if len(opener) > 1:
        return of_several(opener[-1])
    head = before[-1] if before and opener[0] in ("that", "who", "which") else ""
    return head in ("people", "children", "women", "men", "those") or (
        of_several(head)
        and (
            not third_lemma(head)
            or before[-2:-1] == ["the"]
            or (len(before) > 1 and may_describe(before[-2]))
        )
    )


def _word(rest: Sequence[Word], k: int, said: list[str], sense: Sense) -> int:
    """Appends what stands for the word at ``k``, and tells how many words that used."""
    word, low = rest[k], rest[k].low
    follows = rest[k + 1].low if k + 1 < len(rest) else ""
    if low in ("me", "us"):
        if sense.told == "staff":
            raise Open
        said.append(sense.them)
    elif low in ("my", "our"):
        if sense.told == "staff":
            said.append("your")
        elif follows in KIN or (
            follows in ("little", "old", "youngest", "eldest", "elder", "younger")
            and rest[k + 2 : k + 3]
            and rest[k + 2].low in KIN | {"ones": ""}
        ):
            far = 1 if follows in KIN else 2
            kin = KIN.get(rest[k + far].low, "children")
            said += [sense.their, kin]
            sense.people, sense.one = True, kin not in ("children", "family", "friends", "relatives")
            sense.person = f"the {sense.customer}'s {kin}"
            return 1 + far
        else:
            if follows.removesuffix("'s") in KIN:
                sense.people = sense.one = True
            said.append(sense.their)
    elif low in ("myself", "ourselves"):
        if sense.told == "staff":
            return 1
        said.append("themselves")
    elif low in ("himself", "herself", "themselves"):
        if sense.people or sense.guest:
            said.append("themselves")
    elif low in _OF_HERS and says_whose(rest, k, sense.lemma):
        said.append("your" if _of_who_does_it(rest, k) else whose(low, follows, sense))
    elif low in ("him", "her"):
        if sense.inside and (low, sense.who) in (("him", "he"), ("her", "she")):
            raise Open
        said.append(whom(low, sense))
    elif low in ("it", "its"):
        beside = (
            k and rest[k - 1].low in lex.PREPOSITIONS and not sense.inside
        )  # "a board over it": over another
        of_another = bool(beside and low == "it" and sense.things < _TWO)
        sense.refers = sense.refers or not sense.thing or of_another
        said.append(low)
    elif (
        low == "them"
        and sense.person
        and not sense.people
        and not sense.several
        and not sense.guest
        and not (sense.things_before and not of_several(sense.person))
    ):
        sense.people = True
        said.append(sense.person)
    elif low == "them":
        if not (sense.people or sense.several or (sense.guest and sense.told == "staff")):
            sense.refers = True
        said.append(low)
    elif low in _NOBODY_KNOWS or low in _THINGS_OPEN:
        raise Open
    elif low == "there" and not (k and said and said[-1] in ("to", "from")):
        return 1 if k == len(rest) - 1 and len(said) > 2 else _open()
    elif (
        low in ("one", "ones")
        and (_a_kind(rest, k) or follows in PRONOUNS | {"aside", "apart"})
        and not sense.thing
    ):
        raise Open
    elif (found := served_at(rest, k, sense)) is not None:
        used, them = found
        said.append(them)
        return used
    elif (
        low == "and"
        and k
        and past_lemma(follows)
        and sense.past
        and k > 1
        and _after_clause(rest, k)
        and not may_describe(follows)
    ):
        said += ["and", past_lemma(follows) or follows]  # "until it was dry and held"
        return 2
    else:
        verb = k and rest[k - 1].low in ("to", "and") and follows in ("it", "them", "and")
        kind = follows in ("one", "ones") or verb
        if low.isalpha() and names_something(low) and low not in _NO_THING and not kind:
            sense.thing = True
            sense.things += not may_describe(low)
        if low in PEOPLE:
            sense.people = True
            sense.one = not of_several(low) and low not in (
                "people",
                "children",
                "everyone",
                "everybody",
                "families",
            )
        elif (
            (of_several(low) and names_something(low) and not third_lemma(low))
            or low in ("mice", "feet", "teeth")
            or (of_several(low) and k and rest[k - 1].low not in PRONOUNS)
        ):
            sense.several = True
        if low == "couldn't":
            raise Open
        named = word.text[0].isupper() and word.text not in lex.CAPITALS
        if low in sense.names and named:
            said.append("a colleague")
        elif named and low not in lex.STAFF_NOUNS and k + 0 >= 0 and not word.text.isupper():
            raise Open
        else:
            said.append(word.text if word.text in lex.CAPITALS else low)
    return 1


def _of_who_does_it(rest: Sequence[Word], k: int) -> bool:
    """Whether "his" at ``k`` can be the doer's alone: "knelt beside her with his back turned"."""
    others = {"his": "her", "her": "him"}.get(rest[k].low, "")
    body = k + 1 < len(rest) and rest[k + 1].low in lex.BODY
    return bool(body and k and rest[k - 1].low == "with" and others in [w.low for w in rest[: k - 1]])


def _a_kind(rest: Sequence[Word], k: int) -> bool:
    """Whether "one" at ``k`` is one of a thing named elsewhere: "the right one", "another one"."""
    before, follows = rest[k - 1].low, rest[k + 1].low if k + 1 < len(rest) else ""
    return (before in lex.DETERMINERS or may_describe(before)) and (follows in AFTER_HER or not follows)


def _open() -> int:
    raise Open


def _after_clause(rest: Sequence[Word], k: int) -> bool:
    return any(w.low in ("until", "before", "when", "while", "so") for w in rest[:k])


def several_things(before: Sequence[Word]) -> bool:
    """Whether these words name several things, and no people: "cut the tablets in half"."""
    return any(
        of_several(w.low)
        and names_something(w.low)
        and w.low not in _NO_THING | lex.FINITE_BE | {"us", "as", "has", "does"}
        and (not third_lemma(w.low) or before[k].low in lex.DETERMINERS or may_describe(before[k].low))
        for k, w in enumerate(before[1:])
    )
