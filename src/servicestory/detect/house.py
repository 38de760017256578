"""All stories of a house as arrays: who, which team, which site and which period each one names."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from servicestory.detect.sentences import split
from servicestory.doers import People, by_name, doers, everybodys, named, people_of
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
    ``several`` holds by row the people of the stories that name more than one, and ``weight`` for each pair
    of a person the share of the story's sentences that would count as that person's deed (1 of a single one);
    ``only_read`` the people of those that name nobody on record, as their texts are read.
    ``period_of_story`` and ``site_of_story`` are the group of each story, −1 where it names none.
    """

    stories: int
    row: dict[str, int]
    names: dict[Kind, list[str]]
    pairs: dict[Kind, tuple[NDArray[np.int64], NDArray[np.int64]]]
    weight: NDArray[np.float64]
    several: dict[int, People]
    only_read: dict[int, People]
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
        groups: dict[Kind, list[list[str]]] = {kind: [] for kind in KINDS}
        several: dict[int, People] = {}
        only_read: dict[int, People] = {}
        weights: list[float] = []
        from_text = np.zeros(len(ordered), dtype=bool)
        for i, story in enumerate(ordered):
            who, from_text[i] = people_of(story, organisation, suggested.get(story.id, ()))
            people = list(who)
            if from_text[i]:
                only_read[i] = who
            if len(people) > 1:
                several[i] = who
                weights += _shares(story, who)
            else:
                weights += [1.0] * len(people)
            period = period_of(story.date, organisation.periods.kind)
            groups["person"].append(people)
            # "Front desk" at another site is another team.
            groups["team"].append(
                [_team(story.team, story.site)] if story.team and story.team.strip() else []
            )
            groups["site"].append(_some(story.site))
            groups["period"].append([period] if period else [])
        listed: dict[Kind, list[str]] = {
            "person": [folded(person.name) for person in organisation.staff],
            "team": [_team(team.name, team.site) for team in organisation.teams],
            "site": [folded(site.name) for site in organisation.sites],
            "period": [],
        }
        heard = {folded(story.team) for story in ordered if story.team}
        names = {kind: sorted({name for row in rows for name in row}) for kind, rows in groups.items()}
        pairs = {kind: _pairs(rows, names[kind]) for kind, rows in groups.items()}
        weight = np.array(weights, dtype=np.float64)
        told = {k: np.bincount(pairs[k][1], minlength=len(names[k])).astype(np.int64) for k in KINDS}
        if several:
            told["person"] = np.maximum(1, _rounded(pairs["person"][1], weight, len(names["person"])))
        periods, sites = (_of_story(pairs[kind], len(ordered)) for kind in ("period", "site"))
        return cls(
            stories=len(ordered),
            row={story.id: i for i, story in enumerate(ordered)},
            names=names,
            pairs=pairs,
            weight=weight,
            several=several,
            only_read=only_read,
            told=told,
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

    def exposure(
        self, kind: Kind, shows: NDArray[np.bool_], rows: NDArray[np.bool_] | None = None
    ) -> NDArray[np.int64]:
        """Stories per group among the marked rows: those of the practice as they are counted for it, the
        others by their ``weight``, since each of several did only a part of what is told. Shape (groups,).
        """
        rows = np.ones(self.stories, dtype=bool) if rows is None else rows
        if kind != "person" or not self.several:
            return self.counts(kind, rows)
        row, group = self.pairs[kind]
        other = (rows & ~shows)[row]
        rest = _rounded(group[other], self.weight[other], len(self.names[kind]))
        return self.counts(kind, rows & shows) + rest

    def of_practice(self, said: Mapping[int, Sequence[str]]) -> tuple["House", int]:
        """The house as one practice sees it: in its stories only those count who did it.

        Args:
            said: row -> the sentences of the story that show the practice.

        Returns:
            the house, and in how many of these stories several are named and the sentences do not say who.
        """
        whose = {row: by_name(self.several[row], said[row]) for row in said if row in self.several}
        open_ = [row for row, named_here in whose.items() if not named_here]
        place = {name: i for i, name in enumerate(self.names["person"])}
        groups = len(place)
        gone = [
            row * groups + place[key]
            for row, named_here in whose.items()
            if named_here
            for key in self.several[row].keys() - named_here
        ]
        # "All of their employees smile" is no deed of the one whom another sentence thanks.
        of_all = [
            row
            for row, texts in said.items()
            if row in self.only_read and everybodys(self.only_read[row], texts)
        ]
        gone += [row * groups + place[key] for row in of_all for key in self.only_read[row]]
        open_ = [row for row in open_ if row not in of_all]
        if not gone:
            return self, len(open_)
        row, group = self.pairs["person"]
        kept = ~np.isin(row * groups + group, gone)
        pairs = {**self.pairs, "person": (row[kept], group[kept])}
        says = self.says["person"].copy()
        says[of_all] = False
        return replace(self, pairs=pairs, weight=self.weight[kept], says={**self.says, "person": says}), len(
            open_
        )

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


def _shares(story: Story, people: People) -> list[float]:
    """For each of several people the share of the story's sentences that name them, or nobody."""
    if not named(people, story.narrative) and not any(named(people, line) for line in story.behaviours):
        return [1.0] * len(people)
    lines = [story.narrative[start:end] for start, end in split(story.narrative)] + story.behaviours
    whose = [doers(people, [line]) for line in lines]
    return [sum(key in one for one in whose) / len(lines) for key in people]


def _rounded(group: NDArray[np.int64], weight: NDArray[np.float64], groups: int) -> NDArray[np.int64]:
    return np.rint(np.bincount(group, weights=weight, minlength=groups)).astype(np.int64)


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
