"""Underlined headings as people write them: right below other text, and with a number in front."""

import re
from collections.abc import Sequence
from typing import Any

_TITLE = re.compile(r" {0,3}(?![-+*][ \t]|#{1,6}[ \t]|[>|<`~=-])\S[^|]*")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*")
_NUMBER = re.compile(r"(\d{1,9})([.)])(?=[ \t])")
_VERBATIM = ("fence", "code_block", "html_block")


def set_apart(lines: Sequence[str], tokens: Sequence[Any]) -> tuple[list[str], list[int]] | None:
    """The lines with each underlined title as a paragraph of its own, and which line each of them was.

    CommonMark takes all lines of a paragraph above an underline for the title, and reads "4. Leaving" above
    one as a list, a line below a list or table as part of it. Who writes so means the one line.

    Args:
        tokens: what CommonMark reads in these lines.

    Returns:
        None when it reads every title as it is meant.
    """
    verbatim = {n for t in tokens if t.type in _VERBATIM for n in range(*t.map)}
    heads = {t.map[1] - 2: t.map[0] for t in tokens if t.type == "heading_open" and t.level == 0}
    meant = [
        n
        for n in range(len(lines) - 1)
        if not {n, n + 1} & verbatim
        and heads.get(n) != n
        and (heads.get(n, n) < n or _surely(lines, n))
        and _TITLE.fullmatch(lines[n])
        and _UNDERLINE.fullmatch(lines[n + 1])
    ]
    if not meant:
        return None
    made, was = list[str](), list[int]()
    for number, line in enumerate(lines):
        if number in meant:
            made.append("")
            was.append(number - 1)
            line = _NUMBER.sub(r"\1\\\2", line, count=1) if _NUMBER.match(line) else line
        made.append(line)
        was.append(number)
    return made, was


def _surely(lines: Sequence[str], number: int) -> bool:
    """Whether a title is meant where CommonMark sees a list or table, and a rule below it.

    A rule is as long as it happens to be; an underline is of "=", or as long as its title.
    """
    title, under = lines[number].rstrip(), lines[number + 1].rstrip()
    after_text = number > 0 and bool(lines[number - 1].strip())
    if not title or title[0].isspace() or not (after_text or _NUMBER.match(title)):
        return False
    return len(under) > 2 and (under[0] == "=" or abs(len(under) - len(title)) <= 1)
