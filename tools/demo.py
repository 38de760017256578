"""Show the whole method on a copy of the example workspace: `make demo`.

Every step runs the installed command as a person would type it, shows what it printed, and says where to
look. Run it again and it starts from a fresh copy.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
PARTS = ("servicestory.yaml", "stories", "practices", "records")
TODAY, YESTERDAY = "2026-10-05", "2026-10-04"
STORY = (
    "Mrs Aldous came off the late ferry soaked and without her case. Ines sat her down with tea, "
    "rang the ferry office, and had the case at the house by ten. "
    "This morning she called the room to ask whether all was well."
)


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """One command in the demo workspace, on the day and by the person of the demo."""
    return subprocess.run(
        [sys.executable, "-m", "servicestory", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        env={**os.environ, "SERVICESTORY_TODAY": TODAY, "SERVICESTORY_BY": "Demo", "COLUMNS": "120"},
        check=False,
    )


def show(folder: Path, *words: str, most: int = 24) -> None:
    """Run one command, print it as it is typed and what it says (at most ``most`` lines)."""
    typed = " ".join(f'"{w}"' if " " in w or not w else w for w in words)
    print(f"\n$ servicestory {typed}")
    done = run(folder, *words)
    lines = (done.stdout + done.stderr).rstrip().splitlines()
    for line in lines[:most]:
        print("  " + line)
    if len(lines) > most:
        print(f"  … and {len(lines) - most} lines more")
    if done.returncode:
        sys.exit(f"This step failed with exit code {done.returncode}.")


def read(document: Path, most: int = 24) -> None:
    """Print what stands on a page, without what it keeps for the program."""
    print(f"\n{document.name} says:")
    text = document.read_text(encoding="utf-8").split("-->", 1)[-1].split("<!--", 1)[0]
    for line in [line for line in text.splitlines() if line.strip()][:most]:
        print("  " + line)


def step(number: int, title: str, why: str) -> None:
    """Announce one of the method's steps."""
    print(f"\n{'─' * 100}\n{number}. {title}: {why}")


def main() -> None:
    """Copy the example to the folder named on the command line (default: demo) and walk through it."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "demo").resolve()
    if folder.exists():
        if not (folder / ".demo").is_file():
            sys.exit(f"{folder} is there already and was not made by this demo; name another folder.")
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    (folder / ".demo").write_text("made by the demo; can be deleted\n", encoding="utf-8")
    for part in PARTS:
        source = REPOSITORY / part
        if source.is_dir():
            shutil.copytree(source, folder / part)
        elif source.is_file():
            shutil.copy2(source, folder / part)
    print(f"The example organisation, copied to {folder}")

    step(1, "Collect", "a shift lead tells a story in a minute")
    show(
        folder,
        "add",
        "--title",
        "The case from the late ferry",
        "--text",
        STORY,
        "--person",
        "Ines",
        "--site",
        "Saint Odo",
        "--date",
        YESTERDAY,
        "--consent",
        "yes",
    )
    show(folder, "list", "--limit", "5")

    step(2, "Detect", "what do the great people do, and is it a star's habit or the house's?")
    show(folder, "detect", most=45)
    show(folder, "practices", most=17)
    listed = json.loads(run(folder, "practices", "--json").stdout)["practices"]
    kept = [p for p in listed if p["status"] in ("standard", "accepted", "pilot")]
    starred = [p for p in listed if p["verdict"] == "star-dependent"]
    for one in starred[:1]:
        show(folder, "verdict", one["id"], "--explain", most=40)
    for one in [p for p in listed if p["status"] == "candidate"][:1]:
        show(
            folder,
            "review",
            one["id"],
            "--accept",
            "--reason",
            "seen often, costs nothing, guests speak of it",
        )
    chosen = kept[0]["id"]

    step(3, "Train", "a job breakdown, a checklist and a session plan from the practice's own evidence")
    show(folder, "train", most=16)
    for checklist in sorted(folder.glob(f"training/{chosen}-*/checklist.md")):
        read(checklist)
    show(folder, "consent", most=12)

    step(4, "Incorporate", "a standard procedure in which every step cites its stories")
    show(folder, "export")
    show(folder, "why", chosen, most=16)

    step(5, "Monitor and improve", "is it done, where not, and did the measure move?")
    show(folder, "observe", chosen, "--done", "--site", "Lindmoor")
    show(folder, "monitor", most=40)
    show(folder, "report")

    step(6, "Recognise", "thank the people: timely, specific, sincere")
    show(folder, "recognize", most=16)

    print(f"\n{'─' * 100}\nWhere to look:")
    for place, what in (
        ("stories", "the stories, one YAML file each"),
        (
            "practices",
            "the practices with evidence, verdict and decisions; codebook.yaml holds the known ones",
        ),
        ("training", "job breakdowns, checklists, session plans"),
        ("procedures", "standard procedures, drafts until somebody approves them"),
        ("reports", "the quarterly review as one page, for the meeting"),
        ("records", "observations, measures, recognition: one line per record"),
    ):
        print(f"  {folder / place}  {what}")
    documents = sorted((*folder.glob("training/*/*.md"), *folder.glob("procedures/*.md")))
    print("Read one as the person who gets it:")
    for document in documents[:4]:
        print(f"  {document}")


if __name__ == "__main__":
    main()
