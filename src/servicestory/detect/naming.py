"""Names for discovered practices: a plain imperative from the evidence, told from the side of the staff."""

from collections import Counter
from collections.abc import Collection, Sequence

from servicestory.detect.words import content

LONGEST = 9
"""Words in a name."""
READ = 150
"""Evidence passages looked at for a name."""


def propose(
    texts: Sequence[str], customer: str, names: Collection[str], taken: set[str], fallback: str
) -> str:
    """The name of a practice shown by ``texts`` (clearest first); unique among ``taken`` (lower case).

    Of the instructions that the passages give, the one whose words the others share most, and of equally good
    ones the shorter.

    Args:
        customer: the organisation's word for a customer, singular.
        names: names of staff, not to appear.
        fallback: used, with telling words added, when no passage gives an instruction.
    """
    from servicestory.wording import instructions

    shared: Counter[str] = Counter()
    options: list[tuple[str, list[str]]] = []
    for text in texts[:READ]:
        shared.update(set(content(text)))
        for step, _, _ in instructions(text, customer, names):
            if 2 <= len(step.split()) <= LONGEST:
                options.append((step, content(step)))
    total = max(len(texts[:READ]), 1)

    def worth(option: tuple[str, list[str]]) -> tuple[float, int, str]:
        step, words = option
        own = set(words) - set(content(customer))
        mean = sum(shared[w] - 1 for w in own) / total / (len(own) + 1.0) if own else -1.0
        return (-mean, len(step), step)

    for step, _ in sorted(options, key=worth):
        if step.lower() not in taken:
            return step
    telling = [w for w, _ in sorted(shared.items(), key=lambda i: (-i[1], i[0]))]
    name, number = fallback, 2
    while name.lower() in taken:
        name = f"{fallback} ({telling[number - 2] if number - 2 < len(telling) else number})"
        number += 1
    return name
