"""What the inputs of a model's inner layers reach, channel by channel: what :mod:`claims.int8` needs to know.

    python -m claims.training.reach

measures the shipped judge and voice reader on the project's own stories and writes a small file into each folder. The
encoder is left in full precision: in int8 the cosines of two texts were 0.004 off on average, four times as much as in
bfloat16, for an eighth of its time.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

TEXTS = 600
"""Sentences, or pairs of sentence and claim, that are run through each model."""


def measured(network: Any, run: Callable[[], object]) -> dict[str, Any]:
    """The greatest size of each input channel of each inner layer of ``network`` while ``run`` uses it."""
    import torch

    from claims.int8 import layers

    reach: dict[str, Any] = {}

    def watch(name: str) -> Callable[[Any, tuple[Any, ...]], None]:
        def look(module: Any, inputs: tuple[Any, ...]) -> None:
            seen = inputs[0].detach().float().reshape(-1, module.in_features).abs().amax(0)
            reach[name] = torch.maximum(reach[name], seen) if name in reach else seen

        return look

    hooks = [module.register_forward_pre_hook(watch(name)) for name, module in layers(network)]
    try:
        run()
    finally:
        for hook in hooks:
            hook.remove()
    return reach


def texts() -> tuple[list[str], list[tuple[str, str]]]:
    """Sentences of the stories, and each with a claim of its story, every so many of all there are."""
    from claims.training.stories import derived, marked, read_stories

    stories = read_stories()
    rows = [*marked(stories), *derived(stories, seed=0)]
    step = max(1, len(rows) // TEXTS)
    pairs = [(row.premise, row.hypothesis) for row in islice(rows, 0, None, step)]
    return [premise for premise, _ in pairs], pairs


def main() -> None:
    """Measure the shipped models."""
    from safetensors.torch import save_file

    from claims import int8, judge
    from claims.voices import tagger

    os.environ[int8.EXACT] = "1"
    sentences, pairs = texts()
    reader, judging = tagger.Tagger(tagger.SHIPPED), judge.Judge()
    articles = ["\n".join(sentences[i : i + 30]) for i in range(0, len(sentences), 30)]
    for folder, network, run in (
        (tagger.SHIPPED, reader.network, lambda: [reader.read(text) for text in articles]),
        (judge.SHIPPED, judging.loaded(), lambda: judging.judge(pairs)),
    ):
        reach = measured(network, run)
        save_file({name: most.half() for name, most in reach.items()}, Path(folder) / int8.FILE)
        print(f"{folder}: {len(reach)} layers")


if __name__ == "__main__":
    main()
