"""Steps a passage gives: its clauses turned into instructions, what belongs to one breath joined."""

import re
from collections.abc import Collection

from servicestory.wording.clauses import clauses
from servicestory.wording.rewrite import rewrite
from servicestory.wording.tokens import Clause, Told, sentences
from servicestory.wording.until import before_it, beforehand
from servicestory.wording.whole import half, purpose
from servicestory.wording.whole_lines import together, whole_lines, with_whole


def instructions(
    text: str,
    customer: str = "customer",
    names: Collection[str] = (),
    listed: bool = False,
    within: tuple[int, int] | None = None,
    brief: bool = False,
    told: Told = "elsewhere",
) -> list[tuple[str, int, int]]:
    """Steps a passage gives: (instruction, start, end) with character offsets into ``text``.

    Args:
        customer: the organisation's word for a customer, singular, lower case.
        names: lower-case names of people who work here.
        listed: a line of ``behaviours``, where staff leave out the subject.
        brief: for the name of a practice: a deed need not say all that makes it a step.
        told: where the story comes from; what is told here is read in plain words of every trade.
        within: read only the sentences that share something with this part of ``text``.
    """
    made: list[tuple[str, int, int]] = []
    for start, end in sentences(text):
        if within and (end <= within[0] or start >= within[1]):
            continue
        if label := _LABEL.match(text, start, end):
            start = label.end()
        here: list[tuple[str, int, int]] = []
        halves: set[int] = set()  # which of them are only half a step
        last = -1
        opens = start + before_it(text[start:end], told)
        found = [c for c in clauses(text, start, end, names, listed, told) if c.start >= opens]
        for number, clause in enumerate(found):
            adjacent = clause.joined and last == number - 1 and bool(here)
            step = rewrite(clause, customer, frozenset(names), brief=brief)
            open_yet = len(here) - 1 in halves
            if adjacent and step and step.startswith("Ask ") and half(here[-1][0]):
                open_yet = True  # a call at a set time is whole, and says more with what was asked
            if adjacent and (step is None or open_yet or (half(step, told) and not brief)):
                joined = step or rewrite(clause, customer, frozenset(names), may_refer=True)
                if joined and len(here[-1][0].split()) + len(joined.split()) <= _LONGEST:
                    if open_yet and not half(joined, told):
                        halves.discard(len(here) - 1)
                    here[-1] = (together(here[-1][0], joined, customer), here[-1][1], clause.end)
                    last = number
                    continue
            if step is not None:
                why = purpose(clause) if " so that " in step else []
                if half(step, told) and not brief:
                    halves.add(len(here))
                here.append((step, clause.start, why[-1].end if why else clause.end))
                last = number
        if here and not brief and here[0][1] == found[0].start:
            here[0] = (_from_its_beginning(found[0], text[start : found[0].start], here[0][0]), *here[0][1:])
        here = [step for n, step in enumerate(here) if n not in halves]
        if told != "elsewhere" and not brief and not listed:
            lines = whole_lines(text, start, end, customer, names, told)
            here = with_whole(here, lines, text[start:end], start, told, customer)
        made += here
    return made


# "What I liked: Mira told us what it would cost": what is told begins behind it.
_LABEL = re.compile(
    r"\W*What (?:I|we) (?:really |most )?(?:admired|appreciated|enjoyed|liked|loved|remember)"
    r"(?: best| most| a lot| so much)?(?::| [-–—]) ",
    re.IGNORECASE,
)


def _from_its_beginning(clause: Clause, before: str, line: str) -> str:
    """The line with the moment its sentence begins with, said with the first of two acts of one breath."""
    first, both, second = line.partition(" and send ")
    longer = f"{beforehand(clause, before, first)}{both}{second}"
    return longer if len(longer.split()) <= _LONGEST_WITH_MOMENT else line


_LONGEST = 17
_LONGEST_WITH_MOMENT = 20
