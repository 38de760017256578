"""Whether the places a written line cites bear out all it says: its hour, its haste, and that it is this practice.

A line people or the codebook wrote is shown by a place that does what it says. Three things in it are told by few of
them, and a reader who looks one up looks for these: the hour ("between nine and eleven"), the haste ("straight
away"), and that the deed belongs to the practice at all ("see to it the same morning").
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from servicestory.models.practice import Practice
from servicestory.models.story import Story
from servicestory.wording import lexicon as lex
from servicestory.wording.acts import act
from servicestory.wording.belonging import Belonging
from servicestory.wording.definition import Definition
from servicestory.wording.occasions import without_when
from servicestory.wording.showing import acts_in, among, showing, stems, strong, verbs
from servicestory.wording.steps import Cite, Step, apart, words_at

_HOUR = rf"(?:(?P<part>half past|quarter past|quarter to) )?(?P<hour>{'|'.join(lex.HOURS)}|\d{{1,2}})(?:[.:](?P<min>[0-5]\d))?\b(?! (?:hours?|minutes?|days?|weeks?|times?|o[rf]|per)\b)"
_AT = re.compile(
    rf"\b(?:at|around|about|by|before|after|between|from|until|till|and|to) (?:about |around )?{_HOUR}", re.I
)
_SPAN = re.compile(
    r"\b(?:between|from) (?P<first>.{1,20}?) (?:and|to|until|till) (?P<last>.{1,20}?)(?=$|[,.;]| [a-z]{3,} )",
    re.I,
)
_LIMIT = re.compile(rf"\b(?P<which>before|by|after) {_HOUR}", re.I)
_HASTE = re.compile(
    r"\b(?:immediately|straight ?away|right away|at once|instantly|prompt(?:ly)?|quick(?:ly|er)?|fast(?:er)?|speed(?:y|ily)|swift(?:ly)?|timely|on time|instant|no (?:wait|delay)\w*|without delay|in no time|first thing"
    r"|(?:with)?in (?:less than )?(?:the|an|half an|a few|\d+|[a-z]+) (?:hours?|minutes?)|(?:the )?same (?:day|hour|morning|afternoon|evening|night)"
    r"|before (?:lunch|noon|midday|breakfast|dinner)|by (?:noon|lunch))\b",
    re.IGNORECASE,
)
# A day or an hour is of every practice, and shows none.
_OF_ANY = frozenset(w[:5] for w in lex.TIMES_OF_DAY | lex.TIME_UNITS)


def borne_out(steps: Sequence[Step], told: Mapping[str, Story], practice: Practice, word: str) -> list[Step]:
    """The steps; a line people or the codebook wrote without the places that do not bear it out.

    Args:
        told: the stories by id.
    """
    made = []
    for step in steps:
        cites = list(step.cites)
        if step.source in ("practice", "definition"):
            cites = [c for c in cites if not _at_another_hour(step.text, _words(c, told))]
            hasty = [c for c in cites if _HASTE.search(words_at(c, told))] if _HASTE.search(step.text) else []
            cites = hasty or cites
        if step.source == "practice":
            others = (other for other in steps if other is not step and not other.once)
            elsewhere = {c.story for other in others for c in other.cites}
            cites = [
                c for c in cites if not elsewhere or _of_it(c, step.text, elsewhere, told, practice, word)
            ]
        made.append(replace(step, cites=tuple(cites)))
    return made


def shown_by_all(
    steps: Sequence[Step],
    besides: Iterable[Step],
    about: Definition,
    home: Belonging,
    passages: Iterable[tuple[Cite, str]],
    word: str,
) -> list[Step]:
    """The steps; a definition of one line has the places of all that is told of its kind: each is a way of doing it.

    What a place does that another step says is no way of doing the line: whoever only suggested a dish has not
    asked how people like theirs. The deed the practice is named after is always one.

    Args:
        passages: every place of evidence with its text.
    """
    if about.own or len(about.lines) != 1:
        return list(steps)
    told = [s for s in (*steps, *besides) if s.source == "stories"]
    others = {kind for s in told if s.stories > 1 for kind in strong(verbs(without_when(s.text)))}
    others -= {act(home.name)[0], *verbs(about.lines[0])}
    ways = [cite for step in told if home.shares(step.text) for cite in step.cites]
    return [
        replace(step, cites=apart(_of_the_line(step, ways, others, list(passages), word)))
        if step.source == "definition"
        else step
        for step in steps
    ]


def _of_the_line(
    step: Step, ways: Iterable[Cite], others: set[str], passages: list[tuple[Cite, str]], word: str
) -> Iterable[Cite]:
    """The places of a line and of the ways to do it, without those that do only what another step says."""
    by_its_words = showing(step.text, passages, word, kind=True)
    does = {place: acts_in(text, word) for place, text in passages}
    for cite in (*step.cites, *ways):
        place = next((p for p in does if p.touches(cite)), cite)
        if place in by_its_words or not does.get(place, frozenset()) & others:
            yield cite


def _words(cite: Cite, told: Mapping[str, Story]) -> str:
    """A place with the title of its story, in which some tell the hour."""
    story = told.get(cite.story)
    return f"{story.title or '' if story else ''}. {words_at(cite, told)}"


def _at_another_hour(line: str, text: str) -> bool:
    """Whether a place tells the hour, and it is none of those the line gives."""
    least, most = _span(line)
    hours = [h for found in _AT.finditer(text) if (h := _hour(found)) is not None]
    return most > 0 and bool(hours) and not any(least <= h <= most for h in hours)


def _span(line: str) -> tuple[float, float]:
    """The hours a line gives, from and to; the second is 0 where it gives none."""
    if found := _SPAN.search(line):
        first, last = (re.fullmatch(_HOUR, found[k], re.IGNORECASE) for k in ("first", "last"))
        a, b = (_hour(h) if h else None for h in (first, last))
        return (a, b) if a is not None and b is not None and a < b else (0, 0)
    found = _LIMIT.search(line)
    hour = _hour(found) if found else None
    if found is None or hour is None:
        return 0, 0
    return (hour, 12) if found["which"].casefold() == "after" else (0, hour)


def _hour(found: re.Match[str]) -> float | None:
    said = found["hour"].casefold()
    hour = lex.HOURS.index(said) + 1 if said in lex.HOURS else int(said)
    if hour > 23:
        return None
    part = {"half past": 0.5, "quarter past": 0.25, "quarter to": -0.25}.get(
        (found["part"] or "").casefold(), 0
    )
    return hour + part + int(found["min"] or 0) / 60


def _of_it(
    cite: Cite, line: str, elsewhere: Iterable[str], told: Mapping[str, Story], practice: Practice, word: str
) -> bool:
    """Whether the story of a place tells of the practice besides, or the place shares a word of what it is about."""
    if cite.story in set(elsewhere) or verbs(practice.name) & verbs(line):
        return True
    about = " . ".join([practice.name, practice.behaviour_statement or "", *practice.core])
    own = stems(about, word) - _OF_ANY - {act(practice.name)[0][:5]}
    text = words_at(cite, told)
    return bool(among(own, stems(text, word)))
