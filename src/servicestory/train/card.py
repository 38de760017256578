"""The card whom it serves takes along: what they can go on doing themselves, for a trainer to fill in."""

import re

from servicestory.wording.acts import things
from servicestory.wording.material import Material

_TEACHING = frozenset(["Explain", "Show", "Teach", "Demonstrate", "Practise"])
_EXERCISES = re.compile(r"\b(breathing exercises|exercises)\b", re.IGNORECASE)
_FILMED = re.compile(r"\b(?:film|record|video)\b", re.IGNORECASE)
# A paper of theirs that comes again: the next time they can read it themselves.
_THROUGH = re.compile(
    r"(?:Go|Talk|Run|Walk|Take \w+ \w+) through (?P<what>(?:the|their|every line of the) (?:\w+'s )?"
    r"(?:pay ?slip|slip|bill|invoice|contract|form|letter|medication|plan|policy|report|statement|tablets))\b"
)
_OPENS_CARD = frozenset(
    ["the", "your", "how", "what", "where", "when", "which", "why", "all", "each", "every", "a", "an"]
)
# Who shows a seat explains nothing.
_WORTH_SHOWING = re.compile(
    r"(?:how|what|where|when|which|why|(?:the|a|your) (?:way|route|steps?|exercises?|use))\b"
)
_EMPTY_CARD = frozenset(("everyt", "anythi", "questi"))


def teaches(material: Material) -> list[str]:
    """What whom it serves can go on doing themselves, as lines for a card they take along; often none.

    That is what was explained or shown, exercises they were filmed at, and what the codebook calls teaching.
    """
    lines = []
    text = " . ".join([material.practice.name, *(step.text for step in material.steps)])
    if found := _EXERCISES.search(text):
        lines += [f"Your {found[1].casefold()}, one line for each, and how often", "What to watch for"]
        lines += ["Where the film of them is"] if _FILMED.search(text) else []
    whose = f"(?:{re.escape(material.customer)}|colleague)"
    for step in material.steps:
        verb, _, rest = step.text.partition(" ")
        if paper := _THROUGH.match(step.text):
            verb, rest = "Explain", f"{paper['what']}, and what is different in it"
        if verb not in _TEACHING or step.source == "definition":
            continue
        what = re.sub(rf"\b(?:to )?the {whose}(?!')", "", rest)
        what = re.sub(rf"\bthe {whose}'s\b", "your", what)
        what = re.sub(r"\b(?:with them|to them)\b", "", re.sub(r"\btheir\b", "your", what))
        what = re.sub(r"\s+", " ", what).strip(" ,")
        if verb == "Show" and not _WORTH_SHOWING.match(what):
            continue
        if things(f"{verb} {what}") - _EMPTY_CARD and what.split()[0] in _OPENS_CARD:
            lines.append(what[0].upper() + what[1:])
    if not lines and material.practice.definition == "teach":
        lines = ["What was shown, one line for each step", "What to watch for"]
    return sorted(set(lines), key=lines.index)
