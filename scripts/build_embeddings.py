"""Builds the model and the vectors that serve: `python -m scripts.build_embeddings [--check] [--model MODEL]`.

Only what changed is done again: the model when its source changed, the vector of a text when the text changed. The
new build takes the place of the old one in one atomic step, at the end.
"""

import argparse
import sys
from pathlib import Path

from rich.console import Console

from app.settings import Settings
from embeddings.build import BuildFolder
from embeddings.errors import EmbeddingsError
from embeddings.model_source import ModelSource
from knowledge import KnowledgeError, load_knowledge
from scripts.building import Builder, current_problem, read_dev_set


def main(arguments: list[str] | None = None) -> int:
    """Build, or say whether the build is current; return the exit code."""
    options = _parse(arguments)
    console = Console(stderr=True)
    settings = Settings.from_environment()
    folder = BuildFolder(options.build or settings.build)
    knowledge_folder = options.knowledge or settings.knowledge
    source = ModelSource(options.model or settings.model)
    try:
        knowledge = load_knowledge(knowledge_folder)
        dev_set = read_dev_set(knowledge_folder, knowledge)
        problem = current_problem(folder, source, knowledge, dev_set)
        if options.check:
            console.print(problem or "The build is current.", markup=False, highlight=False, soft_wrap=True)
            return 1 if problem else 0
        if not problem:
            console.print("The build is current: nothing to do.", highlight=False)
            return 0
        report = Builder(folder, source, console).build(knowledge, dev_set)
    except (EmbeddingsError, KnowledgeError) as error:
        console.print(str(error), markup=False, highlight=False, style="red", soft_wrap=True)
        return 1
    console.print(report, markup=False, highlight=False, soft_wrap=True)
    return 0


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m scripts.build_embeddings", description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only say whether the build is current (exit code 0 or 1)")
    parser.add_argument("--model", help="a SentenceTransformer, by id or folder, instead of the default model")
    parser.add_argument("--knowledge", type=Path, help="the knowledge folder")
    parser.add_argument("--build", type=Path, help="the folder to build into")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
