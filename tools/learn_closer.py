#!/usr/bin/env python3
"""Learn src/servicestory/detect/closer.npz, the small second reader, from a larger one (docs/model-card.md).

Usage: python tools/learn_closer.py --labels train.jsonl --texts reviews.csv more.csv.gz
       [--leave-out stories.csv] --model all-MiniLM-L6-v2/ --taught taught.npz --reader reader.safetensors
       [--out src/servicestory/detect/closer.npz]

It begins as some layers of the larger reader, the widest parts of them kept, with fewer and shorter vectors
of word pieces, and learns to say what the larger one and the readers shipped before say together of the same
sentences, their names and numbers masked (Hinton, Vinyals & Dean 2015; Sanh et al. 2019, DistilBERT): readers
that err in different places are right together more often than any of them. Labels count as much as what the
readers say. The vectors of the pieces stay as they are, so that words nobody labelled keep their meaning.

Needs torch and safetensors, as tools/teach.py does, whose files it takes.
"""

import json
import math
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import learn_weights
import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file
from teach import BATCH, padded, shuffled

from servicestory.detect import closer, encoder, features, reading, weights
from servicestory.detect.words import NAME, NUMBER, number

NARROW = 256
"""Of the 384 numbers of a word piece, how many are kept."""
EACH = 32
"""Numbers of a head, in the larger reader as in those cut out of it."""
COMMON = 26_000
"""Pieces of higher numbers, the rarest, are left out."""
ROUNDS, RATE = 3.0, 4e-4
Params = dict[str, Any]


class Cut(NamedTuple):
    """What is kept of the larger reader: which of 6 layers, of 12 heads, of 1,536 inner numbers."""

    layers: tuple[int, ...]
    heads: int
    wide: int


CUT = Cut((0, 1, 3, 5), 8, 768)


def kept_pieces(model: Path) -> tuple[list[int], list[str]]:
    """Numbers in the larger reader, and spellings, of pieces of English words and of marks."""
    vocabulary = json.loads((model / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    kept = [
        (number, piece)
        for piece, number in vocabulary.items()
        if (re.fullmatch(r"(##)?[a-z]+", piece) and number < COMMON)
        or (len(piece) == 1 and piece.isascii() and not piece.isalnum())
        or piece in ("[UNK]", "[CLS]", "[SEP]")
    ]
    # a name reads like "someone", a number like "seven"
    masks = [(vocabulary["someone"], NAME), (vocabulary["seven"], NUMBER)]
    numbers, pieces = zip(*sorted(kept), *masks, strict=True)
    return list(numbers), list(pieces)


def loudest(reader: Params, at: str, heads: int) -> Any:
    """The numbers that belong to the ``heads`` of a layer that can say most, (heads * EACH,)."""
    value = reader[f"{at}attention.self.value.weight"]
    joined = reader[f"{at}attention.output.dense.weight"]
    weight = value.view(-1, EACH, len(value)).norm(dim=(1, 2)) * joined.T.view(-1, EACH, len(value)).norm(
        dim=(1, 2)
    )
    kept = weight.topk(heads).indices.sort().values
    return (kept[:, None] * EACH + torch.arange(EACH)).flatten()


def begin(reader: Params, numbers: list[int]) -> Params:
    """The parameters of the small reader, cut out of those of the larger one."""
    given = reader["embeddings.word_embeddings.weight"][numbers]
    middle = given.mean(0)
    axes = torch.linalg.svd(given - middle, full_matrices=False)[2][:NARROW]
    head = {"head.weight": reader["head.weight"].T, "head.bias": reader["head.bias"]}
    p = {
        "embedding": (given - middle) @ axes.T,
        **around(reader, middle, axes),
        **cut_layers(reader, CUT),
        **head,
    }
    return {name: value.clone().float().requires_grad_(name != "embedding") for name, value in p.items()}


def around(reader: Params, middle: Any, axes: Any) -> Params:
    """What is between the narrow pieces of words and the first layer: (narrow, width) ``axes`` widen them."""
    return {
        "widen.weight": axes,
        "widen.bias": middle + reader["embeddings.token_type_embeddings.weight"][0],
        "places": reader["embeddings.position_embeddings.weight"][: encoder.LONGEST + 2],
        "norm.weight": reader["embeddings.LayerNorm.weight"],
        "norm.bias": reader["embeddings.LayerNorm.bias"],
    }


def cut_layers(reader: Params, cut: Cut) -> Params:
    """The layers kept of the larger reader."""
    p: Params = {}
    for n, layer in enumerate(cut.layers):

        def of(name: str, at: str = f"encoder.layer.{layer}.") -> Any:
            return reader[at + name]

        kept = loudest(reader, f"encoder.layer.{layer}.", cut.heads)
        first, second = of("intermediate.dense.weight"), of("output.dense.weight")
        widest = (first.norm(dim=1) * second.norm(dim=0)).topk(cut.wide).indices
        parts = ("query", "key", "value")
        p |= {
            f"{n}.qkv.weight": torch.cat([of(f"attention.self.{x}.weight")[kept].T for x in parts], 1),
            f"{n}.qkv.bias": torch.cat([of(f"attention.self.{x}.bias")[kept] for x in parts]),
            f"{n}.joined.weight": of("attention.output.dense.weight").T[kept],
            f"{n}.joined.bias": of("attention.output.dense.bias"),
            f"{n}.first.weight": of("attention.output.LayerNorm.weight"),
            f"{n}.first.bias": of("attention.output.LayerNorm.bias"),
            f"{n}.wide.weight": first[widest].T,
            f"{n}.wide.bias": of("intermediate.dense.bias")[widest],
            f"{n}.narrow.weight": second[:, widest].T,
            f"{n}.narrow.bias": of("output.dense.bias"),
            f"{n}.second.weight": of("output.LayerNorm.weight"),
            f"{n}.second.bias": of("output.LayerNorm.bias"),
        }
    return p


def depth(p: Params) -> int:
    """How many layers there are."""
    return sum(name.endswith(".qkv.weight") for name in p)


def states(p: Params, ids: Any, there: Any) -> Any:
    """(sentences, longest, width): what :class:`encoder.Encoder` works out, for any lengths."""
    f = torch.nn.functional
    count, length = ids.shape

    def linear(x: Any, name: str) -> Any:
        return x @ p[f"{name}.weight"] + p[f"{name}.bias"]

    def normed(x: Any, name: str) -> Any:
        return f.layer_norm(x, x.shape[-1:], p[f"{name}.weight"], p[f"{name}.bias"], 1e-12)

    x = normed(linear(p["embedding"][ids], "widen") + p["places"][:length], "norm")
    hidden = (1 - there[:, None, None, :]) * -1e4
    for n in range(depth(p)):
        parts = linear(x, f"{n}.qkv").view(count, length, 3, -1, EACH).unbind(2)
        query, key, value = (part.transpose(1, 2) for part in parts)
        seen = f.scaled_dot_product_attention(query, key, value, attn_mask=hidden.to(query.dtype))
        x = normed(x + linear(seen.transpose(1, 2).reshape(count, length, -1), f"{n}.joined"), f"{n}.first")
        wide = f.gelu(linear(x, f"{n}.wide"), approximate="tanh")
        x = normed(x + linear(wide, f"{n}.narrow"), f"{n}.second")
    return x


def mean(x: Any, there: Any) -> Any:
    """(sentences, width): of the pieces that are there."""
    return (x * there[:, :, None]).sum(1) / there.sum(1, keepdim=True)


def forward(p: Params, ids: Any, there: Any) -> Any:
    """(sentences, classes) before the softmax: what :class:`closer.Closer` works out, for any lengths."""
    x = states(p, ids, there)
    most = (x + (there[:, :, None] - 1) * 1e4).max(1).values
    return torch.cat([mean(x, there), most], 1) @ p["head.weight"] + p["head.bias"]


def train(
    p: Params, rows: list[list[int]], y: Any, rounds: float = ROUNDS, rate: float = RATE, last: float = RATE
) -> None:
    """Change ``p`` by Adam until it gives probabilities ``y`` (rows, classes); ``last`` is the head's."""
    rng = np.random.default_rng(0)
    head = [v for k, v in p.items() if v.requires_grad and k.startswith("head.")]
    rest = [v for k, v in p.items() if v.requires_grad and not k.startswith("head.")]
    adam = torch.optim.AdamW([{"params": rest}, {"params": head}], weight_decay=0.01)
    total, step = int(rounds * math.ceil(len(rows) / BATCH)), 0
    while step < total:
        for some in shuffled(rows, rng)[: total - step]:
            for group, fastest in zip(adam.param_groups, (rate, last), strict=True):
                group["lr"] = fastest * min(1.0, step / (0.06 * total + 1)) * (1 - step / (total + 1))
            ids, there = padded([rows[i] for i in some])
            with torch.autocast("cpu", dtype=torch.bfloat16):
                said = forward(p, ids, there)
            loss = -(y[some] * said.float().log_softmax(-1)).sum(1).mean()
            adam.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_([*rest, *head], 1.0)
            adam.step()
            step += 1
            if step % 100 == 0:
                print(f"{step} of {total}: {float(loss.detach()):.3f}", flush=True)


def opened(e: encoder.Encoder) -> Params:
    """The parameters of a reader of the package, its layers free to change; of pieces and places not."""
    given: dict[str, Any] = {"embedding": e.embedding, "places": e.places}
    for name, pair in {"widen": e.widen, "norm": e.norm}.items():
        given |= {f"{name}.weight": pair[0], f"{name}.bias": pair[1]}
    for n, layer in enumerate(e.layers):
        for part in encoder.PARTS:
            weight, bias = getattr(layer, part)
            given |= {f"{n}.{part}.weight": weight, f"{n}.{part}.bias": bias}
    p = {name: torch.tensor(np.array(value)) for name, value in given.items()}
    for name, value in p.items():
        value.requires_grad_(name[0].isdigit())
    return p


def table(p: Params, name: str) -> Any:
    """One of the parameters as the package knows it."""
    return p[name].detach().numpy().astype(np.float32)


def pair(p: Params, name: str) -> Any:
    """A matrix and its bias."""
    return table(p, f"{name}.weight"), table(p, f"{name}.bias")


def layers(p: Params) -> tuple[encoder.Layer, ...]:
    """The layers as the package knows them."""
    return tuple(encoder.Layer(*(pair(p, f"{n}.{part}") for part in encoder.PARTS)) for n in range(depth(p)))


def with_own_layers(begun: encoder.Encoder, p: Params) -> encoder.Encoder:
    """The encoder ``begun`` with the front and the layers learned, over the same pieces."""
    own = {"widen": pair(p, "widen"), "places": table(p, "places"), "norm": pair(p, "norm")}
    return replace(begun, layers=layers(p), **own)


def made(p: Params, classes: tuple[str, ...], pieces: list[str]) -> closer.Closer:
    """The reader as the package knows it."""
    known = {piece: i for i, piece in enumerate(pieces)}
    tables = table(p, "embedding"), pair(p, "widen"), table(p, "places"), pair(p, "norm")
    return closer.Closer(classes, encoder.Encoder(known, *tables, layers(p), CUT.heads), pair(p, "head"))


def to_be_said(
    path: Path, rows: list[dict[str, Any]], classes: tuple[str, ...]
) -> tuple[list[str], NDArray[np.float64]]:
    """What tools/teach.py had read, the labelled ``rows`` first, and what is to be learned of it, (sentences,
    classes): what the larger reader and the shipped readings say, where there are labels half of it these.
    """
    read, taught = learn_weights.read_taught(path, classes)
    if read[: len(rows)] != [" ".join(r["sentence"].split()) for r in rows]:
        raise SystemExit(f"{path}: taught other sentences than these; run tools/teach.py again")
    shipped = weights.shipped()
    words = number(read, shipped.vocabulary.known)
    taught = (taught + reading.probabilities(read, features.blocks(words, shipped.vocabulary), shipped)) / 2
    taught[: len(rows)] = (taught[: len(rows)] + learn_weights.targets(rows, classes)) / 2
    return read, taught


def main() -> None:
    """Learn and write the reader, and say how well it does on what was kept out."""
    parser = learn_weights.arguments(__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--taught", type=Path, required=True)
    parser.add_argument("--reader", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path(closer.__file__).with_name(closer.FILE))
    args = parser.parse_args()
    torch.set_num_threads(1)
    rows, aside, _ = learn_weights.learned_from(args.labels, args.texts, args.leave_out, args.once)
    classes = learn_weights.classes_of(rows)
    read, wanted = to_be_said(args.taught, rows, classes)
    numbers, pieces = kept_pieces(args.model)
    known = {piece: i for i, piece in enumerate(pieces)}
    ordinary = weights.shipped().vocabulary.known
    cut: dict[str, list[int]] = {}
    begins, ends = known["[CLS]"], known["[SEP]"]
    numbered = [[begins, *encoder.pieces(one, ordinary, known, cut), ends] for one in read]
    p = begin(load_file(args.reader), numbers)
    train(p, numbered, torch.tensor(wanted.tolist()))
    data = closer.dump(made(p, classes, pieces))
    args.out.write_bytes(data)
    print(f"{args.out}: {len(data) / 1e6:.2f} MB", file=sys.stderr)
    found = closer.load(data).probabilities([r["sentence"] for r in aside], ordinary)
    print("kept out:", learn_weights.figures(found, aside, classes))


if __name__ == "__main__":
    main()
