"""The starter codebook that comes with the package: common practices of many trades, in our own words."""

from importlib import resources

FILE = "codebook.yaml"


def starter() -> str:
    """The starter codebook as YAML text, one document per practice, comments included."""
    return (resources.files("servicestory.detect") / FILE).read_text(encoding="utf-8")
