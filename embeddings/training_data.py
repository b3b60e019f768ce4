"""What training sees, and in which order: examples, their targets, and batches of texts of like length."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from datasets import Dataset
from sentence_transformers.base.sampler import DefaultBatchSampler

from embeddings.augmentation import vary

SEED = 20191014
_BUCKET = 40  # batches shuffled together before they are cut by length: bounds padding, keeps batches varied


class Objective(StrEnum):
    """What training asks of the vectors."""

    COSINE_CLASSIFIER = "cosine-classifier"  # near the direction of its label, far from the others
    CLASSIFIER_AND_CONTRAST = "classifier-and-contrast"  # the same, and near the texts of its label in the batch
    TRIPLETS = "triplets"  # nearer to each text of its label than to any other, by a margin


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train: what is compared in the table of `embeddings/README.md`."""

    objective: Objective = Objective.CLASSIFIER_AND_CONTRAST
    rank: int = 32
    frozen_layers: int = 6
    epochs: int = 4
    batch_size: int = 48
    learning_rate: float = 6e-4
    temperature: float = 0.07
    label_smoothing: float = 0.1
    strength: float = 0.85  # of the adapter, between the base model (0) and what was trained (1)
    varied_share: float = 0.3  # of the texts are rewritten as hurried people would, anew in each epoch


@dataclass(frozen=True, slots=True)
class Example:
    """A text to learn from: its prefix, its language, its main label and those it also raises."""

    text: str
    prefix: str
    language: str
    label: str
    also: tuple[str, ...] = ()


def lay_out(examples: Sequence[Example], labels: Sequence[str], recipe: Recipe) -> Dataset:
    """Lay the epochs end to end; each row has the text, its target over the labels, and the epoch it belongs to."""
    dice = random.Random(SEED)
    rows: dict[str, list[Any]] = {"text": [], "label": []}
    for _ in range(recipe.epochs):
        epoch = list(examples)
        dice.shuffle(epoch)
        for start in range(0, len(epoch), recipe.batch_size * _BUCKET):
            bucket = epoch[start : start + recipe.batch_size * _BUCKET]
            bucket.sort(key=lambda example: len(example.text))
            for example in bucket:
                varied = dice.random() < recipe.varied_share
                text = vary(example.text, example.language, dice) if varied else example.text
                rows["text"].append(example.prefix + text)
                rows["label"].append(_target(example, labels, recipe))
    return Dataset.from_dict(rows)


def _target(example: Example, labels: Sequence[str], recipe: Recipe) -> list[float] | int:
    """Return the target of an example: a distribution over the labels, or the label's number for triplets."""
    if recipe.objective is Objective.TRIPLETS:
        return list(labels).index(example.label)
    also = [label for label in example.also if label in labels]
    weights = dict.fromkeys(labels, recipe.label_smoothing / len(labels))
    main_share = 0.75 if also else 1.0  # the main objection keeps most of a text that raises several
    weights[example.label] += (1 - recipe.label_smoothing) * main_share
    for label in also:
        weights[label] += (1 - recipe.label_smoothing) * (1 - main_share) / len(also)
    return list(weights.values())


class LikeLengthSampler(DefaultBatchSampler):
    """Cuts the rows, laid out by length within each bucket, into batches and shuffles the batches of a bucket."""

    def __iter__(self) -> Iterator[list[int]]:
        dice = random.Random(SEED)
        batches = [
            list(range(start, min(start + self.batch_size, self._count)))
            for start in range(0, self._count, self.batch_size)
        ]
        for start in range(0, len(batches), _BUCKET):
            bucket = batches[start : start + _BUCKET]
            dice.shuffle(bucket)
            yield from bucket

    def __len__(self) -> int:
        return -(-self._count // self.batch_size)

    def __init__(self, dataset: Dataset, batch_size: int) -> None:
        self._count = len(dataset)
        super().__init__(range(len(dataset)), batch_size=batch_size, drop_last=False)


def batches_of_like_length(dataset: Dataset, batch_size: int, **_options: object) -> LikeLengthSampler:
    """Return the sampler, in the form in which the trainer asks for one."""
    return LikeLengthSampler(dataset, batch_size)
