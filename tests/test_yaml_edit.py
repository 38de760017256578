"""An edit changes the lines of its fields and nothing else; comments stay; the result reads as wanted."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servicestory import yaml_read, yaml_write
from servicestory.errors import Problem
from servicestory.yaml_edit import edit


def read(text: str) -> dict[str, Any]:
    (piece,) = yaml_read.pieces(text)
    return yaml_read.read(piece, "x.yaml") or {}


def changed(text: str, new: dict[str, Any], old: dict[str, Any] | None = None) -> str:
    (piece,) = yaml_read.pieces(text)
    return edit(piece, read(text) if old is None else old, new, lambda t: read(t) == new, "x.yaml")


words = st.sampled_from(
    ["one", "NO", "a: b", "x # y", "", "two words", "it's", "word " * 30 + "end", "l1\nl2", "ü🙂"]
)
groups = st.dictionaries(st.sampled_from("abc"), words, min_size=1, max_size=3)
fields = st.dictionaries(
    st.sampled_from(["id", "title", "people", "evidence", "customer", "tags", "z"]),
    st.one_of(
        words,
        st.lists(words, min_size=1, max_size=4),
        st.lists(groups, min_size=1, max_size=4),
        groups,
        st.dictionaries(st.sampled_from("pq"), st.lists(words, min_size=1, max_size=3), min_size=1),
    ),
    min_size=1,
)


@st.composite
def hand_written(draw: st.DrawFn) -> tuple[str, dict[str, str], dict[str, Any]]:
    """A document as people write it: (text, text of each field's own lines, what it says)."""
    says = draw(fields)
    newline = draw(st.sampled_from(["\n", "\n", "\r\n"]))
    number = iter(range(1000))

    def remark() -> str:
        return f"# note {next(number)}"

    def one_line(value: Any) -> str:
        style = draw(st.sampled_from(["as written", "double", "plain"]))
        if style == "double" or not isinstance(value, str):
            return json.dumps(value, ensure_ascii=False)
        return yaml_write.scalar(value)

    def lines(key: str, value: Any) -> str:
        end = f"  {remark()}\n" if draw(st.booleans()) else "\n"
        flow = draw(st.integers(0, 3)) == 0
        if isinstance(value, str) or flow:
            if isinstance(value, str) and draw(st.booleans()):
                return yaml_write.entry(key, value)
            return f"{key}: {one_line(value)}{end}"
        pad = " " * draw(st.sampled_from([2, 4]))
        text = f"{key}:{end}"
        if isinstance(value, dict):
            for k, v in value.items():
                if draw(st.booleans()):
                    text += pad + remark() + "\n"
                inner = lines(k, v)
                text += "".join(pad + line if line.strip() else line for line in inner.splitlines(True))
            return text
        pad = draw(st.sampled_from(["", "  ", "    "]))
        for item in value:
            if draw(st.booleans()):
                text += pad + remark() + "\n"
            if isinstance(item, dict) and draw(st.booleans()):
                body = "".join(lines(k, v) for k, v in item.items())
                text += (
                    pad
                    + "- "
                    + "".join(
                        (pad + "  " + line if n and line.strip() else line)
                        for n, line in enumerate(body.splitlines(True))
                    )
                )
            else:
                text += f"{pad}- {one_line(item)}{f'  {remark()}' if draw(st.booleans()) else ''}\n"
        return text

    own: dict[str, str] = {}
    text = draw(st.sampled_from(["", "---\n", "# The story\n\n"]))
    for key, value in says.items():
        own[key] = lines(key, value).replace("\n", newline)
        gap = draw(st.sampled_from(["", "", "\n", "# between\n", "\n # indented\n\n"]))
        text += own[key] + gap
    text = text.replace("\r\n", "\n").replace("\n", newline)
    if draw(st.booleans()) and "|" not in text:
        text = text.removesuffix(newline)
    return text, own, says


def remarks(text: str) -> list[str]:
    return sorted(part.split("\n")[0].strip() for part in text.replace("\r", "").split("# note ")[1:])


@settings(max_examples=100)
@given(hand_written(), fields, st.data())
def test_only_changed_fields_change(
    given_: tuple[str, dict[str, str], dict[str, Any]], other: dict[str, Any], data: st.DataObject
) -> None:
    text, own, says = given_
    assert read(text) == says
    gone = data.draw(st.sets(st.sampled_from(list(says))))
    new = {k: v for k, v in says.items() if k not in gone}
    new |= {k: other[k] for k in data.draw(st.sets(st.sampled_from(list(other))))}
    new = new or {"id": "one"}
    result = changed(text, new)
    assert read(result) == new
    for key, value in says.items():
        if new.get(key) == value:
            lines = own[key].rstrip("\r\n") if text.endswith(own[key].rstrip("\r\n")) else own[key]
            assert lines in result
    if set(says) <= set(new) and all(type(says[k]) is type(new[k]) is str for k in says if says[k] != new[k]):
        assert remarks(result) == remarks(text)
    if new == says:
        assert result == text
    if "\r\n" in text:
        assert result.count("\n") == result.count("\r\n")


@settings(max_examples=60)
@given(st.lists(groups, min_size=1, max_size=6), st.lists(groups, max_size=4), st.data())
def test_kept_items_of_a_list_keep_their_lines_and_remarks(
    items: list[dict[str, str]], more: list[dict[str, str]], data: st.DataObject
) -> None:
    lines = [yaml_write.item(item, 2, True).rstrip("\n") + f"  # note {n}\n" for n, item in enumerate(items)]
    text = "id: x\nevidence:\n" + "".join(lines) + "title: last  # here\n"
    kept = data.draw(st.lists(st.sampled_from(range(len(items))), unique=True, min_size=1).map(sorted))
    place = data.draw(st.integers(0, len(kept)))
    new = [items[n] for n in kept]
    new[place:place] = more
    result = changed(text, {"id": "x", "evidence": new, "title": "last"})
    assert read(result)["evidence"] == new
    assert result.startswith("id: x\n") and result.endswith("title: last  # here\n")
    if not more and len({json.dumps(i) for i in items}) == len(items):
        assert result == "id: x\nevidence:\n" + "".join(lines[n] for n in kept) + "title: last  # here\n"


HAND = """\
# Told at the morning meeting
schema: 1
id: a
title: 'The ring'   # working title

people:   # who did it
# the first name first
- Ana
- "Ben"  # the night shift

- Cy
ratings: [{value: 9, of: 10}]   # from the card
customer: {kind: internal,   # a colleague
  segment: ~}
narrative: |
  She looked.

  She found.


# the end
"""


@pytest.mark.parametrize(
    ("change", "before", "after"),
    [
        ({"title": "The lost ring"}, "'The ring'   #", "The lost ring   #"),
        ({"title": None}, "title: 'The ring'   # working title\n", ""),
        ({"people": ["Ana", "Ben", "Cy", "Dee"]}, "- Cy\n", "- Cy\n- Dee\n"),
        ({"people": ["Ben", "Cy"]}, "- Ana\n", ""),
        ({"people": ["Ana", "Bo", "Cy"]}, '"Ben"  #', "Bo  #"),
        (
            {"people": ["Zoe", "Ana", "Ben", "Cy"]},
            "# the first name first\n",
            "# the first name first\n- Zoe\n",
        ),
        (
            {"site": "Harbour"},
            "narrative: |\n  She looked.\n\n  She found.\n",
            "narrative: |\n  She looked.\n\n  She found.\nsite: Harbour\n",
        ),
        ({"narrative": "Short."}, "narrative: |\n  She looked.\n\n  She found.\n", "narrative: Short.\n"),
        (
            {"customer": {"kind": "external"}},
            "customer: {kind: internal,   # a colleague\n  segment: ~}\n",
            "# a colleague\ncustomer:\n  kind: external\n",
        ),
        (
            {"ratings": [{"value": "8", "of": "10"}]},
            "ratings: [{value: 9, of: 10}]   # from the card\n",
            '# from the card\nratings:\n  - {value: "8", of: "10"}\n',
        ),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_lines_that_change(change: dict[str, Any], before: str, after: str, newline: str) -> None:
    new = {k: v for k, v in {**read(HAND), **change}.items() if v is not None}
    assert HAND.count(before) == 1
    text = HAND.replace("\n", newline)
    assert changed(text, new) == HAND.replace(before, after).replace("\n", newline)


def test_values_typed_in_another_way_stay_as_they_were_typed() -> None:
    text = "id: a\nratings:\n  - {value: 9.0, of: 10, type: rating}  # kept\ntags: [x]\n"
    old = {"id": "a", "ratings": [{"value": 9, "of": 10}], "tags": ["x"]}
    new = {"id": "a", "ratings": [{"value": 9, "of": 10}, {"value": 8}], "tags": ["x"]}
    (piece,) = yaml_read.pieces(text)
    made = edit(piece, old, new, lambda _: True, "x.yaml")
    assert (
        made == "id: a\nratings:\n  - {value: 9.0, of: 10, type: rating}  # kept\n  - {value: 8}\ntags: [x]\n"
    )


def test_a_record_in_braces_is_written_afresh_with_its_remarks() -> None:
    made = changed("---\n{id: a,  # the id\n title: b}\n", {"id": "a", "title": "c"})
    assert made == "---\n# the id\nid: a\ntitle: c\n"


def test_an_edit_that_would_not_read_as_wanted_is_refused() -> None:
    (piece,) = yaml_read.pieces("id: a\n")
    with pytest.raises(Problem, match=r"x\.yaml: this record cannot be changed"):
        edit(piece, {"id": "a"}, {"id": "b"}, lambda _: False, "x.yaml")


def test_a_long_list_is_changed_in_no_time_and_only_where_it_must() -> None:
    old = [{"story": f"s{n}", "start": n} for n in range(3000)]
    text = "id: a\nevidence:\n" + "".join(f"- {{story: s{n}, start: {n}}}  # {n}\n" for n in range(3000))
    new = [*old[2990:], *(item for n, item in enumerate(old[:2990]) if n % 7), {"story": "s2990", "start": 1}]
    (piece,) = yaml_read.pieces(text)
    made = edit(piece, {"id": "a", "evidence": old}, {"id": "a", "evidence": new}, lambda _: True, "x.yaml")
    kept = [line for n, line in enumerate(text.splitlines()[2:2992]) if n % 7]
    assert [line for line in made.splitlines() if line in set(kept)] == kept  # a moved end moves nothing else
    assert len(made.splitlines()) == 2 + len(new)
