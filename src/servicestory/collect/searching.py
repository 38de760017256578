"""Stories by their words: capitals and accents aside, all words must occur, rarer words weigh more."""

import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate

from servicestory.models.story import Story
from servicestory.text import one_line

_QUOTES = '"“”„«»'
_WHOLE = r"(?!\w)"
_LEAST = 3  # letters of a stem whose other forms are looked for
_STEMMED = {
    "en": "english", "de": "german", "fr": "french", "es": "spanish", "it": "italian", "pt": "portuguese",
    "nl": "dutch", "sv": "swedish", "da": "danish", "no": "norwegian", "nb": "norwegian", "nn": "norwegian",
    "fi": "finnish", "ro": "romanian", "ru": "russian", "hu": "hungarian", "tr": "turkish", "ca": "catalan",
}  # fmt: skip
_SIGNS = ("Sm", "Sk")  # categories of Unicode: "+", "^"
_MANY = 20  # words of which hardly any story has all
_AROUND = 70  # characters shown on each side of the first hit
_MORE = 4  # times as many are looked at
_GAP = re.compile(r"\s+")


@dataclass(frozen=True)
class Hit:
    """A story, how well it fits, and the words around the first place."""

    story: Story
    score: float
    snippet: str


_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
"""Letters that Unicode has no plain letter under."""


def folded(text: str) -> str:
    """``text`` without accents and capitals, sharp s and joined letters as two: "Weiß" as "weiss"."""
    return text.lower() if text.isascii() else "".join(map(_plain, text))


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    """What stands for a character in a folded text: nothing for an accent by itself, two letters for "ß"."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
    return "".join(c for c in apart if not unicodedata.combining(c)).translate(_PLAIN)


def _place(text: str, at: int) -> int:
    """Where in a text the character stands of which the folded text has a letter at ``at``."""
    if text.isascii():
        return at
    ends = accumulate(len(_plain(char)) for char in text)
    return next((number for number, end in enumerate(ends) if end > at), len(text))


class Wanted:
    """One of the words looked for: as it is typed, as the beginning of a word, or in another form of it.

    "refilled" finds "refill" and "refilling": words of one stem (Snowball, Porter 2001). Several words must
    follow each other; in quotation marks they are found as they are written only.
    """

    def __init__(self, typed: str, stems: Sequence[Callable[[str], str]]) -> None:
        plain = folded(typed).strip()
        exact = len(plain) > 2 and plain[0] in _QUOTES and plain[-1] in _QUOTES
        words = (plain[1:-1] if exact else plain).split() or [plain]
        said = r"\s+".join(map(re.escape, words))
        whole = _WHOLE if exact and re.search(r"\w$", words[-1]) else ""
        before = r"(?<!\w)" if re.match(r"\w", words[0]) else ""
        self._same: dict[str, bool] = {}
        self._stems = [] if exact or len(words) != 1 or not words[0].isalpha() else list(stems)
        self._roots = [stem(plain) for stem in self._stems]
        begins = {
            re.escape(root[: max(_LEAST, len(root) - 1)]) for root in self._roots if len(root) >= _LEAST
        }
        forms = "".join(f"|{begin}[^\\W\\d_]*" for begin in sorted(begins))
        self._begins = plain
        self._source = rf"{before}(?:{said}{whole}{forms})"

    @cached_property
    def _pattern(self) -> re.Pattern[str]:  # of ten thousand words most are never come to
        return re.compile(self._source)

    def places(self, plain: str) -> Iterator[int]:
        """Where it stands in a folded text."""
        for found in self._pattern.finditer(plain):
            if not self._stems or self._is_meant(found[0]):
                yield found.start()

    def _is_meant(self, word: str) -> bool:
        if word.startswith(self._begins):
            return True
        if word not in self._same:
            pairs = zip(self._stems, self._roots, strict=True)
            self._same[word] = any(stem(word) == root for stem, root in pairs)
        return self._same[word]


def _stemmers(languages: Iterable[str]) -> list[Callable[[str], str]]:
    """The stemmer of each language, by its code or name, that there is one for."""
    import snowballstemmer

    known = snowballstemmer.algorithms()
    names = {_STEMMED.get(code, code) for code in languages}
    return [snowballstemmer.stemmer(name).stemWord for name in sorted(names) if name in known]


def looked_for(words: Sequence[str]) -> list[str]:
    """Each of the words once. One of nothing but marks ("!!!", "&") counts only where all are such.

    A picture ("😀") is a word like any other.
    """
    each = list({plain: word for word in words if (plain := folded(word).strip())}.values())
    return [word for word in each if not only_marks(word)] or each


def only_marks(word: str) -> bool:
    """Whether it is punctuation and signs alone."""
    kinds = [unicodedata.category(char) for char in word if not char.isspace()]
    return all(kind.startswith("P") or kind in _SIGNS for kind in kinds)


def find(stories: Sequence[Story], words: Sequence[str], language: str = "en") -> list[Hit]:
    """The stories in which every word occurs (or begins a word, or has another form), best first, then by id.

    Args:
        language: the code of the house's; forms of English words are found as well.

    A word scores by its share in the story and by how few stories have it (Robertson & Zaragoza 2009, BM25,
    with k1 = 1.2 and b = 0.75); in a title it counts three times.
    """
    stems = _stemmers(("en", language.replace("_", "-").split("-")[0].casefold()))
    patterns = [Wanted(word, stems) for word in looked_for(words)]
    if not patterns or (len(patterns) > _MANY and not any(_has_all(story, patterns) for story in stories)):
        return []
    found: list[tuple[Story, list[int], int]] = []
    having = [0] * len(patterns)
    sizes = 0
    for story in stories:
        title, body = _texts(story)
        plain_title, plain_body = folded(title), folded(body)
        counts = [3 * _count(p.places(plain_title)) + _count(p.places(plain_body)) for p in patterns]
        size = plain_body.count(" ") + 1
        sizes += size
        for number, count in enumerate(counts):
            having[number] += bool(count)
        if all(counts):
            found.append((story, counts, size))
    mean = sizes / max(1, len(stories))
    weights = [math.log(1 + (len(stories) - n + 0.5) / (n + 0.5)) for n in having]
    hits = []
    for story, counts, size in found:
        score = sum(
            weight * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * size / mean))
            for weight, count in zip(weights, counts, strict=True)
        )
        hits.append(Hit(story, score, snippet(story, patterns)))
    return sorted(hits, key=lambda hit: (-hit.score, hit.story.id))


def _has_all(story: Story, patterns: Sequence[Wanted]) -> bool:
    """Whether every word occurs; the first that does not is the last looked for."""
    plain = folded("\n".join(_texts(story)))
    return all(next(pattern.places(plain), None) is not None for pattern in patterns)


def _texts(story: Story) -> tuple[str, str]:
    """The title, and all else somebody may look for."""
    rest = (
        story.narrative,
        *story.behaviours,
        story.outcome,
        story.quote,
        story.situation,
        story.why_significant,
        *story.people,
        story.site,
        story.team,
        *story.tags,
        story.record,
        story.id,
    )
    return story.title or "", "\n".join(part for part in rest if part)


def _count(places: Iterator[int]) -> int:
    return sum(1 for _ in places)


def snippet(story: Story, patterns: Sequence[Wanted]) -> str:
    """The words around the first hit in what was told (its beginning when the hit is elsewhere)."""
    text = "\n".join(filter(None, (story.narrative, *story.behaviours, story.outcome, story.quote)))
    plain = folded(text)
    firsts = (next(p.places(plain), None) for p in patterns)
    first = _place(text, min((at for at in firsts if at is not None), default=0))
    start = max(0, first - _AROUND)
    if start and (gap := _GAP.search(text, start, first)):
        start = gap.end()
    # more than is shown, so that it is cut at a word
    cut = one_line(text[start : first + _MORE * _AROUND], 2 * _AROUND)
    return ("…" if start else "") + cut
