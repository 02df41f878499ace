"""A service put together, and a process around it."""

from __future__ import annotations

from services.chassis.running.process import run
from services.chassis.running.service import Ports, Service

__all__ = ["Ports", "Service", "run"]
