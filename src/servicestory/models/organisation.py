"""The organisation in one page: vision, values, standards, sites, teams, periods, privacy."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

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
    ask: Said | None = None  # beyond the limit; else the role of the next line


_Wrong = tuple[int, str, str, str]
"""What is wrong in a list: the number of the entry, its field, what, and what to do."""


def _refused(found: Iterable[_Wrong], entries: list[Part]) -> None:
    """Raises what is wrong in entries of a list, each at the line of its field."""
    errors = [
        InitErrorDetails(
            type=PydanticCustomError("in_list", "{what}", {"what": what, "next_step": step}),
            loc=(n, field),
            input=getattr(entries[n], field),
        )
        for n, field, what, step in found
    ]
    if errors:
        raise ValidationError.from_exception_data("servicestory.yaml", errors)


def _listed_once(sites: list[Site]) -> list[Site]:
    """Sites; two that differ in capitals and blanks alone are one, and would be counted as one."""
    _refused(_twice([((folded(one.name),), one.name, "") for one in sites], "site"), [*sites])
    return sites


def _teams_once(teams: list[Team]) -> list[Team]:
    """Teams; each once at a site."""
    keys = [(folded(one.name), folded(one.site or "")) for one in teams]
    told = [
        (key, one.name, f" at {one.site}" if one.site else "") for key, one in zip(keys, teams, strict=True)
    ]
    _refused(_twice(told, "team"), [*teams])
    return teams


def _twice(told: Sequence[tuple[tuple[str, ...], str, str]], kind: str) -> Iterable[_Wrong]:
    """The names whose key an entry before has.

    Args:
        told: of each entry its key, its name, and where it is.
    """
    first: dict[tuple[str, ...], tuple[int, str]] = {}
    for n, (key, name, where) in enumerate(told):
        at, before = first.setdefault(key, (n, name))
        if at < n:
            alike = "" if name == before else f", as {before!r}: capitals and blanks make no other name"
            said = f"the {kind} {name!r}{where} is listed already{alike}"
            yield n, "name", said, "Keep one of the two entries, or give this one another name"


def _who_decides(lines: list[Authority]) -> list[Authority]:
    """Roles and limits from which a reader sees who decides what, and whom to ask beyond it."""
    _refused(_undecided(lines), [*lines])
    return lines


def _undecided(lines: list[Authority]) -> Iterable[_Wrong]:
    first: dict[str, int] = {}
    for n, one in enumerate(lines):
        for field in ("role", "limit", "ask"):
            if (said := getattr(one, field)) and not any(sign.isalnum() for sign in said):
                what = f"{said!r} says nothing under {field!r} of 'authority'"
                example = {"limit": "such as: up to 50 euros for one guest", "ask": "or leave the line out"}
                yield n, field, what, f"Write it in words, {example.get(field, 'such as: the duty manager')}"
        if first.setdefault(folded(one.role), n) < n:
            what = f"the role {one.role!r} has its limit already, in entry {first[folded(one.role)] + 1}"
            yield n, "role", what, "Keep one of the two entries"
        elif one.ask and folded(one.ask) in first:
            itself = folded(one.ask) == folded(one.role)
            what = f"the role {one.role!r} asks itself beyond its limit"
            if not itself:
                what = f"the role {one.role!r} asks {one.ask!r}, whose limit comes before its own"
            yield n, "ask", what, "Name somebody who may decide more, or leave the line out"


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
    sites: Annotated[list[Site], AfterValidator(_listed_once)] = []
    teams: Annotated[list[Team], AfterValidator(_teams_once)] = []
    staff: list[Person] = []
    authority: Annotated[list[Authority], AfterValidator(_who_decides)] = []
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
