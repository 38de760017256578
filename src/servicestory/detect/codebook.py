"""The starter codebook that comes with the package: common practices of many trades, in our own words."""

import re
from functools import cache
from importlib import resources

FILE = "codebook.yaml"


def starter() -> str:
    """The starter codebook as YAML text, one document per practice, comments included."""
    return (resources.files("servicestory.detect") / FILE).read_text(encoding="utf-8")


@cache
def starter_names() -> dict[str, str]:
    """Key of every entry of the starter codebook -> its name, without reading it as YAML."""
    found = re.findall(r"(?m)^key: (\S+)\nname: (.+)$", starter())
    return {key: name.strip('"') for key, name in found}
