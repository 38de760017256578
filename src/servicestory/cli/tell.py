"""`servicestory tell`: whom to tell what came of a story, and that they were told."""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any

import typer

from servicestory import console
from servicestory.cli import redacted
from servicestory.cli.app import today, workspace
from servicestory.cli.days import day_after
from servicestory.cli.naming import Naming
from servicestory.errors import Problem, Usage
from servicestory.text import one_line, plural

if TYPE_CHECKING:
    from servicestory.cli.judging import House
    from servicestory.masking import Mask
    from servicestory.models.story import Story
    from servicestory.train.closing import Outcome, Practised, State
    from servicestory.wording.retell import Acted
    from servicestory.wording.steps import Step
    from servicestory.workspace import Workspace

SHOWN = 10  # stories shown before the rest are counted
_TEXTS = ("to_teller", "to_heroes")
AKIN = 0.1  # below this a deed of a place is another one than the practice's name tells, or nearly always


def tell(
    story: Annotated[
        str | None, typer.Argument(metavar="[STORY]", help="Only this story: its id.")
    ] = None,
    told: Annotated[
        bool, typer.Option("--told", help="Those concerned were told what came of STORY: record it.")
    ] = False,
    no_action: Annotated[
        str | None,
        typer.Option("--no-action", metavar="BECAUSE", help="Nothing is done about STORY, and why."),
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="With --told: when (default: today).")
    ] = None,
    names: Annotated[
        bool,
        typer.Option("--names", help="Say whom each story is about; in --json only who agreed to it."),
    ] = False,
    everything: Annotated[bool, typer.Option("--all", help="Every story, however many.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:  # fmt: skip
    """Recognise: tell people what came of their story.

    It lists the tellers and the colleagues their stories are about who have not heard yet, with a short
    text for each: what was done, and what came of it. The words of a story are passed on only where those
    asked agreed to it.

    Example: servicestory tell 2026-09-14-the-late-ferry --told

    Example: servicestory tell 2026-09-14-the-late-ferry --no-action "the bus line was closed since"
    """
    ws = workspace()
    if story is None:
        if told or no_action is not None or on:
            raise Usage("Which story is meant", "", "Name it: servicestory tell STORY --told")
        _list(ws, names, everything, as_json)
        return
    if on and not told:
        raise Usage("--on belongs to --told", "", "Add --told")
    if told and no_action is not None:
        raise Usage("To decide and to tell are two calls", "", "First --no-action, then --told")
    one = ws.story(story)
    outcome = state(ws, []).outcome(one)
    if no_action is not None:
        _decide(ws, one, outcome, no_action)
    elif told:
        _told(ws, one, outcome, on)
    elif as_json:
        naming = Naming(ws, [one], names)
        console.json({"schema": 1, **naming.plain(_entry(one, outcome, Words(ws), names), one.id)})
        naming.say_withheld()
    else:
        words = Words(ws)
        _show(words.plain(_entry(one, outcome, words, names), one, names))
        if outcome.word and not outcome.told_on and not _says_nobody(one):
            console.note(f"When they were told: servicestory tell {one.id} --told")


def _says_nobody(story: "Story") -> bool:
    """Say that nobody can be told what came of a story, and why, where that is so."""
    from servicestory.consent import nobody_to_tell

    if why := nobody_to_tell(story):
        console.out(f"There is nobody to tell: {why}.")
    return bool(why)


def state(ws: "Workspace", problems: list[Problem]) -> "State":
    """What is known about all practices, to say what came of a story."""
    from servicestory.cli.built import built, stepless
    from servicestory.models.monitoring import Training
    from servicestory.train import closing

    known = built(ws, problems)
    # What has no step yet is not being written into anything.
    procedures = {k: p for k, p in known.procedures.items() if p.status != "draft" or not stepless(p)}
    trainings = ws.records("trainings", Training, problems)
    return closing.state(ws.practices(problems), procedures, trainings, known.taught, today())


def _as_told(text: str, _story: str) -> str:
    return text


class Words:
    """What makes a text specific: the instructions that rest on a story, and names to leave out."""

    def __init__(self, ws: "Workspace", house: "House | None" = None) -> None:
        """``house``: with every story, where they have been read already."""
        from servicestory.cli import picking
        from servicestory.cli.judging import House

        self.ws = ws
        self.house = house or House(ws, ws.organisation(), ws.stories([]))
        self.organisation = self.house.organisation
        self.stories = {s.id: s for s in self.house.stories}
        self.practices = {p.id: p for p in ws.practices([])}
        self.entries = picking.entries(ws)
        self.word = self.organisation.customer
        self._steps: dict[str, dict[str, list[Step]]] = {}

    def deeds(self, story: str, practice_id: str) -> "list[Step]":
        """What this story tells of a practice's steps, in its own words where these could be read.

        Of many the greatest, see `closing.greatest`.
        """
        from servicestory.cli import picking
        from servicestory.train.closing import greatest

        if practice_id not in self._steps:
            practice = self.practices[practice_id]
            material = picking.material(
                practice, self.stories, self.organisation, self.entries, _as_told
            )  # who agreed stays in the words of the own story, so they are masked story by story
            by_story: dict[str, list[Step]] = {}
            for step in material.steps:
                if step.source not in ("stories", "practice") or re.search(
                    r"\b(?:it|this|that)\b", step.text
                ):
                    continue  # not told by them; or of what it speaks, only the lines before it tell
                for told in {cite.story for cite in step.cites}:
                    by_story.setdefault(told, []).append(step)
            # A step is worded for everybody; whoever told of it is told what they said.
            by_story |= {told: _each_once(lines) for told, lines in material.own_steps.items()}
            self._steps[practice_id] = by_story
        return greatest(self._steps[practice_id].get(story, []))

    def surely(self, story: str, practice_id: str) -> int:
        """How many characters of a story surely show a practice."""
        return sum(e.shows for e in self.practices[practice_id].evidence if e.story == story)

    def doers(self, story: "Story", deeds: "Iterable[Step]") -> list[tuple[str, ...]]:
        """For each deed the people of the story who are told to have done it; () where it is not said who."""
        from servicestory.monitor.told import by_whom

        found = []
        for step in deeds:
            places = (cite for cite in step.cites if cite.story == story.id)
            said = [(story.text_of(p.field) or "")[p.start : p.end] for p in places]
            each = [by_whom(story, " ".join(words.split())) for words in said]
            found.append(each[0] if each and len(set(each)) == 1 else ())
        return found

    def acted(self, story: "Story", practice_id: str, word: str = "") -> "Acted | None":
        """What the story itself tells one of its people did for a practice.

        Args:
            word: what the house calls its customers, where the teller's "my room" is to be "a guest's room".
        """
        from servicestory.monitor.acted import predicate

        return predicate(story, self.practices[practice_id].evidence, word)

    def shows(self, did: "Acted", practice_id: str) -> bool:
        """Whether what was done is near enough to what a practice is called to say that it led to it."""
        from servicestory.cli.picking import nearness

        return nearness()([did.did], [one_line(self.practices[practice_id].name)])[0] >= AKIN

    def anything(self, story: "Story", practices: "Iterable[Practised]", word: str) -> "Acted | None":
        """What the story tells one of its people did, of whatever practice; the most like it of several."""
        from servicestory.cli.picking import nearness
        from servicestory.monitor import acted

        first = next(iter(practices), None)
        if first is None:
            return acted.anything(story, (), word)
        practice = self.practices[first.id]
        return acted.anything(story, practice.evidence, word, nearness(), one_line(practice.name))

    def plain(self, entry: dict[str, Any], story: "Story", names: bool) -> dict[str, Any]:
        """What the screen shows of a story: its texts without the names that nobody recorded.

        Args:
            names: whether the story's own people stay.
        """
        mask = self._own_names if names else self.house.mask
        texts: dict[str, Any] = {key: mask(text, story.id) for key in _TEXTS if (text := entry[key])}
        if ground := entry.get("rests_on"):
            texts["rests_on"] = {**ground, "words": mask(ground["words"], story.id)}
        return {**entry, **texts}

    @cached_property
    def _own_names(self) -> "Mask":
        """The mask that leaves in each story's texts the names of its own people; made once for all."""
        from servicestory.consent import known

        return self.house.mask_for({story.id: known(story.people) for story in self.stories.values()})

    def rests_on(self, story: "Story", shown: "Practised", hidden: Iterable[str]) -> dict[str, Any]:
        """The words of the story that count for a practice, for whoever sends the text to look at first."""
        from servicestory.wording.roles import without_names

        there = [e for e in self.practices[shown.id].evidence if e.story == story.id]
        there.sort(key=lambda e: (-e.pinned, -(e.score or 0.0), e.field, e.start))
        said = next((said for e in there if (said := e.text_in(story))), "")
        said = one_line(without_names(said, hidden), 200)
        return {"practice": shown.id, "words": said, "confirmed": shown.confirmed}

    def names(self, story: "Story") -> list[str]:
        """Every name of staff, and those this story gives."""
        return [*self.organisation.staff_names(), *story.people]

    def names_of_others(self, story: "Story") -> list[str]:
        """Those names that mean nobody the story is about."""
        theirs = set(story.people)
        for name in story.people:
            if known := self.organisation.colleague(name):
                theirs |= {known.name, *known.aliases}
        own = {word for name in theirs for word in name.split()}
        return [name for name in self.names(story) if name not in theirs and own.isdisjoint(name.split())]


def _each_once(steps: "Iterable[Step]") -> "list[Step]":
    """Steps that say the same act said once."""
    from servicestory.wording.acts import same_step

    kept: list[Step] = []
    for step in steps:
        if not any(same_step(step.text, other.text) for other in kept):
            kept.append(step)
    return kept


def _entry(story: "Story", outcome: "Outcome", words: Words, names: bool) -> dict[str, Any]:
    """One story with whom to tell and what to say; names that only its texts tell are still in them."""
    from servicestory.consent import known, teller_of
    from servicestory.monitor.recognition import sharing
    from servicestory.train import closing

    per = {p.id: words.deeds(story.id, p.id) for p in outcome.practices}
    # What the story tells of in words, and most of it, comes first; a practice it only touches can wait.
    ranked = sorted(outcome.practices, key=lambda p: (not per[p.id], -words.surely(story.id, p.id)))
    outcome = replace(outcome, practices=tuple(ranked))
    steps = per[outcome.practices[0].id] if outcome.practices else []
    deeds = [step.text for step in steps]
    hidden, word = words.names(story), words.word
    served = "colleague" if story.internal else word
    shown = outcome.practices[0].id if outcome.practices and not deeds else ""
    acted = words.acted(story, shown) if shown else None
    did = acted or (words.acted(story, shown, served) if shown else None)
    # to whoever did it, what they did is said though it may belong to no practice
    theirs = did or (None if deeds else words.anything(story, outcome.practices, served))
    ground = words.rests_on(story, outcome.practices[0], () if names else hidden) if outcome.practices else {}
    if names:  # whoever told it, and whoever it is about, knows that it is about them
        hidden = words.names_of_others(story)
    said = quoted = None
    if sharing(story, today()) != "private":
        said, quoted = story.quote, ground.get("words") if not deeds else None
    own = ground.get("words") if not (deeds or acted) else None
    there = known(story.people)  # a letter to whoever was removed would reach nobody
    teller = teller_of(story)
    made: dict[str, Any] = {
        "story": story.id,
        "date": story.date,
        "site": story.site,
        "teller": teller,
        "heroes": len(there),
        "came_of_it": outcome.to_json(),
        "to_teller": closing.to_teller(story, outcome, deeds, hidden, word, acted, own) if teller else None,
        "to_heroes": closing.to_hero(
            story,
            outcome,
            deeds,
            said,
            hidden,
            word,
            quoted,
            words.doers(story, steps),
            theirs,
            did is not None and words.shows(did, shown),
        )
        if there
        else None,
    }
    if outcome.word is None:
        made |= {"to_teller": None, "to_heroes": None}
    elif ground:
        made["rests_on"] = ground
    return {**made, "people": there} if names else made


def _list(ws: "Workspace", names: bool, everything: bool, as_json: bool) -> None:
    from servicestory.cli.judging import House
    from servicestory.consent import nobody_to_tell
    from servicestory.models.base import first_day

    problems: list[Problem] = []
    stories = ws.stories(problems)
    known = state(ws, problems)
    concerned = [s for s in stories if not nobody_to_tell(s)]
    outcomes = [(s, known.outcome(s)) for s in concerned]
    due = sorted(
        ((s, o) for s, o in outcomes if o.word and not o.told_on),
        key=lambda pair: (first_day(pair[0].date or "0001"), pair[0].id),
    )
    waiting = sum(1 for _, o in outcomes if not o.word)
    house = House(ws, ws.organisation(), stories)
    words = Words(ws, house) if due else None
    shown = due if everything or as_json else due[:SHOWN]
    made = [_entry(s, o, words, names) for s, o in shown] if words else []
    if words and not as_json:
        made = [words.plain(entry, s, names) for entry, (s, _) in zip(made, shown, strict=True)]
    if as_json:
        naming = Naming(ws, [s for s, _ in shown], names, house=house)
        entries = [naming.plain(entry, entry["story"]) for entry in made]
        console.json({"schema": 1, "tell": entries, "waiting": waiting})
        naming.say_withheld()
    else:
        if not due:
            console.out("Nobody waits to be told.")
        for entry in made:
            _show(entry)
            console.out()
        if len(due) > len(shown):
            console.out(
                f"… and {plural(len(due) - len(shown), 'more story', 'more stories')}; see all with --all"
            )
        if made:
            console.note(f"When they were told: servicestory tell {made[0]['story']} --told")
        if waiting:
            ways = 'servicestory detect and review, or servicestory tell STORY --no-action "because …"'
            console.note(f"{plural(waiting, 'story', 'stories')} led to nothing yet: {ways}")
    if problems:
        console.problems(problems)
        raise typer.Exit(1)


def _show(entry: dict[str, Any]) -> None:
    when = ", ".join(part for part in (entry["date"], entry["site"]) if part)
    console.heading(entry["story"] + (f" ({when})" if when else ""))
    if entry["to_teller"]:
        console.out(f"To {entry['teller']}: {entry['to_teller']}")
    if entry["to_heroes"]:
        who = (
            ", ".join(entry["people"])
            if entry.get("people")
            else f"the {_number(entry['heroes'])} it is about"
        )
        console.out(f"To {who}, in private: {entry['to_heroes']}")
    if (ground := entry.get("rests_on")) and ground["words"]:
        sure = (
            "a person confirmed it" if ground["confirmed"] else "read by servicestory, look before you send"
        )
        console.out(f"It rests on: “{ground['words']}” ({ground['practice']}; {sure})")
    if not entry["to_teller"] and not entry["to_heroes"]:
        for line in entry["came_of_it"]["sentences"]:
            console.out(line)


def _number(heroes: int) -> str:
    return "colleague" if heroes == 1 else plural(heroes, "colleague")


def _decide(ws: "Workspace", story: "Story", outcome: "Outcome", reason: str) -> None:
    if not reason.strip():
        raise Usage("Why nothing is done is not said", "", 'Write it: --no-action "because ..."')
    if outcome.practices:
        shown = outcome.practices[0]
        raise Problem(
            f"{story.id} shows {shown.id} {shown.name}, which is {shown.status}: something came of it",
            "", f"Tell those concerned: servicestory tell {story.id}",
        )  # fmt: skip
    given = {"decision": "no action", "reason": redacted.text(ws, reason.strip(), "the reason")}
    if story.disposition and story.disposition.told_on:
        given["told_on"] = story.disposition.told_on
    ws.edit_story(story.id, {"disposition": given})
    console.out(f"Recorded: no action on {story.id}.")
    console.note(f"Next, tell those concerned: servicestory tell {story.id}")


def _told(ws: "Workspace", story: "Story", outcome: "Outcome", on: str | None) -> None:
    if outcome.told_on:
        console.out(f"Those concerned by {story.id} were told on {outcome.told_on}; nothing was changed.")
        return
    from servicestory.consent import nobody_to_tell

    if why := nobody_to_tell(story):
        step = f"See what came of it: servicestory tell {story.id}"
        raise Problem(f"there is nobody to tell what came of {story.id}: {why}", "", step)
    if outcome.word is None:
        step = f'Decide first: servicestory review, or servicestory tell {story.id} --no-action "because ..."'
        raise Problem(f"nothing came of {story.id} yet, so there is nothing to tell", "", step)
    day = day_after(story, on, "those concerned cannot have been told") or today().isoformat()
    given = story.disposition.model_dump(mode="json", exclude_none=True) if story.disposition else {}
    ws.edit_story(story.id, {"disposition": {"decision": outcome.word, **given, "told_on": day}})
    console.out(f"Recorded: those concerned by {story.id} were told on {day}.")
