"""What was found in each text, as whole numbers under the text's fingerprint: kept between runs."""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import blake2b, sha256
from importlib import resources
from typing import Any

import numpy as np
import scipy
from numpy.typing import NDArray

Table = NDArray[np.int32]
FORM = np.dtype("S16")
READ_BY = ("german_nouns.py", "honorifics.py", "not_names.py", "offices.py", "text.py")
"""Files outside the folders of the reading that it depends on."""


@dataclass(frozen=True)
class Shelf:
    """Of each of n different texts the rows ``ptr[i]:ptr[i + 1]`` of every table.

    ``key`` (n,) are the fingerprints of the texts, sorted; the tables, (rows,) or (rows, columns), hold what
    was found there, by name.
    """

    key: NDArray[np.bytes_]
    ptr: NDArray[np.int64]
    tables: Mapping[str, Table]

    def take(self, texts: NDArray[np.int64]) -> "Shelf":
        """The same for some of the texts, in the order given."""
        counts = np.diff(self.ptr)[texts]
        at = _ranges(self.ptr[:-1][texts], counts)
        return Shelf(self.key[texts], pointers(counts), {name: t[at] for name, t in self.tables.items()})

    def plus(self, other: "Shelf") -> "Shelf":
        """Both together, sorted again; no text may be in both."""
        ptr = np.concatenate([self.ptr, self.ptr[-1] + other.ptr[1:]])
        tables = {name: np.concatenate([t, other.tables[name]]) for name, t in self.tables.items()}
        both = Shelf(np.concatenate([self.key, other.key]), ptr, tables)
        return both.take(np.argsort(both.key, kind="stable"))


def empty(**columns: int) -> Shelf:
    """No texts; of each table how many columns it has (0: one number a row)."""
    tables = {name: np.zeros((0, wide) if wide else 0, np.int32) for name, wide in columns.items()}
    return Shelf(np.zeros(0, FORM), np.zeros(1, np.int64), tables)


def fingerprint(text: str) -> bytes:
    """Sixteen bytes that no other text has."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def pointers(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """``ptr`` of a shelf whose texts have so many rows each."""
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)


def filled(
    known: Shelf, key: NDArray[np.bytes_], find: Callable[[NDArray[np.int64]], Mapping[str, Table]]
) -> tuple[Shelf, Shelf]:
    """The texts ``key`` (m,) in their order, and what to keep of them for the next run, each once.

    Args:
        known: what an earlier run kept. What is to be kept is this very object where it would not differ.
        find: from the numbers of texts that are not known to their tables; ``counts`` among them: the rows of
            each text. Called once, with no numbers when everything is known.
    """
    wanted, first = np.unique(key, return_index=True)
    here = np.isin(known.key, wanted)
    kept = known if here.all() else known.take(np.flatnonzero(here))
    todo = np.sort(first[~np.isin(wanted, known.key)])
    tables = dict(find(todo))
    if len(todo):
        kept = kept.plus(Shelf(key[todo], pointers(tables.pop("counts").astype(np.int64)), tables))
    return kept.take(np.searchsorted(kept.key, key)), kept


def edition(also: str = "") -> str:
    """Differs wherever a text might be read differently: by weights, words, code, libraries, and ``also``."""
    found = sha256(f"{np.__version__} {scipy.__version__} {also}".encode("utf-8", "surrogatepass"))
    folders = (resources.files(f"servicestory.{name}") for name in ("detect", "wording", "models"))
    read = (file for folder in folders for file in folder.iterdir())
    beside = (resources.files("servicestory") / name for name in READ_BY)
    for file in (*sorted(read, key=lambda f: f.name), *beside):
        if file.name.endswith((".py", ".npz", ".gz")):
            found.update(file.name.encode() + b"\0" + file.read_bytes())
    return found.hexdigest()


def dump(shelf: Shelf, of: str) -> bytes:
    """The bytes of an .npz file, to be kept; ``of`` is its :func:`edition`."""
    arrays: dict[str, Any] = {f"table_{name}": table for name, table in shelf.tables.items()}
    out = io.BytesIO()
    np.savez(out, edition=np.frombuffer(of.encode(), np.uint8), key=shelf.key, ptr=shelf.ptr, **arrays)
    return out.getvalue()


def load(data: bytes | None, of: str, like: Shelf) -> Shelf | None:
    """What :func:`dump` made; None when that is nothing, damaged, of another edition or not ``like``."""
    if not data:
        return None
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as z:
            if bytes(z["edition"]) != of.encode():
                return None
            found = Shelf(z["key"], z["ptr"], {name: z[f"table_{name}"] for name in like.tables})
    except Exception:  # a damaged archive raises whatever its damaged part leads to
        return None
    fits = (
        found.key.dtype == FORM
        and bool((found.key[:-1] < found.key[1:]).all())
        and found.ptr.dtype == np.int64
        and found.ptr.shape == (len(found.key) + 1,)
        and found.ptr[0] == 0
        and bool((np.diff(found.ptr) >= 0).all())
        and all(
            len(table) == found.ptr[-1]
            and table.dtype == np.int32
            and table.shape[1:] == like.tables[name].shape[1:]
            for name, table in found.tables.items()
        )
    )
    return found if fits else None


def _ranges(starts: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers ``starts[i] … starts[i] + counts[i] - 1`` of every i, one after the other."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    found: NDArray[np.int64] = np.arange(total) + np.repeat(starts - (ends - counts), counts)
    return found
