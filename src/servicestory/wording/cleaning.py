"""Takes out of a clause what no instruction keeps: names, dates, amounts, praise, loose ends."""

import re

from servicestory.wording import lexicon as lex
from servicestory.wording.morphology import may_describe, names_something
from servicestory.wording.tokens import Word

_TIDY_END = frozenset(
    "also even too though again very here there then just actually anyway both always".split()
)
_LOWER_ANYWAY = frozenset(
    """champagne prosecco lounge suite business class breakfast room pool club bar front desk reception hotel
    restaurant manager bell valet taxi uber doctor nurse coffee tea spa concierge dinner lunch bottle upgrade
    late checkout check early executive penthouse premium economy first ocean street lake city corner view captain""".split()
)
_ORDINAL = re.compile(r"(?:\w+(?:ieth|enth|[^n]th)|first|second|third|\w+-(?:first|second|third|\w+th))")
_WHOLE_GROUPS = (
    (("family", "members"), "?"), (("wi", "fi"), "wifi"),
    (("all", "of", "us"), "us"), (("both", "of", "us"), "us"), (("us", "both"), "us"), (("them", "both"), "them"), (("both", "of", "them"), "them"),
    (("each", "of", "us"), "us"), (("me", "personally"), "me"), (("us", "personally"), "us"),
    (("my", "wife", "and", "i"), "us"), (("my", "husband", "and", "i"), "us"), (("the", "both", "of", "us"), "us"),
    (("my", "wife", "and", "me"), "us"), (("my", "husband", "and", "me"), "us"), (("me", "and", "my", "wife"), "us"),
    (("me", "and", "my", "family"), "us"), (("me", "and", "my", "husband"), "us"), (("my", "family", "and", "i"), "us"),
    (("my", "family", "and", "me"), "us"), (("us", "guys"), "us"), (("no", "extra", "charge"), "no-extra-charge"),
    (("no", "additional", "charge"), "no-extra-charge"), (("no", "charge"), "no-charge"),
    (("no", "extra", "cost"), "no-extra-cost"), (("no", "cost"), "no-cost"), (("no", "additional", "cost"), "no-extra-cost"),
    (("line", "by", "line"), "line-by-line"), (("line", "for", "line"), "line-by-line"), (("one", "line", "after", "another"), "line-by-line"),
    (("one", "at", "a", "time"), "one-at-a-time"), (("one", "by", "one"), "one-by-one"), (("figure", "by", "figure"), "figure-by-figure"),
    (("multiple", "times"), ""), (("several", "times"), ""), (("many", "times"), ""),
    (("each", "other"), "?"), (("at", "ease"), "?"), (("as", "well"), ""), (("as", "good"), "?"), (("of", "course"), ""), (("a", "lot"), "?"),
)  # fmt: skip


def ungrouped(rest: list[Word]) -> list[Word] | None:
    lows = {w.low for w in rest}
    for group, stands in _WHOLE_GROUPS:
        if group[0] not in lows:
            continue
        k = 0
        while k + len(group) <= len(rest):
            if tuple(w.low for w in rest[k : k + len(group)]) == group:
                if stands == "?":
                    return None
                first = rest[k]
                rest[k : k + len(group)] = [Word(stands, stands, first.start, first.end)] if stands else []
            k += 1
    return rest


def without_agent(rest: list[Word], here: bool = False) -> list[Word]:
    """Cuts "by the receptionist" off a passive; "by name" and "by taxi" stay, and "by month" in what is told here."""
    for k, word in enumerate(rest):
        follows = [w.low for w in rest[k + 1 : k + 3]]
        bare = here and rest[k + 1 : k + 2] and rest[k + 1].text.islower()
        if bare and follows[0] not in lex.DETERMINERS and names_something(follows[0]):
            continue
        if word.low == "by" and not (set(follows) & _BY_WHAT):
            return rest[:k]
    return rest


_BY_WHAT = frozenset(
    ("name", "names", "first", "phone", "email", "text", "hand", "taxi", "car", "bus", "post")
)


def without_self(rest: list[Word]) -> list[Word]:
    """Drops "himself" where it only stresses who did it; "the next one" is the next colleague."""
    kept: list[Word] = []
    for k, word in enumerate(rest):
        before = rest[k - 1].low if k else ""
        if word.low in ("himself", "herself", "themselves") and before not in lex.PREPOSITIONS and k:
            continue
        if word.low in ("himself", "herself", "themselves") and before == "by" and k > 1:
            kept.pop()  # "by himself": nobody had to ask
            continue
        if word.low == "one" and before == "next" and (k < 3 or rest[k - 3].low in lex.PREPOSITIONS):
            word = Word("colleague", "colleague", word.start, word.end)
        kept.append(word)
    return kept


def without_pointing(rest: list[Word]) -> list[Word]:
    """Cuts "on this issue" off the end: only the story knows which one."""
    for k in range(1, len(rest) - 1):
        if rest[k].low in lex.PREPOSITIONS and rest[k + 1].low in ("this", "that", "these", "those"):
            return rest[:k]
    return rest


_TIME = re.compile(
    r"\b(?:(?:at|around|about|by|before|after|until|till|towards|from|on|in|for) )?"
    r"(?:half past |(?:a )?quarter (?:past|to) |just (?:after|before) )?"
    r"(?:[0-2]?\d(?:[.:]\d\d)?(?:am|pm)?|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve))"
    r"(?: (?:o'clock|am|pm|sharp))?(?: (?:in the (?:morning|evening|afternoon)|at night))?(?= (?:and|or|to|in|on|for|with|so|,)\b| ,|$)"
)


def without_times(rest: list[Word]) -> list[Word]:
    """Takes out the hour ("at half past eight") and the bare number of a room ("for 31")."""
    line = " ".join(w.low for w in rest)
    found = _TIME.search(line)
    if found is None or (" " not in found.group() and found.start() and not found.group()[0].isdigit()):
        return rest
    first = line[: found.start()].count(" ")
    used = found.group().count(" ") + 1
    if first + used == len(rest) or found.group().split()[0] in lex.PREPOSITIONS:
        return rest[:first] + rest[first + used :]
    return rest


_MEASURES = frozenset(
    "km kilometres kilometers miles metres meters steps degrees percent grams drops".split()
)


def without_figures(rest: list[Word], here: bool = False) -> list[Word] | None:
    """Takes out times and counts ("in 10 minutes", "two bottles"); None when a figure carries the sense."""
    kept: list[Word] = []
    k = 0
    while k < len(rest):
        low = rest[k].low
        follows = rest[k + 1].low if k + 1 < len(rest) else ""
        if (
            here
            and low in lex.NUMBER_WORDS
            and kept
            and kept[-1].low in ("the", "all")
            and names_something(follows or "-")
        ):
            k += 1  # "the two loans"
            continue
        if here and low in lex.NUMBER_WORDS and follows == "times":
            kept.append(Word("several", "several", rest[k].start, rest[k].end))
            k += 1
            continue
        figure = (low[0].isdigit() and "-" not in low) or low.partition("-")[0] in lex.NUMBER_WORDS
        if (
            figure
            and k + 2 < len(rest)
            and follows in ("days", "weeks")
            and rest[k + 2].low in ("later", "before", "after", "ahead")
        ):
            kept.append(Word("some", "some", rest[k].start, rest[k].end))
            k += 1
            continue
        if figure and follows in _MEASURES:
            return None  # "after fifty kilometres"
        if figure and follows in lex.TIME_UNITS:
            if here and k + 2 < len(rest) and rest[k + 2].low == "away":
                kept += [Word(said, said, rest[k].start, rest[k].end) for said in ("a", "few", follows)]
                k += 2
                continue
            if k + 2 < len(rest) and rest[k + 2].low in ("early", "late", "earlier", "later"):
                k += 2
                continue
            if kept and kept[-1].low == "than":
                del kept[-2:]
            if kept and kept[-1].low in ("in", "within", "for", "about", "by", "under", "at"):
                kept.pop()
                k += 2
            elif here and kept and kept[-1].low == "after" and follows.endswith("s"):
                kept += [Word(said, said, rest[k].start, rest[k].end) for said in ("a", "few", follows)]
                k += 2
            else:
                return None
            continue
        if (
            low.partition("-")[0] in lex.NUMBER_WORDS
            and (
                follows.endswith("s")
                or (k + 2 < len(rest) and rest[k + 2].low.endswith("s") and follows.isalpha())
            )
            and not (kept and kept[-1].low in ("the", "our", "my"))
            and follows not in lex.PREPOSITIONS
        ):
            if here and kept and kept[-1].low == "with":
                kept.append(rest[k])  # "a card with two tasks"
                k += 1
                continue
            if kept and kept[-1].low == "with":
                return None  # "a boat with two masts" is no "boat with masts"
            k += 1
            continue
        if _ORDINAL.fullmatch(low) and follows in ("birthday", "anniversary", "wedding"):
            k += 1
            continue
        if figure or low in ("$", "£", "€", "%", "am", "pm") or low in lex.NUMBER_WORDS:
            return None
        if here and low in lex.CALENDAR and kept and kept[-1].low == "on":
            kept.pop()
            k += 2 if follows in lex.TIMES_OF_DAY else 1  # "on Friday evening"
            continue
        if low in lex.CALENDAR:
            return None
        kept.append(rest[k])
        k += 1
    return kept


def without_names(rest: list[Word]) -> list[Word] | None:
    """Drops "at the Grand Plaza" at the end; None when a name stands anywhere else."""
    kept: list[Word] = []
    k = 0
    while k < len(rest):
        word = rest[k]
        named = (
            word.text[0].isupper() and word.text not in lex.CAPITALS and word.low not in ("i", "i'm", "i'd")
        )
        if named and (word.low in lex.STAFF_NOUNS or word.low in _LOWER_ANYWAY):
            word, named = Word(word.low, word.low, word.start, word.end), False
        if not named:
            kept.append(word)
            k += 1
            continue
        stop = k
        while stop < len(rest) and rest[stop].text[0].isupper():
            stop += 1
        while kept and kept[-1].low in lex.DETERMINERS:
            kept.pop()
        if not kept or kept[-1].low not in ("at", "in", "to", "from", "near", "by", "on") or stop < len(rest):
            return None
        kept.pop()
        k = stop
    return kept


_PRAISING = frozenset(
    """nicely pleasantly sincerely admirably beautifully perfectly wonderfully brilliantly excellently superbly amazingly
    fantastically impeccably marvellously professionally courteously efficiently flawlessly seamlessly""".split()
)


_MEANT = frozenset("big huge real proper special".split())


_NOT_SO = frozenset(
    "not cannot can't don't doesn't didn't couldn't never hardly".split()
)  # "who cannot hear well"


def _asked_which(before: list[Word]) -> bool:
    """Whether these words ask which one it is: of "which is the good ear" the "good" is what is asked."""
    lows = [w.low for w in before]
    return any(
        lows[k] == "which" and lows[k + 1] in lex.FINITE_BE and lows[k + 2] in lex.DETERMINERS - {"a", "an"}
        for k in range(len(lows) - 2)
    )


def without_praise(rest: list[Word], here: bool = False) -> list[Word]:
    """ "a wonderful chocolate cake" -> "a chocolate cake"; the article is mended later."""
    kept: list[Word] = []
    for k, word in enumerate(rest):
        follows = rest[k + 1].low if k + 1 < len(rest) else ""
        if word.low in lex.INTENSIFIERS or (word.low == "fast" and follows == "track"):
            kept += [word] if word.low == "fast" else []
            continue
        if (
            word.low in lex.EVALUATIVE
            and word.low != "special"  # made for them, and not the ordinary one: that is the deed
            and not _asked_which(rest[:k])
            and not (here and word.low in _MEANT)  # "in big numbers": a colleague says what it was like
            and follows
            and follows not in lex.PREPOSITIONS
            and follows not in ("and", ",")
        ):
            if len(kept) > 1 and kept[-1].low == "and" and may_describe(kept[-2].low):
                kept.pop()  # "clear and friendly announcements"
            if kept and kept[-1].low == "with" and k + 2 >= len(rest):
                return kept[:-1]  # "received us with lovely eyes": what is left is no way of doing it
            continue
        if word.low in _PRAISING or (
            word.low == "well"
            and k
            and not follows
            and rest[k - 1].low not in ("as", "is", "are", "was", "were", "all")
            and not any(w.low in ("if", "whether", "how") or w.low in _NOT_SO for w in rest[:k])
        ):
            continue
        if word.low in lex.FILLERS and word.low in (
            "also",
            "even",
            "then",
            "always",
            "just",
            "actually",
            "really",
            "simply",
            "still",
        ):
            if word.low == "still" and any(w.low in _THAT for w in rest[:k]):
                kept.append(word)  # "to ask if it still hurts"
            continue
        kept.append(word)
    return kept


_THAT = frozenset(("if", "whether", "that"))


def trimmed(rest: list[Word], cut: str) -> list[Word]:
    """Takes off what hangs in the air where the clause was cut off."""
    hanging = (
        _TIDY_END | lex.DANGLING | {"less", "more", "king", "queen", "through", "long", "accommodate", "few"}
    )
    if cut in ("what", "how", "where", "which", "whom", "that", "when", "who", "all"):
        hanging = hanging | lex.PREPOSITIONS
    elif cut in (".", "", "so") and any(w.low in ("which", "what", "where", "who") for w in rest[:-2]):
        hanging = hanging - lex.PREPOSITIONS  # "told us which bed they came from"
    if [w.low for w in rest[-2:]] in (["me", "through"], ["us", "through"]):
        return rest
    if [w.low for w in rest[-2:]] in (["check", "in"], ["check", "out"]):
        return rest
    if (
        cut in ("after", "before", "when", "that", "i", "we", "you", "they", "she", "he")
        and rest[-2:-1]
        and rest[-2].low == "the"
        and rest[-1].low in lex.TIMES_OF_DAY | {"moment", "minute", "time"}
    ):
        rest = rest[:-2]  # "called him the morning (after he moved in)"
    while rest and (rest[-1].low in hanging or not rest[-1].low[0].isalnum()):
        rest = rest[:-1]
    if (
        len(rest) > 2
        and rest[-2].low == "and"
        and may_describe(rest[-1].low)
        and not names_something(rest[-1].low)
    ):
        rest = rest[:-2]
    lows = [w.low for w in rest]
    if lows[-3:-1] in (["to", "keep"], ["to", "let"], ["to", "help"], ["to", "make"]):
        return rest[:-3]
    if lows[-4:] == ["to", "let", "people", "know"]:
        return rest[:-4]
    if len(rest) > 2 and lows[-2] in ("a", "an") and lows[-1] in lex.TIME_UNITS:
        return rest[:-3] if lows[-3] in lex.PREPOSITIONS else rest[:-2]
    if (
        len(rest) > 2
        and rest[-2].low == "to"
        and rest[-1].low in ("see", "check", "go", "ask", "tell", "say", "do")
    ):
        return rest[:-2]
    return rest
