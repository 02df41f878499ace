"""What cannot be acted on is parked with its later siblings; everybody else goes on."""

import asyncio
from hashlib import sha256

import pytest

from contracts.planning import PlanIssued
from services.chassis.consumer import Patience, Tolerance
from services.chassis.consumer.hearing import Fault
from services.chassis.consumer.redress import By, NotParked, amend, discard, retry
from services.chassis.consumer.redress import parked as listed
from services.chassis.errors import CauseUnseen, InvalidMessage
from services.chassis.journal import ANY, Append
from services.chassis.postgres import Database, PostgresError
from tests.chassis.consuming import AT, AT_ONCE, Refused, Rig, Sender, ledger
from tests.chassis.journal_contract import Said
from tests.chassis.telling import OTHER, Registered, Told
from tests.eventually import eventually

BY = By(who="p-01", why="the sender has corrected it")
FUTURE = "planning.plan-issued.v99"
LARGE = b'{"number": 1, "text": "%s"}' % (b"x" * 2_000_000)
STRANGE = (("ce_type", b"\xff\xfe"),)
UNREADABLE = {
    "bad JSON": ({"value": b'{"number": '}, "bad-body"),
    "not an object": ({"value": b"[1]"}, "bad-body"),
    "null": ({"value": None}, "bad-body"),
    "bad UTF-8": ({"value": b'{"number": "\xff"}'}, "bad-body"),
    "a character no table keeps": ({"value": b'{"text": "\\u0000"}'}, "bad-body"),
    "wrong schema": ({"value": b'{"number": "one"}'}, "invalid-event"),
    "2 MB of something else": ({"value": LARGE[:-1]}, "bad-body"),
    "missing header": ({"without": ("ce_id",)}, "missing-header"),
    "missing position": ({"without": ("es_pos",)}, "missing-header"),
    "header twice, not UTF-8": ({"headers": STRANGE * 2}, "missing-header"),
    "unknown type": ({"kind": "planning.plan-burnt.v1"}, "unknown-type"),
    "future version": ({"kind": FUTURE}, "unknown-type"),
}


@pytest.fixture
async def rig(journal_database, clock):
    database = await Database.open(journal_database.of("planning_app"))
    yield Rig(database, clock)
    await database.close()


@pytest.mark.parametrize("what", UNREADABLE)
@pytest.mark.fault("F16")
async def test_what_cannot_be_read_is_parked_and_only_its_key_waits(rig, what):
    changes, code = UNREADABLE[what]
    consumer = await rig.ready()
    tell, last = rig.sender.tell, rig.sender.last
    batch = [tell(1)]
    before = last[0]
    batch.append(tell(2, **changes))
    if "es_pos" not in dict(batch[1].headers):
        last[0] = before  # no relay sent it: it stands in no chain
    batch += [tell(3), tell(4, key="other")]

    await consumer.receive(batch)

    assert await rig.parked() == [("k", 1, code), ("k", 2, "behind")]
    assert await rig.effects() == [1, 4]
    account = await ledger(consumer)
    assert (account["consumed"], account["parked"]) == (4, 2)


@pytest.mark.fault("F16")
async def test_a_record_without_a_key_keeps_nobody_waiting(rig):
    consumer = await rig.ready()

    await consumer.receive([rig.sender.tell(1)])
    nobody = rig.sender.tell(2)
    rig.sender.sent[0].pop()
    await consumer.receive([rig.sender.place(nobody, key=None), rig.sender.tell(3)])

    assert await rig.parked() == [("none:0/1", 1, "bad-key")]
    assert await rig.effects() == [1, 3]


async def test_a_record_with_an_endless_key_is_parked_too(rig):
    consumer = await rig.ready()
    endless = b"".join(sha256(b"%d" % n).digest() for n in range(1000))

    await consumer.receive([rig.sender.tell(1)])
    strange = rig.sender.tell(2)
    rig.sender.sent[0].pop()
    await consumer.receive([rig.sender.place(strange, key=endless), rig.sender.tell(3)])

    ((key, offset, code),) = await rig.parked()
    assert (key, offset, code) == (
        f"sha256:{sha256(endless).hexdigest()}",
        1,
        "bad-key",
    )
    assert await rig.effects() == [1, 3]


@pytest.mark.fault("F16")
async def test_two_megabytes_that_are_sound_are_acted_on(rig):
    consumer = await rig.ready()

    await consumer.receive([rig.sender.tell(1, value=LARGE)])

    assert await rig.effects() == [1]


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (Refused("no"), "not-today"),
        (InvalidMessage("never"), "InvalidMessage"),
        (KeyError("a bug"), "unexpected-error"),
    ],
)
async def test_what_a_reaction_cannot_do_is_parked_and_leaves_no_half(rig, error, code):
    consumer = await rig.ready()
    rig.reactions.wrong[2] = error
    tell = rig.sender.tell
    batch = [tell(1), tell(2), tell(3), tell(4, key="other")]

    await consumer.receive(batch)

    assert await rig.effects() == [1, 4]
    assert await rig.parked() == [("k", 1, code), ("k", 2, "behind")]
    account = await ledger(consumer)
    assert (account["applied"], account["parked"]) == (2, 2)


@pytest.mark.fault("F16")
async def test_a_bug_is_tried_three_times_in_one_of_fifty(rig):
    consumer = await rig.ready()
    rig.reactions.wrong[20] = ZeroDivisionError("a bug for one id")

    await consumer.receive([rig.sender.tell(n, key=f"k{n}") for n in range(50)])

    assert rig.reactions.seen.count(20) == 4  # once with all, three times by itself
    assert await rig.effects() == [n for n in range(50) if n != 20]


async def test_an_error_of_the_database_itself_is_found_by_itself_too(rig):
    consumer = await rig.ready()

    async def react(event, journal):
        if event.number == 1:
            await rig.database.execute("SELECT 1 / 0")
        said = Said(text=str(event.number))
        await journal.append(Append(stream="talk-effects", expected=ANY, events=[said]))

    rig.reactions.react = react
    consumer = await rig.ready()
    await consumer.receive([rig.sender.tell(n, key=f"k{n}") for n in range(3)])

    assert await rig.effects() == [0, 2]


@pytest.mark.fault("F17")
async def test_later_batches_wait_behind_a_parked_key(rig):
    consumer = await rig.ready()
    rig.reactions.wrong[1] = Refused("no")

    for number in range(1, 5):
        await consumer.receive([rig.sender.tell(number)])

    assert [off for _, off, _ in await rig.parked()] == [0, 1, 2, 3]
    assert await rig.effects() == []


@pytest.mark.fault("F17")
async def test_after_the_fix_all_go_in_their_order_and_nobody_else_is_touched(rig):
    consumer = await rig.ready()
    rig.reactions.wrong[0] = Refused("no")
    await consumer.receive([rig.sender.tell(number) for number in range(50)])
    await consumer.receive([rig.sender.tell(99, key="other")])
    rig.reactions.wrong.clear()

    assert await consumer.release_due() == 50

    assert await rig.effects() == [99, *range(50)]
    account = await ledger(consumer)
    assert (account["applied"], account["parked"]) == (51, 0)
    assert await rig.state() is None


async def test_what_fails_again_waits_longer_and_then_for_an_operator(rig):
    patience = Patience(first=0.0, attempts=3)
    consumer = await rig.ready(tolerance=Tolerance(patience=patience))
    rig.reactions.wrong[1] = Refused("no")
    await consumer.receive([rig.sender.tell(1)])

    assert await rig.state() == ("retrying", 1)
    await consumer.release_due()

    assert await rig.state() == ("waiting_operator", 3)
    assert len(rig.reactions.seen) == 4  # twice in the batch, then once a try


def test_the_pauses_grow_to_an_hour():
    patience = Patience()
    fault = Fault(code="not-today")

    pauses = [patience.after(fault, attempts) for attempts in range(1, 9)]

    assert pauses[0] == ("retrying", 0.5)
    assert pauses[6][1] < 3600
    assert pauses[7] == ("waiting_operator", 0.0)


async def test_what_goes_before_the_next_fault_is_gone(rig):
    consumer = await rig.ready()
    rig.reactions.wrong[1] = Refused("no")
    await consumer.receive([rig.sender.tell(number) for number in range(1, 5)])
    rig.reactions.wrong = {3: Refused("still no")}

    assert await consumer.release_due() == 2

    assert await rig.effects() == [1, 2]
    assert [off for _, off, _ in await rig.parked()] == [2, 3]


@pytest.mark.fault("F14")
async def test_a_cause_by_another_topic_is_waited_for(rig):
    registry, known = Sender(OTHER), set()

    async def react(event, journal):
        if isinstance(event, Registered):
            known.add(event.number)
        elif event.number not in known:
            raise CauseUnseen("not registered yet")
        said = Said(text=str(event.number))
        await journal.append(Append(stream="talk-effects", expected=ANY, events=[said]))

    rig.reactions.react = react
    elsewhere = AT._replace(topic=OTHER)
    consumer = await rig.ready(AT, elsewhere, hears=(Told, Registered))
    await consumer.receive([rig.sender.tell(7), rig.sender.tell(8)])
    assert await rig.state() == ("waiting_cause", 1)
    assert (await consumer.status())[0].waiting_cause == 2

    kind = Registered.TYPE
    batch = [registry.tell(number, kind=kind) for number in (7, 8)]  # the same key
    running = asyncio.create_task(consumer.run())
    await consumer.receive(batch)
    while await rig.parked():  # noqa: ASYNC110 - the retrier works beside us
        await asyncio.sleep(0.01)
    running.cancel()

    assert await rig.effects() == [7, 8, 7, 8]
    assert (await ledger(consumer))["parked"] == 0


@pytest.mark.fault("F16")
async def test_an_unknown_type_waits_for_the_version_that_knows_it(rig):
    old = await rig.ready(hears=(PlanIssued,))
    await old.receive([rig.sender.tell(1), rig.sender.tell(2)])
    assert await rig.state() == ("waiting_upgrade", 1)
    assert await old.release_due() == 0

    new = await rig.ready(hears=(Told,))
    running = asyncio.create_task(new.run())
    while await rig.parked():  # noqa: ASYNC110 - the retrier works beside us
        await asyncio.sleep(0.01)
    running.cancel()

    assert await rig.effects() == [1, 2]


async def test_too_much_parked_stops_the_consumer(rig):
    consumer = await rig.ready(tolerance=Tolerance(limit=2))
    rig.reactions.wrong = {number: Refused("no") for number in range(3)}
    batch = [rig.sender.tell(number) for number in range(3)]

    receiving = asyncio.create_task(consumer.receive(batch))
    await eventually(lambda: consumer.halted is not None)
    await consumer.revoked([AT])
    await receiving

    assert await rig.parked() == []
    assert (await consumer.status())[0].next_offset == 0


async def test_a_batch_and_a_retry_of_one_key_keep_its_order(rig):
    consumer = await rig.ready(tolerance=AT_ONCE)
    rig.reactions.wrong[0] = Refused("no")
    await consumer.receive([rig.sender.tell(0)])
    rig.reactions.wrong.clear()

    async def release():
        for _ in range(30):
            await consumer.release_due()

    async def receive():
        for number in range(1, 30):
            await consumer.receive([rig.sender.tell(number)])

    await asyncio.gather(release(), receive())
    await consumer.release_due()

    assert await rig.effects() == list(range(30))
    await ledger(consumer)


async def the_parked(rig, consumer):
    rig.reactions.wrong[1] = Refused("no")
    await consumer.receive([rig.sender.tell(1), rig.sender.tell(2)])
    return [row["id"] for row in await listed(rig.database, consumer.name)]


async def acts(rig):
    rows = await rig.database.fetch("SELECT * FROM es.parked_action ORDER BY id")
    return [(row["verb"], row["who"], row["why"]) for row in rows]


async def test_an_operator_tries_again(rig):
    consumer = await rig.ready(tolerance=Tolerance(patience=Patience(attempts=1)))
    first, _ = await the_parked(rig, consumer)
    assert await rig.state() == ("waiting_operator", 1)
    rig.reactions.wrong.clear()

    await retry(rig.database, first, BY)

    assert await consumer.release_due() == 2
    assert await acts(rig) == [("retry", BY.who, BY.why)]


async def test_an_operator_corrects_a_message_and_the_original_stays(rig):
    consumer = await rig.ready()
    first, _ = await the_parked(rig, consumer)

    await amend(rig.database, first, b'{"number": 5}', BY)
    assert await consumer.release_due() == 2

    assert await rig.effects() == [5, 2]
    row = await rig.database.fetchrow("SELECT * FROM es.parked_action")
    assert bytes(row["before"]) == b'{"number":1}'
    assert await acts(rig) == [("amend", BY.who, BY.why)]


@pytest.mark.fault("F17")
async def test_an_operator_gives_a_message_up_and_the_rest_goes_on(rig):
    consumer = await rig.ready()
    first, _ = await the_parked(rig, consumer)

    await discard(rig.database, first, BY)
    assert await consumer.release_due() == 1

    assert await rig.effects() == [2]
    (standing,) = await consumer.status()
    assert standing.ignored_by_reason == {"discarded": 1}
    assert standing.adds_up
    assert await acts(rig) == [("discard", BY.who, BY.why)]


async def test_nobody_acts_without_a_name_and_a_reason(rig):
    consumer = await rig.ready()
    first, _ = await the_parked(rig, consumer)

    with pytest.raises(PostgresError):
        await discard(rig.database, first, By(who="p-01", why=""))
    with pytest.raises(NotParked):
        await discard(rig.database, first + 1000, BY)

    assert len(await rig.parked()) == 2
