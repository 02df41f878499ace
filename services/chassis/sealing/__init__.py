"""Seals: signed statements about the journal, kept where its owner cannot reach.

Every 1,000 events, or 60 s after the first of fewer, one Merkle root over the events
is signed, bound to the seal before, kept in the service's database, and told to a
topic and a file. Whoever holds one sees later whether the journal before it was
changed (docs/decisions/0018). The lines and the checks are in ``contracts.verify``.
"""

from __future__ import annotations

from services.chassis.sealing.keeping import SealFile
from services.chassis.sealing.sealer import TOPIC, Sealer
from services.chassis.sealing.signing import NoKey, Signer, signer

__all__ = ["TOPIC", "NoKey", "SealFile", "Sealer", "Signer", "signer"]
