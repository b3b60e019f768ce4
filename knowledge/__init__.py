"""What Réplique knows: Markdown, YAML and CSV files, read into frozen values and checked as a whole."""

from knowledge.bibliography_review import Review, review_bibliography
from knowledge.errors import InvalidKnowledgeError, KnowledgeError, PageError, Problem, UnwritableError
from knowledge.findings import Finding
from knowledge.lint import examine
from knowledge.loader import load_knowledge, read_evaluation
from knowledge.phrasings import read_phrasings
from knowledge.values import (
    Argument,
    Argumentaire,
    ArgumentaireText,
    ArgumentText,
    Grade,
    Knowledge,
    Language,
    Move,
    Nature,
    Objection,
    ObjectionText,
    Phrasing,
    SmallTalk,
    Source,
)

__all__ = [
    "Argument",
    "ArgumentText",
    "Argumentaire",
    "ArgumentaireText",
    "Finding",
    "Grade",
    "InvalidKnowledgeError",
    "Knowledge",
    "KnowledgeError",
    "Language",
    "Move",
    "Nature",
    "Objection",
    "ObjectionText",
    "PageError",
    "Phrasing",
    "Problem",
    "Review",
    "SmallTalk",
    "Source",
    "UnwritableError",
    "examine",
    "load_knowledge",
    "read_evaluation",
    "read_phrasings",
    "review_bibliography",
]
