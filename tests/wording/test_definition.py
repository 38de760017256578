"""What the codebook gives the documents where the stories give too little; and the house's own word in it."""

import pytest

from servicestory.detect.codebook import starter
from servicestory.models.codebook import CodebookEntry
from servicestory.models.practice import Practice
from servicestory.models.story import Story
from servicestory.records import load
from servicestory.wording.definition import definition, in_house, named_moment, stated, worded


def entry(**fields: object) -> CodebookEntry:
    base = {"key": "lend", "name": "Lend what the customer needs", "definition": "Staff lend an item."}
    return CodebookEntry.model_validate({**base, **fields})


@pytest.mark.parametrize(
    ("said", "lines"),
    [
        ("We find what is missing and bring it.", ["Find what is missing", "Bring what is missing"]),
        ("When we learn of an occasion we mark it.", ["When you learn of an occasion, mark it"]),
        ("When a seat, bed or table is free, we offer it to the guest.", ["When a seat, bed or table is free, offer it to the client"]),
        ("We fit our hours to the customer.", ["Fit your hours to the client"]),
        # one act a line; a verb alone stays with its neighbour, and one of several is no sequence
        ("We meet people at the gate, look up, smile and greet them.", ["Meet the client at the gate", "Look up and smile", "Greet the client"]),
        ("We show, let people try, and hand over a sheet.", ["Show and let people try", "Hand over a sheet"]),
        ("We carry, store or deliver what is heavy.", ["Carry, store or deliver what is heavy"]),
        ("We offer tea and cake to everybody.", ["Offer tea and cake to everybody"]),
        ("We ask how people like it and make it so.", ["Ask how people like it and make it so"]),
        ("Letters and calls at the gate are answered at once.", ["Answer letters and calls at the gate at once"]),
        ("When a lamp is broken, whoever hears of it gets a new one.", ["When a lamp is broken, get a new one"]),
        ("Somebody comes at night.", ["Lend an item"]),  # no instruction in it: the definition's words instead
        (None, ["Lend an item"]),
    ],
)  # fmt: skip
def test_a_statement_becomes_an_instruction_for_each_act(said: str | None, lines: list[str]) -> None:
    assert definition(entry(behaviour_statement=said), "client").lines == tuple(lines)


def test_what_stands_behind_a_colon_says_how() -> None:
    made = definition(entry(behaviour_statement="We talk with people: a joke, a real question."), "guest")
    assert (made.lines, made.hows) == (
        ("Talk with people",),
        {"Talk with people": "A joke, a real question"},
    )


def test_of_a_practice_that_was_renamed_the_codebook_says_no_more() -> None:
    way = {"on": "2026-03-02", "by": "Mara", "action": "renamed", "from": "Lend what the customer needs"}
    said = "We lend whatever is missing."
    book = entry(behaviour_statement=said, include=["a charger lent"])
    own = Practice.model_validate(
        {"id": "P-0001", "name": "Lend an umbrella and dry the coat", "definition": "lend"}
        | {
            "behaviour_statement": said,
            "decisions": [{**way, "to": "Lend an umbrella", "reason": "it rains"}],
        }
    )
    spoken = worded(own, book, "guest")
    assert spoken.behaviour_statement is None
    assert stated(own, book, "guest").behaviour_statement == (
        f"What the codebook calls “{in_house(book.name, 'guest')}”."
    )
    made = definition(book, "guest", spoken)
    assert (made.lines, made.counts) == (("Lend an umbrella", "Dry the coat"), ())
    assert made.comes_from == "name people gave the practice"
    kept = own.model_copy(update={"behaviour_statement": "We hold the door."})  # people wrote it
    assert definition(book, "guest", worded(kept, book, "guest")).lines == ("Hold the door",)
    same = own.model_copy(update={"decisions": []})
    assert definition(book, "guest", worded(same, book, "guest")).lines == ("Lend whatever is missing",)


def test_inclusions_are_examples_and_no_steps() -> None:
    made = definition(
        entry(
            include=["standing up to meet somebody", "a charger lent", "shopping carried", "extra towels"],
            exclude=["routine serving of a customer"],
        ),
        "patient",
    )
    assert made.lines[1:] == ()
    assert made.counts == (
        "standing up to meet somebody",
        "a charger lent",
        "shopping carried",
        "extra towels",
    )
    assert made.counts_not == ("routine serving of a patient",)
    assert definition(None, "patient").lines == ()


def test_examples_of_other_trades_stand_only_where_a_story_speaks_of_them() -> None:
    entry = CodebookEntry(
        key="children",
        name="Look after children",
        behaviour_statement="We give children something of their own.",
        definition="Staff look after children.",
        include=["crayons", "warming a bottle"],
        exclude=["a menu for children alone"],
    )
    told = [
        Story(id="a", narrative="Bea let my son ring the bell."),
        Story(id="b", narrative="They warmed the bottle."),
    ]
    assert definition(entry, "pupil", None, told[:1]).counts == ()
    assert definition(entry, "pupil", None, told).counts == ("warming a bottle",)
    assert definition(entry, "pupil", None, told).counts_not == ()
    assert definition(entry, "pupil").counts == ("crayons", "warming a bottle")


def test_every_entry_of_the_starter_codebook_gives_at_least_one_line() -> None:
    entries, problems = load(CodebookEntry, starter(), "codebook.yaml")
    assert not problems
    for _, one in entries:
        lines = definition(one, "resident").lines
        assert lines, one.key
        text = (
            " ".join(lines).casefold().replace("when we have ", "")
        )  # what the house did is not a colleague's
        assert "customer" not in text and " we " not in f" {text} " and " our " not in f" {text} "


def test_only_the_codebooks_own_words_are_put_in_the_houses() -> None:
    assert in_house("Customers and the guest's bags", "patient") == "Patients and the patient's bags"
    given = Practice(id="P-0001", name="Lend what the guest needs")
    assert worded(given, entry(), "patient").name == "Lend what the patient needs"
    own = Practice(id="P-0001", name="Umbrellas for every customer")
    assert worded(own, entry(), "patient").name == "Umbrellas for every customer"
    assert worded(own, None, "patient") is own


def test_what_asks_for_unpaid_time_is_no_line_to_do() -> None:
    made = definition(
        entry(
            behaviour_statement="We wait at the gate after the shift.",
            include=["staying on past the shift", "standing up to meet somebody"],
        ),
        "guest",
    )
    assert made.lines == ("Lend an item",) and made.counts == ("standing up to meet somebody",)
    for _, own in load(CodebookEntry, starter(), "codebook.yaml")[0]:
        assert not any("your shift" in line for line in definition(own, "guest").lines)


@pytest.mark.parametrize(
    ("name", "statement", "moment"),
    [
        ("Greet every guest in person on arrival", "We look up before anything else.", "On arrival"),
        ("Keep people informed while they wait", None, "While they wait"),
        ("Offer the better seat when it is free", None, "When it is free"),
        ("Call the morning after arrival", "We ring and ask how the night was.", "The morning after arrival"),
        ("Mark a feast", "When we learn of a feast we light a lantern.", "When you learn of a feast"),
        ("Hold the lift", "We hold it during the evening rush and afterwards.", "During the evening rush and afterwards"),
        ("Notice a need and act before being asked", "We act before anybody has to ask.", None),
        ("Look after the plants of an absent guest before a frost", None, "Before a frost"),
        ("Look after visitors", None, None),
        ("Call a week after the sale and ask how it runs", None, "A week after the sale"),
        ("Write two days before departure", None, "Two days before departure"),
        ("Tidy with care", "We come again when asked, before they have to ask twice.", None),
    ],
)  # fmt: skip
def test_a_practice_may_name_its_own_moment(name: str, statement: str | None, moment: str | None) -> None:
    assert named_moment(name, statement) == moment


def test_a_line_too_short_for_a_step_is_told_by_the_name() -> None:
    given = entry(name="Look in again at night", behaviour_statement="We return unasked: once or twice.")
    made = definition(given, "guest")
    assert made.lines == ("Look in again at night",)
    assert made.hows == {"Look in again at night": "Unasked, once or twice"}


def test_what_the_house_did_is_not_put_on_the_learner() -> None:
    assert named_moment("When we have let somebody down, we say sorry.") == "When we have let somebody down"
    assert named_moment("When we learn of an occasion we mark it.") == "When you learn of an occasion"
