"""What can be wrong with the knowledge.

KnowledgeError
├── InvalidKnowledgeError    the files were read and have problems, all of them listed
├── PageError                a page to import cannot be read as an argumentaire
└── UnwritableError          a file could not be written
"""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that a person has to mend, with the place where it stands."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class KnowledgeError(Exception):
    """The knowledge cannot be used."""


class InvalidKnowledgeError(KnowledgeError):
    """The knowledge has problems; `problems` holds every one of them."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        super().__init__(f"The knowledge has {count}:\n" + "\n".join(f"  {problem}" for problem in problems))


class PageError(KnowledgeError):
    """A page cannot be read as an argumentaire; `problem` says on which line and why."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


class UnwritableError(KnowledgeError):
    """A file could not be written; the file that stood in its place, if any, is as it was."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        super().__init__(f"{path} could not be written: {reason}.")
