"""Gathers from a practice's evidence what its documents are made of: steps, key points, situations, effects."""

from collections.abc import Callable, Collection, Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from servicestory.models.codebook import CodebookEntry
from servicestory.models.organisation import Organisation
from servicestory.models.practice import LIVE, Evidence, Practice
from servicestory.models.story import Story
from servicestory.wording.acts import act, same_step
from servicestory.wording.afield import afield, nearest
from servicestory.wording.asked_after import with_question
from servicestory.wording.belonging import Belonging, belonging
from servicestory.wording.borne_out import borne_out, shown_by_all
from servicestory.wording.by_itself import Kind, by_itself
from servicestory.wording.by_name import as_named, named_deed
from servicestory.wording.cautions import kept_cool, with_cautions
from servicestory.wording.choosing import choose
from servicestory.wording.clauses import clauses
from servicestory.wording.deeds import Deeds, Likeness, one_deed
from servicestory.wording.definition import Definition, definition, named_moment, worded
from servicestory.wording.examples import as_examples
from servicestory.wording.instructions import instructions
from servicestory.wording.limits import limits
from servicestory.wording.manner import MANNERS, SITUATIONS, feeling, phase, situations, tails
from servicestory.wording.marks import one_of_each, tellable
from servicestory.wording.nearby import beside, came_of_it, told_around, told_before
from servicestory.wording.occasions import without_when
from servicestory.wording.of_its_place import of_its_place
from servicestory.wording.placed import put_in_sight, with_other_ways
from servicestory.wording.plainly import beside_plain, plain_steps, stood_for
from servicestory.wording.reasons import instead, purpose
from servicestory.wording.roles import without_names
from servicestory.wording.said_once import examples_once, read_twice, said_by_a_line, said_once
from servicestory.wording.speaker import of_animals, told_by
from servicestory.wording.stand_ins import stand_ins
from servicestory.wording.standing import shared_words, standing
from servicestory.wording.steps import Cite, KeyPoint, Step, how_far, in_full, merged, points_of, words_at
from servicestory.wording.times_told import with_times
from servicestory.wording.tokens import STOP, Told, sentences
from servicestory.wording.told_how import with_manners, with_means
from servicestory.wording.unasked import asks_too_much

SURE = 0.8
"""How sure detection must be of a place for it to tell what its kind is defined as."""


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
    own_steps: Mapping[str, tuple[Step, ...]] = field(
        default_factory=dict
    )  # by story: the steps in its words
    limits: str = ""  # where it holds and why, while it is not for everybody
    besides: tuple[Step, ...] = ()  # what single stories tell besides the steps
    doubtful: int = 0  # stories left out, since all their places are doubtful
    aside: int = 0  # stories left out, which are least like the others; they give no step
    withheld: int = 0  # stories of which nothing may be told: only their number stands in a document
    mask: Callable[[str, str], str] = lambda text, _story: (
        text
    )  # takes names nobody recorded out of a story's text
    unseen: tuple[str, ...] = ()  # lines of a definition of which no story shows any, see `unseen`

    @cached_property
    def own(self) -> Mapping[str, tuple[str, ...]]:
        """By story its own words for the steps."""
        return {story: tuple(step.text for step in steps) for story, steps in self.own_steps.items()}

    @property
    def also(self) -> tuple[Cite, ...]:
        """The places of the stories that show the practice, in words that give none of its steps."""
        cited = {cite.story for step in (*self.steps, *self.besides) for cite in step.cites}
        return tuple(cite for cite in self.cites if cite.story not in cited)

    @property
    def ways(self) -> bool:
        """Whether its steps are ways to do it rather than a sequence: nobody wrote them, few share a story with another."""
        if len(self.steps) < 2 or any(step.source != "stories" for step in self.steps):
            return False
        told = [{cite.story for cite in step.cites} for step in self.steps]
        together = sum(any(a & b for m, b in enumerate(told) if m != n) for n, a in enumerate(told))
        return together * 2 < len(told)

    @property
    def makes_a_list(self) -> bool:
        """Whether its steps are enough for a checklist: one line is none, unless two things make or break it."""
        points = [p for step in self.steps for p in step.key_points if p.confirmable]
        return len(self.steps) > 1 or (len(self.steps) == 1 and len(points) > 1)

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
        """Whether this is a recovery practice: at least half of its stories put something right, more than one of several."""
        return self.began_badly * 2 >= max(1, len(self.told)) and (
            self.began_badly > 1 or len(self.told) == 1
        )

    @property
    def stories(self) -> int:
        """How many stories its documents are made of: those still there, without those left out."""
        return len({cite.story for cite in self.cites})

    def text_at(self, cite: Cite) -> str:
        """The words of one of its places."""
        return words_at(cite, self.told)

    def told_once(self, step: Step) -> bool:
        """Whether a step is marked as told once: where one story is all there is, that says nothing."""
        return step.once and self.stories > 1

    def quoted(self, text: str, story: Story, organisation: Organisation) -> str:
        """What a story says, on one line and without names of anybody."""
        names, words = [*organisation.staff_names(), *story.people], stand_ins(organisation)
        known = without_names(text, names) if words.english else without_names(text, names, words.colleague)
        return self.mask(known, story.id)

    @property
    def thin(self) -> bool:
        """Whether stories and people give too little for a procedure."""
        return self.told_steps < 2

    @property
    def told_steps(self) -> int:
        """How many steps stories or people give; what only the codebook says is no step told."""
        return sum(1 for step in self.steps if step.cites or step.source == "practice")


def gather(
    practice: Practice,
    stories: Mapping[str, Story],
    organisation: Organisation,
    codebook: Mapping[str, CodebookEntry] | None = None,
    like: Likeness | None = None,
    kind: Kind | None = None,
) -> Material:
    """What the stories and the definition of ``practice`` give for its documents.

    Args:
        stories: by id; those the practice's evidence names are used, missing ones are left out.
        codebook: its entries by key. The one the practice comes from gives lines of its own; the others tell
            which deeds of a sentence belong elsewhere.
        like: tells whether two texts are one deed; without it a place tells a step only in known words.
        kind: tells of which kind of practice a text is; without it each deed is of the practice's.

    Returns:
        the one list of steps that all documents of the practice share, see `choosing.choose`.
    """
    people = {w for name in organisation.staff_names() for w in name.casefold().split()}
    every, withheld = tellable(practice, stories)
    away = afield(every, stories, people, like) if like else []
    practice = practice.model_copy(update={"evidence": [e for e in every if e not in away]})
    word = organisation.customer
    entry = (codebook or {}).get(practice.definition or "")
    home = belonging(practice, codebook or {})
    known = shared_words(practice, stories)
    raw: list[Step] = []
    moments: dict[str, list[Cite]] = {}
    effects: dict[str, list[Cite]] = {}
    cites: list[Cite] = []
    passages: list[tuple[Cite, str]] = []
    mostly: set[Cite] = set()
    told_here: list[tuple[Cite, str, list[Step]]] = []
    told: dict[str, Story] = {}
    for evidence in sorted(practice.surest(), key=lambda e: e.place):
        story = stories.get(evidence.story)
        text = evidence.text_in(story) if story else None
        if story is None or text is None:
            continue
        told[story.id] = story
        cite = Cite(story.id, evidence.field, evidence.start, evidence.end)
        cites.append(cite)
        passages.append((cite, text))
        here = steps_of(evidence, story, word, frozenset(people), known)
        here = [step for step in here if not asks_too_much(step.text)]
        raw += here
        if story.source is None and (evidence.pinned or practice.status in LIVE):
            told_here.append((cite, text, here))
        mostly |= {step.cites[0] for step in here if found_for(evidence, step, story, home)}
        if (felt := feeling(came_of_it(evidence, story))) is not None:
            effects.setdefault(felt, []).append(cite)
        scene = f"{story.situation or ''} {told_before(evidence, story)}"
        for said in situations(scene, of_animals(story.narrative)):
            moments.setdefault(said, []).append(cite)
    raw = own_steps(raw, home, mostly)
    nearly = of_its_place(told_here, {step.cites[0] for step in raw}, home, like)
    raw += nearly
    word = whom(told.values(), word)
    practice = worded(practice, entry, word)
    about = definition(entry, word, practice, told.values())
    # A practice found in the stories is one act, and its name says which; the codebook's may be several.
    own = act(practice.name)[0] if entry is None and not practice.core else ""
    found = merged(by_itself(raw, practice, passages, word, kind, like), own, word)
    by_hand = {s.id for s in told.values() if s.source is None}
    sure = {step.cites[0]: False for step in nearly}  # with whether the words are the teller's
    if not any(step.stories > 1 for step in found):
        # What people put into a habit of the house's own, or accepted it with, is its deed in whatever words.
        places = [c for c in stood_for(practice) if c in cites and c.story in by_hand]
        plain = plain_steps(places, told, raw, people, word, like)
        read = {step.cites[0] for step in raw}
        sure |= {step.cites[0]: step.cites[0] not in read for step in plain}
        raw = beside_plain(raw, plain, places, home.shares)
        found = merged(by_itself(raw, practice, passages, word, kind, like), own, word)
    kept = {cite for step in found for cite in step.cites}
    unsaid = [step for step in raw if step.cites[0] not in kept]  # no wording of a step, and evidence still
    if any(step.text.casefold() == practice.name.casefold() for step in raw):
        found = [in_full(step, practice.name) for step in found]
    deeds = None
    if like:
        deeds = Deeds(like, by_hand, _surely(practice, passages, about, people))
        found = one_deed(found, deeds)
    found += put_in_sight(found, passages, word)
    if own:
        found += named_deed(practice, found, passages, told, word, like)
        found = as_named(found, practice, cites, told, word)
    chosen = choose(
        found,
        passages,
        practice,
        about,
        word,
        home,
        mostly,
        deeds,
        beside(practice, told),
        sure,
        told_around(cites, told),
    )
    steps = borne_out(
        shown_by_all(chosen.steps, chosen.besides, about, home, passages, word), told, practice, word
    )
    steps, besides = said_by_a_line(read_twice(steps), word), chosen.besides
    if entry is None or entry.incident != "failure put right":  # that is one procedure, see `recovery`
        steps, besides = as_examples(steps, besides, len(told))
    if own or entry is not None:  # only now each step says what most tell, and no one's question
        steps = with_question(steps, passages, practice.name if own or about.own else "")
    steps = with_manners(steps, passages, practice, word, people)
    steps = with_means(steps, passages, told, word, people)
    steps = with_times(steps, passages, (practice.name, practice.trigger or "", *about.lines))
    if practice.trigger:  # the practice says itself when it is due
        steps = [replace(step, text=without_when(step.text)) for step in steps]
    steps = said_once(steps, practice.trigger or named_moment(practice.name) or "", word)
    out = [Cite(*e.place) for e in practice.out]
    steps = with_other_ways(steps, passages, word)
    steps = with_cautions(kept_cool(steps), told, cites, organisation.staff_names(), word, out)
    steps = examples_once(steps)
    shown = {cite for step in steps for cite in step.cites}
    own_words: dict[str, tuple[Step, ...]] = {}
    for step in raw:
        if step.cites[0] in shown:
            before = own_words.get(step.cites[0].story, ())
            if not any(same_step(step.text, one.text) for one in before):  # one act of one story is told once
                own_words[step.cites[0].story] = (*before, step)
    if like:
        cites = nearest(cites, [*steps, *besides, *unsaid], practice, told, like)
        cited = {c.story for c in cites}
        told = {key: story for key, story in told.items() if key in cited}
    read = {step.cites[0] for step in raw}
    left = {e.story for e in every if e.story in stories} - {c.story for c in cites}
    return Material(
        practice,
        word,
        tuple(one_of_each(step, read) for step in steps),
        _most_told({s.said.replace("{c}", word): moments[s.said] for s in SITUATIONS if s.said in moments}),
        _most_told(
            {
                felt: where
                for felt, where in sorted(effects.items())
                if len({c.story for c in where}) >= min(2, len(told))  # one of many says little
            }
        ),
        tuple(sorted(set(cites))),
        told,
        about,
        own_words,
        limits(practice, told.values(), organisation.staff_names()),
        besides,
        len(left & practice.doubtful_stories),
        len(left - practice.doubtful_stories),
        withheld,
    )


def _surely(
    practice: Practice, passages: Iterable[tuple[Cite, str]], about: Definition, people: Collection[str]
) -> frozenset[Cite]:
    """The places where somebody surely does what the codebook's one line says; that there is a thing is no deed."""
    if about.own or len(about.lines) != 1:
        return frozenset()
    sure = {e.place for e in practice.evidence if e.pinned or (e.score or 0) >= SURE}
    return frozenset(
        cite
        for cite, text in passages
        if (cite.story, cite.field, cite.start, cite.end) in sure
        and any(
            clause.lemma != "have"
            for start, end in sentences(text)
            for clause in clauses(text, start, end, people, cite.field != "narrative")
        )
    )


def whom(told: Iterable[Story], word: str) -> str:
    """Whom a practice serves, in the house's word; a colleague where most of its stories serve colleagues."""
    kinds = [s.internal for s in told]
    return "colleague" if sum(kinds) * 2 > len(kinds) else word


@lru_cache(maxsize=4096)
def _read(
    text: str, word: str, people: frozenset[str], listed: bool, within: tuple[int, int], told: Told
) -> tuple[tuple[str, int, int], ...]:
    return tuple(instructions(text, word, people, listed, within, told=told))


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
    own_word = "colleague" if story.internal else word
    listed, place, teller = evidence.field != "narrative", (evidence.start, evidence.end), told_by(story)
    found: list[Step] = []
    latest = 0
    for line, start, end in _read(text, own_word, frozenset(names), listed, place, teller):
        shared = min(end, evidence.end) - max(start, evidence.start)
        if shared * 2 < end - start:
            continue
        if any(name in line.casefold().split() for name in names):
            continue
        first = line
        stands = standing(line, text, start, end, own_word, known, teller != "elsewhere")
        if stands is None:
            continue
        line = stands
        cite = Cite(story.id, evidence.field, start, end)
        # What stands a few words before or after belongs to this act; more would be the next one's.
        said = STOP.split(text[max(0, start - 20) : start])[-1]
        said += text[start:end] + STOP.split(text[end : end + 25])[0]
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
        at = how_far(evidence.field, start, story)
        why = "" if made else why_told or ""
        found.append(Step(line, "stories", (cite,), made, at, latest, why=why, told=first))
    return found


def _most_told(found: Mapping[str, list[Cite]]) -> tuple[tuple[str, tuple[Cite, ...]], ...]:
    ranked = sorted(found.items(), key=lambda item: -len({c.story for c in item[1]}))
    return tuple((text, tuple(sorted(set(cites)))) for text, cites in ranked)
