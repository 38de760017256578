"""Which practice is told of at which site: stories, coloured by their share of the site's stories."""

from collections.abc import Sequence
from dataclasses import dataclass

from servicestory.models.practice import Practice
from servicestory.models.story import Story
from servicestory.report.cards import Card

MOST_SITES, MOST_PRACTICES = 12, 40
LEVELS = (0.05, 0.15, 0.30)  # shares from which a cell is a shade darker


@dataclass(frozen=True)
class Cell:
    """Stories of a practice at a site, of all that were told there; shade 0 (none) to 4."""

    stories: int
    told: int
    shade: int


@dataclass(frozen=True)
class HeatMap:
    """``rows`` hold a card and a cell for each site; the rest that finds no room is counted."""

    sites: list[str]
    rows: list[tuple[Card, list[Cell]]]
    more_sites: int
    more_practices: int
    nowhere: int  # stories that do not say where

    @property
    def shown(self) -> bool:
        """Whether there is anything to compare."""
        return bool(self.rows) and bool(self.sites)


def build(
    practices: Sequence[Practice],
    cards: Sequence[Card],
    stories: Sequence[Story],
    whole: bool = False,
) -> HeatMap:
    """The table of practices (in the order of ``cards``) and sites (most stories first).

    Args:
        whole: every practice and site, for a file; otherwise as many as a page holds.

    The cells count stories, never people.
    """
    where = {s.id: s.site for s in stories if s.site}
    told: dict[str, int] = {}
    for site in where.values():
        told[site] = told.get(site, 0) + 1
    sites = sorted(told, key=lambda s: (-told[s], s))
    seen = {
        p.id: [where[i] for i in {e.story for e in p.evidence} if i in where]
        for p in practices
    }  # fmt: skip
    columns = sites if whole else sites[:MOST_SITES]
    shown = cards if whole else cards[:MOST_PRACTICES]
    rows = []
    for card in shown:
        counts: dict[str, int] = {}
        for site in seen[card.id]:
            counts[site] = counts.get(site, 0) + 1
        rows.append((card, [_cell(counts.get(s, 0), told[s]) for s in columns]))
    return HeatMap(
        columns, rows, len(sites) - len(columns), len(cards) - len(shown), len(stories) - len(where)
    )


def _cell(count: int, told: int) -> Cell:
    share = count / told
    return Cell(count, told, 0 if not count else 1 + sum(share >= level for level in LEVELS))
