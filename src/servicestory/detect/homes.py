"""How much of a practice one person can stand behind, by the sites alone: people work at one site, mostly.

Somebody told of at several sites is the exception, and counts at all of these. What is told at ten sites
is then no one person's, though hardly a story says whose it is.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from servicestory.detect.concentration import Counts, exact_interval
from servicestory.detect.house import House
from servicestory.models.organisation import VerdictRules

ROAMING = 0.1
"""Share of the people told of again who are seen at several sites: where more are, a site bounds nobody."""


@dataclass(frozen=True)
class Homes:
    """Where the people of a house work, as far as stories on record show.

    ``who`` and ``site`` hold a pair for each site of each person who is told of at several, ``roams`` marks
    these among all people, ``again`` those told of at least twice with a site. A name that was only read in
    a text is of one site by itself, and tells nothing.
    """

    who: NDArray[np.int64]
    site: NDArray[np.int64]
    roams: NDArray[np.bool_]
    again: NDArray[np.bool_]

    @classmethod
    def of(cls, house: House) -> "Homes":
        """Read off the people and sites of all stories."""
        row, person = house.pairs["person"]
        kept = (house.site_of_story[row] >= 0) & ~house.from_text[row]
        row, person = row[kept], person[kept]
        width, people = max(1, len(house.names["site"])), len(house.names["person"])
        cells = np.unique(person * width + house.site_of_story[row])
        who, site = cells // width, cells % width
        roams = np.bincount(who, minlength=people) > 1
        return cls(who[roams[who]], site[roams[who]], roams, np.bincount(person, minlength=people) > 1)

    def hold(self, people: NDArray[np.bool_]) -> bool:
        """Whether hardly any of the marked people who could be seen at several sites are."""
        return bool((self.roams & people).sum() <= ROAMING * (self.again & people).sum())


@dataclass(frozen=True)
class AtOneSite:
    """The most stories of a practice that can be one person's, if each works where they are seen.

    ``stories`` are those of the practice, ``most`` those of the site (or of one person's sites) seen most,
    with all that do not say where; ``settled`` is whether hardly anybody is seen at several, of all and of
    those who do it. ``named_twice`` sites have two stories or more that say who did it; at ``differ`` of
    them nobody is in all.
    """

    stories: int
    most: int
    settled: bool
    named_twice: int
    differ: int

    @property
    def high(self) -> float:
        """Upper end of the exact 95 % interval of that share; 1 where too many work at several sites."""
        return exact_interval(self.most, self.stories)[1] if self.settled else 1.0

    def rules_out(self, rules: VerdictRules) -> bool:
        """Whether no one person can stand behind ``star_share`` of it, whoever did it."""
        return self.high < rules.star_share

    @property
    def differ_low(self) -> float:
        """Lower end of the exact 95 % interval of the share of sites at which different people are named."""
        return exact_interval(self.differ, self.named_twice)[0]


def at_one_site(house: House, homes: Homes, shows: NDArray[np.bool_], counts: Counts) -> AtOneSite:
    """What the sites of a practice tell.

    Args:
        house: as the practice sees it (:meth:`House.of_practice`).
        shows: which stories show it, shape (stories,).
        counts: its stories per site, shape (sites,).
    """
    stories, placed = int(shows.sum()), int(counts.sum())
    of_each = np.bincount(homes.who, weights=counts[homes.site])
    most = int(max(counts.max(initial=0), of_each.max(initial=0)))
    named_twice, differ = _who_at_each(house, shows)
    doing = house.counts("person", shows) > 0
    settled = homes.hold(np.ones_like(doing)) and homes.hold(doing)
    return AtOneSite(stories, most + stories - placed, settled, named_twice, differ)


def _who_at_each(house: House, shows: NDArray[np.bool_]) -> tuple[int, int]:
    """Sites with two stories of it or more that say who did it, and those where nobody is in all of them."""
    says = shows & house.says["person"] & (house.site_of_story >= 0)
    told = np.bincount(house.site_of_story[says], minlength=len(house.names["site"]))
    row, person = house.pairs["person"]
    kept = says[row]
    width = max(1, len(house.names["person"]))
    cells, stories = np.unique(house.site_of_story[row[kept]] * width + person[kept], return_counts=True)
    everywhere = np.zeros(len(told), dtype=bool)
    site = cells // width
    everywhere[site[stories == told[site]]] = True
    return int((told > 1).sum()), int(((told > 1) & ~everywhere).sum())
