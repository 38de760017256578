"""The story a session opens with: read aloud in its teller's words, else told in brief; and why so."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from servicestory.models.organisation import Organisation
from servicestory.models.story import Story
from servicestory.text import listing, plural
from servicestory.train.details import bare
from servicestory.train.session import before, told_aloud
from servicestory.train.telling import stems
from servicestory.wording.asked_after import TEXT as ALL_IS_WELL
from servicestory.wording.manner import feeling
from servicestory.wording.material import Material
from servicestory.wording.occasions import without_when
from servicestory.wording.retell import as_it_was, retold
from servicestory.wording.shared import as_told
from servicestory.wording.tokens import sentences


@dataclass(frozen=True)
class Opening:
    """What the trainer tells first: the teller's words when allowed, else a retelling without names.

    Attributes:
        came: what came of it, where the text does not say so itself.
        question: what to ask afterwards; what it changed only where it was told.
        to_ask_for: stories whose teller nobody asked yet, which tell it best.
        why_not: why no story is read aloud, as a sentence; empty where one is, or none is told.
    """

    kind: str  # "quoted", "retold" or "none"
    text: str = ""
    quote: str = ""
    story: str = ""
    came: str = ""
    question: str = ""
    to_ask_for: tuple[str, ...] = ()
    why_not: str = ""


TELLABLE = 2  # sentences without which nobody can tell a story: what had happened, and what was done
SHORTEST, LONGEST = 80, 2500  # characters of what is read aloud
MOST_TO_ASK_FOR = 3


def opened_with(
    material: Material, organisation: Organisation, on: date, elsewhere: Mapping[str, int] | None = None
) -> Opening:
    """The story to open with: one that may be quoted, of tellable length; else one retold from its steps.

    A story of which less is known than what had happened and what was done is not retold. What is mostly
    about something else is not read aloud: of a call the morning after, nobody learns how to greet.

    Args:
        elsewhere: by story how many characters of it surely show the other practice that most of it shows.
    """
    shown = {cite.story for step in material.steps for cite in step.cites}
    unfit = {s.id: _unfit(s, material, shown, elsewhere or {}) for s in material.told.values()}
    fit = [s for s in material.told.values() if not unfit[s.id]]
    if allowed := [s for s in fit if s.all_agreed_to("training", on=on)]:
        best = min(allowed, key=lambda s: _preferred(s, shown))
        text, quote, came = (
            told_aloud(said, best, organisation, material.mask)
            for said in (best.narrative, best.quote or "", best.outcome or "")
        )
        quote = "" if _bare(quote) in _bare(text) else quote
        changed = bool(best.outcome or feeling(best.narrative))
        return Opening("quoted", text, quote, best.id, came, _asked(material, changed))
    # What the codebook says was done in no story: only a story's own steps are told.
    told = {story: _retold(story, material) for story in material.own if story in shown}
    told = {story: text for story, text in told.items() if len(sentences(text)) >= TELLABLE}
    unasked = sorted(
        (
            s for s in fit if not (s.teller_asked or s.withheld or s.source)
        ),  # of an imported one nobody can be
        key=lambda s: (s.id not in shown, abs(len(s.narrative) - 400), s.id),
    )
    to_ask_for, question = [s.id for s in unasked], _asked(material, False)
    # Whoever agrees to be asked gives the words of the very story that is told.
    story = min(told, key=lambda s: (s not in to_ask_for, -len(told[s].split()), s), default="")
    to_ask_for.sort(key=lambda s: s != story)
    kind, asked = "retold" if story else "none", tuple(to_ask_for[:MOST_TO_ASK_FOR])
    return Opening(kind, told.get(story, ""), "", story, "", question, asked, _why_not(material, unfit, on))


def _preferred(story: Story, shown: Collection[str]) -> tuple[bool, bool, bool, int, str]:
    """What is read first: a story that shows a step, of more than one sentence, with what somebody said."""
    brief = len(sentences(story.narrative)) < TELLABLE
    return story.id not in shown, brief, story.quote is None, abs(len(story.narrative) - 600), story.id


def _unfit(story: Story, material: Material, shown: Collection[str], elsewhere: Mapping[str, int]) -> str:
    """Why a story is not read aloud, whoever agrees to it, after "it"; empty where it can be.

    Args:
        shown: the stories that show a step; another one, if imported, would open another subject.
    """
    if story.id in material.practice.doubtful_stories:
        confirm = f"servicestory review {material.practice.id} --confirm STORY"
        return f"seems to show another practice (if it does show this one: {confirm})"
    if len(story.narrative) < SHORTEST:
        return "tells too little of what had happened (to tell more: servicestory edit STORY)"
    if len(story.narrative) > LONGEST:
        return "is too long"
    if _strays(story, material, elsewhere):
        return "is mostly about something else"
    if shown and story.id not in shown and story.source:
        return "tells none of the steps in words that could be read"
    return ""


def _why_not(material: Material, unfit: Mapping[str, str], on: date) -> str:
    """Why no story is read aloud: what was agreed to and does not fit, and whom nobody asked."""
    told = sorted(material.told.values(), key=lambda s: s.id)
    agreed = [s.id for s in told if s.all_agreed_to("training", on=on)]
    half = [s.id for s in told if s.consent and not (s.teller_asked or s.source)]
    unasked = [s.id for s in told if not (s.consent or s.source)]
    brought = sum(1 for s in told if s.source and not s.teller_asked)
    parts = []
    for why in dict.fromkeys(unfit[ref] for ref in agreed):
        some = [ref for ref in agreed if unfit[ref] == why]
        parts.append(f"{_some(some)} may be used, but {'it' if len(some) == 1 else 'each'} {why}")
    if half:
        each = "it names" if len(half) == 1 else "they name"
        parts.append(f"in {_some(half)} only those {each} were asked, and not whoever told it")
    if unasked:
        of = "" if len(unasked) == len(told) else f" of {plural(len(unasked), 'story', 'stories')}"
        parts.append(f"nobody was asked yet whether training may use the words{of}")
    if brought:
        was = "was" if brought == 1 else "were"
        parts.append(f"{plural(brought, 'story', 'stories')} {was} imported, and nobody can be asked")
    return f"No story of it is read aloud: {'; '.join(parts)}." if parts else ""


def _some(stories: Sequence[str]) -> str:
    """Stories by their ids; of many the first, and how many more."""
    more = len(stories) - MOST_TO_ASK_FOR
    return listing([*stories[:MOST_TO_ASK_FOR], *([f"{more} more"] if more > 0 else [])])


_MAIN_PART = 5
"""A place is a main part of a story from this part of its length on: a fifth."""


def _strays(story: Story, material: Material, elsewhere: Mapping[str, int]) -> bool:
    """Whether the practice is a small part of a story, or more of it surely shows another practice."""
    surely = sum(e.shows for e in material.practice.evidence if e.story == story.id)
    return not is_about(story, material) or surely < elsewhere.get(story.id, 0)


def is_about(story: Story, material: Material) -> bool:
    """Whether the places that show the practice are a main part of the story."""
    shown = sum(e.end - e.start for e in material.practice.evidence if e.story == story.id)
    return shown * _MAIN_PART >= len(story.narrative)


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _asked(material: Material, changed: bool) -> str:
    """What to ask about the story: what it changed only where that was told.

    Args:
        changed: the text tells what came of it.
    """
    who = f"the {material.customer}{' they helped' if material.customer == 'colleague' else ''}"
    did = "what did the colleague do that any of us could do tomorrow"
    if changed:
        return f"{did}, and what did it change for {who}?"
    return f"{did}, and how would it have gone on for {who} without that?"


def _retold(story: str, material: Material) -> str:
    """A story from what had happened and its steps: of the words that all share, those it tells as well.

    Left out are lines that only this one of several stories tells, which would tell who it was.
    """
    began = before(story, material)
    lines = list[str]()
    told = {c for step in material.steps if step.source == "stories" for c in step.cites}
    said = " ".join(material.text_at(c) for c in material.cites if c.story == story)
    for step in material.steps:
        # it stands beside the call in which it was asked
        if step.text == ALL_IS_WELL and any(c.story == story for c in step.cites):
            lines.append(step.text.removesuffix(" now"))
            continue
        own = [o for o in material.own_steps[story] if set(o.cites) & set(step.cites)]
        if step.source != "stories":  # what a step of the stories tells is told there
            own = [o for o in own if not set(o.cites) & told]
        if not own or material.told_once(step):
            continue
        # What people or the codebook wrote asks for more than a story need tell: its own words are told.
        line: str | None = bare(own[0].text, material.customer)
        if step.source == "stories":
            line = as_told(step.text, said, material.customer)
        lines += [line] if line else []
    lines = [without_when(line) if began else line for line in dict.fromkeys(lines)]
    known = stems(
        began, material.customer
    )  # "a guest celebrates a birthday. A colleague celebrated it" tells nothing
    lines = [line for line in lines if not stems(line, material.customer) <= known or not known]
    if not began or _UNSAID.match(began):
        return retold(lines)
    began = as_it_was(f"{began[0].lower()}{began[1:]}")
    return f"It began like this: {began} {retold(lines)}".rstrip()


_UNSAID = re.compile(r"Something\b", re.I)  # what went wrong is just what a listener wants to know
