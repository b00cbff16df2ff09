"""Inner layers in int8: near to what they stand in for, and only where that is faster and has been measured."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from safetensors.torch import load_file, save_file

from claims import int8, judge
from claims.training.reach import measured
from claims.voices import tagger

pytestmark = pytest.mark.skipif(not int8.able(), reason="no int8 here")


class Block(torch.nn.Module):  # type: ignore[misc]
    """Named as transformer blocks are, with a head outside of them."""

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(4)
        self.layers = torch.nn.ModuleList([torch.nn.Linear(32, 48), torch.nn.Linear(48, 8, bias=False)])
        self.head = torch.nn.Linear(8, 3)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        found: torch.Tensor = self.head(self.layers[1](torch.nn.functional.gelu(self.layers[0](x))))
        return found


def inputs(seed: int = 0) -> torch.Tensor:
    """As inside a transformer: one channel is far larger than the rest."""
    x = torch.randn((64, 32), generator=torch.Generator().manual_seed(seed))
    x[:, 5] *= 200
    return x


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A processor without bfloat16, and so without tiles."""
    monkeypatch.delenv(int8.EXACT, raising=False)
    monkeypatch.setattr("claims.int8.fast_type", lambda: torch.float32)


def error(network: Any, exact: torch.Tensor, x: torch.Tensor) -> float:
    with torch.inference_mode():
        return float((network(x) - exact).norm() / exact.norm())


@pytest.mark.usefixtures("slow")
def test_int8_stays_near_where_one_channel_outweighs_the_rest(tmp_path: Path) -> None:
    network = Block()
    save_file(measured(network, lambda: network(inputs(1))), tmp_path / int8.FILE)
    x = inputs(2)
    with torch.inference_mode():
        exact = network(x)
    assert int8.quicken(network, tmp_path)
    assert not list(int8.layers(network)), "no inner layer is left as it was"
    assert isinstance(network.head, torch.nn.Linear), "what is outside of the blocks is"
    smoothed = error(network, exact, x)

    plain = Block()
    save_file({name: torch.ones(m.in_features) for name, m in int8.layers(plain)}, tmp_path / int8.FILE)
    assert int8.quicken(plain, tmp_path)
    assert smoothed < 0.05
    assert smoothed < error(plain, exact, x) / 2, "what a channel reaches was moved into the weights"


@pytest.mark.usefixtures("slow")
def test_what_else_is_in_a_batch_changes_nothing(tmp_path: Path) -> None:
    network = Block()
    save_file(measured(network, lambda: network(inputs(1))), tmp_path / int8.FILE)
    assert int8.quicken(network, tmp_path)
    x = inputs(2)
    x[10:] *= 50
    with torch.inference_mode():
        # the head in float adds up in another order in another batch, by a millionth on some processors
        assert torch.allclose(network(x)[:10], network(x[:10]), rtol=1e-4, atol=1e-5)


@pytest.mark.usefixtures("slow")
def test_full_precision_where_nothing_was_measured_or_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    network = Block()
    assert not int8.quicken(network, tmp_path)
    save_file(measured(network, lambda: network(inputs())), tmp_path / int8.FILE)
    monkeypatch.setenv(int8.EXACT, "1")
    assert not int8.quicken(network, tmp_path)
    monkeypatch.delenv(int8.EXACT)
    monkeypatch.setattr(torch.backends, "quantized", SimpleNamespace(supported_engines=["none"]))
    assert not int8.quicken(network, tmp_path), "another kind of processor"
    assert len(list(int8.layers(network))) == 2


def test_the_shipped_models_were_measured_whole() -> None:
    reach = load_file(tagger.SHIPPED / int8.FILE)
    network = tagger.load(tagger.SHIPPED)[1]
    assert {name: m.in_features for name, m in int8.layers(network)} == {n: len(r) for n, r in reach.items()}
    loaded = judge.Judge()
    inner = load_file(judge.SHIPPED / int8.FILE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(int8.EXACT, "1")
        assert {name: m.in_features for name, m in int8.layers(loaded.loaded())} == {
            n: len(r) for n, r in inner.items()
        }


def test_the_shipped_judge_says_in_int8_what_it_says_in_full(monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = [
        ("The ferry company lost its licence in March.", "The ferry company lost its licence."),
        ("The ferry company never lost its licence.", "The ferry company lost its licence."),
        ("The mayor opened a new swimming pool.", "The ferry company lost its licence."),
    ]
    given = judge.Judge().judge(pairs)
    monkeypatch.setenv(int8.EXACT, "1")
    for one, other in zip(given, judge.Judge().judge(pairs), strict=True):
        assert one[:3] == pytest.approx(other[:3], abs=0.15)


def test_where_tiles_multiply_bfloat16_nothing_is_rounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(int8.EXACT, raising=False)
    monkeypatch.setattr("claims.int8.fast_type", lambda: torch.bfloat16)
    monkeypatch.setattr(torch.cpu, "_is_amx_tile_supported", lambda: True, raising=False)
    assert not int8.faster()
    monkeypatch.setattr(torch.cpu, "_is_amx_tile_supported", lambda: False, raising=False)
    assert int8.faster()
