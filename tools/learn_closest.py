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

import math
import sys
from pathlib import Path
from typing import Any

import learn_weights
import numpy as np
import torch
from learn_closer import Params, forward, layers, opened, pair, table, to_be_said
from teach import BATCH, padded, shuffled

from servicestory.detect import alike, closest, encoder, features, reading, weights
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


def train(p: Params, rows: list[list[int]], y: Any) -> None:
    """Change ``p`` by Adam until it gives the probabilities ``y`` (rows, classes)."""
    rng = np.random.default_rng(0)
    last = [p["head.weight"], p["head.bias"]]
    rest = [v for k, v in p.items() if v.requires_grad and not k.startswith("head")]
    adam = torch.optim.AdamW([{"params": rest}, {"params": last}], weight_decay=0.01)
    total, step = ROUNDS * math.ceil(len(rows) / BATCH), 0
    while step < total:
        for some in shuffled(rows, rng)[: total - step]:
            for group, rate in zip(adam.param_groups, (RATE, RATE_LAST), strict=True):
                group["lr"] = rate * min(1.0, step / (0.06 * total + 1)) * (1 - step / (total + 1))
            ids, there = padded([rows[i] for i in some])
            with torch.autocast("cpu", dtype=torch.bfloat16):
                said = forward(p, ids, there)
            loss = -(y[some] * said.float().log_softmax(-1)).sum(1).mean()
            adam.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_([*rest, *last], 1.0)
            adam.step()
            step += 1
            if step % 100 == 0:
                print(f"{step} of {total}: {float(loss.detach()):.3f}", flush=True)


def made(p: Params, classes: tuple[str, ...]) -> Closer:
    """The reader as the package knows it."""
    begun = alike.shipped().encoder
    tables = table(p, "embedding"), pair(p, "widen"), table(p, "places"), pair(p, "norm")
    return Closer(classes, encoder.Encoder(begun.known, *tables, layers(p), begun.heads), pair(p, "head"))


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
    train(p, closer().encoder.numbered(read, known), torch.tensor(wanted.tolist()))
    data = closest.dump(made(p, classes))
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
