"""Stories as they are read aloud: without names, and two colleagues still two."""

import pytest

from servicestory.wording.aloud import aloud

PEOPLE = (["Ilka Rein", "Ilka"], ["Xaver Holm"], ["Rosa Quint", "Rosie"])


@pytest.mark.parametrize(
    ("told", "read"),
    [
        (
            "It was Ilka from the counter. Ilka waited.",
            "It was a colleague from the counter. The colleague waited.",
        ),
        (
            "Ilka looked up. I heard later that Xaver had begun early. Xaver is kind, and Ilka too.",
            "A colleague looked up. I heard later that another colleague had begun early. "
            "The other colleague is kind, and the first colleague too.",
        ),
        ("Rosie and Ilka came. Then Rosie left.", "Colleagues came. Then a colleague left."),
        ("The lady, Rosa, laughed. The old man Xaver did not.", "The lady laughed. The old man did not."),
        ("Xaver, Ilka's brother, came.", "A colleague, another colleague's brother, came."),
        ("Our cook Ilka came.", "Our cook came."),
        ("An Italian lady and a young Dutch man laughed.", "A lady and a young man laughed."),
        ("The Portuguese lady put on a Scottish jersey.", "The lady put on a Scottish jersey."),
        (
            "I passed it to our colleague at the gate. Ilka saw it.",
            "I passed it to our colleague at the gate. A colleague saw it.",
        ),
        ("Nobody came.", "Nobody came."),
    ],
)
def test_names_are_read_as_colleagues(told: str, read: str) -> None:
    assert aloud(told, PEOPLE) == read
