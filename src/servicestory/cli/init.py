"""`servicestory init`: a workspace for an organisation."""

from pathlib import Path
from typing import Annotated

import typer

from servicestory import console


def init(
    folder: Annotated[
        Path,
        typer.Argument(metavar="[DIR]", show_default=False, readable=False, help="Where; default: here."),
    ] = Path(),
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="What the organisation is called.")
    ] = None,
    codebook: Annotated[
        bool,
        typer.Option(
            "--codebook/--no-codebook",
            help="With or without the starter codebook of common service practices.",
        ),
    ] = True,
) -> None:
    """Start: make a workspace for your organisation.

    Writes a commented servicestory.yaml, empty folders, a .gitignore and a codebook of common service
    practices to look for; never touches what is there.

    Example: servicestory init our-stories --name "Harbour Hotels"
    """
    from servicestory.detect.codebook import starter
    from servicestory.workspace import Workspace

    made = Workspace.create(folder, name, starter() if codebook else "")
    console.out(f"The workspace is ready: {made.root}")
    if codebook:
        console.out("practices/codebook.yaml describes common service practices; strike what is not yours.")
    console.out("Tell the first story with: servicestory add")
    console.out("Or bring many: servicestory import FILE --dry-run")
