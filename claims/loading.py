"""What loading any model needs: silence, the number type that the processor is fast in, errors in one line."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import Any

# oneDNN keeps a compiled kernel for every shape of batch that it meets: over a long ingest, gigabytes of them
os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "16")
os.environ.setdefault("LRU_CACHE_CAPACITY", "16")  # and torch keeps what it has made of them, a thousand in each thread


_shared = False


def fast_type() -> Any:
    """``torch.bfloat16`` where this processor multiplies it in hardware; elsewhere, where it is slower, float32."""
    import torch

    if _shared:
        share_cores()
    checks = ("_is_avx512_bf16_supported", "_is_amx_tile_supported")
    fast = any(bool(getattr(torch.cpu, name, bool)()) for name in checks)
    return torch.bfloat16 if fast else torch.float32


def share_cores() -> None:
    """From now on leave half of the cores to another thread of ours; to be called in each of the two.

    Two small models side by side do more than one after the other on all cores. Sums are added in another order on
    another number of cores, so this must be said before the first model of a run loads.
    """
    global _shared
    _shared = True
    if torch := sys.modules.get("torch"):
        torch.set_num_threads(max(1, (os.cpu_count() or 2) // 2))


def quiet() -> None:
    """Keep transformers from drawing bars while it loads: standard error belongs to the program."""
    from transformers.utils import logging

    logging.disable_progress_bar()


def release() -> None:
    """Give memory that is free inside the process back to the system, where the C library can (glibc).

    Batches of ever new shapes leave it in pieces: without this, a long ingest grows by megabytes a document.
    """
    import ctypes
    import ctypes.util

    with contextlib.suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(ctypes.util.find_library("c")).malloc_trim(0)


def first_line(error: BaseException) -> str:
    """What an error says, short enough for a message."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
