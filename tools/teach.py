#!/usr/bin/env python3
"""Let a larger reader label sentences, for the shipped readers to learn from (docs/model-card.md).

Usage: python tools/teach.py --labels train.jsonl --texts reviews.csv more.csv.gz --model all-MiniLM-L6-v2/
       [--leave-out stories.csv] [--sentences 80000] --out taught.npz --reader reader.safetensors
For tools/learn_closest.py: --model all-mpnet-base-v2/ --once --rounds 2 --rate 6e-5 --fixed 4
       --sentences 30000

A transformer (Wang et al. 2020, MiniLM; Song et al. 2020, MPNet) is trained on the labelled sentences
and then reads these and sentences nobody labelled (Hinton, Vinyals & Dean 2015). It is needed for this only,
not by the package: torch, transformers, tokenizers and safetensors are no dependencies, and the files it
writes (sentences with their probabilities, the reader itself) stay outside of the project.
tools/learn_weights.py and tools/learn_closest.py learn from the first, tools/learn_closer.py from both.

model      a folder with tokenizer.json, config.json and model.safetensors of a BERT or MPNet model.
labels, texts, leave-out   as for tools/learn_weights.py; leave-out may also be a table.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import learn_weights
import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save_file
from tokenizers import Tokenizer
from transformers import AutoModel

from servicestory.detect import features, sentences, weights
from servicestory.detect.words import number

BATCH, LONGEST, DROPPED = 64, 72, 0.1
LIKELY = 0.1
"""Sentences that the shipped weights give this chance to be a behaviour are read first."""


class Reader(torch.nn.Module):  # type: ignore[misc]
    """A model with a last layer over the mean and the greatest of what it makes of the words."""

    def __init__(self, folder: Path, classes: int, fixed: int) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.body = AutoModel.from_pretrained(folder, add_pooling_layer=False, attn_implementation="eager")
        # word embeddings stay as they are: few labelled sentences would only bend the words they hold
        still = ("embeddings.", "encoder.relative", *(f"encoder.layer.{n}." for n in range(fixed)))
        for name, value in self.body.named_parameters():
            value.requires_grad_(not name.startswith(still))
        self.head = torch.nn.Linear(2 * self.body.config.hidden_size, classes)
        torch.nn.init.normal_(self.head.weight, std=0.02)
        torch.nn.init.zeros_(self.head.bias)

    def forward(self, ids: Any, there: Any) -> Any:
        """(sentences, classes) before the softmax; ``ids`` (sentences, longest), ``there`` 1 for words."""
        x = self.body(input_ids=ids, attention_mask=there).last_hidden_state
        inside = there[:, :, None]
        mean = (x * inside).sum(1) / inside.sum(1)
        most = (x + (inside - 1) * 1e4).max(1).values
        return self.head(torch.nn.functional.dropout(torch.cat([mean, most], 1), DROPPED, self.training))

    def read(self, rows: Sequence[list[int]]) -> Any:
        """The same of sentences of any lengths."""
        with torch.autocast("cpu", dtype=torch.bfloat16):
            return self(*padded(rows, self.body.config.pad_token_id)).float()


def padded(rows: Sequence[Sequence[int]], blank: int = 0) -> tuple[Any, Any]:
    """Word numbers of sentences as one table, ``blank`` elsewhere, and where there are words in it."""
    longest = max(map(len, rows))
    ids = torch.tensor([[*row, *([blank] * (longest - len(row)))] for row in rows])
    return ids, torch.tensor([[1.0] * len(row) + [0.0] * (longest - len(row)) for row in rows])


def shuffled(rows: Sequence[list[int]], rng: np.random.Generator) -> list[list[int]]:
    """The numbers of all rows in batches, alike in length so that little is padded, in random order."""
    order = rng.permutation(len(rows))
    batches: list[list[int]] = []
    for at in range(0, len(rows), 20 * BATCH):
        some = sorted(order[at : at + 20 * BATCH].tolist(), key=lambda i: len(rows[i]))
        batches += [some[i : i + BATCH] for i in range(0, len(some), BATCH)]
    return [batches[b] for b in rng.permutation(len(batches)).tolist()]


def train(reader: Reader, rows: Sequence[list[int]], y: Any, rounds: int, fastest: float) -> None:
    """Change ``reader`` by Adam (Kingma & Ba 2015) until it gives the labels ``y`` (rows, classes)."""
    rng = np.random.default_rng(0)
    body, head = [v for v in reader.body.parameters() if v.requires_grad], [*reader.head.parameters()]
    adam = torch.optim.AdamW([{"params": body}, {"params": head}], lr=fastest, weight_decay=0.01, fused=True)
    total, step = rounds * math.ceil(len(rows) / BATCH), 0
    reader.train()
    for turn in range(rounds):
        batches = shuffled(rows, rng)
        loss_of_all = 0.0
        for some in batches:
            rate = min(1.0, step / (0.06 * total + 1)) * (1 - step / (total + 1)) * fastest
            for group, times in zip(adam.param_groups, (1, 15), strict=True):
                group["lr"] = rate * times
            loss = -(y[some] * reader.read([rows[i] for i in some]).log_softmax(-1)).sum(1).mean()
            adam.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_([*body, *head], 1.0)
            adam.step()
            step, loss_of_all = step + 1, loss_of_all + float(loss.detach())
        print(f"round {turn + 1} of {rounds}: loss {loss_of_all / len(batches):.3f}", flush=True)
    reader.eval()


def predict(reader: Reader, rows: Sequence[list[int]]) -> NDArray[np.float32]:
    """Probability of each class, (rows, classes)."""
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
    out = np.zeros((len(rows), reader.head.out_features), np.float32)
    with torch.no_grad():
        for at in range(0, len(rows), 128):
            some = order[at : at + 128]
            out[some] = reader.read([rows[i] for i in some]).softmax(-1).tolist()
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
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rate", type=float, default=1.6e-4)
    parser.add_argument("--fixed", type=int, default=0, help="layers that stay as they are, from the first")
    parser.add_argument("--sentences", type=int, default=80_000)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--reader", type=Path, required=True)
    args = parser.parse_args()
    torch.set_num_threads(2)
    rows, aside, texts = learn_weights.learned_from(args.labels, args.texts, args.leave_out, args.once)
    classes = learn_weights.classes_of(rows)
    tokenizer = Tokenizer.from_file(str(args.model / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)

    def numbered(texts: Sequence[str]) -> list[list[int]]:
        return [e.ids for e in tokenizer.encode_batch(list(texts))]

    reader = Reader(args.model, len(classes), args.fixed)
    y = torch.tensor(learn_weights.targets(rows, classes).tolist())
    labelled = [r["sentence"] for r in rows]
    train(reader, numbered(labelled), y, args.rounds, args.rate)
    found = predict(reader, numbered([r["sentence"] for r in aside]))
    print("kept out:", learn_weights.figures(found, aside, classes), flush=True)
    known = [*labelled, *(r["sentence"] for r in aside)]
    read = [*labelled, *unlabelled(texts, known, args.sentences)]
    said = predict(reader, numbered(read))
    state = reader.body.state_dict() | {f"head.{k}": v for k, v in reader.head.state_dict().items()}
    save_file({k: v.contiguous() for k, v in state.items()}, args.reader)
    lines = np.frombuffer("\n".join(" ".join(s.split()) for s in read).encode(), np.uint8)
    names = np.frombuffer("\n".join(classes).encode(), np.uint8)
    np.savez_compressed(args.out, sentences=lines, classes=names, probabilities=said.astype(np.float16))
    print(len(read), "sentences read")


if __name__ == "__main__":
    main()
