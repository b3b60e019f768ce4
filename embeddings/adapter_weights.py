"""Adds the trained low-rank adapter to the base model and folds it into the weights (LoRA: Hu et al., 2021)."""

from pathlib import Path

from peft.tuners.lora import LoraLayer
from sentence_transformers import SentenceTransformer

ADAPTER_FILE = "adapter_model.safetensors"


def apply_adapter(model: SentenceTransformer, folder: Path) -> bool:
    """Fold the adapter in `folder` into the model's weights; return False when there is no adapter."""
    if not (folder / ADAPTER_FILE).is_file():
        return False
    model.load_adapter(str(folder))
    for module in model.modules():
        if isinstance(module, LoraLayer):
            module.merge()
    return True
