"""One colleague spelled in two ways at the same site ("Sorvind", "Sorbind"): proposed and counted as one."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from servicestory.not_names import GIVEN_NAMES, NOT_NAMES
from servicestory.text import unaccented

LEAST = 5
"""Letters; of shorter names a letter more or less is another name."""
LONG = 8
"""Letters from which on two may differ."""

Spelled = Mapping[tuple[str, str], str]
"""(name, site), both folded -> the name it is most likely a spelling of."""


def spellings(told: Iterable[tuple[str, str, Collection[str]]], settled: Collection[str] = ()) -> Spelled:
    """Names that are near-equal to one told of more often at their site.

    Two names that one story has side by side are two people, whatever their letters. A name is not compared
    with one that is itself only a spelling, so that no chain of small steps joins two that differ. Stories
    without a site may be of any number of houses: their names are not compared.

    Args:
        told: (story id, folded site, names as written) of each story that names somebody.
        settled: folded names that are certain (on the staff list, or confirmed): never a spelling of another.
    """
    stories: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    written: dict[str, str] = {}
    for story, site, names in told:
        if not site:
            continue
        for name in names:
            stories[site][name.casefold()].add(story)
            written[name.casefold()] = min(name, written.get(name.casefold(), name))
    found = {}
    for site, here in stories.items():
        order = sorted(here, key=lambda name: (name not in settled, -len(here[name]), name))
        mains: list[str] = []
        for name in order:
            main = None
            if name not in settled:
                main = next((m for m in mains if _one(name, m) and here[name].isdisjoint(here[m])), None)
            if main is None:
                mains.append(name)
            else:
                found[name, site] = written[main]
    return found


def spelled_alike(words: Collection[str], names: Collection[str]) -> list[str]:
    """Words (folded) that are no names yet, in no dictionary, and near-equal to one of the names."""
    by_letter: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names):
        by_letter[name[0]].append(name)
    open_ = [word for word in sorted(words) if word not in names and word not in NOT_NAMES]
    close = [word for word in open_ if any(near(word, name) for name in by_letter.get(word[0], ()))]
    if not close:
        return []
    from servicestory.wording.morphology import is_common  # its tables take long to load

    return [word for word in close if not is_common(word)]


def likely_same(one: str, other: str) -> bool:
    """Whether two names of people, sites or teams are likely one, written otherwise than in small letters.

    They differ in accents, in where words are parted, in "St." for "Street", or word by word by what `_near`
    allows. Names that
    differ in a number (Ward 3, Ward 4) or in a short word (Site A, Site B) are two.
    """
    a, b = _in_full(_plain(one)), _in_full(_plain(other))
    if a == b and one.casefold().split() == other.casefold().split():
        return False
    if len(a) != len(b):
        return "".join(a) == "".join(b)
    if a == b:
        return True  # but for accents or hyphens
    differing = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    return all(not (_DIGIT.search(x + y)) and _one(x, y) for x, y in differing)


def meant_of(name: str, listed: Iterable[str]) -> list[str]:
    """Those of the people ``listed`` who can be meant by a name that none of them has, the likeliest first.

    First or family name alone, or with initials ("Anna", "Anna B.", "A. Berg"), stand for everybody they fit.
    Else the name that differs in one letter, in two where it is long; the list is short and certain, so less
    is asked of it than of two names in stories. Else everybody whose first or family name it may be, misspelt
    ("Ana" of two called Anna).
    """
    people = sorted(set(listed))
    return (
        [one for one in people if short_of(name, one)]
        or _near_to(name, people)[:1]
        or [one for one in people if _misspells_part(name, one)]
    )


def _misspells_part(name: str, full: str) -> bool:
    said, words = _plain(name), _plain(full)
    if len(said) != 1 or len(words) < 2:
        return False
    ends = {words[0], words[-1]}
    return any(_slips(said[0], word) for word in ends)


def _slips(said: str, word: str) -> bool:
    """Whether a word of a name was likely meant: shorter ones too, where nobody is called as it is typed."""
    if _once(said) == _once(word) or _one(said, word):
        return True
    if min(len(said), len(word)) < LEAST - 1 or said[0] != word[0]:
        return False
    from rapidfuzz.distance import OSA

    from servicestory.wording.given import is_given

    return OSA.distance(said, word, score_cutoff=1) <= 1 and not is_given(said)


def _once(word: str) -> str:
    """A word with each doubled letter once: of all slips the likeliest in a short name."""
    return re.sub(r"(.)\1", r"\1", word)


def place_meant(name: str, listed: Iterable[str]) -> list[str]:
    """The sites, or teams, that can be meant: "Quay" is "Quay House", but "Ward" is not "Ward 3"."""
    places = sorted(set(listed))
    first = [one for one in places if first_word_of(name, one)]
    like = first or [one for one in places if likely_same(name, one)] or _near_to(name, places)[:1]
    if not like and len(_plain(name)) == 1:  # "Caffe" of "Café Nord"
        like = [one for one in places if len(_plain(one)) > 1 and _slips(_plain(name)[0], _plain(one)[0])]
    return [one for one in like if _DIGIT.findall(one) == _DIGIT.findall(name)]


def first_word_of(name: str, other: str) -> bool:
    """Whether one is the first word of the other: "Quay" of "Quay House", but not "Ward" of "Ward 3"."""
    short, long = sorted((name.casefold().split(), other.casefold().split()), key=len)
    numbered = any(letter.isdigit() for letter in "".join(long))
    return len(short) == 1 < len(long) and short == long[:1] and not numbered


def short_of(name: str, full: str) -> bool:
    """Whether a name is a part of a full one, or has initials where that has words."""
    a, b = _plain(name), _plain(full)
    if len(a) == 1 and len(b) > 1:
        return len(a[0]) > 1 and a[0] in (b[0], b[-1])
    if a == b or len(a) != len(b) or not any(x == y and len(x) > 1 for x, y in zip(a, b, strict=True)):
        return False
    return all(x == y or (len(x) == 1 and y.startswith(x)) for x, y in zip(a, b, strict=True))


def _near_to(name: str, listed: Iterable[str]) -> list[str]:
    """The names a letter or two away, the nearest first."""
    said = " ".join(_plain(name))
    allowed = 2 if len(said) >= LONG else 1
    if len(said) < LEAST - 1:
        return []
    long = [(one, plain) for one in listed if abs(len(plain := " ".join(_plain(one))) - len(said)) <= allowed]
    if not long:
        return []
    from rapidfuzz.distance import OSA

    away = ((OSA.distance(said, plain, score_cutoff=allowed), one) for one, plain in long)
    usual = {said} <= GIVEN_NAMES  # "Maria" is no slip for "Marta"
    return [
        one for far, one in sorted(away) if far <= allowed and not (usual and one.casefold() in GIVEN_NAMES)
    ]


@lru_cache(maxsize=16384)  # each name is compared with all others of its letter
def _plain(name: str) -> tuple[str, ...]:
    """The words of a name, folded, without accents, points and hyphens."""
    return tuple(re.sub(r"[-.'’]+", " ", unaccented(name.casefold())).split())


_SHORT = {"st": "street", "rd": "road", "ave": "avenue", "sq": "square", "ln": "lane", "blvd": "boulevard"}


def _in_full(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a name that ends in a short form, such as Main St, with that written out."""
    return (*words[:-1], _SHORT.get(words[-1], words[-1])) if len(words) > 1 else words


_DIGIT = re.compile(r"\d")


def _one(one: str, other: str) -> bool:
    """Whether two names are likely one; "Maria" and "Marta" are a letter apart, and both are usual."""
    return near(one, other) and not any(
        a != b and {a, b} <= GIVEN_NAMES for a, b in zip(one.split(), other.split(), strict=False)
    )


def near(one: str, other: str) -> bool:
    """Whether a letter (two of a long name) makes them one; the first has to agree."""
    if min(len(one), len(other)) < LEAST or one[0] != other[0]:
        return False
    from rapidfuzz.distance import OSA

    allowed = 2 if min(len(one), len(other)) >= LONG else 1
    return OSA.distance(one, other, score_cutoff=allowed) <= allowed
