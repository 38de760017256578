"""What starting up, telling, importing and reading back 10,000 stories costs.

Run ``python -m tests.bench.bench_collect``. CPU time, the least of several calls, also as a multiple of a bare
``python -c pass`` of the same run; the aims are 8 times for --help, 20 for add, 25 for list on 100 stories,
and for 10,000 stories 10 s to import, 3 s to read back cold and 0.5 s when nothing changed.
"""

import csv
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

WORDS = (  # noqa: SIM905
    "the guest lost her ring in the lift and our porter found it after looking for two hours behind the desk with "
    "a torch while she waited for news"
).split()
ADD = ("add", "--text", "He ran", "--title", "Run", "--person", "Anna", "--site", "Quay", "--rating", "9/10")

# Compiled modules are kept, as on a user's machine; some test machines forbid it.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | {
    "SERVICESTORY_TODAY": "2026-10-05"
}


def export(path: Path, rows: int, seed: int = 1) -> None:
    """A CSV of invented reviews, 60 words each."""
    rng = random.Random(seed)
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["id", "date", "site", "rating", "review", "staff"])
        for n in range(rows):
            day = f"202{n % 5}-{n % 12 + 1:02d}-{n % 28 + 1:02d}"
            out.writerow(
                [f"r{n}", day, f"Site {n % 9}", 5, " ".join(rng.choices(WORDS, k=60)), f"Person {n % 40}"]
            )


def cpu(words: list[str], at: Path, times: int = 1) -> float:
    """The least CPU seconds (user and system) of several calls."""
    spent = []
    for _ in range(times):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            words,
            cwd=at,
            env=ENVIRONMENT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(spent)


def main() -> None:
    """Print the figures."""
    call = [sys.executable, "-m", "servicestory"]
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder, "small"), Path(folder, "large")
        for root, rows in ((small, 100), (large, 10_000)):
            root.mkdir()
            subprocess.run([*call, "init", "."], cwd=root, check=True, stdout=subprocess.DEVNULL)
            export(root / "reviews.csv", rows)
        subprocess.run(
            [*call, "import", "reviews.csv", "--json"], cwd=small, check=True, stdout=subprocess.DEVNULL
        )
        bare = cpu([sys.executable, "-c", "pass"], small, 10)
        print(f"python -c pass             {bare:6.3f} s")
        for name, words, aim in (
            ("--help", ["--help"], 8),
            ("list, 100 stories", ["list", "--json"], 25),
            ("add, all flags", list(ADD), 20),
        ):
            spent = cpu([*call, *words], small, 5)
            print(f"{name:<26} {spent:6.3f} s  {spent / bare:5.1f} times (aim: {aim})")
        print(
            f"{'import 10,000 stories':<26} {cpu([*call, 'import', 'reviews.csv'], large):6.2f} s  (aim: 10)"
        )
        shutil.rmtree(large / ".servicestory", ignore_errors=True)
        print(f"{'read them back, cold':<26} {cpu([*call, 'list', '--json'], large):6.2f} s  (aim: 3)")
        print(f"{'again, nothing changed':<26} {cpu([*call, 'list', '--json'], large, 3):6.2f} s  (aim: 0.5)")


if __name__ == "__main__":
    main()
