"""A story read aloud: every colleague in it without a name, and two of them still two."""

import re
from collections.abc import Iterable, Sequence

from servicestory.text import one_line
from servicestory.wording.roles import without_names

_STANDS = re.compile(r"\b[Oo]ur colleague(s?)\b")
_MARK = re.compile(r"\bqz(\d+|many|own)qz\b")  # in small letters, so that no reader takes it for a name
# "The lady, Rosa, laughed": who is told of already needs no other word.
_NAMED_BESIDE = re.compile(r"\b((?:lady|woman|man|gentleman|girl|boy|guy|fellow|lad)),? qz\d+qz\b,?(?!['’])")
# "The Portuguese lady" at the desk is known by it as by her name: where somebody comes from is left out.
_FROM_SOMEWHERE = re.compile(
    r"\b([Tt]he|[Aa]n?)((?: young| old| tall)?) [A-Z][a-z]+(?:ese|ish|i?an|ch|ek|ss|i)"
    r"( (?:lady|woman|man|gentleman|girl|boy|guy|fellow|lad))\b"
)
_OPENS = re.compile(r"(?:^|[.!?:]\s+[\"“‘(]?|[“\"(])$")
_ORDINALS = ("first", "second", "third", "fourth", "fifth")


def aloud(text: str, people: Sequence[Sequence[str]]) -> str:
    """``text`` on one line with "a colleague" for a name, and "another colleague" for the next person's.

    Whoever reads it aloud speaks as the teller, in whose mouth "our colleague" is wrong. Further on they are
    "the colleague", or "the first" and "the other colleague" where there are two.

    Args:
        people: of each person every name they may be called by.
    """
    line = re.sub(r"\bour colleague\b", "qzownqz", one_line(text))  # a colleague's own words
    line = re.sub(r"\bthat (?=[A-Z])", "qzthatqz ", line)  # "I heard that Rosa came" is no "that Rosa"
    order = sorted((at, n) for n, names in enumerate(people) if (at := _first(line, names)) >= 0)
    for _, n in order:
        line = _STANDS.sub(lambda m, n=n: "qzmanyqz" if m[1] else f"qz{n}qz", without_names(line, people[n]))  # type: ignore[misc]
    line = _NAMED_BESIDE.sub(r"\1", line).replace("qzthatqz", "that")
    line = _FROM_SOMEWHERE.sub(lambda m: f"{m[1] if m[2] else m[1].removesuffix('n')}{m[2]}{m[3]}", line)
    several = len({who for who in _MARK.findall(line) if who.isdigit()})
    seen: list[str] = []

    def said(found: re.Match[str]) -> str:
        words = "our colleague" if found[1] == "own" else _who(found[1], seen, several)
        return words[0].upper() + words[1:] if _OPENS.search(line[: found.start()]) else words

    return _MARK.sub(said, line)


def _who(who: str, seen: list[str], several: int) -> str:
    """What stands for somebody, by whom was spoken of before."""
    persons = [w for w in seen if w.isdigit()]
    if who not in seen:
        seen.append(who)
        if who == "many":
            return "colleagues"
        return "another colleague" if persons else "a colleague"
    if who == "many":
        return "the colleagues"
    if several < 2:
        return "the colleague"
    place = persons.index(who)
    return f"the {'other' if several == 2 and place else _ORDINALS[min(place, 4)]} colleague"


def _first(text: str, names: Iterable[str]) -> int:
    """Where the first of the names, or a part of one, stands in a text; -1: nowhere."""
    parts = {part for name in names for part in (name, *name.split()) if len(part) > 2 and part[0].isupper()}
    # most people are not in most texts, and to make a pattern of each name takes longer than to look
    told = (part for part in parts if part in text)
    found = [m.start() for part in told if (m := re.search(rf"\b{re.escape(part)}s?\b", text))]
    return min(found, default=-1)
