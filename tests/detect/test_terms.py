"""Words are compared by their base forms and weigh more the fewer sentences say them."""

import numpy as np

from servicestory.detect.terms import Terms

TEXTS = [
    "She lent me the blue bike and lent him the green one.",
    "They are lending a bike to every customer.",
    "We rode on.",
    "He took the bike and a map.",
]


def test_forms_of_a_word_are_one_and_who_is_served_counts_for_nothing() -> None:
    share = Terms(TEXTS).covered(["Lend the customer a bike"])
    assert share[0] == 1 and share[1] == 1
    assert share[2] == 0
    assert share[3] == 0  # the bike alone is said of many things


def test_a_word_no_sentence_says_makes_a_line_less_covered() -> None:
    terms = Terms(TEXTS)
    assert 0 < terms.covered(["Lend a bike and a helmet"])[0] < terms.covered(["Lend a bike"])[0]
    assert terms.covered([]).tolist() == [0, 0, 0, 0]
    assert terms.covered(["", "the and"]).tolist() == [0, 0, 0, 0]


def test_a_verb_and_its_particle_are_one_word_unless_the_sentence_uses_them_so() -> None:
    texts = [
        "He goes through the pockets by hand, back and front.",
        "He felt with his hand back there.",
        "She handed my coat back.",
        "She mended it before handing it back.",
        "She mended it by hand.",
    ]
    share = Terms(texts).covered(["Mend damage before handing back"])
    assert share[:2].tolist() == [0, 0]
    assert all(share[2:] > 0)


def test_vectors_have_length_one_or_none() -> None:
    vectors = Terms([*TEXTS, "so it is"]).vectors
    assert np.allclose(np.sqrt(vectors.multiply(vectors).sum(axis=1)).ravel(), [1, 1, 1, 1, 0])
    assert Terms([]).vectors.shape[0] == 0


def test_the_house_s_word_for_a_customer_tells_no_deed() -> None:
    said = ["He walked the lodger out.", "The lodger paid."]
    assert Terms(said, "lodger").covered(["Walk every lodger"])[0] == 0
    assert Terms(said).covered(["Walk every lodger"])[0] == 1
