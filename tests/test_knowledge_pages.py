from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge import PageError
from knowledge.citations import PageSource
from knowledge.pages import Page, parse_page, read_page
from knowledge.prose import Sentence
from knowledge.texts import with_plain_line_ends

SEED = Path(__file__).parent / "data" / "argumentaire-responsable-innovation.md"
PATH = Path("page.md")

SMALL = """\
# Pour une directrice

Cible : Une directrice. Elle hésite.

Objections potentielles :

* Trop loin ;
* Trop cher.

Arguments en faveur :

* Contribuer permet de :
  * Apprendre ;
  * Recruter.
* Cela se fait déjà.

{% hint style="info" %}
Source : Atelier 5, 2019
{% endhint %}
"""


def parse(text: str) -> Page:
    """Read a page with this text."""
    return parse_page(text, PATH)


def texts(sentences: tuple[Sentence, ...]) -> list[str]:
    """Give the sentences alone."""
    return [sentence.text for sentence in sentences]


def test_seed_page_is_read_whole() -> None:
    """The seed page has its audience, 5 objections, 14 arguments and 1 source."""
    page = read_page(SEED)

    assert page.title == "Argumentaire à destination d’un.e responsable de l’innovation dans un grand groupe"
    assert page.audience.startswith("Décisionnaire, directeur.ice de l’innovation")
    assert page.audience.endswith("nouvelles voies d’innovation.")
    assert (len(page.objections), len(page.arguments)) == (5, 14)
    assert page.objections[0] == Sentence("Les communs sont une préoccupation éloignée de son activité", 7)
    assert page.objections[4] == Sentence("Sa contribution aux communs pourrait bénéficier à la concurrence", 11)
    assert page.sources == (PageSource('Atelier #5 "Disséminer les communs", Lab SoNum x Inno³, 2019', 32),)


def test_seed_page_gives_nested_arguments_their_context() -> None:
    """Nine arguments of the seed page complete the sentence above them, and five stand alone."""
    arguments = read_page(SEED).arguments
    context = "Entrer dans une démarche de communs numériques lui permettra de :"

    assert [argument.context for argument in arguments] == [context] * 9 + [""] * 5
    assert arguments[0].whole == f"{context} Décupler le potentiel d’innovation de l’entreprise"
    assert arguments[2].text.endswith("événements collaboratifs (par exemple : hackathons, mapathons)")
    assert arguments[9].text == "D'autres entreprises soutiennent déjà les communs, pourquoi pas la sienne ?"
    assert (arguments[9].line, arguments[13].line) == (25, 29)


@pytest.mark.parametrize("bullet", ["*", "-", "+", "1.", "1)"])
def test_any_bullet_makes_a_list(bullet: str) -> None:
    """Lists may be made with any bullet that Markdown knows, numbers included."""
    indent = " " * (len(bullet) + 1)
    text = SMALL.replace("  * ", f"{indent}{bullet} ").replace("\n* ", f"\n{bullet} ")

    assert parse(text) == parse(SMALL)


def test_bullets_may_change_within_a_list() -> None:
    """A change of bullet starts a new list in Markdown, and the section goes on all the same."""
    assert parse(SMALL.replace("* Trop cher.", "- Trop cher.")) == parse(SMALL)


def test_four_spaces_make_a_nested_list() -> None:
    """A nested list may be indented by four spaces or a tab."""
    assert parse(SMALL.replace("  * ", "    * ")) == parse(SMALL)
    assert parse(SMALL.replace("  * ", "\t* ")) == parse(SMALL)


def test_windows_page_is_read(tmp_path: Path) -> None:
    """A page with Windows line ends and a byte order mark is the same page."""
    path = tmp_path / "page.md"
    path.write_bytes(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())

    assert read_page(path).arguments == parse(SMALL).arguments


def test_marks_and_escapes_are_resolved() -> None:
    """A sentence is plain text: no escapes, emphasis, links or entities."""
    text = SMALL.replace("Trop loin ;", r"**Trop** \(bien\) [trop](https://x.org) `loin` &amp; \[haut\] l’an\#1 ;")

    assert parse(text).objections[0].text == "Trop (bien) trop loin & [haut] l’an#1"


def test_wrapped_item_is_one_sentence() -> None:
    """An item that goes on in the next line is one sentence."""
    assert parse(SMALL.replace("Trop loin ;", "Trop\n  loin ;")).objections[0] == Sentence("Trop loin", 7)
    assert parse(SMALL.replace("Trop loin ;", "Trop\nloin ;")).objections[0] == Sentence("Trop loin", 7)


def test_leaves_of_three_levels_are_the_arguments() -> None:
    """Where lists nest three times, the innermost items are arguments and those above are their context."""
    text = SMALL.replace("  * Apprendre ;", "  * Apprendre ;\n    * vite :\n      * bien\n    * longtemps")

    assert parse(text).arguments[:3] == (
        Sentence("bien", 15, "Contribuer permet de : Apprendre : vite :"),
        Sentence("longtemps", 16, "Contribuer permet de : Apprendre :"),
        Sentence("Recruter", 17, "Contribuer permet de :"),
    )


def test_empty_items_are_left_out() -> None:
    """A bullet without a text is no objection, and no parent of one."""
    text = SMALL.replace("* Trop loin ;", "*\n* Trop loin ;\n*").replace("* Contribuer permet de :", "*")

    page = parse(text)

    assert texts(page.objections) == ["Trop loin", "Trop cher"]
    assert page.arguments[0] == Sentence("Apprendre", 15)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Objections potentielles :", "## Objections"),
        ("Objections potentielles :", "**OBJECTIONS** à lever :"),
        ("Objections potentielles :", "Quelle objection"),
        ("Objections potentielles :", "## Objections\n\nVoici ce que l’on entend."),
        ("Arguments en faveur :", "### Les arguments"),
        ("Arguments en faveur :", "Ses *arguments* sont là"),
    ],
)
def test_sections_are_recognised(old: str, new: str) -> None:
    """A heading or a line above a list announces a section when it holds the word, whatever its form."""
    page = parse(SMALL.replace(old, new))

    assert texts(page.objections) == texts(parse(SMALL).objections)
    assert texts(page.arguments) == texts(parse(SMALL).arguments)


def test_lines_glued_to_lists_are_separated() -> None:
    """A label right below a list does not become part of its last item, and lines keep their numbers."""
    text = SMALL.replace("\n\n", "\n")

    page = parse(text)

    assert texts(page.objections) == ["Trop loin", "Trop cher"]
    assert texts(page.arguments) == ["Apprendre", "Recruter", "Cela se fait déjà"]
    assert [sentence.line for sentence in page.arguments] == [8, 9, 10]
    assert page.sources == (PageSource("Atelier 5, 2019", 12),)


def test_other_lists_are_not_taken() -> None:
    """A list under a heading or a line about something else is neither objection nor argument."""
    text = f"{SMALL}\n## Ressources\n\n* Un lien\n"
    assert parse(text) == parse(SMALL)

    text = SMALL.replace("Arguments en faveur", "À lire aussi :\n\n* Un livre\n\nArguments en faveur")
    assert texts(parse(text).objections) == ["Trop loin", "Trop cher"]


def test_subheadings_stay_in_their_section() -> None:
    """A lower heading inside a section does not end it."""
    text = SMALL.replace("Arguments en faveur :\n", "## Arguments\n\n### Pour apprendre\n")

    assert texts(parse(text).arguments) == ["Apprendre", "Recruter", "Cela se fait déjà"]


def test_nested_objections_have_a_context_too() -> None:
    """Objections may be nested as arguments are."""
    page = parse(SMALL.replace("* Trop cher.", "* Trop cher :\n  * à lancer"))

    assert page.objections[1] == Sentence("à lancer", 9, "Trop cher :")


@pytest.mark.parametrize(
    ("label", "audience"),
    [
        ("**Cible :** Une directrice.", "Une directrice."),
        ("Cible:\n\nUne directrice.", "Une directrice."),
        ("## Cible\n\nUne directrice.", "Une directrice."),
        ("Public visé : Une directrice.", "Une directrice."),
        ("Cible :\n\n* Une directrice ;\n* Un directeur", "Une directrice ; Un directeur"),
        ("", "Pour une directrice"),
    ],
)
def test_audience_is_recognised(label: str, audience: str) -> None:
    """The audience follows its label; a page without one is for the people that its title names."""
    assert parse(SMALL.replace("Cible : Une directrice. Elle hésite.", label)).audience == audience


@pytest.mark.parametrize(
    ("hint", "sources"),
    [
        ("", []),
        ("{% hint %}À savoir : rien.{% endhint %}", []),
        ("{% hint %} source: A {% endhint %}", ["A"]),
        ("{% hint %}\nSource : A\nsuite ;\n{% endhint %}", ["A suite"]),
        ("{% hint %}\nSource : A\nSource : B\n{% endhint %}", ["A", "B"]),
        ("{% hint %}\n**Sources :**\n\n* A\n* B\n{% endhint %}", ["A", "B"]),
        ("{% hint %}\nSource : A\n{% endhint %}\n\n{% hint %}\nSource : B\n{% endhint %}", ["A", "B"]),
        ("> Source : A", ["A"]),
        ("Source : A", ["A"]),
        ('{% embed url="x" %}\n\nSource : A', ["A"]),
    ],
)
def test_sources_are_found(hint: str, sources: list[str]) -> None:
    """What follows `Source :` is a source: in no hint, in one, in several or in a plain line."""
    head, _ = SMALL.split("{% hint")

    assert [source.text for source in parse(head + hint).sources] == sources


def test_hints_are_no_part_of_the_list_above() -> None:
    """A hint that follows a list without an empty line does not become part of its last item."""
    page = parse(SMALL.replace("déjà.\n\n{%", "déjà.\n{%"))

    assert page.arguments[-1].text == "Cela se fait déjà"
    assert page.sources == (PageSource("Atelier 5, 2019", 17),)


def test_source_keeps_its_address() -> None:
    """A source that is a link keeps the address."""
    page = parse(SMALL.replace("Atelier 5, 2019", "[Atelier 5](https://example.org/5), 2019"))

    assert page.sources == (PageSource("Atelier 5, 2019", 18, "https://example.org/5"),)


def test_front_matter_of_the_page_is_skipped() -> None:
    """A page exported with a header is read from below it."""
    assert texts(parse(f"---\ndescription: Objections\n---\n\n{SMALL}").objections) == ["Trop loin", "Trop cher"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "page.md:1: This page is empty."),
        (" \n\t\n", "page.md:1: This page is empty."),
        (SMALL.replace("# Pour", "Pour"), "page.md:1: The page has no title"),
        (SMALL.replace("# Pour une directrice", "#"), "page.md:1: The page has no title"),
        (SMALL.replace("Objections", "Remarques"), "page.md:1: The page has no list of objections"),
        (SMALL.replace("Arguments", "Raisons"), "page.md:1: The page has no list of arguments"),
        (SMALL.split("* Contribuer")[0], "page.md:10: The page has no list of arguments"),
        (SMALL.replace("{% endhint %}", ""), "page.md:17: This hint is never closed"),
    ],
)
def test_page_of_another_kind_is_refused(text: str, expected: str) -> None:
    """A page that lacks a part is refused with the line where it was expected."""
    with pytest.raises(PageError) as caught:
        parse(text)

    assert str(caught.value).startswith(expected)


def test_unreadable_page_is_refused(tmp_path: Path) -> None:
    """A page that is missing, a folder or in another encoding is refused with a plain sentence."""
    (tmp_path / "latin.md").write_bytes("# a\n\né".encode("latin-1"))

    for name, expected in (
        ("none.md", "none.md:1: This cannot be read: No such file or directory."),
        (".", ":1: This cannot be read: Is a directory."),
        ("latin.md", "latin.md:3: This is not UTF-8 text (byte 0xE9); save the file as UTF-8."),
    ):
        with pytest.raises(PageError) as caught:
            read_page(tmp_path / name)
        assert str(caught.value).endswith(expected)


_PIECES = st.sampled_from(
    ["# ", "* ", "  * ", "- ", "1. ", "\n", "\n\n", "Objections :", "Arguments :", "Cible :", "Source :", "> ", "```"]
    + [
        "{% hint %}",
        "{% endhint %}",
        "{%",
        "---\n",
        "\\",
        "[",
        "](",
        "<!--",
        "\r",
        "\x00",
        "\u2028",
        "é",
        "mot ",
        "    ",
    ]
)


@settings(deadline=None)  # a busy machine is no fault
@given(st.one_of(st.text(), st.lists(_PIECES, max_size=25).map("".join)))
def test_any_text_is_a_page_or_a_page_error(text: str) -> None:
    """Whatever a page holds, reading it gives a page whose lines exist, or a PageError."""
    try:
        page = parse(text)
    except PageError as error:
        assert error.problem.line >= 1
    else:
        lines = with_plain_line_ends(text).count("\n") + 1
        assert all(1 <= sentence.line <= lines for sentence in (*page.objections, *page.arguments))
        assert all(sentence.text for sentence in (*page.objections, *page.arguments))
