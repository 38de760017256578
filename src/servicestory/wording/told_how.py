"""How a practice is done, as those places of its evidence say that give no step in words ("welcomed with a smile")."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from servicestory.models.practice import Practice
from servicestory.models.story import Story
from servicestory.wording import lexicon as lex
from servicestory.wording.acts import act, joins, things
from servicestory.wording.clauses import clauses
from servicestory.wording.details import detail
from servicestory.wording.manner import MANNERS
from servicestory.wording.placed import in_sight
from servicestory.wording.reasons import purpose_within
from servicestory.wording.rewrite import rewrite
from servicestory.wording.showing import stems
from servicestory.wording.steps import Cite, KeyPoint, Step, points_of
from servicestory.wording.story_only import one_off
from servicestory.wording.tokens import sentences
from servicestory.wording.unasked import asks_too_much
from servicestory.wording.whole import unsound

LEAST_MEANS, MOST_MEANS = 3, 4  # stories of a step that has examples of how; examples that are named
LEAST = 2  # stories that must say so: one may speak of something else in the same sentence


def with_manners(
    steps: Iterable[Step],
    passages: list[tuple[Cite, str]],
    practice: Practice,
    word: str,
    names: Collection[str] = (),
) -> list[Step]:
    """The steps with the key points that several places of evidence say in passing, and why where one says so.

    A place speaks of the line it shows. One that shows none speaks of the whole practice: of the codebook's
    first line, or of the only step there is.

    Args:
        names: names of people, small letters; a reason that speaks of them is left out.
    """
    made = list(steps)
    first = next((s for s in made if s.source == "definition"), made[0] if len(made) == 1 else None)
    said: dict[int, list[tuple[Cite, str]]] = {}
    for place, text in passages:
        shown = [n for n, s in enumerate(made) if any(place.touches(cite) for cite in s.cites)]
        if not shown and first is not None:
            shown = [made.index(first)]
        for n in shown:
            if made[n].source != "stories" or made[n] is first:  # a told step has read its own sentence
                said.setdefault(n, []).append((place, text))
    known = " . ".join([practice.name, practice.behaviour_statement or "", *(s.text for s in made)])
    for n, places in said.items():
        more = [p for p in _points(places, made[n].text, known, word) if p.stories >= LEAST]
        made[n] = _with_told(made[n], more)
        # A deed told there has read its own reason; what else a place says why is of another deed.
        silent = [text for place, text in places if not any(place.touches(c) for c in made[n].cites)]
        reasons = (purpose_within(text, word, names, made[n].text) for text in silent)
        if why := next((why for why in reasons if why), ""):
            made[n] = _because(made[n], why)
    if made and (kept := detail(passages, known, word, names)):
        # It belongs to the step that most of these places show; where none does, to the first.
        n = max(
            range(len(made)),
            key=lambda k: (sum(any(c.touches(o) for o in made[k].cites) for c in kept.cites), -k),
        )
        made[n] = _with_told(made[n], [kept])
    return made


def with_means(
    steps: Iterable[Step],
    passages: Sequence[tuple[Cite, str]],
    told: Mapping[str, Story],
    word: str,
    names: Collection[str] = (),
) -> list[Step]:
    """The steps of the stories that few told in other words, with what else their tellers did for it, as examples.

    "Have the room made up early" was done by telephoning housekeeping, or by asking the cleaners to do it out of
    turn: each of it one story's, all of it how it is done. Stories from elsewhere give none.

    Args:
        told: the stories by id.
        names: lower-case names of those who work here.
    """
    made = list(steps)
    acts = {act(said)[0] for s in made for said in (s.text, *s.ways)}
    if any(in_sight(s.text, word) for s in made):  # where it was put is told there
        acts |= {act(verb)[0] for verb in lex.PLACING}
    for n, step in enumerate(made):
        named = any(point.text.startswith("For example") for point in step.key_points)
        if step.source != "stories" or step.stories < LEAST_MEANS or len(step.ways) > 2 or named:
            continue
        means: dict[str, Cite] = {}
        for place, _ in passages:
            story = told[place.story]
            if story.source is None and any(place.touches(cite) for cite in step.cites):
                means |= {
                    line: cite
                    for line, cite in _done_for_it(story, place, names, word)
                    if act(line)[0] not in acts and not joins(step.text, line) and _for_it(line, step)
                }
        if len({cite.story for cite in means.values()}) >= LEAST:
            said = "; ".join(f"{line[0].lower()}{line[1:]}" for line in [*means][:MOST_MEANS])
            point = KeyPoint(f"For example: {said}", "", False, tuple(sorted(means.values())))
            made[n] = replace(step, key_points=(*step.key_points, point))
    return made


def _for_it(line: str, step: Step) -> bool:
    """Whether a deed told beside a step may be done for it: what is made or given besides is a deed of its own."""
    refers = _REFERS.search(line) is not None
    if refers and not _REFERS.search(step.text) and line.split()[1:2] in (["it"], ["them"]):
        return False  # "bend it straight" beside "clean the lenses": what?
    gives = line.split()[0].casefold() in _MADE_OR_GIVEN
    return refers or not gives or bool(things(line) & things(step.text))


_REFERS = re.compile(r"\b(?:it|them)\b")
_MADE_OR_GIVEN = frozenset(
    "add bake bring build buy cook draw fetch give hand lend leave make offer pack prepare serve write".split()
)


def _done_for_it(story: Story, place: Cite, names: Collection[str], word: str) -> Iterable[tuple[str, Cite]]:
    """What staff did in a place, as instructions that may refer to the step ("ask the cleaners to do it")."""
    text = story.text_of(place.field) or ""
    known = frozenset({*names, *(part for name in story.people for part in name.casefold().split())})
    for start, end in sentences(text):
        if not (start < place.end and place.start < end):
            continue
        for clause in clauses(text, start, end, known, place.field != "narrative"):
            line = None if clause.passive else rewrite(clause, word, known, may_refer=True)
            if line and not unsound(line) and not one_off(line) and not asks_too_much(line):
                yield line, Cite(story.id, place.field, clause.start, clause.end)


def _with_told(step: Step, more: Sequence[KeyPoint]) -> Step:
    """The step with more key points of stories, among those it has; others stay behind them."""
    own = [p for p in step.key_points if p.source == "stories"]
    rest = [p for p in step.key_points if p not in own]
    return replace(step, key_points=(*points_of([*own, *more]), *rest))


def _because(step: Step, why: str) -> Step:
    """The step with a reason a story gives: of its first key point, or of itself where it has none."""
    if step.why or any(point.told for point in step.key_points):
        return step
    if not step.key_points or step.key_points[0].source != "stories":
        return replace(step, why=why)
    point, *rest = step.key_points
    return replace(step, key_points=(replace(point, reason=why, told=True), *rest))


# "It worked at once" tells nothing of how somebody did it.
_BY_ITSELF = re.compile(
    r"\b(?:it|this|that|which|everything|all) [a-z]+(?:ed|t)(?: \w+ly| at once| right away| straight away)+"
)


def _points(places: list[tuple[Cite, str]], step: str, known: str, word: str) -> list[KeyPoint]:
    """What the places say of how: nothing the practice says itself."""
    found = []
    done = [(place, _BY_ITSELF.sub("", text)) for place, text in places]
    for manner in MANNERS:
        point, reason = (text.replace("{c}", word) for text in (manner.point, manner.reason))
        if not manner.fits(step) or manner.pattern.search(known) or stems(point, word) & stems(step, word):
            continue
        if cites := tuple(sorted({place for place, text in done if manner.pattern.search(text)})):
            found.append(KeyPoint(point, reason, False, cites, reason))
    return found
