"""What came of it, in the words of those who were there and agreed to be quoted in training."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from servicestory.models.organisation import Organisation
from servicestory.train.opening import is_about
from servicestory.train.session import told_aloud
from servicestory.wording import lexicon as lex
from servicestory.wording.complaint import complains
from servicestory.wording.manner import feeling
from servicestory.wording.material import Material
from servicestory.wording.otherwise import otherwise
from servicestory.wording.steps import Cite
from servicestory.wording.tokens import sentences

_LONGEST = 160
_LONGEST_LINE = 220


@dataclass(frozen=True)
class Voice:
    """What came of it, or what was said of it; ``kind``: ``outcome``, ``quote`` or ``why``."""

    kind: str
    text: str
    story: str


def voices(material: Material, organisation: Organisation, on: date, most: int = 4) -> list[Voice]:
    """What the stories say came of it, at most one line each, names of colleagues taken out.

    Only of stories that show a step, where any does: of another, nobody knows what it came of. A story counts
    only where everybody who was asked agreed to its use in training, as of ``on``. What is said of a story in
    which the practice is a small part may be of the rest of it, and is left out: pink glasses praise no soup.
    An outcome is what came of it; of other words those count that say what it was worth, see `values`.
    """
    shown = {cite.story for step in material.steps for cite in step.cites}
    about: list[Voice] = []
    for story in sorted(material.told.values(), key=lambda s: s.id):
        if (shown and story.id not in shown) or not story.all_agreed_to("training", on=on):
            continue
        if not is_about(story, material):
            continue
        for kind, said in (
            ("outcome", story.outcome),
            ("quote", story.quote),
            ("why", story.why_significant),
        ):
            if said and len(said) <= _LONGEST and not complains(said) and (kind == "outcome" or values(said)):
                about.append(Voice(kind, told_aloud(said, story, organisation, material.mask), story.id))
                break
    return about[:most]


def values(said: str) -> bool:
    """Whether somebody's words say what a deed was worth: what it made them feel, changed, or spared them.

    "He chose the pink ones" goes on telling, and says nothing of it. Marks of a programme are nobody's words.
    """
    if _MARKS.search(said):
        return False
    return bool(_WORTH.search(said) or feeling(said) or otherwise(said, "customer"))


_MARKS = re.compile(r"[<>{}|]")
_GOOD = "|".join(sorted(map(re.escape, lex.EVALUATIVE)))
_ONE_OF_US = r"(?:me|us|him|her|them|my \w+|our \w+)"
_WORTH = re.compile(
    r"\b(?:felt|feel|feels|glad|relieved|grateful|thank(?:s|ed|ful)?|luckily|proud)\b"
    r"|\b(?:less|no longer|not) (?:afraid|alone|nervous|worried)\b"
    rf"|\bmade {_ONE_OF_US} (?:feel|laugh|smile|happy|so|very|less|more)\b|\bmade all the difference\b"
    rf"|\bgave {_ONE_OF_US} |\bmeant (?:a lot|so much|the world|everything)\b"
    r"|\b(?:helped|saved|spared|rescued|solved|mattered)\b|\bplease keep\b"
    r"|\bkeep (?:it|that) up\b|\bnever (?:better|again)\b"
    r"|\b(?:i|we)(?:['’]ve| have| had) (?:never|not once|not had to|missed nothing)\b"
    r"|\b(?:did|do|does)(?: not|n['’]t) have to\b|\bwithout having to\b|\bnobody else\b|\bno one else\b"
    r"|\bfirst (?:time|night|day|week|year|morning)\b.{0,20}\b(?:in|that|without|since)\b"
    r"|\bthe only (?:\w+ ){1,2}(?:i|we)\b|\bthe only \w+ thing\b"
    r"|\b(?:so much|far|a lot|much) (?:better|easier|calmer|safer|quicker)\b"
    rf"|\b(?:was|were|is|are|so|very|really|how|what an?) (?:\w+ )?(?:{_GOOD})\b",
    re.IGNORECASE,
)  # fmt: skip


def may_be_told(material: Material, cites: Sequence[Cite], organisation: Organisation, on: date) -> str:
    """The sentences of the first place whose story may be used in training, without names; else nothing."""
    for cite in cites:
        story = material.told.get(cite.story)
        if story and cite.field == "narrative" and story.all_agreed_to("training", on=on):
            parts = [(a, b) for a, b in sentences(story.narrative) if a < cite.end and cite.start < b]
            said = story.narrative[parts[0][0] : parts[-1][1]].strip() if parts else ""
            if 0 < len(said) <= _LONGEST_LINE:
                return told_aloud(said, story, organisation, material.mask)
    return ""
