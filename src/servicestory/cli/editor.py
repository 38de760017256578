"""Opens the person's own editor on a file and waits."""

import os
import shlex
import shutil
import subprocess
from pathlib import Path

from servicestory.errors import Problem


def open_editor(path: Path) -> None:
    """Run $VISUAL, $EDITOR, or the first usual editor there is, on ``path``.

    Raises:
        Problem: there is none, or it failed; the file stays as it is.
    """
    wanted = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    try:
        words = shlex.split(wanted, posix=os.name != "nt") if wanted else []
    except ValueError:
        raise Problem(
            f"The editor cannot be made out: in {wanted!r} a quotation mark is never closed",
            "",
            "Name it anew: export EDITOR=nano",
        ) from None
    if wanted and len(words) > 1 and Path(wanted).is_file():
        words = [wanted]  # a place with blanks that nobody put in quotation marks
    if not words:
        usual = ["notepad"] if os.name == "nt" else ["nano", "vim", "vi"]
        words = next(([found] for name in usual if (found := shutil.which(name))), [])
    if not words:
        raise Problem("No editor was found", "", "Name one: export EDITOR=nano")
    try:
        code = subprocess.run([*words, str(path)], check=False).returncode
    except OSError as error:
        raise Problem(
            f"The editor '{words[0]}' cannot be started: {error.strerror}",
            "",
            "Name another: export EDITOR=nano",
        ) from None
    if code:
        raise Problem(f"The editor '{words[0]}' ended with code {code}", str(path), "Nothing was changed")
