"""Small, valid material to build tests on: each test changes the one thing it is about."""

from pathlib import Path

ARGUMENTAIRE = """\
---
objections: [concurrence, maitrise]
arguments: [innovation, gouvernance, partenaires]
small_talk: [salutation]
sources: [atelier-2019]
default: true
---

# Français

## Titre

Pour la direction de l’innovation

## Public

Une directrice de l’innovation dans un groupe.

# English

## Title

For innovation departments

## Audience

A director of innovation in a large company.
"""

CONCURRENCE = """\
---
nature: legitimate-concern
---

# Français

## Titre

Nos concurrents en profiteraient

## Écho

Je comprends : vous craignez que vos concurrents en profitent.

## Explication

Partager, ce serait donner son avance.

# English

## Title

Our competitors would benefit

## Echo

I hear you: you fear that your competitors would benefit.

## Explanation

To share would be to give away a lead.
"""

MAITRISE = """\
---
nature: misconception
---

# Français

## Titre

Nous perdrions la maîtrise

## Écho

Je comprends : vous craignez de ne plus décider.

## Explication

La feuille de route dépendrait d’une communauté.

## À éviter

Ne pas répondre qu’il suffit de forker.

# English

## Title

We would lose control

## Echo

I hear you: you fear that you would no longer decide.

## Explanation

The roadmap would depend on a community.
"""

INNOVATION = """\
---
answers: [concurrence]
anticipates: maitrise
sources: [nagle-2018]
---

# Français

## Titre

Contribuer fait apprendre

## Phrase clé

En contribuant, vous apprenez de toute une communauté.

## Résumé

Les entreprises qui contribuent apprennent davantage.

## Texte

Un premier paragraphe.

### Un intertitre

Un second paragraphe.

# English

## Title

Contributing teaches

## One-liner

Contribute and you learn from a whole community.

## Summary

Companies that contribute learn more.
"""

GOUVERNANCE = """\
---
answers: [maitrise]
sources: [nagle-2018, atelier-2019]
---

# Français

## Titre

Participer, c’est décider

## Phrase clé

Qui participe à la gouvernance décide.

## Résumé

Un commun a des règles et des places à prendre.

# English

## Title

To take part is to decide

## One-liner

Those who take part in governance decide.

## Summary

A commons has rules, and seats to take.
"""

PARTENAIRES = """\
---
answers: [concurrence, maitrise]
sources: [atelier-2019]
---

# Français

## Titre

Des partenaires, et non des rivaux

## Phrase clé

Vos concurrents d’hier paient la moitié de l’entretien.

## Résumé

Un socle partagé se finance à plusieurs.

# English

## Title

Partners rather than rivals

## One-liner

Yesterday’s competitors pay half of the maintenance.

## Summary

A shared base is paid for by many.
"""

SALUTATION = """\
# Français

## Réponse

Bonjour ! Quelle est votre objection ?

# English

## Reply

Hello! What is your objection?
"""

SOURCES = """\
- id: nagle-2018
  type: article-journal
  title: Learning by Contributing
  author:
    - {family: Nagle, given: Frank}
  issued: {date-parts: [[2018, 7]]}
  container-title: Organization Science
  grade: A
  checked: seen
  checked_in: the abstract
  caveat:
    fr: Un maximum, pas une moyenne.
    en: A ceiling, not an average.
- id: atelier-2019
  type: document
  title: Atelier "Disséminer les communs"
  author:
    - literal: Lab SoNum x Inno³
  grade: D
  checked: from memory
"""

PHRASINGS = """\
text,language,label,also,register,author
"Et si nos concurrents, eux, en profitent ?",fr,concurrence,maitrise,question,Camille
We would no longer decide anything,en,maitrise,,neutral,Camille
slt,fr,salutation,,sms,Camille
What is the weather like?,en,hors-sujet,,question,Camille
"""

FILES = {
    "argumentaires/responsable-innovation.md": ARGUMENTAIRE,
    "objections/concurrence.md": CONCURRENCE,
    "objections/maitrise.md": MAITRISE,
    "arguments/innovation.md": INNOVATION,
    "arguments/gouvernance.md": GOUVERNANCE,
    "arguments/partenaires.md": PARTENAIRES,
    "small-talk/salutation.md": SALUTATION,
    "sources.yaml": SOURCES,
    "phrasings/camille.csv": PHRASINGS,
}


def write_knowledge(root: Path) -> Path:
    """Write a small valid knowledge folder: 2 objections, 3 arguments, 2 sources, 1 small talk, 4 phrasings."""
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def replace_in(path: Path, old: str, new: str) -> None:
    """Replace a text that must stand in the file exactly once."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
    path.write_text(text.replace(old, new), encoding="utf-8")
