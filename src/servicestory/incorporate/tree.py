"""Reads a document's markdown into blocks, with everything that could do something switched off."""

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from servicestory.text import strip_controls

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_FRONT = re.compile(r"\A---[ \t]*\n.*?^---[ \t]*$\n?", re.S | re.M)
_MARKER = re.compile(r"^<!-- servicestory:(?:begin|end|control|control-end)\b.*?-->[ \t]*$\n?", re.M)


NEW_PAGE = "Answers"
"""The heading that begins a new page: a quiz is handed out without what stands below it."""


@dataclass
class Node:
    """A block: its kind, what is inside it, and the words of a paragraph, heading or table cell.

    ``info``: the level of a heading, the first number of a list, the text of code, ``head`` of a table row.
    """

    kind: str
    info: str = ""
    inline: list[Any] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All its words."""
        own = "".join(t.content if t.type != "softbreak" else " " for t in self.inline)
        return own + " ".join(child.text for child in self.children)


def body(document: str, notice: str = "") -> str:
    """The markdown of a document as it is handed out: no front matter, no markers, plain line breaks.

    Args:
        notice: what the document says about itself to whoever edits it; left out, and so is the heading
            above it when nothing else stands below.
    """
    text = _MARKER.sub("", _FRONT.sub("", strip_controls(document)))
    head, _, said = notice.strip("\n").partition("\n")
    if not said.strip() or said.strip() not in text:
        return text
    text = text.replace(said.strip(), "").rstrip() + "\n"
    return text.rstrip().removesuffix(head).rstrip() + "\n" if text.rstrip().endswith(head) else text


@cache
def reader() -> "MarkdownIt":
    """CommonMark with tables; HTML is text, links and images are not made."""
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")
    return made.disable(["link", "image", "autolink", "reference"])


@lru_cache(maxsize=2)
def tokens(markdown: str) -> "tuple[Token, ...]":
    """What the text is made of; kept, because the HTML page and the Word file of a document ask in turn."""
    return tuple(reader().parse(markdown))


_KINDS = {
    "paragraph_open": "paragraph", "heading_open": "heading", "bullet_list_open": "bullet_list",
    "ordered_list_open": "ordered_list", "list_item_open": "item", "blockquote_open": "blockquote",
    "table_open": "table", "tr_open": "row", "th_open": "cell", "td_open": "cell",
}  # fmt: skip


def tree(markdown: str) -> list[Node]:
    """The blocks of a text, in order (CommonMark 0.31 and GitHub's tables)."""
    root = Node("document")
    stack = [root]
    head = False
    for token in tokens(markdown):
        if token.type in ("thead_open", "thead_close"):
            head = token.type == "thead_open"
        elif token.type in _KINDS:
            info = {"heading_open": token.tag[1:], "tr_open": "head" if head else ""}.get(token.type, "")
            if token.type == "ordered_list_open":
                info = str(token.attrGet("start") or 1) if token.attrGet("start") != 0 else "0"
            node = Node(_KINDS[token.type], info)
            stack[-1].children.append(node)
            stack.append(node)
        elif token.type.removesuffix("_close") + "_open" in _KINDS and token.nesting == -1:
            stack.pop()
        elif token.type == "inline":
            stack[-1].inline = token.children or []
        elif token.type in ("fence", "code_block"):
            stack[-1].children.append(Node("code", token.content))
        elif token.type == "hr":
            stack[-1].children.append(Node("hr"))
    return root.children
