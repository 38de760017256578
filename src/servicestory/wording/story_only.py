"""What only the story knows: things nobody else can tell apart, single chances, halves of a deed, complaints."""

import re
from collections.abc import Collection

from servicestory.wording import lexicon as lex
from servicestory.wording.morphology import is_verb, may_describe, names_something
from servicestory.wording.tokens import sentence_around


def only_the_story_knows(line: str, customer: str, known: Collection[str], here: bool = False) -> bool:
    """Whether an instruction cannot be followed by somebody who does not know its story.

    Args:
        line: an instruction without its full stop.
        customer: the organisation's word for a customer.
        known: words everybody here knows the meaning of.
        here: it was told here: "the saddle" is one every colleague of the teller's knows.
    """
    line = _ONE_BY_ONE.sub("", line)  # how it is gone through is no part of what stands before
    return (
        len(line.split()) < 2
        or line.casefold().startswith(f"explain the {customer} ")  # to them, and what?
        or one_off(line)
        or bool(_HALF.search(line))
        or (not here and _article_lost(line))
        or not things_known(line, customer, known, here)
        or bool(_EACH_OF_WHICH.search(line))
        or bool(_OF_ONE_DAY.search(line))
        or bool(_EVERYBODY_GETS.match(line))
        or bool(_NO_ACT.match(line))
    )


_ONE_BY_ONE = re.compile(r" ([a-z]+)[ -]by[ -]\1\b")
# What rang or began that day, and what "it" was for.
_OF_ONE_DAY = re.compile(
    r"\b(?:until|till|while|before|when) the (?:bells?|clock|fireworks|music|rain|snow|song|storm|sun|thunder|whistle) \w+"
    r"|\bso that it is for\b|\buntil the \w+ is (?:smaller|bigger|larger) than\b",
    re.IGNORECASE,
)
# Everybody is given a room: without its occasion it tells nothing to do.
_EVERYBODY_GETS = re.compile(
    r"^(?:give|get|find|assign) (?:the \w+ )?(?:in|into |to )?(?:their|the \w+'s|an?|the) (?:room|seat|table|bed)$",
    re.IGNORECASE,
)


# A result without what was done for it, a way without anybody who is taken along, trouble with what is new, a part
# put in without what was broken, a coming back of whoever had gone, a coming out without what for, one's own coat, and
# what nobody says on duty.
_NO_ACT = re.compile(
    r"^(?:replace|swap|fix|mend|repair) the [\w-]+$|^(?:come|go) back with\b|^hook the \w+ up\b"
    r"|^(?:ensure|make sure) (?:that )?(?:the \w+|they) (?:has|have) (?:\w+ly )?\w+(?:ed|en)\b"
    r"|^(?:drive|walk|come|ride|cycle|run|hurry) (?:all the way )?(?:over|up|down|out|across|back)? ?from the \w+$"
    r"|^(?:come|go) (?:over|out|up|down|across) to the (?:[\w-]+ )?[\w-]+$"
    r"|^(?:put|pull|take|throw) (?:(?:on|off) )?(?:the|your) (?:cap|coat|hat|jacket|scarf)(?: back)?(?: (?:on|off))?$"
    r"|^(?:handle|fix|resolve|solve|address) .*\b(?:problem|issue|complaint)s? with an? new\b",
    re.IGNORECASE,
)


def one_off(line: str) -> bool:
    """Whether it is one chance, one room or table, or told with scorn: nothing the next colleague can do."""
    return bool(_ONE_OFF.search(line))


def things_known(line: str, customer: str, known: Collection[str] = (), here: bool = False) -> bool:
    """Whether whoever reads a line knows which one is meant wherever it says "the"."""
    line = re.sub(rf"\bthe {re.escape(customer)}(?='s|s?\b)", "the customer", line)
    if here:
        line = _ITS_TURN.sub("", line)
    groups = _the_things(line)
    if here and groups and groups[0][-1] not in _NOTHING:
        groups = [
            g for g in groups if len(g) == 1 or g[-1] not in ("one", "ones")
        ]  # "the catch … the new one"
    return all(_known_to_all(group, known, here) for group in groups)


_ITS_TURN = re.compile(
    r"\b(?:after|at|before(?: you \w+)?|during|in|on) the (?:first|second|next) \w+"
)  # when, not which
# One chance, one person's own, one's own purse: nothing the next colleague can do.
_ONE_OFF = re.compile(
    r"\bthe (?:last|only|very) (?!(?:night|day|evening|morning|minute|step)\b)\w+"
    r"|\b(?:double|triple|identical|unlimited)\b|\byour own (?!words\b|name\b|hand)"
    r"|\b(?:on|to) the \w+'s (?:left|right)\b"
    r"|^save the \w+ from\b|\b(?:guys|the area to)\b|\ba second (?:room|seat|table|bed)\b|\b(?:issue|problem)s? in an? \w+ way$"
    r"|^save\b.*\b(?:trip|day|stay|holiday|vacation|evening|night)\b|\breplacement (?:show|flight)\b"
    # a room, a table, a bay: "make the bed in 11 together with the trainee"
    r"|(?:\b(?:in|from|to)|\b(?:room|table|number|no\.)) \d{1,4}"
    r"(?=$|,| (?:together|with|and|for|before|after|so|when|early|first|at|on|by|ready)\b)(?<!from \d to \d)(?!.*\bo'clock)"
    r"|\btheir (?:second|third|fourth|fifth|last) (?:visit|stay|time)\b|^offer to (?:drive|drop)\b|\b(?:some|what|all) (?:goodies|upgrades|stuff)\b|\bgoodies\b"
    r"|^(?!ask\b|tell\b|note\b).*\b(?:tomorrow|tonight|yesterday)$"
    # Told with scorn.
    r"|^(?:bring|give|offer|provide|serve|lend|send) .*\ban? (?:tiny|old|cheap|stale|mere)\b"
    r"|\b(?:from|in|out of) another\b|\b(?:all|some) (?:\w+ ){0,2}options\b",  # other than which one?
    re.IGNORECASE,
)
# Cut off, or so vague that nothing can be done after it.
_HALF = re.compile(
    r"^(?!.*\b(?:which|what|where|who)\b.*\w+ \w+ (?:for|to|of|with|at|by|from)$).* (?:for|to|of|with|at|by|from)$| (?:for about|fine|okay|alone|(?<!all )right|a half hour)$|(?<! for)(?<!-) free$|^(?:let|allow) the \w+ (?:to )?check (?:in|out)$"
    r"|^(?:escort|accompany|guide|listen to|help|call|visit|contact) the \w+$|^ask (?:the \w+ )?(?:which|who)\b(?!.* and [a-z]+\b)(?! \w+ they [a-z]+ to\b)"
    r"|^keep the \w+ (?:\w+ly |well )?(?:informed|updated|posted)$|^(?:give|offer|find|get|secure) the \w+ an? (?:(?:queen|king|double|single|twin|standard|regular) )?(?:(?:bed)?room|table|seat|(?:[a-z-]+ )?suite|upgrade|small upgrade)$"
    r"|\benough \w+\b(?!.* for )|\b(?:on|in) an? (?:manner|way|fashion)$|^\w+ an? (?:mistake|problem|fault|issue)$|(?<!rooms )\bon the same floor$|(?<!days )(?<!weeks )(?<!minutes )(?<!hours ) later$|^accommodate the \w+'s\b"
    r"|\b(?:with|in) (?:an?|the|their|any|every) (?:\w+ )?(?:problem|situation|issue|matter)s?$|^help the \w+ (?:to )?check (?:in|out)$|^agree to \w+ing\b|\bto heart$|^upgrade the \w+(?:'s \w+)? from \w+(?: \w+)?$|^help the \w+ (?:find|get) (?:an? |back |the )?(?:room|seat|table|home|there|way)\b"
    r"|^\w+ the (?!.*\b(?:family|group|party|friends|partner|children)\b).*\btogether$"
    r"|^(?:greet|welcome) the \w+ (?:\w+ly )?with (?!an? |their |.*\b(?:smiles?|names?|handshake|hug|bow|drinks?|glass|champagne|wine|juice|towels?|water|tea|coffee|words?|welcome|story|flowers?|open arms)\b)"
    r"|^(?:draw|sketch|explain|describe) the way(?! (?:to|from)\b)"
    r"|^ask what will\b(?!.* and )|^keep telling\b|\boption (?:to|of)\b|\banother (?:without|with|for|in|on)\b|\band (?:after|before|when|so|because|while)\b"
    r"|^(?:accommodate|meet|fulfil|respond to) .*\b(?:requests?|wish|wishes|inquiries)\b|^(?:help|assist) .* with (?:questions|directions)$"
    r"|\bcheck in with (?:them|the \w+)$|\bbrought the \w+$|\b(?:higher|lower|further|faster|more|less|elsewhere)$"
    r"|^(?:find|take|make) (?:the )?time to \w+$|^accommodate the \w+ \w+ing\b|^\w+ (?:the \w+ )?(?:nights|days|hours|weeks|months) (?:of|off|from)\b"
    r"|^(?:send|call|get|fetch) (?:engineer|plumber|electrician|technician|doctor|nurse|porter|mechanic|locksmith)\b"
    r"|^(?:help|assist) .* with (?:their|the \w+'s) (?:tickets?|bookings?|reservations?|orders?|needs|requests?)$"
    r"|^send the \w+ to another\b|^offer to (?:switch|move|change|help|assist) (?:the \w+|them)$|^upgrade the \w+ to (?:stay|be|get|have)\b"
    r"|^help the \w+ out with\b|^answer out\b|^waive (?:fees|charges)$"
    r"|^(?:adjust|adapt|change) .* to an? (?:\w+ )?preferences?$|^give the \w+ an? (?:\w+ )*welcome$|^answer the \w+'s calls?$"
    r"|\b(?:updated|informed) (?:on|of|about) (?:hold[- ]?up|delay|situation|issue|problem)\b"
    r"|^offer to \w+$|^give the \w+ (?:whatever|everything|anything)\b|^give the \w+'s (?:room|seat|table)\b|\ban? (?:dollars|euros|pounds)\b"
    r"|\bwithout (?:them|the \w+)$|^acknowledge\b"
    r"|^save the \w+ (?:time|money|trouble|hassle)\b|^save some (?:time|money|trouble|hassle)\b"
    r"|\bhelp with questions$|\bsome (?:upgrade )?options\b"
    # what is wrapped, and with what somebody is welcomed, stands in another sentence
    r"|^(?:greet|welcome) the \w+ for\b"
    r"|^(?:wrap|pack|box|tie|cover|fold) (?:up )?(?:in|into|with)\b"
    # how it is written, and not what
    r"|^(?:write|jot|note|print|type|copy|draw|sketch)(?: (?:down|out|up))?(?: (?:in|with|by) (?:[a-z-]+ ){0,2}[a-z-]+)?$"
    r"|^(?:write|jot|note)(?: down)? (?:on|in|at) (?:the|their|every|each) \w+(?: of (?:the|each|every) \w+)?$",
    re.IGNORECASE,
)


# Each of which ones, an earlier sentence tells.
_EACH_OF_WHICH = re.compile(
    r"\b(?:each|every) (?:movement|move|step|part|piece|bit|item|thing|turn|position|point)\b(?! (?:of|they|you) )",
    re.IGNORECASE,
)


def _article_lost(line: str) -> bool:
    """Whether a thing that can be counted stands bare, as hurried tellers write: "a voucher for hotel"."""
    words = re.findall(r"[a-z'-]+", line.casefold())
    for before, word, after in zip(words, words[1:], [*words[2:], "of"], strict=False):
        if before not in _BEFORE_A_THING or after not in _AFTER_A_THING or word in _UNCOUNTED:
            continue
        if (
            names_something(word)
            and not word.endswith(("s", "ing"))
            and not (before in _BEFORE_A_DEED and is_verb(word))
            and not may_describe(word)
        ):
            return True
    return False


_BEFORE_A_DEED = frozenset("to offer serve bring process".split())
_BEFORE_A_THING = frozenset("to for in during at into from until about offer serve bring process".split())
_AFTER_A_THING = lex.PREPOSITIONS | {"and", "or"}
_UNCOUNTED = frozenset(
    """person home bed work school advance detail breakfast lunch dinner supper tea coffee water wine beer champagne juice milk
    soup bread food ice luggage baggage medicine medication reception check-in check-out checkin checkout arrival departure
    boarding takeoff landing transport parking wifi internet housekeeping maintenance security safety feedback advice help
    information music time need town class economy business size cash credit heart tears pain fear everything anything
    something everyone anyone somebody you them it me us this that which what how when where if peace silence braille
    english german french spanish italian sunscreen laundry linen paper plastic glass stock case order mind child's gluten
    dust rain snow sunshine shade front back middle morning evening midnight noon tomorrow today tonight nobody someone
    family friends people children advance print weather turbulence staff progress""".split()
)


# Words that take a deed back or tell it as a complaint.
_AGAINST = re.compile(
    r"\b(?:crap|crappy|useless|pointless|ridiculous|frustrat\w+|complain\w*|disappoint\w+|runaround"
    r"|refus\w+|terrible|horrible|awful|unacceptable|unhelpful|waste of|(?:did|does|do|was|were|would|could)(?: not|n't) (?:help|resolve|care)|never (?:heard|got|received)|nightmare|lack of|finally one|worst)\b",
    re.IGNORECASE,
)


def told_against(text: str, start: int, end: int) -> bool:
    """Whether the sentence the deed stands in is a complaint."""
    return bool(_AGAINST.search(sentence_around(text, start, end)))


def _the_things(line: str) -> list[list[str]]:
    """The noun groups that begin with "the": each as its words up to a preposition, a conjunction or a verb."""
    words = re.findall(r"[A-Za-z][A-Za-z'-]*|,", line)
    found = []
    for k, word in enumerate(words):
        if word.casefold() != "the":
            continue
        group: list[str] = []
        for after in words[k + 1 : k + 6]:
            low = after.casefold()
            if low in _ENDS or (group and (low in lex.DETERMINERS or low.endswith(("ly", "ing")))):
                break
            group.append(low)
            if low.endswith("'s") or low in _CUSTOMERS:
                break
        follows = words[k + 1 + len(group) : k + 2 + len(group)]
        if group and follows != ["of"]:
            found.append(group)
    return found


_ENDS = (
    lex.PREPOSITIONS
    | lex.ENDERS
    | frozenset(
        ", and or & is are was has have can will that to as they you it upstairs downstairs back home away again outside inside together there here twice".split()
    )
)


_CUSTOMERS = frozenset(("customer", "customers", "colleague", "colleagues"))

# What every house has, or every visit: whoever reads "the door" knows which.
_ALL_HAVE = frozenset(
    """customer customers colleague colleagues room rooms bed table seat door
    entrance reception desk lobby front kitchen counter bill menu car lift stairs floor phone bags luggage order
    morning evening night day afternoon week weekend stay visit arrival departure journey trip way weather area city
    town neighbourhood house aircraft plane steps gate station airport hospital pharmacy doctor nurse plumber engineer electrician technician locksmith
    housekeeping handover card notes shift time place treatment treatments medication meal breakfast lunch dinner
    food delay inconvenience wait hours family children child date ground floor back next following first
    price cost fees charges tax invoice payslip pay next plan timetable schedule exercises form
    waiting public board wall windows window light lights heating temperature bathroom toilet shower chair couch
    team manager owner kitchen cook chef whole line bonus tax breathing front aircraft list diet
    suitcase beach centre harbour terminal platform payday bag switch bell call other
    lamp lamps sofa pillow blanket curtains blinds fridge kettle television mirror shelf drawer wardrobe bedside cupboard
    tablet mobile camera computer""".split()
)
_TOLD_APART = frozenset("same first second third fourth last only very corrected negotiated demanded".split())
_TIMES = lex.TIMES_OF_DAY | lex.TIME_UNITS | {"visit", "stay", "time", "moment"}


def _tells_apart(word: str) -> bool:
    """Whether a word says which of several: "the third", "the heavier", and the story alone knows the others."""
    base = word[:-2] if word.endswith("er") else ""
    bases = (base, f"{base}e", f"{base[:-1]}y", base[:-1]) if base else ()
    return word in _TOLD_APART or any(len(b) > 2 and may_describe(b) for b in bases)


_NOTHING = frozenset("thing things stuff rest one ones whole problem matter issue others".split())
_ACTED_ON = frozenset(
    "corrected missing broken lost right wrong negotiated demanded replaced damaged".split()
)


def _known_to_all(group: list[str], known: Collection[str], here: bool = False) -> bool:
    """Whether whoever reads "the …" knows which one is meant."""
    head = next((w for w in reversed(group) if w not in lex.FILLERS), group[-1]).removesuffix("'s")
    before = group[: len(group) - 1]
    if here:
        apart = (
            any(map(_tells_apart, before)) and head not in _TIMES | lex.SERVED
        )  # "the older ladies" are a kind
        return head not in _NOTHING and not apart
    if (
        set(before) & _ACTED_ON
        or ("other" in before and not {"other", head} <= set(known))
        or (head not in known and any(w.endswith("er") and may_describe(w) for w in before))
        or not all(may_describe(w) or familiar(w) for w in before)
    ):
        return False  # "the corrected lines", "the casino floor"
    return familiar(head) or head in known


def familiar(word: str) -> bool:
    """Whether every house has one, so that "the" says enough."""
    word = word.removesuffix("'s")
    return word in _ALL_HAVE or word.removesuffix("s") in _ALL_HAVE or word.removesuffix("es") in _ALL_HAVE
