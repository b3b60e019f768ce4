"""The addresses of documents: what a DOI and a URL look like, and when two of them are the same."""

import re
from urllib.parse import quote, urlsplit

_DOI = re.compile(r"10\.\d{4,9}/\S+")  # the pattern that Crossref publishes for the DOIs of today
_DOI_RESOLVERS = ("doi.org", "dx.doi.org", "www.doi.org")
_FOREIGN = re.compile(r"[^A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]")  # what RFC 3986 has no place for
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def doi_fault(doi: str) -> str | None:
    """Say what is wrong with a DOI, or None."""
    if _DOI.fullmatch(doi):
        return None
    return f'"{doi}" is not a DOI: write what follows https://doi.org/, such as 10.1287/orsc.2018.1202.'


def url_fault(url: str) -> str | None:
    """Say what is wrong with an address, or None."""
    if foreign := _FOREIGN.search(url):
        character = foreign.group()
        return f'The character "{character}" has no place in an address: write {quote(character, safe="")}.'
    if _LONE_PERCENT.search(url):
        return 'A "%" in an address is followed by two hexadecimal digits; alone, it is %25.'
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        _ = parts.port  # it is read, and refused, only when it is asked for
    except ValueError:
        return f'"{url}" cannot be read as an address.'
    if parts.scheme not in ("http", "https"):
        return f'"{url}" is not an address of the web: it starts with https:// or http://.'
    if "." not in host.strip("."):
        return f'"{url}" names no site: a site has a dot in its name.'
    if host in _DOI_RESOLVERS:
        return 'This address is a DOI: write it in "DOI", without https://doi.org/.'
    return None


def same_doi(doi: str) -> str:
    """Return what two spellings of one DOI have in common."""
    return doi.casefold()


def same_url(url: str) -> str:
    """Return what two spellings of one address have in common: neither scheme, www nor last slash count."""
    host, slash, path = url.partition("://")[2].partition("/")
    return (host.casefold().removeprefix("www.") + slash + path).rstrip("/")
