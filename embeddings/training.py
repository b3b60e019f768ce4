"""Trains a low-rank adapter so that phrasings of one objection come together and those of others move apart.

Sources: LoRA (Hu et al., 2021), supervised contrastive learning (Khosla et al., 2020), cosine classifiers with a
temperature (Wang et al., NormFace, 2017), and weights kept between those of the base model and the trained ones, so
that other subjects lose nothing (Wortsman et al., Robust fine-tuning of zero-shot models, 2022).
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from peft import LoraConfig
from sentence_transformers import SentenceTransformer, SentenceTransformerTrainer, SentenceTransformerTrainingArguments
from sentence_transformers.sentence_transformer.losses import BatchAllTripletLoss, BatchHardTripletLossDistanceFunction
from torch.nn import functional

from embeddings.training_data import SEED, Example, Objective, Recipe, batches_of_like_length, lay_out

_MAX_TOKENS = 96  # 99 % of the phrasings are shorter
_LINEAR_LAYERS = ["query", "key", "value", "dense"]


def train_adapter(
    model: SentenceTransformer, examples: Sequence[Example], recipe: Recipe, folder: Path, device_threads: int = 2
) -> None:
    """Train an adapter on the model, in place, and write it to `folder` (safetensors, half precision)."""
    torch.set_num_threads(device_threads)
    torch.manual_seed(SEED)
    model.max_seq_length = _MAX_TOKENS
    _without_dropout(model)
    layer_count = len([name for name, _ in model.named_modules() if name.endswith("attention.self")])
    adapter = LoraConfig(
        r=recipe.rank,
        lora_alpha=2 * recipe.rank,
        target_modules=_LINEAR_LAYERS,
        layers_to_transform=list(range(recipe.frozen_layers, layer_count)),
        layers_pattern="layer",
    )
    model.add_adapter(adapter)
    labels = sorted({example.label for example in examples})
    trainer = SentenceTransformerTrainer(
        model=model,
        args=_arguments(recipe, folder),
        train_dataset=lay_out(examples, labels, recipe),
        loss=_loss(model, examples, labels, recipe),
    )
    trainer.train()
    _save_adapter(model, recipe.strength, folder)


def _without_dropout(model: SentenceTransformer) -> None:
    # Drawing the masks costs as much time as the products on a CPU; varied texts regularise instead.
    for module in model.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = 0.0


def _arguments(recipe: Recipe, folder: Path) -> SentenceTransformerTrainingArguments:
    return SentenceTransformerTrainingArguments(
        output_dir=str(folder),
        num_train_epochs=1,  # the data set holds every epoch, each with its own variations
        per_device_train_batch_size=recipe.batch_size,
        batch_sampler=batches_of_like_length,
        learning_rate=recipe.learning_rate,
        lr_scheduler_type="linear",
        warmup_steps=100,
        weight_decay=0.01,
        seed=SEED,
        save_strategy="no",
        report_to="none",
        use_cpu=True,
        logging_steps=50,
        dataloader_pin_memory=False,
    )


def _loss(
    model: SentenceTransformer, examples: Sequence[Example], labels: Sequence[str], recipe: Recipe
) -> torch.nn.Module:
    if recipe.objective is Objective.TRIPLETS:
        distance = BatchHardTripletLossDistanceFunction.cosine_distance
        loss: torch.nn.Module = BatchAllTripletLoss(model, distance_metric=distance, margin=0.3)
        return loss
    contrast = 0.3 if recipe.objective is Objective.CLASSIFIER_AND_CONTRAST else 0.0
    return CosineClassifierLoss(model, _label_directions(model, examples, labels), recipe.temperature, contrast)


def _label_directions(model: SentenceTransformer, examples: Sequence[Example], labels: Sequence[str]) -> torch.Tensor:
    """Return where the base model puts each label, seen from the middle of all: float32, shape (labels, dimension)."""
    means = []
    for label in labels:
        texts = [example.prefix + example.text for example in examples if example.label == label][:100]
        encoded = model.encode(texts, prompt="", convert_to_tensor=True, show_progress_bar=False)
        means.append(encoded.mean(dim=0))
    directions = torch.stack(means)
    return functional.normalize(directions - directions.mean(dim=0)).clone()


class CosineClassifierLoss(torch.nn.Module):
    """Cross-entropy over the cosines to one learned direction a label, divided by a temperature."""

    def __init__(
        self, model: SentenceTransformer, directions: torch.Tensor, temperature: float, contrast: float
    ) -> None:
        """Start from the given directions, float32 of shape (labels, dimension)."""
        super().__init__()
        self.model = model
        self.directions = torch.nn.Parameter(directions)
        self._temperature = temperature
        self._contrast = contrast

    def forward(self, features: Sequence[dict[str, torch.Tensor]], targets: torch.Tensor) -> torch.Tensor:
        """Return the mean loss of a batch; `targets` is a distribution over the labels for each text."""
        vectors = functional.normalize(self.model(features[0])["sentence_embedding"])
        scores = vectors @ functional.normalize(self.directions).T / self._temperature
        loss = -(targets * functional.log_softmax(scores, dim=1)).sum(dim=1).mean()
        if self._contrast:
            loss = loss + self._contrast * _contrast_within(vectors, targets.argmax(dim=1), self._temperature)
        return loss


def _contrast_within(vectors: torch.Tensor, labels: torch.Tensor, temperature: float) -> torch.Tensor:
    """Return the supervised contrastive loss of a batch: each text near those of its label."""
    itself = torch.eye(len(labels), dtype=torch.bool)
    scores = (vectors @ vectors.T / temperature).masked_fill(itself, -1e4)
    same = (labels[:, None] == labels[None, :]) & ~itself
    has_peer = same.any(dim=1)
    log_shares = functional.log_softmax(scores, dim=1)
    per_text = -(log_shares * same).sum(dim=1)[has_peer] / same.sum(dim=1)[has_peer]
    return per_text.mean()


def _save_adapter(model: SentenceTransformer, strength: float, folder: Path) -> None:
    """Write the adapter, each low-rank product scaled by `strength`."""
    encoder: Any = model[0].auto_model
    state = {
        name: (strength * tensor if "lora_B" in name else tensor).half()
        for name, tensor in encoder.get_adapter_state_dict().items()
    }
    encoder.save_pretrained(folder, state_dict=state)
