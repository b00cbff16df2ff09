"""The network: a small encoder, tags for every token, and a head that gives each token its part in a cue's attribution.

The encoder is BERT's (Devlin et al. 2019), with MPNet's bias of attention by distance where it starts from MPNet (Song
et al. 2020; the buckets are those of Raffel et al. 2020). An attribution is read as a predicate
with arguments, after semantic role labelling by scoring (predicate, token) pairs (He et al. 2017; Strubell et al.
2018): each cue's first token is an anchor, and every token of the window is source, content, cue or nothing *to that
anchor*. Tying content to its source is so learned and not guessed from distance, and one token can serve two anchors.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from claims.voices.windows import FEATURES

TAGS = 9
"""Three taggings of B, I, O in this order: cue, source, content."""
ROLES = 4
"""Of a token to an anchor: none, content, source, cue."""
REACH = 64
"""Distance buckets each way between a token and its anchor."""


def buckets(tokens: int, number: int) -> Tensor:
    """(tokens, tokens) buckets of the distance from one token to another: exact when near, in steps of logarithms
    when far, half of the ``number`` each way (Raffel et al. 2020, as MPNet uses them)."""
    where = torch.arange(tokens)
    offset = where[:, None] - where[None, :]
    half, exact = number // 2, number // 4
    far = exact + (offset.abs().clamp_min(1).float() / exact).log() / math.log(128 / exact) * (half - exact)
    steps = torch.where(offset.abs() < exact, offset.abs(), far.long().clamp_max(half - 1))
    return steps + half * (offset < 0)


class Layer(nn.Module):  # type: ignore[misc]
    """One post-norm transformer block."""

    def __init__(self, width: int, heads: int, inner: int, dropout: float, epsilon: float) -> None:
        super().__init__()
        self.heads = heads
        self.dropout = dropout
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=epsilon)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=epsilon)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """Vectors (batch, tokens, width) to the same shape."""
        b, t, w = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, self.heads, w // self.heads).permute(2, 0, 3, 1, 4)
        rate = self.dropout if self.training else 0.0
        if mask is not None and mask.dtype != torch.bool:
            mask = mask.to(q.dtype)
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask).transpose(1, 2).reshape(b, t, w)
        x = self.norm1(x + F.dropout(self.out(a), rate))
        return self.norm2(x + F.dropout(self.down(F.gelu(self.up(x))), rate))


class VoiceNetwork(nn.Module):  # type: ignore[misc]
    """``encode`` gives vectors (batch, tokens, width); ``tags``, ``roles`` and ``detect`` are read off them."""

    def __init__(
        self,
        vocab: int = 30522,
        width: int = 384,
        layers: int = 6,
        heads: int = 12,
        inner: int = 1536,
        positions: int = 512,
        pair: int = 192,
        distances: int = 0,
        epsilon: float = 1e-12,
        dropout: float = 0.1,
    ) -> None:
        super().__init__()
        self.words = nn.Embedding(vocab, width)
        self.positions = nn.Embedding(positions, width)
        self.features = nn.Embedding(FEATURES, width)
        self.norm = nn.LayerNorm(width, eps=epsilon)
        self.bias = nn.Embedding(distances, heads) if distances else None
        self.layers = nn.ModuleList(Layer(width, heads, inner, dropout, epsilon) for _ in range(layers))
        self.dropout = dropout
        self.tag = nn.Linear(width, TAGS)
        self.anchor = nn.Linear(width, 2 * pair)
        self.token = nn.Linear(width, 2 * pair)
        self.distance = nn.Embedding(2 * REACH + 1, pair)
        self.role = nn.Linear(pair, ROLES)
        self.pool = nn.Linear(width, 1)
        self.detector = nn.Sequential(nn.Linear(width, 128), nn.GELU(), nn.Linear(128, 1))

    def encode(self, ids: Tensor, features: Tensor, lengths: Tensor) -> Tensor:
        """Ids and features (batch, tokens), lengths (batch,): what stands past a length is not looked at."""
        t = ids.shape[1]
        where = torch.arange(t)
        mask = None
        if int(lengths.min()) < t:
            mask = (where[None, :] < lengths[:, None])[:, None, None, :]
        if self.bias is not None:
            bias = self.bias(buckets(t, self.bias.num_embeddings)).permute(2, 0, 1)[None]
            mask = bias if mask is None else bias.masked_fill(~mask, -1e4)
        x = self.words(ids) + self.positions(where)[None] + self.features(features)
        x = self.norm(x)
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def tags(self, x: Tensor) -> Tensor:
        """(..., tokens, 3 taggings, B I O) logits."""
        out: Tensor = self.tag(x)
        return out.view(*out.shape[:-1], 3, 3)

    def roles(self, x: Tensor, rows: Tensor, at: Tensor) -> Tensor:
        """Logits (anchors, tokens, 4) for anchors at token ``at`` of batch row ``rows`` of ``x``."""
        add_a, mul_a = self.anchor(x[rows, at]).chunk(2, -1)
        add_t, mul_t = self.token(x).chunk(2, -1)
        offset = torch.arange(x.shape[1])[None] - at[:, None]
        near = offset.sign() * torch.where(offset.abs() <= 32, offset.abs(), 32 + (offset.abs() - 32) // 7)
        far = self.distance(near.clamp(-REACH, REACH) + REACH)
        hidden = add_a[:, None] + add_t[rows] + mul_a[:, None] * mul_t[rows] + far
        return self.role(F.gelu(hidden))

    def detect(self, x: Tensor, rows: Tensor, starts: Tensor, ends: Tensor) -> Tensor:
        """Logits (sentences,), to state something that can be checked, of tokens ``starts`` to ``ends`` of ``rows``."""
        where = torch.arange(x.shape[1])[None]
        keep = (where >= starts[:, None]) & (where < ends[:, None])
        score = self.pool(x).squeeze(-1)[rows].masked_fill(~keep, -1e4)
        pooled = torch.einsum("st,std->sd", score.softmax(-1), x[rows])
        return self.detector(pooled).squeeze(-1)
