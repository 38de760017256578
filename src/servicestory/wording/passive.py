"""What was done to the customer, told without saying who did it: "we were offered", "our bags were carried"."""

from servicestory.wording import lexicon as lex
from servicestory.wording.doable import doable
from servicestory.wording.line import Line
from servicestory.wording.morphology import is_verb, may_describe, participle_lemma, past_lemma

# What is done by staff whenever it happens to something of the customer's.
_DONE_TO = frozenset(
    "upgrade carry clean store bring take deliver collect repair mend change replace reset refill rebook waive label".split()
)


# What is done by staff even where nobody says whose it was: "the fees were explained", "champagne was offered".
_SAID_OR_GIVEN = frozenset("explain offer waive deliver refund replace".split())


def bare_passive(line: Line, i: int) -> tuple[str, int] | None:
    """ "greeted by name", "welcomed by the crew": told without saying who was, so it was the teller."""
    lemma = participle_lemma(line.low(i))
    by = line.skip(i + 1)
    if lemma not in lex.PASSIVE or line.low(by) != "by":
        return None
    if line.low(i - 1) in lex.DETERMINERS or (past_lemma(line.low(i)) is None):
        return None
    after = [line.low(k) for k in range(by + 1, by + 6)]
    named = after[0] in ("name", "names") or any(w in lex.STAFF_NOUNS for w in after)
    return (lemma, i + 1) if named else None


def done_to(line: Line, i: int, here: bool = False) -> tuple[str, int, int] | None:
    """(base form, index after, index after the noun) for "our bags were carried", "my room was upgraded".

    Args:
        here: told here, where whatever was done to a thing was done by the house: "the hinge was soldered".
    """
    if here and (done := _done_here(line, i)):
        return done
    if line.low(i) not in ("my", "our"):
        return _given(line, i)
    for k in range(i + 2, i + 4):
        if line.low(k) in ("was", "were"):
            m = line.skip(k + 1)
            lemma = participle_lemma(line.low(m))
            noun = all(
                line.low(n).isalpha() and line.low(n) not in lex.PREPOSITIONS | {"and", "or"}
                for n in range(i + 1, k)
            )
            return (lemma, m + 1, k) if noun and lemma in _DONE_TO else None
    return None


def _given(line: Line, i: int) -> tuple[str, int, int] | None:
    """The same for what opens its sentence: "champagne was offered", "the fees and taxes were clearly explained"."""
    if i and line.low(i - 1)[0].isalnum():
        return None
    for k in range(i + 1, i + 7):
        if line.low(k) in ("was", "were"):
            m = line.skip(k + 1)
            lemma = participle_lemma(line.low(m))
            after = [line.low(n) for n in range(m + 1, m + 6)]
            staff = bool(lex.STAFF_NOUNS & set(after))
            if "by" in after and not staff:
                return None
            ours = bool({"us", "me"} & set(after[:4])) or "by" in after
            return (lemma, m + 1, k) if lemma in _SAID_OR_GIVEN or (lemma in _DONE_TO and ours) else None
        if not line.low(k).isalpha() or line.low(k) in _NOT_OF_IT:
            return None
        if past_lemma(line.low(k)) and not is_verb(line.low(k)) and line.low(k - 1) not in lex.DETERMINERS:
            return None  # "the boat came early and soup was delivered": two sentences in one
    return None


def _done_here(line: Line, i: int) -> tuple[str, int, int] | None:
    opens = i == 0 or not line.low(i - 1)[:1].isalnum() or line.low(i - 1) in ("and", "then", "so")
    if not opens or (line.low(i) not in lex.DETERMINERS | {"both"} and not line.low(i + 1).endswith("'s")):
        return None
    for k in range(i + 1, i + 9):
        low = line.low(k)
        if low in ("was", "were"):
            m = line.skip(k + 1)
            lemma = participle_lemma(line.low(m))
            if lemma is None or not doable(lemma) or lemma in _HOW_IT_IS or line.low(m).endswith("ing"):
                return None
            after = [line.low(n) for n in range(m + 1, m + 7)]
            if "by" in after:
                who = after[after.index("by") + 1 :]
                named = any(line.is_name(m + 1 + n) for n in range(after.index("by") + 1, len(after)))
                by_staff = bool(set(who[:3]) & lex.WORKERS) or named
                if who[:1] and who[0] in lex.DETERMINERS and not by_staff:
                    return None  # "was taken by a customer", "by the wind"
            if may_describe(line.low(m)) and not set(after[:2]) & _DONE_WITH and after[0] not in _ONCE_MORE:
                return None  # "the shop was closed": how it was
            return lemma, m + 1, k
        plain = low.removesuffix("'s")
        if not plain.isalpha() or low in _NOT_OF_IT - {"of"}:
            return None
        if past_lemma(low) and not is_verb(low) and not may_describe(low):
            return None
    return None


# What is told with these is how a thing was, or whose: "the office was located …", "the tickets were sold".
_HOW_IT_IS = lex.SAYING - {"explain", "show", "check"} | frozenset(
    """close open use know call locate situate base crowd book sell surround involve need require age mark price own
    hire employ make take do put design build include pack hide meet marry""".split()
)
_ONCE_MORE = frozenset(("again", "twice"))
_DONE_WITH = frozenset(
    "into onto to for with from on over back up off out by through in under between".split()
)
_NOT_OF_IT = (
    lex.PREPOSITIONS | lex.STAFF_PRONOUNS | lex.CUSTOMER_SUBJECTS | {"you", "it", "that", "which", "who"}
)


def done_by_the_house(lemma: str) -> bool:
    """Whether what was done to a thing was done for somebody, and is not how the thing was."""
    return lemma not in _HOW_IT_IS - {"put", "pack"}


def passive(line: Line, i: int) -> tuple[str, int] | None:
    """(base form, index after) for "(we) were offered", "(I) was immediately given"."""
    i = line.skip(i)
    if line.low(i) in ("have", "had", "has") and line.low(i + 1) == "been":
        i += 1
    if line.low(i) not in ("was", "were", "got", "been", "are", "am", "is", "get"):
        return None
    i = line.skip(i + 1)
    lemma = participle_lemma(line.low(i))
    return (lemma, i + 1) if lemma in lex.PASSIVE else None
