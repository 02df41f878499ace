"""Officers: their ties to units, and the visits they are to make.

One stream knows both, so that a tie declared and a visit assigned at the same moment
do not pass each other by.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum

from services.planning.domain.overlap import Found, Kind, overlap_id
from services.planning.domain.team import Member
from services.planning.domain.window import Window

COOL_OFF_MONTHS = 24
YEAR = 12


class OfficerRefused(Exception):
    """A rule of officers said no; *code* names the rule, for ever."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


class TieKind(Enum):
    """What binds an officer to a unit."""

    OWN_AGENCY = "OWN_AGENCY"  # đang công tác tại đơn vị
    KINSHIP = "KINSHIP"  # người thân của người đứng đầu
    FORMER_POST = "FORMER_POST"  # từng lãnh đạo, công tác tại đơn vị
    PRIOR_APPROVAL = "PRIOR_APPROVAL"  # đã phê duyệt việc được kiểm tra


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A tie to a unit, and the days it held or holds; without an end it goes on."""

    agency_id: str
    kind: TieKind
    since: date | None = None
    until: date | None = None

    def bars(self, target_id: str, day: date, cool_off_months: int) -> bool:
        """Say whether it keeps the officer from inspecting the unit on *day*."""
        if self.agency_id != target_id or (self.since is not None and day < self.since):
            return False
        if self.until is None:
            return True
        if self.kind is TieKind.FORMER_POST:
            return day < months_after(self.until, cool_off_months)
        return day <= self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A visit that an officer is to make."""

    team_id: str
    plan_id: str
    inspection_id: str
    target_id: str
    planned_on: date
    desk: bool = False
    cool_off_months: int = COOL_OFF_MONTHS


@dataclass(frozen=True, slots=True, kw_only=True)
class TieDeclared:
    """An officer, or somebody else, declared a tie to a unit (khai báo xung đột)."""

    officer_id: str
    member: Member
    tie: Tie
    declared_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DutiesAssigned:
    """Visits were assigned, and other plans' visits found on the same days."""

    officer_id: str
    member: Member
    duties: tuple[Duty, ...]
    found: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DutiesEnded:
    """Visits are no longer the officer's to make."""

    officer_id: str
    inspection_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamMemberConflictDetected:
    """A tie was declared late: a planned visit is flagged, a past one stays, marked."""

    officer_id: str
    member: Member
    duty: Duty
    tie: Tie
    past: bool
    detected_on: date


OfficerEvent = TieDeclared | DutiesAssigned | DutiesEnded | TeamMemberConflictDetected


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """What is known of an officer: ties, visits, and the clashes that were told."""

    ties: tuple[Tie, ...] = ()
    duties: Mapping[str, Duty] = field(default_factory=dict)
    told: frozenset[tuple[str, ...]] = frozenset()


def evolve(officer: Officer, event: OfficerEvent) -> Officer:
    """Fold one event into the officer. Never refuses: it already happened."""
    match event:
        case TieDeclared():
            return replace(officer, ties=(*officer.ties, event.tie))
        case DutiesAssigned():
            new = {duty.inspection_id: duty for duty in event.duties}
            told = officer.told | {found.plans for found in event.found}
            return replace(officer, duties={**officer.duties, **new}, told=told)
        case DutiesEnded():
            left = {
                key: duty
                for key, duty in officer.duties.items()
                if key not in event.inspection_ids
            }
            return replace(officer, duties=left)
        case TeamMemberConflictDetected():
            return officer


def officer_id(member: Member) -> str:
    """Name a person for all agencies: a reference is an agency's own."""
    return f"{member.agency_id}.{member.person_ref}"


def declare_tie(
    officer: Officer, *, named: str, member: Member, tie: Tie, on: date
) -> list[OfficerEvent]:
    """Record a tie, and flag each visit that it bars."""
    if named != officer_id(member):
        raise OfficerRefused("officer-named-otherwise", f"not {officer_id(member)}")
    if tie in officer.ties:
        return []
    if tie.since is not None and tie.until is not None and tie.until < tie.since:
        raise OfficerRefused("window-reversed", "it ends before it begins")
    declared = TieDeclared(
        officer_id=officer_id(member), member=member, tie=tie, declared_on=on
    )
    return [declared, *_conflicts(member, (tie,), officer.duties.values(), on)]


def assign(
    officer: Officer, *, member: Member, duties: Sequence[Duty]
) -> list[OfficerEvent]:
    """Give an officer visits to make; a tie to a unit bars them."""
    new = [duty for duty in duties if officer.duties.get(duty.inspection_id) != duty]
    for duty in new:
        _free(officer, member, duty)
    if not new:
        return []
    whole = {**officer.duties, **{duty.inspection_id: duty for duty in new}}
    found = tuple(_clashes(officer, member, new, whole.values()))
    return [
        DutiesAssigned(
            officer_id=officer_id(member),
            member=member,
            duties=tuple(new),
            found=found,
        )
    ]


def take_over(
    officer: Officer, *, member: Member, duties: Sequence[Duty], on: date
) -> list[OfficerEvent]:
    """Go on with visits whose unit gave way to another, by law and not by choice.

    A tie to that unit bars none of them: it is flagged, as if declared late.
    """
    new = [duty for duty in duties if officer.duties.get(duty.inspection_id) != duty]
    if not new:
        return []
    whole = {**officer.duties, **{duty.inspection_id: duty for duty in new}}
    assigned = DutiesAssigned(
        officer_id=officer_id(member),
        member=member,
        duties=tuple(new),
        found=tuple(_clashes(officer, member, new, whole.values())),
    )
    home = Tie(agency_id=member.agency_id, kind=TieKind.OWN_AGENCY)
    return [assigned, *_conflicts(member, (*officer.ties, home), new, on)]


def end_duties(
    officer: Officer, *, member: Member, inspection_ids: Iterable[str]
) -> list[OfficerEvent]:
    """Take visits off an officer."""
    ended = tuple(sorted(set(inspection_ids) & set(officer.duties)))
    if not ended:
        return []
    return [DutiesEnded(officer_id=officer_id(member), inspection_ids=ended)]


def months_after(day: date, months: int) -> date:
    """Return the day *months* later; the last of a shorter month."""
    years, month = divmod(day.month - 1 + months, YEAR)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _free(officer: Officer, member: Member, duty: Duty) -> None:
    if member.agency_id == duty.target_id:
        raise OfficerRefused(
            "member-inspects-own-agency", f"{officer_id(member)} is at home there"
        )
    for tie in officer.ties:
        if tie.bars(duty.target_id, duty.planned_on, duty.cool_off_months):
            raise OfficerRefused(
                "member-conflict-of-interest",
                f"{officer_id(member)}: {tie.kind.value} at {tie.agency_id}",
            )


def _conflicts(
    member: Member, ties: Sequence[Tie], duties: Iterable[Duty], on: date
) -> Iterable[TeamMemberConflictDetected]:
    for duty in sorted(duties, key=_in_time):
        for tie in ties:
            if tie.bars(duty.target_id, duty.planned_on, duty.cool_off_months):
                yield TeamMemberConflictDetected(
                    officer_id=officer_id(member),
                    member=member,
                    duty=duty,
                    tie=tie,
                    past=duty.planned_on < on,
                    detected_on=on,
                )


def _clashes(
    officer: Officer, member: Member, new: Sequence[Duty], known: Iterable[Duty]
) -> Iterable[Found]:
    """Find visits of two plans on one day, once for each pair of plans."""
    told = set(officer.told)
    for duty in new:
        for other in sorted(known, key=_in_time):
            plans = tuple(sorted((duty.plan_id, other.plan_id)))
            if duty.plan_id == other.plan_id or plans in told:
                continue
            if duty.planned_on == other.planned_on and not (duty.desk or other.desk):
                told.add(plans)
                yield Found(
                    overlap_id=overlap_id(f"member:{officer_id(member)}", plans),
                    kind=Kind.MEMBER,
                    plans=plans,
                    window=Window(start=duty.planned_on, end=duty.planned_on),
                )


def _in_time(duty: Duty) -> tuple[date, str]:
    return duty.planned_on, duty.inspection_id
