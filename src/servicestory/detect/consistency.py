"""Site by site: where a practice is seen as often as elsewhere, more, less, or where nobody can tell."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from servicestory.detect.chance import drawn, held
from servicestory.detect.concentration import exact_interval
from servicestory.models.organisation import Organisation
from servicestory.models.story import Story
from servicestory.text import folded

State = Literal[
    "as often as elsewhere",
    "more often",
    "less often",
    "perhaps more often",
    "perhaps less often",
    "seen, too few stories to compare",
    "too few stories to tell",
    "no stories",
]


@dataclass(frozen=True)
class SiteConsistency:
    """One site: ``seen`` of its ``told`` stories show the practice, a share between ``low`` and ``high``.

    ``expected`` is how many would show it at the rate of all other sites; the interval is exact binomial.
    """

    site: str
    seen: int
    told: int
    expected: float
    low: float
    high: float
    state: State


@dataclass
class Sites:
    """The sites that are listed or named: as written, how many stories each told, whose each story is."""

    written: dict[str, str] = field(default_factory=dict)
    told: dict[str, int] = field(default_factory=dict)
    of_story: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, stories: Sequence[Story], organisation: Organisation) -> "Sites":
        """Count the stories of any kind once, for all practices."""
        found = cls()
        for site in organisation.sites:
            found.written[folded(site.name)] = site.name
            found.told[folded(site.name)] = 0
        for story in sorted(stories, key=lambda one: one.id):
            if story.site and story.site.strip():
                key = folded(story.site)
                found.written.setdefault(key, story.site)
                found.told[key] = found.told.get(key, 0) + 1
                found.of_story[story.id] = key
        return found


def consistency(evidence: Sequence[str], sites: Sites, significance: float = 0.05) -> list[SiteConsistency]:
    """Every site that is listed or named, in the order of its name: a page to look up, not a league table.

    A site counts as more or less often when its count is unlikely at the rate of the other sites (exact
    two-sided test of the two-by-two table, Fisher 1922), after holding the false alarms among all
    sites to the level (Benjamini and Hochberg 1995); as perhaps so where it is unlikely by itself, but not
    for one of so many sites. It counts as seen as often as elsewhere only where so many stories are told that
    none of them would hardly be chance; a single story is no rate, whatever chance says. Where it is not
    seen, and that may be chance, the stories cannot tell: silence is not absence.

    Args:
        evidence: ids of the stories that show the practice.
        sites: of the stories of any kind.
        significance: of the false alarms.
    """
    told, seen = sites.told, dict.fromkeys(sites.told, 0)
    for ref in set(evidence) & sites.of_story.keys():
        seen[sites.of_story[ref]] += 1
    all_told, all_seen = sum(told.values()), sum(seen.values())
    asked = [key for key in sorted(told) if told[key]]
    chances = [_two_sided(seen[key], told[key], all_seen, all_told) for key in asked]
    alone = dict(zip(asked, chances, strict=True))
    controlled = dict(zip(asked, held(chances), strict=True))
    return [
        _site(
            sites.written[key],
            seen[key],
            told[key],
            all_seen,
            all_told,
            alone.get(key, 1.0),
            controlled.get(key, 1.0),
            significance,
        )
        for key in sorted(told)
    ]


def _site(
    name: str,
    seen: int,
    told: int,
    all_seen: int,
    all_told: int,
    alone: float,
    controlled: float,
    level: float,
) -> SiteConsistency:
    others = all_told - told
    rate = (all_seen - seen) / others if others else 0.0
    low, high = exact_interval(seen, told)
    more = bool(told) and seen / told > rate
    tellable = others and not (more and seen == 1)  # one story is no rate
    state: State = "as often as elsewhere"
    if not told:
        state = "no stories"
    elif controlled <= level and tellable:
        state = "more often" if more else "less often"
    elif alone <= level and tellable:
        state = "perhaps more often" if more else "perhaps less often"
    elif not seen and others:
        state = "too few stories to tell"
    elif others and (1 - rate) ** told > level:
        state = "seen, too few stories to compare"
    return SiteConsistency(name, seen, told, rate * told, low, high, state)


def _two_sided(seen: int, told: int, all_seen: int, all_told: int) -> float:
    """Chance of a count as unlikely as this one or more so, the margins of the table as they are."""
    least, chances = drawn(all_told, all_seen, told)
    here = chances[seen - least]
    return float(min(1.0, chances[chances <= here * (1 + 1e-9)].sum()))
