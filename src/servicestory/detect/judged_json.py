"""A judged practice as the JSON of `verdict --json`: every figure, small groups left out."""

from dataclasses import asdict
from typing import Any

from servicestory.detect.consistency import SiteConsistency
from servicestory.detect.judged import Judged, contrast_figures
from servicestory.detect.spread import Reach, Spread
from servicestory.models.organisation import Organisation

_ABOUT_ONE = (  # figures that a group of few people would give away
    "seen", "again", "at_least", "top", "top_share", "top_low", "top_high", "elsewhere_top", "concentration",
    "effective",
    "effective_low", "effective_high", "stories_without_top", "groups_without_top",
)  # fmt: skip


def full(judged: Judged, sites: list[SiteConsistency], organisation: Organisation) -> dict[str, Any]:
    """Spread, sites, impact, level of evidence, contrast, heroics and recoveries."""
    worth = judged.impact
    return {
        "evidence_level": judged.level,
        "spread": spread(judged.spread, organisation.privacy.smallest_group),
        "sites": [_rounded(asdict(one)) for one in sites],
        "impact": _rounded(
            {
                "stories": worth.often[0],
                "of": worth.often[1],
                "low": worth.often_low,
                "high": worth.often_high,
                "rating": worth.rating,
                "rating_low": worth.rating_low,
                "rating_high": worth.rating_high,
                "rated": worth.rated[0],
                "others_rated": worth.rated[1],
                "sites_without": worth.sites_without if worth.sites else None,
                "of_sites": worth.sites or None,
            }
        ),
        "contrast": contrast_figures(judged.contrast) if judged.contrast else None,
        "doubtful": asdict(judged.doubt) if judged.doubt else None,
        "heroic_stories": judged.heroic,
        "recovery_stories": judged.put_right,
    }


def spread(one: Spread, smallest: int) -> dict[str, Any]:
    """Every figure of the spread. People are not counted out where all stories name fewer than ``smallest``,
    and never in a period in which fewer did it; nor are the teams of so few."""
    hidden = one.reach["person"].hidden(smallest)
    return {
        "stories": one.stories,
        "of": one.house_stories,
        "groups": {
            kind: _reach(reach, one.hides(kind, smallest), smallest) for kind, reach in one.reach.items()
        },
        "people_suggested": None if hidden else one.people_suggested,
        "stories_with_people_from_text": one.people_from_text,
        "stories_that_leave_open_who_of_several": one.shared,
        "periods": [
            {
                "period": point.period,
                "told": point.told,
                "stories": point.stories,
                "people": point.people if not 0 < point.people < smallest else None,
                "sites": point.sites,
            }
            for point in one.series
        ],
        "told_since_last_seen": one.told_since,
        "chance_of_none_since": _round(one.fading_p),
        "prompted": dict(one.prompted),
        "say_who_told": one.reporters,
        "silent_teams": one.silent_teams,
        "silent_sites": one.silent_sites,
    }


def _reach(reach: Reach, hidden: bool, smallest: int) -> dict[str, Any]:
    stories, groups = reach.without_top
    found = {
        "seen": reach.seen,
        "again": reach.again,
        "expected": reach.expected,
        "at_least": reach.at_least,
        "named_in_any_story": reach.named,
        "listed": reach.listed,
        "known": reach.known,
        "missing": reach.missing,
        "top": reach.top,
        "top_share": reach.top_share,
        "top_low": reach.top_low,
        "top_high": reach.top_high,
        "elsewhere_top": reach.elsewhere_top,
        "elsewhere": reach.elsewhere,
        "chance_of_top": reach.top_p,
        "concentration": reach.concentration,
        "effective": reach.effective,
        "effective_low": reach.effective_low,
        "effective_high": reach.effective_high,
        "concentration_chance": reach.p,
        "share_of_variation": reach.likeness,
        "stories_without_top": stories,
        "groups_without_top": None if reach.few_without_top(smallest) else groups,
    }
    left_out: tuple[str, ...] = _ABOUT_ONE if hidden else ()
    if reach.kind == "person" and reach.named < smallest:
        left_out = (
            *_ABOUT_ONE,
            "expected",
            "named_in_any_story",
        )  # of so few nobody is told how many there are
    return _rounded({key: None if key in left_out else value for key, value in found.items()})


def _rounded(found: dict[str, Any]) -> dict[str, Any]:
    return {key: _round(value) for key, value in found.items()}


def _round(value: Any) -> Any:
    return float(f"{value:.4g}") if isinstance(value, float) else value
