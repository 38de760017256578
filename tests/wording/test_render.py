"""Templates: values are inert, mistakes are sentences with a line."""

import re
from pathlib import Path

import pytest

import servicestory
from servicestory.errors import Problem
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
    ],
)
def test_a_broken_template_is_a_sentence_with_its_line(template: str, line: int) -> None:
    with pytest.raises(Problem) as error:
        render(template, {}, "templates/checklist.md")
    assert error.value.where == f"templates/checklist.md:{line}"
    assert "Mend it" in str(error.value)


def test_no_template_gives_a_value_with_a_space_at_its_end() -> None:
    """What a value begins or ends with is taken off: a space that belongs to the sentence stands outside it."""
    literal = re.compile(r"""\{\{[^}]*?(["'])(?: [^"']*|[^"']* )\1[^}]*?\}\}""")
    folder = Path(servicestory.__file__).parent / "templates"
    found = {
        f"{path.name}: {one[0]}" for path in folder.glob("*.md") for one in literal.finditer(path.read_text())
    }
    assert not found
