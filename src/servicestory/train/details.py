"""Details of a step that can be asked for, with near misses of their kind: another hour, half the way."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from servicestory.wording.acts import act
from servicestory.wording.lexicon import HOURS

_N = rf"(?:{'|'.join(HOURS)}|\d{{1,4}})"
_HOUR = rf"(?:{'|'.join(HOURS)}|1[0-2]|[1-9])"


@dataclass(frozen=True)
class Kind:
    """One kind of detail: how it is said, what is asked for, and what else of the same kind might be said.

    Attributes:
        near: what is not agreed and might be, with ``{c}`` for the customer; made from the detail where hours
            or amounts are.
        when: it says when the practice is due, which only people who wrote it can have agreed.
        within: it may stand anywhere in a line, else only at its end.
    """

    said: re.Pattern[str]
    asks: str
    near: Callable[[re.Match[str]], tuple[str, ...]]
    when: bool = False
    within: bool = False


_Near = Callable[[re.Match[str]], tuple[str, ...]]


def _k(said: str, asks: str, near: _Near | tuple[str, ...], when: bool = False, within: bool = False) -> Kind:
    made = near if callable(near) else lambda _, same=near: same
    return Kind(re.compile(f"(?:{said})", re.IGNORECASE), asks, made, when, within)


def _hours(found: re.Match[str]) -> tuple[str, ...]:
    """Other hours, said as these are: "between nine and eleven" -> "between twelve and two"."""
    first, last = _value(found["first"]), _value(found["last"])
    if (last - first) % 12 > 4:  # half the day: no other hours are left that are plainly others
        return ()
    long = min((last - first) % 12 or 1, 3)
    starts = [last + 1, last + 1 + long, first - 1 - long]
    tail = found["tail"] or ""
    return tuple(
        f"between {_like(_hour(s), found['first'])} and {_like(_hour(s + long), found['first'])}{tail}"
        for s in starts
    )


def _an_hour(found: re.Match[str]) -> tuple[str, ...]:
    hour, tail = _value(found["first"]), found["tail"] or ""
    return tuple(f"{found['word']} {_like(_hour(hour + n), found['first'])}{tail}" for n in (2, -2, 4))


def _amounts(found: re.Match[str]) -> tuple[str, ...]:
    """Other amounts: half of it, twice as much, five times as much."""
    amount = _value(found["first"])
    others = [amount * 2, amount * 5, amount // 2 if amount % 2 == 0 else amount * 3]
    unit = found["unit"] or ""
    return tuple(f"{found['word']} {found['sign']}{_like(n, found['first'])}{unit}" for n in others)


def _soon(found: re.Match[str]) -> tuple[str, ...]:
    """Other limits, each a later one; "at once" has none, as every other answer is plainly worse."""
    said = found[0].casefold()
    if same := re.match(r"the same (\w+)", said):
        later = (
            ("within the month", "within six weeks")
            if same[1] == "week"
            else ("within three days", "within the week")
        )
        return (f"the next {same[1]}", *later)
    if same := re.match(rf"within ({_N}) (minutes|hours|days)", said):
        amount = _value(same[1])
        return tuple(f"within {_like(amount * n, same[1])} {same[2]}" for n in (2, 5, 10))
    if said in ("within the hour", "within an hour"):
        return ("within three hours", "within the day", "within the week")
    if same := re.match(r"(by|before) ", said):
        return tuple(f"{same[1]} the {later}" for later in ("evening", "next morning", "end of the week"))
    return ()


def _label(found: re.Match[str]) -> tuple[str, ...]:
    """Other names: a date may be right besides, as on food."""
    on = found["on"]
    return (
        f"with your own name on {on}",
        f"with the name of your team on {on}",
        f"with the name of the house on {on}",
    )


def _value(said: str) -> int:
    return HOURS.index(said.casefold()) + 1 if said.casefold() in HOURS else int(said)


def _hour(value: int) -> int:
    return (value - 1) % 12 + 1


def _like(value: int, said: str) -> str:
    """A number in words where the other was said in words."""
    return str(value) if said.isdigit() or value > len(HOURS) else HOURS[value - 1]


_TAIL = r"(?P<tail> (?:o'clock|in the (?:morning|afternoon|evening)))?"
_PACE = (
    r"the same (?:morning|day|afternoon|evening|night|shift|week)|at once|right away|straight ?away"
    rf"|immediately|promptly|within (?:minutes|(?:the|an) hour|{_N} (?:minutes|hours|days))"
    r"|(?:by|before) (?:noon|midday|lunch)"
)
_PUBLIC = (
    r"quietly|discreetly|in private|out of earshot|where nobody (?:else )?(?:can )?hears?(?: it| you| them)?"
)
_THERE = r"(?:sees?|will see|finds?|will find) (?:it|them)"
_AFTER = (
    r"(?:on )?the (?:next|following) (?:day|morning|evening|week)"
    r"|(?:on )?the (?:morning|day) after(?: their| the)?(?: \w+)?"
)
KINDS = (
    _k(rf"between (?P<first>{_HOUR}) and (?P<last>{_HOUR}){_TAIL}", "at what time", _hours, when=True),
    _k(
        rf"(?<!one )(?P<word>before|by|until|at|after) (?P<first>{_HOUR}){_TAIL}",
        "at what time",
        _an_hour,
        when=True,
    ),
    _k(
        rf"(?P<word>up to|at most|at least|no more than) (?P<sign>[€£$]?)(?P<first>{_N})(?P<unit> ?[a-z]+)?",
        "how much",
        _amounts,
        within=True,
    ),
    _k(_PACE, "by when", _soon),
    _k(r"with (?:the|their)\b.*\b(?:names?|numbers?)\b.* on (?P<on>it|them)", "how is it marked", _label),
    _k(
        r"the (?:evening|night|day|week|morning) before",
        "when",
        ("on the day itself", "as soon as the {c} asks for it", "in a quiet hour of the same week"),
        when=True,
    ),
    _k(
        _AFTER,
        "when",
        ("within the hour", "after about a week", "as soon as the {c} asks for it"),
        when=True,
    ),
    _k(
        r"before you (?:go|come|start|begin|leave|open|close)\b[^,]*"
        r"|before (?:the|your) \w+ (?:begins|starts)",
        "when",
        ("when you are halfway through", "as soon as something is unclear", "once all else is done"),
    ),
    _k(
        r"(?:without|before) (?:being|waiting to be) (?:asked|pushed|told|reminded|called)|unasked",
        "at which point",
        (),  # it names no point in time, and to wait is plainly worse
    ),
    _k(
        r"in (?:the [\w-]+'s|their) own words",
        "in whose words",
        ("in your own words", "in the words of the form", "in the words of whoever is in charge"),
    ),
    _k(
        r"(?:the whole|all the) way",
        "how far",
        ("to the next corner", "until the {c} knows the direction", "as long as you can see your own post"),
    ),
    _k(rf"where (?:the )?(?:next )?[\w-]+ {_THERE}", "where", ()),  # every other place is plainly worse
    _k(
        r"in person|personally|face to face",
        "how",
        ("by telephone", "in a short note", "through a colleague", "when they next come by"),
    ),
    _k(
        r"line by line|one by one|one at a time|step by step|point by point",
        "how",
        ("in broad lines", "only what the {c} asks about", "all in one go"),
    ),
    _k(r"in writing|on paper", "how", ("by word of mouth", "by telephone", "by showing it once")),
    _k(
        _PUBLIC,
        "how",
        ("there and then, as it comes", "together with all who wait", "later, in a message"),
    ),
    _k(
        r"twice|three times|every (?:hour|day|morning|evening|week|month)",
        "how often",
        ("once and no more", "as often as the {c} asks for it", "whenever there is time"),
    ),
    _k(
        r"on (?:their|the [\w-]+'s) own (?:phone|mobile|tablet|telephone|computer)",
        "on what",
        ("on your own phone", "on a device of the house", "on the computer at your desk"),
    ),
)


@dataclass(frozen=True)
class Detail:
    """A detail found in a line: the line with a gap for it, what is asked, and what else it might be."""

    kind: Kind
    said: str
    gap: str
    near: tuple[str, ...]


def detail(line: str, customer: str) -> Detail | None:
    """The detail at the end of a line (an amount: anywhere in it), or None.

    >>> detail("Call the guest between nine and eleven", "guest").near[0]
    'between twelve and two'
    """
    for kind in KINDS:
        found = next((f for f in kind.said.finditer(line) if kind.within or f.end() == len(line)), None)
        before = line[: found.start()].rstrip(" ,") if found else ""
        if found and len(before.split()) > 1:
            gap = f"{before} … {line[found.end() :].lstrip()}".rstrip()
            return Detail(kind, found[0], gap, _filled(kind, found, customer))
    return None


def whole(text: str, customer: str) -> Detail | None:
    """A key point that is nothing but a detail ("The whole way", "Do it at once"), or None."""
    said = re.sub(r"^Do it ", "", text)
    for kind in KINDS:
        if found := kind.said.fullmatch(said):
            return Detail(kind, said[0].lower() + said[1:], "", _filled(kind, found, customer))
    return None


def _filled(kind: Kind, found: re.Match[str], customer: str) -> tuple[str, ...]:
    """The near misses, without those that say only how the act is done anyway: a call is by telephone."""
    done = act(found.string)[0]
    near = (said.replace("{c}", customer) for said in kind.near(found))
    return tuple(said for said in near if done not in _IS_DONE_SO.get(said, ()))


_IS_DONE_SO = {
    "by telephone": ("call",),
    "in a short note": ("write", "note", "send"),
    "by word of mouth": ("tell", "say", "explain", "call"),
    "by showing it once": ("show", "draw", "film"),
    "in your own words": ("explain", "tell", "say"),
}


def bare(line: str, customer: str) -> str:
    """A line without its detail, where what is left still says what to do."""
    found = detail(line, customer)
    left = found.gap.replace(" …", "") if found else line
    return left if len(left.split()) > 2 else line


_SOON = re.compile(r"\b(?:soon|quick\w*|prompt\w*|fast|delay|in time)\b", re.IGNORECASE)


def kinds_in(text: str) -> Iterator[Kind]:
    """The kinds of which a text has a detail; "soon" and "quickly" say by when as well."""
    return (k for k in KINDS if k.said.search(text) or (k.near is _soon and _SOON.search(text)))
