"""The shipped weights: which words speak for which practice; learned by tools/learn_weights.py."""

import io
import json
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from servicestory.detect import closer
from servicestory.detect.closer import Closer
from servicestory.detect.features import Blocks, Floats, Vocabulary

FILE = "weights.npz"
NO_PRACTICE = ("GENERIC", "FACILITY", "NEGATIVE", "NONE")
OTHER = "other_practice"


@dataclass(frozen=True)
class Weights:
    """A linear model in three blocks (multinomial logistic regression) over ``classes``.

    ``words``, ``parts`` and ``meaning`` are (features of the block, classes); ``bias`` is (classes,).
    """

    classes: tuple[str, ...]
    vocabulary: Vocabulary
    words: NDArray[np.float32]
    parts: NDArray[np.float32]
    meaning: Floats
    bias: Floats
    scale: tuple[float, float, float]
    closer: Closer | None = None
    """Reads once more what the linear model finds possible; over the same classes."""

    @property
    def practices(self) -> tuple[str, ...]:
        """The classes that are practices, in the order of the columns (they come first)."""
        return tuple(c for c in self.classes if c not in NO_PRACTICE)

    def evidence(self, blocks: Blocks) -> Floats:
        """How strongly each sentence speaks for each class, shape (sentences, classes)."""
        a, b, c = self.scale
        return np.asarray(
            a * (blocks.words @ self.words)
            + b * (blocks.parts @ self.parts)
            + c * (blocks.meaning @ self.meaning)
            + self.bias,
            np.float64,
        )

    def probabilities(self, blocks: Blocks) -> Floats:
        """Probability of each class per sentence, rows add up to 1, rounded to 6 places."""
        z = self.evidence(blocks)
        z -= z.max(axis=1, keepdims=True, initial=0)
        p = np.exp(z)
        shares: Floats = np.round(p / p.sum(axis=1, keepdims=True), 6)
        return shares


@cache
def shipped() -> Weights:
    """The weights that come with the package."""
    linear = load((resources.files("servicestory.detect") / FILE).read_bytes())
    return replace(linear, closer=closer.shipped())


def load(data: bytes) -> Weights:
    """Weights from the bytes of an .npz file (no pickled objects are read)."""
    with np.load(io.BytesIO(data), allow_pickle=False) as z:
        lists = json.loads(bytes(z["lists"]).decode("utf-8"))
        numbered = {k: {w: i for i, w in enumerate(lists[k])} for k in ("parts", "known")}
        rarity = z["known_weight"].astype(np.float64)
        vectors = z["vectors"].astype(np.float64) * z["vector_scale"] * rarity[:, None]
        vocabulary = Vocabulary(
            tuple(lists["stems"]),
            z["pairs"].astype(np.int64),
            numbered["parts"],
            numbered["known"],
            z["stem_of"].astype(np.int64),
            z["stem_idf"].astype(np.float64),
            z["pair_idf"].astype(np.float64),
            z["part_idf"].astype(np.float64),
            vectors,
        )
        return Weights(
            tuple(lists["classes"]),
            vocabulary,
            z["w_words"].astype(np.float32) * z["s_words"].astype(np.float32),
            z["w_parts"].astype(np.float32) * z["s_parts"].astype(np.float32),
            z["w_meaning"].astype(np.float64),
            z["bias"].astype(np.float64),
            (float(z["scale"][0]), float(z["scale"][1]), float(z["scale"][2])),
        )


def dump(weights: Weights, known_weight: Floats, raw_vectors: Floats) -> bytes:
    """The bytes of an .npz file: big tables as 8-bit integers with one scale per class."""

    def small(table: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
        scale = np.maximum(np.abs(table).max(axis=0, initial=1e-9), 1e-9) / 127
        return np.round(table / scale).astype(np.int8), scale.astype(np.float32)

    v = weights.vocabulary
    lists = {
        "classes": list(weights.classes),
        "stems": list(v.stems),
        "parts": list(v.parts),
        "known": list(v.known),
    }
    w, sw = small(weights.words)
    p, sp = small(weights.parts)
    vector_scale = float(np.abs(raw_vectors).max()) / 127
    out = io.BytesIO()
    np.savez_compressed(
        out,
        lists=np.frombuffer(json.dumps(lists, ensure_ascii=False, separators=(",", ":")).encode(), np.uint8),
        pairs=v.pairs.astype(np.int32),
        stem_of=v.stem_of.astype(np.int32),
        stem_idf=v.stem_idf.astype(np.float16),
        pair_idf=v.pair_idf.astype(np.float16),
        part_idf=v.part_idf.astype(np.float16),
        known_weight=known_weight.astype(np.float16),
        vectors=np.round(raw_vectors / vector_scale).astype(np.int8),
        vector_scale=np.float64(vector_scale),
        w_words=w,
        s_words=sw,
        w_parts=p,
        s_parts=sp,
        w_meaning=weights.meaning.astype(np.float16),
        bias=weights.bias.astype(np.float32),
        scale=np.asarray(weights.scale, np.float32),
    )
    return out.getvalue()
