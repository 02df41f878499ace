"""Merkle trees as RFC 6962 (2.1) makes them: one root for many leaves, short proofs."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence


def leaf(data: bytes) -> bytes:
    """Return the hash of a leaf; no inner node can pass for one."""
    return hashlib.sha256(b"\x00" + data).digest()


def parent(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """Return the tree's root; that of no leaves is the hash of nothing."""
    return _levels(leaves)[-1][0] if leaves else hashlib.sha256().digest()


def paths(leaves: Sequence[bytes]) -> list[list[bytes]]:
    """Return for each leaf the hashes that lead from it to the root."""
    levels = _levels(leaves)
    return [
        [
            level[sibling]
            for depth, level in enumerate(levels)
            if (sibling := (index >> depth) ^ 1) < len(level)
        ]
        for index in range(len(leaves))
    ]


def climb(hashed: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """Return the root that *path* leads to from a leaf; None: no path of that tree."""
    node, last, steps = hashed, size - 1, list(path)
    if not 0 <= index <= last:
        return None
    while last:
        if index ^ 1 <= last:
            if not steps:
                return None
            sibling = steps.pop(0)
            node = parent(sibling, node) if index & 1 else parent(node, sibling)
        index, last = index >> 1, last >> 1
    return None if steps else node


def _levels(leaves: Sequence[bytes]) -> list[list[bytes]]:
    """Return the tree from its leaves up: a node without a sibling moves up as it is.

    This is the RFC's tree: its left half is the largest power of two of leaves.
    """
    levels = [list(leaves)]
    while len(levels[-1]) > 1:
        below = levels[-1]
        above = [parent(a, b) for a, b in zip(below[::2], below[1::2], strict=False)]
        levels.append(above + below[len(above) * 2 :])
    return levels
