"""Records survive the way to a file and back, whatever they hold; fields from elsewhere are checked in words."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicestory import records, yaml_edit, yaml_read, yaml_write
from servicestory.errors import Problem
from servicestory.models.base import Record
from servicestory.models.codebook import CodebookEntry
from servicestory.models.monitoring import Training
from servicestory.models.practice import Practice
from servicestory.models.story import Story
from tests.test_yaml_write import texts

dates = st.sampled_from(["2022", "2022-Q3", "2022-08", "2022-08-14", "0001-01-01"])
figures = st.one_of(st.integers(-10, 10), st.floats(allow_nan=False, allow_infinity=False))
ids = st.sampled_from(["a", "NO", "007", "2026-10-01-ring", "null", "~", "é:x", "#x", "[x]", "-"])
some: Any = st.fixed_dictionaries


def lists(of: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(of, max_size=3)


told = some(
    {"id": ids, "narrative": texts.filter(lambda t: bool(t.strip()))},
    optional={
        **dict.fromkeys(
            ("title", "situation", "outcome", "quote", "team", "site", "language", "rule_bent"), texts
        ),
        **dict.fromkeys(("behaviours", "people", "tags"), lists(texts)),
        "date": dates,
        "recovery": st.booleans(),
        "customer": some({"kind": st.sampled_from(["external", "internal"])}, optional={"segment": texts}),
        "ratings": lists(some({"value": figures}, optional={"type": texts, "of": st.floats(0.1, 100)})),
        "consent": lists(
            some(
                {"party": texts, "uses": lists(st.sampled_from(["team", "training"]))}, optional={"on": dates}
            )
        ),
        "source": some({}, optional={"record": texts, "sha256": st.just("0" * 64)}),
        "verification": some({}, optional={"by": texts, "on": dates}),
    },
)
evidence = some(
    {"story": ids, "start": st.integers(0, 10**6), "end": st.integers(0, 10**6)},
    optional={
        "field": st.sampled_from(["behaviours[0]", "narrative"]),
        "score": figures,
        "pinned": st.booleans(),
    },
)
found = some(
    {"id": st.sampled_from(["P-0001", "P-12345"]), "name": texts.filter(str.strip)},
    optional={
        **dict.fromkeys(("behaviour_statement", "trigger", "owner"), texts),
        **dict.fromkeys(("core", "adaptable", "words"), lists(texts)),
        "status": st.sampled_from(["candidate", "accepted", "merged"]),
        "evidence": lists(evidence),
        "counter_evidence": lists(evidence),
        "verdict": some(
            {"label": st.just("spreading")},
            optional={
                "because": texts,
                "criteria": st.dictionaries(
                    texts.filter(bool),
                    st.one_of(texts, figures, st.booleans(), st.none(), lists(figures)),
                    max_size=3,
                ),
            },
        ),
        "decisions": lists(
            some({"on": dates, "by": texts, "action": texts, "reason": texts}, optional={"from": texts})
        ),
    },
)


def test_a_line_that_is_no_record_is_told_as_a_line() -> None:
    text = b'null\n{}\n{"id": "a", "narrative": ["x"]}\n'
    _, problems = records.load_lines(Story, text, "f")
    assert [p.where for p in problems] == ["f:1", "f:2", "f:3"]
    assert problems[0].what == "this line holds no record" and problems[1].what == "'id' is missing"
    assert {p.next_step for p in problems} == {"Mend or delete the line"}


def there_and_back(record: Record) -> None:
    text = yaml_write.document(record.to_yaml())
    (loaded,), problems = records.load(type(record), "# first\n---\n" + text, "x.yaml")
    assert (loaded, problems) == ((3, record), [])
    line = record.model_dump_json(by_alias=True, exclude_defaults=True)
    assert "\n" not in line and records.many(type(record), [line, line]) == [record, record]
    assert records.load_lines(type(record), records.json_lines((record, record), "x"), "x") == (
        [record, record],
        [],
    )


@given(told)
def test_any_story_comes_back(fields: dict[str, Any]) -> None:
    there_and_back(Story.model_validate(fields))


@given(found)
def test_any_practice_comes_back(fields: dict[str, Any]) -> None:
    there_and_back(Practice.model_validate(fields))


@given(told, told)
def test_any_story_can_be_edited_into_any_other(before: dict[str, Any], after: dict[str, Any]) -> None:
    old, new = Story.model_validate(before), Story.model_validate(after)
    (piece,) = yaml_read.pieces("# by hand\n" + yaml_write.document(old.to_yaml()) + "# the end\n")

    def reads_as_new(text: str) -> bool:
        (made,) = yaml_read.pieces(text)
        return Story.model_validate(yaml_read.read(made, "x")) == new

    made = yaml_edit.edit(piece, old.to_yaml(), new.to_yaml(), reads_as_new, "x.yaml")
    assert made.startswith("# by hand\n") and made.endswith("# the end\n")


def test_fields_from_elsewhere_are_checked_in_words() -> None:
    assert records.checked(Story, {"id": "a", "narrative": "x"}, "form").id == "a"
    with pytest.raises(Problem, match=r"^form: date: 'soon' is not a date"):
        records.checked(Story, {"id": "a", "narrative": "x", "date": "soon"}, "form")


def test_fields_may_be_completed_before_they_are_checked() -> None:
    ((line, story),), problems = records.load(
        Story, "\nnarrative: x\n", "f", lambda fields: {"id": "new", **fields}
    )
    assert (line, story.id, problems) == (2, "new", [])


def test_half_a_character_is_refused_in_words() -> None:
    with pytest.raises(
        Problem, match=r"^form: a text holds half a character after .*x'\. Type that character"
    ):
        records.json_lines([Story(id="a", narrative="x\ud83d")], "form")
    story = '"id": "a", "narrative": "x\\ud83d"'
    _, (problem,) = records.load(Story, f"{{{story}}}", "f")
    assert str(problem).startswith("f:1: a character number after a backslash stands for no character")
    assert len(records.load_lines(Story, f"{{{story}}}\n".encode(), "f")[1]) == 1


@pytest.mark.parametrize(
    ("model", "fields", "said"),
    [
        (CodebookEntry, {"key": "Warm-Welcome", "name": "Greet", "statement": "We greet."}, "small letters"),
        (Training, {"practice": "P-0001", "on": "2026-08-01", "learner": "Anna"}, "not written by hand"),
        (Practice, {"id": "P1", "name": "Greet"}, "Write it like P-0001"),
    ],
)
def test_how_a_text_of_a_form_is_written_would_be_taken(
    model: type[Record], fields: dict[str, Any], said: str
) -> None:
    with pytest.raises(Problem) as caught:
        records.checked(model, fields, "x.yaml")
    assert said in caught.value.next_step
