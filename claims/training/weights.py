"""Models as small files: int8 rows with a scale each, in shards under 50 MB.

    python -m claims.training.weights pack FOLDER OUT

The inverse, expanding a packed folder, is part of the program: :func:`claims.weights.expand`.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

SHARD = 40_000_000
"""Bytes after which a new shard begins."""

KEEP = (
    "config.json", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "modules.json",
    "sentence_bert_config.json", "config_sentence_transformers.json", "1_Pooling/config.json",
)  # fmt: skip


def quantise(matrix: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """A (rows, columns) matrix as int8 and the (rows,) scales that give it back; symmetric, largest entry = 127."""
    scale = np.maximum(np.abs(matrix).max(axis=1), 1e-12).astype(np.float32) / 127
    return np.clip(np.rint(matrix / scale[:, None]), -127, 127).astype(np.int8), scale


def pack(folder: Path, out: Path, **extra: Any) -> None:
    """Write a model folder's weights to ``out`` as packed shards, with its config and tokenizer.

    Matrices become int8, vectors float16.  ``extra`` goes into ``config.json``.
    """
    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob("packed-*.safetensors"):
        old.unlink()
    shards: list[dict[str, NDArray[Any]]] = [{}]
    size = 0
    for name, value in sorted(load_file(folder / "model.safetensors").items()):
        whole = value.astype(np.float32)
        parts: dict[str, NDArray[Any]] = {name: whole.astype(np.float16)}
        if whole.ndim == 2:
            parts[name], parts[f"{name}.scale"] = quantise(whole)
        size += sum(p.nbytes for p in parts.values())
        if size > SHARD and shards[-1]:
            shards.append({})
            size = sum(p.nbytes for p in parts.values())
        shards[-1].update(parts)
    for i, shard in enumerate(shards, 1):
        save_file(shard, out / f"packed-{i}.safetensors", metadata={"format": "int8-rows"})
        (out / f"packed-{i}.safetensors").chmod(0o644)  # the library writes for the owner alone
    for name in KEEP:
        if (folder / name).is_file():
            (out / name).parent.mkdir(exist_ok=True)
            shutil.copyfile(folder / name, out / name)
    config = json.loads((out / "config.json").read_text(encoding="utf-8"))
    (out / "config.json").write_text(json.dumps({**config, **extra}, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=["pack"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    pack(args.folder, args.out)


if __name__ == "__main__":
    main()
