"""Vectors from a model of the user's choice."""

import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from servicestory.detect import embedder
from servicestory.detect.pipeline import Config, detect
from servicestory.errors import Problem
from tests.conftest import Command
from tests.detect.conftest import story
from tests.detect.test_pipeline import CAKES, NEWS


class Letters:
    """A model that counts letters."""

    asked: list[str]

    @classmethod
    def from_pretrained(cls, name: str) -> "Letters":
        if name != "letters":
            raise ValueError(f"no model is called {name}")
        return cls()

    def encode(self, texts: Sequence[str]) -> Any:
        self.asked = list(texts)
        return np.array(
            [[t.lower().count(c) for c in "abcdefghijklmnopqrstuvwxyz"] for t in texts], np.float32
        )


@pytest.fixture
def letters(monkeypatch: pytest.MonkeyPatch) -> None:
    made = ModuleType("model2vec")
    made.StaticModel = Letters  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "model2vec", made)
    monkeypatch.setattr(embedder, "find_spec", lambda name: name == "model2vec" or None)


def test_vectors_have_length_one_and_keep_the_order(letters: None) -> None:
    found = embedder.load("letters")(["zebra", "abba", "zebra", ""])
    assert found.shape == (4, 26)
    assert np.allclose(np.linalg.norm(found, axis=1), [1, 1, 1, 0])
    assert (found[0] == found[2]).all()
    assert embedder.load("letters")([]).shape[0] == 0


def test_a_model_takes_the_place_of_the_words(letters: None) -> None:
    told = [story(f"{i}", text) for i, text in enumerate(CAKES + NEWS)]
    config = Config(embedder=embedder.load("letters"))
    found = detect(told, [], [], config)
    assert found.practices
    assert found.behaviours == detect(told[::-1], [], [], config).behaviours


def test_what_cannot_be_loaded_is_said(letters: None) -> None:
    with pytest.raises(Problem, match="'numbers' cannot be loaded as a model: no model is called numbers"):
        embedder.load("numbers")


def test_without_the_extra_it_is_said_how_to_install_it(
    workspace: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedder, "find_spec", {}.get)
    done = command("detect", "--embedder", "letters")
    assert done.returncode == 1
    assert "pip install 'servicestory[semantic]'" in done.stderr


def test_a_model2vec_model_is_read_from_its_folder(tmp_path: Path) -> None:
    model2vec = pytest.importorskip("model2vec")
    tokenizers = pytest.importorskip("tokenizers")
    words = ["[UNK]", "cake", "birthday", "informed", "delay"]
    tokenizer = tokenizers.Tokenizer(
        tokenizers.models.WordLevel({w: i for i, w in enumerate(words)}, unk_token="[UNK]")
    )
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    vectors = np.array([[0, 0], [1, 0], [1, 0.1], [0, 1], [0.1, 1]], np.float32)
    model2vec.StaticModel(vectors, tokenizer).save_pretrained(tmp_path / "model")
    found = embedder.load(str(tmp_path / "model"))(["birthday cake", "informed", "delay"])
    assert found[1] @ found[2] > 0.9 > found[0] @ found[1]
