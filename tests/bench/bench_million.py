"""What `import` and `detect` cost on very many stories, and on a hundred more: time and peak memory of each call.

Run ``python -m tests.bench.bench_million reviews.csv.gz --column text [--stories 1000000]``. The stories are made of the
reviews: sentences of three different ones are put together, and one word in eight is replaced by a word that stands
elsewhere in its place, so that few are copies. A million takes long (and 6 GB of disk), so `make bench` leaves it out.
"""

import argparse
import csv
import gzip
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from servicestory.detect.sentences import split

SWAPPED = 8


def varied(texts: list[str], stories: int, seed: int = 1) -> list[str]:
    """New stories out of the sentences of given ones, each with some of its words replaced."""
    rng = random.Random(seed)
    told = [[text[a:b] for a, b in split(text)] for text in texts]
    told = [sentences for sentences in told if sentences]
    follows: dict[str, list[str]] = {}  # word before -> words that follow it
    for sentences in told[:5_000]:
        for words in map(str.split, sentences):
            for before, word in pairwise(words):
                follows.setdefault(before, []).append(word)
    made = []
    for _ in range(stories):
        parts = []
        sources = [rng.choice(told) for _ in range(3)]
        for n in range(len(sources[0])):
            words = rng.choice(sources[n % 3]).split()
            for at in range(1, len(words)):
                if rng.random() * SWAPPED < 1 and words[at - 1] in follows:
                    words[at] = rng.choice(follows[words[at - 1]])
            parts.append(" ".join(words))
        made.append(" ".join(parts))
    return made


def table(path: Path, texts: list[str], first: int, seed: int) -> None:
    """The stories as an export: with a month, a site and somebody's name."""
    rng = random.Random(seed)
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["id", "date", "site", "staff", "review"])
        for n, text in enumerate(texts, first):
            day = f"{rng.randint(2021, 2025)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
            out.writerow([f"r{n}", day, f"Site {rng.randint(1, 60)}", f"Person {rng.randint(1, 900)}", text])


def call(name: str, root: Path, *arguments: str) -> None:
    """Run the command and print its time, its processor time and the most memory it held at a time.

    The memory is that of all its processes together, looked at five times a second.
    """
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    run = subprocess.Popen(
        [sys.executable, "-m", "servicestory", *arguments], cwd=root, stdout=subprocess.DEVNULL,
        env={**os.environ, "SERVICESTORY_TODAY": "2026-01-05"},
    )  # fmt: skip
    peak = 0
    while run.poll() is None:
        peak = max(peak, resident(run.pid))
        time.sleep(0.2)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    spent = time.perf_counter() - start
    print(f"| {name} | {spent:.0f} | {cpu:.0f} | {peak} |", flush=True)
    if run.returncode:
        sys.exit(f"servicestory {' '.join(arguments)} ended with {run.returncode}")


def resident(pid: int) -> int:
    """Megabytes that a process and those it started hold (Linux; elsewhere 0)."""
    total = 0
    for one in (pid, *_children(pid)):
        try:
            text = Path(f"/proc/{one}/statm").read_text(encoding="ascii")
        except OSError:
            continue
        total += int(text.split()[1]) * resource.getpagesize() // 1_000_000
    return total


def _children(pid: int) -> list[int]:
    found = []
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(child) for child in file.read_text(encoding="ascii").split()]
        except OSError:
            continue
    return found + [below for child in found for below in _children(child)]


def main() -> None:
    """Print one line per call."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reviews", type=Path)
    parser.add_argument("--column", default="text")
    parser.add_argument("--stories", type=int, default=1_000_000)
    given = parser.parse_args()
    csv.field_size_limit(10**9)
    with gzip.open(given.reviews, "rt", encoding="utf-8", newline="") as file:
        texts = [row[given.column] for row in csv.DictReader(file) if row[given.column].strip()]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        table(root / "reviews.csv", varied(texts, given.stories), 0, 1)
        table(root / "more.csv", varied(texts, 100, 2), given.stories, 2)
        del texts
        print(
            f"{given.stories:,} stories, {(root / 'reviews.csv').stat().st_size // 1_000_000} MB as a table\n"
        )
        print("| call | s | CPU s | peak MB |\n|---|---:|---:|---:|")
        subprocess.run(
            [sys.executable, "-m", "servicestory", "init", "."],
            cwd=root,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        call("import", root, "import", "reviews.csv")
        call("detect, the first time", root, "detect")
        call("import 100 more", root, "import", "more.csv")
        call("detect again", root, "detect")
        call("practices", root, "practices")
        files = sorted((root / "practices").glob("P-*.yaml"))
        print(f"\n{len(files)} practices, the largest file {max(f.stat().st_size for f in files) // 1000} kB")


if __name__ == "__main__":
    main()
