"""What was done to the customer, told without saying who did it: "we were offered", "our bags were carried"."""

from servicestory.wording import lexicon as lex
from servicestory.wording.line import Line
from servicestory.wording.morphology import participle_lemma, past_lemma

# What is done by staff whenever it happens to something of the customer's.
_DONE_TO = frozenset(
    "upgrade carry clean store bring take deliver collect repair mend change replace reset refill rebook waive label".split()
)


def bare_passive(line: Line, i: int) -> tuple[str, int] | None:
    """ "greeted by name", "welcomed by the crew": told without saying who was, so it was the teller."""
    lemma = participle_lemma(line.low(i))
    if lemma not in lex.PASSIVE or line.low(i + 1) != "by":
        return None
    if line.low(i - 1) in lex.DETERMINERS or (past_lemma(line.low(i)) is None):
        return None
    after = [line.low(k) for k in range(i + 2, i + 7)]
    named = after[0] in ("name", "names") or any(w in lex.STAFF_NOUNS for w in after)
    return (lemma, i + 1) if named else None


def done_to(line: Line, i: int) -> tuple[str, int, int] | None:
    """(base form, index after, index after the noun) for "our bags were carried", "my room was upgraded"."""
    if line.low(i) not in ("my", "our"):
        return None
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
