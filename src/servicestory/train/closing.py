"""Closing the loop: what came of a story, and a short text for whoever told it and for whom it is about.

A survey of an excellence-reporting scheme found 11 of 12 colleagues pleased to be told of, and 3 who saw
anything change: tell what came of it, or say why nothing did.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from servicestory.consent import known
from servicestory.models.base import day_said, first_day, last_day
from servicestory.models.monitoring import Training
from servicestory.models.practice import LIVE, Practice
from servicestory.models.procedure import Procedure, in_force
from servicestory.models.story import Story
from servicestory.text import listing, one_line, plural, unlisted
from servicestory.wording.articles import with_article
from servicestory.wording.retell import Acted, past
from servicestory.wording.roles import without_names
from servicestory.wording.steps import Step

MOST = 2  # practices and deeds named in one text; more would not be read


@dataclass(frozen=True)
class Practised:
    """A practice a story is evidence of, and how far it went."""

    id: str
    name: str
    status: str
    documents: bool  # training documents are written
    sessions: int
    people: int
    procedure: str | None
    effective: bool
    confirmed: bool = False  # a person confirmed that the story shows it
    led_to_it: bool | None = True  # the story was among its evidence when it was decided on; None: not known
    alone: bool = False  # no other story shows it


@dataclass(frozen=True)
class Outcome:
    """What came of one story."""

    story: str
    practices: tuple[Practised, ...]
    candidates: tuple[Practised, ...]
    reason: str | None  # why nothing is done, when that was decided
    decided: bool
    told_on: str | None

    @property
    def word(self) -> str | None:
        """The furthest it went: procedure, training, practice or no action; None: nothing yet."""
        if any(p.effective for p in self.practices):
            return "procedure"
        if any(p.sessions or p.people for p in self.practices):
            return "training"
        if self.practices:
            return "practice"
        return "no action" if self.decided else None

    def sentences(self) -> list[str]:
        """What came of it, for whoever looks at the story."""
        said = []
        for p in self.practices:
            said.append(f"It shows the practice {p.id} {p.name} ({p.status}).")
            if taught := _taught(p):
                said.append(taught)
            if p.procedure:
                state = "in effect" if p.effective else "not in effect yet"
                said.append(f"It stands in the procedure {p.procedure}, which is {state}.")
        if not self.practices and self.decided:
            said.append(f"No action{_because(self.reason)}.")
        elif not self.practices and self.candidates:
            found = listing([f"{p.id} {p.name}" for p in self.candidates])
            waits = "waits" if len(self.candidates) == 1 else "wait"
            said.append(f"It may show {found}, which {waits} for a decision.")
        elif not self.practices:
            said.append("Nothing yet.")
        if self.told_on:
            said.append(f"Those concerned were told on {self.told_on}.")
        return said

    def to_json(self) -> dict[str, Any]:
        """The part ``came_of_it`` in `show --json` and `tell --json`."""
        return {
            "outcome": self.word,
            "practices": [dict(p.__dict__) for p in self.practices],
            "candidates": [{"id": p.id, "name": p.name} for p in self.candidates],
            "reason": self.reason,
            "told_on": self.told_on,
            "sentences": self.sentences(),
        }


@dataclass(frozen=True)
class State:
    """What is known about the practices, gathered once for many stories."""

    by_story: Mapping[str, Sequence[Practice]]
    procedures: Mapping[str, Procedure]
    trainings: Mapping[str, Sequence[Training]]
    documented: frozenset[str]
    on: date

    def outcome(self, story: Story) -> Outcome:
        """What came of one story."""
        linked = [self._practised(p, story) for p in self.by_story.get(story.id, ())]
        decision = story.disposition
        nothing = decision is not None and decision.decision == "no action"
        return Outcome(
            story.id,
            tuple(p for p in linked if p.status in LIVE),
            tuple(p for p in linked if p.status == "candidate"),
            decision.reason if decision and nothing else None,
            nothing,
            decision.told_on if decision else None,
        )

    def _practised(self, practice: Practice, story: Story) -> Practised:
        procedure = self.procedures.get(practice.id)
        held = [t for t in self.trainings.get(practice.id, ()) if last_day(t.on) <= self.on]
        sessions = [t for t in held if not t.learner]
        learners = {t.learner for t in held if t.learner}
        return Practised(
            practice.id,
            one_line(practice.name),
            practice.status,
            practice.id in self.documented,
            len(sessions),
            max(len(learners), sum(t.people or 0 for t in sessions)),
            procedure.id if procedure else None,
            bool(procedure and in_force(procedure, self.on)),
            any(e.pinned for e in practice.evidence if e.story == story.id),
            _led_to(practice, story),
            all(e.story == story.id for e in practice.evidence),
        )


def _led_to(practice: Practice, story: Story) -> bool | None:
    """Whether a story was told, and counted, when a practice was decided on; None where no date says so.

    What comes later is no reason of a decision, however well it shows the practice.
    """
    decided = next(
        (d for d in reversed(practice.decisions) if d.to in LIVE and d.from_ not in LIVE),
        None,
    )
    if decided is None or story.date is None:
        return None
    day = last_day(decided.on)
    here = [e for e in practice.evidence if e.story == story.id]
    put = [practice.put_by(e.ref) if e.pinned else None for e in here]
    put_later = [d for d in put if d and not d.action.endswith("confirmed") and first_day(d.on) > day]
    if first_day(story.date) > day or (here and len(put_later) == len(here)):
        return False
    return True if last_day(story.date) <= day else None


def state(
    practices: Sequence[Practice],
    procedures: Mapping[str, Procedure],
    trainings: Sequence[Training],
    documented: frozenset[str],
    on: date,
) -> State:
    """Gathers what `State` holds. ``procedures`` by practice; ``documented``: practices with documents."""
    by_story: dict[str, list[Practice]] = {}
    for practice in sorted(practices, key=lambda p: (p.status not in LIVE, p.id)):
        if practice.status in LIVE or practice.status == "candidate":
            for story in {e.story for e in practice.evidence}:
                by_story.setdefault(story, []).append(practice)
    held: dict[str, list[Training]] = {}
    for training in trainings:
        held.setdefault(training.practice, []).append(training)
    return State(by_story, procedures, held, documented, on)


def to_teller(
    story: Story,
    outcome: Outcome,
    deeds: Sequence[str],
    names: Sequence[str],
    word: str = "customer",
    acted: Acted | None = None,
    own: str | None = None,
) -> str:
    """A short text for whoever told the story: what was done in it, and what came of it.

    Args:
        deeds: instructions that rest on this story, as its practice's documents have them.
        names: names of staff, which the text leaves out.
        word: what the house calls its customers.
        acted: what the story tells was done, where it gave no instruction.
        own: the teller's own words for it, where these cannot be said of somebody either.
    """
    about = f" “{one_line(story.title)}”" if story.title else ""
    said = [f"Thank you for your story{about}{f' of {day_said(story.date)}' if story.date else ''}."]
    if deeds:
        said.append(f"You told us how a colleague {listing(done(deeds, word, 'another'))}.")
    elif acted:
        said.append(f"You told us how a colleague {acted.did}.")
    elif own:
        said.append(f"You told us: {_quoted(own, names)}")
    if outcome.practices:
        said.append(_on_purpose(outcome.practices[0], bool(deeds or acted)))
        said += _so_far(outcome.practices[0])
        said += [f"It was counted for “{p.name}” as well." for p in outcome.practices[1:MOST]]
    elif outcome.decided:
        said.append(f"It was decided to leave things as they are{_because(outcome.reason)}.")
    return without_names(" ".join(said), names)


def to_hero(
    story: Story,
    outcome: Outcome,
    deeds: Sequence[str],
    words: str | None,
    names: Sequence[str],
    word: str = "customer",
    told: str | None = None,
    by: Sequence[Collection[str]] = (),
    acted: Acted | None = None,
    shows: bool = True,
) -> str:
    """A short text for the colleagues a story is about, to be said in private, and to them: "you".

    Args:
        words: the customer's words, when consent lets colleagues hear them; else None.
        told: the same of the place that tells the deed, where no deed could be read: it is quoted, since
            a teller's sentence about somebody cannot safely be turned into one to them.
        by: for each deed who of the story's people is told to have done it; nobody where it is not said.
        acted: what the story tells was done, where it gave no instruction and may not be quoted.
        shows: whether what was done surely shows the practice the story was counted for.
    """
    where = f" at {story.site}" if story.site else ""
    when = f" {'on' if len(story.date) > 7 else 'in'} {day_said(story.date)}" if story.date else ""
    said = []
    several = len(story.people) > 1
    heard = set(known(story.people))  # whoever was removed hears nothing, and did some of it
    if deeds and several and any(not heard <= set(who) for who in by[:MOST]):
        # one text for all of them: what one did is not said to each
        each = [
            f"you {deed}" if heard <= set(who) else f"{_which(who, names)} {deed}"
            for deed, who in zip(done(deeds, word), by, strict=False)
        ]
        said.append(f"Somebody told us what you and your colleagues did{when}{where}: {listing(each)}.")
    elif deeds:
        said.append(f"Somebody told us what you did{when}{where}: you {listing(done(deeds, word))}.")
    elif told and several:
        said.append(f"Somebody told us about something you and your colleagues did{when}{where}.")
        said.append(f"As it was told: {_quoted(told, names)}")
    elif acted and not told and several:
        who = "you" if heard <= set(acted.by) else _which(acted.by, names)
        said.append(f"Somebody told us what you and your colleagues did{when}{where}: {who} {acted.did}.")
    elif acted and not told and acted.anybody:
        said.append(f"Somebody told us about you{when}{where}: how a colleague {acted.did}.")
    elif acted and not told:
        said.append(f"Somebody told us what you did{when}{where}: you {acted.did}.")
    elif told or not outcome.practices:
        said.append(f"Somebody told us about something you did{when}{where}.")
        said += [f"What was told of you: {_quoted(told, names)}"] if told else []
    else:  # nothing of it may be said: what it was counted for tells what it was about
        p = outcome.practices[0]
        counted = f"it was counted among the stories of “{p.name}”"
        said.append(f"Somebody told us what you did{when}{where}, and {counted}.")
        because = _because_of(p, p.confirmed)
        said.append(f"{because[0].upper()}{because[1:]}.")
    if outcome.practices:
        read = bool(deeds or (acted and shows))
        said += [_on_purpose(outcome.practices[0], read)] if deeds or told or acted else []
        said += _so_far(outcome.practices[0])
    elif outcome.decided:
        said.append(
            f"The thanks stand. Nothing changes because of it for now{_because(outcome.reason, 'as')}."
        )
    if words:
        said.append(f"In the {word}'s words: {_quoted(words, names)}")
    return without_names(" ".join(said), names)


def _which(who: Collection[str], names: Sequence[str]) -> str:
    """Who of several did it; where their names are left out, or nobody says it, one or some of them."""
    hidden = any(name in names for name in who)
    return ("some of you" if len(who) > 1 else "one of you") if hidden or not who else listing(list(who))


def _quoted(words: str, names: Sequence[str]) -> str:
    """Somebody's own words, ending a sentence; where names are left out of them, it is said that they are."""
    whole = unlisted(one_line(words).strip("“”"))
    said = without_names(whole, names)
    changed = "" if said == whole else " (names left out)"
    return f"“{said}”{changed}{'' if said.endswith(('.', '!', '?', '…')) and not changed else '.'}"


def greatest(steps: Sequence[Step], most: int = MOST) -> list[Step]:
    """The deeds that tell most, in their order: of a smile and a night's drive the drive is thanked for."""
    ranked = sorted(range(len(steps)), key=lambda n: (-len(steps[n].text.split()), n))
    return [steps[n] for n in sorted(ranked[:most])]


def done(deeds: Sequence[str], word: str, other: str = "a") -> list[str]:
    """What was done, as past, for somebody not spoken of before; who served is not the colleague served."""
    if not deeds:
        return []
    said = "\n".join(past(deed) for deed in deeds[:MOST])
    said = re.sub(r"\bthe colleague\b", f"{other} colleague", said, count=1)
    return re.sub(rf"\bthe {re.escape(word)}\b", with_article(word), said, count=1).split("\n")


def _on_purpose(p: Practised, told: bool) -> str:
    """What was decided, no further than it went; what nobody read in the story is not said to come of it.

    Args:
        told: a deed of the practice was read in the story's own words.
    """
    because = _because_of(p, told or p.confirmed)
    if not (told or p.confirmed):
        return f"It was counted among the stories of “{p.name}”; {because}."
    if p.led_to_it is False:
        return f"It confirms “{p.name}”: {because}."
    return f"{because[0].upper()}{because[1:]}: “{p.name}”."


def _because_of(p: Practised, sure: bool) -> str:
    """What was decided, because of which stories: this one among them only where it was there by then.

    Args:
        sure: the story shows the practice.
    """
    if p.alone:
        return f"because of it, {_now(p)}" if p.led_to_it and sure else _now(p)
    if p.led_to_it is False:
        return f"because of {'earlier stories like it' if sure else 'earlier ones'}, {_now(p)}"
    if p.led_to_it is None:
        return f"because of stories like it, {_now(p)}"
    return f"because of {'it and of stories like it' if sure else 'these'}, {_now(p)}"


def _now(p: Practised) -> str:
    if p.effective or p.status == "standard" or p.sessions or p.people:
        return "we now do this on purpose"
    if p.status == "pilot":
        return "we are trying this out"
    if p.status == "local":
        return "we keep this up where it is done"
    return "we decided to do this on purpose"


def _so_far(p: Practised) -> list[str]:
    said = []
    if p.people:
        said.append(f"{plural(p.people, 'colleague')} learned it so far.")
    elif p.sessions:
        said.append(f"{plural(p.sessions, 'training')} of it took place so far.")
    if p.procedure and p.effective:
        said.append(f"It stands in our procedure {p.procedure}, so everybody works by it.")
    elif p.procedure:
        said.append("A procedure for it is drafted and not in effect yet.")
    return said


def _taught(p: Practised) -> str | None:
    if p.sessions or p.people:
        what = plural(p.sessions, "training session") if p.sessions else ""
        who = plural(p.people, "colleague") if p.people else ""
        return f"It is taught: {listing([part for part in (what, who) if part], 'with')} so far."
    return "Its training documents are written; nobody has been trained yet." if p.documents else None


# A sentence is put behind "because"; what begins with another word may be a note or a name.
_SMALL = re.compile(
    r"(?:it|the|we|an?|this|that|there|nobody|our|they|not?|all|everybody|somebody|what|when|as)\b", re.I
)


def _because(reason: str | None, word: str = "because") -> str:
    """A reason as a sentence goes on with it: ", because the line was closed"; a note is quoted as one."""
    plain = one_line(reason or "no reason was written down").rstrip(".")
    if plain.casefold().startswith("because "):
        return f", {word} {plain[len('because ') :]}"
    if _SMALL.match(plain):
        return f", {word} {plain[0].lower()}{plain[1:]}"
    return f". What was noted: “{plain}”"
