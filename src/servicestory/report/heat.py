"""Which practice is told of at which site: stories, coloured by their share of the site's stories."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from servicestory.models.practice import Practice
from servicestory.models.story import Story
from servicestory.report.cards import Card

MOST_SITES, MOST_PRACTICES, MOST_PERIODS = 12, 40, 8
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


@dataclass(frozen=True)
class ByState:
    """For each practice at how many sites it is seen as often as elsewhere, more, less, or not.

    A row is a card and a cell for each of ``columns``; ``few`` practices have too few stories to compare.
    """

    columns: list[str]
    rows: list[tuple[Card, list[str]]]
    few: int


def by_state(cards: Sequence[Card]) -> ByState:
    """The table for more sites than a map holds; without the columns in which nothing stands."""
    compared = [card for card in cards if card.by_state][:MOST_PRACTICES]
    number = len(compared[0].by_state) if compared else 0
    used = [i for i in range(number) if any(card.by_state[i][1] != "0" for card in compared)]
    return ByState(
        [compared[0].by_state[i][0] for i in used],
        [(card, [card.by_state[i][1] for i in used]) for card in compared],
        sum(not card.by_state for card in cards),
    )


@dataclass(frozen=True)
class Course:
    """How practices spread: stories and sites in each period, shaded by share of all stories told then."""

    periods: list[str]
    rows: list[tuple[Card, list[tuple[Cell, int]]]]
    more: int = 0

    @property
    def shown(self) -> "Course":
        """As much as a page holds: the last periods of the first practices; the rest is counted."""
        rows = [(card, cells[-MOST_PERIODS:]) for card, cells in self.rows[:MOST_PRACTICES]]
        return Course(self.periods[-MOST_PERIODS:], rows, len(self.rows) - len(rows))


def course(
    cards: Sequence[Card], states: Mapping[str, Mapping[str, Any]], told: Sequence[tuple[str, int]]
) -> Course:
    """The course of each practice over the periods.

    Args:
        states: by practice id, its entry of `monitor --json`.
        told: every period with its stories, oldest first.
    """
    rows = []
    for card in cards:
        found = {r["period"]: (r["stories"], r["sites"]) for r in states.get(card.id, {}).get("spread", ())}
        cells = [(found.get(period, (0, 0)), count) for period, count in told]
        rows.append((card, [(_cell(stories, count), sites) for (stories, sites), count in cells]))
    return Course([period for period, _ in told], rows)


def _cell(count: int, told: int) -> Cell:
    share = count / told if told else 0.0
    return Cell(count, told, 0 if not count else 1 + sum(share >= level for level in LEVELS))
