"""The end of the meeting: actions and decisions, what came of them, the closing; and reflections."""

import json
import os
import sys
from pathlib import Path

import pexpect
import pytest

from tests.conftest import Command

STORY = "schema: 1\nid: late\ndate: 2026-08-05\nnarrative: They waited for us.\nprompted: import\n"
PRACTICE = "schema: 1\nid: P-0001\nname: Greet by name\nstatus: accepted\n"


@pytest.fixture
def house(workspace: Path, command: Command) -> Path:
    (workspace / "practices" / "P-0001-greet.yaml").write_text(PRACTICE, encoding="utf-8")
    (workspace / "stories" / "late.yaml").write_text(STORY, encoding="utf-8")
    assert command("measure", "add", "csat", "--name", "Guests satisfied").returncode == 0
    return workspace


def lines(house: Path, kind: str) -> list[dict[str, object]]:
    text = (house / "records" / f"{kind}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def act(command: Command, what: str, *more: str) -> str:
    done = command("review", "--action", what, "--owner", "Desk", "--due", "2026-12-01", *more)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_an_action_is_recorded_asked_about_and_checked(house: Path, command: Command) -> None:
    assert "Recorded A-0001: Call at Quay (Desk, by 2026-12-01)" in act(
        command, "Call at Quay", "--effect", "asked everywhere", "--measure", "csat"
    )
    late = command(
        "review", "greet by name", "--action", "Warm soup", "--owner", "Kitchen", "--due", "2026-09-01",
        "--period", "2026-Q2",
    )  # fmt: skip
    assert late.returncode == 0, late.stderr
    assert "2026-09-01 is over: A-0002 is overdue already." in late.stderr
    assert command("review", "--decision", "No new house before spring").returncode == 0
    shown = command("review", "--actions").stdout
    assert (
        shown.index("A-0002") < shown.index("A-0001") and "by 2026-09-01, overdue; review of 2026-Q2" in shown
    )
    first = json.loads(command("monitor", "--json").stdout)["next"][0]
    assert (first["what"], first["ref"]) == ("action overdue", "A-0002")
    closed = command("review", "--close")
    assert "The review of 2026-Q3 is closed." in closed.stdout
    assert (
        "2 actions are still open" in closed.stderr
        and "A-0002 Warm soup (Kitchen, by 2026-09-01)" in closed.stderr
    )
    checked = command("review", "--check", "a-0002", "--outcome", "partly", "--result", "two of five houses")
    assert checked.returncode == 0 and "A-0002 Warm soup: partly" in checked.stdout
    listed = {a["id"]: a for a in json.loads(command("review", "--actions", "--json").stdout)["actions"]}
    assert listed["A-0002"]["result"] == "two of five houses" and not listed["A-0002"]["open"]
    assert listed["A-0001"]["measure"] == "csat" and listed["A-0001"]["open"]
    assert listed["A-0002"]["practice"] == "P-0001" and listed["A-0003"]["kind"] == "decision"
    assert [line["id"] for line in lines(house, "actions")] == ["A-0001", "A-0002", "A-0003", "A-0002"]
    assert "was closed before" in command("review", "--close", "--period", "2026-Q3").stdout
    assert len(lines(house, "closings")) == 1
    page = command("report", "--format", "markdown")
    assert page.returncode == 0, page.stderr
    text = (house / "reports" / "2026-Q3.md").read_text(encoding="utf-8")
    assert "| A-0002 Warm soup | Kitchen, 2026-09-01 |  | partly: two of five houses |" in text
    assert "| A-0001 Call at Quay | Desk, 2026-12-01 | asked everywhere | open |" in text


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--action", "x"), 2, "needs an owner and a day"),
        (("--action", "x", "--owner", "a", "--due", "2026-13"), 2, "has no month 13"),
        (
            ("--action", "x", "--owner", "a", "--due", "2026-12-01", "--measure", "cast"),
            1,
            "Did you mean 'csat'",
        ),
        (("--action", "x", "--owner", "a", "--due", "2026-12-01", "--period", "2027-Q1"), 2, "has not begun"),
        (("--check", "A-0009", "--outcome", "worked", "--result", "x"), 1, "there is no action 'A-0009'"),
        (("--check", "A-0001", "--outcome", "worke", "--result", "x"), 2, "Did you mean “worked”"),
        (("--check", "A-0001", "--outcome", "worked"), 2, "Add --result"),
        (("--check", "A-0002", "--outcome", "worked", "--result", "x"), 2, "is a decision, not an action"),
        (("--close", "--actions"), 2, "do not go together"),
        (("--owner", "a"), 2, "belongs to --close"),
        (("--json",), 2, "belongs to --close"),
        (("P-0001", "--accept", "--action", "x"), 2, "two calls"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_recorded(
    house: Path, command: Command, arguments: tuple[str, ...], code: int, said: str
) -> None:
    act(command, "Call at Quay")
    assert command("review", "--decision", "Nothing new").returncode == 0
    refused = command("review", *arguments)
    assert refused.returncode == code and said in refused.stderr.replace("There is", "there is")
    assert len(lines(house, "actions")) == 2


def test_at_a_terminal_the_closing_asks_what_came_of_each_open_action(house: Path, command: Command) -> None:
    act(command, "Call at Quay")
    talk: pexpect.spawn[str] = pexpect.spawn(
        f"{sys.executable} -m servicestory review --close", cwd=str(house), encoding="utf-8", timeout=30,
        env={**os.environ, "SERVICESTORY_TODAY": "2026-10-05", "SERVICESTORY_BY": "Tester"},
    )  # fmt: skip
    for question, answer in (
        ("What came of it", "w"), ("What was seen", "heard at every desk"), ("What is to be done", "Ask at Mill"),
        ("Who looks after it", "Mill"), ("By when", "2026-12-24"), ("What will be different", ""),
        ("What is to be done", ""),
    ):  # fmt: skip
        talk.expect(question)
        talk.sendline(answer)
    talk.expect("The review of 2026-Q3 is closed")
    talk.expect(pexpect.EOF)
    last, new = lines(house, "actions")[-2:]
    assert (last["id"], last["outcome"], last["result"]) == ("A-0001", "worked", "heard at every desk")
    assert (new["id"], new["what"], new["due"]) == ("A-0002", "Ask at Mill", "2026-12-24")


def test_a_reflection_is_private_unless_it_is_shared(house: Path, command: Command) -> None:
    kept = command("add", "--reflect", "--text", "I want to be the one who stayed", "--question", "2")
    assert kept.returncode == 0 and "no report reads it" in kept.stdout
    typed = command("add", "--reflect", stdin="That I asked\n")
    assert typed.returncode == 0 and lines(house, "private-reflections")[1]["answer"] == "That I asked"
    shared = command("add", "--reflect", "--text", "That nobody waited in the rain", "--share")
    assert shared.returncode == 0
    assert command("report").returncode == 0
    page = (house / "reports" / "2026-Q3.html").read_text(encoding="utf-8")
    assert "nobody waited in the rain" in page and "remembered for" in page and "who stayed" not in page
    assert lines(house, "private-reflections")[0]["question"].startswith("When did you last")  # type: ignore[attr-defined]
    assert "records/private-reflections.jsonl" in (house / ".gitignore").read_text(encoding="utf-8")
    assert [path.name for path in (house / "stories").iterdir()] == ["late.yaml"]
    assert command("check").returncode == 0


def test_a_private_reflection_under_version_control_is_warned_of(house: Path, command: Command) -> None:
    (house / ".git").mkdir()
    assert ".gitignore" not in command("add", "--reflect", "--text", "x").stderr
    (house / ".gitignore").write_text("", encoding="utf-8")
    assert (
        "add the line records/private-reflections.jsonl" in command("add", "--reflect", "--text", "x").stderr
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--reflect",), "Nobody is here to answer"),
        (("--reflect", "--question", "9", "--text", "x"), "no question 9"),
        (("--share", "--text", "x"), "Add --reflect"),
        (("--reflect", "--text", "x", "--person", "Ada"), "A reflection is no story"),
    ],
)
def test_a_reflection_says_what_is_wrong(
    house: Path, command: Command, arguments: tuple[str, ...], said: str
) -> None:
    refused = command("add", *arguments)
    assert refused.returncode == 2 and said in refused.stderr
    assert not (house / "records" / "reflections.jsonl").exists()
