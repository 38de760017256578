"""What the commands that judge practices share: names read in texts, figures that moved, masks, the JSON."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from servicestory import console
from servicestory.cli.app import today
from servicestory.text import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from servicestory.cli.known import Known
    from servicestory.detect.contrast import Contrast
    from servicestory.detect.heroics import Heroic
    from servicestory.detect.judged import Judged, Place
    from servicestory.detect.mending import Mend
    from servicestory.detect.suggesting import Suggested
    from servicestory.detect.told_names import ToldNames
    from servicestory.masking import Mask
    from servicestory.models.encounter import Encounter
    from servicestory.models.names import NameDecision
    from servicestory.models.organisation import Organisation
    from servicestory.models.practice import Practice
    from servicestory.models.story import Story
    from servicestory.monitor.due import Next
    from servicestory.workspace import Workspace

NAMES = "names.npz"  # where texts seem to name colleagues, for the next command
MANY = 1000
"""Stories from which on it is worth keeping what was found."""


_TELLING = 5  # words; a shorter text is written by several people alike


@dataclass(frozen=True)
class House:
    """A workspace's stories with what is worked out of them once, for all practices."""

    workspace: "Workspace"
    organisation: "Organisation"
    stories: "Sequence[Story]"
    step: "Callable[[str, int, int], None]" = lambda _phase, _done, _of: None  # told of long work

    @cached_property
    def suggested(self) -> "Suggested":
        """Names of colleagues the texts seem to mention, of stories that name nobody."""
        return self._known.suggested if self._known else self._suggested

    @cached_property
    def _known(self) -> "Known | None":
        """What of many stories is kept for the next command; None of few."""
        if len(self.stories) < MANY:
            return None
        from servicestory.cli import known

        ws, stories = self.workspace, self.stories
        mark = known.mark(stories, self.organisation, self._decided)
        return known.kept(
            ws.derived,
            ws.keep_derived,
            mark,
            stories,
            lambda: known.Known(self._suggested, self._told, self._signs),
        )

    @cached_property
    def _suggested(self) -> "Suggested":
        from servicestory.detect.suggesting import suggestions

        return suggestions(
            self.stories,
            self.organisation,
            self._decided,
            lambda some: [self._alone[story.id] for story in some],
        )

    @cached_property
    def _decided(self) -> "list[NameDecision]":
        from servicestory.models.names import NameDecision

        return self.workspace.records("names", NameDecision, [])

    @cached_property
    def suggested_names(self) -> "dict[str, list[str]]":
        """Story id -> those names alone, each once, two spellings of one name as one."""
        from servicestory.detect.suggesting import names

        return names(self.suggested, self.stories, self.organisation)

    @cached_property
    def _alone(self) -> "Suggested":
        """Story id -> what its text suggests by itself; of many stories that is kept for the next command."""
        stories, staff = self.stories, self.organisation.staff
        if len(stories) < MANY:  # numpy is much to load for a few texts
            from servicestory.detect.people import suggested_people

            return {story.id: suggested_people(story, staff) for story in stories}
        from servicestory.detect import mentions

        known = mentions.load(self.workspace.derived(NAMES), staff)
        found, kept = mentions.gather(
            stories, staff, known, lambda done, of: self.step("Looking for names", done, of)
        )
        if kept is not known:
            self.workspace.keep_derived(NAMES, mentions.dump(kept, staff))
        return {story.id: here for story, here in zip(stories, found, strict=True)}

    @cached_property
    def mask(self) -> "Mask":
        """Takes names out of texts: those on record, and those that the texts of all stories tell."""
        return self.mask_for({})

    def mask_for(self, agreed: "Mapping[str, Iterable[str]]") -> "Mask":
        """The mask that leaves, in each story's texts, who agreed to be named there."""
        from servicestory.masking import Mask

        people = (name for story in self.stories for name in story.people)
        titles = (practice.name for practice in self.workspace.practices([]))
        return Mask(self.organisation, people, self.told, agreed, titles)

    @cached_property
    def nobody_on_record(self) -> bool:
        """Whether no story has on record who did it."""
        return bool(self.stories) and not any(story.people for story in self.stories)

    @cached_property
    def told(self) -> "ToldNames":
        """What the texts of all stories tell of names that nobody recorded."""
        return self._known.told if self._known else self._told

    @cached_property
    def _told(self) -> "ToldNames":
        from servicestory.detect.suggesting import told

        return told(self._suggested, self._alone, self.stories, self._decided)

    @cached_property
    def names(self) -> list[str]:
        """Names that no practice is called by: those on record, and words that are surely names in texts."""
        people = {name for story in self.stories for name in story.people}
        return sorted({*self.organisation.staff_names(), *people, *self.told.only_names})

    @cached_property
    def signs(self) -> "list[Heroic]":
        """Signs of heroics in all stories."""
        return self._known.signs if self._known else self._signs

    @cached_property
    def _signs(self) -> "list[Heroic]":
        from servicestory.detect.heroics import heroics

        return heroics(self.stories)

    def judge(
        self, places: "Mapping[str, Sequence[Place]]", contrasts: "Mapping[str, Contrast] | None" = None
    ) -> "dict[str, Judged]":
        """Practice id -> everything said of it, given the places in stories that show it."""
        from servicestory.detect.judged import judge

        return judge(
            {ref: [place.story for place in found] for ref, found in places.items()},
            self.stories,
            self.organisation,
            suggested=self.suggested_names,
            contrasts=contrasts,
            moved=moved(self.workspace),
            signs=self.signs,
            places=places,
        )

    def person(self, name: str | None) -> str | None:
        """Whoever looks after or decided something: a role in place of a name on the staff list."""
        return None if name is None else self.mask.person(name)


def moved(ws: "Workspace") -> set[str]:
    """Practices tied to a measure whose figures moved the wanted way by more than chance."""
    from servicestory.models.monitoring import Measure, MeasurePoint, Rebase

    last = {measure.id: measure for measure in ws.records("measures", Measure, [])}
    tied = [measure for measure in last.values() if measure.practices]
    if not tied:
        return set()
    from servicestory.monitor.series import build

    points = ws.records("measure-points", MeasurePoint, [])
    rebases = ws.records("rebases", Rebase, [])
    found: set[str] = set()
    for measure in tied:
        mine = [point for point in points if point.measure == measure.id]
        for site in sorted({point.site or "" for point in mine}):
            here = [point for point in mine if (point.site or "") == site]
            series = build(measure, here, rebases, today(), site or None)
            if series.verdict == "improvement":
                found.update(measure.practices)
    return found


def contrasts(
    house: House, practices: "Callable[[], Sequence[Practice]]", step: "Callable[[str, int, int], None]"
) -> "dict[str, Contrast]":
    """Practice id -> stories beside ordinary encounters, coded afresh; {} where there are no encounters."""
    from servicestory.models.encounter import Encounter

    met = house.workspace.records("encounters", Encounter, [])
    ordinary = [one.text for one in apart(met, house.stories)]
    if not ordinary:
        return {}
    from servicestory.detect.blind import contrasts as coded

    return coded(
        house.stories,
        ordinary,
        practices(),
        house.workspace.codebook([]),
        lambda done, of: step("Comparing with ordinary encounters", done, of),
        len(met) - len(ordinary),
    )


def apart(ordinary: "Sequence[Encounter]", stories: "Sequence[Story]") -> "list[Encounter]":
    """The encounters that are not a story's text over again; of few words the record must agree as well.

    A file of every rating brings the great ones along, which are stories already: comparing them with
    themselves makes the difference look smaller than it is.
    """
    told = {(folded(story.narrative), story.record) for story in stories}
    texts = {text for text, _ in told if len(text.split()) >= _TELLING}
    return [
        one
        for one in ordinary
        if (text := folded(one.text)) not in texts and (one.record is None or (text, one.record) not in told)
    ]


def kept_contrasts(practices: "Sequence[Practice]") -> "dict[str, Contrast]":
    """The contrasts as they were last coded: intervals worked out again, what they say as it was said."""
    from dataclasses import replace

    from servicestory.detect.contrast import contrast

    found = {}
    for practice in practices:
        kept = practice.verdict.figures.get("contrast") if practice.verdict else None
        if kept:
            made = contrast(
                kept["seen"], kept["of"], kept["ordinary_seen"], kept["ordinary"], kept.get("left_out", 0)
            )
            if made:
                then = {"chance": kept.get("chance", made.chance), "says": kept.get("says", made.says)}
                found[practice.id] = replace(made, own=kept.get("own_stories"), **then)
    return found


def to_mend(house: House, practices: "Sequence[Practice]") -> "list[Mend]":
    """What to mend rather than spread, with names taken out."""
    from dataclasses import replace

    from servicestory.detect.mending import mending
    from servicestory.models.review import Action

    taken_up = {a.practice for a in house.workspace.records("actions", Action, []) if a.practice}
    incidents = {entry.key: entry.incident for entry in house.workspace.codebook([])}
    items = mending(practices, house.stories, house.signs, incidents, taken_up)
    return [replace(item, name=house.mask(item.name)) for item in items]


def next_to_mend(
    ws: "Workspace", stories: "Sequence[Story]", practices: "Sequence[Practice]"
) -> "list[Next]":
    """What to mend that no review has taken up yet, as `monitor` and the report list what is next."""
    from servicestory.detect.heroics import heroics
    from servicestory.detect.mending import mending
    from servicestory.models.review import Action
    from servicestory.monitor.due import Next

    taken_up = {a.practice for a in ws.records("actions", Action, []) if a.practice}
    incidents = {entry.key: entry.incident for entry in ws.codebook([])}
    items = mending(practices, stories, heroics(stories), incidents, taken_up)
    return [
        Next(item.what, item.practice or item.name, f"{item.name}: {item.why}" if item.practice else item.why)
        for item in items
        if not item.taken_up
    ]


def show_mend(items: "list[Mend]") -> None:
    """What to mend, listed apart from the practices."""
    from servicestory.detect.mending import in_words

    if items:
        console.heading("\nTo mend rather than to spread")
        for item in items:
            console.out(f"    {item.what.capitalize()}: {in_words(item)}")


def as_json(judged: "Judged") -> dict[str, Any]:
    """What the JSON of every command says of a practice beside its verdict."""
    figures = dict(judged.verdict.figures)
    return {
        "evidence_level": judged.level,
        "people_suggested": figures.get("people_suggested", None if "few_read" in figures else 0),
        "fewer_people_than": figures.get("fewer_people_than"),
        "teams": figures.get("teams"),
        "impact": impact_json(figures),
        "heroic_stories": judged.heroic,
        "recovery_stories": judged.put_right,
        "contrast": figures.get("contrast"),
    }


def impact_json(figures: "Mapping[str, Any]") -> dict[str, Any]:
    """The three factors of impact from a practice's figures; what is not known is null."""
    sites, of_sites = figures.get("sites"), figures.get("of_sites")
    return {
        "stories": figures.get("stories"),
        "of": figures.get("of"),
        "rating": figures.get("rating"),
        "rating_low": figures.get("rating_low"),
        "rating_high": figures.get("rating_high"),
        "rated": figures.get("rated", 0),
        "others_rated": figures.get("others_rated", 0),
        "sites_without": of_sites - sites if of_sites and sites is not None else None,
        "of_sites": of_sites,
    }
