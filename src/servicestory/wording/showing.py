"""Which places of a practice's evidence show a step of it."""

import re
from dataclasses import replace

from servicestory.wording.acts import EMPTY
from servicestory.wording.morphology import ing_lemma, past_lemma, third_lemma
from servicestory.wording.steps import Cite, Step

_EVERYWHERE = frozenset(
    """give bring make take get let have keep put go come guest guest's customer customer's colleague colleague's
    patient patient's client before after when while what how who every all some any more from into this that
    other another and not but""".split()
)


def stems(text: str, word: str) -> set[str]:
    """The beginnings of the words that carry a practice's sense."""
    plain = EMPTY | _EVERYWHERE | {word, f"{word}s", f"{word}'s"}
    return {w[:5] for w in re.findall(r"[a-z'-]+", text.casefold()) if len(w) > 2 and w not in plain}


def showing(line: str, passages: list[tuple[Cite, str]], word: str) -> list[Cite]:
    """The places that tell of the line's own verb and of one more of its telling words."""
    verb, *rest = line.casefold().split()
    telling = stems(" ".join(rest), word)
    found = []
    for cite, text in passages:
        words = re.findall(r"[a-z'-]+", text.casefold())
        did = any(w == verb or verb in (past_lemma(w), ing_lemma(w), third_lemma(w)) for w in words)
        if did and any(a.startswith(b) or b.startswith(a) for a in telling for b in stems(text, word)):
            found.append(cite)
    return found


def shown_by_all(steps: list[Step], passages: list[tuple[Cite, str]], word: str) -> list[Step]:
    """The steps where each story that is evidence shows one: what no step cites shows the definition's lines.

    It shows the line it shares most words with; the first line, which says the whole, where they are even.
    """
    lines = [(step.text, stems(step.text, word)) for step in steps if step.source == "definition"]
    if not lines:
        return steps
    cited = {cite.story for step in steps for cite in step.cites}
    more: dict[str, list[Cite]] = {}
    for cite, text in passages:
        if cite.story not in cited:
            told = stems(text, word)
            line, _ = max(lines, key=lambda pair: len(pair[1] & told))
            more.setdefault(line, []).append(cite)
    return [
        replace(step, cites=tuple(sorted({*step.cites, *more[step.text]}))) if step.text in more else step
        for step in steps
    ]
