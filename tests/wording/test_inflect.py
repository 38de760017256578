"""The tables of word forms say what lemminflect's own say, for every word."""

from lemminflect import Inflections, Lemmatizer
from lemminflect.codecs.InflectionLUCodec import InflectionLUCodec
from lemminflect.codecs.LemmaLUCodec import LemmaLUCodec

from servicestory.wording import inflect
from servicestory.wording.morphology import participle_lemma, past_lemma


def test_every_entry_is_as_lemminflect_reads_it() -> None:
    assert inflect.getAllLemmas("brought", upos="VERB") == {"VERB": ("bring",)}
    for ours, theirs in (
        (Lemmatizer().lemma_dict, LemmaLUCodec.load(Lemmatizer().lemma_lu_fn)),
        (Inflections().infl_dict, InflectionLUCodec.load(Inflections().infl_lu_fn)),
    ):
        assert ours.keys() == theirs.keys()
        assert all(list(ours.get(word).items()) == list(entry.items()) for word, entry in theirs.items())
    assert inflect.getAllLemmas("xqzzy") == {}


def test_what_is_no_past_is_none_though_the_tables_know_a_rare_verb() -> None:
    assert past_lemma("feed") is participle_lemma("feed") is past_lemma("weed") is None
    assert past_lemma("fed") == "feed" and participle_lemma("freed") == "free"
