"""Every subscriber of every service runs with our settings, not with the defaults."""

# ruff: noqa: SLF001 - what is in effect stands in private places

import asyncio
import importlib
import inspect

import pytest
from faststream import AckPolicy
from faststream.kafka import KafkaBroker

from contracts.catalogue import topic_of
from services import SERVICES
from services.chassis.bus.kafka import KafkaBus
from services.chassis.consumer import Actions, Consumer
from tests.chassis.bus_contract import Ear

MEMBER = "kiemtra-planning-0"
CONNECTION = {
    "enable_auto_commit": False,
    "auto_offset_reset": "earliest",
    "group_instance_id": MEMBER,
    "session_timeout_ms": 30_000,
    "heartbeat_interval_ms": 3_000,
    "rebalance_timeout_ms": 60_000,
}


async def undecoded(_):
    """Read nothing."""


def check(broker):
    """Assert what is in effect for each subscriber, whatever was asked for."""
    config = broker.config.broker_config
    assert config.allow_auto_create_topics is False
    assert config.consumer_only, "publishes behind the relay's back"
    assert config.graceful_timeout == 20
    assert config.broker_parser is not None, "one bad header loses a batch"
    assert broker.subscribers
    for subscriber in broker.subscribers:
        found = subscriber._connection_args
        assert {name: found.get(name) for name in CONNECTION} == CONNECTION
        assert subscriber.ack_policy is AckPolicy.MANUAL, "may lose or spin"
        assert subscriber._no_reply, "a header says where we publish"
        assert subscriber.batch_timeout_ms == 50
        assert 500 <= subscriber.max_records <= 2000
        assert subscriber._listener is not None, "offsets would be Kafka's"
        service, purpose, version = subscriber.group_id.split(".")
        assert service in SERVICES
        assert purpose in {"reactions", "views"}
        assert version.startswith("v")
        decoded = subscriber._call_options.decoder(object())
        assert inspect.isawaitable(decoded), "would be run in another thread"
        assert asyncio.run(decoded) is None, "reads bodies itself"


@pytest.mark.parametrize("name", SERVICES)
def test_every_subscriber_of_every_service_is_safe(name):
    on = importlib.import_module(f"services.{name}.subscriptions").ON
    bus = KafkaBus("127.0.0.1:1", MEMBER)
    actions = Actions(journal=None, reactions=on)
    for purpose in ("reactions", "views"):
        Consumer(f"{name}.{purpose}.v1", None, actions, on).listen(bus)
    if not on:
        return

    check(bus.broker)

    expected = {topic_of(event.TYPE) for event in on}
    for subscriber in bus.broker.subscribers:
        assert set(subscriber.topic_names) == expected


def test_the_producer_is_asked_for_every_acknowledgement():
    bus = KafkaBus("127.0.0.1:1", MEMBER)

    assert bus.broker._connection_kwargs["acks"] == "all"


@pytest.mark.parametrize(
    "changed",
    [
        {"ack_policy": AckPolicy.ACK_FIRST},
        {"ack_policy": AckPolicy.ACK},
        {"no_reply": False},
        {"auto_offset_reset": "latest"},
        {"group_instance_id": None},
        {"session_timeout_ms": 10_000},
        {"listener": None},
        {"max_records": 10},
        {"group_id": "planning.anything"},
    ],
)
def test_the_check_goes_red_for_each_setting(changed):
    bus = KafkaBus("127.0.0.1:1", MEMBER)
    safe = {
        "batch": True,
        "max_records": 500,
        "batch_timeout_ms": 50,
        "ack_policy": AckPolicy.MANUAL,
        "auto_offset_reset": "earliest",
        "no_reply": True,
        "group_id": "planning.reactions.v1",
        "group_instance_id": MEMBER,
        "session_timeout_ms": 30_000,
        "heartbeat_interval_ms": 3_000,
        "rebalance_timeout_ms": 60_000,
        "decoder": undecoded,
    }
    bus.subscribe(["planning.events.v1"], "planning.reactions.v1", Ear())
    safe["listener"] = next(iter(bus.broker.subscribers))._listener
    check(bus.broker)

    @bus.broker.subscriber("other.events.v1", **{**safe, **changed})
    async def hear(_):
        pass

    with pytest.raises((AssertionError, ValueError)):
        check(bus.broker)


def test_a_broker_of_the_defaults_is_not_safe():
    broker = KafkaBroker("127.0.0.1:1")

    with pytest.raises(AssertionError):
        check(broker)
