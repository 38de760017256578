"""What stands beside a known name and names somebody too: the rest of it, and whom an "and" joins to it."""

import re
from collections.abc import Collection

from servicestory.german_nouns import is_german, is_noun
from servicestory.honorifics import SMALL
from servicestory.not_names import FAMILY_NAMES, NOT_NAMES
from servicestory.wording.given import is_given, shouted
from servicestory.wording.lexicon import FIRST_NAMES, FUNCTION

Words = list[re.Match[str]]
Span = tuple[int, int]
"""(first, one past the last) word of a name."""

SENTENCE_END = re.compile(r"(?:^|[.!?:]\s+|[“\"]|\n|(?<=\w)[.!?])\s*$")
_INITIALS = re.compile(r"[A-Z]{1,3}")
_AND = re.compile(r"(?:\s*,)?\s+(?:and|or|n)\s+|\s*&\s*|\s*/\s*")
# A list that nobody's name ends: "Ana, Milo and the rest of the team", "(Ana, Milo)", "Ana, Milo were".
_OTHERS = re.compile(
    r"\s*\)|\s+(?:were|are|both|have)\b"
    r"|(?:\s*,)?\s*(?:and|&|plus)\s+(?:(?:all|the|their|our|your|his|her|whole|entire)\s+){0,3}"
    r"(?:rest|others?|all|everyone|everybody|teams?|crew|staff|colleagues|company|co)\b",
    re.IGNORECASE,
)
_JOINS = ("and", "or", "n")
_COMMA = re.compile(r"[*\"”]?\s*,\s*")
_TITLES = frozenset(("mr", "mrs", "ms", "dr"))
# First names as they are shortened in writing, a stop behind them: "Md. Milo", "Sk.Milo", "Wm. Holm".
_SHORTENED = frozenset(("md", "mohd", "sk", "shk", "wm", "chas", "thos", "jas"))
_PLACED = frozenset(("in", "at", "near", "the", "a", "an"))  # "in Lisbon, Rosa and Milo": a place
_LONGEST = 4  # words of a name
_LED_BY = re.compile(rf"\b([A-ZÀ-ÖØ-Þ][^\W\d_]+)[ \t]+{SMALL}{{1,2}}$")
_GOES_ON_OF = re.compile(rf"[ \t]+{SMALL}{{1,2}}[A-ZÀ-ÖØ-Þ][^\W\d_]+")

_ARTICLE = re.compile(r"[ \t]+(?:de[nmrs]|das)[ \t]")  # "half Petra den Koffer zu tragen"


def goes_on_of(text: str, at: int) -> re.Match[str] | None:
    """What goes on a name that ends at ``at`` in small words: "Xavier de la Tour", and no German article."""
    rest = _GOES_ON_OF.match(text, at)
    return None if rest and _ARTICLE.match(rest[0]) and is_german(text) else rest


def whole_name(text: str, words: Words, at: int, end: int) -> Span:
    """The whole of a name known from word ``at`` to ``end``: "SK Milo", "Milo yadav", "Milo R. Holm"."""
    first = at
    while end < len(words) and end - at < _LONGEST:
        if rest := goes_on_of(text, words[end - 1].end()):
            end = next(
                n for n in range(end, len(words) + 1) if n == len(words) or words[n].start() >= rest.end()
            )
            continue
        word, between = words[end][0], _gap(text, words, end)
        before = words[end - 1][0]
        abbreviated = between.strip() == "." and (len(before) == 1 or before.casefold() in _TITLES)
        initial = len(word) == 1 and word.isupper() and word not in "AI"
        spaced = _one_name(between) or abbreviated
        family = word.casefold() in FAMILY_NAMES or (
            _long_name(word) and _goes_on(text, words[end - 1][0], word)
        )
        small = word.islower() and small_family(text, words[end])
        if not spaced or not (family or initial or small):
            break
        end += 1
    led = _LED_BY.search(text, max(0, words[first].start() - 40), words[first].start())
    if led and is_given(led[1]):
        first = next(n for n, word in enumerate(words) if word.end() > led.start(1))
    shortened = first and _gap(text, words, first).strip() == "." and _capital(words[first - 1][0])
    if shortened and words[first - 1][0].casefold() in _SHORTENED:
        first -= 1
    elif first and _one_name(_gap(text, words, first)):
        word = words[first - 1][0]
        if _initials(word) or (
            _long_name(word) and not _opens(text, words[first - 1]) and not _everyday(word)
        ):
            first -= 1
    return first, end


GOES_ON_AFTER = re.compile(r"[ \t]+(?:and|&|was|were|is|are|has|have|who)\b")


def small_family(text: str, word: re.Match[str]) -> bool:
    """Whether a word in small letters after a name is the rest of it: "Sabir kusal was", "Anil patil and"."""
    if len(word[0]) < 3 or word[0] in FUNCTION or not GOES_ON_AFTER.match(text, word.end()):
        return False
    from servicestory.wording.morphology import is_common

    return not is_common(word[0])


def _goes_on(text: str, first: str, word: str) -> bool:
    """Whether a word after a name is of it: an everyday one after a first name alone, "Stephen Baker"."""
    if is_noun(word) and is_german(text):
        return False  # "trug Frau Brandt Koffer und Tasche hoch"
    return not _everyday(word) or (is_given(first) and not shouted(text))


def joined(text: str, words: Words, name: Span, known: Collection[str] = ()) -> tuple[list[Span], list[Span]]:
    """The names before and after this one that an "and" joins to it, and those of the list it ends.

    In "Rosa, Xaver and Milo" each leads to both others. A capital makes a name, but for an everyday word that
    opens a sentence ("Lunch and Milo") and for what follows "the": to name a person does more harm than to
    hide a place. A comma alone joins nothing, but in brackets, before
    "and the rest" and before "were" what stands behind it is joined, too.

    Args:
        known: names in small letters that are taken for names without a capital as well.
    """
    first, end = name
    after: list[Span] = []
    sure = 0
    alone = _opens(text, words[first])  # "Milo, Rosa, Xaver. A good place.": a sentence of names and no more
    while (found := _next(text, words, end, known)) is not None:
        span, by_and = found
        after.append(span)
        end = span[1]
        alone = alone and not any(_everyday(word[0]) for word in words[slice(*span)])
        listed = (
            by_and or _OTHERS.match(text, words[end - 1].end()) or (alone and _ends(text, words[end - 1]))
        )
        sure = len(after) if listed else sure
    before: list[Span] = []
    commas = sure > 0
    while (one := _previous(text, words, first, commas)) is not None:
        before.insert(0, one)
        first, commas = one[0], True
    return before, after[:sure]


def past(text: str, last: re.Match[str]) -> int:
    """Where a name ends, with the stop of a last initial that ends no sentence: "Milo R. came", "J.F.'s"."""
    stop = len(last[0]) == 1 and re.match(r"\.(?:\s+[a-z]|['’,;:!?)])", text[last.end() :]) is not None
    return last.end() + stop


def _next(text: str, words: Words, end: int, known: Collection[str]) -> tuple[Span, bool] | None:
    """The name that an "and" or a comma joins to what ended before ``end``, and whether it was an "and"."""
    at = end + (end < len(words) and words[end][0] in _JOINS)
    if at >= len(words):
        return None
    between = text[words[end - 1].end() : words[at].start()]
    by_and = _AND.fullmatch(between) is not None
    if not by_and and not _COMMA.fullmatch(between):
        return None
    word = words[at][0]
    if word.islower() and (
        word in known
        or _only_a_name(word)
        or (_small(text, words, at) if by_and else _listed(word, words[end - 1][0]))
    ):
        return whole_name(text, words, at, at + 1) if is_given(word) else (at, at + 1), by_and
    span = at, whole_name(text, words, at, at + 1)[1]
    alone = not _initials(word) and word.casefold() not in _TITLES  # a name by itself
    if word.casefold() in known or (_named(word) if alone else span[1] > at + 1):
        return span, by_and
    return None


def _only_a_name(word: str) -> bool:
    """Whether a word in small letters is a first name and no word of the dictionary."""
    from servicestory.wording.morphology import is_common

    return is_given(word) and not is_common(word)


def _small(text: str, words: Words, at: int) -> bool:
    """Whether a word in small letters after "and" is a name: no word of the dictionary, or one that then acts."""
    from servicestory.wording.morphology import is_common, past_lemma

    word = words[at][0]
    if len(word) < 3 or word in FUNCTION:
        return False
    if not is_common(word):
        return True
    if word not in FIRST_NAMES:
        return False
    follows = words[at + 1][0] if at + 1 < len(words) and not _gap(text, words, at + 1).strip() else ""
    if not follows:  # "thanks to rosa and mark!"
        return _ends(text, words[at]) and (at < 2 or words[at - 2][0].islower())
    return follows in ("was", "were", "are", "is", "both", "for") or past_lemma(follows) is not None


def _listed(word: str, before: str) -> bool:
    """Whether a word in small letters may stand in a list of names that an "and" or "were" ends."""
    from servicestory.wording.morphology import is_common

    return (before.islower() and word in FIRST_NAMES) or (len(word) > 2 and not is_common(word))


def _ends(text: str, word: re.Match[str]) -> bool:
    return re.match(r"\s*(?:$|[.!;)])", text[word.end() :]) is not None


def _previous(text: str, words: Words, at: int, listed: bool) -> Span | None:
    """The name before ``at``: joined by an "and", or by a comma where it stands in a list."""
    end = at - (at > 0 and words[at - 1][0] in _JOINS)
    if end < 1:
        return None
    between = text[words[end - 1].end() : words[at].start()]
    by_and = _AND.fullmatch(between) is not None
    if not by_and and not (listed and _COMMA.fullmatch(between)):
        return None
    first = end
    while first and end - first < _LONGEST:
        word = words[first - 1][0]
        begins = first < end and _initials(word)
        small = first == end and by_and and _only_a_name(word)
        if not (_named(word) or begins or small) or (
            first < end and (not _one_name(_gap(text, words, first)) or _everyday(word))
        ):
            break
        first -= 1
    if first < end and _opens(text, words[first]) and _everyday(words[first][0]):
        first += 1
    if first == end:
        return None
    said = words[first - 1][0].casefold() if first and not _gap(text, words, first).strip() else ""
    return None if said in _PLACED else (first, end)


def _gap(text: str, words: Words, at: int) -> str:
    """What stands between a word and the one before it."""
    return text[words[at - 1].end() : words[at].start()]


def _one_name(between: str) -> bool:
    """Whether words so far apart may be one name: "Ana Lima", "Anne-Marie", "O'Dell"."""
    return not between.strip() or between in ("-", "'", "’")


def _opens(text: str, word: re.Match[str]) -> bool:
    return opens(SENTENCE_END, text, word.start())


def opens(end: re.Pattern[str], text: str, at: int) -> bool:
    """Whether a sentence begins at ``at``: ``end``, which ends with ``$``, is looked for just before it."""
    return end.search(text, max(0, at - _JUST_BEFORE), at) is not None


_JUST_BEFORE = (
    40  # a mark and white space; to look through all that stands before, name by name, takes for ever
)


def _long_name(word: str) -> bool:
    return len(word) > 2 and _capital(word) and word.casefold() not in NOT_NAMES


def _named(word: str) -> bool:
    """Whether a word with a capital may be a name, wherever it stands: "Zoë", "Brown", "Mr", "Will"."""
    low = word.casefold()
    return _capital(word) and (low in FIRST_NAMES or not (low in NOT_NAMES or low in FUNCTION))


def _capital(word: str) -> bool:
    return word[0].isupper() and not word.isupper()


def _initials(word: str) -> bool:
    """Capitals that may begin a name: "SK Milo", "O'Dell"."""
    return _INITIALS.fullmatch(word) is not None and word not in (
        "I",
        "A",
        "VIP",
        "TV",
        "CEO",
        "CFO",
        "COO",
        "GM",
    )


def _everyday(word: str) -> bool:
    from servicestory.wording.morphology import is_common  # its tables take long to load

    low = word.casefold()
    return low not in FIRST_NAMES and not is_given(low) and is_common(low)
