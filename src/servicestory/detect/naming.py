"""Names for discovered practices: a plain imperative from the evidence, told from the side of the staff."""

from collections.abc import Collection, Sequence

from servicestory.detect.words import content, root, word_set

LONGEST, READ = 8, 60
"""Words in a name; evidence passages looked at."""
_VAGUE = word_set("help make do allow let try keep get be have go come work assist ensure look continue")
_DANGLING = word_set(
    """be to the a an and or of for with at by on in from that which their them as so all throughout into
    about than then it its his her not was were is are"""
)


def propose(
    texts: Sequence[str],
    telling: Sequence[str],
    customer: str,
    names: Collection[str],
    taken: Collection[str],
) -> str:
    """The name of a practice shown by ``texts``, clearest first; unique among ``taken`` (lower case).

    Of the instructions that the passages give, the one with most of the words that set the practice apart, a
    verb that says something, and few other words.

    Args:
        telling: the words that set the practice apart, the strongest first.
        customer: the organisation's word for a customer, singular.
        names: names of staff, not to appear.
    """
    from servicestory.wording import instructions

    weight = {root(w): 1 / (rank + 2) for rank, w in reversed(list(enumerate(telling)))}
    best: tuple[float, int, str] | None = None
    for at, text in enumerate(texts[:READ]):
        for step, _, _ in instructions(text, customer, names):
            words = step.lower().split()
            if not 2 <= len(words) <= LONGEST or words[-1] in _DANGLING or step.lower() in taken:
                continue
            told = set(content(step)) - {root(customer)}
            worth = sum(weight.get(w, -0.04) for w in sorted(told)) - 0.15 * (words[0] in _VAGUE) - at / 400
            option = (-round(worth, 6), len(step), step)
            best = min(best, option) if best else option
    if best:
        return best[2]
    about = " and ".join(list(telling)[:2]) or "what these stories tell"
    name, number = f"Do as these stories tell: {about}", 2
    while name.lower() in taken:
        name, number = f"Do as these stories tell: {about} ({number})", number + 1
    return name
