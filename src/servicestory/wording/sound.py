"""What no instruction may be: broken word order, praise with the thing left out, words no dictionary knows."""

import itertools
import re

from servicestory.wording import lexicon as lex
from servicestory.wording.morphology import ing_lemma, is_common, is_verb, participle_lemma, past_lemma
from servicestory.wording.tokens import Word

_ME = frozenset(("me", "us", "you"))
_DEEDS = frozenset("make keep put give take bring get let tell ask send find go come".split())
# "a form to call", "offered to go": a purpose that stops before it says anything.
HALF_SAID = frozenset(
    "call go use get have be do see give make take find help try visit offer ask know say tell come".split()
)
_MAKES_SURE = frozenset("check sure certain see say tell".split())
_BE = frozenset("is are was were did does do".split())
_WAS = frozenset("was were been is are".split())
_BETWEEN_TWO = frozenset("by to after for and".split())  # "side by side"
_WENT = frozenset("arrived landed came went departed".split())
_BEFORE_OURS = frozenset("and or all both than that as when where because so sure certain".split())
_PLAIN = frozenset(
    """while until because although whether where when what which with from into onto over under after before during
    through around about every each both another their them they your yours some other others without within
    towards toward upon between among against across behind beside besides beyond above below throughout along
    could would should that this these those have been were being than then there here ours wifi email
    everything anything something everyone anyone someone nothing themselves yourself""".split()
)


def broken(lows: list[str]) -> bool:
    """Word orders no instruction has: a second finite verb, "to finalized", "where how", "best", a loose adjective."""
    asking = frozenset("if whether how what where when why which".split())
    if "that" in lows[:2] or any(b == "that" and a in _MAKES_SURE for a, b in itertools.pairwise(lows)):
        asking |= {"that"}  # "to check that we were warm"
    for k, low in enumerate(lows):
        before = lows[k - 1] if k else ""
        if low in asking and before in asking:
            return True
        if low in ("how", "when", "where", "why") and lows[k + 1 : k + 2] and lows[k + 1] in _BE:
            return True  # "to see how was the bed": asked as a question, not told
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
        if (
            past
            and after in _ME | {"sure"}
            and not is_verb(low)
            and before != "and"
            and not any(w in asking for w in lows[:k])
        ):
            return True  # "rowed us out warmed us"
        if before in ("to", "from") and low in ("for", "at", "to", "of", "with", "by"):
            return True
        if past and before == "and" and not is_verb(low) and participle_lemma(low) and k == len(lows) - 1:
            return True
        if low in lex.EVALUATIVE and after == "to":
            return True
        if (
            low == "service"
            and before in ("with", "of", "a", "the", "in")
            and not set(lows[:k]) & {"after", "before"}
        ):
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
        if (
            low in ("my", "our")
            and k > 1
            and before.endswith("s")
            and not is_verb(before)
            and before not in lex.PREPOSITIONS | lex.DETERMINERS | asking | _ME | _BEFORE_OURS
        ):
            return True  # "knew our lamps our chairs"
        if low == "and" and after in ("with", "by", "for", "at", "from", "in", "on"):
            return True
        if low == "and" and k and k + 2 < len(lows) and ing_lemma(after):
            return True  # "a nod to the cook and getting softer bread"
        if low == "room" and after == "number" and before in ("find", "get", "to"):
            return True
        if before == "," and low in ("me", "us", "him", "her", "them", "it"):
            return True  # "on my phone, me trying"
        if low == "and" and (after in _DEEDS or before == "each"):
            return True  # "greeted me and make waiting …": another deed, cut off
        if low.endswith("'s") and (not after or after in lex.PREPOSITIONS | {"as", "and"}):
            return True  # "some of the lamp's for the porch"
        if low in ("same", "second") and after and before not in lex.DETERMINERS | {"one's"}:
            return True  # "finding second lamp on same wall"
        if (
            len(low) > 3
            and low in lows[max(0, k - 2) : k]
            and low not in lex.PREPOSITIONS | {"line", "figure"}
            and not (lows[k - 2] == low and before in _BETWEEN_TWO)
        ):
            return True  # "a lamp oil lamp and matches"
        if low in _WENT and not after and k and not any(w in asking for w in lows[:k]):
            return True  # "the progress of the boat arrived": two sentences in one
        if low in ("thanks", "thank") and k:
            return True
        if low in ("/", "best", "needs", "what's", "*", "@", "#"):
            return True
    if lows[-2:-1] == ["to"] and lows[-1] in HALF_SAID:
        return True
    asked = lows[-2:-1] and lows[-2] in _WAS and {"if", "whether"} & set(lows)
    asked = asked or (lows[-1] == "most" and {"what", "which"} & set(lows))  # "what they feared most"
    return (lows[-1] in lex.EVALUATIVE | {"complementary", "complimentary"} and not asked) or (
        lows[0] == "every" and lows[1:2] == ["information"]
    )


def praised_only(before: list[Word], after: list[Word]) -> bool:
    """Whether praise was all that made the last thing worth naming: "in an excellent room" -> "in a room"."""
    return (
        len(after) > 1
        and after[-1].low
        in (
            "room",
            "seat",
            "table",
            "place",
            "spot",
            "area",
            "deal",
            "way",
            "price",
            "view",
            "process",
            "system",
            "time",
            "rate",
        )
        and after[-2].low in ("a", "an", "the")
        and (before[before.index(after[-1]) - 1] is not after[-2])
    ) or any(
        a.low in lex.EVALUATIVE and b.low in ("rate", "price", "deal", "time", "way")
        for a, b in itertools.pairwise(before)
    )


def known(word: Word) -> bool:
    """Whether the dictionary knows the word; a misspelt one makes a step nobody can hand out."""
    if word.text not in lex.CAPITALS and word.low.isalpha() and not re.search("[aeiouyà-ÿ]", word.low):
        return word.low in ("hr", "mr", "mrs", "tv", "tvs")
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
