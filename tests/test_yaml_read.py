"""Strict reading: only texts, lists and groups; every refusal has its line; a broken record hides no other."""

import builtins
from collections.abc import Callable
from typing import Any

import pytest

from servicestory import yaml_read
from servicestory.errors import Problem


def read(text: str) -> Any:
    (piece,) = yaml_read.pieces(text)
    return yaml_read.read(piece, "x.yaml")


def refusal(text: str) -> str:
    said = []
    for piece in yaml_read.pieces(text):
        try:
            yaml_read.read(piece, "x.yaml")
        except Problem as problem:
            said.append(str(problem))
    assert len(said) == 1, said
    return said[0]


def test_scalars_stay_what_was_typed() -> None:
    text = "a: NO\nb: 007\nc: 1.10\nd: 12:30\ne: 2022-08-14\nf: 0x10\ng: yes\nh: 'null'\ni: 1_000\n"
    assert list(read(text).values()) == [
        "NO",
        "007",
        "1.10",
        "12:30",
        "2022-08-14",
        "0x10",
        "yes",
        "null",
        "1_000",
    ]


def test_what_was_left_empty_was_not_given() -> None:
    assert read("a:\nb: ~\nc: null\nd: ''\ne:\n  f:\n  g: x\nh:\n  -\n  - y\n") == {
        "d": "",
        "e": {"g": "x"},
        "h": ["y"],
    }


REFUSED = {
    "a: 1\nb: &x y\n": "x.yaml:2: an anchor",
    "a: &x {b: c}\n": "x.yaml:1: an anchor",
    "a: b\nc: *a\n": "x.yaml:2: an alias",
    "a: !!int 3\n": "x.yaml:1: a type mark (tag:yaml.org,2002:int)",
    "a:\n- !x {b: c}\n": "x.yaml:2: a type mark",
    "a: !python/object/apply:os.system [ls]\n": "x.yaml:1: a type mark",
    "!!map {a: b}\n": "x.yaml:1: a type mark",
    "a: b\n\na: c\n": "x.yaml:3: 'a' is given twice",
    "a:\n  b: c\n  b: d\n": "x.yaml:3: 'b' is given twice",
    "? {a: b}\n: c\n": "x.yaml:1: a key must be one plain word",
    "&k a: b\n": "x.yaml:1: ",
    ": b\n": "x.yaml:1: ",
    "a: " + "[" * 30 + "]" * 30: "x.yaml:1: lists or groups stand inside each other more than 20 deep",
    "[" * 100_000: "x.yaml:1: lists or groups stand inside each other more than 20 deep",
    "a: " + "{a: " * 30: "x.yaml:1: lists or groups stand inside each other more than 20 deep",
    "# a list\n- a\n- b\n": "x.yaml:2: a list stands here",
    "just words\n": "x.yaml:1: this is not a record",
    "--- word\n": "x.yaml:1: this is not a record",
    "a: b: c\n": "x.yaml:1: a second colon stands in this line. Put the text in quotes.",
    "a: b\nc d\ne: f\n": "x.yaml:2: a line has no colon after its key",
    "a: b\n c: d\n": "x.yaml:2: ",
    "a:\n  - b\n c: d\n": "x.yaml:3: ",
    'a: "b" c\n': "x.yaml:1: ",
    "a: `b`\n": "x.yaml:1: a text begins with a character YAML keeps for itself",
    "a: @b\n": "x.yaml:1: a text begins with a character YAML keeps for itself",
    "a: *\n": "x.yaml:1: a text begins with * or &",
    "a: b\n\tc: d\n": "x.yaml:2: ",
    'x: y\na: "b\nc: d\n': "x.yaml:2: a quote is opened and never closed. Close it.",
    "a: 'b\n": "x.yaml:1: a quote is opened and never closed",
    'a: "b\\q"\n': "x.yaml:1: a backslash",
    "a: [b, c\nd: e\n": "x.yaml:1: a list or group in brackets is never closed",
    "a: b\x07\n": "x.yaml:1: a control character (number 7) stands here",
    "a: b\n<<<<<<< HEAD\nc: d\n=======\nc: e\n>>>>>>> other\n": "x.yaml:2: marks of an unfinished merge stand here",
}


@pytest.mark.parametrize("text", REFUSED, ids=[t[:30] for t in REFUSED])
def test_refusals_say_what_where_and_what_to_do(text: str) -> None:
    said = refusal(text)
    assert said.startswith(REFUSED[text])
    assert said.count(". ") >= 1 and said.endswith(".")
    assert "token" not in said and "mapping" not in said and "scalar" not in said


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_broken_record_hides_no_other(newline: str) -> None:
    text = "# first\n---\na: 1\n---\nb: 'x\n---\nc: [\n...\n---\n\n# only a remark\n--- # d\nd: |\n  --- no end\n  x\n---\n"
    found: list[Any] = []
    for piece in yaml_read.pieces(text.replace("\n", newline)):
        try:
            found.append((yaml_read.first_line(piece), yaml_read.read(piece, "x.yaml")))
        except Problem as problem:
            found.append(problem.where)
    assert found == [
        (3, {"a": "1"}),
        "x.yaml:5",
        "x.yaml:8",
        (9, None),
        (13, {"d": "--- no end\nx\n"}),
        (16, None),
    ]


def test_directives_do_not_disturb() -> None:
    assert [yaml_read.read(p, "x") for p in yaml_read.pieces("%YAML 1.2\n---\na: b\n...\n# end\n")] == [
        {"a": "b"}
    ]
    assert yaml_read.pieces("") == [] and yaml_read.pieces("# nothing\n\n") == []


def test_a_second_record_without_its_line_is_named() -> None:
    # The old Macintosh line end divides records for the parser, not for people.
    assert refusal("a: b\r---\rc: d\r").startswith("x.yaml:2: a second record begins here")


def test_every_value_knows_its_place() -> None:
    text = "# top\na: 'x'\nb:\n- c: d\n  e:\n- [f]\nt: |\n  line\n\n\nz: ü🙂\n"
    (piece,) = yaml_read.pieces(text)
    raw, spans = yaml_read.read_spans(piece, "x.yaml")
    assert raw == {"a": "x", "b": [{"c": "d", "e": None}, ["f"]], "t": "line\n", "z": "ü🙂"}
    texts = {path: text[span.start : span.end] for path, span in spans.items() if path}
    assert texts == {
        ("a",): "'x'", ("b",): "- c: d\n  e:\n- [f]", ("b", 0): "c: d\n  e:", ("b", 0, "c"): "d", ("b", 0, "e"): "",
        ("b", 1): "[f]", ("b", 1, 0): "f", ("t",): "|\n  line", ("z",): "ü🙂",
    }  # fmt: skip
    assert [yaml_read.line_of(piece, s.key) for p, s in spans.items() if len(p) == 1] == [2, 3, 7, 11]


def test_the_slow_parser_reads_and_refuses_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    usual: Callable[..., Any] = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name == "_ruamel_yaml":
            raise ImportError(name)
        return usual(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    test_scalars_stay_what_was_typed()
    test_what_was_left_empty_was_not_given()
    test_every_value_knows_its_place()
    for text in REFUSED:
        assert refusal(text).startswith("x.yaml:")
