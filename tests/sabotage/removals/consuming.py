"""From the bus into a service: effects once, in the order of the chain."""

from tests.sabotage.declaring import CHASSIS, removal

CONSUMER = "tests/chassis/test_consumer.py"
ATOMIC = "tests/chassis/test_consumer_atomic.py"
LISTENING = "tests/chassis/test_consumer_listening.py"
JUDGING = f"{CHASSIS}/consumer/judging.py"
CHECKPOINT = f"{CHASSIS}/consumer/checkpoint.py"
ENGINE = f"{CHASSIS}/consumer/engine.py"
DO = "            if not careful:\n                await self.actions.do(sound)\n"
ADVANCE = "            await self.checkpoint.advance(progress.values())\n"
TOLD = "        _tell(sound, judged.duplicates, parked.found)\n"

CONSUMING = (
    removal(
        "ack-first",
        (
            f"{CHASSIS}/bus/kafka/consuming.py",
            "ack_policy=AckPolicy.MANUAL,",
            "ack_policy=AckPolicy.ACK_FIRST,",
        ),
        promise="I5",
        anomaly="lost effects",
        without="our own offsets: the client commits before anything is done",
        red={
            "tests/chassis/test_subscribers.py"
            f"::test_every_subscriber_of_every_service_is_safe[{name}]": (
                "enable_auto_commit"
            )
            for name in ("planning", "inspection", "remediation", "notification")
        },
    ),
    removal(
        "commit-before-apply",
        (ENGINE, DO, ""),
        (
            ENGINE,
            TOLD,
            f"{DO.replace('    ' * 3, '    ' * 2, 1).replace('    ' * 4, '    ' * 3)}{TOLD}",
        ),
        promise="I5",
        anomaly="lost effects",
        without="the transaction: the checkpoint is committed, then effects are tried",
        red={
            f"{CONSUMER}"
            "::test_what_may_succeed_later_is_rolled_back_and_never_parked": (
                "assert [0, 1] == []"
            )
        },
    ),
    removal(
        "checkpoint-outside-the-transaction",
        (ENGINE, ADVANCE, ""),
        (ENGINE, TOLD, f"{ADVANCE[4:]}{TOLD}"),
        promise="I5a",
        anomaly="duplicate",
        without="one transaction for effects and checkpoint",
        red={
            f"{ATOMIC}::test_an_effect_whose_checkpoint_fails_is_counted_once": (
                "assert 6 == 3"
            )
        },
    ),
    removal(
        "repeats-accepted",
        (
            JUDGING,
            "    if item.position <= here.source_pos:\n",
            "    if item.position <= here.source_pos:\n        return True\n    if False:\n",
        ),
        promise="I5",
        anomaly="duplicate",
        without="the chain of positions: what is sent again is done again",
        red={f"{ATOMIC}::test_what_is_sent_again_is_counted_once": "assert 6 == 3"},
    ),
    removal(
        "gaps-passed-over",
        (
            JUDGING,
            "    if item.previous > here.source_pos:\n",
            "    if item.previous > here.source_pos:\n"
            "        here.source_pos = item.position\n        return True\n    if False:\n",
        ),
        promise="I4",
        anomaly="poll-skip",
        without="waiting for what a record says comes before it",
        red={
            f"{CONSUMER}::test_what_follows_a_gap_is_held_until_it_comes_again": (
                "assert [0, 2] == [0]"
            )
        },
    ),
    removal(
        "contradiction-ignored",
        (
            JUDGING,
            "    raise Halted(\n"
            '        f"{item.at} offset {item.offset}: position {item.position} follows "\n',
            "    return False\n    raise Halted(\n"
            '        f"{item.at} offset {item.offset}: position {item.position} follows "\n',
        ),
        promise="I4b",
        anomaly="inconsistent-offset",
        without="the stop when positions contradict each other",
        red={f"{CONSUMER}::test_a_contradiction_stops_the_consumer": "TimeoutError"},
    ),
    removal(
        "topic-made-anew-unseen",
        (
            JUDGING,
            "if item.position is not None and item.position > max(here.source_pos, here.gap_pos):",
            "if False:",
        ),
        promise="I7a",
        anomaly="poll-skip",
        without="the stop when an old offset holds something new",
        red={f"{CONSUMER}::test_a_topic_made_anew_stops_the_consumer": "TimeoutError"},
    ),
    removal(
        "cut-off-topic-unseen",
        (
            JUDGING,
            "if dense and item.offset > here.next_offset:",
            "if False:",
        ),
        promise="I7a",
        anomaly="poll-skip",
        without="asking for an offset that is missing, and stopping without it",
        red={
            f"{CONSUMER}"
            "::test_a_missing_offset_is_asked_for_and_then_stops_the_consumer": (
                "assert {} == {"
            )
        },
    ),
    removal(
        "old-offsets-done-again",
        (
            JUDGING,
            "        if item.offset < here.next_offset:\n",
            "        if item.offset < here.next_offset and False:\n",
        ),
        promise="I7",
        anomaly="inconsistent-offset",
        without="the offset of the checkpoint: what was consumed is consumed again",
        red={
            f"{CONSUMER}::test_what_is_delivered_again_has_no_second_effect": (
                "assert 6 == 3"
            )
        },
    ),
    removal(
        "no-epoch",
        (
            CHECKPOINT,
            "    if lost:\n        raise Fenced(lost)\n\n\ndef _columns",
            "\n\ndef _columns",
        ),
        (CHECKPOINT, "c.part = p.part AND c.epoch = p.epoch\n", "c.part = p.part\n"),
        (
            CHECKPOINT,
            "ORDER BY c.topic, c.part FOR UPDATE OF c",
            "ORDER BY c.topic, c.part",
        ),
        promise="I5b",
        anomaly="duplicate",
        without="the epoch of a partition's owner, and the lock on its checkpoint",
        red={
            f"{CONSUMER}::test_a_zombie_changes_nothing": "assert [0, 1, 2] == []",
            f"{ATOMIC}::test_a_zombie_in_the_middle_of_a_batch_counts_nothing_twice": (
                "assert 6 == 3"
            ),
        },
    ),
    removal(
        "not-counted",
        (
            ENGINE,
            "                    counts[IGNORED + item.ignored] += 1\n",
            "                    pass\n",
        ),
        promise="I7",
        anomaly="silent drop",
        without="the ledger's line for what nobody listens to",
        red={
            f"{CONSUMER}::test_a_known_type_that_is_not_heard_is_ignored": "assert {}"
        },
    ),
    removal(
        "batch-dropped-on-revoke",
        (
            f"{CHASSIS}/consumer/listening.py",
            "async with asyncio.timeout(DRAIN), self._hand:",
            "async with asyncio.timeout(DRAIN):",
        ),
        promise="I5b",
        anomaly="two owners at work",
        without="the graceful drain: partitions are given up with a batch in hand",
        red={f"{LISTENING}::test_a_revoke_waits_for_the_batch_in_hand": ("assert not")},
    ),
    removal(
        "fenced-for-ever",
        (
            f"{CHASSIS}/consumer/listening.py",
            "        self._unclaimed.update(fenced.partitions)\n",
            "",
        ),
        promise="I10",
        anomaly="stalled",
        without="taking back what another has claimed late and has lost on the bus",
        red={
            f"{CONSUMER}::test_what_one_who_had_lost_it_claimed_late_is_taken_back": (
                "assert {} == {TopicPar"
            )
        },
    ),
    removal(
        "half-a-batch-too-slow-for-ever",
        (
            f"{CHASSIS}/consumer/listening.py",
            "self._most = max(self._attempted // 2, 1)",
            "pass",
        ),
        promise="I10",
        anomaly="stalled",
        without="trying fewer messages at once when all are too many",
        red={
            f"{CONSUMER}::test_a_batch_that_is_too_much_at_once_is_done_in_parts": (
                "Timeout"
            )
        },
    ),
    removal(
        "heard-in-any-order",
        (
            f"{CHASSIS}/projector/hearing.py",
            'await self._database.execute("SELECT pg_advisory_xact_lock($1)", TURN)',
            "pass",
        ),
        promise="I6",
        anomaly="unseen",
        without="taking turns to keep what the views hear",
        red={
            "tests/chassis/test_projector.py::test_what_is_kept_later_is_seen_later": (
                "TimeoutError"
            )
        },
    ),
)
