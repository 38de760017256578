"""How far what follows a verb goes: where the words that belong to it end."""

from servicestory.wording import lexicon as lex
from servicestory.wording.line import Line
from servicestory.wording.morphology import is_verb, may_describe, participle_lemma, past_lemma, third_lemma

_ASKING = frozenset(
    "make ensure let call phone ring know help text message email e-mail notice realise realize remember".split()
)
_NOUN_ENDS = frozenset("and or but when which who as for to in on at with from".split())
_FINITE = frozenset("was were is are had has have did could would will can made felt".split())
_PAST_OR_NOT = frozenset("set cut left put read let iced baked fried".split())
_WHEN = ("after", "before", "until")
_HAS_DONE = frozenset("have get keep want make need find leave see".split())  # "had a boat cleaned properly"
_NO_MANNER = frozenset("dai week month year hour ear on friend".split())
_NOTES = frozenset("write note mark".split())
_NOTED = frozenset("what which how where whether".split())
_TELLS = frozenset("told tell tells asked ask asks showed show shows".split())
_TOLD_SOON = 4  # words between "told" and "which": "the new tenant"
_OBJECTS = frozenset("it them me us him you".split())


def end_of(line: Line, i: int, lemma: str) -> int:
    """Index after the last word that belongs to the verb at ``i - 1``."""
    k = i
    asking = lemma in lex.SAYING or lemma in _ASKING
    while k < len(line.tokens):
        low = line.low(k)
        if not low[0].isalnum() and low not in ("'", "&", "/"):
            if low == "," and _purpose(line, k + 1):
                k = _purpose(line, k + 1)
                continue
            if low == "," and list_goes_on(line, k, i):
                k += 1
                continue
            return k
        if k > i and line.low(k + 1) in ("me", "us", "sure") and _starts_anew(line, k):
            return k
        if k > i + 1 and lemma not in _HAS_DONE and _told_how(line, k + 1) and _starts_anew(line, k):
            return k
        if k > i + 1 and "who" in (line.low(i - 2), line.low(i - 3)) and _main_verb(line, k):
            return k
        if low.endswith("ing") and line.low(k - 2) == "by" and line.low(k - 1) in ("name", "names"):
            return k  # "greets all walkers by name leaving five minutes late"
        if low in ("and", "&", "or"):
            if not _nominal(line, k + 1) or (line.low(k + 1) == "for" and line.low(k + 2).endswith("ing")):
                return k
        elif (
            (low.endswith("ing") and k > i and line.low(k + 1) in ("me", "us"))
            or low == "then"
            or (low == "once" and line.low(k + 1) not in ("more", "again") and line.low(k - 1) != "at")
            or (low in _WHEN and line.low(k + 1) != "arrival" and _clause_follows(line, k + 1))
        ):
            return k
        elif (
            (low == "as" and (line.low(k + 1) == "far" or line.low(k - 1) == "far" or _as_big_as(line, k)))
            or (low == "as" and line.low(k + 1) in ("a", "an", "the") and not _clause_follows(line, k + 1))
            or low in ("before", "until", "after")
        ):
            pass
        elif low == "like" or (low == "in" and line.low(k + 1) == "case" and line.low(k + 2) != "of"):
            return k
        elif (low == "once" and (line.low(k + 1) in ("more", "again") or line.low(k - 1) == "at")) or (
            low == "than" and line.low(k - 1) in ("less", "more", "under") and _figure(line, k + 1)
        ):
            pass
        elif low == "due" and line.low(k + 1) != "to":
            pass  # "when the bill is due"
        elif low.endswith("ing") and line.low(k - 1) in lex.DETERMINERS and line.low(k + 1).isalpha():
            pass  # "cleaned the hearing aids"
        elif low == "till" and line.low(k - 1) in ("the", "a", "our", "my"):
            pass  # where the money is
        elif lemma in _NOTES and line.low(i) in ("on", "down", "in") and low in _NOTED:
            pass  # "wrote on the board what each child had eaten"
        elif low in lex.ENDERS and not (
            (asking or line.low(k - 1) in ("ask", "hear", "out", "check", "see", "through", "down", "about"))
            and (
                low in ("if", "whether", "how", "what", "where", "that", "when", "why")
                or _asks_which(line, k, i)
            )
        ):
            return k
        k += 1
    return k


def _starts_anew(line: Line, k: int) -> bool:
    """Whether a hurried teller begins the next deed at ``k``: "answered our questions made sure we …"."""
    before = line.low(k - 1)
    return bool(
        past_lemma(line.low(k))
        and not is_verb(line.low(k))
        and before.isalpha()
        and before
        not in lex.PREPOSITIONS | lex.DETERMINERS | lex.ENDERS | {"and", "or", "had", "has", "have"}
    )


def _main_verb(line: Line, k: int) -> bool:
    """Whether "who did it" is over at ``k``, where what they did begins: "who had mended my clock rang a week later"."""
    goes_on = lex.PREPOSITIONS | lex.DETERMINERS | _OBJECTS | {"to"}
    follows = line.low(k + 1)
    return (
        (not follows[:1].isalnum() or follows in goes_on)
        and not may_describe(line.low(k - 1))
        and _starts_anew(line, k)
    )


def _told_how(line: Line, k: int) -> bool:
    """Whether a word says how something was done: "rowed carefully"; "rowed daily" says when."""
    low = line.low(k)
    return low.endswith("ly") and low[:-2] not in _NO_MANNER and may_describe(low[:-2])


def _as_big_as(line: Line, k: int) -> bool:
    """Whether "as" at ``k`` opens or closes "as tall as a thumb"."""
    opens = may_describe(line.low(k + 1)) and line.low(k + 2) == "as"
    closes = line.low(k - 2) == "as" and may_describe(line.low(k - 1))
    return (opens and line.low(k + 3) in ("a", "an")) or (closes and line.low(k + 1) in ("a", "an"))


def _asks_which(line: Line, k: int, start: int) -> bool:
    """Whether "which" opens the question itself ("asked me which side"), not a remark ("…, which I liked")."""
    before = _OBJECTS | {"out", "check", "see", "down", "about"}
    whom = line.low(start - 1) in _TELLS and line.low(k - 1) in lex.SERVED and k <= start + _TOLD_SOON
    return line.low(k) == "which" and (k == start or line.low(k - 1) in before or whom)


def _purpose(line: Line, k: int) -> int:
    """Index of "to see whether …" after a comma ("came by, unasked, to see whether"); 0 when there is none."""
    if line.low(k) in ("unasked", "unprompted") and line.low(k + 1) == ",":
        k += 2
    asks = line.low(k) == "to" and line.low(k + 1) in ("see", "check", "hear", "ask")
    return k if asks and line.low(k + 2) in ("if", "whether", "that", "how") else 0


def _figure(line: Line, k: int) -> bool:
    return line.low(k)[:1].isdigit() or line.low(k) in lex.NUMBER_WORDS | {"a", "an"}


def list_goes_on(line: Line, comma: int, start: int) -> bool:
    """A comma inside "towels, soap and water": short nouns up to an "and" with no verb between."""
    if line.low(comma - 1) in lex.PREPOSITIONS:
        return False  # "… the night before, hot soup and …"
    if line.low(comma + 1) in ("and", "or"):
        return any(line.low(k) == "," for k in range(start, comma)) and _nominal(line, comma + 2)
    for k in range(comma + 1, min(comma + 8, len(line.tokens))):
        low = line.low(k)
        if low in ("and", "or"):
            return k > comma + 1 and _nominal(line, k + 1) and _nominal(line, comma + 1)
        if low in lex.STAFF_PRONOUNS or low in lex.CUSTOMER_SUBJECTS or _looks_finite(line, k):
            return False
        if not low[0].isalnum() and low != ",":
            return False
    return False


def _nominal(line: Line, k: int) -> bool:
    """Whether a noun group without a verb of its own starts at ``k``."""
    first = line.skip(k)
    if (
        first != k
        or line.low(k) in lex.STAFF_PRONOUNS | lex.CUSTOMER_SUBJECTS | lex.STAFF_NOUNS
        or not line.low(k)
    ):
        return False
    if (
        not line.low(k)[0].isalpha()
        or line.is_name(k)
        or line.low(k) in ("it", "this", "that", "there", "to", "was", "is")
    ):
        return False
    if participle_lemma(line.low(k)) in lex.PASSIVE and not is_verb(line.low(k)):
        return False  # "welcomed and given"
    if line.low(k + 1) in _OBJECTS and (
        past_lemma(line.low(k)) or third_lemma(line.low(k)) or is_verb(line.low(k))
    ):
        return False  # "and put it in the fridge", "and let him choose"
    if line.low(k) in _PAST_OR_NOT and line.low(k + 1) in lex.DETERMINERS:
        return False  # "and put the book back"
    if line.low(k + 1) in lex.DETERMINERS and past_lemma(line.low(k)) and not is_verb(line.low(k)):
        return False  # "and fitted the right one"
    if line.low(k) in lex.COPYABLE and line.low(k + 1) in ("my", "our", "your"):
        return False  # "to light our stove and mend our lamp"
    third = third_lemma(line.low(k))
    if third in lex.COPYABLE and line.low(k + 1) in lex.DETERMINERS | {
        "me",
        "us",
        "them",
        "you",
        "that",
        "to",
    }:
        return False
    if line.low(k) in ("my", "our", "the", "everything"):
        for m in range(k, min(k + 12, len(line.tokens))):
            if not line.low(m)[0].isalnum() or line.low(m) in (
                "which",
                "who",
                "that",
                "when",
                "and",
                "because",
            ):
                break
            if _looks_finite(line, m):
                return False  # "gave us a lamp and our evening still began well"
    for m in range(k, min(k + 7, len(line.tokens))):
        low = line.low(m)
        if not low[0].isalnum() or low in _NOUN_ENDS:
            return True
        if _looks_finite(line, m):
            return False
    return True


def _looks_finite(line: Line, k: int) -> bool:
    low = line.low(k)
    if low in _FINITE:
        return True
    if line.low(k - 1) in lex.DETERMINERS or line.low(k - 1) in lex.PREPOSITIONS:
        return False
    return past_lemma(low) is not None and low not in _PAST_OR_NOT


def _clause_follows(line: Line, k: int) -> bool:
    for m in range(k, min(k + 6, len(line.tokens))):
        low = line.low(m)
        if low in ("and", "or", "but", "because", "although") or not low[:1].isalnum():
            return False
        if low == "to" and is_verb(line.low(m + 1)):
            return False  # "the evening after a visit to ask if it hurts"
        if low in lex.STAFF_PRONOUNS | lex.CUSTOMER_SUBJECTS | {"it", "you"} or _looks_finite(line, m):
            return True
        if low == "left" and m > k and line.low(m - 1) not in lex.DETERMINERS | lex.PREPOSITIONS:
            return True  # "until our train left"
    return False
