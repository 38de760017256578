#!/usr/bin/env python3
"""Learn src/servicestory/detect/closest.npz, which reads behaviours again (docs/model-card.md).

Usage: python tools/learn_closest.py --labels train.jsonl --texts reviews.csv more.csv.gz
       [--leave-out stories.csv] --once --taught taught.npz [--out src/servicestory/detect/closest.npz]

taught     what tools/teach.py wrote with the larger model (all-mpnet-base-v2).

It begins as the six layers of "the same deed?" (alike.npz) and learns what the larger reader and the
shipped readings say together of the same sentences (Hinton, Vinyals & Dean 2015); labels count as much as
these two. The vectors of the pieces of words stay those of the closer reading. Needs torch, safetensors
and transformers.
"""

import sys
from pathlib import Path

import learn_weights
import torch
from learn_closer import Params, opened, pair, to_be_said, train, with_own_layers

from servicestory.detect import alike, closest, features, reading, weights
from servicestory.detect.closer import Closer
from servicestory.detect.closer import shipped as closer
from servicestory.detect.words import number

ROUNDS, RATE, RATE_LAST = 2, 2e-4, 2e-3


def begin(classes: int) -> Params:
    """The parameters of the reader of deeds alike, all but the pieces free, and a new last layer."""
    torch.manual_seed(0)
    begun = alike.shipped().encoder
    p = opened(begun)
    p["head.weight"] = torch.randn(2 * begun.places.shape[1], classes) * 0.02
    p["head.bias"] = torch.zeros(classes)
    for name, value in p.items():
        value.requires_grad_(name != "embedding")
    return p


def main() -> None:
    """Learn and write the reader, and say how well all readings do on what was kept out."""
    parser = learn_weights.arguments(__doc__)
    parser.add_argument("--taught", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path(closest.__file__).with_name(closest.FILE))
    args = parser.parse_args()
    torch.set_num_threads(2)
    rows, aside, _ = learn_weights.learned_from(args.labels, args.texts, args.leave_out, args.once)
    classes = learn_weights.classes_of(rows)
    read, wanted = to_be_said(args.taught, rows, classes)
    shipped = weights.shipped()
    known = shipped.vocabulary.known
    p = begin(len(classes))
    train(p, closer().encoder.numbered(read, known), torch.tensor(wanted.tolist()), ROUNDS, RATE, RATE_LAST)
    made = with_own_layers(alike.shipped().encoder, p)
    data = closest.dump(Closer(classes, made, pair(p, "head")))
    args.out.write_bytes(data)
    print(f"{args.out}: {len(data) / 1e6:.2f} MB", file=sys.stderr)
    texts = [r["sentence"] for r in aside]
    alone = closest.load(data, closer()).probabilities(texts, known)
    print("kept out, alone:", learn_weights.figures(alone, aside, classes))
    found = features.blocks(number(texts, known), shipped.vocabulary)
    every = reading.probabilities(texts, found, shipped, reading.POSSIBLE_OF_FEW)
    print("kept out, all readings:", learn_weights.figures(every, aside, classes))


if __name__ == "__main__":
    main()
