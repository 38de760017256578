"""How well and how fast `detect` works, beside plain clusterings: the tables of docs/benchmarks.md.

Run ``python -m tests.bench.bench_detect`` (labelled stories), ``--scale stories.csv.gz --column text`` (time and
memory). The labelled stories are not part of the project: they are looked for in the folder named by the
environment variable SERVICESTORY_DATA, else in ``../shared``; without them there is nothing to measure.
"""

import argparse
import csv
import gzip
import importlib.util
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from ruamel.yaml import YAML
from sklearn.cluster import HDBSCAN, KMeans
from sklearn.decomposition import NMF, TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from servicestory import processes
from servicestory.detect.codebook import starter
from servicestory.detect.embedder import load
from servicestory.detect.pipeline import Config, detect, to_json
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


def _sentences(stories: list[Story]) -> tuple[list[tuple[Story, int, int]], list[str]]:
    rows = [(s, a, b) for s in stories for a, b in split(s.narrative)]
    return rows, [s.narrative[a:b] for s, a, b in rows]


def _grouped(rows: list[tuple[Story, int, int]], label: list[int]) -> Result:
    practices: dict[int, list[Result]] = {}
    for (s, a, b), group in zip(rows, label, strict=True):
        if group >= 0:
            place = {"story": s.id, "record": s.record, "start": a, "end": b, "text": s.narrative[a:b]}
            practices.setdefault(group, []).append(place)
    return {"practices": [{"id": str(g), "behaviours": p} for g, p in sorted(practices.items())]}


def _tfidf(texts: list[str]) -> Any:
    return TfidfVectorizer(sublinear_tf=True, stop_words="english", min_df=2).fit_transform(texts)


def kmeans(stories: list[Story]) -> Result:
    """Every sentence a behaviour, TF-IDF and 150 means: the plainest clustering there is."""
    rows, texts = _sentences(stories)
    label = KMeans(min(150, len(texts)), n_init=1, random_state=0).fit_predict(_tfidf(texts))
    return _grouped(rows, label.tolist())


def nmf(stories: list[Story]) -> Result:
    """TF-IDF and 60 topics by non-negative factors (Lee & Seung 1999), each sentence to its strongest."""
    rows, texts = _sentences(stories)
    weight = NMF(60, init="nndsvd", max_iter=100).fit_transform(_tfidf(texts))
    return _grouped(rows, np.where(weight.max(axis=1) > 0, weight.argmax(axis=1), -1).tolist())


def density(stories: list[Story]) -> Result:
    """TF-IDF on 20 axes and HDBSCAN (Campello et al. 2013); sentences in no dense place are left out."""
    rows, texts = _sentences(stories)
    flat = normalize(TruncatedSVD(20, random_state=0).fit_transform(_tfidf(texts)))
    return _grouped(rows, HDBSCAN(min_cluster_size=20, copy=True).fit_predict(flat).tolist())


def bertopic(stories: list[Story]) -> Result:
    """BERTopic on sentences, with its own model or the one in the folder SERVICESTORY_EMBEDDER."""
    from bertopic import BERTopic
    from umap import UMAP

    rows, texts = _sentences(stories)
    model = BERTopic(
        embedding_model=os.environ.get("SERVICESTORY_EMBEDDER", "all-MiniLM-L6-v2"),
        umap_model=UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=0),
    )
    return _grouped(rows, model.fit_transform(texts)[0])


def _embedded(stories: list[Story]) -> Result:
    model = load(os.environ["SERVICESTORY_EMBEDDER"])
    return to_json(detect(stories, [], [], Config(embedder=model)), {})


def methods() -> dict[str, Callable[[list[Story]], Result]]:
    """What is compared, ours first."""
    found: dict[str, Callable[[list[Story]], Result]] = {
        "with the codebook": ours(codebook()),
        "discovery alone": ours([]),
    }
    if os.environ.get("SERVICESTORY_EMBEDDER"):
        found["discovery alone, --embedder"] = _embedded
    found |= {"TF-IDF, 150 means": kmeans, "TF-IDF, 60 factors": nmf, "TF-IDF, HDBSCAN": density}
    if importlib.util.find_spec("bertopic"):
        found["BERTopic"] = bertopic
    return found


def codebook() -> list[CodebookEntry]:
    """The starter codebook."""
    return [CodebookEntry.model_validate(d) for d in YAML(typ="safe").load_all(starter())]


def measure(name: str) -> None:
    """One method in a process of its own: the scorer's figures, seconds of CPU, peak memory, as JSON."""
    score = scorer()
    gold = score.load_gold(SHARED / "gold" / "gold.jsonl")
    stories = read(SHARED / "gold" / "stories.csv", "text", "record")
    start = seconds()
    found = methods()[name](stories)
    processes.stop()  # what they used is counted when they have ended
    spent = seconds() - start
    figures = score.score(gold, found)
    print(json.dumps({**{f: figures[f] for f in (*FIGURES, "practices")}, "s": spent, "mb": memory()}))


def compare() -> None:
    """One line per method: figures, seconds and memory, also as a multiple of detection with the codebook."""
    print("| method | practices | " + " | ".join(FIGURES) + " | CPU s | ratio | peak MB | ratio |")
    print("|---|---:|" + "---:|" * (len(FIGURES) + 4))
    first: Result = {}
    for name in methods():
        call = [sys.executable, "-m", "tests.bench.bench_detect", "--method", name]
        run = subprocess.run(call, capture_output=True, text=True, cwd=Path(__file__).parents[2])
        if run.returncode:
            print(f"| {name} | failed: {run.stderr.strip().splitlines()[-1:]} |")
            continue
        got = json.loads(run.stdout.strip().splitlines()[-1])
        first = first or got
        cells = " | ".join(f"{got[f]:.3f}" for f in FIGURES)
        print(
            f"| {name} | {got['practices']} | {cells} | {got['s']:.1f} | {got['s'] / first['s']:.1f} "
            f"| {got['mb']} | {got['mb'] / first['mb']:.1f} |",
            flush=True,
        )
    if not importlib.util.find_spec("bertopic"):
        print("\nBERTopic is not installed; with it (pip install bertopic) it is compared as well.")
    if not os.environ.get("SERVICESTORY_EMBEDDER"):
        print("\nSERVICESTORY_EMBEDDER=FOLDER compares detection with the vectors of that model as well.")


def doubts() -> None:
    """How well the mark of a doubtful place tells the right ones from the wrong, per level of the score."""
    score = scorer()
    gold = score.load_gold(SHARED / "gold" / "gold.jsonl")
    entries = codebook()
    stories = read(SHARED / "gold" / "stories.csv", "text", "record")
    found = detect(stories, [], entries)
    record = {story.id: story.source.record for story in stories if story.source}
    keys = {entry.name: entry.key for entry in entries}
    judged = []
    for practice in found.practices:
        for at, sure in zip(practice.evidence, practice.scores, strict=True):
            one = found.behaviours[at]
            for sentence in gold.get(record[one.story], {"sentences": ()})["sentences"]:
                overlap = min(one.end, sentence["end"]) - max(one.start, sentence["start"])
                least = 0.5 * min(one.end - one.start, sentence["end"] - sentence["start"])
                if practice.name in keys and sentence["practice"] is not None and overlap >= least:
                    judged.append((round(sure, 2), keys[practice.name] in sentence["labels"]))
    print("| marked below | places marked | right among them | right among the others | wrong ones marked |")
    print("|---|---:|---:|---:|---:|")
    for level in (0.35, 0.4, 0.45, 0.5):
        marked = [right for sure, right in judged if sure < level]
        others = [right for sure, right in judged if sure >= level]
        wrong = len(judged) - sum(marked) - sum(others)
        print(
            f"| {level:.2f} | {len(marked)} of {len(judged)} | {sum(marked) / max(len(marked), 1):.2f} "
            f"| {sum(others) / max(len(others), 1):.2f} | {len(marked) - sum(marked)} of {wrong} |"
        )


def scale(path: Path, column: str, limit: int | None) -> None:
    """Time and memory on many stories."""
    stories = read(path, column, None, limit)
    entries = codebook()
    before, cpu, wall = memory(), seconds(), time.perf_counter()
    found = detect(stories, [], entries)
    took = time.perf_counter() - wall
    processes.stop()
    print(
        f"{len(stories)} stories, {len(found.behaviours)} behaviours, {len(found.practices)} practices: "
        f"{seconds() - cpu:.1f} s of CPU in all processes, {took:.1f} s, "
        f"peak {memory()} MB ({before} MB before) and {memory(resource.RUSAGE_CHILDREN)} MB in each other process"
    )
    cpu, wall = seconds(), time.perf_counter()
    more = [
        s.model_copy(update={"id": f"n{s.id}", "narrative": f"{s.narrative} So it was."})
        for s in stories[:100]
    ]
    detect([*stories, *more], [], entries, known=found.readings)
    print(f"with 100 stories more: {seconds() - cpu:.1f} s of CPU, {time.perf_counter() - wall:.1f} s")


def memory(whose: int = resource.RUSAGE_SELF) -> int:
    """Peak memory of this process (or of the largest that it started), in megabytes."""
    peak = resource.getrusage(whose).ru_maxrss
    return peak // (1024 * 1024 if sys.platform == "darwin" else 1024)


def seconds() -> float:
    """CPU seconds of this process and of those it started that have ended."""
    both = [resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in both)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=Path)
    parser.add_argument("--column", default="text")
    parser.add_argument("--rows", type=int)
    parser.add_argument("--doubts", action="store_true")
    parser.add_argument("--method", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.scale:
        scale(given.scale, given.column, given.rows)
    elif given.method:
        measure(given.method)
    elif (SHARED / "gold" / "gold.jsonl").exists():
        doubts() if given.doubts else compare()
    else:
        print(
            f"There are no labelled stories in {SHARED}; set SERVICESTORY_DATA to the folder that has them."
        )


if __name__ == "__main__":
    main()
