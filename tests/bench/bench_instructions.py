"""Instructions made from evidence, drawn as a sheet for readers: are they grammatical, true and copyable?

``python -m tests.bench.bench_instructions --sheet sheet.csv`` draws 60 from the labelled stories and 40 from the
example workspace, each with the words it was made from and the sentences around them; a reader fills in the
columns `grammatical`, `true` and `copyable` with y or n. ``--count sheet.csv`` adds up what was filled in and prints it as tables. The
labelled stories are not part of the project (see `bench_detect`); without them the sheet holds the example only.
"""

import argparse
import csv
import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML

from servicestory.detect.alike import Nearness
from servicestory.detect.codebook import starter
from servicestory.detect.kinds import Kinds
from servicestory.detect.pipeline import detect
from servicestory.models.codebook import CodebookEntry
from servicestory.models.organisation import Organisation
from servicestory.models.practice import Evidence, Practice
from servicestory.models.story import Story
from servicestory.wording.belonging import belonging
from servicestory.wording.by_itself import by_itself
from servicestory.wording.material import found_for, gather, own_steps, steps_of
from servicestory.wording.standing import shared_words
from servicestory.wording.steps import Cite
from servicestory.workspace import Workspace
from tests.bench.bench_detect import SHARED, read

REPOSITORY = Path(__file__).parents[2]
ASKED = ("grammatical", "true", "copyable")
REACH = 200


@dataclass(frozen=True)
class Made:
    """One instruction, with the words it was made from and what stands around them."""

    source: str
    practice: str
    instruction: str
    words: str
    around: str
    place: str

    def rank(self, seed: int) -> str:
        """Where the draw puts it: by its place in its story alone, so a better wording draws the same places."""
        return hashlib.sha256(f"{seed}:{self.place}".encode()).hexdigest()


def made(
    source: str,
    practices: Iterable[Practice],
    stories: Mapping[str, Story],
    house: Organisation,
    codebook: Mapping[str, CodebookEntry],
) -> Iterator[tuple[int, list[Made]]]:
    """For each practice: how many places of evidence it has, and the instructions they give.

    An instruction counts where a step of the practice's documents is made of it: what is told once among many,
    or shares nothing with the practice, is not printed.
    """
    word = house.customer_word
    people = frozenset(w for name in house.staff_names() for w in name.casefold().split())
    near, kinds = Nearness(), Kinds()
    for practice in practices:
        places = [e for e in practice.evidence if e.story in stories]
        home = belonging(practice, codebook)
        known = shared_words(practice, stories)
        raw = [
            (place, step)
            for place in places
            for step in steps_of(place, stories[place.story], word, people, known)
        ]
        lines = gather(practice, stories, house, codebook, near, kinds).steps
        printed = [c for step in lines for c in step.cites]
        passages = [(Cite(*e.place), e.text_in(stories[e.story]) or "") for e in places]
        mostly = {s.cites[0] for place, s in raw if found_for(place, s, stories[place.story], home)}
        found = []
        for step in by_itself(
            own_steps((step for _, step in raw), home, mostly), practice, passages, word, kinds, near
        ):
            cite = step.cites[0]
            if step.bound and all(step.text != line.text for line in lines):
                continue  # its place shows the step, which is told in the words of others
            if not home.says_more(step.text) or not any(within(cite, c) for c in printed):
                continue  # what says less than the practice's name stands behind the definition's first line
            text = stories[cite.story].text_of(cite.field) or ""
            found.append(
                Made(
                    source,
                    practice.name,
                    step.text,
                    text[cite.start : cite.end],
                    text[max(0, cite.start - REACH) : cite.end + REACH],
                    str(cite),
                )
            )
        yield len(places), found


def within(cite: Cite, place: Cite) -> bool:
    """Whether two places are of one telling."""
    return (cite.story, cite.field) == (place.story, place.field) and (
        cite.start < place.end and place.start < cite.end
    )


def labelled() -> list[tuple[int, list[Made]]]:
    """From the labelled stories, with the practices detection finds in them; empty where there are none."""
    path = SHARED / "gold" / "stories.csv"
    if not path.exists():
        return []
    told = read(path, "text", "record")
    entries = [CodebookEntry.model_validate(d) for d in YAML(typ="safe").load_all(starter())]
    found = detect(told, [], entries)
    practices = [
        Practice(
            id=p.id,
            name=p.name,
            definition=p.definition,
            behaviour_statement=p.statement,
            words=list(p.words),
            evidence=[
                Evidence(story=b.story, field=b.field, start=b.start, end=b.end)
                for b in (found.behaviours[n] for n in p.evidence)
            ],
        )
        for p in found.practices
    ]
    codebook = {entry.key: entry for entry in entries}
    stories = {s.id: s for s in told}
    return list(made("labelled stories", practices, stories, Organisation(), codebook))


def example() -> list[tuple[int, list[Made]]]:
    """From the repository's own example, with the practices that stand in it."""
    with tempfile.TemporaryDirectory() as folder:
        for part in ("servicestory.yaml", "stories", "practices"):
            whole = REPOSITORY / part
            copy = shutil.copytree if whole.is_dir() else shutil.copy
            copy(whole, Path(folder) / part)
        workspace = Workspace.find(Path(folder))
        organisation = workspace.organisation()
        stories = {s.id: s for s in workspace.stories()}
        practices = list(workspace.practices())
        codebook = {entry.key: entry for entry in workspace.codebook()}
    return list(made("example", practices, stories, organisation, codebook))


def drawn(found: Iterable[tuple[int, list[Made]]], most: int, seed: int) -> list[Made]:
    """``most`` different instructions ("Greet the guest" once, however often it is told), the same for the same seed."""
    once: dict[str, Made] = {}
    for m in sorted((m for _, some in found for m in some), key=lambda m: m.rank(seed)):
        once.setdefault(m.instruction, m)
    return list(once.values())[:most]


def sheet(path: Path, rows: Iterable[Made]) -> None:
    """Write the sheet; the verdicts are left for the reader."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(
            ["number", "from", "practice", "made from", "around", "instruction", *ASKED, "remark"]
        )
        for number, m in enumerate(rows, 1):
            writer.writerow([number, m.source, m.practice, m.words, m.around, m.instruction, "", "", "", ""])


def count(path: Path) -> None:
    """Add up the verdicts of a filled sheet, one line per source."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    print("| from | instructions | " + " | ".join(ASKED) + " | all three |\n|---|---:|---:|---:|---:|---:|")
    for source in (*sorted({r["from"] for r in rows}), "all"):
        some = [r for r in rows if source in (r["from"], "all")]
        yes = [[r[a].strip().casefold().startswith("y") for a in ASKED] for r in some]
        cells = " | ".join(str(sum(y[n] for y in yes)) for n in range(len(ASKED)))
        print(f"| {source} | {len(some)} | {cells} | {sum(all(y) for y in yes)} |")


def table(path: Path) -> None:
    """What the readers said of each instruction, as a table; of the labelled stories the instruction alone."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    print("\n| instruction | " + " | ".join(ASKED) + " | remark |\n|---|" + "---|" * (len(ASKED) + 1))
    for r in sorted(rows, key=lambda r: (r["from"], int(r["number"]))):
        said = " | ".join("yes" if r[a].strip().casefold().startswith("y") else "no" for a in ASKED)
        print(f"| {r['instruction']} | {said} | {r['remark'] if r['from'] == 'example' else ''} |")


def main(words: list[str] | None = None) -> None:
    """Say how many places give an instruction, and draw the sheet or count a filled one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sheet", type=Path, help="write the sheet here (outside the project)")
    parser.add_argument("--count", type=Path, help="a filled sheet")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--labelled", type=int, default=60)
    parser.add_argument("--example", type=int, default=40)
    given = parser.parse_args(words)
    if given.count:
        count(given.count)
        table(given.count)
        return
    rows: list[Made] = []
    print("| from | practices | places of evidence | instructions | different |\n|---|---:|---:|---:|---:|")
    for found, most in ((labelled(), given.labelled), (example(), given.example)):
        lines = [m for _, some in found for m in some]
        if lines:
            different = len({m.instruction for m in lines})
            print(
                f"| {lines[0].source} | {len(found)} | {sum(n for n, _ in found)} | {len(lines)} | {different} |"
            )
        rows += drawn(found, most, given.seed)
    if given.sheet:
        sheet(given.sheet, rows)


if __name__ == "__main__":
    main()
