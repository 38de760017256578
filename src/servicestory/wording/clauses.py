"""Finds in a sentence what staff did: subject, verb and what follows, clause by clause; when in doubt, nothing."""

import re
from collections.abc import Collection

from servicestory.wording import lexicon as lex
from servicestory.wording.animals import with_animal_named
from servicestory.wording.doable import against
from servicestory.wording.it import with_it_named
from servicestory.wording.morphology import names_something, participle_lemma, past_lemma, third_lemma
from servicestory.wording.passive import bare_passive, done_to
from servicestory.wording.passive import passive as told_passive
from servicestory.wording.reach import end_of
from servicestory.wording.reader import Reader
from servicestory.wording.speaker import served_before
from servicestory.wording.tokens import LONGEST, Clause, Told, Word, sentences, words

_CONJUNCTIONS = frozenset(("and", "&", ",", "then"))
# With one of these in between, "and asked" may be somebody else's doing.
_OTHER_SUBJECTS = (
    lex.CUSTOMER_SUBJECTS | lex.STAFF_NOUNS | {"it", "you", "which", "who", "that", "my", "our", "there"}
)


_SPARED = 6  # words after "except" that name who was not like the others
_FURTHER = 20  # words that are looked at for the sense of a clause cut off before them
_TELLER = frozenset("i me my we us our".split())


def clauses(
    text: str,
    start: int,
    end: int,
    names: Collection[str] = (),
    listed: bool = False,
    told: Told = "elsewhere",
) -> list[Clause]:
    """What staff did in ``text[start:end]`` (one sentence), in the order told.

    Args:
        names: lower-case words that are names of people here, whatever a dictionary says.
        listed: the sentence is a line of a behaviours list, where the subject is left out.
        told: where the story comes from.
    """
    here = told != "elsewhere"
    served = served_before(text, start, names) if here else frozenset[str]()
    said = plainly(with_animal_named(words(text, start, end), text, start, names))
    reader = Reader(with_it_named(said) if here else said, names, listed, told, served)
    tokens = reader.tokens
    lows = [t.low for t in tokens]
    child = _child_before(text, start)
    spared = {n + far for n, low in enumerate(lows) if low == "except" for far in range(1, _SPARED)}
    if "but" in lows and not listed and set(lows[lows.index("but") :]) & lex.NEGATIVE:
        return []  # praise taken back in the same breath
    if "if" in lows and lows[lows.index("if") + 1 : lows.index("if") + 2] == ["you"] and not listed:
        return []  # "if you buy a ticket they give you a map": an offer, and nobody's deed
    found: list[Clause] = []
    i, before, previous, previous_end, bare, who = 0, -1, "", -1, False, ""
    while i < len(tokens):
        group: tuple[str, int] | None = None
        kind, joined, passive, begin = "", False, False, i
        if i == 0 and not bare_passive(reader, 0):
            group, kind = reader.verb_group(0, "bare"), "bare" if listed else "vague"
            if group and group[0] == "let" and reader.low(1) in ("me", "us"):
                group = None  # "Let me begin by saying"
            if group and not listed and past_lemma(reader.low(reader.skip(0))) is None:
                group = None
            bare = group is not None
        subject = reader.subject(i) if group is None else None
        if subject:
            after, kind = subject
            who = reader.low(i)
            if kind == "customer":
                group, passive = told_passive(reader, after), True
            else:
                group = reader.verb_group(after, kind)
                first = reader.low(reader.skip(after))
                if who == "who" and group and (first == "had" or third_lemma(first)):
                    group = None  # "who looks after it", "who had sold it": who it is, not what they did
        lead: tuple[Word, ...] = ()
        if group is None and (done := done_to(reader, i, here)) and _one_thing(tokens[i : done[2]]):
            group, kind, passive, lead = (
                (done[0], done[1]),
                "customer",
                True,
                tuple(Word(t.low, t.low, t.start, t.end) for t in tokens[i : done[2]]),
            )
        if group is None and (bare_one := bare_passive(reader, i)):
            group, kind, passive = bare_one, "customer", True
        if group is None and (asked := reader.asking(i)):
            group, kind = asked, "staff"
        if group is None and (doing := reader.doing(i)):
            group, kind = doing, "staff"
        near = previous_end <= i <= previous_end + 6 and not any(
            reader.low(m) in _OTHER_SUBJECTS or not reader.low(m)[:1].isalnum()
            for m in range(max(0, previous_end), i)
        )
        if group is None and near and previous_end >= 0 and reader.low(i) in _CONJUNCTIONS:
            k = i
            while reader.low(k) in _CONJUNCTIONS:
                k += 1
            kind, joined, passive = previous, i == previous_end, previous == "customer"
            if [reader.low(k), reader.low(k + 1)] in (["this", "time"], ["that", "time"]):
                k += 2
            if passive:
                k = reader.skip(k)
                lemma = participle_lemma(reader.low(k))
                group = (lemma, k + 1) if lemma in lex.PASSIVE else told_passive(reader, k)
            elif kind:
                present = kind == "name" and third_lemma(reader.low(before))
                group = reader.verb_group(k, "staff" if present else kind)
                if (
                    group
                    and past_lemma(reader.low(reader.skip(k))) is None
                    and not listed
                    and group[0] == reader.low(reader.skip(k))
                ):
                    group = None  # "and drinks" is no verb
        if group is None and subject and kind != "customer" and (past := reader.other_verb(subject[0])):
            previous, previous_end, i = kind, past, max(past, i + 1)
            continue
        if group is None:
            i += 1
            continue
        lemma, after = group
        before = after - 1
        stop = end_of(reader, after, lemma)
        rest = tuple(tokens[after:stop])
        against_it = against(lemma, here)
        if not any(t.low in against_it for t in tokens[begin:stop]) and begin not in spared:
            last = rest[-1].end if rest else tokens[after - 1].end
            found.append(
                Clause(
                    lemma,
                    rest,
                    tokens[begin].start,
                    last,
                    passive,
                    joined and bool(found),
                    kind == "vague",
                    begin == 0 and bare and not listed,
                    listed,
                    tokens[stop].low if stop < len(tokens) else "",
                    who,
                    any(
                        t.low in lex.FAMILY and tokens[n - 1].low in ("my", "our")
                        for n, t in enumerate(tokens[:begin])
                        if n
                    ),
                    after=tuple(tokens[stop : stop + _FURTHER]),
                    lead=lead,
                    own=told != "staff" and any(t.low in _TELLER for t in tokens),
                    child=_child_in(text, start, tokens[begin].start) or child,
                    told=told,
                    spoken_of=_spoken_of(tokens[:begin]) if here else frozenset(),
                )
            )
        previous, previous_end = ("" if begin == 0 and bare and lemma == "have" else kind), stop
        i = max(stop, i + 1)
    return found


_CHILDS = re.compile(
    r"\b(?:my|our) (?:[\w-]+ ){0,5}?(?P<child>"
    + "|".join(sorted(w for w, kind in lex.FAMILY.items() if kind in ("child", "baby")))
    + r")\b(?!'s)",
    re.IGNORECASE,
)


def _spoken_of(before: list[Word]) -> frozenset[str]:
    """Whom the words before a deed speak of, "him" or "her"; in "left his boots" it may be whoever left them."""
    after = [*(w.low for w in before[1:]), ""]
    her = any(
        w.low == "her" and (n in _NO_THING or not n.isalpha()) for w, n in zip(before, after, strict=False)
    )
    return frozenset({w.low for w in before if w.low == "him"} | ({"her"} if her else set()))


_NO_THING = (
    lex.PREPOSITIONS
    | lex.DETERMINERS
    | lex.NUMBER_WORDS
    | _CONJUNCTIONS
    | {"how", "what", "where", "whether"}
)


def _child_before(text: str, start: int) -> str:
    """ "child" or "baby" where the sentence before names one of the customer's, so that "him" is the child; else empty."""
    said = text[max(0, start - LONGEST) : start]
    last = sentences(said)[-1:]
    return _child_in(said, *last[0]) if last else ""


def _child_in(text: str, start: int, end: int) -> str:
    found = _CHILDS.search(text, start, end)
    return lex.FAMILY[found["child"].casefold()] if found else ""


def _one_thing(lead: list[Word]) -> bool:
    """Whether words before a passive name what it was done to, and no sentence ends among them."""
    return not any(not w.low[:1].isalnum() or w.low in lex.ENDERS for w in lead)


def plainly(tokens: list[Word]) -> list[Word]:
    """The sentence with what was typed in haste, and two turns of speech, put plainly.

    "The morning after he moved in" is a time: "after arrival". "Made sure I didn't need anything" is a question:
    "asked if I needed anything".
    """
    made = [_as(_IN_HASTE[w.low], w, w) if w.low in _IN_HASTE else w for w in tokens]
    for k in range(1, len(made) - 1):  # "to there pitch"
        if made[k].low == "there" and made[k - 1].low in _WHOSE_PLACE and names_something(made[k + 1].low):
            made[k] = _as("their", made[k], made[k])
    for k in range(len(made) - 4, -1, -1):
        lows = [w.low for w in made[k : k + 6]]
        if lows[0] in lex.TIMES_OF_DAY and lows[1] == "after" and lows[2] in _WHO_CAME:
            used = 5 if lows[3:5] in _CAME_IN else 4 if lows[3] in ("arrived", "came") else 0
            if used:
                made[k + 2 : k + used] = [_as("arrival", made[k + 2], made[k + used - 1])]
        elif lows[0] in _MAKE and lows[1] == "sure" and lows[2] in ("i", "we") and lows[3:5] in _NO_NEED:
            asked, whether = _as(_MAKE[lows[0]], made[k], made[k]), _as("if", made[k + 1], made[k + 1])
            made[k : k + 5] = [asked, whether, made[k + 2], _as("needed", made[k + 3], made[k + 4])]
    return made


def _as(text: str, first: Word, last: Word) -> Word:
    return Word(text, text, first.start, last.end)


# How a note is typed between two guests. Read as the words they stand for, or nothing is read of the whole sentence.
_IN_HASTE = {
    "w": "with", "thru": "through", "bc": "because", "cuz": "because", "cos": "because", "em": "them", "pic": "picture",
    "pics": "pictures", "tho": "though", "til": "until", "'til": "until", "ppl": "people", "appt": "appointment",
    "mins": "minutes", "hrs": "hours", "tmrw": "tomorrow", "msg": "message", "bday": "birthday",
}  # fmt: skip
_WHOSE_PLACE = frozenset("to in at of from with into on".split())
_CAME_IN = (["moved", "in"], ["checked", "in"], ["got", "here"], ["got", "in"])
_WHO_CAME = lex.STAFF_PRONOUNS | {"i", "we"}
_NO_NEED = (["didn't", "need"], ["don't", "need"])
_MAKE = {"make": "ask", "made": "asked", "making": "asking"}
