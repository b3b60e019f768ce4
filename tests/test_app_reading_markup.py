"""What becomes of Markdown on a page."""

import pytest

from app.reading.markup import render


def test_marks_become_elements() -> None:
    """Paragraphs, emphasis, lists and links of the web are what authors write."""
    html = render("**Un** *mot*.\n\n- [ici](https://example.org/a?b=1&c=2)\n- [là](http://example.org)\n")
    assert "<p><strong>Un</strong> <em>mot</em>.</p>" in html
    assert '<li><a href="https://example.org/a?b=1&amp;c=2">ici</a></li>' in html
    assert '<li><a href="http://example.org">là</a></li>' in html


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "un <img src=x onerror=alert(1)> mot",
        "[ici](javascript:alert(1))",
        "[ici](JaVaScRiPt:alert(1))",
        "[ici](data:text/html;base64,PHNjcmlwdD4=)",
        "[ici](vbscript:x)",
        "[ici](//example.org)",
        "[ici](/argumentaire)",
        "[ici](mailto:a@example.org)",
        "<javascript:alert(1)>",
        "[ici][1]\n\n[1]: javascript:alert(1)",
    ],
)
def test_nothing_hostile_gets_through(hostile: str) -> None:
    """No element of the author's own, no link but to the web: what is refused stays as text."""
    html = render(hostile)
    assert "<a " not in html
    assert "<script" not in html and "<img" not in html


def test_an_image_is_no_image() -> None:
    """The content security policy would refuse it; what is left is a link to it."""
    assert "<img" not in render("![un dessin](https://example.org/x.png)")


def test_headings_stand_below_that_of_their_argument() -> None:
    """An argument's title is of the third level, and there is no seventh."""
    assert render("# Un").startswith("<h4>Un</h4>")
    assert render("### Trois").startswith("<h6>")
    assert render("###### Six").startswith("<h6>")
