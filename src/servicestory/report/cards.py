"""A practice as a card of the review: what it is, the verdict and why, the sentences behind the number."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import Any

from servicestory.masking import Mask
from servicestory.models.base import period_of
from servicestory.models.organisation import Organisation
from servicestory.models.practice import Practice
from servicestory.models.story import Story
from servicestory.text import one_line
from servicestory.wording.complaint import complains

ALL_QUOTES = 2000  # sentences on the whole page, shared out among the practices
MOST_QUOTES, FEWEST_QUOTES = 40, 5
LONGEST_QUOTE = 240  # characters
SHOWN_PERIODS = 12
LEAST_TOLD = 8  # stories of a period; of fewer a share says nothing
TOGETHER = 2  # stories two practices must share to be called near


@dataclass(frozen=True)
class Quote:
    """The words of one place in a story, with when and where; ``story`` is empty if the id holds a name.

    ``doubtful`` when it may well belong to another practice, and nobody has confirmed it.
    """

    story: str
    date: str
    site: str
    text: str
    doubtful: bool = False


@dataclass(frozen=True)
class Beside:
    """What stands beside a verdict, in words: its worth, ordinary encounters, and (state, sites).

    ``by_state`` is the same for a table of many sites: (state, at how many), ``states`` for a file: by site,
    how it is seen there. Both are empty of few stories.
    """

    worth: str = ""
    contrast: str = ""
    places: tuple[tuple[str, str], ...] = ()
    by_state: tuple[tuple[str, str], ...] = ()
    states: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Card:
    """One practice. ``label`` and ``people`` are in the words of `servicestory verdict`."""

    id: str
    name: str
    status: str
    statement: str
    standard: str
    label: str
    because: str
    would_change: str
    computed_on: str
    outdated: bool  # people changed its evidence since the verdict was computed
    stories: int
    new: int  # of these, told in the period reviewed
    people: str
    sites: int
    of_sites: int | None
    periods: list[tuple[str, int, int]]  # the last ones: stories of it, and stories told of any kind
    earlier: int  # stories told before these
    state: str
    why: str
    fidelity: str
    life: list[tuple[str, str]]  # what is known beyond its state, as (what, sentence)
    level: str  # of the evidence
    supported: str  # the same, as it stands beside the verdict
    worth: str
    contrast: str
    places: list[tuple[str, str]]  # how it is seen there, and the sites
    by_state: tuple[tuple[str, str], ...]  # (state, at how many sites); empty of few stories
    seen_as: Mapping[str, str]  # by site, how it is seen there; empty of few stories
    near: list[tuple[str, str, int]]
    quotes: list[Quote]
    more: int  # stories whose words are not shown for want of room
    withheld: int  # stories that are counted but not quoted, because consent does not reach this far

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return self.id.lower()

    @property
    def all_the_same(self) -> bool:
        """Whether it can be decided on though its verdict is that there is not enough evidence."""
        return self.supported.endswith("all the same")

    @property
    def by_site(self) -> list[tuple[str, str, list[Quote]]]:
        """The quotes of each site with its place on the page, most first; those that say no site last."""
        groups: dict[str, list[Quote]] = {}
        for quote in self.quotes:
            groups.setdefault(quote.site, []).append(quote)
        order = sorted(groups, key=lambda site: (not site, -len(groups[site]), site))
        return [(site, f"{self.anchor}-at-{n}", groups[site]) for n, site in enumerate(order, 1)]

    @property
    def sites_quoted(self) -> dict[str, str]:
        """For each site with quotes, their place on the page."""
        return {site: anchor for site, anchor, _ in self.by_site if site}

    @property
    def highest(self) -> tuple[int, int]:
        """Stories of it and told, in the period in which most of what was told shows it; 0 of 0 in none.

        The bars are shares: an export that holds more of some periods than of others would look like growth.
        """
        enough = [(n, of) for _, n, of in self.periods if n and of >= LEAST_TOLD]
        return max(enough, key=lambda one: one[0] / one[1], default=(0, 0))

    @property
    def told(self) -> bool:
        """Whether any of its periods has a story of it."""
        return any(count for _, count, _ in self.periods)

    def bar(self, stories: int, told: int) -> float:
        """How high the bar of a period is, 0 to 1; 0 too where too little was told for a share."""
        most, of = self.highest
        return (stories / told) / (most / of) if most and told >= LEAST_TOLD else 0.0

    @property
    def line(self) -> str:
        """Its course in words, for those who do not see the bars."""
        course = ", ".join(f"{period}: {count} of {told:,}" for period, count, told in self.periods)
        return f"{course}; before these {self.earlier}" if self.earlier else course


def quotable(story: Story, on: date) -> bool:
    """Whether the words may stand in a report inside the company.

    Everybody who was asked has to have agreed to a use that reaches so far and not withdrawn it by
    ``on``. Where nobody was asked (most stories of colleagues, published reviews) they may, unnamed.
    """
    return not story.refused("company", "external", on=on)


def build(
    practices: Sequence[Practice],
    stories: Mapping[str, Story],
    states: Mapping[str, Mapping[str, Any]],
    organisation: Organisation,
    mask: Mask,
    today: date,
    period: str,
    beside: Mapping[str, Beside] | None = None,
) -> list[Card]:
    """The cards, in the order of ``practices``; their course ends with ``period``.

    Args:
        states: by practice id, its entry of `monitor --json`.
        beside: by practice id, what stands beside its verdict.
    """
    seen = {p.id: sorted({e.story for e in p.evidence if e.story in stories}) for p in practices}
    near = _near(practices, seen)
    names = {p.id: mask(p.name) for p in practices}
    standards = {s.id: s.name for s in organisation.standards}
    room = max(FEWEST_QUOTES, min(MOST_QUOTES, ALL_QUOTES // max(1, len(practices))))
    any_kind = Counter(period_of(s.date, organisation.periods.kind) for s in stories.values())
    out = []
    for p in practices:
        told = [stories[i] for i in seen[p.id]]
        open_ = [s for s in told if quotable(s, today)]
        new = {s.id for s in told if period_of(s.date, organisation.periods.kind) == period}
        quotes = _quotes(p, {s.id: s for s in open_}, mask, room, new)
        state = states.get(p.id, {})
        reach = state.get("reach", {})
        course = _course(state.get("spread", ()), period, any_kind)
        more = (beside or {}).get(p.id, Beside())
        out.append(
            Card(
                id=p.id,
                name=names[p.id],
                status=p.status,
                statement=mask(p.behaviour_statement or ""),
                standard=standards.get(p.standard or "", p.standard or ""),
                label=p.verdict.said if p.verdict else "",
                because=mask(p.verdict.because) if p.verdict else "",
                would_change=mask(p.verdict.would_change) if p.verdict else "",
                computed_on=(p.verdict.computed_on or "") if p.verdict else "",
                outdated=p.outdated,
                stories=len(told),
                new=len(new),
                people=p.verdict.people_said if p.verdict else "",
                sites=len({s.site for s in told if s.site}),
                of_sites=reach.get("of_sites"),
                periods=course[-SHOWN_PERIODS:],
                earlier=sum(n for _, n, _ in course[:-SHOWN_PERIODS]),
                state=state.get("state", ""),
                why=mask(state.get("why", "")),
                fidelity=_fidelity(state.get("fidelity")),
                life=[(row["what"], mask(row["says"])) for row in state.get("life", ())],
                level=p.evidence_level or "",
                supported=p.level_in_short,
                worth=more.worth,
                contrast=more.contrast,
                places=list(more.places),
                by_state=more.by_state,
                seen_as=more.states,
                near=[(other, names[other], n) for other, n in near[p.id]],
                quotes=quotes,
                more=len(open_) - len(quotes),
                withheld=len(told) - len(open_),
            )
        )
    return out


def _quotes(
    practice: Practice, open_: Mapping[str, Story], mask: Mask, room: int, new: Collection[str]
) -> list[Quote]:
    """The clearest place of each story, at most ``room``, the newest first.

    Where there are more, stories of the period (``new``) come before others, and the surest first.
    """
    best: dict[str, tuple[float, int, str, bool]] = {}
    for at, e in enumerate(practice.evidence):
        story = open_.get(e.story)
        words = e.text_in(story) if story else None
        if words and words.strip() and not complains(words):  # its count stays; it is quoted as no praise
            # What a person confirmed comes before what was only found.
            rank = (-(e.score or 0.0) - e.pinned, at, words, e.doubtful)
            best[e.story] = min(best.get(e.story, rank), rank)
    chosen = sorted(best, key=lambda i: (i not in new, best[i][0], i))[:room]
    chosen.sort(key=lambda i: (open_[i].date or "", i), reverse=True)
    return [
        Quote(
            mask.reference(i, open_[i].said),
            open_[i].date or "",
            open_[i].site or "",
            one_line(mask(one_line(best[i][2]), i), LONGEST_QUOTE),
            best[i][3],
        )
        for i in chosen
    ]


def _course(
    spread: Sequence[Mapping[str, Any]], period: str, told: Mapping[str | None, int]
) -> list[tuple[str, int, int]]:
    return [(r["period"], r["stories"], told.get(r["period"], 0)) for r in spread if r["period"] <= period]


def _near(
    practices: Sequence[Practice], seen: Mapping[str, Sequence[str]]
) -> dict[str, list[tuple[str, int]]]:
    """For each practice up to three that are told of in the same stories most often."""
    by_story: dict[str, list[str]] = {}
    for p in practices:
        for story in seen[p.id]:
            by_story.setdefault(story, []).append(p.id)
    shared: dict[tuple[str, str], int] = {}
    for ids in by_story.values():
        for pair in combinations(sorted(ids), 2):
            shared[pair] = shared.get(pair, 0) + 1
    found: dict[str, list[tuple[str, int]]] = {p.id: [] for p in practices}
    for (one, other), count in shared.items():
        if count >= TOGETHER:
            found[one].append((other, count))
            found[other].append((one, count))
    return {key: sorted(near, key=lambda n: (-n[1], n[0]))[:3] for key, near in found.items()}


def _fidelity(found: Mapping[str, Any] | None) -> str:
    if not found:
        return ""
    return (
        f"done in {found['done']} of {found['opportunities']} observed opportunities "
        f"({100 * found['lower']:.0f} to {100 * found['upper']:.0f} %)"
    )
