"""One act done with different things: each story gives, brings or lends another, and the step names a few of them."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from servicestory.text import listing
from servicestory.wording.acts import one_act
from servicestory.wording.articles import articles

GIVEN, LENT = "give", "lend"
MOST_NAMED = 3


class Given(NamedTuple):
    """What an instruction gives: the kind of giving, how it begins, to whom, and the thing."""

    kind: str
    head: str
    whom: str
    thing: str


def given(line: str) -> Given | None:
    """What an instruction gives to whom, without why and for how long; None where it gives no thing.

    >>> given("Lend the guest an umbrella until it stops").thing
    'an umbrella'
    """
    found = _GIVES.match(line)
    if found is None:
        return None
    verb, whom = found["head"].split(" ", 1)
    return Given(LENT if verb == "Lend" else GIVEN, found["head"], whom, _WHY_SO.sub("", line[found.end() :]))


def each_another(line: str, ways: Iterable[str], customer: str) -> str | None:
    """An instruction of which each story tells another thing, as one that names a few of them; None where it is none.

    >>> each_another("Phone the station", ["Phone the museum until the scarf is found"], "guest")
    'Phone the station or the museum'
    """
    lines = [line, *ways]
    if first := given(line):
        found = [g for one in lines if (g := given(one)) and (g.kind, g.whom) == (first.kind, first.whom)]
        things = list(dict.fromkeys(g.thing for g in found))
        return f"{first.head} {by_name(things[:MOST_NAMED], True, True)}" if len(things) > 1 else None
    done = [d for one in lines if (d := _DOES.match(one)) and not d["thing"].endswith(f" {customer}")]
    verb = _DOES.match(line)
    same = [d["thing"] for d in done if verb and one_act(d["verb"].lower()) == one_act(verb["verb"].lower())]
    things = list(dict.fromkeys(same))
    return f"{verb['verb']} {by_name(things[:MOST_NAMED], False)}" if verb and len(things) > 1 else None


def by_name(things: Sequence[str], gives: bool, examples: bool = False) -> str:
    """The things by name; what all are said to be is said once: "something complimentary, for example drinks".

    Args:
        gives: they are given, so that three of them are examples.
        examples: so are two.
    """
    described = [_DESCRIBED.match(thing) for thing in things]
    how = {found["how"] for found in described if found}
    if gives and len(things) > 2 and all(described) and len(how) == 1:
        bare = [articles(f"{f['a'] or ''}{f['what']}") for f in described if f]
        return f"something {how.pop()}, for example {listing(bare, 'or')}"
    fits = examples or (gives and len(things) > 2)
    return f"{'what fits, for example ' if fits else ''}{listing(list(things), 'or')}"


_DESCRIBED = re.compile(
    r"(?P<a>(?:a|an|some) )?(?P<how>complimentary|free|extra|fresh|hot|cold|warm) (?P<what>[a-z].*)"
)
_GIVES = re.compile(
    r"(?P<head>(?:Offer|Give|Bring|Serve|Send|Lend) the \w+) "
    r"(?=(?:a|an|some|the|another|one of|your|extra|free|complimentary|fresh|hot|cold)\b)"
)
_DOES = re.compile(
    r"(?P<verb>[A-Z][a-z]+) (?P<thing>(?:the|an?|some|your) [a-z-]+(?: [a-z-]+)?)"
    r"(?=$| (?:about|after|and|at|before|by|for|from|in|on|so|to|until|where|with)\b)"
)
# How long, what for and where from are of one story: "the blue bike (until the wheel was straight)".
_WHY_SO = re.compile(r",? (?:until|till|so that|so|because|while|from|before|after|in case)\b.*$")
