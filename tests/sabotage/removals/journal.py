"""What the journal promises of one stream, of its history and of who may write it."""

from tests.sabotage.declaring import CHASSIS, JOURNAL_SQL, removal

APPENDING = "tests/chassis/test_journal_appending.py"
CHAIN = "tests/chassis/test_journal_chain.py"
CONTRACT = "tests/chassis/test_journal_postgres.py::TestPostgresJournal"
LOCK_FIRST = """\
  IF p_armed IS NOT NULL THEN stopped := es.lock_stopped(p_armed); END IF;
  IF p_expected < 0 THEN
"""
LOCK_LATE = """\
    RETURNING es.event.version, es.event.seq)
  SELECT max(w.version), max(w.seq) FROM written w;
"""

JOURNAL = (
    removal(
        "expected-version-ignored",
        (JOURNAL_SQL, "AND (cur = p_expected OR p_expected < 0 AND", "AND (true OR"),
        promise="I11b",
        anomaly="lost update",
        without="the comparison with the version that a decision was made on",
        red={f"{CONTRACT}::test_refuses_a_stale_writer": "DID NOT RAISE"},
    ),
    removal(
        "same-ids-written-again",
        (JOURNAL_SQL, "IF same.c = n THEN", "IF false THEN"),
        promise="I11a",
        anomaly="false failure after a lost acknowledgement",
        without="the answer to an append that was done and not acknowledged",
        red={
            f"{APPENDING}::test_a_lost_acknowledgement_is_found_again": "WrongVersion"
        },
    ),
    removal(
        "ids-by-chance",
        (
            f"{CHASSIS}/context.py",
            "return uuid5(self.command_id or self.causation_id, str(ordinal))",
            'return __import__("uuid").uuid4()',
        ),
        promise="I5",
        anomaly="duplicate",
        without="ids that derive from the command: each try would make new events",
        red={
            f"{CONTRACT}::test_ids_derive_from_the_command": "assert",
            f"{CONTRACT}::test_the_same_ids_again_are_answered_as_the_first_time[-1]": (
                "assert"
            ),
        },
    ),
    removal(
        "ids-used-up-by-a-failure",
        (
            f"{CHASSIS}/context.py",
            "        context.ordinals.used = before\n",
            "        pass\n",
        ),
        promise="I11a",
        anomaly="duplicate",
        without="giving back the ids that a failed try drew",
        red={
            f"{CONTRACT}::test_a_writer_that_failed_tries_again_under_the_same_ids": (
                "assert"
            )
        },
    ),
    removal(
        "stale-writer-breaks-the-transaction",
        (
            f"{CHASSIS}/journal/postgres.py",
            'sql = sql.replace("es.", "es.try_")',
            "pass",
        ),
        promise="I2",
        anomaly="aborted transaction",
        without="the savepoint around an append inside a transaction",
        red={
            f"{CONTRACT}::test_a_stale_writer_leaves_the_transaction_usable": (
                "InFailedSQLTransactionError"
            )
        },
    ),
    removal(
        "heads-locked-in-any-order",
        (
            JOURNAL_SQL,
            "WHERE x.expected <= 0 ORDER BY x.id ON",
            "WHERE x.expected <= 0 ON",
        ),
        (
            JOURNAL_SQL,
            "PERFORM 1 FROM es.stream t WHERE t.stream_id = ANY (p_s_id)\n"
            "    ORDER BY t.stream_id FOR UPDATE;",
            "PERFORM 1 FROM unnest(p_s_id) WITH ORDINALITY AS o(id, n)\n"
            "    JOIN es.stream t ON t.stream_id = o.id ORDER BY o.n FOR UPDATE OF t;",
        ),
        promise="I2a",
        anomaly="deadlock",
        without="the one order in which the heads of many streams are locked",
        red={
            f"{APPENDING}::test_streams_in_any_order_never_deadlock[0]": (
                "DeadlockDetectedError"
            )
        },
    ),
    removal(
        "head-locked-before-deadlines",
        (JOURNAL_SQL, LOCK_FIRST, "  IF p_expected < 0 THEN\n"),
        (
            JOURNAL_SQL,
            LOCK_LATE,
            f"{LOCK_LATE}  IF p_armed IS NOT NULL THEN\n"
            "    stopped := es.lock_stopped(p_armed);\n  END IF;\n",
        ),
        promise="I2a",
        anomaly="deadlock",
        without="the lock order: deadlines' rows first, then the stream's head",
        red={
            "tests/chassis/test_journal_deadlines.py"
            "::test_deadline_rows_are_locked_before_the_head": "DeadlockDetectedError"
        },
    ),
    removal(
        "chain-unchecked",
        (
            JOURNAL_SQL,
            "IF e.version <> n OR e.hash <> h THEN RETURN n; END IF;",
            "IF e.version <> n THEN RETURN n; END IF; h := e.hash;",
        ),
        promise="I13a",
        anomaly="undetected edit",
        without="the comparison of each event with its link of the chain",
        red={
            f"{CHAIN}::test_tampering_is_found_and_where"
            "[UPDATE es.event SET data = '{\"x\": 1}' WHERE version = 2]": "KeyError"
        },
    ),
    removal(
        "head-unchecked",
        (
            JOURNAL_SQL,
            "IF head.version IS DISTINCT FROM n OR head.head_hash IS DISTINCT FROM h THEN",
            "IF false THEN",
        ),
        promise="I13a",
        anomaly="undetected truncation",
        without="the comparison of a stream's end with its head",
        red={
            f"{CHAIN}::test_tampering_is_found_and_where"
            "[DELETE FROM es.event WHERE stream_id = 'talk-1' AND version >= 3]": (
                "KeyError"
            )
        },
    ),
    removal(
        "append-only-trigger-off",
        (
            JOURNAL_SQL,
            "ALTER TABLE es.event ENABLE ALWAYS TRIGGER event_immutable;",
            "ALTER TABLE es.event DISABLE TRIGGER event_immutable;",
        ),
        promise="I13",
        anomaly="edited history",
        without="the trigger that refuses to change or delete an event",
        red={
            f"{CHAIN}::test_even_the_owner_is_stopped_by_the_trigger"
            "[DELETE FROM es.event]": "DID NOT RAISE"
        },
    ),
    removal(
        "service-may-write-events",
        (
            JOURNAL_SQL,
            "GRANT SELECT ON es.stream, es.event, es.deadline, es.intent TO @app@, @ro@;",
            "GRANT ALL ON es.stream, es.event, es.deadline, es.intent TO @app@, @ro@;",
        ),
        promise="I13a",
        anomaly="history written past the journal",
        without="the right to write events through the functions only",
        red={
            f"{CHAIN}::test_the_role_of_the_service_may_not"
            "[UPDATE es.stream SET version = 0]": "DID NOT RAISE"
        },
    ),
    removal(
        "gate-not-asked",
        (f"{CHASSIS}/running/parts.py", "    await journal.gate()\n", ""),
        promise="I3c",
        anomaly="unseen",
        without="the gate at a service's start: it runs on an unsound database",
        red={
            "tests/chassis/test_running_gate.py"
            "::test_a_service_does_not_start_on_an_unsound_database": "assert ['service.ready'] == []"
        },
    ),
    removal(
        "sequence-behind-unseen",
        (
            JOURNAL_SQL,
            "IF (SELECT max(e.seq) FROM es.event e) > es.ceiling() THEN",
            "IF false THEN",
        ),
        promise="I3c",
        anomaly="unseen after a restore",
        without="the gate's look at a sequence that lies behind its journal",
        red={
            f"{CHAIN}::test_the_gate_names_what_is_wrong[sequence-behind]": (
                "DID NOT RAISE"
            )
        },
    ),
    removal(
        "unknown-event-read-around",
        (
            f"{CHASSIS}/journal/codec.py",
            'raise InvalidMessage(f"unknown journal event {name}")',
            "return None",
        ),
        promise="I12",
        anomaly="hole in a history",
        without="the refusal to fold around an event that nobody knows",
        red={
            "tests/chassis/test_codec.py::test_an_unknown_event_is_never_skipped": (
                "DID NOT RAISE"
            )
        },
    ),
    removal(
        "upcasters-forgotten",
        (
            f"{CHASSIS}/journal/codec.py",
            "for upcast in self._upcasters.get(name, ())[version - 1 :]:",
            "for upcast in ():",
        ),
        promise="I12",
        anomaly="unreadable history",
        without="bringing old shapes of events up to date",
        red={
            "tests/chassis/test_codec.py"
            "::test_an_old_shape_is_brought_up_step_by_step": "ValidationError"
        },
    ),
    removal(
        "commit-not-waited-for",
        (
            f"{CHASSIS}/postgres.py",
            '"synchronous_commit": "on"',
            '"synchronous_commit": "off"',
        ),
        promise="I1",
        anomaly="lost-write",
        without="the wait for the disk: PostgreSQL acknowledges what it may still lose",
        red={
            "tests/chassis/test_postgres.py::test_the_server_keeps_our_limits": (
                "assert 'off' == 'on'"
            )
        },
    ),
    removal(
        "open-transactions-live-for-ever",
        (
            f"{CHASSIS}/postgres.py",
            '"idle_in_transaction_session_timeout": self.idle_in_transaction,',
            "",
        ),
        promise="I10a",
        anomaly="stalled",
        without="the server's limit for a transaction that was left alone",
        red={
            "tests/chassis/test_postgres.py"
            "::test_a_transaction_left_alone_is_ended_by_the_server": "TimeoutError"
        },
    ),
)
