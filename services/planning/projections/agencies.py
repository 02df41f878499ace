"""The registry's events to rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from services.chassis.projector import Change, Operation, Projection, Put, Seen, Table
from services.planning import domain

DAY = timedelta(days=1)
AGENCIES = Table(
    name="agencies",
    columns={
        "agency_id": "text",
        "kind": "text",
        "name": "text",
        "parent_id": "text",
        "superior_id": "text",
        "mailbox": "text",
        "valid_from": "date",
        "valid_to": "date",
        "handles_procedures": "boolean",
        "ended_as": "text",
        "version": "int",
    },
    key=("agency_id",),
    indexes=(("parent_id",),),
)


AGENCY_IDENTIFIERS = Table(
    name="agency_identifiers",
    columns={
        "agency_id": "text",
        "scheme": "text",
        "value": "text",
        "valid_from": "date",
        "valid_to": "date",
    },
    key=("agency_id", "scheme", "value", "valid_from"),
    indexes=(("scheme", "value"),),
)


AGENCY_SITES = Table(
    name="agency_sites",
    columns={"agency_id": "text", "site_id": "text", "kind": "text", "name": "text"},
    key=("agency_id", "site_id"),
)


AGENCY_NAMES = Table(
    name="agency_names",
    columns={
        "agency_id": "text",
        "name": "text",
        "valid_from": "date",
        "legal_ref": "text",
    },
    key=("agency_id", "valid_from"),
)


AGENCY_HEADS = Table(
    name="agency_heads",
    columns={
        "agency_id": "text",
        "person_ref": "text",
        "title": "text",
        "valid_from": "date",
        "valid_to": "date",
    },
    key=("agency_id", "person_ref", "valid_from"),
)


AGENCY_FOCAL_OFFICERS = Table(
    name="agency_focal_officers",
    columns=AGENCY_HEADS.columns,
    key=("agency_id", "person_ref", "valid_from"),
)


AGENCY_LINEAGE = Table(
    name="agency_lineage",
    columns={
        "agency_id": "text",
        "name": "text",
        "successor_id": "text",
        "successor_name": "text",
        "relation": "text",
        "effective_on": "date",
        "legal_ref": "text",
    },
    key=("agency_id", "successor_id"),
    indexes=(("successor_id",),),
)


def agency_registered(seen: Seen) -> Sequence[Operation]:
    """Show an agency, its codes, its sites and its first name."""
    event: domain.AgencyRegistered = seen.event
    own = {*AGENCIES.columns} - {"version", "ended_as"}
    row = {name: getattr(event, name) for name in own}
    codes = (
        {
            "agency_id": event.agency_id,
            "scheme": code.scheme,
            "value": code.value,
            "valid_from": code.valid_from,
            "valid_to": code.valid_to,
        }
        for code in event.identifiers
    )
    sites = (
        {
            "agency_id": event.agency_id,
            "site_id": site.site_id,
            "kind": site.kind,
            "name": site.name,
        }
        for site in event.one_stop_sites
    )
    return [
        Put("agencies", row | {"version": seen.version, "ended_as": None}),
        _named(event, None),
        *(Put("agency_identifiers", code) for code in codes),
        *(Put("agency_sites", site) for site in sites),
    ]


def agency_renamed(seen: Seen) -> Sequence[Operation]:
    """Show the name from its day on; the list has the one that was said last."""
    event: domain.AgencyRenamed = seen.event
    return [_named(event, event.legal_ref), _agency(seen, name=event.name)]


def head_appointed(seen: Seen) -> Sequence[Operation]:
    """Show who heads the agency, and for how long."""
    return [Put("agency_heads", _post(seen.event)), _agency(seen)]


def focal_officer_appointed(seen: Seen) -> Sequence[Operation]:
    """Show who is the focal point of procedure control."""
    return [Put("agency_focal_officers", _post(seen.event)), _agency(seen)]


def agency_succeeded(seen: Seen) -> Sequence[Operation]:
    """Show the agency's last day, and where it went."""
    event: domain.AgencySucceeded = seen.event
    steps = (
        {
            "agency_id": event.agency_id,
            "name": event.name,
            "successor_id": it.agency_id,
            "successor_name": it.name,
            "relation": it.relation.value,
            "effective_on": event.effective_on,
            "legal_ref": event.legal_ref,
        }
        for it in event.successors
    )
    last = event.effective_on - DAY
    ended = _agency(seen, ended_as="SUCCEEDED", valid_to=last)
    return [ended, *(Put("agency_lineage", step) for step in steps)]


def agency_dissolved(seen: Seen) -> Sequence[Operation]:
    """Show the agency's last day."""
    event: domain.AgencyDissolved = seen.event
    last = event.effective_on - DAY
    return [_agency(seen, ended_as="DISSOLVED", valid_to=last)]


def _agency(seen: Seen, **values: object) -> Change:
    key = {"agency_id": seen.event.agency_id}
    return Change("agencies", key, {**values, "version": seen.version})


def _named(
    event: domain.AgencyRegistered | domain.AgencyRenamed, legal_ref: str | None
) -> Put:
    row = {
        "agency_id": event.agency_id,
        "name": event.name,
        "valid_from": event.valid_from,
        "legal_ref": legal_ref,
    }
    return Put("agency_names", row)


def _post(post: domain.Post) -> dict[str, object]:
    return {name: getattr(post, name) for name in AGENCY_HEADS.columns}


PROJECTION = Projection(
    name="registry",
    tables=(
        AGENCIES,
        AGENCY_IDENTIFIERS,
        AGENCY_SITES,
        AGENCY_NAMES,
        AGENCY_HEADS,
        AGENCY_FOCAL_OFFICERS,
        AGENCY_LINEAGE,
    ),
    own={
        domain.AgencyRegistered: agency_registered,
        domain.AgencyRenamed: agency_renamed,
        domain.HeadAppointed: head_appointed,
        domain.FocalOfficerAppointed: focal_officer_appointed,
        domain.AgencySucceeded: agency_succeeded,
        domain.AgencyDissolved: agency_dissolved,
    },
)
