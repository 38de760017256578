"""Puts a practice's steps into an organisation's own procedure, where they fit, and takes them out again."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from servicestory.errors import Problem
from servicestory.incorporate import blocks
from servicestory.incorporate.sections import Block, Section, lines_of, sections, tokens
from servicestory.incorporate.sections import blocks as ours
from servicestory.wording.material import Material

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEAST_ALIKE = 0.13  # cosine below which a section shares no more than everyday words with a practice
_BY_ONE_WORD = 1.5 * LEAST_ALIKE  # what one telling word in common must reach: one is easily shared by chance
_HEADING_COUNTS = 3  # a word of a heading counts as much as three in the text below it


@dataclass(frozen=True)
class Fit:
    """A section, how alike it and the practice are (0 to 1), and the telling words they share.

    ``against``: words of both that one of them says to do and the other not to ("instead of pointing").
    """

    section: Section
    alike: float
    shared: tuple[str, ...]
    against: tuple[str, ...] = ()


Outcome = Literal[
    "new", "unchanged", "changed by hand, left as it is", "brought up to date", "taken out", "not there"
]


def fits(material: Material, found: Sequence[Section]) -> list[Fit]:
    """The sections of a text by how well a practice fits, the best first.

    TF-IDF over headings and paragraphs, cosine (Salton & Buckley 1988), once by words without their endings
    and once by pieces of words ("payslip" and "slip"), in equal parts. The practice speaks with its own words
    and, at half their weight, with those of its stories. Ties go to the earlier section.
    """
    if not found:
        return []
    everywhere = frozenset({*_beginnings(material.customer), *_beginnings("guest customer colleague")})
    practice = material.practice
    own = " ".join(
        [
            *[practice.name] * _HEADING_COUNTS, practice.behaviour_statement or "", practice.trigger or "",
            *(s.text for s in material.steps), *(p.text for s in material.steps for p in s.key_points),
            *practice.words,
        ]
    )  # fmt: skip
    told = " ".join(
        e.text_in(material.told[e.story]) or "" for e in practice.evidence if e.story in material.told
    )
    texts = [" ".join([*[s.title] * _HEADING_COUNTS, *s.path[1:], s.text]) for s in found]
    bags = [[w for w in _beginnings(text) if w not in everywhere] for text in (*texts, own, told)]
    alike = (_alike(bags, pieces=False) + _alike(bags, pieces=True)) / 2
    asked = {_stem(w): w for w in reversed(_words(own)) if _stem(w) not in everywhere}
    for_own, not_own = _sides(own)
    often = Counter(w for bag in bags[: len(found)] for w in set(bag))
    made = []
    for number, section in enumerate(found):
        shared = sorted({*bags[number]} & {*asked}, key=lambda w: (often[w], w))
        done, not_done = _sides(texts[number])
        opposed = ((not_own - for_own) & done) | (for_own & (not_done - done))
        against = [w for w in shared if w in opposed]
        both = tuple(asked[w] for w in shared if w not in against)[:4]
        made.append(Fit(section, round(float(alike[number]), 6), both, tuple(asked[w] for w in against[:4])))
    return sorted(made, key=lambda f: (-f.alike, f.section.first))


def _alike(bags: list[list[str]], pieces: bool) -> "NDArray[np.float64]":
    """How near each section is to the practice (its own words, and its stories' at half weight): 0 to 1."""
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer

    count = TfidfVectorizer(sublinear_tf=True, analyzer=_pieces if pieces else _whole)
    sections_, (own, told) = bags[:-2], bags[-2:]
    try:
        count.fit([*sections_, own])
    except ValueError:  # not one word anywhere
        return np.zeros(len(sections_))
    matrix = count.transform(bags)
    near = (matrix[:-2] @ matrix[-2:].T).toarray()
    return np.asarray(0.75 * near[:, 0] + 0.25 * near[:, 1] if told else near[:, 0])


def _whole(bag: list[str]) -> list[str]:
    return bag


def _pieces(bag: list[str]) -> list[str]:
    """Every piece of three to five letters, a space at either end of a word counted as one."""
    words = [f" {word} " for word in bag]
    return [w[at : at + size] for w in words for size in (3, 4, 5) for at in range(len(w) - size + 1)]


def _words(text: str) -> list[str]:
    """The telling words of a text, in small letters."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    letters = "".join(c if c.isalpha() else " " for c in text.casefold())
    return [w for w in letters.split() if len(w) > 2 and w not in ENGLISH_STOP_WORDS]


def _beginnings(text: str) -> list[str]:
    """The same without their endings."""
    return [_stem(w) for w in _words(text)]


_NOT = re.compile(
    r"\b(?:instead of|rather than|never|do not|don['’]t|must not|without|avoid|no longer)((?:\s+\w+){1,3})",
    re.IGNORECASE,
)


def _sides(text: str) -> tuple[set[str], set[str]]:
    """The words of a text that it says, and those it says not to do, both without their endings."""
    denied = " ".join(found[1] for found in _NOT.finditer(text))
    return {*_beginnings(_NOT.sub(" ", text))}, {*_beginnings(denied)}


def _stem(word: str) -> str:
    """A word without its commonest endings: enough to bring its forms together."""
    for ending in ("ings", "ing", "als", "al", "ies", "ed", "es", "s", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def chosen(material: Material, text: str, under: str | None, name: str) -> Fit:
    """The section to put the steps into.

    Args:
        under: the heading somebody named; else the best fit.

    Raises:
        Problem: when no section of this heading is there, several are, or none fits.
    """
    parts = sections(text)
    found = fits(material, parts)
    if under is not None:
        wanted = " ".join(under.split()).casefold().lstrip("# ")
        named = [f for f in found if f.section.title.casefold() == wanted]
        named = named or [f for f in found if wanted and wanted in f.section.title.casefold()]
        if len(named) == 1:
            return named[0]
        what = "several sections have" if named else "no section has"
        raise Problem(f"{what} “{under}” in the heading", name, _name_one(named or found))
    # A heading that only holds others together is no place for steps.
    bare = {a.first for a, b in pairwise(parts) if not a.text.strip() and b.level > a.level}
    found = [f for f in found if f.section.first not in bare]
    if not found or (len(found) > 1 and not _fits(found[0], material.practice.name)):
        raise Problem(f"no section of this file fits “{material.practice.name}”", name, _name_one(found))
    return found[0]


def _fits(fit: Fit, name: str) -> bool:
    """Whether they share enough: several words, or one that the practice's name and the heading both name."""
    named = {*_beginnings(name)} & {*_beginnings(fit.section.title)} & {_stem(w) for w in fit.shared}
    several = len(fit.shared) + len(fit.against) > 1
    return fit.alike >= (LEAST_ALIKE if several or named else _BY_ONE_WORD)


def at_end(text: str) -> Fit:
    """A place at the end of a text, beside its last section, for a practice that fits none."""
    last = sections(text)[-1]
    return Fit(replace(last, level=max(0, last.level - 1)), 0.0, ())


def _name_one(found: Sequence[Fit]) -> str:
    titles = [f"“{f.section.title}”" for f in found[:3] if f.section.title]
    return f"Name one with --under, for example {' or '.join(titles)}" if titles else "Write a heading first"


def put(text: str, block: str, key: str, fit: Fit | None, replace: bool, name: str) -> tuple[str, Outcome]:
    """The text with the block in it: where it stands already, else at the end of the section.

    Args:
        block: what to put in, with plain line breaks, ending with one.
        key: the block's id.
        fit: needed when the block is not there yet.

    Raises:
        Problem: marks without partner; the block was changed by hand; or the rest of the file would be read
            differently.
    """
    content = blocks.fingerprint(block)
    found = next((b for b in ours(text, name) if b.id == key), None)
    if found:
        if found.content == content and (found.inside == block or not replace):
            return text, "unchanged" if found.inside == block else "changed by hand, left as it is"
        _refuse_edited(found, block, replace, name)
        newline = _break_of(text[found.start : found.end])
        made = _wrapped(block, key, newline, found.before, found.after)
        return text[: found.start] + made + text[found.end :], "brought up to date"
    assert fit is not None
    lines = lines_of(text)
    newline = _newline(text)
    head, tail = "".join(lines[: fit.section.end]), "".join(lines[fit.section.end :])
    before = 0 if not head.removeprefix("\ufeff") else 1 if head.endswith(("\n", "\r")) else 2
    if head.endswith("\r") and newline == "\n":
        before = 2  # the first only makes one break of two with it
    after = 1 if head.endswith(("\n", "\r")) or not before else 0  # as many as the text itself ends with
    if tail:
        after = 2 if lines[fit.section.end].strip() else 1
    made = newline * before + _wrapped(block, key, newline, before, after) + newline * after
    new = head + made + tail
    _still_reads(text, new, name)
    return new, "new"


def taken_out(text: str, key: str, replace: bool, name: str) -> tuple[str, Outcome]:
    """The text without the block and the line breaks that came with it.

    Raises:
        Problem: marks without partner, or the block was changed by hand.
    """
    found = next((b for b in ours(text, name) if b.id == key), None)
    if not found:
        return text, "not there"
    _refuse_edited(found, "", replace, name)
    head, tail = text[: found.start], text[found.end :]
    own = _break_of(text[found.start : found.end])
    more = found.after
    for _ in range(found.before):
        if head.endswith(own):
            head = head.removesuffix(own)
        elif head:  # they came out with a part above this one, in the place of its own
            more += 1
    for _ in range(more):
        tail = tail.removeprefix(own)
    return head + tail, "taken out"


def _break_of(part: str) -> str:
    """The line break of a part of ours. What was put in around it is of the same; any other is somebody's."""
    begin = lines_of(part)[0]
    return begin[len(begin.rstrip("\r\n")) :]


def _refuse_edited(found: Block, new: str, replace: bool, name: str) -> None:
    if blocks.fingerprint(found.inside) != found.sha and not replace:
        raise Problem(
            f"the part between the marks of {found.id} was changed by hand, and that would be lost.\n"
            + blocks.difference(found.inside, new, name)
            + "\nNothing was written",
            name,
            "Move your words out of it, or call it again with --replace",
        )


def _wrapped(block: str, key: str, newline: str, before: int, after: int) -> str:
    made = blocks.wrapped(block, key, blocks.fingerprint(block))
    begin, _, rest = made.partition(" -->\n")
    return f"{begin} around={before},{after} -->\n{rest}".replace("\n", newline)


def _newline(text: str) -> str:
    """The line break most lines of a text end with."""
    windows = text.count("\r\n")
    return "\r\n" if windows * 2 > text.count("\n") else "\n"


def _still_reads(old: str, new: str, name: str) -> None:
    """Raises a `Problem` when anything but the new part is read differently than before."""
    before, after, inside = _shape(old), [], False
    known = {b.id for b in ours(old, name)}
    for kind in _shape(new):
        begins = kind[0] == "html_block" and kind[2].startswith("<!-- servicestory:")
        key = kind[2].split()[2] if begins and len(kind[2].split()) > 2 else ""
        if begins and key not in known:
            inside = kind[2].startswith("<!-- servicestory:begin")
        elif not inside:
            after.append(kind)
    if before != after or inside:
        raise Problem(
            "the steps cannot be put there without changing how the rest of the file reads "
            "(perhaps a block of code or a comment is not closed)",
            name,
            "Close it, or name another section with --under",
        )


def _shape(text: str) -> list[tuple[str, int, str]]:
    # the last block of HTML ends without a line break, and has one when something follows
    return [
        (t.type, t.level, t.content.rstrip("\n") if t.type == "html_block" else t.content)
        for t in tokens(text)
    ]
