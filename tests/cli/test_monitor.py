"""`monitor` of stories of years ago draws the periods that were told of, and says that none came after."""

from pathlib import Path

from tests.conftest import Command


def test_old_stories_are_drawn_up_to_the_last_that_was_told(command: Command, workspace: Path) -> None:
    for number, day in enumerate(("2016-02-01", "2016-05-20", "2017-02-09")):
        (workspace / "stories" / f"s{number}.yaml").write_text(
            f"schema: 1\nid: s{number}\ndate: {day}\nnarrative: He carried the bags up.\n", "utf-8"
        )
    (workspace / "practices" / "P-0001-carry.yaml").write_text(
        "schema: 1\nid: P-0001\nname: Carry the bags\nevidence:\n"
        "  - {story: s0, start: 0, end: 9}\n  - {story: s1, start: 0, end: 9}\n",
        "utf-8",
    )
    every = " ".join(command("monitor").stdout.split())
    assert "stories per quarter up to 2017-Q1, the last that has any" in every and "██···" in every
    one = command("monitor", "P-0001").stdout
    assert "Stories per quarter, 2016-Q1 to 2017-Q1 (no story of any kind since 2017-Q1):  ██···\n" in one
