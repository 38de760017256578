"""Whether a step still says all that was done: what may be left out of it, and what makes it half a step."""

import re
from collections.abc import Sequence

from servicestory.wording import lexicon as lex
from servicestory.wording.tokens import Clause, Told, Word

_ASKED = frozenset("if whether how what where when why".split())
_OPENERS = frozenset(
    "to at in on with for from by into onto after before during without within towards across behind via until through of".split()
)
_IN_TIME = frozenset("before after during throughout until till".split())
_PLACED = frozenset("at in to from near by on".split())
_TIMES = (
    frozenset(("stay", "journey", "trip"))
    | lex.TIMES_OF_DAY
    | lex.TIME_UNITS
    | lex.CALENDAR
    | frozenset("am pm o'clock midnight noon".split())
)
_PRAISE = frozenset(
    "smile smiles patience care kindness courtesy love joy pleasure enthusiasm attitude view views".split()
)
_LEADS_ON = frozenset("so to in into within without not".split())
_PEOPLE = frozenset("me us him her them".split())
_CAN = frozenset("can could would will might need needed have had want wanted".split())
_ANY = frozenset("people everyone everybody anyone anybody".split())
_WHICH = lex.DETERMINERS | frozenset(("us", "me"))
_WHO = lex.STAFF_PRONOUNS | lex.CUSTOMER_SUBJECTS | {"you", "it", "that"}


def may_go(tail: Sequence[Word], passive: bool) -> bool:
    """Whether nothing is lost with these last words: a time, a place by name, praise, an aside.

    What says with what, to where, for whom or to what effect makes the deed; it is never left out.
    """
    if [w.low in few for w, few in zip(tail, (("and",), _ASKED), strict=False)] == [True, True]:
        return True  # the second of two questions
    k = 0
    while k < len(tail):
        low = tail[k].low
        if low == ",":
            return bool(tail[k + 1 :]) and tail[k + 1].low not in _LEADS_ON
        if low == "with" and k + 2 < len(tail) and tail[k + 1].low in _PEOPLE and tail[k + 2].low == "in":
            return True  # "filmed it on my phone with me in it"
        if low == "of" and k and tail[k - 1].low in _PRAISE:
            return True  # "with a view of the lake"
        end = k + 1
        while end < len(tail) and tail[end].low != "," and tail[end].low not in _OPENERS:
            end += 1
        if not _spare(tail[k:end], passive):
            return False
        k = end
    return True


def _spare(phrase: Sequence[Word], passive: bool) -> bool:
    first, rest = phrase[0].low, phrase[1:]
    if first == "by" and passive:
        return True
    if first in _IN_TIME:
        return True
    named = next((w.text for w in rest if w.low not in lex.DETERMINERS), "")
    if first in _PLACED and named[:1].isupper():
        return True
    if first == "from" and rest and rest[0].low in ("his", "her", "their"):
        return True  # "a pair of glasses from her basket"
    if first in ("at", "on", "in", "for", "by", "from", "around") and any(w.low in _TIMES for w in rest):
        return True
    if first in ("at", "on", "by", "from", "around") and any(w.low[:1].isdigit() for w in rest):
        return True
    if first == "in" and rest and rest[-1].low in ("manner", "way", "fashion"):
        return True
    return first == "with" and bool(rest) and rest[-1].low in _PRAISE


def goes_on(clause: Clause) -> bool:
    """Whether what the clause was cut off before is part of its sense: "moved it, so that I could reach it"."""
    lows = [w.low for w in clause.after]
    if lows[:1] == [","]:
        return {"within", "reach"} <= set(lows) or (lows[1:2] == ["where"] and bool(_CAN & set(lows[3:5])))
    if lows[:1] in (["who"], ["whom"], ["whose"], ["where"], ["that"], ["which"]):
        if clause.told != "elsewhere" and clause.rest and clause.rest[-1].low in _ANY:
            return (
                False  # "of everyone (who came in)", "to people (who cannot climb the stairs)": any of them
            )
        which = next((w.low for w in reversed(clause.rest) if w.low in _WHICH), "")
        return which == "the"  # "to the room where the scale is": which room, is lost
    if lows[:1] == ["so"]:
        return lows[1:2] == ["that"] or (bool(_WHO & set(lows[1:2])) and bool(_CAN & set(lows[2:4])))
    return False


def purpose(clause: Clause) -> list[Word]:
    """The words of "so that the lamp was on my left" that follow "so that"; empty where no such thing follows."""
    lows = [w.low for w in clause.after]
    bare = lows[:1] == ["so"] and lows[1:2] != ["that"]
    if lows[:1] != ["so"] or (bare and not _so_they_can(lows[1:])):
        return []
    told: list[Word] = []
    sure = False
    for word in clause.after[1 if bare else 2 :]:
        if (sure and not word.text[0].isalnum()) or (sure and word.low in ("and", "so", "when", "which")):
            break
        sure = sure or word.low in _COULD_BE
        told.append(word)
    return told if sure else []


_COULD_BE = frozenset("was were could can would will".split())


def _so_they_can(lows: Sequence[str]) -> bool:
    """Whether what follows "so" is somebody and what they could do: "so the ambulance could board"."""
    opens = lows[:1] and (lows[0] in _WHO or lows[0] in lex.DETERMINERS)
    return bool(opens and {"could", "can", "would", "will"} & set(lows[1:5]))


# What every customer has or meets; of anything else only the story knows which one.
_EVERYBODYS = (
    r"(?:guest|customer|patient|client|visitor|passenger|member|colleague|room|bed|table|seat|night|day|stay|food|meal|"
    r"dinner|breakfast|lunch|pain|trip|journey|visit|order|temperature|medication|treatment)s?\b"
)
_WHERE = "|".join(
    sorted(lex.PREPOSITIONS - {"of", "for"} | set("aside away back down here out there together up".split()))
)
_LEFT_OPEN = re.compile(
    r"\b(?:on|to) the (?:left|right)\b(?! (?:of|hand|side of|way|size|order|page|day))"  # whose side, and why that one?
    r"|\bto the same \w+$"
    r"|\bevery step of\b|\bbreath away\b|\bwhat happened$|^provide \w+$|\bmemories\b|^serve .* better$|(?<!on )\beither side\b"
    r"|^help the \w+ (?:with an? \w+|get the \w+(?: quickly)?)$"
    # What came of it and not what was done for it: "get into a room quickly", "in obtaining assistance".
    r"|^(?:help|assist) .*\b(?:quickly|smoothly|easily|fast|in no time)$"
    r"|^(?:help|assist) (?:the \w+|them) (?:to |in |with )?(?:obtain|get (?:an?|some|into (?:an?|the|their) (?:room|seat|table))\b|receiv|secur(?:e|ing)\b|getting an?\b)"
    # What everybody gets without anybody's doing.
    r"|^(?:let|allow) (?:the \w+|them) (?:to )?(?:keep|stay in|remain in) (?:the same|their(?: own)?) (?:room|seat|table|cabin)s?\b"
    r"|^(?:give|offer|allow) (?:the \w+|them) (?:a )?late check-?in$|^introduce an?\b"
    r"|\bto (?:terminal|gate|platform|floor|room|table|seat)$"
    # Which difference, which mistake: the story knows.
    r"|^(?!note\b).*\bthe (?:(?<!feel the )difference|problem|process|matter|reason|error|mistake|outcome|cause|solution)s?\b"
    r"(?! (?:of|between|with|to|behind|in|is|has|was)\b)"
    r"|\bpreferences? for\b|\broom (?!with\b|and\b|for\b|of\b)\w+ view\b"
    rf"|\bask (?:if|whether) the (?!{_EVERYBODYS})\w+"
    r"|\bin terms of\b|^explain about\b|^(?:suggest|recommend) all\b"
    r"|\b(?:low|lower|regular|normal|standard|usual) (?:price|rate|room|seat|fare|table)$"
    r"|\bfrom last \w+$|\b(?:preference|choice) whether\b|\btop service\b"
    r"|^(?:help|assist) (?:the \w+|them) with any(?:thing)?\b"
    r"|\b(?:high|first)-class service\b|^(?:let|allow) (?:the \w+|them) to enjoy\b|^surprise (?:the \w+|them) with the\b"
    r"|^(?:talk|speak) (?:with|to) (?:the \w+|them) through\b"
    # A part of what, and put where? "Shave a sliver", "put a strip of tape", "stick a label on".
    r"|\b(?:minute|hour)s? before$"
    r"|^\w+ an? (?:bit|chip|piece|scrap|shred|slice|sliver)$"
    rf"|^(?:place|put|stick|tuck) (?:an?|some) (?!(?:order|call)\b)(?!.*\b(?:{_WHERE})\b)|^(?:lay|set) an? \w+ of \w+$"
    r"|^(?:glue|pin|put|stick|tape) an? .* (?:on|onto|to|in|into|over|under)$"
    # Somebody served is brought in nothing but a chair: it was an animal, or a thing.
    rf"|^(?:bring|carry|fetch) the (?:{'|'.join(sorted(lex.SERVED))}) in an? (?!wheelchair\b|chair\b)\w+$"
    # What a house has on its shelves is no deed.
    r"|^(?:give|offer|provide|serve|carry) (?:the \w+ (?:with )?)?an? (?:\w+ )?(?:variety|range|selection|spread|choice)\b"
    r"|^place (?:the \w+|them) in the \w+$"
    r"|^(?:accompany|walk|take|lead|escort|bring|guide) (?:the \w+|them) to the room$"  # to which one?
    r"|^take .* for (?:the \w+|them) to (?!keep|have|watch|see|use|read|show|follow)\w+$"  # who is to post them?
    r"|\bto (?:take|drive|fly|row|send) (?:the \w+|them)$"  # where to?
    r"|^answer (?:everything|anything) \S+ \w+ needs?$"
    r"|^(?:resolve|fix|solve|sort out|handle|address) (?:the \w+'s|their|any|every) (?:issue|problem|concern|query|request)s?$"
    r"|^(?:resolve|fix|solve|sort out) (?:the|an?|any|every) (?:\w+ )?(?:problem|issue|glitch|mistake)(?:e?s)?\b"
    r"|^explain everything(?: in detail| clearly)?$"
    r"|\bwith\b(?!.*\band\b).* with\b"
    r"|\b(?:get|have) \w+ (?:resolved|sorted|done)\b"
    r"|^(?:give|offer|bring|get|find) (?:the \w+ |them )?(?:ideas|alternatives|options|extras)$"
    r"|\b(?:off|from|into|onto) (?:(?!the\b|an?\b|their\b|your\b|every\b|each\b|any\b|some\b|no\b|all\b)[a-z-]+ )?"
    r"(?:price|rate|suite|queue|lounge|hotel|lobby|elevator|lift|airport|aircraft|plane|window|table)\b",
    re.IGNORECASE,
)


def unsound(line: str) -> bool:
    """Whether a line, as it stands, leaves open which one, whose, or against what."""
    return bool(_LEFT_OPEN.search(line) or _ONE_OF_WHAT.match(line) or _BROKEN.search(line))


# "every single (one of them)" of whom it was not said; a pronoun no clause begins with; a sentence cut in a letter
_BROKEN = re.compile(
    r"\b(?:every|each|an?) (?:single |last )?(?:the|them)\b|\b(?:while|when|before|until|that) them\b"
    r"|\b(?:for|in|of|to|with) [b-hj-z]$|\bevens\b",
    re.IGNORECASE,
)
_ONE_OF_WHAT = re.compile(r"^\w+ ones? (?:aside|apart|away|back|out|up|down|over)\b", re.IGNORECASE)


_CALLS = re.compile(r"^(?:call|ring|phone|telephone|text|message|e-?mail)\b", re.IGNORECASE)
_CALLED_FOR = re.compile(
    r" to (?!the |their |an? |every |each |all )[a-z]+ | (?:about|for|with|if|whether|what|how|that|by|back)\b"
    r"| (?:when|before) (?:an?|their) | before \w+ing |^(?:text|message|e-?mail) (?:an?|the) \w+ of "
    r"|^\w+ (?:the|an?) (?:\w+ )?(?:doctor|nurse|ambulance|taxi|cab|engineer|plumber|electrician|locksmith|mechanic|porter)\b",
    re.IGNORECASE,
)
# Whom, and at a set time: a colleague can do it so the next time.
_CALLED_AT = re.compile(
    r" the (?:same|next|following) \w+| (?:every|each) \w+| (?:day|morning|evening|night|week|hour)s? (?:before|after|later|ahead)\b"
    r"| (?:after|before|during) (?:a|an|some|every|each|the|their) | (?:when|before|until|as soon as) ",
    re.IGNORECASE,
)
_MADE = re.compile(
    r"^make .*\bcalls?\b(?!.*\b(?:for|about|ask|check|find|arrange|get|see|book)\b)", re.IGNORECASE
)
_SENT = re.compile(
    r"^(?:send|write|leave) .*\b(?:message|messages|text|note|notes|e-?mail|e-?mails)$", re.IGNORECASE
)
_TOLD = re.compile(
    r"^(?:tell|ask) (?:the|every|each) (?:[\w-]+'s? )?(?!truth|time|story|way)[\w-]+$", re.IGNORECASE
)  # tell them what?
_DEVICE = re.compile(r"^take (?:the|their) (?:[\w']+ )*(?:phone|mobile|tablet|camera)\b", re.IGNORECASE)
_ABOUT_THE = re.compile(
    r"^(?:tell|inform|talk|speak) .* about the (?!\w+ (?:of|for)\b)(?:\w+ )?\w+(?: (?:right )?(?:on|in|at|off|by) the \w+)?$",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"^(?!explain|describe)\w+ the (?P<noun>\w+)(?: (?:immediately|at once|right away|straight away|quickly|away|out|up|over|back))*$",
    re.IGNORECASE,
)
# Every house has these; nobody asks which.
_ALWAYS_THERE = frozenset(
    """door doors window windows lights light heating bags luggage doctor nurse ambulance engineer plumber
    electrician locksmith manager police guest customer patient client visitor passenger member colleague guests
    customers patients clients visitors passengers members colleagues bill coats coat car""".split()
)
_VESSEL = re.compile(
    r"^(?:bring|give|fetch|get|carry|hand|serve) (?:the \w+ |them )?(?:an? |some )?"
    r"(?:bowls?|plates?|cups?|glass|glasses|trays?|pots?|spoons?)\b(?! (?:of|with|full))",
    re.IGNORECASE,
)


def half(line: str, told: Told = "elsewhere") -> bool:
    """Whether a line is only one half of a step: a call without what it was for, a bowl without the soup.

    In what is told here, "tighten the screw" is whole: a colleague knows which.
    Together with what was done in the same breath it is a whole one; alone it is none.
    """
    bare = _BARE.match(line)
    called_for = _CALLED_FOR.search(line) or (told != "elsewhere" and _CALLED_AT.search(line))
    return (
        (bool(_CALLS.match(line)) and not called_for)
        or (
            bare is not None
            and bare["noun"].casefold() not in _ALWAYS_THERE
            and (told == "elsewhere" or bare["noun"].casefold() in lex.GENERIC)
        )
        or any(pattern.match(line) for pattern in (_MADE, _SENT, _TOLD, _DEVICE, _ABOUT_THE, _VESSEL))
    )
