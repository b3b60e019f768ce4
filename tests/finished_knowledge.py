"""A knowledge folder in which the lint finds nothing: each test spoils the one thing it is about."""

from pathlib import Path

from tests.builders import CONCURRENCE, SOURCES

ARGUMENTS = ("alpha", "bravo", "charlie", "delta", "echo", "foxtrot")

_ARGUMENTAIRE = """\
---
objections: [concurrence]
arguments: [alpha, bravo, charlie, delta, echo, foxtrot]
sources: [atelier-2019]
default: true
---

# Français

## Titre

Pour la direction

## Public

Une directrice.

# English

## Title

For managers

## Audience

A director.
"""
_OBJECTION = (
    CONCURRENCE.replace("comprends :", "comprends\u202f:").replace(
        "# English", "## À éviter\n\nNe pas minimiser.\n\n# English"
    )
    + "\n## Avoid\n\nDo not play it down.\n"
)


def write_finished_knowledge(root: Path) -> Path:
    """Write a folder with 1 objection that 6 arguments answer, 3 of them with a source of grade A; 2 sources."""
    files = {
        "argumentaires/direction.md": _ARGUMENTAIRE,
        "objections/concurrence.md": _OBJECTION,
        "sources.yaml": SOURCES.replace("[[2018, 7]]", "[[2998]]"),  # of a year that never grows old
        **{f"arguments/{name}.md": _argument(name, index) for index, name in enumerate(ARGUMENTS)},
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def words(name: str, count: int) -> str:
    """Give a text of that many words, which no other name shares."""
    return " ".join(f"{name}{number}" for number in range(1, count + 1))


def _argument(name: str, index: int) -> str:
    source = "nagle-2018" if index < 3 else "atelier-2019"
    headings = (
        ("# Français", ("Titre", "Phrase clé", "Résumé", "Texte", "Concession", "Question en retour", "Exemple")),
        ("# English", ("Title", "One-liner", "Summary", "Body", "Concession", "Return question", "Example")),
    )
    lines = ["---", "answers: [concurrence]", f"sources: [{source}]", "---"]
    for part, fields in headings:
        lines.append(f"\n{part}")
        for field in fields:
            lines.append(f"\n## {field}\n\n{words(name, 150 if field in ('Texte', 'Body') else 5)}.")
    return "\n".join(lines) + "\n"
