"""What a source says against a claim's wording: asserts, disputes or neutral, by a cross-encoder.

The judge that ships with the program is stored as int8 rows with a scale each (66 million parameters in two files);
it is expanded once, on first use, into an ordinary CrossEncoder folder in the user's cache.  Any other three-way
CrossEncoder, a folder or a hub id, can take its place.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, cast

from claims.errors import ModelError
from claims.int8 import quicken
from claims.loading import fast_type, first_line, quiet
from claims.weights import digest, expand

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

Label = Literal["asserts", "disputes", "neutral"]
SIDES: tuple[Label, ...] = ("asserts", "disputes", "neutral")
"""The three probabilities of a judgement, by name."""

SHIPPED = Path(__file__).parent / "models" / "judge"
"""The judge that comes with the program."""

MEANS: dict[str, Label] = {
    "entailment": "asserts", "entails": "asserts", "asserts": "asserts", "supports": "asserts",
    "contradiction": "disputes", "contradicts": "disputes", "disputes": "disputes", "refutes": "disputes",
    "neutral": "neutral",
}  # fmt: skip
"""Names of classes that a model's ``config.id2label`` may use."""

SAME = "same"
"""Name of the output that may stand after the three."""

WAY_OUT = "Name a folder or hub id of a CrossEncoder with the three labels entailment, neutral and contradiction."
BATCH = 4  # pairs that go through the network together: of a document's few, more would be mostly padding
WINDOW = 2048  # pairs sorted by length together: long enough for even batches, short enough to stream


class Judgement(NamedTuple):
    """What is made of a pair: three calibrated probabilities that sum to one, and apart from them one of ``same``.

    ``same`` is how likely both texts are to carry one claim, whichever side they take; None of a model that was not
    trained to tell. ``but_for`` is how likely the one says the other once what they differ in is evened out; None where
    that was not asked (see :mod:`claims.but_for`).
    """

    asserts: float
    disputes: float
    neutral: float
    same: float | None = None
    but_for: float | None = None

    @property
    def label(self) -> Label:
        """The likeliest of the three."""
        return max(SIDES, key=lambda name: getattr(self, name))


def label_order(id2label: Mapping[Any, str], where: object) -> tuple[Label, ...]:
    """The meaning of each output of a model, from its config; ModelError if it is not a three-way judge.

    A fourth and last output, ``same`` (do both carry one claim, whichever side they take), stands apart from the three.
    """
    names = [id2label[key] for key in sorted(id2label, key=int)]
    order = tuple(MEANS.get(name.lower(), "") for name in names if (name, names[-1]) != (SAME, SAME))
    if sorted(order) != ["asserts", "disputes", "neutral"]:
        raise ModelError(f"{where}: its labels are {', '.join(names) or 'missing'}. {WAY_OUT}")
    return cast("tuple[Label, ...]", order)


class Judge:
    """Judges (premise, hypothesis) pairs. The model loads with the first pair; making a ``Judge`` costs nothing.

    ``path`` is a folder or a hub id of a three-way CrossEncoder; None is the judge that ships with the program.
    Raises :class:`ModelError`, here for a folder that is missing, else when the model loads.
    """

    def __init__(self, path: str | Path | None = None) -> None:
        self._setting = str(path) if path else None
        folder = Path(path).expanduser() if path else SHIPPED
        self._folder: Path | None = folder if folder.is_dir() else None
        if self._folder is None and (path is None or isinstance(path, Path) or looks_local(str(path))):
            raise ModelError(f"{folder}: no such folder. {WAY_OUT}")
        if self._folder and not (any(folder.glob("*.safetensors")) or any(folder.glob("*.bin"))):
            raise ModelError(f"{folder}: holds no model weights. {WAY_OUT}")
        self._model: CrossEncoder | None = None
        self._order: tuple[Label, ...] = ()
        self._temperature = 1.0
        self._workers: ThreadPoolExecutor | None = None
        self._tokenizing = threading.Lock()

    @cached_property
    def name(self) -> str:
        """The model's name and a short hash of its files: the key under which judgements are kept.

        A hub id stands for itself, as what it holds is not known before it is fetched.
        """
        if self._folder is None:
            return f"{self._setting}@hub"
        return f"{self._folder.resolve().name}@{self._sha256[:8]}"

    @cached_property
    def _sha256(self) -> str:
        assert self._folder is not None
        return digest(self._folder)

    def loaded(self) -> CrossEncoder:
        """The model, loaded with the first call."""
        if self._model is not None:
            return self._model
        where = self._setting or ""
        if self._folder is not None:
            where = str(expand(self._folder, self._sha256))
        import torch
        from sentence_transformers import CrossEncoder

        quiet()
        try:
            model = CrossEncoder(
                where,
                device="cpu",
                activation_fn=torch.nn.Identity(),
                local_files_only=self._folder is not None,
                model_kwargs={"dtype": fast_type()},
            )
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            what = f"cannot be loaded as a judge ({first_line(error)})"
            raise ModelError(f"{self._setting or where}: {what}. {WAY_OUT}") from error
        model.eval()
        if self._folder is not None:
            quicken(model, self._folder)
        config: Any = model.config
        self._order = label_order(config.id2label, self._setting or where)
        self._temperature = float(getattr(config, "judge_temperature", None) or 1.0)
        self._model = model
        return model

    def judge(self, pairs: Sequence[tuple[str, str]], batch_size: int = BATCH) -> list[Judgement]:
        """A judgement for each (premise, hypothesis), in order; none for no pairs.

        Pairs are batched by length, and batches run side by side.  The same call always gives the same answers; a
        pair's neighbours in a batch can move a probability by rounding only.
        """
        if not pairs:
            return []
        model = self.loaded()
        clean = [(tidy(premise), tidy(hypothesis)) for premise, hypothesis in pairs]
        # The same pair twice is one pair: equal questions get equal answers, and reprints are common.
        unique = list(dict.fromkeys(clean))
        found: dict[tuple[str, str], Judgement] = {}
        for start in range(0, len(unique), WINDOW):
            part = sorted(unique[start : start + WINDOW], key=lambda pair: -len(pair[0]) - len(pair[1]))
            batches = [part[i : i + batch_size] for i in range(0, len(part), batch_size)]
            for batch, rows in zip(batches, self._side_by_side(model, batches), strict=True):
                found.update(zip(batch, map(self._judgement, rows), strict=True))
        return [found[pair] for pair in clean]

    def _side_by_side(
        self, model: CrossEncoder, batches: Sequence[Sequence[tuple[str, str]]]
    ) -> Iterator[list[list[float]]]:
        """The outputs of each batch, in order: as many at a time as there are cores, each on one.

        So the sums of a batch are added in one order on every machine, and all cores work however small a batch is.
        """
        import torch

        def run(batch: Sequence[tuple[str, str]]) -> list[list[float]]:
            with self._tokenizing:  # a tokenizer serves one thread at a time
                features = model.preprocess(list(batch))
            with torch.inference_mode():
                rows: list[list[float]] = model(features)["scores"].float().tolist()
            return rows

        if self._workers is None:
            self._workers = ThreadPoolExecutor(os.cpu_count(), "judge", lambda: torch.set_num_threads(1))
        try:
            yield from self._workers.map(run, batches)
        except BaseException:
            self._workers.shutdown(wait=False, cancel_futures=True)
            self._workers = None
            raise

    def _judgement(self, logits: Sequence[float]) -> Judgement:
        import math

        sides = logits[: len(self._order)]
        top = max(sides)
        weights = [math.exp((x - top) / self._temperature) for x in sides]
        share = dict(zip(self._order, (w / sum(weights) for w in weights), strict=True))
        same = 1 / (1 + math.exp(-logits[-1])) if len(logits) > len(self._order) else None
        return Judgement(share["asserts"], share["disputes"], share["neutral"], same)


def looks_local(text: str) -> bool:
    """Whether a setting can only be meant as a path: hub ids are ``name`` or ``owner/name``."""
    return text.startswith((".", "/", "~", "\\")) or text.count("/") > 1 or "\\" in text


def tidy(text: str) -> str:
    """Text that a tokenizer takes: lone surrogates, which cannot be encoded, become question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")
