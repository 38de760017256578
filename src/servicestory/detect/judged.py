"""A practice judged in full: spread, verdict, impact, level of evidence, contrast, heroics and recoveries."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from servicestory.detect.contrast import Contrast
from servicestory.detect.heroics import Heroic, heroics
from servicestory.detect.mending import heroic_share
from servicestory.detect.priority import Impact, Level, evidence_level, impact, ratings_of
from servicestory.detect.spread import Spread, spread
from servicestory.detect.verdict import verdict
from servicestory.models.organisation import Organisation
from servicestory.models.practice import Verdict
from servicestory.models.story import Story


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


def judge(
    evidence: Mapping[str, Sequence[str]],
    stories: Sequence[Story],
    organisation: Organisation,
    *,
    suggested: Mapping[str, Sequence[str]] | None = None,
    contrasts: Mapping[str, Contrast] | None = None,
    moved: Collection[str] = (),
    signs: Sequence[Heroic] | None = None,
    seed: int = 0,
) -> dict[str, Judged]:
    """Judge every practice against all stories that were ever told.

    Args:
        evidence: practice id -> ids of the stories that show it.
        suggested: story id -> names read in the text of stories that name nobody.
        contrasts: practice id -> its prevalence beside ordinary encounters, where there are any.
        moved: practices tied to a measure that moved the wanted way by more than chance.
        signs: of heroics in all stories, where they were looked for already.
    """
    seen = spread(evidence, stories, organisation, suggested=suggested, seed=seed)
    ratings = ratings_of(stories)
    signs = heroics(stories) if signs is None else signs
    recovered = {story.id for story in stories if story.recovery}
    found = {}
    for ref, one in seen.items():
        ids = sorted(set(evidence[ref]))
        against = (contrasts or {}).get(ref)
        said = verdict(one, organisation.verdict, organisation)
        worth = impact(ids, ratings, one)
        level = evidence_level(said.label, against, ref in moved, _broad(said))
        heroic, _ = heroic_share(ids, signs)
        put_right = len(recovered & set(ids))
        judged = Judged(one, said, worth, level, against, heroic, put_right)
        figures = _figures(judged, organisation.privacy.smallest_group)
        said = said.model_copy(update={"figures": figures})
        found[ref] = Judged(one, said, worth, level, against, heroic, put_right)
    return found


def _broad(said: Verdict) -> bool:
    """Whether all that is missing is who did it: it is wide over places or people, and still seen."""
    asked = said.criteria
    wide = any(asked[f"wide: {key}"].get("met") for key in ("people", "teams", "sites"))
    return asked["decided_by"] == "who is known" and wide and asked["recurs"].get("met") is not False


def _figures(judged: Judged, smallest: int) -> dict[str, Any]:
    """What lists and cards show of it, rounded as it is kept; what is not known is left out."""
    one, worth = judged.spread, judged.impact
    people = None if one.reach["person"].named < smallest else one.people
    found: dict[str, Any] = {
        "stories": one.stories,
        "of": one.house_stories,
        "people": people,
        "people_suggested": one.people_suggested if people else None,
        "teams": one.teams,
        "sites": one.sites,
        "of_sites": worth.sites or None,
        "periods": one.periods,
        "rating": worth.rating,
        "rating_low": worth.rating_low,
        "rating_high": worth.rating_high,
        "rated": worth.rated[0] or None,
        "others_rated": worth.rated[1] or None,
        "heroic": judged.heroic or None,
        "put_right": judged.put_right or None,
    }
    if judged.contrast:
        found["contrast"] = contrast_figures(judged.contrast)
    return {key: _short(value) for key, value in found.items() if value is not None}


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
        "says": contrast.says,
    }
    return {key: _short(value) for key, value in found.items() if value is not None}


def _short(value: Any) -> Any:
    return float(f"{value:.3g}") if isinstance(value, float) else value
