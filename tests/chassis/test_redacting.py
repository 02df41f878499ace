"""Nothing that is secret, and nobody's name, leaves with a diagnosis."""

import pytest

from services.chassis.redacting import HIDDEN, redacted, redactor

hide = redactor({"Zx9!planted"})


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("postgresql://planning_app:s3cr3t-p4ss@db:5432/planning", "s3cr3t-p4ss"),
        ("postgresql://u:p%40ss%2Fword@db/x?sslmode=require", "p%40ss%2Fword"),
        ("host=db user=x password=s3cr3t-p4ss dbname=y", "s3cr3t-p4ss"),
        ("host=db password='two words' dbname=y", "two words"),
        ('{"password": "s3cr3t-p4ss"}', "s3cr3t-p4ss"),
        ("https://x/y?access_token=abcdef123&a=1", "abcdef123"),
        ("smtp mailer:s3cr3t-p4ss@localhost:25", "s3cr3t-p4ss"),
        ("Authorization: Bearer abc.def-ghi_jkl", "abc.def-ghi_jkl"),
        ("authorization: basic dXNlcjpwYXNz", "dXNlcjpwYXNz"),
        ("token eyJhbGciOiJI.eyJzdWIiOiIx.c2ln", "eyJzdWIiOiIx"),
        ("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD", "C2FVsBQIhrscChlQIMV"),
        ("Bearer dev:hong-ngu:authority:p-01", "p-01"),
        ("to nguyen.van.a@hongngu.dongthap.gov.vn", "nguyen.van.a"),
        ("call 0912 345 678 or +84912345678", "345"),
        ("CCCD 087203001234 was entered", "087203001234"),
        ("DETAIL:  Key (name)=(Nguyễn Văn A) exists", "Nguyễn Văn A"),
        (
            "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADAN\n-----END PRIVATE KEY-----",
            "MIIEvQIBADAN",
        ),
        ("it says Zx9!planted somewhere", "Zx9!planted"),
    ],
)
def test_a_secret_is_hidden(text, secret):
    shown = hide(text)

    assert HIDDEN in shown
    assert secret not in shown


@pytest.mark.parametrize(
    "text",
    [
        "2023-05-09T08:00:00.123Z",
        "7d444840-9dc0-11d1-b245-5ffdce74fad2",
        "planning.events.v1/3 offset 120034567",
        "http://127.0.0.1:18080/plans/KH-2023-61",
        "plan-KH-2023-61 at version 12",
        "consumer.paused because Postgres: ConnectionDoesNotExistError",
        "position 448 follows 384",
    ],
)
def test_what_helps_is_left(text):
    assert hide(text) == text


def test_names_that_say_secret_hide_whatever_they_hold_in_depth():
    told = {
        "settings": {"smtp_password": "x", "kafka": "127.0.0.1:9092", "api_key": 5},
        "acts": [{"who": "nguyen.van.a", "verb": "relay.pause"}],
        "empty": {"password": ""},
    }

    assert redacted(told, hide) == {
        "settings": {
            "smtp_password": HIDDEN,
            "kafka": "127.0.0.1:9092",
            "api_key": HIDDEN,
        },
        "acts": [{"who": HIDDEN, "verb": "relay.pause"}],
        "empty": {"password": ""},
    }


def test_numbers_and_nothing_stay_what_they_are():
    assert redacted([1, 2.5, None, True], hide) == [1, 2.5, None, True]


def test_a_short_known_secret_does_not_hide_words():
    assert redactor({"a", "b"})("a bad day") == "a bad day"
