"""Sentences of imported stories with the words of a deed that the house did not do, or did in vain.

The reading goes by words. The grammar says whose the deed is and how it ended: a courier's, the customer's
own, a repair after which it still did not work. Such places stay, as doubtful ones.
"""

import re
from collections.abc import Callable, Sequence

from servicestory.detect.words import tokens, word_set
from servicestory.models.story import Story
from servicestory.wording import lexicon as lex
from servicestory.wording.denied import lacks_one
from servicestory.wording.morphology import participle_lemma

OWN_TRADE, LEAST_OWN = 0.1, 3
"""Share of the stories, and how many at least, that speak of a trade from which on it is the house's own. Of
reviews of hotels, restaurants and an airline one in twenty speaks of a taxi, a delivery app or an office
at most; of a taxi firm most do."""
ASKED = 2000
"""Stories that are asked for it, evenly taken of all: a tenth shows in so many."""
Trade = Callable[[re.Pattern[str]], bool]


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_NOT = r"(?:not|never|nothing|nobody|hardly|(?!shouldn't)\w+n't)"
_BUT = _any(r"\b(?:but|however|yet)\b,?")
_OPENS_BUT = _any(r"\W*(?:but|however|yet)\b,?(?P<rest>[^.;!?\n]*)")
_CLAUSE = re.compile(r"[^.;!?\n]*")
_SOON = r"\W*(?:[\w'-]+ ){0,4}?"
"""What may stand before it in its clause: behind another verb a "not" is seldom of what was put right."""
_BAD = (
    r"(?:had|has|smel\w+|leak\w*|drip\w*|broken|wrong|dirty|cold|noisy|slow|waiting|waited|blocked|missing)"
)
_STILL_NOT = rf"still (?:(?:\w+ )?{_NOT}|no|(?:\w+ )?{_BAD})\b|{_NOT} (?:\w+ ){{0,3}}still\b"
_REMAINED = _any(rf"\b(?:{_STILL_NOT})")
_ENDED_ILL = _any(rf"{_SOON}(?:{_NOT}\b|{_STILL_NOT})")
_NONE_LEFT = _any(
    rf"{_SOON}(?:no|without)\b",
    rf"{_SOON}(?:broke|failed|stopped|started|went|leaked|happened|came) (?:\w+ )?(?:again|back)\b",
)
_NO_HARM = _any(
    r"\b(?:could(?:n't| not)|can(?:'t|not)) (?:have )?"
    r"(?:been|be|ask\w*|do|done|fault\w*|wish\w*|get|praise)\b",
    rf"\b(?:{_NOT}|no|without) (?:an? |any |really |even |have to |need to |too |the |their |our )*"
    r"(?:problem|issue|trouble|bother|matter|mind|extra|charg\w+|fuss|hesitat\w+|delay|big|bad|major|complain\w*|"
    r"fault|much|only|let \w+ pay|pay|cost|wait|care|longer|before long)\b",
)
"""A no that takes nothing back: "but it was no problem", "but they couldn't have been kinder"."""
_MENDED = _any(r"\b(?:so|then|until|till)\b")
"""Behind it somebody may have put it right after all: "but it did not hold, so she took it home"."""
_TRIED = _any(r"\b(?:tried|attempted)\b")
_NOBODY = _any(
    r"(?:(?:and|but|so|then|also|however|unfortunately|sadly|yet)\b,? )*"
    r"(?:nobody|no one|none of (?:the|them)\b) (?!could |can |but |except |else |other )(?:[\w'-]+ ){0,5}?"
    r"(?:greet|welcom|ask|offer|help|assist|told|tell|inform|explain|check|apolog|bring|brought|came|said|smil|answer|respond|clean|follow)\w*"
)
"""Nobody did it: "no one at the desk greeted us"; "no one else did" says that somebody had."""
_AFTER_ALL = _any(r"\b(?:but|so|until|till|except)\b")
_STRUGGLED = _any(r"(?<!\bi )(?<!\bwe )\b(?:failed|struggled) to\b(?!.*\b(?:but|so|until)\b)")
_SWIFT = _any(
    r"\b(?:quick\w*|fast|prompt\w*|swift\w*|immediate\w*|at once|straight ?away|right away|in no time)\b"
)
_THEN_WAITED = _any(
    r"\W*(?:then |there |after that |still )*(?:(?:we|i|it) (?:then |still )?)?(?:waited|queued"
    r"|(?:had|have) to (?:wait|queue)|(?:was|were) (?:kept|left) (?:waiting|standing)"
    r"|took (?:ages|forever|(?:over |about |nearly |almost |another )?(?:an|\w+) (?:hours?|minutes?|mins)))\b"
)

_STATE = (
    r"(?:immigration|passport control|border control|customs|tsa|police|ambulance|fire brigade"
    r"|(?<=through )security"
    r"|(?:airport|fast[- ]?track|priority) security|security (?:checks?|controls?|lanes?|lines?|queues?))"
)
_ITS_PEOPLE = (
    r"(?: (?:drivers?|riders?|man|woman|lady|guy|people|company|firm|app|agents?|officers?|staff|service|"
    r"delivery|hosts?|crew|owners?))*"
)
_LEAD = (
    r"(?:(?:(?:i|we) (?:was|were|am|are)|i'm|we're) (?:so |very )?(?:lucky|glad|fortunate)\b,? )?"
    r"(?:(?:and|so|also|even|then|but|that|luckily|fortunately|thankfully|the|our|my|an?|his|her|this)\b,? )*"
)
_NO_DEED = (
    r"(?!(?:and|or|to|from|of|in|at|on|with|by|stand|rank|ride|fare|desk|office|home|always|available|"
    r"called)\b)"
)
_BY = (
    r"\b(?:(?:deliver\w*|brought|sent|shipped|repaired|driven|service) (?:\w+ ){0,2}?(?:by|via|through)"
    r"|(?:arranged|organi[sz]ed|paid|handled) by) (?:(?:the|an?|our|my) )?(?:\w+ )?"
)


def _firm(who: str, further: str = "(?!)") -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What speaks of such a firm; and where it does something, as the subject or behind "delivered by"."""
    return _any(rf"\b{who}\b"), _any(
        rf"^{_LEAD}(?:[\w-]+ )?{who}{_ITS_PEOPLE} {_NO_DEED}\w+",
        rf"\b{who}{_ITS_PEOPLE},? who \w+",
        rf"{_BY}{who}\b",
        further,
    )


_APPS = r"(?:zomato|swiggy|deliveroo|doordash|grubhub|uber ?eats|just ?eat|lieferando|instacart|foodpanda)"
_CUSTOMERS = word_set("passenger guest customer traveller traveler patient diner shopper visitor resident")
_SAME_TRADE = (
    r"(?:another|(?:the|every|any) other) (?:airline|bank|caf[eé]|clinic|company|firm|garage|hospital|hotel"
    r"|library|office|pharmacy|practice|restaurant|salon|school|shop|store|surgery)"
)
"""Another one of whatever trade; "but here", "unlike this one" it is compared with the house."""
OTHERS = (
    _firm(r"(?:taxis?|cabs?|uber|lyft|minicabs?)"),
    _firm(r"(?:couriers?|post(?:man|woman|al service)|parcel service|dhl|ups|fedex|usps|royal mail)"),
    _firm(_APPS, rf"\border\w* (?:[\w']+ )*?(?:from|through|via|on|with|at) {_APPS}\b"),
    _firm(r"(?:airlines?)"),
    _firm(r"(?:(?:my|our) (?:[\w-]+ )?(?:travel agen(?:ts?|cy)|tour operators?)|air ?bnb)"),
    _firm(rf"{_SAME_TRADE}(?!.{{0,400}}\b(?:but|here|this|unlike|whereas|while)\b)"),
    _firm(rf"(?:another|(?:an?|one|some) (?:\w+ )?fellow) (?:{'|'.join(sorted(_CUSTOMERS))})"),
    _firm(
        _STATE,
        r"\b(?:i|we) (?:(?:was|were|went|got|passed|\w+ly) ){0,3}(?:through|cleared|past) (?:[\w-]+ ){0,2}?"
        r"(?:security|immigration|customs)\b",
    ),
)
"""Firms and offices of other trades that customers of a house meet with, others of its own, and customers."""
_PASSIVE = re.compile(
    r"^[^.,;!?]{0,60}?\b(?:was|were|is|are|been|being) (?:\w+ly )?(?P<verb>\w+)\b(?! by\b)", re.IGNORECASE
)
_HOUSE = word_set(
    "they she he them hotel restaurant cafe café house shop store place clinic branch company firm"
)
_OFFICERS = word_set(
    "driver drivers officer officers agent agents security courier couriers postman postwoman"
)
_SERVES = lex.STAFF_NOUNS | lex.STAFF_PRONOUNS

_ADVERBS = r"(?:(?:just|then|also|both|even|only|all|always|simply|\w+ly) )*"
_SELF = _any(
    rf"(?:(?:and|so|then|but)\b,? )*(?:i|we|my \w+ and i) {_ADVERBS}"
    r"(?:(?:checked|served|helped|seated|printed|signed|let) (?:ourselves|myself)"
    r"|(?:went|came) (?:and|to) \w+|booked|bought"
    r"|carried|cleaned|cooked|drove|fetched|fixed|made|mended|packed|parked|paid|poured|prepared"
    r"|repaired|scanned|searched|swept|walked|washed|wiped"
    r"|(?:checked (?:\w+ ){0,2}|got (?:\w+ ){1,3})(?:at|from|on|using) (?:the|an?) (?:[\w-]+ )?"
    r"(?:kiosk|machine|terminal|touchscreen))\b",
    r"(?:the )?(?:kiosk|self[- ](?:service )?check[- ]?(?:in|out))\b",
    r"(?:cleaning|carrying|pouring|making|fetching|cooking) (?:my|our) own\b",
)
"""The teller does it, or a machine: "we checked ourselves in", "I poured my own tea", "kiosk was fast"."""
_DONE_TO = _any(
    r"\b(?:was|were|been|got|being|get|is|are) (?:\w+ly )?"
    r"(?:\w+ed|given|brought|shown|taken|sent|met|told)\b"
)
_TO_THEM = word_set("me us him her them it help")
_RECOMMENDS = _any(
    r"(?:(?:and|so|overall|definitely|absolutely|again)\b,? )*(?:(?:i|we)(?:'d|'ll)? )?"
    rf"(?:would |will |can |do |have )?{_ADVERBS}recommend(?:ed|ing)?\b"
)


def in_vain(text: str, after: str = "") -> bool:
    """Whether what a sentence says was put right stayed wrong: "replaced it, but it still leaked".

    Args:
        after: what follows it in the story; a "but" that opens the next sentence is looked at as well.
    """
    text, after = _plain(text), _plain(after)
    still = _REMAINED.search(text)
    if still and len(text[: still.start()].split()) > 2 and not _acts(text[still.end() :]):
        return True
    return any(_ill(clause) for clause in _turns(text, after))


def is_unshown(text: str, after: str = "", own_trade: Trade | None = None) -> bool:
    """Whether a sentence with the words of a deed shows none of the house's: a courier's, the teller's own.

    So is what nobody did, or what was done without it, being quick before a wait, what was tried in vain, and
    that the teller recommends something. Of others' doings it is false wherever staff, or a pronoun for them,
    may be acting.

    Args:
        after: what follows it in the story.
        own_trade: whether the house is itself of the trade that a pattern finds (:func:`own_trade_of`).
    """
    text, after = _plain(text), _plain(after)
    turns = _turns(text, after)
    undone = _NOBODY.match(text) or _STRUGGLED.search(text)
    if lacks_one(text) or (undone and not _NO_HARM.search(text) and not _turned(text[undone.end() :])):
        return True
    if any(
        (_SWIFT.search(text) and _THEN_WAITED.match(one)) or (_TRIED.search(text) and _ill(one))
        for one in turns
    ):
        return True
    if _anothers(text, own_trade):
        return True
    words = {word.lower() for word in tokens(text)}
    if words & (_TO_THEM | _SERVES):
        return False
    if _RECOMMENDS.match(text):
        return True
    return _SELF.match(text) is not None and not _DONE_TO.search(text) and not _named(text)


def own_trade_of(stories: Sequence[Story]) -> Trade:
    """A test of whether the house is of the trade that a pattern finds: many of the stories speak of it."""
    known: dict[re.Pattern[str], bool] = {}
    some = stories[:: -(-len(stories) // ASKED) or 1]

    def test(pattern: re.Pattern[str]) -> bool:
        if pattern not in known:
            told = sum(pattern.search(story.narrative) is not None for story in some)
            known[pattern] = told >= max(LEAST_OWN, OWN_TRADE * len(some))
        return known[pattern]

    return test


def _plain(text: str) -> str:
    return text.strip(" ").replace("’", "'")


def _anothers(text: str, own_trade: Trade | None) -> bool:
    """Whether another firm, or another customer, does something in it, and nobody of the house may."""
    for named, doing in OTHERS:
        found = doing.search(text) if named.search(text) else None
        if found and not _undergoes(text[found.start() :]) and not (own_trade and own_trade(named)):
            house = {word.lower() for word in tokens(named.sub(" ", text))} & _HOUSE
            beside = {word.lower() for word in tokens(f"{text[: found.start()]} {text[found.end() :]}")}
            if not house and not beside & (_SERVES - _OFFICERS):
                return True
    return False


def _turned(text: str) -> bool:
    """Whether somebody did it after all: "nobody brought the key, so she fetched it herself"."""
    turn = _AFTER_ALL.search(text)
    return turn is not None and _acts(text[turn.end() :])


def _undergoes(text: str) -> bool:
    """Whether it begins with somebody to whom something is done, by nobody told: "police were called"."""
    done = _PASSIVE.search(text)
    return done is not None and participle_lemma(done["verb"].lower()) in lex.COPYABLE


def _turns(text: str, after: str) -> list[str]:
    """What stands behind the last "but", and behind that which opens the next sentence."""
    *_, last = (None, *_BUT.finditer(text))
    clause = _CLAUSE.match(text, last.end()) if last and last.start() else None
    following = _OPENS_BUT.match(after)
    return ([clause.group()] if clause else []) + ([following["rest"]] if following else [])


def _ill(clause: str) -> bool:
    """Whether a clause behind a "but" takes back what was said before it."""
    ended = _ENDED_ILL.match(clause) or (None if _acts(clause) else _NONE_LEFT.match(clause))
    return ended is not None and not _NO_HARM.search(clause) and not _MENDED.search(clause, ended.end())


def _acts(text: str) -> bool:
    """Whether somebody of the staff may do something in it."""
    return not _SERVES.isdisjoint(word.lower() for word in tokens(text)) or _named(text)


def _named(text: str) -> bool:
    """Whether a word with a capital, which may be a name, stands inside a text."""
    return any(word[0].isupper() and not word.startswith("I") for word in tokens(text)[1:])
