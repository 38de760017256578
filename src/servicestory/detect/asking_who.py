"""What it takes so that enough stories say who did it: completing them, or asking from now on."""

from math import ceil

from servicestory.detect.spread import Spread
from servicestory.detect.verdict_words import NAMES_TELL
from servicestory.models.organisation import VerdictRules
from servicestory.text import plural


def say_who(spread: Spread, rules: VerdictRules) -> str:
    """What to do so that enough stories say who did it; of imported ones nobody can be asked any more."""
    more = unsaid_still(spread, rules)
    asked = spread.reach["person"].known + more
    if _can_be_asked(spread, more):
        if asked == spread.stories:
            return f"Record who did it in all {asked} of its stories ({more} more than now)"
        return f"Record who did it in at least {asked} of its {spread.stories} stories ({more} more than now)"
    new = plural(_new_that_say_who(spread, rules), "more story that says", "more stories that say")
    return (
        f"From now on ask who did it: it takes at least {new} so (the imported ones that name nobody stay "
        "as they are)"
    )


def say_who_still(spread: Spread, rules: VerdictRules, asked: int = 0, coming: int = 0) -> str:
    """The same as a part of a sentence; empty where as many that say who are asked for already.

    Args:
        asked: so many more stories that say who are asked for beside.
        coming: so many more are, whatever they say: those that do not say who make it harder.
    """
    more = unsaid_still(spread, rules)
    if _can_be_asked(spread, more):
        return f"who did it in {more} more of its stories"
    new, known = _new_that_say_who(spread, rules), spread.reach["person"].known
    if coming >= new:
        share = ceil(round((1 - rules.most_missing) * (spread.stories + coming), 9))
        of_these = max(rules.least_stories, share) - known
        says = "says" if of_these == 1 else "say"
        return f"that at least {of_these} of these {coming} {says} who did it" if of_these > asked else ""
    if new <= asked:
        return ""
    these = max(asked, coming)
    among = f", these {these} among them" if these > 1 else ""
    return f"at least {plural(new, 'more story that says', 'more stories that say')} who did it{among}"


def _can_be_asked(spread: Spread, more: int) -> bool:
    unsaid = spread.stories - spread.reach["person"].known
    return unsaid - spread.unsaid_import >= more


def _new_that_say_who(spread: Spread, rules: VerdictRules) -> int:
    """How many new stories, each saying who did it, make up for the old ones that do not."""
    known, may_miss = spread.reach["person"].known, rules.most_missing
    said = max(known, rules.least_stories)
    unsaid = spread.stories - known
    enough = ceil(round(unsaid * (1 - may_miss) / may_miss, 9)) if may_miss else said
    return max(said, enough) - known


def unsaid_still(spread: Spread, rules: VerdictRules) -> int:
    """In how many more of its stories who did it has to be told."""
    asked = max(rules.least_stories, ceil(round((1 - rules.most_missing) * spread.stories, 9)))
    return asked - spread.reach["person"].known


def names_to_confirm(spread: Spread, decided_by: str) -> str:
    """The step that is possible at once, where who did it is too little known and names were read.

    What was read counts like what is recorded: it is said, so that nobody confirms names to move the verdict.
    """
    if decided_by not in NAMES_TELL or not spread.people_from_text:
        return ""
    stories = plural(spread.people_from_text, "story", "stories")
    return (
        f" Possible at once: confirm who was only read in the texts of {stories} (servicestory review "
        "--names); they are counted already, so it makes the verdict surer, not another."
    )
