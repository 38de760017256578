"""What is done whenever something went wrong, as the steps of a practice that puts failures right.

For any other practice these lines say what to do when it fails; for this one they are the procedure, each at its
place beside what its own stories and its definition say.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from servicestory.models.codebook import CodebookEntry
from servicestory.wording.definition import named_moment, renamed
from servicestory.wording.doers import tells_of_failure
from servicestory.wording.material import Material
from servicestory.wording.nearby import beside
from servicestory.wording.showing import among, stems
from servicestory.wording.steps import Cite, KeyPoint, Step, apart

SOURCE = "recovery"
"""`Step.source` of a line that holds for every recovery."""
_LEAST = 2  # stories that put something right, where no definition says that the practice does


@dataclass(frozen=True)
class Line:
    """One line of every recovery: how steps of its own say it, how stories tell it, and what else it says.

    ``instead`` is what such a step lacks of the line, kept as its key point.
    """

    text: str
    said: re.Pattern[str]
    told: re.Pattern[str]
    point: str = ""
    instead: str = ""


def _p(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


SORRY = Line(
    "Say what went wrong, and say sorry",
    _p(r"(?:say|be) sorry|apolog\w+|own up"),
    # that somebody said what went wrong is half of it: the line is shown where the fault is taken on as well
    _p(
        r"apolog\w+|said sorry|owned up|(?:he|she|they) admitted|took the blame|said it was (?:his|her|their|our) (?:own )?fault"
    ),
    "Before you put it right, once nobody can come to harm",
    "Say what went wrong",
)
RIGHT = Line(
    "Put right what went wrong, or stay with it until the colleague who can has taken it over",
    _p(
        r"fixed|fix|mend|repair|replace|exchange|correct|put right|put (?:\w+ ){1,4}right|set (?:it|\w+) right"
    ),
    _p(
        r"mended|repaired|fixed|replaced|exchanged|swapped|corrected|soldered|unblocked|reset|put (?:it|that) right"
        r"|(?:got|had) (?:it|them|everything) (?:running|working|going|fixed|repaired|mended|replaced)"
        r"|changed the \w+|moved (?:me|us|him|her|them) (?:in)?to|sorted (?:it|them|that|both|everything)"
        r"|brought (?:me |us |him |her |them )?(?:an?|another|fresh|new)|(?:with|for) (?:fresh|new) ones"
    ),
    instead="Do it yourself, or stay with it until the colleague who can has taken it over",
)
_CAME = "called|came|dropped|looked|passed|popped|stopped|went"
BACK = Line(
    "Go back and look or ask whether it is right now",
    _p(
        r"(?:go|come|look|call|ring|check|ask|stop|drop|pass) (?:back|by|in) .*\b(?:if|whether|that)|ask (?:if|whether) it (?:is|holds)"
    ),
    _p(
        r"(?:again|back|once more|later|(?:called|came|dropped|looked|passed|popped|stopped) (?:by|in))\b[^.;!?]{0,60}"
        r"\b(?:to (?:see (?:if|whether|that)|check|ask|hear|find out|make sure)|and asked)"
        r"|asked (?:again )?(?:if|whether) (?:it|that|everything|all) (?:was|had)"
        # coming by again is going back, whatever was looked at; that the fault came again is not
        rf"|(?:{_CAME}) (?:by|in|past|round|over)(?: \w+){{0,2}} (?:again|once more|(?:the )?(?:next|following) (?:day|morning|evening|week)|(?:a|one|two|some) (?:days?|weeks?|hours?) (?:later|on))"
        rf"|(?:{_CAME}) (?:by|in|past|round)\b[^.;!?]{{0,40}}\b(?:unasked|without being (?:asked|called|told))"
    ),
)
_HOUSE = "office|kitchen|workshop|team|shift|manager|supervisor|management|boss|department|colleagues?"
_WENT_WRONG = rf"(?:the|your|my|our|his|her|their) (?:{_HOUSE})\b[^.;!?]* (?:gone|goes|went) wrong"
REPORT = Line(
    "Report the failure, so that it is prevented",
    _p(rf"report|prevent|tell {_WENT_WRONG}"),
    _p(
        rf"reported (?:it|that|the \w+)|wrote (?:it|that) up|told {_WENT_WRONG}|so (?:that )?it (?:would|does|did)(?:n't| not) happen again"
    ),
    "What it was, where, and what would have stopped it",
)
LINES = (SORRY, RIGHT, BACK, REPORT)
# What is given to make up for it comes after it was put right, and is told in words of its own.
_MENDED = _p(r"^(?:change|exchange|mend|repair|replace|swap) (?:the|their|an?) [\w']+(?: \w+)?$")
_GIVES_BACK = _p(r"give (?:\w+ ){1,3}back|make up for|refund|compensate|voucher|off the bill")
_GAVE_BACK = _p(
    r"off the (?:bill|price|account)|refund\w*|vouchers?|compensat\w+|money back|(?:on the house|free of charge|for free)"
    r"|(?:charge|fee|bill) was (?:dropped|waived|cancelled)|(?:dropped|waived|cancelled) the (?:charge|fee|bill)"
    r"|(?:did not|didn't) charge|at no (?:extra )?(?:cost|charge)|without charge"
)
# What was given, in few words of the trade; the first that fits a place counts.
_GIVEN = (
    ("something off the bill", _p(r"(?<!money )off the (?:bill|price|account)")),
    ("a refund", _p(r"refund\w*|money back")),
    ("a voucher", _p(r"vouchers?")),
    (
        "no charge for it",
        _p(
            r"on the house|free of charge|for free|(?:charge|fee|bill) was (?:dropped|waived|cancelled)|without charge"
            r"|(?:dropped|waived|cancelled) the (?:charge|fee|bill)|(?:did not|didn't) charge|at no (?:extra )?(?:cost|charge)"
        ),
    ),
)
_WHERE = ", where something is to be given"
_FAILURE = _p(
    r"fault\w*|mistakes?|wrong|failures?|broken?|complain\w*|apolog\w+|sorry|repair\w*|mend\w*|fix\w*|put \w+ right|make up for"
)


def puts_right(material: Material, entry: CodebookEntry | None) -> bool:
    """Whether the practice is to put right what went wrong, and nobody wrote down yet how that is done here.

    It speaks of a failure itself; and its definition is one of failures put right, of which a story of it tells,
    or, where it has none or was renamed, most of its stories begin with one.
    """
    practice = material.practice
    if practice.core or not material.steps:
        return False
    if not _FAILURE.search(f"{practice.name} {practice.behaviour_statement or ''}"):
        return False
    if entry and entry.incident == "failure put right":  # which its own stories have to bear out
        return any(tells_of_failure(material.told[c.story], c.field, c.start, c.end) for c in material.cites)
    if entry and not renamed(practice, entry):
        return False
    return material.began_badly >= _LEAST and 2 * material.began_badly > len(material.told)


def with_recovery(material: Material, entry: CodebookEntry | None = None) -> Material:
    """The material of a practice that puts failures right, its steps the whole of a recovery; any other unchanged.

    A step of its own takes the place of the line that says the same; nothing is said twice.
    """
    if not puts_right(material, entry):
        return material
    passages = [(cite, material.text_at(cite)) for cite in material.cites]
    # going back is done later, so it is told after the place that put it right
    after = sorted({**dict(beside(material.practice, material.told)), **dict(passages)}.items())
    own = [_without_its_moment(step, material) for step in material.steps]
    left = [step for step in own if not any(line.said.search(step.text) for line in LINES)]
    made: list[Step] = []
    for line in LINES:
        mine = [step for step in own if step not in left and _line_of(step) is line]
        places = after if line is BACK else passages
        several = [step for step in mine if not step.once]
        once = [
            cite for step in mine if step.once for cite in step.cites
        ]  # "Report the leak" is one story's way
        made += [_as(line, step, places) for step in several] or [_line(line, places, once)]
        if line is RIGHT:  # what is told or defined besides is done before anybody goes back
            made += [_given_back(step, passages) for step in _once_given(left)]
    return replace(material, steps=tuple(_with_examples(made)))


def _once_given(steps: list[Step]) -> list[Step]:
    """The steps; what one story changed or gave back is an example of the line that says so for all."""
    steps = [s for s in steps if not (s.source == "stories" and s.once and _MENDED.match(s.text))]
    if not any(step.source == "definition" and _GIVES_BACK.search(step.text) for step in steps):
        return steps
    return [s for s in steps if not (s.source == "stories" and s.once and _GIVES_BACK.search(s.text))]


def _line_of(step: Step) -> Line:
    return next(line for line in LINES if line.said.search(step.text))


def _without_its_moment(step: Step, material: Material) -> Step:
    """The step without the occasion its documents begin with: "When it is broken, mend it" -> "Mend it"."""
    practice, word = material.practice, material.customer
    due = practice.trigger or named_moment(practice.name, practice.behaviour_statement) or ""
    found = re.match(r"when (?P<when>[^,]+), (?P<what>.+)", step.text, re.IGNORECASE)
    if not found:
        return step
    own = stems(found["when"], word)
    if among(own, stems(due, word)) != own:
        return step
    return replace(step, text=found["what"][0].upper() + found["what"][1:])


def _line(line: Line, passages: Sequence[tuple[Cite, str]], told: Sequence[Cite]) -> Step:
    """A line nothing of the practice's own says for everybody, with the places that tell it all the same."""
    points = (KeyPoint(line.point, "", False, (), source=SOURCE),) if line.point else ()
    return Step(line.text, SOURCE, apart((*told, *_telling(line.told, passages))), points)


def _as(line: Line, step: Step, passages: Sequence[tuple[Cite, str]]) -> Step:
    """A step of the practice's own in the place of a line, with what it lacks of it and where it is told."""
    cites = step.cites
    if step.source == "definition":
        cites = tuple(sorted({*cites, *_telling(line.told, passages)}))
    points = step.key_points
    if line.instead:
        points = (KeyPoint(line.instead, "", False, (), source=SOURCE), *points)
    return replace(step, cites=cites, key_points=points)


def _given_back(step: Step, passages: Sequence[tuple[Cite, str]]) -> Step:
    """A step that gives something back as one for where that fits, with what stories gave first."""
    if not _GIVES_BACK.search(step.text):
        return step
    cites = step.cites
    if step.source == "definition" and not cites:
        cites = _telling(_GAVE_BACK, passages)
    given = [(said, _telling(told, passages)) for said, told in _GIVEN]
    points = [KeyPoint(f"For example {said}", "", False, at, "example") for said, at in given if at]
    return replace(step, text=step.text + _WHERE, cites=cites, key_points=(*points, *step.key_points))


def fits_only(step: Step) -> bool:
    """Whether it gives something back: it is done where that fits, and no failure makes it a duty."""
    return step.text.endswith(_WHERE)


def reports(material: Material) -> bool:
    """Whether a step of it is to report the failure."""
    return any(step.source == SOURCE and step.text == REPORT.text for step in material.steps)


def _telling(told: re.Pattern[str], passages: Sequence[tuple[Cite, str]]) -> tuple[Cite, ...]:
    return tuple(cite for cite, text in passages if told.search(text))


def _with_examples(steps: Sequence[Step]) -> list[Step]:
    """The examples of the codebook beside the step they are examples of: a voucher is no way to say sorry."""
    at = next((n for n, step in enumerate(steps) if _GIVES_BACK.search(step.text)), None)
    if at is None:
        return list(steps)
    moved = [p for n, s in enumerate(steps) if n != at for p in s.key_points if p.example]
    moved += [p for p in steps[at].key_points if p.example]
    made = [replace(s, key_points=tuple(p for p in s.key_points if p not in moved)) for s in steps]
    told = {p.text.removeprefix("For example ") for p in made[at].key_points}
    fitting = [replace(p, text=text) for p in moved if (text := _fitting(p.text, told))]
    made[at] = replace(made[at], key_points=(*made[at].key_points, *fitting))
    return made


def _fitting(examples: str, told: Collection[str]) -> str:
    """ "For example: a refund; an apology" without what another line, or a story, says already."""
    head, _, listed = examples.rpartition(": ")
    kept = [one for one in listed.split("; ") if not any(line.said.search(one) for line in LINES)]
    kept = [one for one in kept if one not in told]
    return f"{head}: {'; '.join(kept)}" if kept else ""
