"""The pages for reading over HTTP: language, address, cache, order of the text, hostile texts, the way back."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.reading.words import words
from app.settings import Settings
from knowledge import Knowledge
from tests.documents import Document, attribute
from tests.fakes import EN, FR, small_knowledge, small_responder

PAGES = ["/argumentaire", "/argumentaire/concurrence", "/sources"]
each_page = pytest.mark.parametrize("path", PAGES)


def serve(knowledge: Knowledge | None = None, settings: Settings | None = None) -> TestClient:
    """Give a client of the service over a knowledge."""
    return TestClient(create_app(settings or Settings(), small_responder(knowledge)))


def in_order(text: str, parts: Iterator[str] | list[str]) -> bool:
    """Say whether the parts stand in a text, one after the other."""
    place = 0
    for part in parts:
        place = text.find(part, place)
        if place < 0:
            return False
        place += len(part)
    return True


def test_the_words_exist_in_both_languages() -> None:
    """No page says half of what it says in the other language."""
    assert words(FR).keys() == words(EN).keys()
    assert all(words(FR).values()) and all(words(EN).values())


# Language


@each_page
@pytest.mark.parametrize(
    ("query", "header", "expected"),
    [
        ("", "", "fr"),
        ("", "en-GB,fr;q=0.5", "en"),
        ("?lang=fr", "en", "fr"),
        ("?lang=en", "fr", "en"),
        ("?lang=de", "en", "en"),
        ("?lang=", "", "fr"),
    ],
)
def test_address_then_browser_then_french(
    client: TestClient, path: str, query: str, header: str, expected: str
) -> None:
    """What the address asks for wins; a language that we do not speak asks for nothing."""
    response = client.get(path + query, headers={"accept-language": header})
    page = Document(response.text)
    assert attribute(page.one("html"), "lang") == expected
    assert response.headers["content-language"] == expected
    assert "Accept-Language" in response.headers["vary"]


@each_page
def test_each_page_leads_to_itself_in_the_other_language(client: TestClient, path: str) -> None:
    """A link for people, alternates for search engines, one canonical address."""
    page = Document.get(client, f"{path}?lang=en")
    other = page.one("nav a[hreflang]")
    assert (attribute(other, "href"), attribute(other, "lang")) == (f"{path}?lang=fr", "fr")
    assert attribute(page.one("link[rel=canonical]"), "href") == f"{path}?lang=en"
    alternates = page.all("link[rel=alternate]")
    assert [attribute(one, "hreflang") for one in alternates] == ["fr", "en"]
    assert [attribute(one, "href") for one in alternates] == [f"{path}?lang=fr", f"{path}?lang=en"]


@each_page
def test_links_keep_the_language(client: TestClient, path: str) -> None:
    """A reader of English stays in English, but for the link to French."""
    for link in Document.get(client, f"{path}?lang=en").inner_links:
        assert link.startswith(("#", "/api/")) or "lang=en" in link or link == f"{path}?lang=fr"


def test_a_passage_in_the_other_language_is_marked(client: TestClient) -> None:
    """What is not translated says so, and screen readers change their voice."""
    page = Document.get(client, "/argumentaire?lang=en")
    assert attribute(page.one("#mutualiser h3 a"), "lang") == "fr"
    assert {attribute(one, "lang") for one in page.all("#mutualiser .concession dd")} == {"fr"}
    assert "does not exist in English yet" in page.text("#mutualiser")
    assert page.all("#licences [lang=fr]") == []


# Structure


@each_page
def test_structure_is_sound(client: TestClient, path: str) -> None:
    """One h1, no level skipped, landmarks, a way past them, every id once."""
    page = Document.get(client, f"{path}?lang=fr")
    assert page.headings.count("h1") == 1
    levels = [int(name[1]) for name in page.headings]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))
    assert attribute(page.one("a.skip"), "href") == f"#{attribute(page.one('main'), 'id')}"
    assert len(page.all("body > header")) == 1
    assert all(attribute(one, "aria-label") or attribute(one, "aria-labelledby") for one in page.all("nav"))
    assert len(page.ids) == len(set(page.ids))


@each_page
def test_nothing_is_inline(client: TestClient, path: str) -> None:
    """The content security policy allows no inline script or style, and reading needs no script at all."""
    page = Document.get(client, path)
    assert page.all("script, style, [style]") == []
    assert client.get("/web/reading.css").status_code == client.get("/web/print.css").status_code == 200


@each_page
def test_metadata_tells_what_the_page_is(client: TestClient, path: str) -> None:
    """A title of its own, a description, and what is needed to share it."""
    page = Document.get(client, path)
    title = page.text("title")
    assert title.endswith(" – Réplique") and len(title) > len(" – Réplique")
    assert attribute(page.one("meta[name=description]"), "content")
    assert attribute(page.one("meta[property='og:title']"), "content") == title.removesuffix(" – Réplique")
    assert attribute(page.one("meta[property='og:locale']"), "content") == "fr_FR"
    assert page.all("meta[property='og:url']") == []  # it must be whole, and nobody said where we are


def test_whole_addresses_when_the_service_knows_its_own() -> None:
    """`REPLIQUE_PUBLIC_URL` goes in front of what search engines want whole, and stands on the cover."""
    client = serve(settings=Settings(public_url="https://replique.example"))
    page = Document.get(client, "/argumentaire?lang=fr")
    whole = "https://replique.example/argumentaire?lang=fr"
    assert attribute(page.one("link[rel=canonical]"), "href") == whole
    assert attribute(page.one("meta[property='og:url']"), "content") == whole
    assert whole in page.text(".cover")


def test_the_text_reads_in_order_without_tags(client: TestClient) -> None:
    """In a text browser, an argument goes from its claim to its sources."""
    text = Document.get(client, "/argumentaire/concurrence?lang=fr").text("main")
    assert in_order(
        text,
        [
            *(
                "Inquiétude légitime",
                "concurrence (fr)",
                "Ce que la personne craint",
                "Why concurrence (fr).",
                "De quoi",
            ),
            *("mutualiser (fr)", "étude relue par des pairs", "mutualiser in one line (fr)", "Summary of mutualiser"),
            *("Body of mutualiser (fr).", "Ce qui est juste", "Concession of mutualiser", "À demander en retour"),
            *("Question of mutualiser (fr)?", "Exemple", "Example of mutualiser", "Sources", "Governing the Commons"),
            *("Elinor Ostrom et Charlotte Hess, 1990", "Source de 1990", "Réserve", "Étude ancienne."),
            *("licences (fr)", "gouvernance (fr)", "Répond aussi à", "maitrise (fr)", "Objection suivante"),
        ],
    )


def test_the_booklet_has_contents_chapters_and_deep_links(client: TestClient) -> None:
    """Each objection and each argument has its own anchor, named by its id."""
    page = Document.get(client, "/argumentaire?lang=fr")
    assert [attribute(one, "href") for one in page.all(".contents a")] == [
        *("#concurrence", "#mutualiser", "#licences", "#maitrise", "#gouvernance", "#sortie"),
    ]
    assert {"concurrence", "maitrise", "mutualiser", "licences", "gouvernance", "sortie"} <= set(page.ids)
    assert "a workshop" in page.text(".cover")
    assert "1.2 licences (fr)" in page.text("#licences h3")


def test_another_argumentaire_can_be_read(client: TestClient) -> None:
    """`?argumentaire=ID` is kept by the links; the default one needs no name."""
    page = Document.get(client, "/argumentaire?argumentaire=public&lang=fr")
    assert "Secteur public" in page.text(".cover")
    assert "/argumentaire/securite?argumentaire=public&lang=fr" in list(page.links)
    default = Document.get(client, "/argumentaire?argumentaire=innovation&lang=fr")
    assert attribute(default.one("link[rel=canonical]"), "href") == "/argumentaire?lang=fr"
    assert "/argumentaire?argumentaire=public&lang=fr" in list(default.links)


def test_an_objection_of_another_audience_is_found_where_it_is(client: TestClient) -> None:
    """Its address need not name the argumentaire; its canonical address does."""
    page = Document.get(client, "/argumentaire/securite?lang=fr")
    canonical = attribute(page.one("link[rel=canonical]"), "href")
    assert canonical == "/argumentaire/securite?argumentaire=public&lang=fr"
    assert Document.get(client, canonical).text("h1") == "securite (fr)"


def test_the_bibliography_says_what_each_source_is_worth(client: TestClient) -> None:
    """By grade, with how it was checked, what not to make it say, and what cites it."""
    page = Document.get(client, "/sources?lang=fr")
    assert [attribute(one, "id") for one in page.all(".entries > li")] == ["etude", "loi", "atelier"]
    assert [attribute(one, "id") for one in page.all("h2")] == ["_grade_A", "_grade_D"]
    study = page.text("#etude")
    assert in_order(study, ["Governing the Commons", "1990", "Réserve", "Étude ancienne.", "document ou résumé lu"])
    cited = [attribute(one, "href") for one in page.all("#etude a")]
    assert "/argumentaire?lang=fr#licences" in cited
    assert "/argumentaire?argumentaire=public&lang=fr#audit" in cited
    assert [attribute(one, "href") for one in page.all("#atelier a")] == ["/argumentaire?lang=fr"]
    assert {"/api/v1/sources?format=bibtex", "/api/v1/sources?format=csl-json"} <= set(page.links)


def test_the_chat_page_leads_here_and_back(client: TestClient) -> None:
    """Both ways, without JavaScript."""
    assert "/argumentaire?lang=fr" in list(Document.get(client, "/").links)
    assert "/?lang=en" in list(Document.get(client, "/argumentaire?lang=en").links)


# What can go wrong


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize(
    "address",
    [
        "/argumentaire/nowhere?",
        "/argumentaire/%3Cscript%3E?",
        "/argumentaire?argumentaire=nowhere&",
        "/argumentaire/concurrence?argumentaire=nowhere&",
        "/argumentaire/concurrence?argumentaire=public&",
    ],
)
def test_a_page_that_is_not_there_shows_the_way(client: TestClient, address: str, lang: str) -> None:
    """An unknown objection or argumentaire, or one that does not hold the objection, gets a page with links back."""
    page = Document.get(client, f"{address}lang={lang}", status=404)
    assert attribute(page.one("html"), "lang") == lang
    assert page.text("h1") == words(FR if lang == "fr" else EN)["lost_title"]
    assert {f"/argumentaire?lang={lang}", f"/sources?lang={lang}", f"/?lang={lang}"} <= set(page.links)
    assert attribute(page.one("meta[name=robots]"), "content") == "noindex"


def test_an_argumentaire_named_by_nothing_is_the_default_one(client: TestClient) -> None:
    """A form that was left empty asks for nothing."""
    assert "Innovation" in Document.get(client, "/argumentaire?argumentaire=&lang=fr").text(".cover")


def test_hostile_texts_are_only_texts() -> None:
    """Whoever writes the knowledge writes no HTML: titles, summaries, bodies and citations are shown as typed."""
    knowledge, hostile = small_knowledge(), '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    argument = knowledge.arguments["licences"]
    text = replace(argument.texts[FR], title=hostile, summary=hostile, body=hostile, concession=hostile)
    objection = knowledge.objections["concurrence"]
    said = replace(objection.texts[FR], title=hostile, explanation=hostile)
    source = knowledge.sources["etude"]
    client = serve(
        replace(
            knowledge,
            arguments={**knowledge.arguments, "licences": replace(argument, texts={FR: text})},
            objections={**knowledge.objections, "concurrence": replace(objection, texts={FR: said})},
            sources={
                **knowledge.sources,
                "etude": replace(source, csl={**source.csl, "title": hostile, "language": '"><script>'}),
            },
        )
    )
    for path in PAGES:
        page = Document.get(client, f"{path}?lang=fr")
        assert page.all("script, img") == []
        assert page.text().count("<script>alert(1)</script>") >= 1


def test_an_address_that_is_no_web_address_is_no_link() -> None:
    """A source whose URL would run a script is cited without a link."""
    knowledge = small_knowledge()
    source = replace(knowledge.sources["loi"], csl={**knowledge.sources["loi"].csl, "URL": "javascript:alert(1)"})
    client = serve(replace(knowledge, sources={**knowledge.sources, "loi": source}))
    for path in PAGES:
        assert not [link for link in Document.get(client, path).links if link.startswith("javascript")]


# Cache


@each_page
def test_a_page_is_sent_once_to_who_keeps_it(client: TestClient, path: str) -> None:
    """The tag of the page gets a 304 without a body, weak or among others too."""
    first = client.get(path)
    tag = first.headers["etag"]
    assert first.headers["cache-control"] == "public, no-cache"
    for sent in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = client.get(path, headers={"if-none-match": sent})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get(path, headers={"if-none-match": '"other"'}).status_code == 200
    assert client.get(f"{path}?lang=en").headers["etag"] != tag


@each_page
def test_head_answers_like_get_without_the_body(client: TestClient, path: str) -> None:
    """Link checkers ask so."""
    get, head = client.get(path), client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(get.content))
    assert head.headers["etag"] == get.headers["etag"]


def test_another_knowledge_gives_another_page() -> None:
    """The pages of an edition are kept only as long as the knowledge is the same."""
    client = serve()
    before = client.get("/argumentaire").headers["etag"]
    client.app.state.responder.knowledge = replace(small_knowledge(), version="next")  # type: ignore[attr-defined] # a FastAPI
    after = client.get("/argumentaire")
    assert after.headers["etag"] != before
    assert "next" in after.text
