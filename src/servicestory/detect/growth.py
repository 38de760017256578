"""Whether a practice is told more often, or of more people or sites, in the later half of the stories."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from servicestory.detect.chance import held
from servicestory.detect.concentration import SMALLEST, Counts, wider_chance
from servicestory.detect.house import KINDS, LEAST_ELSEWHERE, House, Kind
from servicestory.detect.later import chance_of_later, middle, parts
from servicestory.models.organisation import VerdictRules


@dataclass(frozen=True)
class Half:
    """The practice in the early or the late half of the stories: counts, and its most seen group's share."""

    told: int
    stories: int
    seen: dict[Kind, int]
    known: dict[Kind, int]
    top_share: dict[Kind, float]


@dataclass(frozen=True)
class Growth:
    """Early against late, at the sites told of in both; ``left_out`` others are not.

    ``p_more`` is the chance of stories so late, each site compared with itself, ``p_wider`` of so many
    more people (or sites, by ``kind``) than their number explains (None where there are not so many more, or
    the other chance is smaller than draws can show). ``others`` are the chances (:func:`chance_of_growth`)
    of the practices that are judged with it. ``told_again`` of its stories in both halves are of sites (of
    people or teams, where no site is told) it is told of at least twice.
    """

    since: str
    left_out: int
    early: Half
    late: Half
    kind: Kind
    p_more: float | None
    p_wider: float | None
    told_again: int
    others: tuple[float, ...] = ()


def growth_of(
    house: House, shows: np.ndarray, known: Mapping[Kind, int], growth: float, seed: int
) -> Growth | None:
    """Cut the periods where half of the other stories are told (else in the middle); compare the halves.

    Stories of a site told of in one half only are left out: a new site, or one that fell silent, changes how
    often and how widely a practice is told, and nothing has grown.
    """
    told = house.told["period"]
    if len(told) < 2:
        return None
    others = told - house.counts("period", shows)
    weight = others if others.sum() >= LEAST_ELSEWHERE else np.ones(len(told), dtype=np.int64)
    cut = middle(weight)
    late = house.period_of_story >= cut
    early = (house.period_of_story >= 0) & ~late
    both, left_out = _told_of_in_both(house, early, late)
    early, late = early & both, late & both
    kind: Kind = "person" if known["person"] >= known["site"] / 2 else "site"
    if not known[kind]:
        return None
    first, second = _half(house, shows, early), _half(house, shows, late)
    p_wider = p_more = None
    if others.sum() >= LEAST_ELSEWHERE:
        p_more = _chance_of_later(house, shows, early | late, parts(weight, cut))
    # The draws are paid for only where the criterion could be met, and they could be the smaller chance.
    decided = p_more is not None and p_more <= SMALLEST and _rises(first, second, growth)
    if not decided and second.seen[kind] >= growth * first.seen[kind]:
        mine: tuple[Counts, Counts] = house.counts(kind, shows & early), house.counts(kind, shows & late)
        halves = house.exposure(kind, shows, early), house.exposure(kind, shows, late)
        comparable = all(int((t - m).sum()) >= LEAST_ELSEWHERE for t, m in zip(halves, mine, strict=True))
        p_wider = wider_chance(*mine, halves if comparable else None, seed % 2**32)
    each = house.counts("site" if known["site"] else kind, shows & (early | late))
    return Growth(
        since=house.names["period"][cut],
        left_out=left_out,
        early=first,
        late=second,
        kind=kind,
        p_more=p_more,
        p_wider=p_wider,
        told_again=int(each[each > 1].sum()),
    )


def _rises(early: Half, late: Half, growth: float) -> bool:
    """Whether so many times the share of the stories show it."""
    rates = [half.stories / half.told if half.told else 0.0 for half in (early, late)]
    return rates[1] >= growth * rates[0]


def ways(growth: Growth, rules: VerdictRules) -> tuple[float, float]:
    """Chance that it is told of more, and that it is told of more people or sites; 1 where it is not."""
    before, after = growth.early.seen[growth.kind], growth.late.seen[growth.kind]
    if after < max(rules.growth * before, before + 2):
        return 1.0, 1.0
    more = growth.p_more if _rises(growth.early, growth.late, rules.growth) else 1.0
    return (1.0 if more is None else more), (1.0 if growth.p_wider is None else growth.p_wider)


def chance_of_growth(growth: Growth, rules: VerdictRules) -> float:
    """Chance of so much growth by either way: twice the smaller where both can be tried (Bonferroni)."""
    more, wider = ways(growth, rules)
    return wider if growth.p_more is None else min(1.0, 2 * min(more, wider))


def chance_among(growth: Growth, rules: VerdictRules) -> float:
    """:func:`chance_of_growth` held among all practices judged: of many that do not grow one may look so."""
    return held([chance_of_growth(growth, rules), *growth.others])[0]


def _told_of_in_both(house: House, early: np.ndarray, late: np.ndarray) -> tuple[np.ndarray, int]:
    """Which stories are of a site told of in both halves, or of no site; and how many sites are not."""
    before, since = house.counts("site", early) > 0, house.counts("site", late) > 0
    both = np.append(before & since, True)
    return both[house.site_of_story], int((before != since).sum())  # −1, no site, is the last


def _chance_of_later(house: House, shows: np.ndarray, compared: np.ndarray, part: np.ndarray) -> float:
    """Chance of stories of it told so late, each site compared with itself; ``part`` of each period."""
    sites = len(house.names["site"]) + 1
    cell = 4 * (house.site_of_story + 1) + part[house.period_of_story]  # site 0: the stories that name none
    told, marked = (
        np.bincount(cell[rows], minlength=4 * sites).reshape(sites, 4)
        for rows in (compared, compared & shows)
    )
    here = marked.any(axis=1)
    return chance_of_later(zip(told[here].tolist(), marked[here].tolist(), strict=True))


def _half(house: House, shows: np.ndarray, half: np.ndarray) -> Half:
    mine = shows & half
    counts = {kind: house.counts(kind, mine) for kind in KINDS[:3]}
    known = {kind: int((house.says[kind] & mine).sum()) for kind in counts}
    return Half(
        told=int(half.sum()),
        stories=int(mine.sum()),
        seen={kind: int((n > 0).sum()) for kind, n in counts.items()},
        known=known,
        top_share={kind: float(n.max() / known[kind]) if known[kind] else 0.0 for kind, n in counts.items()},
    )
