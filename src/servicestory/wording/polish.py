"""Last touches to an instruction: a missing article, a question asked plainly, what is written down for others."""

import re

from servicestory.wording import lexicon as lex
from servicestory.wording.articles import articles
from servicestory.wording.morphology import ing_lemma, may_describe, third_lemma
from servicestory.wording.tokens import Clause

_NOTING = frozenset("write note put enter record mark log make leave".split())
_NOTED_ON = frozenset("card cards sheet handover notes log logbook file record".split())
_WITHOUT_OBJECT = frozenset("it this that down up out on in what each".split())
_DROPPED = frozenset("the a an my our your his her their".split())


def noted(clause: Clause, customer: str, brief: bool = False) -> str | None:
    """What was written down for the next shift: "put it on the handover card" says where, not what.

    Args:
        brief: in few words, for a name.
    """
    lows = [w.low for w in clause.rest]
    made = clause.lemma in ("make", "leave") and {"note", "notes", "card"} & set(lows[:3])
    bare = clause.lemma not in ("make", "leave") and lows and lows[0] in _WITHOUT_OBJECT
    if clause.lemma not in _NOTING or not (made or bare):
        return None
    for k, low in enumerate(lows):
        after = lows[k + 1 : k + 6]
        if low not in ("on", "in", "into", "onto", "to") or not {"handover", "shift", "card"} & set(after):
            continue
        if not _NOTED_ON & set(after):
            continue
        last = max(n for n, word in enumerate(after) if word in _NOTED_ON)
        place = [w for w in after[: last + 1] if w.isalpha() and w not in _DROPPED]
        where = "on" if after[last] in ("card", "sheet") else "in"
        return f"Note {where} the {' '.join(place)} {_what(clause, customer, brief)}"
    return None


def _what(clause: Clause, customer: str, brief: bool) -> str:
    """What was written down: told as "what calms her", as a fact about the customer, or left to be known."""
    unsaid = (
        f"what the {customer} likes" if brief else f"what the next shift should know about the {customer}"
    )
    lows = [w.low for w in (*clause.rest, *clause.after)]
    at = next((k for k, low in enumerate(lows) if low in ("what", "how", "which", "why")), None)
    if at is None:
        wish = next((w for w in lows if w in _WISHES), "")
        return f"what the {customer} {wish}" if wish else unsaid
    if lows[at] == "what" and third_lemma(lows[at + 1]) and lows[at + 2 : at + 3] and lows[at + 2] in _WHOM:
        return f"what {lows[at + 1]} the {customer}"
    return unsaid


_WHOM = frozenset("me us him her them".split())
_WISHES = ("wants", "needs", "likes", "prefers")

# Said without an article by hurried tellers ("gave us corporate discount"); an instruction has one.
_COUNTED = (
    "suite|drink|voucher|discount|bed|cake|upgrade|map|blanket|towel|umbrella|taxi|cab|wheelchair|refund|room|table|"
    "seat|kettle|charger|adapter|pillow|cot|crib|gift|card|menu|recommendation|suggestion|tour|note|bottle|glass|coupon|microwave|fan|heater|"
    "brownie|pastry|cupcake|cookie|candle|sundae|mocktail|cocktail|starter|platter|sandwich"
)
_NO_ARTICLE = re.compile(
    rf"^((?:give|offer|bring|get|send|provide|arrange|suggest|recommend|lend|find|upgrade|move|leave)"
    rf"(?: (?:the \w+|them))?(?:(?<!offer)(?<!provide)(?<!arrange) to| with)?) ((?:[a-z-]+ ){{0,2}}?)"
    rf"({_COUNTED})\b(?! (?:service|number|key|temperature|of)\b)"
)


def _with_article(found: re.Match[str]) -> str:
    """ "to premier suite" -> "to a premier suite"; the noun stays bare where what stands before it describes nothing."""
    before = found[2].split()
    if lex.DETERMINERS & set(before) or not all(may_describe(word) or word in _DESCRIBING for word in before):
        return found[0]
    return f"{found[1]} a {found[2]}{found[3]}"


def _asked_or_seen(found: re.Match[str]) -> str:
    """ "to see if all is well" is to ask; "to see whether the pump holds" is to look."""
    about_people = re.match(
        r"\w+ (?:all|everything|anything|there|they|you|the \w+ (?:needs?|wants?|has|is|likes?))\b",
        found["said"],
    )
    return f"to {'ask' if about_people and not _A_THING.match(found['said']) else 'check'} {found['said']}"


_A_THING = re.compile(r"\w+ the (?!guest|customer|patient|client|visitor|passenger|member|colleague)\w+ ")
_PEOPLE = frozenset("guest customer patient client visitor passenger member colleague".split())
_DESCRIBING = frozenset(
    "welcome corporate birthday food drink roller travel spare surprise handwritten".split()
)


# How well somebody did it is praise: a colleague cannot do it by being told so.
_HOW_WELL = re.compile(
    r"^([a-z]+) (?:(?:very|so|really|quite) )?(?:well|nicely|beautifully|wonderfully|perfectly|brilliantly|superbly|excellently)(?= \w)"
)

# "Clean the room every day and bed linens": the second was left without its verb.
_DAILY_AND = re.compile(r"^(?P<daily>clean .* (?:every ?day|daily|each day)) and (?P<next>[a-z]+)\b.*$")
# Which one the next guest is brought, nobody asks.
_LENT = "(?:microwave|fan|heater|crib|cot|kettle|charger|blanket|wheelchair|pillow)"
# "Accommodate the guest by cleaning the room early": the second is what was done.
_BY_DOING = re.compile(r"^(?:accommodate|help|assist) the (?P<whom>\w+) by (?P<doing>\w+ing) (?P<what>.+)$")


def _what_was_done(found: re.Match[str]) -> str:
    lemma = ing_lemma(found["doing"])
    what = re.sub(r"\btheir\b", f"the {found['whom']}'s", found["what"], count=1)
    what = re.sub(r"\bthem\b", f"the {found['whom']}", what, count=1)
    return f"{lemma} {what}" if lemma else found[0]


_TO_THE_ROOM = re.compile(
    r"\bcheck (in|out) (early|late) (?:to|into|of|from) (?:their|the|the \w+'s) rooms?\b"
)
# "Film the guest at their exercises": the exercises are what is filmed.
_FILMED_AT = re.compile(
    r"^(film|record|video|photograph) (the \w+) (?:at|during|doing|in) their(?= (?:\w+ )?exercises\b)"
)
# "How the first night has treated the guest": what treated them is theirs.
_TREATED = re.compile(
    r"\bhow the (?P<what>(?:\w+ )?(?:night|day|morning|week|stay|journey)) (?:(?:has|had) )?treated (?P<whom>the \w+)$"
)


def polished(line: str, customer: str) -> str:
    """``line`` with articles, questions and spaces put right; ``customer`` is who may stand as "the customer"."""
    line = re.sub(r"^(help (?:the \w+|them)) on (?=with\b)", r"\1 ", line)
    line = re.sub(r"\bat short time\b", "at short notice", line)
    line = re.sub(r"^(call|ring|phone|visit|come) (?=(?:next|following) )", r"\1 the ", line)
    line = re.sub(r"\bto (?:just )?(?:hear|find out) (?=if|whether|how)", "to ask ", line)
    line = re.sub(r"\bto (?:just )?see (?=(?:if|whether|how)\b)(?P<said>.*)", _asked_or_seen, line)
    line = re.sub(r"\bto just (?=check|see|ask)", "to ", line)
    line = _HOW_WELL.sub(r"\1", line)
    line = re.sub(r"^(explain|describe|discuss) about (?=the\b|every|each|all|what|how)", r"\1 ", line)
    line = re.sub(r"\ba couple (?!of\b)", "a couple of ", line)
    given = re.match(r"\w+ the (\w+) ", line)
    if given is None or given[1] in (
        customer.split()[-1],
        *_PEOPLE,
    ):  # "the champagne welcome drink" is a drink
        line = _NO_ARTICLE.sub(_with_article, line)
    line = re.sub(r"\bno-(extra-)?(charge|cost)\b", lambda m: m.group().replace("-", " "), line)
    line = re.sub(r"^(offer|give) (the \w+) with ", r"\1 \2 ", line)
    line = line.replace("complementary", "complimentary")
    line = re.sub(r"\b(is|are) (?:ok|okay)\b", r"\1 all right", line)
    line = re.sub(r"\b(?:ok|okay)$", "all right", line)
    line = re.sub(r"\b(?:up)?on check(?:ing)?[- ](in|out)\b", r"at check-\1", line)
    line = re.sub(
        r"^offer to (?:provide|give|bring|serve) (?=(?:a|an|some)\b(?! (?:\w+ )?(?:tour|lift|ride)\b))",
        "offer ",
        line,
    )
    line = re.sub(
        r"^assist (the \w+|them) (?!(?:in|with|at|by|during|throughout|when|as|on)\b)", r"help \1 ", line
    )
    line = re.sub(r"\b(have|with|for) (early|late) check (in|out)\b", r"\1 \2 check-\3", line)
    line = re.sub(r"^(waive) a bunch of ", r"\1 ", line)
    line = re.sub(rf"^((?:bring|lend) the \w+) the (?={_LENT}\b)", r"\1 a ", line)
    line = re.sub(r" and (?:\w+ )?service$", "", line)
    line = re.sub(r"('s) check (in|out)\b", r"\1 check-\2", re.sub(r"\ba nights\b", "a night's", line))
    line = re.sub(r" the entire stay(?= (?:every|each)\b)", "", line)
    line = re.sub(
        r"\b((?:every|each) (?:morning|afternoon|evening|night)) (?:every day|everyday|daily)\b(?: throughout .*)?",
        r"\1",
        line,
    )
    line = _DAILY_AND.sub(lambda m: m[0] if m["next"] in lex.COPYABLE else m["daily"], line)
    line = _BY_DOING.sub(_what_was_done, line)
    line = re.sub(r" to make (?:them|their|the \w+) feel \w+(?= (?:on|for|at)\b|$)", "", line)
    line = re.sub(r"\b(after|before|until|at) check (in|out)\b", r"\1 check-\2", line)
    line = re.sub(
        r"^((?:offer|give|provide|arrange)(?: the \w+)?) (early|late) check (in|out)\b",
        r"\1 \2 check-\3",
        line,
    )
    line = _TO_THE_ROOM.sub(r"check \1 \2", line)
    line = _FILMED_AT.sub(r"\1 \2's", line)
    line = _TREATED.sub(r"how \g<whom>'s \g<what> has been", line)
    line = re.sub(r"\bto check-(in|out)\b", r"to check \1", line)
    line = re.sub(r"\b(an? (?:early|late)) check (in|out)\b", r"\1 check-\2", line)
    line = re.sub(r"^inform (the .+?) (?=what |how )", r"tell \1 ", line)
    line = re.sub(r" throughout(?= to the \w+$)", "", line)
    line = re.sub(r"\bwithout (?:even )?asking$", "without being asked", line)
    line = re.sub(r"^(provide) (the \w+|them) (?!with\b)", r"\1 \2 with ", line)
    line = re.sub(
        r"\b(line|figure|one)-(by|at)-(a-)?(line|figure|one|time)\b", lambda m: m[0].replace("-", " "), line
    )
    line = re.sub(r"\b(custom|personal|organ|apolog|recogn)ize", r"\1ise", line)
    line = re.sub(r"\s+([,.;:'])", r"\1", line)
    line = articles(line)
    line = re.sub(r"\ba (?=u(?!ni|se|su|til|ro|sb))", "an ", line)
    line = re.sub(r"\bby (?:their|the \w+'s) name\b", "by name", line)
    line = re.sub(r"^upgrade (.+) to a room\b", r"upgrade \1 to a better room", line.replace(" & ", " and "))
    line = re.sub(r"\s+", " ", line).strip(" ,-/&'")
    return line.replace("an one", "a one").replace("a hour", "an hour")
