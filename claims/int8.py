"""A network's inner layers in int8, which x86 processors multiply faster than anything else that they have.

Weights get a scale for each output, inputs one for each word piece, so that what comes out never hangs on what else is
in a batch. A few channels of a transformer's inputs are many times as large as the others, and a common scale would
round the others away: so what a channel can reach is moved in part from the inputs into the weights (SmoothQuant, Xiao
et al. 2023). How far a channel reaches was measured once, by ``claims.training.reach``, and lies beside the weights.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from claims.loading import fast_type

FILE = "reach.safetensors"
"""The greatest size of each input channel of each layer, by the layer's name; in a model's folder."""

MOVED = 0.8
"""Share (an exponent) of a channel's reach that is moved into the weights; 0.5 and 0.65 lose more on the judge."""


EXACT = "CONTESTED_EXACT"
"""Environment variable that, set to anything, keeps models in full precision."""


def able() -> bool:
    """Whether torch has the operators of its compiler for x86: without them models run in full precision."""
    import torch

    return "onednn" in torch.backends.quantized.supported_engines and hasattr(torch.ops.onednn, "qlinear_pointwise")


def faster() -> bool:
    """Whether int8 is what this processor is fastest in, and nobody asked for full precision.

    That is so on x86 without tiles (AMX): with them it multiplies bfloat16 faster, and nothing need be rounded before.
    """
    import torch

    if getattr(torch.cpu, "_is_amx_tile_supported", bool)() and fast_type() is torch.bfloat16:
        return False
    return able() and not os.environ.get(EXACT)


def steps() -> int:
    """How many steps of int8 an input gets to each side of zero.

    All 127 only where the processor adds products in 32 bits at once (VNNI): elsewhere pairs would overflow 16.
    """
    import torch

    return 127 if getattr(torch.cpu, "_is_vnni_supported", bool)() else 63


def layers(network: Any) -> Iterator[tuple[str, Any]]:
    """The linear layers that take most of a network's time, by name: those of its transformer blocks."""
    import torch

    for name, module in network.named_modules():
        if isinstance(module, torch.nn.Linear) and any(part in ("layer", "layers") for part in name.split(".")):
            yield name, module


def quicken(network: Any, folder: Path) -> bool:
    """Put a network's inner layers into int8, in place; False where that gains nothing or ``folder`` has no reach."""
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

    most, kind = steps(), fast_type()
    zero = most + 1  # the operator takes inputs without sign
    multiply = torch.ops.onednn.qlinear_pointwise.default
    weight = linear.weight.detach().float()
    largest = weight.abs().amax(0).clamp_min(1e-5)
    # what seldom speaks was seldom measured: no channel counts as reaching less than the middle one
    scale = reach.clamp_min(reach.median().item()) ** MOVED / largest ** (1 - MOVED)
    weight = weight * scale
    rows = (weight.abs().amax(1) / 127).clamp_min(1e-9)
    weights = torch.ops.onednn.qlinear_prepack((weight / rows[:, None]).round().to(torch.int8), None)
    zeros = torch.zeros(len(rows), dtype=torch.long)
    bias = (torch.zeros(len(rows)) if linear.bias is None else linear.bias.detach()).to(kind)
    less = (1 / scale).to(kind)

    class Int8(torch.nn.Module):  # type: ignore[misc]
        """Inputs scaled down by channel, and a product with weights that were scaled up."""

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            flat = x.reshape(-1, x.shape[-1]) * less
            size = flat.abs().amax(1, True).clamp_min_(1e-9)
            whole = flat.div_(size).mul_(most).add_(zero).round_().to(torch.uint8)
            found = multiply(whole, 1 / most, zero, weights, rows, zeros, None, 1.0, 0, kind, "none", [], "")
            return torch.addcmul(bias, found, size.to(kind)).view(*x.shape[:-1], -1)

    return Int8()
