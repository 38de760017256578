"""Templates: values are inert, mistakes are sentences with a line."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

import servicestory
from servicestory.errors import Problem
from servicestory.wording import sandbox
from servicestory.wording.render import Made, cited, render
from servicestory.wording.steps import Cite


def test_values_are_inert_and_made_markdown_is_kept() -> None:
    text = render(
        "{{ a }} {{ b }}\n", {"a": "<b>*x*</b> [l](http://e) | <!-- m -->", "b": Made("**bold**")}, "t.md"
    )
    assert "<b>" not in text and "[l](" not in text and "<!--" not in text
    assert text.endswith("**bold**\n")


def test_places_are_cited_and_the_rest_counted() -> None:
    cites = [Cite("s", "narrative", n, n + 1) for n in range(9)]
    assert cited(cites).endswith("[s#5-6] and 3 more")


@pytest.mark.parametrize(
    ("template", "line"),
    [
        ("a\n{% if %}", 2),
        ("a\nb\n{{ nobody }}", 3),
        ("{{ 1 / 0 }}", 1),
        ("\n{{ ''.__class__.__mro__ }}", 2),
        ("{% for %}", 1),
        ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", 1),
        ("\n{{ 'x' * 900000000 }}", 2),
        ("\n{{ 900000000 * ['x'] }}", 2),
        ("{{ 10 ** 999999 }}", 1),
        ("a\n{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}", 2),
        ("a\n{% for a in range(9999) %}\n{{ 'x' * 9999 }}\n{% endfor %}", 3),
        ("{% for a in range(999999) %}one two three four five{% endfor %}", 1),
    ],
)
def test_a_broken_template_is_a_sentence_with_its_line(template: str, line: int) -> None:
    with pytest.raises(Problem) as error:
        render(template, {}, "templates/checklist.md")
    assert error.value.where == f"templates/checklist.md:{line}"
    assert "Mend it" in str(error.value)


def test_a_template_counts_and_multiplies_as_far_as_a_document_needs() -> None:
    rows = "{% for a in range(3) %}{{ 'ab' * 2 }}{{ 2 * a ** 2 }}{% endfor %}"
    assert render(rows, {}, "t.md") == "abab0abab2abab8\n"


def test_a_template_that_fills_the_memory_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "filled", lambda *_: exhausted())

    def exhausted() -> str:
        raise MemoryError

    with pytest.raises(Problem, match="more than fits into"):
        render("a", {}, "templates/checklist.md")


def _given(node: nodes.Node | None) -> Iterator[nodes.Const]:
    """The constants among which an expression of a template chooses what it gives."""
    if isinstance(node, nodes.Const):
        yield node
    elif isinstance(node, nodes.CondExpr):
        yield from _given(node.expr1)
        yield from _given(node.expr2)
    elif isinstance(node, nodes.Or):
        yield from _given(node.left)
        yield from _given(node.right)


def test_no_template_gives_a_value_with_a_space_at_its_end() -> None:
    """What a value begins or ends with is taken off: a space that belongs to the sentence stands outside it."""
    folder = Path(servicestory.__file__).parent / "templates"
    found = [
        f"{path.name}:{const.lineno}"
        for path in sorted(folder.glob("*.md"))
        for output in Environment().parse(path.read_text(encoding="utf-8")).find_all(nodes.Output)
        for node in output.nodes
        for const in _given(node)
        if isinstance(const.value, str) and const.value != const.value.strip()
    ]
    assert not found
