"""The review as one HTML page that needs nothing from elsewhere, or as markdown."""

import hashlib
import re
from collections.abc import Callable
from typing import Any

from servicestory.direction import directed
from servicestory.report import charts
from servicestory.report.review import Review
from servicestory.text import listing, plural, strip_controls

MAP = 100_000  # the number of the map's drawing; charts are counted from 0
_STAMP = re.compile(r"<!-- servicestory:report sha256=([0-9a-f]{64}) -->\n\Z")


def html(review: Review, template: str, version: str) -> str:
    """The page, with control charts as SVG inside it.

    Args:
        template: Jinja source; every value is escaped, and control characters are taken out.
    """
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    def clean(value: Any) -> Any:
        return strip_controls(value) if isinstance(value, str) and not isinstance(value, Markup) else value

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, finalize=clean, trim_blocks=True, lstrip_blocks=True
    )
    drawn = {
        m["number"]: Markup(charts.control_chart(m, m["number"]))
        for m in review.charted
        if len(m["points"]) > 1 and m["verdict"] != "cannot be charted"
    }
    told = Markup(charts.bar_chart(review.told.per_period, 0)) if review.told.per_period else ""
    map_ = Markup(charts.practice_map(review.map, MAP)) if review.map else ""
    text = environment.from_string(template).render(
        r=review,
        anchors=review.anchors,
        drawn=drawn,
        told_chart=told,
        map=map_,
        version=version,
        **_helpers(),
    )
    return stamped(directed(_squeezed(text)))


def markdown(review: Review, template: str, name: str, version: str) -> str:
    """The same review as markdown, figures in place of drawings; every value is inert.

    Raises:
        Problem: when the workspace's own template is broken.
    """
    from servicestory.wording.render import render

    return stamped(render(template, {"r": review, "version": version, **_helpers()}, name))


def stamped(text: str) -> str:
    """``text`` with a last line that lets `untouched` tell whether anybody changed it."""
    return f"{text}<!-- servicestory:report sha256={_fingerprint(text)} -->\n"


def untouched(text: str) -> bool:
    """Whether this is a review as servicestory wrote it, unchanged by hand."""
    text = text.replace("\r\n", "\n")
    found = _STAMP.search(text)
    return found is not None and found[1] == _fingerprint(text[: found.start()])


def _fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _squeezed(text: str) -> str:
    """Without the indentation and empty lines of the template."""
    return re.sub(r"\n\s*\n+", "\n", re.sub(r"(?m)^[ \t]+", "", text)).strip() + "\n"


def _helpers() -> dict[str, Callable[..., str]]:
    return {"plural": plural, "listing": listing}
