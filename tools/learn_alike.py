#!/usr/bin/env python3
"""Learn src/servicestory/detect/alike.npz: whether two behaviours tell of the same deed (docs/model-card.md).

Usage: python tools/learn_alike.py --model all-MiniLM-L6-v2/ [--tellings tools/tellings.yaml ...]
       [--keep-out "bus company" "town hall" ...] [--out src/servicestory/detect/alike.npz]

Learns from tools/tellings.yaml and tools/more_tellings.yaml, or from the files named: habits of invented
houses in many trades, each told by six or seven people in words of their own, beside single deeds and
sentences that tell of none; and from plain acts of tools/own_sentences.yaml. It begins as the larger reader
with all its layers, and learns that tellings of one habit point the same way and all else elsewhere
(supervised contrast, Khosla et al. 2020). The vectors of word pieces are those of the closer reading and
stay as they are. Trades kept out are only measured on: mean average precision of "the same habit?" over
their pairs.

Needs torch and safetensors, as tools/teach.py does. An hour.
"""

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import own_sentences
import torch
from learn_closer import Cut, around, cut_layers, kept_pieces, mean, states, table, with_own_layers
from ruamel.yaml import YAML
from safetensors.torch import load_file
from sklearn.metrics import average_precision_score
from teach import padded

from servicestory.detect import alike, closer, encoder, weights

TELLINGS = [Path(__file__).with_name(name) for name in ("tellings.yaml", "more_tellings.yaml")]
WIDE = 96
"""Numbers of a direction."""
CUT = Cut((0, 1, 2, 3, 4, 5), 12, 1536)
ROUNDS, RATE, RATE_LAST, SHARP = 4, 2e-4, 2e-3, 0.07
STRANGERS = 16
"""Sentences of another trade beside those of one: trades are told apart too."""
PLAIN = 16
"""Plain acts besides, each told of two people, so that not all plain sentences point the same way."""
AT_ONCE = 48
Params = dict[str, Any]


@dataclass(frozen=True)
class Trade:
    """Sentences of one trade; ``habit`` (sentences,) is −1 for single deeds, −2 where nothing was done."""

    name: str
    texts: list[str]
    habit: list[int]


def trades(files: list[Path]) -> list[Trade]:
    """All of the files, one document a trade."""
    found = []
    for path in files:
        for given in YAML(typ="safe").load_all(path.read_text("utf-8")):
            texts, habit = [], []
            for number, one in enumerate(given["habits"]):
                texts += one["tellings"]
                habit += [number] * len(one["tellings"])
            for number, kind in ((-1, "others"), (-2, "nothing")):
                texts += given[kind]
                habit += [number] * len(given[kind])
            found.append(Trade(given["trade"], texts, habit))
    return found


def plain(rng: np.random.Generator, written: dict[str, Any]) -> list[str]:
    """Two tellings each of :data:`PLAIN` acts of different practices, one after the other."""
    told = []
    for kind in rng.permutation(sorted(written["acts"]))[:PLAIN].tolist():
        act = written["acts"][kind][int(rng.integers(len(written["acts"][kind])))]
        told += [f"{written['who'][who]} {act}." for who in rng.permutation(len(written["who"]))[:2].tolist()]
    return told


def begin(model: Path, pieces: encoder.Encoder) -> Params:
    """The parameters of the larger reader over the word pieces of the closer reading, with a direction."""
    given = {k.removeprefix("bert."): v for k, v in load_file(model / "model.safetensors").items()}
    numbers, known = kept_pieces(model)
    if known != list(pieces.known):
        raise SystemExit(f"{model}: cuts words into other pieces than the closer reading")
    wide = given["embeddings.word_embeddings.weight"][numbers].float()
    middle, narrow = wide.mean(0), torch.tensor(np.array(pieces.embedding))
    # what widens the narrow vectors as near as can be to those the larger reader has
    axes = torch.linalg.lstsq(narrow, wide - middle).solution
    p = {"embedding": narrow, **around(given, middle, axes), **cut_layers(given, CUT)}
    torch.manual_seed(0)
    p["towards"] = torch.randn(wide.shape[1], WIDE) * wide.shape[1] ** -0.5
    free = {name for name in p if name[0].isdigit() or name == "towards"}
    return {name: value.clone().float().requires_grad_(name in free) for name, value in p.items()}


def directions(p: Params, rows: list[list[int]]) -> Any:
    """(sentences, WIDE), length 1."""
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
    found: list[Any] = [None] * len(rows)
    for at in range(0, len(order), AT_ONCE):
        some = order[at : at + AT_ONCE]
        ids, there = padded([rows[i] for i in some])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            middle = mean(states(p, ids, there), there)
        for i, row in zip(some, middle.float(), strict=True):
            found[i] = row
    return torch.nn.functional.normalize(torch.stack(found) @ p["towards"], dim=-1)


def loss_of(to: Any, habit: Any) -> Any:
    """How badly tellings of one habit are found among all others."""
    itself = torch.eye(len(to), dtype=torch.bool)
    log = (to @ to.T / SHARP).masked_fill(itself, -1e4).log_softmax(-1)
    same = (habit[:, None] == habit[None]) & (habit[:, None] >= 0) & ~itself
    told = same.any(1)
    return -((log * same).sum(1)[told] / same.sum(1)[told]).mean()


def train(p: Params, learn: list[Trade], pieces: Callable[[list[str]], list[list[int]]]) -> None:
    """Change ``p`` by Adam, a trade at a time; ``pieces`` numbers the pieces of texts."""
    rng = np.random.default_rng(0)
    written = YAML(typ="safe").load(own_sentences.FILE)
    numbered = {trade.name: pieces(trade.texts) for trade in learn}
    last, rest = [p["towards"]], [v for k, v in p.items() if v.requires_grad and k != "towards"]
    adam = torch.optim.AdamW(
        [{"params": rest, "lr": RATE}, {"params": last, "lr": RATE_LAST}], weight_decay=0.01
    )
    rates = [group["lr"] for group in adam.param_groups]
    total, step = ROUNDS * len(learn), 0
    for turn in range(ROUNDS):
        of_all = 0.0
        for i in rng.permutation(len(learn)).tolist():
            for group, rate in zip(adam.param_groups, rates, strict=True):
                group["lr"] = rate * min(1.0, step / (0.06 * total + 1)) * (1 - step / (total + 1))
            trade, other = learn[i], learn[int(rng.integers(len(learn)))]
            strange = rng.permutation(len(other.texts))[:STRANGERS].tolist() if other is not trade else []
            acts = plain(rng, written)
            rows = [*numbered[trade.name], *(numbered[other.name][k] for k in strange), *pieces(acts)]
            first = max(trade.habit) + 1
            habit = [*trade.habit, *([-3] * len(strange)), *(first + k // 2 for k in range(len(acts)))]
            loss = loss_of(directions(p, rows), torch.tensor(habit))
            adam.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_([*rest, *last], 1.0)
            adam.step()
            step, of_all = step + 1, of_all + float(loss.detach())
        print(f"round {turn + 1} of {ROUNDS}: loss {of_all / len(learn):.3f}", flush=True)


def made(p: Params, begun: encoder.Encoder) -> alike.Alike:
    """The reader as the package knows it."""
    return alike.Alike(replace(with_own_layers(begun, p), heads=CUT.heads), table(p, "towards"))


def precision(reader: alike.Alike, trade: Trade) -> float:
    """Average precision of "the same habit?" over all pairs of deeds of a trade."""
    deeds = [i for i, habit in enumerate(trade.habit) if habit >= -1]
    to = reader.directions([trade.texts[i] for i in deeds], weights.shipped().vocabulary.known)
    habit = np.array(trade.habit)[deeds]
    one, other = np.triu_indices(len(deeds), 1)
    same = (habit[one] == habit[other]) & (habit[one] >= 0)
    return float(average_precision_score(same, alike.alike(to, to)[one, other]))


def main() -> None:
    """Learn and write the reader, and say how well it does on the trades that were kept out."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--tellings", nargs="+", type=Path, default=TELLINGS)
    parser.add_argument("--keep-out", nargs="*", default=[])
    parser.add_argument("--out", type=Path, default=Path(alike.__file__).with_name(alike.FILE))
    args = parser.parse_args()
    torch.set_num_threads(1)
    every, reader, ordinary = trades(args.tellings), closer.shipped(), weights.shipped().vocabulary.known
    if unknown := set(args.keep_out) - {trade.name for trade in every}:
        raise SystemExit(f"--keep-out: no trade called {', '.join(sorted(unknown))}")
    p = begin(args.model, reader.encoder)
    learn = [trade for trade in every if trade.name not in args.keep_out]
    train(p, learn, lambda texts: reader.encoder.numbered(texts, ordinary))
    data = alike.dump(made(p, reader.encoder))
    args.out.write_bytes(data)
    print(f"{args.out}: {len(data) / 1e6:.2f} MB", file=sys.stderr)
    learned = alike.load(data, reader.encoder)
    kept = [precision(learned, trade) for trade in every if trade.name in args.keep_out]
    print("kept out:", f"{np.mean(kept):.3f}" if kept else "nothing")


if __name__ == "__main__":
    main()
