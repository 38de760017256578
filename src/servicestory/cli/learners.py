"""Who a learner is: names to pseudonyms on the way in, and back only for whoever has the key and asks."""

from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from servicestory.errors import Problem, nearest

if TYPE_CHECKING:
    from servicestory.models.organisation import Organisation
    from servicestory.workspace import Workspace

_SLIP = 0.85  # how alike two names are before one is taken for a slip of the other


class Learners:
    """The pseudonyms of one workspace. Aliases of the staff list lead to the same pseudonym as the name."""

    def __init__(self, ws: "Workspace", organisation: "Organisation") -> None:
        self._ws = ws
        self._organisation = organisation
        self._staff = sorted({p.name for p in organisation.staff})

    def name(self, given: str) -> str:
        """The name as the staff list has it; a name that is not on it stays as it is.

        Raises:
            Problem: when it is nearly one of the list: a slip would make two learners of one.
        """
        plain = " ".join(given.split())
        if not plain:
            raise Problem("the learner is not named", "", "Add --person NAME")
        if colleague := self._organisation.colleague(plain):
            return colleague.name
        near = nearest(plain, self._staff)
        if near and SequenceMatcher(None, plain.casefold(), near.casefold()).ratio() >= _SLIP:
            raise Problem(
                f"{plain!r} is not on the staff list in servicestory.yaml",
                "",
                f"If somebody new, add them there first. Did you mean {near!r}?",
            )
        return plain

    def on_list(self, name: str) -> bool:
        """Whether the staff list has this person."""
        return name in self._staff

    def pseudonym(self, name: str) -> str:
        """The pseudonym of a name; makes the key of the workspace when there is none yet.

        Raises:
            Problem: the key is gone, or on another computer; another one would make two learners of one.
        """
        from servicestory import pseudonyms

        secret = pseudonyms.key(self._ws.root)
        if secret is None:
            need_key(self._ws)
            secret = pseudonyms.key(self._ws.root, make=True)
        assert secret is not None
        colleague = self._organisation.colleague(name)
        return pseudonyms.pseudonym(secret, colleague.name if colleague else name)

    def names(self) -> dict[str, str]:
        """pseudonym -> name of everybody on the staff list.

        Raises:
            Problem: without the key nobody can tell.
        """
        from servicestory import pseudonyms

        secret = pseudonyms.key(self._ws.root)
        if secret is None:
            step = "Ask whoever keeps it, or leave out --names"
            raise Problem("the key that leads from pseudonyms to names is not here", pseudonyms.KEY, step)
        return pseudonyms.of_names(secret, self._staff)


def traces(ws: "Workspace", names: Iterable[str]) -> list[str]:
    """The pseudonyms under which these names may stand in the records; none where there is no key."""
    from servicestory import pseudonyms

    secret = pseudonyms.key(ws.root)
    return sorted({pseudonyms.pseudonym(secret, name) for name in names}) if secret else []


def without_key(ws: "Workspace") -> bool:
    """Whether learners are recorded here and the key to them is not here."""
    from servicestory import pseudonyms
    from servicestory.models.monitoring import Training

    learned = any(r.learner for r in ws.records("trainings", Training, []))
    return learned and pseudonyms.key(ws.root) is None


def need_key(ws: "Workspace") -> None:
    """Refuses to go on without the key where learners are recorded: by another they would all be strangers.

    Raises:
        Problem: the key is not here.
    """
    from servicestory.pseudonyms import KEY

    if without_key(ws):
        step = "Put it back from the computer where learners were recorded"
        raise Problem("the key that leads from names to pseudonyms is not here", KEY, step)
