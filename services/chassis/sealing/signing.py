"""The key that seals are signed with: a file, made once in embedded mode.

Whoever has it can seal anything: in production it belongs to somebody who does not own
the database, and its public half to those who check.
"""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from contracts.verify.lines import Seal


class NoKey(Exception):
    """There is no key to sign with."""


class Signer:
    """Signs seals with one Ed25519 key (RFC 8032)."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.public = key.public_key().public_bytes_raw().hex()

    def sign(self, seal: Seal) -> Seal:
        """Return the seal, signed."""
        signature = self._key.sign(seal.signed).hex()
        return seal.model_copy(update={"signature": signature})

    def publish(self, path: Path) -> None:
        """Write the public half for those who check."""
        pem = self._key.public_key().public_bytes(
            Encoding.PEM, PublicFormat.SubjectPublicKeyInfo
        )
        if not path.exists() or path.read_bytes() != pem:
            path.write_bytes(pem)


def signer(path: Path, *, make: bool) -> Signer:
    """Return who signs with the key in the file; *make* it where there is none.

    Raises:
        NoKey: There is none, or it is of another kind.
    """
    if make and not path.exists():
        _make(path)
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise NoKey(f"{path} is no key to seal with: {error}") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise NoKey(f"{path} holds no Ed25519 key")
    return Signer(key)


def _make(path: Path) -> None:
    """Write a new key whole, readable for us alone; who came first wins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pem = Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    half = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
        file.write(pem)
    try:
        os.link(half, path)
    except FileExistsError:
        pass
    finally:
        half.unlink()
