"""The voices network takes over an encoder's weights: what it computes is what the encoder computes."""

from __future__ import annotations

import json
from pathlib import Path

import torch

from claims.training.voices import start_from


def folders(tmp_path: Path) -> tuple[Path, Path]:
    """A tiny MPNet with its vocabulary, and BERT's numbers of the same pieces."""
    from transformers import MPNetConfig, MPNetModel

    torch.manual_seed(3)
    words = [f"w{i}" for i in range(20)]
    theirs = ["<s>", "<pad>", "</s>", "<unk>", *words, "<mask>"]
    config = MPNetConfig(
        vocab_size=len(theirs), hidden_size=24, num_hidden_layers=3, num_attention_heads=4, intermediate_size=32,
        max_position_embeddings=514, initializer_range=0.5, layer_norm_eps=1e-5,
    )  # fmt: skip
    base = tmp_path / "mpnet"
    MPNetModel(config).eval().save_pretrained(base)
    (base / "tokenizer.json").write_text(json.dumps({"model": {"vocab": {w: i for i, w in enumerate(theirs)}}}))
    mine = tmp_path / "tokenizer.json"
    pieces = ["[CLS]", *reversed(words), "[SEP]"]
    mine.write_text(json.dumps({"model": {"vocab": {w: i for i, w in enumerate(pieces)}}}))
    return base, mine


def test_what_starts_from_mpnet_computes_what_mpnet_computes(tmp_path: Path) -> None:
    from transformers import MPNetModel

    base, tokenizer = folders(tmp_path)
    network = start_from(base, tokenizer, layers=2).eval()
    network.features.weight.data.zero_()
    model = MPNetModel.from_pretrained(base, dtype=torch.float32).eval()
    model.encoder.layer = model.encoder.layer[:2]
    said = [i % 20 for i in range(200)]  # longer than the distances that are told apart
    ours = torch.tensor([[0, *(20 - i for i in said), 21]])
    theirs = torch.tensor([[0, *(4 + i for i in said), 2]])
    with torch.inference_mode():
        got = network.encode(ours, torch.zeros_like(ours), torch.tensor([202]))
        wanted = model(input_ids=theirs).last_hidden_state
        assert torch.allclose(got, wanted, atol=1e-4)
        padded = torch.cat([torch.cat([ours, ours[:, :5]], 1)] * 2)
        beside = network.encode(padded, torch.zeros_like(padded), torch.tensor([202, 207]))
        assert torch.allclose(beside[0, :202], got[0], atol=1e-4)
