"""What `detect` says besides the practices: what is new, what fits nowhere, how many stories tell no deed."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from servicestory import console
from servicestory.text import one_line, plural

if TYPE_CHECKING:
    from servicestory.detect.result import Behaviour, Detection

_FIRST = 3  # behaviours without a practice, stories without a behaviour on the screen; --unassigned shows all
_SPANS = 10  # figures in one line about what is new

Mask = Callable[[str, str], str]


def show(
    result: "Detection",
    mask: Mask,
    every: bool,
    whole: bool,
    place: "Callable[[Behaviour], str]" = lambda one: one.story,
) -> None:
    """The unassigned behaviours, and with ``whole`` how much is new and how many stories tell of no deed.

    Args:
        place: how a behaviour is named to whoever wants to put it somewhere.
    """
    open_ids = {p.id for p in result.practices if p.status != "rejected"}
    loose = sorted(result.unassigned, key=lambda b: (-b.score, b.place))
    if loose:
        console.out(f"{plural(len(loose), 'behaviour fits', 'behaviours fit')} no practice yet.")
    elif result.behaviours:
        console.out("Every behaviour fits a practice.")
    for one in result.unassigned if every else loose[:_FIRST]:
        words = one_line(mask(one_line(one.text), one.story), 150)
        console.out(f"    “{words}”  [{place(one)}]")
    if len(loose) > _FIRST and not every:
        console.out("    … all of them: servicestory detect --unassigned")
    if turned_down := sum(not open_ids.intersection(b.practices) for b in result.behaviours if b.practices):
        lie = plural(turned_down, "behaviour lies", "behaviours lie")
        console.out(f"{lie} in rejected practices: servicestory practices --status rejected")
    if not whole:
        return
    silent, unread = result.saturation.without_behaviour, len(result.saturation.unread)
    if result.stories and not silent and not unread:
        console.out("Every story tells of a behaviour that could be copied.")
    elif silent:
        ids = result.saturation.silent if every else result.saturation.silent[-_FIRST:]
        console.out(
            f"In {plural(silent, 'story', 'stories')} I found nothing somebody did that could be copied: "
            f"{silent / result.stories:.0%} of all."
        )
        for ref in ids:
            console.out(f"    {ref}")
        if len(ids) < silent:
            console.out("    … all of them: servicestory detect --unassigned")
    if unread:
        them, they = ("it", "it is") if unread == 1 else ("them", "they are")
        console.out(
            f"{plural(unread, 'story was', 'stories were')} not read, as {they} not in English: "
            f"list what was done in {them} under 'behaviours:'."
        )
    if new := new_practices(result.saturation.new_per_hundred):
        console.out(new)


def new_practices(hundreds: Sequence[int]) -> str:
    """A sentence on how many practices were new in each span of stories; empty where that tells nothing."""
    if len(hundreds) < 2 or not sum(hundreds):
        return ""
    wide = -(-len(hundreds) // _SPANS)
    spans = [sum(hundreds[at : at + wide]) for at in range(0, len(hundreds), wide)]
    said = f"New practices in each {100 * wide:,} stories, oldest first: {', '.join(map(str, spans))}."
    if spans[-1] == 0:
        said += " The latest stories showed none that was not known: what is told now is mostly covered."
    return said
