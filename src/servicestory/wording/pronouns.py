"""Whether a "she" further on can be nobody else than the one colleague a story names."""

import re
from collections.abc import Collection

from servicestory.wording import lexicon as lex

_HERS = frozenset(("she", "her", "hers", "herself"))
_HIS = frozenset(("he", "him", "his", "himself"))
_WOMEN = frozenset(
    """lady ladies woman women girl girls mum mom mother wife daughter aunt gran granny grandmother sister niece
    mrs ms miss madam frau bride widow girlfriend waitress""".split()
)
_MEN = frozenset(
    """gentleman gentlemen man men boy boys dad father husband son uncle grandad grandfather brother nephew
    mr sir herr groom widower boyfriend waiter lad guy""".split()
)
_EITHER = frozenset(
    "child children kid baby couple friend neighbour neighbor partner parent parents boss somebody someone".split()
)
_PEOPLE = lex.SERVED | lex.WORKERS | lex.FAMILY.keys() | _EITHER | _WOMEN | _MEN
_WORD = re.compile(r"[^\W\d_]+")


def nobody_else(text: str, start: int, names: Collection[str], pronoun: str) -> bool:
    """Whether the pronoun at ``start`` means the one person of ``names`` that the text told of before.

    So where nobody else could be called so: nobody of that kind is told of, and whoever else there is was called
    by the other pronoun before the name came ("A guest was lost. He was cross. Ines drew a map. Then she ...").

    Args:
        names: the words of names of the story's people, folded; told of may be one person only.
    """
    if pronoun not in ("she", "he"):
        return False
    kind, own, other = (_WOMEN, _HERS, _HIS) if pronoun == "she" else (_MEN, _HIS, _HERS)
    said = [word.casefold() for word in _WORD.findall(text[:start])]
    at = [n for n, word in enumerate(said) if word in names]
    if not at or any(said[n] != said[at[0]] and said[n - 1] not in names for n in at):
        return False  # nobody, or two people
    before, since = said[: at[0]], said[at[-1] + 1 :]
    if kind & set(said) or own & set(before) or _PEOPLE & set(since):
        return False
    return not (_PEOPLE & set(before)) or bool(other & set(before))
