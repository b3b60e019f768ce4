"""Trains the adapter on the phrasings: `python -m scripts.train [--epochs N] [--rank N] [--objective NAME]`.

Learns from `knowledge/phrasings` and from the texts of the arguments, never from `knowledge/evaluation`, and writes
`embeddings/adapter/`. Run `make build` afterwards, then `make evaluate`.
"""

import argparse
import sys
import time
from dataclasses import asdict
from json import dumps
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from app.passages import View, passages
from app.settings import Settings
from embeddings.base_model import PASSAGE_PREFIX, QUERY_PREFIX, build_base_model
from embeddings.errors import EmbeddingsError
from embeddings.model_source import ADAPTER_FOLDER
from embeddings.training import train_adapter
from embeddings.training_data import Example, Objective, Recipe
from knowledge import Knowledge, KnowledgeError, load_knowledge


def main(arguments: list[str] | None = None) -> int:
    """Train and write the adapter with a report; return the exit code."""
    options = _parse(arguments)
    console = Console(stderr=True)
    recipe = Recipe(Objective(options.objective), options.rank, options.frozen_layers, options.epochs)
    try:
        examples = training_examples(load_knowledge(Settings.from_environment().knowledge))
        console.print(f"Learning from {len(examples)} texts: {recipe}", highlight=False, soft_wrap=True)
        started = time.monotonic()
        with TemporaryDirectory() as scratch:
            train_adapter(build_base_model(Path(scratch)), examples, recipe, options.output)
    except (EmbeddingsError, KnowledgeError) as error:
        console.print(str(error), markup=False, highlight=False, style="red", soft_wrap=True)
        return 1
    minutes = round((time.monotonic() - started) / 60, 1)
    report = {"recipe": asdict(recipe), "examples": len(examples), "minutes": minutes}
    (options.output / "training.json").write_text(dumps(report, indent=2) + "\n", encoding="utf-8")
    console.print(
        f"The adapter is in {options.output.name}/ after {minutes} minutes. Next: make build", highlight=False
    )
    return 0


def training_examples(knowledge: Knowledge) -> list[Example]:
    """Return what is learned from: every phrasing, and the arguments' texts beside the objections they answer."""
    said = [
        Example(text.text, QUERY_PREFIX, text.language, text.label, tuple(also for also in text.also))
        for text in knowledge.phrasings
    ]
    answers = {argument.id: argument.answers for argument in knowledge.arguments.values()}
    told = [
        Example(passage.text, PASSAGE_PREFIX, passage.language, answers[passage.target][0], answers[passage.target][1:])
        for passage in passages(knowledge)
        if passage.view in (View.CLAIM, View.SUMMARY)
    ]
    return said + told


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    default = Recipe()
    parser = argparse.ArgumentParser(prog="python -m scripts.train", description=__doc__.splitlines()[0])
    parser.add_argument("--objective", default=default.objective.value, choices=[one.value for one in Objective])
    parser.add_argument("--rank", type=int, default=default.rank)
    parser.add_argument("--frozen-layers", type=int, default=default.frozen_layers)
    parser.add_argument("--epochs", type=int, default=default.epochs)
    parser.add_argument("--output", type=Path, default=ADAPTER_FOLDER)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
