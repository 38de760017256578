"""How often each verdict is given to houses of known kind: the operating table of docs/verdict.md.

Run ``python -m tests.bench.bench_verdict`` to see the tables, ``--write`` to put them into docs/verdict.md,
``--speed`` to time 10,000 stories with 60 practices, ``--seldom`` for houses whose stories seldom say who,
``--tuning`` for the seeds the levels were set with (the tables never use those).
"""

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

import numpy as np

from servicestory.detect.spread import spread
from servicestory.detect.verdict import verdict
from servicestory.models.organisation import Organisation
from servicestory.models.practice import Evidence
from servicestory.models.story import Story
from tests.detect.simulator import KINDS, simulate

SIZES = (5, 8, 12, 20, 40, 100, 200, 500)
LABELS = ("random act", "star-dependent", "team habit", "spreading", "systemic", "not enough evidence")
SETTINGS = (("two other stories for each of the practice", 2.0), ("no other stories", 0.0))
BEGIN, END = "<!-- operating table: begin -->", "<!-- operating table: end -->"
TUNING, REPORT = 1_000_000, 11_000_000
DOCS = Path(__file__).parents[2] / "docs" / "verdict.md"


def row(
    kind: str, size: int, others: float, houses: int, seed: int, staff: int | None = None, said: float = 1.0
) -> Counter[str]:
    """Verdicts of ``houses`` houses of one kind and size."""
    labels: Counter[str] = Counter()
    for i in range(houses):
        house = simulate(kind, size, seed + i, others=others, staff=staff, said=said)
        found = spread({"p": house.evidence}, house.stories, house.organisation)["p"]
        labels[verdict(found, house.organisation.verdict, house.organisation).label] += 1
    return labels


def tables(houses: int, seed: int) -> str:
    """The operating tables as markdown; each row is told on standard error when it is counted."""
    lines: list[str] = []
    jobs = [(kind, size, others) for size in SIZES for _, others in SETTINGS for kind in KINDS]
    counted = {}
    for kind, size, others in jobs:
        counted[kind, size, others] = row(kind, size, others, houses, seed)
        sys.stderr.write(f"{kind}, {size}, {others}: {dict(counted[kind, size, others])}\n")
    for words, others in SETTINGS:
        lines += [f"**With {words}** ({houses} houses in each row, percent of them)", ""]
        lines += ["| truth | stories | " + " | ".join(LABELS) + " |", "|---|---:|" + "---:|" * len(LABELS)]
        for kind in KINDS:
            for size in SIZES:
                got = counted[kind, size, others]
                cells = [f"{100 * got[label] / houses:.0f}" if got[label] else "·" for label in LABELS]
                lines.append(f"| {kind} | {size} | " + " | ".join(cells) + " |")
        lines.append("")
    return "\n".join(lines)


def seldom(houses: int, seed: int, said: float = 0.25) -> str:
    """The table of houses of whose stories only a part says who did it."""
    lines = ["| truth | stories | " + " | ".join(LABELS) + " |", "|---|---:|" + "---:|" * len(LABELS)]
    for kind in KINDS[:-1]:
        for size in (20, 40, 100, 200):
            got = row(kind, size, 2.0, houses, seed, said=said)
            cells = [f"{100 * got[label] / houses:.0f}" if got[label] else "·" for label in LABELS]
            lines.append(f"| {kind} | {size} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def speed(people: int, stories: int = 10_000, practices: int = 60) -> float:
    """Processor seconds for spread and verdict of that many practices; half of the stories name two people."""
    rng = np.random.default_rng(people)
    blank = Story(id="told", narrative="told")
    named = [[f"Kim {k}" for k in set(rng.integers(people, size=1 + i % 2).tolist())] for i in range(stories)]
    told = [
        blank.model_copy(
            update={
                "id": f"s{i:06d}",
                "narrative": f"{named[i][0]} saw to it. We had a lovely evening. {named[i][-1]} poured the tea.",
                "date": f"{2020 + i % 5}-Q{1 + i % 4}",
                "people": named[i],
                "site": f"site {rng.integers(100)}",
                "team": f"team {rng.integers(20)}",
            }
        )
        for i in range(stories)
    ]
    evidence = {
        f"P-{j:04d}": [told[i].id for i in rng.choice(stories, size=int(rng.integers(5, 600)), replace=False)]
        for j in range(practices)
    }
    place = Evidence(story="told", start=0, end=18)
    places = {
        ref: [place.model_copy(update={"story": story}) for story in ids] for ref, ids in evidence.items()
    }
    house = Organisation()
    begun = time.process_time()
    for found in spread(evidence, told, house, places=places).values():
        verdict(found, house.verdict, house)
    return time.process_time() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--houses", type=int, default=100)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--tuning", action="store_true")
    parser.add_argument("--speed", action="store_true")
    parser.add_argument("--seldom", action="store_true")
    given = parser.parse_args()
    if given.speed:
        for people in (20, 200, 2000):
            sys.stdout.write(f"{people} people: {speed(people):.2f} s\n")
        return
    if given.seldom:
        sys.stdout.write(seldom(given.houses, TUNING if given.tuning else REPORT) + "\n")
        return
    begun = time.process_time()
    text = tables(given.houses, TUNING if given.tuning else REPORT)
    sys.stdout.write(text + "\n")
    sys.stderr.write(f"{time.process_time() - begun:.0f} s of processor time\n")
    if given.write:
        page = DOCS.read_text(encoding="utf-8")
        before, rest = page.split(BEGIN)
        after = rest.split(END)[1]
        DOCS.write_text(f"{before}{BEGIN}\n{text}{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
