"""What "it" stands for inside a sentence told here: the one thing named before it, else nothing we know."""

from servicestory.wording import lexicon as lex
from servicestory.wording.doable import doable
from servicestory.wording.morphology import may_describe, names_something, of_several, past_lemma
from servicestory.wording.tokens import Word

_OPENS = lex.DETERMINERS | {"its"}
_ENDS = (
    lex.PREPOSITIONS
    | lex.ENDERS
    | lex.FILLERS
    | lex.STAFF_PRONOUNS
    | lex.CUSTOMER_SUBJECTS
    | frozenset("and or was were is are had has have it him them me us you".split())
)
_POINTS_BACK = frozenset(("it", "its", "them", "this"))
_PLACES = frozenset("in on at from to into onto near by behind under beside through for".split())
_ABOUT = frozenset("when if once because since as whenever".split())
_SPOKEN_TO = frozenset("ask call contact inform phone ring tell telephone text".split())
_WHEN = frozenset(
    "again daily early first last late once overnight separately today together tonight twice weekly yesterday".split()
)
_PEOPLE = lex.SERVED | lex.WORKERS | lex.VAGUE_PEOPLE | lex.FAMILY.keys()
_MAY_BE_THEM = lex.SERVED | lex.FAMILY.keys() | lex.VAGUE_PEOPLE | {"people", "everyone", "everybody"}
_LONGEST = 3  # words of a thing after its article


def with_it_named(tokens: list[Word]) -> list[Word]:
    """The sentence with the one thing named before in the place of "it" after a deed.

    "Saw that the brake cable was frayed, replaced it" is "… replaced the brake cable"; of two things nothing says
    which it is. Neither does a place ("on the playground") or whoever was told ("called the surgery"); and an "it"
    before was something of another sentence.
    """
    made: list[Word] = []
    for k, word in enumerate(tokens):
        before = tokens[k - 1].low if k else ""
        lemma = past_lemma(before) if word.low in ("it", "them") and k else None
        of_another = any(w.low in _POINTS_BACK for w in made)
        things = _things(tokens[: k - 1]) if lemma and doable(lemma) and not of_another else []
        thing = things[0] if len(things) == 1 else []
        if thing and (word.low == "it" or _several_things(tokens[: k - 1], thing)):
            made += [Word(said, said, word.start, word.end) for said in (_whose(tokens, thing), *thing)]
        else:
            made.append(word)
    return made


def _things(tokens: list[Word]) -> list[list[str]]:
    """The things these words name, each without its article; people are none.

    A thing that is named in more than its own words ("a lock of fur", "a two-minute film") is an empty list.
    """
    found: list[list[str]] = []
    for k, word in enumerate(tokens):
        if len(found) == 1 and found[0] and tokens[0].low in _ABOUT and tokens[1].low in _OPENS:
            break  # "When the joint was too big for our oven": the sentence is about the joint
        if word.low not in _OPENS:
            continue
        group: list[str] = []
        for after in tokens[k + 1 : k + 1 + _LONGEST]:
            low = after.low
            if low in _ENDS or not low.isalpha() or (group and (past_lemma(low) or low in _WHEN)):
                break
            if not (names_something(low) or may_describe(low)):
                break
            group.append(low)
        follows = tokens[k + 1 + len(group)].low if k + 1 + len(group) < len(tokens) else ""
        if not group or follows == "of" or (k and _no_object(tokens[k - 1].low)):
            found.append([])
        elif group[-1] not in _PEOPLE and group not in found:
            found.append(group)
    return found


def _several_things(tokens: list[Word], thing: list[str]) -> bool:
    """Whether "them" can only be these things: several of them, and no people before."""
    return of_several(thing[-1]) and not any(w.low in _MAY_BE_THEM for w in tokens)


def _whose(tokens: list[Word], thing: list[str]) -> str:
    """ "my" or "our" where the thing was said to be the teller's; else "the"."""
    lows = [w.low for w in tokens]
    at = next(k for k in range(1, len(lows)) if lows[k : k + len(thing)] == thing)
    return lows[at - 1] if lows[at - 1] in ("my", "our") or thing[0] == "own" else "the"


def _no_object(before: str) -> bool:
    """Whether what follows a word is a place, or whom somebody spoke to, and no thing anything is done with."""
    return before in _PLACES or past_lemma(before) in _SPOKEN_TO
