"""What kind of act an instruction is, and when two of them are the same act told differently."""

import re
from functools import lru_cache

from servicestory.wording import lexicon as lex
from servicestory.wording.manner import core
from servicestory.wording.occasions import without_when

_SAME_ACT = {
    "welcome": "greet", "meet": "greet", "fetch": "bring", "get": "bring", "deliver": "bring",
    "ring": "call", "phone": "call", "telephone": "call",
    "provide": "give", "hand": "give", "offer": "give", "inform": "tell", "update": "tell",
    "reply": "answer", "respond": "answer", "accompany": "walk", "escort": "walk", "guide": "walk",
    "mend": "repair", "fix": "repair", "suggest": "recommend", "store": "keep", "hold": "keep", "save": "keep",
    "heat": "warm", "reheat": "warm", "snap": "photograph", "sketch": "draw", "shoot": "film", "video": "film",
    "copy": "write", "print": "write", "box": "pack", "wrap": "pack", "enquire": "ask", "inquire": "ask",
    "celebrate": "mark", "clarify": "explain", "apologize": "apologise", "customize": "customise", "vacuum": "clean", "wash": "clean", "wipe": "clean", "tidy": "clean", "polish": "clean",
}  # fmt: skip
_NOUNS = {
    "upgrade": "upgrade", "apology": "apologise", "refund": "refund", "welcome": "greet", "checkin": "check in", "checkout": "check out",
    "recommendations": "recommend", "suggestions": "recommend",
}  # fmt: skip
PHOTO = frozenset(
    "photo photos photograph photographs picture pictures snap snaps snapshot snapshots pic pics selfie selfies".split()
)
# Verbs that say little; what they make, take or fill names the act.
_MADE = {
    "map": "draw", "drawing": "draw", "film": "film", "video": "film", "clip": "film", "clips": "film", "recording": "film",
    "timetable": "write", "breakfast": "pack", "breakfasts": "pack", "lunch": "pack", "note": "note", "notes": "note",
    **dict.fromkeys(PHOTO, "photograph"),
    "phone": "film", "mobile": "film", "tablet": "film", "exercises": "film", "bag": "pack", "provisions": "pack",
}  # fmt: skip
_MADE_BY = {
    "make": frozenset(_MADE) - {"phone", "mobile", "tablet", "exercises", "bag"},
    "take": frozenset("film video clip clips recording notes".split()) | PHOTO,
    "record": frozenset("film video phone mobile tablet exercises".split()),
    "prepare": frozenset("breakfast breakfasts lunch bag".split()),
    "fill": frozenset("breakfast lunch bag".split()),
    "lay": frozenset("provisions breakfast".split()),
}
_THROUGH = frozenset("take talk walk go lead guide".split())
_READ_WITH = re.compile(
    r"\bwith (?:them\b|(?:the|each|every) (?:guest|customer|colleague|patient|client|visitor|passenger|member)\b)"
)
_LEADS = frozenset("take lead bring show guide".split())
_PLACES = frozenset("seat seats room rooms table tables door lift entrance place baths pool".split())
# What is done with them is that somebody has it.
_PROVIDE = frozenset("arrange bring buy give order organise prepare send serve surprise".split())
# Where several tellers of one practice do one of these, it is one act with different things in hand.
_ONE_ACT = frozenset("clean film photograph draw write walk pack keep warm call explain lend note".split())

EMPTY = frozenset(
    "up over along down back out the a an to of for in on at with their them and your you it is are if as by own".split()
)
_ANY = frozenset("all any every each some".split())
SLIGHT = EMPTY | frozenset(
    """guest guest's customer customer's colleague colleague's patient patient's client client's visitor visitor's
    passenger passenger's member member's each every all whole little some room day time have""".split()
)


_WHEN = re.compile(r"^when .*, ")  # "when you learn of an occasion, mark it": marking is the act


def made_in(line: str) -> frozenset[str]:
    """The things an instruction's act itself makes, which nobody need name: a map of "Draw a map"."""
    kind = act(line)[0]
    return frozenset(thing for thing, made in _MADE.items() if made == kind)


def one_act(word: str) -> str:
    """A base form, or the one that stands for all that name the same act: "phone" -> "call"."""
    return "photograph" if word in PHOTO else _SAME_ACT.get(word, word)


@lru_cache(maxsize=8192)
def act(line: str) -> tuple[str, frozenset[str]]:
    """The kind of act and the words that matter, for telling equal steps.

    >>> act("Shoot a little video of the guest's exercises")[0] == act("Record the guest's exercises")[0]
    True
    """
    line = re.sub(r"\bcheck[- ](in|out)\b", r"check\1", _WHEN.sub("", without_when(line).casefold()))
    tokens = [t for t in re.findall(r"[a-z'-]+", line) if t != "have"]
    verb = tokens[0] if tokens else ""
    had = line.startswith("have ") and {"made", "cleaned", "prepared", "finished"} & set(tokens)
    if had or (line.startswith(("have ", "get ", "make ")) and "ready" in tokens):
        verb = "ready"  # "have the room made up": what is done with it names the act
    made = next((w for w in tokens[1:] if w in _MADE_BY.get(verb, ())), None)
    if made:
        verb = _MADE[made]
    elif verb == "walk" and tokens[1:2] and tokens[1] in ("with", "beside", "along"):
        verb = "walk"  # through a hall, and not through a bill
    elif (verb in _THROUGH and {"through", "over"} & set(tokens[1:5]) and not _PLACES & set(tokens)) or (
        verb == "read" and _READ_WITH.search(line)
    ):
        verb = "explain"
    elif verb == "go" and tokens[1:2] in (["with"], ["along"]):
        verb = "walk"
    elif verb in ("set", "put") and "aside" in tokens:
        verb = "keep"
    elif verb in ("write", "put", "enter") and {"card", "handover"} & set(tokens):
        verb = "note"
    elif verb == "call" and tokens[-2:] == ["by", "name"]:
        verb = "address"
    elif verb == "let" and "have" in line.split():
        verb = "lend"
    elif verb == "say" and "sorry" in tokens:
        verb = "apologise"
    verb = _SAME_ACT.get(verb, verb)
    if verb in _LEADS and "to" in tokens and _PLACES & set(tokens):  # "take the guest to their seat"
        verb = "walk"
    if verb in (
        "give",
        "bring",
        "help",
        "recommend",
        "let",
        "allow",
        "find",
        "surprise",
    ):  # "give the guest an upgrade" is to upgrade
        verb = next((_NOUNS[w] for w in tokens if w in _NOUNS), verb)
    return verb, frozenset(_one(w)[:6] for w in tokens[1:] if w not in EMPTY and w not in _ANY)


SAME_THING = {"luggage": "bag", "baggage": "bag", "suitcase": "bag", "suitcases": "bag", "bags": "bag",
               **dict.fromkeys(PHOTO, "photo"),
               "schedule": "plan", "schedules": "plan", "programme": "plan", "programmes": "plan", "timetable": "plan", "timetables": "plan",
               "itinerary": "plan", "plans": "plan"}  # fmt: skip


def _one(noun: str) -> str:
    """A word of several as one: a cake and some cakes are the same thing, and so are bags and luggage."""
    if noun in SAME_THING:
        return SAME_THING[noun]
    return (
        noun[:-1] if noun.endswith("s") and len(noun) > 4 and not noun.endswith(("ss", "us", "is")) else noun
    )


@lru_cache(maxsize=8192)
def things(line: str) -> frozenset[str]:
    """The beginnings of the words an instruction is about, without the customer and what says little."""
    tokens = re.findall(r"[a-z'-]+", _WHEN.sub("", without_when(line).casefold()))[1:]
    return frozenset(_one(w.removesuffix("'s"))[:6] for w in tokens if w not in SLIGHT)


def acts_of(line: str) -> list[str]:
    """The acts a line joins, each as a line; one that joins things ("the bow and the stern") is one."""
    first, _, more = line.partition(" and ")
    two = more.split(" ")[0] in lex.COPYABLE and len(first.split()) > 1 and len(more.split()) > 1
    return [first, more] if two else [line]


def joins(line: str, step: str) -> bool:
    """Whether one of the acts a line joins is what a step says, and the step says no more."""
    joined = acts_of(line)
    return len(joined) > 1 and any(
        act(one)[0] == act(step)[0] and things(step) <= things(one) for one in joined
    )


def same_step(a: str, b: str, own: str = "") -> bool:
    """Whether two instructions say the same: one kind of act, and nearly the same words.

    Args:
        own: the kind of act the practice itself is; of that kind, one thing in common is enough, or none.
    """
    from rapidfuzz import fuzz

    (verb_a, words_a), (verb_b, words_b) = act(a), act(b)
    if verb_a != verb_b:  # a cake arranged, served or bought is one cake; what more is told of it is its own
        mine, theirs = things(core(a)), things(core(b))
        if own and own in {_second(a), _second(b)} and own in (verb_a, verb_b):
            return bool(
                mine & theirs
            )  # "telephone housekeeping and have the room made up" is how it was done
        return {verb_a, verb_b} <= _PROVIDE and bool(mine & theirs) and (mine <= theirs or theirs <= mine)
    if verb_a == "check" and things(_AHEAD.sub("", core(a))) & things(_AHEAD.sub("", core(b))):
        return True  # "check my brakes" before I left and "check brakes and tyres" before she did
    core_a, core_b = act(core(a))[1], act(core(b))[1]
    if core_a <= core_b or core_b <= core_a or words_a <= words_b or words_b <= words_a:
        return True
    if verb_a in _ONE_ACT and (
        verb_a in ("film", "draw", "note", "walk", own) or things(core(a)) & things(core(b))
    ):
        return True
    if fuzz.token_sort_ratio(" ".join(sorted(words_a)), " ".join(sorted(words_b))) < 80:
        return False
    # What only one of them says must be nearly what only the other says: a dessert is no drink.
    only = (" ".join(sorted(words_a - words_b)), " ".join(sorted(words_b - words_a)))
    return fuzz.ratio(*only) >= 50


_AHEAD = re.compile(r",? before .+$")


def _second(line: str) -> str:
    """The kind of act an instruction joins to its first, else nothing."""
    more = line.partition(" and ")[2]
    return act(more)[0] if len(more.split()) > 2 else ""


def most_like(lines: dict[str, int]) -> str:
    """The wording of one act that is true of all who tell it, else the one most like the others.

    Args:
        lines: wording -> number of stories that tell it so.
    """
    held = [t for t in lines if all(act(t)[1] <= act(o)[1] for o in lines)]
    if held:
        return min(held, key=lambda t: (len(t.split()), t))

    def likeness(line: str) -> float:
        own = things(line)
        return sum(
            n * len(own & things(o)) / max(1, len(own | things(o))) for o, n in lines.items() if o != line
        )

    return min(lines, key=lambda t: (-lines[t], -round(likeness(t), 3), abs(len(t.split()) - 7), t))
