"""Replication: what each site answered when a practice was offered to it, and who has not answered."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from servicestory.models.monitoring import Replication
from servicestory.models.organisation import Organisation
from servicestory.models.practice import Practice
from servicestory.sites import spellings
from servicestory.wording.roles import without_names

ANSWERS = {
    "adopted": "adopted",
    "adapted": "adapted",
    "on hold": "on hold",
    "rejected": "rejected",
    "already in place": "already in place",
    "already": "already in place",
    "not applicable": "not applicable",
}
"""What people type -> the answer as it is kept (Ford's Best Practice Replication)."""


@dataclass(frozen=True)
class Site:
    """One site's answer to one practice; ``answer`` None: it has not answered."""

    site: str
    answer: str | None
    on: str | None
    why: str | None
    seen: int  # stories of this site that show the practice

    def to_json(self) -> dict[str, Any]:
        """The entry of ``sites`` in `replicate --json`; who answered stands in the records only."""
        return dict(self.__dict__)


def answers(
    practice: Practice,
    records: Iterable[Replication],
    organisation: Organisation,
    site_of: Mapping[str, str | None],
    heirs: Mapping[str, str] | None = None,
) -> list[Site]:
    """The last answer of every site of the organisation, and of sites that answered and are not listed.

    Where the organisation lists none, its sites are those that stories are told of.

    Args:
        site_of: story -> its site.
        heirs: practice that was merged -> the one that stands for it now.
    """
    became, listed = heirs or {}, [s.name for s in organisation.sites]
    mine = [r for r in records if became.get(r.practice, r.practice) == practice.id]
    told = [site for site in site_of.values() if site]
    usual = spellings([*told, *(r.site for r in mine)], listed)
    last = {usual[r.site]: r for r in mine}
    seen = Counter(usual[site] for e in {e.story for e in practice.evidence} if (site := site_of.get(e)))
    listed = listed or sorted({usual[site] for site in told})
    names = [*listed, *sorted(set(last) - set(listed))]
    staff = organisation.staff_names()
    return [
        Site(
            name, given.response if given else None, given.on if given else None,
            without_names(given.reason, staff) if given and given.reason else None, seen.get(name, 0),
        )
        for name in names
        for given in [last.get(name)]
    ]  # fmt: skip


def open_sites(found: Iterable[Site]) -> list[str]:
    """The sites that have not answered."""
    return [s.site for s in found if s.answer is None]
