"""One place where text becomes safe for a terminal, for markdown and for HTML, and short or plural."""

import re
import unicodedata
from typing import Any

# Whole sequences (ECMA-48): colours and moves, titles and links that have an end, character sets.
_SEQUENCE = re.compile(
    "(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]"
    "|(?:\x1b[\\]P^_X]|[\x9d\x90])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\\\|\x9c)"
    "|\x1b[()][0-9A-B]|\x1b[=>]"
)
# C0 and C1 controls (an escape sequence starts with one), and the bidirectional overrides that can
# make a line read differently from what it says (CVE-2021-42574).
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
# With a backslash what CommonMark, Python-Markdown and MDX all take back; the rest as entities.
_MARKDOWN_INLINE = re.compile(r"([\\`*_\[\]{}<>|~&$])")
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;", "|": "&#124;", "~": "&#126;", "$": "&#36;"}
_LONGEST_WORD, _LONGEST_LINE = 200, 1500  # characters of a message; the path of a file is a word as well
_LINK = re.compile(r"(?i)\b(https?|ftp|javascript|data|mailto|file):|\bwww\.")


def strip_controls(text: str) -> str:
    """``text`` without control characters and bidirectional overrides; newlines and tabs stay.

    Of an escape sequence nothing is left: "[31m" alone would read as if somebody had written it.
    """
    if _CONTROL.search(text) is None:
        return text  # as nearly every text: sequences, which begin with a control, take long to look for
    text = _SEQUENCE.sub("", text)
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def safe_terminal(text: str) -> str:
    """``text`` with nothing a terminal would obey: no escape sequences, no overrides, no lone surrogates."""
    return strip_controls(text).encode("utf-8", "replace").decode("utf-8")


def folded(text: str) -> str:
    """Text as it is compared: small letters, single spaces."""
    return " ".join(text.casefold().split())


def unaccented(text: str) -> str:
    """``text`` without the accents of its letters: "março" as "marco"."""
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_STROKES = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})


def spelled(name: str) -> frozenset[str]:
    """The ways a name is typed without its accents: "Jörg Weiß" as "jorg weiss" and as "joerg weiss".

    Two names that share one are likely the same name.
    """
    low = folded(composed(name))  # which has "ss" for "ß"
    return frozenset(unaccented(way.translate(_STROKES)) for way in (low, low.translate(_GERMAN)))


def initials(name: str) -> str:
    """``JF`` of a name that is nothing else: "J.F.", "J. F.", "j-f", "JF"; empty of any other."""
    letters = "".join(re.findall(r"[^\W\d_]", name))
    apart = re.fullmatch(r"[^\W\d_](?:[.\s-]+[^\W\d_]){1,3}\.?", name.strip())
    together = name.strip() == letters and letters.isupper() and len(letters) in (2, 3)
    return letters.upper() if apart or together else ""


def one_line(text: str, limit: int | None = None) -> str:
    """``text`` on one line, at most ``limit`` characters, cut at a word with an ellipsis."""
    line = " ".join(strip_controls(text).split())
    if limit is None or len(line) <= limit:
        return line
    cut = line[: limit - 1]
    at = cut.rfind(" ")
    return (cut[:at] if at > limit // 2 else cut).rstrip(" ,;:.") + "…"


def excerpt(line: str, limit: int) -> str:
    """At most ``limit`` characters of a passage that is shown, with what the colleague in it did.

    Cut at its end, as :func:`one_line` does, unless no colleague is named before the cut: then it begins with
    the part of the sentence in which one is.

    Args:
        line: a passage as it is shown, names replaced ("a colleague").
    """
    line = one_line(line)
    named = _NAMED.search(line)
    if len(line) <= limit or not named or named.start() < limit // 2:
        return one_line(line, limit)
    start = max(line.rfind(mark, 0, named.start()) for mark in _PARTS) + 1
    if named.start() - start > limit // 2:
        start = line.index(" ", named.start() - limit // 2)
    return one_line(f"…{line[start:].lstrip()}", limit)


SHOWN = 200
"""Characters of a passage where a command shows several."""
_NAMED = re.compile(r"\ba colleague\b", re.IGNORECASE)
_PARTS = (",", ";", ":", ".", "!", "?", " –", " —", " -")


def shortened(text: str) -> str:
    """A message in which no word and no line is longer than anybody reads: the middle is cut out.

    What somebody typed or a file holds may be of any length; the places and commands of a message stay whole.
    """
    text = re.sub(rf"\S{{{_LONGEST_WORD + 1},}}", lambda m: f"{m[0][:80]}…{m[0][-40:]}", text)
    lines = text.split("\n")
    return "\n".join(f"{x[:1000]} … {x[-300:]}" if len(x) > _LONGEST_LINE else x for x in lines)


def safe_markdown(text: str) -> str:
    """``text`` as inert inline markdown: one line, no markup, no HTML, no link, none of our markers.

    Every character CommonMark or MDX could read as markup is escaped with a backslash or an entity; a URL is
    broken with an entity so that no renderer makes a link of it by itself.
    """
    line = one_line(text)
    line = _MARKDOWN_INLINE.sub(
        lambda m: m[1] if m[1] == "&" and _only_and(m) else _ENTITIES.get(m[1], "\\" + m[1]), line
    )
    line = re.sub(r":{2,}", lambda m: "&#58;" * len(m[0]), line)  # opens a box in Docusaurus
    line = re.sub(r"^[ie](?=(?:mport|xport)\b)", lambda m: f"&#{ord(m[0])};", line)  # a line of code in MDX
    line = _LINK.sub(lambda m: m[0].replace(":", "&#58;").replace("www.", "www&#46;"), line)
    # At the start of a line these open a list, a heading, a rule or a numbered list.
    if re.match(r"[-+#=]|\d+[.)]", line):
        line = re.sub(r"^(\d*)([-+#=.)])", r"\1\\\2", line)
    return line


_ENTITY = re.compile(r"&(?:#|[A-Za-z][A-Za-z0-9]*)")


def _only_and(found: re.Match[str]) -> bool:
    """Whether an "&" of a line is no more than that ("Bed & Breakfast", "Q&A") and begins no entity."""
    name = _ENTITY.match(found.string, found.start())
    if name is None:
        return True
    import html

    return html.unescape(name[0]) == name[0] != "&#" and found.string[name.end() :][:1] != ";"


def safe_html(text: str) -> str:
    """``text`` as inert HTML text, fit for an attribute value too."""
    import html  # a table of two thousand names, which few commands need

    return html.escape(strip_controls(text), quote=True)


def slug(text: str, limit: int = 60) -> str:
    """``text`` as a file name part: lower-case ASCII letters, digits and hyphens; never empty."""
    ascii_text = unicodedata.normalize("NFKD", text.replace("ß", "ss")).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", ascii_text.casefold().replace("'", "")).strip("-")
    if len(words) > limit:
        cut = words[:limit]
        at = cut.rfind("-")
        words = (cut[:at] if at > limit // 2 else cut).strip("-")
    return words or "untitled"


def unlisted(text: str) -> str:
    """A line without the mark of the list it stood in: "- she waited" -> "she waited"."""
    return re.sub(r"^\s*(?:[-–—•*·]\s+|\d{1,2}[.)]\s+)+", "", text)


def noun(word: str, language: str) -> str:
    """A word as it stands within a sentence: German writes nouns with a capital, wherever they stand."""
    return word if language.casefold().startswith("de") else word.casefold()


def plural(count: int, one: str, many: str | None = None) -> str:
    """``1 story``, ``2 stories``: a count with its word, thousands set apart."""
    return f"{count:,} {one if count == 1 else (many or one + 's')}"


def some_of(some: int, of: int, the: str = "the ") -> str:
    """So many of so many as people say it: "neither of the 2", "both", "2 of the 3", "all 3"."""
    if some == of > 0:
        return "both" if of == 2 else f"all {of:,}"
    none = "neither" if of == 2 else "none"
    return f"{f'{some:,}' if some else none} of {the}{of:,}"


def listing(items: list[str], last: str = "and") -> str:
    """``a, b and c``; where one has a comma in it, ``a; b, of b; and c``."""
    if len(items) < 2:
        return "".join(items)
    return f"{row(items[:-1], items)}{';' if _commas(items) else ''} {last} {items[-1]}"


def row(items: list[str], among: list[str] | None = None) -> str:
    """``a, b, c``; ``a; b, of b; c`` where one of them, or of those they are ``among``, has a comma in it."""
    return ("; " if _commas(among or items) else ", ").join(items)


def _commas(items: list[str]) -> bool:
    return any("," in item for item in items)


def composed(value: Any) -> Any:
    """Letters with their accents as one character each (NFC, Unicode Annex 15), in any part of a record.

    Some systems write "é" as an e and an accent: a name would not be found where another wrote it.
    """
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [composed(part) for part in value]
    if isinstance(value, dict):
        return {key: composed(part) for key, part in value.items()}
    return value


def crossed_out(name: str) -> str:
    """A name with an x for every letter and digit, as long as before."""
    return "".join("X" if letter.isupper() else "x" if letter.isalnum() else letter for letter in name)
