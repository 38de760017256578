"""A document as one HTML page that prints well: same words, nothing fetched from elsewhere."""

import hashlib
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from servicestory.direction import directed
from servicestory.incorporate.tree import NEW_PAGE, reader, tokens
from servicestory.text import strip_controls
from servicestory.wording.render import mended

if TYPE_CHECKING:
    from jinja2 import Template

_STAMP = re.compile(r"<!-- servicestory:page sha256=([0-9a-f]{64}) -->\n\Z")
_DAY = re.compile(r"<td>(?=\d{4}-\d\d(?:-\d\d)?</td>)")
_TASK = re.compile(r"<li>\[( |x|X)\] ")


def page(markdown: str, stamp: str, title: str, language: str, template: str, where: str) -> str:
    """One self-contained HTML page of a document's body.

    HTML in the markdown is shown as text, links are not made; the stamp stands at the foot of every page.

    Args:
        markdown: the body, without front matter and markers.
        stamp: id and revision.
        template: Jinja source of the page; every value but the body is escaped.
        where: the template's name for messages.

    Raises:
        Problem: when the template is broken; with its line.
    """
    from markupsafe import Markup

    from servicestory.wording.sandbox import filled

    shown = reader().renderer.render(tokens(strip_controls(markdown)), reader().options, {})
    shown = _TASK.sub(lambda m: f"<li>{'☐' if m[1] == ' ' else '☑'} ", shown)
    shown = re.sub(r"<ul>(?=\n<li>[☐☑])", '<ul class="boxes">', shown)
    shown = _DAY.sub('<td class="day">', shown)
    shown = shown.replace(f"<h2>{NEW_PAGE}</h2>", f'<h2 class="page">{NEW_PAGE}</h2>', 1)
    values = {"body": Markup(shown), "stamp": stamp, "title": title, "language": language}
    with mended(where):
        text = directed(filled(_compiled(template), values))
    text = text.rstrip("\n") + "\n"
    return f"{text}<!-- servicestory:page sha256={_fingerprint(text)} -->\n"


def untouched(text: str) -> bool:
    """Whether this is a page as `page` wrote it, unchanged by hand."""
    text = text.replace("\r\n", "\n")
    found = _STAMP.search(text)
    return found is not None and found[1] == _fingerprint(text[: found.start()])


def restamped(old: str, new: str) -> str:
    """``new``, a page changed by a command of ours, known as ours when ``old`` was."""
    found = _STAMP.search(new)
    if not untouched(old) or not found:
        return new
    text = new[: found.start()]
    return f"{text}<!-- servicestory:page sha256={_fingerprint(text)} -->\n"


@lru_cache(maxsize=4)
def _compiled(template: str) -> "Template":
    from jinja2 import StrictUndefined

    from servicestory.wording.sandbox import Sandbox

    def clean(value: Any) -> Any:
        return strip_controls(value) if type(value) is str else value

    environment = Sandbox(autoescape=True, undefined=StrictUndefined, finalize=clean)
    return environment.from_string(template)


def _fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
