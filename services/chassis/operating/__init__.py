"""The operator's port: health, lag, metrics, traces, and the clock of a story.

Not public: it listens where only operators come. It changes nothing but the clock, and
that in embedded mode on the loopback only.
"""

from __future__ import annotations

from services.chassis.operating.health import Health
from services.chassis.operating.routes import operate

__all__ = ["Health", "operate"]
