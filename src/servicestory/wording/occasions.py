"""When a deed was done: the occasion a story tells beside it, as the end of an instruction ("when they arrive late")."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from servicestory.wording.articles import with_article
from servicestory.wording.tokens import STOP


class Occasion(NamedTuple):
    """A moment: how stories tell it, what it is the occasion of, and how it is said at the end of a step.

    ``said`` begins with a verb for the customer ("arrive{s}"), with "{their}" for what is theirs, or says it all.
    """

    told: re.Pattern[str]
    of: re.Pattern[str]
    said: str
    near: bool = False  # told of much besides: only where the sentence itself or the one before says so


def _o(told: str, of: str, said: str, near: bool = False) -> Occasion:
    return Occasion(_pattern(told), _pattern(of), said, near)


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


_FOOD = r"soup|supper|broth|stew|dinner|meal|plate|food|bread|sandwich(?:es)?"
_NO_ROOM_YET = r"(?:room|cabin|table|bed)\b.*\b(?:ready|made up|cleaned|prepared|early)"
_MENDERS = "plumber|engineer|electrician|technician|mechanic|locksmith|handyman|maintenance"
_LEFT = r"(?:left|forgot(?:ten)?|lost|packed|without|mislaid|broken?)"
_GIFTS = "cakes?|cupcakes?|cards?|champagne|prosecco|wine|dessert|chocolates?|flowers?|surprise|upgrade|balloons?|song|sing|gift"
_WRONG = "something is wrong with"
_KEPT_BAGS = r"^(?:hold|store|keep|watch)\b.*\b(?:bags?|luggage|suitcases?)"

ONE_ARM = (
    r"(?:left|right|bad|one|good) (?:arm|hand)|arm in a sling|sling|since (?:the|my|his|her) stroke|plaster"
)

# The first that fits is taken, so what says most stands first.
OCCASIONS = (
    _o(
        r"(?:arriv|c[ao]me|got|reach)\w* (?:\w+ ){0,3}(?:late|after midnight|at midnight)|late (?:ones|arrivals?|comers?)|after midnight"
        r"|last (?:ferry|train|bus|boat)|late (?:ferry|train|bus|flight)|\d ?h(?:ours)? late",
        _FOOD,
        "arrive{s} late",
    ),
    _o(
        r"kitchen (?:\w+ ){0,3}closed|(?:dining room|restaurant|kitchen) (?:\w+ )?(?:dark|shut)|dark (?:restaurant|kitchen)",
        _FOOD,
        "find{s} the kitchen closed",
    ),
    _o(r"birth ?day|b'?day", _GIFTS, "celebrate{s} a birthday", near=True),
    _o(r"honeymoon", _GIFTS, "{be} on their honeymoon", near=True),
    _o(r"anniversary", _GIFTS, "celebrate{s} an anniversary", near=True),
    _o(r"special occasions?|celebrat\w+", _GIFTS, "celebrate{s} something", near=True),
    _o(
        r"(?:arriv|c[ao]me|got|checked in|reach)\w* (?:\w+ ){0,4}early|(?:five|six|seven|eight|nine) in the morning|before (?:the )?check-?in|hours (?:early|ahead of time)",
        _NO_ROOM_YET,
        "arrive{s} early",
    ),
    _o(r"stairs|steps|crutches|wheelchair|walking frame|walker", r"ground floor|lower floor|lift|ramp", "find{s} stairs hard"),
    _o(ONE_ARM, r"good side", "can use only one arm"),
    _o(
        r"noise|noisy|loud|music|organ|snor\w+|lay awake|could(?: not|n't) sleep|kept (?:us|me|him|her) awake",
        r"move|quiet\w*|another room|different room|earplugs",
        "{be} kept awake by noise",
    ),
    _o(
        r"small print|(?:can|could)(?:not|n't| not) read|spectacles|reading glasses (?:at home|behind)"
        rf"|{_LEFT} (?:\w+ ){{0,3}}(?:glasses|spectacles|case)",
        "reading glasses|glasses|magnifier|magnifying glass",
        "cannot read without glasses",
    ),
    _o(
        r"sees? only|(?:can|could)(?:not|n't| not) (?:just )?see|blind|eyes (?:\w+ )?worse|outlines|partially sighted|large print",
        r"letters|large|print|capitals",
        "cannot see well",
    ),
    _o(r"water|taps?|shower|drains?|sink|toilet|leak\w*|drip\w*|clog\w*", "plumber", f"{_WRONG} the water"),
    _o(r"radiators?|heating|boiler", "plumber", f"{_WRONG} the heating"),
    _o(r"lights?|lamps?|bulbs?|dark", "electrician", f"{_WRONG} the light"),
    _o(r"power|sockets?|fuses?|plug", "electrician", f"{_WRONG} the power"),
    _o(
        r"(?:leak|drip|block|clog|jamm|burst|broke|stopp)\w*|did(?: not|n't) work|(?:not|wasn't|isn't|stopped) working|cold water|out of order|faulty|no (?:hot water|heating|power)",
        rf"{_MENDERS}|bath|shower|another room|different room|replacement|spare|repair|fix|mend",
        "something does not work",
    ),
    _o(
        r"(?:flight|connection|train|ferry|boat|bus)\b.{0,30}\b(?:cancel\w+)|cancel\w+ .{0,20}(?:flight|train|ferry|boat)",
        r"flight|train|ferry|boat|night|room|hotel|taxi|meals?|vouchers?",
        "{their} journey is cancelled",
    ),
    _o(
        r"miss\w* (?:\w+ ){0,3}(?:flight|connection|train|ferry|boat|bus)",
        r"flight|train|ferry|boat|night|room|hotel|taxi",
        "miss{es} a connection",
    ),
    _o(
        r"(?:the wrong \w+|(?:by|our|their) mistake|mix-?up|overcharged|double[- ]booked|in error|mixed up|although (?:i|we) had (?:said|asked|ordered)|what went wrong)",
        r"apolog\w+|free|refund|voucher|complimentary|deduct|waive|discount|upgrade|off (?:the|their|the \w+'s) bill|another \w+$",
        "something has gone wrong on your side",
    ),
    _o(
        r"(?:could(?: not|n't)|can(?:not|'t)) find|lost (?:our|my|the|his|her|their) way|had lost (?:us|me)|lost(?=[,.;:!?])|wrong (?:door|floor|building|corridor|way)|asked (?!me\b|us\b)(?:\w+ ){0,6}?(?:for the way|the way to|where (?:the \w+|it|to \w+)(?: (?:is|was|were|are))?(?=[,.;:!?]| and\b))",
        r"go with|walk|escort|accompany|(?:take|show|lead) (?:the \w+(?:'s \w+)?|them) (?!how\b|what\b|which\b)|^bring the \w+(?:'s (?:child|children|relative|partner))? .*\bto (?:the|their)\b",
        "{be} lost",
    ),
    _o(
        r"(?:boat|ferry|train|flight|taxi|bus|coach)\b.{0,25}\b(?:at )?(?:four|five|six|[456][.:]\d\d)|(?:leave|set out|sets out|be off) (?:at|before|by) (?:half past )?(?:three|four|five|six|[3456])"
        r"|breakfast (?:starts|begins|is|was|at) (?:only )?(?:at )?(?:six|seven|eight|[678])|early (?:boat|ferry|train|flight|start|service|transfer)|before breakfast|sunrise|no breakfast (?:for|with) (?:us|me|him|her|them)"
        r"|(?:up|out|off|away|gone) (?:at|by|before) (?:half past )?(?:three|four|five|six|[3-6](?:[.:]\d\d)?)|(?:four|five|six) o'clock (?:boat|bus|ferry|flight|start|train|transfer)",
        r"breakfasts?|provisions|packed lunch|lunch (?:box|bag)|rolls|flask",
        "leave{s} early in the morning",
    ),
    _o(
        r"(?:kid|kids|child|children|toddler|baby|little (?:boy|girl)|son|daughter|grandson|granddaughter)",
        r"colou?ring|crayons|toys?|puzzles?|high ?chair|cot|crib|pens",
        "come{s} with a child",
    ),
    _o(
        r"(?:before|until) check-?in|until (?:\w+ ){1,3}(?:was|were) ready|rooms? (?:was|were)(?: not|n't) (?:yet )?ready|arriv\w+ early|early arrival",
        _KEPT_BAGS,
        "{their} room is not ready yet",
    ),
    _o(r"check(?:ed|ing)?[- ]?out|(?:late|evening) flight", _KEPT_BAGS, "{have} checked out"),
    _o(
        r"family|families|kids|children|friends|group|(?:two|both|three|our) rooms|together",
        r"adjoining|connecting|next to each other",
        "travel{s} with others",
    ),
    _o(
        r"better is free|(?:is|was|were|had) (?:\w+ )?(?:free|available|availability|empty)|not (?:full|busy)",
        r"(?<!food )(?<!meal )(?<!drink )upgrade|\bsuite\b|^(?:give|offer) .*\bseat\b",
        "there is room",
    ),
    _o(r"freez\w+|(?:was|were|felt|so|very|too) cold|shiver\w*|draught\w*", r"blankets?|duvet|heater|hot water bottle", "{be} cold"),
    _o(
        r"(?:when|as|once|if) (?:requested|asked)|(?:when|as soon as|once|after) (?:i|we) (?:asked|called|requested)|(?:on|upon|at my|at our) request",
        r"(?<!-)(?:bring|give|provide|deliver|send|fetch|get)\b(?!.*\b(?:ask|request))\w*",
        "ask{s}",
        near=True,
    ),
)  # fmt: skip

_BEFOREHAND = re.compile(r"^(?:keep|leave|put by|save|set aside)\b", re.IGNORECASE)
"""Once it is found that the moment has come it is too late for these."""
_BEFORE, _AFTER = 240, 120  # characters around a deed in which its occasion is looked for

# Without the moment nobody knows when to do these: they are a step only where it is told.
_NEEDS_ONE = re.compile(
    rf"^(?:send|call|fetch|get|ring|phone) .*\b(?:{_MENDERS}|doctor|nurse|ambulance|security)\b"
    r"|^(?:keep|save|warm|bring|serve)\b.*\b(?:soup|broth|stew|supper)\b"
    r"|^move the \w+(?:'s \w+)? to (?:another|an?|the)\b|\bon the ground floor\b"
    r"|^(?:find|get) (?:the \w+ )?an? (?:[\w-]+ )*(?:better|bigger|corner|higher|nicer|upgraded)\b.*\b(?:room|seat|table)\b"
    r"|^have .* cleaned$"
    r"|^change the \w+'s (?:room|seat|table)$"
    r"|^bring the \w+'s (?:bags?|luggage|suitcases?)$|\b(?:adjoining|connecting) rooms?$"
    r"|^(?:arrange|book|find|get|give|rebook|put)\b.*\bflights?\b"
    r"|\b(?:shower|wheel)-? ?chair\b|\breading glasses\b|\bhotel for the night\b"
    r"|^(?:allow|let) .*\breturn to\b",
    re.IGNORECASE,
)
_CHILD = re.compile(r"\b(?:child(?:ren)?|baby|babies)\b", re.IGNORECASE)
_TOLD_ALREADY = re.compile(
    r"\b(?:in case|when|if|who|while|until|birthday|anniversary|celebrat\w+|incorrect|mistaken|wrong|wrongly)\b",
    re.IGNORECASE,
)


def when_told(line: str, text: str, start: int, end: int, customer: str) -> str | None:
    """The instruction with its occasion at its end, where the story tells one near the deed.

    Args:
        line: an instruction without its full stop, made from ``text[start:end]``.
        customer: the organisation's word for a customer.

    Returns:
        ``line`` itself where it needs none, None where it says nothing without one and none is told.
    """
    if _TOLD_ALREADY.search(line) or _AT_A_MOMENT.search(line) or _for_whom(line, customer):
        return line
    # What follows in another sentence is told of what came after.
    told = text[max(0, start - _BEFORE) : end] + STOP.split(text[end : end + _AFTER])[0]
    beside = ". ".join(STOP.split(told)[-2:]).replace("\n", " ")
    told = told.replace("\n", " ")
    for occasion in OCCASIONS:
        if _says_child(occasion, line):
            continue
        if occasion.of.search(line) and occasion.told.search(beside if occasion.near else told):
            return at_its_moment(line, _of_whom(occasion.said, line, customer))
    return None if _NEEDS_ONE.search(line) else line


def _for_whom(line: str, customer: str) -> bool:
    """Whether a step says when it is done by whom it is for: "for guests who see badly"."""
    return bool(
        re.search(rf"\bfor (?:the |an? |every |any )?{re.escape(customer)}s? (?:with|who|that)\b", line)
    )


def _says_child(occasion: Occasion, line: str) -> bool:
    """Whether a step says already that they come with a child: "a cot for their baby"."""
    return occasion.said.endswith("a child") and _CHILD.search(line) is not None


@lru_cache(maxsize=256)
def _told_by(name: str) -> tuple[Occasion, ...]:
    """The occasions that the name of a practice tells; every step of it asks."""
    return tuple(o for o in OCCASIONS if o.told.search(name))


def own_moment(name: str, line: str, customer: str) -> str:
    """The step with the occasion its practice's own name says ("… when something better is free"), where it has none.

    Only where the step is what that is the occasion of: "Apologise and make up for what went wrong" says why a
    guest is given a refund, and not why anybody is greeted. Some deeds say themselves when they are done: who
    gets an early check-in arrives early.
    """
    if (
        occasion_of(line)
        or _TOLD_ALREADY.search(line)
        or _AT_A_MOMENT.search(line)
        or _for_whom(line, customer)
    ):
        return line
    said = [o.said for o in _told_by(name) if o.of.search(line) and not _says_child(o, line)]
    said = said or [said for of, said in _IMPLIED if of.search(line)]
    if len([s for s in said if s.startswith("celebrate")]) > 1:
        said = ["celebrate{s} something"]
    return at_its_moment(line, _of_whom(said[0], line, customer)) if said else line


# "At check-in" says when; a second occasion behind it would hang.
_AT_A_MOMENT = re.compile(
    r"\b(?:at|on|upon|before|after|during) (?:their |the |the \w+'s )?(?:arrival|arriving|check-?in|checking in|check-?out|checking out"
    r"|departure|departing|boarding|first (?:day|night|morning)|last (?:day|night|morning))\b",
    re.IGNORECASE,
)
_IMPLIED = (
    (re.compile(r"\bearly check-?in\b|\brooms? (?:\w+ ){0,3}early\b", re.IGNORECASE), "arrive{s} early"),
)
"""Deeds and when they are done, where that lies in the deed."""


def says_when(line: str) -> bool:
    """Whether a deed says by itself when it is done, so that whoever does it does it then."""
    return any(of.search(line) for of, _ in _IMPLIED)


def at_its_moment(line: str, occasion: str) -> str:
    """The step with its occasion at its end: "when they arrive late"; "the evening before" goes on by itself."""
    if _EVE.search(line) and occasion.startswith(("they ", "a ", "an ")):
        return f"{line} {occasion}"
    late = occasion.startswith("they find ") and _BEFOREHAND.search(line)
    return f"{line} {'in case' if late else 'when'} {occasion}"


def with_its_moment(line: str, step: str) -> str:
    """Another wording of a step with the occasion the step names, if it names one at its end."""
    return at_its_moment(line, occasion_of(step)) if without_when(step) != step else line


def occasion_of(line: str) -> str:
    """The occasion a step names, without its "when": at its end, or as what is celebrated; else nothing."""
    if found := _WHEN.search(line):
        return found["occasion"]
    if found := _CELEBRATED.search(line):
        return f"they celebrate {'an anniversary' if found[0].casefold() == 'anniversary' else 'a birthday'}"
    return ""


def needs_moment(line: str) -> bool:
    """Whether nobody knows when to do it unless the moment is told with it."""
    return _NEEDS_ONE.search(line) is not None


def tells_occasion(occasion: str, text: str) -> bool:
    """Whether a story tells an occasion that stands in a step; one that is none of the list is not looked for."""
    if celebrated(occasion):
        known = [o for o in OCCASIONS if o.said.startswith("celebrate")]
    elif occasion.startswith(_WRONG):
        known = [o for o in OCCASIONS if o.said.startswith(_WRONG)]
    else:
        known = [o for o in OCCASIONS if o.said == _known(occasion)]
    said = text.replace("\n", " ")  # where a line ends says nothing
    return not known or any(o.told.search(said) for o in known)


def either(occasions: Iterable[str]) -> tuple[str, list[str]]:
    """What some tell of the water and others of the heating as one occasion, and which it joins; else nothing."""
    alike = [o for o in occasions if o.startswith(_WRONG)]
    parts = sorted({part for o in alike for part in o.removeprefix(f"{_WRONG} ").split(" or ")})
    return (f"{_WRONG} {' or '.join(parts)}", alike) if len(alike) > 1 else ("", [])


def celebrated(occasion: str) -> bool:
    """Whether something is celebrated then."""
    return re.match(r"(?:they celebrate|an? \w+ celebrates) ", occasion) is not None


_CELEBRATED = re.compile(r"\b(?:birthday|anniversary)\b", re.IGNORECASE)


def _of_whom(said: str, line: str, customer: str) -> str:
    """ "arrive{s} late" as "they arrive late" where the step names the customer, else "a guest arrives late"."""
    named = re.search(rf"\bthe {re.escape(customer)}\b", line)
    if said.startswith("{their}"):
        return said.format(their="their" if named else f"{with_article(customer)}'s")
    if "{" not in said and not said.startswith("can"):
        return said
    forms = {"s": "", "es": "", "be": "are", "have": "have"}
    if not named:
        forms = {"s": "s", "es": "es", "be": "is", "have": "has"}
    return f"{'they' if named else with_article(customer)} {said.format(**forms)}"


def for_anybody(occasion: str, customer: str, line: str = "") -> str:
    """ "they arrive late" as it is said beside ``line``: "a guest arrives late" where that names no customer."""
    known = _known(occasion)
    return _of_whom(known, line, customer) if "{" in known or known.startswith("can") else occasion


@lru_cache(maxsize=1024)
def _known(occasion: str) -> str:
    """How the list says an occasion that stands in a step; empty where it is none of the list."""
    return next((o.said for o in OCCASIONS if re.fullmatch(_forms(o.said), occasion)), "")


_IN_THE_MORNING = "early in the morning"


def seen_from_the_eve(line: str) -> str:
    """ "Pack it when they leave early in the morning" as it is said of what is packed the evening before."""
    return re.sub(rf"(?<=leave ){_IN_THE_MORNING}$", "early the next morning", line)


def _forms(said: str) -> str:
    """The pattern of all ways one occasion is said."""
    if said.startswith(_WRONG):
        return rf"{_WRONG} the \w+(?: or the \w+)*"
    who = (
        "(?:they|an? [^,]+?) "
        if not said.startswith("{their}") and ("{" in said or said.startswith("can"))
        else ""
    )
    for form, ways in (
        ("{s}", "s?"),
        ("{es}", "(?:es)?"),
        ("{be}", "(?:is|are)"),
        ("{have}", "ha(?:s|ve)"),
        ("{their}", "(?:their|an? [^,]+?'s)"),
    ):
        said = said.replace(form, ways)
    return who + said.replace(_IN_THE_MORNING, "early (?:in the|the next) morning")


_EVERY_FORM = "|".join(_forms(o.said) for o in OCCASIONS)
_EVE = re.compile(r"\bthe (?:day|evening|night|morning) before$")
_WHEN = re.compile(
    rf"(?: when| in case|(?<= the day before)|(?<= the (?:evening|morning) before)|(?<= the night before)) (?P<occasion>{_EVERY_FORM})$"
)


def without_when(line: str) -> str:
    """The step without its occasion."""
    return _WHEN.sub("", line)
