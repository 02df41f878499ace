"""What cannot be acted on: parked with its key, in order, and nobody else waits."""

from tests.sabotage.declaring import CHASSIS, removal

PARKED = "tests/chassis/test_consumer_parking.py"
ATOMIC = "tests/chassis/test_consumer_atomic.py"
ENGINE = f"{CHASSIS}/consumer/engine.py"
ACTING = f"{CHASSIS}/consumer/acting.py"
HEARING = f"{CHASSIS}/consumer/hearing.py"
UNREADABLE = f"{PARKED}::test_what_cannot_be_read_is_parked_and_only_its_key_waits"
ROOM = f"{CHASSIS}/consumer/parking.py"
PARK = (
    "            if parked.found:\n"
    "                await self._within_the_limit(await self.parking.park(parked.found))\n"
)
PARK_LATE = PARK.replace("    if parked", "if parked").replace(
    "        await self._within", "    await self._within"
)
TOLD = "        _tell(sound, judged.duplicates, parked.found)\n"
NO_HALF = f"{PARKED}::test_what_a_reaction_cannot_do_is_parked_and_leaves_no_half"

PARKING = (
    removal(
        "no-key-blocking",
        (
            ENGINE,
            "        if (item.at.topic, item.key) in parked.held:\n            return BEHIND\n",
            "",
        ),
        promise="I8a",
        anomaly="order",
        without="the wait of a key's later messages behind the one that is parked",
        red={f"{NO_HALF}[error0-not-today]": "assert [1, 3, 4] == [1, 4]"},
    ),
    removal(
        "parse-error-swallowed",
        (
            HEARING,
            "            return _item(record, transport, name, fault=fault)\n",
            "            return _item(record, transport, name, ignored=fault.code)\n",
        ),
        (
            HEARING,
            "return _item(record, transport, name, kind, fault=fault)\n"
            "        except ValidationError",
            "return _item(record, transport, name, kind, ignored=fault.code)\n"
            "        except ValidationError",
        ),
        promise="I7",
        anomaly="silent drop",
        without="parking what cannot be read: neither its headers nor its body",
        red={
            f"{UNREADABLE}[{what}]": f"assert [] == [('k', 1, '{code}"
            for what, code in (("bad JSON", "ba"), ("missing header", "mi"))
        },
    ),
    removal(
        "unknown-type-skipped",
        (
            f"{CHASSIS}/consumer/hearing.py",
            "            if kind in CATALOGUE:\n",
            "            if True:\n",
        ),
        promise="I12",
        anomaly="silent drop",
        without="parking what only a later version knows",
        red={
            f"{PARKED}::test_an_unknown_type_waits_for_the_version_that_knows_it": (
                "assert None == ('waiting_upgrade', 1)"
            )
        },
    ),
    removal(
        "parking-outside-the-transaction",
        (ENGINE, PARK, ""),
        (ENGINE, TOLD, f"{PARK_LATE}{TOLD}"),
        promise="I7",
        anomaly="silent drop",
        without="one transaction for the parked message and the checkpoint past it",
        red={
            f"{ATOMIC}::test_a_message_that_could_not_be_parked_comes_again": "assert"
        },
    ),
    removal(
        "outage-parked",
        (
            ACTING,
            "TRANSIENT = (Unavailable, WrongVersion, Fenced, Halted, OSError, TimeoutError)",
            "TRANSIENT = (Fenced, Halted)",
        ),
        promise="I7",
        anomaly="outage taken for poison",
        without="the difference between what may succeed later and what never will",
        red={
            "tests/chassis/test_consumer.py"
            "::test_what_may_succeed_later_is_rolled_back_and_never_parked": "assert"
        },
    ),
    removal(
        "half-an-effect-stays",
        (
            ACTING,
            "                async with savepoint():\n",
            "                async with nullcontext():\n",
        ),
        promise="I2",
        anomaly="half an effect",
        without="the savepoint around each message that is tried by itself",
        red={f"{NO_HALF}[error0-not-today]": "assert [1, 2, 4] == [1, 4]"},
    ),
    removal(
        "released-in-any-order",
        (ROOM, "ORDER BY id LIMIT $4", "ORDER BY id DESC LIMIT $4"),
        promise="I8a",
        anomaly="order",
        without="the order in which a key's messages were parked",
        red={
            f"{PARKED}"
            "::test_after_the_fix_all_go_in_their_order_and_nobody_else_is_touched": (
                "assert [99, 49, 48"
            )
        },
    ),
    removal(
        "released-past-a-fault",
        (
            f"{CHASSIS}/consumer/retrying.py",
            "                if fault is not None:\n                    break\n",
            "                if fault is not None:\n                    continue\n",
        ),
        promise="I8a",
        anomaly="order",
        without="the stop of a key's release at its next fault",
        red={
            f"{PARKED}::test_what_goes_before_the_next_fault_is_gone": "assert 3 == 2"
        },
    ),
    removal(
        "key-freed-under-a-batch",
        (ROOM, "ORDER BY k.topic, k.key FOR SHARE OF k", "ORDER BY k.topic, k.key"),
        (
            f"{CHASSIS}/journal/migrations/0002_bus.sql",
            "UNIQUE (consumer, topic, part, off),\n"
            "  FOREIGN KEY (consumer, topic, key) REFERENCES es.parked_key\n",
            "UNIQUE (consumer, topic, part, off)\n",
        ),
        promise="I8a",
        anomaly="silent drop",
        without="holding a parked key while a batch looks at it, and the foreign key",
        red={
            "tests/chassis/test_consumer_parking_held.py"
            "::test_what_is_parked_behind_a_key_goes_with_it": "assert [0] == [0, 1]"
        },
    ),
    removal(
        "parked-without-end",
        (ENGINE, "        if parked > limit:\n", "        if False:\n"),
        promise="I8",
        anomaly="fault of ours taken for poison",
        without="the limit past which a consumer stops",
        red={f"{PARKED}::test_too_much_parked_stops_the_consumer": "TimeoutError"},
    ),
    removal(
        "cause-not-waited-for",
        (
            ACTING,
            "            except CauseUnseen as error:\n"
            "                return Fault(code=WAITING_CAUSE, detail=str(error))\n",
            "",
        ),
        promise="I6",
        anomaly="causality",
        without="waiting for a cause that comes by another topic",
        red={
            f"{PARKED}::test_a_cause_by_another_topic_is_waited_for": (
                "('retrying', 1) == ('waiting_cause', 1)"
            )
        },
    ),
    removal(
        "acts-without-a-reason",
        (
            f"{CHASSIS}/journal/migrations/0002_bus.sql",
            "why      text        NOT NULL CHECK (why <> ''),",
            "why      text        NOT NULL,",
        ),
        promise="I8",
        anomaly="unaccounted act",
        without="the reason an operator has to give",
        red={
            f"{PARKED}::test_nobody_acts_without_a_name_and_a_reason": "DID NOT RAISE"
        },
    ),
)
