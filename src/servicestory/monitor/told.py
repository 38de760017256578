"""Which sentences of a story tell what a named person did: what a thank-you may quote."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

from servicestory.models.practice import Evidence
from servicestory.models.story import Story
from servicestory.text import unlisted
from servicestory.wording.pronouns import nobody_else

if TYPE_CHECKING:
    from servicestory.wording.reader import Reader

# What somebody was or had is praise or a misfortune, and nothing they did.
_NO_DEED = frozenset(("be", "have", "seem", "appear"))
# Somebody besides the one who is named: "she" in the sentence that follows may be they.
OTHERS = frozenset(
    """guest guests customer customers patient patients client clients visitor visitors passenger passengers
    resident residents lady gentleman man woman girl boy child mum dad mother father couple colleague
    apprentice mr mrs ms miss him her them""".split()  # noqa: SIM905
)


# What went wrong is no deed to thank for, and said of none who is thanked.
_FAULT = re.compile(r"\b(?:mistakes?|wrong(?:ly)?|faults?|complain\w*)\b", re.IGNORECASE)
_ERRED = frozenset(("forget", "lose", "break", "mistake"))
ERROR = re.compile(
    r"\s*(?:sold|sells?|gave|gives?|sent|sends?|brought|brings?|handed|served|booked|delivered|ordered)\b[^,;]*\bwrong\b",
    re.IGNORECASE,
)
_OTHERS_END = re.compile(r"[,;]?\s+(?:and|but)\s+(?:he|she|they|it|we|I|the\s+\w+)\s[^,;]*$", re.IGNORECASE)


def deed(story: Story, places: Sequence[Evidence]) -> str | None:
    """The sentence of ``places`` that tells what one of the story's people did; the highest score first.

    Lines of ``behaviours`` say so by being there. A story that names nobody tells of whoever did it. Doubtful
    places do not count, nor does what went wrong; where somebody else comes first in a sentence, another is
    better.
    """
    return next(iter(_ranked(story, places)), None)


def deeds(story: Story, places: Sequence[Evidence], most: int = 2) -> tuple[str, ...]:
    """The ``most`` best of what :func:`deed` gives, in the order of the text; without one, of all the story.

    With the first of them only what the same people did is given.
    """
    whole = Evidence(story=story.id, field="narrative", start=0, end=len(story.narrative))
    found = list(dict.fromkeys(_ranked(story, places)))
    if not found and story.people:
        found = [" ".join(said.split()) for said in _said(story, whole)]
    if not found:
        return ()
    text = " ".join(story.narrative.split())
    who = by_whom(story, found[0])
    kept = found[:1]
    for said in found[1:]:
        again = any(said in one or one in said for one in kept)
        if len(kept) < most and not again and by_whom(story, said) == who:
            kept.append(said)
    return tuple(sorted(kept, key=text.find))


def _ranked(story: Story, places: Sequence[Evidence]) -> list[str]:
    """The deeds of the story's people in these places, the best first, each on one line."""
    found: list[tuple[bool, float, int, int, int, str]] = []
    for number, place in enumerate(places):
        text = place.text_in(story)
        if place.story != story.id or not text or not text.strip() or place.doubtful:
            continue
        told = list(_said(story, place)) if place.field == "narrative" and story.people else [text]
        for nth, said in enumerate(told):
            line = unlisted(" ".join(said.split()))
            begins = set(re.findall(r"[^\W\d_]+", line.casefold())[:2])
            greater = -len(line.split())  # of a smile and a night's drive, the drive
            found.append((bool(begins & OTHERS), -(place.score or 0), number, greater, nth, line))
    return [one[-1] for one in sorted(found)]


class Place(Protocol):
    """Where something is told: an `Evidence`, or a step's cite."""

    @property
    def field(self) -> str:
        """``narrative``, or which of the behaviours."""

    @property
    def start(self) -> int:
        """The first character."""

    @property
    def end(self) -> int:
        """One past the last."""


def partly(story: Story, places: Iterable[Place], count: int) -> bool:
    """Whether the sentences of these places tell more acts than ``count``: "dried it, then rang"."""
    from servicestory.wording import lexicon as lex
    from servicestory.wording.morphology import past_lemma
    from servicestory.wording.tokens import sentences, words

    leads = named_in(story) | lex.STAFF_PRONOUNS | {"and", ",", "then", "had", "also"}
    text, acts, places = story.narrative, 0, list(places)
    for start, end in sentences(text):
        if any(p.field == "narrative" and start < p.end and p.start < end for p in places):
            told = words(text, start, end)
            acts += sum(
                before.low in leads and past_lemma(word.low) not in (None, *_NO_DEED)
                for before, word in pairwise(told)
            )
    return acts > count


def without_fault(said: str) -> str:
    """A sentence without an end in which somebody else has it wrong: ", and he took the wrong one"."""
    end = _OTHERS_END.search(said)
    return said[: end.start()] if end and _FAULT.search(end[0]) else said


_REFERS = re.compile(
    r"[“\"‘']?(?:(?:and|but|so|then|also|later|afterwards|instead|there)\b[,\s]+)*"
    r"(?:(?:she|he|they|it|this|that|these|those|his|her|their|both|another|one|him|them)\b)"
    r"|[“\"‘']?(?:and|but|so|then|also|later|afterwards|instead|there)\b",
    re.IGNORECASE,
)
_ENDS = (".", "!", "?", "…", "”", '"')
_FURTHEST = 2  # sentences before; who still is not said by then is not said


def in_context(story: Story, said: str) -> str:
    """A sentence of the story after those it refers back to, where it does; each ends with a mark.

    Args:
        said: a sentence of the narrative, or a part of one, on one line; other words stay as they are.
    """
    from servicestory.wording.tokens import sentences

    told = [" ".join(story.narrative[start:end].split()) for start, end in sentences(story.narrative)]
    bare = said.strip("“”").rstrip(".!?…")
    at = next((i for i, sentence in enumerate(told) if bare in sentence), None)
    first = at or 0
    while at and first and at - first < _FURTHEST:
        if not (_REFERS.match(told[first]) or _loose(said if first == at else told[first])):
            break
        if _FAULT.search(told[first - 1]):
            break
        first -= 1
    return " ".join(line if line.endswith(_ENDS) else f"{line}." for line in [*told[first : at or 0], said])


def _loose(said: str) -> bool:
    """Whether a sentence does something for a "him" of whom only what comes before says who it is."""
    found = re.search(r"\b(?:him|them)\b", said)
    before = set(re.findall(r"[^\W\d_]+", said[: found.start()].casefold())) if found else set[str]()
    return found is not None and not before & (OTHERS - {"him", "them"})


def nearest(story: Story, places: Sequence[Evidence], most: int = 2) -> tuple[str, ...]:
    """The sentences of a story that are nearest to a deed, in the order of the text, each on one line.

    They are those of ``places``, what a person confirmed and then the most likely first; without any, those
    in which somebody named does something, else those in which a "he" or "she" does who is most likely them.
    """
    from servicestory.wording.tokens import sentences

    here = [e for e in places if e.story == story.id and _to_thank_for(story, e)]
    here.sort(key=lambda e: (-e.pinned, -(e.score or 0.0), e.field, e.start))
    chosen: dict[str, int] = {}
    every = list(sentences(story.narrative))
    for place in here:
        if place.field != "narrative":
            chosen.setdefault(" ".join((place.text_in(story) or "").split()), place.start)
            continue
        for start, end in every:
            if start < place.end and place.start < end:
                chosen.setdefault(" ".join(story.narrative[start:end].split()), start)
    if not here:
        whole = Evidence(story=story.id, field="narrative", start=0, end=len(story.narrative))
        found = list(_said(story, whole)) or list(_by_pronoun(story.narrative))
        chosen = {" ".join(said.split()): at for at, said in enumerate(found)}
    return tuple(sorted([said for said in chosen if said][:most], key=lambda said: chosen[said]))


def _to_thank_for(story: Story, place: Evidence) -> bool:
    """Whether a place may be quoted where nobody said in so many words who did it: no doubt, and no fault."""
    said = (place.text_in(story) or "").strip()
    return bool(said) and (place.pinned or not (place.doubtful or _FAULT.search(said)))


def _by_pronoun(text: str) -> Iterator[str]:
    """The sentences that begin with a pronoun that does something, after none about somebody else."""
    from servicestory.wording import lexicon as lex
    from servicestory.wording.tokens import sentences

    others = True  # who "she" is in the first sentence nothing has said
    for start, end in sentences(text):
        said = re.findall(r"[^\W\d_]+", text[start:end].casefold())
        begins = bool(said) and said[0] in lex.STAFF_PRONOUNS
        if begins and not others and _tells(text, start, end, lex.STAFF_PRONOUNS, None):
            yield text[start:end]
        others = bool(OTHERS - {"him", "her", "them"} & set(said)) or (begins and others)


def _said(story: Story, place: Evidence) -> Iterator[str]:
    """The parts of one place that are sentences of somebody named."""
    from servicestory.wording.tokens import sentences

    names, text = named_in(story), run_on(story.narrative)
    before: tuple[int, int] | None = None
    for start, end in sentences(text):
        if start >= place.end:
            return
        here = text[max(start, place.start) : min(end, place.end)]
        if end > place.start and here.strip() and _tells(text, start, end, names, before):
            yield without_fault(here)
        before = (start, end)


def named_in(story: Story) -> set[str]:
    """The words of the names of a story's people, folded; "i" too, where one of them tells it."""
    names = {w for name in story.people for w in re.findall(r"[^\W\d_]{2,}", name.casefold())}
    return names | {"i"} if teller(story) else names


def teller(story: Story) -> str | None:
    """Who of a story's people tells it themselves, so that "I" is their name; None where nobody surely does.

    It is told by somebody who works there and speaks of doing something; everybody else it is about it calls
    by name, and no "she" that does something can be the colleague it is about.
    """
    from servicestory.wording.speaker import told_by

    said = set(re.findall(r"[^\W\d_]+", story.narrative.casefold()))
    unnamed = [n for n in story.people if said.isdisjoint(re.findall(r"[^\W\d_]{2,}", n.casefold()))]
    if len(unnamed) != 1 or "i" not in said or _SOMEBODY_DOES.search(story.narrative):
        return None
    return unnamed[0] if told_by(story) == "staff" else None


_SOMEBODY_DOES = re.compile(r"(?:^|[.!?;:\n]\s+|,\s+(?:and|but|so)\s+)(?:he|she|they)\b", re.IGNORECASE)


def run_on(text: str) -> str:
    """The text without the line ends inside a sentence, as long as before."""
    return re.sub(r"(?<!\n)\n(?!\n)", " ", text)


def theirs(
    text: str, names: Collection[str]
) -> Iterator[tuple[tuple[int, int], list[tuple[int, list[str], int]]]]:
    """Each sentence with what :func:`_doing` finds in it."""
    from servicestory.wording.tokens import sentences

    before: tuple[int, int] | None = None
    for here in sentences(text):
        yield here, list(_doing(text, *here, names, before))
        before = here


_NO_PRONOUN = (-1, -1)  # in place of the sentence before: "she" is nobody


def by_whom(story: Story, said: str) -> tuple[str, ...]:
    """Those of a story's people of whom a passage tells that they did it; () where it does not say who.

    Args:
        said: words of the narrative or of a listed behaviour, on one line.
    """
    from servicestory.wording.tokens import sentences

    parts = [set(re.findall(r"[^\W\d_]{2,}", name.casefold())) for name in story.people]
    count = Counter(word for words in parts for word in words)  # a family name of two says nothing
    whose = {
        word: name
        for name, words in zip(story.people, parts, strict=True)
        for word in words
        if count[word] == 1
    }
    if own := teller(story):
        whose["i"] = own
    every = (" ".join(text.split()) for text in (story.narrative, *story.behaviours))
    text = next((text for text in every if text.count(said) == 1), None)
    if text is None or not whose:
        return ()
    start, end = text.index(said), text.index(said) + len(said)
    found: set[str] = set()
    before: tuple[int, int] | None = None
    for here in sentences(text):
        if here[0] >= end:
            break
        if here[1] > start:
            doing = _acting(text, here, whose)
            theirs = [one for one in doing if start <= one[0] < end] or [
                one for one in doing if one[0] < end
            ][-1:]
            if not doing and before and _continues(text, here, before, whose):
                theirs = _acting(text, before, whose)
            if not theirs:
                return ()  # a part of it tells of somebody else, or of nobody
            found.update(whose[word] for _, words in theirs for word in words)
        before = here
    return tuple(name for name in story.people if name in found)


def _acting(text: str, sentence: tuple[int, int], names: Collection[str]) -> list[tuple[int, list[str]]]:
    return [(at, words) for at, words, _ in _doing(text, *sentence, names, _NO_PRONOUN)]


def _continues(text: str, here: tuple[int, int], last: tuple[int, int], names: Collection[str]) -> bool:
    """Whether a sentence goes on with "she" about the one person the sentence before tells of."""
    from servicestory.wording import lexicon as lex

    said = re.findall(r"[^\W\d_]+", text[slice(*here)].casefold())
    told = set(re.findall(r"[^\W\d_]+", text[slice(*last)].casefold()))
    named = set(names) & told
    return bool(said) and said[0] in lex.STAFF_PRONOUNS - {"they"} and len(named) == 1 and not told & OTHERS


def _tells(text: str, start: int, end: int, names: Collection[str], before: tuple[int, int] | None) -> bool:
    """Whether the subject is one of ``names``, or a pronoun that can be nobody else, and does something."""
    return next(_doing(text, start, end, names, before), None) is not None


def _doing(
    text: str, start: int, end: int, names: Collection[str], before: tuple[int, int] | None
) -> Iterator[tuple[int, list[str], int]]:
    """Where each subject stands that is one of ``names`` or can be nobody else and does something; which; and
    where its verb begins.

    A pronoun gives none of the names.

    A pronoun can be nobody else where it opens the story, or follows a sentence of theirs about nobody else.
    """
    from servicestory.wording import lexicon as lex
    from servicestory.wording.morphology import is_common, participle_lemma, past_lemma, third_lemma
    from servicestory.wording.reader import Reader
    from servicestory.wording.tokens import words

    reader = Reader(words(text, start, end), names, listed=False)
    both = {"he", "she"} <= {word.low for word in reader.tokens}  # two of whom nothing says who they are
    past = 0  # the "Omar" of "Hanna and Omar carried it" is no subject of his own
    for i, word in enumerate(reader.tokens):
        if i < past:
            continue
        if word.low in names:
            if not (word.text[0].isupper() or not is_common(word.low)):
                continue  # "we will put", where Will is a colleague
        elif not (
            word.low in lex.STAFF_PRONOUNS
            and before != _NO_PRONOUN
            and (
                (i == 0 and not both and _alone(text, names, before))
                or (_opens(reader, i) and nobody_else(text, start, names, word.low))
            )
        ):
            continue
        subject = reader.subject(i)
        if subject is None or reader.low(subject[0]) in ("and", "or"):
            continue  # "she told Aslak and sewed it up"
        at = reader.skip(subject[0])
        lemma = past_lemma(reader.low(at)) or third_lemma(reader.low(at)) or _unchanged(reader.low(at))
        did = lemma is not None and lemma not in _NO_DEED and lemma not in _ERRED
        if did and ERROR.match(text, reader.tokens[at].start, end):
            continue
        if lemma == "have":
            did = participle_lemma(reader.low(reader.skip(at + 1))) not in (None, *_NO_DEED)
        denied = {reader.low(at)} if lemma == "say" else {reader.low(at), reader.low(at + 1)}
        if did and not denied & lex.NEGATIVE:  # "said never mind" is said
            past = subject[0]
            who = [w.low for w in reader.tokens[i : subject[0]] if w.low in names]
            yield word.start, who, reader.tokens[at].start


def _opens(reader: "Reader", at: int) -> bool:
    """Whether a word opens its sentence, but for a "then"."""
    return at == 0 or (at == 1 and reader.low(0) in ("then", "so", "later", "afterwards", "and"))


def _unchanged(word: str) -> str | None:
    """The verb whose past is written as it is: "shut"."""
    from servicestory.wording.morphology import is_verb, simple_past

    return word if is_verb(word) and simple_past(word) == word else None


def _alone(text: str, names: Collection[str], before: tuple[int, int] | None) -> bool:
    if before is None:
        return True
    said = re.findall(r"[^\W\d_]+", text[slice(*before)].casefold())
    if OTHERS & set(said):
        return False
    return _tells(text, *before, names, (0, 0)) or (said[:1] != [] and said[0] in names)
