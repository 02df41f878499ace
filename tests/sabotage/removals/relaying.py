"""From the journal to the bus: what was recorded arrives, and its cursor is true."""

from tests.sabotage.declaring import CHASSIS, removal

RELAY = "tests/chassis/test_relay.py"
CURSORS = "tests/chassis/test_cursors.py::TestPostgresCursors"
PRODUCING = f"{CHASSIS}/bus/kafka/producing.py"
WRAPPING = f"{CHASSIS}/wrapping.py"

RELAYING = (
    removal(
        "cursor-past-a-failed-send",
        (
            f"{CHASSIS}/relay.py",
            "        if isinstance(outcome, BaseException):\n            raise outcome\n",
            "        del outcome\n",
        ),
        promise="I3b",
        anomaly="lost-write",
        without="the failure of a round of which one send failed",
        red={f"{RELAY}::test_the_cursor_never_passes_a_failed_send": "DID NOT RAISE"},
    ),
    removal(
        "acks-one",
        (
            PRODUCING,
            '            acks="all",\n            enable_idempotence=True,\n',
            "            acks=1,\n            enable_idempotence=False,\n",
        ),
        promise="I3",
        anomaly="lost-write",
        without="the acknowledgement of all replicas, and idempotence",
        red={
            "tests/chassis/test_bus_kafka_producing.py"
            "::test_the_producer_waits_for_every_replica_and_is_idempotent": (
                "assert (1, False) == (-1, True)"
            )
        },
    ),
    removal(
        "relay-not-fenced",
        (
            f"{CHASSIS}/cursors.py",
            "WHERE topic = $1 AND epoch = $2 AND position = $3 RETURNING true",
            "WHERE topic = $1 AND ($2::bigint, $3::bigint) IS NOT NULL RETURNING true",
        ),
        promise="I3b",
        anomaly="nonmonotonic",
        without="compare-and-set: a relay that was taken over moves the cursor",
        red={
            f"{CURSORS}::test_who_was_taken_over_moves_nothing": "assert not",
            f"{CURSORS}::test_a_row_that_was_moved_is_not_moved_from_the_same_place": (
                "assert not"
            ),
        },
    ),
    removal(
        "relay-heeds-no-fence",
        (
            f"{CHASSIS}/relay.py",
            "if not await self._cursors.advance(before, after):",
            "if await self._cursors.advance(before, after) is None:",
        ),
        promise="I3b",
        anomaly="duplicate",
        without="the end of a relay that learns that another one leads",
        red={
            f"{RELAY}::test_a_relay_whose_place_was_taken_moves_nothing": "DID NOT RAISE"
        },
    ),
    removal(
        "two-relays-lead",
        (
            f"{CHASSIS}/cursors.py",
            "while not await session.fetchval(TAKE_SEAT):",
            "while await session.fetchval(TAKE_SEAT) is None:",
        ),
        promise="I3b",
        anomaly="duplicate",
        without="the one seat of a service's relay",
        red={f"{CURSORS}::test_one_leads_at_a_time": "assert 2 == 1"},
    ),
    removal(
        "bus-ahead-unseen",
        (
            f"{CHASSIS}/relay.py",
            "await self._never_ahead(told)",
            "self.looked.set()",
        ),
        promise="I3c",
        anomaly="phantom",
        without="the look at what the bus holds before a relay takes over",
        red={f"{RELAY}::test_a_bus_ahead_of_the_journal_stops_the_relay": "Timeout (>"},
    ),
    removal(
        "layout-unchecked",
        (f"{CHASSIS}/relay.py", "if present.layout != cursor.layout:", "if False:"),
        (
            f"{CHASSIS}/cursors.py",
            'if home.layout not in {row["layout"] for row in rows}:',
            "if False:",
        ),
        promise="I4",
        anomaly="order",
        without="the refusal of another number of partitions",
        red={f"{CURSORS}::test_another_layout_is_refused": "DID NOT RAISE"},
    ),
    removal(
        "partition-by-chance",
        (
            WRAPPING,
            "len(last[topic]))\n",
            "len(last[topic])) * 0 + recorded.position % len(last[topic])\n",
        ),
        promise="I4",
        anomaly="order",
        without="one partition per key",
        red={
            f"{RELAY}::test_an_envelope_says_where_it_comes_from": (
                "assert record.partition == partition_of("
            )
        },
    ),
    removal(
        "no-message-key",
        (PRODUCING, "key=each.key,", "key=None,"),
        promise="I4",
        anomaly="order",
        without="the record's key",
        red={
            "tests/chassis/test_bus_kafka.py::TestKafkaBus"
            "::test_what_arrives_is_what_was_sent": "assert"
        },
    ),
    removal(
        "chain-not-carried-on",
        (WRAPPING, "    last[topic][partition] = ", "    _ = "),
        promise="I4b",
        anomaly="inconsistent-offset",
        without="the link from each record to the one before it",
        red={f"{RELAY}::test_positions_form_a_chain_in_each_partition": "assert ["},
    ),
    removal(
        "other-bytes-each-time",
        (
            WRAPPING,
            'uuid5(recorded.id, f"{event.TYPE}/{number}")',
            '__import__("uuid").uuid4()',
        ),
        promise="I5",
        anomaly="duplicate",
        without="an envelope's id that derives from its event",
        red={f"{RELAY}::test_a_relay_that_forgot_sends_the_same_bytes_again": "assert"},
    ),
    removal(
        "broken-producer-kept",
        (
            f"{CHASSIS}/relay.py",
            "            except Exception as error:  # noqa: BLE001 - the edge: it ends the round\n"
            '                self._state = "failing"\n',
            "            except Exception as error:  # noqa: BLE001 - the edge: it ends the round\n"
            '                self._state = "failing"\n'
            "                await asyncio.Event().wait()\n",
        ),
        promise="I10",
        anomaly="stalled",
        without="another producer for one that fails for ever (aiokafka#1017)",
        red={
            f"{RELAY}::test_a_failed_producer_is_closed_and_another_one_made": (
                "TimeoutError"
            )
        },
    ),
    removal(
        "too-much-is-recorded",
        (WRAPPING, "        if len(said) > AT_MOST:\n", "        if False:\n"),
        promise="I3",
        anomaly="unpublishable",
        without="the refusal of an event that says more than a position has room for",
        red={
            "tests/chassis/test_wrapping.py"
            "::test_an_event_that_says_more_is_refused_at_once": "DID NOT RAISE"
        },
    ),
)
