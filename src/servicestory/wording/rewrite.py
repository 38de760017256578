"""Turns what staff did, as told by a customer, into an instruction to staff; None rather than nonsense."""

from servicestory.wording import lexicon as lex
from servicestory.wording.cleaning import (
    trimmed,
    ungrouped,
    without_agent,
    without_figures,
    without_names,
    without_pointing,
    without_praise,
    without_self,
    without_times,
)
from servicestory.wording.frames import fits
from servicestory.wording.morphology import (
    is_common,
    is_verb,
    may_describe,
    participle_lemma,
    past_lemma,
    to_present,
)
from servicestory.wording.people import as_customer
from servicestory.wording.polish import noted, polished
from servicestory.wording.tokens import Clause, Word

_ME = frozenset(("me", "us", "you"))
_MY = frozenset(("my", "our", "your"))
_UNCLEAR = frozenset(
    """it this that these those there here mine ours yours theirs himself herself themselves ourselves myself
    itself yourself one ones such which whom whose it's that's he's she's they're we're i'm i've we've i'd we'd
    they'd he'd she'd there's i'll we'll let's ' etc lol lady ladies man woman gentleman girl guy mr mrs ms lady's man's woman's thing things stuff above so wifes moms mums dads husbands""".split()
)
_STANDING = frozenset(
    "need want like know understand feel have be prefer expect require wish look think".split()
)
_HELPERS = frozenset(("to", "us", "me", "could", "can", "would", "will"))
_ASKS = frozenset(("ask", "call", "phone", "ring", "check", "enquire", "inquire", "make", "ensure", "see"))
_OPENS = frozenset("all every everything anything whatever any".split())
_FINITE = frozenset(
    "was were is are am had has have did does do could would should might must may can will be been being".split()
)
_PLAIN = frozenset(
    """while until because although whether where when what which with from into onto over under after before during
    through around about every each both another their them they your yours some other others without within
    towards toward upon between among against across behind beside besides beyond above below throughout along
    could would should that this these those have been were being than then there here ours wifi email
    everything anything something everyone anyone someone nothing themselves yourself""".split()
)
# At the start of a sentence without a subject it may be the customer who did these.
_CUSTOMERS_TOO = frozenset(
    """book order call check stay visit get use take pay walk drop leave request wait receive need ask bring buy
    put send move change find meet speak talk give see let make pick tell show try""".split()
)


def rewrite(
    clause: Clause, customer: str, names: frozenset[str] = frozenset(), may_refer: bool = False
) -> str | None:
    """The instruction a clause gives, without its full stop ("Walk the guest to the room"), or None.

    Args:
        clause: what staff did.
        customer: the organisation's word for a customer ("guest"), singular, lower case.
        names: lower-case names of people who work here.
        may_refer: ``it`` and ``them`` have something to refer to (the step the clause is joined to).
    """
    written = noted(clause, customer)
    if written is not None:
        return written
    rest = ungrouped(list(clause.rest))
    if rest is not None and not clause.passive and not clause.kin:
        rest = as_customer(rest, lemma_of(clause), clause.who, names)
    if rest is not None and clause.passive:
        rest = without_agent([Word("us", "us", clause.start, clause.start), *rest])
    if rest is None or (
        clause.vague and not any(w.low in _ME or w.low in _MY or w.low == "we" for w in rest)
    ):
        return None
    rest = without_figures(without_times(without_pointing(without_self(rest))))
    rest = rest and without_names(rest)
    if rest is None:
        return None
    plain = trimmed(without_praise(rest), clause.cut)
    if lemma_of(clause) != "upgrade" and _praised_only(rest, plain):
        return None
    rest = plain
    if (
        clause.cut not in (".", "!", "")
        and (not clause.cut[:1].isalnum() or clause.cut == "while")
        and len(rest) > 1
        and rest[-2].low in ("a", "an")
        and may_describe(rest[-1].low)
    ):
        return None  # "a personal, genuine announcement": cut in the middle of the adjectives
    if clause.cut in ("than", "like") or (
        clause.bare and lemma_of(clause) in _CUSTOMERS_TOO and not any(w.low in _ME for w in rest)
    ):
        return None
    if not rest or not (clause.listed or all(_known(w) for w in rest)) or _broken([w.low for w in rest]):
        return None
    if (
        clause.lemma in ("suggest", "recommend", "explain", "describe")
        and len(rest) > 1
        and rest[0].low in _ME
        and (rest[1].low in lex.DETERMINERS or rest[1].low.endswith("s"))
    ):
        rest = [*rest[1:], Word("to", "to", 0, 0), rest[0]]
    called = clause.lemma == "give" and [w.low for w in rest[1:3]] in (["a", "ring"], ["a", "call"])
    called = called and len(rest) > 3
    if called and rest[0].low in _ME:
        rest = [rest[0], *rest[3:]]
    lemma = (
        "call"
        if called
        else "check"
        if clause.lemma == "see" and rest and rest[0].low in ("if", "whether", "how")
        else clause.lemma
    )
    if not fits(lemma, rest, may_refer):
        return None
    said = _turned(lemma, rest, customer, may_refer)
    if said is None:
        return None
    verb = {"apologize": "apologise", "see": "see"}.get(lemma, lemma)
    line = polished(" ".join([verb, *said]))
    if not 2 <= len(line.split()) <= 17:
        return None
    return line[0].upper() + line[1:]


def _broken(lows: list[str]) -> bool:
    """Word orders no instruction has: a second finite verb, "to finalized", "where how", "best", a loose adjective."""
    asking = frozenset("if whether how what where when why".split())
    for k, low in enumerate(lows):
        before = lows[k - 1] if k else ""
        if low in asking and before in asking:
            return True
        past = past_lemma(low)
        if past and before == "to" and not is_verb(low):
            return True
        if (
            past
            and participle_lemma(low) is None
            and not is_verb(low)
            and not any(w in asking for w in lows[:k])
        ):
            return True
        after = lows[k + 1] if k + 1 < len(lows) else ""
        if (
            past
            and low not in ("informed", "updated", "dressed", "booked", "re-booked")
            and k > 1
            and after in lex.DETERMINERS | {"of", "me", "us"}
            and before.isalpha()
            and not (
                before in lex.DETERMINERS | lex.PREPOSITIONS | {"me", "us", "you", "and", "have"}
                or lows[0] in asking
            )
            and not any(w in asking or w in ("i", "we") for w in lows[:k])
        ):
            return True
        if before in ("to", "from") and low in ("for", "at", "to", "of", "with", "by"):
            return True
        if past and before == "and" and not is_verb(low) and participle_lemma(low) and k == len(lows) - 1:
            return True
        if low in lex.EVALUATIVE and after == "to":
            return True
        if low == "service" and before in ("with", "of", "a", "the", "in"):
            return True
        if (
            k == 1
            and before in _ME
            and past
            and not is_verb(low)
            and after
            and after not in lex.PREPOSITIONS | {"and"}
        ):
            return True  # "served us brought"
        if low in ("a", "an") and before in ("my", "our", "your", "the", "a", "an"):
            return True
        if low in ("/", "best", "needs", "what's", "*", "@", "#"):
            return True
    return lows[-1] in lex.EVALUATIVE or (lows[0] == "every" and lows[1:2] == ["information"])


def _praised_only(before: list[Word], after: list[Word]) -> bool:
    """Whether praise was all that made the last thing worth naming: "in an excellent room" -> "in a room"."""
    return (
        len(after) > 1
        and after[-1].low
        in ("room", "seat", "table", "place", "spot", "area", "deal", "way", "price", "view")
        and after[-2].low in ("a", "an", "the")
        and (before[before.index(after[-1]) - 1] is not after[-2])
    )


def lemma_of(clause: Clause) -> str:
    """The bare verb of a clause ("keep asking" -> "keep")."""
    return clause.lemma.split()[0]


def _known(word: Word) -> bool:
    """Whether the dictionary knows the word; a misspelt one makes a step nobody can hand out."""
    if len(word.low) <= 3 or word.text in lex.CAPITALS or not word.low[0].isalpha():
        return True
    if word.low in _PLAIN or word.low in lex.PREPOSITIONS or word.low.startswith("no-"):
        return True
    return all(len(part) <= 3 or _spelt(part) for part in word.low.removesuffix("'s").split("-"))


def _spelt(word: str) -> bool:
    """In the dictionary, or made of two words that are: "payslip", "handover"."""
    return is_common(word) or any(
        is_common(word[:k]) and is_common(word[k:]) for k in range(3, len(word) - 2)
    )


def _turned(lemma: str, rest: list[Word], customer: str, may_refer: bool) -> list[str] | None:
    """Pronouns and tenses turned round to the staff's point of view."""
    said: list[str] = []
    guest = family = False  # has the customer, a relative of the customer, been named yet?
    reported = lemma == "ensure"  # inside "if …", "what …": finite verbs are put into the present
    k = 0
    while k < len(rest):
        low, follows = rest[k].low, rest[k + 1].low if k + 1 < len(rest) else ""
        if low in lex.NEGATIVE:
            return None
        if k == 0 and lemma == "make" and low in ("sure", "certain"):
            reported = True
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
        elif (low in ("i", "we") and (reported or any(w.low in _OPENS for w in rest[:k]))) or (
            low in lex.STAFF_PRONOUNS and reported
        ):
            turned = _clause_about(low, rest[k + 1 :], guest, customer, lemma in _ASKS)
            if turned is None:
                return None
            text, used = turned
            said += text
            guest = guest or low in ("i", "we")
            k += 1 + used
            continue
        elif low in ("if", "whether", "how", "what", "where", "when", "why", "that") or (
            low == "which" and lemma in _ASKS
        ):
            reported = True
            if low == "that":
                checks = lemma in lex.ENSURING and k <= 1
                if not (checks or (k and rest[k - 1].low in ("check", "sure", "see"))):
                    return None
            else:
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
            and rest[k - 1].low not in ("if", "whether", "how", "when", "where", "what")
        ):
            said.append("it")
        elif (
            reported
            and k > 1
            and any(w.low in ("if", "whether", "that") for w in rest[:k])
            and rest[k - 1].low not in lex.DETERMINERS | lex.PREPOSITIONS | _FINITE
            and past_lemma(low)
            and not is_verb(low)
            and (not follows or follows in lex.PREPOSITIONS | {"and", "well"})
            and not any(w.low in _FINITE for w in rest[:k])
        ):
            turned_verb = to_present(low, not rest[k - 1].low.endswith("s"))
            if turned_verb is None:
                return None
            said.append(turned_verb)
        elif reported and low in ("was", "were"):
            said.append("is" if low == "was" else "are")
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
            said.append("their")
        elif low in ("him", "her", "them") and (family or (guest and low == "them" and may_refer)):
            said.append("them")
        elif low in ("it", "them") and may_refer:
            said.append(low)
        elif low in ("his", "her", "their"):
            if follows in lex.OWN_THINGS:
                said.append("your")
            elif family:
                said.append("their")
            else:
                return None
        elif low == "things" and k and rest[k - 1].low not in lex.DETERMINERS | lex.PREPOSITIONS | _ME | _MY:
            said.append("things")
        elif low == "there" and lemma in ("walk", "lead", "take", "bring", "accompany", "escort") and guest:
            said.append("there")
        elif (
            low in _UNCLEAR
            or low in ("him", "her", "them")
            or low in lex.STAFF_PRONOUNS
            or low in lex.CUSTOMER_SUBJECTS
        ):
            return None
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


def _clause_about(
    who: str, after: list[Word], guest: bool, customer: str, asking: bool
) -> tuple[list[str], int] | None:
    """Subject and finite verb of a clause inside the instruction, in the present; and the words used up."""
    k = 0
    kept: list[str] = []
    while k < len(after) and after[k].low in lex.FILLERS | lex.INTENSIFIERS:
        k += 1
    if k >= len(after):
        return None
    verb = after[k].low
    if who in ("i", "we"):
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
        if who in ("i", "we") and not asking:
            return None  # "showed us where we got it"
        return [*subject, verb], k + 1  # "slept well", "enjoyed it" stay as they were asked
    present = to_present(verb, singular)
    if present is None and is_verb(verb) and verb not in _FINITE:
        present = verb if not singular else to_present(verb, True)
    if verb in ("are", "am"):
        present = "is" if singular else "are"
    if verb == "have":
        present = "has" if singular else "have"
    if present is None:
        return None
    return [*subject, *kept, present], k + 1
