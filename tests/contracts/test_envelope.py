"""What a record on the bus must look like; nothing in it can break a reader."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from contracts.envelope import (
    BadEnvelope,
    Envelope,
    Transport,
    from_headers,
    to_headers,
    to_key,
    to_value,
)
from tests.contracts.examples import OVERDUE

# CloudEvents 1.0.2, section 3, and its extensions Partitioning and Distributed Tracing
REQUIRED = {"ce_specversion", "ce_id", "ce_source", "ce_type"}
OPTIONAL = {"ce_time", "ce_subject", "ce_dataschema", "content-type"}
EXTENSIONS = {"ce_partitionkey", "ce_traceparent", "ce_correlationid", "ce_causationid"}

texts = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    min_size=1,
    max_size=40,
)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner),
    max_leaves=8,
)
envelopes = st.builds(
    Envelope,
    id=st.uuids(),
    source=texts,
    type=texts,
    subject=texts,
    partitionkey=texts,
    time=st.datetimes(
        datetime(1900, 1, 1),  # noqa: DTZ001 - hypothesis wants bounds without a zone
        datetime(2200, 1, 1),  # noqa: DTZ001 - the same
        timezones=st.sampled_from([UTC, timezone(timedelta(hours=7))]),
    ),
    correlationid=st.uuids(),
    causationid=st.uuids(),
    traceparent=st.none() | st.just(f"00-{'a' * 32}-{'b' * 16}-01"),
    data=st.dictionaries(texts, values, max_size=4),
)


def record(**changed):
    """The overdue event as a record, with some headers changed or (None) taken out."""
    headers = dict(to_headers(OVERDUE)) | changed
    kept = [(name, value) for name, value in headers.items() if value is not None]
    return kept, to_key(OVERDUE), to_value(OVERDUE)


@given(envelopes)
def test_what_was_sent_is_what_is_read(envelope):
    headers, key, value = to_headers(envelope), to_key(envelope), to_value(envelope)

    again = from_headers(headers, key, value)

    assert again == envelope
    assert (to_headers(again), to_key(again), to_value(again)) == (headers, key, value)


def test_the_headers_are_those_of_cloudevents():
    traced = OVERDUE.model_copy(update={"traceparent": f"00-{'a' * 32}-{'b' * 16}-01"})

    assert {name for name, _ in to_headers(traced)} == REQUIRED | OPTIONAL | EXTENSIONS


def test_without_a_trace_there_is_no_trace_header():
    assert "ce_traceparent" not in dict(to_headers(OVERDUE))


def test_the_headers_of_an_overdue_are_these():
    assert dict(to_headers(OVERDUE)) == {
        "ce_specversion": b"1.0",
        "ce_id": b"6f2d8f2e-9a52-5a0e-8d4b-0c7a3d1b9e55",
        "ce_source": b"/kiemtra/remediation",
        "ce_type": b"remediation.remediation-overdue.v1",
        "ce_time": b"2023-10-03T00:00:00+07:00",
        "ce_subject": b"case-RC-07",
        "ce_dataschema": b"urn:kiemtra:schema:remediation.remediation-overdue.v1",
        "ce_correlationid": b"00000000-0000-0000-0000-00000000003d",
        "ce_causationid": b"00000000-0000-0000-0000-00000000003e",
        "ce_partitionkey": b"I-2023-HN-07",
        "content-type": b"application/json",
    }
    assert to_key(OVERDUE) == b"I-2023-HN-07"
    assert (
        to_value(OVERDUE).decode() == '{"case_id":"RC-07","agency_name":"Xã Tân Hội"}'
    )


def test_headers_of_others_do_not_matter():
    headers, key, value = record()

    read = from_headers([*headers, ("x-proxy", b"\xff"), ("es_pos", b"1")], key, value)

    assert read == OVERDUE


@pytest.mark.parametrize(
    "name",
    sorted(REQUIRED | OPTIONAL | (EXTENSIONS - {"ce_traceparent"})),
)
def test_a_missing_header_is_named(name):
    with pytest.raises(BadEnvelope, match=name) as refused:
        from_headers(*record(**{name: None}))

    assert refused.value.code == "missing-header"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"ce_id": b"not-an-id"}, "bad-header"),
        ({"ce_id": b"\xff\xfe"}, "bad-header"),
        ({"ce_subject": b""}, "bad-header"),
        ({"ce_subject": b"a\0b"}, "bad-header"),
        ({"ce_type": b"x" * 1025}, "bad-header"),
        ({"ce_time": b"2023-10-03T00:00:00"}, "bad-header"),
        ({"ce_time": b"1696266000"}, "bad-header"),
        ({"ce_time": b"2023-13-03T00:00:00+07:00"}, "bad-header"),
        ({"ce_time": b"9999-12-31T23:00:00-07:00"}, "bad-header"),
        ({"content-type": b"text/plain"}, "bad-header"),
        ({"ce_specversion": b"2.0"}, "unknown-specversion"),
        ({"ce_partitionkey": b"another"}, "bad-key"),
    ],
)
def test_a_bad_header_is_refused(changed, code):
    with pytest.raises(BadEnvelope) as refused:
        from_headers(*record(**changed))

    assert refused.value.code == code


@pytest.mark.parametrize("key", [None, b"", b"another", b"\xff"])
def test_a_key_that_is_not_the_partition_key_is_refused(key):
    headers, _, value = record()

    with pytest.raises(BadEnvelope) as refused:
        from_headers(headers, key, value)

    assert refused.value.code == "bad-key"


@pytest.mark.parametrize(
    "value",
    [
        None,
        b"",
        b"{",
        b"[]",
        b"null",
        b'"text"',
        b"\xff\xfe",
        b'{"a": NaN}',
        b'{"a": "\\ud800"}',
        b'{"a": "\\u0000"}',
        b"[" * 100_000,
    ],
)
def test_a_body_that_is_no_object_is_refused(value):
    headers, key, _ = record()

    with pytest.raises(BadEnvelope) as refused:
        from_headers(headers, key, value)

    assert refused.value.code == "bad-body"


def test_a_backslash_in_a_text_is_no_half_character():
    headers, key, _ = record()

    read = from_headers(headers, key, b'{"a": "C:\\\\u0000", "b": "\\u0110\\u1ed3ng"}')

    assert read.data == {"a": "C:\\u0000", "b": "Đồng"}


def test_what_is_no_json_is_not_sent():
    odd = OVERDUE.model_copy(update={"data": {"share": float("nan")}})

    with pytest.raises(ValueError, match="JSON"):
        to_value(odd)


def test_a_header_that_is_there_twice_is_refused():
    headers, key, value = record()

    with pytest.raises(BadEnvelope, match="twice"):
        from_headers([*headers, ("ce_id", str(UUID(int=1)).encode())], key, value)


def test_a_broken_trace_is_forgotten_and_the_event_read():
    assert from_headers(*record(ce_traceparent=b"garbage")).traceparent is None


def test_an_envelope_needs_a_time_with_an_offset():
    with pytest.raises(ValidationError):
        Envelope.model_validate(OVERDUE.model_dump() | {"time": "2023-10-03T00:00:00"})


@given(st.binary(max_size=60), st.binary(max_size=60))
def test_whatever_stands_in_a_record_is_read_or_refused(header, value):
    headers, key, _ = record(ce_time=header, ce_source=header)

    with pytest.raises(BadEnvelope):
        from_headers(headers, key, value)


NUMBERS = st.integers(1, 2**63 - 1)


@given(st.builds(Transport, pos=NUMBERS, prev=st.just(0) | NUMBERS, version=NUMBERS))
def test_where_a_record_stands_is_read_as_it_was_sent(transport):
    assert Transport.from_headers(transport.to_headers()) == transport


def test_the_transport_headers_are_plain_numbers():
    headers = Transport(pos=192, prev=128, version=3).to_headers()

    assert headers == [("es_pos", b"192"), ("es_prev", b"128"), ("es_ver", b"3")]


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("es_pos", None, "missing-header"),
        ("es_prev", b"", "bad-header"),
        ("es_pos", b"0", "bad-header"),
        ("es_prev", b"-1", "bad-header"),
        ("es_ver", b"1_0", "bad-header"),
        ("es_ver", "\u0661".encode(), "bad-header"),
        ("es_pos", b"9" * 19, "bad-header"),
        ("es_pos", b"9" * 5000, "bad-header"),
    ],
)
def test_a_bad_transport_header_is_refused(name, value, code):
    headers = dict(Transport(pos=192, prev=128, version=3).to_headers())
    headers = [(n, v) for n, v in (headers | {name: value}).items() if v is not None]

    with pytest.raises(BadEnvelope) as refused:
        Transport.from_headers(headers)

    assert refused.value.code == code
