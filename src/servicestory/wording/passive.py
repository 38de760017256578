"""What was done to the customer, told without saying who did it: "we were offered", "our bags were carried"."""

from servicestory.wording import lexicon as lex
from servicestory.wording.line import Line
from servicestory.wording.morphology import is_verb, participle_lemma, past_lemma

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


def done_to(line: Line, i: int) -> tuple[str, int, int] | None:
    """(base form, index after, index after the noun) for "our bags were carried", "my room was upgraded"."""
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


_NOT_OF_IT = (
    lex.PREPOSITIONS | lex.STAFF_PRONOUNS | lex.CUSTOMER_SUBJECTS | {"you", "it", "that", "which", "who"}
)


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
