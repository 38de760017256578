"""Words and sentences with their places in the text, and the clause that is read from them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"[A-Za-zÀ-ÿ]+(?:['-][A-Za-zÀ-ÿ]+)*(?:\.(?:com|org|net|uk))?|\d[\d.,:]*\w*(?:-[A-Za-z]+)*|[^\w\s]"
)
STOP = re.compile(r"[.!?;\n]+")
"""Where one thing told ends and the next begins, for whoever looks at the words around a deed."""
_SENTENCE_END = re.compile(r"(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSt)[.!?;\n\r]+(?=\s|$|[A-Z])")


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
    lead: tuple[Word, ...] = ()  # what of the customer's it was done to: "our bags (were carried up)"


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence of ``text`` (character offsets, end exclusive)."""
    start = 0
    for found in _SENTENCE_END.finditer(text):
        if text[start : found.start()].strip():
            yield start, found.start()
        start = found.end()
    if text[start:].strip():
        yield start, len(text)


# "A new “cabin”": the teller does not call it one, and without it nobody knows what was given.
_NO_WORD_OF_THEIRS = re.compile(
    r"(\b(?:an?|the|some|any|my|our|your|his|her|their)(?: \w+)? )[\"“](\w+[\"”])", re.IGNORECASE
)
_QUOTED = re.compile(r'["“][^"“”\n]{1,90}["”]')


def words(text: str, start: int, end: int) -> list[Word]:
    """The tokens of ``text[start:end]`` without what is quoted in it; curly apostrophes count as plain ones."""
    plain = _NO_WORD_OF_THEIRS.sub(r"\1*\2", text[:end].replace("’", "'"))
    plain = _QUOTED.sub(lambda m: " " * len(m.group()), plain)
    return [
        Word(m.group(), m.group().lower(), m.start(), m.end()) for m in _TOKEN.finditer(plain, start, end)
    ]
