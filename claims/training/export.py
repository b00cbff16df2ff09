"""Write a voices network as the package ships it: word embeddings in int8 with a scale a row, all else in float16."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import torch
from safetensors.torch import save_file

from claims.voices.network import VoiceNetwork
from claims.voices.tagger import CONFIG, TOKENIZER, WEIGHTS


def save(network: VoiceNetwork, tokenizer: Path, folder: Path, window: int, overlap: int) -> None:
    """Into ``folder`` (made if missing): weights, configuration and tokenizer, as ``tagger.load`` reads them."""
    folder.mkdir(parents=True, exist_ok=True)
    state = {}
    for name, value in network.state_dict().items():
        if name == "words.weight":
            scale = value.abs().amax(1, keepdim=True).clamp_min(1e-8) / 127
            state[name] = (value / scale).round().to(torch.int8)
            state[f"{name}.scale"] = scale.half()
        else:
            state[name] = value.half().contiguous()
    save_file(state, folder / WEIGHTS)
    block = network.layers[0]
    config = {
        "network": {
            "vocab": network.words.num_embeddings,
            "width": network.words.embedding_dim,
            "layers": len(network.layers),
            "heads": block.heads,
            "inner": block.up.out_features,
            "positions": network.positions.num_embeddings,
            "pair": network.distance.embedding_dim,
            "distances": network.bias.num_embeddings if network.bias else 0,
            "epsilon": network.norm.eps,
        },
        "window": window,
        "overlap": overlap,
        "batch": 16,
    }
    (folder / CONFIG).write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
    if tokenizer.resolve() != (folder / TOKENIZER).resolve():
        shutil.copyfile(tokenizer, folder / TOKENIZER)
