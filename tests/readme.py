"""Runs the console blocks of the README in a throw-away folder and gives back what they really print.

A block ```console holds `$ command` lines, each followed by its output; a line that is only `…` stands for
any number of lines left out. `python -m tests.make_docs` writes the real output in; a test compares.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

README = Path(__file__).parent.parent / "README.md"
BLOCK = re.compile(r"(?m)^```console\n(.*?)^```$", re.DOTALL)
ENVIRONMENT = {"SERVICESTORY_TODAY": "2026-10-05", "SERVICESTORY_BY": "Mara", "COLUMNS": "100"}


def calls(block: str) -> list[tuple[str, list[str]]]:
    """(command line, the output shown below it) for every `$` line of a block; `\\` continues a line."""
    found: list[tuple[str, list[str]]] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif found and found[-1][0].endswith("\\") and not found[-1][1]:
            found[-1] = (f"{found[-1][0]}\n{line}", [])
        elif found:
            found[-1][1].append(line)
    return found


def run(line: str, folder: Path) -> list[str]:
    """What a command line of the README prints, standard output first, as lines."""
    words = shlex.split(line.replace("\\\n", " "))
    if words[0] == "cd":
        raise ValueError("cd is handled by the caller")
    assert words[0] == "servicestory", f"only servicestory commands can be run here, not: {line}"
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=folder,
        env={**os.environ, **ENVIRONMENT},
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
    text = (done.stdout + done.stderr).replace(str(folder), "~")
    return [row.rstrip() for row in text.rstrip("\n").splitlines()]


def walk(text: str, folder: Path) -> list[tuple[str, list[str], list[str]]]:
    """(command line, lines shown, lines really printed) for the whole README, run in order from ``folder``."""
    at = folder
    found: list[tuple[str, list[str], list[str]]] = []
    for block in BLOCK.findall(text):
        for line, shown in calls(block):
            if line.startswith("cd "):
                at = (at / line[3:].strip()).resolve()
                if at.name == "demo" and not at.exists():
                    copy_example(at)
                found.append((line, shown, []))
            else:
                found.append((line, shown, run(line, at)))
    return found


def copy_example(folder: Path) -> None:
    """What `make demo` begins with: a copy of the example workspace."""
    folder.mkdir()
    for part in ("servicestory.yaml", "stories", "practices", "records"):
        source = README.parent / part
        if source.is_dir():
            shutil.copytree(source, folder / part)
        else:
            shutil.copy2(source, folder / part)


def matches(shown: list[str], real: list[str]) -> bool:
    """Whether the lines shown are the real ones, where `…` alone stands for any lines."""
    pattern = "\n".join("(?:.*\n?)*?" if row.strip() == "…" else re.escape(row.rstrip()) for row in shown)
    pattern = pattern.replace("(?:.*\n?)*?\n", "(?:.*\n)*?")
    return re.fullmatch(pattern, "\n".join(real)) is not None


def shortened(shown: list[str], real: list[str]) -> list[str]:
    """The real lines, left out where the README leaves lines out: as many first and last lines as it shows."""
    marks = [n for n, row in enumerate(shown) if row.strip() == "…"]
    if not marks:
        return real
    head, tail = marks[0], len(shown) - marks[-1] - 1
    if len(real) <= head + tail:
        return real
    return [*real[:head], "…", *(real[-tail:] if tail else [])]


def refreshed(text: str, folder: Path) -> str:
    """The README with every output replaced by the real one."""
    results = iter(walk(text, folder))

    def block(found: re.Match[str]) -> str:
        lines: list[str] = []
        for _ in calls(found[1]):
            line, shown, real = next(results)
            lines += [f"$ {line}", *shortened(shown, real)]
        return "```console\n" + "\n".join(lines) + "\n```"

    return BLOCK.sub(block, text)
