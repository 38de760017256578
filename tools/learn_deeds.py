#!/usr/bin/env python3
"""Learn src/servicestory/detect/deeds.npz: which sentences of a story report a deed (docs/model-card.md).

Usage: python tools/learn_deeds.py [--keep-out "tram company" "pub" ...]
       [--out src/servicestory/detect/deeds.npz]

Learns from tools/stories.yaml: stories of our own writing, told in many trades by colleagues, shift leads
and customers, each sentence marked: d when it reports what somebody of the service did, else why not. In
these most deeds are hard to tell, so plain sentences of tools/own_sentences.py and tools/tellings.yaml are
put beside them. It begins as the shipped closer reading; the vectors of word pieces stay. Trades kept out
are only measured on.

Needs torch, as tools/teach.py does. Some minutes.
"""

import argparse
import math
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import learn_alike
import numpy as np
import own_sentences
import torch
from learn_closer import CUT, layers, mean, opened, pair, states
from ruamel.yaml import YAML
from sklearn.metrics import average_precision_score
from teach import padded, shuffled

from servicestory.detect import closer, deeds, weights

STORIES = Path(__file__).with_name("stories.yaml")
PLAIN = 2500
"""Plain sentences with a deed, and as many without."""
ROUNDS, RATE, RATE_LAST, BATCH = 3, 2e-4, 2e-3, 32
Params = dict[str, Any]


class Told(NamedTuple):
    """A sentence, the trade it is from, and whether it reports a deed."""

    trade: str
    text: str
    deed: bool


def told(path: Path) -> list[Told]:
    """The sentences of such a file of stories."""
    with path.open(encoding="utf-8") as file:
        every = list(YAML(typ="safe").load_all(file))
    return [Told(story["trade"], text, kind == "d") for story in every for kind, text in story["told"]]


def plain() -> list[Told]:
    """Plain sentences with and without a deed, always the same ones; last the single deeds of houses."""
    rng, chosen = np.random.default_rng(0), []
    rows = own_sentences.sentences()
    for deed in (True, False):
        texts = sorted({row["sentence"] for row in rows if row["practice"] == deed})
        chosen += [Told("", texts[i], deed) for i in sorted(rng.permutation(len(texts))[:PLAIN].tolist())]
    with learn_alike.TELLINGS[0].open(encoding="utf-8") as file:
        houses = list(YAML(typ="safe").load_all(file))
    chosen += [Told("", text, True) for house in houses for text in house["others"]]
    return chosen + [Told("", text, False) for house in houses for text in house["nothing"]]


def begin(reader: closer.Closer) -> Params:
    """The parameters of the closer reading, with a last layer of one number."""
    p = opened(reader.encoder)
    torch.manual_seed(0)
    p["head.weight"] = (torch.randn(2 * reader.encoder.places.shape[1], 1) * 0.01).requires_grad_(True)
    p["head.bias"] = torch.zeros(1).requires_grad_(True)
    return p


def forward(p: Params, ids: Any, there: Any) -> Any:
    """(sentences,): the odds as a logarithm; what :class:`deeds.Deeds` works out."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        x = states(p, ids, there)
    x = x.float()
    most = (x + (there[:, :, None] - 1) * 1e4).max(1).values
    return (torch.cat([mean(x, there), most], 1) @ p["head.weight"] + p["head.bias"])[:, 0]


def train(p: Params, rows: list[list[int]], deed: list[bool]) -> None:
    """Change ``p`` by Adam until it tells deeds from the rest."""
    rng = np.random.default_rng(0)
    last = [p["head.weight"], p["head.bias"]]
    rest = [v for k, v in p.items() if v.requires_grad and not k.startswith("head")]
    adam = torch.optim.AdamW(
        [{"params": rest, "lr": RATE}, {"params": last, "lr": RATE_LAST}], weight_decay=0.01
    )
    rates = [group["lr"] for group in adam.param_groups]
    y = torch.tensor(deed, dtype=torch.float32)
    total, step = ROUNDS * math.ceil(len(rows) / BATCH), 0
    while step < total:
        for some in (part for batch in shuffled(rows, rng) for part in halves(batch)):
            for group, rate in zip(adam.param_groups, rates, strict=True):
                group["lr"] = rate * max(0.0, min(1.0, step / (0.1 * total)) * (1 - step / total))
            odds = forward(p, *padded([rows[i] for i in some]))
            loss = torch.nn.functional.binary_cross_entropy_with_logits(odds, y[some])
            adam.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_([*rest, *last], 1.0)
            adam.step()
            step += 1
            if step % 100 == 0:
                print(f"{step} of {total}: {float(loss.detach()):.3f}", flush=True)


def halves(batch: list[int]) -> list[list[int]]:
    """A batch in parts of at most BATCH."""
    return [batch[at : at + BATCH] for at in range(0, len(batch), BATCH)]


def figures(reader: deeds.Deeds, every: list[Told]) -> str:
    """How well deeds are told from the rest."""
    chance = reader.chance([one.text for one in every], weights.shipped().vocabulary.known)
    deed = np.array([one.deed for one in every])
    found = chance >= 0.5
    right = float((found & deed).sum())
    return (
        f"{len(every)} sentences, {deed.sum()} deeds: average precision "
        f"{average_precision_score(deed, chance):.3f}, at .5 precision {right / max(found.sum(), 1):.3f}, "
        f"recall {right / deed.sum():.3f}"
    )


def main() -> None:
    """Learn and write the reader, and say how well it does on the trades that were kept out."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--keep-out", nargs="*", default=[])
    parser.add_argument("--out", type=Path, default=Path(deeds.__file__).with_name(deeds.FILE))
    args = parser.parse_args()
    torch.set_num_threads(1)
    every, reader, ordinary = told(STORIES), closer.shipped(), weights.shipped().vocabulary.known
    if unknown := set(args.keep_out) - {one.trade for one in every}:
        raise SystemExit(f"{STORIES}: no trade called {', '.join(sorted(unknown))}")
    assert reader.encoder.heads == CUT.heads
    learn = [one for one in every if one.trade not in args.keep_out] + plain()
    rows = reader.encoder.numbered([one.text for one in learn], ordinary)
    p = begin(reader)
    train(p, rows, [one.deed for one in learn])
    made = deeds.Deeds(replace(reader.encoder, layers=layers(p)), pair(p, "head"))
    data = deeds.dump(made)
    args.out.write_bytes(data)
    print(f"{args.out}: {len(data) / 1e6:.2f} MB", file=sys.stderr)
    if out := [one for one in every if one.trade in args.keep_out]:
        print("kept out:", figures(deeds.load(data, reader.encoder), out))


if __name__ == "__main__":
    main()
