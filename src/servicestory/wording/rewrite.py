"""Turns what staff did, as told by a customer, into an instruction to staff; None rather than nonsense."""

import itertools
import re

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
from servicestory.wording.morphology import is_verb, may_describe
from servicestory.wording.people import as_customer, with_child
from servicestory.wording.polish import noted, polished
from servicestory.wording.sound import HALF_SAID, broken, known, praised_only
from servicestory.wording.tokens import Clause, Word
from servicestory.wording.turning import turned
from servicestory.wording.until import ahead, until
from servicestory.wording.whole import goes_on, may_go, purpose, unsound

_ME = frozenset(("me", "us", "you"))
_MY = frozenset(("my", "our", "your"))
# At the start of a sentence without a subject it may be the customer who did these.
_CUSTOMERS_TOO = frozenset(
    """book order call check stay visit get use take pay walk drop leave request wait receive need ask bring buy
    put send move change find meet speak talk give see let make pick tell show try turn park pack unpack return""".split()
)
_QUESTIONS = frozenset("if whether how what where when why which that".split())
_CALLS = frozenset("call phone ring telephone".split())
_BEFORE_PLACES = frozenset(
    "to at in on with for from by into onto after before during without within towards across behind via until through".split()
)
_WHEREABOUTS = lex.PREPOSITIONS | frozenset("aside away back upstairs downstairs there home round".split())
_PURPOSES = frozenset("make see check ask ensure hear find let keep celebrate".split())
# What a shortened line may not end with: without what followed, nobody knows which.
_VAGUE_ENDS = frozenset(
    """room rooms place places table seat location rate option options someone something thing things time people area
    part number offer information recommendations suggestions tips directions ways measures details everything anything closer""".split()
)
_TAKES = frozenset("walk take lead bring accompany escort guide drive wheel".split())
_SENSE = frozenset("to into onto of with for off".split())
_MOST_TRIES = 5
_LONGEST = 17  # words of an instruction that is read at one go
_LONGEST_WITH_WHY = 22


def rewrite(
    clause: Clause,
    customer: str,
    names: frozenset[str] = frozenset(),
    may_refer: bool = False,
    brief: bool = False,
) -> str | None:
    """The instruction a clause gives, without its full stop ("Walk the guest to the room"), or None.

    Where the whole clause gives none, what it ends with is left out, phrase by phrase, until the rest does:
    "filmed each movement on my phone, me doing it" -> "Film each movement on the guest's phone".

    Args:
        clause: what staff did.
        customer: the organisation's word for a customer ("guest"), singular, lower case.
        names: lower-case names of people who work here.
        brief: for a name, which need not say what it was done with or for.
        may_refer: ``it`` and ``them`` have something to refer to (the step the clause is joined to).
    """
    written = noted(clause, customer, brief)
    if written is not None:
        return written
    whole = list(clause.rest)
    if clause.cut in ("than", "like") or (
        clause.vague and not any(w.low in _ME or w.low in _MY or w.low == "we" for w in whole)
    ):
        return None
    lost = not brief and goes_on(clause)
    here = clause.told != "elsewhere"
    if (
        not brief
        and (lost or here)
        and (line := _with_purpose(clause, customer, names, may_refer)) is not None
    ):
        return line
    # What it was for is the step's reason; of a story told here the deed stands without it.
    lost = lost and not (here and clause.cut == "so")
    if here and not brief and not lost and (line := _ahead_of(clause, customer, names)) is not None:
        return line
    line = None if lost else _said(clause, whole, clause.cut, customer, names, may_refer)
    if line and not brief:
        longer = until(clause, line, customer)
        return longer if len(longer.split()) <= _LONGEST and not unsound(longer) else line
    for end in _ends(clause) if line is None else ():
        if not brief and (not may_go(whole[end:], clause.passive) or (lost and whole[end].low != ",")):
            continue
        line = _said(clause, whole[:end], whole[end].low, customer, names, may_refer)
        if line and _is_whole(clause.lemma, line):
            return line
        line = None
    return line


def _ahead_of(clause: Clause, customer: str, names: frozenset[str]) -> str | None:
    """The instruction with how long before something it is due: "Phone the guest thirty minutes before you arrive"."""
    long = ahead(clause.rest) if clause.cut == "before" else 0
    if not long or clause.passive:
        return None
    rest, time = list(clause.rest[:-long]), " ".join(w.low for w in clause.rest[-long:])
    if clause.lemma in _CALLS:  # when it is due makes a call whole, and it is not told yet
        called = as_customer(rest, clause.lemma, clause.who, names, clause.own, True, clause.spoken_of)
        line = f"{clause.lemma.capitalize()} the {customer}" if [w.low for w in called] == ["us"] else None
    else:
        line = _said(clause, rest, clause.cut, customer, names, False)
    whole = until(clause, f"{line} {time}", customer) if line else ""
    return whole if " before " in whole and len(whole.split()) <= _LONGEST and not unsound(whole) else None


def _with_purpose(clause: Clause, customer: str, names: frozenset[str], may_refer: bool) -> str | None:
    """The instruction with what it was done for: "Turn the desk so that the lamp is on the guest's left"."""
    why = purpose(clause)
    if not why or any(w.text[0].isupper() and w.text not in lex.CAPITALS and w.low != "i" for w in why):
        return None
    line = _said(clause, list(clause.rest), "so", customer, names, may_refer)
    named = clause.kin or any(w.low in lex.FAMILY for w in (*clause.lead, *clause.rest))
    if named and why[0].low in lex.STAFF_PRONOUNS:
        return None  # "invited my wife so she could hear": she or another
    if (
        clause.told != "elsewhere"
        and clause.who not in lex.STAFF_PRONOUNS
        and why[0].low in lex.STAFF_PRONOUNS
    ):
        why = [Word("we", "we", why[0].start, why[0].end), *why[1:]]  # for whom it was done
    found = as_customer(why, lemma_of(clause), clause.who, names, clause.own, clause.told != "elsewhere")
    sure = [Word(w, w, clause.end, clause.end) for w in ("sure", "that")]
    said = turned("make", [*sure, *found], customer, False, clause.told != "elsewhere")
    if line is None or said is None or not all(known(w) for w in why):
        return None
    line = polished(f"{line} so that {' '.join(said[1:])}", customer)
    return line if len(line.split()) <= _LONGEST_WITH_WHY and not unsound(line) else None


def _ends(clause: Clause) -> list[int]:
    """Where the words after the verb may stop, latest first: before a comma or a preposition, never in a question."""
    lows = [w.low for w in clause.rest]
    asked = next((k for k, low in enumerate(lows) if low in _QUESTIONS), len(lows))
    if any(a == "to" and b in _PURPOSES for a, b in itertools.pairwise(lows)):
        return []  # what it was done for is the point: "came down to the pier to ask whether …"
    if clause.lemma in lex.SAYING | _CALLS | {
        "come",
        "let",
        "make",
        "ensure",
        "help",
        "allow",
    } and asked < len(lows):
        # Of two questions the first may be told alone: "told us where to look (and what the tax does)".
        return [k for k in range(len(lows) - 2, asked, -1) if lows[k] == "and" and lows[k + 1] in _QUESTIONS]
    ends = [
        k
        for k in range(1, min(asked + 1, len(lows)))
        if lows[k] == ","
        or (
            lows[k] in _BEFORE_PLACES
            and lows[k + 1 : k + 2] != [lows[k - 1]]  # "side by side" is one word
            and not (lows[k] == "to" and lows[k + 1 : k + 2] and lows[k + 1] in HALF_SAID)
            and lows[k - 1] not in lex.PREPOSITIONS | {"touch", "check", "recommend"}
            and not (lows[k] == "before" and lows[k - 1] in lex.TIMES_OF_DAY)
        )
    ]
    return ends[: -_MOST_TRIES - 1 : -1]


def _is_whole(lemma: str, line: str) -> bool:
    """Whether a shortened line still says what and, if its verb asks for that, where to."""
    words = line.split()
    if len(words) == 2 or words[-1].endswith("ing"):
        return False
    if words[-1] in _VAGUE_ENDS and not words[-2].endswith("'s") and words[-2] not in ("their", "better"):
        return False
    if re.search(r", with \w+ \w+$", line):
        return False  # "…, with the handrails (in green)"
    if (words[-2] == "to" and not _QUESTIONS & set(words)) or line.endswith(
        (" with them", " in letters", " in print")
    ):
        return False  # "offer to go", "a form to call"
    return lemma not in lex.PLACING or any(word in _WHEREABOUTS for word in words[2:])


def _said(
    clause: Clause, rest: list[Word], cut: str, customer: str, names: frozenset[str], may_refer: bool
) -> str | None:
    """The instruction these words after the verb give, or None; ``cut`` is the word or mark they stop before."""
    here = clause.told != "elsewhere"
    own = (
        _of_the_teller(rest)
        if clause.told == "staff"
        else _of_the_doer(rest, clause.who)
        if here
        else list(rest)
    )
    own = _of_the_house_beside(own) if own is not None else None
    found = ungrouped(own) if own is not None else None
    # Where a relative was named, "she gave her" may be either; "Mateus gave her" is the relative, a customer as well.
    if found is not None and not clause.passive and not (clause.kin and clause.who in lex.STAFF_PRONOUNS):
        found = as_customer(
            with_child(found, clause.child),
            lemma_of(clause),
            clause.who,
            names,
            clause.own,
            here,
            clause.spoken_of,
        )
    if found is not None and clause.passive:
        found = without_agent(
            [*clause.lead, *found] if clause.lead else [Word("us", "us", clause.start, clause.start), *found],
            here,
        )
        if here and clause.lead:
            found = as_customer(found, lemma_of(clause), "", names, clause.own, here)
    if found is None:
        return None
    found = without_figures(without_times(without_pointing(without_self(found))), here)
    found = found and without_names(found)
    if found is None:
        return None
    found = _to_the_place(lemma_of(clause), found)
    praised = without_praise(found, here)
    rest = trimmed(praised, cut)
    if {w.low for w in praised[len(rest) :]} & _SENSE:
        return None  # "brought soup to (keep us …)": where to or what for was told
    if lemma_of(clause) != "upgrade" and praised_only(found, rest):
        return None
    if (
        cut not in (".", "!", "")
        and (not cut[:1].isalnum() or cut == "while")
        and len(rest) > 1
        and rest[-2].low in ("a", "an")
        and may_describe(rest[-1].low)
    ):
        return None  # "a personal, genuine announcement": cut in the middle of the adjectives
    if clause.bare and lemma_of(clause) in _CUSTOMERS_TOO and not any(w.low in _ME for w in rest[:2]):
        return None
    if not rest or not (clause.listed or all(known(w) for w in rest)) or broken([w.low for w in rest]):
        return None
    if cut == "and" and [w.low for w in rest[-3:-1]] == ["how", "to"] and is_verb(rest[-1].low):
        return None  # "showed him how to clean (and oil it)"
    lemma, rest = _ordered(clause.lemma, _as_news(clause.lemma, rest) if here else rest)
    if not fits(lemma, rest, may_refer, here):
        return None
    said = turned(lemma, _asked_of(clause.who, rest), customer, may_refer, here)
    if said is None:
        return None
    if lemma == "comp" and _CHARGED & set(said):
        lemma = "waive"
    if lemma == "comp":
        said = [*said, "free", "of", "charge"]
    verb = {"apologize": "apologise", "comp": "offer"}.get(lemma, lemma)
    if lemma == "excuse" and "for" in said[:2]:
        verb = "apologise"  # "excused for the delay" excuses nobody
    if lemma == "shoot" and not _SHOT & set(said):
        verb = "film"  # "shoot the exercises", said to a newcomer, sounds of guns
    line = polished(" ".join([verb, *said]), customer)
    line = re.sub(rf"\b{lex.THY}\b", "your", line)
    line = re.sub(rf"\b{lex.THOU}\b", "you", line)
    if not 2 <= len(line.split()) <= _LONGEST or unsound(line):
        return None
    return line[0].upper() + line[1:]


def _of_the_teller(rest: list[Word]) -> list[Word] | None:
    """What a colleague tells of "me" and "us" is no step of others; "we" and what is "ours" are whoever reads it."""
    if any(w.low in _ME or w.low in ("myself", "ourselves", "mine", "ours") for w in rest):
        return None
    made = ((_OF_THE_HOUSE.get(w.low), w) for w in rest)
    return [Word(said, said, w.start, w.end) if said else w for said, w in made]


def _of_the_doer(rest: list[Word], who: str) -> list[Word]:
    """ "He texts us when he leaves": the second "he", beside the teller, is the first."""
    again = [
        who in ("he", "she")
        and word.low == who
        and (rest[0].low in _ME or rest[0].low == "from")
        and rest[k - 1].low in _MOMENTS
        for k, word in enumerate(rest)
    ]
    return [
        Word(lex.THOU, lex.THOU, w.start, w.end) if same else w for w, same in zip(rest, again, strict=True)
    ]


def _of_the_house_beside(rest: list[Word]) -> list[Word]:
    """ "Rang her when we were half an hour away": whoever was rung is another than "we", who are the house."""
    lows = [w.low for w in rest]
    opens, second = lows[0] if lows else "", lows[1] if len(lows) > 1 else ""
    by_word = opens in ("the", "every", "each") and second in lex.SERVED
    served = by_word or (opens in ("her", "him") and second in _MOMENTS)
    return [
        Word(lex.THOU, lex.THOU, w.start, w.end)
        if served and w.low in ("we", "i") and lows[k - 1] in _MOMENTS
        else w
        for k, w in enumerate(rest)
    ]


_MOMENTS = frozenset("when whenever once before after say".split())
_OF_THE_HOUSE = {"my": lex.THY, "our": lex.THY, "i": lex.THOU, "we": lex.THOU}


def _asked_of(who: str, rest: list[Word]) -> list[Word]:
    """A question with the customer for its "they", where one colleague asked it: "he asks if they can read it"."""
    lows = [w.low for w in rest]
    for k in range(len(lows) - 1):
        asked = k == 0 or (lows[k - 2 : k] == ["to", "ask"] and lows[0] in _ME)
        if who in ("he", "she", "i", "we") and asked and lows[k] in _WHETHER and lows[k + 1] == "they":
            return [*rest[: k + 1], Word("we", "we", rest[k + 1].start, rest[k + 1].end), *rest[k + 2 :]]
    return rest


_WHETHER = frozenset(("if", "whether"))
_CHARGED = frozenset("fee fees charge charges".split())  # nobody is given these free: they are waived
_MEALS = frozenset("breakfast lunch dinner supper drinks tickets seats".split())
_SHOT = frozenset(
    "clip clips email film films message photo photos picture pictures text video videos".split()
)


def _ordered(lemma: str, rest: list[Word]) -> tuple[str, list[Word]]:
    """Verb and words as an instruction orders them: "gave us a call" -> call us, "came with tea" -> bring tea."""
    lows = [w.low for w in rest]
    if lemma == "give" and lows[1:3] in (["a", "ring"], ["a", "call"]) and lows[0] in _ME:
        lemma, rest = "call", [rest[0], *rest[3:]]
    elif lemma in ("accommodate", "serve") and lows[0] in _ME and lows[1:2] == ["with"]:
        lemma, rest = "give" if lemma == "accommodate" else lemma, [rest[0], *rest[2:]]
    elif lemma in ("book", "order") and lows[0] in _ME and lows[1:2] and lows[1] in lex.DETERMINERS | _MEALS:
        rest = [*rest[1:], Word("for", "for", 0, 0), rest[0]]
    elif lemma == "save" and lows[0] in _ME and lows[1:2] and lows[1] not in lex.PREPOSITIONS:
        # "Save the guest soup": who or what is saved?
        some = [] if lows[1] in lex.DETERMINERS else [Word("some", "some", 0, 0)]
        rest = [*some, *rest[1:], Word("for", "for", 0, 0), rest[0]]
    elif lemma == "see" and lows[0] in ("if", "whether", "how"):
        lemma = "check"
    elif (
        lemma == "come"
        and "with" in lows[:3]
        and lows[lows.index("with") + 1 :][:1]
        and (lows[lows.index("with") + 1] in ("a", "an", "some", "extra", "more"))
    ):
        lemma, rest = "bring", rest[lows.index("with") + 1 :]
    if lemma in _CALLS:
        return lemma, _called(rest)
    if (
        lemma in ("suggest", "recommend", "explain", "describe")
        and len(rest) > 1
        and rest[0].low in _ME
        and (rest[1].low in lex.DETERMINERS or rest[1].low.endswith("s"))
    ):
        rest = [*rest[1:], Word("to", "to", 0, 0), rest[0]]
    return lemma, rest


def _as_news(lemma: str, rest: list[Word]) -> list[Word]:
    """ "told us the crossing would be rough" with its "that", and what was asked about without "with it" at its end."""
    lows = [w.low for w in rest]
    at = lows[1:2] and lows[0] in _ME and lows[1] in lex.DETERMINERS | {"it", "they", "we", "i"}
    if lemma in _NEWS and at and _HAPPENS & set(lows[3:7]):
        return [rest[0], Word("that", "that", rest[1].start, rest[1].start), *rest[1:]]
    if lows[-2:-1] == ["with"] and lows[-1] in ("it", "them", "this") and "how" in lows:
        return rest[:-2]
    return rest


_NEWS = frozenset("tell text warn inform".split())
_HAPPENS = frozenset("was were is are would will had has could can".split())


def _to_the_place(lemma: str, rest: list[Word]) -> list[Word]:
    """ "walked me over there" -> "walked me to the place": where "there" is, only the story knows."""
    at = next((k for k, w in enumerate(rest[1:4], 1) if w.low == "there"), 0)
    if lemma not in _TAKES or not at or rest[0].low not in _ME:
        return rest
    place = [Word(w, w, rest[at].start, rest[at].end) for w in ("to", "the", "place")]
    return [rest[0], *place, *rest[at + 1 :]]


def _called(rest: list[Word]) -> list[Word]:
    """Whom a call went to, where only its time or its question is told: it was the customer."""
    lows = [w.low for w in rest]
    if lows[:3] == ["up", "to", "us"] or lows[:3] == ["up", "to", "me"]:
        return rest[2:]
    if lows[:1] == ["up"] and lows[1:2] and lows[1] in ("to", "the", "next"):
        rest, lows = rest[1:], lows[1:]
    to_ask = lows[:1] == ["to"] and lows[1:2] and lows[1] in ("ask", "see", "hear", "check", "find", "know")
    at_a_time = (
        len(lows) > 1
        and lows[0] == "the"
        and bool((lex.TIMES_OF_DAY | {"next", "following"}) & set(lows[:2]))
    ) or (lows[:1] in (["a"], ["some"]) and lows[2:3] == ["later"])
    to_say = lows[:2] == ["from", "the"] and "to" in lows
    if to_say or to_ask or at_a_time or lows[:1] in (["when"], ["whenever"], ["before"], ["after"]):
        return [Word("us", "us", rest[0].start, rest[0].start), *rest]
    return rest


def lemma_of(clause: Clause) -> str:
    """The bare verb of a clause ("keep asking" -> "keep")."""
    return clause.lemma.split()[0]
