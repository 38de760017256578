#!/usr/bin/env python3
"""Learn the weights of src/servicestory/detect/weights.npz from labelled sentences (docs/model-card.md).

Usage: python tools/learn_weights.py --labels train.jsonl --texts reviews.csv more.csv.gz
       [--leave-out gold.jsonl] [--taught taught.npz] [--out src/servicestory/detect/weights.npz]

labels     JSON lines: sentence, source, practice (true/false), labels (when a practice), kind (when none).
texts      tables of reviews: most hold no labels and teach which words are used alike and which are names;
           the sentences of them that more_labels.csv knows are labelled.
leave-out  JSON lines (or a table) with a `text`: kept for testing; dropped from what is learned from.
taught     what tools/teach.py wrote: sentences read by a larger reader.

A quarter of `labels` is not learned from (`kept_out`): the figures printed at the end, and all thresholds,
come from it.
"""

import argparse
import collections
import csv
import gzip
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import own_sentences
import snowballstemmer
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize
from sklearn.metrics import average_precision_score
from threadpoolctl import threadpool_limits

from servicestory.detect import features, reading, sentences, weights
from servicestory.detect.words import MASKS, STOP, Words, number, tokens

HERE = Path(__file__).resolve().parent
DIMENSIONS, WINDOW, LEAST_SEEN = 200, 3, 8
LEAST_TEXTS = 4  # an n-gram in fewer labelled sentences is not kept: none can be put together again
LEAST_TAUGHT = 25  # nor one seen in fewer sentences altogether when these few are not labelled ones
OWN = 0.3  # how much a deed of our own writing counts: reviews hold fewer deeds than we wrote
MORE = Path(__file__).with_name("more_labels.csv")
SCALE = (1.0, 1.0, 1.0)  # words and pairs, parts of words, meaning
STRENGTH = 0.3  # of the penalty on large weights
SOFT = (1.0, 0.5, 0.33)  # weight of the first, second and third label of a sentence


def read_labels(path: Path) -> list[dict[str, Any]]:
    """The labelled sentences, in the order of the file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def read_texts(paths: Iterable[Path], left_out: set[str]) -> list[str]:
    """The longest cell (or `positive`) of each row of each table, without the texts left out."""
    csv.field_size_limit(10**9)
    texts = []
    for path in sorted(paths):
        opener: Callable[..., Any] = gzip.open if path.suffix == ".gz" else open
        with opener(path, "rt", encoding="utf-8", errors="replace", newline="") as file:
            for row in csv.DictReader(file):
                cells = [v for v in row.values() if isinstance(v, str)]
                text = " ".join((row.get("positive") or max(cells, key=len, default="")).split())
                if len(text) >= 15 and text[:80] not in left_out:
                    texts.append(text)
    return texts


def read_left_out(path: Path | None) -> set[str]:
    """The beginnings of the texts of a JSON lines file or a table, by which :func:`read_texts` drops them."""
    if path is None:
        return set()
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines) if path.suffix == ".csv" else map(json.loads, lines)
        return {" ".join(row["text"].split())[:80] for row in rows}


def more_labels(texts: Iterable[str]) -> list[dict[str, Any]]:
    """The sentences and clauses of ``texts`` that more_labels.csv knows by their fingerprints, as rows."""
    with MORE.open(encoding="utf-8", newline="") as file:
        known = {row["sentence"]: row["labels"].split() for row in csv.DictReader(file)}
    rows = []
    for text in texts:
        for start, end in sentences.split(text):
            for one in (text[start:end], *sentences.clauses(text[start:end])):
                said = known.pop(fingerprint(one), None)
                if said:
                    practice = said[0] not in weights.NO_PRACTICE
                    rows.append(
                        {
                            "source": "more",
                            "before": "",
                            "sentence": one,
                            "after": "",
                            "practice": practice,
                            "labels": said if practice else [],
                            "kind": None if practice else said[0],
                        }
                    )
    return rows


def fingerprint(sentence: str) -> str:
    """By which more_labels.csv knows a sentence without holding it."""
    return blake2b(" ".join(sentence.lower().split()).encode(), digest_size=6).hexdigest()


def kept_out(labelled: Sequence[dict[str, Any]]) -> NDArray[np.bool_]:
    """Every fourth of the labelled sentences, at random: never learned from, for choosing thresholds on."""
    return np.asarray(np.random.default_rng(0).permutation(np.arange(len(labelled)) % 4) == 0)


def learned_from(
    labels: Path, tables: Iterable[Path], leave_out: Path | None, once: bool
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[str]]:
    """The labelled rows to learn from, those kept out, and the texts; ``once`` as for the command."""
    labelled = read_labels(labels)
    texts = read_texts(tables, read_left_out(leave_out))
    out = kept_out(labelled)
    rows = [r for r, kept in zip(labelled, out, strict=True) if not kept]
    return (
        rows + more_labels(texts) + own_sentences.sentences(once),
        [r for r, kept in zip(labelled, out, strict=True) if kept],
        texts,
    )


def read_taught(path: Path, classes: Sequence[str]) -> tuple[list[str], NDArray[np.float64]]:
    """Sentences and their probabilities, (sentences, classes), as tools/teach.py wrote them."""
    with np.load(path, allow_pickle=False) as z:
        if bytes(z["classes"]).decode().split("\n") != list(classes):
            raise SystemExit(f"{path}: taught other classes; run tools/teach.py again")
        return bytes(z["sentences"]).decode().split("\n"), z["probabilities"].astype(np.float64)


def classes_of(rows: Sequence[dict[str, Any]]) -> tuple[str, ...]:
    """The practices that occur, by name, then the reasons for none."""
    return (*sorted({label for r in rows for label in r["labels"]}), *weights.NO_PRACTICE)


def ordinary_words(texts: Iterable[str]) -> set[str]:
    """Words that are seldom capitalised inside a sentence: everything else may be a name and is masked."""
    lower: collections.Counter[str] = collections.Counter()
    capital: collections.Counter[str] = collections.Counter()
    for text in texts:
        previous = "."
        for token in tokens(text):
            if token.islower():
                lower[token] += 1
            elif token[0].isupper() and token[1:].islower() and previous.islower():
                capital[token.lower()] += 1
            previous = token
    pronouns = {"i", "i'm", "i've", "i'd", "i'll"}
    return pronouns | {w for w, n in lower.items() if n >= 3 and n > 1.5 * capital[w]}


def word_vectors(words: Words, labelled: int) -> tuple[list[str], NDArray[np.float64], NDArray[np.float64]]:
    """Words used alike get vectors alike, of length 1; with each word's rarity weight.

    Positive pointwise mutual information with the words to the left and to the right, factorised (Levy &
    Goldberg 2014). The last ``labelled`` texts hold the labelled sentences.
    """
    from sklearn.utils.extmath import randomized_svd

    counts = np.bincount(words.ids, minlength=len(words.table))
    last = words.ids[words.ptr[len(words) - labelled] :]
    often = np.bincount(last, minlength=len(words.table)) >= LEAST_TEXTS
    kept = np.array(sorted(np.flatnonzero((counts >= LEAST_SEEN) | often), key=lambda i: words.table[i]))
    place = np.full(len(words.table), -1)
    place[kept] = np.arange(len(kept))
    flat, rows, n = place[words.ids], words.rows, len(kept)
    near = sparse.csr_matrix((n, 2 * n))
    for step in range(1, WINDOW + 1):
        left, right = flat[:-step], flat[step:]
        good = (left >= 0) & (right >= 0) & (rows[:-step] == rows[step:])
        share = np.full(good.sum(), 1 / step)
        near = near + sparse.csr_matrix((share, (left[good], right[good] + n)), shape=near.shape)
        near = near + sparse.csr_matrix((share, (right[good], left[good])), shape=near.shape)
    coo = near.tocoo()
    by_row, by_column = np.asarray(near.sum(axis=1)).ravel(), np.asarray(near.sum(axis=0)).ravel() ** 0.75
    value = np.log(coo.data * by_column.sum() / (by_row[coo.row] * by_column[coo.col]))
    good = value > 0
    ppmi = sparse.csr_matrix((value[good], (coo.row[good], coo.col[good])), shape=near.shape)
    u, s, _ = randomized_svd(ppmi, DIMENSIONS, n_iter=4, random_state=0)
    vectors = u * np.sqrt(s)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    share = counts[kept] / counts.sum()
    return [words.table[i] for i in kept], vectors, 1e-3 / (1e-3 + share)


def vocabulary(
    words: Words, known: list[str], vectors: NDArray[np.float64], rarity: NDArray[np.float64], labelled: int
) -> features.Vocabulary:
    """Stems, pairs, parts found in LEAST_TEXTS of the first ``labelled`` sentences or LEAST_TAUGHT of all."""
    stemmer = snowballstemmer.stemmer("english")
    root = {w: w if w in MASKS or not w.isascii() else str(stemmer.stemWord(w)) for w in known}
    roots = [root.get(w) for w in words.table]
    parts_in = [features.parts_of(w) if w in root else [] for w in words.table]
    count = len(words)
    found, in_parts = (_Seen() for _ in range(2))
    for i in range(count):
        here = set(words.ids[words.ptr[i] : words.ptr[i + 1]].tolist())
        found.add({r for j in here if (r := roots[j]) is not None}, i < labelled)
        in_parts.add({p for j in here for p in parts_in[j]}, i < labelled)
    stems = {w: i for i, w in enumerate(found.kept())}
    parts = {p: i for i, p in enumerate(in_parts.kept())}
    ids = np.array([stems.get(r or "", -1) for r in roots], np.int64)
    rows, codes = features.pair_codes(words, ids, len(stems))
    once = np.unique(np.stack([codes, rows], axis=1), axis=0)
    pairs, inverse, times = np.unique(once[:, 0], return_inverse=True, return_counts=True)
    in_labelled = np.bincount(inverse[once[:, 1] < labelled], minlength=len(pairs))
    good = (in_labelled >= LEAST_TEXTS) | (times >= LEAST_TAUGHT)
    return features.Vocabulary(
        tuple(stems),
        pairs[good],
        parts,
        {w: i for i, w in enumerate(known)},
        np.array([stems.get(root[w], -1) for w in known], np.int64),
        features.rarity([found.all[w] for w in stems], count),
        features.rarity(times[good], count),
        features.rarity([in_parts.all[p] for p in parts], count),
        vectors * rarity[:, None],
    )


class _Seen:
    """In how many sentences each thing was seen, and in how many labelled ones."""

    def __init__(self) -> None:
        self.all: collections.Counter[str] = collections.Counter()
        self.labelled: collections.Counter[str] = collections.Counter()

    def add(self, things: set[str], labelled: bool) -> None:
        self.all.update(things)
        if labelled:
            self.labelled.update(things)

    def kept(self) -> list[str]:
        enough = (w for w, n in self.all.items() if n >= LEAST_TAUGHT or self.labelled[w] >= LEAST_TEXTS)
        return sorted(enough)


def targets(rows: Sequence[dict[str, Any]], classes: Sequence[str]) -> NDArray[np.float64]:
    """(sentences, classes): the label of a sentence, or its labels with falling weight; rows add up to 1."""
    at = {c: i for i, c in enumerate(classes)}
    y: NDArray[np.float64] = np.zeros((len(rows), len(classes)))
    for i, row in enumerate(rows):
        labels = row["labels"] if row["practice"] else [row["kind"]]
        for label, share in zip(labels, SOFT, strict=False):
            y[i, at[label]] = share
    y /= y.sum(axis=1, keepdims=True)
    return y


def fit(
    x: Any,
    y: NDArray[np.float64],
    strength: float,
    steps: int = 120,
    share: Any = None,
) -> tuple[Any, Any]:
    """Multinomial logistic regression with soft targets by L-BFGS; returns weights (d, k) and bias (k,).

    Args:
        share: (sentences,) how much each counts; all count 1 when it is not given.
    """
    (_, d), k = x.shape, y.shape[1]
    x = x.tocsr().astype(np.float32)
    xt = x.T.tocsr()
    each = np.ones((len(y), 1), np.float32) if share is None else share[:, None].astype(np.float32)
    wanted = y.astype(np.float32)

    def loss(v: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        w = v[: d * k].reshape(d, k)
        z = x @ w.astype(np.float32) + v[d * k :].astype(np.float32)
        z -= z.max(axis=1, keepdims=True)
        p = np.exp(z)
        total = p.sum(axis=1, keepdims=True)
        p /= total
        value = -(each * wanted * (z - np.log(total))).sum(dtype=np.float64) + strength / 2 * (w**2).sum()
        error = each * (p - wanted)
        slope = (xt @ error) + strength * w
        return float(value), np.concatenate([slope.ravel(), error.sum(axis=0, dtype=np.float64)])

    best: NDArray[np.float64] = minimize(
        loss, np.zeros(d * k + k), jac=True, method="L-BFGS-B", options={"maxiter": steps}
    ).x
    return best[: d * k].reshape(d, k), best[d * k :]


def stacked(blocks: features.Blocks) -> Any:
    """The blocks side by side, times their scale."""
    a, b, c = SCALE
    return sparse.hstack([a * blocks.words, b * blocks.parts, c * sparse.csr_matrix(blocks.meaning)]).tocsr()


def made(v: features.Vocabulary, classes: Sequence[str], w: Any, bias: Any) -> weights.Weights:
    """The weights of one fit, block by block."""
    a, b = len(v.stems) + len(v.pairs), len(v.parts)
    words, parts = w[:a].astype(np.float32), w[a : a + b].astype(np.float32)
    return weights.Weights(tuple(classes), v, words, parts, w[a + b :], bias, SCALE)


def figures(found: NDArray[Any], rows: Sequence[dict[str, Any]], classes: Sequence[str]) -> dict[str, float]:
    """How well probabilities (rows, classes) fit labelled rows: practices found, the right first label."""
    n = sum(c not in weights.NO_PRACTICE for c in classes)
    truth = np.array([bool(r["practice"]) for r in rows])
    score = found[:, :n].sum(axis=1)
    best = max((f1(truth, score >= t), t) for t in np.arange(0.1, 0.7, 0.01))
    first = [r["labels"][0] if r["practice"] else "" for r in rows]
    right = np.mean([classes[int(found[i, :n].argmax())] == first[i] for i in np.flatnonzero(truth)])
    said = {
        "behaviour F1": best[0],
        "at": best[1],
        "average precision": average_precision_score(truth, score),
        "first label": right,
    }
    return {name: round(float(value), 3) for name, value in said.items()}


def f1(truth: NDArray[np.bool_], found: NDArray[np.bool_]) -> float:
    """Harmonic mean of precision and recall."""
    return float(2 * (truth & found).sum() / max(truth.sum() + found.sum(), 1))


def arguments(about: str | None) -> argparse.ArgumentParser:
    """What every tool that learns is told: which sentences are labelled, and the texts around them."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--labels", type=Path, required=True)
    parser.add_argument("--texts", type=Path, nargs="*", default=[])
    parser.add_argument("--leave-out", type=Path)
    parser.add_argument("--once", action="store_true", help="tell each of our own acts of one person only")
    return parser


def main() -> None:
    """Learn and write the weights, and say how well they do on what was kept out."""
    parser = arguments(__doc__)
    parser.add_argument("--taught", type=Path)
    parser.add_argument("--out", type=Path, default=HERE.parent / "src/servicestory/detect" / weights.FILE)
    args = parser.parse_args()
    rows, aside, texts = learned_from(args.labels, args.texts, args.leave_out, args.once)
    classes = classes_of(rows)
    read, taught = read_taught(args.taught, classes) if args.taught else ([], np.zeros((0, len(classes))))
    everything = texts + [f"{r['before']} . {r['sentence']} . {r['after']}" for r in rows]
    ordinary = ordinary_words(everything)
    known, raw, rarity = word_vectors(number(everything, ordinary), len(rows))
    fine = ordinary | MASKS | STOP
    keep = [i for i, w in enumerate(known) if w in fine or not w[0].isalpha()]
    known, raw, rarity = [known[i] for i in keep], raw[keep], rarity[keep]
    # the reader sees what the package will see: words that are not known count as names when capitalised
    words = number([*(r["sentence"] for r in rows), *read], set(known))
    v = vocabulary(words, known, raw, rarity, len(rows))
    print(len(texts), "texts;", len(known), "words;", len(v.stems), "stems;", len(v.pairs), "pairs;", end=" ")
    print(len(v.parts), "parts;", len(rows), "labelled sentences;", len(read), "read", flush=True)
    own = np.array([r["source"] == "own" and r["practice"] for r in rows])
    share = np.concatenate([np.where(own, OWN, 1.0), np.ones(len(read))])
    y = np.concatenate([targets(rows, classes), taught])
    model = made(v, classes, *fit(stacked(features.blocks(words, v)), y, STRENGTH, 80, share))
    data = weights.dump(model, rarity, raw)
    args.out.write_bytes(data)
    print(f"{args.out}: {len(data) / 1e6:.2f} MB", file=sys.stderr)
    text = [r["sentence"] for r in aside]
    model = weights.load(data)
    features_of = features.blocks(number(text, model.vocabulary.known), model.vocabulary)
    print("kept out:", figures(reading.probabilities(text, features_of, model), aside, classes))


if __name__ == "__main__":
    with threadpool_limits(1):
        main()
