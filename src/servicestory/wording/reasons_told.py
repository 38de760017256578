"""Gives steps the reasons their own places tell; and takes a reason of the trade away where it is none of this act."""

import re
from collections.abc import Collection
from dataclasses import replace

from servicestory.offices import ANY_OFFICE
from servicestory.text import one_line
from servicestory.wording.acts import act
from servicestory.wording.asking import kind_of
from servicestory.wording.material import Material
from servicestory.wording.morphology import participle_lemma
from servicestory.wording.otherwise import because_it_can, otherwise
from servicestory.wording.reasons import in_general, of_another_deed, purpose, spared
from servicestory.wording.reasons_after import told_after
from servicestory.wording.sound import known
from servicestory.wording.speaker import told_by
from servicestory.wording.steps import Cite, KeyPoint, Step
from servicestory.wording.tokens import LONGEST, STOP, words

# Done early, they find out what is wrong while it can be mended; what is made early is ready.
_STILL_TIME = "There is still time to put right what is wrong"
_READY = "What is ready costs the {c} no waiting"
# What is made ready overnight is needed when nobody could make it.
_READY_THEN = "What is ready the evening before is there, however early it is needed"
_OVERNIGHT = re.compile(r"^(?:the )?(?:evening|night) before\b|\bovernight\b", re.IGNORECASE)
_FINDS_OUT = frozenset(
    "ask call check confirm explain inform look measure read remind review see show tell test try walk".split()
)
# Other reasons of the trade, and the acts of which they are one: a second look finds what has changed; copied out
# again, nothing changed by itself. What is set right at once is no complaint; what is arranged at once is arranged.
_ONLY_OF = {
    "One look says little; the second finds what has changed": _FINDS_OUT
    | frozenset("come go phone return ring telephone visit".split()),
    "A need that waits becomes a complaint": frozenset(
        "answer apologise bring call change come correct exchange fetch find fix get give go help mend put refund repair"
        " replace return ring see send solve".split()
    ),
}
# Those of the house for whom it is done too; of other things what could be is mostly a complaint.
_OURS = rf"{ANY_OFFICE}|crew|desk|housekeeping|kitchen|office|people|shifts?|staff|teams?|workshop"
_SO_OTHERS = re.compile(
    rf"\bso(?: that)?,? (?P<who>(?:the|every|each) (?:[a-z]+ ){{0,2}}?(?:{_OURS}) )(?P<can>could|can|would|will)"
    r"(?P<not> not|n['’]t)? (?!have\b|be\b)(?P<rest>[a-z][^.!?;:,()\n\"“]{3,80})"
)
# Which thing is meant only the story knows.
_OPEN = re.compile(
    r"\b(?:it|this|that|these|those|them|there|my|our|me|us|her|his|him|i|we)\b", re.IGNORECASE
)


def with_reasons(material: Material, staff: Collection[str] = ()) -> Material:
    """The material with the first reason its places tell at each step that has none from a story.

    Args:
        staff: the names of those who work here; no reason names one of them.
    """
    names = {w for name in staff for w in name.casefold().split()}
    steps = [_fitting(step, material.customer) for step in material.steps]
    made: list[Step] = []
    for step in steps:
        # "Hand over so that nobody has to ask twice" says itself what it is for.
        felt = step.why.startswith("It made the ")  # what it is for says more
        why = step.why if step.why and not felt else _reason(step, material, names) or step.why
        why = "" if " so that " in step.text else why
        said = {one.why for one in made} | {p.reason for one in made for p in one.key_points if p.told}
        made.append(replace(step, why="" if why in said else why))
    return replace(material, steps=tuple(made))


def _reason(step: Step, material: Material, names: Collection[str]) -> str:
    """The first reason the places of a step tell: what it was done for, else what came of it."""
    if any(p.told and p.reason for p in step.key_points):
        return ""
    others = [c for one in material.steps if one is not step for c in one.cites]
    came = ""
    for cite in step.cites:
        if (story := material.told.get(cite.story)) is None:
            continue
        who = {*names, *(w for p in story.people for w in p.casefold().split())}
        text = re.sub(r"(?<!\n)\n(?!\n)", " ", story.text_of(cite.field) or "")
        end = _end(text, cite.end)
        for so in _SO.finditer(text, cite.start, end):
            own = not of_another_deed(text[cite.start : so.start()], step.text)
            if (
                own
                and not _nearer(others, cite, so.start())
                and (
                    why := purpose(text, so.start(), material.customer, who)
                    or _for_others(text[so.start() : end], who)
                )
            ):
                return why
        if why := told_after(text, cite.end, material.customer, who, told_by(story)):
            came = came or why
        if not came and not _nearer(others, cite, end):
            after = _next(text, end)
            rest = text[cite.end : end]
            came = in_general(rest, who) or because_it_can(rest, who)
            came = came or _said(text[cite.start : end], step, material, who)
            last = of_another_deed(text[cite.start : end], step.text) or _DEED.search(after)
            came = came or ("" if last else _said(after, step, material, who))
    return came or _quoted(step, material)


def _said(text: str, step: Step, material: Material, names: Collection[str]) -> str:
    """What a passage says of why a step is done; what somebody would not have done is why another does it for them."""
    if why := spared(text, material.customer, names):
        return why
    why = otherwise(text, material.customer)
    done = re.match(r"Otherwise .*? have ([a-z]+)", why)
    deed = act(participle_lemma(done[1]) or done[1])[0] if done else ""
    of_another = deed != act(step.text)[0] and any(act(one.text)[0] == deed for one in material.steps)
    return "" if of_another else why


def _quoted(step: Step, material: Material) -> str:
    """What a teller's quote says of why, at the step that is the practice's own deed: a quote is about the whole story."""
    if act(step.text)[0] != act(material.practice.name)[0]:
        return ""
    first = [cite.story for cite in step.cites if cite.story in material.told]
    told = (material.told[story] for story in dict.fromkeys([*first, *sorted(material.told)]))
    quotes = (one_line(story.quote) for story in told if story.quote)
    return next((why for quote in quotes if (why := otherwise(quote, material.customer))), "")


_SO = re.compile(r"\bso\b", re.IGNORECASE)
# Somebody of the house does something else in it, and what it tells came of that.
_DEED = re.compile(r"\b(?:he|she|they)\b|(?<!^)(?<![.!?] )\b(?!I\b)[A-Z][a-z]+")


def _end(text: str, at: int) -> int:
    """The end of the sentence that holds the character before ``at``."""
    if text[:at].rstrip()[-1:] in (".", "!", "?"):
        return at
    found = STOP.search(text, at, at + LONGEST)
    return found.start() if found else min(len(text), at + LONGEST)


def _next(text: str, end: int) -> str:
    """The sentence after the one that ends at ``end``."""
    begin = end + len(text[end:]) - len(text[end:].lstrip(".!?; \n"))
    return text[begin : _end(text, begin + 1)] if begin < len(text) else ""


def _nearer(others: Collection[Cite], cite: Cite, at: int) -> bool:
    """Whether another step's place stands nearer before ``at``, so that what is told there is of that step."""
    here = [c for c in others if (c.story, c.field) == (cite.story, cite.field) and c.start < at]
    own = (at <= cite.end, min(cite.end, at), cite.start)
    return any((at <= c.end, min(c.end, at), c.start) > own for c in here)


def _for_others(said: str, names: Collection[str]) -> str:
    """ "so the night porter would know" -> "So that the night porter will know"; empty where it is not clear who or what."""
    for found in _SO_OTHERS.finditer(said):
        told = f"{found['who']}{found['rest']}"
        tokens = words(told, 0, len(told))
        if _OPEN.search(told) or any(w.low in names or not w.text.islower() or not known(w) for w in tokens):
            continue
        verb = {"could": "can", "can": "can"}.get(found["can"], "will")
        may = {"can": "cannot", "will": "will not"}[verb] if found["not"] else verb
        return f"So that {found['who'].strip()} {may} {found['rest'].strip()}"
    return ""


def _fitting(step: Step, customer: str) -> Step:
    """The step without a reason of the trade that is none of its act."""
    kind = re.sub(r"^ask\b.*", "ask", kind_of(step.text))
    ready = _READY.replace("{c}", customer)

    def mended(point: KeyPoint) -> KeyPoint:
        if point.told:
            return point
        reason = point.reason
        if reason == _STILL_TIME and kind not in _FINDS_OUT:
            reason = ready
        if reason == ready and _OVERNIGHT.search(point.text):
            reason = _READY_THEN
        return replace(point, reason=reason if kind in _ONLY_OF.get(reason, (kind,)) else "")

    return replace(step, key_points=tuple(mended(p) for p in step.key_points))
