"""What the codebook says of a practice, as lines to do; and its words in the house's own language."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from servicestory.models.codebook import CodebookEntry
from servicestory.models.practice import Practice
from servicestory.models.story import Story
from servicestory.text import listing, one_line
from servicestory.wording import lexicon as lex
from servicestory.wording.morphology import is_verb, participle_lemma, third_lemma
from servicestory.wording.showing import stems
from servicestory.wording.unasked import asks_too_much

_WORD = re.compile(r"\b(customer|guest)(?=s?\b)", re.IGNORECASE)


def in_house(text: str, word: str) -> str:
    """``text`` of the codebook with the organisation's word for a customer in it.

    >>> in_house("Upgrade guests; save the customer's money", "patient")
    "Upgrade patients; save the patient's money"
    """
    return _WORD.sub(lambda m: word.capitalize() if m[0][0].isupper() else word, text)


def renamed(practice: Practice, entry: CodebookEntry) -> bool:
    """Whether people gave the practice a name of its own, so that the codebook's words are no longer about it."""
    decided = any(d.action == "renamed" for d in practice.decisions)
    return decided and in_house(practice.name, "guest") != in_house(entry.name, "guest")


def worded(practice: Practice, entry: CodebookEntry | None, word: str) -> Practice:
    """The practice with the codebook's name and statement in the house's word; what people wrote stays.

    A practice that was renamed says no more what the codebook's statement said of the old name.
    """
    if entry is None:
        return practice
    changes: dict[str, str | None] = {}
    for name in ("name", "behaviour_statement"):
        own, given = getattr(practice, name), getattr(entry, name)
        if own and given and in_house(own, word) == in_house(given, word):
            changes[name] = in_house(given, word)
    if renamed(practice, entry) and "behaviour_statement" in changes:
        changes["behaviour_statement"] = None
    return practice.model_copy(update=changes) if changes else practice


def stated(practice: Practice, entry: CodebookEntry | None, word: str) -> Practice:
    """The practice as it is `worded`; where that leaves none, its statement says what the codebook calls it.

    For pages that tell what a practice is, and not what to do.
    """
    said = worded(practice, entry, word)
    if said.behaviour_statement or entry is None or not renamed(practice, entry):
        return said
    called = f"What the codebook calls “{in_house(entry.name, word)}”."
    return said.model_copy(update={"behaviour_statement": called})


@dataclass(frozen=True)
class Definition:
    """What the codebook gives a practice's documents: things to do, examples of it, and what it is not."""

    lines: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    counts_not: tuple[str, ...] = ()
    hows: Mapping[str, str] = field(default_factory=dict)  # line -> what stood behind its colon
    cues: tuple[str, ...] = ()  # turns of phrase in which people tell it
    own: bool = False  # the lines are people's: the practice was renamed, and its name says what to do

    @property
    def comes_from(self) -> str:
        """Where the lines come from, in words."""
        return "name people gave the practice" if self.own else "definition of the practice"


def definition(
    entry: CodebookEntry | None,
    word: str,
    practice: Practice | None = None,
    told: Iterable[Story] | None = None,
) -> Definition:
    """The entry's statement as instructions, one for each act in it, in the house's word; empty without an entry.

    "We find what is missing and show the way." becomes "Find what is missing" and "Show the way". What it includes are
    examples, and no steps: nobody is to make every queue laugh. What asks for unpaid time is neither.

    Args:
        practice: as it is `worded`; its own statement comes first. Of one that was renamed, only what people
            wrote counts.
        told: the stories of the practice. An example, or what it is not, stands only where one of them speaks of
            it: a codebook is written for many trades, and "crayons" help nobody who has none.
    """
    if entry is None:
        return Definition()
    if told is not None and entry.incident != "failure put right":  # what makes up for one fits every trade
        said_here = stems(" ".join(story.narrative for story in told), word)
        entry = entry.model_copy(
            update={
                "include": [s for s in entry.include if _speaks_of(s, said_here, word)],
                "exclude": [s for s in entry.exclude if _speaks_of(s, said_here, word)],
            }
        )
    own = practice is not None and renamed(practice, entry)
    said = [practice.behaviour_statement, practice.name] if own and practice else []
    if not own:
        said += [practice.behaviour_statement] if practice else []
        said += [entry.behaviour_statement, entry.definition.split(":")[0], entry.name]
    found = (_instruction(in_house(one_line(s), word)) for s in said if s)
    line = next((f for f in found if f and not asks_too_much(" ".join(f))), ("", ""))
    lines: list[str] = []
    hows: dict[str, str] = {}
    for part in _acts(*line) if line[1] else ():
        deed, _, how = part.partition(": ")
        lines.append(deed)
        if how:
            hows[deed] = how[0].upper() + how[1:]
    lines, hows = _standing_alone(
        lines, hows, in_house(one_line(practice.name if own and practice else entry.name), word), word
    )
    included = () if own else entry.include
    return Definition(
        tuple(lines),
        tuple(in_house(one_line(s).rstrip("."), word) for s in included if not asks_too_much(one_line(s))),
        tuple(in_house(one_line(s).rstrip("."), word) for s in (() if own else entry.exclude)),
        hows,
        () if own else tuple(entry.cues),
        own,
    )


def _speaks_of(example: str, said: set[str], word: str) -> bool:
    """Whether stories that say these words speak of what an example is about: half of it, at least."""
    own = stems(in_house(example, word), word)
    return bool(own) and len(own & said) * 2 >= len(own)


def _standing_alone(
    lines: list[str], hows: dict[str, str], name: str, word: str
) -> tuple[list[str], dict[str, str]]:
    """The lines as each is read alone: "them" by whom the first names; what is too short for a step by the name."""
    if lines and _SOMEBODY.search(lines[0]) and any(re.search(r"\bthem\b", line) for line in lines[1:]):
        first = re.sub(r"\bpeople\b(?! who\b)", f"the {word}", lines[0])
        hows = {first if deed == lines[0] else deed: how for deed, how in hows.items()}
        lines = [first, *(re.sub(r"\bthem\b", f"the {word}", line, count=1) for line in lines[1:])]
    if len(lines) == 1 and len(lines[0].split()) < _LEAST_WORDS and is_verb(name.split()[0].casefold()):
        deed = lines[0]
        how = [deed.partition(" ")[2], hows.get(deed, "")]
        said = ", ".join(part[0].lower() + part[1:] for part in how if part)
        return [name], {name: said[0].upper() + said[1:]} if said else {}
    return lines, hows


_SOMEBODY = re.compile(
    r"\b(?:people|customers?|guests?|patients?|clients?|visitors?|everybody|everyone)\b", re.IGNORECASE
)
_LEAST_WORDS = 3
_SAID = re.compile(r"(?:(?P<when>When .+?),? )?(?:we|staff) (?P<what>.+)", re.IGNORECASE)
_WHOEVER = re.compile(r"(?P<when>When .+?), whoever hears of it (?P<verb>[a-z]+) (?P<what>.+)", re.IGNORECASE)
_DONE = re.compile(
    r"(?P<what>(?!What\b|Who\b|The next\b)[^:]+?) (?:is|are) (?P<verb>[a-z]+)(?P<to> (?:to|for|after))?(?P<how> .+)?"
)


def _instruction(said: str) -> tuple[str, str] | None:
    """ "When we learn of an occasion we mark it." -> "When you learn of an occasion, ", "mark it"; None for others."""
    said = said.rstrip(".")
    found, whoever = _SAID.fullmatch(said), _WHOEVER.fullmatch(said)
    if whoever and (verb := third_lemma(whoever["verb"])):
        what, when = f"{verb} {whoever['what']}", whoever["when"]
    elif found:
        what = _ours(re.sub(r"^are\b", "be", found["what"])).replace("their shift", "your shift")
        when = found["when"]
    elif said and is_verb(said.split()[0].casefold()):  # a name: "Call the morning after arrival"
        what, when = said[0].lower() + said[1:], None
    elif (done := _DONE.fullmatch(said)) and (verb := participle_lemma(done["verb"])) in lex.COPYABLE:
        what = f"{verb}{done['to'] or ''} {done['what'][0].lower()}{done['what'][1:]}{done['how'] or ''}"
        when = None
    else:
        return None
    if not is_verb(what.split()[0].casefold().rstrip(",")):
        return None
    return f"{_our_moment(when)}, " if when else "", what


def _ours(text: str) -> str:
    """What "we" say of ourselves, said to a colleague."""
    text = re.sub(r"\bwe have\b", "you have", text)
    text = re.sub(r"\bwe\b", "you", text)
    return re.sub(r"\bus\b", "you", re.sub(r"\bour\b", "your", text))


def _our_moment(text: str) -> str:
    """A moment said to a colleague; what the house has done ("when we have let somebody down") is not their doing."""
    before, ours, after = text.partition("we have ")
    done = ours and participle_lemma(after.split(" ")[0])
    return f"{_ours(before)}{ours}{_ours(after)}" if done else _ours(text)


_HOW_LONG = (  # "a week after the sale" is not after the sale
    rf"(?:(?:(?:about|around|at least|exactly) )?(?:an?|a few|a couple of|half an|some|several|one|\d+|{'|'.join(sorted(lex.NUMBER_WORDS))})"
    r" (?:minute|hour|night|day|week|month|year)s? )"
)
_NAMED_MOMENT = re.compile(
    r"\b(?P<when>(?:on|upon) (?:arrival|departure|leaving|check-?in|check-?out|the (?:first|last|next|following) \w+)"
    r"|the (?:morning|day|evening|night|week) (?:after|before) (?:the |their )?\w+"
    r"|at (?:night|odd hours|weekends|the weekend|check-?in|check-?out|handover|closing time)"
    r"|during (?:the|their|an?|every|each) [^,.;:]+?"
    r"|while (?!you|we)[a-z]+ [^,.;:]+?"
    r"|when (?!asked|it is right|needed|possible|we can)[a-z]+ [^,.;:]+?"
    rf"|{_HOW_LONG}?(?<!look )(?<!looks )(?<!looking )(?:before|after) (?:the|their|they|an?|every|each)\b(?! \w+ (?:asks?|(?:has|have) to)\b)(?! (?:asks?|(?:has|have) to)\b) [^,.;:]+?"
    rf"|{_HOW_LONG}?(?<!look )(?<!looks )(?<!looking )(?:before|after) (?!being|any|ask|having|it$|that$|all$)[a-z]+(?=$|[,.;:]))"
    r"(?=$|[,.;:]| and (?!afterwards)|,? (?:we|whoever) )",
    re.IGNORECASE,
)


def named_moment(*said: str | None) -> str | None:
    """The moment a practice's own words name: "Greet every guest in person on arrival" -> "On arrival"; else None.

    Args:
        said: its name, then its statement; the first that names one counts.
    """
    for text in said:
        if text and (found := _NAMED_MOMENT.search(one_line(text))):
            when = _our_moment(found["when"])
            return when[0].upper() + when[1:]
    return None


_POINTS_BACK = re.compile(r"(?P<does>[a-z]+(?: up| out| over)?) it", re.IGNORECASE)
_OBJECT = re.compile(r"[a-z]+ (?P<thing>(?:what|the|an?) [a-z' -]+)", re.IGNORECASE)


def _named(piece: str, before: str) -> str:
    """ "bring it" as "bring what is missing": read alone on a checklist, "it" says nothing."""
    back, thing = _POINTS_BACK.fullmatch(piece), _OBJECT.fullmatch(before)
    if not back or not thing:
        return piece
    return f"{back['does']} {re.sub(r'^an? ', 'the ', thing['thing'])}"


_SO = re.compile(
    r"[a-z]+ (?:it|them|this) so", re.IGNORECASE
)  # "make it so": how, only the act before it says
_BETWEEN = re.compile(r",? and |, ")
_DOES = lex.COPYABLE | frozenset("act step have say".split())


def _acts(when: str, said: str) -> list[str]:
    """The acts an instruction joins, each as a line of its own; a verb alone stays with the one before it.

    "Meet people at the door, look up, smile and welcome them" -> "Meet people at the door", "Look up and smile",
    "Welcome them". What joins things, and what is "this or that", stays one line.
    """
    body, colon, how = said.partition(": ")
    pieces: list[list[str]] = []
    for piece, joint in zip(_BETWEEN.split(body), ["", *_BETWEEN.findall(body)], strict=True):
        words = piece.split()
        lone = bool(pieces) and all(len(p.split()) == 1 for p in pieces[-1])
        piece = _named(piece, pieces[-1][-1]) if pieces else piece
        goes_on = (words[:1] or [""])[0].casefold() not in _DOES or (lone and words[1:2] == ["or"])
        if pieces and (goes_on or _SO.fullmatch(piece)):
            pieces[-1][-1] += joint + piece  # what joins things; "carry, store or deliver" is one of them
        elif lone or (pieces and len(words) == 1):
            pieces[-1].append(piece)
        else:
            pieces.append([piece])
    made = [listing(p) for p in pieces]
    made[0] = when + made[0]
    made[-1] += colon + how
    return [text[0].upper() + text[1:] for text in made]
