"""Lineage (kế thừa): what takes the place of an agency, and what nobody takes on.

A unit that went into one other as a whole hands over by itself; one that was divided,
or dissolved, does not: somebody has to decide. Units are told by their ids; a name
never decides, for new units bear old names.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from services.planning.domain.agency import DAY, Agency, AgencyRefused, Unit, entered
from services.planning.domain.agency_events import (
    AgencyDissolved,
    AgencyEvent,
    AgencySucceeded,
    Relation,
    Successor,
)


def succeed_agency(  # noqa: PLR0913 -- keyword only; the fields of a succession
    agency: Agency,
    *,
    relations: Mapping[str, Relation],
    units: Mapping[str, Unit],
    effective_on: date,
    legal_ref: str,
    today: date,
) -> list[AgencyEvent]:
    """Say who took the agency's place from a day on; *units* are the registry's."""
    entry = entered(agency)
    successors = tuple(
        Successor(agency_id=it, name=_active(it, units, effective_on).name, relation=r)
        for it, r in relations.items()
    )
    event = AgencySucceeded(
        agency_id=entry.agency_id,
        name=agency.name_on(effective_on - DAY),
        successors=successors,
        effective_on=effective_on,
        legal_ref=legal_ref,
        automatic_to=_automatic(relations),
    )
    if agency.ended == event:
        return []
    if entry.agency_id in relations:
        raise AgencyRefused("own-successor", "it does not take its own place")
    _may_end(agency, effective_on, today)
    return [event]


def dissolve_agency(
    agency: Agency, *, effective_on: date, legal_ref: str, today: date
) -> list[AgencyEvent]:
    """Say that the agency ended and that no other took its place."""
    entry = entered(agency)
    event = AgencyDissolved(
        agency_id=entry.agency_id,
        name=agency.name_on(effective_on - DAY),
        effective_on=effective_on,
        legal_ref=legal_ref,
    )
    if agency.ended == event:
        return []
    _may_end(agency, effective_on, today)
    return [event]


def _automatic(relations: Mapping[str, Relation]) -> str | None:
    """Return the one that takes over, or None if the unit was divided."""
    parts = [relation is Relation.PART for relation in relations.values()]
    if not parts:
        raise AgencyRefused(
            "succession-without-successor", "nobody took its place: dissolve it"
        )
    if all(parts) and len(parts) > 1:
        return None
    if any(parts) or len(parts) > 1:
        raise AgencyRefused(
            "relation-inconsistent", "a unit goes whole into one, or in parts into more"
        )
    return next(iter(relations))


def _active(agency_id: str, units: Mapping[str, Unit], day: date) -> Unit:
    unit = units.get(agency_id)
    if unit is None:
        raise AgencyRefused("unknown-agency", f"{agency_id} is not in the registry")
    if not unit.active_on(day):
        raise AgencyRefused("successor-not-active", f"{agency_id} does not exist then")
    return unit


def _may_end(agency: Agency, effective_on: date, today: date) -> None:
    if agency.ended is not None:
        raise AgencyRefused("agency-ended-otherwise", "it ended, and otherwise")
    if effective_on > today:
        raise AgencyRefused("succession-not-yet", f"it takes effect on {effective_on}")
    if agency.unit is None or not agency.unit.active_on(effective_on - DAY):
        raise AgencyRefused("agency-not-active", "it did not exist the day before")
