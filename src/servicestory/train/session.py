"""The session plan's parts: role-plays, questions, what to watch afterwards. For the story see `opening`."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from servicestory.models.organisation import Organisation
from servicestory.models.practice import Verdict
from servicestory.models.story import Story
from servicestory.text import one_line
from servicestory.train import acting
from servicestory.train.items import is_there
from servicestory.train.telling import stems
from servicestory.wording.acts import act
from servicestory.wording.aloud import aloud
from servicestory.wording.articles import with_article
from servicestory.wording.manner import situations
from servicestory.wording.material import Material
from servicestory.wording.occasions import for_anybody, occasion_of
from servicestory.wording.roles import without_names
from servicestory.wording.speaker import of_animals
from servicestory.wording.stand_ins import stand_ins


@dataclass(frozen=True)
class RolePlay:
    """One scene: the situation, what only one of them is told, what good looks like, and a harder variant.

    Attributes:
        situation: empty where none is known, so that the learners name one first.
        besides: who else must be played, as "one is the guest, who is asked first"; often nobody.
        stories: how many begin so; 0 where they were not counted.
    """

    situation: str
    secret: str
    good: tuple[str, ...]
    watch: str
    harder: str
    stories: int
    besides: str = ""
    points: tuple[str, ...] = ()  # what makes or breaks the line to watch for


def told_aloud(text: str, story: Story, organisation: Organisation, mask: Callable[[str, str], str]) -> str:
    """What a story says, as it is read aloud: on one line and without names of anybody.

    Args:
        mask: takes names nobody recorded out of a story's text.
    """
    words = stand_ins(organisation)
    if not words.english:
        names = [*organisation.staff_names(), *story.people]
        return mask(without_names(text, names, words.colleague), story.id)
    staff = [[p.name, *p.aliases] for p in organisation.staff]
    known = {name for names in staff for name in names}
    people = [*staff, *([name] for name in story.people if name not in known)]
    return mask(aloud(text, people), story.id)


def _telling(lines: tuple[str, ...]) -> int:
    """How much of a story its own steps tell: more steps, in more words, up to four."""
    return sum(len(line.split()) for line in lines[:4])


# Done with the one it is done for: spoken, shown, handed over or gone along. What is written, packed or made
# ready is done where nobody waits.
_WITH_THEM = frozenset(
    re.findall(
        r"\w+",
        "answer apologise apologize ask calm comfort escort accompany explain give go greet hand help "
        "introduce invite lead listen offer read recommend reassure serve settle show sit stay suggest take "
        "talk teach tell thank walk welcome wheel",
    )
)


def face_to_face(material: Material) -> bool:
    """Whether its first step is done before the one it is done for, and neither ahead nor by phone."""
    first = material.steps[0]
    return first.phase > 0 and act(first.text)[0] in _WITH_THEM and not _AWAY.search(first.text)


# Others are told of, or a place where others wait too.
_NEAR = re.compile(
    r"\b(?:queu\w+|in (?:the )?line|waiting|wait(?:ed|s)?|lobby|reception|desk|counter|busy|crowd\w*|packed"
    r"|others|everybody|everyone"
    r"|other (?:guests|customers|patients|clients|passengers|visitors|people|tables))\b",
    re.IGNORECASE,
)
_AWAY = re.compile(r"\b(?:phone|telephone|by (?:mail|e-?mail|letter)|in a (?:note|letter|message))\b", re.I)


READ_ALOUD = "That of the story read at the beginning, up to where the colleague comes in."


ENOUGH_SCENES = 2
BEGINS = "A story begins so:"


def role_plays(
    material: Material, most: int = 3, read_aloud: bool = False, moments: Sequence[str] = ()
) -> list[RolePlay]:
    """Scenes from the situations the stories tell of, the trigger, or a line's own moment.

    Args:
        moments: how stories that may be told began, up to the deed; without the one that is read aloud.
        read_aloud: the session opens with a story as it was told, which is a scene where no other is known.
    """
    good = tuple(step.text for step in material.steps)
    if not good:
        return []
    told = [(text, len({c.story for c in cites})) for text, cites in material.situations]
    scenes = [(text, n) for text, n in told if _fits(text, n, material)]
    if own := acting.own_moment(material):  # what single stories begin with is summed up by it
        scenes = [(own, 0), *(scene for scene in scenes if not acting.same_moment(own, scene[0], material))]
    scenes = scenes[:most]
    scenes += [(f"{BEGINS} {said}", 0) for said in moments[: max(0, ENOUGH_SCENES - len(scenes))]]
    if len(scenes) < ENOUGH_SCENES and not own:
        scenes += _as_it_was(material, ENOUGH_SCENES - len(scenes), [text for text, _ in [*scenes, *told]])
    if not scenes and (moment := next((m for line in good if (m := _MOMENT.match(line))), None)):
        scenes = [(f"{moment[1][0].upper()}{moment[1][1:]}.", 0)]
    scenes = scenes or [(READ_ALOUD if read_aloud else "", 0)]
    there = is_there(material)
    heard = (
        there and face_to_face(material) and any(_NEAR.search(s.narrative) for s in material.told.values())
    )
    harder, secrets = acting.harder(material, there, heard), acting.secrets(material) if there else []
    return [
        RolePlay(
            text,
            next(iter(secrets[n : n + 1]), ""),  # what was played once everybody knows
            good,
            good[n % len(good)],
            harder[n % len(harder)],
            count,
            acting.besides(material, there),
            tuple(p.text for p in material.steps[n % len(good)].key_points if p.confirmable),
        )
        for n, (text, count) in enumerate(scenes)
    ]


_MOMENT = re.compile(r"(?:when|if|as soon as) (.+?), ", re.IGNORECASE)


def _fits(scene: str, stories: int, material: Material) -> bool:
    """Whether a situation is this practice's moment: a third of its stories begin with it, or it is named so.

    What a few of many stories begin with is another subject's moment; so is what the practice does not name
    where it names a moment of its own.
    """
    if stories < 2 and material.stories > 2:
        return False
    practice = material.practice
    named = stems(f"{practice.name} {practice.behaviour_statement or ''}", material.customer)
    common = stories * 3 >= material.stories and (practice.trigger or not acting.own_moment(material))
    return bool(common) or bool(stems(scene, material.customer) & named)


def _as_it_was(material: Material, most: int, known: Sequence[str]) -> list[tuple[str, int]]:
    """What was the matter before the deed in single stories; no two alike, and not counted.

    More stories may begin so than those in which it was read.

    What some of many stories begin with was looked at before, and is another subject's moment.
    What was done is never told here: whoever plays it would have the answer.
    """
    scenes: list[str] = []
    for story in sorted(material.own, key=lambda s: (-_telling(material.own[s]), s)):
        said = before(story, material)
        own = stems(said, material.customer)
        if said and not any(own <= stems(scene, material.customer) for scene in [*known, *scenes]):
            scenes.append(said)
    return [(said, 0) for said in scenes[:most]]


def before(story: str, material: Material) -> str:
    """The occasion of a story's deed, else what it tells before it, in our words; empty: neither is told."""
    if occasion := next((o for line in material.own[story] if (o := occasion_of(line))), ""):
        said = for_anybody(occasion, material.customer)
        return f"{said[0].upper()}{said[1:]}."
    cites = [c for step in material.steps for c in step.cites if c.story == story]
    if not cites or cites[0].field != "narrative":
        return ""
    whole = material.told[story].narrative
    told = whole[: min(c.start for c in cites if c.field == "narrative")]
    found = situations(told, of_animals(whole))
    return next((said.replace("{c}", material.customer) for said in found), "")


def questions(material: Material, plays: Sequence[RolePlay] = ()) -> list[str]:
    """Questions to think about, each from what is known of this practice; few where little is.

    What could be asked of any practice ("For whom would it be wrong?") is asked only where people wrote
    an answer to start from.

    Args:
        plays: the scenes that are played; other moments its stories tell are thought about.
    """
    practice, word = material.practice, material.customer
    who = "those we help" if word == "colleague" else with_article(word)
    first = material.steps[0].text if material.steps else practice.name
    scenes = [play.situation for play in plays]
    # what one of several stories begins with is a scene, and not the moment of all
    due = {
        acting.own_moment(material),
        *(p.situation for p in plays if p.stories > 1 or material.stories == 1),
    }
    played = next((s for s in scenes if s in due and s != READ_ALOUD and not s.startswith(BEGINS)), "")
    asked = [
        f"The moment is “{played.rstrip('.')}”. Think of the last time: what did you do, and what came of it?"
        if played
        else "When did you last do this, or see a colleague do it? What happened then?",
        f"“{first}”: what keeps us from doing it every time, and what would have to change?",
    ]
    more = [
        said
        for said, cites in material.situations
        if _fits(said, len({c.story for c in cites}), material)
        and not any(acting.same_moment(said, scene, material) for scene in scenes)
    ]
    asked += [f"“{said.rstrip('.')}”: what of it would you do differently then?" for said in more[:1]]
    asked += [f"“{one_line(line)}”: how do you notice it in time?" for line in practice.not_for[:1]]
    asked += [f"“{one_line(line)}”: how is that done where you work?" for line in practice.adaptable[:1]]
    if practice.verdict and practice.verdict.label == "star-dependent":
        asked.append(f"How would {who} notice that the one colleague who is known for it has the day off?")
    if practice.verdict and practice.verdict.label == "team habit" and practice.status != "local":
        asked.append(_whose_habit(practice.verdict))
    if material.recovery and acting.went_wrong(material):
        asked.append("What went wrong before, and what would have prevented it?")
    return asked


def _whose_habit(verdict: Verdict) -> str:
    """Who does it so far, as the verdict says, and what the others would need."""
    decided = str(verdict.criteria.get("decided_by", ""))
    if decided in ("one team", "one site"):
        return f"So far {decided} does it. What would another {decided[4:]} need to do it too?"
    circle = (verdict.detail or "of some of us").removeprefix("of ").removesuffix(" at least")
    circle = circle.partition(",")[0]
    return f"So far it is the habit of {circle}. What would the others need to do it too?"
