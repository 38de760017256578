"""What a call or a visit was for: a second step that every teller tells of another thing ("to hear whether it ran").

One asked whether the clutch held, another whether the light had come back. No two questions are alike, so none is a
step of several; that each time it was asked whether all is well, is.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from servicestory.wording.acts import act
from servicestory.wording.showing import acts_in
from servicestory.wording.steps import MOST_WAYS, Cite, Step

LEAST, SHARE = 2, 0.5  # stories that must tell the question, and their share of those of the call
_GOES_TO = frozenset(act(f"{verb} the customer")[0] for verb in ("call", "ring", "phone", "visit", "text"))
_ASKED = re.compile(
    r"\b(?:ask(?:s|ed|ing)?|hear|see|know|find out|enquired?|inquired?|check(?:s|ed|ing)?)(?: (?:me|us|him|her|them))?"
    r" (?:(?:if|whether) (?!(?:i|we|they|he|she) (?:might|may|could|can|should|would|wanted|needed|had the)\b)"
    r"|(?:just )?how (?!old\b|many\b|much\b|long\b|far\b|often\b|to\b)|(?:was|were) (?:i|we|he|she|they)\b)",
    re.IGNORECASE,
)
_SAYS_SO = re.compile(r"\b(?:ask|check|hear|find out|see)\b.*\b(?:if|whether|how)\b", re.IGNORECASE)
TEXT = "Ask whether all is well now"
FOR_IT = " to ask whether all is well"


def only_to_ask(line: str, told: Collection[str]) -> bool:
    """Whether a line is a call, and most of the stories that tell it say it was made to ask about something."""
    asked = sum(1 for text in told if _ASKED.search(text))
    return act(line)[0] in _GOES_TO and asked >= max(LEAST, SHARE * len(told))


def with_question(steps: Sequence[Step], passages: Iterable[tuple[Cite, str]], name: str) -> list[Step]:
    """The steps; right after the call "Ask whether all is well now", where most of those who called asked about something.

    What one of them asked ("whether the clock runs") is no step beside it: all of them asked, each about another thing.

    Args:
        steps: those the stories tell.
        passages: every place of evidence with its text.
        name: the practice's; where it or a step of several says what was asked, no step is added. That the
            definition says it of whatever comes back tells nobody what a call is for: the call says it too.
    """
    calls = [s for s in steps if s.stories > 1 and act(s.text)[0] in _GOES_TO]
    said = [s for s in steps if _SAYS_SO.search(s.text)]
    asked = [(place, text) for place, text in passages if _ASKED.search(text)]
    own = [s for s in said if s.once and any(p.touches(s.cites[0]) and _in_a_call(t) for p, t in asked)]
    defined = any(s.source == "definition" for s in said)
    if (
        not (calls or own)
        or _SAYS_SO.search(name)
        or any(s.source != "definition" for s in said if s not in own)
    ):
        return list(steps)
    call = max(calls, key=lambda s: (s.stories, s.text), default=None)
    near = [c for s in (*own, *([call] if call else [])) for c in s.cites]
    cites = {p for p, text in asked if any(p.touches(c) for c in near) or (not call and _in_a_call(text))}
    stories = {cite.story for cite in cites}
    if len(stories) < max(LEAST, SHARE * (call.stories if call else 0)):
        return list(steps)
    rest = [s for s in steps if s not in own]
    if call and defined:
        return [replace(s, text=s.text + FOR_IT) if s is call else s for s in rest]
    first = call or own[0]
    ways = tuple(s.text for s in own)[:MOST_WAYS]
    question = Step(TEXT, "stories", tuple(sorted(cites)), (), first.where, first.phase, ways)
    at = rest.index(call) + 1 if call else list(steps).index(own[0])
    return [*rest[:at], question, *rest[at:]]


def _in_a_call(text: str) -> bool:
    return bool(acts_in(text, "customer") & _GOES_TO)
