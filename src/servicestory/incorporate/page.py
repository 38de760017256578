"""A procedure as one HTML page that prints well: same words, nothing fetched from elsewhere."""

import re

from servicestory.text import safe_html

_FRONT = re.compile(r"\A---\s*\n.*?^---\s*$\n", re.S | re.M)
_MARKER = re.compile(r"^<!-- servicestory:(?:begin|end)\b.*?-->\s*$", re.M)
_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem;
color: #1a1a1a }
h1 { font-size: 1.6rem } h2 { font-size: 1.15rem; margin-top: 1.8rem; border-bottom: 1px solid #bbb }
table { border-collapse: collapse; width: 100%; margin: 1rem 0 } th { background: #eee }
th, td { border: 1px solid #999; padding: .3rem .5rem; text-align: left; vertical-align: top }
footer { margin-top: 2rem; font-size: .85rem; color: #444 }
blockquote { border-left: 3px solid #999; margin-left: 0; padding-left: 1rem }
@media print { body { font-size: 10.5pt; margin: 0; max-width: none }
h2 { break-after: avoid } tr, li { break-inside: avoid } }
"""


def page(document: str, stamp: str, title: str, language: str) -> str:
    """One self-contained HTML page of a markdown document.

    HTML in the markdown is shown as text, links are not made; the stamp stands at the foot.

    Args:
        document: the markdown with front matter and markers, which are left out.
        stamp: id and revision.
    """
    from markdown_it import MarkdownIt

    body = _MARKER.sub("", _FRONT.sub("", document.replace("\r\n", "\n")))
    made = (
        MarkdownIt("commonmark", {"html": False, "linkify": False})
        .enable("table")
        .disable(["link", "image", "autolink"])
    )
    return (
        f'<!doctype html>\n<html lang="{safe_html(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{safe_html(title)}</title>\n"
        f"<style>{_STYLE}</style>\n</head>\n<body>\n{made.render(body)}"
        f"<footer>{safe_html(stamp)} · A printed copy is uncontrolled.</footer>\n</body>\n</html>\n"
    )
