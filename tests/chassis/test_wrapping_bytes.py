"""What the relay sends, made without an envelope between, is what the envelope says."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from contracts.catalogue import CATALOGUE, topic_of
from contracts.envelope import (
    Transport,
    from_headers,
    read_event,
    to_headers,
    to_key,
    to_value,
)
from services.chassis.context import Context
from services.chassis.cursors import Cursor
from services.chassis.journal import Recorded
from services.chassis.wrapping import plan, wrap
from tests.contracts.test_compatibility import goldens_of

NOON = datetime(2023, 5, 9, 5, 0, tzinfo=UTC)


@pytest.mark.parametrize("kind", CATALOGUE)
def test_the_bytes_of_every_published_event_are_those_of_its_envelope(kind):
    for golden in goldens_of(kind):
        event = CATALOGUE[kind].model_validate(golden)
        recorded = Recorded(
            id=UUID(int=7),
            position=3,
            stream="thing-ấp-1",
            key="ấp-1",
            version=2,
            event=None,
            occurred_at=NOON,
            recorded_at=NOON,
            context=Context(
                actor="test",
                correlation_id=UUID(int=1),
                causation_id=UUID(int=2),
                occurred_at=NOON,
            ),
        )
        cursor = Cursor(topic=topic_of(kind), position=0, last=(0,))

        planned = plan("planning", [(recorded, [event])], {cursor.topic: cursor})

        ((sent,),) = planned.batches.values()
        envelope = wrap("planning", recorded, 0, event)
        link = Transport(pos=3 * 64, prev=0, version=2)
        assert sent.headers == (*to_headers(envelope), *link.to_headers())
        assert (sent.key, sent.value) == (to_key(envelope), to_value(envelope))
        assert from_headers(sent.headers, sent.key, sent.value) == envelope
        assert read_event(CATALOGUE[kind], sent.value) == event
