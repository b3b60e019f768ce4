"""What a Markdown file of each kind may hold: the keys of its header and the fields of its language parts."""

from dataclasses import dataclass

from knowledge.values import Language
from knowledge.wording import plain

PART_TITLES = {Language.FR: "Français", Language.EN: "English"}
ONE_LINER_LIMIT = 140  # what one can say in a meeting in one breath


@dataclass(frozen=True, slots=True)
class FieldLayout:
    """One field: the attribute it fills, its heading in each language, and what is asked of its text."""

    attribute: str
    french: str
    english: str
    required: bool = False
    limit: int | None = None

    def heading(self, language: Language) -> str:
        """Give the heading of the field in a part of that language."""
        return self.french if language is Language.FR else self.english


@dataclass(frozen=True, slots=True)
class Layout:
    """The shape of one kind of file: its name in messages, its folder, its header keys and its fields."""

    kind: str
    folder: str
    keys: tuple[str, ...]
    fields: tuple[FieldLayout, ...]

    def field(self, language: Language, heading: str) -> FieldLayout | None:
        """Find the field with that heading, whatever its case and accents."""
        wanted = plain(heading)
        return next((field for field in self.fields if plain(field.heading(language)) == wanted), None)


ARGUMENTAIRE = Layout(
    kind="an argumentaire",
    folder="argumentaires",
    keys=("objections", "arguments", "small_talk", "sources", "origin", "default"),
    fields=(
        FieldLayout("title", "Titre", "Title", required=True),
        FieldLayout("audience", "Public", "Audience", required=True),
        FieldLayout("description", "Description", "Description"),
    ),
)
OBJECTION = Layout(
    kind="an objection",
    folder="objections",
    keys=("nature", "origin", "status"),
    fields=(
        FieldLayout("title", "Titre", "Title", required=True),
        FieldLayout("echo", "Écho", "Echo", required=True),
        FieldLayout("explanation", "Explication", "Explanation", required=True),
        FieldLayout("avoid", "À éviter", "Avoid"),
    ),
)
ARGUMENT = Layout(
    kind="an argument",
    folder="arguments",
    keys=("answers", "anticipates", "sources", "origin", "status"),
    fields=(
        FieldLayout("title", "Titre", "Title", required=True),
        FieldLayout("one_liner", "Phrase clé", "One-liner", required=True, limit=ONE_LINER_LIMIT),
        FieldLayout("summary", "Résumé", "Summary", required=True),
        FieldLayout("body", "Texte", "Body"),
        FieldLayout("concession", "Concession", "Concession"),
        FieldLayout("return_question", "Question en retour", "Return question"),
        FieldLayout("example", "Exemple", "Example"),
    ),
)
SMALL_TALK = Layout(
    kind="small talk",
    folder="small-talk",
    keys=(),
    fields=(FieldLayout("reply", "Réponse", "Reply", required=True),),
)
