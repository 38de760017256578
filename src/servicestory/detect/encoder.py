"""Reads the words of a sentence in their order: a small transformer encoder in plain numpy, and its files."""

import io
import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from servicestory.detect.words import NAME, NUMBER, masked

LONGEST = 64
"""Pieces of a sentence that are read; the rest of a longer one is not."""
AT_ONCE = 1024
"""Pieces of sentences read together: bounds the memory."""
Singles = NDArray[np.float32]
Ints = NDArray[np.int64]

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


PARTS = ("qkv", "joined", "wide", "narrow", "first", "second")
"""Of a layer, in the order of :class:`Layer`."""


@dataclass(frozen=True)
class Encoder:
    """A small transformer encoder (Vaswani et al. 2017; Wang et al. 2020)."""

    known: dict[str, int]
    embedding: Singles
    """(pieces, narrow width)"""
    widen: tuple[Singles, Singles]
    places: Singles
    """(LONGEST + 2, width)"""
    norm: tuple[Singles, Singles]
    layers: tuple[Layer, ...]
    heads: int

    def numbered(self, texts: Sequence[str], ordinary: Collection[str]) -> list[list[int]]:
        """The numbers of the pieces of each text, between the marks that begin and end it.

        Args:
            ordinary: words that are no names even when written with a capital.
        """
        cut: dict[str, list[int]] = {}
        begin, end = self.known["[CLS]"], self.known["[SEP]"]
        return [[begin, *pieces(text, ordinary, self.known, cut), end] for text in texts]

    def each(
        self,
        texts: Sequence[str],
        ordinary: Collection[str],
        out: NDArray[Any],
        last: Callable[[Singles], Any],
    ) -> None:
        """Fill the rows of ``out`` (sentences, ...) with what ``last`` makes of the sentences.

        What is done with each piece by itself is done at once with those of sentences of several lengths;
        attention goes by sentences of one length, so that nothing has to be filled up.

        Args:
            ordinary: words that are no names even when written with a capital.
            last: from (sentences, length, width) to as many rows of ``out``.
        """
        rows = self.numbered(texts, ordinary)
        length = np.array([len(row) for row in rows], np.int64)

        def read(some: Ints) -> None:
            sizes = length[some]
            groups = [some[sizes == size] for size in np.unique(sizes).tolist()]
            found = self._read([np.array([rows[i] for i in group.tolist()], np.int64) for group in groups])
            for group, x in zip(groups, found, strict=True):
                out[group] = last(x)

        # two batches at a time; each is reckoned by itself, so that nothing depends on which ends first
        pool = ThreadPoolExecutor(2)
        try:
            for _ in pool.map(read, _batches(length)):
                pass
        finally:
            pool.shutdown(cancel_futures=True)

    def _read(self, groups: Sequence[Ints]) -> list[Singles]:
        """(sentences, length) pieces of each group -> (sentences, length, width) of each."""
        ids = np.concatenate([group.ravel() for group in groups])
        x = linear(self.embedding[ids], self.widen)
        x += self.places[np.concatenate([np.tile(np.arange(g.shape[1]), len(g)) for g in groups])]
        x = _normed(x, self.norm)
        shapes = [group.shape for group in groups]
        for layer in self.layers:
            x = self._layer(x, layer, shapes)
        return [part.reshape(count, length, -1) for part, (count, length) in _parts(x, shapes)]

    def _layer(self, x: Singles, layer: Layer, shapes: Sequence[tuple[int, ...]]) -> Singles:
        heads = np.empty((len(x), layer.joined[0].shape[0]), np.float32)
        qkv = linear(x, layer.qkv)
        for (part, (count, length)), (to, _) in zip(_parts(qkv, shapes), _parts(heads, shapes), strict=True):
            to[...] = self._attended(part.reshape(count, length, 3, self.heads, -1)).reshape(to.shape)
        mixed = linear(heads, layer.joined)
        mixed += x
        x = _normed(mixed, layer.first)
        narrow = linear(_gelu(linear(x, layer.wide)), layer.narrow)
        narrow += x
        return _normed(narrow, layer.second)

    def _attended(self, qkv: Singles) -> Singles:
        """(sentences, length, 3, heads, width of one) -> (sentences, length, heads, width of one)."""
        query, key, value = (qkv[:, :, i].transpose(0, 2, 1, 3) for i in range(3))
        seen = query @ key.transpose(0, 1, 3, 2)
        seen *= np.float32(qkv.shape[-1] ** -0.5)
        seen -= seen.max(axis=-1, keepdims=True)
        np.exp(seen, out=seen)
        seen /= seen.sum(axis=-1, keepdims=True)
        return np.asarray((seen @ value).transpose(0, 2, 1, 3), np.float32)


def begun_as(begun: Encoder, given: "Tables") -> Encoder:
    """An encoder with layers and a front of its own, and the vectors of word pieces of ``begun``."""
    return replace(
        begun,
        widen=given.pair("widen"),
        places=given.table("places"),
        norm=given.pair("norm"),
        layers=given.layers(),
        heads=int(given.lists["heads"]),
    )


def _batches(length: Ints) -> list[Ints]:
    """The numbers of sentences of these lengths, short ones first, about :data:`AT_ONCE` pieces each."""
    if not len(length):
        return []
    order = np.argsort(length, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(np.cumsum(length[order]) // AT_ONCE)) + 1)


def _parts(x: Singles, shapes: Sequence[tuple[int, ...]]) -> Iterator[tuple[Singles, tuple[int, int]]]:
    """The rows of ``x`` that belong to each group, with the group's sentences and length."""
    at = 0
    for count, length in shapes:
        yield x[at : at + count * length], (count, length)
        at += count * length


# In place wherever a table is nobody else's: copying takes as long as reckoning.


def pooled(x: Singles) -> Singles:
    """(sentences, length, width) -> (sentences, twice the width): the mean of a sentence and its most."""
    return np.hstack([x.mean(axis=1), x.max(axis=1)])


def linear(x: Singles, by: tuple[Singles, Singles]) -> Singles:
    """``x`` (rows, from) by a matrix and its bias: (rows, to)."""
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


class Tables:
    """The arrays of an .npz file as :func:`dump` wrote them; no pickled objects are read."""

    def __init__(self, data: bytes) -> None:
        with np.load(io.BytesIO(data), allow_pickle=False) as z:
            self._arrays = {name: z[name] for name in z.files}
        self.lists: dict[str, Any] = json.loads(bytes(self._arrays["lists"]).decode("utf-8"))

    def table(self, name: str) -> Singles:
        """One array in single precision."""
        scale = self._arrays.get(f"{name}.scale", np.ones((), np.float32))
        return np.asarray(self._arrays[name].astype(np.float32) * scale, np.float32)

    def pair(self, name: str) -> tuple[Singles, Singles]:
        """A matrix and its bias, or the two scales of a norm."""
        return self.table(f"{name}.weight"), self.table(f"{name}.bias")

    def layers(self) -> tuple[Layer, ...]:
        """The layers in the file, in order."""
        return tuple(
            Layer(*(self.pair(f"{i}.{part}") for part in PARTS)) for i in range(int(self.lists["layers"]))
        )


def dump(
    lists: Mapping[str, Any],
    tables: Mapping[str, Singles],
    pairs: Mapping[str, tuple[Singles, Singles]],
    layers: Sequence[Layer],
) -> bytes:
    """The bytes of an .npz file: matrices as 8-bit integers with one scale per column."""
    text = json.dumps({**lists, "layers": len(layers)}, ensure_ascii=False, separators=(",", ":"))
    arrays: dict[str, NDArray[np.generic]] = {"lists": np.frombuffer(text.encode(), np.uint8)}
    every = dict(pairs)
    for i, layer in enumerate(layers):
        every |= {f"{i}.{part}": getattr(layer, part) for part in PARTS}
    flat = dict(tables)
    for name, (weight, bias) in every.items():
        flat |= {f"{name}.weight": weight, f"{name}.bias": bias}
    for name, table in flat.items():
        if table.ndim < 2:
            arrays[name] = table.astype(np.float32)
            continue
        scale = np.maximum(np.abs(table).max(axis=0), 1e-9) / 127
        arrays[name] = np.round(table / scale).astype(np.int8)
        arrays[f"{name}.scale"] = scale.astype(np.float32)
    out = io.BytesIO()
    np.savez_compressed(out, **arrays)  # type: ignore[arg-type]
    return out.getvalue()
