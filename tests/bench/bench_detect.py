"""How well and how fast `detect` works, beside plain clusterings: the tables of docs/benchmarks.md.

Run ``python -m tests.bench.bench_detect`` (labelled stories), ``--scale stories.csv.gz --column text`` (time and
memory). The labelled stories are not part of the project: they are looked for in the folder named by the
environment variable SERVICESTORY_DATA, else in ``../shared``; without them there is nothing to measure.
"""

import argparse
import csv
import gzip
import importlib.util
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from ruamel.yaml import YAML
from sklearn.cluster import KMeans
from sklearn.feature_extraction.text import TfidfVectorizer

from servicestory.detect.codebook import starter
from servicestory.detect.pipeline import detect, to_json
from servicestory.detect.sentences import split
from servicestory.models.codebook import CodebookEntry
from servicestory.models.story import Story

SHARED = Path(os.environ.get("SERVICESTORY_DATA") or Path(__file__).parents[3] / "shared")
FIGURES = ("behaviour_f1", "ami", "b3_f1", "purity", "generic")
Result = dict[str, Any]


def scorer() -> ModuleType:
    """The scorer that lies beside the labelled stories."""
    spec = importlib.util.spec_from_file_location("score", SHARED / "gold" / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read(path: Path, column: str, record: str | None, limit: int | None = None) -> list[Story]:
    """The rows of a table as stories."""
    csv.field_size_limit(10**9)
    opener: Callable[..., Any] = gzip.open if path.suffix == ".gz" else open
    stories = []
    with opener(path, "rt", encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file)):
            if row[column].strip() and (limit is None or number < limit):
                source = {"record": row[record] if record else str(number)}
                stories.append(
                    Story.model_validate(
                        {"id": f"s-{number:07d}", "narrative": row[column], "source": source}
                    )
                )
    return stories


def ours(codebook: list[CodebookEntry]) -> Callable[[list[Story]], Result]:
    """Detection with a codebook, or alone when it is empty."""
    return lambda stories: to_json(detect(stories, [], codebook), {})


def kmeans(stories: list[Story]) -> Result:
    """Every sentence a behaviour, TF-IDF and 150 means: the plainest clustering there is."""
    rows = [(s, a, b) for s in stories for a, b in split(s.narrative)]
    texts = [s.narrative[a:b] for s, a, b in rows]
    vectors = TfidfVectorizer(sublinear_tf=True, stop_words="english", min_df=2).fit_transform(texts)
    label = KMeans(min(150, len(texts)), n_init=1, random_state=0).fit_predict(vectors)
    practices: dict[int, list[Result]] = {}
    for (s, a, b), text, group in zip(rows, texts, label.tolist(), strict=True):
        place = {"story": s.id, "record": s.record, "start": a, "end": b, "text": text}
        practices.setdefault(group, []).append(place)
    return {"practices": [{"id": str(g), "behaviours": p} for g, p in sorted(practices.items())]}


def compare() -> None:
    """One line per method: the scorer's figures, seconds, and seconds against detection with the codebook."""
    score = scorer()
    gold = score.load_gold(SHARED / "gold" / "gold.jsonl")
    stories = read(SHARED / "gold" / "stories.csv", "text", "record")
    entries = [CodebookEntry.model_validate(d) for d in YAML(typ="safe").load_all(starter())]
    methods = {"with the codebook": ours(entries), "discovery alone": ours([]), "TF-IDF, 150 means": kmeans}
    print("| method | practices | " + " | ".join(FIGURES) + " | CPU s | ratio |")
    print("|---|---:|" + "---:|" * (len(FIGURES) + 2))
    first = 0.0
    for name, method in methods.items():
        start = time.process_time()
        found = method(stories)
        spent = time.process_time() - start
        first = first or spent
        figures = score.score(gold, found)
        cells = " | ".join(f"{figures[f]:.3f}" for f in FIGURES)
        print(
            f"| {name} | {figures['practices']} | {cells} | {spent:.1f} | {spent / first:.1f} |", flush=True
        )
    print(f"\n{len(stories)} stories, peak memory of all together {memory()} MB")


def scale(path: Path, column: str, limit: int | None) -> None:
    """Time and memory on many stories."""
    stories = read(path, column, None, limit)
    entries = [CodebookEntry.model_validate(d) for d in YAML(typ="safe").load_all(starter())]
    before, cpu, wall = memory(), time.process_time(), time.perf_counter()
    found = detect(stories, [], entries)
    print(
        f"{len(stories)} stories, {len(found.behaviours)} behaviours, {len(found.practices)} practices: "
        f"{time.process_time() - cpu:.1f} s of CPU, {time.perf_counter() - wall:.1f} s, "
        f"peak {memory()} MB ({before} MB before)"
    )


def memory() -> int:
    """Peak memory of this process, in megabytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // (1024 * 1024 if sys.platform == "darwin" else 1024)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=Path)
    parser.add_argument("--column", default="text")
    parser.add_argument("--rows", type=int)
    given = parser.parse_args()
    if given.scale:
        scale(given.scale, given.column, given.rows)
    elif (SHARED / "gold" / "gold.jsonl").exists():
        compare()
    else:
        print(
            f"There are no labelled stories in {SHARED}; set SERVICESTORY_DATA to the folder that has them."
        )


if __name__ == "__main__":
    main()
