"""What `init` writes: the commented page of the organisation, empty folders, and what git shall not keep."""

from pathlib import Path

from servicestory import storage
from servicestory.errors import Problem
from servicestory.yaml_write import scalar

MARK = "servicestory.yaml"  # the file that makes a folder a workspace
FOLDERS = ("stories", "practices", "training", "procedures", "records")
IGNORED = """\
# Made again at any time
.servicestory/
# Stories somebody has not finished telling
drafts/
# What somebody answered for themselves
records/private-reflections.jsonl
# Rows an import could not take, as they stood in the file
quarantine/
"""


def lay_out(root: Path, organisation: str | None, codebook_text: str) -> None:
    """Makes a workspace of the folder ``root``; files that are there already stay as they are.

    Raises:
        Problem: when it is one already, or cannot be written.
    """
    with storage.plainly("the workspace cannot be made here", str(root), storage.NEXT_WRITE):
        taken = Problem("there is a workspace here already", str(root), f"Look into its {MARK}")
        if (root / MARK).exists():
            raise taken
        page = storage.bytes_of(organisation_page(organisation), MARK)
        for name in FOLDERS:
            (root / name).mkdir(parents=True, exist_ok=True)
        if codebook_text:
            storage.create(root / "practices" / "codebook.yaml", storage.bytes_of(codebook_text, "codebook"))
        ignore = root / ".gitignore"
        if not storage.create(ignore, IGNORED.encode()):
            before = storage.read(ignore, ".gitignore").data
            missing = [line for line in IGNORED.splitlines() if line.encode() not in before.splitlines()]
            joint = b"" if before.endswith(b"\n") or not before else b"\n"
            made = before + joint + "".join(line + "\n" for line in missing).encode()
            storage.replace(ignore, made, storage.fingerprint(before), ".gitignore")
        # Last, because it is what makes the folder a workspace.
        if not storage.create(root / MARK, page):
            raise taken


def organisation_page(name: str | None) -> str:
    """A `servicestory.yaml` that works as it is and explains every field it could have."""
    return _PAGE.replace("ORGANISATION", scalar(name or "Our organisation"))


_PAGE = """\
# The organisation in one page. Everything but the first two lines is optional: take away the # of what you
# want to use. A service manager can fill this in during one coffee; `servicestory check` reads it.
schema: 1
organisation: ORGANISATION

# The language the stories are told in, and what you call the people you serve: guest, patient, client ...
language: en
customer_word: customer

# What service do we promise? One or two sentences everybody here could say by heart.
# vision: Everybody leaves us feeling that somebody thought of them.
# values:
#   - We notice
#   - We own it until it is done

# The standards of service; a practice can say which one it serves.
# standards:
#   - id: S1
#     name: Known by name
#     statement: We use what we know of a customer so that nobody has to tell us twice.

# Where we work; `eligible` is how many people could adopt a practice there.
# sites:
#   - name: Harbour House
#     eligible: 24
# teams:
#   - name: Front desk
#     site: Harbour House

# The people who work here, so that their names in stories are recognised and replaced in what is shown.
# staff:
#   - name: Maria Lindqvist
#     aliases: [Mia]
#     role: receptionist
#     team: Front desk
#     site: Harbour House

# What somebody may decide alone, up to which limit: it stands in every procedure. The first line is for
# whoever serves, the next for whoever is asked beyond that limit.
# authority:
#   - role: Whoever serves the guest
#     limit: up to 50 euros for one guest
#   - role: The duty manager
#     limit: up to 250 euros for one guest
#     ask: the head of the house

# How the year is cut up for reviews: month, quarter or year.
periods:
  kind: quarter

# What is taken out of texts on the way in, and how small a group may be shown in figures about people.
privacy:
  redact: yes
  pseudonyms: yes
  smallest_group: 5

# After how many months a practice or procedure is looked at again.
review_months: 12
"""
