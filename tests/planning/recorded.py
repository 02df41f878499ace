"""An event of every kind that planning records, as its goldens keep them."""

import json
from pathlib import Path

from services.chassis.calendar import official
from services.chassis.journal.codec import Codec
from services.chassis.running import Ports
from services.chassis.testing.client import NoRows
from services.planning import app

GOLDENS = Path("tests/contracts/golden/journal/planning.json")
SERVICE = app.build(Ports(journal=None, rows=NoRows(), calendar=official()))


def examples():
    """Return (aggregate, event) of each kind of event, oldest first in a stream."""
    golden = json.loads(GOLDENS.read_text(encoding="utf-8"))
    kinds = {kind.category: kind for kind in SERVICE.aggregates}
    codecs = {name: Codec(k.events, k.upcasters) for name, k in kinds.items()}
    return [
        (kinds[category], codecs[category].decode(name, version, data))
        for category, name, version, data in golden
    ]
