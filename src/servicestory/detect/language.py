"""Stories in other languages than English: what can be done with them, and what cannot is said.

Which sentences tell of a deed was learned from English only. Of a story in another language the lines its
teller listed under ``behaviours`` are taken, and compared by the stems of their words (Snowball, Porter 2001)
without the language's stop words.
"""

from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise

import numpy as np
from scipy import sparse

from servicestory.detect.features import Floats
from servicestory.detect.reading import Place, Reading
from servicestory.detect.words import tokens
from servicestory.models.story import Story

_MORE = {
    "no": "norwegian", "nn": "norwegian", "et": "estonian", "eu": "basque", "ga": "irish", "lt": "lithuanian",
    "hy": "armenian", "sr": "serbian", "ne": "nepali", "ta": "tamil", "eo": "esperanto", "yi": "yiddish",
}  # fmt: skip
_UNSPACED = ("zh", "ja", "th", "lo", "km", "my")
"""Written without spaces between words: pairs of characters take the place of words (as in Lucene)."""
WIDTH = 256
SEEMS, FEW, TELLING, COMMON, ENOUGH = 0.2, 10, 3, 0.15, 400
"""From this share of stories on it is said that they seem not to be in English: stories of so many words or
more, of which less than this share are common English ones (of an English text it is nearly half); so many
characters of a text are looked at. Twice that share of another language's small words, and so many different
ones, say which it is, however short the story and few such stories."""


def code(language: str | None) -> str:
    """``de`` for ``de-AT``; English where nothing is said."""
    return (language or "en").replace("_", "-").split("-")[0].strip().lower() or "en"


def foreign(stories: Sequence[Story], house: str) -> dict[int, str]:
    """The stories (by number) that are not in English, with their language."""
    spoken = {i: code(s.language or house) for i, s in enumerate(stories)}
    return {i: which for i, which in spoken.items() if which != "en"}


def name_of(language: str) -> str:
    """The name of a language in English, else its code."""
    from stop_words import LANGUAGE_MAPPING

    found = LANGUAGE_MAPPING.get(language) or _MORE.get(language) or ""
    return str(found).capitalize() or repr(language)


def code_of(name: str) -> str | None:
    """The code of a language by its name in English; None where that is not known."""
    from stop_words import LANGUAGE_MAPPING

    codes = {str(said).casefold(): str(code) for code, said in (_MORE | LANGUAGE_MAPPING).items()}
    return codes.get(name.strip().casefold())


@cache
def analyser(language: str) -> tuple[Callable[[str], list[str]], tuple[str, ...]]:
    """What makes comparable words of a text, and which of its tools this language lacks."""
    import snowballstemmer
    from stop_words import LANGUAGE_MAPPING, get_stop_words

    if language in _UNSPACED:
        return _character_pairs, ()
    name = LANGUAGE_MAPPING.get(language) or _MORE.get(language) or language
    stem: Callable[[str], str] | None = None
    missing = []
    if name in snowballstemmer.algorithms():
        stem = snowballstemmer.stemmer(name).stemWord
    else:
        missing.append("stemmer")
    stop = frozenset(get_stop_words(language) if language in LANGUAGE_MAPPING else ())
    if not stop:
        missing.append("list of stop words")

    def words(text: str) -> list[str]:
        low = (t.lower() for t in tokens(text))
        kept = [w for w in low if w[0].isalpha() and w not in stop]
        return [stem(w) for w in kept] if stem else kept

    return words, tuple(missing)


def _character_pairs(text: str) -> list[str]:
    return [a + b for word in tokens(text) if word[0].isalpha() for a, b in pairwise(word)]


def stop_words(languages: Sequence[str]) -> frozenset[str]:
    """The words without content of their own in these languages."""
    from stop_words import LANGUAGE_MAPPING, get_stop_words

    return frozenset(w for one in languages if one in LANGUAGE_MAPPING for w in get_stop_words(one))


def listed_only(
    reading: Reading, others: dict[int, str], marked: frozenset[Place], stories: Sequence[Story]
) -> Reading:
    """The reading without the narratives of other languages, and without what English says of their lines.

    What a person listed or marked stays a behaviour (score 1).
    """
    if not others:
        return reading
    keep = [
        i
        for i, p in enumerate(reading.passages)
        if p.story not in others or p.listed or (stories[p.story].id, p.field, p.start, p.end) in marked
    ]
    kept = reading.take(keep)
    rows = [i for i, p in enumerate(kept.passages) if p.story in others]
    kept.score[rows], kept.classes[rows], kept.deed[rows] = 1.0, 0.0, 0
    return kept


def vectors(texts: Sequence[str], languages: Sequence[str]) -> Floats:
    """One vector of length 1 per text, TF-IDF over its stems on :data:`WIDTH` columns, shape (texts, WIDTH).

    Zero where ``languages`` says English.
    """
    said = [[] if which == "en" else analyser(which)[0](t) for t, which in zip(texts, languages, strict=True)]
    number: dict[str, int] = {}
    pairs = [
        (i, number.setdefault(w, len(number))) for i, words in enumerate(said) for w in dict.fromkeys(words)
    ]
    if not pairs:
        return np.zeros((len(texts), WIDTH))
    rows, columns = np.array(pairs, np.int64).T
    found = np.bincount(columns)
    rarity = np.log((1 + len(texts)) / (1 + found)) + 1
    table = sparse.csr_matrix((rarity[columns], (rows, columns)), shape=(len(texts), len(number)))
    # random directions (Achlioptas 2003), drawn for each word by itself: new stories move no other word
    signs = np.stack([_direction(w) for w in number])
    flat: Floats = np.asarray(table @ signs)
    unit: Floats = flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-9)
    return unit


def _direction(word: str) -> Floats:
    from zlib import crc32

    return np.random.default_rng(crc32(word.encode("utf-8", "surrogatepass"))).choice([-1.0, 1.0], WIDTH)


def notes(stories: Sequence[Story], house: str, english: frozenset[str]) -> list[str]:
    """What is missing for the languages of these stories, in plain sentences.

    Args:
        house: the workspace's language.
        english: common English words, to tell texts that are in another language than they are said to be.
    """
    others = foreign(stories, house)
    said = []
    for which in sorted(set(others.values())):
        count = sum(o == which for o in others.values())
        are = "story is" if count == 1 else "stories are"
        missing = analyser(which)[1]
        line = (
            f"{count:,} {are} in {name_of(which)}. Which sentences tell of a deed is known for English only, "
            "so their text is not read: list what was done under 'behaviours:', and these lines are compared"
        )
        without = f" word for word (there is no {' and no '.join(missing)} for it)" if missing else ""
        said.append(f"{line}{without}.")
    unlike: dict[str, list[str]] = {}
    for i, story in enumerate(stories):
        if i not in others and (tongue := seems(story.narrative, english)) is not None:
            unlike.setdefault(tongue, []).append(story.id)
    mute = unlike.pop("", [])
    for which, told in sorted(unlike.items()):
        seem, them, each = (
            ("story seems", "it", "the story") if len(told) == 1 else ("stories seem", "them", "each")
        )
        said.append(
            f"{len(told):,} {seem} to be in {name_of(which)} (for example {told[0]}), so what is read in "
            f"{them} cannot be relied on. Write 'language: {which}' into {each}, "
            "or into servicestory.yaml if most are, and list what was done under 'behaviours:'."
        )
    if mute and len(mute) >= SEEMS * len(stories):
        said.append(
            f"{len(mute):,} of {len(stories):,} stories do not seem to be in English. Give their language "
            "with 'language:' in servicestory.yaml or in the story; what is read in them cannot be relied on."
        )
    return said


def seems(text: str, english: frozenset[str]) -> str | None:
    """The language a text seems to be in, "" for one that is not known; None where it may be English."""
    text = text[:ENOUGH].lower()
    rough = text.split()  # says of nearly every English text that it is one, at a quarter of the cost
    if sum(map(english.__contains__, rough)) >= 2 * COMMON * len(rough):
        return None
    words = [w for w in tokens(text) if w[0].isalpha()]
    if sum(w in english for w in words) >= COMMON * len(words):
        return None
    other = set(words) - english
    small = {which: len(other & found) for which, found in _small_words().items()}
    best = max(small, key=lambda which: (small[which], which))
    if small[best] >= max(TELLING, 2 * COMMON * len(words)):
        return best
    return "" if len(words) >= FEW else None


@cache
def _small_words() -> dict[str, frozenset[str]]:
    """The stop words of every language but English that writes spaces between its words."""
    from stop_words import LANGUAGE_MAPPING

    return {one: stop_words([one]) for one in LANGUAGE_MAPPING if one not in ("en", *_UNSPACED)}
