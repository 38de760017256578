"""The generated part between its markers: cut out, compared, put back."""

from importlib.resources import files

import pytest

from servicestory.errors import Problem
from servicestory.incorporate.blocks import difference, fingerprint, split, wrapped
from servicestory.incorporate.page import page
from servicestory.incorporate.trace import place, written_steps
from servicestory.incorporate.tree import body
from servicestory.wording.steps import Cite

BLOCK = "# Title\n\nText\n"
CONTENT = "0" * 16


def test_what_is_wrapped_comes_back_with_everything_around_it() -> None:
    text = "front\n" + wrapped(BLOCK, "SOP-0001", CONTENT) + "\nmine\n"
    cut = split(text, "x.md")
    assert (cut.before, cut.block, cut.after, cut.id, cut.content) == (
        "front\n",
        BLOCK,
        "\nmine\n",
        "SOP-0001",
        CONTENT,
    )
    assert not cut.edited
    assert cut.before + wrapped(cut.block, cut.id, cut.content) + cut.after == text


def test_a_changed_word_is_seen_and_a_changed_line_break_is_not() -> None:
    text = wrapped(BLOCK, "SOP-0001", CONTENT)
    assert split(text.replace("Text", "Test"), "x.md").edited
    windows = text.replace("\n", "\r\n")
    assert not split(windows, "x.md").edited
    assert wrapped(BLOCK, "SOP-0001", CONTENT, split(windows, "x.md").newline) == windows
    assert fingerprint("a\r\nb") == fingerprint("a\nb")


@pytest.mark.parametrize(
    "damage",
    [
        lambda t: t.replace("servicestory:end", "end"),
        lambda t: t.replace("sha256=", "sha="),
        lambda t: t + "\n" + t,
        lambda t: t.replace("end SOP-0001", "end SOP-0002"),
        lambda t: t[:0],
    ],
)
def test_damaged_markers_are_refused(damage) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Problem, match="markers"):
        split(damage(wrapped(BLOCK, "SOP-0001", CONTENT)), "x.md")


def test_the_difference_shows_what_would_be_lost() -> None:
    shown = difference("a\nmine\n", "a\nnew\n", "x.md")
    assert "-mine" in shown and "+new" in shown
    assert "more lines" in difference("\n".join(map(str, range(99))), "x", "x.md", most=5)


def test_steps_are_read_back_with_their_places() -> None:
    block = (
        "## Procedure\n\n1. **Call the guest.** [s#1-5] [t#behaviours\\[0\\]:2-9] and 3 more\n   - Soon.\n"
        "2. **Write it down.** (from the definition of the practice)\n\n## Records\n\n3. **No step.** [u#1-2]\n"
    )
    steps = written_steps(block)
    assert [(s.number, s.text) for s in steps] == [(1, "Call the guest"), (2, "Write it down")]
    assert steps[0].cites == (Cite("s", "narrative", 1, 5), Cite("t", "behaviours[0]", 2, 9))
    assert steps[1].cites == () and place("nothing") is None and written_steps("no heading") == []


def test_the_page_is_whole_and_inert() -> None:
    text = "---\nid: x\n---\n\n" + wrapped(
        "# T <script>x</script>\n\n[a](http://e)\n\n|a|b|\n|-|-|\n|1|2|\n", "SOP-0001", CONTENT
    )
    template = (files("servicestory") / "templates" / "document.html").read_text(encoding="utf-8")
    made = page(body(text), "SOP-0001, revision 1", "T & U", "en", template, "document.html")
    assert (
        "<script>" not in made
        and "<a " not in made
        and "servicestory:begin" not in made
        and "id: x" not in made
    )
    assert "<td>1</td>" in made and "<title>T &amp; U</title>" in made and "revision 1" in made
