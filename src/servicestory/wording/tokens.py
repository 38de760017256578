"""Words and sentences with their places in the text, and the clause that is read from them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

_TOKEN = re.compile(
    r"[A-Za-zÀ-ÿ]+(?:['-][A-Za-zÀ-ÿ]+)*(?:\.(?:com|org|net|uk))?|\d[\d.,:]*\w*(?:-[A-Za-z]+)*|[^\w\s]"
)
STOP = re.compile(r"[.!?;\n]+")
"""Where one thing told ends and the next begins, for whoever looks at the words around a deed."""
_SENTENCE_END = re.compile(r"(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSt)[.!?;\n\r]+(?=\s|$|[A-Z])")


Told = Literal["elsewhere", "here", "staff"]
"""Where a story comes from: imported; told here, in plain words; told here by somebody of the staff, whose "I" it is."""


@dataclass(frozen=True)
class Word:
    """One token with its place in the text."""

    text: str
    low: str
    start: int
    end: int


@dataclass(frozen=True)
class Clause:
    """What staff did: the verb's base form and the words after it, with offsets into the text."""

    lemma: str
    rest: tuple[Word, ...]
    start: int
    end: int
    passive: bool = False  # the customer was the subject: "we were offered"
    joined: bool = False  # directly coordinated with the clause before it
    vague: bool = False  # subject only probably staff: the rest must mention the customer
    bare: bool = False  # no subject at all: it could be what the customer did
    listed: bool = False  # from a line of `behaviours:`, told by staff
    cut: str = ""  # the word or mark the clause was cut off at
    who: str = ""  # the subject in lower case: a pronoun, a name or a noun
    kin: bool = False  # a relative was named before: "her" may be they
    own: bool = False  # the sentence says "I" or "us": "them" is somebody else
    after: tuple[Word, ...] = ()  # what follows in the sentence, where the clause was cut off
    child: str = ""  # "child" or "baby" of the customer whom the sentence before names
    told: Told = "elsewhere"
    spoken_of: frozenset[str] = (
        frozenset()
    )  # "him" and "her" said of somebody before in the sentence, in what is told here
    lead: tuple[Word, ...] = ()  # what of the customer's it was done to: "our bags (were carried up)"


LONGEST = 2000
"""Characters: who did what is read within so many. Nobody's sentence is longer; a text without stops is."""
_JOINT = re.compile(r"[,;:]|\s(?=(?:and|but|so|then|while|when|which|who|because)\s)")


@lru_cache(maxsize=64)  # every place of a long story asks for the sentences of the whole
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Start and end of each sentence of ``text`` (character offsets, end exclusive).

    One longer than :data:`LONGEST` is cut before the last comma or joining word that comes in time, else
    before the last word. Nothing is left out, but what follows a cut has no subject from before it.
    """
    found: list[tuple[int, int]] = []
    start = 0
    for stop in _SENTENCE_END.finditer(text):
        found += _pieces(text, start, stop.start())
        start = stop.end()
    return (*found, *_pieces(text, start, len(text)))


def sentence_around(text: str, start: int, end: int) -> str:
    """``text[start:end]`` with the rest of the sentence it stands in, at most :data:`LONGEST` to each side."""
    before = STOP.split(text[max(0, start - LONGEST) : start])[-1]
    return before + text[start:end] + STOP.split(text[end : end + LONGEST])[0]


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        reach = start + LONGEST
        joints = [found.start() for found in _JOINT.finditer(text, start + LONGEST // 2, reach)]
        cut = joints[-1] if joints else text.rfind(" ", start + 1, reach)
        cut = cut if cut > start else reach
        if text[start:cut].strip():
            yield start, cut
        start = cut
    if text[start:end].strip():
        yield start, end


# "A new “cabin”": the teller does not call it one, and without it nobody knows what was given.
_NO_WORD_OF_THEIRS = re.compile(
    r"(\b(?:an?|the|some|any|my|our|your|his|her|their)(?: \w+)? )[\"“](\w+[\"”])", re.IGNORECASE
)
_QUOTED = re.compile(r'["“][^"“”\n]{1,90}["”]')


@lru_cache(maxsize=64)  # every sentence of a long story asks for the whole
def _unquoted(text: str) -> str:
    """``text``, as long as before, with blanks for what is quoted; a quotation ends with its line."""
    plain = _NO_WORD_OF_THEIRS.sub(r"\1*\2", text.replace("’", "'"))
    return _QUOTED.sub(lambda m: " " * len(m.group()), plain)


def words(text: str, start: int, end: int) -> list[Word]:
    """The tokens of ``text[start:end]`` without what is quoted in it; curly apostrophes count as plain ones."""
    found = _TOKEN.finditer(_unquoted(text), start, end)
    return [Word(m.group(), m.group().lower(), m.start(), m.end()) for m in found]
