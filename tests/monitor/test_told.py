"""A thank-you quotes a sentence that tells what the person did, or none."""

import pytest

from servicestory.models.practice import Evidence
from servicestory.monitor import recognition, told
from tests.monitor.build import TODAY, practice, story


def places(text: str, *said: tuple[str, float]) -> list[Evidence]:
    return [
        Evidence(story="s1", start=text.index(part), end=text.index(part) + len(part), score=score)
        for part, score in said
    ]


SUITCASE = "A man with a torn suitcase stood in the rain. Berit sewed the handle back on. He was delighted."
KETTLE = (
    "Berit noticed that the kettle was broken. She lent us her own. Later Berit wrote a note for the night."
)


@pytest.mark.parametrize(
    ("text", "said", "quoted"),
    [
        (
            SUITCASE,
            (("A man with a torn suitcase stood in the rain.", 0.99), ("Berit sewed the handle back on.", 0.9)),
            "Berit sewed the handle back on",
        ),
        (SUITCASE, (("A man with a torn suitcase stood in the rain.", 0.99), ("He was delighted.", 1)), None),
        (KETTLE, (("She lent us her own.", 0.8),), "She lent us her own"),
        (
            KETTLE,
            (("Berit noticed that the kettle was broken.", 0.7), ("Later Berit wrote a note for the night.", 0.9)),
            "Later Berit wrote a note for the night",
        ),
        ("The lady thanked Berit. She booked again.", (("She booked again.", 1),), None),
        ("We were late for Berit. The ferry had gone.", (("We were late for Berit.", 1),), None),
        ("Berit was wonderful.", (("Berit was wonderful.", 1),), None),
        ("It snowed. Then Ole and Berit\ncleared the steps.", (("It snowed. Then Ole and Berit\ncleared the steps.", 1),),
         "Then Ole and Berit cleared the steps"),
    ],
)  # fmt: skip
def test_the_sentence_of_whoever_is_thanked(
    text: str, said: tuple[tuple[str, float], ...], quoted: str | None
) -> None:
    one = story(1, "2026-09-30", people=["Berit Aas"], narrative=text)
    assert told.deed(one, places(text, *said)) == quoted


@pytest.mark.parametrize(
    ("text", "said", "quoted"),
    [
        (SUITCASE, (), ("Berit sewed the handle back on",)),
        (
            KETTLE,
            (("Later Berit wrote a note for the night.", 0.7), ("She lent us her own.", 0.9)),
            ("She lent us her own", "Later Berit wrote a note for the night."),
        ),
        ("With Berit's trays I never wait. She asks which arm hurts.", (), ("She asks which arm hurts",)),
        ("With Berit's trays all went well. A guest came in. She thanked us.", (), ()),
        ("The sea was calm and Berit was lovely.", (), ()),
    ],
)
def test_the_sentences_nearest_to_a_deed(
    text: str, said: tuple[tuple[str, float], ...], quoted: tuple[str, ...]
) -> None:
    one = story(1, "2026-09-30", people=["Berit Aas"], narrative=text)
    assert [q.rstrip(".") for q in told.nearest(one, places(text, *said))] == [q.rstrip(".") for q in quoted]


def test_a_sentence_that_refers_back_is_given_with_what_it_refers_to() -> None:
    one = story(1, "2026-09-30", narrative=f"It rained. {KETTLE}")
    assert told.in_context(one, "She lent us her own") == (
        "Berit noticed that the kettle was broken. She lent us her own."
    )
    assert told.in_context(one, "Later Berit wrote a note for the night.").startswith("Berit noticed")
    assert told.in_context(one, "Berit noticed that the kettle was broken").startswith("Berit noticed")
    assert told.in_context(one, "lent a kettle") == "lent a kettle."


def test_a_note_quotes_the_sentence_with_the_deed_and_not_the_beginning() -> None:
    text = "It had rained all day in the harbour. A bag tore. She sewed it on, as Berit does."
    one = story(1, "2026-09-30", people=["Berit"], narrative=text)
    found = practice(1, [one], status="candidate").model_copy(
        update={"evidence": places(text, ("She sewed it on", 0.9))}
    )
    note = recognition.note(recognition.thanks(one, [found], 0, TODAY), "Mara")
    assert "“A bag tore. She sewed it on" in note and "It had rained" not in note
    assert "s1" not in note, "an id is no title"


def test_without_such_a_sentence_the_title_is_thanked_for() -> None:
    one = story(1, "2026-09-30", people=["Berit"], narrative=SUITCASE, title="The torn suitcase")
    found = practice(1, [one]).model_copy(
        update={"evidence": places(SUITCASE, ("A man with a torn suitcase stood in the rain.", 1))}
    )
    note = recognition.note(recognition.thanks(one, [found], 0, TODAY), "Mara")
    assert "“The torn suitcase”" in note and "told of you" not in note


def test_a_story_that_names_nobody_keeps_its_evidence() -> None:
    one = story(1, "2026-09-30", narrative=SUITCASE)
    said = places(SUITCASE, ("A man with a torn suitcase stood in the rain.", 1))
    assert told.deed(one, said) == "A man with a torn suitcase stood in the rain."
