"""What can go wrong between a text and its neighbours.

EmbeddingsError
├── ModelError          the model cannot be read, converted or run
└── BuildError          the built model or vectors cannot be used
    ├── MissingBuildError   nothing has been built yet
    └── StaleBuildError     what was built belongs to another model or knowledge
"""


class EmbeddingsError(Exception):
    """Texts cannot be turned into vectors or found again."""


class ModelError(EmbeddingsError):
    """The model cannot be read, converted or run."""


class BuildError(EmbeddingsError):
    """What was built cannot be used."""


class MissingBuildError(BuildError):
    """Nothing has been built yet, or a file of the build is gone."""


class StaleBuildError(BuildError):
    """What was built belongs to another model or to other texts."""
