"""The article before a word: "a guest", "an early arrival"."""

import re


def with_article(words: str) -> str:
    """``words`` with "a" or "an" before them.

    >>> with_article("guest"), with_article("early guest")
    ('a guest', 'an early guest')
    """
    return f"{'an' if words[0].casefold() in 'aeio' else 'a'} {words}"


def articles(line: str) -> str:
    """``line`` with every "a" and "an" put right for the word that follows.

    >>> articles("bring a extra towel and an blanket")
    'bring an extra towel and a blanket'
    """
    line = re.sub(r"\ban (?=[bcdfgjklmnpqrstvwxyz])", "a ", line)
    return re.sub(r"\ba (?=[aeio])", "an ", line)
