"""Stories in other languages than English: what can be done with them, and what cannot is said.

Which sentences tell of a deed was learned from English only. Of a story in another language the lines its
teller listed under ``behaviours`` are taken, and compared by the stems of their words (Snowball, Porter 2001)
without the language's stop words.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
from scipy import sparse

from servicestory.detect.features import Floats
from servicestory.detect.reading import Place, Reading
from servicestory.detect.words import STOP, tokens
from servicestory.models.story import Story

_MORE = {
    "no": "norwegian", "nn": "norwegian", "et": "estonian", "eu": "basque", "ga": "irish", "lt": "lithuanian",
    "hy": "armenian", "sr": "serbian", "ne": "nepali", "ta": "tamil", "eo": "esperanto", "yi": "yiddish",
}  # fmt: skip
_UNSPACED = ("zh", "ja", "th", "lo", "km", "my")
"""Written without spaces between words: pairs of characters take the place of words (as in Lucene)."""
LONGEST_CODE = 3
"""Letters of a language's code at most (ISO 639); more are a name."""
WIDTH = 256
COMMON, ENOUGH, FEWEST, SURE, IN_DICTIONARY = 0.3, 400, 3, 0.7, 0.5
"""A text of whose words this share are common English ones is English (it is nearly half of most); of others
so many characters are looked at, and with so many words or more they are in the language they are most like,
when that is as probable as this and a smaller share of the words than this is in an English dictionary:
strange names in a note of few words ("lovely lady, sorted parcel") are no other language."""
SEEMS, FEW, STRANGE = 0.2, 10, 0.15
"""From this share of stories on it is said that they seem to be in no known language: stories of so many
words or more, of which less than this share are common English ones."""


@cache
def code(language: str | None) -> str:
    """``de`` for ``de-AT`` and for "German"; English where nothing is said."""
    said = (language or "en").replace("_", "-").split("-")[0].strip().lower() or "en"
    return said if len(said) <= LONGEST_CODE else code_of(said) or said


def spoken(story: Story, house: str) -> str:
    """The language of a story: what it says, else what it seems to be in where the house's is English."""
    if story.language or code(house) != "en":
        return code(story.language or house)
    return seems(story.narrative) or "en"


def foreign(stories: Sequence[Story], house: str) -> dict[int, str]:
    """The stories (by number) that are not in English, with their language."""
    tongues = ((i, spoken(story, house)) for i, story in enumerate(stories))
    return {i: which for i, which in tongues if which != "en"}


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


def notes(stories: Sequence[Story], house: str, others: Mapping[int, str]) -> list[str]:
    """What is missing for the languages of these stories, in plain sentences.

    Args:
        house: the workspace's language.
        others: see :func:`foreign`.
    """
    given: dict[str, int] = {}
    unmarked: dict[str, list[str]] = {}
    for i, which in others.items():
        if stories[i].language or code(house) != "en":
            given[which] = given.get(which, 0) + 1
        else:
            unmarked.setdefault(which, []).append(stories[i].id)
    said = []
    for which, count in sorted(given.items()):
        are, its = ("story is", "its text is") if count == 1 else ("stories are", "their text is")
        missing = analyser(which)[1]
        line = (
            f"{count:,} {are} in {name_of(which)}. Which sentences tell of a deed is known for English only, "
            f"so {its} not read: list what was done under 'behaviours:', and these lines are compared"
        )
        without = f" word for word (there is no {' and no '.join(missing)} for it)" if missing else ""
        said.append(f"{line}{without}.")
    if unmarked:
        said.append(_unmarked(unmarked))
    if code(house) == "en":
        strange = sum(
            i not in others and _strange(s.narrative) for i, s in enumerate(stories) if not s.language
        )
        if strange and strange >= SEEMS * len(stories):
            said.append(
                f"{strange:,} of {len(stories):,} stories do not seem to be in English. Give their "
                "language with 'language:' in servicestory.yaml or in the story; what is read in them cannot "
                "be relied on."
            )
    return said


def _unmarked(told: Mapping[str, Sequence[str]]) -> str:
    """One sentence for the stories nobody marked, however many languages they seem to be in.

    Args:
        told: language -> the ids of the stories that seem to be in it.
    """
    most = sorted(told, key=lambda which: (-len(told[which]), name_of(which)))
    count, first = sum(map(len, told.values())), most[0]
    seem, they, it, each = (
        ("story seems", "It is", "it", "the story")
        if count == 1
        else ("stories seem", "They are", "them", "each")
    )
    if len(most) == 1:
        into, mark = f"{name_of(first)} (for example {told[first][0]})", f"mark {it} with 'language: {first}'"
    else:
        each_one = (f"{len(told[one]):,} {name_of(one)} ({one}: {told[one][0]})" for one in most)
        into = f"other languages than English: {', '.join(each_one)}"
        mark = f"mark each with its language, such as 'language: {first}'"
    return (
        f"{count:,} {seem} to be in {into}. {they} kept and shown but not read for practices: which "
        f"sentences tell of a deed is known for English only. List what was done under 'behaviours:', and "
        f"{mark}. Where that is wrong, write 'language: en' into {each}, and it is read."
    )


def seems(text: str) -> str | None:
    """The language a text is in that surely is not English; None where it may be."""
    text = text[:ENOUGH]
    if _plainly_english(text):
        return None
    words = [w for w in tokens(text) if w[0].isalpha()]
    if len(words) < FEWEST and sum(map(len, words)) < FEW:  # where no spaces are written one word says much
        return None
    which, probability = _identifier().classify(text)
    if probability < SURE or which in ("en", *_NONE):
        return None
    from servicestory.wording.morphology import is_common  # its tables take long to load

    english = sum(is_common(word.lower()) for word in words)
    return None if english >= IN_DICTIONARY * len(words) else str(which)


def _plainly_english(text: str) -> bool:
    """Whether so many of the words are common English ones as in nearly every English text; quick to tell."""
    words = text.lower().split()
    return sum(map(STOP.__contains__, words)) >= COMMON * len(words)


def _strange(text: str) -> bool:
    """Whether a longer text has hardly a common English word, in whatever language it is."""
    text = text[:ENOUGH]
    if _plainly_english(text):
        return False
    words = [w for w in tokens(text.lower()) if w[0].isalpha()]
    return len(words) >= FEW and sum(map(STOP.__contains__, words)) < STRANGE * len(words)


_NONE = ("zxx", "und")  # how the identifier says that a text is in no language


@cache
def _identifier() -> Any:
    """Naive Bayes over byte sequences (Lui & Baldwin 2012, langid.py); loaded for a text hardly English."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
