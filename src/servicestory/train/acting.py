"""What makes a role-play one of this practice: what only one player knows, and what makes it harder."""

import re
from collections.abc import Sequence

from servicestory.wording.asking import kind_of
from servicestory.wording.material import Material

# By kind of act, see `asking.kind_of`; {c} is the house's word for a customer.
_HARDER = (
    ("call", "Nobody answers the first time."),
    ("ask check return come", "The {c} has little time and answers in single words."),
    ("note record pass", "The {c} says it in passing, while you are busy with somebody else."),
    ("walk", "The telephone rings at your post just as you set off."),
    ("explain tell teach write draw show answer read", "The {c} does not understand it the first time."),
    ("film", "The {c} is not sure whether to agree to it."),
    ("pack have arrange book order mark prepare send", "You hear of it at the last moment."),
    ("repair replace see", "Whoever you need for it says that there is no time today."),
    (
        "bring give lend add keep warm put lay serve carry clean",
        "What you need for it is not where it usually lies.",
    ),
    ("greet look thank address listen", "You are in the middle of something else that has to be finished."),
)
_ANY_HARDER = "You are alone, and somebody else needs you at the same moment."
_HEARD = "Two others are waiting and can hear every word."
_TOLD_BEFORE = "The {c} has told two of us already, and nothing happened."
_SECRETS = (
    (
        "ask check return come call",
        "Something is not as it should be: decide what. Say so only when you are asked a second time.",
    ),
    ("note pass", "Decide what you need, and say it once, in your own words."),
    ("walk", "Decide where you have to be and by when. You do not know the way."),
    (
        "explain tell teach show answer read",
        "Decide what you have not understood. Say “yes, yes” the first time.",
    ),
    (
        "write draw",
        "Decide what makes it hard for you: you see badly, you forget quickly, or you are ashamed to ask. "
        "Do not say so straight out.",
    ),
    (
        "pack bring give lend add keep warm put lay serve carry",
        "Decide what you lack and why it cannot wait. Do not ask for it straight out.",
    ),
    (
        "repair replace have send arrange see book",
        "Decide what you need and why it cannot wait. Do not say what should be done about it.",
    ),
)
_ANY_SECRET = "Decide what you need just now, and why. Say it only when you are asked."
_WENT_WRONG = "Decide what has gone wrong, something that did happen here, and what it has cost you."


def harder(material: Material, there: bool, heard: bool) -> list[str]:
    """What makes it harder, the most fitting first; at least one line.

    Args:
        there: whoever it is done for is there; of somebody who is away nothing is said.
        heard: others may hear it, as the stories tell.
    """
    lines = [_TOLD_BEFORE] if _went_wrong(material) else []
    lines += [_HEARD] if heard else []
    lines += [*_by_act(_HARDER, material), _ANY_HARDER]
    return [line.replace("{c}", material.customer) for line in lines if there or "{c}" not in line]


def secret(material: Material) -> str:
    """What only whoever plays the customer is told, so that there is something to find out."""
    return _WENT_WRONG if _went_wrong(material) else [*_by_act(_SECRETS, material), _ANY_SECRET][0]


def _went_wrong(material: Material) -> bool:
    """Whether something went wrong before: as most of its stories tell, or its name or moment says."""
    said = f"{material.practice.name} {material.practice.trigger or ''}"
    return material.recovery or _WRONG.search(said) is not None


_WRONG = re.compile(
    r"\b(?:complain\w*|wrong|broken?|faults?|faulty|mistakes?|errors?|let \w+ down)\b", re.IGNORECASE
)


def _by_act(table: Sequence[tuple[str, str]], material: Material) -> list[str]:
    """The lines of a table for the kinds of act the steps are, in the table's order."""
    done = {kind_of(step.text) for step in material.steps}
    return [said for kinds, said in table if done & set(kinds.split())]
