"""From evidence to instruction: what a story tells staff did becomes a step a colleague can follow."""

from collections.abc import Collection

from servicestory.wording.clauses import clauses
from servicestory.wording.rewrite import rewrite
from servicestory.wording.tokens import sentences


def instructions(
    text: str,
    customer: str = "customer",
    names: Collection[str] = (),
    listed: bool = False,
    within: tuple[int, int] | None = None,
) -> list[tuple[str, int, int]]:
    """Steps a passage gives: (instruction, start, end) with character offsets into ``text``.

    Args:
        customer: the organisation's word for a customer, singular, lower case.
        names: lower-case names of people who work here.
        listed: a line of ``behaviours``, where staff leave out the subject.
        within: read only the sentences that share something with this part of ``text``.
    """
    made: list[tuple[str, int, int]] = []
    for start, end in sentences(text):
        if within and (end <= within[0] or start >= within[1]):
            continue
        last = -1
        for number, clause in enumerate(clauses(text, start, end, names, listed)):
            adjacent = clause.joined and last == number - 1 and bool(made)
            step = rewrite(clause, customer, frozenset(names))
            if step is None and adjacent:
                joined = rewrite(clause, customer, frozenset(names), may_refer=True)
                if joined and len(made[-1][0].split()) + len(joined.split()) <= 17:
                    before, began, _ = made[-1]
                    if f"the {customer}" in before:
                        joined = joined.replace(f"the {customer}'s", "their").replace(
                            f"the {customer}", "them"
                        )
                    made[-1] = (f"{before} and {joined[0].lower()}{joined[1:]}", began, clause.end)
                    last = number
                continue
            if step is not None:
                made.append((step, clause.start, clause.end))
                last = number
    return made
