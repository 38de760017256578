"""The organisation in one page: vision, values, standards, sites, teams, periods, privacy."""

from functools import cached_property
from typing import Literal

from pydantic import Field

from servicestory.models.base import Part, Record, Said
from servicestory.text import folded, initials, noun, one_line


class Standard(Part):
    """A service standard a practice can serve."""

    id: Said
    name: Said
    statement: str | None = None


class Site(Part):
    """A place of work; ``eligible`` people could adopt a practice there."""

    name: Said
    eligible: int | None = Field(None, ge=0)


class Team(Part):
    """A group of colleagues, at one site or across all."""

    name: Said
    site: str | None = None
    people: int | None = Field(None, ge=0)  # how many work in it, where `staff` does not list them all


class Person(Part):
    """One member of staff, so that first names in texts can be recognised and replaced."""

    name: Said
    aliases: list[Said] = []
    role: str | None = None
    team: str | None = None
    site: str | None = None


class Authority(Part):
    """What somebody may decide alone, in every procedure whose owner names no other roles."""

    role: Said  # of the first line: whoever carries out the steps; of the next: who is asked beyond the limit
    limit: Said  # of what costs money or bends a rule: "up to 50 euros for one guest"
    ask: str | None = None  # beyond the limit; else the role of the next line


class Periods(Part):
    """How the year is cut up for reviews."""

    kind: Literal["month", "quarter", "year"] = "quarter"


class Privacy(Part):
    """What is taken out of texts on the way in, and how small a group may be shown."""

    redact: bool = True
    pseudonyms: bool = True
    smallest_group: int = Field(5, ge=1)


class VerdictRules(Part):
    """The floors and levels of the verdict; every one is explained in docs/verdict.md."""

    least_stories: int = Field(8, ge=1)  # of the practice, below: not enough evidence
    least_people: int = Field(3, ge=1)  # different people (else sites) the stories must name
    significance: float = Field(0.05, gt=0, lt=1)  # chance below which it is no longer called chance
    star_share: float = Field(0.5, gt=0, le=1)  # share of one person
    team_share: float = Field(0.8, gt=0, le=1)  # share of one team or site
    wide_share: float = Field(0.75, gt=0, le=1)  # people, teams, sites seen, of those chance would show
    least_reach: float = Field(
        0.5, gt=0, lt=1
    )  # teams and sites that do it at the least, allowing for chance
    growth: float = Field(1.5, gt=1)  # times as many people or sites in the later half of the stories
    most_missing: float = Field(0.5, ge=0, le=1)  # share of stories that may leave open who did it
    one_off_rate: float = Field(0.1, gt=0, le=1)  # one story: at most this often, allowing for chance


class Organisation(Record):
    """What `servicestory.yaml` holds."""

    organisation: str = "Our organisation"
    language: str = "en"
    customer_word: str = "customer"
    vision: str | None = None
    values: list[str] = []
    standards: list[Standard] = []
    sites: list[Site] = []
    teams: list[Team] = []
    staff: list[Person] = []
    authority: list[Authority] = []
    periods: Periods = Periods()
    privacy: Privacy = Privacy()
    verdict: VerdictRules = VerdictRules()
    review_months: int = Field(12, ge=1, le=120)  # ten years: no date of review leaves the calendar

    @property
    def customer(self) -> str:
        """The house's word for a customer, as it stands within a sentence."""
        return noun(one_line(self.customer_word), self.language) or "customer"

    def staff_names(self) -> list[str]:
        """Every name and alias of the staff list, in its order."""
        return [name for person in self.staff for name in (person.name, *person.aliases)]

    def colleague(self, name: str) -> Person | None:
        """Who on the staff list goes by that name; None when nobody does.

        A name somebody has of their own comes before the same word as somebody else's alias. Initials may be
        written with and without dots.
        """
        return self._known_as.get(folded(name)) or self._known_as.get(initials(name))

    def person(self, name: str) -> str:
        """Whom a name stands for, folded: the colleague who goes by it, else the name itself."""
        found = self.colleague(name)
        return folded(found.name if found else name)

    def lists(self, person: str) -> bool:
        """Whether somebody of the staff list has this folded name."""
        return person in self._goes_by

    def goes_by(self, person: str) -> list[str]:
        """Name and aliases of the colleague of this folded name; none of anybody else."""
        return self._goes_by.get(person, [])

    @cached_property
    def _goes_by(self) -> dict[str, list[str]]:
        return {folded(p.name): [p.name, *p.aliases] for p in self.staff}

    @cached_property
    def _known_as(self) -> dict[str, Person]:
        """Every name and alias, folded -> who goes by it; the list is not changed once read."""
        aliases = {folded(alias): person for person in self.staff for alias in person.aliases}
        aliases |= {initials(alias): person for person in self.staff for alias in person.aliases}
        aliases.pop("", None)
        return aliases | {folded(person.name): person for person in self.staff}
