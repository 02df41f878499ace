"""The edge over the memory journal: what is answered, what is refused, and how."""

import asyncio
import dataclasses
import json
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from services.chassis.errors import Unavailable, WrongVersion
from services.chassis.testing import FrozenClock, MemoryJournal
from services.chassis.testing.client import bearer, open_client
from tests.chassis.small_service import SMALL

COUNT = "/counters/C-1/count"
KEY = {"Idempotency-Key": "k-1"}
JSON = {"Content-Type": "application/json"}


@pytest.fixture
async def client(journal, clock):
    async with open_client(SMALL, journal, clock) as it:
        yield it


def problem(answer):
    assert answer.headers["content-type"] == "application/problem+json"
    said = answer.json()
    assert said["status"] == answer.status_code
    return said["type"].removeprefix("/problems/")


def served_by(handler, journal, clock):
    verb = dataclasses.replace(SMALL.verbs[0], handler=handler)
    return open_client(dataclasses.replace(SMALL, verbs=(verb,)), journal, clock)


async def test_a_command_is_answered_with_where_stream_and_journal_stand(client):
    await client.post(COUNT, json={"amount": 3})
    answer = await client.post(COUNT, json={"amount": 4})

    assert answer.status_code == 200
    assert answer.headers["ETag"] == '"2"'
    assert answer.json() == {"id": "C-1", "version": 2, "position": 2}


async def test_a_command_without_required_fields_needs_no_body(client):
    assert (await client.post("/counters/C-1/erase")).status_code == 200


async def test_an_event_remembers_who_asked_in_which_story_and_by_which_command(
    client, journal, clock
):
    story = "7d444840-9dc0-11d1-b245-5ffdce74fad2"
    await client.post(COUNT, json={"amount": 1}, headers={"X-Correlation-Id": story})

    (recorded,) = await journal.after(0, 10)
    assert recorded.context.actor == "hong-ngu/authority/p-01"
    assert str(recorded.context.correlation_id) == story
    assert recorded.occurred_at == clock()


async def test_a_trace_becomes_the_story(client, journal):
    trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    await client.post(COUNT, json={"amount": 1}, headers={"traceparent": trace})

    (recorded,) = await journal.after(0, 10)
    assert recorded.context.correlation_id.hex == "0af7651916cd43dd8448eb211c80319c"
    assert recorded.context.traceparent == trace


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'{"amount": NaN}',
        b'{"amount": "much"}',
        b'{"amount": 1, "amuont": 2}',
        b'{"amount": 10000000000000000000000}',
        b'{"amount": 1, "notes": ["a\\u0000b"]}',
        b'{"amount": 1, "notes": ["\\ud800"]}',
        b"[" * 50_000,
        b'{"amount": 1, "notes": ' + b"[" * 40 + b"]" * 40 + b"}",
        json.dumps({"amount": 1, "notes": ["x"] * 1001}).encode(),
        b"\xff\xfe",
    ],
)
async def test_what_is_malformed_is_named_and_not_done(client, journal, body):
    answer = await client.post(COUNT, content=body, headers=JSON)

    assert answer.status_code == 422
    assert problem(answer) == "malformed-request"
    assert answer.json()["errors"]
    assert await journal.after(0, 10) == []


async def test_a_body_may_be_nested_so_deep_and_no_deeper(client):
    for depth, told in ((31, "string"), (32, "nested deeper")):
        body = b'{"amount": 1, "notes": ' + b"[" * depth + b'"x"' + b"]" * depth + b"}"
        answer = await client.post(COUNT, content=body, headers=JSON)
        assert told in answer.json()["detail"]


async def test_an_unknown_field_is_pointed_at_and_its_value_not_repeated(client):
    answer = await client.post(COUNT, json={"amount": 1, "extra": "hush"})

    assert answer.json()["errors"][0]["pointer"] == "body/extra"
    assert "hush" not in answer.text


async def test_a_body_over_a_megabyte_is_not_read(client, journal):
    answer = await client.post(COUNT, json={"amount": 1, "notes": ["x" * 1_000_000]})

    assert (answer.status_code, problem(answer)) == (413, "too-large")
    assert await journal.after(0, 10) == []


@pytest.mark.parametrize("key", ["a b", "a%00b", "x" * 121, "ngườ"])
async def test_an_id_of_other_letters_or_too_long_is_malformed(client, key):
    answer = await client.post(f"/counters/{key}/count", json={"amount": 1})

    assert (answer.status_code, problem(answer)) == (422, "malformed-request")


async def test_an_unknown_route_is_a_problem(client):
    assert problem(await client.get("/nothing")) == "not-found"
    assert problem(await client.get(COUNT)) == "method-not-allowed"
    assert problem(await client.get("/counters/C-9/history")) == "not-found"


async def test_a_refusal_names_the_rule_with_the_status_of_the_services_table(
    client, journal
):
    answer = await client.post(COUNT, json={"amount": 101})

    assert (answer.status_code, problem(answer)) == (409, "too-much")
    assert await journal.after(0, 10) == []


async def test_the_log_of_a_refusal_says_what_was_asked(client):
    with capture_logs() as lines:
        await client.post(COUNT, json={"amount": 101})

    (line,) = (each for each in lines if each["event"] == "command.rejected")
    assert (line["request"], line["code"]) == (COUNT, "too-much")


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("application/x-www-form-urlencoded", 415),
        ("text/plain", 415),
        ("application/json; charset=utf-8", 200),
        ("application/vnd.kiemtra+json", 200),
    ],
)
async def test_a_command_says_that_it_is_json(client, kind, status):
    body, headers = b'{"amount": 1}', {"Content-Type": kind}

    answer = await client.post(COUNT, content=body, headers=headers)

    assert answer.status_code == status
    if status == 415:
        assert problem(answer) == "unsupported-media-type"


async def test_a_field_is_there_once(client, journal):
    body = b'{"amount": 1, "amount": 2}'

    answer = await client.post(COUNT, content=body, headers=JSON)

    assert (answer.status_code, problem(answer)) == (422, "malformed-request")
    assert await journal.after(0, 10) == []


async def test_an_old_version_is_refused_and_the_present_one_taken(client):
    await client.post(COUNT, json={"amount": 1})

    old = await client.post(COUNT, json={"amount": 1}, headers={"If-Match": '"0"'})
    new = await client.post(COUNT, json={"amount": 1}, headers={"If-Match": '"1"'})

    assert (old.status_code, problem(old)) == (412, "outdated")
    assert new.json()["version"] == 2


async def test_an_if_match_that_is_no_version_is_malformed(client):
    answer = await client.post(COUNT, json={"amount": 1}, headers={"If-Match": "*"})

    assert problem(answer) == "malformed-request"


async def test_the_same_key_again_is_answered_the_same_and_done_once(client, journal):
    first = await client.post(COUNT, json={"amount": 3}, headers=KEY)
    await client.post(COUNT, json={"amount": 4})
    again = await client.post(COUNT, json={"amount": 3}, headers=KEY)

    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again.headers["ETag"] == first.headers["ETag"]
    assert len(await journal.after(0, 10)) == 2


async def test_the_same_key_with_other_spacing_is_the_same_request(client, journal):
    for body in (b'{"amount":3}', b' { "amount" : 3 } '):
        answer = await client.post(COUNT, content=body, headers=KEY | JSON)
        assert answer.status_code == 200
    assert len(await journal.after(0, 10)) == 1


async def test_the_same_key_for_another_body_or_path_is_refused(client):
    await client.post(COUNT, json={"amount": 3}, headers=KEY)

    for path, body in ((COUNT, {"amount": 4}), ("/counters/C-2/count", {"amount": 3})):
        answer = await client.post(path, json=body, headers=KEY)
        assert (answer.status_code, problem(answer)) == (422, "idempotency-key-reused")


async def test_the_same_key_of_another_officer_is_another_command(client, journal):
    await client.post(COUNT, json={"amount": 3}, headers=KEY)
    other = KEY | bearer("dev:hong-ngu:planner:p-02")
    answer = await client.post(COUNT, json={"amount": 4}, headers=other)

    assert answer.status_code == 200
    assert len(await journal.after(0, 10)) == 2


async def test_a_refusal_is_kept_and_given_again(client):
    refused = await client.post(COUNT, json={"amount": 101}, headers=KEY)
    again = await client.post(COUNT, json={"amount": 101}, headers=KEY)

    assert refused.status_code == 409
    assert (again.status_code, again.content) == (409, refused.content)
    assert again.headers["content-type"] == "application/problem+json"


async def test_what_a_refused_command_had_written_is_taken_back(journal, clock):
    handle = SMALL.verbs[0].handler

    async def half(key, command, journal):
        await handle("other", command, journal)
        return await handle(key, command.model_copy(update={"amount": 101}), journal)

    async with served_by(half, journal, clock) as client:
        answer = await client.post(COUNT, json={"amount": 1}, headers=KEY)
        again = await client.post(COUNT, json={"amount": 1}, headers=KEY)

    assert answer.status_code == again.status_code == 409
    assert await journal.after(0, 10) == []


async def test_the_same_key_at_the_same_time_is_in_flight(journal, clock):
    begun, go = asyncio.Event(), asyncio.Event()
    handle = SMALL.verbs[0].handler

    async def slow(key, command, journal):
        begun.set()
        await go.wait()
        return await handle(key, command, journal)

    async with served_by(slow, journal, clock) as client:
        first = asyncio.create_task(client.post(COUNT, json={"amount": 1}, headers=KEY))
        await begun.wait()
        second = await client.post(COUNT, json={"amount": 1}, headers=KEY)
        go.set()

    assert (second.status_code, problem(second)) == (409, "request-in-flight")
    assert (await first).status_code == 200


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (WrongVersion("counter-C-1", 1, 2), 409, "wrong-version"),
        (Unavailable("Postgres is away"), 503, "unavailable"),
        (TimeoutError(), 503, "unavailable"),
        (RuntimeError("secret inside"), 500, "unexpected"),
    ],
)
async def test_an_error_is_a_problem_without_a_trace_and_is_not_kept(
    journal, clock, error, status, code
):
    handle, failing = SMALL.verbs[0].handler, [error]

    async def once(key, command, journal):
        if failing:
            raise failing.pop()
        return await handle(key, command, journal)

    async with served_by(once, journal, clock) as client:
        answer = await client.post(COUNT, json={"amount": 1}, headers=KEY)
        again = await client.post(COUNT, json={"amount": 1}, headers=KEY)

    assert (answer.status_code, problem(answer)) == (status, code)
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert again.status_code == 200
    assert (answer.headers.get("Retry-After") is not None) == (status == 503)


async def test_a_commit_that_fails_is_no_success(journal, clock):
    """An answer of 2xx only after the events are committed."""

    class Failing:
        def __getattr__(self, name):
            return getattr(journal, name)

        @asynccontextmanager
        async def transaction(self):
            async with journal.transaction():
                yield
                raise Unavailable("the commit did not arrive")

    async with open_client(SMALL, Failing(), clock) as client:
        answer = await client.post(COUNT, json={"amount": 1})

    assert answer.status_code == 503
    assert await journal.after(0, 10) == []


@pytest.mark.parametrize(
    "token", ["", "dev:a:nobody:p", "dev:a:planner", "dev:a b:planner:p", "eyJhbGciOi"]
)
async def test_who_names_no_officer_is_not_let_in(client, journal, token):
    answer = await client.post(COUNT, json={"amount": 1}, headers=bearer(token))

    assert (answer.status_code, problem(answer)) == (401, "unauthenticated")
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert await journal.after(0, 10) == []


async def test_a_role_without_the_permission_is_not_let_through(client, journal):
    auditor = bearer("dev:hong-ngu:auditor:p-03")
    answer = await client.post(COUNT, json={"amount": 1}, headers=auditor)

    assert (answer.status_code, problem(answer)) == (403, "not-allowed")
    assert await journal.after(0, 10) == []


async def test_every_answer_carries_the_headers_of_a_careful_server(client):
    for answer in (await client.post(COUNT), await client.get("/nothing")):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


async def test_openapi_says_what_is_asked(client):
    said = (await client.get("/openapi.json")).json()

    assert said["openapi"].startswith("3.1")
    operation = said["paths"]["/counters/{id}/count"]["post"]
    assert operation["operationId"] == "counters_count"
    body = operation["requestBody"]["content"]["application/json"]["schema"]
    assert said["components"]["schemas"][body["$ref"].rpartition("/")[2]]["properties"]
    assert operation["security"] == [{"bearer": []}]
    assert {p["name"] for p in operation["parameters"]} >= {"id", "Idempotency-Key"}


ask = st.tuples(st.sampled_from("kmn"), st.sampled_from("ab"), st.integers(95, 102))


@given(asked=st.lists(ask, max_size=12))
@settings(max_examples=40)
async def test_a_key_stands_for_one_request_whatever_is_asked(asked):
    """Same key, same answer and one event; another request, 422."""
    clock = FrozenClock(datetime(2023, 5, 16, tzinfo=UTC))
    journal = MemoryJournal(clock)
    first = {}
    async with open_client(SMALL, journal, clock) as client:
        for key, counter, amount in asked:
            answer = await client.post(
                f"/counters/{counter}/count",
                json={"amount": amount},
                headers={"Idempotency-Key": key},
            )
            request, known = (
                (counter, amount),
                first.setdefault(key, ((counter, amount), answer)),
            )
            if known[0] != request:
                assert answer.status_code == 422
            else:
                assert answer.status_code in {200, 409}
                assert answer.content == known[1].content

    accepted = sum(answer.status_code == 200 for _, answer in first.values())
    assert len(await journal.after(0, 100)) == accepted
