"""Deadlines, timers and what is done outside: once, at their moment, under one id."""

from tests.sabotage.declaring import CHASSIS, JOURNAL_SQL, removal

TIMERS = "tests/chassis/test_timers.py"
DEADLINES = "tests/chassis/test_journal_deadlines.py"
CONTRACT = "tests/chassis/test_journal_postgres.py::TestPostgresJournal"
DISPATCHER = "tests/chassis/test_dispatcher.py"
INTENTS = f"{CHASSIS}/journal/intents.py"
NEXT_DUE = "ORDER BY x.due_at, x.id LIMIT 1 FOR UPDATE SKIP LOCKED;"

TIME = (
    removal(
        "timers-by-sleep",
        (
            f"{CHASSIS}/timers.py",
            '"""Look again now: something was armed, or the clock was set."""\n'
            "        self._news.set()\n",
            '"""Sleep on."""\n',
        ),
        promise="I9b",
        anomaly="late",
        without="waking the timers: they sleep until the moment they knew of",
        red={
            f"{TIMERS}::test_running_timers_wake_on_append_and_when_the_clock_moves"
            "[memory]": "TimeoutError"
        },
    ),
    removal(
        "deadline-never-cancelled",
        (JOURNAL_SQL, "   WHERE d.id = ANY (p_locked);\n", "   WHERE false;\n"),
        (
            JOURNAL_SQL,
            "  IF EXISTS (\n    SELECT 1 FROM es.deadline d\n",
            "  IF false AND EXISTS (\n    SELECT 1 FROM es.deadline d\n",
        ),
        promise="I9a",
        anomaly="overdue though done",
        without="taking back a deadline that was met",
        red={f"{CONTRACT}::test_a_deadline_is_taken_back": "assert"},
    ),
    removal(
        "event-at-the-timers-moment",
        (
            f"{CHASSIS}/timers.py",
            "        occurred_at=due.at,\n",
            "        occurred_at=due.at + LATE,\n",
        ),
        promise="I9a",
        anomaly="wrong moment",
        without="the moment of the deadline: the event happens when the timer looks",
        red={
            f"{TIMERS}::test_a_due_deadline_is_answered_at_its_own_moment[memory]": (
                "assert"
            )
        },
    ),
    removal(
        "fired-under-another-id",
        (f"{CHASSIS}/timers.py", "        first_event_id=due.id,\n", ""),
        promise="I9a",
        anomaly="duplicate",
        without="the deadline's id as the id of the event it leads to",
        red={
            f"{TIMERS}::test_a_due_deadline_is_answered_at_its_own_moment[memory]": (
                "assert"
            )
        },
    ),
    removal(
        "too-early",
        (JOURNAL_SQL, "AND x.due_at <= p_now\n", "AND x.due_at <= p_now + '1us'\n"),
        promise="I9",
        anomaly="early",
        without="the last microsecond before a deadline",
        red={f"{TIMERS}::test_nothing_is_early[on_postgres]": "assert 1 == 0"},
    ),
    removal(
        "two-timers-hold-one",
        (JOURNAL_SQL, NEXT_DUE, NEXT_DUE.replace(" FOR UPDATE SKIP LOCKED", "")),
        promise="I9a",
        anomaly="duplicate",
        without="the lock on a deadline in hand",
        red={f"{DEADLINES}::test_a_timer_passes_over_what_another_holds": "assert ["},
    ),
    removal(
        "ladder-out-of-order",
        (
            JOURNAL_SQL,
            "WHERE e.stream_id = d.stream_id AND e.state = 'pending'\n",
            "WHERE e.stream_id = d.stream_id AND e.state = 'none'\n",
        ),
        promise="I9b",
        anomaly="order",
        without="the wait of a later deadline for the earlier one of its stream",
        red={f"{DEADLINES}::test_a_timer_passes_over_what_another_holds": "assert ["},
    ),
    removal(
        "settled-twice",
        (
            JOURNAL_SQL,
            "  IF NOT FOUND THEN\n    RAISE EXCEPTION 'deadline",
            "  IF false THEN\n    RAISE EXCEPTION 'deadline",
        ),
        promise="I9a",
        anomaly="duplicate",
        without="the refusal to end a deadline a second time",
        red={
            f"{DEADLINES}::test_a_settled_deadline_is_not_settled_again": "DID NOT RAISE"
        },
    ),
    removal(
        "one-bad-deadline-stops-all",
        (
            f"{CHASSIS}/timers.py",
            "        except Exception as error:  # noqa: BLE001 - a refusal or a bug: others go on\n",
            "        except ZeroDivisionError as error:\n",
        ),
        promise="I8",
        anomaly="stalled",
        without="parking a deadline that cannot be answered",
        red={
            f"{TIMERS}::test_what_cannot_be_answered_is_parked_and_others_go_on"
            "[memory-error1]": "ValueError"
        },
    ),
    removal(
        "own-holidays-only",
        (
            f"{CHASSIS}/calendar/counting.py",
            "special = self._specials(day.year).get(day)\n        return",
            "special = None\n        return",
        ),
        promise="I9",
        anomaly="wrong day",
        without="the official calendar: holidays and swapped days",
        red={
            "tests/chassis/test_calendar.py"
            "::test_swapped_days_are_what_the_decision_says": "assert"
        },
    ),
    removal(
        "leased-twice",
        (INTENTS, "     AND lease_until <= clock_timestamp()\n", ""),
        promise="I5",
        anomaly="duplicate",
        without="the lease of an errand in hand",
        red={f"{DISPATCHER}::test_a_lease_is_for_one[on_postgres]": "assert"},
    ),
    removal(
        "late-lease-tells",
        (
            INTENTS,
            " WHERE id = $1 AND attempts = $2 AND state = 'pending' RETURNING id\n"
            '"""\nAGAIN',
            " WHERE id = $1 AND $2 > 0 AND state = 'pending' RETURNING id\n"
            '"""\nAGAIN',
        ),
        promise="I5",
        anomaly="duplicate",
        without="the number of the try that fences an errand whose lease has ended",
        red={
            f"{DISPATCHER}::test_a_lease_ends_and_the_late_one_changes_nothing"
            "[on_postgres]": "DID NOT RAISE"
        },
    ),
    removal(
        "errand-without-a-stable-id",
        (
            f"{CHASSIS}/journal/arming.py",
            "        yield Intended(\n            id=uuid5(by, name),\n",
            '        yield Intended(\n            id=__import__("uuid").uuid4(),\n',
        ),
        promise="I5",
        anomaly="duplicate",
        without="the id of an errand that derives from its event",
        red={f"{CONTRACT}::test_intents_are_recorded_with_their_event": "assert"},
    ),
    removal(
        "notice-without-a-stable-id",
        (
            "services/notification/gateways.py",
            'message["Message-ID"] = payload["message_id"]\n',
            'message["Message-ID"] = __import__("email.utils").utils.make_msgid()\n',
        ),
        promise="I5",
        anomaly="duplicate notice",
        without="the Message-ID that every try of a notice carries",
        red={
            "tests/notification/test_gateways.py::test_every_try_has_the_same_message_id": "assert"
        },
    ),
    removal(
        "gave-up-at-once",
        (
            f"{CHASSIS}/dispatcher.py",
            "                    or intent.attempt >= errand.attempts\n",
            "                    or True\n",
        ),
        promise="I5",
        anomaly="lost notice",
        without="trying again what failed for the moment",
        red={
            f"{DISPATCHER}::test_a_failure_is_tried_again_later_under_the_same_id"
            "[on_postgres]": "assert"
        },
    ),
)
