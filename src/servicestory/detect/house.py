"""All stories of a house as arrays: who, which team, which site and which period each one names."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from servicestory.models.base import period_of
from servicestory.models.organisation import Organisation
from servicestory.models.story import Story
from servicestory.text import folded

Kind = Literal["person", "team", "site", "period"]
KINDS: tuple[Kind, ...] = ("person", "team", "site", "period")
LEAST_ELSEWHERE = 20
"""Other stories from which on it is known how often a person or site is told about at all."""
_PROMPTED = {"spontaneous": 0, "campaign": 1, "import": 2}


@dataclass(frozen=True)
class House:
    """Stories sorted by id (rows), and for each kind of group who is named where.

    ``pairs[kind]`` holds (rows, groups), one pair for each group a story names; ``names[kind]`` the groups in
    sorted order; ``told[kind]`` the stories of any kind per group; ``says[kind]`` whether a story names any.
    ``period_of_story`` and ``site_of_story`` are the group of each story, −1 where it names none.
    """

    stories: int
    row: dict[str, int]
    names: dict[Kind, list[str]]
    pairs: dict[Kind, tuple[NDArray[np.int64], NDArray[np.int64]]]
    told: dict[Kind, NDArray[np.int64]]
    says: dict[Kind, NDArray[np.bool_]]
    listed: dict[Kind, int]
    silent: dict[Kind, int]
    period_of_story: NDArray[np.int64]
    site_of_story: NDArray[np.int64]
    prompted: NDArray[np.int64]
    reported: NDArray[np.bool_]
    from_text: NDArray[np.bool_]

    @classmethod
    def of(
        cls, stories: Sequence[Story], organisation: Organisation, suggested: Mapping[str, Sequence[str]]
    ) -> "House":
        """Read the stories once, in the order of their ids."""
        ordered = sorted(stories, key=lambda story: story.id)
        staff = {folded(person.name) for person in organisation.staff}
        groups: dict[Kind, list[list[str]]] = {kind: [] for kind in KINDS}
        from_text = np.zeros(len(ordered), dtype=bool)
        for i, story in enumerate(ordered):
            people = sorted({organisation.person(name) for name in story.people if name.strip()})
            if not people and suggested.get(story.id):
                # The same first name at another site is most likely somebody else.
                here = f" @ {folded(story.site)}" if story.site else ""
                found = {organisation.person(name) for name in suggested[story.id] if name.strip()}
                people = sorted({name if name in staff else name + here for name in found})
                from_text[i] = bool(people)
            period = period_of(story.date, organisation.periods.kind)
            groups["person"].append(people)
            # "Front desk" at another site is another team.
            groups["team"].append(
                [_team(story.team, story.site)] if story.team and story.team.strip() else []
            )
            groups["site"].append(_some(story.site))
            groups["period"].append([period] if period else [])
        listed: dict[Kind, list[str]] = {
            "person": sorted(staff),
            "team": [_team(team.name, team.site) for team in organisation.teams],
            "site": [folded(site.name) for site in organisation.sites],
            "period": [],
        }
        heard = {folded(story.team) for story in ordered if story.team}
        names = {kind: sorted({name for row in rows for name in row}) for kind, rows in groups.items()}
        pairs = {kind: _pairs(rows, names[kind]) for kind, rows in groups.items()}
        periods, sites = (_of_story(pairs[kind], len(ordered)) for kind in ("period", "site"))
        return cls(
            stories=len(ordered),
            row={story.id: i for i, story in enumerate(ordered)},
            names=names,
            pairs=pairs,
            told={k: np.bincount(pairs[k][1], minlength=len(names[k])).astype(np.int64) for k in KINDS},
            says={kind: np.array([bool(row) for row in rows], dtype=bool) for kind, rows in groups.items()},
            listed={kind: len(set(known)) for kind, known in listed.items()},
            silent={kind: len(set(known) - set(names[kind]) - heard) for kind, known in listed.items()},
            period_of_story=periods,
            site_of_story=sites,
            prompted=np.array([_PROMPTED[story.prompted] for story in ordered], dtype=np.int64),
            reported=np.array([story.reporter is not None for story in ordered], dtype=bool),
            from_text=from_text,
        )

    def counts(self, kind: Kind, rows: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Stories per group among the marked rows, shape (groups,)."""
        row, group = self.pairs[kind]
        return np.bincount(group[rows[row]], minlength=len(self.names[kind])).astype(np.int64)

    def names_group(self, kind: Kind, group: int) -> NDArray[np.bool_]:
        """Which stories name the group, shape (stories,)."""
        named = np.zeros(self.stories, dtype=bool)
        row, groups = self.pairs[kind]
        named[row[groups == group]] = True
        return named

    def groups_per_period(self, kind: Kind, rows: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Different groups per period among the marked rows, shape (periods,)."""
        row, group = self.pairs[kind]
        kept = rows[row] & (self.period_of_story[row] >= 0)
        width = max(1, len(self.names[kind]))
        cells = np.unique(self.period_of_story[row[kept]] * width + group[kept])
        return np.bincount(cells // width, minlength=len(self.names["period"])).astype(np.int64)


def _team(team: str, site: str | None) -> str:
    return f"{folded(team)} @ {folded(site)}" if site and site.strip() else folded(team)


def _some(name: str | None) -> list[str]:
    return [folded(name)] if name and name.strip() else []


def _of_story(pairs: tuple[NDArray[np.int64], NDArray[np.int64]], stories: int) -> NDArray[np.int64]:
    """The one group of each story, −1 where it names none."""
    found = np.full(stories, -1, dtype=np.int64)
    found[pairs[0]] = pairs[1]
    return found


def _pairs(rows: Iterable[list[str]], names: list[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    place = {name: i for i, name in enumerate(names)}
    found = [(i, place[name]) for i, row in enumerate(rows) for name in row]
    both = np.array(found, dtype=np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]
