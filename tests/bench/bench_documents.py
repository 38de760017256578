"""How long 200 practices take into every format: `train --format all` and `export --format all`.

Run ``python -m tests.bench.bench_documents``. The workspace is the example organisation with 200 practices, each with
the evidence of two of its own. Printed are the seconds of each call by the clock and of the processor, of a call that
changes nothing, and what was written.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from ruamel.yaml import YAML

from tests.conftest import REPOSITORY

PRACTICES = 200


def build(root: Path) -> None:
    """Copy the example and give it ``PRACTICES`` accepted practices, each with the evidence of two of its own."""
    for part in ("stories", "records"):
        shutil.copytree(REPOSITORY / part, root / part)
    shutil.copy2(REPOSITORY / "servicestory.yaml", root)
    (root / "practices").mkdir()
    shutil.copy2(REPOSITORY / "practices" / "codebook.yaml", root / "practices")
    yaml = YAML(typ="safe")
    own = [yaml.load(path) for path in sorted((REPOSITORY / "practices").glob("P-*.yaml"))]
    own = [p for p in own if len(p.get("evidence") or ()) > 3]
    for number in range(1, PRACTICES + 1):
        one, two = own[number % len(own)], own[(number * 7 + number // len(own)) % len(own)]
        made = {
            "schema": 1,
            "id": f"P-{number:04d}",
            "name": f"{one['name']} ({number})",
            "status": "accepted",
            "owner": "Owner",
            "core": one.get("core") or [],
            "evidence": [*one["evidence"], *(two["evidence"] if two is not one else [])],
        }
        with (root / "practices" / f"P-{number:04d}.yaml").open("w", encoding="utf-8") as file:
            yaml.dump(made, file)


def timed(root: Path, *arguments: str) -> tuple[float, float]:
    """Seconds of one call of the command: by the clock, and of the processor."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(
        [sys.executable, "-m", "servicestory", *arguments],
        cwd=root,
        env={**os.environ, "SERVICESTORY_TODAY": "2026-10-05"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    clock, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return clock, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        build(root)
        first, again = [], []
        for what in ("train", "export"):
            first.append(timed(root, what, "--format", "all"))
            again.append(timed(root, what, "--format", "all"))
            (clock, cpu), (later, _) = first[-1], again[-1]
            print(
                f"{what} --format all: {clock:.1f} s (processor {cpu:.1f} s); nothing to change: {later:.1f} s"
            )
        kinds = Counter(p.suffix for f in ("training", "procedures") for p in (root / f).rglob("*.*"))
        written = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
        clock, cpu = (sum(both) for both in zip(*first, strict=True))
        print(f"{PRACTICES} practices into all formats: {clock:.1f} s (processor {cpu:.1f} s); {written}")


if __name__ == "__main__":
    main()
