"""The order in which the journal is read: nothing unseen, whoever commits when."""

from tests.sabotage.declaring import JOURNAL_SQL, removal

TESTS = "tests/chassis/test_journal_order.py"
INTERLEAVED = f"{TESTS}::test_no_interleaving_loses_an_event"
LOST = "assert {'talk-a'} == set()"
FETCH = """\
DECLARE safe bigint := es.safe_seq();
BEGIN
  RETURN QUERY SELECT * FROM es.event e
    WHERE e.seq > p_after AND e.seq <= safe ORDER BY e.seq LIMIT p_limit;
"""
ONE_SNAPSHOT = """\
BEGIN
  RETURN QUERY SELECT * FROM es.event e
    WHERE e.seq > p_after AND e.seq <= (SELECT es.safe_seq())
    ORDER BY e.seq LIMIT p_limit;
"""

ORDER = (
    removal(
        "cursor-on-id",
        (JOURNAL_SQL, "AND e.seq <= safe ORDER BY e.seq", "ORDER BY e.seq"),
        promise="I3a",
        anomaly="unseen",
        without="the safe end: whatever is committed is read, in the order of its id",
        red={f"{INTERLEAVED}[open_all_along]": LOST},
    ),
    removal(
        "announce-trigger-off",
        (
            JOURNAL_SQL,
            "ALTER TABLE es.event ENABLE ALWAYS TRIGGER event_announce;",
            "ALTER TABLE es.event DISABLE TRIGGER event_announce;",
        ),
        promise="I3a",
        anomaly="unseen",
        without="the floor that each insert announces",
        red={
            f"{INTERLEAVED}[open_all_along]": LOST,
            f"{TESTS}::test_racing_writers_are_read_in_order_without_loss[1]": (
                "assert [row["
            ),
        },
    ),
    removal(
        "one-snapshot",
        (JOURNAL_SQL, FETCH, ONE_SNAPSHOT),
        promise="I3a",
        anomaly="unseen",
        without="the second snapshot: watermark and rows are read in one",
        red={f"{INTERLEAVED}[committed_between_the_reads]": LOST},
    ),
    removal(
        "floors-before-ceiling",
        (
            JOURNAL_SQL,
            "  highest := es.ceiling();\n  lowest := es.floor();\n",
            "  lowest := es.floor();\n  highest := es.ceiling();\n",
        ),
        promise="I3a",
        anomaly="unseen",
        without="the order of the two reads: floors are read before the ceiling",
        red={f"{INTERLEAVED}[appended_between_the_reads]": LOST},
    ),
    removal(
        "isolation-unchecked",
        (
            JOURNAL_SQL,
            "IF current_setting('transaction_isolation') <> 'read committed' THEN",
            "IF false THEN",
        ),
        promise="I3a",
        anomaly="unseen",
        without="the refusal to read in one snapshot for the whole transaction",
        red={f"{TESTS}::test_one_snapshot_for_all_reads_is_refused": "DID NOT RAISE"},
    ),
    removal(
        "everybody-holds-the-relay-up",
        (
            JOURNAL_SQL,
            "PERFORM pg_advisory_xact_lock_shared((229::bigint << 48) | es.ceiling());",
            "PERFORM pg_advisory_xact_lock_shared(229::bigint << 48);",
        ),
        promise="I10a",
        anomaly="stalled",
        without="the height of a floor: each appender holds back everything",
        red={
            f"{TESTS}::test_other_open_transactions_hold_nobody_up": (
                'assert (blocker["pid"], blocker["above"])'
            ),
        },
    ),
)
