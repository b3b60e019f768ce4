"""Where the pages for reading are: one address for each page, language and argumentaire."""

from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

from knowledge import Argumentaire, Knowledge, Language

ARGUMENTAIRE_PATH, SOURCES_PATH, CHAT_PATH = "/argumentaire", "/sources", "/"


@dataclass(frozen=True, slots=True)
class Address:
    """The address of a page in one language; `argumentaire` is None for the default one."""

    path: str
    language: Language
    argumentaire: str | None = None
    anchor: str = ""

    def __str__(self) -> str:
        """Write the address as a link has it, from the root of the site."""
        query = {"argumentaire": self.argumentaire} if self.argumentaire else {}
        anchor = f"#{quote(self.anchor)}" if self.anchor else ""
        return f"{quote(self.path)}?{urlencode({**query, 'lang': self.language.value})}{anchor}"

    def at(self, path: str, anchor: str = "") -> "Address":
        """Give another page in the same language and the same argumentaire."""
        return replace(self, path=path, anchor=anchor)

    def objection(self, objection_id: str) -> "Address":
        """Give the page of one objection."""
        return self.at(f"{ARGUMENTAIRE_PATH}/{objection_id}")

    def booklet(self, anchor: str = "") -> "Address":
        """Give the page of the whole argumentaire, or a place in it."""
        return self.at(ARGUMENTAIRE_PATH, anchor)

    def sources(self, anchor: str = "") -> "Address":
        """Give the bibliography, which is the same for every argumentaire."""
        return Address(SOURCES_PATH, self.language, anchor=anchor)

    def chat(self) -> "Address":
        """Give the chat page."""
        return Address(CHAT_PATH, self.language)

    def spoken(self, language: Language) -> "Address":
        """Give the same page in a language."""
        return replace(self, language=language)

    @property
    def other(self) -> "Address":
        """The same page in the other language."""
        return self.spoken(Language.EN if self.language is Language.FR else Language.FR)


def argument_anchor(argument_id: str, knowledge: Knowledge) -> str:
    """Return the anchor of an argument: its id, unless an objection has the same (no id has an underscore)."""
    return f"{argument_id}_" if argument_id in knowledge.objections else argument_id


def booklet_address(argumentaire: Argumentaire, language: Language) -> Address:
    """Return the address of the booklet of an argumentaire."""
    return Address(ARGUMENTAIRE_PATH, language, None if argumentaire.default else argumentaire.id)
