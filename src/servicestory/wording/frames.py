"""What may follow a verb for it to be a step a colleague can copy; each rule is there for a sentence it stops."""

import re

from servicestory.wording import lexicon as lex
from servicestory.wording.doable import against, harms
from servicestory.wording.morphology import is_verb, names_something
from servicestory.wording.tokens import Word

_C = r"(?:me|us|you)"  # the customer as object
_MINE = r"(?:my|our|your)"
# Words stand separated by one blank, a blank at the end.
_FRAMES: dict[str, str] = {
    "make": rf"(?:sure|certain) (?!to )(?:that )?(?:.*\b(?:had|knew|got|was|were|is|are|have|has|can|could)\b).*"
            rf"|(?:a|an|the|all|our|my)? ?(?:\w+ )?(?:notes?|reservations?|bookings?|appointments?) .*"
            rf"|(?:(?:a|an|the|some|all the) )?(?:\w+ )?(?:phone calls?|calls?) (?:to|for) .*"
            rf"|{_C} (?:a|an|some|\w+s) .*|(?:a|an|some|up|our|my) .*\bfor {_C} .*|(?:\w+ ){{0,3}}\w+s for {_C} .*|up (?:a|an|the|my|our) .*"
            rf"|(?:a|an|the) (?:\w+ )?(?:film|video|clip|recording|list|map|drawing|copy) .*",
    "take": rf"(?:the|all the|every|each) (?:\w+ )?(?:child(?:ren)?|boys?|girls?|kids?) (?:to|on|into|through|around|round|out|up|down|in|back|over) .*|{_C} (?:\w+ )?(?:to|on|through|around|round|up|down|into|out|back|over|in|there|home) .*|{_MINE} \w+ .*"
            rf"|(?:(?:a|some) )?(?:\w+ )?(?:photos?|pictures?|notes|films?|videos?) .*|down .*|the (?:bags|luggage|order|orders|coats|coat) .*|(?:\w+ ){0,3}orders .*",
    "get": rf"{_C} (?:a|an|the|some|another|extra|more|our|my|tickets|towels|drinks|water) .*|in touch with .*"
           rf"|{_C} (?:into|onto) .*|(?:a|an|some|extra|another) .* for {_C} .*|(?:my|our) \w+ (?:back|re-?booked|fixed|changed|repaired|ready|returned|replaced|delivered|moved|to) .*",
    "have": r"(?:my|our|the|a|an) (?:\w+ ){1,4}(?:ready|waiting|prepared|delivered|sent|brought|repaired|fixed|cleaned|made|finished) .*|(?:\w+ ){1,3}ready .*",
    "keep": rf"{_C} (?:\w+ )?(?:informed|updated|posted|company|entertained|occupied) .*|(?:an|a \w+) eye on .*"
            rf"|(?:my|our|the) (?:bags?|luggage|things|suitcases?) .*|(?:\w+ ){{1,4}}(?:hot|warm|dry|safe|open|going) .*|(?:\w+ ){{1,9}}for {_C} .*|in touch with .*|up to date .*|{_C} up to date .*",
    "go": rf"(?:over|through) (?:the|my|our|all|every|each) .*|to the \w+ to .*|(?:along )?with {_C} .*",
    "come": r"(?:back |by |in |round |over |up )(?:again |the |some ).*to (?:see|check|ask|look at|look after|make sure) .*|(?:back |over |out |up |down |round |around |by )?(?:to (?:my|our|the) (?!rescue)\w+ .*\b(?:to|with) .*|with (?:a|an|some|extra|more) .*)",
    "call": rf"(?:next|following) (?:morning|day|week|evening) .*|{_C} (?:to|by|when|before|after|a|an|back|the|later|next|every|in|on) .*|(?:my|our) .*|(?:the|a|an) .*\b(?:to|for) .*|(?:around|round|ahead|back|to|up|across|down) .*",
    "check": rf"{_C} in (?!and).*|on .*|in on .*|in with .*|back .*|(?:if|that|whether|how) .*|(?:the|my|our|every|each|with) .*|(?:regularly|often|frequently) .*",
    "lay": r"(?:a|an|the|out|my|our|some) .*",
    "let": rf"(?:{_C}|my \w+|our \w+|the (?:child(?:ren)?|baby|pupils?)|(?:every|each) (?:\w+ )?\w+) (?:know (?:when|how|if|about|what|where|in) .*|(?!know )\w+ .*)",
    "allow": rf"(?:{_C}|my \w+|our \w+) (?:to|a|an|extra|early|late) .*",
    "tell": rf"(?:{_C}|my \w+|our \w+) (?:all |at the \w+ )?(?:about|how|where|which|what|when|that|to) .*",
    "treat": rf"{_C} to .*",
    "surprise": rf"{_C} with .*",
    "find": rf"{_C} (?:a|an|the|another|some|our|my) .*|(?:a|an|another|my|our|the) (?:\w+ ){{1,5}}.*",
    "leave": rf"(?:the|my|our) (?:\w+ ){{1,3}}(?:stocked|ready|clean|tidy|open|unlocked) .*|(?:a|an|some|little|extra|fresh|small) .*|{_C} (?:a|an|some|extra|little|notes?) .*",
    "see": rf"{_C} (?:off|out|to) .*|(?:if|whether) .*",
    "show": rf"the \w+ to {_C} .*|(?:{_C}|my \w+|our \w+|the (?:child(?:ren)?|boys?|girls?|kids?)) (?:to|around|round|how|where|the|our|my|through|a|an|all|both|each|every|different|some|in|up|photos|what|which) .*",
    "look": r"(?:after|for|into|up|through) .*|in (?:again|on) .*",
    "talk": rf"(?:{_C} (?:through|about) .*|(?:to|with) {_C} (?:about|through|in|like|for) .*|(?:about|through) .*)",
    "speak": rf"(?:to|with) (?:{_C} (?:about|in|like)|my|our|the) .*|in .*|directly to .*",
    "chat": r"(?:with|to) .*|about .*",
    "laugh": r"(?:with) .*",
    "stay": r"(?:with|late|behind|on|past|after|at|by|in touch) .*",
    "stop": r"(?:by|in|at|to|us|me) .*",
    "wait": r"(?:(?:at|beside|by|in|outside) (?:\w+ ){1,4})?(?:with|for|until|on) .*",
    "help": rf"(?:{_C}|my \w+|our \w+|the \w+) (?:with (?!my need|our need|any need|any question|any)|(?:to )?\w+ ).+|carry .*|with (?:the|my|our) .*",
    "assist": rf"(?:{_C}|my \w+|our \w+|in|with) .+",
    "meet": rf"{_C} (?:at|in|on|with|by|outside|off|there|as) .*",
    "sit": r"(?:down )?(?:with|next|by|beside) .*",
    "listen": r"(?:to|carefully|patiently|attentively|closely|properly) .*",
    "set": r"(?:up|aside|out) .*|(?:the|my|our|a) (?:table|room|tables|alarm) .*",
    "put": rf"(?:a|an|some|the|up|together|aside|out|my|our) .*|(?:\w+ )?\w+s (?:on|onto|in|into|under|over|beside|next to) (?:the|my|our|every|each) .*|in (?:a|the|my|our) .*|{_C} (?:in touch|through|on|at) .*|.*aside .*",
    "run": r"(?:back |out |after |over |down |up )(?:to |for |with )?.*",
    "turn": r"(?:down|on|off|up) .*|(?:the|my|our) .*(?:down|on|off|up|round|over) .*",
    "drop": rf"(?:in|by) .*to .*|(?:off|{_C} off|{_C} at|by) .*",
    "pick": rf"(?:{_C}|my|our|the)? ?\w* ?(?:up|out) .*",
    "ask": rf"(?:{_C} )?(?:if|whether|how|what|where|when|about|to|which) .*|{_C} for (?:a|an|some) .*|for (?:my|our|feedback) .*|{_C} (?:our|my) .*|(?:my|our|the) .*",
    "write": r"(?:a|an|out|down|the|my|our|us|me|on|to) .*",
    "deal": r"with (?:the|my|our|a|an|every|each|all) .*",
    "handle": r"(?:the|my|our|every|each) .*",
    "cater": r"(?:to|for) (?!.*\bneeds?\b).*",
    "invest": r"time .*", "play": r"with .*", "work": r"$^",
    "try": r"$^", "use": r"(?:my|our|the|a|an) .*", "change": r"(?:my|our|the|us) .*",
    "fit": r"(?:us|me|my|our|the) .*", "order": r"(?:a|an|some|the|us|me|extra) .*",
    "serve": r"(?:us|me|my|our|the|every|drinks|food|breakfast|tea|coffee|complimentary|free|water|a) .*",
    "charge": r"(?:my|our) .*", "split": r"(?:my|our|the) .*", "hold": r"(?:my|our|the) .*",
    "cover": r"(?:my|our|the) .*", "review": r"(?:my|our|the|all|every) .*", "report": r"(?:the|my|our) .*",
    "receive": r"$^", "collect": r"(?:my|our|the) .*|me .*|us .*", "test": r"(?:my|our|the) .*",
    "spot": r"(?:that|my|our) .*", "notice": r"(?:that|my|our|when|if) .*", "observe": r"(?:the|my|our) .*",
    "drive": r"(?:us|me|my|our) .*", "lift": r"(?:my|our|the|us|me) .*", "light": r"(?:a|the|our) .*",
    "read": r"(?:the|my|our|to|out|through|a) .*", "save": r"(?:my|our|us|me|a|an|some|the) .*",
    "push": r"(?:my|our|the|us|me) .*", "share": r"(?:a|the|some|information|tips|ideas|local|recommendations|his|her|their) .*",
    "complete": r"(?:my|our|the|all) .*", "place": r"(?:a|an|the|my|our|some|us|me|fresh|extra) .*",
    "agree": r"to .*|with .*", "accept": r"(?:my|our|the) .*", "design": r"(?:a|an|the|our|my) .*",
    "honor": r"(?:my|our|the|a) .*", "lead": r"(?:us|me) .*", "sing": r".* to .*|happy birthday .*|to .*",
    "smile": r"$^", "process": r"(?:my|our|the) .*", "secure": r"(?:a|an|our|my|us|me) .*", "warm": r"(?:up )?(?:my|our|the) .*",
    "wear": r"(?:a|an|masks|gloves|the|name) .*", "store": r"(?:my|our|the|bags|luggage) .*", "present": r"(?:us|me|my|our) .*",
    "reach": r"out to .*", "watch": r"(?:over |after )?(?:my|our|the|us|me) .*", "pay": r"for (?:my|our|the) .*", "move": r"(?:us|me|my|our|the) .*",
    "reset": r"(?:my|our|the) .*", "provide": r"(?:us|me|my|our|a|an|some|free|complimentary|extra|the|[a-z]+s|information|water|transport|lunch|breakfast) .*",
    "remember": r"(?:my|our|me|us|the|what|how|to|which|that) .*", "recognise": r"(?:my|our|me|us|when|that|the) .*",
    "recognize": r"(?:my|our|me|us|when|that|the) .*", "reassure": rf"{_C} (?:that|about|before|throughout|and|during|at|by) .+",
    "connect": r"(?:us|me|my|our) .*", "direct": r"(?:us|me) .*", "visit": r"(?:us|me|my|our) .*", "support": r"$^",
    "knock": r"(?:again|once|at|on) .*", "stock": r"(?:up )?(?:the|my|our) .*", "pass": r"by .*to .*|(?:the|on) .*",
    "shoot": r"(?:a|an|some|the|my) .*", "enter": r"(?:the|it|my|our) .*", "lower": r"(?:the|my|our) .*",
    "update": r"(?:us|me|my|our|the) .*", "understand": r"$^", "discuss": r"(?:the|my|our|all|every|options|different|what|how|with|treatment) .*",
    "request": r"(?:a|an) .*", "appear": r"$^", "wrap": r"(?:up )?(?:the|my|our|a) .*", "treated": r"$^",
}  # fmt: skip
_FRAMES_READY = {lemma: re.compile(pattern) for lemma, pattern in _FRAMES.items()}

_FEELINGS = frozenset(
    """interest kindness compassion empathy love care respect concern patience enthusiasm sense feeling touch touches
    confidence peace hope credit advantage vibe vibes smile smiles hugs stars thumbs""".split()
)
_HOLLOW = frozenset(
    "service experience stay hospitality treatment experiences atmosphere times impression deal care".split()
)
_TRIVIAL = frozenset(
    """room rooms seat seats table price prices information advice flight flights times tickets food drinks items
    arrival explanations recommendations suggestions solution options option info offers accommodations hotel option choice""".split()
)
_STOP = (
    lex.PREPOSITIONS
    | lex.DETERMINERS
    | lex.INTENSIFIERS
    | frozenset(
        """me us you i we and or if whether how what where when why that him her them it his there was were is are be
    have had has do can could would will sure certain & who which all any some much many few lot while together put per""".split()
    )
)
_OPEN_QUESTION = re.compile(
    r"\b(?:if|whether) .*\b(?:anything|questions?|help|need\w*|comfortable|well|all right|alright|ok)\b"
    r"|^(?:me |us )?what (?:i|we) (?:do|need|want|like)(?:ed|d)? (?!it\b|that\b)\w+"  # "what I do all day"
)
_HOW_ARE_YOU = re.compile(
    r"^(?:me |us )?how (?:i|we|things|everything) (?:was|were|had|felt|slept|did|went)\b"
)
_KEPT = frozenset(
    "asking telling updating informing reminding showing giving offering bringing calling".split()
)
_HELPED = frozenset("with in on into onto out through up off to".split())
_AT_A_DISTANCE = frozenset("call phone ring telephone text visit".split())
_SET_TIME = re.compile(
    r"^(?:back |again )?(?:(?:on |in )?the (?:same|next|following) \w+|(?:the|every|each) (?:\w+ )?(?:morning|afternoon|evening|night|day|week)\b"
    r"|(?:the )?(?:\w+ )?(?:day|morning|evening|night|week|hour)s? (?:before|after|later|ahead)\b|(?:after|within) (?:a|some|few) )"
)
_LOOKED_AT = frozenset("my our the every each".split())
_VISITS = frozenset("call phone ring telephone come visit return stop drop pass look knock".split())
_TO_ASK = re.compile(r"\bto (?:ask|see|hear|check|find out) (?:me |us )?(?:if|whether|how|that)\b")
_PARTICLES = frozenset("up out down off over back in through".split())
_HOW = frozenset("warmly politely respectfully cheerfully personally individually and".split())
_INTRANSITIVE = frozenset(
    """listen respond return wait walk talk speak chat come go stay apologise apologize check call follow reply look
    sit reach assist help cater deal liaise drive run stop meet ask travel play laugh agree explain volunteer
    answer enquire inquire negotiate note write care attend phone ring telephone knock pass""".split()
)


# Of these only what follows says whether anything was done.
_LIGHT = frozenset(
    """make take get have keep go come let allow tell treat surprise leave see look talk speak chat laugh stay wait help
    assist meet sit listen run ask deal handle cater invest work try smile support receive appear understand find
    call put provide stop give show lead charge use""".split()
)


def _names_a_thing(lemma: str, rest: list[Word]) -> bool:
    """Whether a verb that says what was done stands with the thing it was done to: "test the printer"."""
    first = rest[1:] if rest[0].low in _PARTICLES else rest
    low = first[0].low if first else ""
    return lemma not in _LIGHT and (
        low in lex.DETERMINERS | {"me", "us", "both"}
        or (low.isalpha() and low not in _STOP and names_something(low))
    )


def _put_on(lows: list[str]) -> bool:
    """Whether "on" belongs to the verb: "sewed on the button"."""
    return lows[0] == "on" and len(lows) > 2 and lows[1] in lex.DETERMINERS


def fits(lemma: str, rest: list[Word], may_refer: bool = False, here: bool = False) -> bool:
    """Whether ``rest`` makes a concrete, copyable step of the verb ``lemma``.

    ``here``: told here, where a verb of whatever trade may stand with a thing.
    ``may_refer``: ``it`` and ``them`` stand for something named in the step before.
    """
    lows = [w.low for w in rest]
    if any(low in against(lemma, here) for low in lows) or harms(lemma, lows):
        return False
    if not lows or lows[0] in ("and", "or", "but"):
        return False
    if lows[-1] in ("someone", "somebody") or (lows[0] in ("someone", "somebody") and lows[1:2] != ["to"]):
        return False  # "send someone": whom, and what for?
    # a bare noun as first word after a give-verb is fine; a feeling is no object
    if any(low in _FEELINGS for low in lows) and lemma in (
        "give",
        "show",
        "offer",
        "provide",
        "share",
        "take",
        "bring",
        "have",
        "leave",
    ):
        return False
    if (
        lemma in ("give", "offer", "hand", "lend")
        and lows[0] in ("me", "us", "you")
        and (lows[1:2] and lows[1] in lex.PREPOSITIONS - {"with"})
    ):
        return False  # "give the guest at the front desk": what?
    if lemma in ("give", "lend", "hand") and lows[0] in ("his", "her", "their") and "to" not in lows:
        return False  # "gave his phone": to whom?
    to_do = lows[0] == "to" and lemma in ("offer", "volunteer", "remember")
    if (
        lows[0] in lex.PREPOSITIONS - _PARTICLES
        and not to_do
        and lemma not in _INTRANSITIVE
        and lemma not in _FRAMES
        and not (here and (lemma not in lex.COPYABLE or _put_on(lows)))
    ):
        return False
    frame = _FRAMES_READY.get(lemma)
    placed = may_refer and lows[0] in ("it", "them") and lows[1:2] and lows[1] in lex.PREPOSITIONS
    placed = placed or (here and lemma == "look" and lows[0] == "at" and lows[1:2] and lows[1] in _LOOKED_AT)
    if (
        frame
        and not placed
        and not (here and _names_a_thing(lemma, rest))
        and not frame.fullmatch(" ".join(lows) + " ")
    ):
        return False
    at = 1 if lows[0] in ("me", "us", "you") else 0
    if lemma.startswith("keep ") and lows[0] in ("me", "us", "you") and lemma.split()[1] not in _KEPT:
        return False  # "kept pouring me on tea": no such order of words
    if lemma == "let" and len(lows) == 2:
        return False  # "let us decorate": what?
    if lemma in ("help", "let"):
        verb = lows[at] if len(lows) > at else ""
        if (at and not (is_verb(verb) or verb in _HELPED)) or (verb == "have" and lemma == "help"):
            return False
    while at < len(lows) and lows[at] in lex.DETERMINERS:
        at += 1
    if lows[at : at + 1] and lows[at] in _HOLLOW and lemma not in ("explain", "discuss", "describe", "write"):
        return False
    if lemma not in _INTRANSITIVE and lemma not in lex.PASSIVE and all(low.endswith("ly") for low in lows):
        return False  # "resolve quickly": what?
    if lemma == "help" and "feel" in lows:
        return False  # a wish, not an act
    content = [
        low
        for low in lows
        if (
            low not in _STOP
            and low not in lex.GENERIC
            and low not in lex.EVALUATIVE
            and low.isalpha()
            and (names_something(low) or low in ("complimentary", "free"))
        )
        or "-" in low
    ]
    if content:
        return not (
            lemma in ("give", "offer", "get", "provide", "find", "receive", "recommend")
            and set(content) <= _TRIVIAL
        )
    if (
        ("there" in lows or "place" in lows)
        and lows[0] in ("me", "us")
        and lemma in ("walk", "lead", "take", "bring", "accompany", "escort")
    ):
        return True
    if may_refer and ("it" in lows or "them" in lows):
        return True
    if lemma in _VISITS and _TO_ASK.search(" ".join(lows)):
        return True
    if lemma in ("ask", "call", "phone", "ring", "visit", "check") and _OPEN_QUESTION.search(" ".join(lows)):
        return True
    if lemma in ("greet", "welcome") and lows[0] in ("me", "us", "you") and all(w in _HOW for w in lows[1:]):
        return True
    if lemma in lex.ENOUGH_ALONE and (lows in (["us"], ["me"], ["you"]) or "smile" in lows):
        return True
    if lemma in ("answer", "explain") and any(low in ("questions", "question", "everything") for low in lows):
        return True
    if here and lemma == "sit" and lows in (["down", "with", "us"], ["down", "with", "me"]):
        return True
    if lemma in ("stay", "wait") and lows in (["with", "us"], ["with", "me"]):
        return True
    if here and lemma in _AT_A_DISTANCE and lows[0] in ("me", "us") and _SET_TIME.search(" ".join(lows[1:])):
        return True  # "phone the owner the same evening": whom and when
    if lemma == "ask" and _HOW_ARE_YOU.search(" ".join(lows)):
        return True
    if lemma == "check" and lows in (["on", "us"], ["on", "me"]):
        return True
    return lemma == "listen" and lows in (["to", "us"], ["to", "me"], ["to", "you"])
