"""Asks addresses whether they still answer: a few at once, each within a time limit, never twice for one address."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import httpx2

_AT_ONCE = 8  # requests under way: enough to be done in a minute, few enough to be polite
_SECONDS = 15.0  # for one address, its redirections included
_GONE = (404, 410)
_HEADERS = {"User-Agent": "replique-check-sources (checks that cited pages still exist)"}


class Answer(StrEnum):
    """What an address says of itself."""

    ALIVE = "alive"
    DEAD = "dead"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Link:
    """An address, and what it answered."""

    url: str
    answer: Answer
    reason: str


def ask_links(urls: Iterable[str], *, at_once: int = _AT_ONCE, seconds: float = _SECONDS) -> dict[str, Link]:
    """Ask each address; what the network keeps us from knowing is unknown, and nothing is ever raised for it."""
    return asyncio.run(_ask_all(sorted(set(urls)), at_once, seconds))


async def _ask_all(urls: list[str], at_once: int, seconds: float) -> dict[str, Link]:
    places = asyncio.Semaphore(at_once)
    async with httpx2.AsyncClient(follow_redirects=True, timeout=seconds, headers=_HEADERS) as client:

        async def ask(url: str) -> Link:
            async with places:
                return await _ask(client, url, seconds)

        links = await asyncio.gather(*map(ask, urls))
    return {link.url: link for link in links}


async def _ask(client: httpx2.AsyncClient, url: str, seconds: float) -> Link:
    try:
        async with asyncio.timeout(seconds):
            status = await _status(client, url)
    except TimeoutError:
        return Link(url, Answer.UNKNOWN, f"no answer within {seconds:g} seconds")
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        return Link(url, Answer.UNKNOWN, f"no answer ({type(error).__name__})")
    if status in _GONE:
        return Link(url, Answer.DEAD, f"the site answers {status}")
    # 401, 403, 429 and failures of the server say nothing of the page: many sites refuse programs.
    return Link(url, Answer.ALIVE if status < 400 else Answer.UNKNOWN, f"the site answers {status}")


async def _status(client: httpx2.AsyncClient, url: str) -> int:
    """Return the status of a page: asked for its head, and whole when the head is refused."""
    status = (await client.head(url)).status_code
    if status < 400:
        return status
    async with client.stream("GET", url) as response:  # the body is left unread
        return response.status_code
