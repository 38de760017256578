"""The example workspace is sound, and what docs/example.md says is planted in it is really there."""

import re
from collections import Counter, defaultdict
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from servicestory.collect.add import complete
from servicestory.detect.spread import spread
from servicestory.detect.verdict import verdict
from servicestory.models.base import period_of
from servicestory.models.monitoring import Measure, MeasurePoint
from servicestory.models.organisation import Organisation
from servicestory.models.practice import Practice
from servicestory.models.story import Story
from servicestory.monitor import series

ROOT = Path(__file__).parent.parent
FILES = sorted((ROOT / "stories").glob("*.yaml"))
QUARTERS = ["2024-Q4", *(f"2025-Q{n}" for n in range(1, 5)), *(f"2026-Q{n}" for n in range(1, 4))]


def load(path: Path) -> Any:
    """The file as texts, lists and mappings; a key given twice is refused."""
    return YAML(typ="base", pure=True).load(path.read_text(encoding="utf-8"))


@cache
def stories() -> dict[str, Story]:
    return {path.stem: Story.model_validate(load(path)) for path in FILES}


@cache
def organisation() -> Organisation:
    return Organisation.model_validate(load(ROOT / "servicestory.yaml"))


TRUTH: dict[str, Any] = load(ROOT / "tests" / "example_truth.yaml")
PRACTICES: dict[str, dict[str, Any]] = {entry["key"]: entry for entry in TRUTH["practices"]}


def planted(kind: str) -> list[str]:
    return [key for key, entry in PRACTICES.items() if entry["planted"] == kind]


def text_of(story: Story, field: str) -> str:
    line = re.fullmatch(r"behaviours\[(\d+)\]", field)
    return story.behaviours[int(line[1])] if line else str(getattr(story, field))


def doers(item: dict[str, Any]) -> list[str]:
    return list(item.get("people", stories()[item["story"]].people))


def told(key: str) -> list[Story]:
    """The stories that show a practice, each once, in order of time."""
    ids = {item["story"] for item in PRACTICES[key]["evidence"]}
    return sorted((stories()[each] for each in ids), key=lambda story: (story.date or "", story.id))


def sites_of(found: list[Story]) -> Counter[str]:
    return Counter(story.site for story in found if story.site)


def people_of(key: str, ids: set[str] | None = None) -> Counter[str]:
    """In how many of a practice's stories each person does it."""
    pairs = {
        (item["story"], person)
        for item in PRACTICES[key]["evidence"]
        for person in doers(item)
        if ids is None or item["story"] in ids
    }
    return Counter(person for _, person in pairs)


def quarter(story: Story) -> str:
    found = period_of(story.date)
    assert found is not None
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_story_file(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith("schema: 1\n")
    story = Story.model_validate(load(path))
    assert story.title and story.date
    assert story.id == path.stem
    assert story.id == complete({**load(path), "id": None}, date(2026, 10, 5), organisation())["id"]
    assert period_of(story.date, "year") in {"2024", "2025", "2026"}
    assert period_of(story.date) in {*QUARTERS, None}
    assert set(story.people) <= {person.name for person in organisation().staff}
    assert story.site in {None, *(site.name for site in organisation().sites)}
    assert story.team in {None, *(team.name for team in organisation().teams)}


def test_people_are_in_their_own_team_unless_they_travel() -> None:
    home = {person.name: (person.team, person.site) for person in organisation().staff}
    travels = {"Technical service"}
    away = [
        story.id
        for story in stories().values()
        if story.team and story.team not in travels
        for person in story.people[:1]
        if home[person] != (story.team, story.site or home[person][1])
    ]
    assert away == []


def test_organisation_is_whole() -> None:
    mornwater = organisation()
    assert len(mornwater.sites) == 5 and all(site.eligible for site in mornwater.sites)
    assert len(mornwater.teams) == 8
    assert len({person.name for person in mornwater.staff}) == len(mornwater.staff) == 40
    assert {p.site for p in mornwater.staff} == {site.name for site in mornwater.sites}
    assert {p.team for p in mornwater.staff} == {team.name for team in mornwater.teams}
    assert mornwater.vision and len(mornwater.values) == 5 and len(mornwater.standards) == 7


def test_the_stories_are_of_many_kinds() -> None:
    found = list(stories().values())
    assert len(found) >= 110
    assert {quarter(story) for story in found} == set(QUARTERS)
    assert min(Counter(map(quarter, found)).values()) >= 12
    assert sum(story.recovery for story in found) >= 15
    assert sum(story.customer is not None and story.customer.kind == "internal" for story in found) >= 15
    assert sum(story.prompted == "campaign" for story in found) >= 8
    assert sum(bool(story.consent) for story in found) >= 10
    assert sum(bool(story.ratings) for story in found) >= 15
    assert sum(bool(story.quote) for story in found) >= 20
    assert sum(bool(story.resources_extra or story.rule_bent) for story in found) >= 5
    assert sum(bool(story.behaviours) for story in found) >= 5
    assert sum(len(story.date or "") < 10 for story in found) >= 5
    assert any(not story.people for story in found) and any(not story.site for story in found)
    words = sorted(len(story.narrative.split()) for story in found)
    assert words[0] < 15 and words[-1] > 110


def test_no_two_stories_share_a_phrase() -> None:
    """Seven words in a row in two stories would mean that one was copied from the other."""
    seen: defaultdict[str, set[str]] = defaultdict(set)
    for story in stories().values():
        for text in (story.narrative, *story.behaviours):
            words = re.findall(r"[^\W_]+", text.lower())
            for at in range(len(words) - 6):
                seen[" ".join(words[at : at + 7])].add(story.id)
    assert {phrase: where for phrase, where in seen.items() if len(where) > 1} == {}


EVIDENCE = [*(item for entry in PRACTICES.values() for item in entry["evidence"]), *TRUTH["other"]]


def test_evidence_stands_in_its_story() -> None:
    for item in EVIDENCE:
        story = stories()[item["story"]]
        where = " ".join(text_of(story, item.get("field", "narrative")).split())
        assert where.count(item["text"]) == 1, item
        assert set(doers(item)) <= set(story.people), item


@pytest.mark.parametrize("key", PRACTICES)
def test_counts(key: str) -> None:
    found = told(key)
    entry = PRACTICES[key]
    counted = {
        "stories": len(found),
        "people": len(people_of(key)),
        "sites": len(sites_of(found)),
        "periods": len({quarter(story) for story in found}),
    }
    assert {name: int(entry[name]) for name in counted} == counted


def test_kinds() -> None:
    assert Counter(entry["planted"] for entry in PRACTICES.values()) == {
        "systemic": 4,
        "star-dependent": 2,
        "team habit": 2,
        "spreading": 2,
        "fading": 1,
        "random act": 4,
        "below the floor": 4,
    }


@pytest.mark.parametrize("key", planted("systemic"))
def test_systemic(key: str) -> None:
    found = told(key)
    assert 10 <= len(found) <= 20
    assert len(sites_of(found)) >= 4
    assert len({quarter(story) for story in found}) >= 6
    people = people_of(key)
    assert len(people) >= 8 and max(people.values()) <= len(found) / 4


@pytest.mark.parametrize("key", planted("star-dependent"))
def test_star(key: str) -> None:
    found = told(key)
    (star, stories_of_star), *others = people_of(key).most_common()
    assert star == PRACTICES[key]["star"]
    assert 9 <= len(found) <= 15 and stories_of_star >= 0.7 * len(found)
    assert all(count == 1 for _, count in others)


@pytest.mark.parametrize("key", planted("team habit"))
def test_team_habit(key: str) -> None:
    found = told(key)
    entry = PRACTICES[key]
    assert {(story.team, story.site) for story in found} == {(entry["team"], entry["site"])}
    people = people_of(key)
    assert 8 <= len(found) <= 12 and len(people) >= 3
    assert max(people.values()) <= 0.4 * len(found)


@pytest.mark.parametrize("key", planted("spreading"))
def test_spreading(key: str) -> None:
    found = told(key)
    early = [story for story in found if quarter(story) <= "2025-Q3"]
    late = [story for story in found if quarter(story) > "2025-Q3"]
    assert 10 <= len(found) <= 20
    assert list(sites_of(early)) == [PRACTICES[key]["from"]]
    assert len(sites_of(late)) == 5
    counts = [len(people_of(key, {story.id for story in part})) for part in (early, late)]
    assert counts[1] >= 5 * counts[0]


@pytest.mark.parametrize("key", planted("fading"))
def test_fading(key: str) -> None:
    found = told(key)
    assert len(found) >= 9 and len(sites_of(found)) >= 4 and len(people_of(key)) >= 8
    assert {quarter(story) for story in found} == set(QUARTERS[:4])
    assert PRACTICES[key]["last"] == QUARTERS[3]


@pytest.mark.parametrize("key", planted("random act"))
def test_random_act(key: str) -> None:
    assert len(told(key)) == 1 and len(people_of(key)) <= 1


@pytest.mark.parametrize("key", planted("below the floor"))
def test_below_the_floor(key: str) -> None:
    assert 3 <= len(told(key)) < organisation().verdict.least_stories


def test_the_verdicts_on_the_evidence_as_planted() -> None:
    """Were every piece of evidence found, the verdicts would be the ones that were meant."""
    evidence = {key: [story.id for story in told(key)] for key in PRACTICES}
    reach = spread(evidence, list(stories().values()), organisation(), seed=7)
    answers = {
        key: verdict(reach[key], organisation().verdict, organisation()).label
        for key, entry in PRACTICES.items()
        if "verdict" in entry
    }
    assert answers == {key: PRACTICES[key]["verdict"] for key in answers}
    assert len(answers) == len(PRACTICES) - len(planted("fading"))


def test_praise_only_holds_no_evidence() -> None:
    praise = set(TRUTH["praise_only"])
    assert len(praise) >= 6 and praise <= set(stories())
    assert praise.isdisjoint(item["story"] for item in EVIDENCE)
    # Every story is either praise or shows something: nothing fell through when the table was written.
    assert praise | {item["story"] for item in EVIDENCE} == set(stories())


def records(name: str) -> list[str]:
    return (ROOT / "records" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()


MEASURES = [Measure.model_validate_json(line) for line in records("measures")]
POINTS = [MeasurePoint.model_validate_json(line) for line in records("measure-points")]


def test_measures_are_complete() -> None:
    months = [f"{n // 12}-{n % 12 + 1:02d}" for n in range(2024 * 12 + 9, 2026 * 12 + 9)]
    houses = [site.name for site in organisation().sites]
    wanted = {
        *(("satisfaction", site, month) for site in houses for month in months),
        *((measure, None, month) for measure in ("complaints", "ticket-minutes") for month in months),
    }
    assert Counter((p.measure, p.site, p.period) for p in POINTS) == Counter(wanted)
    assert {measure.id for measure in MEASURES} == {point.measure for point in POINTS}
    for point in POINTS:
        if point.measure == "satisfaction":
            assert point.numerator is not None and point.denominator is not None
            assert 0 <= point.numerator <= point.denominator
    written = [point.recorded_on or "" for point in POINTS]
    assert all(before <= after for before, after in pairwise(written))


def charted(measure: str, site: str | None) -> series.Series:
    (one,) = (each for each in MEASURES if each.id == measure)
    points = [point for point in POINTS if point.measure == measure and point.site == site]
    return series.build(one, points, [], date(2026, 10, 5), site)


def test_the_one_shift_is_at_kestrel_point() -> None:
    verdicts = {site.name: charted("satisfaction", site.name).verdict for site in organisation().sites}
    assert verdicts.pop("Kestrel Point") == "improvement"
    assert set(verdicts.values()) == {"common cause"}
    assert charted("complaints", None).verdict == "common cause"
    signals = {p["period"]: p["signal"] for p in charted("ticket-minutes", None).points if p["signal"]}
    assert signals == {"2026-04": "beyond limits"}


def test_the_page_about_the_example_has_the_same_figures() -> None:
    page = (ROOT / "docs" / "example.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in page.splitlines() if "| `" in line]
    shown = {row[1].strip("`"): row for row in rows if len(row) == 8}
    assert set(shown) == set(PRACTICES)
    for key, (does, _, kind, *counts, _) in shown.items():
        entry = PRACTICES[key]
        assert [does, kind] == [entry["does"], entry["planted"]]
        assert counts == [entry[name] for name in ("stories", "people", "sites", "periods")]
    assert f"There are {len(FILES)}," in page
    assert f"{len(organisation().staff)} of the staff" in page
    assert ("Eight are praise" in page) == (len(TRUTH["praise_only"]) == 8)


DECIDED = load(ROOT / "tools" / "example.yaml")


def shipped() -> dict[str, Practice]:
    return {
        practice.id: practice
        for path in sorted((ROOT / "practices").glob("P-*.yaml"))
        for practice in [Practice.model_validate(load(path))]
    }


def test_the_shipped_practices_have_the_verdicts_that_were_planted() -> None:
    """As detection finds them and people read them; what was planted as fading has no verdict of its own."""
    known = shipped()
    found = {key: known[wanted] for key, wanted in DECIDED["ids"].items()}
    labels = {key: p.verdict.label for key, p in found.items() if p.verdict}
    meant = {key: PRACTICES[key]["verdict"] for key in labels if "verdict" in PRACTICES[key]}
    assert {key: labels[key] for key in meant} == meant
    assert len(meant) == len(DECIDED["ids"]) - len(planted("fading"))


@pytest.mark.parametrize("key", planted("random act"))
def test_a_shipped_random_act_stands_apart_with_its_verdict(key: str) -> None:
    [name] = [day["apart"][key] for day in DECIDED["days"] if key in day.get("apart", {})]
    [practice] = [p for p in shipped().values() if p.name == name]
    assert {place.story for place in practice.evidence} == {story.id for story in told(key)}
    assert practice.verdict and practice.verdict.label == PRACTICES[key]["verdict"] == "random act"


def test_the_shipped_practices_are_decided_as_their_people_decided() -> None:
    known = {key: shipped()[wanted] for key, wanted in DECIDED["ids"].items()}
    assert Counter(p.status for p in known.values())["candidate"] >= 3  # what is left to decide
    assert {key: known[key].status for key in ("morning-after-call", "handover-card", "payslip-call")} == {
        "morning-after-call": "standard",
        "handover-card": "accepted",
        "payslip-call": "local",
    }
    last = max(d.on for p in known.values() for d in p.decisions)
    assert all(p.verdict and p.verdict.computed_on and p.verdict.computed_on <= last for p in known.values())


def test_a_house_that_asks_most_tellers_has_most_answers() -> None:
    found = list(stories().values())
    agreed = sum(story.all_agreed_to("training") for story in found)
    asked = sum(bool(story.consent) for story in found)
    assert 0.6 <= agreed / len(found) < asked / len(found) < 0.95
    assert any(c.withdrawn_on for s in found for c in s.consent) and any(
        not c.uses for s in found for c in s.consent
    )
