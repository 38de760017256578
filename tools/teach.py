#!/usr/bin/env python3
"""Let a larger reader label sentences, for the shipped readers to learn from (docs/model-card.md).

Usage: python tools/teach.py --labels train.jsonl --texts reviews.csv more.csv.gz --model all-MiniLM-L6-v2/
       [--leave-out stories.csv] [--sentences 80000] --out taught.npz --reader reader.safetensors

A small transformer (Wang et al. 2020, MiniLM; Devlin et al. 2019, BERT) is trained on the labelled sentences
and then reads these and sentences nobody labelled (Hinton, Vinyals & Dean 2015). It is needed for this only,
not by the package: torch, tokenizers and safetensors are no dependencies, and the files it writes (sentences
with their probabilities, the reader itself) stay outside of the project. tools/learn_weights.py learns from
the first, tools/learn_closer.py from both.

model      a folder with tokenizer.json, config.json and model.safetensors of a BERT model.
labels, texts, leave-out   as for tools/learn_weights.py; leave-out may also be a table.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import learn_weights
import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer

from servicestory.detect import features, sentences, weights
from servicestory.detect.words import number

ROUNDS, RATE, BATCH, LONGEST, DROPPED = 3, 1.6e-4, 64, 72, 0.1
FIXED = ("embeddings.word", "embeddings.position", "embeddings.token", "pooler")
LIKELY = 0.1
"""Sentences that the shipped weights give this chance to be a behaviour are read first."""
Params = dict[str, Any]


def start(folder: Path, classes: int) -> tuple[Params, int]:
    """The parameters of the model with a new last layer, and its number of attention heads."""
    torch.manual_seed(0)
    given = load_file(folder / "model.safetensors")
    params = {k.removeprefix("bert."): v for k, v in given.items() if v.is_floating_point()}
    width = params["embeddings.word_embeddings.weight"].shape[1]
    params["head.weight"] = torch.randn(classes, 2 * width) * 0.02
    params["head.bias"] = torch.zeros(classes)
    for name, value in params.items():
        # word embeddings stay as they are: few labelled sentences would only bend the words they hold
        value.requires_grad_(
            not name.startswith(("embeddings.word", "embeddings.pos", "embeddings.tok", "pool"))
        )
    return params, int(json.loads((folder / "config.json").read_text())["num_attention_heads"])


def forward(p: Params, heads: int, ids: Any, there: Any, training: bool) -> Any:
    """(sentences, classes) before the softmax; ``ids`` (sentences, longest), ``there`` 1 for words."""
    f = torch.nn.functional

    def linear(x: Any, name: str) -> Any:
        return f.linear(x, p[f"{name}.weight"], p[f"{name}.bias"])

    def normed(x: Any, name: str) -> Any:
        return f.layer_norm(x, x.shape[-1:], p[f"{name}.weight"], p[f"{name}.bias"], 1e-12)

    def dropped(x: Any) -> Any:
        return f.dropout(x, DROPPED, training)

    count, length = ids.shape
    x = p["embeddings.word_embeddings.weight"][ids] + p["embeddings.position_embeddings.weight"][:length]
    x = dropped(normed(x + p["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm"))
    hidden = (1 - there[:, None, None, :]) * -1e4
    for layer in range(sum(k.endswith("attention.self.query.weight") for k in p)):
        at = f"encoder.layer.{layer}."
        query, key, value = (
            linear(x, f"{at}attention.self.{part}").view(count, length, heads, -1).transpose(1, 2)
            for part in ("query", "key", "value")
        )
        seen = (query @ key.transpose(-1, -2) / math.sqrt(query.shape[-1]) + hidden).softmax(-1) @ value
        seen = linear(seen.transpose(1, 2).reshape(x.shape), f"{at}attention.output.dense")
        x = normed(x + dropped(seen), f"{at}attention.output.LayerNorm")
        more = linear(f.gelu(linear(x, f"{at}intermediate.dense")), f"{at}output.dense")
        x = normed(x + dropped(more), f"{at}output.LayerNorm")
    inside = there[:, :, None]
    mean = (x * inside).sum(1) / inside.sum(1)
    most = (x + (inside - 1) * 1e4).max(1).values
    return linear(dropped(torch.cat([mean, most], 1)), "head")


def padded(rows: Sequence[Sequence[int]]) -> tuple[Any, Any]:
    """Word numbers of sentences as one table, and where there are words in it."""
    longest = max(map(len, rows))
    ids = torch.tensor([[*row, *([0] * (longest - len(row)))] for row in rows])
    return ids, torch.tensor([[1.0] * len(row) + [0.0] * (longest - len(row)) for row in rows])


def shuffled(rows: Sequence[list[int]], rng: np.random.Generator) -> list[list[int]]:
    """The numbers of all rows in batches, alike in length so that little is padded, in random order."""
    order = rng.permutation(len(rows))
    batches: list[list[int]] = []
    for at in range(0, len(rows), 20 * BATCH):
        some = sorted(order[at : at + 20 * BATCH].tolist(), key=lambda i: len(rows[i]))
        batches += [some[i : i + BATCH] for i in range(0, len(some), BATCH)]
    return [batches[b] for b in rng.permutation(len(batches)).tolist()]


def train(p: Params, heads: int, rows: Sequence[list[int]], y: Any, rounds: int) -> None:
    """Change ``p`` by Adam (Kingma & Ba 2015) until it gives the labels ``y`` (rows, classes)."""
    rng = np.random.default_rng(0)
    free = {k: v for k, v in p.items() if v.requires_grad}
    body = [v for k, v in free.items() if not k.startswith("head.")]
    head = [v for k, v in free.items() if k.startswith("head.")]
    adam = torch.optim.AdamW([{"params": body}, {"params": head}], lr=RATE, weight_decay=0.01)
    total, step = rounds * math.ceil(len(rows) / BATCH), 0
    for turn in range(rounds):
        batches = shuffled(rows, rng)
        loss_of_all = 0.0
        for some in batches:
            rate = min(1.0, step / (0.08 * total + 1)) * (1 - step / (total + 1)) * RATE
            for group, times in zip(adam.param_groups, (1, 15), strict=True):
                group["lr"] = rate * times
            ids, there = padded([rows[i] for i in some])
            with torch.autocast("cpu", dtype=torch.bfloat16):
                log = forward(p, heads, ids, there, True).float().log_softmax(-1)
            loss = -(y[some] * log).sum(1).mean()
            adam.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_([*free.values()], 1.0)
            adam.step()
            step, loss_of_all = step + 1, loss_of_all + float(loss)
        print(f"round {turn + 1} of {rounds}: loss {loss_of_all / len(batches):.3f}", flush=True)


def predict(p: Params, heads: int, rows: Sequence[list[int]], classes: int) -> NDArray[np.float32]:
    """Probability of each class, (rows, classes)."""
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
    out = np.zeros((len(rows), classes), np.float32)
    with torch.no_grad():
        for at in range(0, len(rows), 128):
            some = order[at : at + 128]
            ids, there = padded([rows[i] for i in some])
            with torch.autocast("cpu", dtype=torch.bfloat16):
                out[some] = forward(p, heads, ids, there, False).float().softmax(-1).tolist()
    return out


def unlabelled(texts: Sequence[str], known: Sequence[str], wanted: int) -> list[str]:
    """Other sentences and clauses to be read: half likely behaviours, a quarter their clauses, others."""
    rng = np.random.default_rng(1)
    there = {learn_weights.fingerprint(one) for one in known}
    cut = {text[a:b] for text in texts for a, b in sentences.split(text)}
    every = sorted(s for s in cut if 3 <= len(s.split()) <= 60 and learn_weights.fingerprint(s) not in there)
    every = [every[i] for i in rng.permutation(len(every))[: 4 * wanted].tolist()]
    linear = replace(weights.shipped(), closer=None)
    n, chance = len(linear.practices), []
    for at in range(0, len(every), 20_000):
        found = features.blocks(number(every[at : at + 20_000], linear.vocabulary.known), linear.vocabulary)
        chance += linear.probabilities(found)[:, :n].sum(axis=1).tolist()
    likely = [s for s, c in zip(every, chance, strict=True) if c > LIKELY][: wanted // 2]
    others = [s for s, c in zip(every, chance, strict=True) if c <= LIKELY][: wanted // 4]
    parts = sorted({c for s in likely for c in sentences.clauses(s) if c != s and len(c.split()) >= 4})
    parts = [parts[i] for i in rng.permutation(len(parts))[: wanted // 4].tolist()]
    return [*likely, *others, *parts]


def main() -> None:
    """Train the larger reader, let it read, and write what it says."""
    parser = learn_weights.arguments(__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--sentences", type=int, default=80_000)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--reader", type=Path, required=True)
    args = parser.parse_args()
    torch.set_num_threads(1)
    rows, aside, texts = learn_weights.learned_from(args.labels, args.texts, args.leave_out)
    classes = learn_weights.classes_of(rows)
    tokenizer = Tokenizer.from_file(str(args.model / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)

    def numbered(texts: Sequence[str]) -> list[list[int]]:
        return [e.ids for e in tokenizer.encode_batch(list(texts))]

    p, heads = start(args.model, len(classes))
    y = torch.tensor(learn_weights.targets(rows, classes).tolist())
    labelled = [r["sentence"] for r in rows]
    train(p, heads, numbered(labelled), y, ROUNDS)
    found = predict(p, heads, numbered([r["sentence"] for r in aside]), len(classes))
    print("kept out:", learn_weights.figures(found, aside, classes), flush=True)
    read = [*labelled, *unlabelled(texts, labelled, args.sentences)]
    said = predict(p, heads, numbered(read), len(classes))
    save_file({k: v.detach().contiguous() for k, v in p.items()}, args.reader)
    lines = np.frombuffer("\n".join(" ".join(s.split()) for s in read).encode(), np.uint8)
    names = np.frombuffer("\n".join(classes).encode(), np.uint8)
    np.savez_compressed(args.out, sentences=lines, classes=names, probabilities=said.astype(np.float16))
    print(len(read), "sentences read")


if __name__ == "__main__":
    main()
