"""Reads a sentence a second time, its words in their order: a small transformer in plain numpy.

The linear reading sees which words occur, not in which order: "they said they would ring back and never did"
holds all the words of a good deed. What it finds possible is therefore read once more, by this.
"""

import io
import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from servicestory.detect.words import NAME, NUMBER, masked

FILE = "closer.npz"
LONGEST = 64
"""Pieces of a sentence that are read; the rest of a longer one is not."""
AT_ONCE = 64
"""Sentences of one length read together: bounds the memory."""
Singles = NDArray[np.float32]

_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")


def pieces(
    text: str, ordinary: Collection[str], known: Mapping[str, int], cut: dict[str, list[int]]
) -> list[int]:
    """The numbers of the word pieces of ``text`` (Wu et al. 2016), names and numbers masked.

    Args:
        ordinary: words that are no names even when written with a capital.
        known: the pieces; ``##`` begins one that continues a word.
        cut: how tokens were cut before; filled in.
    """
    found: list[int] = []
    for token in _TOKEN.findall(text.replace("’", "'").replace("`", "'")):
        if token not in cut:
            word = masked(token, ordinary) if token[0].isalnum() else token
            cut[token] = [known[word]] if word in (NAME, NUMBER) else _cut(word, known)
        found += cut[token]
    return found[:LONGEST]


def _cut(word: str, known: Mapping[str, int]) -> list[int]:
    """The longest known piece from the left, again and again; unknown as a whole where there is none."""
    found: list[int] = []
    at = 0
    while at < len(word):
        for end in range(len(word), at, -1):
            number = known.get(("##" if at else "") + word[at:end])
            if number is not None:
                found.append(number)
                at = end
                break
        else:
            return [known["[UNK]"]]
    return found


@dataclass(frozen=True)
class Layer:
    """One layer of the encoder; (from, to) matrices, each with its bias, and the scales of two norms."""

    qkv: tuple[Singles, Singles]
    joined: tuple[Singles, Singles]
    wide: tuple[Singles, Singles]
    narrow: tuple[Singles, Singles]
    first: tuple[Singles, Singles]
    second: tuple[Singles, Singles]


@dataclass(frozen=True)
class Closer:
    """A small transformer encoder (Vaswani et al. 2017; Wang et al. 2020) over ``classes``."""

    classes: tuple[str, ...]
    known: dict[str, int]
    embedding: Singles
    """(pieces, narrow width)"""
    widen: tuple[Singles, Singles]
    places: Singles
    """(LONGEST + 2, width)"""
    norm: tuple[Singles, Singles]
    layers: tuple[Layer, ...]
    heads: int
    head: tuple[Singles, Singles]

    def probabilities(self, texts: Sequence[str], ordinary: Collection[str]) -> NDArray[np.float64]:
        """Probability of each class per sentence, (sentences, classes), rounded to 4 places.

        Sentences of one length are read together, so that nothing has to be filled up.
        """
        cut: dict[str, list[int]] = {}
        begin, end = self.known["[CLS]"], self.known["[SEP]"]
        rows = [[begin, *pieces(text, ordinary, self.known, cut), end] for text in texts]
        length = np.array([len(row) for row in rows], np.int64)
        out = np.zeros((len(rows), len(self.classes)))
        for size in np.unique(length).tolist():
            those = np.flatnonzero(length == size)
            for at in range(0, len(those), AT_ONCE):
                some = those[at : at + AT_ONCE]
                out[some] = self._read(np.array([rows[i] for i in some.tolist()], np.int64))
        return np.asarray(np.round(out, 4), np.float64)

    def _read(self, ids: NDArray[np.int64]) -> NDArray[np.float64]:
        """(sentences, length) pieces -> (sentences, classes)."""
        count, length = ids.shape
        x = _linear(self.embedding[ids].reshape(count * length, -1), self.widen)
        x.reshape(count, length, -1)[...] += self.places[:length]
        x = _normed(x, self.norm)
        for layer in self.layers:
            x = self._layer(x, layer, count, length)
        x = x.reshape(count, length, -1)
        z = _linear(np.hstack([x.mean(axis=1), x.max(axis=1)]), self.head).astype(np.float64)
        z = np.exp(z - z.max(axis=1, keepdims=True))
        shares: NDArray[np.float64] = z / z.sum(axis=1, keepdims=True)
        return shares

    def _layer(self, x: Singles, layer: Layer, count: int, length: int) -> Singles:
        each = layer.joined[0].shape[0] // self.heads
        qkv = _linear(x, layer.qkv).reshape(count, length, 3, self.heads, each)
        query, key, value = (qkv[:, :, i].transpose(0, 2, 1, 3) for i in range(3))
        seen = query @ key.transpose(0, 1, 3, 2)
        seen *= np.float32(each**-0.5)
        seen -= seen.max(axis=-1, keepdims=True)
        np.exp(seen, out=seen)
        seen /= seen.sum(axis=-1, keepdims=True)
        heads = np.asarray((seen @ value).transpose(0, 2, 1, 3).reshape(count * length, -1), np.float32)
        mixed = _linear(heads, layer.joined)
        mixed += x
        x = _normed(mixed, layer.first)
        narrow = _linear(_gelu(_linear(x, layer.wide)), layer.narrow)
        narrow += x
        return _normed(narrow, layer.second)


# In place wherever a table is nobody else's: copying takes as long as reckoning.


def _linear(x: Singles, by: tuple[Singles, Singles]) -> Singles:
    out: Singles = x @ by[0]
    out += by[1]
    return out


def _normed(x: Singles, by: tuple[Singles, Singles]) -> Singles:
    """Layer normalisation (Ba, Kiros & Hinton 2016), in place."""
    x -= x.mean(axis=-1, keepdims=True)
    spread = np.einsum("ij,ij->i", x, x)[:, None]
    spread /= np.float32(x.shape[-1])
    spread += np.float32(1e-12)
    x /= np.sqrt(spread)
    x *= by[0]
    x += by[1]
    return x


def _gelu(x: Singles) -> Singles:
    """The gate by its usual approximation (Hendrycks & Gimpel 2016)."""
    gate = x * x
    gate *= np.float32(0.044715)
    gate += np.float32(1)
    gate *= x
    gate *= np.float32(0.7978845608)
    np.tanh(gate, out=gate)
    gate += np.float32(1)
    gate *= x
    gate *= np.float32(0.5)
    return gate


@cache
def shipped() -> Closer:
    """The reader that comes with the package."""
    return load((resources.files("servicestory.detect") / FILE).read_bytes())


PARTS = ("qkv", "joined", "wide", "narrow", "first", "second")
"""Of a layer, in the order of :class:`Layer`."""


def load(data: bytes) -> Closer:
    """A reader from the bytes of an .npz file (no pickled objects are read)."""
    with np.load(io.BytesIO(data), allow_pickle=False) as z:
        lists = json.loads(bytes(z["lists"]).decode("utf-8"))

        def table(name: str) -> Singles:
            given = z[name].astype(np.float32)
            scale = z[f"{name}.scale"].astype(np.float32) if f"{name}.scale" in z.files else np.float32(1)
            return np.asarray(given * scale, np.float32)

        def pair(name: str) -> tuple[Singles, Singles]:
            return table(f"{name}.weight"), table(f"{name}.bias")

        layers = tuple(Layer(*(pair(f"{i}.{part}") for part in PARTS)) for i in range(int(lists["layers"])))
        return Closer(
            tuple(lists["classes"]),
            {piece: i for i, piece in enumerate(lists["pieces"])},
            table("embedding"),
            pair("widen"),
            table("places"),
            pair("norm"),
            layers,
            int(lists["heads"]),
            pair("head"),
        )


def dump(closer: Closer) -> bytes:
    """The bytes of an .npz file: matrices as 8-bit integers with one scale per column."""
    lists = {
        "classes": list(closer.classes),
        "pieces": list(closer.known),
        "heads": closer.heads,
        "layers": len(closer.layers),
    }
    tables: dict[str, NDArray[np.generic]] = {
        "lists": np.frombuffer(
            json.dumps(lists, ensure_ascii=False, separators=(",", ":")).encode(), np.uint8
        )
    }

    def put(name: str, table: Singles) -> None:
        if table.ndim < 2:
            tables[name] = table.astype(np.float32)
            return
        scale = np.maximum(np.abs(table).max(axis=0), 1e-9) / 127
        tables[name] = np.round(table / scale).astype(np.int8)
        tables[f"{name}.scale"] = scale.astype(np.float32)

    put("embedding", closer.embedding)
    put("places", closer.places)
    pairs = {"widen": closer.widen, "norm": closer.norm, "head": closer.head}
    for i, layer in enumerate(closer.layers):
        pairs |= {f"{i}.{part}": getattr(layer, part) for part in PARTS}
    for name, (weight, bias) in pairs.items():
        put(f"{name}.weight", weight)
        put(f"{name}.bias", bias)
    out = io.BytesIO()
    np.savez_compressed(out, **tables)  # type: ignore[arg-type]
    return out.getvalue()
