"""A network's inner layers in int8, on processors that multiply int8 faster than anything else that they have.

Weights get a scale for each output, inputs one for each batch. A few channels of a transformer's inputs are many times
as large as the others, and a common scale would round the others away: so what a channel can reach is moved in part
from the inputs into the weights (SmoothQuant, Xiao et al. 2023). How far a channel reaches was measured once, by
``claims.training.reach``, and lies beside the weights.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FILE = "reach.safetensors"
"""The greatest size of each input channel of each layer, by the layer's name; in a model's folder."""

MOVED = 0.8
"""Share (an exponent) of a channel's reach that is moved into the weights; 0.5 and 0.65 lose more on the judge."""


EXACT = "CONTESTED_EXACT"
"""Environment variable that, set to anything, keeps models in full precision."""


def faster() -> bool:
    """Whether int8 is what this processor is fastest in (x86 without bfloat16), and nobody asked for full precision."""
    import torch

    from claims.loading import fast_type

    # torch means to drop these tensors one day: without them models run in full precision, as before
    able = hasattr(torch, "quantize_per_channel") and torch.backends.quantized.engine in ("x86", "fbgemm", "onednn")
    return able and not os.environ.get(EXACT) and fast_type() == torch.float32


def layers(network: Any) -> Iterator[tuple[str, Any]]:
    """The linear layers that take most of a network's time, by name: those of its transformer blocks."""
    import torch

    for name, module in network.named_modules():
        if isinstance(module, torch.nn.Linear) and any(part in ("layer", "layers") for part in name.split(".")):
            yield name, module


def quicken(network: Any, folder: Path) -> bool:
    """Put a network's inner layers into int8, in place; False where that gains nothing or ``folder`` has no reach.

    What comes out then hangs a little on what else is in a batch: whoever wants equal answers gives equal batches.
    """
    if not ((folder / FILE).is_file() and faster()):
        return False
    from safetensors.torch import load_file

    reach = load_file(folder / FILE)
    for name, linear in list(layers(network)):
        parent, _, last = name.rpartition(".")
        setattr(network.get_submodule(parent), last, _int8(linear, reach[name].float()))
    return True


def _int8(linear: Any, reach: Any) -> Any:
    """The int8 stand-in for a linear layer, given what each of its input channels reaches."""
    import torch

    class Int8(torch.nn.Module):  # type: ignore[misc]
        """Inputs scaled down by channel, and a product with weights that were scaled up."""

        def __init__(self) -> None:
            super().__init__()
            weight = linear.weight.detach().float()
            most = weight.abs().amax(0).clamp_min(1e-5)
            # what seldom speaks was seldom measured: no channel counts as reaching less than the middle one
            scale = reach.clamp_min(reach.median().item()) ** MOVED / most ** (1 - MOVED)
            weight = weight * scale
            rows = (weight.abs().amax(1) / 127).clamp_min(1e-9).double()
            zeros = torch.zeros(len(rows), dtype=torch.long)
            with warnings.catch_warnings():  # that torch will drop this is no news to a user
                warnings.simplefilter("ignore", UserWarning)
                packed = torch.quantize_per_channel(weight, rows, zeros, 0, torch.qint8)
            bias = None if linear.bias is None else linear.bias.detach().float()
            self.weights = torch.ops.quantized.linear_prepack(packed, bias)
            self.register_buffer("less", 1 / scale)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            # seven bits of the input: pairs of eight-bit products overflow where the processor adds them in 16
            found: torch.Tensor = torch.ops.quantized.linear_dynamic(x * self.less, self.weights, True)
            return found

    return Int8()
