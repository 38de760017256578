"""The life of a practice in sentences: who took it up, is it done, does it last, does training hold."""

from collections.abc import Mapping, Sequence
from typing import Any

from servicestory.models.review import LeaderCheck
from servicestory.monitor.intervals import exact_share
from servicestory.monitor.observed import Fidelity, in_words
from servicestory.text import listing, plural

LEVELS = ((0.81, "almost complete"), (0.61, "substantial"), (0.41, "moderate"), (0.21, "fair"))
"""From which kappa on agreement is called so (Landis & Koch 1977, Biometrics 33:159)."""
ENOUGH = 10  # opportunities watched by two below which kappa is left to `--json`
LEADERS = ("modelled", "resourced", "recognised")


def sentences(
    reach: Mapping[str, Any],
    fidelity: Fidelity,
    months: int,
    missed: str,
    leaders: Sequence[LeaderCheck],
    people: str,
) -> list[dict[str, str]]:
    """What is known of the practice beyond its state, as ``{"what": ..., "says": ...}``, most telling first.

    Args:
        reach: as `overview` computes it.
        missed: the checklist item missed most, in words.
        leaders: what leaders answered; only sums are told.
        people: with how many it was seen, in the words of the verdict; empty where it is not to be said.
    """
    rows = [
        ("told of or taken up", _adopters(reach)),
        ("people", _people(people, reach["eligible"])),
        ("kept up", plural(months, "month") if months else ""),
        ("done when watched", _done(fidelity, missed)),
        ("at each site", _sites(fidelity)),
        ("since training", _since(fidelity)),
        ("trained and not trained", _sides(fidelity)),
        ("answers of the sites", _answers(reach)),
        ("two observers", agreement(fidelity)),
        ("leaders", leaders_words(leaders)),
    ]
    return [{"what": what, "says": says} for what, says in rows if says]


def _adopters(reach: Mapping[str, Any]) -> str:
    if not reach["of_sites"]:
        return f"at {plural(reach['adopters'], 'site')}" if reach["adopters"] else ""
    return f"at {reach['adopters']} of {plural(reach['of_sites'], 'site')}"


def _people(seen: str, eligible: int | None) -> str:
    return f"{seen}, of {eligible} who could do it" if seen and eligible else seen


def _done(found: Fidelity, missed: str) -> str:
    return "; ".join(filter(None, [in_words(found), missed])) if found.opportunities else ""


def _sites(found: Fidelity) -> str:
    told = [f"{s['site']} {s['done']} of {s['opportunities']}" for s in found.sites]
    if told and found.hidden_sites:
        told.append(f"{plural(found.hidden_sites, 'site')} watched too little to show")
    return ", ".join(told)


def _since(found: Fidelity) -> str:
    told = [f"{r['after']} {r['done']} of {r['opportunities']}" for r in found.since_training]
    return ", ".join(told) + ("; it wears off" if found.wears_off else "") if told else ""


def _sides(found: Fidelity) -> str:
    if not found.trained:
        return ""
    words = []
    for name in ("trained", "untrained"):
        side = found.trained[name]
        share = exact_share(side["done"], side["opportunities"])
        words.append(
            f"{'trained' if name == 'trained' else 'not trained'} {side['done']} of {side['opportunities']} "
            f"({100 * share.lower:.0f}–{100 * share.upper:.0f} %)"
        )
    low, high = found.trained["lower"], found.trained["upper"]
    gap = f"{100 * found.trained['difference']:+.0f} points ({100 * low:+.0f} to {100 * high:+.0f})"
    sure = "" if low > 0 or high < 0 else ", which may be chance"
    return f"{words[0]}, {words[1]}: {gap}{sure}"


def _answers(reach: Mapping[str, Any]) -> str:
    told = [f"{answer} {count}" for answer, count in sorted(reach["answers"].items())]
    if told and reach["unanswered"]:
        told.append(f"none yet from {listing(reach['unanswered'])}")
    return ", ".join(told)


def agreement(found: Fidelity) -> str:
    """How far two observers of one opportunity agreed, in words; empty when nothing was watched twice."""
    if not found.watched_twice:
        return ""
    both = plural(found.watched_twice, "opportunity", "opportunities")
    said = f"{both} watched by two, who agreed in {found.agreed}"
    if found.kappa is None or found.watched_twice < ENOUGH:
        return said
    level = next((word for least, word in LEVELS if found.kappa >= least), "hardly any")
    return f"{said}: κ {found.kappa:.2f}, {level} agreement beyond chance"


def leaders_words(checks: Sequence[LeaderCheck]) -> str:
    """How often leaders modelled it, gave it time and means, and recognised it."""
    if not checks:
        return ""
    sums = [f"{name} {sum(getattr(c, name) for c in checks)}" for name in LEADERS]
    return f"of {plural(len(checks), 'check')}: {', '.join(sums)}"
