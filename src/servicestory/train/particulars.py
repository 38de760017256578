"""The questions about a practice: its order, details, limits and moment, and what somebody left out."""

import re
from collections.abc import Callable, Iterator, Sequence

from servicestory.text import listing, one_line, plural
from servicestory.train.deal import LEAST_WRONG, WRONG, Deal, agreed, can_be_asked
from servicestory.train.details import Detail, bare, detail, kinds_in, whole
from servicestory.train.telling import stems, telling
from servicestory.wording.acts import act
from servicestory.wording.bounds import FOR_READERS
from servicestory.wording.gaps import moment
from servicestory.wording.material import Material
from servicestory.wording.morphology import is_verb
from servicestory.wording.occasions import occasion_of, without_when
from servicestory.wording.retell import past
from servicestory.wording.steps import Cite, Step

PART_OF = 3  # lines of a practice from which on their order, and what was left out, can be asked for
_IF = re.compile(
    r"(?P<happens>(?:when|if|as soon as|whenever) .+?), (?:then )?(?P<act>[a-z].+)", re.IGNORECASE
)
_IT = re.compile(r"\b(?:it|this|that|them)\b", re.IGNORECASE)

Told = Callable[[Sequence[Cite]], str]
"""What a story says at one of these places, where everybody who was asked agreed; else nothing."""


def order(deal: Deal) -> bool:
    """What comes after a step; wrong are the other steps, so that it is the order that is asked about.

    Only of lines people wrote, in the order of doing. A line with a moment of its own stands in no order.
    """
    word = deal.material.customer
    lines = [s for s in deal.material.steps if s.source == "practice" and not _has_its_moment(s.text)]
    if len(lines) < PART_OF:
        return False
    short = [bare(s.text, word) for s in lines]
    why = f"The order we agreed on: {'; '.join([lines[0].text, *(_low(s.text) for s in lines[1:])])}."
    for n in range(1, len(lines)):
        rest = [text for k, text in enumerate(short) if k not in (n - 1, n)]
        asks = f"“{short[n - 1]}” is done. What is the next step of “{deal.name}”?"
        if _put_act(deal, asks, short[n], rest, why, lines[n]):
            return True
    due_at = _trigger(deal.material)
    asks = f"{due_at}: what comes first?"
    return bool(due_at) and _put_act(deal, asks, short[0], short[1:], why, lines[0])


def conditions(deal: Deal) -> None:
    """What to do when something happens, as a line says it: "When nobody answers, call again before noon"."""
    steps = deal.material.steps
    said = {"practice": "what have we agreed to do?", "definition": "what is to be done, as it is defined?"}
    known = {s.text: f for s in steps if s.source in said and (f := _IF.fullmatch(s.text))}
    for step in (s for s in steps if s.text in known):
        right = _up(known[step.text]["act"])
        rest = [_up(f["act"]) for text, f in known.items() if text != step.text]
        rest += [bare(s.text, deal.material.customer) for s in steps if s.text not in known]
        asks = f"{_up(known[step.text]['happens'])}: {said[step.source]}"
        _put_act(deal, asks, right, rest, _because(step, step.text), step)


def _put_act(deal: Deal, text: str, right: str, wrong: Sequence[str], why: str, step: Step) -> bool:
    """Asks for an act among other acts of the practice, those that stand by themselves."""
    if not can_be_asked(right):
        return False
    rest = sorted(filter(can_be_asked, wrong), key=lambda line: deal.rank(right, line))
    return deal.put(text, right, rest, why, step.cites, True)


def particulars(deal: Deal, told: Told | None = None) -> None:
    """When, how far, in whose words: what was agreed of a step, among near misses of the same kind.

    Never of a kind the practice's name tells, nor what the practice leaves to each place. When it is due only
    people can have agreed; what else is told of a step counts from two stories on.
    """
    m = deal.material
    named = list(kinds_in(deal.name))
    free = stems(" ".join(m.practice.adaptable), m.customer)
    scene, asked = _scene(deal), list[str]()
    for step, found, cites, why in _details(m):
        loose = step.source == "stories" and found.kind.when and not m.practice.trigger
        if found.kind in named or loose or found.kind.asks in asked or stems(found.said, m.customer) & free:
            continue
        by = "as our stories tell it" if step.source == "stories" or cites else "as we agreed"
        if step.source == "definition" and not cites:
            by = "as it is defined"  # which nobody here has said in these words
        line = "" if found.kind.when else _line(told, cites or step.cites)  # a story may tell another hour
        full = f"{without_when(step.text)}: {found.said}" if cites else step.text
        why = f"{_because(step, full, why, cites)} {line}".strip()
        near = [_up(said) for said in found.near if not _is_told(said, m)]
        text = f"{scene}“{found.gap}”: {found.kind.asks}, {by}?"
        if _IT.search(found.gap):  # which only the practice's name tells
            text = f"A step of “{deal.name}” is “{found.gap}”. {_up(found.kind.asks)}, {by}?"
        if deal.put(text, _up(found.said), near, why, cites or step.cites):
            asked.append(found.kind.asks)


def _scene(deal: Deal) -> str:
    """The moment the documents name, where it is not asked for itself; a sentence, or nothing."""
    if deal.material.practice.trigger and not _named(deal, deal.material.practice.trigger):
        return ""
    told = (moment(deal.material) or "").rstrip(".")
    if not told:
        return ""
    return f"{told}, " if _OPENS_CLAUSE.match(told) else f"{told}. "


_OPENS_CLAUSE = re.compile(
    r"(?:on|when|after|before|as|at|while|if|in|during|once|whenever|every|upon)\b", re.I
)


def _details(m: Material) -> Iterator[tuple[Step, Detail, tuple[Cite, ...], str]]:
    """The details of the steps and of their key points: the step, the detail, its places, and why."""
    for step in m.steps:
        if not agreed(step, m):
            continue
        if not _IF.fullmatch(step.text) and (found := detail(step.text, m.customer)):
            yield step, found, (), step.why
        for point in step.key_points:
            alone = whole(point.text, m.customer)
            if alone and point.source == "stories" and point.stories > 1:
                gap = bare(without_when(step.text), m.customer)
                yield step, Detail(alone.kind, alone.said, gap, alone.near), point.cites, point.reason


def left_out(deal: Deal) -> None:
    """What is done for those a practice is not meant for: a judgement that people have made already."""
    for text in deal.material.practice.not_for:
        who = one_line(text).rstrip(".").replace("{customer}", deal.material.customer)
        if deal.put(
            f"“{who}”: what have we agreed for this case?",
            "Leave it out altogether",
            [
                "Do it all the same, only more briefly",
                "Let a colleague do it in your place",
                "Put it off until later in the day",
            ],
            f"We agreed whom or what it is not meant for: {_low(who)}.",
        ):
            return


def due(deal: Deal) -> None:
    """When the practice is due, as people wrote it; nothing is asked that only stories tell so far."""
    due_at, word = _trigger(deal.material), deal.material.customer
    if not due_at or _named(deal, due_at):
        return
    wrong = [
        "At the end of the shift, all of it in one go",
        f"As soon as the {word} asks for it a second time",
        "When somebody in charge has said so",
    ]
    why = f"We agreed when it is due: {_low(due_at)}."
    deal.put(f"When do we do this: “{deal.name}”?", due_at, wrong, why)


def _trigger(m: Material) -> str:
    """When people wrote that it is due; nothing where they did not."""
    return one_line(m.practice.trigger or "").rstrip(".:;").replace("{customer}", m.customer)


def _named(deal: Deal, said: str) -> bool:
    """Whether the practice's name says when it is due, as a text of that does."""
    word = deal.material.customer
    return bool(telling(said, word) & telling(deal.name, word)) or bool(
        set(kinds_in(said)) & set(kinds_in(deal.name))
    )


def not_it(deal: Deal) -> None:
    """What its definition leaves out, among what it counts; once, as a second would repeat the options.

    Only what is of a kind with what it counts: of another kind, or denied in its own words, it is plainly the
    odd one out.
    """
    about, word = deal.material.definition, deal.material.customer
    statement = one_line(deal.material.practice.behaviour_statement or "").rstrip(".")
    for right in (line for line in about.counts_not if not FOR_READERS.search(line)):
        wrong = sorted(about.counts, key=lambda example: deal.rank(right, example))[:WRONG]
        akin = [example for example in wrong if stems(example, word) & stems(right, word)]
        if len(akin) < LEAST_WRONG or _DENIES.search(right):
            continue
        means = f"What we mean: {_low(statement)}." if statement else ""
        if deal.put(
            f"Which of these is not what we mean by “{deal.name}”?",
            right,
            wrong,
            f"{_up(right)} is left out by its definition. {means}".strip(),
        ):
            return


_DENIES = re.compile(r"\b(?:without|not|no|never|only|instead)\b", re.IGNORECASE)


_GOOD_ANYWHERE = (
    "Thank the {c} for telling you",
    "Tell somebody in charge about it",
    "Note it for the next shift",
    "Tell the {c} who saw to it",
    "Have the {c} confirm it in writing",
)


def omitted(deal: Deal) -> bool:
    """What somebody left out who did the rest of it; wrong are good things that nobody agreed on for it."""
    m = deal.material
    lines = [s for s in m.steps if s.source == "practice" and not _IF.fullmatch(s.text)]
    if len(lines) < PART_OF:
        return False
    short = [bare(s.text, m.customer) for s in lines]
    if not all(is_verb(text.split()[0].casefold()) for text in short):
        return False  # told as done a line of another language, or one that names a thing, is no sentence
    near = stems(" ".join([m.practice.name, *m.practice.core, *m.practice.adaptable]), m.customer)
    other = [said.replace("{c}", m.customer) for said in _GOOD_ANYWHERE]
    other = [said for said in other if not (telling(said, m.customer) - _SLIGHT) & near]
    # "Tell somebody in charge about it" is right besides where one of the lines is to tell somebody.
    acts = {act(line)[0] for line in short}
    other = [said for said in other if act(said)[0] not in acts]
    who = "Somebody" if m.customer == "colleague" else "A colleague"
    for n in (*range(1, len(lines)), 0):
        done = listing([past(text) for k, text in enumerate(short) if k != n])
        text = f"{who} {done}. Which agreed step of “{deal.name}” was left out?"
        if _put_act(deal, text, short[n], other, _because(lines[n], lines[n].text), lines[n]):
            return True
    return False


_SLIGHT = frozenset(("tell", "telli", "somebo"))


def _is_told(said: str, m: Material) -> bool:
    """Whether a near miss is what a story, a step or an agreed variant tells after all."""
    lines = [*m.practice.core, *m.practice.adaptable, *(p.text for s in m.steps for p in s.key_points)]
    lines += [way for s in m.steps for way in (s.text, *s.ways)]
    lines += [m.text_at(cite) for cite in m.cites]
    return any(said.casefold() in one_line(line).casefold() for line in lines)


def _because(step: Step, line: str, reason: str = "", cites: Sequence[Cite] = ()) -> str:
    """Why an answer is right, in words of the practice: its line, or how many tell it; and its reason."""
    if step.source == "practice" and not cites:
        said = f"So we agreed: “{line}”."
    elif step.source == "definition" and not cites:
        said = f"So the practice is defined: “{line}”."
    else:
        told = len({c.story for c in cites or step.cites})
        said = f"So {plural(told, 'story tells', 'stories tell')} it: “{line}”."
    why = reason or step.why
    return f"{said} Why: {_low(why.rstrip('.'))}." if why else said


def _line(told: Told | None, cites: Sequence[Cite]) -> str:
    line = (told(cites) if told else "").strip("“” ")
    if not line or "[" in line:  # a bracket begins the places on the quiz's page
        return ""
    return f"A story: “{line}{'' if line[-1] in '.!?' else '.'}”"


def _has_its_moment(line: str) -> bool:
    """Whether a line says itself when it is done, so that it follows no other line."""
    return bool(_MOMENT.search(line) or occasion_of(line))


_MOMENT = re.compile(
    r"\b(?:before|after|when|whenever|while|until|if|as soon as)"
    r" (?:you|they|the|your|each|every|some|no|any)",
    re.I,
)


def _up(text: str) -> str:
    return text[0].upper() + text[1:]


def _low(text: str) -> str:
    return text[0].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text
