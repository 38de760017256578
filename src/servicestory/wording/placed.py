"""Where what was made is put, so that it is seen: a second step that every teller tells in another word and place."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import dropwhile, takewhile

from servicestory.text import listing
from servicestory.wording import lexicon as lex
from servicestory.wording.acts import act, things
from servicestory.wording.morphology import (
    may_describe,
    names_something,
    past_lemma,
    simple_past,
    third_lemma,
)
from servicestory.wording.steps import Cite, KeyPoint, Step

OTHERWISE = "otherwise"
"""The kind of a key point that says how single stories did it in a way of another kind."""

MOST_PLACES = 6  # that are named; each is a way of its own, told once or often
LEAST, SHARE = 2, 0.2  # stories that must put it somewhere, and their share of those that make it
_MAKES = frozenset("write draw pack film".split())
_PUT = re.compile(
    r"\b(?:and|then) (?:[a-z]+ )?(?P<verb>attached|clipped|fastened|fixed|hangs?|hung|laid|lays|leaned|leant|left|pinned|pins|placed"
    r"|propped|pushed|puts?|set|slid|stacked|sticks|stood|stuck|tapes|taped|tied) (?:it|them|one|the (?:page|sheet|paper|copy|list)) (?:up |down )?"
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
# Shut away or handed to a colleague, it reaches whom it is for in another way.
_KEPT = re.compile(
    r"\b(?:and|then) (?:[a-z]+ )?(?:hung|keeps?|kept|laid|lays|left|locks?|locked|placed|puts?|set|stood|stores?|stored) (?:it|them|one) "
    r"(?P<where>(?P<how>in|into|inside|behind|under) (?:the|my|our|his|her|their|an?) (?P<what>[a-z'-]+(?: [a-z'-]+)*))",
    re.IGNORECASE,
)
_THERE = re.compile(
    r" (?P<how>at|by|behind|in|of) (?:the|my|our|his|her|their|an?) (?P<what>[a-z'-]+(?: [a-z'-]+)*)"
)
_HANDED = re.compile(
    r"\b(?:and|then) (?:[a-z]+ )?(?:entrust(?:s|ed)|gave|gives|hand(?:s|ed)|leaves|left|pass(?:es|ed)) (?:it|them|one) (?:over |on )?"
    r"(?P<how>to|with) (?:(?:the|my|our|an?) )?(?P<what>[a-z'-]+(?: [a-z'-]+){0,2})",
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
    """The step "Put the plan where the guest sees it", where several stories of something made say where it was put.

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
    some = sorted(dict.fromkeys(told), key=lambda where: -told.count(where))[:MOST_PLACES]
    point = KeyPoint(f"For example {listing(some, 'or')}", "", False, tuple(sorted(cites)))
    where, phase = min(1.0, first.where + 0.05), first.phase
    text = f"Put {_thing(first.text, customer)} {_in_sight(customer)}"
    return [Step(text, "stories", tuple(sorted(cites)), (point,), where, phase)]


def with_other_ways(steps: Sequence[Step], passages: Iterable[tuple[Cite, str]], customer: str) -> list[Step]:
    """The steps, "Put the plan where the guest sees it" with how else single stories saw to it that it is got.

    In the fridge it is seen by nobody, and whom it was handed to need not see it: ways of another kind, each of them
    perhaps the only right one for what was made, so that one telling is enough.
    """
    made = list(steps)
    seen = next((n for n, step in enumerate(made) if in_sight(step.text, customer)), None)
    if seen is None:
        return made
    makers = [step for step in made if act(step.text)[0] in _MAKES]
    if makers:  # it has the name that the step before it has in the end
        first = max(makers, key=lambda s: (s.stories, s.text))
        made[seen] = replace(made[seen], text=f"Put {_thing(first.text, customer)} {_in_sight(customer)}")
    kinds = {act(said)[0] for step in makers for said in (step.text, *step.ways)}
    shown = [cite for step in makers for cite in step.cites]
    ways: dict[str, list[Cite]] = {}
    for cite, text in passages:
        for found in (_KEPT.search(text), _HANDED.search(text)):
            mine = found and (any(cite.touches(c) for c in shown) or _does(text[: found.start()]) & kinds)
            if found and mine and (way := _other_way(found)):
                ways.setdefault(way, []).append(cite)
    if ways:
        ranked = sorted(ways, key=lambda way: (-len({c.story for c in ways[way]}), way))
        cites = tuple(sorted({cite for some in ways.values() for cite in some}))
        point = KeyPoint(f"Or {listing(ranked, 'or')}", "", False, cites, OTHERWISE)
        made[seen] = replace(made[seen], key_points=(*made[seen].key_points, point))
    return made


def in_sight(line: str, customer: str) -> bool:
    """Whether a step is that what was made is put where it is seen."""
    return line.startswith("Put ") and line.endswith(_in_sight(customer))


def says_in_sight(line: str, customer: str) -> bool:
    """Whether a line people wrote says so in their words: "Hang the plan where the guest looks first"."""
    who = rf"(?:the {re.escape(customer)}|they|you)"
    sees = r"(?:looks?|sees?|finds?|will (?:look|see|find)|cannot (?:miss|overlook))"
    puts = r"(?:fasten|fix|hang|lay|leave|pin|place|prop|put|set|stand|stick|tape|tie)"
    return re.match(rf"{puts}\b.*\bwhere {who} {sees}\b", line, re.IGNORECASE) is not None


def _in_sight(customer: str) -> str:
    return f"where the {customer} sees it"


def _thing(made: str, customer: str) -> str:
    """What a step makes, by its name ("Write out the guest's plan in letters" -> "the plan"); "it" where that is unclear.

    Read alone, as on a checklist, "Put it …" says nothing.
    """
    words = re.sub(rf"\bthe {re.escape(customer)}(?:'s)?\b", "", made).split()[1:]
    words = list(dropwhile(lambda w: w in lex.DETERMINERS | {"out", "up", "down"}, words))
    name = whole_name(" ".join(words))
    return "it" if not name or name.endswith("s") else f"the {name}"


def _other_way(found: re.Match[str]) -> str:
    """ "Put it in the fridge at the night desk", "hand it to the night nurse"; empty where that is not clear."""
    said = found["what"].casefold()
    if found.re is _HANDED:
        name = said.split()
        last = max((n for n, w in enumerate(name) if w in lex.STAFF_NOUNS), default=-1)
        whom = name[: last + 1]
        fits = whom and all(w not in _ENDS and (names_something(w) or may_describe(w)) for w in whom)
        return f"hand it to the {' '.join(whom)}" if fits else ""
    what = whole_name(said)
    where = f"{found['how'].casefold()} the {what}"
    if not what or _FOR_COLLEAGUES.search(where):
        return ""
    there = _THERE.match(said, len(what))
    more = whole_name(there["what"]) if there else ""
    return f"put it {where} {there['how']} the {more}" if there and more else f"put it {where}"


def _place_alone(where: str) -> str:
    """ "By the front door" as "by the door": at the front or not, it is one place to whoever looks for another."""
    return _FRONT.sub("", where)


_FRONT = re.compile(r"\bfront (?=door\b)")


def _place(found: re.Match[str]) -> str | None:
    """Where it was put, with the whole name of the place ("on the shoe rack"); None: where that ends is unclear."""
    what = whole_name(found["what"])
    before = found["where"].casefold().removesuffix(found["what"].casefold()).strip()
    if before.split()[0] in ("to", "against"):  # "put to the oven" is nothing: taped to it
        low = found["verb"].casefold()
        lemma = past_lemma(low) or third_lemma(low)
        before = f"{simple_past(lemma)} {before}" if lemma else before
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
