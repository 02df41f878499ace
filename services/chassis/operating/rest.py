"""Is anything left to do at this moment? In one reading, for who asks very often.

Says a part of what ``/lagz`` says, in the same words. The tables are read first and
what is held in memory after them: that can only be further. The last event there is,
not the sequence, which also numbers what was rolled back, is where all must come to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from services.chassis.clock import ClockNotSet, system_clock
from services.chassis.consumer import JOURNAL

if TYPE_CHECKING:
    from services.chassis.running.parts import Parts

REST = """
SELECT coalesce((SELECT max(seq) FROM es.event), 0) AS head,
  (SELECT count(*) FROM es.deadline WHERE state IN ('pending', 'parked')
      AND due_at <= $1 AND coalesce(next_at, $1) <= $1) AS due,
  (SELECT count(*) FROM es.deadline WHERE state = 'parked') AS timers_parked,
  (SELECT count(*) FROM es.intent WHERE state = 'pending') AS intents,
  (SELECT max(position) FROM es.heard) AS heard,
  (SELECT heard_position FROM es.view_build WHERE state = 'live') AS shown,
  ARRAY(SELECT c FROM (SELECT consumer, topic, part, source_pos,
      (SELECT count(*) FROM es.parked p WHERE (p.consumer, p.topic, p.part)
         = (k.consumer, k.topic, k.part)) AS parked FROM es.checkpoint k) c) AS standing
"""


async def rest_of(parts: Parts) -> dict[str, Any]:
    """Return what is left to do, and where everything stands."""
    try:
        now = parts.clock()
    except ClockNotSet:  # nothing was recorded yet
        now = system_clock()
    row = await parts.database.fetchrow(REST, now)
    if row is None:  # pragma: no cover
        raise AssertionError
    consumers: dict[str, Any] = {consumer.name: {} for consumer in parts.consumers}
    own = head = int(row["head"])
    for name, topic, part, position, parked in row["standing"]:
        if topic == JOURNAL:
            own = position if parts.own is not None else head
        elif name in consumers:
            stands = {"source_pos": position, "parked_now": parked}
            consumers[name].setdefault(topic, {})[str(part)] = stands
    heard = (row["heard"] or 0) - (row["shown"] or 0) if parts.projector.hears else 0
    return {
        "service": parts.service.name,
        "journal": {"head": head},
        "relay": {
            "pending": max(head - parts.relay.position, 0),
            "topics": parts.relay.topics,
        },
        "consumers": consumers,
        "views": {"pending": max(head - parts.projector.position, 0) + max(heard, 0)},
        "own": {"pending": max(head - own, 0)},
        "timers": {"due": row["due"], "parked": row["timers_parked"]},
        "intents": {"pending": row["intents"]},
    }
