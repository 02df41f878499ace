"""What is left after a run: everything that the checker judges, and nothing else.

Plain data, so that it can be kept in a file, read again, and made up by hand.
"""

import gzip
import json
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path


@dataclass(kw_only=True)
class Evidence:
    """A run's history and what lay in journals, topics and tables after healing.

    history      lines of history.py
    journals     service -> events: seq, stream, version, id, type, cause, command,
                 occurred_at, recorded_at, digest
    answers      service -> what commands were answered: command, status, version,
                 position
    expected     service -> what its journal says to the world: id, topic, partition,
                 pos
    topics       topic -> records: partition, offset, id, pos, prev, digest
    injected     topic -> [partition, offset] of records that the run itself put there
    rewound      consumer, topic, partition, and how many were to be read again
    consumers    where each stands: service, consumer, topic, part, next_offset,
                 source_pos, outcomes
    heard        service -> ids that its views have heard; hears: the types it hears
    parked       what waits for an operator: service, consumer, topic, part, off, code
    deadlines    service, id, stream, kind, due_at, state
    intents      service, id, state, message_id
    mail         message_id -> deliveries
    drift        views that are not what the events say: service, table, rows
    broken       streams whose chain is broken: service, stream, version
    now          where the clock stood at the end
    """

    history: list = field(default_factory=list)
    journals: dict = field(default_factory=dict)
    answers: dict = field(default_factory=dict)
    expected: dict = field(default_factory=dict)
    topics: dict = field(default_factory=dict)
    injected: dict = field(default_factory=dict)
    rewound: list = field(default_factory=list)
    consumers: list = field(default_factory=list)
    heard: dict = field(default_factory=dict)
    hears: dict = field(default_factory=dict)
    parked: list = field(default_factory=list)
    deadlines: list = field(default_factory=list)
    intents: list = field(default_factory=list)
    mail: dict = field(default_factory=dict)
    drift: list = field(default_factory=list)
    broken: list = field(default_factory=list)
    now: str = ""

    def keep(self, folder: Path):
        """Write everything, a file each; return the folder."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, value in asdict(self).items():
            with gzip.open(folder / f"{name}.json.gz", "wt") as file:
                json.dump(value, file, ensure_ascii=False, indent=0)
        return folder


def kept(folder: Path):
    """Read what ``keep`` wrote."""
    found = {}
    for one in fields(Evidence):
        with gzip.open(folder / f"{one.name}.json.gz", "rt") as file:
            found[one.name] = json.load(file)
    return Evidence(**found)
