"""What a DOI and an address look like."""

import pytest

from knowledge.identifiers import doi_fault, same_doi, same_url, url_fault


@pytest.mark.parametrize("doi", ["10.1287/orsc.2018.1202", "10.1016/j.respol.2006.04.010", "10.1000/a(b)<c>;d"])
def test_a_doi_is_fine(doi: str) -> None:
    """Publishers put almost anything after the slash."""
    assert doi_fault(doi) is None


@pytest.mark.parametrize("doi", ["https://doi.org/10.1287/x", "doi:10.1287/x", "10.12/x", "10.1287", "10.1287/a b", ""])
def test_what_is_no_doi_is_told(doi: str) -> None:
    """The message quotes it and shows what one looks like."""
    assert (
        doi_fault(doi) == f'"{doi}" is not a DOI: write what follows https://doi.org/, such as 10.1287/orsc.2018.1202.'
    )


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "http://example.org:8080/a_b/(c)?d=e%20f&g=~h#i",
        "https://wikixd.fabmob.io/wiki/Centre_de_documentation_:_communs",
    ],
)
def test_an_address_is_fine(url: str) -> None:
    """Whatever RFC 3986 allows is allowed."""
    assert url_fault(url) is None


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("https://cnll.fr/marché", 'The character "é" has no place in an address: write %C3%A9.'),
        ("https://example.org/a b", 'The character " " has no place in an address: write %20.'),
        ("https://example.org/100%", 'A "%" in an address is followed by two hexadecimal digits; alone, it is %25.'),
        ("ftp://example.org", '"ftp://example.org" is not an address of the web: it starts with https:// or http://.'),
        ("example.org", '"example.org" is not an address of the web: it starts with https:// or http://.'),
        ("https://localhost/x", '"https://localhost/x" names no site: a site has a dot in its name.'),
        ("https:///x", '"https:///x" names no site: a site has a dot in its name.'),
        ("https://example.org:port/", '"https://example.org:port/" cannot be read as an address.'),
        ("https://[::1/", '"https://[::1/" cannot be read as an address.'),
        ("https://doi.org/10.1287/x", 'This address is a DOI: write it in "DOI", without https://doi.org/.'),
    ],
)
def test_what_is_no_address_is_told(url: str, fault: str) -> None:
    """The message says what is wrong, and what to write instead."""
    assert url_fault(url) == fault


def test_two_spellings_of_one_identifier_are_the_same() -> None:
    """Case does not count in a DOI, nor scheme, www and last slash in an address; the case of its path does."""
    assert same_doi("10.1287/ORSC.2018") == same_doi("10.1287/orsc.2018")
    assert same_url("http://www.Example.org/a/") == same_url("https://example.org/a")
    assert same_url("https://example.org/a") != same_url("https://example.org/A")
