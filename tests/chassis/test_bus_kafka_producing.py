"""What is in effect for the producer, whatever was asked for."""

# ruff: noqa: SLF001 - what is in effect stands in private places

from services.chassis.bus.kafka.producing import KafkaProducer

ALL = -1


async def test_the_producer_waits_for_every_replica_and_is_idempotent():
    producer = KafkaProducer("127.0.0.1:1", "kiemtra-planning-0")
    raw = producer._raw
    effective = (raw._sender._acks, raw._txn_manager is not None)
    compression = raw._compression_type
    patience = raw.client._request_timeout_ms

    await producer.close()

    assert effective == (ALL, True)
    assert compression == "zstd"
    assert patience == 30_000
