"""Gathers from a practice's evidence what its documents are made of: steps, key points, situations, effects."""

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from servicestory.models.codebook import CodebookEntry
from servicestory.models.organisation import Organisation
from servicestory.models.practice import Evidence, Practice
from servicestory.models.story import Story
from servicestory.text import one_line
from servicestory.wording import instructions
from servicestory.wording.acts import act, same_step
from servicestory.wording.belonging import FEW, Belonging, belonging
from servicestory.wording.definition import Definition, definition, worded
from servicestory.wording.limits import limits
from servicestory.wording.manner import MANNERS, SITUATIONS, feeling, phase, situations, tails, way_of
from servicestory.wording.occasions import without_when
from servicestory.wording.reasons import instead, purpose
from servicestory.wording.showing import showing, shown_by_all, stems
from servicestory.wording.standing import shared_words, standing
from servicestory.wording.steps import MOST_WAYS, Cite, KeyPoint, Step, apart, in_full, merged, points_of
from servicestory.wording.unasked import asks_too_much

MOST_STEPS = 7
LEAST_STEPS = 5
MANY_STORIES = 12
CORE_ALONE = 3
_SENTENCE = re.compile(r"[.!?;\n]")


@dataclass(frozen=True)
class Material:
    """All that the documents of one practice are made of."""

    practice: Practice
    customer: str  # whom it serves: the house's word, or "colleague"
    steps: tuple[Step, ...]
    situations: tuple[tuple[str, tuple[Cite, ...]], ...]
    effects: tuple[tuple[str, tuple[Cite, ...]], ...]  # (feeling, where)
    cites: tuple[Cite, ...]
    told: Mapping[str, Story] = field(default_factory=dict)
    definition: Definition = field(default_factory=Definition)
    own: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # by story: its own words for the steps
    limits: str = ""  # where it holds and why, while it is not for everybody

    @property
    def head(self) -> str:
        """What stands at the head of its documents: that nobody decided on it, or how far it goes."""
        return self.practice.undecided or self.limits

    @property
    def began_badly(self) -> int:
        """How many of its stories are recoveries."""
        return sum(1 for story in self.told.values() if story.recovery)

    @property
    def recovery(self) -> bool:
        """Whether this is a recovery practice: at least half of its stories put something right."""
        return self.began_badly * 2 >= max(1, len(self.told))

    @property
    def stories(self) -> int:
        """How many stories of the practice are still there."""
        return len({cite.story for cite in self.cites})

    @property
    def thin(self) -> bool:
        """Whether stories and definition together give too little for a procedure."""
        return sum(1 for step in self.steps if step.source in ("stories", "practice")) < 2


def gather(
    practice: Practice,
    stories: Mapping[str, Story],
    organisation: Organisation,
    codebook: Mapping[str, CodebookEntry] | None = None,
) -> Material:
    """What the stories and the definition of ``practice`` give for its documents.

    Args:
        stories: by id; those the practice's evidence names are used, missing ones are left out.
        codebook: its entries by key. The lines of the one the practice comes from fill up to `LEAST_STEPS`
            steps; the others tell which deeds of a sentence belong elsewhere.

    Returns:
        steps from the stories and from the practice's core lines, in the order of doing, at most
        `MOST_STEPS`; every step from stories with its places.
    """
    word = one_line(organisation.customer_word).casefold() or "customer"
    people = {w for p in organisation.staff for n in (p.name, *p.aliases) for w in n.casefold().split()}
    entry = (codebook or {}).get(practice.definition or "")
    home = belonging(practice, codebook or {})
    known = shared_words(practice, stories)
    raw: list[Step] = []
    moments: dict[str, list[Cite]] = {}
    effects: dict[str, list[Cite]] = {}
    cites: list[Cite] = []
    passages: list[tuple[Cite, str]] = []
    mostly: set[Cite] = set()
    told: dict[str, Story] = {}
    for evidence in sorted(practice.surest(), key=lambda e: (e.story, e.field, e.start, e.end)):
        story = stories.get(evidence.story)
        text = evidence.text_in(story) if story else None
        if story is None or text is None:
            continue
        told[story.id] = story
        cite = Cite(story.id, evidence.field, evidence.start, evidence.end)
        cites.append(cite)
        passages.append((cite, text))
        here = steps_of(evidence, story, word, frozenset(people), known)
        raw += (step for step in here if not asks_too_much(step.text))
        mostly |= {step.cites[0] for step in here if found_for(evidence, step, story, home)}
        around = _around(evidence, story)
        if (felt := feeling(around)) is not None:
            effects.setdefault(felt, []).append(cite)
        for said in situations(f"{story.situation or ''} {around}"):
            moments.setdefault(said, []).append(cite)
    raw = own_steps(raw, home, mostly)
    word = whom(told.values(), word)
    practice = worded(practice, entry, word)
    about = definition(entry, word)
    # A practice found in the stories is one act, and its name says which; the codebook's may be several.
    own = act(practice.name)[0] if entry is None and not practice.core else ""
    found = merged(raw, own)
    if any(step.text.casefold() == practice.name.casefold() for step in raw):
        found = [in_full(step, practice.name) for step in found]
    more, whole = list[Step](), list[Step]()
    for step in found:
        (more if not about.lines or home.says_more(step.text) else whole).append(step)
    chosen, besides = _chosen(more, practice, word, bool(about.lines), mostly)
    # What says no more than the name is evidence of the whole, which the definition's first line says.
    steps = _filled(_with_core(chosen, passages, practice, word), about, [*whole, *besides])
    steps = shown_by_all(steps, passages, word)
    if practice.trigger:  # the practice says itself when it is due
        steps = [replace(step, text=without_when(step.text)) for step in steps]
    steps = [replace(step, cites=apart(step.cites)) for step in steps]
    shown = {cite for step in steps for cite in step.cites}
    own_words: dict[str, tuple[str, ...]] = {}
    for step in raw:
        if step.cites[0] in shown:
            story_id = step.cites[0].story
            own_words[story_id] = (*own_words.get(story_id, ()), step.text)
    return Material(
        practice,
        word,
        tuple(_in_order(steps)),
        _most_told({s.said.replace("{c}", word): moments[s.said] for s in SITUATIONS if s.said in moments}),
        _most_told(dict(sorted(effects.items()))),
        tuple(sorted(set(cites))),
        told,
        about,
        own_words,
        limits(practice, told.values(), (n for p in organisation.staff for n in (p.name, *p.aliases))),
    )


def _filled(steps: list[Step], about: Definition, besides: list[Step]) -> list[Step]:
    """Where stories and core lines give too few steps, the definition's lines.

    The first of them says the whole practice: what single stories tell besides are examples of it.
    """
    made = list(steps)
    own = sum(1 for step in steps if step.source == "practice")
    for number, line in enumerate(about.lines):
        if len(made) >= LEAST_STEPS or own >= CORE_ALONE:
            break
        if not any(same_step(s.text, line) or _says_it(s.text, line) for s in made):
            told = besides if number == 0 else []
            cites = tuple(sorted({c for s in told for c in s.cites}))
            points = points_of(p for s in told for p in s.key_points if way_of(p.text, line))
            ways = tuple(dict.fromkeys(w for s in told for w in (s.text, *s.ways)))[:MOST_WAYS]
            made.append(Step(line, "definition", cites, points, 0.9 + number / 100, phase(line), ways))
    return made


def _says_it(step: str, line: str) -> bool:
    from rapidfuzz import fuzz

    return fuzz.token_set_ratio(step.casefold(), line.casefold()) >= 90


def whom(told: Iterable[Story], word: str) -> str:
    """Whom a practice serves, in the house's word; a colleague where most of its stories serve colleagues."""
    kinds = [s.customer is not None and s.customer.kind == "internal" for s in told]
    return "colleague" if sum(kinds) * 2 > len(kinds) else word


def _around(evidence: Evidence, story: Story, reach: int = 120) -> str:
    text = story.text_of(evidence.field) or ""
    return text[max(0, evidence.start - reach) : evidence.end + reach]


@lru_cache(maxsize=4096)
def _read(
    text: str, word: str, people: frozenset[str], listed: bool, within: tuple[int, int]
) -> tuple[tuple[str, int, int], ...]:
    return tuple(instructions(text, word, people, listed, within))


def found_for(evidence: Evidence, step: Step, story: Story, home: Belonging) -> bool:
    """Whether a place of evidence was found for this deed: it is most of it, and the rest tells of other things."""
    start, end = step.cites[0].start, step.cites[0].end
    if (end - start) * 2 < evidence.end - evidence.start:
        return False
    text = story.text_of(evidence.field) or ""
    return not home.told_in(f"{text[evidence.start : start]} . {text[end : evidence.end]}")


def own_steps(raw: Iterable[Step], home: Belonging, mostly: Container[Cite]) -> list[Step]:
    """Those of the steps told in a practice's evidence that are its own.

    Args:
        raw: one step a place, not yet merged.
        mostly: the places that are most of the evidence they stand in, see `found_for`.
    """
    found = list(raw)
    home = home.with_acts_of((step.told, step.cites[0].story) for step in found)
    return [step for step in found if home.holds(step.told, step.cites[0] in mostly)]


def steps_of(
    evidence: Evidence, story: Story, word: str, people: frozenset[str], known: frozenset[str] = frozenset()
) -> list[Step]:
    """The steps told inside one place of evidence, with the key points its sentence gives.

    Args:
        word: the organisation's word for a customer.
        people: lower-case names of those who work here.
        known: see `shared_words`.
    """
    text = story.text_of(evidence.field) or ""
    names = people | {part for person in story.people for part in person.casefold().split()}
    own_word = "colleague" if story.customer and story.customer.kind == "internal" else word
    found: list[Step] = []
    latest = 0
    for line, start, end in _read(
        text, own_word, frozenset(names), evidence.field != "narrative", (evidence.start, evidence.end)
    ):
        shared = min(end, evidence.end) - max(start, evidence.start)
        if shared * 2 < end - start:
            continue
        if any(name in line.casefold().split() for name in names):
            continue
        first = line
        stands = standing(line, text, start, end, own_word, known)
        if stands is None:
            continue
        line = stands
        cite = Cite(story.id, evidence.field, start, end)
        # What stands a few words before or after belongs to this act; more would be the next one's.
        said = _SENTENCE.split(text[max(0, start - 20) : start])[-1]
        said += text[start:end] + _SENTENCE.split(text[end : end + 25])[0]
        felt = feeling(text[start : end + 90])
        told = f"It made the {own_word} feel {felt}" if felt else ""
        points = [
            (m.point.replace("{c}", own_word), m.reason.replace("{c}", own_word))
            for m in MANNERS
            if m.fits(line)
            and m.pattern.search(said)
            and not m.pattern.search(line)
            and m.point.split()[0].casefold() != line.split()[0].casefold()
        ]
        points = [(ending, why.replace("{c}", own_word)) for ending, why in tails(line)[1]] + points
        why_told = purpose(text, end, own_word, names) or told
        made = points_of(
            KeyPoint(said, why_told or why, bool(why_told), (cite,), why) for said, why in points
        )
        if (not_just := instead(text, end, own_word, names)) is not None:
            made = points_of([KeyPoint(not_just, why_told, bool(why_told), (cite,)), *made])
        latest = max(latest, phase(line)) if found else phase(line)
        at = _told_at(evidence.field, start, story)
        why = "" if made else why_told or ""
        found.append(Step(line, "stories", (cite,), made, at, latest, why=why, told=first))
    return found


def _told_at(name: str, start: int, story: Story) -> float:
    """How far into its story something is told, 0 to 1."""
    listed = re.fullmatch(r"behaviours\[(\d+)\]", name)
    if listed:
        return int(listed[1]) / max(1, len(story.behaviours))
    return start / max(1, len(story.narrative))


def _chosen(
    steps: list[Step], practice: Practice, word: str, defined: bool, mostly: set[Cite]
) -> tuple[list[Step], list[Step]]:
    """The steps that belong to the practice (in its own words, or told in several stories), and its examples.

    A place of evidence may tell of other things too. A step that only one story tells, and that shares no
    word with the practice, is left out, unless the practice has so few stories that each is its own.
    """
    about = " ".join(
        [
            practice.name,
            practice.behaviour_statement or "",
            practice.trigger or "",
            *practice.core,
            *practice.words,
        ]
    )
    own = stems(about, word)

    def fit(step: Step) -> int:
        return len(stems(step.text, word) & own)

    told = len({e.story for e in practice.surest()})
    few, many = told <= FEW, told >= MANY_STORIES
    named = stems(" ".join([practice.name, practice.behaviour_statement or "", *practice.core]), word)
    kept = [s for s in steps if fit(s) or s.stories > 1 or few or (defined and mostly & set(s.cites))]
    if many and not defined:
        # What one of many did besides shares a word with the practice's evidence easily, seldom with its name.
        kept = [s for s in kept if s.stories > 1 or stems(s.text, word) & named]
    # Where many tell of it, what one of them did is an example of it and no step of its own.
    shared = [s for s in kept if s.stories > 1 or fit(s) > 1]
    if many and (defined or len(shared) >= 3):
        besides = sorted((s for s in kept if s not in shared), key=lambda s: (-fit(s), s.text))
        near = sum(1 for s in besides if fit(s))
        room = min(near, max(0, LEAST_STEPS - 1 - len(shared))) if defined else 0
        kept, besides = shared + besides[:room], besides[room:]
    else:
        besides = []
    ranked = sorted(kept, key=lambda s: (-(s.stories + min(3, fit(s))), s.text))
    return ranked[:MOST_STEPS], sorted([*ranked[MOST_STEPS:], *besides], key=lambda s: (-fit(s), s.text))


def _with_core(
    steps: list[Step], passages: list[tuple[Cite, str]], practice: Practice, word: str
) -> list[Step]:
    """The core lines of the definition first: each takes the evidence of what says the same.

    Where people wrote three core lines or more, these are the steps: what stories tell besides is how one
    or the other went about it.
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
            if same_step(s.text, text, act(text)[0]) or fuzz.token_set_ratio(s.text, text) >= 85
        ]
        rest = [s for s in rest if s not in same]
        made.append(
            Step(
                text,
                "practice",
                tuple(sorted({*(c for s in same for c in s.cites), *showing(text, passages, word)})),
                points_of(p for s in same for p in s.key_points),
                0.2 + number / 100,
                phase(text),
                tuple(dict.fromkeys(way for s in same for way in (s.text, *s.ways) if way != text))[
                    :MOST_WAYS
                ],
                next((s.why for s in same if s.why), ""),
            )
        )
    return made if len(made) >= CORE_ALONE else made + rest[: max(0, MOST_STEPS - len(made))]


def _in_order(steps: list[Step]) -> list[Step]:
    """Before, first moment, during, afterwards; core lines keep their own order among themselves."""
    core = [s for s in steps if s.source == "practice"]
    ordered = sorted(
        (s for s in steps if s.source == "stories"), key=lambda s: (s.phase, round(s.where, 1), s.text)
    )
    # The definition's statement says the whole and comes first; its other lines come before what is done after.
    defined = [s for s in steps if s.source == "definition"]
    after = next((n for n, s in enumerate(ordered) if s.phase == 3), len(ordered))
    ordered = [*defined[:1], *ordered[:after], *defined[1:], *ordered[after:]]
    for line in core:
        at = 0
        for number, step in enumerate(ordered):
            if step.source == "practice" or step.phase < max(2, line.phase):
                at = number + 1
        ordered.insert(at, line)
    return ordered


def _most_told(found: Mapping[str, list[Cite]]) -> tuple[tuple[str, tuple[Cite, ...]], ...]:
    ranked = sorted(found.items(), key=lambda item: -len({c.story for c in item[1]}))
    return tuple((text, tuple(sorted(set(cites)))) for text, cites in ranked)
