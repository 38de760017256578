"""Imports point one way only, heavy ones sit where they are used, and starting up stays light."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "src" / "servicestory"
STEPS = {"collect", "detect", "train", "incorporate", "monitor", "report"}
DISK = {
    *("workspace", "storage", "index", "records", "catalogue", "edit_file", "starter"),
    *("locking", "documents", "beside", "pseudonyms"),
    *("yaml_read", "yaml_write", "yaml_edit"),
}
BASE = {
    *("errors", "text", "direction", "processes", "not_names", "offices", "honorifics", "sites"),
    *("german_nouns", "strata"),
}
PEOPLE = {"consent", "doers", "masking"}
MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "text": set(),
    "direction": set(),
    "processes": set(),
    "not_names": set(),
    "offices": set(),
    "honorifics": {"offices", "german_nouns"},
    "german_nouns": {"not_names"},
    "sites": {"models", "errors", "text"},
    "strata": set(),
    "models": {"models", "errors", "text"},
    "wording": {"wording", "models", *BASE},
    "console": {*BASE},
    **{name: {"models", *BASE, *DISK} for name in DISK},
    **{name: {"models", "wording", *BASE} for name in PEOPLE},
    **{step: {step, "models", "wording", *BASE, *PEOPLE} for step in STEPS},
    "cli": {"cli", "console", "models", "wording", *BASE, *PEOPLE, *DISK, *STEPS},
    "__main__": {"cli"},
}
ONLY_IN = {
    "rich": {"console"},
    "sklearn": {"detect", "incorporate"},
    "numpy": {"strata", "detect", "incorporate", "monitor", "report"},
    "scipy": {"detect", "monitor"},
    "typer": {"cli"},
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def layer(module: Path) -> str:
    """The folder of a module right below the package, or its own name."""
    first = module.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imported(module: Path) -> set[str]:
    """Every module name the file imports, at its head or inside functions."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module.name}:{node.lineno}: relative import"
            names.add(node.module or "")
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("module", MODULES, ids=lambda m: str(m.relative_to(PACKAGE)))
def test_imports_point_one_way(module: Path) -> None:
    here = layer(module)
    if here == "__init__":
        return
    own = {name.split(".")[1] for name in imported(module) if name.startswith("servicestory.")}
    own = {name for name in own if (PACKAGE / name).is_dir() or (PACKAGE / f"{name}.py").is_file()}
    assert here in MAY_IMPORT, f"{here} has no place in the order of imports: give it one here"
    assert own <= MAY_IMPORT[here], f"{module.name} must not import {sorted(own - MAY_IMPORT[here])}"


@pytest.mark.parametrize("module", MODULES, ids=lambda m: str(m.relative_to(PACKAGE)))
def test_heavy_libraries_sit_where_they_are_used(module: Path) -> None:
    for library, places in ONLY_IN.items():
        if any(name.split(".")[0] == library for name in imported(module)):
            assert layer(module) in places, (
                f"{module.name} imports {library}, which belongs to {sorted(places)}"
            )


@pytest.mark.parametrize("module", MODULES, ids=lambda m: str(m.relative_to(PACKAGE)))
def test_every_module_says_what_it_is_for(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), f"{module} opens without a sentence"
    assert len(module.read_text(encoding="utf-8").splitlines()) <= 420, f"{module} is too long: split it"


@pytest.mark.parametrize("option", ["--help", "--version", "add --help", "consent --help"])
def test_help_and_version_import_nothing_heavy(option: str) -> None:
    code = (
        "import sys\nfrom servicestory.cli.app import run\n"
        f"assert run({option.split()!r}) == 0\n"
        "heavy = {'pydantic', 'ruamel', 'numpy', 'scipy', 'sklearn', 'rich', 'pyarrow'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "servicestory" in done.stdout
