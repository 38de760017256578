"""Who somebody says made it happen, as people answer: names, and words that name nobody."""

import re
from collections.abc import Iterable

# A plus before a figure is of a telephone number, which is taken out as a whole.
_APART = re.compile(r"[,;&\n]|\+(?!\s?\(?\d)|(?<![^\s,;])(?:and|und|et|plus|sowie)(?![^\s,;])|\s/\s")
_EDGES = " \t\"'“”‘’.!?:*-–—"
_INITIAL = re.compile(r"\b[^\W\d_a-z]\.$")  # "Anna B.": the dot is of the name
_DOUBT = r"(?:i\s+(?:think|believe|guess)|(?:i['’]?m\s+)?not\s+sure|(?:glaube|denke)\s+ich|nicht\s+sicher)"
# What stands after a name and is none of it: "Petra (?)", "Kev I think", "Tom (me)".
_AFTER = re.compile(rf"(?i)(?:\s*\(\s*(?:\?|{_DOUBT}|(?:that['’]?s\s+)?me|ich)\s*\)|\s+{_DOUBT})\s*$")
# What stands before a name and is none of it: "it was Mehmet", "I think Petra", "my colleague Ida".
_BEFORE = re.compile(
    r"(?i)^(?:(?:(?:it|that|this)\s+was|das\s+war(?:en)?|es\s+war(?:en)?|c['’]était"
    r"|(?:i|we)\s+(?:think|believe|guess)"
    r"|ich\s+(?:glaube|denke)|maybe|perhaps|probably|vielleicht|wohl|also|auch|mostly|mainly|with|mit"
    r"|(?:my|our|the|a)\s+colleagues?|(?:meine?|unsere?|die|der)\s+(?:kolleg(?:in|e|en|innen)))\b[\s,:]*)+"
)
_NOBODY = re.compile(
    r"(?i)(?:"
    r"i|me|myself|just\s+me|only\s+me|me\s+too|i\s+(?:did(?:\s+it)?(?:\s+myself)?|was\s+it)"
    r"|we|us|all\s+of\s+us|ourselves"
    r"|ich|mich|mir|ich\s+selbst|(?:ich\s+)?selber|nur\s+ich|ich\s+(?:auch|war(?:['’]?s|\s+es))|wir|uns|wir\s+alle"
    r"|nobody|no\s*-?\s?one|none|noone|n/?a|unknown|anonymous|anybody|anyone|(?:nobody|no\s+one)\s+else"
    r"|niemand(?:en)?|keiner|keine|unbekannt|personne|nadie|nessuno|ninguém|ingen|niemand\s+sonst"
    r"|(?:some(?:body|one)|every(?:body|one)|jemand|alle)\s+(?:from|of|in|on|at|aus|von|vom|im|in|am)\s+.*"
    r"|some(?:body|one)(?:\s+else)?|others?|(?:the\s+)?(?:others|rest)|every(?:body|one)|all|jemand|andere|alle"
    r"|(?:the|her|his|their|our|my|das|ihr|sein|unser)\s+(?:[\w-]+\s+){0,2}(?:team|crew)"
    r"|colleagues?|a\s+colleague|(?:eine?\s+)?kolleg(?:in|e|en)"
    r"|no|nein|yes|ja|skip|enter|idk|dunno|unsure|(?:i['’]?m\s+)?not\s+sure(?:\s+who.*)?|no\s+(?:idea|names?|clue)"
    r"|keine\s+ahnung\b.*"
    r"|(?:i\s+)?(?:really\s+)?(?:(?:do|did|can)(?:\s+not|n['’]?t)|cannot)\s+"
    r"(?:really\s+)?(?:know|remember|recall|say|tell)\b.*"
    r"|(?:i\s+)?(?:forgot|have\s+forgotten)\b.*|who(?:ever)?(?:\s+else)?(?:\s+.*)?"
    r"|(?:das\s+)?wei(?:ß|ss)\s+(?:ich\s+)?(?:es\s+)?(?:leider\s+)?(?:nicht|keiner|niemand)\b.*"
    r"|ich\s+wei(?:ß|ss)\b.*|wer\s+(?:sonst|noch|weiß)\b.*"
    r"|je\s+ne\s+sais\s+pas\b.*|no\s+(?:lo\s+)?sé\b.*|non\s+(?:lo\s+)?so\b.*"
    r"|i\s+(?:think|believe|guess)|glaube\s+ich"
    r")"
)
_OTHER_TONGUES = frozenset(("moi", "je", "yo", "io", "mij", "ik", "eu", "jag", "jeg"))
"""Words for oneself that are names when they have a capital."""


def people_in(text: str) -> list[str]:
    """The people of one cell: set apart by `&`, `and` and commas, but for "Berg, Anna".

    Two words that are first names and no usual family names are two people: "Rosa, Ben".
    """
    names = [name.strip() for name in re.split(r"\s*(?:,|&|\band\b)\s*", text) if name.strip()]
    turned = re.fullmatch(r"\s*([^\s,&]+),\s*[^\s,&]+\s*", text)
    if not turned:
        return names
    from servicestory.not_names import FAMILY_NAMES
    from servicestory.wording.given import is_given  # many names to read, for few cells

    family = turned[1].casefold() in FAMILY_NAMES or not all(is_given(name) for name in names)
    return [text.strip()] if family else names


def names_nobody(said: str) -> bool:
    """Whether a part of an answer is a word for oneself, for nobody in particular, or not knowing."""
    plain = " ".join(said.strip(_EDGES).split())
    return not re.search(r"[^\W_]", plain) or plain in _OTHER_TONGUES or _NOBODY.fullmatch(plain) is not None


def people_told(answer: str | Iterable[str]) -> tuple[list[str], list[str]]:
    """(names, what names nobody) of an answer; one text is set apart by commas, semicolons, `&` and "and".

    A list, as files have it, is taken name by name.

    >>> people_told("Mehmet, und ich, I don't know who else")
    (['Mehmet'], ['ich', "I don't know who else"])
    """
    parts = _APART.split(answer) if isinstance(answer, str) else [str(one) for one in answer]
    names: list[str] = []
    nobody: list[str] = []
    for part in (_AFTER.sub("", part).strip() for part in parts):
        if not part:
            continue
        bare = _BEFORE.sub("", part.strip(_EDGES)) if isinstance(answer, str) else part
        bare += "." if _INITIAL.search(part) and not bare.endswith(".") else ""
        if names_nobody(part) or names_nobody(bare):
            if re.search(r"[^\W_]", part):
                nobody.append(part)
        elif (name := bare.rstrip("?! ").strip()) not in names:
            names.append(name)
    return names, nobody
