"""The bare grouping step on labelled short texts: TF-IDF, neighbours, communities, refinement; no reading, no codebook.

Run ``python -m tests.bench.bench_detect_grouping texts.csv …``: any table with the columns ``text`` and
``category``. Without files it looks for the folder ``bench`` in SERVICESTORY_DATA, else in ``../shared``.
"""

import argparse
import csv
import time
from itertools import pairwise
from pathlib import Path

from scipy import sparse
from sklearn.cluster import KMeans
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score
from sklearn.preprocessing import normalize

from servicestory.detect.discover import assign, communities, middles
from servicestory.detect.features import Floats, Ints
from servicestory.detect.words import root, tokens, word_set
from servicestory.text import plural
from tests.bench.bench_detect import SHARED

DIMENSIONS, NEIGHBOURS, RESOLUTION, ROUNDS = 450, 13, 6.0, 4

# words of a question that say nothing about it; "not", "how" and "where" do
SMALL = word_set(
    """a an the to of is are was i i'm my me you your it in on for and do does did can could would please be
    that this with at have has if so"""
)


def analyse(text: str) -> list[str]:
    """The roots of the words of a text, and their pairs."""
    words = [root(t.lower()) for t in tokens(text) if t[0].isalnum()]
    return [w for w in words if w not in SMALL] + [f"{a} {b}" for a, b in pairwise(words)]


def vectors(texts: list[str]) -> Floats:
    """TF-IDF of words, pairs and parts of words on 450 axes at most, rows of length 1 (Deerwester et al. 1990)."""
    words = TfidfVectorizer(analyzer=analyse, min_df=2, sublinear_tf=True)
    parts = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), min_df=3, sublinear_tf=True)
    both = sparse.hstack([words.fit_transform(texts), 0.7 * parts.fit_transform(texts)])
    axes = min(DIMENSIONS, *(size - 1 for size in both.shape))
    flat: Floats = normalize(TruncatedSVD(axes, random_state=0).fit_transform(both.tocsr()))
    return flat


def group(flat: Floats) -> Ints:
    """Communities, then each text to the nearest middle, a few times over."""
    label = communities(flat, RESOLUTION, 0, NEIGHBOURS)
    for _ in range(ROUNDS):
        centres = middles(flat, label, 2, alike=-1.0)
        if not len(centres):  # so few texts that each stands alone
            break
        label = assign(flat, centres)[0]
    return label


def labelled(file: Path) -> tuple[list[str], list[str]]:
    """The texts of a table and the group each belongs to; rows without a text are left out.

    Raises:
        OSError: it cannot be opened.
        ValueError: a column is missing, or there is too little to group.
    """
    with file.open(encoding="utf-8-sig", newline="") as lines:
        table = csv.DictReader(lines)
        missing = {"text", "category"} - set(table.fieldnames or ())
        if missing:
            raise ValueError(f"row 1 names no column {' and no column '.join(sorted(missing))}")
        rows = [row for row in table if (row["text"] or "").strip()]
    if (different := len({row["text"] for row in rows})) <= NEIGHBOURS:
        raise ValueError(f"it has {plural(different, 'different text')}, and it takes more than {NEIGHBOURS}")
    return [row["text"] for row in rows], [row["category"] for row in rows]


def main() -> None:
    """One line per file and method."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="*")
    given = parser.parse_args()
    files = given.files or sorted((SHARED / "bench").glob("*.csv"))
    if not files:
        print(f"There is nothing to group: no file was named, and {SHARED / 'bench'} holds none.")
        return
    print("| texts | method | groups | NMI | ARI | s |")
    print("|---|---|---:|---:|---:|---:|")
    for file in files:
        try:
            texts, truth = labelled(file)
            flat = vectors(texts)
        except OSError as error:
            print(f"{file} cannot be read: {error.strerror}. Name a table that is there.")
            continue
        except ValueError as error:
            said = str(error).rstrip(".")
            print(f"{file} cannot be grouped: {said}.")
            continue
        means = KMeans(len(set(truth)), n_init=1, random_state=0)
        for name, method in (("ours", group), ("k-means, true number told", means.fit_predict)):
            start = time.process_time()
            label = method(flat)
            print(
                f"| {file.stem} | {name} | {len(set(label.tolist()))} "
                f"| {normalized_mutual_info_score(truth, label):.3f} | {adjusted_rand_score(truth, label):.3f} "
                f"| {time.process_time() - start:.1f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
