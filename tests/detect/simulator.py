"""Makes houses of known kind: who does a practice is decided first, then stories are told about it."""

from dataclasses import dataclass

import numpy as np

from servicestory.models.organisation import Organisation, Site, Team
from servicestory.models.practice import Evidence
from servicestory.models.story import Story

KINDS = ("systemic", "one star", "star plus imitators", "single team", "spreading", "random acts")
QUARTERS = [f"{year}-Q{quarter}" for year in (2023, 2024) for quarter in (1, 2, 3, 4)]
_TOLD = Story(id="told", narrative="told")


@dataclass(frozen=True)
class SimulatedHouse:
    """Stories of any kind, the ids of those that show the practice, and the organisation they belong to."""

    kind: str
    stories: list[Story]
    evidence: list[str]
    organisation: Organisation
    places: list[Evidence]


def simulate(
    kind: str,
    stories: int,
    seed: int,
    *,
    staff: int | None = None,
    others: float = 2.0,
    star_share: float = 0.6,
    listed: bool = True,
    company: int = 0,
    said: float = 1.0,
    roaming: bool = False,
) -> SimulatedHouse:
    """One house.

    Args:
        kind: one of :data:`KINDS`.
        stories: stories that show the practice; for random acts the stories told in all, of which one does.
        seed: makes the house.
        staff: people who work there; 10 to 200 by chance when not given.
        others: other stories for every story of the practice.
        star_share: the star's share of the practice.
        listed: whether the organisation lists its sites and teams.
        company: others whom every story names besides; its first sentence says who did it.
        said: share of the stories that say who did it.
        roaming: whether the one who began it works at all sites alike.
    """
    rng = np.random.default_rng([seed, KINDS.index(kind), stories])
    staff = staff or int(np.exp(rng.uniform(np.log(10), np.log(200))))
    busy = _exposure(rng, staff)
    team = np.arange(staff) // max(3, min(8, staff // 3))
    site = team // 2
    first = int(rng.integers(staff))
    count = 1 if kind == "random acts" else stories
    who, when = _tell(rng, kind, count, busy, team, first, star_share)
    beside = stories - 1 if kind == "random acts" else round(stories * others)
    who = np.concatenate([who, rng.choice(staff, size=beside, p=busy)])
    when = np.concatenate([when, rng.integers(len(QUARTERS), size=beside)])
    named = [[f"Kim {k}"] for k in who]
    for names in named if company else ():
        names += [f"Kim {k}" for k in rng.choice(staff, size=company, p=busy) if f"Kim {k}" not in names]
    told = [
        _TOLD.model_copy(
            update={
                "id": f"s{i:05d}",
                "date": QUARTERS[when[i]],
                "people": named[i],
                **({"narrative": _narrative(named[i])} if company else {}),
                "team": f"team {team[who[i]]}",
                "site": f"site {site[who[i]]}",
            }
        )
        for i in range(len(who))
    ]
    if roaming:
        at = rng.integers(site.max() + 1, size=len(told))
        told = [
            s.model_copy(update={"site": f"site {at[i]}"}) if who[i] == first else s
            for i, s in enumerate(told)
        ]
    if said < 1:
        says = rng.random(len(told)) < said
        told = [s if says[i] else s.model_copy(update={"people": []}) for i, s in enumerate(told)]
    organisation = Organisation(
        sites=[Site(name=f"site {i}", eligible=None) for i in range(site.max() + 1)] if listed else [],
        teams=[Team(name=f"team {i}", site=f"site {i // 2}") for i in range(team.max() + 1)]
        if listed
        else [],
    )
    shows = told[:count]
    places = [Evidence(story=s.id, start=0, end=s.narrative.find(".") + 1) for s in shows] if company else []
    return SimulatedHouse(kind, told, [story.id for story in shows], organisation, places)


def _narrative(people: list[str]) -> str:
    """Who did it, what cannot be told apart, and what each of the others did."""
    others = "".join(f" {name} poured the tea." for name in people[1:])
    return f"{people[0]} saw to it. It was a lovely evening.{others}"


def _exposure(rng: np.random.Generator, staff: int) -> np.ndarray:
    """How often stories are told about each person at all: even, a long tail, or a few very busy ones."""
    shape = rng.integers(3)
    if shape == 0:
        weight = np.ones(staff)
    elif shape == 1:
        weight = 1 / np.arange(1, staff + 1) ** 0.7
    else:
        weight = rng.lognormal(0, 0.8, staff)
    rng.shuffle(weight)
    return np.asarray(weight / weight.sum())


def _tell(
    rng: np.random.Generator,
    kind: str,
    count: int,
    busy: np.ndarray,
    team: np.ndarray,
    first: int,
    star_share: float,
) -> tuple[np.ndarray, np.ndarray]:
    """Who did it and when, for each story of the practice."""
    staff, when = len(busy), rng.integers(len(QUARTERS), size=count)
    if kind in ("systemic", "random acts"):
        return rng.choice(staff, size=count, p=busy), when
    does = np.zeros((len(QUARTERS), staff))
    if kind == "one star":
        does[:] = busy * (1 - star_share) / (1 - busy[first])
        does[:, first] = star_share
    elif kind == "star plus imitators":
        does[:, rng.choice(np.delete(np.arange(staff), first), size=4, replace=False)] = 0.6 / 4
        does[:, first] = 0.4
    elif kind == "single team":
        members = np.flatnonzero(team == team[first])
        does[:, members] = busy[members] / busy[members].sum()
    else:  # spreading: two begin, and by the last quarter two in three do it
        order = rng.permutation(staff)
        for quarter in range(len(QUARTERS)):
            share = 2 / staff + (2 / 3 - 2 / staff) * quarter / (len(QUARTERS) - 1)
            doing = order[: max(2, round(share * staff))]
            does[quarter, doing] = busy[doing]  # not brought to one: more people, more stories
    flat = does.ravel() / does.sum()
    cell = rng.choice(flat.size, size=count, p=flat)
    return cell % staff, cell // staff
