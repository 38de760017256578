"""Make the practices of the example anew, from its stories and what its people decided.

`python -m tools.build_example` works in a throw-away folder and says what it found; with `--write` the
practices and `records/detections.jsonl` of the repository are replaced. Everything is done by the commands
anybody would type, on the days of `tools/example.yaml`.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from servicestory.models.base import last_day
from servicestory.models.practice import Practice
from servicestory.workspace import Workspace

REPOSITORY = Path(__file__).resolve().parent.parent
HALF = 3
"""So many stories of what is planted, and most of its own, make another practice a part of it."""
Decisions = dict[str, Any]


def load(name: str) -> Any:
    """A YAML file of the repository, all values as texts."""
    return YAML(typ="base", pure=True).load((REPOSITORY / name).read_text(encoding="utf-8"))


class Example:
    """The example in a throw-away folder, and who shows what in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made = load("tools/example.yaml")
        planted = load("tests/example_truth.yaml")["practices"]
        self.shown = {one["key"]: {item["story"] for item in one["evidence"]} for one in planted}
        (folder / "practices").mkdir()
        shutil.copy(REPOSITORY / "practices" / "codebook.yaml", folder / "practices")
        shutil.copy(REPOSITORY / "servicestory.yaml", folder)
        shutil.copytree(REPOSITORY / "records", folder / "records")
        (folder / "records" / "detections.jsonl").unlink(missing_ok=True)
        (folder / "stories").mkdir()

    def run(self, on: str, by: str | None, *words: str) -> str:
        """One command, on a day and by a person; stops with what it said when it fails."""
        done = subprocess.run(
            [sys.executable, "-m", "servicestory", *words],
            cwd=self.folder,
            env={**os.environ, "SERVICESTORY_TODAY": on, "SERVICESTORY_BY": by or "", "COLUMNS": "100"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        if done.returncode:
            sys.exit(f"{on}: servicestory {' '.join(words)}\n{done.stdout}{done.stderr}")
        return done.stdout

    def detect(self, on: str, until: str) -> None:
        """Bring in the stories told by then, and look for practices."""
        for path in (REPOSITORY / "stories").glob("*.yaml"):
            if last_day(load(f"stories/{path.name}")["date"]) <= date.fromisoformat(until):
                shutil.copy(path, self.folder / "stories")
        self.run(on, None, "detect")
        self.pin()

    def standing(self) -> list[Practice]:
        """The practices that may still be decided on or are in use."""
        return [
            p for p in Workspace(self.folder).practices() if p.status not in ("merged", "rejected", "retired")
        ]

    def pin(self) -> None:
        """Give what is planted the id it has always had; what had it so far gets the other."""
        for key, wanted in self.made["ids"].items():
            known = {p.id: p for p in Workspace(self.folder).practices()}
            there = known.get(wanted)
            if there and (there.decisions or (self.own(there, key) and self.part(there, key))):
                continue
            taken = set(self.made["ids"].values())
            parts = [p for p in known.values() if not p.decisions and self.own(p, key) and self.part(p, key)]
            fit = [p for p in parts if p.id not in taken] or parts
            if fit:
                self.swap(max(fit, key=lambda p: (len(self.mine(p, key)), p.id)).id, wanted)

    def swap(self, one: str, other: str) -> None:
        """Let two ids change places, in every file."""
        change = {one: other, other: one}
        for path in (
            *(self.folder / "practices").glob("P-*.yaml"),
            self.folder / "records" / "detections.jsonl",
        ):
            text = re.sub(
                r"\bP-\d{4}\b", lambda found: change.get(found[0], found[0]), path.read_text(encoding="utf-8")
            )
            path.write_text(text, encoding="utf-8")
        moved = [p for p in (self.folder / "practices").glob("P-*.yaml") if p.name[:6] in change]
        for path in moved:
            path.rename(path.with_name(f"{path.name}.moved"))
        for path in moved:
            path.with_name(f"{path.name}.moved").rename(path.with_name(change[path.name[:6]] + path.name[6:]))

    def mine(self, practice: Practice, key: str) -> set[str]:
        """The stories of a practice that show what is planted."""
        return {place.story for place in practice.evidence} & self.shown[key]

    def part(self, practice: Practice, key: str) -> bool:
        """Whether a practice is what is planted, or a part of it."""
        mine = self.mine(practice, key)
        return len(mine) >= HALF and 2 * len(mine) > len({place.story for place in practice.evidence})

    def own(self, practice: Practice, key: str) -> bool:
        """Whether a practice is not one that the codebook has a wider name for."""
        return practice.definition in (None, self.made["definitions"].get(key))

    def read(self, key: str, on: str, by: str) -> None:
        """Take out the places that tell of something else; confirm the doubtful ones that do show it."""
        wanted, shown = self.made["ids"][key], self.shown[key]
        for option, why, of_it in (
            ("--drop", "Read: it tells of something else", False),
            ("--confirm", "Read: it does show it", True),
        ):
            every = enumerate(Workspace(self.folder).practice(wanted).evidence, 1)
            meant = [n for n, e in every if (e.story in shown) == of_it and (e.doubtful or not of_it)]
            if meant:
                self.run(on, by, "review", wanted, option, ",".join(map(str, meant)), "--reason", why)

    def halves(self, key: str, on: str, by: str) -> None:
        """Join to a practice what was found of it apart."""
        known = self.made["ids"]
        for other in self.standing():
            if other.id in known.values() or other.decisions or not self.part(other, key):
                continue
            if self.own(other, key):
                print(f"  {other.id} {other.name}: part of {known[key]}")
                why = "The same deed in other words"
                self.run(on, by, "review", other.id, "--merge-into", known[key], "--reason", why)

    def apart(self, key: str, name: str, on: str, by: str) -> None:
        """Part a deed that one story alone tells from the practice that holds it, the smallest of several."""
        [story] = self.shown[key]
        held = [p for p in self.standing() if any(place.story == story for place in p.evidence)]
        held = [p for p in held if p.status == "candidate" and len({place.story for place in p.evidence}) > 1]
        one = min(held, key=lambda p: (p.definition is not None, len(p.evidence), p.id))
        why = "Nobody else tells of it: a deed of its own"
        if one.definition or one.evidence[0].story != story:
            self.run(on, by, "review", one.id, "--split", "--take", story, "--name", name, "--reason", why)
            return
        others = ",".join(str(n) for n, place in enumerate(one.evidence, 1) if place.story != story)
        self.run(on, by, "review", one.id, "--drop", others, "--reason", "Read: it tells of something else")
        self.run(on, by, "review", one.id, "--rename", name, "--reason", why)

    def meant(self, words: Iterable[str]) -> list[str]:
        """The words of a command, each {key} as the practice's id."""
        return [self.made["ids"][word[1:-1]] if word.startswith("{") else word for word in words]

    def define(self, key: str, fields: Decisions, on: str, by: str) -> None:
        """Write down the form people agreed on."""
        page = self.folder / "agreed.yaml"
        with page.open("w", encoding="utf-8") as out:
            YAML().dump(fields, out)
        self.run(
            on,
            by,
            "review",
            self.made["ids"][key],
            "--define",
            str(page),
            "--reason",
            "The form we agreed on",
        )
        page.unlink()

    def day(self, day: Decisions) -> None:
        """What was done on one day: read, joined, decided, written down, named, and looked for anew."""
        on, by = day["on"], day.get("by", "")
        print(on)
        for key in day.get("halves", ()):
            self.halves(key, on, by)
        for key in day.get("read", ()):
            self.read(key, on, by)
        for key, name in day.get("apart", {}).items():
            self.apart(key, name, on, by)
        for words in day.get("review", ()):
            self.run(on, by, "review", *self.meant(words))
        for key, fields in day.get("define", {}).items():
            self.define(key, fields, on, by)
        for key, name in day.get("rename", {}).items():
            if Workspace(self.folder).practice(self.made["ids"][key]).name != name:
                why = "Says what to do"
                self.run(on, by, "review", self.made["ids"][key], "--rename", name, "--reason", why)
        if "detect" in day:
            self.detect(on, day["detect"])

    def told(self) -> str:
        """What is planted, what it was found as, and its verdict."""
        known = {p.id: p for p in Workspace(self.folder).practices()}
        lines = []
        for key, wanted in self.made["ids"].items():
            p = known.get(wanted)
            found = {e.story for e in p.evidence} if p else set()
            right, label = len(found & self.shown[key]), p.verdict.label if p and p.verdict else "none"
            stories = f"{right} of {len(self.shown[key])} stories, {len(found) - right} others"
            lines.append(f"{wanted} {key}: {label}; {stories}")
        return "\n".join(lines)


def main() -> None:
    """Make it, say what was found, and with `--write` put it into the repository."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--write", action="store_true", help="replace the practices of the repository")
    asked.add_argument("--keep", type=Path, help="work in this folder, and leave it there")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.keep or Path(temporary) / "example"
        folder.mkdir(parents=True)
        example = Example(folder.resolve())
        for day in example.made["days"]:
            example.day(day)
        print(example.told())
        log = (folder / "records" / "detections.jsonl").read_text(encoding="utf-8")
        last = json.loads(log.splitlines()[-1])
        print(f"{last['stories']} stories, {last['practices']} practices")
        if given.write:
            for old in (REPOSITORY / "practices").glob("P-*.yaml"):
                old.unlink()
            for new in (folder / "practices").glob("P-*.yaml"):
                shutil.copy(new, REPOSITORY / "practices")
            shutil.copy(folder / "records" / "detections.jsonl", REPOSITORY / "records")


if __name__ == "__main__":
    main()
