"""Deeds cut out of a passage plainly: a verb after who did it and what follows, as an instruction."""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from servicestory.detect.words import word_set
from servicestory.wording.lexicon import DETERMINERS, FAMILY, PLACING, PREPOSITIONS, SERVED, WORKERS

WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*(?:(?<=s)'(?=\s))?|[^\w\s]|\d+")
WIDEST = 12
"""Words in a name: a deed and its moment, where a few words of it could be any deed."""
DANGLING = word_set(
    """be to the a an and or of for with at by on in from that which their them as so all throughout into
    about than then it its his her not was were is are other another some any this that these those every each
    what who whom whose which how whether where when while until"""
)
BREAKS = word_set("and or but so then who which that when while because if where until till though as")
NO_DEED = word_set(
    """be have do say tell know think want get see look come go seem feel like love need let
    can may must shall will"""
)
THINGS = word_set("crew ground saw bit rose wound dove")
SOMEBODY = word_set("i we he she they it you your yours himself herself themselves myself yourself")
MOVES = PLACING | word_set("take walk carry bring escort guide drive")
_STATES = word_set("there was were is are had")
OBJECTS = word_set("me us him them")
NO_NOUN = word_set(
    """a an the this that these those some another to on in at by for with over under up down out off back
    round around along through into onto from aside away there here home"""
)
_BETWEEN = word_set("had has have also then just even always")
_ASKED = word_set("what how whether why whose whom")
_HIS_OR_HER = word_set("his her their")
OWN_BODY = word_set(
    "head hand hands arm arms eye eyes face finger fingers knee knees shoulder shoulders foot feet lap mind"
)
"""Where "she" or "Ada" held "her hand", it is open whose it was."""
SUBJECTS = word_set("i we she he they")
POSSESSIVE = word_set("my our his their")
_PEOPLE = SUBJECTS | OBJECTS | POSSESSIVE | {"her"}
CALLED_SO = SERVED | FAMILY.keys()
"""Who is served, said without an article: "let grandma try it"."""
HAS_DO = {"have": "have", "let": "let", "make": "have"}
"""Whoever "had him try" or "let her choose" did something: somebody else then does it."""
WITH_THINGS = PLACING | word_set("bring leave keep save post send mail pack store stow tie sew print stack")
"""What is done with things rather than with people: "them" are things then."""
_GOES_ALONG = word_set("go come")
_OTHERS_DO = BREAKS - {"and", "then"} | word_set("before after once since unless")
"""From here on it may be somebody else who does something."""
_LIES = word_set("down on in next beside under there")
"""Who "lay down next to him" did not lay anything down."""
ENDS = frozenset('.!?;:"“”()—–')


def cut_out(
    text: str, customer: str, hidden: Collection[str], customers: bool = False
) -> tuple[list[str], list[str]]:
    """What somebody did, cut out plainly: a verb after who did it, and what follows up to the next break.

    First what somebody named did, then what a "she" or "we" did. What the same one did besides ("took his
    coat and hung it over the stove") is cut out as well. Where "I" and "we" are ``customers``,
    what they did is left out.
    """
    words = WORD.findall(text.replace("’", "'"))
    found: tuple[list[str], list[str]] = ([], [])
    known = [word.lower() in hidden and word[0].isupper() for word in words]
    for before, named in doers(words, known, not customers):
        for at, lemma in verbs(words, before + 1, named):
            said = _deed(words, at, lemma, customer, hidden)
            found[not named].extend([said] if said else [])
    return found


def doers(words: Sequence[str], known: Sequence[bool], tellers: bool) -> Iterator[tuple[int, bool]]:
    """Where somebody stands who may have done something as one who works here, and whether by name.

    Args:
        known: by word, whether it names one who works here.
        tellers: whether "I" and "we" may be theirs.
    """
    low = [word.lower() for word in words]
    kin = [at for at, pair in enumerate(pairwise(low), 1) if pair[0] in ("my", "our") and pair[1] in FAMILY]
    # whoever tells of a family of their own is most likely served
    who = SUBJECTS if tellers and not kin else SUBJECTS - {"i", "we"}
    # and "she" is one of these where nobody who works here was told of before
    here = next((n for n, word in enumerate(low) if known[n] or word in WORKERS), len(low))
    for at, word in enumerate(low[:-1]):
        of_kin = word in ("she", "he") and bool(kin) and kin[0] < at < here
        if known[at] or (word in who and not of_kin):
            yield at, known[at]


def verbs(words: Sequence[str], at: int, named: bool) -> Iterator[tuple[int, str]]:
    """Where the verbs of one doer stand, each with its base form: the first, and those joined to it."""
    from servicestory.wording.morphology import past_lemma, third_lemma

    first = True
    while at < len(words) - 1:
        while at < len(words) - 1 and (words[at].lower() in _BETWEEN or words[at].lower().endswith("ly")):
            if words[at].lower() == "had" and somebody_does(words, at):
                break
            at += 1
        if at == len(words) - 1:
            return  # "She quickly ran": nothing says what was done
        verb = words[at].lower()
        lemma = past_lemma(verb) or (third_lemma(verb) if named else None)
        if lemma is None and first and not (named and verb == "and"):
            return
        if lemma is not None and verb not in THINGS and not used_to(words, at):
            follows = words[at + 1].lower()
            # "found nothing, then cracked bolts": without a small word it may as well say what they were like
            small = NO_NOUN | PREPOSITIONS | DETERMINERS | OBJECTS | {"her", "it"}
            if first or follows in small or (verb in HAS_DO and follows in CALLED_SO):
                yield at, "lie" if verb == "lay" and follows in _LIES else lemma
        first = False
        # on to the next verb of the same doer: after "and", "then" or a comma
        while at < len(words) - 2:
            at += verb not in ("and", ",")
            verb = words[at].lower()
            if verb in _OTHERS_DO or verb in ENDS or verb in SUBJECTS:
                return
            at += verb in ("and", "then", ",")
            if verb in ("and", "then", ","):
                break
        else:
            return


def somebody_does(words: Sequence[str], at: int) -> bool:
    """Whether the word at ``at`` is what "had" is in "had him try", "had her pick a seat"."""
    from servicestory.wording.morphology import is_verb

    if at + 2 >= len(words) or words[at + 1].lower() not in OBJECTS | {"her"}:
        return False
    does = words[at + 2].lower()
    follows = words[at + 3].lower() if at + 3 < len(words) else ""
    plain = words[at + 1].lower() != "her" or follows in NO_NOUN | PREPOSITIONS | POSSESSIVE | {"her", "it"}
    return plain and does not in PREPOSITIONS | NO_NOUN and is_verb(does)


def _deed(words: Sequence[str], at: int, lemma: str, customer: str, hidden: Collection[str]) -> str:
    """The deed that begins with the verb at ``at``, as an instruction; empty where it is not whole."""
    causes = lemma in HAS_DO and somebody_does(words, at)
    rest: list[str] = []
    for follows in words[at + 1 : at + WIDEST]:
        low = follows.lower()
        ahead = [word.lower() for word in words[at + len(rest) + 3 : at + len(rest) + 5]]
        if (low == "as" and "as" in ahead) or (follows[0].isdigit() and rest):
            # "to junction 9", "in letters as tall as a thumb": without the rest it is half a thing
            while rest and rest[-1].lower() not in PREPOSITIONS:
                rest.pop()
            break
        if not follows[0].isalpha() or low in BREAKS | _STATES | _ASKED:
            break
        if low in hidden or (follows[0].isupper() and len(follows) > 1):
            # "took her to Boots" is half a deed, and "put a Swedish novel" is none
            if rest and (rest[-1].lower() not in PREPOSITIONS or lemma in MOVES):
                return ""
            rest = rest[:-1]
            break
        rest.append(follows)
    while rest and rest[-1].lower() in DANGLING - {"her", "them"}:
        rest.pop()
    said = [word.lower() for word in rest]
    along = any(a == "with" and b in OBJECTS | {"her"} for a, b in pairwise(said))
    if lemma in NO_DEED and not causes and not (lemma in _GOES_ALONG and along):
        return ""
    if lemma in WITH_THINGS and said[:1] == ["them"]:
        return ""
    if OWN_BODY.intersection(said) and _HIS_OR_HER.intersection(said):
        return ""
    return turned(HAS_DO[lemma] if causes else lemma, rest, customer, hidden)


def received(words: Sequence[str], known: Sequence[bool], customer: str) -> Iterator[str]:
    """What a customer "got from Priya": who works here gave it."""
    for at in range(len(words) - 4):
        if words[at].lower() in SUBJECTS and words[at + 1].lower() in ("got", "received"):
            for to in range(at + 3, min(at + 10, len(words) - 1)):
                thing = [word.lower() for word in words[at + 2 : to]]
                if not words[to - 1].isalpha() or known[to]:
                    break
                if words[to].lower() == "from" and known[to + 1]:
                    if thing[0] in DETERMINERS and not _PEOPLE & set(thing):
                        yield f"Give the {customer} {' '.join(thing)}"
                    break


def begins(words: Sequence[str], at: int) -> bool:
    """Whether a sentence begins with what was done, as notes do: "Rang her on the way"."""
    from servicestory.wording.morphology import past_lemma

    low = words[at].lower()
    return (not at or words[at - 1] in ".!?") and past_lemma(low) is not None and low not in THINGS


def named_at(words: Sequence[str], at: int, hidden: Collection[str], initials: Collection[str]) -> bool:
    """Whether somebody who works here is named at ``at``, also in small letters before a verb."""
    from servicestory.wording.morphology import past_lemma

    word = words[at]
    if word.isupper() and len(word) > 1 and word in initials:
        return True
    if word.lower() not in hidden or word[0].isupper():
        return word.lower().removesuffix("'s") in hidden and word[0].isupper()
    follows = words[at + 1].lower() if at + 1 < len(words) else ""
    return past_lemma(follows) is not None and (not at or words[at - 1].lower() not in DETERMINERS)


def used_to(words: Sequence[str], at: int) -> bool:
    """Whether the verb at ``at`` says what was so once ("she used to come"): no deed."""
    return words[at].lower() == "used" and words[at + 1 : at + 2] == ["to"]


def turned(lemma: str, rest: Sequence[str], customer: str, hidden: Collection[str]) -> str:
    """The verb and what follows as an imperative; empty where names or marks stand in between."""
    said = [lemma]
    named = False
    for at, word in enumerate(rest):
        low = word.lower()
        if not word[0].isalpha() or low in hidden or low in BREAKS or (word[0].isupper() and len(word) > 1):
            return ""
        follows = rest[at + 1].lower() if at + 1 < len(rest) else ""
        whose = low in POSSESSIVE or (
            low == "her" and bool(follows) and follows not in NO_NOUN | PREPOSITIONS
        )
        if low == "her" and at == 0 and lemma in HAS_DO.values():
            whose = False
        if whose and follows == "own":
            said.append("your")
        elif whose or low in OBJECTS or low == "her":
            said.append("their" if whose and named else f"the {customer}'s" if whose else f"the {customer}")
            named = True
        elif low in SOMEBODY:
            return ""
        else:
            said.append(low)
    line = " ".join(said)
    return (
        line[0].upper() + line[1:] if len(said) >= 3 or (len(said) == 2 and said[1] not in DANGLING) else ""
    )
