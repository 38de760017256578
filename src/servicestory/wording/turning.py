"""Pronouns and tenses of what was told, turned round to the view of those who are to do it."""

from servicestory.wording import lexicon as lex
from servicestory.wording.doable import against
from servicestory.wording.morphology import (
    is_verb,
    may_describe,
    names_something,
    participle_lemma,
    past_lemma,
    third_lemma,
    to_present,
)
from servicestory.wording.tokens import Word

_ME = frozenset(("me", "us", "you"))
_MY = frozenset(("my", "our", "your"))
_UNCLEAR = frozenset(
    """it this that these those there here mine ours yours theirs himself herself themselves ourselves myself
    itself yourself one ones such which whom whose it's that's he's she's they're we're i'm i've we've i'd we'd
    they'd he'd she'd there's i'll we'll let's ' etc lol lady ladies man woman gentleman girl guy mr mrs ms lady's man's woman's thing things stuff above so wifes moms mums dads husbands""".split()
)
_STANDING = frozenset(
    "need want like love know understand feel fear dread miss mind hate have be prefer expect require wish look think".split()
)
_HELPERS = frozenset(("to", "us", "me", "could", "can", "would", "will"))
_ASKS = frozenset(("ask", "call", "phone", "ring", "check", "enquire", "inquire", "make", "ensure", "see"))
_BEFORE_WHICH = _ME | {"down", "out", "about"}
_WHETHER = frozenset("if whether how".split())
_QUESTIONS = frozenset("if whether that how what where when why".split())
_NEWS = frozenset("tell text message email e-mail inform warn".split())
_OPENS = frozenset("all every everything anything whatever any".split())
_FINITE = frozenset(
    "was were is are am had has have did does do could would should might must may can will be been being".split()
)

# Of these one asks how they were: they are over. How a stay is can be asked while it lasts.
_OVER = frozenset("week weekend day night morning evening journey trip flight drive ride holiday".split())


def turned(
    lemma: str, rest: list[Word], customer: str, may_refer: bool, here: bool = False
) -> list[str] | None:
    """Pronouns and tenses turned round to the staff's point of view."""
    said: list[str] = []
    guest = family = False  # has the customer, a relative of the customer, been named yet?
    reported = lemma == "ensure"  # inside "if …", "what …": finite verbs are put into the present
    k = 0
    while k < len(rest):
        low, follows = rest[k].low, rest[k + 1].low if k + 1 < len(rest) else ""
        if low in against(lemma, here):
            return None
        if k == 0 and lemma == "make" and low in ("sure", "certain"):
            reported = True
        if low == "you" and k > 1 and is_verb(follows) and rest[k - 1].low not in lex.PREPOSITIONS:
            return None  # "the moment you walk in"
        if low in _ME:
            said.append("them" if guest else f"the {customer}")
            guest = True
        elif low in _MY:
            if follows in lex.FAMILY:
                said += ["their" if guest else f"the {customer}'s", lex.FAMILY[follows]]
                guest = family = True
                k += 2
                continue
            said.append("their" if guest else f"the {customer}'s")
            guest = True
        elif (
            low == lex.THOU
            or (
                low in ("i", "we")
                and (reported or any(w.low in _OPENS for w in rest[:k]) or (here and _must(rest, k)))
            )
            or (low in lex.STAFF_PRONOUNS and reported)
        ):
            if (
                low == "they"
                and rest[0].low in ("the", "a", "an")
                and follows in ("can", "could", "may", "might")
            ):
                return None  # "called the desk to ask if they could": they are those who were asked
            about = _clause_about(
                low,
                rest[k + 1 :],
                guest,
                customer,
                lemma in _ASKS,
                lemma in ("make", "ensure") or (here and _of_each(rest[:k])),
            )
            if about is None:
                return None
            text, used = about
            said += text
            guest = guest or low in ("i", "we")
            k += 1 + used
            continue
        elif low in ("if", "whether", "how", "what", "where", "when", "why", "that") or (
            low == "which"
            and (
                lemma in _ASKS or (here and k and (rest[k - 1].low in _BEFORE_WHICH or rest[0].low == "down"))
            )
        ):
            reported = True
            if low == "that":
                checks = lemma in lex.ENSURING and k <= 1
                said_so = k > 1 and rest[k - 1].low == "say" and rest[k - 2].low == "to"
                news = here and guest and (lemma in _NEWS or said_so)
                if not (checks or news or (k and rest[k - 1].low in ("check", "sure", "see"))):
                    return None
                if news:
                    said.append("that")
            else:
                said.append(low)
        elif here and reported and low in ("has", "have") and k and participle_lemma(follows):
            said.append(low)
        elif reported and low == "had" and k and participle_lemma(follows):
            said.append(
                "have" if rest[k - 1].low.endswith("s") or rest[k - 1].low in ("they", "we") else "has"
            )
        elif reported and low == "been" and said[-1] in ("has", "have"):
            said.append("been")
        elif (
            reported
            and low == "it"
            and k
            and rest[k - 1].low not in ("if", "whether", "how", "when", "where", "what", "that")
        ):
            said.append("it")
        elif (
            reported
            and k > 1
            and any(w.low in _QUESTIONS for w in rest[:k])
            and rest[k - 1].low not in lex.DETERMINERS | lex.PREPOSITIONS | _FINITE
            and past_lemma(low)
            and low not in ("was", "were")
            and not is_verb(low)
            and (not follows or follows in lex.PREPOSITIONS | {"and", "well"})
            and not any(w.low in _FINITE for w in rest[_asked(rest[:k]) : k])
        ):
            turned_verb = to_present(low, not _subject(rest[:k]).endswith("s"))
            if turned_verb is None:
                return None
            said.append(turned_verb)
        elif reported and low in ("is", "are") and k > 1 and here:
            said.append(low)
        elif reported and low in ("was", "were"):
            over = low == "was" and k and rest[k - 1].low in _OVER and any(w.low == "how" for w in rest[:k])
            said.append("was" if over else "is" if low == "was" else "are")
        elif reported and low in ("would", "could", "can", "will"):
            said.append({"would": "will", "could": "can"}.get(low, low))
        elif reported and low == "there" and follows in ("was", "were", "is"):
            said.append("there")
        elif (
            low == "her"
            and family
            and follows
            and follows not in lex.PREPOSITIONS | {"and", ",", "a", "an", "the", "some"}
        ):
            said.append("your" if lemma == "lend" and k and rest[k - 1].low in lex.FAMILY else "their")
        elif low in ("him", "her", "them") and (family or (guest and low == "them" and may_refer)):
            said.append("them")
        elif low in ("it", "them") and (may_refer or (here and _done_to_it(rest, k))):
            said.append(low)
        elif low in ("his", "her", "their"):
            if low == "their" and follows == "own" and k and rest[k - 1].low == "of" and here:
                said.append(low)  # "put the nuts on a table of their own"
            elif lemma in lex.DONE_TO_A_BODY and follows in lex.BODY:
                said.append("their" if guest else f"the {customer}'s")
                guest = True
            elif follows in lex.OWN_THINGS or (
                lemma == "lend" and low != "their" and k and rest[k - 1].low not in lex.PREPOSITIONS
            ):
                said.append("your")  # nobody is lent what is their own
            elif family:
                said.append("their")
            else:
                return None
        elif low == "things" and k and rest[k - 1].low not in lex.DETERMINERS | lex.PREPOSITIONS | _ME | _MY:
            said.append("things")
        elif low == "there" and lemma in ("walk", "lead", "take", "bring", "accompany", "escort") and guest:
            said.append("there")
        elif here and low == "it" and k and rest[k - 1].low in _WHETHER and lemma in _ASKS:
            said.append("it")  # "to ask if it still hurts": what is asked about is what was done
        elif here and low in ("one", "ones") and _a_kind_of(rest, k):
            said.append(low)
        elif here and low in _EMPHATIC and guest:
            said.append("themselves")
        elif (
            low in _UNCLEAR
            or low in ("him", "her", "them")
            or low in lex.STAFF_PRONOUNS
            or low in lex.CUSTOMER_SUBJECTS
        ):
            return None
        elif low == "being" and k and rest[k - 1].low in ("without", "before", "after"):
            said.append(low)
        elif low in _FINITE:
            if not (low in ("have", "be", "do") and k and rest[k - 1].low in _HELPERS):
                return None
            said.append(low)
        elif low == "the" and follows in lex.FAMILY and follows not in ("party", "group", "family"):
            said += [f"the {customer}'s", lex.FAMILY[follows]]
            guest = family = True
            k += 2
            continue
        elif (
            reported
            and k
            and rest[k - 1].low not in lex.DETERMINERS
            and past_lemma(low)
            and not is_verb(low)
            and rest[k - 1].low in ("everything", "all", "anything")
        ):
            present = to_present(low, True)
            if present is None:
                return None
            said.append(present)
        else:
            if low in lex.FAMILY and not family and low not in ("family", "party", "group"):
                family = True
            said.append(rest[k].text if rest[k].text in lex.CAPITALS else low)
        k += 1
    return said


_HAS_TO = (["had", "to"], ["have", "to"], ["need", "to"], ["needed", "to"])
_NO_NAME = _ME | _MY | lex.DETERMINERS | lex.PREPOSITIONS
_EMPHATIC = frozenset("myself himself herself ourselves yourself".split())


def _a_kind_of(rest: list[Word], k: int) -> bool:
    """Whether "one" at ``k`` is a number ("on one sheet") or says what kind ("for a new one")."""
    before, after = rest[k - 1].low if k else "", rest[k + 1].low if k + 1 < len(rest) else ""
    number = rest[k].low == "one" and after.isalpha() and names_something(after) and after not in _NO_NAME
    named = any(
        names_something(w.low) and w.low not in _NO_NAME for w in rest[: k - 1]
    )  # "swap the pillow for a new one"
    return number or (named and may_describe(before))


def _done_to_it(rest: list[Word], k: int) -> bool:
    """Whether "it" is the one thing named first: "photographed the sockets before taking it down"."""
    lows = [w.low for w in rest[:k]]
    before = k > 3 and lows[-2] == "before" and lows[-1].endswith("ing")
    return before and lows[0] in lex.DETERMINERS and sum(low in lex.DETERMINERS for low in lows) == 1


def _of_each(before: list[Word]) -> bool:
    """Whether what is told next holds of each thing of a kind: "every tray (we bought)"."""
    return not any(w.low in _QUESTIONS for w in before) and any(
        w.low in ("every", "each", "all") for w in before
    )


def _must(rest: list[Word], k: int) -> bool:
    """Whether "I" at ``k`` begins what a thing is for: "the lines I had to sign"; "the lines I wanted" is one's own."""
    before = rest[k - 1].low if k else ""
    return (
        before not in _NO_NAME and names_something(before) and [w.low for w in rest[k + 1 : k + 3]] in _HAS_TO
    )


def _asked(before: list[Word]) -> int:
    """Where the last question begins in these words."""
    return max((n for n, w in enumerate(before) if w.low in _QUESTIONS), default=0)


def _subject(before: list[Word]) -> str:
    """The noun a clause is about: the last word before a preposition, after "if", "how" and their like."""
    at = _asked(before) + 1
    end = next((n for n in range(at, len(before)) if before[n].low in lex.PREPOSITIONS), len(before))
    return before[max(at, end - 1)].low if at < len(before) else ""


def _clause_about(
    who: str, after: list[Word], guest: bool, customer: str, asking: bool, sure: bool
) -> tuple[list[str], int] | None:
    """Subject and finite verb of a clause inside the instruction, in the present; and the words used up."""
    k = 0
    kept: list[str] = []
    while k < len(after) and after[k].low in lex.FILLERS | lex.INTENSIFIERS:
        k += 1
    if k >= len(after):
        return None
    verb = after[k].low
    if who == lex.THOU:
        subject, singular = [lex.THOU], False
        if (base := past_lemma(verb) or third_lemma(verb)) and base not in _STANDING and verb not in _FINITE:
            return [*subject, base], k + 1  # "when we left the job before"
    elif who in ("i", "we"):
        subject, singular = (["they"], False) if guest else ([f"the {customer}"], True)
    elif verb in ("could", "can", "may", "might") or (
        verb in ("were", "are", "was", "is") and after[k + 1 : k + 2] and after[k + 1].low.endswith("ing")
    ):
        subject, singular = ["you"], False
    elif who == "they":
        subject, singular = (["they"], False) if guest else ([f"the {customer}"], True)
    else:
        return None
    if who in ("she", "he") and asking:
        return None  # the customer or a colleague: "asked if she could help"
    if (
        past_lemma(verb)
        and past_lemma(verb) not in _STANDING
        and verb not in ("was", "were", "had", "could", "would")
    ):
        if who in ("i", "we") and not (asking or sure):
            return None  # "showed us where we got it"
        if sure and (now := to_present(verb, singular)):
            return [*subject, now], k + 1  # "made sure it was ready when we checked in"
        return [*subject, verb], k + 1  # "slept well", "enjoyed it" stay as they were asked
    present = to_present(verb, singular)
    if present is None and is_verb(verb) and verb not in _FINITE:
        present = verb if not singular else to_present(verb, True)
    if verb in ("are", "am"):
        present = "is" if singular else "are"
    if verb in ("have", "do"):
        present = {"have": "has", "do": "does"}[verb] if singular else verb
    if present is None:
        return None
    return [*subject, *kept, present], k + 1
