"""Where what was made is put, so that it is seen: a second step that every teller tells in another word and place."""

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile

from servicestory.text import listing
from servicestory.wording import lexicon as lex
from servicestory.wording.acts import act, things
from servicestory.wording.morphology import may_describe, names_something, past_lemma, third_lemma
from servicestory.wording.steps import Cite, KeyPoint, Step

LEAST, SHARE = 2, 0.2  # stories that must put it somewhere, and their share of those that make it
_MAKES = frozenset("write draw pack film".split())
_PUT = re.compile(
    r"\b(?:and|then) (?:[a-z]+ )?(?P<verb>attached|clipped|fastened|fixed|hangs?|hung|laid|lays|leaned|leant|left|pinned|pins|placed"
    r"|propped|pushed|puts?|set|slid|stacked|stood|stuck|tapes|taped|tied) (?:it|them|one|the (?:page|sheet|paper|copy|list)) (?:up |down )?"
    r"(?P<where>(?:on|by|at|over|next to|beside|to|against|above) (?:the|my|our|his|her|their|an?) (?P<what>[a-z'-]+(?: [a-z'-]+)*))",
    re.IGNORECASE,
)
_WHERE = r"(?P<where>(?:on|by|at|over|next to|beside) (?:the|my|our|his|her|their|an?) (?P<what>[a-z'-]+(?: [a-z'-]+)*))"
_READY = re.compile(rf"\b(?:had|has|have)\b[^,.;:]{{1,40}}\bready {_WHERE}", re.IGNORECASE)
# What is put somewhere is named between: "puts a bag with their name by the door".
_PUT_SO = re.compile(
    rf"\b(?:hangs?|hung|lays?|laid|leaves?|left|puts?|placed|sets?|stood) (?:an?|one|some|the) (?!\w+ (?:at|on|to) the)[^,.;:]{{3,30}}? {_WHERE}",
    re.IGNORECASE,
)
# Where a place ends: any word that can stand in no name of a thing.
_ENDS = (
    lex.PREPOSITIONS
    | lex.FUNCTION
    | frozenset(
        "so and or but then round as if like just too again already yesterday today tomorrow tonight overnight".split()
    )
)
_MOST_WORDS = 3  # of a place; more is another clause
# What is written there is noted for colleagues, and not put before the guest.
_FOR_COLLEAGUES = re.compile(r"\b(?:card|handover|log|file|folder|system|sheet|notes?)$", re.IGNORECASE)
_WHOSE = re.compile(r"\b(?:my|our|his|her|their|an?)\b", re.IGNORECASE)


def put_in_sight(steps: Sequence[Step], passages: Iterable[tuple[Cite, str]], customer: str) -> list[Step]:
    """The step "Put it where the guest sees it", where several stories of something made say where it was put.

    What lies in something or under it is kept there, and not shown. ``it`` is what the same sentence made before ("wrote it out in large letters and hung it by the bed").

    Returns:
        that one step with the places as an example, or none.
    """
    made = [step for step in steps if act(step.text)[0] in _MAKES]
    if not made:
        return []
    kinds = {act(said)[0] for step in made for said in (step.text, *step.ways)}
    shown = [cite for step in made for cite in step.cites]
    first = max(made, key=lambda s: (s.stories, s.text))
    places: dict[str, str] = {}
    cites: set[Cite] = set()
    for cite, text in passages:
        found = _PUT.search(text) or _READY.search(text) or _PUT_SO.search(text)
        place = _place(found) if found else None
        same = found is not None and found.re is not _PUT and things(first.text) & things(f"- {text}")
        mine = same or any(cite.touches(other) for other in shown)
        if (
            found is None
            or place is None
            or _FOR_COLLEAGUES.search(place)
            or not (mine or (found.re is _PUT and _does(text[: found.start()]) & kinds))
        ):
            continue
        places.setdefault(cite.story, _WHOSE.sub("the", place))
        cites.add(cite)
    if len(places) < max(LEAST, SHARE * first.stories):
        return []
    told = [_place_alone(places[story]) for story in sorted(places)]
    some = sorted(dict.fromkeys(told), key=lambda where: -told.count(where))[:3]
    point = KeyPoint(f"For example {listing(some, 'or')}", "", False, tuple(sorted(cites)))
    where, phase = min(1.0, first.where + 0.05), first.phase
    return [
        Step(f"Put it where the {customer} sees it", "stories", tuple(sorted(cites)), (point,), where, phase)
    ]


def _place_alone(where: str) -> str:
    """ "By the front door" as "by the door": at the front or not, it is one place to whoever looks for another."""
    return _FRONT.sub("", where)


_FRONT = re.compile(r"\bfront (?=door\b)")


def _place(found: re.Match[str]) -> str | None:
    """Where it was put, with the whole name of the place ("on the shoe rack"); None: where that ends is unclear."""
    what = whole_name(found["what"])
    before = found["where"].casefold().removesuffix(found["what"].casefold()).strip()
    return f"{before} {what}" if what else None


def whole_name(words: str) -> str:
    """The name of a thing that words begin with, never cut inside ("shoe rack by the door" -> "shoe rack")."""
    name = list(
        takewhile(
            lambda w: w not in _ENDS and (names_something(w) or may_describe(w)), words.casefold().split()
        )
    )
    return " ".join(name) if len(name) <= _MOST_WORDS else ""


def _does(text: str) -> set[str]:
    """The kinds of act the words of a passage may tell."""
    lows = re.findall(r"[a-z'-]+", text.casefold())
    return {act(lemma)[0] for w in lows for lemma in (past_lemma(w), third_lemma(w)) if lemma}
