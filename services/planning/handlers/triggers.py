"""The kinds of stream of signals, orders and duties, as ``app.py`` wires them."""

from __future__ import annotations

from services.planning.handlers.orders import ORDER
from services.planning.handlers.self_inspections import SELF_INSPECTION
from services.planning.handlers.signals import PROPOSAL, REFERENCE, SIGNAL, WATCH

SHOWN = (SIGNAL, PROPOSAL, ORDER, SELF_INSPECTION)
AGGREGATES = (*SHOWN, REFERENCE, WATCH)
