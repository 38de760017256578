"""Columns find their fields by name and content; a real doubt is a question with its answer to copy."""

import pytest

from servicestory.collect import mapping
from servicestory.collect.presets import find
from servicestory.collect.tables import Row, Table
from servicestory.errors import Problem, Usage
from servicestory.models.organisation import Organisation

STORY = "She left her desk and walked the guest to the pharmacy across the square, number {}."


def table(**columns: object) -> Table:
    """A table of ten rows; a column is a function of the row number, or one value for all."""
    names = [name.replace("__", " ") for name in columns]
    rows = [
        Row(n + 2, [str(make(n)) if callable(make) else str(make) for make in columns.values()])
        for n in range(10)
    ]
    return Table("t.csv", names, rows, "delimited text")


def resolved(made: Table, *given: str, preset: str | None = None) -> dict[str, tuple[str, ...]]:
    return dict(mapping.resolve(made, mapping.parse(given), find(preset) if preset else None).columns)


def test_names_and_contents_decide() -> None:
    made = table(
        Review__ID=lambda n: f"a{n}",
        Hotel="Quay",
        Stayed="2026-08",
        Overall__Rating=lambda n: n % 5 + 1,
        Headline="Kind",
        Review=lambda n: STORY.format(n),
        Staff__member="Anna",
        Guest__name="Bo",
    )
    assert resolved(made) == {
        "text": ("Review",),
        "title": ("Headline",),
        "date": ("Stayed",),
        "site": ("Hotel",),
        "person": ("Staff member",),
        "rating": ("Overall Rating",),
        "record": ("Review ID",),
    }


@pytest.mark.parametrize(
    "name",
    [
        "person",
        "People",
        "Staff",
        "Employee",
        "Staff name(s)",
        "Employee names",
        "Team members",
        "staff_member",
    ],
)
def test_who_did_it_is_found_however_the_column_is_called(name: str) -> None:
    assert resolved(table(**{name: "Anna", "Review": lambda n: STORY.format(n)}))["person"] == (name,)


def test_a_column_called_date_is_the_date_though_many_of_its_cells_are_none() -> None:
    half = table(Review=lambda n: STORY.format(n), Date=lambda n: "2026-08-01" if n > 6 else "no idea")
    assert resolved(half)["date"] == ("Date",)
    better = table(
        Review=lambda n: STORY.format(n), Date=lambda n: "2026-08-01" if n > 6 else "?", Visited="2026-08"
    )
    assert resolved(better)["date"] == ("Visited",)
    for name in ("When", "Date"):
        none = table(Review=lambda n: STORY.format(n), **{name: "after lunch"})
        assert "date" not in resolved(none)


def test_the_only_prose_is_the_text_whatever_it_is_called() -> None:
    made = table(Q7=lambda n: STORY.format(n), Q8=lambda n: n % 3, Day="2026-08-01")
    assert resolved(made)["text"] == ("Q7",)


def test_two_texts_are_a_question_with_a_command_to_copy() -> None:
    made = table(positive=lambda n: STORY.format(n), review=lambda n: STORY.format(n))
    with pytest.raises(Problem, match=r"'positive' or 'review'.*import t\.csv --map \"text=positive\""):
        mapping.resolve(made, {}, None, "servicestory import t.csv")
    assert resolved(made, "text=review")["text"] == ("review",)
    assert resolved(made, "text=review", "text=positive")["text"] == ("review", "positive")


def test_no_text_at_all_names_the_columns() -> None:
    with pytest.raises(Problem, match=r"No column of t\.csv looks like.*'Score' and 'Day'"):
        resolved(table(Score=3, Day="2026-08-01"))


def test_behaviours_alone_tell_a_story() -> None:
    made = table(Behaviours="Ran after the guest", Day="2026-08-01")
    assert "text" not in resolved(made, "behaviour=Behaviours")


def test_a_field_left_empty_is_left_out() -> None:
    made = table(review=lambda n: STORY.format(n), hotel="Quay", date="2026-08-01")
    assert "site" in resolved(made)
    assert "site" not in resolved(made, "site=")


def test_cells_that_do_not_fit_their_name_are_no_guess() -> None:
    made = table(
        review=lambda n: STORY.format(n), date="soon", id="same", rating="a long answer", hotel=lambda n: n
    )
    assert set(resolved(made)) == {"text"}


def test_a_scale_in_a_name_makes_a_rating() -> None:
    made = table(review=lambda n: STORY.format(n))
    made.columns.append("cabin staff (1-5)")
    made.rows = [Row(r.number, [*r.cells, "4"]) for r in made.rows]
    assert resolved(made)["rating"] == ("cabin staff (1-5)",)


def test_a_missing_column_names_the_nearest_and_all() -> None:
    made = table(review=lambda n: STORY.format(n), hotel="Quay")
    with pytest.raises(Problem, match=r"no column 'hotl'; it has 'review' and 'hotel'.*--map \"site=hotel\""):
        resolved(made, "site=hotl")
    assert resolved(made, "site=HOTEL ")["site"] == ("hotel",)
    with pytest.raises(Problem, match="one of them"):
        resolved(made, "site=zzzzzz")


def test_a_wrong_delimiter_is_recognised_from_the_missing_column() -> None:
    made = Table("t.csv", ["id;review;hotel"], [Row(2, ["1;x;y"])], "delimited text")
    with pytest.raises(Problem, match="leave --delimiter away"):
        resolved(made, "text=review")


def test_columns_of_customers_are_refused() -> None:
    made = table(review=lambda n: STORY.format(n), Customer__Name="Bo")
    with pytest.raises(Problem, match="identifies customers"):
        resolved(made, "person=Customer Name")


def test_many_columns_are_not_all_listed() -> None:
    made = Table("t.csv", [f"q{n}" for n in range(60)], [Row(2, ["1"] * 60)], "delimited text")
    with pytest.raises(Problem, match="'q39' and 20 more"):
        resolved(made)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["text"], "no equals sign"),
        (["txt=a"], "Did you mean 'text'"),
        (["qqq=a"], "Fields are text"),
        (["site=a", "site=b"], "given twice"),
        (["text=a", "text=a"], "text=a is given twice"),
    ],
)
def test_wrong_maps(words: list[str], said: str) -> None:
    with pytest.raises(Usage, match=said):
        mapping.parse(words)


def test_a_column_may_hold_an_equals_sign() -> None:
    assert mapping.parse(["text=a=b", "TAG=x"]) == {"text": ["a=b"], "tag": ["x"]}


def test_a_preset_gives_its_fields_and_a_map_overrules_one() -> None:
    made = table(
        review_id=lambda n: f"r{n}",
        user_id="u",
        business_id="b",
        stars=5,
        date="2026-01-01",
        text=lambda n: STORY.format(n),
        title=lambda n: STORY.format(n),
    )
    found = resolved(made, "text=title", "site=", preset="yelp")
    assert found == {"text": ("title",), "date": ("date",), "rating": ("stars",), "record": ("review_id",)}


def test_a_column_of_words_is_no_rating_whatever_it_is_called() -> None:
    made = table(review=lambda n: STORY.format(n), satisfaction=lambda n: "Good" if n % 2 else "Bad")
    assert "rating" not in resolved(made)
    assert mapping.worded_rating({c: made.column(c) for c in made.columns}) == ("satisfaction", "Bad")


def test_marks_among_words_are_a_rating() -> None:
    made = table(review=lambda n: STORY.format(n), score=lambda n: "-" if n % 2 else "9")
    assert resolved(made)["rating"] == ("score",)
    assert mapping.worded_rating({"score": made.column("score")}) is None


def test_the_only_column_of_days_is_the_date_whatever_it_is_called() -> None:
    made = table(review=lambda n: STORY.format(n), Datum=lambda n: f"{n + 1:02}.11.2026", Jahr="2026")
    assert resolved(made)["date"] == ("Datum",)
    two = table(review=lambda n: STORY.format(n), von="01.11.2026", bis="02.11.2026")
    assert "date" not in resolved(two)


def test_what_the_house_lists_tells_its_columns_whatever_they_are_called() -> None:
    house = Organisation.model_validate(
        {
            "sites": [{"name": "Köln-Deutz"}, {"name": "Markt"}],
            "staff": [{"name": "Birgit Öztürk", "aliases": ["Biggi"]}, {"name": "Jonas Keller"}],
        }
    )
    made = table(
        Tag=lambda n: "31.11.2026" if n == 3 else f"{n + 1}.03.2026",  # one day that is none
        Filiale=lambda n: ["Köln-Deutz", "markt", "Marktt"][n % 3],
        Mitarbeiter=lambda n: ["Biggi, Jonas Keller", "", "Tom"][n % 3],
        E__mail="Markt",
        Was__gut__war=lambda n: STORY.format(n),
    )
    told = mapping.resolve(made, {"text": ["Was gut war"]}, None, house=house)
    assert dict(told.columns) == {
        "text": ("Was gut war",),
        "date": ("Tag",),
        "site": ("Filiale",),
        "person": ("Mitarbeiter",),
    }


def test_two_columns_of_what_the_house_lists_are_left_to_the_person_who_imports() -> None:
    house = Organisation.model_validate({"sites": [{"name": "Quay"}]})
    made = table(Von="Quay", Nach="Quay", Review=lambda n: STORY.format(n))
    assert "site" not in mapping.resolve(made, {}, None, house=house).columns


def test_thousands_of_columns_are_looked_at_once_each(monkeypatch: pytest.MonkeyPatch) -> None:
    wide = ["text", *(f"q{n}" for n in range(5_000))]
    rows = [
        Row(n, [f"She walked us to the car in the rain, the {n}th time.", *["x"] * 5_000]) for n in (2, 3)
    ]
    looked: list[str] = []
    monkeypatch.setattr(mapping, "read_rating", lambda cell: looked.append(cell))
    made = Table("wide.csv", wide, rows, "text")
    assert mapping.resolve(made, {}, None, house=Organisation()).first("text") == "text"
    assert len(looked) <= 2 * len(wide)
