"""Steps put into an organisation's own procedure: where they go, what stays, and how they come out again."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from servicestory.errors import Problem
from servicestory.incorporate.into import LEAST_ALIKE, Fit, at_end, chosen, fits, put, taken_out
from servicestory.incorporate.sections import blocks, sections
from servicestory.models.organisation import Organisation
from servicestory.models.practice import Evidence, Practice
from servicestory.models.story import Story
from servicestory.wording.material import Material, gather

BLOCK = "### Ours\n\n1. **Do it.**\n"
CLINIC = """\
---
title: Ward rules
---
Ward rules
==========

For all who work on the ward.

Admission
---------

The secretary takes down the address and the insurance. Bags are labelled.

```
## Discharge
explain the treatment, call the next morning
```

Talks with patients
-------------------

The doctor explains the treatment and asks whether there are questions.

> ## Not a section

Discharge
---------

Patients get a letter. After they have gone home the ward may telephone.
"""


def material() -> Material:
    text = "The nurse explained the treatment in plain words and answered every question."
    story = Story(id="s", narrative=text, date="2026-01-01")
    practice = Practice(
        id="P-0001",
        name="Explain the treatment in plain words",
        evidence=[Evidence(story="s", start=0, end=len(text) - 1)],
    )
    return gather(practice, {"s": story}, Organisation(customer_word="patient"))


@pytest.mark.parametrize(
    ("section", "against"),
    [
        ("Point to the shelf the guest asks for.", ("pointing",)),
        ("Walk to the shelf instead of pointing.", ()),
        ("Never walk to the shelf; point.", ("walk", "pointing")),
    ],
)
def test_where_a_section_says_the_opposite_it_is_not_said_to_speak_of_the_same(
    section: str, against: tuple[str, ...]
) -> None:
    practice = Practice(id="P-0001", name="Walk with the guest to the shelf instead of pointing")
    found = fits(gather(practice, {}, Organisation()), sections(f"# Shop\n\n## Asking\n\n{section}\n"))
    best = next(f for f in found if f.section.title == "Asking")
    assert sorted(best.against) == sorted(against) and not {*best.shared} & {*against}
    assert "shelf" in best.shared


def test_sections_are_headings_of_both_kinds_outside_code_and_quotations() -> None:
    found = sections(CLINIC)
    assert [(s.title, s.level) for s in found] == [
        ("Ward rules", 1),
        ("Admission", 2),
        ("Talks with patients", 2),
        ("Discharge", 2),
    ]
    assert found[1].path == ("Ward rules",) and "explain" not in found[1].text
    assert [s.title for s in sections("no heading at all")] == [""] and sections("")[0].end == 0


def test_the_section_that_speaks_of_the_same_is_found_and_the_words_are_said() -> None:
    fit = chosen(material(), CLINIC, None, "x.md")
    assert fit.section.title == "Talks with patients" and "treatment" in fit.shared
    assert chosen(material(), CLINIC, "## discharge", "x.md").section.title == "Discharge"
    assert chosen(material(), "# Only\n\nSomething else.\n", None, "x.md").section.title == "Only"


@pytest.mark.parametrize(
    ("under", "said"), [("nowhere", "no section has"), (None, "no section of this file")]
)
def test_no_place_is_a_sentence_that_names_some(under: str | None, said: str) -> None:
    text = "# Boats\n\nOars lie in the shed.\n\n# Nets\n\nNets dry on the wall.\n"
    with pytest.raises(Problem, match=said) as caught:
        chosen(material(), text, under, "x.md")
    assert "--under" in caught.value.next_step and "Boats" in caught.value.next_step
    with pytest.raises(Problem, match="several sections"):
        chosen(material(), "# A\n\n# A\n", "a", "x.md")


def test_one_word_in_common_is_no_reason_for_a_section() -> None:
    practice = Practice(id="P-0001", name="Draw the patient a map by hand", core=["Draw the map by hand"])
    made = gather(practice, {}, Organisation(customer_word="patient"))
    text = "# Desk\n\n## Arrival\n\nGreet them. Hand over the key.\n\n## Night\n\nClose the day at two.\n"
    assert fits(made, sections(text))[0].shared == ("hand",)
    assert fits(made, sections(text))[0].alike >= LEAST_ALIKE
    with pytest.raises(Problem, match="no section of this file"):
        chosen(made, text, None, "x.md")
    more = text.replace("Hand over the key", "Hand over the key and a map drawn to scale")
    assert chosen(made, more, None, "x.md").section.title == "Arrival"
    new, _ = put(text, "## Ours\n", "P-0001", at_end(text), False, "x.md")
    assert new.startswith(text) and sections(text)[-1].level == at_end(text).section.level + 1
    both, _ = put(new, "## Theirs\n", "P-0002", at_end(new), False, "x.md")
    assert both.startswith(new)
    assert taken_out(both, "P-0002", False, "x.md")[0] == new
    assert taken_out(new, "P-0001", False, "x.md")[0] == text


TIGHT = """\
House rules
===========
For all who work in the workshop.
1 At the counter
----------------
Say who you are. Write the ticket.
- One copy is for the rider.
- One copy goes on the frame.
2.2 Checking the bicycle: brakes, lights
----------------------------------------
Look at each wheel.
| part | how often |
|------|-----------|
| chain | each time |
3 Riding it
-----------
1. Ride it once round the yard.
2. Listen.
4. Handing it back
------------------
Show the bill.
Take the money.

---
Printed in May.
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_an_underlined_title_is_the_one_line_above_whatever_stands_before_it(newline: str) -> None:
    text = TIGHT.replace("\n", newline)
    found = sections(text)
    assert [(s.title, s.first) for s in found] == [
        ("House rules", 0),
        ("1 At the counter", 3),
        ("2.2 Checking the bicycle: brakes, lights", 8),
        ("3 Riding it", 14),
        ("4. Handing it back", 18),
    ]
    assert found[0].text == f"For all who work in the workshop.{newline}" and "chain" in found[2].text
    for at in range(len(found)):
        new = everywhere(text, at=at)
        assert [s.title for s in sections(new)] == [s.title for s in found]
        assert [s.text.strip() for s in sections(new)] == [s.text.strip() for s in found]
        assert taken_out(new, "P-0001", False, "x.md") == (text, "taken out")


def test_where_no_heading_is_marked_bold_and_numbered_lines_are_headings() -> None:
    text = (
        "**Shop book**\n\nFor all.\n\n**1 Counter**\n\n**Never leave it empty!**\n\nSay who you are.\n\n"
        "1.2 Checking the bicycle\n\n**Mind** the *chain*.\n\n1.5 bar is enough for it.\n\n- **no**\n\n**2. Bill**\n\nShow it.\n"
    )
    found = sections(text)
    assert [(s.title, s.level) for s in found] == [
        ("Shop book", 1),
        ("1 Counter", 1),
        ("1.2 Checking the bicycle", 2),
        ("2. Bill", 1),
    ]
    assert found[2].path == ("1 Counter",)
    for at in range(len(found)):
        new = everywhere(text, at=at)
        assert [s.title for s in sections(new)] == [s.title for s in found]
        assert taken_out(new, "P-0001", False, "x.md") == (text, "taken out")
    assert [s.title for s in sections("# Marked\n\n" + text)] == ["Marked"]


@pytest.mark.parametrize(
    "text",
    ["- one\n- two\n---\nmore\n", "1. Ask.\n2. Say what will be done about it.\n---\nmore\n", "- one\nlazily\n---\n",
     "```\na\nb\n---\n```\n", "<div>\na\nb\n---\n</div>\n", "> a\n> b\n> ---\n", "- a\n  b\n  ---\n"],
)  # fmt: skip
def test_a_rule_below_a_list_and_what_stands_in_code_make_no_title(text: str) -> None:
    assert [s.title for s in sections(text)] == [""]


def test_a_word_of_the_name_in_the_heading_is_enough_in_a_long_section() -> None:
    practice = Practice(id="P-0001", name="Mend a weak light without being asked")
    made = gather(practice, {}, Organisation())
    text = "# Shop\n\n## Checking: lights, brakes\n\nLook at each wheel on the stand.\n- Note rust.\n- Put the ticket on.\n"
    text += "\n## Counter\n\nSay good morning.\n"
    assert LEAST_ALIKE < fits(made, sections(text))[0].alike < 1.5 * LEAST_ALIKE
    assert chosen(made, text, None, "x.md").section.title == "Checking: lights, brakes"


def everywhere(text: str, block: str = BLOCK, key: str = "P-0001", at: int = 0) -> str:
    found = sections(text)
    return put(text, block, key, Fit(found[at % len(found)], 1.0, ()), False, "x.md")[0]


LINES = st.lists(
    st.sampled_from(
        [
            "# Title", "4. Part\n=======", "## Part ##", "Heading\n---", "Top\n===", "a line", "two spaces  ", "\ttab", "", "   ",
            "- item", "  - deeper", "1. one", "> quoted", "| a | b |\n|---|---|\n| 1 | 2 |", "```\n# no\n```",
            "<div>\n# no\n</div>", "<!-- a remark -->", "***", "[a]: http://b", "é\u2028ü", "    code",
            "<!-- servicestory: -->", "text with `code",
        ]
    ),
    max_size=14,
)  # fmt: skip


@given(
    LINES,
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["", "\ufeff"]),
    st.sampled_from(["", "---\na: 1\n---\n", "+++\na = 1\n+++\n", "---\n"]),
    st.booleans(),
    st.integers(0, 9),
)
def test_every_other_byte_stays_and_taking_out_gives_the_file_back(
    lines: list[str], newline: str, mark: str, front: str, ends: bool, at: int
) -> None:
    text = mark + (front + "\n".join(lines) + ("\n" if ends else "")).replace("\n", newline)
    try:
        new = everywhere(text, at=at)
    except Problem as problem:  # an open block of code swallows what follows: refused, never half done
        assert "reads" in problem.what
        return
    cut = blocks(new, "x.md")[0]
    assert (new[: cut.start] + new[cut.end :]).replace("\r", "").replace("\n", "") == text.replace(
        "\r", ""
    ).replace("\n", "")
    assert text.startswith(new[: cut.start].rstrip("\r\n")) and text.endswith(new[cut.end :].lstrip("\r\n"))
    assert taken_out(new, "P-0001", False, "x.md") == (text, "taken out")
    assert put(new, BLOCK, "P-0001", None, False, "x.md") == (new, "unchanged")
    changed, outcome = put(new, BLOCK + "2. **More.**\n", "P-0001", None, False, "x.md")
    assert outcome == "brought up to date" and taken_out(changed, "P-0001", False, "x.md")[0] == text
    try:
        both = everywhere(new, BLOCK, "P-0002", at + 1)
    except Problem:
        return
    one = taken_out(both, "P-0001", False, "x.md")[0]
    assert taken_out(one, "P-0002", False, "x.md")[0] == text


_PIECES = st.sampled_from(["# Talks", "words", " ", "\r", "\n", "\r\n"])


@settings(max_examples=300)
@given(st.lists(_PIECES, min_size=1, max_size=12).map("".join), st.integers(0, 9), st.integers(0, 9))
@example("words\r", 0, 0)  # joined with a break of ours it reads as one, and was taken out with it
@example("# Talks\rwords\r# Talks\r", 1, 0)
def test_a_carriage_return_of_its_own_stays_whatever_stands_beside_it(text: str, at: int, other: int) -> None:
    new = everywhere(text, at=at)
    changed = put(new, BLOCK + "2. **More.**\n", "P-0001", None, False, "x.md")[0]
    assert taken_out(changed, "P-0001", False, "x.md") == (text, "taken out")
    both = everywhere(new, BLOCK, "P-0002", other)
    for first, second in (("P-0001", "P-0002"), ("P-0002", "P-0001")):
        one = taken_out(both, first, False, "x.md")[0]
        assert taken_out(one, second, False, "x.md")[0] == text


@settings(max_examples=40)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_any_text_is_given_back_or_refused_in_a_sentence(text: str) -> None:
    try:
        new = everywhere(text)
    except Problem:
        return
    assert taken_out(new, "P-0001", False, "x.md")[0] == text


def test_words_written_inside_are_never_lost_unasked() -> None:
    mine = everywhere(CLINIC).replace("**Do it.**", "**Do it twice.**")
    assert put(mine, BLOCK, "P-0001", None, False, "x.md") == (mine, "changed by hand, left as it is")
    untouched = everywhere(CLINIC)
    assert put(untouched, BLOCK, "P-0001", None, False, "x.md") == (untouched, "unchanged")
    for more in ("2. **More.**\n", None):
        with pytest.raises(Problem, match="changed by hand") as caught:
            if more is None:
                taken_out(mine, "P-0001", False, "x.md")
            else:
                put(mine, BLOCK + more, "P-0001", None, False, "x.md")
        assert "Do it twice" in caught.value.what and "--replace" in caught.value.next_step
    assert taken_out(mine, "P-0001", True, "x.md")[0] == CLINIC


@pytest.mark.parametrize(
    "damage",
    [
        lambda t: t.replace("<!-- servicestory:end P-0001 -->", ""),
        lambda t: t.replace("<!-- servicestory:begin", "<!-- servicestory:begin x"),
        lambda t: t.replace("servicestory:end P-0001", "servicestory:end P-0002"),
        lambda t: t + t,
        lambda t: t.replace("1. **Do it.**", "```"),
    ],
)
def test_marks_without_partner_are_named_with_their_line(damage) -> None:  # type: ignore[no-untyped-def]
    text = damage(everywhere(CLINIC))
    with pytest.raises(Problem, match="without its partner") as caught:
        taken_out(text, "P-0001", False, "x.md")
    assert caught.value.where.startswith("x.md:")


def test_marks_shown_inside_code_are_text_like_any_other() -> None:
    text = "# A\n\n```\n<!-- servicestory:end P-0001 -->\n```\n"
    assert blocks(text, "x.md") == [] and taken_out(everywhere(text), "P-0001", False, "x.md")[0] == text
