"""Markdown of the knowledge as HTML that is safe to show: no HTML of the author's, no link but to the web."""

from functools import cache

from markdown_it import MarkdownIt
from markupsafe import Markup

_LOWER_BY = 3  # a heading inside an argument stands below the argument's own, which is an h3
_LOWEST = 6


class _Parser(MarkdownIt):
    """Refuses every link that is not to the web."""

    def validateLink(self, url: str) -> bool:  # the name that markdown-it-py looks for
        """Say whether the link may be followed; one that may not stays as it was typed."""
        return is_web_address(url)


def is_web_address(url: str) -> bool:
    """Say whether a link leads to the web: anything else could run a script, or lead into the reader's own machine."""
    return url.lower().startswith(("http://", "https://"))


def render(markdown: str) -> Markup:
    """Return Markdown as HTML."""
    parser = _parser()
    tokens = parser.parse(markdown)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1:]) + _LOWER_BY, _LOWEST)}"
    return Markup(parser.renderer.render(tokens, parser.options, {}))


@cache
def _parser() -> _Parser:
    # Our pages load no image from elsewhere (see the content security policy).
    parser = _Parser("commonmark", {"html": False})
    parser.disable("image")
    return parser
