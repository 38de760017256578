"""Why it was done and what was not done instead, as tellers say it: "so that I could lie down", "instead of pointing"."""

import re
from collections.abc import Collection

from servicestory.wording import lexicon as lex
from servicestory.wording.acts import act
from servicestory.wording.cleaning import (
    trimmed,
    without_figures,
    without_names,
    without_praise,
    without_times,
)
from servicestory.wording.line import Line
from servicestory.wording.morphology import (
    ing_lemma,
    is_verb,
    participle_lemma,
    past_lemma,
    third_lemma,
    to_present,
)
from servicestory.wording.sound import broken, known
from servicestory.wording.tokens import STOP, Word, words
from servicestory.wording.turning import turned

_REACH = 160
_SO = re.compile(r"\bso(?: that)?,? (?:at home |later )?(?=(?:i|we|they|he|she)\b)", re.IGNORECASE)
_INSTEAD = re.compile(r"\b(?:instead of|rather than|without just) (?=\w+ing\b)", re.IGNORECASE)
_END = re.compile(r"[.!?;:\n(]|, (?:and|but|which|who)\b")
_COULD = frozenset("could can would will did do had have knew know understood".split())
# Who cannot do that is sure to find it; of other things somebody could not do, few are what was meant.
_CANNOT = re.compile(r"(?:could|can|would|will)(?: not|n't|not) ((?:miss|overlook) (?:it|them))")
_TELLER = frozenset("i me my we us our".split())
_BEFORE = 45  # how far after the deed its reason may begin
_MOST_WORDS = 14


def purpose(text: str, end: int, customer: str, names: Collection[str] = ()) -> str | None:
    """Why it was done, when the words after ``end`` say so ("So that the guest can lie down"); else None.

    Only what the customer could do or was spared counts, told as "I", "we" or "they".
    """
    rest = _after(text, end, _SO, names)
    so = _SO.search(text, end)
    if so and of_another_deed(text[end : so.start()], ""):
        return None
    if rest and so and rest[0].low in ("he", "she") and _served_before(text, so.start(), names):
        rest[0] = Word("we", "we", rest[0].start, rest[0].end)
    if rest is None or rest[0].low not in ("i", "we", "they") or len(rest) < 3 or rest[1].low not in _COULD:
        return None
    if found := _CANNOT.fullmatch(" ".join(w.low for w in rest[1:])):
        return f"So that the {customer} cannot {found[1]}"
    if any(w.low in lex.NEGATIVE for w in rest):
        return None
    if rest[0].low == "they":
        if any(w.low in _TELLER for w in rest):
            return None  # "so they had a spare key for us": they serve, whoever tells it is served
        rest[0] = Word("we", "we", rest[0].start, rest[0].end)
    said = turned("ensure", rest, customer, False)
    if said:  # "the guest can cook for the guest's children"
        said = [*said[:1], *("their" if word == f"the {customer}'s" else word for word in said[1:])]
    return (
        f"So that {' '.join(said)}".replace(" ,", ",")
        if said and not broken([w.low for w in rest[2:]])
        else None
    )


def _served_before(text: str, at: int, names: Collection[str]) -> bool:
    """Whether the sentence up to ``at`` names whom it serves and nobody of the house: "he" is the customer."""
    said = STOP.split(text[max(0, at - _REACH) : at])[-1]
    lows = [w.low for w in words(said, 0, len(said))]
    served = any(re.sub(r"'s?$", "", low) in lex.SERVED for low in lows)
    return served and not any(low in names or low in lex.WORKERS or low in ("he", "she") for low in lows)


def purpose_within(text: str, customer: str, names: Collection[str] = (), step: str = "") -> str | None:
    """The first reason a place of evidence gives for a step, as `purpose` reads it; else None."""
    own = (so for so in _SO.finditer(text) if not of_another_deed(text[: so.start()], step))
    found = (purpose(text, so.start(), customer, names) for so in own)
    return next((why for why in found if why), None)


def of_another_deed(before: str, step: str) -> bool:
    """Whether the deed told last before a reason is another than the step's.

    In "showed me the joint, wiggled it so that I could see the play" it was wiggled for that.

    Args:
        before: what is told before the reason.
        step: an instruction; empty where any deed told there is another.
    """
    last = _PARTED.split(before.rstrip(" ,"))[-1].split()
    lemma = past_lemma(last[0].casefold()) if last else None
    return lemma is not None and (not step or act(lemma)[0] != act(step)[0])


_PARTED = re.compile(r"[,;:.!?]|\b(?:and|but|then)\b")


def instead(text: str, end: int, customer: str, names: Collection[str] = ()) -> str | None:
    """What was not done instead, as a key point ("Do not just describe the way"); else None."""
    rest = _after(text, end, _INSTEAD, names)
    if rest is None or len(rest) < 2:
        return None
    lemma = ing_lemma(rest[0].low)
    if lemma not in (lex.COPYABLE | {"point"}) - {"wait", "sit", "stand", "stay"} or broken(
        [w.low for w in rest[1:]]
    ):
        return None
    said = turned(str(lemma), rest[1:], customer, False)
    return f"Do not just {lemma} {' '.join(said)}".replace(" ,", ",") if said else None


def _after(text: str, end: int, pattern: re.Pattern[str], names: Collection[str]) -> list[Word] | None:
    """The cleaned words after what ``pattern`` finds close behind ``end``, to the end of the clause; else None."""
    stop = _END.search(text, end)
    last = min(stop.start() if stop else len(text), end + _REACH)
    found = pattern.search(text, end, last)
    if found is None or found.start() > end + _BEFORE:
        return None
    tokens = Line(words(text, found.end(), last), names).tokens
    cut = next(
        (k for k, w in enumerate(tokens) if w.low in ("instead", "because", "before", "until")), len(tokens)
    )
    rest = without_figures(without_times(tokens[:cut]))
    rest = rest and without_names(rest)
    if (
        not rest
        or len(rest) > _MOST_WORDS
        or any(w.low in names for w in rest)
        or not all(known(w) for w in rest)
    ):
        return None
    return trimmed(without_praise(rest), "") or None


_NEVER_AGAIN = re.compile(
    r"\b(?:i|we)(?: was| were|'ve been| have been) (?:never(?: once)?|not(?: once)?) (?P<done>[a-z]+)(?P<what> for [a-z]+)? again\b",
    re.IGNORECASE,
)
_NO_NEED = re.compile(
    r"\b(?:i|we) (?:did not|didn't|don't|do not|never|no longer) (?:have|had) to (?=[a-z])", re.IGNORECASE
)
_BECAUSE = re.compile(r"\bbecause (?=(?:i|we) (?:cannot|can't|could not|couldn't)\b)", re.IGNORECASE)


def spared(text: str, customer: str, names: Collection[str] = ()) -> str | None:
    """What it spared the customer, or why they could not do without, as a reason; else None.

    "I was never once asked again" -> "So that the guest is never asked again"; "we did not have to queue twice"
    -> "So that the guest does not have to queue twice"; "because I cannot bend" -> "Because the guest cannot bend".
    """
    found = _NEVER_AGAIN.search(text)
    if found and participle_lemma(found["done"].casefold()):
        return f"So that the {customer} is never {found['done'].casefold()}{found['what'] or ''} again"
    for need in _NO_NEED.finditer(text):
        if said := _turned_after(text, need.end(), customer, names):
            return f"So that the {customer} does not have to {said}"
    for because in _BECAUSE.finditer(text):
        rest = re.compile(r"(?:cannot|can't|could not|couldn't) ", re.IGNORECASE).search(text, because.end())
        if rest and (said := _turned_after(text, rest.end(), customer, names)):
            return f"Because the {customer} cannot {said}"
    for because in _OF_THEIRS.finditer(text):
        if said := _turned_whole(text, because.end(), customer, names):
            return f"Because {said}"
    return None


def _turned_whole(text: str, at: int, customer: str, names: Collection[str]) -> str:
    """What was so with the customer, told from ``at`` on as "I …" or "my …", in the view of those who serve; else empty."""
    rest = _after(text, at, _HERE, names)
    if rest and rest[0].low in ("i", "we") and rest[1:2] and rest[1].low in _ONCE_SO:
        return ""  # "because I had a long way home": that once, and no reason to do it for others
    if not rest or len(rest) < 3 or any(w.low in lex.NEGATIVE - lex.POOR | lex.STAFF_PRONOUNS for w in rest):
        return ""
    said = turned("ensure", rest, customer, False, True)
    if not said or broken(["that", *(w.low for w in rest)]) or said[-1] in lex.DANGLING:
        return ""
    theirs = f"the {customer}'s"
    return " ".join([*said[:1], *("their" if s == theirs else s for s in said[1:])]).replace(" ,", ",")


_ONCE_SO = frozenset("had was were".split())
_OF_THEIRS = re.compile(r"\bbecause (?=(?:i|we|my|our)\b)", re.IGNORECASE)


# What holds of everybody: told of one of them it is what happened to that one, and no reason for all.
_IN_GENERAL = re.compile(
    r"[\s,]*(?P<why>so(?: that)?|because|bc|cos) (?P<who>nobody|no one|everybody|everyone|(?:(?:most|many|all|some|the|our|new|old|small) )?(?:people|children|[a-z]+s)) "
    r"(?P<rest>[a-z][^.!?;:,()\n\"“]{3,70})",
    re.IGNORECASE,
)
_AND_SO = re.compile(r",?\s+(?=(?:so|because)\b)")
_ONE = frozenset(("nobody", "everybody", "everyone", "one"))
_OF_ONE_STORY = re.compile(
    r"\b(?:it|this|that|these|those|them|there|my|me|us|her|his|him|i|we|she|he|they|\w*\d\w*)\b",
    re.IGNORECASE,
)


def in_general(after: str, names: Collection[str] = ()) -> str:
    """The reason that holds of everybody and follows a deed at once: ", because people get lost at the fork".

    Empty where there is none, or where it is told of somebody, in the past, or in words no dictionary knows.

    Args:
        after: the rest of the deed's sentence.
    """
    found = _IN_GENERAL.match(after)
    for so in _AND_SO.finditer(after) if not found else ():
        if not of_another_deed(after[: so.start()], "") and (found := _IN_GENERAL.match(after, so.start())):
            break
    if not found:
        return ""
    who, rest = found["who"].casefold().replace("our ", "the "), found["rest"].strip()
    verb = words(rest, 0, len(rest))[0].low
    one = who.split()[-1] in _ONE
    present = (
        third_lemma(verb) if one else (is_verb(verb) and past_lemma(verb) in (None, verb)) or verb == "are"
    )
    tokens = words(f"{who} {rest}", 0, len(who) + len(rest) + 1)
    if one and not present and (now := to_present(verb, True)) and verb not in ("was", "were"):
        rest, present = f"{now}{rest[len(verb) :]}", now  # nobody came: nobody comes
    if not present or _OF_ONE_STORY.search(rest) or not 3 <= len(tokens) <= _MOST_WORDS:
        return ""
    if any(w.low in names or not w.text.islower() or not known(w) for w in tokens):
        return ""
    return f"{'So that' if found['why'].casefold().startswith('so') else 'Because'} {who} {rest}"


_HERE = re.compile("")
_GOES_ON = frozenset(("as", "when", "while", "since"))  # how it came about is another matter


def _turned_after(text: str, at: int, customer: str, names: Collection[str]) -> str:
    """What somebody would have had to do, told from ``at`` on, in the view of those who spare them it; else empty."""
    rest = _after(text, at, _HERE, names)
    rest = rest and rest[: next((k for k, w in enumerate(rest) if w.low in _GOES_ON), len(rest))]
    if not rest or not is_verb(rest[0].low) or rest[-1].low in lex.PREPOSITIONS or rest[0].low == "pay":
        return ""  # what it cost is not why it was done
    if any(w.low in lex.NEGATIVE for w in rest):
        return ""
    said = turned("ensure", [Word("we", "we", at, at), Word("could", "could", at, at), *rest], customer, True)
    start = f"the {customer} can "
    line = " ".join(said).replace(" ,", ",") if said else ""
    line = line.removeprefix(start) if line.startswith(start) else ""
    stop = _END.search(text, at)
    told = text[at : stop.start() if stop else len(text)]
    if line and (once_more := _ONCE_MORE.search(told)) and once_more[1] not in line.split():
        line = f"{line} {once_more[1]}"  # who need not come again did come
    return line if len(line.split()) > 1 else ""


_ONCE_MORE = re.compile(r"\b(again|twice)\s*$")
