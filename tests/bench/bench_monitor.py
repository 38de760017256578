"""How long `monitor` and `report` take on a large house: 10,000 stories, 200 practices, five years of months at 50 sites.

Run ``python -m tests.bench.bench_monitor``. Printed are CPU seconds of the whole call, and of a call that only starts
up and reads the measures; the difference is what monitoring costs.
"""

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

SITES = [f"Site {i:02d}" for i in range(50)]
MONTHS = [f"{y}-{m:02d}" for y in range(2021, 2026) for m in range(1, 13)]


def build(root: Path, seed: int = 1) -> None:
    """Write the workspace: stories in one file a month, practices with 60 places each, three measures."""
    rng = random.Random(seed)
    for folder in ("stories", "practices", "records"):
        (root / folder).mkdir(parents=True)
    sites = "".join(f"  - name: {s}\n    eligible: 30\n" for s in SITES)
    (root / "servicestory.yaml").write_text(f"schema: 1\norganisation: Large House\nsites:\n{sites}")
    files: dict[str, list[str]] = {}
    ids = []
    for number in range(10_000):
        month = rng.choice(MONTHS)
        ids.append(f"{month}-{rng.randint(1, 28):02d}-story-{number}")
        files.setdefault(month, []).append(
            f"---\nschema: 1\nid: {ids[-1]}\ndate: {ids[-1][:10]}\nsite: {rng.choice(SITES)}\n"
            f"narrative: They walked us to the room and told us about the harbour.\nprompted: import\n"
            f"people:\n  - p{rng.randint(0, 300)}\n"
        )
    for month, texts in files.items():
        (root / "stories" / f"{month}.yaml").write_text("".join(texts))
    for number in range(1, 201):
        places = "".join(f"  - story: {s}\n    start: 0\n    end: 24\n" for s in rng.sample(ids, 60))
        status = rng.choice(("candidate", "accepted", "standard"))
        head = f"schema: 1\nid: P-{number:04d}\nname: Practice {number}\nstatus: {status}\nevidence:\n"
        (root / "practices" / f"P-{number:04d}.yaml").write_text(head + places)
    points: list[dict[str, object]] = []
    for month in MONTHS:
        for site in SITES:
            at, n = {"period": month, "site": site}, rng.randint(20, 300)
            good = int(n * rng.uniform(0.8, 0.95))
            points.append({"measure": "csat", **at, "numerator": good, "denominator": n})
            points.append({"measure": "wait", **at, "value": round(rng.gauss(10, 2), 2)})
            points.append({"measure": "complaints", **at, "numerator": rng.randint(0, 9), "denominator": n})
    seen: list[dict[str, object]] = [
        {
            "practice": f"P-{rng.randint(1, 200):04d}",
            "on": f"{rng.choice(MONTHS)}-10",
            "done": rng.random() < 0.8,
        }
        for _ in range(5_000)
    ]
    measures: list[dict[str, object]] = [{"id": m} for m in ("csat", "wait", "complaints")]
    for kind, rows in (("measures", measures), ("measure-points", points), ("observations", seen)):
        (root / "records" / f"{kind}.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows))


def cpu(root: Path, *arguments: str) -> float:
    """CPU seconds of one call of the command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-m", "servicestory", *arguments],
        cwd=root,
        env={**os.environ, "SERVICESTORY_TODAY": "2026-01-05"},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "house"
        build(root)
        print(
            "monitor on 10,000 stories, 200 practices, 3 measures monthly for 5 years at 50 sites (CPU seconds)"
        )
        print(f"  first call, every file read   {cpu(root, 'monitor'):.2f}")
        start = min(cpu(root, "measure", "list") for _ in range(3))
        for name, call in (("screen", ["monitor"]), ("--json", ["monitor", "--json"])):
            best = min(cpu(root, *call) for _ in range(3))
            print(f"  {name}   {best:.2f}, of it beyond start-up {best - start:.2f} (to reach: 2)")
        print(f"  report   {cpu(root, 'report', '--replace'):.2f} (to reach: 10)")
        size = max(page.stat().st_size for page in (root / "reports").iterdir())
        print(f"  its page   {size / 1e6:.2f} MB (to stay below: 2)")


if __name__ == "__main__":
    main()
