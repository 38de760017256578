"""Cuts a text into sentences, each with its place: start and end offsets into the text as it was given."""

import re
from collections.abc import Iterator

from servicestory.detect.words import word_set

Span = tuple[int, int]

# A point after one of these does not end a sentence; nor does one after a single capital ("J. Smith").
_SHORT = word_set(
    """mr mrs ms dr prof st jr sr vs etc e.g i.e eg ie approx dept no nr tel inc ltd co ave blvd rd mt ft
    a.m p.m u.s u.k"""
)
_END = re.compile(r"(?:[.!?…]+|[。！？؟।]+)[\"'”’)\]]*|\n[ \t\r]*\n|\n(?=\s*(?:[-*•]|\d+[.)]))|\n")
_CLAUSE = re.compile(r"[;:]\s|\s[-–—]+\s|,\s+(?=(?:and|but|so|then|they|she|he|we)\b)|,\s")
LONGEST = 400
"""Characters: a longer "sentence" (no full stops, or one giant line) is cut at its clauses."""


def split(text: str) -> list[Span]:
    """The sentences of ``text`` in order, as (start, end) offsets; white space around each is left out.

    A full stop ends a sentence before white space and before a capital ("clean.The staff"), not inside a
    number, an abbreviation, an initial or an address on the web. Anything longer than :data:`LONGEST` is
    cut at clause boundaries, so that one endless line still yields places of a readable size.
    """
    spans: list[Span] = []
    start = 0
    for found in _END.finditer(text):
        end = found.end() if found.group()[0] != "\n" else found.start()
        if found.group()[0] == "\n":
            if _line_goes_on(text, found):
                continue
        elif not _ends(text, found):
            continue
        spans.extend(_pieces(text, start, end))
        start = end
    spans.extend(_pieces(text, start, len(text)))
    return spans


_JOINT = re.compile(
    r"[;:]\s|\s[-–—]+\s|,\s+|\s+(?=(?:and|but|so|when|while|which|who|because|although|as)\b)"
)
SHORTEST_CLAUSE = 5
"""Words: a shorter piece stays with what follows it."""


def clauses(sentence: str) -> list[str]:
    """The parts of one sentence between commas, dashes and joining words, each of five words or more."""
    joints = [m.end() for m in _JOINT.finditer(sentence)]
    parts: list[str] = []
    open_part = ""
    for start, end in zip([0, *joints], [*joints, len(sentence)], strict=True):
        open_part += sentence[start:end]
        if len(open_part.split()) >= SHORTEST_CLAUSE:
            parts.append(open_part.strip())
            open_part = ""
    if open_part.strip():
        if parts:
            parts[-1] += " " + open_part.strip()
        else:
            parts.append(open_part.strip())
    return parts


def _ends(text: str, mark: re.Match[str]) -> bool:
    after = text[mark.end() : mark.end() + 1]
    stops = mark.group().rstrip("\"'”’)]")
    if not after or stops[0] in "。！？؟।":
        return True
    if stops == ".":
        before = re.search(r"[^\s(\"']*$", text[max(0, mark.start() - 12) : mark.start()])
        word = before.group() if before else ""
        if not after.isspace():
            # "clean.The staff" but neither "3.5", "www.x.com" nor "U.S.A"
            return after.isupper() and len(word) > 1 and word[-1].islower() and "." not in word[:-1]
        return not (word.lower() in _SHORT or (len(word) == 1 and word.isupper() and word != "I"))
    if not after.isspace():
        # "friends..I was", "great!The": run on without a space
        return after.isalnum()
    # "nice.. and clean": dots as a pause, the sentence goes on in small letters
    rest = text[mark.end() :].lstrip()[:1]
    return not ("." in stops and "!" not in stops and "?" not in stops and rest.islower() and len(stops) > 1)


def _line_goes_on(text: str, mark: re.Match[str]) -> bool:
    """A single line break inside a running sentence (mail clients wrap lines) does not end it."""
    if "\n" in mark.group()[1:]:
        return False
    rest = text[mark.end() :].lstrip(" \t\r")[:1]
    return rest.islower()


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    start, end = _trim(text, start, end)
    while end - start > LONGEST:
        cuts = [m.end() for m in _CLAUSE.finditer(text, start + 40, start + LONGEST)]
        cut = cuts[-1] if cuts else text.rfind(" ", start + 40, start + LONGEST) + 1
        if cut <= start:
            cut = start + LONGEST
        piece = _trim(text, start, cut)
        if piece[0] < piece[1]:
            yield piece
        start, end = _trim(text, cut, end)
    if any(c.isalnum() for c in text[start:end]):
        yield start, end


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
