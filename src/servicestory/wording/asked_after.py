"""What a call or a visit was for: a second step that every teller tells of another thing ("to hear whether it ran").

One asked whether the clutch held, another whether the light had come back. No two questions are alike, so none is a
step of several; that each time it was asked whether all is well, is.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from servicestory.wording.acts import act
from servicestory.wording.steps import Cite, Step

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


def with_question(steps: Sequence[Step], passages: Iterable[tuple[Cite, str]], name: str) -> list[Step]:
    """The steps; right after the call "Ask whether all is well now", where most of those who called asked about something.

    Args:
        steps: those the stories tell.
        passages: every place of evidence with its text.
        name: the practice's; where it or a step says what was asked, no step is added. That the definition says it
            of whatever comes back tells nobody what a call is for: the call says it too.
    """
    calls = [s for s in steps if s.stories > 1 and act(s.text)[0] in _GOES_TO]
    said = [s for s in steps if _SAYS_SO.search(s.text)]
    if not calls or _SAYS_SO.search(name) or any(s.source != "definition" for s in said):
        return list(steps)
    call = max(calls, key=lambda s: (s.stories, s.text))
    cites = sorted(
        place
        for place, text in passages
        if _ASKED.search(text) and any(place.touches(cite) for cite in call.cites)
    )
    stories = {cite.story for cite in cites}
    if len(stories) < max(LEAST, SHARE * call.stories):
        return list(steps)
    if said:
        return [replace(s, text=s.text + FOR_IT) if s is call else s for s in steps]
    after = list(steps).index(call) + 1
    return [*steps[:after], Step(TEXT, "stories", tuple(cites), (), call.where, call.phase), *steps[after:]]
