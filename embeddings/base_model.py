"""Turns packed weights into a real SentenceTransformer: a BERT encoder, a unigram tokenizer, mean pooling, unit norm.

Only building and training import this module: it needs torch, transformers and sentence-transformers.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast
from transformers.utils import logging

from embeddings.packed_weights import PackedModel, PackedVocabulary, packed_weights_path, read_packed_model

BASE_MODEL_ID = "multilingual-e5-small"
QUERY_PREFIX = "query: "  # what a person types; the model was trained to see it
PASSAGE_PREFIX = "passage: "  # what is searched
MAX_TOKENS = 512

_METASPACE = "\u2581"
_TENSOR_NAMES = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln": "embeddings.LayerNorm",
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def build_base_model(folder: Path) -> SentenceTransformer:
    """Write the default model's encoder and tokenizer to `folder` and return the SentenceTransformer over them.

    :raises ModelError: when the packed weights are missing or damaged.
    """
    packed = read_packed_model(packed_weights_path())
    with _quiet():
        _encoder(packed).save_pretrained(folder)
        _transformers_tokenizer(packed.vocabulary).save_pretrained(folder)
        options = {"add_pooling_layer": False}  # the packed model has none: its vectors are means of token states
        transformer = Transformer(str(folder), max_seq_length=MAX_TOKENS, model_kwargs=options)
    pooling = Pooling(transformer.get_embedding_dimension(), pooling_mode="mean")
    return SentenceTransformer(
        modules=[transformer, pooling, Normalize()],
        prompts={"query": QUERY_PREFIX, "passage": PASSAGE_PREFIX},
        device="cpu",
    )


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep transformers from drawing its own progress bars among ours."""
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # transformers leaves it untyped
    try:
        yield
    finally:
        logging.enable_progress_bar()  # type: ignore[no-untyped-call]  # the same


def build_tokenizer(vocabulary: PackedVocabulary) -> Tokenizer:
    """Build the unigram tokenizer that SentencePiece would be, with its normalisation and special tokens.

    The packed character map is NFKC but for the characters that it deletes or turns into a space, so the map is
    applied as these two replacements followed by NFKC.
    """
    tokenizer = Tokenizer(
        models.Unigram(
            list(zip(vocabulary.pieces, vocabulary.scores, strict=True)), unk_id=vocabulary.unk, byte_fallback=False
        )
    )
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(_characters_mapped_to("", vocabulary.character_map)), ""),
            normalizers.Replace(Regex(_characters_mapped_to(" ", vocabulary.character_map)), " "),
            normalizers.NFKC(),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement=_METASPACE, prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(replacement=_METASPACE, prepend_scheme="always")
    bos, eos = vocabulary.pieces[vocabulary.bos], vocabulary.pieces[vocabulary.eos]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, vocabulary.bos), (eos, vocabulary.eos)],
    )
    return tokenizer


def _characters_mapped_to(replacement: str, character_map: Mapping[str, str]) -> str:
    mapped = [character for character, mapped_to in character_map.items() if mapped_to == replacement]
    return "[" + "".join(f"\\x{{{ord(character):X}}}" for character in mapped) + "]"


def _transformers_tokenizer(vocabulary: PackedVocabulary) -> PreTrainedTokenizerFast:
    bos, eos = vocabulary.pieces[vocabulary.bos], vocabulary.pieces[vocabulary.eos]
    return PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]  # transformers leaves it untyped
        tokenizer_object=build_tokenizer(vocabulary),
        model_max_length=MAX_TOKENS,
        model_input_names=["input_ids", "attention_mask"],
        bos_token=bos,
        cls_token=bos,
        eos_token=eos,
        sep_token=eos,
        pad_token=vocabulary.pieces[vocabulary.pad],
        unk_token=vocabulary.pieces[vocabulary.unk],
    )


def _encoder(packed: PackedModel) -> BertModel:
    sizes = packed.sizes
    config = BertConfig(
        vocab_size=sizes.vocabulary,
        hidden_size=sizes.hidden,
        num_hidden_layers=sizes.layers,
        num_attention_heads=sizes.heads,
        intermediate_size=sizes.intermediate,
        max_position_embeddings=sizes.positions,
        type_vocab_size=sizes.token_types,
        layer_norm_eps=sizes.norm_epsilon,
        pad_token_id=packed.vocabulary.pad,
    )
    encoder = BertModel(config, add_pooling_layer=False)
    weights = {_parameter_name(name): torch.from_numpy(values) for name, values in packed.tensors.items()}
    encoder.load_state_dict(weights, strict=True)
    encoder.requires_grad_(False)
    return encoder


def _parameter_name(packed_name: str) -> str:
    """Translate a packed tensor name (`l3.ao.w`) into BertModel's (`encoder.layer.3.attention.output.dense.weight`)."""
    if packed_name in _TENSOR_NAMES:
        return _TENSOR_NAMES[packed_name]
    owner, _, kind = packed_name.rpartition(".")
    layer, _, part = owner.partition(".")
    ending = {"w": "weight", "b": "bias"}[kind]
    if owner in _TENSOR_NAMES:
        return f"{_TENSOR_NAMES[owner]}.{ending}"
    return f"encoder.layer.{layer.removeprefix('l')}.{_TENSOR_NAMES[part]}.{ending}"
