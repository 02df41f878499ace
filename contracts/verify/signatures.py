"""Ed25519 signatures (RFC 8032): the one place that checks them."""

from __future__ import annotations

from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key


def genuine(key: str, signature: str, signed: bytes) -> bool:
    """Say whether the owner of *key* signed these bytes."""
    try:
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
        public.verify(bytes.fromhex(signature), signed)
    except (InvalidSignature, ValueError):
        return False
    return True


def key_of(told: str) -> str:
    """Return the key, 64 hexadecimal digits: told so, or in a PEM file.

    Raises:
        ValueError: It is neither.
    """
    if Path(told).is_file():
        public = load_pem_public_key(Path(told).read_bytes())
        if not isinstance(public, Ed25519PublicKey):
            raise ValueError(f"{told} holds no Ed25519 key")
        return public.public_bytes_raw().hex()
    if len(bytes.fromhex(told)) != 32:  # noqa: PLR2004 - an Ed25519 key has 32 bytes
        raise ValueError(f"{told} is no key: 64 hexadecimal digits, or a PEM file")
    return told.lower()
