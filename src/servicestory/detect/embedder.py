"""Vectors of meaning from a model the user names, in the place of TF-IDF; an optional extra."""

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from servicestory.detect.features import Floats
from servicestory.errors import Problem

Embedder = Callable[[Sequence[str]], Floats]
"""Texts to vectors of length 1, shape (texts, dimensions)."""
LIBRARIES = ("model2vec", "sentence_transformers")


def load(name: str) -> Embedder:
    """The model of that name or in that folder, by model2vec where it is such a model, else
    sentence-transformers.

    A folder is read from the disk; a name is looked for among the models on this computer and, where there is
    a network, fetched by the library.

    Raises:
        Problem: when neither library is installed, or none of them can load the model.
    """
    there = [library for library in LIBRARIES if find_spec(library)]
    if not there:
        raise Problem(
            "--embedder needs a package that is not installed",
            "",
            "Install it with: pip install 'servicestory[semantic]'",
        )
    said = ""
    for library in there:
        try:
            return _encoder(_model(library, name))
        except Exception as error:  # each library has errors of its own for a model it cannot load
            said = said or " ".join(str(error).split())[:200]
    what = "folder" if Path(name).is_dir() else "model"
    raise Problem(
        f"the {what} {name!r} cannot be loaded as a model" + (f": {said}" if said else ""),
        "",
        f"Give the folder of a saved model, or a name that {' or '.join(there)} knows",
    )


def _model(library: str, name: str) -> Any:
    if library == "model2vec":
        from model2vec import StaticModel

        return StaticModel.from_pretrained(name)
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(name, device="cpu")


def _encoder(model: Any) -> Embedder:
    """Each different text is given to the model once; rounding takes out what batches do to last digits."""

    def encode(texts: Sequence[str]) -> Floats:
        once = sorted(set(texts))
        if not once:
            return np.zeros((0, 1))
        place = {text: i for i, text in enumerate(once)}
        rough = np.round(np.asarray(model.encode(once), np.float64), 5)
        unit: Floats = rough / np.maximum(np.linalg.norm(rough, axis=1, keepdims=True), 1e-9)
        return unit[[place[text] for text in texts]]

    encode([""])  # a model that cannot encode says so now
    return encode
