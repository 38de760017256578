"""Whose practice it is: the teams and sites whose stories show it, whom it serves, and how sure it is that they do."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from servicestory.models.story import Story
from servicestory.text import listing, one_line, plural
from servicestory.wording.material import Material

LEAST = 2  # stories before a place is named: one may tell of a chance


@dataclass(frozen=True)
class Places:
    """Teams or sites by name with their stories, most told first; how many others one story each names, and none."""

    named: tuple[tuple[str, int], ...] = ()
    others: int = 0
    unnamed: int = 0  # stories that name no place

    @property
    def only(self) -> str:
        """The name of the place where every story names it; else empty."""
        return self.named[0][0] if len(self.named) == 1 and not (self.others or self.unnamed) else ""

    def said(self, what: str, most: int = 3) -> str:
        """In words, the first few by name: "Kitchen (4 stories), Bar (2) and 2 other teams"."""
        names = [
            f"{name} ({plural(n, 'story', 'stories') if not at else n})"
            for at, (name, n) in enumerate(self.named[:most])
        ]
        rest = len(self.named[most:]) + self.others
        other = "other " if names else ""
        return listing([*names, *([f"{rest} {other}{what}{'' if rest == 1 else 's'}"] if rest else [])])


def showing(material: Material) -> list[Story]:
    """The stories in which a step was read; all it is made of, where none was.

    Whoever only stands in a story of which no words give a step need not do it at all.
    """
    cited = {cite.story for step in material.steps for cite in step.cites} & material.told.keys()
    return [material.told[key] for key in sorted(cited or material.told)]


def places(material: Material, what: Literal["team", "site"]) -> Places:
    """The teams or the sites whose stories show it: by name from two stories on, the rest by their number."""
    told = [story.team if what == "team" else story.site for story in showing(material)]
    counted = Counter(one_line(name) for name in told if name)
    ranked = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    named = tuple((name, n) for name, n in ranked if n >= LEAST)
    return Places(named, len(ranked) - len(named), sum(1 for name in told if not name))


def whose(material: Material) -> str:
    """The team whose work it is: four stories that show it, and three in four, are its own; else nothing."""
    teams = places(material, "team").named
    return teams[0][0] if teams and teams[0][1] >= 4 and teams[0][1] * 4 >= len(showing(material)) * 3 else ""


def people_to_ask(material: Material) -> str:
    """Whom to ask about the steps: the teams, else the sites, that several stories name; never a person by name."""
    if named := places(material, "team").named:
        return f"Ask {_some([name for name, _ in named])} what they do in such a moment."
    if named := places(material, "site").named:
        return f"Ask the teams at {_some([name for name, _ in named])} what they do in such a moment."
    return "Ask whoever told these stories, or watch one such moment and write down what is done."


def mentors(material: Material, most: int = 5) -> str:
    """Where mentors can be found: teams that several stories show, else sites."""
    for what in ("team", "site"):
        if named := places(material, what).named:
            some = listing([name for name, _ in named[:most]])
            return f"pair each learner with a colleague from a {what} whose stories show it: {some}."
    return "pair each learner with a colleague who does it already; the team knows who that is."


def _some(names: list[str], most: int = 3) -> str:
    """The names, or the first few of many."""
    return listing(names) if len(names) <= most + 1 else f"{listing(names[:most])}, where it is told most,"


def served(material: Material, word: str) -> list[str]:
    """Whom the practice serves in the stories that show it: the customer, a colleague, or both.

    Args:
        word: the house's word for a customer.
    """
    inside = [story.internal for story in showing(material)]
    if not inside:
        return [material.customer]
    return [*([word] if not all(inside) else []), *(["colleague"] if any(inside) else [])]


def both_served(material: Material) -> bool:
    """Whether its stories serve customers and colleagues."""
    inside = {story.internal for story in showing(material)}
    return len(inside) > 1


def word_for(material: Material) -> str:
    """The one word for whom it serves: "person" where customers and colleagues are both served."""
    return "person" if both_served(material) else material.customer


def how_sure(material: Material, stories: Iterable[str]) -> str:
    """How sure it is that these stories show the practice: how many people confirmed, how many are doubtful."""
    every = set(stories)
    if not every:
        return ""
    practice = material.practice
    places = [e for e in practice.evidence if e.story in every]
    seen = len({e.story for e in places if e.pinned})
    doubtful = len(every & practice.doubtful_stories)
    if seen == len(every):
        said = f"People have confirmed that {'it shows it' if seen == 1 else 'each of them shows it'}"
    else:
        if seen:
            who = f"People have confirmed that {seen} of them {'shows' if seen == 1 else 'show'} it"
        else:
            who = f"Nobody has confirmed that {'it shows' if len(every) == 1 else 'they show'} it"
        said = f"{who}; {doubtful} {'are' if doubtful > 1 else 'is'} marked as doubtful" if doubtful else who
    return f"{said}."


def others(material: Material, without_step: int, after: str = "the other") -> str:
    """What became of the stories of it that gave no step, in one sentence; empty where every story gave one.

    The kinds add up with those that gave one to the number the verdict counts.

    Args:
        without_step: how many of the stories its documents are made of give no step.
        after: what stands before their number; "" where no story was named before.
    """
    kinds = [
        (without_step + material.aside, "gives no step", "give no step"),
        (material.doubtful, "is doubtful", "are doubtful"),
        (material.withheld, "may not be retold", "may not be retold"),
    ]
    told = [(n, one if n == 1 else more) for n, one, more in kinds if n]
    every = sum(n for n, _ in told)
    if len(told) > 1:
        before = f"Of {after} {every}" if after else f"Of {every} more"
        return f"{before}, {listing([f'{n} {does}' for n, does in told])}."
    if not told:
        return ""
    counted = f"{after} {'one' if every == 1 else every}" if after else f"{every} more"
    return f"{counted[0].upper()}{counted[1:]} {told[0][1]}."


def left_out(material: Material) -> str:
    """What stands behind a number of stories where some are not counted; else nothing."""
    gone = ["doubtful ones"] * bool(material.doubtful) + ["those least like the others"] * bool(
        material.aside
    )
    gone += ["those that may not be retold"] * bool(material.withheld)
    return f", {listing(gone)} left out" if gone else ""
