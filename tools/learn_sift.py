#!/usr/bin/env python3
"""Learn src/servicestory/detect/sift.npz: which sentences of reviews that are read as deeds are none.

Usage: python tools/learn_sift.py --labels train.jsonl --texts reviews.csv more.csv.gz
       [--leave-out stories.csv] [--out src/servicestory/detect/sift.npz]

Logistic regression over what the closer reading sees in the sentences of more_labels.csv that the shipped
readings take for deeds: four in five are, the others those hardest to tell from them. A quarter of
``labels`` is only measured on, for choosing the level. Ten minutes.
"""

import sys
from pathlib import Path

import learn_weights
import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

from servicestory.detect import encoder, features, reading, sift, weights
from servicestory.detect.words import number

STRENGTH = 0.003
"""Of the data against the penalty; over .001 to .01 nothing changed on what was kept out."""
LEVELS = (0.2, 0.25, 0.3, 0.4, 0.5)


def taken_for_deeds(texts: list[str]) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Which of ``texts`` the shipped readings take for deeds, their scores, and what is seen in them."""
    model = weights.shipped()
    assert model.closer is not None
    ordinary = model.vocabulary.known
    every = features.blocks(number(texts, ordinary), model.vocabulary)
    score = reading.probabilities(texts, every, model)[:, : len(model.practices)].sum(axis=1)
    rows = np.flatnonzero(score >= reading.THRESHOLD)
    seen = np.zeros((len(rows), 2 * model.closer.encoder.places.shape[1]))
    model.closer.encoder.each([texts[i] for i in rows.tolist()], ordinary, seen, encoder.pooled)
    return rows, score[rows], seen


def main() -> None:
    """Learn and write it, and say what it does with the sentences kept out."""
    parser = learn_weights.arguments(__doc__)
    parser.add_argument("--out", type=Path, default=Path(sift.__file__).with_name(sift.FILE))
    args = parser.parse_args()
    texts = learn_weights.read_texts(args.texts, learn_weights.read_left_out(args.leave_out))
    learn = learn_weights.more_labels(texts)
    rows, score, seen = taken_for_deeds([row["sentence"] for row in learn])
    deed = np.array([learn[i]["practice"] for i in rows.tolist()])
    x = np.column_stack([seen, sift.odds(score)])
    middle, spread = x.mean(axis=0), x.std(axis=0) + 1e-6
    model = LogisticRegression(C=STRENGTH, max_iter=1000).fit((x - middle) / spread, deed)
    slope = model.coef_[0] / spread
    bias = float(model.intercept_[0] - slope @ middle)
    shipped = weights.shipped().closer
    assert shipped is not None
    head = slope[:-1].astype(np.float32)
    data = sift.dump(sift.Sift(shipped.encoder, head, bias, float(slope[-1])))
    args.out.write_bytes(data)
    print(f"{args.out}: {len(data) / 1e3:.1f} kB from {deed.sum()} deeds of {len(rows)}", file=sys.stderr)

    labelled = learn_weights.read_labels(args.labels)
    out = learn_weights.kept_out(labelled)
    aside = [row for row, kept in zip(labelled, out, strict=True) if kept]
    said = [row["sentence"] for row in aside]
    rows, score, _ = taken_for_deeds(said)
    deed = np.array([aside[i]["practice"] for i in rows.tolist()])
    made = sift.load(data, shipped.encoder)
    chance = made.chance([said[i] for i in rows.tolist()], score, weights.shipped().vocabulary.known)
    by_score, by_this = (average_precision_score(~deed, -by) for by in (score, chance))
    print(f"kept out: {len(rows)} taken for deeds, {deed.sum()} are; average precision of what is none:")
    print(f"by the score {by_score:.3f}, by this {by_this:.3f}")
    for level in LEVELS:
        gone = chance < level
        print(f"below {level}: {(gone & deed).sum()} deeds and {(gone & ~deed).sum()} that are none")


if __name__ == "__main__":
    main()
