"""A person's name out of any text or record, so that places in the text stay where they are."""

import re
import unicodedata
from calendar import month_abbr, month_name
from collections.abc import Collection, Sequence
from typing import Any

from servicestory.errors import Problem
from servicestory.not_names import NOT_NAMES
from servicestory.text import initials, slug

_SHORTEST = 2  # letters; a single one would be found everywhere
_OWNER = 4  # letters of the shortest single name looked for with an s; of shorter ones many make a word
_END = r"(?![^\W_])"
_HELPING = ("will", "may")  # no names by themselves, and yet people are called so


class Forgetting:
    """Replaces a person's names: a value that is the name by a pseudonym, one inside a text letter by letter.

    A text keeps its length, so evidence that points at characters of it still points at the same words.
    Ids made of the name (``anna-berg``) are changed alike wherever they stand, so nothing points at nothing.

    Of an owner only ids have an s and no apostrophe (``anna-bergs-keys``); in an English text "Mr Edwards" is
    another than Edward. Where people write "Annas Idee" of what is Anna's, that form goes too (``owners``).

    Args:
        owners: forms with an s that are to be found with their capital, see :func:`owned`.
        words: names that are everyday words as well ("Will"): they are names with a capital, and in small
            letters where somebody stands ("will helped me"). Where the word is a month ("in May", "May
            2026") it is none.
    """

    def __init__(
        self,
        names: Sequence[str],
        pseudonym: str,
        words: Collection[str] = (),
        owners: Collection[str] = (),
    ) -> None:
        patterns = {_pattern(name, name in words) for name in names}
        wanted = [_pattern(form, True) for form in sorted(owners, key=len, reverse=True)]
        wanted += sorted(patterns, key=lambda n: (-len(n), n))
        self._low = frozenset(name.casefold() for name in words if _typed_small(name))
        wanted += [_joined(name) + _END for name in sorted(self._low)]
        self._pattern = re.compile(rf"(?<![^\W_])(?:{'|'.join(wanted)})")
        self.pseudonym = pseudonym
        self.places = 0

    def text(self, text: str) -> str:
        """``text`` without the names, of the same length."""

        def mask(found: re.Match[str]) -> str:
            if _is_month(found) or self._is_word(found):
                return found[0]
            self.places += 1
            return re.sub(r"[^\W_]", lambda m: "X" if m[0].isupper() else "x", found[0])

        return self._pattern.sub(mask, text)

    def found(self, text: str) -> list[int]:
        """Where in ``text`` the names begin."""
        return [
            match.start()
            for match in self._pattern.finditer(text)
            if not _is_month(match) and not self._is_word(match)
        ]

    def months(self, text: str) -> list[int]:
        """Where in ``text`` one of the names begins that was taken for the month, and left."""
        return [match.start() for match in self._pattern.finditer(text) if _is_month(match)]

    def _is_word(self, found: re.Match[str]) -> bool:
        """Whether a name in small letters is the word there: "prices rose", and not "rose helped me"."""
        if found[0] not in self._low:
            return False
        from servicestory.wording.small_letters import is_somebody  # its tables take long to load

        return not is_somebody(found.string, *found.span())

    def value(self, value: Any, keys: bool = False) -> Any:
        """Any part of a record without the names; a text that is nothing but the name is the pseudonym.

        Args:
            keys: whether the keys of groups are looked at as well; those of our own records are no names.
        """
        if isinstance(value, str):
            if (whole := self._pattern.fullmatch(value.strip())) and not self._is_word(whole):
                self.places += 1
                return self.pseudonym
            return self.text(value)
        if isinstance(value, list):
            return [self.value(item, keys) for item in value]
        if isinstance(value, dict):
            return {self.text(key) if keys else key: self.value(item, keys) for key, item in value.items()}
        return value


def owned(name: str) -> str:
    """The name with an s and no apostrophe ("Annas", "Anna Bergs"); empty where it would be another word."""
    ends = name[-1:].casefold() in ("s", "x", "z", "ß")
    return "" if ends or len(name) < _OWNER else f"{name}{'S' if name.isupper() else 's'}"


_MONTHS = frozenset(name.casefold() for names in (month_name, month_abbr) for name in names if name)
_MONTH_AFTER = re.compile(
    r"(?:\b(?:in|since|until|till|during|throughout|last|next|early|late|mid)[\s-]+"
    r"|\b\d{1,2}(?:st|nd|rd|th)?\.?[\s-]+(?:of\s+)?)$",
    re.IGNORECASE,
)
_MONTH_BEFORE = re.compile(r",?[\s-]+(?:\d{4}|\d{1,2}(?:st|nd|rd|th)?)\b")


def _is_month(found: re.Match[str]) -> bool:
    """Whether a name that is a month's as well is the month: "in May", "3 May", "May 2026"."""
    if found[0].casefold() not in _MONTHS:
        return False
    before = found.string[max(0, found.start() - 20) : found.start()]
    return bool(_MONTH_AFTER.search(before) or _MONTH_BEFORE.match(found.string, found.end()))


def _typed_small(name: str) -> bool:
    """Whether a name that is a word as well may be somebody in small letters: "rose", and not "nobody"."""
    from servicestory.wording.morphology import is_common  # its tables take long to load

    low = name.casefold()
    return name.isalpha() and is_common(low) and (low not in NOT_NAMES or low in _HELPING)


def _pattern(name: str, word: bool) -> str:
    """What finds one name, up to where it ends."""
    if word:
        return _joined(name[:1].upper() + name[1:]) + _END
    whole, plain = f"(?i:{_joined(name)}{_as_filed(name)}){_END}", slug(name)
    if letters := initials(name):  # "J.F." is "J. F." and "JF" too, and j-f in an id
        # not the letters of a document's id, such as JB-0001
        apart, joined = "[.]?[-_]?[ ]?".join(letters), "-".join(letters.casefold())
        return f"{whole}|{apart}(?:[.]|(?![.])){_END}(?!-\\d{{4}})|(?<=-){joined}{_END}"
    if "-" not in plain and len(plain) < _OWNER:
        return whole
    return f"{whole}|{'' if '-' in plain else '(?<=-)'}{plain}(?=s{_END})"


def _joined(name: str) -> str:
    """A pattern for a name, its parts set apart by spaces, line breaks, hyphens or underscores.

    Raises:
        Problem: it is too short to be looked for.
    """
    parts = [part for part in re.split(r"[\s_-]+", name) if part]
    if sum(letter.isalnum() for part in parts for letter in part) < _SHORTEST:
        raise Problem(f"'{name}' is too short to be looked for", "", "Give the whole name")
    return r"[\s_-]+".join(_letters(part) for part in parts)


def _as_filed(name: str) -> str:
    """A pattern for the other order of a name, as lists have it ("Berg, Anna"); empty for one word."""
    *given, family = name.split()
    return rf"|{_letters(family)},\s*" + r"\s+".join(map(_letters, given)) if given else ""


def _letters(part: str) -> str:
    """A pattern for one part of a name, with or without its accents, and as ids have it ("oneil")."""
    plain = unicodedata.normalize("NFKD", part).encode("ascii", "ignore").decode()
    forms = [part, unicodedata.normalize("NFC", part), unicodedata.normalize("NFD", part), plain]
    if re.search("[a-zA-Z]", plain) and (in_ids := slug(part)) != plain.casefold():
        forms.append(in_ids)
    patterns = [re.sub("['’]", "['’]", re.escape(form)) for form in dict.fromkeys(forms) if form]
    return f"(?:{'|'.join(patterns)})"
