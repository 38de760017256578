"""Whether an instruction stands without its story: what only the story knows becomes its kind, or the step is left out."""

import re
from collections.abc import Collection, Mapping
from functools import lru_cache

from servicestory.models.practice import Practice
from servicestory.models.story import Story
from servicestory.wording import lexicon as lex
from servicestory.wording.articles import articles, with_article
from servicestory.wording.morphology import may_describe
from servicestory.wording.occasions import ONE_ARM, when_told
from servicestory.wording.story_only import familiar, only_the_story_knows, things_known, told_against
from servicestory.wording.tokens import sentence_around
from servicestory.wording.whole import unsound


def standing(
    line: str,
    text: str,
    start: int,
    end: int,
    customer: str,
    known: Collection[str] = (),
    here: bool = False,
) -> str | None:
    """The instruction as somebody can follow it who does not know the story; None where nobody could.

    Args:
        line: an instruction made from ``text[start:end]``.
        customer: the organisation's word for a customer, singular, lower case.
        here: the story was told here, by somebody who knows the house.
        known: words that the practice's name or several of its stories say.
    """
    line = _HAD.sub(lambda had: f"{had[1]} {'have' if _SEVERAL.search(had[1]) else 'has'} ", line)
    line, named = _named_in_full(_OF_ONE_BODY.sub("", _AND_BACK.sub("", line)), text, known)
    known = {*known, *named}
    if _ONE_ARM.search(text[max(0, start - 240) : end]):
        line = _SIDE.sub(r"on the \1 good side", line)
    line = _AND_SORRY.sub(
        r"Offer \g<whom> \g<sorry>", _for_whom(_of_its_kind(_everywhere(line, customer)), customer, here)
    )
    if _ARRIVED.search(sentence_around(text, start, end)):
        line = line.replace(f" every {customer} ", f" every new {customer} ")
    if (
        _NOTHING_GIVEN.match(line)
        or unsound(line)
        or told_against(text, start, end)
        or only_the_story_knows(line, customer, known, here)
    ):
        return None
    return when_told(line, text, start, end, customer)


# What is looked into is as it is on that day: "make sure it had stayed fixed" was told of a past one.
_HAD = re.compile(
    r"(?i)(\b(?:make sure|check|see|hear|find out)(?: that| if| whether| how)? (?:it|all|everything|they|the [\w'-]+(?: \w+)?)) had "
    r"(?=(?:really |now |still |all )?[a-z]+)"
)
_AND_BACK = re.compile(
    r",? and back (?:again )?(?:for|to) the [\w'-]+$"
)  # where they were, only the story knows
_SEVERAL = re.compile(r"(?:\bthey|[^s]s)$")


def shared_words(practice: Practice, stories: Mapping[str, Story]) -> frozenset[str]:
    """The words of the practice's name, and the longer ones that more than one of its stories says."""
    told: dict[str, set[str]] = {}
    for evidence in practice.evidence:
        story = stories.get(evidence.story)
        for said in re.findall(r"[a-z]{7,}", (evidence.text_in(story) or "").casefold() if story else ""):
            told.setdefault(said, set()).add(evidence.story)
    named = re.findall(r"[a-z]+", f"{practice.name} {' '.join(practice.core)}".casefold())
    return frozenset(named) | {said for said, some in told.items() if len(some) > 1}


@lru_cache(maxsize=64)  # asked for every instruction of a story
def _words_of(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]+", text.casefold()))


def _named_in_full(line: str, text: str, known: Collection[str]) -> tuple[str, set[str]]:
    """ "the slip" by the longer name it is given elsewhere, "the payslip"; and these names."""
    named: set[str] = set()
    for noun in dict.fromkeys(re.findall(r"\bthe ([a-z]{4,})\b(?! of\b)", line)):
        if familiar(noun):
            continue  # "the room" is no bathroom
        longer = {w for w in (*_words_of(text), *known) if w.endswith(noun) and 3 <= len(w) - len(noun) <= 8}
        if len(longer) == 1:
            named |= longer
            line = re.sub(rf"\bthe {noun}\b", f"the {longer.pop()}", line)
    return line, named


# "Give the guest as a welcome snack", "give the guest a suggestion": what was given is missing.
_NOTHING_GIVEN = re.compile(
    r"^(?:give|offer|bring|send|lend|hand) the \w+ (?:as|like|for|because)\b"
    r"|^(?:give|offer|provide) the \w+ (?:with )?(?:(?:an?|some|all) )?"
    r"(?:advice|assistance|help|information|recommendations?|services?|suggestions?|support)$",
    re.IGNORECASE,
)
# Why it was needed that once: "carry the cases up for the guest (with their left arm in a sling)".
_OF_ONE_BODY = re.compile(
    r" with (?:their|the|an?) (?:\w+ )?(?:ankle|arm|foot|hand|leg|wrist) in (?:an? )?(?:cast|plaster|sling|splint)\b",
    re.IGNORECASE,
)
_ONE_ARM = re.compile(rf"\b(?:{ONE_ARM})\b", re.IGNORECASE)
_SIDE = re.compile(r"\bon the (\w+'s) (?:left|right)(?: side)?\b")  # the side one guest could reach
_ROUND = re.compile(
    r"^(?P<call>phone|ring|call|go|come) round (?P<to>to ask|and ask) the (?P<who>\w+)\b", re.IGNORECASE
)
_PRAISED = re.compile(
    r" (?:for each \w+|without (?:any )?(?:issues?|problems?|hassle|fuss|questions?)|with (?:friendliness|kindness|courtesy|enthusiasm|grace|joy|pleasure)"
    r"|to (?:their|the \w+'s) (?:full |entire |complete )?satisfaction"
    r"|in an? (?:very |most )?[a-z]+ (?:manner|way|fashion)|with (?:an? )?(?:[\w-]+ )*?views?(?: (?:from|of|over|to) .*)?)$"
)
_SAME_TIME = re.compile(r",? (?:on )?the same (?:afternoon|morning|evening|night|day)\b")
_ONE_FLOOR = re.compile(r" (?:to|on|from) the (?:first|second|third|\w+th|top) floor\b")  # one customer's
_CALLED = re.compile(r"^(?:call|phone|ring|telephone|text|visit)\b", re.IGNORECASE)  # when, is half of these
_DRAWN_TO = re.compile(r"^((?:draw|sketch|make)\b.*\b(?:map|plan)\b.*?) to (?:the|a|an) .*$", re.IGNORECASE)
_LENT_FOR = re.compile(r"^(lend .*?) for the (?:week|weekend|day|evening|night)$", re.IGNORECASE)
# "Draw the way for two tourists": how many they were is that day's; for how long something is, is not.
_FOR_SO_MANY = re.compile(
    r"^(\w+ (?:the|an?|their|every|some) .+?) for (?:two|three|four|five|six|seven|eight|nine|ten|\d+) (?:of )?"
    r"(?!(?:seconds|minutes|hours|days|nights|weeks|months|years)\b)[a-z]+s$",
    re.IGNORECASE,
)
_OUT_OF = re.compile(r" (?:out of|from) (?:a|an) [a-z-]+(?: [a-z-]+)?(?= for\b|$)")
_QUESTIONS = re.compile(
    r"^(?P<answer>answer) (?:(?:any|all|every)(?: of)?(?: the)? |the )?(?:\w+'s )?questions?(?: (?:the \w+|they) (?:has|have|asks?))?$",
    re.IGNORECASE,
)
_GREETED_AT = re.compile(r"^((?:greet|welcome) the \w+.*?) (?:at|in|to|by|on) the .*$", re.IGNORECASE)
_BROUGHT_TO = re.compile(
    r"^((?:.* and )?(?:bring|serve)\b(?:(?! so that ).)*?)(?: to| at| by| on) the (?!\w+'s\b|room\b|table\b|bed\b)[a-z -]+$",
    re.IGNORECASE,
)
_BARE = 3  # words: "Bring the dress" says less than where to
_BETTER = re.compile(
    r"^(?P<head>upgrade .+? to|.*\bupgrade\b.* to) (?P<what>(?:(?:the|an?|another) .*|[a-z]+ room))$",
    re.IGNORECASE,
)


_ARRIVED = re.compile(r"\b(?:new |yesterday's |the day's )?arrivals\b|\bnewcomers\b", re.IGNORECASE)
_ON_THE_WAY = re.compile(r" on (?:their|the \w+'s) (?:return|way (?:back|home|out))$")
_UPGRADED_AT = re.compile(
    r"^(.*\bupgrade .*?) (?:at|in|by) the (?:airport|desk|front desk|counter|gate|hotel|reception)$",
    re.IGNORECASE,
)
# A dish of one evening beside what is always given then.
_AND_SORRY = re.compile(
    r"^(?:bring|give|offer|send|serve) (?P<whom>the \w+) (?!.*\b(?:refund|voucher|discount|upgrade|replacement|new|free|complimentary)\b)"
    r"[^,]+ and (?P<sorry>an? (?:\w+ )?apology)$",
    re.IGNORECASE,
)


_LAY_DOWN = re.compile(r"^Lay down(?= (?:beside|by|next to|on)\b)")  # of oneself: "she lay down next to him"
# Where whoever was called was that day, and of several served at once each: there is one customer in a line.
_CALLED_AT = re.compile(
    r"^((?:call|phone|ring|telephone|text) the \w+) at (?:home|work|(?:the|their) (?!(?:weekend|hour|time|end|start|latest|number)\b)[a-z-]+)(?= |$)",
    re.IGNORECASE,
)
_EACH_OF_THEM = re.compile(r" for (?:each|all|both|every one) of (?:them|us)\b", re.IGNORECASE)


def _everywhere(line: str, customer: str) -> str:
    """The line without what binds it to one place or day."""
    line = _CALLED_AT.sub(r"\1", _LAY_DOWN.sub("Lie down", line))
    if re.search(rf"\b{re.escape(customer)}\b", line):
        line = _EACH_OF_THEM.sub("", line)
    line = _UPGRADED_AT.sub(r"\1", _ON_THE_WAY.sub("", line))
    line = _ROUND.sub(r"\g<call> round \g<to> every \g<who>", line)
    line = _PRAISED.sub("", line if _CALLED.match(line) else _SAME_TIME.sub("", line)).replace(
        " everyday", " every day"
    )
    line = _FOR_SO_MANY.sub(r"\1", _LENT_FOR.sub(r"\1", _ONE_FLOOR.sub("", line)))
    line = _OUT_OF.sub("", line) if line.casefold().startswith(("lend", "give", "bring", "offer")) else line
    line = _DRAWN_TO.sub(r"\1", line)
    line = re.sub(r"^(upgrade the \w+) from .* to\b", r"\1 to", line, flags=re.IGNORECASE)
    if found := _BETTER.match(line):
        line = f"{found['head']} {_class_of(found['what'])}"
    line = _BROUGHT_TO.sub(lambda m: m[1] if len(m[1].split()) > _BARE else m[0], line)
    line = _QUESTIONS.sub(rf"\g<answer> all the {customer}'s questions", line).replace(
        " all of the ", " all the "
    )
    line = re.sub(r"^(upgrade the \w+'s (?:room|seat)s?) and views?\b", r"\1", line, flags=re.IGNORECASE)
    line = re.sub(r"\bwith smiles$", "with a smile", line)
    if (found := _GREETED_AT.match(line)) and not things_known(line, customer):
        line = found[1]
    return line


_CLASSES = re.compile(
    r"\b(?P<class>(?:junior |executive |premier |penthouse )?suite|business class|first class|premium economy|(?:higher|high|better) floor|front row)\b"
)


def _class_of(what: str) -> str:
    """What somebody is upgraded to, without what one house calls it: "a king tower room with strip views"."""
    if found := _CLASSES.search(what):
        kind = found["class"]
        bare = kind.endswith(("class", "economy"))
        return kind if bare else f"the {kind}" if kind == "front row" else with_article(kind)
    head = re.match(
        r"(?:the|an?|another) (?P<how>(?:[a-z-]+ ){0,3})(?P<noun>rooms?|seats?|tables?|cabins?|cars?|views?)\b",
        what,
    )
    if head is None:
        return "a better room" if re.fullmatch(r"[a-z]+ room", what) else what
    how = [w for w in head["how"].split() if w in _BIGGER]
    kind = " ".join([*(how or ["better"]), head["noun"]])
    return with_article(kind)


_BIGGER = frozenset(
    "bigger larger nicer quieter higher better newer corner family connecting accessible".split()
)


_GIVES = re.compile(
    r"^(?P<verb>bring|offer|give|lend|serve)(?P<out> (?:out|over|round|up))? (?P<what>(?!the \w+ (?:a|an|some)\b|them\b|to\b)[a-z].*)$",
    re.IGNORECASE,
)
_TAKES_ONE = frozenset(
    "a an some early extra fresh hot cold free complimentary another more soup water tea coffee towels".split()
)


def _for_whom(line: str, customer: str, here: bool = False) -> str:
    """ "Offer a welcome drink" with whom it is offered: nothing else may be told of them."""
    found = _GIVES.match(line)
    if found is None or re.search(rf"\b{re.escape(customer)}\b|\bthem\b|\btheir\b", line):
        return line
    first = found["what"].split()[0].casefold()
    if found["what"].casefold().startswith("the "):
        return line if here else ""  # to whom, and why that one, only the story knows
    if first not in _TAKES_ONE or re.search(r"\b(?:for|to)\b", found["what"]):
        return line
    return f"{found['verb']} the {customer} {_WHITHER.sub('', found['what'])}"


_WHITHER = re.compile(
    r" (?:up|over|out|down|by|along|in)(?= in minutes$|$)"
)  # "a fan up": to whom is said already


_DISH = re.compile(
    r"(?P<before>\b(?:a|an|some|the \w+|them|\w+ of|keep|save|serve|bring|out|warm|and) )(?P<what>[a-z]+(?:-[a-z]+)? )"
    r"(?P<dish>soup|broth|stew|cake|pie|tea|juice|sandwich|sandwiches|omelette|curry|bread|map)\b",
    re.IGNORECASE,
)


def _of_its_kind(line: str) -> str:
    """A dish or a map as its kind: "leek soup" is soup to whoever serves the next guest."""

    def plain(found: re.Match[str]) -> str:
        word = found["what"].strip()
        if word in _KEEPS or word in lex.DETERMINERS | lex.PREPOSITIONS or word in ("of", "and", "or"):
            return found[0]
        if may_describe(word):
            return found[0]
        return f"{found['before']}{found['dish']}"

    return articles(_DISH.sub(plain, line))


_KEEPS = frozenset(
    "birthday welcome little small herbal hot fresh day city street town house road pocket wedding celebration".split()
)
