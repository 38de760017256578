"""A practice judged in full: spread, verdict, impact, level of evidence, contrast, heroics and recoveries."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, get_args

from servicestory.detect.contrast import Contrast
from servicestory.detect.growth import chance_of_growth
from servicestory.detect.heroics import Heroic, heroics
from servicestory.detect.mending import heroic_share
from servicestory.detect.priority import Impact, Level, evidence_level, impact, ratings_of
from servicestory.detect.spread import Located, Spread, spread
from servicestory.detect.verdict import verdict
from servicestory.models.organisation import Organisation, VerdictRules
from servicestory.models.practice import MOSTLY_DOUBTFUL, Verdict, is_doubtful
from servicestory.models.story import Story
from servicestory.text import plural

_GOOD_PART = 0.1  # of its places; where fewer are doubtful, the verdict is not asked for without them
_SURE = ", doubtful places left out"  # beside a practice's id


class Place(Located, Protocol):
    """A place in a story that shows a practice, and how likely it belongs there."""

    @property
    def score(self) -> float | None: ...
    @property
    def pinned(self) -> bool: ...


@dataclass(frozen=True)
class Doubt:
    """How many of a practice's places are doubtful, and the verdict ``without`` them.

    It is empty where it is the same, or where no story is left.
    """

    doubtful: int
    places: int
    without: str = ""

    @property
    def in_words(self) -> str:
        """A sentence for where the verdict hangs on them."""
        if not self.without:
            every = "Its only place" if self.places == 1 else f"Every one of its {self.places} places"
            return f"{every} in the stories is doubtful: read before you rely on it."
        are, them = ("is", "it") if self.doubtful == 1 else ("are", "them")
        of = f"{self.doubtful} of its {self.places} places in the stories {are} doubtful"
        return f"{of}; without {them}: {self.without}."


@dataclass(frozen=True)
class Judged:
    """Everything that is said of one practice. ``heroic`` and ``put_right`` count stories.

    ``verdict.figures`` holds the figures in short, as they are kept with the practice.
    """

    spread: Spread
    verdict: Verdict
    impact: Impact
    level: Level
    contrast: Contrast | None
    heroic: int
    put_right: int
    doubt: Doubt | None = None


def judge(
    evidence: Mapping[str, Sequence[str]],
    stories: Sequence[Story],
    organisation: Organisation,
    *,
    suggested: Mapping[str, Sequence[str]] | None = None,
    contrasts: Mapping[str, Contrast] | None = None,
    moved: Collection[str] = (),
    signs: Sequence[Heroic] | None = None,
    places: Mapping[str, Sequence[Place]] | None = None,
    seed: int = 0,
) -> dict[str, Judged]:
    """Judge every practice against all stories that were ever told, and its growth beside all others'.

    Args:
        evidence: practice id -> ids of the stories that show it.
        suggested: story id -> names read in the text of stories that name nobody.
        contrasts: practice id -> its prevalence beside ordinary encounters, where there are any.
        moved: practices tied to a measure that moved the wanted way by more than chance.
        signs: of heroics in all stories, where they were looked for already.
        places: practice id -> the places that show it, so that who is named there is counted, and that it is
            said where doubtful ones decide.
    """
    sure = _without_doubtful(evidence, places or {})
    all_places = {**(places or {}), **{ref: _surely(places, ref) for ref in sure}}
    seen = spread(
        {**evidence, **sure}, stories, organisation, suggested=suggested, places=all_places, seed=seed
    )
    seen = _side_by_side(seen, list(evidence), organisation.verdict)
    ratings = ratings_of(stories)
    signs = heroics(stories) if signs is None else signs
    recovered = {story.id for story in stories if story.recovery}
    found = {}
    for ref in evidence:
        one = seen[ref]
        ids = sorted(set(evidence[ref]))
        against = (contrasts or {}).get(ref)
        said = verdict(one, organisation.verdict, organisation)
        doubt = _doubt((places or {}).get(ref, ()))
        left = said
        if doubt and ref + _SURE in sure:
            left = verdict(seen[ref + _SURE], organisation.verdict, organisation)
            if _another(left, said) or not sure[ref + _SURE] or _mostly(doubt, said):
                doubt = replace(doubt, without=left.said if sure[ref + _SURE] else "")
                said = _if_they_hold(said, doubt, ref, one)
        if doubt and _mostly(doubt, said):
            said = said.model_copy(update={"detail": MOSTLY_DOUBTFUL})
        worth = impact(ids, ratings, one)
        # what people may copy on the word of doubtful places alone is none the better known
        level = min(
            (evidence_level(v.label, against, ref in moved, _broad(v)) for v in (said, left)),
            key=get_args(Level).index,
        )
        heroic, _ = heroic_share(ids, signs)
        put_right = len(recovered & set(ids))
        judged = Judged(one, said, worth, level, against, heroic, put_right, doubt)
        figures = _figures(judged, organisation.privacy.smallest_group)
        found[ref] = replace(judged, verdict=said.model_copy(update={"figures": figures}))
    return found


def _side_by_side(seen: Mapping[str, Spread], refs: Sequence[str], rules: VerdictRules) -> dict[str, Spread]:
    """The spreads, each with the chances of growth of all other practices that have stories enough to ask.

    Which have does not depend on when these are told, so leaving the others out chooses no lucky ones.
    """
    chances = {
        ref: chance_of_growth(growth, rules)
        for ref in refs
        if (growth := seen[ref].growth) and growth.told_again >= rules.least_stories
    }
    found = dict(seen)
    for ref, one in seen.items():
        if one.growth:
            rest = [chance for other, chance in chances.items() if other != ref.removesuffix(_SURE)]
            found[ref] = replace(one, growth=replace(one.growth, others=tuple(rest)))
    return found


def _without_doubtful(
    evidence: Mapping[str, Sequence[str]], places: Mapping[str, Sequence[Place]]
) -> dict[str, list[str]]:
    """Practice id and :data:`_SURE` -> stories that show it beyond doubt, where a good part does not."""
    found = {}
    for ref, ids in evidence.items():
        here = places.get(ref, ())
        sure = {one.story for one in _surely(places, ref)}
        doubt = _doubt(here)
        if doubt and doubt.doubtful >= _GOOD_PART * doubt.places and sure != set(ids):
            found[ref + _SURE] = sorted(sure)
    return found


def _surely(places: Mapping[str, Sequence[Place]] | None, ref: str) -> list[Place]:
    """The places of a key of :func:`_without_doubtful`."""
    here = (places or {}).get(ref.removesuffix(_SURE), ())
    return [one for one in here if not is_doubtful(one.score, one.pinned)]


def _doubt(places: Sequence[Place]) -> Doubt | None:
    doubtful = sum(is_doubtful(one.score, one.pinned) for one in places)
    return Doubt(doubtful, len(places)) if doubtful else None


def _if_they_hold(said: Verdict, doubt: Doubt, ref: str, spread: Spread) -> Verdict:
    """The verdict with what hangs on the doubtful places; where most are, nothing is said but that.

    Of places that may tell something else no habit follows, and not that it is no one person's either.
    """
    if not _mostly(doubt, said):
        said = said.model_copy(update={"because": f"{said.because} {doubt.in_words}"})
        return said.model_copy(update={"would_change": f"{_look_first(doubt, ref)} {said.would_change}"})
    may = f"{plural(spread.stories, 'story', 'stories')} may tell of it, but that is not sure."
    then = "What they tell decides what else it takes."
    return said.model_copy(
        update={
            "because": f"{may} {doubt.in_words}",
            "would_change": f"{_look_first(doubt, ref)} {then}",
        }
    )


def _look_first(doubt: Doubt, ref: str) -> str:
    """What to do before collecting anything: the verdict hangs on places nobody has looked at."""
    places = plural(doubt.doubtful, "doubtful place")
    return f"First a look at its {places.removeprefix('1 ')}: servicestory review {ref}."


def _another(one: Verdict, other: Verdict) -> bool:
    """Whether two verdicts differ; of two without enough evidence it does not matter what is missing."""
    same = one.label == other.label
    return not same or (one.label == "team habit" and one.detail != other.detail)


def _mostly(doubt: Doubt, said: Verdict) -> bool:
    """Whether there is not enough evidence, and most of what there is is doubtful."""
    return said.label == "not enough evidence" and 2 * doubt.doubtful > doubt.places


def _broad(said: Verdict) -> bool:
    """Whether all that is missing is who did it: it is wide over places or people, and still seen."""
    asked = said.criteria
    wide = any(asked[f"wide: {key}"].get("met") for key in ("people", "teams", "sites"))
    return (
        asked["decided_by"] in ("who is known", "most say who")
        and wide
        and asked["recurs"].get("met") is not False
    )


def _figures(judged: Judged, smallest: int) -> dict[str, Any]:
    """What lists and cards show of it, rounded as it is kept; what is not known is left out."""
    one, worth = judged.spread, judged.impact
    person = one.reach["person"]
    people = None if person.hidden(smallest) else one.people
    few = 0 < one.people < smallest <= person.named
    read = {0: None, one.people: "all"}.get(one.people_suggested, "some") if few else None
    found: dict[str, Any] = {
        "stories": one.stories,
        "of": one.house_stories,
        "people": people,
        "people_suggested": one.people_suggested if people else None,
        "fewer_people_than": smallest if few else None,
        "few_read": read,
        "shared": one.shared or None if people else None,
        "teams": None if one.hides("team", smallest) else one.teams,
        "sites": one.sites,
        "of_sites": worth.sites or None,
        "periods": one.periods,
        "rating": worth.rating,
        "rating_low": worth.rating_low,
        "rating_high": worth.rating_high,
        "rated": worth.rated[0] or None,
        "others_rated": worth.rated[1] or None,
        "praise_only": worth.praise_only or None,
        "heroic": judged.heroic or None,
        "put_right": judged.put_right or None,
    }
    if judged.doubt:
        found |= {"places": judged.doubt.places, "doubtful": judged.doubt.doubtful}
        found["without_doubtful"] = judged.doubt.without or None
    if judged.contrast:
        found["contrast"] = contrast_figures(judged.contrast)
    return {key: short(value) for key, value in found.items() if value is not None}


def contrast_figures(contrast: Contrast) -> dict[str, Any]:
    """A contrast as plain figures."""
    found = {
        "seen": contrast.stories[0],
        "of": contrast.stories[1],
        "ordinary_seen": contrast.ordinary[0],
        "ordinary": contrast.ordinary[1],
        "ratio": contrast.ratio,
        "low": contrast.ratio_low,
        "high": contrast.ratio_high,
        "chance": contrast.chance,
        "own_stories": contrast.own,
        "says": contrast.says,
        "left_out": contrast.left_out or None,
    }
    return {key: short(value) for key, value in found.items() if value is not None}


def short(value: Any) -> Any:
    """A figure as it is kept."""
    return float(f"{value:.3g}") if isinstance(value, float) else value
