"""Over how many people, teams, sites and periods a practice is seen, against what chance alone would show.

Nothing here names a person: people are counted, compared with chance, left out one at a time, never listed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol
from zlib import crc32

import numpy as np

from servicestory.detect.chance import drawn
from servicestory.detect.concentration import (
    Chance,
    Counts,
    effective_number,
    exact_interval,
    expected_groups,
    likeness,
    top_chance,
    unbiased,
)
from servicestory.detect.growth import Growth, growth_of
from servicestory.detect.homes import AtOneSite, Homes, at_one_site
from servicestory.detect.house import KINDS, LEAST_ELSEWHERE, House, Kind
from servicestory.detect.width import Width
from servicestory.models.organisation import Organisation, VerdictRules
from servicestory.models.story import Story


@dataclass(frozen=True)
class Reach:
    """A practice over one kind of group: its people, teams, sites or periods.

    ``told`` and ``named`` are about stories of any kind: how many say the group, and how many different
    groups they name; ``listed`` is how many the organisation lists. ``known`` stories of the practice say
    the group, a share ``missing`` does not; ``seen`` groups are among them, ``again`` of these in two stories
    or more (``told_again`` stories together), where chance would show ``expected``. No fewer than
    ``at_least`` groups do it, allowing for chance, and ``needed`` more stories, each of a group not seen
    yet, would show that most do; with
    ``to_usual`` such stories as many are seen as is asked for of what is expected then. ``top``
    stories are of the group seen most (share between ``top_low`` and ``top_high``, exact 95 % interval),
    which is in ``elsewhere_top`` of the ``elsewhere`` other stories; ``top_p`` is the chance of that,
    ``top_p_in_place`` the same among the stories of the team (else site) seen most: a busy colleague in a
    team whose habit it is, is no star. ``concentration`` (unbiased), the ``effective`` number of groups with
    its bootstrap interval, its permutation ``p``; ``likeness`` is the share of variation that lies between
    groups. Figures are None where the stories cannot tell.
    """

    kind: Kind
    told: int
    named: int
    listed: int
    known: int
    missing: float
    seen: int
    again: int
    told_again: int
    expected: float | None
    at_least: int | None
    needed: int | None
    to_usual: int | None
    top: int
    top_low: float
    top_high: float
    elsewhere_top: int
    elsewhere: int
    top_p: float | None
    top_p_in_place: float | None
    concentration: float | None
    effective: float | None
    effective_low: float | None
    effective_high: float | None
    p: float | None
    likeness: float | None
    groups_without_top: int

    @property
    def top_share(self) -> float:
        """Share of the known stories that are of the group seen most (0 when none is known)."""
        return self.top / self.known if self.known else 0.0

    def hidden(self, smallest: int) -> bool:
        """Whether these are people, and so few that figures of them would tell of single ones.

        So few were seen, or so few do all stories together name. The one place where that is decided; what
        hangs on one person says so all the same (:func:`servicestory.detect.verdict.verdict`), for nobody
        could check it otherwise.
        """
        return self.kind == "person" and (self.named < smallest or 0 < self.seen < smallest)

    @property
    def without_top(self) -> tuple[int, int]:
        """(stories, groups) of the practice that are left without the stories of the group seen most."""
        return self.known - self.top, self.groups_without_top

    def few_without_top(self, smallest: int) -> bool:
        """Whether those left without the person seen most are fewer than may be told."""
        return self.kind == "person" and 0 < self.groups_without_top < smallest

    @property
    def compared_with(self) -> int:
        """Of how many groups those seen are a part: those named, all listed where none can be expected."""
        return self.named if self.expected is not None else self.listed

    @property
    def comparable(self) -> bool:
        """Whether there are enough other stories to know how often each group is told about at all."""
        return self.elsewhere >= LEAST_ELSEWHERE


class Located(Protocol):
    """A place in a story that shows a practice."""

    @property
    def story(self) -> str: ...
    @property
    def field(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


_WIDE: tuple[Kind, ...] = ("person", "team", "site")
LEAST_IN_PLACE = 8


@dataclass(frozen=True)
class PeriodCount:
    """One reporting period: stories of any kind, stories of the practice, its people and sites."""

    period: str
    told: int
    stories: int
    people: int
    sites: int


@dataclass(frozen=True)
class Spread:
    """Everything the verdict rests on, for one practice.

    ``told_since`` stories were told after the last period it was seen in; ``fading_p`` is the chance of none
    of its stories among them. ``prompted`` counts its stories by how they came, ``reporters`` those that say
    who told them, ``people_from_text`` those whose people were only read in the text; ``people_suggested``
    of its people are known from such stories alone. In ``shared`` stories several are named, the sentences
    do not say which of them did it, and all are counted. ``unsaid_import`` stories came in with a
    file and name nobody, so that nobody can be asked any more. ``silent_*`` groups
    are listed but no story of any kind names them. ``unknown`` stories were cited but are not there.
    ``at_one_site`` is how much of it can be one person's, by the sites alone.
    """

    stories: int
    house_stories: int
    people: int
    teams: int
    sites: int
    periods: int
    reach: dict[Kind, Reach]
    series: list[PeriodCount]
    growth: Growth | None
    told_since: int
    fading_p: float | None
    prompted: dict[Literal["spontaneous", "campaign", "import"], int]
    reporters: int
    people_from_text: int
    people_suggested: int
    shared: int
    unsaid_import: int
    silent_teams: int
    silent_sites: int
    unknown: int
    at_one_site: AtOneSite

    def hides(self, kind: Kind, smallest: int) -> bool:
        """Whether a count of these groups would tell a number of people below ``smallest``.

        Of people :meth:`Reach.hidden` decides; beside the star's share, the teams of so few count the others.
        """
        person, reach = self.reach["person"], self.reach[kind]
        few = kind == "team" and person.known > 0 and person.hidden(smallest) and 1 < reach.seen < smallest
        return few or reach.hidden(smallest)


def spread(
    practices_evidence: Mapping[str, Sequence[str]],
    stories: Sequence[Story],
    organisation: Organisation,
    *,
    suggested: Mapping[str, Sequence[str]] | None = None,
    places: Mapping[str, Sequence[Located]] | None = None,
    seed: int = 0,
) -> dict[str, Spread]:
    """Count and compare every practice.

    Args:
        practices_evidence: ids of the stories that show each practice; an id twice counts once, an id that
            is not among ``stories`` is counted in ``Spread.unknown``.
        stories: every story of any kind, in any order: they say how often each person or site is told about.
        organisation: staff, teams and sites that are listed, and the length of a period.
        suggested: first names found in the text of a story, by story id; used only for a story without
            ``people``, and taken to be somebody else at every other site.
        places: where each practice stands in its stories; who is named there did it
            (:mod:`servicestory.doers`).
        seed: of the resampling; the same stories and seed give the same figures, whatever the order.
    """
    house = House.of(stories, organisation, suggested or {})
    chances = {kind: Chance(house.told[kind], seed + place) for place, kind in enumerate(KINDS)}
    homes = Homes.of(house)
    widths = {kind: _widths(house, kind, organisation.verdict.least_reach, seed) for kind in _WIDE}
    found = {}
    by_row = {i: story for story in stories if (i := house.row[story.id]) in house.several}
    for ref, ids in practices_evidence.items():
        here, open_ = house.of_practice(_said((places or {}).get(ref, ()), house, by_row, ids))
        found[ref] = _one(here, homes, open_, chances, widths, sorted(set(ids)), organisation.verdict, seed)
    return found


def _said(
    places: Sequence[Located], house: House, stories: Mapping[int, Story], ids: Sequence[str]
) -> dict[int, list[str]]:
    """Row -> the sentences that show a practice, of its stories that name several people."""
    said: dict[int, list[str]] = {row: [] for i in ids if (row := house.row.get(i, -1)) in stories}
    for place in places:
        if (row := house.row.get(place.story, -1)) in said:
            text = stories[row].text_of(place.field)
            said[row].append((text or "")[place.start : place.end])
    return said


def _widths(house: House, kind: Kind, share: float, seed: int) -> tuple[Width, Width]:
    """Among the groups that stories name, and among those that are listed, all told about alike."""
    alike = np.ones(house.listed[kind], dtype=np.int64)
    return Width(house.told[kind], share, seed), Width(alike, share, seed)


def _one(
    house: House,
    homes: Homes,
    shared: int,
    chances: Mapping[Kind, Chance],
    widths: Mapping[Kind, tuple[Width, Width]],
    ids: Sequence[str],
    rules: VerdictRules,
    seed: int,
) -> Spread:
    rows = np.array(sorted(house.row[i] for i in ids if i in house.row), dtype=np.int64)
    shows = np.zeros(house.stories, dtype=bool)
    shows[rows] = True
    seed = seed + crc32("\n".join(ids).encode())
    reach = {
        kind: _reach(
            house,
            kind,
            shows,
            chances[kind],
            widths.get(kind),
            rules.wide_share,
            np.random.default_rng([seed, place]),
        )
        for place, kind in enumerate(KINDS)
    }
    series = _series(house, shows)
    since, fading = _fading(series)
    prompted = house.prompted[rows]
    return Spread(
        stories=len(rows),
        house_stories=house.stories,
        people=reach["person"].seen,
        teams=reach["team"].seen,
        sites=reach["site"].seen,
        periods=reach["period"].seen,
        reach=reach,
        series=series,
        growth=growth_of(house, shows, {kind: one.known for kind, one in reach.items()}, rules.growth, seed),
        told_since=since,
        fading_p=fading,
        prompted={
            "spontaneous": int((prompted == 0).sum()),
            "campaign": int((prompted == 1).sum()),
            "import": int((prompted == 2).sum()),
        },
        reporters=int(house.reported[rows].sum()),
        people_from_text=int(house.from_text[rows].sum()),
        people_suggested=int(
            (
                (house.counts("person", shows) > 0) & (house.counts("person", shows & ~house.from_text) == 0)
            ).sum()
        ),
        shared=shared,
        unsaid_import=int((prompted[~house.says["person"][rows]] == 2).sum()),
        silent_teams=house.silent["team"],
        silent_sites=house.silent["site"],
        unknown=len(ids) - len(rows),
        at_one_site=at_one_site(house, homes, shows, house.counts("site", shows)),
    )


def _reach(
    house: House,
    kind: Kind,
    shows: np.ndarray,
    chance: Chance,
    widths: tuple[Width, Width] | None,
    wide_share: float,
    rng: np.random.Generator,
) -> Reach:
    told = house.exposure(kind, shows)
    counts = house.counts(kind, shows)
    says = house.says[kind]
    known, told_stories = int((says & shows).sum()), int(says.sum())
    top_at = int(counts.argmax()) if known else -1
    top = int(counts[top_at]) if known else 0
    elsewhere = told_stories - known
    low, high = exact_interval(top, known)
    comparable = known > 0 and elsewhere >= LEAST_ELSEWHERE
    effective = effective_number(counts, rng) if kind != "period" else None
    concentration = float(unbiased(counts)) if counts.sum() > 1 else None
    total = int(shows.sum())
    seen = int((counts > 0).sum())
    width = None
    if widths and known:  # without other stories there may still be a list to compare with
        width = widths[0] if comparable else widths[1] if house.listed[kind] > 1 else None
    return Reach(
        kind=kind,
        told=told_stories,
        named=int((house.told[kind] > 0).sum()),
        listed=house.listed[kind],
        known=known,
        missing=(total - known) / total if total else 0.0,
        seen=seen,
        again=int((counts > 1).sum()),
        told_again=int(counts[counts > 1].sum()),
        expected=expected_groups(told, int(counts.sum())) if comparable else None,
        at_least=width.at_least(seen, int(counts.sum())) if width else None,
        needed=width.new_needed(seen, int(counts.sum())) if width else None,
        to_usual=_to_usual(told, counts, wide_share) if comparable and kind != "period" else None,
        top=top,
        top_low=low,
        top_high=high,
        elsewhere_top=int(told[top_at]) - top if known else 0,
        elsewhere=elsewhere,
        top_p=top_chance(top, known, int(told[top_at]), told, told_stories) if comparable else None,
        top_p_in_place=_chance_in_place(house, shows, counts) if kind == "person" and known else None,
        concentration=concentration,
        effective=effective[0] if effective else None,
        effective_low=effective[1] if effective else None,
        effective_high=effective[2] if effective else None,
        p=chance.concentration_chance(counts) if comparable and kind != "period" else None,
        likeness=likeness(counts, told) if comparable and kind != "period" else None,
        groups_without_top=int((house.counts(kind, shows & ~house.names_group(kind, top_at)) > 0).sum()),
    )


def _to_usual(told: Counts, counts: Counts, share: float) -> int | None:
    """How many new stories, each of a group not seen yet, until ``share`` of what is expected then is seen.

    Each new story raises what so many stories would show, most where fewest are told: these come first, so
    that the number is enough wherever the stories come from. None when all groups would not do.
    """
    seen, stories = int((counts > 0).sum()), int(counts.sum())
    told = told.copy()
    unseen = np.flatnonzero(counts == 0)
    unseen = unseen[np.argsort(told[unseen], kind="stable")]
    for more in range(len(unseen) + 1):
        if more:
            told[unseen[more - 1]] += 1
        if seen + more >= share * expected_groups(told, stories + more):
            return more
    return None


def _chance_in_place(house: House, shows: np.ndarray, counts: Counts) -> float | None:
    """Chance of the top person's count among the stories of the team (else site) it is seen most in."""
    kind: Kind = "team" if (house.says["team"] & shows).any() else "site"
    place = house.counts(kind, shows)
    if not place.any():
        return None
    here = house.names_group(kind, int(place.argmax())) & house.says["person"]
    drawn, told = int((here & shows).sum()), int(here.sum())
    if told - drawn < LEAST_IN_PLACE:
        return None
    exposure, person = house.exposure("person", shows, here), int(counts.argmax())
    hits = int(house.counts("person", here & shows)[person])
    return top_chance(hits, drawn, int(exposure[person]), exposure, told)


def _series(house: House, shows: np.ndarray) -> list[PeriodCount]:
    told, mine = house.told["period"], house.counts("period", shows)
    people, sites = (house.groups_per_period(kind, shows) for kind in ("person", "site"))
    return [
        PeriodCount(name, int(told[i]), int(mine[i]), int(people[i]), int(sites[i]))
        for i, name in enumerate(house.names["period"])
    ]


def _fading(series: Sequence[PeriodCount]) -> tuple[int, float | None]:
    """Stories told since the period the practice was last seen in, and the chance of none among them."""
    seen = [i for i, point in enumerate(series) if point.stories]
    if not seen:
        return 0, None
    since = sum(point.told for point in series[seen[-1] + 1 :])
    until = sum(point.told for point in series[: seen[-1] + 1])
    shown = sum(point.stories for point in series)
    if not since:
        return 0, None
    least, chances = drawn(until + since, shown, since)
    return since, 0.0 if least else float(chances[0])
