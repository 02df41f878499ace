"""What notification shows: events in, rows out."""

from datetime import date

from contracts.registry import AgencyRenamed
from services.chassis.projector import Seen
from services.chassis.projector.folding import Fold
from services.notification.projections import PROJECTIONS
from tests.notification.examples import (
    DATED,
    DELIVERED,
    FAILED,
    GIVEN_UP,
    REQUESTED,
    RETRIED,
    TAN_HOI,
)


def shown(*events):
    fold = Fold(PROJECTIONS)
    for n, event in enumerate(events, start=1):
        fold.see(
            Seen(
                event=event,
                stream="notice-N-1",
                key="hn-tan-hoi",
                version=n,
                position=n,
                occurred_at=DATED,
                recorded_at=DATED,
            )
        )
    return fold


def notice(*events):
    [row] = shown(REQUESTED, *events).rows("notices")
    return row


def test_an_agency_is_kept_with_its_mailbox_and_superior():
    [row] = shown(TAN_HOI).rows("agencies")

    assert row == {
        "agency_id": "hn-tan-hoi",
        "kind": "XA",
        "name": "UBND xã Tân Hội",
        "parent_id": "hong-ngu",
        "superior_id": "hong-ngu",
        "mailbox": "vanthu@tanhoi.example",
    }


def test_an_agency_is_written_to_under_its_present_name():
    renamed = AgencyRenamed(
        agency_id="hn-tan-hoi",
        name="UBND xã Tân Hội Mới",
        valid_from=date(2024, 1, 1),
        legal_ref="Nghị quyết (ví dụ)",
    )
    [row] = shown(TAN_HOI, renamed).rows("agencies")

    assert (row["name"], row["mailbox"]) == (
        "UBND xã Tân Hội Mới",
        "vanthu@tanhoi.example",
    )


def test_a_notice_shows_where_it_stands():
    assert notice()["state"] == "requested"
    assert notice(FAILED)["state"] == "retrying"
    assert notice(FAILED, GIVEN_UP)["state"] == "failed"
    assert notice(GIVEN_UP, RETRIED)["state"] == "requested"
    assert notice(FAILED, DELIVERED)["state"] == "delivered"


def test_a_notice_shows_what_it_says_and_why_it_failed():
    row = notice(FAILED)

    assert (
        row.items()
        >= {
            "recipient": "hn-tan-hoi",
            "subject": REQUESTED.letter.subject,
            "level": 0,
            "attempts": 1,
            "code": "smtp-451",
        }.items()
    )


def test_a_row_has_the_columns_of_its_table():
    fold = shown(REQUESTED, FAILED, DELIVERED, TAN_HOI)
    for name, table in fold.tables.items():
        for row in fold.rows(name):
            assert set(row) == set(table.columns)
