"""A thank-you quotes a sentence that tells what the person did, or none."""

from typing import Any

import pytest

from servicestory.models.practice import Evidence
from servicestory.monitor import acted, recognition, told
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


TWO = ("Berit Moe", "Aslak")


@pytest.mark.parametrize(
    ("text", "said", "who"),
    [
        ("Berit sewed the handle on. Aslak rang for a taxi.", "Aslak rang for a taxi", TWO[1:]),
        ("Berit sewed the handle on and Aslak rang for a taxi.", "rang for a taxi", TWO[1:]),
        ("Berit sewed the handle on and waxed the thread.", "waxed the thread", TWO[:1]),
        ("Berit and Aslak carried the trunk.", "carried the trunk", TWO),
        ("Berit saw the torn bag. She sewed it up.", "She sewed it up", TWO[:1]),
        ("Berit spoke to Aslak. She sewed it up.", "She sewed it up", ()),
        ("Berit told Aslak and sewed it up.", "sewed it up", TWO[:1]),
        ("They were both there. They sewed it up.", "They sewed it up", ()),
        ("The bag was sewn up. Berit smiled.", "The bag was sewn up", ()),
    ],
)
def test_a_deed_is_said_of_whoever_did_it(text: str, said: str, who: tuple[str, ...]) -> None:
    assert told.by_whom(story(1, None, narrative=text, people=list(TWO)), said) == who


def test_two_of_one_family_name_are_told_apart_or_not_at_all() -> None:
    lees = story(1, None, narrative="Lee sewed it up. Tom Lee rang.", people=["Anna Lee", "Tom Lee"])
    assert told.by_whom(lees, "Lee sewed it up") == ()
    assert told.by_whom(lees, "Tom Lee rang") == ("Tom Lee",)


def test_a_note_to_two_thanks_each_for_what_each_did() -> None:
    text = "Berit sewed the handle back on. Aslak stood by."
    one = story(1, "2026-09-30", narrative=text, people=list(TWO))
    shown = practice(1, [], evidence=places(text, ("Berit sewed the handle back on.", 0.9)))
    item = recognition.thanks(one, [shown], 5, TODAY)
    written = recognition.note(item, "Ilka")
    assert "Berit Moe, this was told of you: “Berit sewed the handle back on.”" in written
    assert "Aslak, you had a part in it." in written and "What was told of you" not in written
    did = ["sewed the handle on", "called a taxi"]
    written = recognition.note(item, "Ilka", did, [TWO[:1], TWO[1:]])
    assert "Berit Moe, you sewed the handle on.\nAslak, you called a taxi." in written
    assert "a part in it" not in written
    assert "Between you, you called a taxi." in recognition.note(item, "Ilka", did, [TWO[:1], ()])
    assert "\nYou sewed the handle on and called a taxi." in recognition.note(item, "Ilka", did, [TWO, TWO])
    alone = recognition.thanks(one.model_copy(update={"people": ["Aslak"]}), [], 5, TODAY)
    assert "\nYou sewed the handle on." in recognition.note(alone, "Ilka", did[:1])


def quoted(text: str, *said: tuple[str, float], people: tuple[str, ...] = ("Berit",)) -> str:
    one = story(1, "2026-09-30", people=list(people), narrative=text)
    shown = practice(1, [], evidence=places(text, *said))
    return recognition.note(recognition.thanks(one, [shown], 5, TODAY), "Ilka")


def test_what_went_wrong_is_not_thanked_for() -> None:
    wrong = (
        "We had sold him the wrong fuse. Berit said it was our mistake. She drove to the next shop for one."
    )
    note = quoted(
        wrong, ("We had sold him the wrong fuse.", 0.9), ("She drove to the next shop for one.", 0.8)
    )
    assert "“She drove to the next shop for one.”" in note
    note = quoted("Berit lent him two pumps, and he brought back the wrong one.", ("Berit lent him two pumps, and he brought back the wrong one.", 0.9))  # fmt: skip
    assert "“Berit lent him two pumps.”" in note
    sold = "Berit sold him the wrong fuse. Berit wrapped the parcel."
    assert "wrong" not in quoted(
        sold, ("Berit sold him the wrong fuse.", 0.9), ("Berit wrapped the parcel.", 0.8)
    )


def test_what_others_said_and_doubtful_places_are_not_thanked_for() -> None:
    text = "He said one thing, she said the other. Berit was minding the shop. She handed them one of each."
    row = ("He said one thing, she said the other.", 0.9)
    note = quoted(text, row, ("She handed them one of each.", 0.9))
    assert "“Berit was minding the shop. She handed them one of each.”" in note
    tip = "A lady left a coin which Berit put in the box. Berit shut the till and sat down with her."
    note = quoted(tip, ("A lady left a coin which Berit put in the box.", 0.2))
    assert "Berit shut the till and sat down with her" in note


def test_two_deeds_of_one_person_are_quoted_in_the_order_of_the_text() -> None:
    text = "Berit dried the dog. It was late. Berit rang the engineer. Berit locked up."
    said = (("Berit rang the engineer.", 0.9), ("Berit dried the dog.", 0.8), ("Berit locked up.", 0.7))
    assert "“Berit dried the dog. … Berit rang the engineer.”" in quoted(text, *said)


def test_a_line_that_leaves_out_another_deed_is_known() -> None:
    text = "Berit dried the dog, and then she rang the engineer and got him to come."
    one, [place] = story(1, None, narrative=text, people=["Berit"]), places(text, (text, 0.9))
    assert told.partly(one, [place], 1) and told.partly(one, [place], 2) and not told.partly(one, [place], 3)


@pytest.mark.parametrize(
    ("text", "did", "anybody"),
    [
        ("Berit dried the dog and rang the engineer.", "dried the dog and rang the engineer", False),
        ("Berit gives every boat a slip with the tides.", "gave every boat a slip with the tides", False),
        ("Mr Holm was ill, so Berit put springs on his boat.", "put springs on their boat", False),
        ("Berit lent a man his own bicycle.", "lent a man his own bicycle", True),
        (
            "Berit was minding the shop. She said never mind and lent one.",
            "said never mind and lent one",
            False,
        ),
        (
            "Berit mended the lamp within the hour, fine, that is the job.",
            "mended the lamp within the hour",
            False,
        ),
    ],
)
def test_what_was_done_follows_on_you(text: str, did: str, anybody: bool) -> None:
    one = story(1, None, narrative=text, people=["Berit"])
    found = acted.predicate(one, places(text, (text, 0.9)))
    assert found and (found.did, found.anybody) == (did, anybody)


@pytest.mark.parametrize(
    "text", ["Berit took our bags off us.", "Berit forgot the key.", "Berit sold him the wrong fuse."]
)
def test_what_only_the_teller_can_say_or_went_wrong_follows_on_nothing(text: str) -> None:
    one = story(1, None, narrative=text, people=["Berit"])
    assert acted.predicate(one, places(text, (text, 0.9))) is None


def test_a_doubtful_place_tells_nothing_of_what_was_done() -> None:
    text = "Berit dried the dog."
    assert (
        acted.predicate(story(1, None, narrative=text, people=["Berit"]), places(text, (text, 0.1))) is None
    )


def test_what_somebody_did_is_theirs_whatever_practice_it_shows() -> None:
    text = "The bus was late and we were upset. Tom called the depot and found another one."
    one = story(1, "2026-10-01", people=["Tom"]).model_copy(update={"narrative": text})
    doubtful = Evidence(story="s1", start=36, end=len(text), score=0.1)
    assert acted.predicate(one, [doubtful]) is None
    for places in ([doubtful], []):
        found = acted.anything(one, places)
        assert found is not None
        assert found.did == "called the depot and found another one"


def test_of_two_deeds_of_a_place_the_greater_is_told_and_no_dash_of_a_list() -> None:
    text = "- Berit smiled at him. Berit drove home in the night and fetched her own glasses for him."
    one = story(1, None, narrative=text, people=["Berit"])
    assert told.deed(one, places(text, (text, 0.9))) == (
        "Berit drove home in the night and fetched her own glasses for him"
    )
    small = "- Berit smiled at him"
    listed = story(2, None, narrative="", people=["Berit"], behaviours=[small])
    there = [Evidence(story="s2", field="behaviours[0]", start=0, end=len(small))]
    assert told.deed(listed, there) == "Berit smiled at him"


MINE = "A guest had left her glasses in the tram. I cycled to the depot for them after my shift."


def test_the_deed_of_whoever_tells_their_own_story_is_thanked_for() -> None:
    mine: dict[str, Any] = {"people": ["Berit Moe"], "narrative": MINE, "reporter": {"role": "porter"}}
    one = story(1, "2026-09-30", **mine)
    assert told.teller(one) == "Berit Moe"
    assert told.deeds(one, []) == ("I cycled to the depot for them after my shift",)
    assert told.by_whom(one, "I cycled to the depot") == ("Berit Moe",)
    note = recognition.note(recognition.thanks(one, [], 0, TODAY), "Mara")
    assert "As you told it: “A guest had left her glasses in the tram. I cycled to the depot" in note
    both = story(
        2, "2026-09-30", **mine | {"people": ["Aslak", "Berit Moe"], "narrative": f"{MINE} Aslak waved."}
    )
    note = recognition.note(recognition.thanks(both, [], 0, TODAY), "Mara")
    assert "As Berit Moe told it: “A guest had left her glasses in the tram. I cycled" in note


@pytest.mark.parametrize(
    "other",
    [
        {"reporter": {"role": "guest"}},
        {"narrative": MINE.replace("I cycled", "I saw how Berit cycled")},
        {"narrative": "I lost a guest's glasses. She cycled to the depot for them."},
        {"people": ["Berit Moe", "Aslak"]},
        {"narrative": MINE.replace("I cycled", "Somebody cycled")},
    ],
)
def test_an_i_that_may_be_somebody_else_is_none_of_the_people(other: dict[str, Any]) -> None:
    mine: dict[str, Any] = {"people": ["Berit Moe"], "narrative": MINE, "reporter": {"role": "porter"}}
    assert told.teller(story(1, "2026-09-30", **mine | other)) is None


@pytest.mark.parametrize(
    ("said", "before", "told_alone"),
    [
        ("rang him when it was found", "A guest had lost a hat. Berit ", "rang a guest"),
        ("rang her in the evening", "The guests went. Berit ", "rang somebody in the evening"),
        ("gave the guest a map and rang him", "Berit ", "gave the guest a map and rang him"),
        ("took her bag up", "Berit ", "took her bag up"),
        ("mended it", "Berit ", "mended it"),
        ("took the kettle until it boiled", "Berit ", "took the kettle until it boiled"),
        ("took the kettle and mended it", "Berit ", "took the kettle and mended it"),
        ("looked until it was found and rang the guest", "", "looked and rang the guest"),
    ],
)
def test_a_deed_told_alone_says_whom_it_was_done_for(said: str, before: str, told_alone: str) -> None:
    assert acted.with_antecedents(said, before) == told_alone


def test_a_quoted_sentence_about_a_him_comes_with_the_one_before() -> None:
    one = story(1, "2026-09-30", people=["Berit"], narrative="A man had lost a hat. Berit rang him at once.")
    assert told.in_context(one, "Berit rang him at once") == "A man had lost a hat. Berit rang him at once."
    other = story(1, "2026-09-30", narrative="It rained. Berit asked a man in and gave him tea.")
    assert told.in_context(other, "Berit asked a man in and gave him tea").startswith("Berit")
