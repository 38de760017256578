"""Which steps the documents of a practice have: one list, the same in every document, with its order and numbers."""

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from servicestory.models.practice import Practice
from servicestory.text import one_line
from servicestory.wording.acts import act, acts_of, joins, same_step, things
from servicestory.wording.belonging import FEW, Belonging
from servicestory.wording.by_name import does_as_named
from servicestory.wording.deeds import Deeds, told_too
from servicestory.wording.definition import Definition
from servicestory.wording.lexicon import TIMES_OF_DAY
from servicestory.wording.manner import phase, way_of, without_manner
from servicestory.wording.occasions import with_its_moment, without_when
from servicestory.wording.placed import in_sight, says_in_sight
from servicestory.wording.shared import head_of, true_of_most
from servicestory.wording.showing import (
    acts_in,
    among,
    lemmas,
    seen_to,
    showing,
    stems,
    strong,
    telling_of,
    verbs,
)
from servicestory.wording.steps import (
    MANY,
    MOST_WAYS,
    Cite,
    KeyPoint,
    Step,
    apart,
    broken_down,
    points_of,
)
from servicestory.wording.unasked import asks_too_much

MOST_STEPS = 7
MANY_STORIES = 12
CORE_ALONE = 3
LIST = 2  # lines from which on a list stands without what a single story tells


@dataclass(frozen=True)
class Chosen:
    """The steps of a practice in their order, and what single stories tell besides."""

    steps: tuple[Step, ...]
    besides: tuple[Step, ...]


def choose(
    found: Iterable[Step],
    passages: list[tuple[Cite, str]],
    practice: Practice,
    about: Definition,
    word: str,
    home: Belonging,
    mostly: set[Cite],
    deeds: Deeds | None = None,
    around: Sequence[tuple[Cite, str]] = (),
    sure: Mapping[Cite, bool] | None = None,
    context: Mapping[Cite, str] | None = None,
) -> Chosen:
    """The one list of steps of a practice, at most `MOST_STEPS`.

    What people wrote comes first, then what the codebook says, then what stories tell. What a single story
    tells stands there only where the list would be none without it. Every step cites the places that show it,
    and no others.

    Args:
        found: the steps the stories tell, near-equal ones merged.
        passages: every place of evidence with its text.
        mostly: places found for the deed they tell, see `material.found_for`.
        deeds: tells which places tell a step in words of their own; without it only known words count.
        around: the sentences next to the evidence, in which a core line may be told.
        sure: places whose deed is the practice's whatever its words, with whether these are the teller's, see
            `plainly.stood_for`.
        context: what a story tells around a place, see `shared.true_of_most`.
    """
    more, whole = list[Step](), list[Step]()
    for step in found:
        if practice.trigger:  # it says itself when it is due, so no place need tell the moment
            step = replace(step, text=without_when(step.text))
        (more if not about.lines or home.says_more(step.text) else whole).append(step)
    kept = [
        _general(_counted(s, passages, word), passages, word)
        for s in _own(more, practice, word, bool(about.lines), mostly, sure or {})
    ]
    lines, rest = _written(kept, passages, practice, word, around)
    if len(lines) < CORE_ALONE:
        defined, rest = _defined(rest, whole, passages, about, lines, word)
        lines += defined
    if deeds:
        every = told_too([*lines, *rest], passages, deeds, word)
        lines, rest = every[: len(lines)], every[len(lines) :]
    every = true_of_most([*lines, *rest], passages, context or {}, practice, word)
    lines, rest = every[: len(lines)], every[len(lines) :]
    sense = _sense(practice, word)
    ranked = sorted(rest, key=lambda s: (-s.stories, -len(stems(s.text, word) & sense), s.text))
    several = [s for s in ranked if not s.once]
    room, stories = MOST_STEPS - len(lines), len({e.story for e in practice.surest()})
    least = 1 if stories >= MANY_STORIES else LIST
    if any(s.stories >= MANY for s in several):
        least = 1
    if sum(line.source == "practice" for line in lines) >= CORE_ALONE:
        picked = list[Step]()
    elif stories > FEW and len(lines) + len(several) >= least and any(s.cites for s in (*lines, *several)):
        picked = several[:room]
    else:  # another thing of the same act is how one story did it; a codebook's practice that
        # nobody accepted says what it is itself, and what one of its stories did is an example
        acts = {act(s.text)[0] for s in several}
        open_yet = practice.undecided and bool(about.lines) and not about.own and stories > 1
        picked = [s for s in ranked if not (s.once and (open_yet or act(s.text)[0] in acts))][:room]
    steps = [replace(s, cites=apart(s.cites)) for s in _in_order(_each_act_once(lines + picked))]
    return Chosen(
        tuple(s if any((sure or {}).get(c) for c in s.cites) else _plain(s, word) for s in steps),
        tuple(replace(s, cites=apart(s.cites)) for s in ranked if s not in picked),
    )


def _counted(step: Step, passages: list[tuple[Cite, str]], word: str) -> Step:
    """The step with every place that tells its act, also those whose words gave no step."""
    # how it was done is counted by itself: whoever did it otherwise did it as well
    plain = with_its_moment(without_manner(without_when(step.text)), step.text)
    told = {*telling_of(step.text, passages, word), *telling_of(plain, passages, word)}
    made = replace(step, cites=apart((*step.cites, *sorted(told))))
    # What one of many adds, and nobody knows why, is no key point.
    points = tuple(p for p in made.key_points if p.reason or p.stories > 1 or made.stories < MANY)
    return replace(made, key_points=points)


def _general(step: Step, passages: list[tuple[Cite, str]], word: str) -> Step:
    """The step without the end only a few of its stories tell: "Ask for feedback (after the dinner)"."""
    bare = without_when(step.text)
    found = _END.match(bare)
    own = stems(found["more"], word) if found else set()
    if found is None or step.once or not own or " and " in found["more"]:
        return step
    places = {cite.story: "" for cite in step.cites}
    for place, text in passages:
        if any(place.touches(cite) for cite in step.cites):
            places[place.story] += f" {text}"
    backed = sum(bool(among(own, stems(text, word))) for text in places.values())
    head = head_of(found)
    if backed * 2 > len(places) or len(head.split()) < _LEAST_WORDS:
        return step
    text = with_its_moment(head, step.text)
    return replace(step, text=text, phase=phase(text), ways=(*step.ways, bare)[:MOST_WAYS])


_LEAST_WORDS = 3
_END = re.compile(
    r"(?P<head>.+) (?P<more>(?:after|before|during|at|in|on|for|with) (?:the|an?|their|every|each) .+?)$"
)


def _plain(step: Step, word: str) -> Step:
    """A step of the stories as a verb and its object, with how and when as key points; others keep their words."""
    if step.source != "stories":
        return step
    head, points = broken_down(step, word)
    return replace(step, text=head, key_points=tuple(points))


def _about(practice: Practice) -> list[str]:
    return [practice.name, practice.behaviour_statement or "", *practice.core]


def _sense(practice: Practice, word: str) -> set[str]:
    """The telling words of what the practice says of itself."""
    return stems(" ".join([*_about(practice), practice.trigger or "", *practice.words]), word)


def _own(
    steps: list[Step],
    practice: Practice,
    word: str,
    defined: bool,
    mostly: set[Cite],
    sure: Container[Cite],
) -> list[Step]:
    """The steps that belong to the practice: in its own words, or told in several stories.

    A place of evidence may tell of other things too. A step that only one story tells, and that shares no
    word with the practice, is left out, unless the practice has so few stories that each is its own.
    """
    stories, sense = len({e.story for e in practice.surest()}), _sense(practice, word)
    kept = [
        s
        for s in steps
        if stems(s.text, word) & sense
        or s.stories > 1
        or stories <= FEW
        or (defined and mostly & set(s.cites))
        or any(cite in sure for cite in s.cites)
    ]
    if stories >= MANY_STORIES and not defined:
        # What one of many did besides shares a word with the practice's evidence easily, seldom with its name.
        named = stems(" ".join(_about(practice)), word)
        kept = [s for s in kept if s.stories > 1 or stems(s.text, word) & named]
    return kept


def _written(
    steps: list[Step],
    passages: list[tuple[Cite, str]],
    practice: Practice,
    word: str,
    around: Sequence[tuple[Cite, str]] = (),
) -> tuple[list[Step], list[Step]]:
    """The core lines, each with the places of what says the same; and the steps that are left.

    Of a line of two acts ("take up the slack and change any chafed rope") a place tells one, as stories do.
    """
    from rapidfuzz import fuzz

    made: list[Step] = []
    rest = list(steps)
    for number, line in enumerate(practice.core):
        text = one_line(line).rstrip(".;").replace("{customer}", word)
        if not text or asks_too_much(text):
            continue
        text = text[0].upper() + text[1:]
        same = [
            s
            for s in rest
            if (same_step(s.text, text, act(text)[0]) and _of_one_thing(s.text, text))
            or fuzz.token_set_ratio(s.text, text) >= 85
            or (in_sight(s.text, word) and says_in_sight(text, word))
        ]
        rest = [s for s in rest if s not in same]
        told = [*passages, *around]
        shown = [cite for one in {text, *acts_of(text)} for cite in showing(one, told, word)]
        shown += seen_to(text, told, word)
        made.append(_line(text, "practice", same, shown, 0.2 + number / 100))
    return made, rest


_AT_ANY_TIME = frozenset(w[:6] for w in TIMES_OF_DAY)


def _of_one_thing(step: str, line: str) -> bool:
    """Whether two instructions of one act are about the same: to note the shoe size is not to note the room."""
    one, other = things(step) - _AT_ANY_TIME, things(line) - _AT_ANY_TIME
    return act(line)[0] != "note" or not one or not other or bool(one & other)


def _each_act_once(steps: list[Step]) -> list[Step]:
    """The steps without those another joins to its act already: "Call … and ask how it runs", then "Ask how it runs"."""
    made = list(steps)
    for step in (s for s in steps if s.source == "stories"):
        whole = next((s for s in made if s is not step and joins(s.text, step.text)), None)
        if whole is None:
            continue
        made[made.index(whole)] = replace(
            whole,
            cites=tuple(sorted({*whole.cites, *step.cites})),
            key_points=points_of((*whole.key_points, *step.key_points)),
            why=whole.why or step.why,
        )
        made.remove(step)
    return made


def _defined(
    steps: list[Step],
    whole: list[Step],
    passages: list[tuple[Cite, str]],
    about: Definition,
    lines: list[Step],
    word: str,
) -> tuple[list[Step], list[Step]]:
    """The codebook's lines that no line says yet, each with the places that show it; and the steps left.

    What says no more than the practice's name ("Greet the guest") shows the line of the same act.
    """
    fresh = [
        text
        for text in about.lines
        if not any(same_step(s.text, text) or _says_it(s.text, text) for s in lines)
    ]
    rest, given = list(steps), {text: list[Step]() for text in fresh}
    also = {text: list[Cite]() for text in fresh}  # what one story did shows it, and is told as its example
    shown = {
        text: showing(
            text, passages, word, kind=not about.own, cues=about.cues if len(about.lines) == 1 else ()
        )
        for text in fresh
    }

    def says(step: Step, line: str) -> bool:
        return step in whole or same_step(step.text, line) or _says_it(step.text, line)

    def one_way(step: Step, line: str) -> bool:
        if strong([act(step.text)[0]]):
            return step.once or _ANY_THING.match(line) is not None
        return all(any(c.touches(place) for place in shown[line]) for c in step.cites)

    for step in [*steps, *whole]:
        own = act(step.text)[0]
        alike = [t for t in fresh if act(t)[0] == own and (step.once or says(step, t) or one_way(step, t))]
        if not alike:
            continue
        line = _nearest(step.text, alike, word)
        if says(step, line) or one_way(step, line):
            given[line].append(step)
            rest = [s for s in rest if s is not step]
        else:
            also[line] += step.cites
    if about.own:  # people named it so with these places before them: when it was done they know
        for text in fresh:
            shown[text] = sorted({*shown[text], *(c for c, t in passages if does_as_named(text, t, word))})
    told = dict(passages)
    made = []
    for number, text in enumerate(fresh):
        # What two lines of one kind of act could cite shows the one it is nearest to.
        nearest = [
            cite
            for cite in shown[text]
            if _nearest(
                told[cite], [t for t in fresh if act(t)[0] == act(text)[0] and cite in shown[t]], word
            )
            == text
        ]
        found = _line(text, "definition", given[text], [*nearest, *also[text]], 0.9 + number / 100)
        examples = tuple(_examples(text, fresh, about, word))
        made.append(replace(found, key_points=(*found.key_points, *examples)))
    return made, rest


_ANY_THING = re.compile(
    r"\w+ what \w+$"
)  # "recommend what suits": with whatever object, it is the line's act


def _nearest(said: str, lines: list[str], word: str) -> str:
    """The line that shares most telling words with what was said; the shorter one where they share as many."""
    words = stems(said, word)
    return max(lines, key=lambda t: (len(among(stems(t, word), words)), -len(t.split()), t))


def _examples(text: str, fresh: list[str], about: Definition, word: str) -> Iterable[KeyPoint]:
    """What the codebook says of how: behind the line's colon, and those examples of the whole that are of this line.

    Args:
        fresh: the codebook's lines there are; an example that fits none stands with the others.
    """
    if how := about.hows.get(text):
        yield KeyPoint(how, "", False, (), "how", "definition")
    lines = [stems(line, word) for line in about.lines]
    own = [c for c in about.counts if not any((said := stems(c, word)) == among(said, li) for li in lines)]
    fits = {c: next((t for t in fresh if _is_of(c, t, word)), "") for c in own}
    most = max(fresh, key=lambda t: (sum(of == t for of in fits.values()), t == fresh[0]))
    if mine := [c for c in own if (fits[c] or most) == text]:
        yield KeyPoint(f"For example: {'; '.join(mine)}", "", False, (), "example", "definition")


def _is_of(example: str, line: str, word: str) -> bool:
    """Whether an example is one of a line's act: of a verb that says little only where it begins with that verb."""
    begins = {act(lemma)[0] for lemma in lemmas(example.split()[0].casefold())}
    return bool(strong(verbs(line) & acts_in(example, word)) or verbs(line) & begins)


def _line(text: str, source: str, same: list[Step], shown: list[Cite], where: float) -> Step:
    """A line people or the codebook wrote, with what the stories tell of it."""
    ways = dict.fromkeys(way for s in same for way in (s.text, *s.ways) if way != text)
    return Step(
        text,
        source,
        tuple(sorted({*(c for s in same for c in s.cites), *shown})),
        points_of(p for s in same for p in s.key_points if source == "practice" or way_of(p.text, text)),
        where,
        phase(text),
        tuple(ways)[:MOST_WAYS],
        next((s.why for s in same if s.why), ""),
    )


def _says_it(step: str, line: str) -> bool:
    from rapidfuzz import fuzz

    return fuzz.token_set_ratio(step.casefold(), line.casefold()) >= 90


def _in_order(steps: list[Step]) -> list[Step]:
    """Before, first moment, during, afterwards; lines people or the codebook wrote keep their own order."""
    ordered = sorted(
        (s for s in steps if s.source == "stories"), key=lambda s: (s.phase, round(s.where, 1), s.text)
    )
    ahead = next((n for n, s in enumerate(ordered) if s.phase > 0), len(ordered))
    ordered[ahead:ahead] = [s for s in steps if s.source == "definition"]
    for line in (s for s in steps if s.source == "practice"):
        at = 0
        for number, step in enumerate(ordered):
            if step.source == "practice" or step.phase < max(2, line.phase):
                at = number + 1
        ordered.insert(at, line)
    return ordered
